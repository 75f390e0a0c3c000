#!/usr/bin/env bash
# bench-forms-count.sh: how many instructions the three hot paths take (forms/count-…). They repeat exactly where time is noise:
# the targets are what was counted on Debian 12 when they were written, and a tenth.
set -euo pipefail
command -v valgrind >/dev/null || { echo "instructions are not counted: there is no valgrind" >&2; exit 0; }
out=$(mktemp)
trap 'rm -f "$out"' EXIT
count() { # count PATH TARGET: thousands of instructions
  valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=counted \
    "$B/tests/bench/bench-forms" --count "$1" 2>"$out" >/dev/null || { cat "$out" >&2; exit 1; }
  awk -v name="$1" -v target="$2" '/Collected :/ {
    printf "{\"name\":\"forms/count-%s\",\"value\":%.1f,\"unit\":\"1000 in.\",\"against\":null,\"ratio\":null,", name, $4 / 1000
    printf "\"target\":\"≤ %d\",\"meets\":%s}\n", target, $4 / 1000 <= target ? "true" : "false" }' "$out"
}
count load-synth-b 94500
count chain-20 104
count aggregate-200 219
