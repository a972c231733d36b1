#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-history.sh [NIGHTS]: a year of nights ($HISTORY_NIGHTS), two rule sets in one pass, and nights that are killed or have
# no room (tests/history).
. "$(dirname "$0")/run-common.sh"
suite() { # NAME COMMAND...: the counts of its last line
    local name=$1 line p f
    shift
    "$@" >"$work/$name.log" 2>&1
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$work/$name.log" | tail -n 1)
    if [ -z "$line" ]; then
        fail "history: $name"
        tail -n 5 "$work/$name.log" | sed 's/^/    /'
        return
    fi
    read -r p _ f _ <<<"$line"
    passed=$((passed + p)) failed=$((failed + f))
    grep '^FAIL' "$work/$name.log"
}
suite year "$python" tests/history/year.py --mopslint "$build/test/mopslint" --nights "${1:-${HISTORY_NIGHTS:-365}}"
suite between "$python" tests/history/between.py --mopslint "$build/test/mopslint" --seeds "1-${HISTORY_CASES:-40}"
suite attack "$python" tests/history/attack.py --mopslint "$build/test/mopslint" --kills "${HISTORY_KILLS:-12}" --steps "${HISTORY_STEPS:-10}"
summary
