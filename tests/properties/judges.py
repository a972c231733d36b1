"""Who judges: a mopslint binary, or the oracle; what of a report is compared."""

import json
import os
import re
import subprocess
from fractions import Fraction

import cases


class Broken(Exception):
    """A run that gave no report."""


class Skip(Exception):
    """The property says nothing about this case, or the judge cannot be asked."""


class Answer:
    def __init__(self, report, status, text):
        self.report = report
        self.status = status
        self.text = text


class Binary:
    """mopslint check -f json on files."""

    def __init__(self, path, folder):
        self.path = path
        self.folder = folder
        self.runs = 0
        self.helped = None

    def has(self, option):
        if self.helped is None:
            self.helped = subprocess.run([self.path, "check", "--help"], stdout=subprocess.PIPE).stdout.decode()
        return option in self.helped

    def __call__(self, case, dialect="plain", ending=".csv", options=(), folder=None, env=None):
        self.runs += 1
        folder = folder or os.path.join(self.folder, "run-%d" % self.runs)
        names = case.write(folder, dialect, ending)
        command = [self.path, "check", "-r", "taxonomy.json", "--now", cases.NOW, "-f", "json"] + list(options) + names
        with open(os.path.join(folder, "command"), "w", encoding="utf-8") as stream:
            stream.write(" ".join(command[1:]) + "\n")
        try:
            done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                                  close_fds=False, env=env and dict(os.environ, **env))
        except subprocess.TimeoutExpired:
            raise Broken("no answer in 60 s") from None
        if done.returncode not in (0, 1):
            raise Broken("exit %d: %s" % (done.returncode, done.stderr.decode("utf-8", "replace").strip()[:400]))
        try:
            report = json.loads(done.stdout.decode("utf-8"), parse_float=str)
        except ValueError as error:
            raise Broken("exit %d, no JSON: %s" % (done.returncode, error)) from None
        if report["exit"] != done.returncode:
            raise Broken("exit %d, but the report says %s" % (done.returncode, report["exit"]))
        return Answer(report, done.returncode, done.stdout)


class Oracle:
    """The oracle in the binary's place: a property that it breaks too is no bug of the C code."""

    def __init__(self, folder):
        self.folder = folder

    @staticmethod
    def has(option):
        return False

    def __call__(self, case, dialect="plain", ending=".csv", options=(), folder=None, env=None):
        from oracle import shaped
        if dialect != "plain" or options or env:
            raise Skip("the oracle has no such option")
        report = json.loads(json.dumps(shaped(cases.oracle_run(case, self.folder).report())), parse_float=str)
        return Answer(report, report["exit"], json.dumps(report).encode())


# ---------------------------------------------------------------- reading reports

def label(node, place):
    if isinstance(node, dict):
        for key in ("name", "record_type", "id", "rule", "record", "field", "value"):
            if isinstance(node.get(key), str):
                return node[key]
    return place


def scores(report, skip=("checked", "fields_filled")):
    """path -> (clean, assessed, undecided), all exact, or None for a score that is null."""
    out = {}

    def walk(node, path):
        if isinstance(node, dict):
            if "score" in node and "assessed" in node:
                if node["score"] is None:
                    out[path] = None
                else:
                    out[path] = tuple(Fraction(str(node[k])) for k in ("clean", "assessed", "undecided"))
                return
            for key, value in node.items():
                if key not in skip and key not in ("values_shown", "samples", "rules", "fix_first", "plan"):
                    walk(value, path + "." + key)
        elif isinstance(node, list):
            for place, value in enumerate(node):
                walk(value, "%s[%s]" % (path, label(value, place)))
    walk(report["types"], "types")
    walk(report["reports"], "reports")
    return out


def share(score):
    return score[0] / score[1] if score[1] else Fraction(0)


def shown(score):
    return "null" if score is None else "%s of %s" % (fraction(score[0]), fraction(score[1]))


