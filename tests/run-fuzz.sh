#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-fuzz.sh [--cover] [FILTER]: each libFuzzer target for FUZZ_SECONDS, its corpus read and grown in build/;
# with --cover replays the corpora and prints the lines that they reach, of the files a target says it
# 'covers:' in its first comment.
. "$(dirname "$0")/run-common.sh"
cover=
if [ "${1-}" = --cover ]; then
    cover=1
    shift
    find "$build/test/obj" -name '*.gcda' -delete
fi
covered=
for source in tests/fuzz/fuzz_*"${1-}"*.c; do
    [ -e "$source" ] || continue
    target=$(basename "$source" .c)
    name=${target#fuzz_}
    corpus=tests/fuzz/corpus/$name
    covered="$covered $(sed -n 's/.*covers: *\([^*]*\).*/\1/p' "$source" | head -n 1)"
    if [ -n "$cover" ]; then
        find "$corpus" -type f -print0 | xargs -0 -n 500 "$build/test/fuzz/$target" >"$work/log" 2>&1
    else
        mkdir -p "$build/corpus/$name" "$build/crashes"
        dict=tests/fuzz/$name.dict
        "$build/test/fuzz/$target" -max_total_time="${FUZZ_SECONDS:-600}" -timeout=20 -rss_limit_mb=4096 \
            -print_final_stats=1 -artifact_prefix="$build/crashes/$name-" $([ -e "$dict" ] && echo "-dict=$dict") \
            "$build/corpus/$name" "$corpus" >"$work/log" 2>&1
    fi
    rc=$?
    if [ "$rc" -eq 0 ]; then
        pass
        [ -n "$cover" ] || printf '%-20s %s\n' "$name" "$(grep -E 'number_of_executed_units|DONE' "$work/log" | tr '\n' ' ')"
    else
        fail "$target (exit status $rc; inputs in $build/crashes)"
        tail -n 40 "$work/log" | sed 's/^/    /'
    fi
done
if [ -n "$cover" ]; then
    for file in $(printf '%s\n' $covered | sort -u); do
        (cd "$work" && gcov -n -o "$build/test/obj/${file%.c}.gcda" "$top/$file" 2>/dev/null) |
            awk -v f="$file" 'index($0, "File ") == 1 { on = index($0, f "'\''") } on && /^Lines executed/ { print f, $0; on = 0 }'
    done | sed 's/Lines executed://; s/ of / /' | tr -d '%' |
        awk '{ printf "%-40s %6.2f %% of %d lines\n", $1, $2, $3; n += $3; hit += $2 * $3 / 100 }
             END { if (n) printf "%-40s %6.2f %% of %d lines\n", "all", 100 * hit / n, n }'
fi
summary
