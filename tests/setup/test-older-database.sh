# test-older-database: a database of another version is left alone, and it is said what to do.
. tests/tap.sh
change() { psql -X -q -d "$JANELA_TEST_OWNER" -c "$1"; }
load() { B=$B assets/setup/load "$JANELA_TEST_OWNER"; } # as make run does
say() { load 2>&1 | tr '\n' ' '; }

ok 'one of this version is brought on' load
change "update desk.migration set sha256 = 'other' where number = 1"
ok 'one whose tables were made by another text is not' refused load
words=$(say)
ok "the file is named ($words)" grep -q '001-roles.sql' <<<"$words"
ok 'and how to begin anew' grep -q 'make demo-reset' <<<"$words"
ok 'and that it removes data' grep -q 'removes its data' <<<"$words"
is 'nothing was changed' "$(psql -X -At -d "$JANELA_TEST_OWNER" -c "select sha256 from desk.migration where number = 1")" other

change "update desk.migration set sha256 = '$(sha256sum <app/postgres/schema/001-roles.sql | cut -d' ' -f1)' where number = 1"
ok 'mended, it is brought on again' load
change "insert into desk.migration (number, name, sha256) values (999, '999-future.sql', '')"
words=$(say)
ok "an older program says that it is older ($words)" grep -q 'older than the database' <<<"$words"
done_testing
