#!/usr/bin/env python3
"""A random but well-formed case: taxonomy.json, CSV files and args.

    generate.py SEED DIR [--level N]     1: values, conditions, scores
                                         2: + cross-record rules, several record types
                                         3: + lifecycles, derived fields, field sets, dataset checks, input faults
"""

import contextlib
import csv
import io
import json
import os
import random
import sys
from datetime import date, datetime, timedelta, timezone

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from conditions import fields_read

TODAY = date(2026, 11, 22)
NOW = "2026-11-22T06:00:00Z"
SOURCES = ["google", "linkedin", "twitter", "tiktok", "paid-social", "news-letter", "x", "other"]
ALIASES = {"google": ["adwords", "goog"], "linkedin": ["li"], "twitter": ["tw"], "tiktok": ["tt"],
           "paid-social": ["psoc"], "news-letter": ["nl mail"], "x": ["xcorp"], "other": ["misc"]}
MEDIUMS = ["cpc", "email", "social", "organic"]
REGIONS = ["emea", "amer", "apac"]
STAGES = ["lead", "mql", "sql", "opp", "won", "lost", "recycled"]
OWNERS = ["ops", "demand", "sales"]
GARBAGE = ["gogle-ads", "???", "facebok", "zz top"]
PLACEHOLDERS = ["", " ", "n/a", "N/A ", "-", "none"]


