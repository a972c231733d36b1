"""The taxonomy: JSON read as YAML scalars, field sets brought in, record types with their rules."""

import csv
import json
import os
from fractions import Fraction

import readings
from checks import (KINDS, FAIL, NA, Rule, field_rules, items_beside, items_vocabulary, tree_fields, written_rule)
from conditions import ORDER, fields_read, holds
from cross import Determines, Unique, WholeRow
from lifecycle import Calendar, Lifecycle
from values import (Bad, Blanks, Clock, Field, Vocabulary, as_list, decimal_text, gives_host, host_text, parse_decimal,
                    round_half_away, text_of)


def load_json(path):
    with open(path, encoding="utf-8") as stream:
        return json.load(stream, parse_int=str, parse_float=str)


class Taxonomy:
    def __init__(self, spec, now, folder="."):
        self.spec = spec
        self.folder = folder
        self.zone = spec.get("timezone") or "UTC"
        self.clock = Clock(now, self.zone)
        self.owner = spec.get("owner")
        self.blanks = Blanks(spec["blanks"]) if "blanks" in spec else Blanks(None)
        if spec.get("extends"):
            raise Bad("extends is not covered by the oracle")
        self.vocabularies = {}
        for name, body in (spec.get("vocabularies") or {}).items():
            if body.get("file"):
                body = dict(body, values=self.vocabulary_file(body["file"]))
            self.vocabularies[name] = Vocabulary(body)
        self.calendars = {n: Calendar(c, self) for n, c in (spec.get("calendars") or {}).items()}
        self.types = {}
        for name, body in (spec.get("records") or {}).items():
            self.types[name] = RecordType(name, body or {}, self)
        self.reports = spec.get("reports") or []
        self.dataset = spec.get("dataset") or []
        for record_type in self.types.values():
            record_type.build()
        self.override()
        self.mark_expected()

    def vocabulary_file(self, name):
        """value[,label,aliases...] with a header line."""
        with open(os.path.join(self.folder, name), newline="", encoding="utf-8") as stream:
            lines = [line for line in csv.reader(stream) if line]
        return {line[0]: {"aliases": [a for a in line[2:] if a]} for line in lines[1:]}

    def override(self):
        """`overrides` by id, then phase_in."""
        by_id = {}
        for record_type in self.types.values():
            for rule in record_type.rules:
                by_id[rule.id] = rule
        for ident, change in (self.spec.get("overrides") or {}).items():
            if ident not in by_id:
                raise Bad("override of an unknown id %s" % ident)
            rule = by_id[ident]
            rule.severity = change.get("severity", rule.severity)
            rule.owner = change.get("owner", rule.owner)
            rule.dimension = change.get("dimension", rule.dimension)
            rule.own_effect = change.get("effect", rule.own_effect)
        for record_type in self.types.values():
            for rule in record_type.rules:
                rule.final_severity = rule.severity
                if rule.phase_in and rule.severity != "off" and self.clock.until_holds(rule.phase_in.get("until")):
                    rule.severity = rule.phase_in["severity"]
            record_type.rules = [r for r in record_type.rules if r.severity != "off"]

    def mark_expected(self):
        for record_type in self.types.values():
            for name in record_type.own_expected():
                record_type.expect(name)
        for report in self.reports:
            for name, need in report["needs"].items():
                record_type = self.types[name]
                need = need_of(need)
                for field in need["fields"] + sorted(fields_read(need.get("where"))):
                    record_type.expect(field)
                if need.get("weight"):
                    for field in Weight(need["weight"], record_type).fields():
                        record_type.expect(field)
        for check in self.dataset:
            record_type = self.types[check["record"]]
            for kind in ("freshness", "fill_rate", "variants", "share"):
                if kind in check:
                    record_type.expect(check[kind]["field"])
                    for field in fields_read(check[kind].get("where")):
                        record_type.expect(field)
        for record_type in self.types.values():
            for rule in record_type.rules:
                for target in rule.targets:
                    other, _, field = target.partition(".")
                    self.types[other].expect(field)
        for record_type in self.types.values():
            for lifecycle in record_type.lifecycles:
                for name in lifecycle.history.columns() if lifecycle.history else ():
                    lifecycle.history.changed.expect(name)
        for record_type in self.types.values():
            for name, field in record_type.fields.items():   # lost with what it comes from
                if field.derive and any(record_type.fields[s].expected for s in record_type.traced(name) if s != name):
                    record_type.expect(name)


def need_of(need):
    return {"fields": need} if isinstance(need, list) else dict(need, fields=as_list(need.get("fields")))


