# test-backend-docs: assets/docs/backend.md names every command and query that the schema exposes.
. tests/tap.sh
exposed() { cat app/postgres/schema/*.sql app/postgres/schema/functions/*.sql | sed -n "s/.*desk\.expose ('[a-z]*', '\([a-z_]*\)'.*/\1/p; s/.*create or replace function api\.\([a-z_]*\) (.*/\1/p" | sort -u; }
ok 'there are some' test "$(exposed | wc -l)" -gt 40
for name in $(exposed); do
  ok "$name" grep -qE "\`[^\`]*\\b$name\\b[^\`]*\`" assets/docs/backend.md
done
done_testing
