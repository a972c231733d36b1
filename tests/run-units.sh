#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-units.sh [--valgrind] [FILTER]: the unit tests, one program per module, two at a time.
. "$(dirname "$0")/run-common.sh"
tool=
if [ "${1-}" = --valgrind ]; then
    shift
    # A test that counts seconds or allocates by the gigabyte may look at MOP_UNDER_VALGRIND.
    tool=$valgrind
fi
filter=${1-}

run_one() {
    CMOCKA_MESSAGE_OUTPUT=TAP CMOCKA_TEST_ABORT='' $tool "$build/test/unit/$1" >"$work/$1.tap" 2>"$work/$1.err" </dev/null
    echo $? >"$work/$1.rc"
}
export -f run_one
export tool build work

names=()
for source in tests/unit/test_*.c; do
    name=$(basename "$source" .c)
    [ -e "$source" ] && case $name in *"$filter"*) names+=("$name") ;; esac
done
printf '%s\n' "${names[@]}" | xargs -r -P "$jobs" -I{} bash -c 'run_one {}'

for name in "${names[@]}"; do
    rc=$(cat "$work/$name.rc")
    # cmocka writes a skipped test as 'not ok N # SKIP'.
    ok=$(grep '^ok ' "$work/$name.tap" | grep -vc '# SKIP')
    bad=$(grep '^not ok ' "$work/$name.tap" | grep -vc '# SKIP')
    off=$(grep -c '^\(not \)\?ok .*# SKIP' "$work/$name.tap")
    # A program that dies between its tests, or whose valgrind complains, is a failure of its own.
    [ "$rc" -ne 0 ] && [ "$bad" -eq 0 ] && bad=1
    [ "$((ok + bad + off))" -eq 0 ] && bad=1
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + off))
    if [ "$bad" -gt 0 ]; then
        printf 'FAIL %s (exit status %s)\n' "$name" "$rc"
        { grep -v '^ok ' "$work/$name.tap"; cat "$work/$name.err"; } | head -n 60 | sed 's/^/    /'
    fi
done
summary