class Weight:
    """What a record weighs: a field, a currency with rates, a `where`."""

    def __init__(self, spec, record_type):
        if not isinstance(spec, dict):
            spec = {"field": spec}
        self.spec = spec
        self.type = record_type
        self.field = spec["field"]
        self.where = spec.get("where")
        self.to = spec.get("to")
        currency = spec.get("currency")
        self.currency_is = currency.get("is") if isinstance(currency, dict) else None
        self.currency = None if isinstance(currency, dict) else currency
        if self.to is None:
            self.to = self.currency_is
        self.rates = {k: Fraction(v) for k, v in (spec.get("rates") or {}).items()}

    def fields(self):
        names = {self.field} | fields_read(self.where)
        if self.currency:
            names.add(self.currency)
        return names

    def of(self, record):
        """('outside' | 'invalid' | 'no rate' | 'valid', amount)."""
        if self not in record.weights:
            record.weights[self] = self.weigh(record)
        return record.weights[self]

    def lost(self):
        """Does a missing column leave open whether any judged record is inside?"""
        return any(holds(self.where, r) is None and any(r.cells[f].state == "missing" for f in fields_read(self.where)
                                                        if f in r.cells)
                   for r in self.type.judged)

    def weigh(self, record):
        if holds(self.where, record) is False:
            return ("outside", Fraction(0))
        cell = record.cells[self.field]
        if cell.state != "value" or cell.meant is None:
            return ("invalid", Fraction(0))
        amount = parse_decimal(cell.meant)
        if amount is None or amount < 0:
            return ("invalid", Fraction(0))
        code = self.currency_is
        if self.currency:
            money = record.cells[self.currency]
            if money.state != "value" or money.meant is None:
                return ("invalid", Fraction(0))
            code = money.meant
        if code is None or code == self.to:
            return ("valid", round_half_away(amount, 6))
        if code not in self.rates:
            return ("no rate", Fraction(0))
        return ("valid", round_half_away(amount * self.rates[code], 6))


