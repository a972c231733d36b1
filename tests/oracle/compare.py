#!/usr/bin/env python3
"""Compare a mopslint binary with the oracle on random cases.

    compare.py --mopslint PATH --seeds A-B [--level N] [--ignore GLOB]... [--only GLOB]... [--all] [--flip READING]... [--keep DIR]

For each failing seed: the first difference (path in the JSON report, the oracle's value, the C value) and the
folder of the case, which is kept. Last line: `N passed, M failed`; exit 1 on any difference.
"""

import argparse
import fnmatch
import json
import os
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import generate
import readings
from oracle import run_files

# Not fixed by design.md: compared only with --strict-shape.
LOOSE = ["types[*].completeness*", "lifecycles*"]


class Differences:
    """All differences of one case, in the order found."""

    def __init__(self, ignore, only):
        self.ignore = ignore
        self.only = only
        self.found = []

    def add(self, path, oracle, other):
        flat = path.replace("[", "<").replace("]", ">")

        def hit(globs):
            return any(fnmatch.fnmatchcase(flat, g.replace("[", "<").replace("]", ">")) for g in globs)
        if hit(self.ignore) or (self.only and not hit(self.only)):
            return
        self.found.append((path, oracle, other))

    def same(self, path, oracle, other):
        if oracle != other:
            self.add(path, oracle, other)


def number(value):
    """A JSON number (kept as text) or decimal string as a Fraction; None if it is none."""
    try:
        return Fraction(str(value))
    except (ValueError, TypeError):
        return None


def same_number(out, path, oracle, other):
    left, right = number(oracle), number(other)
    if oracle is None or other is None:
        out.same(path, oracle, other)
    elif left is None or right is None or abs(left - right) > Fraction(1, 10 ** 9):
        out.add(path, oracle, other)


def score(out, path, oracle, other):
    """One score object; null needs a reason."""
    if oracle is None or other is None:
        if not (oracle is None and other is None):
            out.add(path, brief(oracle), brief(other))
        return
    if not isinstance(other, dict) or "score" not in other:
        out.add(path, brief(oracle), brief(other))
        return
    if oracle["score"] is None or other["score"] is None:
        if oracle["score"] is not None or other["score"] is not None:
            out.add(path + ".score", brief(oracle), brief(other))
        elif not other.get("reason"):
            out.add(path + ".reason", oracle.get("reason"), other.get("reason"))
        return
    for key in ("assessed", "clean", "undecided", "score"):
        same_number(out, path + "." + key, oracle[key], other.get(key))


def brief(node):
    if isinstance(node, dict) and "score" in node:
        return {k: v for k, v in node.items() if k != "exact"}
    return node


def pair(out, path, oracle, other):
    other = other if isinstance(other, dict) else {}
    if "score" in other:
        other = {"records": other}
    score(out, path + ".records", oracle["records"], other.get("records"))
    if ("value" in other or oracle["value"] is not None) and not (void(oracle["value"]) and void(other.get("value"))):
        score(out, path + ".value", oracle["value"], other.get("value"))


def void(one):
    """A pair of scores that says nothing: left out and null are the same."""
    if one is None:
        return True
    if isinstance(one, dict) and "score" in one:
        return one["score"] is None
    return not isinstance(one, dict) or all(void(one.get(k)) for k in ("records", "value"))


def pairs(out, path, oracle, other):
    other = labelled(other)
    for name in list(oracle) + [n for n in other if n not in oracle]:
        if name not in oracle:
            if not void(other[name]):
                out.add("%s[%s]" % (path, name), None, brief(other[name]))
        elif name not in other:
            if not void(oracle[name]):
                out.add("%s[%s]" % (path, name), brief(oracle[name]), None)
        else:
            pair(out, "%s[%s]" % (path, name), oracle[name], other[name])


def labelled(node):
    """A mapping, or a list of objects that carry a name."""
    if isinstance(node, list):
        return {str(n.get("label", n.get("name", n.get("slice", n.get("cohort", n.get("id")))))): n for n in node}
    return node or {}


def rule_key(rule):
    ident = rule["id"]
    if ident.endswith(".values"):
        ident = ident[:-len("values")] + "vocabulary"
    return (rule["record"], ident)


def rules(out, oracle, other):
    ours = {rule_key(r): r for r in oracle}
    theirs = {rule_key(r): r for r in other or []}
    for key in list(ours) + [k for k in theirs if k not in ours]:
        path = "rules[%s]" % key[1]
        if key not in theirs or key not in ours:
            one = ours.get(key) or theirs[key]
            if int(one["failed"]) or int(one["undecided"]):      # a rung that never fires may be left out
                out.add(path, "there" if key in ours else "absent", "there" if key in theirs else "absent")
            continue
        left, right = ours[key], theirs[key]
        for name in ("severity", "dimension", "effect", "owner"):
            out.same(path + "." + name, left[name], right.get(name))
        for name in ("failed", "undecided", "applicable", "grandfathered", "suppressed"):
            same_number(out, path + "." + name, left[name], right.get(name))
        if left["values"] is not None:
            for shown in right.get("values") or []:
                text = shown["value"]
                entry = left["values"].get(text)
                where = "%s.values[%r]" % (path, text)
                if entry is None:
                    out.add(where, "absent", shown)
                    continue
                same_number(out, where + ".count", entry["count"], shown["count"])
                ladder = key[-1].rsplit(".", 1)[-1] in ("whitespace", "case", "separator", "alias", "deprecated")
                if ladder and entry["proposal"] is not None:
                    out.same(where + ".proposal", entry["proposal"], shown.get("proposal"))


