# SPDX-License-Identifier: MIT
import re, sys
text = open(sys.argv[1], encoding="utf-8").read()
titles = {t.lower() for t in re.findall(r"^## (.*)$", text, re.M)}
rows = {}
for one, streams in re.findall(r"^\| `(\w+)` \| ([^|]*) \|", text, re.M):
    rows[one] = rows.get(one, "") + streams + " "
wrong, name, seen = [], "", 0
for line in sys.stdin:
    seen += 1
    if m := re.match(r"(\w+): (.*)", line):
        name = m[1]
        if name not in rows or not any(t.split(",")[0].split()[0] in m[0].lower() for t in titles):
            wrong.append(f"connector {name}")
    elif m := re.match(r"  \w+:(\w+):", line):
        wrong += [] if f"`{m[1]}`" + ("+ " if line.endswith(" (--state)\n") else " ") in rows.get(name, "") else [f"stream {name}:{m[1]}"]
    elif m := re.match(r"    ([A-Z_]+):", line):
        wrong += [] if f"`{m[1]}`" in text else [f"variable {m[1]}"]
print(wrong, seen > 50)