class RecordType:
    def __init__(self, name, spec, taxonomy):
        self.name = name
        self.spec = spec
        self.taxonomy = taxonomy
        self.owner = spec.get("owner")
        self.key = as_list(spec.get("key"))
        self.dated_by = spec.get("dated_by")
        self.fields = {}
        self.rules = []
        self.maskers = {}
        self.records = []       # all that were read
        self.judged = []        # not excluded
        self.excluded = {}
        self.unsure = False     # a lost column leaves open whether a record is excluded
        self.weight = None
        self.numbers_read = set()
        self.set_rules = []
        self.meant_cache = {}

    # -- building

    def build(self):
        taxonomy = self.taxonomy
        specs = {n: dict(f or {}) for n, f in (self.spec.get("fields") or {}).items()}
        for use in as_list(self.spec.get("use")):
            self.bring_in({"set": use} if isinstance(use, str) else use, specs)
        lifecycles = [l for l in taxonomy.spec.get("lifecycles") or [] if l["record"] == self.name]
        staged = {l["field"]: l for l in lifecycles}
        shared = self.stages_of_changes()
        for name in self.implied(specs, staged):
            specs.setdefault(name, {})
        for name, spec in specs.items():
            vocabulary = None
            if spec.get("vocabulary") is not None:
                used = spec["vocabulary"]
                vocabulary = taxonomy.vocabularies[used["use"] if isinstance(used, dict) else used]
            elif spec.get("values") is not None:
                used = spec["values"]
                used = used["use"] if isinstance(used, dict) and "use" in used else used
                if gives_host(spec.get("derive")):
                    used = [host_text(text_of(v)) for v in used]
                vocabulary = Vocabulary({"values": used})
            elif name in staged:
                vocabulary = Vocabulary(Lifecycle.vocabulary_spec(Lifecycle(staged[name], self)), staged[name].get("owner"))
            elif name in shared:
                vocabulary = Vocabulary(Lifecycle.vocabulary_spec(Lifecycle(shared[name], self)), shared[name].get("owner"))
            field = Field(name, spec, taxonomy.blanks, vocabulary, taxonomy.clock)
            field.taxonomy = taxonomy
            field.stages = staged.get(name) or shared.get(name)
            field.template_rules = []
            field.template = None
            self.fields[name] = field
        self.weight = Weight(self.spec["weight"], self) if self.spec.get("weight") else None
        for field in self.fields.values():
            rules = field_rules(self, field)
            self.maskers[field.name] = [r for r in rules if r.masker]
            self.rules += rules
        if len(self.key) > 1:
            self.cross_rule("%s.key.unique" % self.name, Unique(self, self.key), ["unique"], {}, self.key, whole=True)
        unique = self.spec.get("unique")
        if isinstance(unique, dict) and text_of(unique.get("row")) == "true":
            options = {k: v for k, v in unique.items() if k in ("severity", "owner", "when", "dimension", "effect")}
            self.cross_rule("%s.unique-row" % self.name, WholeRow(self, []), ["unique"], options, [], whole=True)
        self.lifecycles = [Lifecycle(l, self) for l in lifecycles]
        for spec in self.set_rules:
            self.add_rule(spec, spec["id"])
        for spec in taxonomy.spec.get("rules") or []:
            if spec["record"] == self.name:
                self.add_rule(spec, spec["id"])
        for lifecycle in self.lifecycles:
            self.rules += lifecycle.rules()
        for rule in self.rules:
            rule.reads = {n for n in rule.reads if n in self.fields}
            if not hasattr(rule, "targets"):
                rule.targets = []
            reference = self.fields[rule.field].spec.get("references") if rule.field else None
            if rule.kind == "references" and reference and not rule.targets:
                rule.targets = [reference["use"] if isinstance(reference, dict) else reference]
        whole = set(self.key)
        for rule in self.rules:
            if whole and rule.field in whole and rule.kind in ("required", "unique") and rule.inline:
                rule.whole_record = True

    def stages_of_changes(self):
        """Fields in which changes of stage name one: their vocabulary is that lifecycle's, too."""
        out = {}
        for spec in self.taxonomy.spec.get("lifecycles") or []:
            history = spec.get("history") or {}
            if history.get("record") == self.name:
                out.update((history[k], spec) for k in ("from", "to") if history.get(k))
        return out

    def implied(self, specs, staged):
        """Fields that are only named: key, dates, lifecycle columns, and the like."""
        names = list(self.key) + [self.dated_by] + list(staged)
        for lifecycle in staged.values():
            names += sorted(Lifecycle(lifecycle, self).fields())
        for rule in self.taxonomy.spec.get("rules") or []:
            if rule["record"] == self.name:
                names += sorted(fields_read_raw(rule.get("when")))
        return [n for n in names if n]

    def bring_in(self, use, specs):
        """A field set: names relative, renamed by `as`."""
        body = self.taxonomy.spec["field_sets"][use["set"]]
        if not any(k in body for k in ("fields", "rules", "lifecycles")):
            body = {"fields": body}
        prefix = use.get("as")
        names = {n: ("%s_%s" % (prefix, n) if prefix else n) for n in body.get("fields") or {}}
        for name, spec in (body.get("fields") or {}).items():
            spec = rename(dict(spec or {}), names)
            if use.get("columns"):
                spec.setdefault("columns", [use["columns"].replace("{name}", name)])
            if use.get("severity"):
                spec.setdefault("severity", use["severity"])
            own = specs.get(names[name])
            specs[names[name]] = dict(spec, **own) if own else spec
        for rule in body.get("rules") or []:
            rule = rename(dict(rule), names)
            rule["id"] = "%s.%s.%s" % (self.name, prefix, rule["id"]) if prefix else "%s.%s" % (self.name, rule["id"])
            if use.get("severity"):
                rule.setdefault("severity", use["severity"])
            self.set_rules.append(rule)

    def add_rule(self, spec, ident):
        self.pending = None
        rule = written_rule(self, spec, ident)
        if self.pending is not None:
            rule.resolver = self.pending
        rule.targets = references_in(spec["then"])
        self.rules.append(rule)

    def determines_judge(self, spec):
        self.pending = Determines(self, spec)
        return self.pending.judge

    def unique_rule(self, field, use, extra, options, ident, make):
        within = [text_of(n) for n in as_list(extra.get("within"))]
        unique = Unique(self, [field.name] + within, as_list(extra.get("fold")), extra.get("keep"))
        rule = make("unique", ident, unique.judge, options, within)
        rule.resolver = unique
        rule.maskable = not within

    def cross_rule(self, ident, resolver, kinds, options, fields, whole=False):
        rule = Rule(ident, self, kinds, resolver.judge, options, None, fields, (),
                    [self.owner, self.taxonomy.owner])
        rule.resolver = resolver
        rule.whole_record = whole
        self.rules.append(rule)

    # -- fields behind fields

    def sources(self, name):
        """The fields a derived field comes from, in this record type."""
        derive = self.fields[name].derive if name in self.fields else None
        if not derive:
            return []
        if "url_param" in derive:
            return [derive["url_param"]]
        if "url_host" in derive:
            return [derive["url_host"]]
        if "email_domain" in derive:
            return [derive["email_domain"]]
        if "part" in derive:
            return [derive["part"].partition(".")[0]]
        if "map" in derive:
            return [derive["map"]["from"]]
        if "capture" in derive:
            return [derive["capture"]["from"]]
        if "lookup" in derive:
            return [derive["lookup"]["via"]]
        raise Bad("derive %s is not covered by the oracle" % sorted(derive))

    def traced(self, name):
        """A field and all fields it comes from."""
        names = {name}
        for source in self.sources(name):
            names |= self.traced(source)
        return names

    def reference_of(self, via):
        """'type.field' that a field refers to, inline or by a rule."""
        inline = self.fields[via].spec.get("references")
        if inline:
            return inline["use"] if isinstance(inline, dict) else inline
        for spec in (self.taxonomy.spec.get("rules") or []) + self.set_rules:
            if spec.get("record", self.name) == self.name:
                test = spec["then"].get(via)
                if isinstance(test, dict) and "references" in test:
                    found = test["references"]
                    return found["use"] if isinstance(found, dict) else found
        raise Bad("lookup via %s, which refers to nothing" % via)

    # -- expected columns

    def expect(self, name):
        field = self.fields.get(name)
        if field is None or field.expected:
            return
        field.expected = True
        for source in self.sources(name):
            self.expect(source)

    def conditions(self):
        out = [e.get("where") for e in (self.spec.get("population") or {}).get("exclude") or []]
        if self.weight:
            out.append(self.weight.where)
        out += [r.when for r in self.rules]
        for lifecycle in self.lifecycles:
            out += [s.get("when") for s in lifecycle.skips]
        return out

    def asks_for_dates(self):
        """Does an `applies`, a `valid` or a cohort read the record's date?"""
        cohorts = (self.taxonomy.spec.get("score") or {}).get("cohorts", ["7d", "90d"])
        lists = [f.vocabulary for f in self.fields.values() if f.vocabulary]
        lists += [v for f in self.fields.values() for r in f.template_rules for v in r.template.lists.values()]
        lists += [items_vocabulary(use) for f in self.fields.values() for use in items_beside(f)]
        valid = any("valid" in e for v in lists for e in v.entries.values())
        return bool(cohorts) or valid or any(r.applies for r in self.rules)

    def own_expected(self):
        names = set(self.key)
        if self.weight:
            names |= self.weight.fields()
        for field in self.fields.values():
            if "required" in field.spec or text_of(field.spec.get("expected")) == "true":
                names.add(field.name)
        for condition in self.conditions():
            names |= fields_read(condition)
        for lifecycle in self.lifecycles:
            names |= lifecycle.fields()
        if self.dated_by and self.asks_for_dates():
            names.add(self.dated_by)
        for rule in self.rules:
            if not rule.inline:
                names |= rule.reads
            elif readings.OTHER_SIDE_EXPECTED:
                names |= rule.reads - {rule.field}
        return names

    # -- records

    def meant_values(self, name):
        """meant form -> records (excluded ones too)."""
        if name not in self.meant_cache:
            table = {}
            for record in self.records:
                cell = record.cells[name]
                if cell.state == "value" and cell.meant is not None:
                    table.setdefault(cell.meant, []).append(record)
            self.meant_cache[name] = table
        return self.meant_cache[name]

    def weigh_for_keep(self, record):
        return self.weight.of(record)[1] if self.weight else Fraction(0)

    def weigh_text(self, record):
        return self.weight.of(record) if self.weight else None


