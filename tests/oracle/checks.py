"""Rules: built from fields and `rules:`; each judges one record as pass, fail, na or undecided."""

import csv
import os
import re
from datetime import date, timedelta

import readings
from conditions import (ORDER, fields_read, found, group_test, holds, in_domains, kleene_all, matches)
from values import LOST, Bad, RUNGS, Vocabulary, as_list, parse_decimal, parse_duration, text_of, trim

PASS, FAIL, NA, UNDECIDED = "pass", "fail", "na", "undecided"
RANK = {"off": 0, "warning": 1, "error": 2}

OPTIONS = {"severity", "when", "id", "owner", "fixed_by", "dimension", "effect", "message", "examples",
           "tags", "applies", "why", "phase_in", "renamed_from"}
KINDS = ["required", "blank", "type", "vocabulary", "values", "not_values", "pattern", "not_pattern",
         "template", "case", "length", "range", "unique", "equals_field", "before", "not_before", "after",
         "references", "domain", "in_group", "max_age", "gt", "gte", "lt", "lte", "since", "within", "items"]
WRITTEN_KINDS = {"pattern", "not_pattern", "case", "length", "template", "items"}
CROSS_KINDS = {"unique", "determines", "references"}
MULTI_KINDS = {"all_or_none", "combinations", "determines"}

WARNING_KINDS = {"deprecated", "provisional", "length", "max_age", "sla", "variants", "share"}
DIMENSION = {}
for _kind in ("required", "all_or_none", "requires", "fill_rate"):
    DIMENSION[_kind] = "completeness"
DIMENSION["unique"] = "uniqueness"
for _kind in ("whitespace", "case", "separator", "alias", "blank", "equals_field", "references", "combinations",
              "determines", "before", "not_before", "after", "skipped", "order", "back", "transition"):
    DIMENSION[_kind] = "consistency"
for _kind in ("max_age", "sla", "freshness"):
    DIMENSION[_kind] = "timeliness"
EFFECT = {"completeness": "drops", "validity": "misplaces", "consistency": "misplaces",
          "uniqueness": "double_counts", "timeliness": "delays"}


