# SPDX-License-Identifier: MIT
"""Breaks the shipped packs in each way that lint is to find; fails by printing: id, and what was found instead."""
import json
import os
import subprocess

NOW = "2026-11-22"
# id, pack, what stands there, what is put in its place
WAYS = [
    ("unknown-key", "utm", "required: warning", "requird: warning"),
    ("wrong-type", "utm", "      klaviyo:\n", "      klaviyo: [kl]\n"),
    ("duplicate-id", "utm", "- id: paid-has-id", "- id: tagged-whole"),
    ("duplicate-value", "hubspot-lifecycle", "name: evangelist", "name: customer"),
    ("ambiguous-alias", "utm", "duckduckgo: {aliases: [duckduckgo.com, ddg]}", "duckduckgo: {aliases: [g2.com]}"),
    ("ambiguous-alias", "utm", "pardot:", "pardot: {aliases: [marketo]}"),
    ("yaml-duplicate-key", "utm", "      criteo:\n", "      outbrain:\n"),
    ("unknown-vocabulary", "utm", "vocabulary: medium", "vocabulary: mediums"),
    ("unknown-field", "utm", "all_or_none: [source, medium, campaign]", "all_or_none: [sources, medium, campaign]"),
    ("unknown-value", "salesforce-lifecycle", "not_in: [Closed Won", "not_in: [Closed Wonn"),
    ("unknown-person", "utm", "owner: marketing-ops", "owner: marketing"),
    ("cyclic-extends", "utm", "mopslint: 1\n", "mopslint: 1\nextends: broken.yaml\n"),
    ("unused-vocabulary", "utm", "vocabularies:\n", "vocabularies:\n  region: {description: d, values: [emea]}\n"),
    ("unused-field-set", "lead-completeness", "use: [lead-completeness]", "x-use: [lead-completeness]"),
    ("unused-part", "utm", "        case: lower\n",
     "        template: '{a}'\n        parts: {a: {pattern: '[a-z]+'}, b: {pattern: '[a-z]+'}}\n"),
    ("unknown-rule", "hubspot-lifecycle", "contact.lifecycle_stage.alias:", "contact.lifecycle_stage.aliases:"),
    ("language-version", "utm", "mopslint: 1\n", "mopslint: 2\n"),
    ("missing-owner", "utm", "\nowner: marketing-ops", ""),
    ("missing-description", "utm", "description: site, tool or partner that sent the visitor\n", "x-description: d\n"),
    ("missing-message", "utm", "        message: \"a paid visit", "        x-message: \"a paid visit"),
    ("missing-example", "utm", "          pass: [{medium: cpc, id: \"4711\"}]\n", ""),
    ("missing-example", "utm", "          fail: [{medium: cpc, id: \"\"}]\n", ""),
    ("review-overdue", "utm", "review_by: 2027-05-31", "review_by: 2026-05-31"),
    ("person-left", "utm", "{name: Marketing operations}", "{name: Marketing operations, until: 2026-05-31}"),
    ("deprecated-without-use", "utm", "      klaviyo:\n", "      klaviyo: {valid: {until: 2026-05-31}}\n"),
    ("deprecated-in-use", "salesforce-lifecycle", "aliases: [Won, ClosedWon, Closed-Won]", "valid: {until: 2026-05-31}"),
    ("provisional-overdue", "utm", "      klaviyo:\n", "      klaviyo: {provisional: {until: 2026-05-31}}\n"),
    ("missing-key", "hubspot-lifecycle", "alias: {severity: off, reason: exports from HubSpot's screen hold labels}",
     "alias: {severity: off}"),
    ("missing-reason", "utm", "required: warning", "required: off"),
    ("missing-reason", "utm", "  lead:\n    use:", "  lead:\n    population: {exclude: [{id: x, where: {utm_id: test}}]}\n    use:"),
    ("expired-suppression", "utm", "review_by: 2027-05-31",
     "suppressions: [{rule: lead.utm_source.alias, reason: later, until: 2026-05-31}]"),
    ("missing-key", "utm", "review_by: 2027-05-31", "suppressions: [{rule: lead.utm_source.alias}]"),
    ("unused-suppression", "hubspot-lifecycle", "review_by: 2027-05-31",
     "suppressions: [{rule: contact.lifecycle_stage.alias, reason: later, until: 2027-05-31}]"),
    ("unknown-finding", "privacy", "unused-field-set:", "unused-set:"),
    ("refused-value", "utm", "vocabulary: medium", "vocabulary: medium\n        length: {max: 12}"),
    ("never-true", "utm", "when: {medium: {in_group: medium.paid}}", "when: {medium: {pattern: 'payed.*'}}"),
    ("unreachable-stage", "salesforce-lifecycle", "{name: Needs Analysis}", "{name: Needs Analysis, terminal: true}"),
    ("report-field-unguarded", "pipeline-reports", "    report-field-unguarded:", "    not-judged:"),
    ("report-field-optional", "pipeline-reports", "    report-field-optional:", "    not-judged:"),
    ("ambiguous-template", "utm", "        case: lower\n",
     "        template: '{a}_{b}'\n        parts: {a: {values: [x, x_y]}, b: {pattern: '[a-z_]+'}}\n"),
    ("refused-name", "utm", "        case: lower\n",
     "        case: lower\n        template: '{a}-{b}'\n        parts: {a: {values: [x, Y]}, b: {pattern: '[a-z]+'}}\n"),
    ("bad-regex", "utm", "'google|bing|", "'google|(bing|"),
]

env = dict(os.environ, MOPSLINT_RULES_PATH="../rules")
for wanted, pack, old, new in WAYS:
    text = open(f"../rules/{pack}.yaml", encoding="utf-8").read()
    if old not in text:
        print(f"{wanted}: '{old}' is not in {pack}")
        continue
    # The tests of a pack speak of it as it is.
    text = text.split("\ntests:")[0] + "\n"
    with open("broken.yaml", "w", encoding="utf-8") as f:
        f.write(text.replace(old, new, 1))
    run = subprocess.run(["mopslint", "rules", "lint", "--now", NOW, "-f", "json", "broken.yaml"],
                         env=env, capture_output=True, text=True)
    told = json.loads(run.stdout)
    found = {p["rule"]: p for p in told["problems"] if not p.get("suppressed")}
    if wanted not in found:
        print(f"{wanted}: exit {run.returncode}, found {sorted(found)}")
    elif not found[wanted].get("line"):
        print(f"{wanted}: without a place: {found[wanted]}")
    elif run.returncode not in ((0,) if found[wanted]["level"] == "note" else (1, 2)):
        print(f"{wanted}: exit {run.returncode}")
