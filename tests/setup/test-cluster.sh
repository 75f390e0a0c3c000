# test-cluster: the embedded backend starts for root and others, in odd places, by several at once, and keeps its data.
. tests/tap.sh
cluster=$PWD/app/postgres/cluster
chmod 755 "$(dirname "$TMPDIR")" "$TMPDIR" # the server's user passes through
export JANELA_DATA=$TMPDIR/own
query() { "$cluster" psql -At -c "$1"; }

ok 'it starts from nothing' "$cluster" start
is 'and answers its owner' "$(query 'select current_user')" postgres
is 'it listens on no network' "$(query 'show listen_addresses')" ''
is 'it is durable' "$(query 'show fsync')" on
is 'it logs no statement' "$(query 'show log_min_error_statement')" panic
ok 'starting again is harmless' "$cluster" start
query "create table kept (a int); create role clara login password 'secret'" >/dev/null
ok 'a stranger needs a password' refused psql -w -d "$("$cluster" dsn clara)" -c 'select 1'
ok 'which lets him in' env PGPASSWORD=secret psql -w -d "$("$cluster" dsn clara)" -c 'select 1'
ok 'it stops' "$cluster" stop
ok 'and says so' refused "$cluster" status
ok 'it starts again' "$cluster" start
is 'with what it had' "$(query 'select count(*) from kept')" 0
"$cluster" reset
ok 'reset leaves nothing' test ! -e "$JANELA_DATA/postgres"

several() { local i pids=(); for i in 1 2 3 4 5; do "$cluster" --throw-away start & pids+=($!); done; for i in "${pids[@]}"; do wait "$i" || return; done; }
ok 'five starters at once start one' several
is 'which answers' "$(query 'select 1')" 1
"$cluster" reset

export JANELA_DATA=$TMPDIR/$(printf 'long%.0s' {1..30})
ok 'a path too long for a socket is no obstacle' "$cluster" --throw-away start
is 'it answers there too' "$(query 'select 1')" 1
"$cluster" --throw-away reset

mkdir -m 700 "$TMPDIR/closed"
export JANELA_DATA=$TMPDIR/closed/data
ok 'a closed home is no obstacle' "$cluster" --throw-away start
is 'it answers from there' "$("$cluster" --throw-away psql -At -c 'select 1')" 1
"$cluster" --throw-away reset

ok 'wrong usage is told' refused "$cluster" nonsense
if [ "$(id -u)" = 0 ]; then
  nobody() { setpriv --reuid=nobody --regid=nogroup --clear-groups env "JANELA_DATA=$TMPDIR/other" "$@"; }
  install -d -m 755 -o nobody "$TMPDIR/other"
  install -m 755 "$cluster" "$TMPDIR/cluster" # the checkout may be closed to others
  ok 'a user without rights starts his own' nobody "$TMPDIR/cluster" --throw-away start
  is 'and owns it' "$(nobody "$TMPDIR/cluster" psql -At -c 'select 1')" 1
  is 'the server is his' "$(nobody stat -c %U "$TMPDIR/other/postgres/db")" nobody
  nobody "$TMPDIR/cluster" reset
fi
done_testing