class Rule:
    """One check with an id of its own."""

    def __init__(self, ident, record_type, kinds, judge, options=None, field=None, subjects=(), reads=(),
                 owners=(), length_ok=None):
        options = options or {}
        self.id = ident
        self.type = record_type
        self.kind = kinds[0] if kinds else "rule"
        self.kinds = kinds
        self.judge = judge                  # record -> outcome
        self.field = field                  # the field it is attached to, if any
        self.own_fields = set(subjects)     # fields tested, before derived fields are traced to their sources
        self.reads = set(reads) | set(subjects)
        self.inline = False                 # written inside a field
        self.whole_record = False
        self.when = options.get("when")
        self.applies = [options["applies"]] if options.get("applies") else []
        self.severity = options.get("severity") or ("warning" if self.kind in WARNING_KINDS and len(set(kinds)) == 1
                                                    else "error")
        self.final_severity = self.severity   # once a phase-in has ended
        self.dimension = options.get("dimension") or DIMENSION.get(self.kind, "validity")
        self.own_effect = options.get("effect")
        self.owner = next((o for o in [options.get("owner")] + list(owners) if o), None)
        self.phase_in = options.get("phase_in")
        self.maskable = False               # subject to "one defect, one finding" of its field
        self.masker = False                 # type or .vocabulary
        self.values = False                 # report the written values of failing records

    @property
    def effect(self):
        if self.own_effect:
            return self.own_effect
        return "hygiene" if self.final_severity != "error" else EFFECT.get(self.dimension, "misplaces")

    @property
    def cross(self):
        return bool(CROSS_KINDS & set(self.kinds))

    def subjects(self):
        names = set()
        for name in self.own_fields:
            names |= self.type.traced(name)
        return names

    def outcome(self, record):
        """(outcome, grandfathered) of this rule on a record; the order of the questions matters."""
        if record.ragged:
            return UNDECIDED, False             # no field is judged, so nothing is known of dates and conditions either
        inside = [self.type.taxonomy.clock.window_holds(window, record.as_of) for window in self.applies]
        if False in inside:
            return NA, True
        when = kleene_all(inside + [holds(self.when, record)])
        if when is False:
            return NA, False
        if self.maskable and self.masked(record):
            return NA, False
        missing = [n for n in self.reads if record.cells[n].state == "missing"]
        if missing:
            own = [n for n in missing if n == self.field]
            if own and not self.type.fields[self.field].expected:
                return NA, False
            if any(self.type.fields[n].expected for n in missing):
                return FAIL, False
            return NA, False
        if when is None and readings.WHEN_UNKNOWN_FIRST:
            return UNDECIDED, False
        before, record.asking = getattr(record, "asking", None), self
        outcome = self.judge(record)
        record.asking = before
        return (UNDECIDED if when is None and outcome != NA else outcome), False

    def is_for(self, record):
        """False where its dates or its `when` leave the record out."""
        inside = [self.type.taxonomy.clock.window_holds(window, record.as_of) for window in self.applies]
        return kleene_all(inside + [holds(self.when, record)]) is not False

    def leaves_to(self, other, record):
        """One defect, one finding: may this rule leave it to that one? Not if that is off, for others, or (no rung) milder."""
        milder = not hasattr(other, "rung") and RANK[other.severity] < RANK[self.severity]
        return other in self.type.rules and not milder and other.is_for(record)

    def masked(self, record):
        """True if the field's type or vocabulary failed with the same or a higher severity."""
        name = next(iter(self.own_fields))
        if record.cells[name].state == "missing":
            return False
        if self.kinds == ["required"] and not readings.REQUIRED_NA_ON_REFUSED:
            return False
        for masker in self.type.maskers.get(name, []):
            if masker is self:
                return False
            if record.outcomes.get(masker.id) == FAIL and RANK[self.severity] <= RANK[masker.severity]:
                return True
        return False


# ---------------------------------------------------------------- one test of one field

def leaf(record_type, name, kind, use, extra, alone):
    """A function record -> outcome for one test; alone: no other field is read by the rule."""
    field = record_type.fields[name]
    clock = record_type.taxonomy.clock

    if kind == "required":
        wanted = [text_of(v) for v in as_list(extra.get("of"))]

        def required(record):
            cell = record.cells[name]
            if cell.state == "undecided":
                return UNDECIDED
            if cell.state == "blank":
                if wanted and cell.blank_kind not in wanted:
                    return NA
                return FAIL
            if cell.refused and not alone and not readings.BLANKNESS_DECIDED_ON_REFUSED:
                return UNDECIDED
            return PASS
        return required

    if kind == "blank":
        want = text_of(use) == "true"

        def blank(record):
            cell = record.cells[name]
            if cell.state == "undecided":
                return UNDECIDED
            return PASS if (cell.state == "blank") == want else FAIL
        return blank

    written = kind in WRITTEN_KINDS
    test = written_test(field, kind, use, extra) if written else meant_test(record_type, field, kind, use, extra)

    def other_blank(record):
        """A blank on any side: the check does not apply."""
        if kind != "equals_field" and kind not in ORDER or text_of(use) not in record_type.fields:
            return False
        return record.cells[text_of(use)].state == "blank"

    def judged(record):
        cell = record.cells[name]
        if cell.state == "undecided":
            return NA if other_blank(record) else UNDECIDED
        if cell.state == "blank":
            return NA
        if written and field.vocabulary is not None:
            silenced = {(f in RUNGS or f == "deprecated") and told(record, name, f)
                        for f in field.vocabulary.findings(cell.written, record.as_of, clock)}
            if silenced == {True}:
                return NA
            if len(silenced) > 1:       # only a date would tell
                return UNDECIDED
        if written and kind != "items" and any(told(record, name, rung, use) for use in items_beside(field)
                                               for rung in items_spelt(field, use, cell)):
            return NA
        if cell.refused and not (written and alone):
            return NA if other_blank(record) else UNDECIDED
        return test(record, cell)
    return judged