def fields_read_raw(condition):
    """Fields tested on the left side."""
    names = set()
    for key, test in (condition or {}).items():
        if key in ("all", "any"):
            for inner in test:
                names |= fields_read_raw(inner)
        elif key == "not":
            names |= fields_read_raw(test)
        else:
            names.add(key)
    return names


def references_in(tree):
    out = []
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "references":
                out.append(value["use"] if isinstance(value, dict) else value)
            else:
                out += references_in(value)
    elif isinstance(tree, list):
        for item in tree:
            out += references_in(item)
    return out


RENAMED_OPERANDS = set(ORDER) | {"equals_field", "url_param", "url_host", "email_domain", "from", "via"}
RENAMED_LISTS = {"all_or_none", "fields", "key", "within"}


def rename(node, names):
    """A copy of a piece of a field set with the relative field names replaced."""
    if isinstance(node, list):
        return [rename(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    out = {}
    for key, value in node.items():
        new = names.get(key, key) if isinstance(value, (dict, list, str)) and key not in KINDS else key
        if key in RENAMED_OPERANDS and isinstance(value, str):
            value = names.get(value, value)
        elif key == "part" and isinstance(value, str):
            field, dot, part = value.partition(".")
            value = names.get(field, field) + dot + part
        elif key in RENAMED_LISTS and isinstance(value, list):
            value = [names.get(v, v) for v in value]
        elif key in RENAMED_LISTS and isinstance(value, str):
            value = names.get(value, value)
        elif key not in ("values", "parts", "columns"):
            value = rename(value, names)
        out[new] = value
    return out
