#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run-real.sh [FILTER]: judges real exports and compares, rule by rule, with the counts beside the taxonomy.
# tests/real/NAME: cmd (prints the JSON report; $DATA is the collection), counts (see tests/README.md).
. "$(dirname "$0")/run-common.sh"
export PATH=$work/bin:$PATH DATA=$data
mkdir "$work/bin" && ln -s "$build/test/mopslint" "$work/bin/mopslint"

# counts.py COUNTS JSON. A line of counts is 'RULE-ID FAILED', 'RULE-ID/undecided N' (or another key of the
# rule), 'RULE-ID[VALUE] N -> PROPOSAL' for a value and what is proposed for it, 'RULE-ID/lines N N ...' for the lines
# of the samples, or '.path.in.the.report VALUE', where a list is entered by record, id or name. A rule that failed
# and is not named is a failure too.
cat >"$work/counts.py" <<'PY'
import json, re, sys
report = json.load(open(sys.argv[2], encoding="utf-8"))
rules = {r["id"]: r for r in report["rules"]}
good, bad, named = 0, 0, set()

def at(node, path):
    for step in path.split("."):
        if isinstance(node, list):
            node = next((n for n in node if step in (n.get("record"), n.get("id"), n.get("name"))), None)
        else:
            node = node.get(step) if isinstance(node, dict) else None
    return node

for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    line = re.sub(r"(^|\s)#.*", "", line).strip()
    value = re.fullmatch(r"([^\s\[]+)\[(.*)\]\s+(\d+(?: -> .*)?)", line)
    lines = re.fullmatch(r"(\S+)/lines\s+([\d ]+)", line)
    words = line.rsplit(None, 1)
    if len(words) != 2:
        continue
    key, want = words
    if value:
        rule, written, want = value.groups()
        key = f"{rule}[{written}]"
        v = next((v for v in rules.get(rule, {"values": []})["values"] if v["value"] == written), None)
        got = "not among its values" if v is None else v["count"]
        if v and " -> " in want:
            got = f"{got} -> {v['proposal']}"
    elif lines:
        key, want = lines.groups()
        got = " ".join(str(n) for n in sorted(s["line"] for s in rules[key]["samples"])) if key in rules else "no such rule"
        key += "/lines"
    elif key.startswith("."):
        got = at(report, key[1:])
    else:
        rule, _, what = key.partition("/")
        named.add(rule)
        got = rules[rule][what or "failed"] if rule in rules else "no such rule"
    if str(got) == want:
        good += 1
    else:
        bad += 1
        print(f"{sys.argv[1]}:{number}: {key} is {got}, expected {want}")
for rule, r in rules.items():
    if r["failed"] and rule not in named:
        bad += 1
        print(f"{sys.argv[1]}: {rule} fails {r['failed']} records and is not listed")
print(f"{good} passed, {bad} failed")
PY

for case in tests/real/*"${1-}"*/; do
    case=${case%/}
    [ -e "$case/cmd" ] || continue
    if [ ! -d "$data" ]; then
        skip "$case: no ../shared/data (MOPSLINT_DATA=DIR says where it is)"
        continue
    fi
    (cd "$case" && sh ./cmd) >"$work/json" 2>"$work/err"
    rc=$?
    if [ "$rc" -gt 1 ] && [ ! -s "$work/json" ]; then
        fail "$case: exit status $rc"
        head -n 20 "$work/err" | sed 's/^/    /'
        continue
    fi
    "$python" "$work/counts.py" "$case/counts" "$work/json" >"$work/log" 2>&1
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$work/log" | tail -n 1)
    if [ -z "$line" ]; then
        fail "$case"
        sed 's/^/    /' "$work/log"
        continue
    fi
    read -r p _ f _ <<<"$line"
    passed=$((passed + p)) failed=$((failed + f))
    [ "$f" -eq 0 ] || { echo "FAIL $case"; sed -e '$d' -e 's/^/    /' "$work/log"; }
done
summary
