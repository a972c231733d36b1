# SPDX-License-Identifier: MIT
"""Random cases in which repairs meet: values with stray blanks that their type refuses, read by cross-record rules.

`make(seed, folder)` writes taxonomy.json, leads.csv and contacts.csv. Few distinct values, so that a repair often makes a
record another's duplicate, gives its key a second owner, or leads nowhere; some only because another one is made too. Contacts
are spoilt as well: what leads refer to and look up comes, goes, or is told otherwise once they are repaired.
"""

import csv
import json
import os
import random

HOSTS = ["one.example", "two.example", "three.example"]
MAILS = ["a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example"]


def unique(dice):
    how = {"severity": dice.choice(["error", "error", "warning"])}
    if dice.random() < 0.3:
        how["fold"] = ["case"]
    if dice.random() < 0.4:
        how["within"] = ["host"]
    if dice.random() < 0.3:
        how["keep"] = {dice.choice(["oldest", "newest"]): "created"}
    if dice.random() < 0.2:
        how["when"] = {"host": {"not_in": [HOSTS[0]]}}
    return how


def rules(dice):
    found = []
    if dice.random() < 0.7:
        found.append({"id": "one-owner", "record": "lead",
                      "then": {"determines": {"key": dice.choice(["host", ["host", "source"]]), "fields": ["owner"]}}})
    if dice.random() < 0.7:
        test = {"contact": {"references": "contact.email"}}
        found.append({"id": "known", "record": "lead",
                      "then": {"any": [test, {"source": ["google"]}]} if dice.random() < 0.2 else test})
    if dice.random() < 0.6:
        found.append({"id": "known-team", "record": "lead", "then": {"team": {"references": "contact.team"}},
                      "severity": dice.choice(["error", "warning"])})
    return found


def team():
    return {"template": {"use": "{a}-{b}", "parts": {"a": {"values": {"north": {"aliases": ["n"]}, "south": None}},
                                                     "b": {"pattern": "[a-z]+"}}}}


def look_up(fields, found, dice):
    via = [f for f, rule in (("contact", "known"), ("team", "known-team")) for r in found if r["id"] == rule and "any" not in r["then"]]
    if via and dice.random() < 0.5:
        fields["rate"] = {"derive": {"lookup": {"via": dice.choice(via), "field": "rate"}}, "range": {"min": "3"}}


def taxonomy(dice):
    fields = {"id": {}, "email": {"type": "email"}, "contact": {"type": "email"}, "host": {"type": "domain"},
              "owner": {"type": "email"}, "source": {"values": ["google", "bing"]}, "created": {"type": "date"},
              "amount": {"type": "decimal"}, "team": team()}
    found = rules(dice)
    look_up(fields, found, dice)
    if dice.random() < 0.8:
        fields["email"]["unique"] = unique(dice)
    if dice.random() < 0.3:
        fields["owner"]["unique"] = unique(dice)
    lead = {"key": "id", "source": {"files": ["leads*.csv"]}, "fields": fields}
    if dice.random() < 0.3:
        lead["weight"] = {"field": "amount", "currency": {"is": "EUR"}, "to": "EUR"}
    return {"mopslint": "1", "name": "alike", "version": "1", "owner": "ops",
            "records": {"contact": {"key": "id", "source": {"files": ["contacts*.csv"]},
                                    "fields": {"id": {}, "email": {"type": "email"}, "team": team(), "rate": {"type": "decimal"}}},
                        "lead": lead},
            "rules": found}


def spoilt(dice, value):
    if not value or dice.random() < 0.6:
        return value
    return dice.choice([" " + value, value + " ", value + "  "])


def a_team(dice):
    return dice.choice(["north-x", "n-x", "south-x", "n-y", "north-y"])


def contact(dice, number):
    return ["C-%d" % number, spoilt(dice, dice.choice(MAILS)), a_team(dice), spoilt(dice, dice.choice(["1", "5"]))]


def lead(dice, number):
    values = [dice.choice(MAILS), dice.choice(MAILS), dice.choice(HOSTS), dice.choice(MAILS[:2]),
              dice.choice(["google", "bing", "bling"])]
    row = [spoilt(dice, "" if dice.random() < 0.1 else v) for v in values]
    if dice.random() < 0.1:
        row[0] = row[0].upper()
    return ["L-%d" % number] + row + [dice.choice(["2026-01-01", "2026-02-01", "soon", ""]),
                                      dice.choice(["1", "5", "9"]), a_team(dice)]


def make(seed, folder):
    dice = random.Random(seed)
    with open(os.path.join(folder, "taxonomy.json"), "w", encoding="utf-8") as stream:
        json.dump(taxonomy(dice), stream, indent=1)
    leads = [["id", "email", "contact", "host", "owner", "source", "created", "amount", "team"]]
    leads += [lead(dice, n) for n in range(dice.choice([1, 2, 3, 4, 6, 10, 16]))]
    contacts = [["id", "email", "team", "rate"]] + [contact(dice, n) for n in range(dice.choice([1, 2, 4]))]
    for name, rows in (("leads.csv", leads), ("contacts.csv", contacts)):
        with open(os.path.join(folder, name), "w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)
    return [("lead", os.path.join(folder, "leads.csv")), ("contact", os.path.join(folder, "contacts.csv"))]
