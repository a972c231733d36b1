#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# properties/run.sh [CASES]: every property over CASES random cases of each level, as many at a time as there are
# processors. Failing cases are kept in build/properties.
cd "$(dirname "$0")/../.." || exit 3
BASH_ARGV0=tests/run.sh # run-common.sh finds the top by it
. tests/run-common.sh
cases=${1:-${PROPERTY_CASES:-20}}
levels=${PROPERTY_LEVELS:-1 2 3}
kept=$build/properties
rm -rf "$kept"
mkdir -p "$kept"

# Parts of 20 seeds, so that the processors end together.
for level in $levels; do
    for ((first = 1; first <= cases; first += 20)); do
        echo "$level $first-$((first + 19 < cases ? first + 19 : cases))"
    done
done | xargs -P "$jobs" -L 1 sh -c '"$0" tests/properties/properties.py --mopslint "$1" --keep "$2" --level "$4" \
    --seeds "$5" >"$3/$4-$5.log" 2>&1 || :' "$python" "$build/test/mopslint" "$kept" "$work"

for log in "$work"/*.log; do
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    if [ -z "$line" ]; then
        fail "properties: level and seeds $(basename "$log" .log)"
        tail -n 5 "$log" | sed 's/^/    /'
        continue
    fi
    read -r p _ f _ <<<"$line"
    passed=$((passed + p)) failed=$((failed + f))
    [ "$f" -eq 0 ] || { echo "FAIL level $(basename "$log" .log)"; grep -v ' passed, ' "$log" | head -n 8 | sed 's/^/    /'; }
done
summary
