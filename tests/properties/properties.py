#!/usr/bin/env python3
"""Properties that every run of mopslint must have, over the oracle's random cases.

    properties.py --mopslint PATH --seeds A-B [--level N] [--only NAME]... [--keep DIR] [--shrink] [--time]

Per seed and property one test. A failing one prints the smallest description of the difference and the folder that
holds the case ('before' and 'after' where two runs are compared). Last line: `N passed, M failed`.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from decimal import Decimal, InvalidOperation
from fractions import Fraction

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import cases
from cases import Bad
from plans import plan_steps
from judges import (Binary, Broken, Oracle, Skip, assessed, differ, moved, never_higher, numbers, outcomes, same_numbers,
                    scores, share, shown)

MONEY = ("amount", "budget")


class Context:
    """One case under one judge, with what several properties ask for."""

    def __init__(self, case, judge, folder, rng, loose=None):
        self.case = case
        self.judge = judge
        self.folder = folder
        self.rng = rng
        self.loose = loose            # the same case before toss-ups among duplicates were taken out
        self.kept = {}
        self.trail = []

    def ask(self, case, **options):
        self.trail.append((case, options))
        return self.judge(case, **options)

    @property
    def base(self):
        if "base" not in self.kept:
            self.kept["base"] = self.judge(self.case)
        return self.kept["base"]

    @property
    def run(self):
        if "run" not in self.kept:
            self.kept["run"] = self.judged(self.case)
        return self.kept["run"]

    def judged(self, case):
        return cases.oracle_run(case, self.folder)

    def roles(self, kind):
        if ("roles", kind) not in self.kept:
            self.kept[("roles", kind)] = cases.protected(self.case, kind, self.run)
        return self.kept[("roles", kind)]

    def place(self, table, row):
        """The place of a row among the records of its type."""
        before = 0
        for one in self.case.tables:
            if one is table:
                break
            before += len(one.records) if one.kind == table.kind else 0
        return table.kind, before + row


PROPERTIES = {}
SCORED = ("weight", "dated_by", "exclude", "slice", "where")


def prop(function):
    PROPERTIES[function.__name__] = function
    return function


def first(*found):
    return next((text for text in found if text), None)


# ---------------------------------------------------------------- one record changes

SPOILED = ["", " ", "n/a", "???", "2026-13-01", "not an address", "gogle-ads", "-5", "zzz", "undefined"]


def spoil(context):
    """A case with one cell changed so that outcomes only get worse, no record enters the assessed ones, and at least
    one passing check fails."""
    case, rng = context.case, context.rng
    tables = [t for t in case.tables if t.records]
    for _ in range(3 if tables else 0):
        table = rng.choice(tables)
        roles = context.roles(table.kind)
        kept_off = set().union(*(roles[r] for r in SCORED))
        columns = [(n, f) for n, f in cases.columns_of(context.run, table).items() if f not in kept_off]
        if not columns:
            continue
        column, field = rng.choice(columns)
        place = [h.strip() for h in table.header].index(column)
        row = rng.randrange(len(table.records))
        old = table.records[row]
        if len(old) != len(table.header):
            continue
        others = [r[place] for r in table.records if len(r) == len(old) and r[place] != old[place]] or ["?"]
        value = rng.choice([rng.choice(SPOILED), rng.choice(others), old[place].upper(), " " + old[place]])
        if value == old[place]:
            continue
        changed = case.copy()
        changed.tables[case.tables.index(table)].rows[row + 1][place] = value
        run = context.judged(changed)
        worse, better, other = moved(context.run, run)
        left, right = outcomes(context.run), outcomes(run)
        fresh = [(r, i) for r, i in worse if left[r].get(i) == "pass" and right[r][i] == "fail"]
        if fresh and not better and not other and assessed(context.run) == assessed(run):
            return changed, field in roles["suppression"], "%s row %d %s: %r -> %r" % (table.name, row + 1, field,
                                                                                       old[place], value)
    raise Skip("no cell that only makes things worse")


@prop
def one_more_failure(context):
    """One more failure never raises a score."""
    changed, excused, what = spoil(context)
    found = never_higher(context.base, context.ask(changed), ("accepted",) if excused else ())
    return found and "%s: %s" % (what, found)


def repaired(context):
    """A case with one certain proposal of the report carried out, nothing else worse."""
    case, rng = context.case, context.rng
    tries = []
    for rule in context.base.report["rules"]:
        inline = rule["id"].split(".")
        field = rule.get("field") or (inline[1] if len(inline) > 2 else None)
        for value in rule.get("values") or [] if field else []:
            if value.get("certain") is True and value["proposal"] is not None:
                tries.append((rule["record"], field, rule["id"], value["value"], value["proposal"]))
    rng.shuffle(tries)
    for kind, field, ident, written, proposal in tries[:3]:
        roles = context.roles(kind)
        if field in set().union(*(roles[r] for r in SCORED)):
            continue
        for table in [t for t in case.tables if t.kind == kind]:
            columns = {f: c for c, f in cases.columns_of(context.run, table).items()}
            if field not in columns:
                continue
            place = [h.strip() for h in table.header].index(columns[field])
            rows = [n for n, r in enumerate(table.records) if len(r) == len(table.header) and r[place] == written
                    and outcomes(context.run)[context.place(table, n)].get(ident) == "fail"]
            if not rows:
                continue
            row = rng.choice(rows)
            changed = case.copy()
            changed.tables[case.tables.index(table)].rows[row + 1][place] = proposal
            run = context.judged(changed)
            worse, _, other = moved(context.run, run)
            if outcomes(run)[context.place(table, row)].get(ident) == "pass" and not worse and not other \
                    and assessed(context.run) == assessed(run):
                return changed, field in roles["suppression"], "%s row %d %s: %r -> %r repairs %s" % (
                    table.name, row + 1, field, written, proposal, ident)
    raise Skip("no repair that touches nothing else")


@prop
def repair(context):
    """A repair that makes nothing worse never lowers a score."""
    changed, excused, what = repaired(context)
    after = context.ask(changed)
    found = never_higher(after, context.base, ("accepted",) if excused else ())
    return found and "%s: (after, before) %s" % (what, found)


# ---------------------------------------------------------------- the same records, written otherwise

def sampled(report):
    """rule -> what its samples are about, without their place."""
    return {(r["record"], r["id"]): sorted((str(s.get("record")), str(s.get("value"))) for s in r.get("samples") or [])
            for r in report["rules"]}


def same_samples(before, after):
    if "samples" not in (before.report["rules"] or [{}])[0]:
        return None
    one, two = sampled(before.report), sampled(after.report)
    return next(("samples of %s: %s before, %s after" % (k[1], one[k], two.get(k)) for k in one
                 if one[k] != two.get(k)), None)


@prop
def order(context):
    """Rows in another order: every number is the same, and the samples are."""
    case = context.loose or context.case
    changed = case.copy()
    for table in changed.tables:
        rest = table.records
        context.rng.shuffle(rest)
        table.rows = [table.header] + rest
    before, after = context.ask(case), context.ask(changed)
    return first(same_numbers(before, after), same_samples(before, after))


@prop
def split(context):
    """One file in two or three parts, and those in another order."""
    case = context.loose or context.case
    changed = case.copy()
    pieces = []
    for table in changed.tables:
        count = context.rng.choice([2, 3])
        for part in range(count):
            pieces.append(cases.Table(table.kind, "%s-part%d" % (table.name, part),
                                      [table.header] + table.records[part::count]))
    context.rng.shuffle(pieces)
    changed.tables = pieces
    before, after = context.ask(case), context.ask(changed)
    return first(same_numbers(before, after), same_samples(before, after))


@prop
def columns(context):
    """Columns in another order."""
    case = context.loose or context.case
    if not case.sound():
        raise Skip("a ragged row has no column order")
    changed = case.copy()
    for table in changed.tables:
        places = list(range(len(table.header)))
        context.rng.shuffle(places)
        table.rows = [[row[p] for p in places] for row in table.rows]
    return same_numbers(context.ask(case), context.ask(changed))


@prop
def containers(context):
    """gzip, CRLF, everything quoted, another delimiter, NDJSON: the same numbers."""
    if not context.case.sound():
        raise Skip("input faults")
    if any(not t.records for t in context.case.tables):
        kinds = ["gzip", "crlf", "quoted", "semicolon", "bom"]
    else:
        kinds = ["gzip", "crlf", "quoted", "semicolon", "tab", "pipe", "bom", "ndjson", "json"]
    for kind in context.rng.sample(kinds, 3):
        ending = {"gzip": ".csv.gz", "ndjson": ".ndjson", "json": ".json", "tab": ".csv"}.get(kind, ".csv")
        after = context.ask(context.case, dialect=kind, ending=ending)
        found = same_numbers(context.base, after)
        if found:
            return "%s: %s" % (kind, found)
    return None


# ---------------------------------------------------------------- the same bytes

@prop
def repeat(context):
    """Twice the same run: the same bytes."""
    one, two = context.ask(context.case), context.ask(context.case)
    return None if one.text == two.text else differ(one.report, two.report) or "other bytes"


@prop
def threads(context):
    """One thread or four: the same bytes."""
    one = context.ask(context.case, options=["--threads", "1"])
    two = context.ask(context.case, options=["--threads", "4"])
    return None if one.text == two.text else differ(one.report, two.report) or "other bytes"


@prop
def bypass(context):
    """Every value judged anew at every record (a build with test hooks): the same bytes."""
    one, two = context.base, context.ask(context.case, env={"MOP_DICTIONARY_TRIAL": "0"})
    return None if one.text == two.text else differ(one.report, two.report) or "other bytes"


@prop
def full_table(context):
    """Signatures that find no room in their table (a build with test hooks): the same numbers, but no plan."""
    for most in ("0", "1", "5"):
        after = context.ask(context.case, env={"MOP_SIGNATURES_MAX": most})
        one, two = (numbers(a.report, skip=("plan", "lift")) for a in (context.base, after))
        if one != two:
            return "room for %s: %s" % (most, differ(one, two))
        for record in after.report["types"] if most == "0" else []:
            plan = record["plan"]
            if record["records"] > sum(e["records"] for e in record["excluded"]) and (plan["steps"] or not plan["reason"]):
                return "%s: a plan without a table" % record["record"]
        for report in after.report["reports"]:
            for goal in report["lift"]:
                if not goal["steps"] and not goal["reason"]:
                    return "%s: nothing lifts it, and nothing says why" % report["name"]
    return None


prop(plan_steps)

# ---------------------------------------------------------------- inside one report

def pair_of(node, basis):
    """The score of a basis where there is one, exact."""
    one = node if basis == "records" and "score" in (node or {}) else (node or {}).get(basis)
    if not one or one.get("score") is None:
        return None
    return tuple(Fraction(str(one[k])) for k in ("clean", "assessed"))


@prop
def shares(context):
    """Shares add up to 100 - C, gain <= share, the plan ends at 100.0 of its basis."""
    for record in context.base.report["types"]:
        rows = record["fix_first"]
        for basis in ("records", "value"):
            overall = pair_of(record["confidence"], basis)
            if overall is None:
                if basis == "value" and any(r["share"].get("value") is not None for r in rows):
                    return "%s: a share by value without a value" % record["record"]
                continue
            total = sum(Fraction(r["share"].get(basis) or 0) for r in rows)
            wanted = 100 - 100 * share(overall)
            if abs(total - wanted) > Fraction(len(rows), 1000):
                return "%s by %s: shares add up to %s, 100 - C is %s" % (record["record"], basis, float(total), float(wanted))
            for row in rows:
                gain, part = Fraction(row["gain"].get(basis) or 0), Fraction(row["share"].get(basis) or 0)
                if gain > part or gain < 0:
                    return "%s by %s: %s gain %s, share %s" % (record["record"], basis, row["rule"], gain, part)
        found = plan_ends(record)
        if found:
            return "%s: %s" % (record["record"], found)
    return None


def plan_ends(record):
    plan = record["plan"]
    value, count = pair_of(record["confidence"], "value"), pair_of(record["confidence"], "records")
    overall = value if plan["basis"] == "value" else count
    if plan.get("reason") or overall is None:
        return "steps without a score" if plan["steps"] else None
    if (plan["basis"] == "value") != (value is not None):
        return "plan by %s, value is %s" % (plan["basis"], value)
    if not plan["steps"]:
        return None if overall[0] == overall[1] else "no plan, but %s of %s" % overall
    clean = [overall[0]] + [Fraction(str(s["clean"])) for s in plan["steps"]]
    if any(b < a for a, b in zip(clean, clean[1:])):
        return "the plan goes down: %s" % [float(c) for c in clean]
    if clean[-1] != overall[1] or Fraction(str(plan["steps"][-1]["score"])) != 100:
        return "the plan ends at %s of %s, %s" % (clean[-1], overall[1], plan["steps"][-1]["score"])
    best = max(Fraction(r["gain"][plan["basis"]] or 0) for r in record["fix_first"])
    if abs(100 * (clean[1] - clean[0]) / overall[1] - best) > Fraction(1, 1000):
        return "the first step gains %s, the best gain is %s" % (float(100 * (clean[1] - clean[0]) / overall[1]), float(best))
    return None


@prop
def subsets(context):
    """Fewer rules, a score as high or higher: every group, report without `where`, accepted; strict as low or lower.
    Parts add up; every shown digit is floored."""
    report = context.base.report
    for path, one in scores(report, ()).items():
        if one and not 0 <= one[0] + one[2] <= one[1]:
            return "%s: %s clean and %s undecided of %s" % (path, one[0], one[2], one[1])
    return first(digits(report, ""), *(first(*(within_type(t, basis, unread(report, t)) for basis in ("records", "value")))
                                       for t in report["types"]),
                 *(first(*(whole_report(context, r, basis) for basis in ("records", "value")))
                   for r in report["reports"]),
                 rule_counts(report))


def digits(node, path):
    if isinstance(node, dict):
        if node.get("score") is not None and "assessed" in node:
            clean, whole = Fraction(str(node["clean"])), Fraction(str(node["assessed"]))
            if Fraction(str(node["score"])) != Fraction(1000 * clean // whole if whole else 0, 10):
                return "%s: score %s of %s / %s" % (path, node["score"], clean, whole)
            return None
        if "score" in node and node["score"] is None and "assessed" in node and not node.get("reason"):
            return "%s: null without a reason" % path
        return first(*(digits(v, path + "." + k) for k, v in node.items() if k not in ("samples", "values", "plan")))
    if isinstance(node, list):
        return first(*(digits(v, "%s[%d]" % (path, n)) for n, v in enumerate(node)))
    return None


def unread(report, record):
    """How many records of the type have something that cannot be read: they may be in no slice."""
    return sum(r["failed"] for r in report["rules"] if r["record"] == record["record"] and r["id"].startswith("input."))


def within_type(record, basis, unread_records):
    overall = pair_of(record["confidence"], basis)
    if overall is None:
        return None
    name = record["record"]
    tail = "" if basis == "records" else "_value"
    strict, accepted = (pair_of({basis: record["confidence"].get(k + tail)}, basis) for k in ("strict", "accepted"))
    if strict and (strict[1] != overall[1] or strict[0] > overall[0]):
        return "%s: strict %s, overall %s by %s" % (name, strict, overall, basis)
    if accepted and (accepted[1] != overall[1] or accepted[0] < overall[0]):
        return "%s: accepted %s, overall %s by %s" % (name, accepted, overall, basis)
    for group in ("dimensions", "fields", "owners", "effects"):
        for key, node in record[group].items():
            one = pair_of(node, basis)
            if one and (one[1] != overall[1] or one[0] < overall[0]):
                return "%s: %s %s %s of %s, overall %s of %s by %s" % ((name, group, key) + one + overall + (basis,))
    for field, parts in record["slices"].items():
        listed = parts.get("values") if isinstance(parts.get("values"), list) else list(parts.values())
        if isinstance(parts.get("values"), list) and parts.get("reason"):
            continue
        found = [pair_of(p, basis) for p in listed]
        clean, assessed = [sum(n) for n in zip(*found)][:2] if found and None not in found else overall[:2]
        if basis == "records" and (clean != overall[0] or not 0 <= overall[1] - assessed <= unread_records):
            return "%s: slices of %s add up to %s, overall %s" % (name, field, [sum(n) for n in zip(*found)], list(overall))
    nested = sorted(record["cohorts"].items(), key=lambda c: int(c[0].rstrip("d")))
    nested = [p for p in (pair_of(node, basis) for _, node in nested) if p] + [overall]
    if any(a[0] > b[0] or a[1] > b[1] for a, b in zip(nested, nested[1:])):
        return "%s: cohorts do not nest by %s: %s" % (name, basis, nested)
    return None


def whole_report(context, report, basis):
    spec = next(r for r in context.case.spec["reports"] if r["name"] == report["name"])
    found = []
    for name, node in report["by_record"].items():
        need = cases.need_of(spec["needs"][name])
        record = next(t for t in context.base.report["types"] if t["record"] == name)
        one, overall = pair_of(node, basis), pair_of(record["confidence"], basis)
        found.append((one, node.get(basis)))
        if one and overall and not need.get("where") and not (basis == "value" and need.get("weight")) \
                and (one[1] != overall[1] or one[0] < overall[0]):
            return "report %s, %s: %s, overall %s by %s" % (report["name"], name, one, overall, basis)
    own = pair_of(report, basis)
    whole = [one for one, node in found if one]
    if own and whole and share(own) != min(share(one) for one in whole):
        return "report %s: %s is not the lowest of %s by %s" % (report["name"], own, whole, basis)
    if not own and basis == "records" and whole and len(whole) == len(found):
        return "report %s: null, but its types have %s" % (report["name"], whole)
    return None


def rule_counts(report):
    for rule in report["rules"]:
        if rule["failed"] + rule["undecided"] > rule["applicable"]:
            return "%s: %d failed and %d undecided of %d" % (rule["id"], rule["failed"], rule["undecided"], rule["applicable"])
        if rule["suppressed"] > rule["failed"] + rule["undecided"]:
            return "%s: %d suppressed" % (rule["id"], rule["suppressed"])
        values = rule.get("values") or []
        if not isinstance(values, list) or sum(v["count"] for v in values) > rule["failed"]:
            return "%s: values add up to more than %d failures" % (rule["id"], rule["failed"])
    return None


# ---------------------------------------------------------------- rules that change nothing

def unpromised(plan):
    return plan and {**plan, "steps": [{k: v for k, v in step.items() if k != "at_most"} for step in plan["steps"]]}


@prop
def idle_rule(context):
    """A rule that never fails and applies to no new record changes no score."""
    case, rng = context.case, context.rng
    leads = [t for t in case.tables if t.kind == "lead"]
    fields = [f for f in ("owner", "batch", "region") if all(f in cases.columns_of(context.run, t).values() for t in leads)]
    if not fields or not case.sound():
        raise Skip("no plain column in every file")
    field = rng.choice(fields)
    changed = case.copy()
    never = rng.random() < 0.5
    rule = {"id": "idle", "record": "lead", "owner": changed.spec["owner"], "severity": rng.choice(["error", "error", "warning"])}
    if never:
        rule.update({"when": {field: "no such value"}, "then": {field: {"pattern": "[0-9]{9}"}}})
    else:
        rule["then"] = {field: {"length": {"max": 1000}}}
    changed.spec["rules"] = (changed.spec.get("rules") or []) + [rule]
    if not never:
        rule["severity"] = "warning" if not assessed(context.judged(changed)) == assessed(context.run) else rule["severity"]
    after = context.ask(changed)
    one, two = scores(context.base.report), scores(after.report)
    for path, score in one.items():
        if score is not None and two.get(path) != score:
            return "%s (%s): %s: %s before, %s after" % ("when never holds" if never else "always passes", field, path,
                                                         shown(score), shown(two.get(path)))
    for place, record in enumerate(context.base.report["types"]):
        for key in ("fix_first", "plan"):
            if record["confidence"]["records"]["score"] is None:
                continue
            one, two = record[key], after.report["types"][place][key]
            if key == "plan" and never:  # a repair of the field may make the condition true: that is no fact any more
                one, two = unpromised(one), unpromised(two)
            found = differ(one, two, key)
            if found:
                return found
    theirs = {(r["record"], r["id"]): r for r in after.report["rules"]}
    for rule in context.base.report["rules"]:
        found = differ(rule, theirs[(rule["record"], rule["id"])], "rules[%s]" % rule["id"])
        if found:
            return found
    idle = theirs[("lead", "idle")]
    return "idle itself: %s" % idle if idle["failed"] or idle["undecided"] else None


@prop
def suppressions(context):
    """Suppressions and baselines never move a score; accepted is at least the overall score, without them equal."""
    bare, full = context.case.copy(), context.case.copy()
    bare.spec.pop("suppressions", None)
    rules = [r["id"] for r in context.base.report["rules"] if r["record"] == "lead" and not r["id"].startswith("input.")]
    field = context.rng.choice(["batch", "region", "medium"])
    full.spec["suppressions"] = [{"rule": i, "where": {field: {"blank": "false"}}, "reason": "known", "by": "ops",
                                  "until": "2026-12-31"} for i in sorted(set(rules))]
    without, everything = context.ask(bare), context.ask(full)
    skip = {"accepted", "accepted_value", "suppressed", "suppressions", "status", "exit", "why", "taxonomy", "findings", "columns_not_found", "gates"}
    lists = [without, context.base] + ([everything] if field in context.run.taxonomy.types["lead"].fields else [])
    for name, one in zip(("own", "all"), lists[1:]):
        found = first(same_numbers(without, one, skip), accepted_grows(without, one))
        if found:
            return "%s suppressions: %s" % (name, found)
    for record in without.report["types"]:
        accepted, overall = (pair_of(n, "records") for n in (record["confidence"]["accepted"], record["confidence"]))
        if accepted != overall:
            return "without suppressions: accepted %s, overall %s" % (accepted, overall)
    return None


def accepted_grows(without, one):
    left, right = scores(without.report), scores(one.report)
    for path, score in left.items():
        if "accepted" in path and score and right.get(path) and share(right[path]) < share(score):
            return "%s: %s without, %s with" % (path, shown(score), shown(right[path]))
    return None


@prop
def baseline(context):
    """A baseline moves no number but those of the verdict, and its own run has no new finding."""
    if not context.judge.has("--write-baseline"):
        raise Skip("no --write-baseline")
    path = os.path.join(context.folder, "baseline")
    if os.path.exists(path):
        os.remove(path)
    wrote = context.ask(context.case, options=["--write-baseline", path])
    if not os.path.exists(path):
        raise Skip("--write-baseline writes nothing yet")
    with_it = context.ask(context.case, options=["--baseline", path])
    skip = {"status", "exit", "why", "findings", "gates", "baseline", "known"}
    found = first(same_numbers(context.base, wrote), same_numbers(context.base, with_it, skip))
    if found:
        return found
    left = (with_it.report.get("findings") or {}).get("errors")
    return "%d errors beside the baseline of the same run" % left if left else None


# ---------------------------------------------------------------- columns and populations

@prop
def lost_column(context):
    """A lost expected column never raises a score."""
    case, rng = context.case, context.rng
    table = case.table("lead")
    lost = sorted(cases.columns_of(context.run, table).items())
    own = context.run.taxonomy.types["lead"]
    lost = [(c, f) for c, f in lost if own.fields[f].expected]
    if not table.records or not lost or len(table.header) < 2 or not case.sound():
        raise Skip("no expected column to lose")
    roles = context.roles("lead")
    often = [x for x in lost if x[1] in roles["dated_by"] | roles["exclude"] | roles["weight"]]       # what hangs on these is easily forgotten
    picked = rng.sample(lost, min(len(lost), 3)) + rng.sample(often, min(len(often), 1))
    for column, field in picked:
        changed = case.copy()
        for one in changed.tables:
            header = [h.strip() for h in one.header]
            if one.kind != "lead" or column not in header:
                continue
            place = header.index(column)
            one.rows = [row[:place] + row[place + 1:] for row in one.rows]
        after = context.ask(changed)
        ignore = ["slices[%s]" % field, "slices.%s" % field] if field in roles["slice"] else []
        found = lost_raises(context.base, after, ignore, keeps_another(context, changed, field in roles["weight"]))
        if found:
            return "%s lost: %s" % (field, found)
    return None


def keeps_another(context, changed, weighs):
    """Is another record of some duplicates kept, because the one kept before is no longer the clean or heavy one?
    Without weights a hash may decide, which only mopslint knows."""
    run = context.judged(changed)
    for kind, own in context.run.taxonomy.types.items():
        for rule in own.rules:
            pairs = zip(own.judged, run.taxonomy.types[kind].judged)
            if "unique" in rule.kinds and any(a.outcomes[rule.id] != b.outcomes.get(rule.id)
                                              or weighs and a.outcomes[rule.id] == "fail" for a, b in pairs):
                return True
    return False


def lost_raises(before, after, ignore, swapped):
    """More records may be assessed without the column; then the unclean ones must not be fewer."""
    left, right = scores(before.report), scores(after.report)
    for path, one in left.items():
        two = right.get(path)
        if one is None or two is None or any(i in path for i in ignore):
            continue
        if swapped and ".confidence." not in path:
            continue
        if one[1] == two[1] and two[0] > one[0]:
            return "%s: %s before, %s after" % (path, shown(one), shown(two))
        if two[1] > one[1] and two[1] - two[0] < one[1] - one[0]:
            return "%s: unclean %s before, %s after" % (path, one[1] - one[0], two[1] - two[0])
        if path.endswith("confidence.records") and share(two) > share(one):
            return "%s: %s before, %s after" % (path, shown(one), shown(two))
    return None


@prop
def money(context):
    """All money by ten: no score by value changes, nor any by records. Not of amounts that are rounded to six places:
    ten times as much is rounded elsewhere."""
    if any(rounded(row[n]) for t in context.case.tables for n, h in enumerate(t.header) if h.strip() in MONEY
           for row in t.records if n < len(row)):
        return None
    changed = context.case.copy()
    changed.spec = scaled(changed.spec)
    for table in changed.tables:
        places = [n for n, h in enumerate(table.header) if h.strip() in MONEY]
        for row in table.records:
            for place in [p for p in places if p < len(row)]:
                row[place] = tenfold(row[place])
    rates = any("rates" in (r.get("weight") or {}) for r in context.case.spec["records"].values())
    one, two = scores(context.base.report), scores(context.ask(changed).report)
    for path, score in one.items():
        other = two.get(path)
        if (score is None) != (other is None):
            return "%s: %s, %s with ten times the money" % (path, shown(score), shown(other))
        if score and abs(share(score) - share(other)) > (Fraction(1, 10**6) if rates else 0):
            return "%s: %s, %s with ten times the money" % (path, shown(score), shown(other))
    return None


def rounded(amount):
    try:
        return Decimal(amount.strip()).as_tuple().exponent < -6
    except (InvalidOperation, TypeError):
        return False


def scaled(node, inside=False):
    """A taxonomy with ten times the limits wherever money is compared."""
    if isinstance(node, dict):
        return {k: scaled(v, inside or k in MONEY) if k != "length" else v for k, v in node.items()}
    if isinstance(node, list):
        return [scaled(v, inside) for v in node]
    return tenfold(node) if inside and not isinstance(node, bool) else node


def tenfold(value):
    try:
        number = Decimal(str(value)) * 10
    except InvalidOperation:
        return value
    return format(number, "f") if isinstance(value, str) else int(number) if number == int(number) else float(number)


@prop
def nothing(context):
    """Nothing assessed: every score null, exit 1; with --allow-empty exit 0 where nothing else asks for more."""
    changed = context.case.copy()
    for key in ("dataset", "suppressions"):
        changed.spec.pop(key, None)
    for report in changed.spec.get("reports") or []:
        report.pop("target", None)
    everyone = context.rng.random() < 0.5 and context.case.sound()
    for name, record in changed.spec["records"].items():
        record.pop("population", None)
        if everyone:
            field = "owner" if name == "lead" else "product"
            tables = [t for t in changed.tables if t.kind == name]
            if any(field not in t.header for t in tables):
                raise Skip("no column to exclude by")
            record["population"] = {"exclude": [{"id": "all", "reason": "all", "where": {
                "any": [{field: {"blank": "true"}}, {"not": {field: {"blank": "true"}}}]}}]}
    if not everyone:
        for table in changed.tables:
            table.rows = table.rows[:1]
    one = context.ask(changed)
    empty = context.ask(changed, options=["--allow-empty"])
    for answer, status in ((one, 1), (empty, 0)):
        for path, score in scores(answer.report, ()).items():
            if score is not None:
                return "%s: %s, exit %d" % (path, shown(score), answer.status)
        for record in answer.report["types"]:
            if record["fix_first"] or record["plan"]["steps"]:
                return "%s: something to fix first" % record["record"]
        if answer.status != status:
            return "exit %d instead of %d (%s)" % (answer.status, status, answer.report.get("why"))
    return None


# ---------------------------------------------------------------- running

def keep(context, folder, message):
    """The case and the changed ones of a failing test as files."""
    case = context.case
    case.write(os.path.join(folder, "before"))
    for number, (changed, options) in enumerate(context.trail[-2:], 1):
        changed.write(os.path.join(folder, "after-%d" % number), options.get("dialect", "plain"), options.get("ending", ".csv"))
        if options.get("options"):
            with open(os.path.join(folder, "after-%d" % number, "options"), "w", encoding="utf-8") as stream:
                stream.write(" ".join(options["options"]) + "\n")
    with open(os.path.join(folder, "difference"), "w", encoding="utf-8") as stream:
        stream.write(message + "\n")


def test(name, context):
    """None, or what is wrong."""
    try:
        return PROPERTIES[name](context)
    except Broken as error:
        return "no report: %s" % error


def too(name, context, rng):
    """Whether the oracle breaks the property as well: then it is the design that says so."""
    try:
        other = Context(context.case, Oracle(context.folder), context.folder, rng)      # toss-ups are the oracle's own
        return PROPERTIES[name](other)
    except (Skip, Bad, Broken, KeyError):
        return None


def dice(seed, name):
    return random.Random("%s %s" % (seed, name))


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mopslint", required=True, help="the binary; 'oracle' asks the oracle instead")
    parser.add_argument("--seeds", default="1-100")
    parser.add_argument("--level", type=int, default=3)
    parser.add_argument("--only", action="append", help="one of: " + " ".join(PROPERTIES))
    parser.add_argument("--keep", default=tempfile.gettempdir(), help="where the folders of failing cases go")
    parser.add_argument("--shrink", action="store_true", help="make failing cases small first (slow)")
    parser.add_argument("--time", action="store_true", help="print tests, skips and seconds per property")
    options = parser.parse_args(argv)
    low, _, high = options.seeds.partition("-")
    work = tempfile.mkdtemp(prefix="properties-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    try:
        return run_all(options, range(int(low), int(high or low) + 1), work)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def run_all(options, seeds, work):
    passed = failed = 0
    spent = {name: [0, 0, 0, 0.0] for name in list(PROPERTIES) + ["(make)"]}
    for seed in seeds:
        folder = os.path.join(work, "case")
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(folder)
        begin = time.monotonic()
        case, loose = cases.generated(seed, options.level, folder), cases.raw(seed, options.level)
        spent["(make)"][3] += time.monotonic() - begin
        judge = Oracle(folder) if options.mopslint == "oracle" else Binary(os.path.abspath(options.mopslint), work)
        context = Context(case, judge, folder, None, loose)
        for name in options.only or PROPERTIES:
            context.rng, context.trail = dice(seed, name), []
            begin = time.monotonic()
            try:
                found = test(name, context)
            except Skip:
                spent[name][2] += 1
                continue
            finally:
                spent[name][3] += time.monotonic() - begin
            spent[name][1 if found else 0] += 1
            if not found:
                passed += 1
                continue
            failed += 1
            kept = tempfile.mkdtemp(prefix="%s-%d-l%d-" % (name, seed, options.level), dir=options.keep)
            report(options, name, seed, context, found, kept)
    if options.time:
        for name, (good, bad, skipped, seconds) in spent.items():
            print("%-18s %5d passed %4d failed %5d skipped %7.1f s" % (name, good, bad, skipped, seconds))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


def report(options, name, seed, context, found, kept):
    print("seed %d: %s: %s" % (seed, name, found))
    keep(context, kept, found)
    again = too(name, context, dice(seed, name)) if options.mopslint != "oracle" else None
    if again:
        print("  the oracle breaks it too: %s" % again)
    if options.shrink:
        from shrink import shrink
        small, message = shrink(name, context, seed)
        keep(small, os.path.join(kept, "small"), message)
        print("  shrunk: %s" % message)
    print("  kept %s" % kept)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
