#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# http.sh [RECORDS]: a fetch of so many small records over loopback, and of a tenth of them, beside curl and jq on the same
# pages in the same run, best of three; peak memory must not follow the number. Then the start of a process.
set -u
cd "$(dirname "$0")/../.." || exit 3
build=${BUILD:-build}
records=${1:-1000000}
here=$PWD/tests/bench
out=$build/bench
export LC_ALL=C
python=$(command -v python3) || { echo 'bench of HTTP: skipped, no python3'; exit 0; }
server=
trap '[ -z "$server" ] || kill "$server"' EXIT

# best NAME RECORDS COMMAND...: a line of the quickest of three.
best() {
    local name=$1 n=$2 line= i
    shift 2
    for i in 1 2 3; do
        "$out/measure" "$out/measured" "$@" >"$out/http.out" 2>"$out/http.err" || return
        line=$(printf '%s\n' "$line" "$(cat "$out/measured")" | grep . | sort -n | head -n 1)
    done
    echo "$line" | awk -v name="$name" -v n="$n" '{
        printf "%-24s %9d %8.3f %8.3f %11d %9.1f%s\n", name, n, $1, $2, n / $1, $3 / 1024, $4 ? "  (exit status " $4 ")" : "" }'
}
printf '\n%-24s %9s %8s %8s %11s %9s\n' 'over loopback' records s 'cpu s' records/s 'peak MiB'
for n in $((records / 10)) "$records"; do
    rm -f "$out/address"
    "$python" "$here/pages.py" "$n" "$out/address" &
    server=$!
    while [ ! -e "$out/address" ] && kill -0 "$server" 2>/dev/null; do sleep 0.1; done
    BASE=$(cat "$out/address") || exit 3
    export BASE
    pages=$(((n + 999) / 1000))
    best 'mopslint fetch' "$n" "$build/mopslint" fetch -q "$here/pages.yaml:leads" -o "$out/http.ndjson"
    [ "$(wc -l <"$out/http.ndjson")" -eq "$n" ] || echo "mopslint fetch: $(wc -l <"$out/http.ndjson") records came"
    if command -v curl >/dev/null && command -v jq >/dev/null; then
        best 'curl | jq -c' "$n" sh -c "curl -s '$BASE/leads?page=[1-$pages]' | jq -c '.data[]'"
    else
        echo 'curl | jq -c: skipped, one of them is not there'
    fi
    kill "$server" && wait "$server" 2>/dev/null
    server=
done
printf '\n%-24s %9s %8s %8s %11s %9s\n' 'start of a process' times s 'cpu s' per/s 'peak MiB'
# shellcheck disable=SC2016
best 'mopslint --version' 200 sh -c 'i=0; while [ $i -lt 200 ]; do "$0" --version; i=$((i + 1)); done' "$build/mopslint"
