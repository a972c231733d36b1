#!/usr/bin/env python3
"""The independent oracle of mopslint: slow, plain, from design.md alone.

    oracle.py TAXONOMY.json --now TIME lead=leads.csv campaign=campaigns.csv ...
"""

import json
import os
import re
import sys
from fractions import Fraction

import cross
import readings
from checks import FAIL, NA, PASS, UNDECIDED
from conditions import fields_read, holds
from records import read_csv
from scores import Scorer, floored, lowest, null
from taxonomy import Taxonomy, Weight, load_json, need_of
from values import LOST, Bad, as_list, parse_duration, percent, text_of, trim


def in_cohort(scores):
    """Of a cohort only the types that have records in it: a quiet week of campaigns hides nothing about the leads."""
    return [s for s in scores if s["records"]["assessed"]] or scores


LOST_DATES = "the column of the date is missing"


class Run:
    """One run: taxonomy, records, outcomes."""

    def __init__(self, taxonomy):
        self.taxonomy = taxonomy
        self.judge()

    def judge(self):
        types = self.taxonomy.types.values()
        for record_type in types:
            self.exclude(record_type)
        for record_type in types:
            for record in record_type.judged:
                ordered = sorted(record_type.rules, key=lambda r: not r.masker)
                for rule in ordered:
                    outcome, grandfathered = rule.outcome(record)
                    record.outcomes[rule.id] = outcome
                    if grandfathered:
                        record.grandfathered.add(rule.id)
            cross.resolve(record_type)
            self.suppress(record_type)

    @staticmethod
    def exclude(record_type):
        entries = (record_type.spec.get("population") or {}).get("exclude") or []
        record_type.excluded = {e["id"]: 0 for e in entries}
        for record in record_type.records:
            for entry in entries:
                if holds(entry.get("where"), record) is True:
                    record_type.excluded[entry["id"]] += 1
                    break
            else:
                record_type.judged.append(record)
                record_type.unsure |= any(holds(e.get("where"), record) is None and
                                          any(record.cells[n].state == "missing" for n in fields_read(e.get("where"))
                                              if n in record_type.fields) for e in entries)

    def suppress(self, record_type):
        own = {r.id for r in record_type.rules} | {"input.encoding", "input.ragged"}
        for entry in self.taxonomy.spec.get("suppressions") or []:
            if entry["rule"] not in own or not self.taxonomy.clock.until_holds(entry.get("until")):
                continue
            for record in record_type.judged:
                if set(fields_read(entry.get("where"))) - set(record_type.fields):
                    continue
                if holds(entry.get("where"), record) is not True:
                    continue
                if entry["rule"] in record.input_faults:
                    record.suppressed.add(entry["rule"])
                outcome = record.outcomes.get(entry["rule"])
                if outcome == FAIL or (outcome == UNDECIDED and readings.SUPPRESS_UNDECIDED):
                    record.suppressed.add(entry["rule"])

    # -- the report

    def report(self):
        taxonomy = self.taxonomy
        self.scorers = {name: Scorer(t) for name, t in taxonomy.types.items()}
        types = [self.type_report(t) for t in taxonomy.types.values()]
        reports = [self.one_report(spec) for spec in taxonomy.reports]
        dataset = self.dataset()
        status = self.verdict(types, reports, dataset)
        out = {
            "schema": "mopslint.report/1",
            "status": "fail" if status else "pass", "exit": status,
            "records": sum(len(t.records) for t in taxonomy.types.values()),
            "reports": reports, "types": types, "rules": self.rules(),
            "lifecycles": [l.figures() for t in taxonomy.types.values() for l in t.lifecycles],
            "dataset": dataset,
        }
        return out

    def type_report(self, t):
        scorer = self.scorers[t.name]
        errors = scorer.errors
        strict = [r for r in t.rules if r.severity in ("error", "warning")]
        whole = scorer.pair(errors)
        confidence = {
            "records": whole["records"], "value": whole["value"],
            "strict": scorer.count(strict, scorer.assessed),
            "accepted": scorer.count(errors, scorer.assessed, accept=True),
            "checked": self.checked(scorer),
        }
        fields = {}
        for rule in errors:
            names = rule.subjects() if readings.FIELD_SCORE_BY_SUBJECT else {rule.field} - {None}
            for name in names:
                fields.setdefault(name, []).append(rule)
        fix_first, plan = scorer.fix_first()
        undated = 0
        if t.dated_by or not readings.UNDATED_NEEDS_DATED_BY:
            undated = sum(1 for r in t.judged if r.moment is None)
        return {
            "record": t.name,
            "records": len(t.records) if readings.RECORDS_INCLUDE_EXCLUDED else len(t.judged),
            "excluded": [{"id": i, "records": n} for i, n in t.excluded.items()],
            "undated": undated,
            "confidence": confidence,
            "completeness": self.completeness(scorer),
            "dimensions": self.grouped(scorer, lambda r: r.dimension),
            "fields": {n: scorer.pair(rules) for n, rules in sorted(fields.items())},
            "owners": self.grouped(scorer, lambda r: r.owner),
            "effects": self.grouped(scorer, lambda r: r.effect),
            "cohorts": {name: self.cohort_pair(scorer, errors, scorer.assessed, name) for name in self.cohort_names()},
            "slices": self.slices(scorer),
            "fix_first": fix_first, "plan": plan,
        }

    def cohort_names(self):
        return [text_of(c) for c in as_list((self.taxonomy.spec.get("score") or {}).get("cohorts", ["7d", "90d"]))]

    def cohort(self, records, name):
        seconds = parse_duration(name)
        clock = self.taxonomy.clock
        return [r for r in records if r.moment is not None and clock.within_last(r.moment, seconds)]

    def cohort_pair(self, scorer, rules, part, name, weight=None, unknown=()):
        """The score of a cohort; null where records may be missing in it."""
        if scorer.type.unsure or any(r.as_of is LOST for r in scorer.type.judged):
            value = None if (weight or scorer.type.weight) is None else null(LOST_DATES)
            return {"records": null(LOST_DATES), "value": value}
        return scorer.pair(rules, self.cohort(part, name), weight, unknown=unknown)

    @staticmethod
    def cohort_told(scorer, own, pair):
        """Can it be told which records of a needed type are new? Not without dates; where none seems to be new, not
        if some date cannot be read, nor of a type that has no score at all."""
        t = scorer.type
        if not t.dated_by or pair["records"].get("reason") == LOST_DATES:
            return False
        if pair["records"]["assessed"]:
            return True
        return own["records"]["score"] is not None and not any(r.moment is None for r in t.judged)

    def slices(self, scorer):
        out = {}
        for name in as_list((self.taxonomy.spec.get("score") or {}).get("slices")):
            if name not in scorer.type.fields:
                continue
            if any(r.cells[name].state == "missing" for r in scorer.type.judged):
                out[name] = None        # nobody knows what belongs where
                continue
            out[name] = {v: scorer.pair(scorer.errors, part)
                         for v, part in sorted(self.sliced(scorer.assessed, name).items())}
        return out

    @staticmethod
    def sliced(records, name):
        parts = {}
        for record in records:
            cell = record.cells[name]
            if cell.state == "undecided":
                continue
            label = "" if cell.state != "value" else cell.written if cell.meant is None else cell.meant
            parts.setdefault(label, []).append(record)
        return parts

    def report_slices(self, needs):
        """Per slice field the lowest of the needs whose type has it; None where nobody knows what belongs where. `needs`:
        (scorer, rules, part, weight, unknown)."""
        out = {}
        for name in as_list((self.taxonomy.spec.get("score") or {}).get("slices")):
            having = [n for n in needs if name in n[0].type.fields]
            if any(r.cells[name].state == "missing" for n in having for r in n[0].type.judged):
                out[name] = None
            elif having:
                found = {}
                for scorer, rules, part, weight, unknown in having:
                    for label, records in self.sliced(part, name).items():
                        own = scorer.pair(rules, records, weight, unknown=unknown)
                        found.setdefault(label, []).append(dict(own, weighed=weight is not None, told=True))
                out[name] = {label: self.lowest_cohort(scores) for label, scores in found.items()}
        return out

    @staticmethod
    def grouped(scorer, attribute, rules=None, part=None, weight=None):
        groups = {}
        for rule in scorer.errors if rules is None else rules:
            if attribute(rule):
                groups.setdefault(attribute(rule), []).append(rule)
        return {name: scorer.pair(rules, part, weight) for name, rules in sorted(groups.items())}

    @staticmethod
    def checked(scorer):
        """The share of the assessed records to which an error rule other than `required` applied."""
        rules = [r for r in scorer.errors if set(r.kinds) != {"required"}]
        part = scorer.assessed
        if scorer.void(scorer.errors, part):
            return null("nothing assessed", len(part))
        clean = sum(1 for r in part if scorer.applied(r, rules))
        return {"score": floored(clean, len(part)), "clean": clean, "assessed": len(part), "undecided": 0,
                "exact": Fraction(clean * 100, len(part))}

    @staticmethod
    def completeness(scorer):
        """Cells asked for by error `required` checks and filled; records in which all of them are."""
        rules = [r for r in scorer.errors if r.kind in ("required", "requires")]
        cells = [r.outcomes[rule.id] for r in scorer.assessed for rule in rules if r.outcomes[rule.id] != NA]
        if not cells or scorer.type.unsure:
            filled = null("no rule")
        else:
            filled = {"score": floored(cells.count(PASS), len(cells)), "clean": cells.count(PASS),
                      "assessed": len(cells), "undecided": cells.count(UNDECIDED)}
        return {"fields_filled": filled, "records_complete": scorer.count(rules, scorer.assessed)}

    def one_report(self, spec):
        by_record, shown_rules, unguarded, needs = {}, [], [], []
        cohorts = {name: [] for name in self.cohort_names()}
        for name, need in spec["needs"].items():
            need = need_of(need)
            t = self.taxonomy.types[name]
            scorer = self.scorers[name]
            wanted = set(need["fields"]) | {n for n in fields_read(need.get("where")) if n in t.fields} | set(t.key)
            wanted = set().union(*map(t.traced, wanted))   # R50: what a needed field comes from is needed
            rules = [r for r in scorer.errors if r.whole_record or r.subjects() & wanted]
            guarded = set()
            for rule in scorer.errors:
                guarded |= rule.subjects()
            unguarded += [name + "." + f for f in need["fields"] if not t.traced(f) & guarded]
            part, unknown = [], set()
            for record in scorer.assessed:
                truth = holds(need.get("where"), record, self.blank_unknown(record))
                if truth is False:
                    continue
                part.append(record)
                if truth is None:
                    unknown.add(id(record))
            weight = Weight(need["weight"], t) if need.get("weight") else t.weight
            own = scorer.pair(rules, part, weight, unknown=unknown)
            # Whether a record is inside says nothing of the way in which it goes wrong.
            effects = self.grouped(scorer, lambda r: r.effect, rules, part, weight)
            by_record[name] = dict(own, cohorts={}, effects=effects)
            needs.append((scorer, rules, part, weight, unknown))
            for label in cohorts:
                pair = self.cohort_pair(scorer, rules, part, label, weight, unknown)
                by_record[name]["cohorts"][label] = pair
                cohorts[label].append(dict(pair, weighed=weight is not None, told=self.cohort_told(scorer, own, pair)))
            by_record[name]["weighed"] = weight is not None
            shown_rules += [r.id for r in rules]
        pairs = list(by_record.values())
        records = lowest([p["records"] for p in pairs])
        value = lowest([p["value"] for p in pairs if p.pop("weighed")])
        target = spec.get("target")
        return {
            "name": spec["name"], "owner": spec.get("owner"), "records": records, "value": value,
            "cohorts": {n: self.lowest_cohort(c) for n, c in cohorts.items()},
            "slices": self.report_slices(needs),
            "by_record": by_record, "rules": shown_rules, "unguarded": unguarded, "target": target,
            "met": self.met(target, records, value),
        }

    @staticmethod
    def lowest_cohort(scores):
        weighed = [s for s in scores if s["weighed"]]
        if any(not s["told"] for s in scores):
            return {"records": null("which records are new cannot be told"),
                    "value": null("which records are new cannot be told") if weighed else None}
        return {"records": lowest([s["records"] for s in in_cohort(scores)]),
                "value": lowest([s["value"] for s in in_cohort(weighed)])}

    @staticmethod
    def blank_unknown(record):
        """Fields whose unconditional `required: error` failed on this record."""
        return {r.field for r in record.type.rules
                if r.kinds == ["required"] and r.severity == "error" and r.when is None and r.inline
                and record.outcomes[r.id] == FAIL}

    @staticmethod
    def met(target, records, value):
        if target is None:
            return None
        wanted = target if isinstance(target, dict) else {"records": target}
        scores = {"records": records, "value": value}
        for basis, least in wanted.items():
            score = scores[basis]
            if score is None or score["score"] is None or score["exact"] < Fraction(text_of(least).rstrip("%")):
                return False
        return True

    def rules(self):
        out = []
        for t in self.taxonomy.types.values():
            for rule in t.rules:
                outcomes = [r.outcomes[rule.id] for r in t.judged]
                values = {}
                for record in t.judged:
                    if rule.values and record.outcomes[rule.id] == FAIL:
                        cell = record.cells[rule.field]
                        if cell.state == "value":
                            entry = values.setdefault(cell.written, {"count": 0, "proposal": None})
                            entry["count"] += 1
                            kind = "vocabulary" if rule.kind == "values" else rule.kind
                            entry["proposal"] = record.proposals.get((kind, rule.field))
                out.append({
                    "id": rule.id, "record": t.name, "severity": rule.severity, "dimension": rule.dimension,
                    "effect": rule.effect, "owner": rule.owner,
                    "applicable": len(outcomes) - outcomes.count(NA), "failed": outcomes.count(FAIL),
                    "undecided": outcomes.count(UNDECIDED),
                    "suppressed": sum(1 for r in t.judged if rule.id in r.suppressed),
                    "grandfathered": sum(1 for r in t.judged if rule.id in r.grandfathered),
                    "values": values if rule.values else None,
                })
            for ident in ("input.encoding", "input.ragged"):
                hit = [r for r in t.judged if ident in r.input_faults]
                if hit:
                    out.append({"id": ident, "record": t.name, "severity": "error", "dimension": "validity",
                                "effect": "misplaces", "owner": t.owner or self.taxonomy.owner,
                                "applicable": len(hit), "failed": len(hit), "undecided": 0,
                                "suppressed": sum(1 for r in hit if ident in r.suppressed), "grandfathered": 0,
                                "values": None})
        return out

    # -- dataset

    def dataset(self):
        out = []
        for t in self.taxonomy.types.values():
            population = t.spec.get("population") or {}
            if population.get("max_excluded") is not None:
                share = percent(text_of(population["max_excluded"]))
                gone = sum(t.excluded.values())
                out.append({"id": "%s.max_excluded" % t.name, "record": t.name, "severity": "error",
                            "met": gone <= share * len(t.records)})
        for check in self.taxonomy.dataset:
            t = self.taxonomy.types[check["record"]]
            kind = next(k for k in ("volume", "freshness", "fill_rate", "variants", "share") if k in check)
            severity = check.get("severity") or ("warning" if kind in ("variants", "share") else "error")
            if severity == "off":
                continue
            met = getattr(self, "data_" + kind)(t, check[kind])
            out.append({"id": check["id"], "record": t.name, "severity": severity, "met": met})
        return out

    @staticmethod
    def inside(t, spec):
        return [r for r in t.judged if holds(spec.get("where"), r) is True]

    def data_volume(self, t, spec):
        where = spec.get("where")
        if any(holds(where, r) is None and any(r.cells[f].state == "missing" for f in fields_read(where) if f in r.cells)
               for r in t.judged):
            return None         # a missing column leaves open which records are inside
        count = len(self.inside(t, spec))
        return (("min" not in spec or count >= int(spec["min"])) and ("max" not in spec or count <= int(spec["max"])))

    def data_freshness(self, t, spec):
        moments = [r.cells[spec["field"]].typed for r in self.inside(t, spec)]
        moments = [m for m in moments if m is not None]
        if not moments:
            return None         # nothing to judge by: not met, and an error check fails the run
        clock = self.taxonomy.clock
        seconds = parse_duration(text_of(spec["max_age"]))
        moments = [m for m in moments if clock.order(m, clock.now) <= 0]   # what is yet to come is not fresh
        return any(clock.within_last(m, seconds) for m in moments) if moments else None

    def data_fill_rate(self, t, spec):
        cells = [r.cells[spec["field"]] for r in self.inside(t, spec)]
        cells = [c for c in cells if c.state != "undecided"]
        filled = sum(1 for c in cells if c.state == "value")
        return filled >= percent(text_of(spec["min"])) * len(cells) if cells else None

    def data_variants(self, t, spec):
        seen = {}
        inside = self.inside(t, spec)
        if not inside:
            return None
        for record in inside:
            cell = record.cells[spec["field"]]
            if cell.state == "missing":
                return False
            if cell.state == "value":
                key = re.sub(r"[-_ \t]+", "", trim(cell.written)).lower()
                seen.setdefault(key, set()).add(cell.written)
        return all(len(forms) == 1 for forms in seen.values())

    def data_share(self, t, spec):
        field = t.fields[spec["field"]]
        wanted = {field.literal(v) for v in as_list(spec["values"])}
        cells = [r.cells[spec["field"]] for r in self.inside(t, spec)]
        cells = [c for c in cells if c.state != "undecided"]
        if not cells:
            return None
        if any(c.state == "missing" for c in cells):
            return False
        hits = sum(1 for c in cells if c.state == "value" and c.meant in wanted)
        return hits <= percent(text_of(spec["max"])) * len(cells)

    # -- exit status

    def verdict(self, types, reports, dataset):
        assessed = [len(s.assessed) for s in self.scorers.values()]
        if (sum(assessed) == 0) if readings.EMPTY_IS_WHOLE_RUN else (0 in assessed):
            return 1
        if any(r["met"] is False for r in reports) or any(t.unsure for t in self.taxonomy.types.values()):
            return 1
        if any(not d["met"] and d["severity"] == "error" for d in dataset):
            return 1
        if any(r["target"] is not None for r in reports):
            return 0
        for scorer in self.scorers.values():
            for record in scorer.type.judged:
                if set(record.input_faults) - record.suppressed:
                    return 1
                for rule in scorer.errors:
                    if record.outcomes[rule.id] in (FAIL, UNDECIDED) and rule.id not in record.suppressed:
                        return 1
        return 0

    def ambiguous(self):
        """Groups of duplicates whose kept record only a hash decides, with consequences."""
        out = []
        for t in self.taxonomy.types.values():
            names = set(as_list((self.taxonomy.spec.get("score") or {}).get("slices"))) & set(t.fields)
            for report in self.taxonomy.reports:
                if t.name in report["needs"]:
                    need = need_of(report["needs"][t.name])
                    names |= fields_read(need.get("where")) & set(t.fields)
                    if need.get("weight"):
                        names |= Weight(need["weight"], t).fields()
            for entry in self.taxonomy.spec.get("suppressions") or []:
                names |= fields_read(entry.get("where")) & set(t.fields)
            t.numbers_read = names
            out += cross.ambiguous(t)
        return out


