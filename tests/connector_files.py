#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""connector_files.py MOPSLINT FILE...: connector files beside the JSON Schema that `fetch --schema` prints. It takes the files
named, gives words to every key, and refuses each of bad-connectors/, whose first line is the place and id of its first fault,
unless its second says why a schema cannot see it. Every key has an example in src/exporters/connectors/README.md; all of
them load, and fit the schema."""

import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = os.path.join(HERE, "../src/exporters/connectors/README.md")
ENGINE = {"fields", "cursor", "offset", "page", "page_size", "last_key", "since"}
# What a table of the reference is about, by how the line before it begins; and its name in the schema.
TABLES = {"`mopslint fetch": "top", "**`config`": "config", "**`requester`": "requester", "**`authenticator`": "authenticator",
          "**A stream": "stream", "**A field": "field", "**`paginator`": "paginator", "**`incremental`": "incremental",
          "**`error_rules`": "error_rule"}


class Text(yaml.SafeLoader):
    """mopslint reads scalars as text; only the empty, ~ and null ones have no value."""


Text.yaml_implicit_resolvers = {}
Text.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(|~|null)$"), ["", "~", "n"])


def load(text):
    return yaml.load(text, Text)


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def examples():
    """(table, keys that the row is about, example)"""
    table = None
    for line in read(REFERENCE).split("## Keys")[1].split("\n"):
        table = next((TABLES[t] for t in TABLES if line.startswith(t)), table)
        cells = [c.strip() for c in line.strip("|").split(" | ")]
        if not line.startswith("| ") or len(cells) < 2 or cells[1] == "example":
            continue
        example = re.fullmatch(r"`(.*)`( \|)?", cells[1])
        yield table, line, load(example[1]) if example else None


def whole(table, example):
    """A connector with the example in its place, and what it needs besides."""
    c = {"connector": "1", "name": "x", "config": {}, "requester": {"url_base": "https://acme.example"},
         "authenticator": {"type": "none"}, "streams": {"s": {"record_selector": {"records": "/*"}, "paginator": {"type": "none"}}}}
    s = c["streams"]["s"]
    query = {}
    if table == "top":
        c.update(example)
    elif table == "config":
        c["config"]["value"] = {"env": "VALUE", **example}
    elif table == "requester":
        s["requester"] = example
    elif table == "authenticator":
        c["authenticator"] = example
        if "refresh_token" in example:
            c["config"][example["refresh_token"]] = {"env": "REFRESH"}
    elif table == "field":
        s["fields"] = {"f": example}
    elif table == "error_rule":
        c["error_rules"] = [example]
    else:
        s.update(example if table == "stream" else {table: example})
    if "decoder" in s:
        del s["record_selector"]
    if "incremental" in s or "overlap" in s["paginator"]:
        s.setdefault("primary_key", "/id")
    if "incremental" in s:
        query["since"] = "{since}"
    if s["paginator"]["type"] in ("cursor", "offset", "page"):
        query["at"] = "{%s}" % s["paginator"]["type"]
    if "restart" in s["paginator"]:
        query["last"] = "{last_key}"
    if "partitions" in s:
        query["of"] = "{%s}" % s["partitions"]["variable"]
    if query:
        s.setdefault("requester", {})["query"] = query
    own = set(re.findall(r"\{([a-z_]+)[:}]", json.dumps(example))) - ENGINE - {s.get("partitions", {}).get("variable")}
    for name in own:
        c["config"].setdefault(name, {"env": name.upper()})
    return c


def runs(mopslint, folder, text):
    path = os.path.join(folder, "x.yaml")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    env = {**os.environ, **{name: "value" for name in re.findall(r"env: ([A-Z_]+)", text)}}
    got = subprocess.run([mopslint, "fetch", "./x.yaml:s", "--dry-run"], cwd=folder, env=env, capture_output=True, text=True)
    return got.returncode, got.stderr


def keys_of(schema, table, data, seen):
    """Adds table/key for what stands in `data`, and in the tables below it."""
    for key, value in data.items():
        of = schema["$defs"][table]["properties"].get(key)
        seen.add(f"{table}/{key}")
        below = [t for t in re.findall(r"#/\$defs/(\w+)", json.dumps(of)) if "properties" in schema["$defs"][t]]
        if not below:
            continue
        by_name = "additionalProperties" in json.dumps(of)
        for item in value if isinstance(value, list) else value.values() if by_name else [value]:
            if isinstance(item, dict):
                keys_of(schema, below[0], item, seen)


def main():
    mopslint = os.path.abspath(sys.argv[1])
    schema = json.loads(subprocess.run([mopslint, "fetch", "--schema"], capture_output=True, check=True).stdout)
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    check = validator(schema)
    bad, tried = [], 0

    def fits(name, data):
        bad.extend(f"{name}: {'/'.join(map(str, f.absolute_path))}: {f.message[:200]}" for f in check.iter_errors(data))

    for path in sys.argv[2:]:
        fits(path, load(read(path)))
        tried += 1
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted(os.listdir(f"{HERE}/bad-connectors")):
            text = read(f"{HERE}/bad-connectors/{name}")
            lines = text.split("\n")
            code, said = runs(mopslint, folder, text)
            place = re.match(r"\./x\.yaml:(\d+:\d+): error: .*\[(\S+)\]$", said.split("\n")[0])
            got = f"# {place[1]} {place[2]}" if place else said
            if code != 2 or got != lines[0]:
                bad.append(f"{name}: exit {code}, {got}, expected {lines[0]}")
            unseen = lines[1].startswith("# unseen by the schema: ")
            if check.is_valid(load(text)) != unseen:
                bad.append(f"{name}: {'seen' if unseen else 'passes'} the schema")
            tried += 1
        seen = set()
        for table, line, example in examples():
            if not isinstance(example, dict):
                bad.append(f"no example: {line}")
                continue
            c = whole(table, example)
            code, said = runs(mopslint, folder, yaml.safe_dump(c))
            if code:
                bad.append(f"does not run: {line}\n    {said}")
            fits(line, c)
            keys_of(schema, table, example, seen)
            tried += 1
    for table, of in schema["$defs"].items():
        for key, words in of.get("properties", {}).items():
            if f"{table}/{key}" not in seen:
                bad.append(f"no example in the reference: '{key}' of {table}")
            if not words.get("description"):
                bad.append(f"no description: '{key}' of {table}")
    print("\n".join(bad) if bad else f"{tried} connectors tried")
    sys.exit(1 if bad or tried < 150 else 0)


main()