def types(out, oracle, other):
    theirs = {t["record"]: t for t in other or []}
    for left in oracle:
        path = "types[%s]" % left["record"]
        right = theirs.get(left["record"])
        if right is None:
            out.add(path, "there", "absent")
            continue
        same_number(out, path + ".records", left["records"], right.get("records"))
        same_number(out, path + ".undated", left["undated"], right.get("undated"))
        excluded = {e["id"]: e["records"] for e in right.get("excluded") or []}
        for entry in left["excluded"]:
            same_number(out, "%s.excluded[%s]" % (path, entry["id"]), entry["records"], excluded.get(entry["id"]))
        for key in ("records", "value", "strict", "accepted", "checked"):
            score(out, path + ".confidence." + key, left["confidence"][key], (right.get("confidence") or {}).get(key))
        for key in ("fields_filled", "records_complete"):
            score(out, path + ".completeness." + key, left["completeness"][key],
                  (right.get("completeness") or {}).get(key))
        for key in ("dimensions", "fields", "owners", "effects", "cohorts"):
            pairs(out, path + "." + key, left[key], right.get(key))
        slices(out, path, left, right)
        fix_first(out, path + ".fix_first", left["fix_first"], right.get("fix_first"))
        plan(out, path + ".plan", left["plan"], right.get("plan") or {})


def slices(out, path, left, right):
    for name, parts in left["slices"].items():
        shown = (right.get("slices") or {}).get(name) or {}
        if parts is None:
            out.same("%s.slices[%s].reason" % (path, name), "the column of the slice is missing", shown.get("reason"))
            out.same("%s.slices[%s].values" % (path, name), [], shown.get("values"))
            continue
        shown = {part["name"]: part for part in shown.get("values") or []}
        pairs(out, "%s.slices[%s]" % (path, name), parts, shown)


def fix_first(out, path, oracle, other):
    zero = {"gain": {}, "share": {}}
    ours = {canonical(r["rule"]): r for r in oracle}
    theirs = {canonical(r["rule"]): r for r in other or []}
    for name in list(ours) + [n for n in theirs if n not in ours]:
        left, right = ours.get(name, zero), theirs.get(name, zero)
        for figure in ("gain", "share"):
            for basis in ("records", "value"):
                one, two = left[figure].get(basis), right[figure].get(basis)
                same_number(out, "%s[%s].%s.%s" % (path, name, figure, basis), one or "0", two or "0")


def canonical(ident):
    return ident[:-len("values")] + "vocabulary" if ident.endswith(".values") else ident


def plan(out, path, oracle, other):
    if oracle["steps"] or other.get("steps"):
        out.same(path + ".basis", oracle["basis"], other.get("basis"))
    theirs = other.get("steps") or []
    for place, step in enumerate(oracle["steps"]):
        where = "%s.steps[%d]" % (path, place)
        if place >= len(theirs):
            out.add(where, step, None)
            return
        out.same(where + ".rule", canonical(step["rule"]), canonical(theirs[place].get("rule", "")))
        same_number(out, where + ".clean", step["clean"], theirs[place].get("clean"))
        same_number(out, where + ".score", step["score"], theirs[place].get("score"))
    if len(theirs) > len(oracle["steps"]):
        out.add("%s.steps[%d]" % (path, len(oracle["steps"])), None, theirs[len(oracle["steps"])])


def reports(out, oracle, other):
    theirs = {r["name"]: r for r in other or []}
    for left in oracle:
        path = "reports[%s]" % left["name"]
        right = theirs.get(left["name"])
        if right is None:
            out.add(path, "there", "absent")
            continue
        for name, one in left["by_record"].items():
            need, where = (right.get("by_record") or {}).get(name), "%s.by_record[%s]" % (path, name)
            pair(out, where, one, need)
            pairs(out, where + ".effects", one["effects"], (need or {}).get("effects"))
        pair(out, path, {"records": left["records"], "value": left["value"]}, right)
        pairs(out, path + ".cohorts", left["cohorts"], right.get("cohorts"))
        slices(out, path, left, right)

        def ids(rule_ids):
            return sorted({canonical(i) for i in rule_ids or [] if not i.startswith("input.")})
        if ids(left["rules"]) != ids(right.get("rules")):
            mine, yours = set(ids(left["rules"])), set(ids(right.get("rules")))
            out.add(path + ".rules", "also " + " ".join(sorted(mine - yours)), "also " + " ".join(sorted(yours - mine)))
        out.same(path + ".unguarded", sorted(u.split(".")[-1] for u in left["unguarded"]),
                 sorted(str(u).split(".")[-1] for u in right.get("unguarded") or []))
        out.same(path + ".met", left["met"], right.get("met"))


