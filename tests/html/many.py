# SPDX-License-Identifier: MIT
"""many.py DIR RULES VALUES: a taxonomy of many rules, reports, owners and suppressions, and a file that fails them all
with as many distinct values."""
import csv, pathlib, sys

where, rules, values = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
long = "<b>\"&'" * 60
with open(where / "many.yaml", "w", encoding="utf-8") as f:
    f.write("mopslint: 1\nname: many\nowner: o\nrecords:\n  lead:\n    key: id\n    fields:\n      id: {required: true}\n"
            "      amount: {type: decimal}\n      source: {values: [google]}\n      email: {type: email}\n    weight: amount\n")
    f.write("rules:\n")
    for i in range(rules):
        f.write(f"  - {{id: rule-{i}-{'x' * 40}, record: lead, then: {{source: {{length: {{max: 2}}}}}}, owner: 'owner {i} {'y' * 40}',\n"
                f"     message: '{long.replace(chr(39), chr(39) * 2)} {i}', fixed_by: 'fixer {i}'}}\n")
    f.write("reports:\n")
    for i in range(300):
        f.write(f"  - {{name: 'report {i} {'<z>' * 60}', needs: {{lead: {{fields: [source, email]}}}}, target: 95, owner: 'cmo {i}'}}\n")
    f.write("dataset:\n")
    for i in range(300):
        f.write(f"  - {{id: whole-{i}, record: lead, volume: {{min: 9999999}}, owner: 'o', message: '{'<&>' * 80}'}}\n")
    f.write("suppressions:\n")
    for i in range(500):
        f.write(f"  - {{rule: rule-{i}-{'x' * 40}, until: 2027-01-01, reason: 'being repaired {i}', by: o}}\n")
with open(where / "leads.csv", "w", encoding="utf-8", newline="") as f:
    out = csv.writer(f)
    out.writerow(["id", "amount", "source", "email"])
    for i in range(values):
        out.writerow([f"L{i}", i % 977, f"value {i} {long}", "jane.roe@example" if i % 2 else ""])
