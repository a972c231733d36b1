#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""brief_schema.py SCHEMA: the JSON Schema of briefs refuses what reading refuses for its shape, and gives words to every
key."""

import json
import sys

import jsonschema
import yaml

REFUSED = ("name: a", "brief: 2", "{brief: 1, nmae: a}", "{brief: 1, risk: lwo}", "{brief: 1, touches: [budgets]}",
           "{brief: 1, start: '2026-13-01'}", "{brief: 1, owners: {decison: a}}", "{brief: 1, links: [{channel: Email}]}",
           "{brief: 1, links: {url: a}}", "{brief: 1, level: {reason: a}}", "{brief: 1, waivers: [{id: a}]}",
           "{brief: 1, approvals: [{role: boss, by: a, 'on': '2026-01-01'}]}", "{brief: 1, budget: {amount: a}}")
# What is still to come may stand wherever a value may.
LET_PASS = ("{brief: 1, start: tbd, budget: 'TBC: ask Noor', recurring: todo, risk: '?', touches: tbd, links: tbd, assets: n/a}",
            "{brief: 1, budget: {amount: tbd, cap: '??'}, approvals: [{role: tbd, by: tbd, 'on': tbd}], owners: tbd}")


def without_words(node, path=""):
    if isinstance(node, dict):
        for name, value in node.get("properties", {}).items():
            if not value.get("description"):
                yield f"no description: {path}/{name}"
        for name, value in node.items():
            yield from without_words(value, f"{path}/{name}")


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    check = jsonschema.validators.validator_for(schema)(schema)
    bad = list(without_words(schema))
    bad += [f"passes: {text}" for text in REFUSED if not any(check.iter_errors(yaml.safe_load(text)))]
    bad += [f"refused: {text}" for text in LET_PASS if any(check.iter_errors(yaml.safe_load(text)))]
    print("\n".join(bad))
    sys.exit(1 if bad else 0)


main()
