#!/usr/bin/env bash
# bench-forms-peer.sh: our engine beside its peer, which npm brings into build/peer (forms/peer-…); says so where it cannot.
set -euo pipefail
peer=build/peer forms=build/peer/forms
install() {
  mkdir -p "$peer"
  [ -e "$peer/package.json" ] || echo '{"private":true}' >"$peer/package.json"
  [ -d "$peer/node_modules/@getodk/xforms-engine" ] && [ -d "$peer/node_modules/jsdom" ] && return
  timeout 300 npm install --prefix "$peer" --no-audit --no-fund --silent @getodk/xforms-engine@0.22.0 jsdom@27 >&2
}
for command in node npm; do
  command -v "$command" >/dev/null || { echo "the peer is not measured: there is no $command" >&2; exit 0; }
done
install || { echo "the peer is not measured: npm cannot install it" >&2; exit 0; }
mkdir -p "$forms"
for form in chains rows interview; do
  "$B/tests/bench/bench-forms" --print "$form" >"$forms/$form.xml"
done
cp tests/bench/forms-peer.mjs "$peer/"
exec node "$peer/forms-peer.mjs" "$PWD/$B/bin/janela-form" "$forms"
