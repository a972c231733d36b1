"""One defect, one finding: pairs of checks of which one leaves its defect to the other. Whatever happens to the one
that speaks, a record with the defect is never clean, unless what speaks is a rung that was made a warning: it has a severity
of its own. What is told of it is the table that is printed."""
import json
import subprocess

HEAD = "mopslint: 1\nname: t\nrecords:\n  lead:\n    key: id\n    dated_by: day\n    fields:\n" \
       "      id:\n      day: {type: date}\n"
FIELD = HEAD + "      x: {%s}\n"
STAGES = HEAD + """      stage:
      lead_at: {type: date}
      mql_at: {type: date}
      sql_at: {type: date}
lifecycles:
  - id: path
    record: lead
    field: stage
%s    stages:
      - {name: lead, entered_at: lead_at%s}
      - {name: mql, entered_at: mql_at%s}
      - {name: sql, entered_at: sql_at}
"""
LIST = "values: {linkedin: {aliases: [LI]}, x: , old: {use: x}}"
# name, rules, columns and record, the check that speaks, the one that is silent
PAIRS = [
    ("requires, skipped", STAGES % ("", "", ", requires: [mql_at]"),
     "stage,lead_at,mql_at,sql_at\nsql,2026-01-01,,2026-01-05", "lead.path.requires.mql_at", "lead.path.skipped"),
    ("order, sla", STAGES % ("    severities: {sla: error}\n", ", sla: {next: 8h}", ""),
     "stage,lead_at,mql_at,sql_at\nmql,2026-01-03,2026-01-01,", "lead.path.order", "lead.path.sla.lead"),
    ("type, pattern", FIELD % "type: integer, pattern: '[0-9]+'", "x\nmany", "lead.x.type", "lead.x.pattern"),
    ("vocabulary, pattern", FIELD % (LIST + ", pattern: '[a-z]+'"), "x\nX9", "lead.x.vocabulary", "lead.x.pattern"),
    ("alias, pattern", FIELD % (LIST + ", pattern: '[a-z]+'"), "x\nLI", "lead.x.alias", "lead.x.pattern"),
    ("alias, rule", FIELD % LIST +
     "rules: [{id: r, record: lead, then: {x: {pattern: '[a-z]+'}, id: {pattern: '1'}}}]\n", "x\nLI", "lead.x.alias", "r"),
    ("deprecated, not_pattern", FIELD % (LIST.replace("linkedin", "li") + ", not_pattern: 'o'"), "x\nold",
     "lead.x.deprecated", "lead.x.not_pattern"),
    ("alias of an item, pattern of it", FIELD % ("items: {%s, pattern: '[a-z]+'}" % LIST), "x\nx;LI",
     "lead.x.items.alias", "lead.x.items"),
    ("alias of an item, pattern of all", FIELD % ("items: {%s}, not_pattern: 'LI'" % LIST), "x\nx;LI",
     "lead.x.items.alias", "lead.x.not_pattern"),
]
OVER = "overrides: {%s: {%s}}\n"
# name, what is added to the rules, options; %s: the check that speaks, then the one that is silent
FATES = [
    ("as it is", "", ""),
    ("off", OVER % ("%(speaks)s", "severity: off, reason: r"), ""),
    ("a warning", OVER % ("%(speaks)s", "severity: warning"), ""),
    ("phased in", OVER % ("%(speaks)s", "phase_in: {severity: warning, until: 2026-12-31}"), ""),
    ("for other dates", OVER % ("%(speaks)s", "applies: {from: 2026-06-01}"), ""),
    ("ignored", "", "--ignore %(speaks)s"),
    ("not selected", "", "--select %(silent)s"),
    ("suppressed", "suppressions: [{rule: %(speaks)s, reason: r}]\n", ""),
]


def told(rule):
    word = "undecided" if rule["undecided"] else "suppressed" if rule["suppressed"] else rule["severity"]
    return "%s (%s)" % (rule["id"].split(".", 1)[-1], word)


def run(rules, data, options):
    with open("t.yaml", "w") as f:
        f.write(rules)
    columns, record = data.split("\n")
    with open("l.csv", "w") as f:
        f.write("id,day,%s\n1,2026-03-01,%s\n" % (columns, record))
    done = subprocess.run(["mopslint", "check", "-r", "t.yaml", "l.csv", "-f", "json", "--now", "2026-11-22T06:00:00Z"]
                          + options.split(), capture_output=True, text=True)
    if done.returncode not in (0, 1):
        return done.stderr, 0
    report = json.loads(done.stdout)
    found = [told(r) for r in report["rules"] if r["failed"] or r["undecided"]]
    return ", ".join(found) or "nothing", report["types"][0]["confidence"]["records"]["clean"]


for name, rules, data, speaks, silent in PAIRS:
    print(name)
    for fate, added, options in FATES:
        names = {"speaks": speaks, "silent": silent}
        found, clean = run(rules + added % names, data, options % names)
        print("  %-18s %s%s" % (fate, found, ", and clean" if clean else ""))
