# SPDX-License-Identifier: MIT
"""metrics.py DIR FILE.prom...: the dashboard, the alerts and the page of metrics against metrics as mopslint wrote them: every metric and label that a
query uses is there, every metric that is there stands in the page, and no other. The dashboard's queries go to
DIR/queries.yaml as rules, for promtool. Prints what is wrong, one a line."""
import json
import re
import sys

import yaml

folder, files = sys.argv[1], sys.argv[2:]
faults = []
written = {}
for path in files:
    for line in open(path, encoding="utf-8"):
        if not line.startswith("#"):
            name, labels = re.match(r"(\w+)\{(.*)\} \S+$", line).groups()
            written.setdefault(name, set()).update(re.findall(r'(\w+)="', labels))

dashboard = json.load(open("contrib/grafana/mopslint.json", encoding="utf-8"))
ids = [p["id"] for p in dashboard["panels"]]
if len(set(ids)) != len(ids):
    faults.append("dashboard: a panel's id twice")
# What Grafana's own schema asks for (npm @grafana/schema: Dashboard), as far as this dashboard uses it.
PANELS = {"stat", "timeseries", "table"}
KEYS = {"id", "type", "title", "description", "datasource", "gridPos", "targets", "fieldConfig", "options", "transformations"}
ENUMS = {"type": {"value", "prometheus", "datasource", "query"} | PANELS,
         "mode": {"absolute", "thresholds", "multi", "fixed", "normal"},
         "displayMode": {"list", "table", "hidden"}, "placement": {"bottom", "right"}}
variables = {v["name"] for v in dashboard["templating"]["list"]}
for name in set(re.findall(r"\$\{?(\w+)", json.dumps({k: dashboard[k] for k in ("panels", "annotations", "templating")}))) - variables:
    faults.append(f"dashboard: no variable {name}")
for p in dashboard["panels"]:
    where = f"dashboard: panel '{p['title']}'"
    if p["type"] not in PANELS or set(p) - KEYS or set(p["fieldConfig"]) != {"defaults", "overrides"}:
        faults.append(f"{where}: type or keys")
    if len({t["refId"] for t in p["targets"]}) != len(p["targets"]):
        faults.append(f"{where}: a query's letter twice")
    for x in [p, *p["targets"]]:
        if x["datasource"] != {"type": "prometheus", "uid": "${datasource}"}:
            faults.append(f"{where}: a data source of its own")
    if p["type"] == "table" and not all(t.get("format") == "table" and t.get("instant") for t in p["targets"]):
        faults.append(f"{where}: a table asks for rows of this moment")


def enums(thing):
    for key, value in thing.items() if isinstance(thing, dict) else enumerate(thing) if isinstance(thing, list) else ():
        if isinstance(value, str) and key in ENUMS and value not in ENUMS[key]:
            faults.append(f"dashboard: {key} is '{value}'")
        enums(value)


enums(dashboard["panels"] + dashboard["templating"]["list"])
cells = set()
for p in dashboard["panels"]:
    g = p["gridPos"]
    own = {(x, y) for x in range(g["x"], g["x"] + g["w"]) for y in range(g["y"], g["y"] + g["h"])}
    if own & cells or g["x"] + g["w"] > 24:
        faults.append(f"dashboard: panel '{p['title']}' lies on another or outside")
    cells |= own
queries = [(f"dashboard: {p['title']}", t["expr"], t["legendFormat"]) for p in dashboard["panels"] for t in p["targets"]]
queries += [("dashboard: annotation", a["expr"], a["textFormat"]) for a in dashboard["annotations"]["list"]]
for v in dashboard["templating"]["list"]:
    for metric, label in re.findall(r"label_values\((\w+), (\w+)\)", v.get("definition", "")):
        queries.append((f"dashboard: variable {v['name']}", f"sum by ({label}) ({metric})", ""))
rules = {"groups": [{"name": "dashboard", "rules": [{"record": f"q:{i}", "expr": expr.replace("$dataset", ".*")}
                                                    for i, (_, expr, _) in enumerate(queries)]}]}
yaml.safe_dump(rules, open(f"{folder}/queries.yaml", "w", encoding="utf-8"))

alerts = yaml.safe_load(open("contrib/prometheus/alerts.yaml", encoding="utf-8"))
tests = open("contrib/prometheus/alerts_test.yaml", encoding="utf-8").read()
for g in alerts["groups"]:
    for r in g["rules"]:
        queries.append((f"alert {r['alert']}", r["expr"], " ".join(r["annotations"].values())))
        if not re.search(rf"alertname: {r['alert']}\n +exp_alerts", tests):
            faults.append(f"alert {r['alert']}: no test in which it fires")
        if not re.search(rf"alertname: {r['alert']}}}", tests):
            faults.append(f"alert {r['alert']}: no test in which it does not")

# mopslint_x{a="..."}, by (a, b), on (a), {{a}}, {{ $labels.a }}
for where, expr, legend in queries:
    names = [n for n in re.findall(r"\b(mopslint_\w+)", expr)]
    if not names and "node_textfile" not in expr:
        faults.append(f"{where}: no metric in it")
    for name in names:
        if name not in written:
            faults.append(f"{where}: mopslint writes no {name}")
    known = set().union(*(written.get(n, set()) for n in names)) | {"instance"}
    used = re.findall(r'[{,]\s*(\w+)\s*[=!]~?"', expr) + re.findall(r"\{\{(?: \$labels\.)?(\w+) ?\}\}", legend)
    for group in re.findall(r"\b(?:by|on) \(([^)]*)\)", expr):
        used += re.split(r",\s*", group)
    for label in used:
        if label not in known:
            faults.append(f"{where}: no label {label}")

page = open("contrib/prometheus/README.md", encoding="utf-8").read()
told = {}
for line in page.splitlines():
    if line.startswith("| `mopslint_"):
        first, second = line.split("|")[1:3]
        for name in re.findall(r"`(mopslint_\w+)`", first):
            told[name] = set(re.findall(r"`(\w+)`", second))
for name in sorted(set(told) | set(written)):
    if told.get(name) != written.get(name, set()) - {"dataset"}:
        faults.append(f"contrib/prometheus/README.md: {name}: told {told.get(name)}, written {written.get(name)}")
print(*faults, sep="\n")
sys.exit(bool(faults))
