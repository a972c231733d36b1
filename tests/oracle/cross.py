"""Rules across records: unique, determines, references' targets; resolved after every record is read."""

from datetime import date
from fractions import Fraction

import readings
from checks import FAIL, NA, PASS, UNDECIDED, CROSS_KINDS, Rule
from conditions import holds
from values import as_list, text_of, trim


class Unique:
    """One uniqueness rule: groups by key, keeps one record of each group."""

    def __init__(self, record_type, fields, fold=(), keep=None):
        self.type = record_type
        self.fields = fields
        self.fold = fold
        self.keep = keep
        self.verdicts = None
        self.ties = []       # groups whose kept record was a toss-up: (rule, [records])

    def key(self, record):
        """('key', tuple) or an outcome that says why there is none."""
        cells = [record.cells[n] for n in self.fields]
        if any(c.state == "undecided" for c in cells):
            return UNDECIDED, None
        if any(c.state in ("blank", "missing") for c in cells):
            return NA, None
        if any(c.refused for c in cells):
            return UNDECIDED, None
        parts = []
        for number, cell in enumerate(cells):
            text = cell.meant
            if number == 0:
                text = trim(text) if "trim" in self.fold else text
                text = text.lower() if "case" in self.fold else text
            parts.append(text)
        return PASS, tuple(parts)

    def judge(self, record):
        if self.verdicts is None:
            return PASS          # first pass: only says that the rule applies
        return self.verdicts[id(record)]

    def resolve(self, rule):
        """After all other rules: of each group all but one fail."""
        groups = {}
        verdicts = {}
        for record in self.type.judged:
            if record.outcomes.get(rule.id) != PASS:
                continue
            answer, key = self.key(record)
            if answer != PASS:
                verdicts[id(record)] = answer
                continue
            groups.setdefault(key, []).append(record)
        for group in groups.values():
            ranked = sorted(group, key=self.rank)
            for record in ranked:
                verdicts[id(record)] = FAIL
            verdicts[id(ranked[0])] = PASS
            top = [r for r in ranked if self.rank(r) == self.rank(ranked[0])]
            if len(top) > 1:
                self.ties.append(top)
        for record in self.type.judged:
            if id(record) in verdicts and record.outcomes.get(rule.id) == PASS:
                record.outcomes[rule.id] = verdicts[id(record)]

    def kept_first(self, record):
        """`keep: {oldest: F}` or `{newest: F}`: the smaller is kept; what cannot be read comes last."""
        if not self.keep:
            return (0, 0)
        order, name = next(iter(self.keep.items()))
        cell = record.cells[name]
        if cell.state != "value" or cell.typed is None:
            return (1, 0)
        moment = cell.typed
        if isinstance(moment, date):
            moment = Fraction(int(self.type.taxonomy.clock.instant(moment).timestamp()))
        return (0, moment if order == "oldest" else -moment)

    def rank(self, record):
        failed = any(record.outcomes.get(r.id) == FAIL for r in self.type.rules
                     if r.severity == "error" and not r.cross)
        failed = failed or bool(record.input_faults)
        return self.kept_first(record) + (failed, -self.type.weigh_for_keep(record))


class WholeRow(Unique):
    """`unique: {row: true}`: all source columns as written."""

    def key(self, record):
        return PASS, tuple(sorted(record.raw.items()))


class Determines:
    """Per key the meant value with most records stands; others that are not blank fail."""

    def __init__(self, record_type, spec):
        self.type = record_type
        self.keys = as_list(spec["key"])
        self.fields = as_list(spec["fields"])
        self.standing = None

    def key(self, record):
        cells = [record.cells[n] for n in self.keys]
        if any(c.state == "undecided" for c in cells):
            return UNDECIDED
        if any(c.state == "blank" for c in cells):
            return NA
        if any(c.refused for c in cells):
            return UNDECIDED
        return tuple(c.meant for c in cells)

    def judge(self, record):
        key = self.key(record)
        if key in (UNDECIDED, NA):
            if key == UNDECIDED and all(record.cells[n].state == "blank" for n in self.fields):
                return NA
            return key
        outcomes = []
        for name in self.fields:
            cell = record.cells[name]
            if cell.state == "undecided":
                outcomes.append(UNDECIDED)
            elif cell.state == "blank":
                outcomes.append(NA)
            elif cell.refused:
                outcomes.append(UNDECIDED)
            elif self.standing is None:
                outcomes.append(PASS)
            else:
                outcomes.append(PASS if self.standing[(key, name)] == cell.meant else FAIL)
        for wanted in (FAIL, UNDECIDED, PASS):
            if wanted in outcomes:
                return wanted
        return NA

    def resolve(self, rule):
        counts = {}
        for record in self.type.judged:
            if record.outcomes.get(rule.id) not in (PASS, UNDECIDED):
                continue
            if holds(rule.when, record) is not True:
                continue
            key = self.key(record)
            if key in (UNDECIDED, NA):
                continue
            for name in self.fields:
                cell = record.cells[name]
                if cell.state == "value" and not cell.refused:
                    counts.setdefault((key, name), {}).setdefault(cell.meant, 0)
                    counts[(key, name)][cell.meant] += 1
        self.standing = {}
        for place, values in counts.items():
            self.standing[place] = min(values, key=lambda v: (-values[v], v.encode("utf-8")))
        for record in self.type.judged:
            if record.outcomes.get(rule.id) in (PASS, UNDECIDED) and holds(rule.when, record) is True:
                missing = any(record.cells[n].state == "missing" for n in rule.reads)
                if not missing:
                    record.outcomes[rule.id] = self.judge(record)


def resolve(record_type):
    """All cross-record rules of a type; the per-record outcomes of the others must be there."""
    for rule in record_type.rules:
        if getattr(rule, "resolver", None) is None:
            continue
        if isinstance(rule.resolver, Determines):
            rule.resolver.resolve(rule)
    for rule in record_type.rules:
        if isinstance(getattr(rule, "resolver", None), Unique):
            rule.resolver.resolve(rule)


def ambiguous(record_type):
    """Records of duplicate groups whose kept one depends on a hash and matters to some number."""
    out = []
    for rule in record_type.rules:
        resolver = getattr(rule, "resolver", None)
        if not isinstance(resolver, Unique):
            continue
        for group in resolver.ties:
            looks = set()
            for record in group:
                others = tuple((k, v) for k, v in sorted(record.outcomes.items()) if k != rule.id)
                read = [(n, record.cells[n]) for n in sorted(record_type.numbers_read)]
                cells = tuple((n, c.written, c.meant) for n, c in read)
                looks.add((others, cells, record.moment, record_type.weigh_text(record)))
            if len(looks) > 1:
                out.append(group)
    return out
