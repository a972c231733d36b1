# SPDX-License-Identifier: MIT
import glob, os, re, sys

top = sys.argv[1]
NO_CASE = {"transfer"}  # what libcurl may come to say


def read(*paths):
    texts = []
    for path in paths:
        with open(path, encoding="utf-8") as f:
            texts.append(f.read())
    return "".join(texts)


def golden(case):
    return read(*(p for p in (f"{top}/tests/http/cases/{case}/{n}" for n in ("out", "err")) if os.path.exists(p)))


code = read(*glob.glob(f"{top}/src/exporters/http*.c"), f"{top}/src/cli/cmd_fetch.c")
outcomes = set()
for before in (r"mop_http_fail\(\s*h, (?:c->|&)?\w+, ", r"(?:cut|daily|403) \? ", r"(?:REFRESH|RETRY|STOP), ", r"\{CURLE_\w+, ", r"outcome = ", r"mop_err_name\(e, (?:r->fault \? )?"):
    outcomes |= set(re.findall(before + r'"([a-z]+(?:-[a-z]+)*)"', code))
documented, matrix = read(f"{top}/src/exporters/connectors/outcomes.md"), read(f"{top}/tests/http/faults.md")
rows = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in matrix.splitlines() if line.startswith("| ")]
shown = set()
for what, ends, cases in (r for r in rows if r[0] != "what happens"):
    names = re.findall(r"`([a-z0-9-]+)`", cases)
    for name in names:
        if not os.path.isdir(f"{top}/tests/http/cases/{name}"):
            print(f"{what}: there is no case {name}")
    text = "".join(map(golden, names))
    for outcome in re.findall(r"`([a-z0-9_.-]+)`", ends):
        shown.add(outcome)
        if f"[{outcome}]" not in text:
            print(f"{what}: no case ends with {outcome}")
for outcome in sorted(outcomes):
    if f"`{outcome}`" not in documented:
        print(f"{outcome}: not in src/exporters/connectors/outcomes.md")
    if outcome not in shown | NO_CASE:
        print(f"{outcome}: not in tests/http/faults.md")
print("outcomes are found in the code" if len(outcomes) > 45 else f"only {len(outcomes)} outcomes are found: {sorted(outcomes)}")
