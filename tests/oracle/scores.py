"""The one formula, over records and over value; fix-first; plan. Fractions and integers only."""

from fractions import Fraction

import readings
from checks import FAIL, NA, PASS, UNDECIDED
from values import round_half_away


def floored(clean, assessed):
    """100 * clean / assessed floored to one decimal, as text."""
    tenths = (Fraction(clean) * 1000) / Fraction(assessed)
    whole = tenths.numerator // tenths.denominator
    return "%d.%d" % (whole // 10, whole % 10)


def money_text(amount):
    amount = Fraction(amount)
    millionths = amount * 1000000
    whole = millionths.numerator // millionths.denominator
    text = "%d.%06d" % (whole // 1000000, whole % 1000000)
    return text.rstrip("0").rstrip(".")


def null(reason, assessed=0):
    return {"score": None, "clean": None, "assessed": assessed, "undecided": None, "reason": reason}


class Scorer:
    """Scores of one record type; `weigh(record)` says what a record weighs."""

    def __init__(self, record_type):
        self.type = record_type
        self.errors = [r for r in record_type.rules if r.severity == "error"]
        self.assessed = [r for r in record_type.judged if self.applied(r, self.errors)]

    @staticmethod
    def applied(record, rules):
        return bool(record.input_faults) or any(record.outcomes[r.id] != NA for r in rules)

    @staticmethod
    def verdict(record, rules, accept=False):
        """PASS, FAIL or UNDECIDED of a record under a set of rules (input faults belong to every set)."""
        answer = PASS
        for fault in record.input_faults:
            if not (accept and fault in record.suppressed):
                return FAIL
        for rule in rules:
            outcome = record.outcomes[rule.id]
            if accept and rule.id in record.suppressed:
                continue
            if outcome == FAIL:
                return FAIL
            if outcome == UNDECIDED:
                answer = UNDECIDED
        return answer

    def pair(self, rules, part=None, weight=None, accept=False, unknown=()):
        """{records, value} of a set of rules over a part of the assessed records."""
        part = self.assessed if part is None else part
        records = self.count(rules, part, accept, unknown)
        value = self.value(rules, part, weight or self.type.weight, accept, unknown)
        return {"records": records, "value": value}

    def void(self, rules, part):
        if self.type.unsure:
            return "a column that an exclusion reads is missing"
        if not rules and not any(r.input_faults for r in part):
            return "no rule"
        if not any(self.applied(r, rules) for r in part):
            return "no rule applied to any record"
        return None

    def count(self, rules, part, accept=False, unknown=()):
        reason = self.void(rules, part)
        if reason:
            return null(reason, len(part))
        verdicts = [UNDECIDED if id(r) in unknown and self.verdict(r, rules, accept) != FAIL
                    else self.verdict(r, rules, accept) for r in part]
        clean = verdicts.count(PASS)
        return {"score": floored(clean, len(part)), "clean": clean, "assessed": len(part),
                "undecided": verdicts.count(UNDECIDED), "exact": Fraction(clean, len(part)) * 100}

    def value(self, rules, part, weight, accept=False, unknown=()):
        if weight is None:
            return None
        reason = self.void(rules, part)
        if reason:
            return null(reason)
        if weight.lost():
            return null("a column that the weight's condition reads is missing")
        weighed = [(r,) + weight.of(r) for r in part]
        inside = [w for w in weighed if w[1] != "outside"]
        if any(w[1] == "no rate" for w in inside):
            return null("a currency lacks a rate")
        invalid = sum(1 for w in inside if w[1] == "invalid")
        if invalid * 100 > 5 * len(inside):
            return null("more than 5 % lack a valid weight")
        total = sum((w[2] for w in inside), Fraction(0))
        if total == 0:
            return null("the total is 0")
        clean = Fraction(0)
        undecided = Fraction(0)
        for record, _, amount in inside:
            verdict = self.verdict(record, rules, accept)
            if id(record) in unknown and verdict != FAIL:
                verdict = UNDECIDED
            if verdict == PASS:
                clean += amount
            elif verdict == UNDECIDED:
                undecided += amount
        return {"score": floored(clean, total), "clean": money_text(clean), "assessed": money_text(total),
                "undecided": money_text(undecided), "currency": weight.to, "exact": clean * 100 / total}

    # -- fix first

    def culprits(self, record):
        """F_i: the error rules failed or, only if none failed, those undecided."""
        failed = list(record.input_faults) + [r.id for r in self.errors if record.outcomes[r.id] == FAIL]
        if failed:
            return failed
        return [r.id for r in self.errors if record.outcomes[r.id] == UNDECIDED]

    def fix_first(self):
        """(list of gains and shares per rule, plan)."""
        bases = {"records": lambda record: Fraction(1)}
        value = self.value(self.errors, self.assessed, self.type.weight)
        if value is not None and value["score"] is not None:
            bases["value"] = lambda record: self.type.weight.of(record)[1]
        sets = [(record, self.culprits(record)) for record in self.assessed]
        figures = {}
        for basis, weigh in bases.items():
            total = sum((weigh(r) for r in self.assessed), Fraction(0))
            for record, culprits in sets:
                for ident in culprits:
                    entry = figures.setdefault(ident, {}).setdefault(basis, [Fraction(0), Fraction(0)])
                    if len(culprits) == 1:
                        entry[0] += weigh(record)
                    entry[1] += weigh(record) / len(culprits)
            for found in figures.values():
                if basis in found:
                    found[basis] = [100 * amount / total for amount in found[basis]]
        rows = []
        for ident, found in sorted(figures.items()):
            row = {"rule": ident, "gain": {}, "share": {}, "exact": found}
            for basis in ("records", "value"):
                pair = found.get(basis)
                row["gain"][basis] = None if pair is None else three(pair[0])
                row["share"][basis] = None if pair is None else three(pair[1])
            rows.append(row)
        basis = "value" if "value" in bases else "records"
        return rows, self.plan(sets, figures, basis, bases[basis], value)

    def plan(self, sets, figures, basis, weigh, value):
        if not self.assessed or self.void(self.errors, self.assessed):
            return {"basis": basis, "steps": [], "reason": "nothing assessed"}
        total = sum((weigh(r) for r in self.assessed), Fraction(0))
        left = [(weigh(r), set(c)) for r, c in sets if c and weigh(r) > 0]
        clean = total - sum((w for w, _ in left), Fraction(0))
        rules = sorted({i for _, c in left for i in c})
        steps = []
        while left:
            def worth(ident):
                gain = sum((w for w, c in left if c == {ident}), Fraction(0))
                return (-gain, -figures[ident][basis][1], ident)
            best = min(rules, key=worth)
            rules.remove(best)
            clean += sum((w for w, c in left if c == {best}), Fraction(0))
            left = [(w, c - {best}) for w, c in left if c != {best}]
            shown = int(clean) if basis == "records" else money_text(clean)
            steps.append({"rule": best, "clean": shown, "score": floored(clean, total)})
        return {"basis": basis, "steps": steps, "reason": None}


def three(number):
    text = round_half_away(number, 3)
    thousandths = int(text * 1000)
    return "%d.%03d" % (thousandths // 1000, thousandths % 1000)


def lowest(scores):
    """The lowest of several scores; null if one is null."""
    if not scores:
        return None
    void = [s for s in scores if s is None or s["score"] is None]
    if void and (readings.REPORT_NULL_IF_ONE_NULL or len(void) == len(scores)):
        return void[0]
    scores = [s for s in scores if s not in void]
    return min(scores, key=lambda s: s["exact"])
