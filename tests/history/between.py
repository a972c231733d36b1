#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Two rule sets in one pass: between.py --mopslint PROGRAM [--seeds 1-40] [--level 3]

Random cases of the oracle, judged by their taxonomy one night and by another one the next: what the history says that
the earlier rules make of the new data has to be what they make of it alone, and this night's report has to be, but for
what changed, the report of a run without history. Prints 'N passed, N failed'.
"""
import argparse, copy, json, os, random, subprocess, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
import generate  # noqa: E402

KINDS = ["required", "vocabulary", "pattern", "unique", "range", "case", "length", "values", "type"]


def other_rules(spec, rng):
    """The taxonomy with some of it changed; whether it still loads is for the program to say."""
    spec = copy.deepcopy(spec)
    spec["version"] = "other"
    for record in spec.get("records", {}).values():
        for name, field in (record.get("fields") or {}).items():
            for kind in KINDS[:1] + KINDS[2:7]:
                if isinstance(field, dict) and kind in field and rng.random() < 0.3:
                    del field[kind]
    if spec.get("rules") and rng.random() < 0.8:
        del spec["rules"][rng.randrange(len(spec["rules"]))]
    for vocabulary in (spec.get("vocabularies") or {}).values():
        values = vocabulary.get("values")
        if isinstance(values, dict) and rng.random() < 0.5:
            values["quite-new"] = None
    return spec


def judge(program, folder, rules, named, *more, now=generate.NOW):
    command = [program, "check", "-r", rules, "--now", now, "-f", "json", "--max-samples", "0", *more]
    done = subprocess.run(command + [name for _, name in named], cwd=folder, capture_output=True, text=True, timeout=60)
    try:
        return json.loads(done.stdout), done.stderr
    except ValueError:
        return None, done.stderr


def scores(report):
    """(of, record, name) -> (by records, by value), as `since` names them."""
    out = {}
    number = lambda s: None if s is None else s["score"]
    for r in report["reports"]:
        out["report", None, r["name"]] = (number(r["records"]), number(r["value"]))
    for t in report["types"]:
        c = t["confidence"]
        out["overall", t["record"], None] = (number(c["records"]), number(c["value"]))
        for of, key in (("dimension", "dimensions"), ("owner", "owners"), ("field", "fields")):
            for name, s in t[key].items():
                out[of, t["record"], name] = (number(s["records"]), number(s["value"]))
    return out


def compare(program, seed, level):
    """None, or what is wrong; 'skip' where the other rules do not load."""
    with tempfile.TemporaryDirectory() as folder:
        run = generate.make(seed, level, folder)
        del run
        named = [line.rstrip("\n").split("=", 1) for line in open(os.path.join(folder, "args")) if "=" in line]
        spec = json.load(open(os.path.join(folder, "taxonomy.json")))
        json.dump(other_rules(spec, random.Random(seed)), open(os.path.join(folder, "other.json"), "w"))
        alone, _ = judge(program, folder, "taxonomy.json", named)
        plain, _ = judge(program, folder, "other.json", named)
        if alone is None or plain is None or plain["status"] == "partial":
            return "skip"
        if alone["taxonomy"]["digest"] == plain["taxonomy"]["digest"]:
            return "skip"  # by chance nothing was changed that can change a verdict
        first, said = judge(program, folder, "taxonomy.json", named, "--history=h", now="2026-11-22T05:59:59Z")
        if first is None:
            return "the first night: " + said
        both, said = judge(program, folder, "other.json", named, "--history=h")
        if both is None:
            return "the second night: " + said
        since = both.pop("since")
        plain.pop("since")
        if both != plain:
            return "the report is another one than without history"
        if since["unsplit"] or since["same_rules"]:
            return "not split: %s" % since["unsplit"]
        want = scores(alone)
        for s in since["scores"]:
            key = (s["of"], s["record"], s["name"])
            got = (s["records"]["between"], s["value"]["between"])
            if got != want.get(key, (None, None)):
                return "%s: between %s, alone %s" % (key, got, want.get(key))
    return None


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--mopslint", required=True)
    p.add_argument("--seeds", default="1-40")
    p.add_argument("--level", type=int, default=3)
    a = p.parse_args()
    first, last = map(int, a.seeds.split("-"))
    passed, failed, skipped = 0, 0, 0
    for seed in range(first, last + 1):
        wrong = compare(os.path.abspath(a.mopslint), seed, a.level)
        if wrong == "skip":
            skipped += 1
        elif wrong:
            failed += 1
            print("FAIL seed %d: %s" % (seed, wrong))
        else:
            passed += 1
    if passed < (last - first) // 3:
        failed += 1
        print("FAIL only %d cases could be compared" % passed)
    print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
    sys.exit(failed > 0)


main()
