#!/bin/sh
# SPDX-License-Identifier: MIT
# check-tidy.sh FLAG... -- FILE...: clang-tidy with .clang-tidy over these files; silent when content.
set -eu
flags=
while [ "$1" != -- ]; do
    flags="$flags '$1'" # quotes of C strings, but no blanks and no single quotes
    shift
done
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
rc=0
eval "clang-tidy --quiet \"\$@\" -- -std=c11 -Wno-unknown-warning-option $flags" >"$log" 2>&1 || rc=$?
grep -v -E '^[0-9]+ warnings?( and [0-9]+ errors?)? (generated|treated)' "$log" || true
exit $rc
