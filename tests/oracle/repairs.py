#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Make the repairs that mopslint offers and see that what it announced comes true.

    repairs.py --mopslint PATH --seeds A-B [--level N] [--keep DIR]      random cases of generate.py
    repairs.py --mopslint PATH --seeds A-B --alike [--keep DIR]          random cases of repair_cases.py
    repairs.py --mopslint PATH --case TAXONOMY [--now TIME] [TYPE=]FILE.csv...

Per case: check with --repairs and --repairs-undo; write the repairs into copies of the sources, by key; check again.
No finding may be new (but which one of a duplicate group fails may change), every finding with a certain proposal in a
repaired cell is gone, every score is as announced, a second file of repairs has nothing to say about those records, and
the undo file gives the first sources back byte by byte. With --alike also: a repair that is not offered upsets something
(but for rules with `any`: what their cross-record tests read is not repaired where it changes the key; for look-ups:
what they asked for is not repaired where it changes the answer; and where teams are referred to, whose aliases this script does not
know). Prints the failing cases and `N passed, M failed, K repairs`.
"""

import argparse
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def read_rows(path):
    with open(path, newline="", encoding="utf-8", errors="surrogateescape") as stream:
        return list(csv.reader(stream))


def part_name(path, sources):
    """repairs.leads.csv for leads.csv, unless it is the only source."""
    if len(sources) == 1:
        return ""
    return "." + re.sub(r"[^A-Za-z0-9._-]", "_", os.path.basename(path).rsplit(".", 1)[0])


class Run:
    def __init__(self, mopslint, folder, taxonomy, now, sources, name):
        self.out = os.path.join(folder, name)
        os.makedirs(self.out)
        args = [mopslint, "check", "-r", taxonomy, "--now", now, "--show-values", "-f", "json=" + os.path.join(self.out, "report.json"),
                "--findings", os.path.join(self.out, "findings.csv"), "--repairs", os.path.join(self.out, "repairs.csv"),
                "--repairs-undo", os.path.join(self.out, "undo.csv"), "--progress", "never"]
        for record, path in sources:
            args += ["--record", record, path] if record else [path]
        done = subprocess.run(args, capture_output=True, check=False)
        self.code = done.returncode
        self.err = done.stderr.decode("utf-8", "surrogateescape")
        self.sources = [path for _, path in sources]

    def scores(self, repaired):
        """Every score that repairs are announced for: as it is, or as it will be."""
        with open(os.path.join(self.out, "report.json"), encoding="utf-8") as stream:
            report = json.load(stream)
        found = {}
        for one in report["types"]:
            scores = one["confidence"]["repaired"] if repaired else one["confidence"]
            found["type " + one["record"]] = {k: scores[k] for k in ("records", "value")}
        for one in report["reports"]:
            for record, need in one["by_record"].items():
                scores = need["repaired"] if repaired else need
                found["report %s, %s" % (one["name"], record)] = {k: scores[k] for k in ("records", "value")}
        return found

    def findings(self):
        found = {}
        head, *rows = read_rows(os.path.join(self.out, "findings.csv"))
        for row in rows:
            f = dict(zip(head, row))
            found[(os.path.basename(f["source"]), f["line"], f["record"], f["rule"])] = f
        return found

    def file(self, what, path):
        return read_rows(os.path.join(self.out, what + part_name(path, self.sources) + ".csv"))


def apply(rows, repairs, nkey_of):
    """What an import by key does. Returns the rows and the cells that changed."""
    changed = set()
    if not repairs:
        return rows, changed
    head = rows[0]
    columns = [head.index(name) for name in repairs[0]]
    nkey = nkey_of(repairs[0])
    for repair in repairs[1:]:
        for number, row in enumerate(rows[1:], 1):
            if len(row) != len(head) or any(row[c] != repair[i] for i, c in enumerate(columns[:nkey])):
                continue
            for i, c in list(enumerate(columns))[nkey:]:
                if row[c] != repair[i]:
                    changed.add((number, c))
                    row[c] = repair[i]
    return rows, changed


def dump(rows, template):
    """As the source is written: quoted only where it has to be."""
    out = io.StringIO()
    csv.writer(out, lineterminator=template).writerows(rows)
    return out.getvalue()


def compare(first, second, repaired):
    """The differences between the run before and the run after the repairs."""
    wrong = []
    one, two = first.findings(), second.findings()
    cross = {key for key in two if key not in one}
    for key in sorted(cross):
        same_rule = [k for k in one if k[3] == key[3] and k not in two]
        if two[key]["rule"].rsplit(".", 1)[-1] not in ("unique", "unique-row") or not same_rule:
            wrong.append("new finding: %s" % (key,))
    gone = [key for key in one if key not in two]
    if bool(gone) != bool(repaired):
        wrong.append("%d cells repaired, %d findings gone" % (len(repaired), len(gone)))
    announced, now = first.scores(True), second.scores(False)
    for name in announced:
        if announced[name] != now.get(name):
            wrong.append("%s: announced %s, is %s" % (name, announced[name], now.get(name)))
    return wrong


def outcomes(run):
    """What fails; and what fails or is undecided."""
    found = run.findings()
    return {(key, "open") for key in found} | {(key, "fail") for key in found if found[key]["outcome"] == "fail"}


def stripped(rows, but=None):
    return [row if n == but else [cell.strip(" ") for cell in row] for n, row in enumerate(rows)]


def upsets(mopslint, taxonomy, now, sources, path, states, folder):
    """Does a check of any record get worse from the first state of the file at `path` to the second?"""
    found = []
    for name, rows in zip(("without", "with"), states):
        os.makedirs(os.path.join(folder, name))
        target = os.path.join(folder, name, os.path.basename(path))
        with open(target, "w", newline="", encoding="utf-8") as stream:
            stream.write(dump(rows, "\n"))
        others = [(record, target if p == path else p) for record, p in sources]
        found.append(outcomes(Run(mopslint, os.path.join(folder, name), taxonomy, now, others, "run")))
    return not found[1] < found[0]


def needlessly_left(mopslint, taxonomy, now, sources, path, folder):
    """Records of that repaired file with stray blanks that could go and upset nothing: neither now, nor if all others had
    gone too (two repairs that lean on one which is left alone are left alone with it)."""
    wrong, name = [], os.path.basename(path)
    rows = read_rows(path)
    for line, row in enumerate(rows):
        whole = [cell.strip(" ") for cell in row]
        if row == whole:
            continue
        now_gone = [rows, rows[:line] + [whole] + rows[line + 1:]]
        all_gone = [stripped(rows, but=line), stripped(rows)]
        if not any(upsets(mopslint, taxonomy, now, sources, path, states, os.path.join(folder, "trial-%s-%d-%d" % (name, line, i)))
                   for i, states in enumerate((now_gone, all_gone))):
            wrong.append("%s, %s: its repair upsets nothing" % (name, row[0]))
    return wrong


def check(mopslint, taxonomy, now, sources, keys, folder, alike=False):
    first = Run(mopslint, folder, taxonomy, now, sources, "first")
    if first.code > 1:
        return ["exit %d: %s" % (first.code, first.err[:300])] if first.code != 3 else [], 0
    repaired, wrong, again = [], [], []
    os.makedirs(os.path.join(folder, "repaired"))
    before = {}
    for record, path in sources:
        def nkey_of(head, record=record):
            return keys(record, head)
        original = read_rows(path)
        before[path] = [list(r) for r in original]
        rows, changed = apply(original, first.file("repairs", path), nkey_of)
        repaired += [(path, cell) for cell in changed]
        target = os.path.join(folder, "repaired", os.path.basename(path))
        with open(target, "w", newline="", encoding="utf-8", errors="surrogateescape") as stream:
            stream.write(dump(rows, "\n"))
        again.append((record, target))
        undone, back = apply([list(r) for r in rows], first.file("undo", path), nkey_of)
        if undone != before[path] or len(back) != len(changed):
            wrong.append("%s: undo does not restore it" % path)
    second = Run(mopslint, folder, taxonomy, now, again, "second")
    if second.code > 1:
        return wrong + ["after the repairs: exit %d: %s" % (second.code, second.err[:300])], 0
    wrong += compare(first, second, repaired)
    text = open(taxonomy, encoding="utf-8").read()
    for _, path in again if alike and not re.search('"(any|lookup|known-team)"', text) else []:
        wrong += needlessly_left(mopslint, taxonomy, now, again, path, folder)
    for record, path in again:
        head, *rows = second.file("repairs", path) or [[]]
        fixed = {tuple(r[:keys(record, head)]) for r in first.file("repairs", path)[1:]}
        if any(tuple(r[:keys(record, head)]) in fixed for r in rows):
            wrong.append("%s: a repaired record is repaired again" % path)
    return wrong, len(repaired)


def one_alike(mopslint, seed, folder):
    import repair_cases
    sources = repair_cases.make(seed, folder)
    return check(mopslint, os.path.join(folder, "taxonomy.json"), "2026-11-22T06:00:00Z", sources,
                 lambda _, head: 1 if head else 0, folder, alike=True)


def one_seed(mopslint, level, seed, folder):
    import generate
    generate.make(seed, level, folder)
    with open(os.path.join(folder, "taxonomy.json"), encoding="utf-8") as stream:
        spec = json.load(stream)
    lines = open(os.path.join(folder, "args"), encoding="utf-8").read().splitlines()
    sources = [line.split("=", 1) for line in lines[2:]]
    sources = [(record, os.path.join(folder, path)) for record, path in sources]

    def keys(record, head):
        key = spec["records"][record].get("key") or []
        return len([key] if isinstance(key, str) else key) if head else 0
    return check(mopslint, os.path.join(folder, "taxonomy.json"), lines[1], sources, keys, folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mopslint", required=True)
    parser.add_argument("--seeds")
    parser.add_argument("--level", type=int, default=3)
    parser.add_argument("--alike", action="store_true")
    parser.add_argument("--keep")
    parser.add_argument("--case")
    parser.add_argument("--now", default="2026-11-22T06:00:00Z")
    parser.add_argument("--keys", type=int, default=1)
    parser.add_argument("sources", nargs="*")
    args = parser.parse_args()
    passed = failed = repairs = 0
    work = tempfile.mkdtemp(prefix="mopslint-repairs.")
    seeds = []
    if args.seeds:
        low, high = (args.seeds.split("-") + [args.seeds])[:2]
        seeds = range(int(low), int(high) + 1)
    for seed in seeds:
        folder = os.path.join(args.keep or work, "%d-%d" % (args.level, seed))
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        wrong, n = one_alike(args.mopslint, seed, folder) if args.alike else one_seed(args.mopslint, args.level, seed, folder)
        repairs += n
        passed, failed = passed + (not wrong), failed + bool(wrong)
        if wrong:
            print("seed %d: %s%s" % (seed, "; ".join(wrong[:3]), "  [%s]" % folder if args.keep else ""))
        elif args.keep:
            shutil.rmtree(folder)
    if args.case:
        sources = [s.split("=", 1) if "=" in s else (None, s) for s in args.sources]
        wrong, repairs = check(args.mopslint, args.case, args.now, sources, lambda _, head: args.keys if head else 0, work)
        print("\n".join(wrong + ["%d repairs" % repairs]))
        passed, failed = int(not wrong), int(bool(wrong))
    shutil.rmtree(work)
    print("%d passed, %d failed, %d repairs" % (passed, failed, repairs))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
