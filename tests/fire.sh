#!/bin/sh
# SPDX-License-Identifier: MIT
# fire.sh KIND [SOURCE...]: checks fires.* and then silent.* of ../fixtures/findings/KIND, each with these sources
# beside it, and prints what is found. Exit status 1 unless the first finds something and the second nothing.
here=../fixtures/findings/$1
shift
good=0
for what in fires silent; do
    extra=
    for source; do extra="$extra $here/$source"; done
    # shellcheck disable=SC2086
    mopslint check -r "$here/taxonomy.yaml" --now 2026-11-22T06:00:00Z -f json=report.json \
        --fail-on warning --allow-empty "$here/$what".* $extra
    printf '%s: exit status %s\n' "$what" "$?"
    "${PYTHON:-python3}" "$TOP/tests/fired.py" "$what" report.json || good=1
done
exit "$good"
