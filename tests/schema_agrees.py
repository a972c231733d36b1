#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""schema_agrees.py MOPSLINT SCHEMA RULE-FILE...: whatever stands under a key, the loader and the JSON Schema of rule files
agree whether it has the right shape. Every key that the rule files have gets each of the values below in turn; the loader
says what it thinks of all of them in one run, the schema of each as text and as an editor reads it (3 a number, true a
truth value). What a schema cannot see is listed with the reason."""

import copy
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import yaml

WRONG = [None, "", "a", "a b", "-1", "1.5", "true", "2026-13-45", ";;", [], {}, [None], [""], ["a"], {"a": None},
         {"a": "b"}, {"a": ["b"]}]
STRUCTURAL = {"unknown-key", "wrong-type", "missing-key", "missing-value", "bad-value", "bad-name", "unknown-type",
              "language-version"}
NUMBER = re.compile(r"^-?(0|[1-9][0-9]*)([.][0-9]+)?$")
# Faults that the schema lets pass, by their words.
UNSEEN = {
    r"is no (number|date)$|wants a (number or a date|field, a date or a number)$": "what a bound is goes by the field's type",
    r"there is no time zone|nothing converts": "zones are those of the system, rates those of the weight",
    r"is no domain: |is no time$|names no (week)?days$|days that are|wants field names": "a grammar of its own",
    r"there is no (level|check of the gate|key of a brief) |GA4 has no such channel| is never '": "names that other parts of the file, or the gate, have",
    r"'max' is less than 'min'|stands twice: it is compared|: no value is in range$|a row wants \d values|is no fold|a blank is no value of a vocabulary": "compares two places",
    r"has no (asks|from|'level')": "an empty entry keeps what a pack has",
    r"there are no record types": "a file of field sets alone is whole for those that extend it",
}
# What the schema refuses and the loader takes, by the place: each a slip that an editor may show.
STRICTER = {
    r"\.(no_macros|no_pii|disposable|free-mail|role|items\.case)=\{\}$": "says the same as true, and looks like a slip",
    r"^gate\.(campaign\.parts|links\.channels)=null$": "an empty entry keeps what a pack has",
}


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


def alone(node, path, words, top=True):
    """What leads to the place, and what stands beside it under the language's own words. The schema sees entries of a list,
    or under a user's names, one by one: without the others it says the same, and much faster."""
    if not path:
        return node
    step, below = path[0], alone(node[path[0]], path[1:], words, False)
    if isinstance(node, list):
        return [below] if isinstance(node[step], dict) else node[:step] + [below] + node[step + 1:]
    if top:
        return {**{key: node[key] for key in ("mopslint", "extends") if key in node}, step: below}
    return {**node, step: below} if step in words else {step: below}


def mutations(files, words):
    seen = set()
    for file in files:
        with open(file, encoding="utf-8") as f:
            root = yaml.load(f, Text)
        for path in places(root):
            name = tuple(step if step in words and isinstance(step, str) else "*" for step in path)
            name = name[:1] + name[-3:] if len(name) > 4 else name
            if not path or name in seen:
                continue
            seen.add(name)
            for value in WRONG:
                yield file, path, value, put(root, path, value)


def said(mopslint, folder, names):
    """By file: the ids and messages of what does not load."""
    out = {}
    for at in range(0, len(names), 1000):
        done = subprocess.run([mopslint, "rules", "lint", "--select", "unused-part", "-f", "json", *names[at:at + 1000]],
                              cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode not in (0, 1, 2) or not done.stdout:
            sys.exit(f"exit {done.returncode}: {done.stderr[-2000:]!r} {names[at]}")
        for x in json.loads(done.stdout)["problems"]:
            if x["level"] == "error":
                out.setdefault(x["file"], []).append((x["rule"], x["message"]))
    return out


CHECK = None


def prepare(schema):
    global CHECK
    CHECK = jsonschema.validators.validator_for(schema)(schema)


def refused(tree):
    return not CHECK.is_valid(tree)


def main():
    mopslint, schema, *files = os.path.abspath(sys.argv[1]), *sys.argv[2:]
    with open(schema, encoding="utf-8") as f:
        schema = json.load(f)
    words, bad, used = set(), {}, set()
    words_of(schema, words)
    with tempfile.TemporaryDirectory() as top:
        cases = []
        for file in files:
            shutil.copy(file, top)
        for file, path, value, root in mutations([f for f in files if f.endswith(".yaml")], words):
            cases.append((f"m{len(cases)}.yaml", file, path, value, root))
            with open(os.path.join(top, cases[-1][0]), "w", encoding="utf-8") as out:
                json.dump(root, out, ensure_ascii=False)
        told = said(mopslint, top, [c[0] for c in cases])
        views = [(c, "text", alone(c[4], c[2], words)) for c in cases]
        views += [(c, "typed", typed(tree)) for c, _, tree in views if typed(c[3]) != c[3]]
        with multiprocessing.Pool(initializer=prepare, initargs=(schema,)) as pool:
            verdicts = pool.map(refused, [tree for _, _, tree in views], 200)
    for ((name, file, path, value, _), view, _), no in zip(views, verdicts):
        structural = [m for i, m in told.get(name, []) if i in STRUCTURAL]
        where = ".".join(map(str, path))
        if bool(structural) == no or (no and told.get(name)):
            continue
        listed = [k for k in (UNSEEN if structural else STRICTER) if re.search(k, structural[0] if structural else f"{where}={json.dumps(value)}")]
        used.update(listed)
        if not listed:
            bad.setdefault((where, view, no), []).append(json.dumps(value) + "".join(f" {m}" for m in structural[:1]))
    for (where, view, no), what in sorted(bad.items()):
        print(f"{where} ({view}): schema {'refuses' if no else 'passes'} {'; '.join(what[:8])}")
    for key in sorted({*UNSEEN, *STRICTER} - used):
        print(f"listed, and no longer so: {key}")
    print(f"{len(views)} compared, {len(bad)} differences")
    sys.exit(bool(bad) or len(views) < 1000)


if __name__ == "__main__":
    main()