def plain(node):
    """The report without the exact fractions, ready for JSON."""
    if isinstance(node, dict):
        return {k: plain(v) for k, v in node.items() if k != "exact"}
    if isinstance(node, list):
        return [plain(v) for v in node]
    if isinstance(node, Fraction):
        return str(node)
    return node


def shaped(report):
    """The report as section 6 shows it: `values` as a list."""
    out = plain(report)
    for rule in out["rules"]:
        ranked = sorted((rule["values"] or {}).items(), key=lambda item: (-item[1]["count"], item[0]))
        rule["values"] = [dict(entry, value=value, certain=entry["proposal"] is not None) for value, entry in ranked]
    return out


def run_files(taxonomy_path, now, files):
    """files: [(record type, path)] -> Run."""
    taxonomy = Taxonomy(load_json(taxonomy_path), now, os.path.dirname(os.path.abspath(taxonomy_path)))
    for name, path in files:
        if name not in taxonomy.types:
            raise Bad("no record type %s" % name)
        read_csv(taxonomy.types[name], path)
    return Run(taxonomy)


def main(argv):
    now, files, path = None, [], None
    arguments = list(argv)
    while arguments:
        word = arguments.pop(0)
        if word == "--now":
            now = arguments.pop(0)
        elif path is None:
            path = word
        else:
            name, _, source = word.partition("=")
            files.append((name, source))
    if path is None or now is None:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    try:
        run = run_files(path, now, files)
    except Bad as error:
        print("oracle: %s" % error, file=sys.stderr)
        return 2
    report = shaped(run.report())
    report["ambiguous"] = [[r.line for r in group] for group in run.ambiguous()]
    text = json.dumps(report, indent=1, ensure_ascii=False)
    print(re.sub(r'^( *"score": )"([0-9]+\.[0-9])"', r"\1\2", text, flags=re.M))    # a number, never a float here
    return report["exit"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
