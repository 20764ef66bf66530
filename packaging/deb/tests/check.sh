# SPDX-License-Identifier: Apache-2.0
# Counts and prints results of shell tests.
# shellcheck shell=sh

passed=0
failed=0

# check NAME COMMAND...: one result.
check() {
    name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok   $name"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
    fi
}

# finish: the closing line; succeeds when something was tested and nothing failed.
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}
