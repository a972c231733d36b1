#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""misspell.py BRIEF: each key of the brief misspelt once, one file each. Prints what mopslint says of them all."""

import subprocess
import sys

import yaml


def keys_of(node):
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield key
            yield from keys_of(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from keys_of(item)


def main():
    text = open(sys.argv[1], encoding="utf-8").read()
    told = set()
    for key in keys_of(yaml.compose(text)):
        at = key.start_mark.index
        wrong = key.value[:-1] + "q" if len(key.value) > 2 else key.value + "q"
        with open("wrong.yaml", "w", encoding="utf-8") as f:
            f.write(text[:at] + wrong + text[key.end_mark.index:])
        run = subprocess.run(["mopslint", "gate", "-r", "../fixtures/gate/taxonomy.yaml", "--now", "2026-11-22", "wrong.yaml"],
                             capture_output=True, text=True, check=False)
        place = f"wrong.yaml:{key.start_mark.line + 1}:{key.start_mark.column + 1}: "
        hit = [line for line in run.stderr.splitlines() if line.startswith(place) and f"'{wrong}'" in line]
        if run.returncode != 2 or not hit:
            print(f"{key.value} -> {wrong}: exit {run.returncode}, not told at {place}{run.stdout[:200]}{run.stderr[:300]}")
        else:
            told.add(hit[0].removeprefix(place))
    print("\n".join(sorted(told)))


main()
