"""What a report's plan announces of its steps, against what comes of them.

Each step is carried out: in every record that fails its rule, some value is put in that the rule and all others that read
this field alone have nothing against. What the plan then tells as a fact is the figure, to the record; what it tells as
"at most" is not exceeded. What depends on the value itself ("about", a column that is not there) ends the walk.
"""

from fractions import Fraction

import cases
from judges import Skip, outcomes

REFUSED = {"source": "???", "medium": "???", "amount": "abc", "created_at": "soon"}
TESTS = {"source": {"pattern": "[a-m].*"}, "medium": ["cpc", "email"], "amount": {"gt": "100"},
         "created_at": {"since": "2026-10-01"}}
VALUES = ["google", "linkedin", "x", "cpc", "email", "7", "60", "250", "2026-11-01", "2026-11-20T06:00:00Z",
          "a@acme.example", "EUR", "2026q1_emea", "emea", "ok", "crm", "alpha", "lead", "true"]
SPELLINGS = ("whitespace", "case", "separator", "alias")     # repaired by the value that was meant
STEPS = 3
TRIES = 14


def veiled(case, rng):
    """A case in which a refused value hides a rule whose `when` reads another one that may be refused."""
    changed = case.copy()
    table = changed.table("lead")
    fields = changed.spec["records"]["lead"]["fields"]
    places = {n: [h.strip() for h in table.header].index(n) for n in REFUSED if n in [h.strip() for h in table.header]}
    if len(places) < 2 or not table.records:
        return changed
    own, other = rng.sample(sorted(places), 2)
    if rng.random() < 0.5:
        fields[own]["required"] = {"when": {other: TESTS[other]}}
    else:
        changed.spec["rules"] = (changed.spec.get("rules") or []) + [
            {"id": "veiled", "record": "lead", "owner": changed.spec["owner"], "when": {other: TESTS[other]},
             "then": {own: {"length": {"max": 30}}}}]
    for row in rng.sample(table.records, min(len(table.records), 3)):
        if len(row) == len(table.header):
            row[places[own]] = REFUSED[own]
            if rng.random() < 0.7:
                row[places[other]] = REFUSED[other]
    changed.spec["reports"] = [{"name": "Veiled", "target": "100", "needs": {"lead": {"fields": [own]}}}]
    return changed


def asked(case, rng):
    """The case with all that its reports can be asked for, so that each has a plan to its end."""
    changed = veiled(case, rng) if rng.random() < 0.6 else case.copy()
    changed.spec["reports"] = changed.spec.get("reports") or [
        {"name": "All", "needs": {"lead": {"fields": ["source", "medium", "amount"]}}}]
    for report in changed.spec["reports"]:
        report["target"] = {"records": "100", "value": "100"} if rng.random() < 0.5 else "100"
    return changed


def in_the_way(found, counted):
    """The counted rules that keep a record from being clean: those that fail, else those that cannot be told."""
    failed = {i for i in counted if found.get(i) == "fail"}
    return failed or {i for i in counted if found.get(i) == "undecided"}


def mends_more(before, after, counted, ident):
    """Is another rule out of the way as well? The plan has a step of its own for that one."""
    left, right_ = outcomes(before), outcomes(after)
    return any((in_the_way(left[r], counted) - {ident}) - in_the_way(right_[r], counted) for r in left)


def right(run, kind, place, rule, field):
    """Has neither the rule nor any other that reads this field alone something against the record's value?"""
    found = outcomes(run)[(kind, place)]
    own = [r.id for r in run.taxonomy.types[kind].rules if r.own_fields == {field}]
    return found.get(rule) == "pass" and not any(found.get(i) == "fail" for i in own)


def carried_out(context, case, run, kind, ident, counted):
    """The case with every record repaired that fails the rule, or None: this script does not know how."""
    rule = next((r for r in run.taxonomy.types[kind].rules if r.id == ident), None)
    tables = [t for t in case.tables if t.kind == kind]
    if rule is None or rule.cross or rule.whole_record or len(tables) != 1:
        return None
    table = tables[0]
    columns = {f: [h.strip() for h in table.header].index(c) for c, f in cases.columns_of(run, table).items()}
    fields = [f for f in sorted(rule.own_fields) if f in columns]
    broken = [n for n in range(len(table.records)) if outcomes(run)[(kind, n)].get(ident) in ("fail", "undecided")]
    if not fields or any(len(table.records[n]) != len(table.header) for n in broken):
        return None
    field = context.rng.choice(fields)
    there = sorted({row[columns[field]] for row in table.records if len(row) == len(table.header)} - {""})
    context.rng.shuffle(there)
    done = case.copy()
    rows = done.tables[case.tables.index(table)].records
    meant = {n: run.taxonomy.types[kind].records[n].cells[field].meant for n in broken} if rule.kind in SPELLINGS else {}
    for value in [None] if meant else there[:TRIES] + VALUES:
        if not broken:
            break
        tried = case.copy()
        for n in broken:
            tried.tables[case.tables.index(table)].records[n][columns[field]] = meant.get(n, value)
        after = context.judged(tried)
        fits = [] if mends_more(run, after, counted, ident) else [n for n in broken if right(after, kind, n, ident, field)]
        for n in fits:
            rows[n][columns[field]] = meant.get(n, value)
        broken = [n for n in broken if n not in fits]
    return None if broken or mends_more(run, context.judged(done), counted, ident) else done


def figure(report, name, kind, basis):
    need = next(r for r in report["reports"] if r["name"] == name)["by_record"][kind]
    node = need[basis]
    return None if not node or node["score"] is None else Fraction(str(node["clean"]))


def walk(context, case, report, goal):
    """What is wrong with one goal's steps, as text; 'walked' how many were carried out."""
    walked = 0
    for step in goal["steps"][:STEPS]:
        if step["column"] or step["about"]:
            break
        case = carried_out(context, case, context.judged(case), goal["record"], step["rule"], set(report["rules"]))
        if case is None:
            break
        walked += 1
        found = figure(context.ask(case).report, report["name"], goal["record"], goal["basis"])
        told = Fraction(str(step["clean"]))
        if found is None or found > told or (found < told and not step["at_most"]):
            return walked, "reports[%s] by %s: %s is told to lead to %s%s, it leads to %s" % (
                report["name"], goal["basis"], step["rule"], "at most " if step["at_most"] else "", float(told),
                found if found is None else float(found))
    return walked, None


def plan_steps(context):
    """What a report's plan tells as a fact comes true, what it tells as "at most" is not exceeded."""
    case = asked(context.case, context.rng)
    goals = [(r, g) for r in context.ask(case).report["reports"] for g in r["lift"] if g["cohort"] is None]
    walked = 0
    for report, goal in context.rng.sample(goals, min(len(goals), 2)):
        steps, found = walk(context, case, report, goal)
        walked += steps
        if found:
            return found
    if not walked:
        raise Skip("no step that this script can carry out")
    return None
