#!/usr/bin/env bash
# test-catalogue.sh: every form passes the checks without a warning, and asking once is worth it.
set -u
. "$(dirname "$0")/../tap.sh"
cd "$JANELA_TOP"
form=$JANELA_BIN/janela-form
admin=$JANELA_BIN/janela-admin

is 'janela-form check finds nothing in any service' "$("$form" check build/services/*/*.xml 2>&1)" ''
ok 'the catalogue can be published' "$admin" catalogue check build

"$admin" catalogue report build >"$TMPDIR/report"
is 'the report in assets/docs is the one of these forms' \
  "$(diff "$TMPDIR/report" assets/docs/catalogue.md | head -n 4)" ''
saved=$(sed -n 's/^| \*\*all\*\*.*\*\*\([0-9]*\)\.[0-9]* %.*/\1/p' "$TMPDIR/report")
ok "bundles ask at least 40 % fewer questions than their forms alone ($saved %)" test "$saved" -ge 40

mkdir -p "$TMPDIR/broken/services/demo"
sed 's|/data/|/nowhere/|' build/services/dsi/dsi-personal-data-cert.xml >"$TMPDIR/broken/services/demo/x.xml"
ok 'a form that does not hold is not published' refused "$admin" catalogue check "$TMPDIR/broken"
done_testing
