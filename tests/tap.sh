# tap.sh: a few words of TAP for tests written in shell.
count=0 failed=0
ok() { # ok NAME COMMAND…
  local name=$1; shift; count=$((count + 1))
  if "$@" >"$TMPDIR/said" 2>&1; then echo "ok $count - $name"
  else echo "not ok $count - $name"; sed 's/^/# /' "$TMPDIR/said"; failed=1; fi
}
is() { # is NAME GOT WANTED
  count=$((count + 1))
  if [ "$2" = "$3" ]; then echo "ok $count - $1"
  else echo "not ok $count - $1"; printf '# got: %s\n# not: %s\n' "$2" "$3"; failed=1; fi
}
refused() { ! "$@"; } # refused COMMAND…: it must fail
done_testing() { echo "1..$count"; exit $failed; }
