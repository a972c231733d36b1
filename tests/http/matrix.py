#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""matrix.py MOPSLINT: prints what each stream of each shipped connector was played, from the expected output of the cases
NAME-streams, and fails when a stream lacks a play, or README.md beside this file has another table."""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PLAYS = ["pages", "empty", "limit", "token", "fault"]
CONNECTORS = os.path.join(HERE, "../../src/exporters/connectors")


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as f:
        return f.read()


def incremental(connector, stream):
    """The stream's part of the connector file says so."""
    part = re.search(rf"^  {stream}:\n((?:    .*\n|\n)*)", read(CONNECTORS, connector + ".yaml"), re.M)
    return "\n    incremental:" in "\n" + part[1]


def cell(played):
    """'exit 0, records 2; fetched 2 of 2 records in 3 requests' -> whole; an error: its outcome."""
    code = re.match(r"exit (\d+), records \w+; (.*)", played)
    if not code:
        return "?"
    return "whole" if code[1] == "0" else "`" + code[2].rsplit("[", 1)[-1].rstrip("]") + "`"


def main():
    listed = subprocess.run([sys.argv[1], "fetch", "--list"], capture_output=True, text=True, check=True).stdout
    rows, bad = [], []
    for connector, stream in re.findall(r"^  (\w+):(\w+)", listed, re.M):
        case = os.path.join(HERE, "cases", connector + "-streams", "out")
        got = dict(re.findall(rf"^{stream} (\w+): (.*)$", read(case), re.M)) if os.path.exists(case) else {}
        wanted = PLAYS + (["first", "later"] if incremental(connector, stream) else [])
        bad += [f"{connector}:{stream}: never played: {play}" for play in wanted if play not in got]
        bad += [f"{connector}:{stream}: {play}: {got[play]}" for play in ("pages", "empty", "fault", "first", "later")
                if play in got and not got[play].startswith("exit 0, ") and not (play == "empty" and got[play].endswith("[no-columns]"))]
        cells = [cell(got.get(play, "")) for play in PLAYS]
        rows.append(f"| {connector} | {stream} | {' | '.join(cells)} | {'later' in got and 'yes' or 'no'} |")
    table = "\n".join(["| connector | stream | two pages | empty | limit | token | fault | incremental |",
                       "|---|---|---|---|---|---|---|---|", *rows])
    print(table)
    if table not in read(HERE, "README.md"):
        bad.append("README.md: the table is not this one")
    print("\n".join(bad), file=sys.stderr, end="\n" if bad else "")
    sys.exit(1 if bad else 0)


main()
