#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""schema_agrees.py MOPSLINT SCHEMA RULE-FILE...: whatever stands under a key, the loader and the JSON Schema of rule files
agree whether it has the right shape. Every key that the rule files have gets each of the values below in turn; the loader
says what it thinks of all of them in one run, the schema of each as text and as an editor reads it (3 a number, true a
truth value). What a schema cannot see is listed with the reason."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import yaml

WRONG = [None, "", "a", "a b", "-1", "1.5", "true", "2026-13-45", ";;", "10%", [], {}, [None], [""], ["a"], {"a": None},
         {"a": "b"}, {"a": ["b"]}]
STRUCTURAL = {"unknown-key", "wrong-type", "missing-key", "missing-value", "bad-value", "bad-name", "unknown-type",
              "language-version"}
NUMBER = re.compile(r"^-?(0|[1-9][0-9]*)([.][0-9]+)?$")


class Text(yaml.SafeLoader):
    """mopslint reads scalars as text; only the empty, ~ and null ones have no value."""


Text.yaml_implicit_resolvers = {}
Text.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(|~|null)$"), ["", "~", "n"])


def typed(node):
    if isinstance(node, dict):
        return {key: typed(value) for key, value in node.items()}
    if isinstance(node, list):
        return [typed(item) for item in node]
    if isinstance(node, str) and NUMBER.match(node):
        return float(node) if "." in node else int(node)
    return {"true": True, "false": False}.get(node, node) if isinstance(node, str) else node


def words_of(node, out):
    """The names of keys, as against those that users choose."""
    if isinstance(node, list):
        for item in node:
            words_of(item, out)
    elif isinstance(node, dict):
        out.update(node.get("properties", {}))
        for value in node.values():
            words_of(value, out)


def places(node, path=()):
    yield path
    if isinstance(node, dict):
        for key, value in node.items():
            yield from places(value, path + (key,))
    elif isinstance(node, list):
        for i, item in enumerate(node):
            yield from places(item, path + (i,))


def put(root, path, value):
    if not path:
        return value
    root = copy.copy(root)
    root[path[0]] = put(root[path[0]], path[1:], value)
    return root


def mutations(files, words, seen):
    for file in files:
        root = yaml.load(open(file, encoding="utf-8"), Text)
        for path in places(root):
            name = tuple(step if step in words and isinstance(step, str) else "*" for step in path)
            name = name[:1] + name[-4:] if len(name) > 5 else name
            if not path or name in seen:
                continue
            seen.add(name)
            for value in WRONG:
                yield file, ".".join(map(str, path)), value, put(root, path, value)


def said(mopslint, folder, names):
    """By file: the ids and messages of what does not load."""
    out = {}
    for at in range(0, len(names), 500):
        done = subprocess.run([mopslint, "rules", "lint", "--select", "unused-part", "-f", "json", *names[at:at + 500]],
                              cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1, 2) or not done.stdout:
            sys.exit(f"exit {done.returncode}: {done.stderr[-2000:]!r} {names[at]}")
        for x in json.loads(done.stdout)["problems"]:
            if x["level"] == "error":
                out.setdefault(x["file"], []).append((x["rule"], x["message"]))
    return out


def main():
    mopslint, schema, *files = os.path.abspath(sys.argv[1]), *sys.argv[2:]
    schema = json.load(open(schema, encoding="utf-8"))
    check = jsonschema.validators.validator_for(schema)(schema)
    words, seen, bad, n = set(), set(), {}, 0
    words_of(schema, words)
    with tempfile.TemporaryDirectory() as top:
        cases, folders = [], {}
        for file, where, value, root in mutations(files, words, seen):
            here = os.path.dirname(os.path.abspath(file))
            if here not in folders:
                folders[here] = os.path.join(top, str(len(folders)))
                shutil.copytree(here, folders[here], ignore=lambda d, names: [x for x in names if os.path.isdir(os.path.join(d, x)) and x == "bad"])
            name = os.path.join(os.path.relpath(folders[here], top), f"m{len(cases)}.yaml")
            with open(os.path.join(top, name), "w", encoding="utf-8") as out:
                json.dump(root, out, ensure_ascii=False)
            cases.append((name, file, where, value, root))
        told = said(mopslint, top, [c[0] for c in cases])
        for name, file, where, value, root in cases:
            faults = told.get(name, [])
            structural = [m for i, m in faults if i in STRUCTURAL]
            for view, tree in (("text", root), ("typed", typed(root)))[:2 if typed(value) != value else 1]:
                refused = not check.is_valid(tree)
                n += 1
                if bool(structural) != refused and (structural or not faults):
                    bad.setdefault((where, view, refused), []).append((file, value, structural[:1]))
    for (where, view, refused), list_ in sorted(bad.items(), key=str):
        print(f"{where} ({view}): schema {'refuses' if refused else 'passes'} " + "; ".join(f"{json.dumps(v)}{' ' + m[0] if m else ''}" for f, v, m in list_[:8]) + f"  [{list_[0][0]}]")
    print(f"{n} compared, {len(bad)} differences")
    sys.exit(bool(bad) or n < 1000)


if __name__ == "__main__":
    main()
