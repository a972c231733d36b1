# SPDX-License-Identifier: MIT
"""
Breaks the shipped packs in each way that lint is to find, and reads what every format says of it: the id, at the right
place. Fails by printing: id, and what was found instead.
"""
import json
import os
import re
import subprocess
import xml.etree.ElementTree as xml

NOW = "2026-11-22"
FORMATS = ("text", "json", "sarif", "junit", "github", "gitlab", "markdown")
# id, pack, what stands there, what is put in its place, the text at the place that is told
WAYS = [
    ("unknown-key", "utm", "required: warning", "requird: warning", "requird"),
    ("wrong-type", "utm", "      klaviyo:\n", "      klaviyo: [kl]\n", "[kl]"),
    ("duplicate-id", "utm", "- id: paid-has-id", "- id: tagged-whole", "tagged-whole"),
    ("duplicate-value", "hubspot-lifecycle", "name: evangelist", "name: customer", "customer, label: Evangelist"),
    ("ambiguous-alias", "utm", "duckduckgo: {aliases: [duckduckgo.com, ddg]}",
     "duckduckgo: {aliases: [g2.com]}", "g2.com, g2crowd"),
    ("ambiguous-alias", "utm", "pardot:", "pardot: {aliases: [marketo]}", "marketo]"),
    ("yaml-duplicate-key", "utm", "      criteo:\n", "      outbrain:\n", "outbrain:"),
    ("unknown-vocabulary", "utm", "vocabulary: medium", "vocabulary: mediums", "mediums"),
    ("unknown-field", "utm", "all_or_none: [source, medium, campaign]",
     "all_or_none: [sources, medium, campaign]", "sources,"),
    ("unknown-value", "salesforce-lifecycle", "not_in: [Closed Won", "not_in: [Closed Wonn", "Closed Wonn"),
    ("unknown-person", "utm", "owner: marketing-ops", "owner: marketing", "marketing\n"),
    ("cyclic-extends", "utm", "mopslint: 1\n", "mopslint: 1\nextends: broken.yaml\n", "broken.yaml"),
    ("unused-vocabulary", "utm", "vocabularies:\n",
     "vocabularies:\n  region: {description: d, values: [emea]}\n", "region: {description"),
    ("unused-field-set", "lead-completeness", "use: [lead-completeness]",
     "x-use: [lead-completeness]", "lead-completeness:"),
    ("unused-part", "utm", "        case: lower\n",
     "        template: '{a}'\n        parts: {a: {pattern: '[a-z]+'}, b: {pattern: '[a-z]+'}}\n", "b: {pattern"),
    ("unknown-rule", "hubspot-lifecycle", "contact.lifecycle_stage.alias:",
     "contact.lifecycle_stage.aliases:", "contact.lifecycle_stage.aliases"),
    ("language-version", "utm", "mopslint: 1\n", "mopslint: 2\n", "2\n"),
    ("missing-owner", "utm", "\nowner: marketing-ops", "", "utm\n"),
    ("missing-description", "utm", "description: site, tool or partner that sent the visitor\n",
     "x-description: d\n", "source:"),
    ("missing-message", "utm", "        message: \"a paid visit", "        x-message: \"a paid visit", "paid-has-id"),
    ("missing-example", "utm", "          pass: [{medium: cpc, id: \"4711\"}]\n", "", "paid-has-id"),
    ("missing-example", "utm", "          fail: [{medium: cpc, id: \"\"}]\n", "", "paid-has-id"),
    ("review-overdue", "utm", "review_by: 2027-05-31", "review_by: 2026-05-31", "2026-05-31"),
    ("person-left", "utm", "{name: Marketing operations}",
     "{name: Marketing operations, until: 2026-05-31}", "2026-05-31}"),
    ("deprecated-without-use", "utm", "      klaviyo:\n",
     "      klaviyo: {valid: {until: 2026-05-31}}\n", "klaviyo: {valid"),
    ("deprecated-in-use", "salesforce-lifecycle", "aliases: [Won, ClosedWon, Closed-Won]",
     "valid: {until: 2026-05-31}", "Closed Won,"),
    ("provisional-overdue", "utm", "      klaviyo:\n",
     "      klaviyo: {provisional: {until: 2026-05-31}}\n", "2026-05-31}}"),
    ("missing-key", "hubspot-lifecycle", "alias: {severity: off, reason: exports from HubSpot's screen hold labels}",
     "alias: {severity: off}", "off}"),
    ("missing-reason", "utm", "required: warning", "required: off", "required: off"),
    ("missing-reason", "utm", "  lead:\n    use:",
     "  lead:\n    population: {exclude: [{id: x, where: {utm_id: test}}]}\n    use:", "{id: x"),
    ("expired-suppression", "utm", "review_by: 2027-05-31",
     "suppressions: [{rule: lead.utm_source.alias, reason: later, until: 2026-05-31}]", "2026-05-31}]"),
    ("missing-key", "utm", "review_by: 2027-05-31", "suppressions: [{rule: lead.utm_source.alias}]", "{rule: lead"),
    ("unused-suppression", "hubspot-lifecycle", "review_by: 2027-05-31",
     "suppressions: [{rule: contact.lifecycle_stage.alias, reason: later, until: 2027-05-31}]", "{rule: contact"),
    ("unknown-finding", "privacy", "unused-field-set:", "unused-set:", "unused-set:"),
    ("refused-value", "utm", "vocabulary: medium", "vocabulary: medium\n        length: {max: 12}", "{max: 12}"),
    ("never-true", "utm", "when: {medium: {in_group: medium.paid}}",
     "when: {medium: {pattern: 'payed.*'}}", "'payed.*'"),
    ("never-passes", "utm", "then: {id: {required: true}}", "then: {id: {not_pattern: '.*'}}", "'.*'"),
    ("never-passes", "utm", "when: {source: {in_group: source.mail_tools}}\n        then: {not: {medium: {in_group: medium.paid}}}",
     "when: {medium: email}\n        then: {medium: [cpc]}", "mail-is-not"),
    ("never-fails", "utm", "        case: lower\n", "        case: lower\n        pattern: '.+'\n", "'.+'"),
    ("idle-value", "utm", "{aliases: [yahoo.com]}", "{aliases: [Yahoo]}", "Yahoo]"),
    ("unreachable-stage", "salesforce-lifecycle", "{name: Needs Analysis}",
     "{name: Needs Analysis, terminal: true}", "Value Proposition}"),
    ("report-field-unguarded", "pipeline-reports", "    report-field-unguarded:", "    not-judged:", "owner]"),
    ("report-field-optional", "pipeline-reports", "    report-field-optional:", "    not-judged:", "campaign]"),
    ("ambiguous-template", "utm", "        case: lower\n",
     "        template: '{a}_{b}'\n        parts: {a: {values: [x, x_y]}, b: {pattern: '[a-z_]+'}}\n", "'{a}_{b}'"),
    ("refused-name", "utm", "        case: lower\n",
     "        case: lower\n        template: '{a}-{b}'\n        parts: {a: {values: [x, Y]}, b: {pattern: '[a-z]+'}}\n", "lower"),
    ("bad-regex", "utm", "'google|bing|", "'google|(bing|", "'}]"),
    ("regex-backtracking", "utm", "        case: lower\n",
     "        case: lower\n        pattern: '(a+)+-'\n", "(a+)+-"),
    ("regex-range", "utm", "        case: lower\n", "        case: lower\n        pattern: '[A-z]+'\n", "A-z]"),
    ("regex-host", "utm", "        case: lower\n",
     "        case: lower\n        pattern: 'www.example.com/[a-z]*'\n", ".example"),
    ("regex-empty", "utm", "        case: lower\n", "        case: lower\n        pattern: 'paid-(cpc|ppc|)'\n", "|)"),
    ("regex-list", "utm", "        case: lower\n", "        case: lower\n        pattern: 'emea|amer'\n", "emea|"),
    ("regex-anchor", "utm", "        case: lower\n", "        case: lower\n        pattern: '^[a-z]{4}$'\n", "^[a-z]"),
    ("ambiguous-template", "utm", "        case: lower\n",
     "        case: lower\n        template: [{use: '{a}', id: one}, {use: '{a}[_{b}]', id: two}]\n        parts: {a: {values: [x]}, b: {values: [y]}}\n", "'{a}[_{b}]'"),
    ("transition-to-nowhere", "hubspot-lifecycle", "        stages:\n",
     "        transitions: {allowed: [[lead, nowhere]]}\n        stages:\n", "nowhere"),
    ("transition-to-nowhere", "hubspot-lifecycle", "        stages:\n",
     "        skips: [{from: lead, to: nowhere}]\n        stages:\n", "nowhere"),
]