def fraction(number):
    return str(number) if number.denominator == 1 else "%f" % number


def never_higher(before, after, ignore=()):
    """The first score of `after` that is higher than in `before`; None if there is none."""
    left, right = scores(before.report), scores(after.report)
    for path, one in left.items():
        two = right.get(path)
        if one is None or two is None or any(part in path for part in ignore):
            continue
        if share(two) > share(one):
            return "%s: %s before, %s after" % (path, shown(one), shown(two))
    return None


# Where a run stands, not what it found.
LINE = re.compile(r"\bline \d+( of [^ ;]+)?")
PLACES = {"sources", "samples", "tool", "nearest"}


def numbers(report, skip=()):
    """The report without sources, samples and line numbers."""
    def clean(node):
        if isinstance(node, dict):
            return {k: LINE.sub("line N", v) if k == "message" and isinstance(v, str) else clean(v)
                    for k, v in node.items() if k not in PLACES and k not in skip}
        if isinstance(node, list):
            return [clean(v) for v in node]
        return node
    out = clean(report)
    missing = {(m.get("record"), m.get("field")) for m in out.pop("columns_not_found", None) or []}
    out["columns_not_found"] = sorted(missing)
    return out


def differ(one, two, path=""):
    """The first difference of two JSON values as text, or None."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in list(one) + [k for k in two if k not in one]:
            if key not in one or key not in two:
                return "%s.%s: %s" % (path, key, "only before" if key in one else "only after")
            found = differ(one[key], two[key], "%s.%s" % (path, key))
            if found:
                return found
        return None
    if isinstance(one, list) and isinstance(two, list):
        for place, (left, right) in enumerate(zip(one, two)):
            found = differ(left, right, "%s[%s]" % (path, label(left, place)))
            if found:
                return found
        if len(one) != len(two):
            return "%s: %d entries before, %d after" % (path, len(one), len(two))
        return None
    if one != two:
        return "%s: %s before, %s after" % (path.lstrip("."), json.dumps(one)[:200], json.dumps(two)[:200])
    return None


def same_numbers(before, after, skip=()):
    """Rules and types first, as the root cause tends to stand there; who repairs and the messages last."""
    for late in ({"message", "fixers"}, {"message"}, set()):
        one, two = numbers(before.report, late | set(skip)), numbers(after.report, late | set(skip))
        for key in ("rules", "types", "reports"):
            found = differ(one.pop(key), two.pop(key), key)
            if found:
                return found
        found = differ(one, two)
        if found:
            return found
    return None


# ---------------------------------------------------------------- outcomes, by the oracle

RANK = {"fail": 0, "undecided": 1, "pass": 2}


def outcomes(run):
    """(type, place of the record) -> {rule: outcome}; excluded records have none."""
    out = {}
    for record_type in run.taxonomy.types.values():
        for place, record in enumerate(record_type.records):
            out[(record_type.name, place)] = record.outcomes
    return out


def assessed(run):
    """The assessed records of each type, by place."""
    from scores import Scorer
    out = set()
    for record_type in run.taxonomy.types.values():
        inside = {id(r) for r in Scorer(record_type).assessed}
        out |= {(record_type.name, place) for place, r in enumerate(record_type.records) if id(r) in inside}
    return out


def moved(before, after):
    """(outcomes that got worse, outcomes that got better, others that changed) between two runs, as (record, rule)."""
    worse, better, other = [], [], []
    left, right = outcomes(before), outcomes(after)
    for record, old in left.items():
        new = right[record]
        for rule in set(old) | set(new):
            one, two = old.get(rule), new.get(rule)
            if one == two:
                continue
            if one in RANK and two in RANK:
                (worse if RANK[two] < RANK[one] else better).append((record, rule))
            elif one not in RANK and two in ("fail", "undecided"):
                worse.append((record, rule))
            else:
                other.append((record, rule))
    return worse, better, other
