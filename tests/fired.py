# SPDX-License-Identifier: MIT
"""fired.py fires|silent REPORT.json: every rule and dataset check that found something, with its lines, messages
and proposals.

Exit status 1 when a report of `fires` holds none, or one of `silent` some."""
import json
import sys


def show(rule):
    undecided = f", {rule['undecided']} undecided" if rule["undecided"] else ""
    print(f"  {rule['severity']} {rule['id']} ({rule['kind']}, {rule['dimension']}): {rule['failed']} failed{undecided}"
          f" of {rule['applicable']}")
    for sample in sorted(rule["samples"], key=lambda sample: sample["line"]):
        print(f"    line {sample['line']}: {sample['message']}")
    for value in rule["values"]:
        if value["proposal"] is not None:
            print(f"    {value['value']!r} -> {value['proposal']!r}" + ("" if value["certain"] else " perhaps"))


def main():
    what, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
    found = 0
    for rule in report["rules"]:
        if rule["failed"] or rule["undecided"]:
            show(rule)
            found += 1
    for check in report["dataset"]:
        if check["failed"]:
            print(f"  {check['severity']} {check['id']} ({check['kind']}): {check['message']}")
            found += 1
    if bool(found) != (what == "fires"):
        print(f"  wrong: {'nothing was' if what == 'fires' else 'something was'} found")
        return 1
    return 0


sys.exit(main())