class Generator:
    def __init__(self, seed, level):
        self.random = random.Random("mopslint %s" % seed)
        self.seed = seed
        self.level = level
        self.types = {}
        self.files = {}
        self.extra_files = {}
        self.counter = 0
        self.good_names = ["2026q1_emea", "2026q2_amer_red"]
        self.folds = False
        self.dirt = self.pick([0.02, 0.05, 0.1, 0.1, 0.3, 1])     # how faulty the data of this case is

    # -- dice

    def chance(self, probability):
        return self.random.random() < probability

    def fault(self, probability):
        return self.chance(probability * self.dirt)

    def pick(self, items):
        return self.random.choice(list(items))

    def some(self, items, low=1, high=None):
        items = list(items)
        count = self.random.randint(low, min(len(items), high or len(items)))
        return self.random.sample(items, max(count, 0))

    def ident(self, stem):
        self.counter += 1
        return "%s-%d" % (stem, self.counter)

    def day(self, spread=120):
        return (TODAY - timedelta(days=self.random.randint(-3, spread))).isoformat()

    def moment(self, spread=120):
        return self.shaped(datetime(2026, 11, 22, 6, tzinfo=timezone.utc) - timedelta(
            minutes=self.random.randint(-2000, spread * 1440)))

    def shaped(self, when):
        """A moment in one of the shapes of ISO 8601."""
        shape = self.pick([0, 1, 2, 2])
        if shape == 0:
            return when.strftime("%Y-%m-%dT%H:%M:%SZ")
        if shape == 1:
            return when.astimezone(timezone(timedelta(hours=2))).strftime("%Y-%m-%dT%H:%M:%S+02:00")
        return when.strftime("%Y-%m-%d %H:%M")

    # -- taxonomy

    def vocabulary(self):
        names = self.some(SOURCES, 3, 7)
        values = {}
        for name in names:
            entry = {}
            if self.chance(0.5):
                entry["aliases"] = ALIASES[name]
            if self.chance(0.12):
                entry["valid"] = self.pick([{"until": self.day(60)}, {"from": self.day(60)}])
            elif self.chance(0.08):
                others = [n for n in names if n != name]
                entry["valid"] = {"until": self.day(60)}
                entry["use"] = self.pick(others)
            elif self.chance(0.12):
                entry["provisional"] = {"until": self.pick(["2026-12-31", "2026-11-22", "2026-11-21"]), "by": "ops"}
            values[name] = entry or None
        for name in names:            # no chains of `use`
            entry = values[name]
            if entry and "use" in entry and "use" in (values[entry["use"]] or {}):
                entry.pop("use")
        out = {"values": values}
        if self.chance(0.3):
            out["fold"] = self.pick([["blanks", "case", "separators"], ["blanks"], ["blanks", "case"]])
        if self.chance(0.3):
            out["owner"] = self.pick(OWNERS)
        plain = [n for n in names if not (values[n] or {}).get("use")]
        if len(plain) >= 2:
            out["groups"] = {"main": self.some(plain, 1, 2)}
            if self.chance(0.3):
                out["groups"]["rest"] = {"except": self.some(plain, 1, 1)}
            if self.chance(0.3):
                out["groups"]["late"] = {"pattern": "[n-z].*"}
        return out

    def options(self, severities=("error", "error", "warning")):
        out = {}
        if self.chance(0.5):
            out["severity"] = self.pick(severities)
        if self.chance(0.15):
            out["owner"] = self.pick(OWNERS)
        if self.chance(0.1):
            out["dimension"] = self.pick(["validity", "completeness", "consistency"])
        if self.chance(0.1):
            out["effect"] = self.pick(["drops", "misplaces", "delays"])
        if self.chance(0.15):
            out["applies"] = {"from": self.day(90)}
        return out

    def long_form(self, use, name=None, when=True):
        """A check's value: short, or long with options."""
        if self.chance(0.6):
            return use
        out = {"use": use}
        out.update(self.options())
        if when and name and self.chance(0.3):
            out["when"] = self.condition(self.plain_fields(name), 1)
        return out

    def plain_fields(self, without=None):
        return [f for f in self.condition_fields if f != without]

    def literal(self, field):
        """A value of a field as a rule would write it, now and then in another spelling."""
        if field == "source":
            names = [n for n, e in self.sources["values"].items() if not (e or {}).get("provisional")]
            name = self.pick(names or list(self.sources["values"]))
            if self.chance(0.08) and "case" in self.sources.get("fold", ["case"]):
                return name.upper()
            return name
        return self.pick({"medium": MEDIUMS, "region": REGIONS, "stage": STAGES[:4],
                          "batch": ["b1", "b2"], "flag": ["true", "false"]}[field])

    def field_condition(self, field):
        if field == "amount":
            return {self.pick(["gt", "gte", "lt", "lte"]): self.pick(["0", "100", "250.5"])}
        if field in ("created_at", "updated_at"):
            return {self.pick(["since", "before"]): self.day(90)} if self.chance(0.6) else {"within": "30d"}
        if field == "email":
            return {"domain": ["acme.example"]}
        if field == "owner":
            return {"blank": self.pick(["true", "false"])}
        dice = self.random.random()
        if dice < 0.3:
            return self.literal(field)
        if dice < 0.5:
            return sorted({self.literal(field) for _ in range(2)})
        if dice < 0.65:
            return {"not_in": [self.literal(field)]}
        if dice < 0.75:
            return {"blank": self.pick(["true", "false"])}
        if dice < 0.82:
            return {"pattern": self.pick(["[a-m][a-z-]*", "[a-z]{2,5}", ".*o.*"])}
        if dice < 0.87 and field == "source" and self.sources.get("groups"):
            return {"in_group": "source." + self.pick(self.sources["groups"])}
        if dice < 0.92 and field in ("region", "medium"):
            other = "medium" if field == "region" else "region"
            if other in self.condition_fields:
                return {"equals_field": other}
        if dice < 0.94:
            return {"not": {"not_in": [self.literal(field)]}}
        return {"written": self.literal(field)}

    def condition(self, fields, depth=2):
        out = {}
        for _ in range(self.random.randint(1, 2)):
            dice = self.random.random()
            if depth > 0 and dice < 0.12:
                out["all"] = [self.condition(fields, depth - 1) for _ in range(2)]
            elif depth > 0 and dice < 0.27:
                out["any"] = [self.condition(fields, depth - 1) for _ in range(2)]
            elif depth > 0 and dice < 0.37:
                out["not"] = self.condition(fields, depth - 1)
            else:
                field = self.pick(fields)
                out[field] = self.field_condition(field)
        return out

    def required(self, name):
        if self.chance(0.4):
            return self.pick(["error", "warning", "true"])
        out = self.options()
        if self.chance(0.4):
            out["when"] = self.condition(self.plain_fields(name), 1)
        if self.chance(0.1):
            out["of"] = ["placeholder"]
        return out or "error"

    def lead_fields(self):
        fields = {}
        self.condition_fields = ["source", "medium", "region", "amount", "created_at", "email", "owner", "batch"]
        fields["id"] = {"columns": ["Record ID", "Id"]}
        source = fields["source"] = {"vocabulary": self.long_form("source", "source")}
        if self.chance(0.15):
            source["case"] = "lower"
        if self.chance(0.2):
            source["pattern"] = self.long_form("[a-z-]+", "source")
        if self.chance(0.15):
            source["length"] = {"min": 1, "max": 12}
        medium = fields["medium"] = {"values": MEDIUMS if self.chance(0.5) else {m: None for m in MEDIUMS}}
        region = fields["region"] = {}
        if self.chance(0.5):
            region["case"] = ("upper" if self.chance(0.05) else "lower") if self.chance(0.7) else \
                {"use": "lower", "severity": "warning"}
        if self.chance(0.4):
            region["pattern"] = self.long_form(self.pick(["[a-z]+", "[A-Za-z ]{3,6}"]), "region")
        if self.chance(0.3):
            region["not_pattern"] = self.long_form(self.pick(["[0-9]", "^x", "z"]), "region")
        if self.chance(0.3):
            region["not_values"] = self.long_form(["undefined", "test"], "region")
        if self.chance(0.2):
            region["length"] = self.long_form({"max": 5}, "region")
        amount = fields["amount"] = {"type": self.pick(["decimal", "decimal", {"use": "decimal",
                                                                             "severity": "warning"}])}
        if self.chance(0.6):
            amount["range"] = self.pick([{"min": 0}, {"min": 0, "max": 500}, {"above": 0}, {"below": 400}])
        fields["currency"] = {}
        fields["created_at"] = {"type": self.date_type}
        fields["updated_at"] = {"type": self.date_type}
        if self.chance(0.4):
            fields["updated_at"][self.pick(["not_before", "after"])] = "created_at"
        if self.chance(0.2):
            fields["created_at"]["max_age"] = self.pick(["30d", "100d", {"use": "60d", "severity": "error"}])
        fields["email"] = {"type": "email"}
        if self.chance(0.3):
            fields["email"]["domain"] = ["acme.example", "corp.example"]
        fields["owner"] = {}
        fields["batch"] = {}
        fields["name"] = {}
        if self.chance(0.7):
            fields["name"]["template"] = self.pick(
                ["{quarter}_{region}[_{variant}]", "{quarter}_{region}_{product}", "[{product}-]{region}-{quarter}",
                 "{quarter}_{product}[_{variant}]"])
            self.good_names = {"{quarter}_{region}[_{variant}]": ["2026q1_emea", "2026q2_amer_red", "2026q3_apac_a_b"],
                               "{quarter}_{region}_{product}": ["2026q1_emea_prod", "2026q2_amer_a_b"],
                               "[{product}-]{region}-{quarter}": ["emea-2026q1", "alpha-apac-2026q4"],
                               "{quarter}_{product}[_{variant}]": ["2026q1_a_b", "2026q1_emea", "2026q2_a_b_c"],
                               }[fields["name"]["template"]]
            parts = {"quarter": {"pattern": "20[0-9]{2}q[1-4]"}, "region": {"values": REGIONS},
                     "product": {"pattern": "[a-z_]{1,8}"}, "variant": {"pattern": "[a-z0-9_-]{1,20}"}}
            fields["name"]["parts"] = {n: p for n, p in parts.items() if "{%s}" % n in fields["name"]["template"]}
            if self.chance(0.3):
                fields["name"]["template"] = dict({"use": fields["name"]["template"]}, **self.options())
        for name, spec in fields.items():
            if name not in ("id", "currency") and self.chance(0.05 if name in ("batch", "owner") else 0.22):
                spec["required"] = self.required(name)
            if self.chance(0.12):
                spec["owner"] = self.pick(OWNERS)
            if self.chance(0.06) and name not in ("created_at", "id"):
                spec["applies"] = {self.pick(["from", "until"]): self.day(90)}
            if self.chance(0.06) and name in ("region", "owner"):
                spec["blanks"] = self.pick([["", "zzz"], {"values": [""], "trim": "false"}, ["?"]])
        return fields

    def then(self, depth=1):
        dice = self.random.random()
        fields = self.condition_fields
        if depth and dice < 0.12:
            return {"any": [self.then(0), self.then(0)]}
        if depth and dice < 0.2:
            return {"all": [self.then(0), self.then(0)]}
        if depth and dice < 0.26:
            return {"not": self.leaf_test(self.pick(["source", "medium", "region"]), False)}
        out = {}
        for field in self.some(fields, 1, 2):
            out.update(self.leaf_test(field))
        return out

    def leaf_test(self, field, required=True):
        if required and self.chance(0.4):
            return {field: {"required": "true"}}
        if required and self.chance(0.06):
            return {field: {"blank": "true"}}
        if field == "amount":
            return {field: self.pick([{"range": {"min": 0, "max": 300}}, {"gt": "0"}, {"lte": "250"}])}
        if field == "created_at":
            return {field: self.pick([{"since": self.day(90)}, {"not_before": "updated_at"}])}
        if field == "email":
            return {field: {"domain": ["acme.example"]}}
        if field == "owner":
            return {field: {"pattern": "[a-z]+"}}
        if field in ("region", "medium") and self.chance(0.2):
            return {field: {"equals_field": "medium" if field == "region" else "region"}}
        if self.chance(0.15) and field in ("region", "source", "medium"):
            return {field: self.pick([{"pattern": "[a-z]+"}, {"length": {"max": 4}}, {"not_pattern": "z"},
                                      {"case": "lower"}])}
        if self.chance(0.15) and field == "source" and self.sources.get("groups"):
            return {field: {"in_group": "source." + self.pick(self.sources["groups"])}}
        values = sorted({self.literal(field) for _ in range(self.pick([2, 9, 9]))})
        return {field: self.pick([{"values": values}, {"not_values": values[:1]} if field not in
                                  ("source", "medium") else {"values": values}])}

    def rule(self, record="lead"):
        out = {"id": self.ident("rule"), "record": record, "owner": self.pick(OWNERS)}
        options = self.options()
        options.pop("owner", None)
        out.update(options)
        if self.chance(0.6):
            out["when"] = self.condition(self.condition_fields)
        if self.chance(0.08):
            out["phase_in"] = {"severity": "warning", "until": self.pick(["2026-12-31", "2026-11-01"])}
        dice = self.random.random()
        if dice < 0.12:
            out["then"] = {"all_or_none": self.some(["source", "medium", "region", "owner", "batch"], 2, 2)}
        elif dice < 0.24:
            name = "pairs-%d.csv" % self.counter
            pairs = [["source", "medium"]]
            for _ in range(self.pick([3, 30, 90])):
                pair = [self.literal("source"), self.pick(MEDIUMS)]
                if pair not in pairs:
                    pairs.append(pair)
            self.extra_files[name] = csv_bytes(pairs)
            out["then"] = {"combinations": {"fields": ["source", "medium"], "file": name}}
        else:
            out["then"] = self.then()
        return out

    def lead_type(self):
        self.date_type = self.pick(["date", "datetime"])
        out = {"source": {"files": ["leads*.csv"]}, "fields": self.lead_fields()}
        if self.chance(0.8):
            out["dated_by"] = "created_at"
        if self.chance(0.75):
            weight = {"field": "amount"}
            if self.chance(0.5):
                weight.update({"currency": "currency", "to": "EUR", "rates": {"USD": "0.92", "GBP": "1.173457"}})
            else:
                weight["currency"] = {"is": "EUR"}
            if self.chance(0.4):
                weight["where"] = self.condition(self.plain_fields("amount"), 1)
            out["weight"] = weight
        if self.chance(0.4):
            population = {"exclude": [{"id": self.ident("gone"), "reason": "tests",
                                       "where": self.condition(["email", "batch", "region", "source"], 1)}
                                      for _ in range(self.random.randint(1, 2))]}
            if self.chance(0.3):
                population["max_excluded"] = self.pick(["8%", "50%"])
            out["population"] = population
        if self.chance(0.3):
            out["owner"] = self.pick(OWNERS)
        return out

    def report(self, types):
        needs = {}
        for name in types:
            if name == "lead":
                need = {"fields": self.some(["source", "medium", "region", "amount", "created_at", "owner", "name"],
                                            1, 4)}
                if self.chance(0.7):
                    need["where"] = self.condition(self.condition_fields, 1)
                if self.chance(0.15):
                    need["weight"] = {"field": "amount", "currency": {"is": "EUR"}}
            else:
                need = {"fields": self.some(["name", "product", "budget"], 1, 2)}
            needs[name] = need
        out = {"name": self.ident("Report"), "owner": self.pick(OWNERS), "needs": needs}
        if self.chance(0.4):
            out["target"] = self.pick([50, 95, {"records": 60, "value": 40}])
        return out

    def taxonomy(self):
        self.sources = self.vocabulary()
        spec = {"mopslint": 1, "name": "random", "version": "1", "owner": self.pick(OWNERS),
                "timezone": self.pick(["UTC", "Europe/Berlin", "America/New_York"]),
                "blanks": self.pick([[""], ["", "n/a", "none", "-"], ["", "n/a", "-"]]),
                "people": {o: {"email": o + "@acme.example"} for o in OWNERS},
                "vocabularies": {"source": self.sources}}
        lead = self.lead_type()
        spec["records"] = {"lead": lead}
        spec["rules"] = [self.rule() for _ in range(self.random.randint(0, 4))]
        if self.level >= 2:
            self.cross_record(spec)
        if self.level >= 3:
            self.derived(spec)
            self.extras(spec)
            self.lifecycle(spec)
            self.field_set(spec)
            self.dataset(spec)
        spec["reports"] = [self.report(["lead"]) for _ in range(self.random.randint(0, 3))]
        self.need_derived(spec)
        if "campaign" in spec["records"] and self.chance(0.7):
            spec["reports"].append(self.report(["lead", "campaign"]))
        score = {}
        if self.chance(0.5):
            score["cohorts"] = self.pick([["7d"], ["7d", "90d"], ["30d"]])
        if self.chance(0.5):
            score["slices"] = self.pick([["batch"], ["batch", "owner"]])
        if score:
            spec["score"] = score
        if self.chance(0.5):
            entries = [self.suppression(spec) for _ in range(self.random.randint(1, 3))]
            spec["suppressions"] = list({e["rule"]: e for e in entries}.values())
        if self.chance(0.3):
            spec["overrides"] = self.overrides(spec)
        return spec

    def overrides(self, spec):
        ident = self.pick(["lead.medium.case", "lead.medium.whitespace", "lead.amount.type"]
                          + [r["id"] for r in spec["rules"]])
        out = {ident: {"severity": self.pick(["off", "warning", "error"]), "reason": "agreed"}}
        with self.side_dice("rungs"):
            for rung in ("case", "whitespace"):
                out["lead.medium." + rung] = {"severity": self.pick(["off", "warning", "error"]), "reason": "agreed"}
        return out

    def suppression(self, spec):
        inline = ["lead.%s.%s" % (name, kind) for name, field in spec["records"]["lead"]["fields"].items()
                  for kind in ("required", "pattern", "type", "domain", "template", "max_age", "range")
                  if kind in field and not isinstance(field[kind], list)]
        ident = self.pick(["lead.medium.case", "lead.medium.whitespace"] + inline
                          + [r["id"] for r in spec["rules"] if r["record"] == "lead"])
        where = {"batch": ["b1", "b2"]} if self.chance(0.5) else self.condition(["batch", "region", "medium"], 1)
        return {"rule": ident, "where": where, "reason": "known",
                "by": "ops", "until": self.pick(["2026-12-31", "2026-11-22", "2026-11-21"])}

    # -- level 2

    def cross_record(self, spec):
        lead = spec["records"]["lead"]
        if self.chance(0.5):
            lead["key"] = "id"
        if self.chance(0.5):
            unique = {}
            if self.chance(0.6):
                unique["fold"] = self.pick([["case"], ["case", "trim"]])
                self.folds = True
            if self.chance(0.5):
                unique["within"] = self.pick([["batch"], ["region"], ["source"]])
            if self.chance(0.5):
                unique["severity"] = self.pick(["error", "warning"])
            if self.chance(0.2):
                unique["when"] = self.condition(["source", "medium"], 1)
            lead["fields"]["email"]["unique"] = unique or "true"
        if self.chance(0.15):
            lead["unique"] = {"row": "true"}
        if self.chance(0.4):
            rule = {"id": self.ident("determines"), "record": "lead", "owner": "ops",
                    "then": {"determines": {"key": self.pick(["owner", "name", "batch", ["batch", "owner"]]),
                                            "fields": self.some(["source", "region", "medium"], 1, 2)}}}
            if self.chance(0.3):
                rule["when"] = self.condition(["source", "medium"], 1)
            spec["rules"].append(rule)
        if self.chance(0.7):
            lead["fields"]["campaign"] = {"case": "lower"} if self.chance(0.5) else {}
            if self.chance(0.4):
                lead["fields"]["campaign"]["required"] = "warning"
            campaign = {"source": {"files": ["campaigns*.csv"]},
                        "fields": {"name": dict(lead["fields"]["campaign"], required="error"),
                                   "product": {"values": ["alpha", "beta"]},
                                   "budget": {"type": "decimal"}, "batch": {}}}
            if self.chance(0.6):        # cohorts of a report over both types
                campaign["dated_by"] = "starts_on"
                campaign["fields"]["starts_on"] = {"type": "date"}
            if self.chance(0.6):
                campaign["key"] = "name"
            elif self.chance(0.5):
                campaign["fields"]["name"]["unique"] = {"severity": "error"}
            if self.chance(0.5):
                campaign["weight"] = {"field": "budget", "currency": {"is": "EUR"}}
            if self.chance(0.3):
                campaign["population"] = {"exclude": [{"id": "old", "reason": "old", "where": {"batch": "b2"}}]}
            spec["records"]["campaign"] = campaign
            test = {"campaign": {"references": "campaign.name"}}
            if self.chance(0.2):
                test = {"any": [test, {"owner": {"required": "true"}}]}
            rule = {"id": self.ident("exists"), "record": "lead", "owner": "ops", "then": test}
            if self.chance(0.3):
                rule["when"] = self.condition(self.condition_fields, 1)
            if self.chance(0.5):
                rule["severity"] = self.pick(["error", "warning"])
            spec["rules"].append(rule)

    # -- level 3

    def derived(self, spec):
        lead = spec["records"]["lead"]
        fields = lead["fields"]
        if self.chance(0.5):
            fields["mail_host"] = {"derive": {"email_domain": "email"}, "not_values": ["gmail.example"]}
        if self.chance(0.5):
            fields["landing"] = {"type": "url"}
            fields["url_source"] = {"derive": {"url_param": "landing", "name": "utm_source"},
                                    "vocabulary": "source"}
            if self.chance(0.5):
                fields["url_host"] = {"derive": {"url_host": "landing"}, "values": ["www.acme.example"]}
            spec["rules"].append({"id": self.ident("agrees"), "record": "lead", "owner": "ops",
                                  "then": {"url_source": {"equals_field": "source"}}})
        with self.side_dice("hosts"):
            for name, key in (("mail_host", "not_values"), ("url_host", "values")):
                if name in fields and self.chance(0.5):
                    fields[name][key] = [self.pick([h.upper(), h.title()]) for h in fields[name][key]]
                    spec["rules"].append({"id": self.ident("of-host"), "record": "lead", "owner": "ops",
                                          "when": {name: fields[name][key]}, "then": {"owner": {"required": "true"}}})
        if "template" in fields["name"] and self.chance(0.6):
            part = "region" if "region" in fields["name"]["parts"] else "product"
            fields["name_region"] = {"derive": {"part": "name." + part}}
            if part == "product":
                fields["name_region"]["values"] = ["a", "emea"]
            if self.chance(0.6):
                spec["rules"].append({"id": self.ident("part"), "record": "lead", "owner": "ops",
                                      "then": {"name_region": {"equals_field": "region"}}})
        if self.chance(0.3):
            self.extra_files["markets.csv"] = csv_bytes([["region", "market"], ["emea", "eu"], ["amer", "us"]])
            fields["market"] = {"derive": {"map": {"from": "region", "table": "markets.csv"}}, "values": ["eu"]}
            if self.chance(0.5):
                fields["market"]["required"] = "error"
        if self.chance(0.3):
            fields["year"] = {"derive": {"capture": {"from": "name", "pattern": "(20[0-9]{2})q.*"}},
                              "values": ["2026"]}
        direct = any("references" in rule["then"].get("campaign", {}) for rule in spec["rules"])
        if direct and spec["records"]["campaign"].get("key") and self.chance(0.6):
            fields["product"] = {"derive": {"lookup": {"via": "campaign", "field": "product"}}}
            spec["rules"].append({"id": self.ident("lookup"), "record": "lead", "owner": "ops",
                                  "then": {"product": ["alpha"]}})

    def need_derived(self, spec):
        fields = spec["records"]["lead"]["fields"]
        derived = [n for n, f in fields.items() if "derive" in f]
        for report in spec["reports"] if derived else []:
            if self.chance(0.5):
                report["needs"]["lead"]["fields"] = self.some(derived, 1, 2)

    def extras(self, spec):
        """Items, countries with aliases, templates by date, the duplicate kept by date."""
        fields = spec["records"]["lead"]["fields"]
        if self.chance(0.3):
            items = {"values": {"crm": {"aliases": ["suite"]}, "seo": None, "ads": None}}
            if self.chance(0.5):
                items["values"]["fax"] = {"valid": self.pick([{"until": self.day(60)}, {"from": self.day(60)}])}
                if self.chance(0.5):
                    items["values"]["fax"]["use"] = "ads"
            if self.chance(0.3):
                items["values"]["telex"] = {"use": "crm"}
            if self.chance(0.3):
                items["values"]["chat"] = {"provisional": {"until": self.pick(["2026-12-31", "2026-11-21"])}}
            self.topics = list(items["values"])
            if self.chance(0.5):
                items["separator"] = self.pick(["+", " / "])
            if self.chance(0.3):
                items["trim"] = "false"
            if self.chance(0.2):
                items["pattern"] = "[a-t]+|fax|telex"
            fields["topics"] = {"items": dict(items, **self.options())}
            if self.chance(0.3):
                fields["topics"]["not_pattern"] = {"use": self.pick(["[A-Z ]", "; |;;", "[^a-z;]"]), **self.options()}
            if self.chance(0.2):
                fields["topics"]["length"] = {"max": "12"}
            self.separator = items.get("separator", ";")
        if self.chance(0.3):
            aliases = {"DE": ["BRD", "Deutschland"], "GB": "UK"} if self.chance(0.7) else {"AT": ["Oesterreich"]}
            fields["country"] = {"type": {"use": "country", "aliases": aliases}}
            if self.chance(0.5):
                fields["country"]["required"] = "error"
            then = self.pick([{"country": ["Germany", "AT"]}, {"country": {"not_values": [self.pick(aliases["DE" if "DE" in aliases else "AT"])]}}])
            spec["rules"].append({"id": self.ident("country"), "record": "lead", "owner": "ops", "then": then})
        if isinstance(fields["name"].get("template"), str) and self.chance(0.4):
            self.templates(fields["name"])
        unique = fields["email"].get("unique")
        if isinstance(unique, dict) and self.chance(0.4):
            unique["keep"] = {self.pick(["oldest", "newest"]): self.pick(["created_at", "updated_at", "amount"])}

    def templates(self, name):
        """The template that there is, and another one for other records."""
        first = {"use": name["template"], "id": "name-new"}
        second = {"use": "{region}-{product}", "id": "name-old"}
        name["parts"].update({"region": {"values": REGIONS}, "product": {"pattern": "[a-z_]{1,8}"}})
        if self.chance(0.6):
            day = self.day(90)
            first["applies"], second["applies"] = {"from": day}, {"until": day}
        else:
            second["when"] = self.condition(self.plain_fields("name"), 1)
            if self.chance(0.5):
                first["when"] = {"not": second["when"]}
        if self.chance(0.3):
            first["severity"] = "warning"
        name["template"] = [first, second]
        self.good_names = self.good_names + ["emea-alpha", "apac-beta"]

    def lifecycle(self, spec):
        if not self.chance(0.7):
            return
        fields = spec["records"]["lead"]["fields"]
        for name in ("mql_at", "sql_at", "won_at", "recycled_at"):
            fields[name] = {"type": self.date_type}
        fields["stage"] = {}
        self.condition_fields.append("stage")
        stages = [{"name": "lead", "aliases": ["new lead"], "entered_at": "created_at"},
                  {"name": "mql", "entered_at": "mql_at"}, {"name": "sql", "entered_at": "sql_at"},
                  {"name": "opp"}, {"name": "won", "terminal": "true", "entered_at": "won_at"},
                  {"name": "lost", "terminal": "true"}, {"name": "recycled", "off_path": "true"}]
        if self.chance(0.4):
            stages[5]["entered_at"] = "won_at"
        if self.chance(0.25):
            stages[3]["entered_at"] = self.pick(["created_at", "mql_at", "sql_at"])
        if self.chance(0.15):
            stages.insert(1, {"name": "visitor", "entered_at": "created_at"})
            return self.rest_of_lifecycle(spec, stages, stages[2:])
        self.rest_of_lifecycle(spec, stages, stages[1:])

    def rest_of_lifecycle(self, spec, all_stages, later):
        stages = all_stages[:1] + later
        if self.chance(0.7):
            stages[1]["requires"] = self.some(["owner", "region", "source"], 1, 2)
        if self.chance(0.4):
            stages[2]["requires"] = ["owner"]
        if self.chance(0.4):
            stages[4]["requires"] = ["amount"]
        if self.chance(0.4):
            stages[6]["requires_here"] = ["batch"]
        out = {"id": "life", "record": "lead", "field": "stage", "stages": all_stages}
        if self.chance(0.7):
            stages[1]["sla"] = {"next": self.pick(["8h", "40h", "30d"])}
            if self.chance(0.6):
                stages[1]["sla"]["calendar"] = "office"
                spec["calendars"] = {"office": {"zone": self.pick(["Europe/Berlin", "UTC"]), "days": "mon-fri",
                                                "hours": "09:00-18:00", "holidays": {"file": "holidays.csv"}}}
                self.extra_files["holidays.csv"] = csv_bytes([["date"], ["2026-11-02"], ["2026-10-05"]])
        if self.chance(0.4):
            out["cycle"] = {"restarted_at": "recycled_at"}
        if self.chance(0.5):
            skip = {"from": "lead", "to": self.pick(["sql", "won"])}
            if self.chance(0.6):
                skip["when"] = self.condition(["source", "medium", "region"], 1)
            out["skips"] = [skip]
        if self.chance(0.3):
            out["severities"] = {"skipped": "warning"}
        spec["lifecycles"] = [out]
        with self.side_dice("told elsewhere"):
            self.told_elsewhere(all_stages, out)
        with self.side_dice("history"):
            if self.chance(0.6):
                self.history(spec, out)

    def told_elsewhere(self, stages, out):
        """A date that a stage requires, and checks that are off or milder than those that leave their defects to them."""
        for stage in stages[1:]:
            if stage.get("entered_at") and self.chance(0.3):
                stage["requires"] = stage.get("requires", []) + [stage["entered_at"]]
        severities = out.setdefault("severities", {})
        for kind in ("requires", "order") + (("sla",) if any("sla" in s for s in stages) else ()):
            if (kind != "requires" or any("requires" in s for s in stages)) and self.chance(0.3):
                severities[kind] = self.pick(["off", "warning", "error"])

    @contextlib.contextmanager
    def side_dice(self, what):
        """Dice of their own for what came later, so that a seed's case stays what it was otherwise."""
        dice, self.random = self.random, random.Random("mopslint %s %s" % (what, self.seed))
        yield
        self.random = dice

    def history(self, spec, lifecycle):
        fields = {"lead_id": {"references": self.pick(["lead.id", {"use": "lead.id", "severity": "warning"}])},
                  "new": {}, "at": {"type": self.pick(["datetime", "datetime", "date"])}, "kind": {}}
        history = {"record": "change", "of": self.pick(["lead.id", "lead.id", "id"]), "to": "new", "at": "at"}
        if self.chance(0.8):
            fields["old"] = {}
            history["from"] = "old"
        if self.chance(0.2):
            fields["lead_id"] = {}
            history["via"] = "lead_id"
        change = {"source": {"files": ["changes*.csv"]}, "fields": fields}
        if self.chance(0.2):
            change["population"] = {"exclude": [{"id": "imported", "reason": "old", "where": {"kind": "import"}}]}
        spec["records"]["change"] = change
        lifecycle["history"] = history
        if self.chance(0.3):
            lifecycle["transitions"] = {"allowed": [self.transition() for _ in range(self.random.randint(1, 6))]}
        elif self.chance(0.1):
            lifecycle["transitions"] = None
        for kind in ("back", "transition"):
            if self.chance(0.15):
                lifecycle.setdefault("severities", {})[kind] = self.pick(["warning", "off"])

    def transition(self):
        def side():
            return self.pick(STAGES) if self.chance(0.5) else self.some(STAGES, 1, 3)
        return [side(), side()]

    def field_set(self, spec):
        if not self.chance(0.3):
            return
        spec["field_sets"] = {"touch": {
            "fields": {"channel": {"values": ["web", "event"]}, "note": {"length": {"max": 4}}},
            "rules": [{"id": "whole", "then": {"all_or_none": ["channel", "note"]}, "owner": "ops"}]}}
        use = {"set": "touch", "as": "first"}
        if self.chance(0.5):
            use["columns"] = "T_{name}_c"
        if self.chance(0.4):
            use["severity"] = "warning"
        spec["records"]["lead"]["use"] = [use]

    def dataset(self, spec):
        checks = []
        if self.chance(0.3):
            checks.append({"id": "volume", "record": "lead", "volume": {"min": self.pick([1, 20])}})
        if self.chance(0.3):
            checks.append({"id": "fresh", "record": "lead",
                           "freshness": {"field": "created_at", "max_age": self.pick(["2d", "30d"])}})
        if self.chance(0.4):
            check = {"field": self.pick(["source", "owner"]), "min": self.pick(["50%", "90%"])}
            if self.chance(0.4):
                check["where"] = self.condition(["batch", "medium"], 1)
            checks.append({"id": "fill", "record": "lead", "fill_rate": check})
        if self.chance(0.3):
            checks.append({"id": "spelling", "record": "lead", "variants": {"field": "batch"}})
        if self.chance(0.4):
            checks.append({"id": "share", "record": "lead", "severity": self.pick(["error", "warning"]),
                           "share": {"field": "medium", "values": ["cpc"], "max": self.pick(["15%", "40%"])}})
        if checks:
            spec["dataset"] = checks

    # -- data

    def spelled(self, value):
        """A value with, now and then, another spelling."""
        if not self.fault(1):
            return value
        dice = 0.6 + 0.4 * self.random.random()
        if dice < 0.72:
            return value
        if dice < 0.8:
            return self.pick([value.upper(), value.capitalize()])
        if dice < 0.86:
            return self.pick([" " + value, value + "  "])
        if dice < 0.9:
            return " " + value.upper()
        if dice < 0.95:
            return value.replace("-", self.pick(["_", " "]))
        return self.pick(GARBAGE)

    def cell(self, name, row):
        if self.fault(0.12):
            return self.pick(PLACEHOLDERS)
        if name in ("source", "url_source"):
            value = self.pick(SOURCES if self.fault(0.4) else list(self.sources["values"]))
            if self.fault(0.15):
                value = self.pick(ALIASES[value])
            return self.spelled(value)
        if name in ("medium",):
            return self.spelled(self.pick(MEDIUMS))
        if name == "region":
            return self.pick(["undefined", "test", "x9", "cpc"]) if self.fault(0.15) else self.spelled(
                self.pick(REGIONS))
        if name == "amount":
            return self.pick(["abc", "-5", "0", "0.000001", "400.00000004", "0.0000001", "249.9999999999999999",
                              "1234567890123456789", "0.000000000000000000001"]) if self.fault(0.15) else self.pick(
                ["%d" % self.random.randint(1, 400), "%d.%02d" % (self.random.randint(0, 400),
                                                                  self.random.randint(0, 99))])
        if name == "currency":
            return "SEK" if self.fault(0.03) else self.pick(["EUR", "USD", "GBP"])
        if name in ("created_at", "updated_at", "mql_at", "sql_at", "won_at", "recycled_at"):
            if self.fault(0.06):
                return self.pick(["soon", "2026-13-01"])
            if name in ("recycled_at", "won_at", "sql_at") and self.chance(0.5):
                return ""
            if self.fault(0.2):
                return self.day() if self.date_type == "date" else self.moment()
            self.minutes = self.random.randint(-900, 172800) if name == "created_at" else \
                max(self.minutes - self.random.randint(0, 9000), -1000)
            when = datetime(2026, 11, 22, 6, tzinfo=timezone.utc) - timedelta(minutes=self.minutes)
            return when.date().isoformat() if self.date_type == "date" else self.shaped(when)
        if name == "email":
            if self.folds and self.chance(0.3):
                return self.pick("abc").upper() + "@corp.example"
            return "not an address" if self.fault(0.08) else "%s@%s" % (
                self.pick("abcdefghijklmnopqrstuvwxyz") + self.pick(["", "a", "b", "c", "d", "e"]),
                self.pick(["acme.example", "mail.corp.example", "gmail.example", "notcorp.example"]) if self.fault(0.5)
                else "corp.example")
        if name == "owner":
            return self.pick(["dana", "kim", "Lee", "zzz", "?"])
        if name == "batch":
            return self.pick(["b1", "b2", "b3"])
        if name == "name":
            if not self.fault(1):
                return self.pick(self.good_names)
            return self.pick(["2026q1_emea", "2026q2_amer_red", "2026q3_apac_a_b", "2026q9_emea_x", "emea-2026q1",
                              "alpha-apac-2026q4", "2026q1_mars", "plain", "2025q4_emea_prod"])
        if name == "campaign":
            return self.pick(["ghost", "C1", " c2"]) if self.fault(0.3) else self.pick(["c1", "c2", "c3", "c4"])
        if name == "landing":
            if self.chance(0.06):
                return "nonsense"
            value = self.pick(SOURCES[:5]).replace("paid-social", self.pick(["paid-social", "paid%2Dsocial"]))
            return self.pick(["https://www.acme.example/a", "http://shop.acme.example/"]) + self.pick(
                ["", "?utm_source=" + value, "?a=1&utm_source=" + value, "?utm_source="])
        if name == "stage":
            return self.spelled(self.pick(STAGES))
        if name == "topics":
            items = [self.spelled(self.pick(self.topics)) for _ in range(self.random.randint(1, 3))]
            if self.fault(0.2):
                items.append(self.pick(["suite", "", "crm ", "n/a"]))
            return self.separator.join(items)
        if name == "country":
            return self.pick(["Atlantis", "XX", " DE"]) if self.fault(0.1) else self.pick(
                ["DE", "de", "Germany", "FRANCE", "fr", "BRD", "deutschland", "UK", "GB", "Oesterreich", "Austria"])
        if name.endswith("channel"):
            return self.spelled(self.pick(["web", "event"]))
        if name.endswith("note"):
            return self.pick(["yes", "no", "maybe so"])
        return self.pick(["alpha", "beta"])

    @staticmethod
    def date_order(name):
        """Dates are made in the order of the lifecycle, each after the one before."""
        dates = ["created_at", "updated_at", "mql_at", "sql_at", "won_at", "recycled_at"]
        return dates.index(name) if name in dates else 9

    def lead_rows(self, spec):
        fields = [n for n, f in spec["records"]["lead"]["fields"].items() if "derive" not in f]
        columns = {n: n for n in fields}
        if self.chance(0.3):
            columns["id"] = self.pick(["Record ID", "Id", "ID", "record_id"])
        if self.chance(0.2):
            columns["created_at"] = "Created At"
        for use in spec["records"]["lead"].get("use", []):
            for name in spec["field_sets"][use["set"]]["fields"]:
                columns["first_" + name] = use.get("columns", "first_{name}").replace("{name}", name)
        fields = list(columns)
        self.random.shuffle(fields)
        dropped = self.some(fields, 1, 2) if self.chance(0.25) else []
        if self.chance(0.1):        # who is judged, and as of when
            asked = [fields_read(e["where"]) for e in spec["records"]["lead"].get("population", {}).get("exclude", [])]
            dropped = [self.pick(sorted(set.union({"created_at"}, *asked) & set(fields)) or fields)]
        fields = [f for f in fields if f not in dropped]
        if len(fields) < 2:
            fields = list(columns)
        count = self.pick([0, 1, 3, 8, 12, 20, 30, 60])
        rows = [[columns[f] for f in fields]]
        for number in range(count):
            row = {}
            self.minutes = 80000
            for field in sorted(fields, key=self.date_order):
                if field == "id":
                    fault = self.fault(0.1)
                    row[field] = self.pick(["", "L-1", "L-2"]) if fault else "L-%d" % number
                else:
                    row[field] = self.cell(field, row)
            row = [row[field] for field in fields]
            if self.fault(0.06) and len(rows) > 2:
                row = list(self.pick(rows[1:]))
            rows.append(row)
            if self.fault(0.15):          # a pair of blanks in one record
                for place in self.random.sample(range(len(fields)), 2):
                    if fields[place] != "id":
                        row[place] = self.pick(["", "n/a"])
        return rows

    def campaign_rows(self, spec):
        keyed = bool(spec["records"]["campaign"].get("key"))
        rows = [["name", "product", "budget", "batch", "starts_on"]]
        starts = self.pick([["2026-01-05"], ["2026-01-05", "2026-11-20"], ["2026-01-05", "", "20.11.2026"]])
        names = ["c1", "c2", "c3", "c4", "c5"]
        if not keyed and self.chance(0.6):
            names += ["c1", "c2", ""]
        for name in names:
            rows.append([name, self.pick(["alpha", "beta", "beta", "Beta", ""]),
                         self.pick(["100", "20.5", "-1", "7"]) if self.chance(0.9) else "",
                         self.pick(["b1", "b2"]), self.pick(starts)])
        return rows

    def way(self, last):
        """Stages one after the other, most of them steps, to the one that the record is in."""
        stages = [self.pick(["lead", "lead", "lead", "mql", "recycled"])]
        for _ in range(self.random.randint(0, 5)):
            number = STAGES.index(stages[-1])
            stages.append(STAGES[number + 1] if number < 4 and not self.fault(0.3) else self.pick(STAGES))
        return stages + [last] if last in STAGES and not self.fault(0.2) else stages

    def changes_of(self, name, last):
        """[lead, stage before, stage after, moment] of one lead."""
        minutes = self.random.randint(0, 100000)
        stages, out = self.way(last), []
        for before, after in zip([""] + stages, stages):
            day = self.chance(0.1)
            when = datetime(2026, 8, 1, tzinfo=timezone.utc) + timedelta(minutes=minutes)
            out.append([name, before, after, when.date().isoformat() if self.whole_days or day else self.shaped(when)])
            minutes += self.pick([0, 0, 1, 600, 3000, 20000])
        if self.chance(0.3):
            out = out[1:]               # no change says how it began
        return out

    def spoilt_change(self, row):
        if self.fault(0.1):
            row[1] = ""
        if self.fault(0.1):
            row[self.pick([1, 2])] = self.pick(["", "zz top", "New Lead", " MQL"])
        if self.fault(0.05):
            row[3] = self.pick(["", "soon", "n/a"])
        if self.fault(0.05):
            row[0] = self.pick(["", "L-0", "L-999"])
        return row

    def change_rows(self, spec, leads):
        header = leads[0]
        key = next((n for n, h in enumerate(header) if h.replace(" ", "_").lower() in ("id", "record_id")), None)
        stage = header.index("stage") if "stage" in header else None
        self.whole_days = spec["records"]["change"]["fields"]["at"]["type"] == "date"
        rows = []
        for number, lead in enumerate(leads[1:]):
            if self.fault(0.1):
                continue
            name = lead[key] if key is not None else "L-%d" % number
            rows += self.changes_of(name, lead[stage] if stage is not None else "")
        rows = [self.spoilt_change(row) + [self.pick(["user", "user", "user", "import"])] for row in rows]
        rows += [list(self.pick(rows)) for row in rows if self.fault(0.1)]
        self.random.shuffle(rows)
        names = ["lead_id", "old", "new", "at", "kind"]
        gone = self.pick(names[:4]) if self.chance(0.1) else None
        return [[cell for name, cell in zip(names, row) if name != gone] for row in [names] + rows]

    def case(self):
        """(taxonomy, {file name: bytes}, [(record type, file name)])."""
        spec = self.taxonomy()
        files = dict(self.extra_files)
        rows = self.lead_rows(spec)
        named = []
        with self.side_dice("names by date"):
            if "region" in spec["records"]["lead"]["fields"]["name"].get("parts", {}) and self.chance(0.4):
                self.dated_names(spec, rows)
        with self.side_dice("membership"):
            if self.chance(0.1):
                self.membership(spec, rows)
        if self.level >= 2 and self.chance(0.25) and len(rows) > 4:
            middle = len(rows) // 2
            files["leads-1.csv"] = csv_bytes(rows[:middle])
            files["leads-2.csv"] = csv_bytes([rows[0]] + rows[middle:])
            named += [("lead", "leads-1.csv"), ("lead", "leads-2.csv")]
        else:
            files["leads.csv"] = csv_bytes(rows)
            named.append(("lead", "leads.csv"))
            if self.level >= 3 and self.chance(0.15) and len(rows) > 3:
                files["leads.csv"] = self.faulty(rows)
        if "campaign" in spec["records"]:
            files["campaigns.csv"] = csv_bytes(self.campaign_rows(spec))
            named.append(("campaign", "campaigns.csv"))
        if "change" in spec["records"]:
            with self.side_dice("changes"):
                files["changes.csv"] = csv_bytes(self.change_rows(spec, rows))
            named.append(("change", "changes.csv"))
        with self.side_dice("broken rows"):
            if self.level >= 3 and self.chance(0.12):
                self.ask_for_bytes(spec)
                files[named[0][1]] = self.ragged(files[named[0][1]])
        return spec, files, named

    def dated_names(self, spec, rows):
        """Names with values that are right on some days, under another name, or for now."""
        name = spec["records"]["lead"]["fields"]["name"]
        days = sorted([self.day(90), self.day(60)])
        values = {r: None for r in REGIONS}
        values["dach"] = {"valid": self.pick([{"until": days[0]}, {"from": days[1]}, {"from": days[0], "until": days[1]}])}
        values["latam"] = {"valid": {"until": self.day(60)}, "use": "amer"}
        values["benelux"] = {"use": "emea"}
        values["anz"] = {"provisional": {"until": self.pick(["2026-12-31", "2026-11-21"])}}
        values["uk"] = {"aliases": ["gb"], "valid": {"from": self.day(60)}}
        if self.chance(0.5):
            spec["vocabularies"]["areas"] = {"values": values}
            name["parts"]["region"] = {"vocabulary": "areas"}
        else:
            name["parts"]["region"] = {"values": values}
        at = rows[0].index("name") if "name" in rows[0] else len(rows[0])
        for row in rows[1:]:
            for region in REGIONS if at < len(row) and self.chance(0.7) else []:
                row[at] = row[at].replace(region, self.pick(list(values) + ["gb", "dach", "latam"]))

    def membership(self, spec, rows):
        """A field without a vocabulary of its own, held against one."""
        spec["records"]["lead"]["fields"]["second"] = {}
        test = {"second": {self.pick(["in_vocabulary", "vocabulary"]): "source"}}
        spec["rules"].append({"id": "listed", "record": "lead", "owner": "ops", "then": test})
        if self.chance(0.5):
            grouped = self.sources.get("groups") and self.chance(0.5)
            test = {"in_group": "source." + self.pick(self.sources["groups"])} if grouped else {"in_vocabulary": "source"}
            spec["rules"].append({"id": "listed-then", "record": "lead", "owner": "ops", "severity": "warning",
                                  "when": {"second": test}, "then": {"owner": {"required": "true"}}})
        rows[0].append("second")
        for row in rows[1:]:
            row.append(self.pick(list(self.sources["values"]) + ["", "other", ALIASES[self.pick(SOURCES)][0]]))

    def ask_for_bytes(self, spec):
        """Conditions on the text as written, denied ones among them, where they decide who is judged."""
        places = [(spec["records"]["lead"].setdefault("population", {}).setdefault("exclude", []), "where")]
        places += [(r["needs"]["lead"], "where") for r in spec["reports"] if "lead" in r["needs"]]
        for place, key in self.some(places, 1):
            where = {self.pick(["batch", "region", "source"]): {"written": self.pick(["b1", "emea", "google"])}}
            where = {"not": where} if self.chance(0.6) else where
            if isinstance(place, list):
                place.append({"id": self.ident("bytes"), "reason": "tests", key: where})
            else:
                place[key] = where

    def ragged(self, data):
        lines = data.split(b"\n")
        for place in self.some(range(1, len(lines) - 1), 1, 3) if len(lines) > 2 else []:
            lines[place] = self.pick([lines[place].rpartition(b",")[0], lines[place] + b",surplus"])
        return b"\n".join(lines)

    def faulty(self, rows):
        """A short row, a long row, a row with a byte that is not UTF-8."""
        lines = csv_bytes(rows).split(b"\n")
        place = self.random.randint(1, len(rows) - 1)
        dice = self.random.randint(0, 2)
        if dice == 0:
            lines[place] = b",".join(lines[place].split(b",")[:-1])
        elif dice == 1:
            lines[place] += b",surplus"
        else:
            lines[place] += b"\xff"
        return b"\n".join(lines)