def places(said, wanted):
    """Each format's own line and column of findings of that id; a column of None: it has none."""
    at = {}
    at["text"] = re.findall(rf"^broken\.yaml:(\d+):(\d+): .*\[{wanted}\]$", said["text"], re.M)
    at["json"] = [(p["line"], p["column"]) for p in json.loads(said["json"])["problems"]
                  if p["rule"] == wanted and not p["suppressed"]]
    results = json.loads(said["sarif"])["runs"][0]["results"]
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in results
               if r["ruleId"] == wanted and not r.get("suppressions")]
    at["sarif"] = [(r["startLine"], r["startColumn"]) for r in regions]
    cases = xml.fromstring(said["junit"]).iter("testcase")
    at["junit"] = [place for case in cases if case.get("name") == wanted
                   for place in re.findall(r"broken\.yaml:(\d+):(\d+)", "".join(case.itertext()))]
    at["github"] = re.findall(rf"^::\w+ file=broken\.yaml,line=(\d+),endLine=\d+,col=(\d+),.*title={wanted}::",
                              said["github"], re.M)
    at["gitlab"] = [(p["location"]["lines"]["begin"], None) for p in json.loads(said["gitlab"])
                    if p["check_name"] == wanted]
    at["markdown"] = [(line, None) for line in
                      re.findall(rf"^\| \w+ \| ` broken\.yaml:(\d+) ` \| ` {wanted} ` \|", said["markdown"], re.M)]
    return at


