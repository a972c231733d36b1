#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh [RECORDS|SIZE]: the 25-rule job of job.yaml on a generated file. Each program reads the same file in the same
# run, three times, and the quickest counts; machines are shared, so compare the ratios and not the seconds.
set -u
cd "$(dirname "$0")/../.." || exit 3
build=${BUILD:-build}
size=${1:-500000}
file=$build/bench/leads-$size.csv
here=tests/bench
export LC_ALL=C
newer=$(find "$file" -newer "$build/bench/gen" 2>/dev/null)
[ -n "$newer" ] || { "$build/bench/gen" "$size" >"$file.part" && mv "$file.part" "$file"; } || exit 3
records=$("$build/bench/csvloop" "$file" | awk '{ print $1 - 1 }')
bytes=$(wc -c <"$file")
cat "$file" >/dev/null # into the page cache

# run NAME COMMAND...: a line "NAME seconds cpu peak-KiB status" of the quickest of three.
run() {
    local name=$1 best= i
    shift
    for i in 1 2 3; do
        "$build/bench/measure" "$build/bench/measured" "$@" >"$build/bench/$name.out" 2>"$build/bench/$name.err" ||
            { echo "$name: cannot be run" >&2; return; }
        best=$(printf '%s\n' "$best" "$(cat "$build/bench/measured")" | grep . | sort -n | head -n 1)
    done
    echo "$name $best" >>"$build/bench/lines"
}
: >"$build/bench/lines"
now=2026-11-22T06:00:00Z
run wc wc -l "$file"
run libcsv "$build/bench/csvloop" "$file"
run mopslint "$build/mopslint" check -r "$here/job.yaml" --now $now -f json "$file"
command -v mawk >/dev/null && run mawk mawk -v pairs="$here/pairs.csv" -f "$here/job.awk" "$file"

printf '%s records, %s MB, %s bytes each\n\n' "$records" $((bytes / 1000000)) $((bytes / records))
awk -v records="$records" -v bytes="$bytes" '
    { name[NR] = $1; s[$1] = $2 > 0 ? $2 : 0.0001; cpu[$1] = $3; peak[$1] = $4; rc[$1] = $5 }
    END {
        printf "%-12s %8s %8s %11s %8s %9s %9s %8s\n", "program", "s", "cpu s", "records/s", "MB/s", "peak MiB", "/ libcsv", "/ wc"
        for (i = 1; i <= NR; i++) {
            n = name[i]
            printf "%-12s %8.3f %8.3f %11d %8.1f %9.1f %9.2f %8.1f", n, s[n], cpu[n], records / s[n], bytes / s[n] / 1e6,
                peak[n] / 1024, s[n] / s["libcsv"], s[n] / s["wc"]
            print (rc[n] > 1 ? "  (exit status " rc[n] ")" : "")
        }
    }' "$build/bench/lines"

# The figures of a program that counts something else are worth nothing.
python=$(command -v python3) || exit 0
[ -s "$build/bench/mawk.out" ] && [ -s "$build/bench/mopslint.out" ] || exit 0
"$python" - "$build/bench/mawk.out" "$build/bench/mopslint.out" <<'PY'
import json, sys
want = dict(line.split() for line in open(sys.argv[1]))
try:
    report = json.load(open(sys.argv[2]))
except ValueError:
    sys.exit("\nmopslint printed no JSON: see mopslint.err")
got = {r["id"]: r["failed"] for r in report["rules"]}
off = [f"{i}: mopslint {got.get(i)}, awk {n}" for i, n in want.items() if i.startswith("R") and i != "ROWS" and str(got.get(i)) != n]
print("\nthe counts of all rules agree with awk's" if not off else "\nthe counts differ:\n  " + "\n  ".join(off))
sys.exit(bool(off))
PY