def csv_bytes(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def write_case(folder, case):
    spec, files, named = case
    with open(os.path.join(folder, "taxonomy.json"), "w", encoding="utf-8") as stream:
        json.dump(spec, stream, indent=1)
    for name, data in files.items():
        with open(os.path.join(folder, name), "wb") as stream:
            stream.write(data)
    with open(os.path.join(folder, "args"), "w", encoding="utf-8") as stream:
        stream.write("--now\n%s\n" % NOW + "".join("%s=%s\n" % pair for pair in named))


def drop_lines(case, run):
    """Take the records out of the case whose kept duplicate only a hash decides; False if there are none."""
    groups = run.ambiguous()
    if not groups:
        return False
    _, files, _ = case
    gone = {}
    for group in groups:
        for record in group[1:]:
            gone.setdefault(os.path.basename(record.source), set()).add(record.line)
    for name, lines in gone.items():
        kept = [line for number, line in enumerate(files[name].split(b"\n"), 1) if number not in lines]
        files[name] = b"\n".join(kept)
    return True


def make(seed, level, folder):
    """Write the case of a seed, freed of toss-ups among duplicates; the oracle's run of it."""
    from oracle import run_files
    case = Generator(seed, level).case()
    while True:
        write_case(folder, case)
        run = run_files(os.path.join(folder, "taxonomy.json"), NOW,
                        [(name, os.path.join(folder, path)) for name, path in case[2]])
        if not drop_lines(case, run):
            return run


def main(argv):
    level = 3
    if "--level" in argv:
        place = argv.index("--level")
        level = int(argv[place + 1])
        del argv[place:place + 2]
    seed, folder = argv
    os.makedirs(folder, exist_ok=True)
    make(seed, level, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
