#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""schema_keys.py SCHEMA BAD-RULES LINT: the JSON Schema of rule files gives words to every key it completes, refuses each
rule file below BAD-RULES whose expected faults are structural and the bad one of each structural id below LINT, and takes
all good ones. What a schema cannot see is listed here with the reason."""

import json
import os
import re
import sys

import jsonschema
import yaml

STRUCTURAL = {"unknown-key", "wrong-type", "missing-key", "missing-value", "bad-value", "bad-name", "unknown-type",
              "language-version"}
UNSEEN = {
    "bad-window": "compares two days",
    "bad-zone": "the zones are those of the system",
    "no-records": "a file of field sets alone is whole for those that extend it",
}

# What stands under a field, or beside it, in a file that is right but for that.
WRONG_IN_FIELD = [
    "length: {max: lots}", "length: {max: -1}", "length: {max: 1.5}", "length: -1", "max_age: soon", "within: soon", "pattern: []",
    "pattern: {ignore_case: true}", "template: {}", "references: []", "range: {min: ''}", "gt: ''", "items: {separator: ''}",
    "values: {use: {a: {alias: b}}}", "values: {a: b}", "values: []", "values: ['']", "values: {}", "vocabulary: {severity: error}",
    "vocabulary: {use: [a]}", "parts: {p: {values: []}}", "parts: {p: {values: {a: b}}}", "marks: {group: ab}", "type: ",
    "applies: ", "blanks: ", "derive: {map: {from: a, table: {a: [b]}}}", "derive: {json: {from: a, at: b}}",
]
WRONG_BESIDE = ["source: {delimiter: ';;'}", "source: {skip_lines: -1}", "source: {skip_lines: 1.5}"]
WRONG_AT_TOP = ["dataset: [{id: v, record: lead, volume: {min: a}}]", "vocabularies: {v: {fold: tabs, values: [a]}}",
                "vocabularies: {v: {values: ['']}}", "extends: ''", "blanks: "]
RIGHT_AT_TOP = ["reports: [{name: r, needs: {lead: {fields: [f], weight: f}}}]"]


class Text(yaml.SafeLoader):
    """mopslint reads scalars as text; only the empty, ~ and null ones have no value."""


Text.yaml_implicit_resolvers = {}
Text.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(|~|null)$"), ["", "~", "n"])


def without_words(node, path=""):
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from without_words(item, f"{path}/{i}")
    if not isinstance(node, dict):
        return
    for name, value in node.get("properties", {}).items() if "/if" not in path else ():
        if not (isinstance(value, dict) and value.get("description")):
            yield f"{path}/{name}"
    for name, value in node.items():
        if path + "/" + name != "/$defs/whole":
            yield from without_words(value, f"{path}/{name}")


def refuses(check, path):
    try:
        data = yaml.load(open(path, encoding="utf-8"), Text)
    except (yaml.YAMLError, UnicodeDecodeError):
        return True
    return any(check.iter_errors(data))


def refused(check, folder):
    return any(refuses(check, os.path.join(folder, name)) for name in os.listdir(folder) if name.endswith(".yaml"))


def main():
    schema = json.load(open(sys.argv[1], encoding="utf-8"))
    check = jsonschema.validators.validator_for(schema)(schema)
    bad = [f"no description: {key}" for key in without_words(schema)]
    seen = 0
    for name in sorted(os.listdir(sys.argv[2])):
        folder = os.path.join(sys.argv[2], name)
        lines = open(os.path.join(folder, "expected"), encoding="utf-8").read().split("\n")
        ids = {line.split()[-1].strip("[]") for line in lines if line.strip()}
        if not ids & STRUCTURAL or name in UNSEEN:
            continue
        seen += 1
        if not refused(check, folder):
            bad.append(f"passes the schema: {name} ({', '.join(sorted(ids & STRUCTURAL))})")
    for name in sorted(os.listdir(sys.argv[3])):
        pair = [os.path.join(sys.argv[3], name, end) for end in ("bad.yaml", "good.yaml")]
        if name in STRUCTURAL and not refuses(check, pair[0]):
            bad.append(f"passes the schema: {pair[0]}")
        if os.path.exists(pair[1]) and refuses(check, pair[1]):
            bad.append(f"is refused: {pair[1]}")
    field, beside = "records: {lead: {fields: {f: {%s}}}}", "records: {lead: {fields: {f: {}}, %s}}"
    wrong = [field % x for x in WRONG_IN_FIELD] + [beside % x for x in WRONG_BESIDE]
    wrong += ["records: {lead: {fields: {f: {}}}}\n" + x for x in WRONG_AT_TOP]
    for texts, want in ((wrong, True), (["records: {lead: {fields: {f: {}}}}\n" + x for x in RIGHT_AT_TOP], False)):
        for text in texts:
            for loader in (Text, yaml.SafeLoader):
                if any(check.iter_errors(yaml.load("mopslint: 1\n" + text + "\n", loader))) != want:
                    bad.append(f"{'passes the schema' if want else 'is refused'} ({loader.__name__}): {text}")
    print("\n".join(bad) if bad else f"{seen} bad rule files refused")
    sys.exit(1 if bad or seen < 20 else 0)


main()