def told(record, name, rung, use=None):
    """Is that rung of the field (of its items) a finding of its own, to which the rule at hand leaves it?"""
    return any(record.asking.leaves_to(r, record) for r in record.asking.type.rules
               if r.field == name and getattr(r, "rung", None) == rung and getattr(r, "items", None) == use)


def yes(truth):
    return PASS if truth else FAIL


def denied(field, use, extra):
    """Deny-lists match whole values, or whole words of them with `tokens: true`; by the meant form, so that
    repairing a spelling cannot bring a denied value to light."""
    tokens, fold = (text_of(extra.get(k)) == "true" for k in ("tokens", "ignore_case"))
    deny = {text_of(v) if tokens else field.literal(v) for v in as_list(use)}
    deny = {v.lower() for v in deny} if fold else deny

    def test(record, cell):
        text = cell.meant.lower() if fold else cell.meant
        return yes(text not in deny and not (tokens and deny & set(re.split(r"[-_ ./+|,;:]+", text))))
    return test


def written_test(field, kind, use, extra):
    if kind == "pattern":
        fold = text_of(extra.get("ignore_case")) == "true"
        return lambda record, cell: yes(matches(use, cell.written, fold))
    if kind == "not_pattern":
        fold = text_of(extra.get("ignore_case")) == "true"
        return lambda record, cell: yes(not found(use, cell.written, fold))
    if kind == "case":
        return lambda record, cell: yes(cell.written == (cell.written.lower() if use == "lower"
                                                         else cell.written.upper()))
    if kind == "length":
        low = int(use["min"]) if isinstance(use, dict) and "min" in use else 0
        high = use.get("max") if isinstance(use, dict) else use
        return lambda record, cell: yes(len(cell.written) >= low and (high is None or len(cell.written) <= int(high)))
    if kind == "items":
        return items(field, use)
    if kind == "template":
        templates = Template(use, extra.get("parts") or field.spec.get("parts") or {}, field.taxonomy)
        field.template = templates
        return lambda record, cell: templates.outcome(cell.written, record.as_of)
    raise Bad("check %s" % kind)


def items_of(field, use, cell):
    """Each item is like a value of its own; blank ones say nothing."""
    found = cell.written.split(text_of(use.get("separator", ";")))
    found = [trim(item) if text_of(use.get("trim", "true")) == "true" else item for item in found]
    return [item for item in found if field.blanks.kind(item) is None]


def items_beside(field):
    """The field's own `items` with values: on a rung of them the whole value's written form is known to be wrong."""
    return [u for v in [field.spec.get("items")] if v for u, _, _ in split_check("items", v) if "values" in u]


def items_spelt(field, use, cell):
    """Rungs, whatever the record's date: an exact item outside of its dates is none of these."""
    vocabulary = items_vocabulary(use)
    hits = [vocabulary.resolve(item) for item in items_of(field, use, cell)]
    rungs = [vocabulary.dated(hit, True)[0] for hit in hits if hit and vocabulary.known(hit[1], field.clock)]
    return [rung for rung in rungs if rung in RUNGS + ["deprecated"]]


def items_vocabulary(use):
    return Vocabulary({"values": use["values"]}) if "values" in use else None


def item_findings(vocabulary, item, record, clock):
    """The rungs that the item may be on: several only where the record's date is lost."""
    if record.as_of is LOST:
        return vocabulary.findings(item, LOST, clock)
    return [vocabulary.finding(item, record.moment, clock)[0]]


