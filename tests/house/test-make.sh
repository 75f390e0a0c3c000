# test-make: what builds by a make of its own waits for what is asked for beside it.
. tests/tap.sh

ok 'the tests wait for what is built beside them' grep -q '^test:.*| all$' <(make -pn all test 2>/dev/null)
ok 'by themselves they wait for nothing' grep -q '^test:$' <(make -pn test 2>/dev/null)
done_testing
