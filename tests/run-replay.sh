#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-replay.sh: every fuzz target over its corpus, through tests/fuzz/replay.c; one count per target.
. "$(dirname "$0")/run-common.sh"
for source in tests/fuzz/fuzz_*.c; do
    [ -e "$source" ] || continue
    target=$(basename "$source" .c)
    corpus=tests/fuzz/corpus/${target#fuzz_}
    if [ ! -x "$build/test/fuzz/$target" ] || [ ! -d "$corpus" ]; then
        skip "$target: no program or no $corpus"
    elif find "$corpus" -type f -print0 | xargs -0 -n 500 "$build/test/fuzz/$target" >"$work/out" 2>&1; then
        pass
    else
        fail "$target"
        tail -n 20 "$work/out" | sed 's/^/    /'
    fi
done
summary
