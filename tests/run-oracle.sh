#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-oracle.sh [CASES]: the program and the oracle judge CASES random cases of each level, as many at a time as there
# are processors. Failing cases are kept in build/oracle.
. "$(dirname "$0")/run-common.sh"
cases=${1:-${ORACLE_CASES:-300}}
levels=${ORACLE_LEVELS:-1 2 3}
[ -e tests/oracle/compare.py ] || { skip 'oracle: no tests/oracle/compare.py'; summary; }
kept=$build/oracle
rm -rf "$kept"
mkdir -p "$kept"

# Parts of 50 seeds, so that the processors end together.
for level in $levels; do
    for ((first = 1; first <= cases; first += 50)); do
        echo "$level $first-$((first + 49 < cases ? first + 49 : cases))"
    done
done | xargs -P "$jobs" -L 1 sh -c '"$0" tests/oracle/compare.py --mopslint "$1" --keep "$2" --level "$4" \
    --seeds "$5" >"$3/$4-$5.log" 2>&1 || :' "$python" "$build/test/mopslint" "$kept" "$work"

for log in "$work"/*.log; do
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
    if [ -z "$line" ]; then
        fail "oracle: level and seeds $(basename "$log" .log)"
        tail -n 5 "$log" | sed 's/^/    /'
        continue
    fi
    read -r p _ f _ <<<"$line"
    passed=$((passed + p)) failed=$((failed + f))
    [ "$f" -eq 0 ] || { echo "FAIL level ${log##*/}"; grep -v ' passed, ' "$log" | head -n 6 | sed 's/^/    /'; }
done
summary
