# test-staff: janela-admin staff: who is added signs in, who is deactivated does not until he is called back.
. tests/tap.sh
export JANELA_DSN=$JANELA_TEST_OWNER
admin=$JANELA_BIN/janela-admin
login=lei.$(psql -X -q -At -d "$JANELA_TEST_OWNER" -c 'select current_database ()')
enters() { PGPASSWORD=lotus-new psql -X -q -At -d "$JANELA_TEST_DSN user=$login" -c 'select 1'; }

echo lotus-new >"$TMPDIR/password"
chmod 600 "$TMPDIR/password"
is 'a clerk is added' "$("$admin" staff add "$login" --role clerk --branch 07 --zh 李 --latin LEI --initial-password-file "$TMPDIR/password")" "$login is added"
ok 'and enters' enters
is 'he leaves' "$("$admin" staff deactivate "$login" --reason retired)" "$login is deactivated"
ok 'and enters no more' refused enters
ok 'the list says so' grep -q "^$login .*(deactivated)" <("$admin" staff list)
is 'he is called back' "$("$admin" staff activate "$login")" "$login is activated"
ok 'and enters again' enters
ok 'whom nobody knows cannot leave' refused "$admin" staff deactivate nobody
ok 'wrong usage is told' refused "$admin" staff deactivate
done_testing