def dataset(out, oracle, other):
    theirs = {d.get("id"): d for d in other or []}
    for left in oracle:
        right = theirs.get(left["id"])
        if right is None:
            if not left["id"].endswith("max_excluded"):
                out.add("dataset[%s]" % left["id"], "there", "absent")
            continue
        verdict = next((right[k] for k in ("met", "passed", "ok", "pass") if k in right), right.get("status"))
        if "failed" in right:
            verdict = not right["failed"]
        if right.get("judged") is False:
            verdict = None
        if verdict in ("pass", "passed", "met", "ok"):
            verdict = True
        elif verdict in ("fail", "failed", "missed"):
            verdict = False
        out.same("dataset[%s].met" % left["id"], left["met"], verdict)


def differences(oracle, other, ignore=(), only=()):
    """Everything that differs between the oracle's report and another one, root causes first."""
    out = Differences(list(ignore), list(only))
    same_number(out, "records", oracle["records"], other.get("records"))
    rules(out, oracle["rules"], other.get("rules"))
    types(out, oracle["types"], other.get("types"))
    reports(out, oracle["reports"], other.get("reports"))
    dataset(out, oracle["dataset"], other.get("dataset"))
    out.same("status", oracle["status"], other.get("status"))
    same_number(out, "exit", oracle["exit"], other.get("exit"))
    return out.found


def load(text):
    return json.loads(text, parse_int=str, parse_float=str)


def judge_with(binary, folder, named):
    """(report or None, message) of the C side."""
    command = [binary, "check", "-r", "taxonomy.json", "--now", generate.NOW, "-f", "json", "--show-values", "--max-samples", "0"]
    command += [name for _, name in named]
    try:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    except subprocess.TimeoutExpired:
        return None, "no answer in 60 s"
    try:
        report = load(done.stdout.decode("utf-8"))
    except ValueError as error:
        return None, "exit %d, %s: %s" % (done.returncode, error,
                                          done.stderr.decode("utf-8", "replace").strip()[:600])
    if str(report.get("exit")) != str(done.returncode):
        return None, "exit %d but the report says %s" % (done.returncode, report.get("exit"))
    return report, None


def explained_by(folder, named, report, ignore, only):
    """Readings (one switch of readings.py each) under which the oracle agrees with the C side."""
    out = []
    for name in [n for n in vars(readings) if n.isupper()]:
        setattr(readings, name, not getattr(readings, name))
        try:
            run = run_files(os.path.join(folder, "taxonomy.json"), generate.NOW,
                            [(kind, os.path.join(folder, path)) for kind, path in named])
            if not differences(run.report(), report, ignore, only):
                out.append(name)
        finally:
            setattr(readings, name, not getattr(readings, name))
    return out


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mopslint", required=True)
    parser.add_argument("--seeds", default="1-200")
    parser.add_argument("--level", type=int, default=1)
    parser.add_argument("--ignore", action="append", default=[], help="glob of JSON paths not to compare")
    parser.add_argument("--only", action="append", default=[], help="glob of JSON paths to compare")
    parser.add_argument("--all", action="store_true", help="print every difference, not only the first")
    parser.add_argument("--flip", action="append", default=[], help="turn a reading of readings.py around")
    parser.add_argument("--strict-shape", action="store_true", help="also compare what design.md leaves open")
    parser.add_argument("--keep", default=tempfile.gettempdir(), help="where the folders of failing cases go")
    options = parser.parse_args(argv)
    for name in options.flip:
        setattr(readings, name, not getattr(readings, name))
    first, _, last = options.seeds.partition("-")
    binary = os.path.abspath(options.mopslint) if os.path.sep in options.mopslint else options.mopslint
    ignore = options.ignore + ([] if options.strict_shape else LOOSE)
    passed = failed = 0
    for seed in range(int(first), int(last or first) + 1):
        folder = tempfile.mkdtemp(prefix="oracle-%d-l%d-" % (seed, options.level), dir=options.keep)
        run = generate.make(seed, options.level, folder)
        with open(os.path.join(folder, "args"), encoding="utf-8") as stream:
            named = [line.strip().split("=", 1) for line in stream if "=" in line]
        report, message = judge_with(binary, folder, named)
        if report is None:
            found = [("run", "a report", message)]
        else:
            found = differences(run.report(), report, ignore, options.only)
        if not found:
            passed += 1
            shutil.rmtree(folder)
            continue
        failed += 1
        for path, oracle, other in found if options.all else found[:1]:
            print("seed %d: %s: oracle %s, mopslint %s" % (seed, path, show(oracle), show(other)))
        if report is not None:
            for name in explained_by(folder, named, report, ignore, options.only):
                print("  explained by the reading %s" % name)
        print("  kept %s (%d differences)" % (folder, len(found)))
        sys.stdout.flush()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


def show(value):
    if isinstance(value, str) and "\n" in value:
        return value
    return json.dumps(value, default=str, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