def items(field, use):
    vocabulary = items_vocabulary(use)

    def on(record, item, rung):
        if rung == "vocabulary":
            return FAIL
        if rung is not None and rung != "provisional" and told(record, field.name, rung, use):
            return PASS
        return yes("pattern" not in use or matches(use["pattern"], item))

    def judge(record, item):
        rungs = item_findings(vocabulary, item, record, field.clock) if vocabulary else [None]
        said = {on(record, item, rung) for rung in rungs}
        return said.pop() if len(said) == 1 else UNDECIDED

    return lambda record, cell: combine_all([judge(record, i) for i in items_of(field, use, cell)])


def items_rung(field, use, rung):
    """One rung of the vocabulary: of the items that it knows."""
    vocabulary = items_vocabulary(use)

    def judge(record, item):
        found = item_findings(vocabulary, item, record, field.clock)
        if "vocabulary" in found:
            return NA
        return yes(rung not in found) if len(found) == 1 or rung not in found else UNDECIDED

    def test(record):
        cell = record.cells[field.name]
        if cell.state == "undecided":
            return UNDECIDED
        if cell.state == "blank":
            return NA
        return combine_all([judge(record, i) for i in items_of(field, use, cell)])
    return test


def meant_test(record_type, field, kind, use, extra):
    taxonomy, clock = record_type.taxonomy, record_type.taxonomy.clock
    if kind in ("in", "values"):
        allowed = {field.literal(v) for v in as_list(use)}
        return lambda record, cell: yes(cell.meant in allowed)
    if kind in ("not_in", "not_values"):
        return denied(field, use, extra)
    if kind in ("vocabulary", "in_vocabulary"):
        return lambda record, cell: yes(taxonomy.vocabularies[use].has(cell.meant, clock))
    if kind == "in_group":
        return lambda record, cell: yes(group_test(use, cell.meant, taxonomy))
    if kind == "domain":
        return lambda record, cell: yes(in_domains(cell.meant, use))
    if kind == "max_age":
        seconds = parse_duration(text_of(use))
        return lambda record, cell: yes(clock.order(cell.typed, clock.now) > 0
                                        or clock.within_last(cell.typed, seconds))
    if kind == "within":
        seconds = parse_duration(text_of(use))
        return lambda record, cell: yes(clock.within_last(cell.typed, seconds))
    if kind == "range":
        bounds = [(k, field.typed_literal(v)) for k, v in use.items()]
        accept = {"min": ORDER["gte"], "max": ORDER["lte"], "above": ORDER["gt"], "below": ORDER["lt"]}
        return lambda record, cell: yes(all(accept[k](clock.order(cell.typed, b)) for k, b in bounds))
    if kind == "equals_field":
        return other_side(text_of(use), lambda cell, other: cell.meant == other.meant)
    if kind in ORDER:
        accept = ORDER[kind]
        if text_of(use) in record_type.fields:
            return other_side(text_of(use), lambda cell, other: accept(clock.order(cell.typed, other.typed)))
        bound = field.typed_literal(use)
        return lambda record, cell: yes(accept(clock.order(cell.typed, bound)))
    if kind == "references":
        target_type, _, target_field = text_of(use).partition(".")
        if target_type not in taxonomy.types:
            raise Bad("references %s: no such record type" % use)
        return lambda record, cell: yes(cell.meant in taxonomy.types[target_type].meant_values(target_field))
    raise Bad("check %s" % kind)


def other_side(name, accept):
    def test(record, cell):
        other = record.cells[name]
        if other.state == "undecided":
            return UNDECIDED
        if other.state == "blank":
            return NA
        if other.refused:
            return UNDECIDED
        return yes(accept(cell, other))
    return test


# ---------------------------------------------------------------- templates

