#!/usr/bin/env python3
"""The worked example of design.md section 4: 1,000 campaigns, spend 250 k, digit for digit.

    worked_example.py DIR     writes taxonomy.json, campaigns.csv and args into DIR
"""

import csv
import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

NOW = "2026-11-22T06:00:00Z"
# failing set, records, spend in k
GROUPS = [((), 820, 171), (("R1",), 60, 42), (("R2",), 50, 9), (("R3",), 30, 3), (("R1", "R2"), 20, 15),
          (("R1", "R2", "R3"), 10, 8), (("R4",), 10, 2)]

TAXONOMY = {
    "mopslint": "1", "name": "worked", "version": "1", "owner": "ops",
    "people": {"ops": {"email": "ops@acme.example"}},
    "records": {"campaign": {
        "weight": {"field": "spend", "currency": {"is": "EUR"}},
        "source": {"files": ["campaigns.csv"]},
        "fields": {
            "utm_source": {"values": {"use": ["google", "linkedin"], "id": "R1"}},
            "name": {"pattern": {"use": "[a-z]{4}_[0-9]+", "id": "R2"}},
            "owner": {"required": {"severity": "error", "id": "R3"}},
            "id": {"unique": {"id": "R4", "severity": "error"}},
            "spend": {}}}},
    "reports": [],
}


def rows():
    """One row per campaign; the spend of a group is split evenly over its records."""
    number = 0
    for failing, count, spend in GROUPS:
        for place in range(count):
            number += 1
            cents, rest = divmod(spend * 100000, count)
            cents += 1 if place < rest else 0
            yield {
                "id": "id-1" if "R4" in failing else "id-%d" % number,
                "name": "Bad Name" if "R2" in failing else "camp_%d" % number,
                "utm_source": "gogle-ads" if "R1" in failing else "google",
                "owner": "" if "R3" in failing else "dana",
                "spend": "%d.%02d" % divmod(cents, 100)}


def write(folder):
    with open(os.path.join(folder, "taxonomy.json"), "w", encoding="utf-8") as stream:
        json.dump(TAXONOMY, stream, indent=1)
    with open(os.path.join(folder, "campaigns.csv"), "w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, ["id", "name", "utm_source", "owner", "spend"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
    with open(os.path.join(folder, "args"), "w", encoding="utf-8") as stream:
        stream.write("--now\n%s\ncampaign=campaigns.csv\n" % NOW)


class WorkedExample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from oracle import run_files
        with tempfile.TemporaryDirectory() as folder:
            write(folder)
            run = run_files(os.path.join(folder, "taxonomy.json"), NOW,
                            [("campaign", os.path.join(folder, "campaigns.csv"))])
        cls.type = run.report()["types"][0]

    def both(self, pair):
        return pair["records"]["score"], pair["value"]["score"]

    def test_confidence(self):
        self.assertEqual(self.both(self.type["confidence"]), ("82.0", "68.4"))
        self.assertEqual(self.type["confidence"]["records"]["clean"], 820)
        self.assertEqual(self.type["confidence"]["value"]["clean"], "171000")
        self.assertEqual(self.type["confidence"]["value"]["assessed"], "250000")

    def test_dimensions(self):
        dimensions = self.type["dimensions"]
        self.assertEqual(self.both(dimensions["validity"]), ("86.0", "70.4"))
        self.assertEqual(self.both(dimensions["completeness"]), ("96.0", "95.6"))
        self.assertEqual(self.both(dimensions["uniqueness"]), ("99.0", "99.2"))

    def test_fix_first(self):
        rows = {row["rule"]: row for row in self.type["fix_first"]}
        self.assertEqual({r: row["gain"]["value"] for r, row in rows.items()},
                         {"R1": "16.800", "R2": "3.600", "R3": "1.200", "R4": "0.800"})
        self.assertEqual({r: row["share"]["value"] for r, row in rows.items()},
                         {"R1": "20.867", "R2": "7.667", "R3": "2.267", "R4": "0.800"})
        total = sum(row["exact"]["value"][1] for row in rows.values())
        self.assertEqual(total * 10, 316)

    def test_plan(self):
        self.assertEqual([(s["rule"], s["score"]) for s in self.type["plan"]["steps"]],
                         [("R1", "85.2"), ("R2", "94.8"), ("R3", "99.2"), ("R4", "100.0")])


if __name__ == "__main__":
    if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]):
        write(sys.argv[1])
    else:
        unittest.main()
