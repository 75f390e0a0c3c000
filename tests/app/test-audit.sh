# test-audit: janela-admin audit: the chain is verified, its rows are exported, and a change of one shows.
. tests/tap.sh
export JANELA_DSN=$JANELA_TEST_OWNER
admin=$JANELA_BIN/janela-admin
sql() { psql -X -q -At -d "$JANELA_TEST_OWNER" -c "$1"; }
sealed() { # the chain takes what lies below every running transaction of the cluster, where other tests run too
  for _ in $(seq 200); do
    sql "select api.chain_seal (gen_random_uuid (), '{\"branch\": \"07\"}')" >/dev/null
    [ "$("$admin" audit verify 07 | sed -n 's/^unsealed: //p')" != 0 ] || return 0
  done
  return 1
}

rows=$(sql "select count (*) from desk.event where branch = '07'")
ok "a branch has a history ($rows events)" test "$rows" -gt 0
is 'before the first batch all of it is unsealed' "$("$admin" audit verify 07 | tail -n 2)" "unsealed: $rows
whole"
ok 'it is sealed' sealed
is 'and whole' "$("$admin" audit verify 07 | grep -v batches)" "rows: $rows
unsealed: 0
whole"
"$admin" audit export 07 >"$TMPDIR/rows"
is 'the export has a line for each event' "$(wc -l <"$TMPDIR/rows")" "$rows"
is 'each is a JSON object with actor and both clocks' \
  "$(perl -MJSON::PP -ne '$row = decode_json $_; $n += grep { exists $row->{$_} } qw(actor session_role happened_at recorded_at branch); END { print $n / $. }' "$TMPDIR/rows")" 5
is 'no day of long ago has any' "$("$admin" audit export 07 --to 2001-01-01)" ''
sql "alter table desk.event disable trigger append_only; update desk.event set actor = 'somebody' where id = (select min (id) from desk.event where branch = '07')"
ok 'whoever changes a row is found out' refused "$admin" audit verify 07
is 'with the batch' "$("$admin" audit verify 07 | grep -c '^broken: .*digest')" 1
ok 'wrong usage is told' refused "$admin" audit nonsense
done_testing