class Template:
    """All parses of a value under a template, by trying every cut."""

    def __init__(self, text, parts, taxonomy):
        self.parts = parts
        self.taxonomy = taxonomy
        self.lists = {name: taxonomy.vocabularies[spec["vocabulary"]] if "vocabulary" in spec
                      else Vocabulary({"values": spec["values"]})
                      for name, spec in parts.items() if spec and ("vocabulary" in spec or "values" in spec)}
        self.shapes = [self.split(shape) for shape in self.expand(text)]
        self.cache = {}

    @staticmethod
    def expand(text):
        """The template with every choice of its optional [..] stretches."""
        match = re.search(r"\[([^][]*)\]", text)
        if not match:
            return [text]
        with_it = text[:match.start()] + match[1] + text[match.end():]
        without = text[:match.start()] + text[match.end():]
        return Template.expand(with_it) + Template.expand(without)

    @staticmethod
    def split(shape):
        """[('text', '_'), ('part', 'region'), ...]"""
        out = []
        for piece in re.split(r"(\{[^}]*\})", shape):
            if piece.startswith("{"):
                out.append(("part", piece[1:-1]))
            elif piece:
                out.append(("text", piece))
        return out

    def parses(self, pieces, value):
        """Every way to cut value into pieces: lists of (part, text)."""
        if not pieces:
            return [[]] if value == "" else []
        kind, content = pieces[0]
        if kind == "text":
            return self.parses(pieces[1:], value[len(content):]) if value.startswith(content) else []
        out = []
        for end in range(1, len(value) + 1):
            if len(pieces) > 1 and pieces[1][0] == "text" and not value.startswith(pieces[1][1], end):
                continue
            if len(pieces) == 1 and end != len(value):
                continue
            for rest in self.parses(pieces[1:], value[end:]):
                out.append([(content, value[:end])] + rest)
        return out

    def right(self, part, text, moment):
        """One of a list as a field of that list would take it: as it is written there, by the record's date."""
        spec = self.parts[part] or {}
        if "pattern" in spec and not matches(spec["pattern"], text):
            return False
        return part not in self.lists or \
            self.lists[part].finding(text, moment, self.taxonomy.clock)[0] in (None, "provisional")

    def best(self, value, moment):
        """(all parts right, {part: text}) of the preferred parse on the day; (False, None) if there is none."""
        key = value, self.taxonomy.clock.local_day(moment)
        if key not in self.cache:
            ranked = []
            for shape in self.shapes:
                for parse in self.parses(shape, value):
                    right = [self.right(part, text, moment) for part, text in parse]
                    cuts = [len(text) for _, text in parse]
                    ranked.append((not all(right), -len(parse), cuts, dict(parse)))
            if ranked:
                ranked.sort(key=lambda r: r[:3])
                self.cache[key] = (not ranked[0][0], ranked[0][3])
            else:
                self.cache[key] = (False, None)
        return self.cache[key]

    def days(self):
        """One of each stretch of days on which all lists stay as they are."""
        clock, out = self.taxonomy.clock, {date(1970, 1, 1)}
        for entry in (e for v in self.lists.values() for e in v.entries.values()):
            for end in (entry.get("valid") or {}).values():
                out |= {clock.parse_date(text_of(end)) + timedelta(n) for n in (-1, 0, 1)}
        return out

    def outcome(self, value, moment):
        found = {self.best(value, day)[0] for day in (self.days() if moment is LOST else [moment])}
        return yes(found.pop()) if len(found) == 1 else UNDECIDED

    def part(self, value, part, moment):
        """The text of a part of a right name; Ellipsis where days that may be the record's differ in it."""
        found = {self.best(value, day)[1].get(part) for day in (self.days() if moment is LOST else [moment])}
        return found.pop() if len(found) == 1 else ...


# ---------------------------------------------------------------- then-trees

def combine_all(outcomes):
    for wanted in (FAIL, UNDECIDED, PASS):
        if wanted in outcomes:
            return wanted
    return NA


def combine_any(outcomes):
    for wanted in (PASS, UNDECIDED, FAIL):
        if wanted in outcomes:
            return wanted
    return NA


