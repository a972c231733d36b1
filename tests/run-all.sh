#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-all.sh SUITE...: runs the suites one after the other, all of them whatever fails, and adds up.
# A suite closes with 'N passed, N failed, N skipped'; one that does not counts as one by its exit status.
. "$(dirname "$0")/run-common.sh"

# Repairs of any case, and of cases in which they meet.
run_repairs() {
    "$python" tests/oracle/repairs.py --mopslint "$build/test/mopslint" --seeds "1-${REPAIR_CASES:-100}" --level 2 &&
        "$python" tests/oracle/repairs.py --mopslint "$build/test/mopslint" --seeds "1-$((${REPAIR_CASES:-100} / 2))" --alike
}

suite() {
    case $1 in
    unit) bash tests/run-units.sh ;;
    fuzz) bash tests/run-replay.sh ;;
    cli) bash tests/run-cli.sh ;;
    schema) bash tests/run-schema.sh ;;
    formats) bash tests/run-formats.sh ;;
    html) bash tests/run-html.sh ;;
    http) bash tests/run-http.sh ;;
    foreign) bash tests/run-foreign.sh ;;
    readme) bash tests/run-readme.sh ;;
    docs) bash tests/run-docs.sh ;;
    real) bash tests/run-real.sh ;;
    language) sh tests/docs/run.sh ;;
    oracle) bash tests/run-oracle.sh ;;
    repairs) run_repairs ;;
    history) bash tests/run-history.sh ;;
    properties) bash tests/properties/run.sh ;;
    contrib) bash tests/run-contrib.sh ;;
    ops) bash tests/run-ops.sh ;;
    *) echo "no suite '$1'"; return 2 ;;
    esac
}
for name in "$@"; do
    printf '== %s\n' "$name"
    begin=$SECONDS
    suite "$name" 2>&1 </dev/null | tee "$work/log"
    rc=${PIPESTATUS[0]}
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$work/log" | tail -n 1)
    if [ -n "$line" ]; then
        read -r p _ f _ s _ <<<"$line 0"
        passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + ${s:-0}))
        [ "$rc" -eq 0 ] || [ "$f" -gt 0 ] || fail "$name: exit status $rc"
    elif [ "$rc" -eq 0 ]; then
        pass
    else
        fail "$name: exit status $rc"
    fi
    printf '   %s s\n' $((SECONDS - begin))
done
echo "== all"
summary
