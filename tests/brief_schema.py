#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""brief_schema.py SCHEMA PROGRAM: the JSON Schema of briefs and what reads them agree, value by value under every key; every
key has words."""

import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

REFUSED = ("name: a", "brief: 2", "{brief: 1, nmae: a}", "{brief: 1, risk: lwo}", "{brief: 1, touches: [budgets]}",
           "{brief: 1, start: '2026-13-01'}", "{brief: 1, owners: {decison: a}}", "{brief: 1, links: [{channel: Email}]}",
           "{brief: 1, links: {url: a}}", "{brief: 1, level: {reason: a}}", "{brief: 1, waivers: [{id: a}]}",
           "{brief: 1, approvals: [{role: boss, by: a, 'on': '2026-01-01'}]}", "{brief: 1, budget: {amount: a}}",
           "{brief: 1, owners: {decision: [{a: b}]}}", "{brief: 1, budget: '5.000'}")
# What is still to come may stand wherever a value may.
LET_PASS = ("{brief: 1, start: tbd, budget: 'TBC: ask Noor', recurring: todo, risk: '?', touches: tbd, links: tbd, assets: n/a}",
            "{brief: 1, budget: {amount: tbd, cap: '??'}, approvals: [{role: tbd, by: tbd, 'on': tbd}], owners: tbd}",
            "{brief: 1, start: xxx, end: '-', touches: [tbd], budget: 1.0e+4}")

# Not among them: figures that are numbers to one version of YAML and text to the next (1_000, 0x10, 1., 1.5e2), and a plain
# 5.000, which is 5 to a schema and refused by the gate.
VALUES = ("tbd", "xxx", '"-"', '"?"', '"??"', '""', '"  "', "null", "[]", "{}", "[tbd]", "[null]", '["-"]', "word", "7", "5.5", "5.00",
          "true", '"true "', "[word]", "[[a]]", "[{}]", "[{a: b}]", "[1]", "{a: b}", "{x-a: b}", '"2026-12-01 "', "2026-12-01",
          '"20261201"', '"2026-12-1"', '"2026-W49-2"', '"5.000"', '"12.500 EUR"', "1.0e+4", '"1.0e+4"', "12 EUR", '"12.5 EUR"', "-3",
          ".5", '"5."', "+5", "low", '"low "', "[low]", "budget", "[budget]", "decision", "'day '", "T.B.D.", "n.a.", "tbdx",
          '"[TBD]"', "todo Zoe", "todos", "tbd-x", '"to be sent"', "TO BE CONFIRMED by Zoe", "<day>", '"{day 1}"', '"[day1]"', '"{{a}}"', '"<< a b >>"', '"<a1 >"', '"${x}"', '"<a>b"',
          '"TO-DO: x"', '"@todo"', '"#12"', '"[DAY]"', '"[DAY ONE]"', '"{DAY}"')
AROUND = {"top": "brief: 1\n%s\n", "budget": "brief: 1\nbudget: {%s}\n", "audience": "brief: 1\naudience: {%s}\n",
          "asset": "brief: 1\nassets: [{%s}]\n", "form": "brief: 1\nforms: [{%s}]\n",
          "level": "brief: 1\nlevel: {use: standard, %s}\n", "owners": "brief: 1\nowners: {%s}\n",
          "routing": "brief: 1\nrouting: {%s}\n", "link": 'brief: 1\nlinks: [{url: "https://a.example", %s}]\n',
          "approval": 'brief: 1\napprovals: [{role: review, by: a, "on": "2026-01-01", %s}]\n',
          "attestation": 'brief: 1\nattestations: [{id: proof-in-two-clients, by: a, "on": "2026-01-01", digest: a, %s}]\n',
          "waiver": "brief: 1\nwaivers: [{id: links, by: a, reason: b, %s}]\n"}
# What a level, currency, check or column is called is no matter of a schema.
BY_NAME = {("top", "level"), ("level", "use"), ("budget", "currency"), ("attestation", "id"), ("waiver", "id")}


class Loader(yaml.SafeLoader):
    """Days are texts to JSON."""


Loader.yaml_implicit_resolvers = {c: [(tag, r) for tag, r in all_of if not tag.endswith("timestamp")]
                                  for c, all_of in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def without_words(node, path=""):
    if isinstance(node, dict):
        for name, value in node.get("properties", {}).items():
            if not value.get("description"):
                yield f"no description: {path}/{name}"
        for name, value in node.items():
            yield from without_words(value, f"{path}/{name}")


def briefs(tables):
    seen = set()
    for table, around in AROUND.items():
        for key, shape in tables[table]["properties"].items():
            alike = json.dumps(shape["allOf"])
            if (table, key) in BY_NAME or alike in seen and alike.count("$ref") == 2:  # one kind of scalar
                continue
            seen.add(alike)
            written = '"on"' if key == "on" else key
            without = re.sub(re.escape(written) + r': ("[^"]*"|[^,{}"]*), (?=.*%s)', "", around)
            for value in VALUES:
                yield (without if (table, key) != ("top", "brief") else "%s\n") % f"{written}: {value}"


def disagreements(check, tables, program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "brief.yaml")
        for text in briefs(tables):
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            run = subprocess.run([program, "gate", path, "--now", "2026-11-22"], capture_output=True, text=True, check=False)
            takes = not any(check.iter_errors(yaml.load(text, Loader=Loader)))
            if takes != (run.returncode in (0, 1)):
                yield f"the schema {'takes' if takes else 'refuses'}, the gate does not: {text!r} {run.stderr.splitlines()[:1]}"


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    check = jsonschema.validators.validator_for(schema)(schema)
    bad = list(without_words(schema))
    bad += [f"passes: {text}" for text in REFUSED if not any(check.iter_errors(yaml.safe_load(text)))]
    bad += [f"refused: {text}" for text in LET_PASS if any(check.iter_errors(yaml.safe_load(text)))]
    bad += disagreements(check, schema["$defs"], os.path.abspath(sys.argv[2]))
    print("\n".join(bad))
    sys.exit(1 if bad else 0)


main()