def swap(outcome):
    return {PASS: FAIL, FAIL: PASS}.get(outcome, outcome)


def tree_fields(record_type, tree):
    """(fields tested on the left or both sides, kinds in order) of a then-tree."""
    names, kinds = [], []

    def walk_test(name, test):
        if not isinstance(test, dict):
            kinds.append("values")
            return
        for kind, use in test.items():
            if kind in ("all", "any"):
                for inner in use:
                    walk_test(name, inner)
                continue
            if kind == "not":
                walk_test(name, use)
                continue
            if kind in ("ignore_case", "parts", "of"):
                continue
            kinds.append({"in": "values", "not_in": "not_values", "in_vocabulary": "vocabulary"}.get(kind, kind))
            if kind == "equals_field" or kind in ORDER:
                if text_of(use) in record_type.fields:
                    names.append(text_of(use))

    def walk(node):
        for key, value in node.items():
            if key in ("all", "any"):
                for inner in value:
                    walk(inner)
            elif key == "not":
                walk(value)
            elif key == "all_or_none":
                kinds.append(key)
                names.extend(value if isinstance(value, list) else value["fields"])
            elif key == "combinations":
                kinds.append(key)
                names.extend(value["fields"])
            elif key == "determines":
                kinds.append(key)
                names.extend(as_list(value["key"]) + as_list(value["fields"]))
            else:
                names.append(key)
                walk_test(key, value)
    walk(tree)
    return names, kinds


def tree_judge(record_type, tree, alone):
    """A function record -> outcome for a then-tree (determines is set up by cross.py)."""
    parts = []

    def field_judge(name, test):
        if not isinstance(test, dict):
            return leaf(record_type, name, "in", test, {}, alone)
        inner = []
        extra = {k: test[k] for k in ("ignore_case", "parts", "of") if k in test}
        for kind, use in test.items():
            if kind in extra:
                continue
            if kind in ("all", "any"):
                judges = [field_judge(name, t) for t in use]
                pick = combine_all if kind == "all" else combine_any
                inner.append(lambda record, judges=judges, pick=pick: pick([j(record) for j in judges]))
            elif kind == "not":
                judge = field_judge(name, use)
                inner.append(lambda record, judge=judge: swap(judge(record)))
            else:
                options = dict(extra)
                if kind == "required" and isinstance(use, dict):
                    options.update(use)
                if isinstance(use, dict) and "use" in use:
                    options.update(use)
                    use = use["use"]
                inner.append(leaf(record_type, name, kind, use, options, alone))
        return lambda record: combine_all([j(record) for j in inner])

    for key, value in tree.items():
        if key in ("all", "any"):
            judges = [tree_judge(record_type, t, alone) for t in value]
            pick = combine_all if key == "all" else combine_any
            parts.append(lambda record, judges=judges, pick=pick: pick([j(record) for j in judges]))
        elif key == "not":
            judge = tree_judge(record_type, value, alone)
            parts.append(lambda record, judge=judge: swap(judge(record)))
        elif key == "all_or_none":
            parts.append(all_or_none(value if isinstance(value, list) else value["fields"]))
        elif key == "combinations":
            parts.append(combinations(record_type, value))
        elif key == "determines":
            parts.append(record_type.determines_judge(value))
        else:
            parts.append(field_judge(key, value))
    return lambda record: combine_all([j(record) for j in parts])


def all_or_none(names):
    def judge(record):
        cells = [record.cells[n] for n in names]
        if any(c.state == "undecided" for c in cells):
            return UNDECIDED
        if not readings.BLANKNESS_DECIDED_ON_REFUSED and any(c.refused for c in cells):
            return UNDECIDED
        blanks = sum(c.state == "blank" for c in cells)
        return yes(blanks in (0, len(cells)))
    return judge