def lint():
    """The exit status, and what each format says."""
    files = {f: f"said.{f}" for f in FORMATS}
    options = [word for f, name in files.items() for word in ("-f", f"{f}={name}")]
    env = dict(os.environ, MOPSLINT_RULES_PATH="../rules")
    run = subprocess.run(["mopslint", "rules", "lint", "--now", NOW, *options, "broken.yaml"], env=env)
    said = {}
    for f, name in files.items():
        with open(name, encoding="utf-8") as file:
            said[f] = file.read()
    return run.returncode, said


for wanted, pack, old, new, place in WAYS:
    text = open(f"../rules/{pack}.yaml", encoding="utf-8").read()
    if old not in text:
        print(f"{wanted}: '{old}' is not in {pack}")
        continue
    # The tests of a pack speak of it as it is.
    text = (text.split("\ntests:")[0] + "\n").replace(old, new, 1)
    with open("broken.yaml", "w", encoding="utf-8") as f:
        f.write(text)
    rc, said = lint()
    levels = {p["level"] for p in json.loads(said["json"])["problems"] if p["rule"] == wanted}
    if rc not in ((0,) if levels == {"note"} else (1, 2)):
        print(f"{wanted}: exit {rc}")
    lines = text.splitlines(keepends=True)
    for form, found in places(said, wanted).items():
        if form == "junit" and levels == {"note"}:
            continue  # a note is no failure there
        if not any(lines[int(line) - 1].find(place) >= 0 if column is None else
                   lines[int(line) - 1][int(column) - 1:].startswith(place) for line, column in found):
            print(f"{wanted}: {form}: not at '{place}': {found}")
