# SPDX-License-Identifier: MIT
# Read in by the runners: where things are, and the count that each of them closes with.
# shellcheck shell=bash disable=SC2034
set -u
cd "$(dirname "$0")/.." || exit 3
top=$PWD
build=${BUILD:-build}
case $build in /*) ;; *) build=$top/$build ;; esac
python=${PYTHON:-python3}
jobs=$(nproc 2>/dev/null || echo 2)
# The collections of real exports that the tests judge, where they are at hand.
data=${MOPSLINT_DATA:-$top/../shared/data}
export LC_ALL=C TZ=UTC
unset MOPSLINT_CONFIG NO_COLOR CLICOLOR_FORCE COLUMNS 2>/dev/null

passed=0 failed=0 skipped=0
pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); printf 'FAIL %s\n' "$*"; }
skip() { skipped=$((skipped + 1)); printf 'skip %s\n' "$*"; }
# The last line of every runner, and the exit status that goes with it.
summary() {
    printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ]
    exit
}

work=$(mktemp -d "${TMPDIR:-/tmp}/mopslint-test.XXXXXX") || exit 3
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
# Whoever runs the tests may have histories of their own.
mkdir "$work/home"
export HOME=$work/home
unset XDG_STATE_HOME

# A build without PCRE2's JIT: see nojit.c.
valgrind="env LD_PRELOAD=$build/test/nojit.so MOP_UNDER_VALGRIND=1 valgrind -q --error-exitcode=99 --leak-check=full
--errors-for-leak-kinds=definite,indirect"