def combinations(record_type, spec):
    names = spec["fields"]
    rows = spec.get("values") or spec.get("allowed")
    if rows is None:
        path = os.path.join(record_type.taxonomy.folder, spec["file"])
        with open(path, newline="", encoding="utf-8") as stream:
            lines = list(csv.reader(stream))
        columns = [lines[0].index(n) for n in names]
        rows = [[line[c] for c in columns] for line in lines[1:] if line]
    allowed = {tuple(record_type.fields[n].literal(v) for n, v in zip(names, row)) for row in rows}

    def judge(record):
        cells = [record.cells[n] for n in names]
        if any(c.state == "undecided" for c in cells):
            return UNDECIDED
        if any(c.state == "blank" for c in cells):
            return NA
        if any(c.refused for c in cells):
            return UNDECIDED
        return yes(tuple(c.meant for c in cells) in allowed)
    return judge


# ---------------------------------------------------------------- building the rules of a record type

def split_check(kind, value):
    """A check's value -> [(use, extra, options)]; a list of mappings is several checks."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [one for item in value for one in split_check(kind, item)]
    if kind == "values" and isinstance(value, dict) and "use" not in value:
        return [(value, {}, {})]
    if not isinstance(value, dict):
        if kind == "required":
            text = text_of(value)
            if text == "false":
                return []
            return [(True, {}, {} if text == "true" else {"severity": text})]
        return [(value, {}, {})]
    options = {k: v for k, v in value.items() if k in OPTIONS}
    rest = {k: v for k, v in value.items() if k not in OPTIONS}
    if "use" in rest:
        use = rest.pop("use")
        return [(use, rest, options)]
    if kind == "required":
        return [(True, rest, options)]
    return [(rest if rest else True, rest, options)]


def field_rules(record_type, field):
    """The rules written inside one field, rungs of its vocabulary among them, in the order of the file."""
    rules = []
    spec = field.spec
    prefix = "%s.%s." % (record_type.name, field.name)
    owners = [spec.get("owner"), None, record_type.owner, record_type.taxonomy.owner]
    base_severity = spec.get("severity")

    def make(kind, ident, judge, options, reads=()):
        options = dict(options)
        if base_severity and "severity" not in options:
            options["severity"] = base_severity
        own = [spec.get("owner"), field.vocabulary.owner if field.vocabulary else None] + owners[2:]
        rule = Rule(ident, record_type, [kind], judge, options, field.name, [field.name], reads, own)
        if spec.get("applies"):
            rule.applies.append(spec["applies"])
        rule.inline = True
        rule.values = kind not in ("required", "unique", "references", "equals_field") and not reads
        rules.append(rule)
        return rule

    keys = list(spec)
    if "unique" not in keys and record_type.key == [field.name]:
        keys = ["unique"] + keys
    if "required" not in keys and field.name in record_type.key:
        keys = ["required"] + keys
    if field.stages is not None and "vocabulary" not in keys:
        keys.append("vocabulary")
    for kind in keys:
        if kind not in KINDS or (kind == "case" and field.vocabulary is not None):
            continue
        value = spec.get(kind)
        if kind == "required" and field.name in record_type.key and "required" not in spec:
            value = True
        if kind == "unique" and "unique" not in spec:
            value = True
        if kind == "vocabulary" and "vocabulary" not in spec:
            value = "stages"
        if kind == "type":
            name = value["use"] if isinstance(value, dict) else value
            if name in ("text", "name"):
                continue
        for use, extra, options in split_check(kind, value):
            ident = options.get("id") or prefix + kind
            if kind in ("vocabulary", "values"):
                ladder_rules(field, ident, kind, options, make, prefix)
                continue
            if kind == "type":
                rule = make(kind, ident, type_judge(field.name), options)
                rule.masker = True
                continue
            if kind == "unique":
                record_type.unique_rule(field, use, extra, options, ident, make)
                continue
            other = [text_of(use)] if (kind == "equals_field" or kind in ORDER) \
                and text_of(use) in record_type.fields else []
            judge = leaf(record_type, field.name, kind, use, extra, not other)
            rule = make(kind, ident, judge, options, other)
            rule.own_fields |= set(other)
            rule.maskable = not other
            if kind == "template":
                rule.template = field.template
                field.template_rules.append(rule)
            if kind == "items" and "values" in use:
                rule.masker = True
                items_ladder(field, use, options, ident, make)
    return rules


def type_judge(name):
    def judge(record):
        cell = record.cells[name]
        if cell.state == "undecided":
            return UNDECIDED
        return NA if cell.state == "blank" else yes(not cell.refused)
    return judge


def rungs_of(vocabulary):
    """Those that a value may be on, but for the last."""
    rungs = list(vocabulary.allowed_steps())
    for rung, there in (("alias", vocabulary.has_alias), ("deprecated", vocabulary.has_use),
                        ("provisional", vocabulary.has_provisional)):
        rungs += [rung] if there else []
    return rungs


def rung_options(rung, options):
    own = {k: v for k, v in options.items() if k not in ("id", "effect", "dimension", "message")}
    if rung in ("deprecated", "provisional"):
        if own.get("severity") == "error":
            own.pop("severity")
        own.setdefault("severity", "warning")
    return own


def items_ladder(field, use, options, ident, make):
    """The same rungs for items: beside the rule of `items`, each called like it."""
    for rung in rungs_of(items_vocabulary(use)):
        own = rung_options(rung, options)
        rule = make(rung, "%s.%s" % (ident, rung), items_rung(field, use, rung), own)
        rule.rung, rule.items = rung, use
        rule.kind = "items"         # not maskable: what another item fails says nothing of this one


def ladder_rules(field, ident, kind, options, make, prefix):
    """`.whitespace .case .separator .alias .deprecated .provisional` and the last, `.vocabulary`."""
    vocabulary = field.vocabulary
    rungs = rungs_of(vocabulary)
    clock = field.clock

    def judge_for(which):
        def judge(record):
            cell = record.cells[field.name]
            if cell.state == "undecided":
                return UNDECIDED
            if cell.state == "blank":
                return NA
            if record.as_of is LOST:
                found = vocabulary.findings(cell.written, LOST, clock)
                if len(found) > 1 and which in found:
                    return UNDECIDED
            finding, proposal = vocabulary.finding(cell.written, record.moment, clock)
            if finding == which:
                record.proposals[(which, field.name)] = proposal
            return yes(finding != which)
        return judge

    for rung in rungs:
        own = {k: v for k, v in options.items() if k not in ("id", "effect", "dimension", "message")}
        if rung in ("deprecated", "provisional") and own.get("severity") == "error":
            own.pop("severity")
        if rung == "case" and isinstance(field.spec.get("case"), dict):
            own.update({k: v for k, v in field.spec["case"].items() if k in OPTIONS})
        name = own.pop("id", None) or prefix + rung
        if rung in ("deprecated", "provisional"):
            own.setdefault("severity", "warning")
        rule = make(rung, name, judge_for(rung), own)
        rule.maskable = True
        rule.rung = rung
    rule = make(kind, ident, judge_for("vocabulary"), options)
    rule.masker = True


def written_rule(record_type, spec, ident, own_set=None):
    """A rule of the `rules:` list."""
    tree = spec["then"]
    names, kinds = tree_fields(record_type, tree)
    alone = len(set(names)) == 1
    owners = []
    if alone:
        only = record_type.fields[names[0]]
        owners += [only.spec.get("owner"), only.vocabulary.owner if only.vocabulary else None]
    owners += [record_type.owner, record_type.taxonomy.owner]
    options = {k: v for k, v in spec.items() if k in OPTIONS and k != "id"}
    rule = Rule(ident, record_type, kinds, tree_judge(record_type, tree, alone), options,
                names[0] if alone else None, names, (), owners)
    rule.maskable = alone
    return rule
