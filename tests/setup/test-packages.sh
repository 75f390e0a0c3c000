# test-packages: the list names packages once and in groups; installing is quick and silent when nothing is missing.
. tests/tap.sh
list=assets/setup/packages
names() { sed -n 's/^\([a-z0-9][a-z0-9.+-]*\).*/\1/p' "$list"; }
known() { ! LC_ALL=C apt-cache policy $(names) 2>&1 | grep -B1 -A1 'Candidate: (none)'; }

is 'no package stands twice' "$(names | sort | uniq -d)" ''
is 'every package says what for' "$(grep -E '^[a-z0-9]' "$list" | grep -vE ' +# .+')" ''
is 'the groups are these' "$(sed -n 's/^\[\(.*\)\]$/\1/p' "$list" | tr '\n' ' ')" 'build run test lint bench fuzz '
is 'installing what is there says nothing' "$(assets/setup/install-packages 2>&1)" ''
is 'a group can be asked for alone' "$(assets/setup/install-packages build 2>&1)" ''
ok 'the system knows every name' known
mkdir -p "$TMPDIR/bin"; printf '#!/bin/sh\n' >"$TMPDIR/bin/dpkg-query"; chmod +x "$TMPDIR/bin/dpkg-query" # nothing is installed
asked() { PATH="$TMPDIR/bin:$1" bash -c '. <(sed -n "/^wanted()/,/^}/p;/^missing()/,/^}/p" assets/setup/install-packages); list=assets/setup/packages; missing $(wanted test)'; }
is 'what else brought a command does as well' "$(asked "$PATH" | grep -c '^nodejs$')" "$(command -v node >/dev/null && echo 0 || echo 1)"
ok 'no policy is left behind' test ! -e /usr/sbin/policy-rc.d.janela
done_testing
