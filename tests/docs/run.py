#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The examples of rules/*.md are tests. run.py [-v] [PAGE...] [--only NAME]

An example is a comment and the fenced blocks after it, up to ```text:

    <!-- example: NAME [options of mopslint check] -->
    ```yaml              the taxonomy, or a part of one (see whole_taxonomy)
    ```csv               the records of type lead; ```csv campaign: those of campaign;
                         ```csv vocab/a.csv: a file beside the taxonomy; so for json and ndjson
    ```text              what must come out, a line each:
        lead.email.required: failed 1, undecided 2   and every rule not named has 0 of both
        .types.lead.confidence.records.score 50.0    a value of the JSON report; lists go by record, id or name
        exit 1                                       the exit status
        error: no such type                          the taxonomy is refused (exit 2), and the message says so
        warning: a value                             stderr says so
        loads                                        the taxonomy is read without an error; no records are needed

An example without yaml is run with its options alone (-r utm). A fragment needs no head.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NOW = "2026-11-22T06:00:00Z"
# Keys that stand under a record type; in a fragment they mean records.lead.
OF_RECORD = {"fields", "key", "unique", "weight", "population", "use", "dated_by", "zone", "kind", "source"}


def binary():
    build = os.path.join(TOP, os.environ.get("BUILD", "build"))
    for path in (os.environ.get("MOPSLINT"), build + "/test/mopslint", build + "/mopslint"):
        if path and os.access(path, os.X_OK):
            return path
    sys.exit("run.py: no mopslint in %s; run make" % build)


class Example:
    def __init__(self, page, line, name, options):
        self.page, self.line, self.name, self.options = page, line, name, options.split()
        self.blocks = []  # (language, rest of the info string, text)


def read_page(path):
    """The examples of a page."""
    examples, current, fence = [], None, None
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            if fence is not None:
                if line.rstrip() == "```":
                    if current:
                        current.blocks.append((fence[0], fence[1], "".join(fence[2])))
                        current = None if fence[0] == "text" else current
                    fence = None
                else:
                    fence[2].append(line)
                continue
            marker = re.match(r"<!-- example: (\S+) ?(.*?) ?-->", line)
            opening = re.match(r"```(\w*) ?(.*)$", line)
            if marker:
                current = Example(path, number, marker.group(1), marker.group(2))
                examples.append(current)
            elif opening:
                fence = (opening.group(1), opening.group(2).strip(), [])
    return examples


def whole_taxonomy(text):
    """Adds what a fragment leaves out: the head, and `records: lead:` above keys of a record type."""
    blocks, head = [], []
    for line in text.splitlines(keepends=True):
        key = re.match(r"([A-Za-z_-]+):", line)
        if key:
            blocks.append((key.group(1), [line]))
        elif blocks:
            blocks[-1][1].append(line)
        else:
            head.append(line)
    keys = [key for key, _ in blocks]
    of_record = [] if "records" in keys else [b for b in blocks if b[0] in OF_RECORD]
    out = list(head)
    if "mopslint" not in keys:
        out.append("mopslint: 1\n")
    if "name" not in keys:
        out.append("name: example\n")
    for block in blocks:
        if block not in of_record:
            out += block[1]
    if of_record:
        out.append("records:\n  lead:\n")
        for _, lines in of_record:
            out += ["    " + line if line.strip() else line for line in lines]
    return "".join(out)


def find(report, path):
    """.types.lead.records: a value of the report; members of lists go by record, id or name."""
    node = report
    parts = re.findall(r'\.(?:"([^"]*)"|([^."]+))', path)
    for quoted, plain in parts:
        part = quoted or plain
        if isinstance(node, list):
            names = [m for m in node if isinstance(m, dict) and part in (m.get("record"), m.get("id"), m.get("name"), m.get("rule"))]
            own = [m for m in names if m.get("id", m.get("name", m.get("rule", part))) == part] or names
            if own:
                node = own[0]
            elif part.isdigit() and int(part) < len(node):
                node = node[int(part)]
            else:
                raise KeyError(part)
        else:
            node = node[part]
    return node


def shown(value):
    return {None: "null", True: "true", False: "false"}.get(value, value) if value is None or isinstance(value, bool) else value


def expected_rules(lines):
    rules = {}
    for line in lines:
        m = re.match(r"(\S+): failed (\d+)(?:, undecided (\d+))?$", line)
        if m:
            rules[m.group(1)] = (int(m.group(2)), int(m.group(3) or 0))
    return rules


def compare(lines, report, exit_status, err):
    """What is not as the page says."""
    wrong = []
    want = expected_rules(lines)
    got = {}
    for rule in report["rules"]:
        n = got.get(rule["id"], (0, 0))  # input.* has an entry per record type
        got[rule["id"]] = (n[0] + rule["failed"], n[1] + rule["undecided"])
    for rule, counts in want.items():
        if rule not in got:
            wrong.append("%s: there is no such rule" % rule)
        elif got[rule] != counts:
            wrong.append("%s: failed %d, undecided %d; the page says failed %d, undecided %d" % ((rule,) + got[rule] + counts))
    for rule, counts in got.items():
        if rule not in want and counts != (0, 0):
            wrong.append("%s: failed %d, undecided %d; the page does not list it" % ((rule,) + counts))
    for line in lines:
        if line.startswith("."):
            path, _, value = line.partition(" ") if '"' not in line else re.match(r'((?:\.(?:"[^"]*"|[^." ]+))+)( )(.*)', line).groups()
            try:
                found = str(shown(find(report, path)))
            except (KeyError, TypeError):
                found = "no such value"
            if found != value.strip():
                wrong.append("%s is %s; the page says %s" % (path, found, value))
        elif line.startswith("exit ") and int(line[5:]) != exit_status:
            wrong.append("exit status %d; the page says %s" % (exit_status, line[5:]))
        elif line.startswith("warning: ") and line[9:] not in err:
            wrong.append("stderr does not say '%s': %s" % (line[9:], err.strip()))
    return wrong


def not_understood(lines):
    return [line for line in lines if not re.match(r"\S+: failed \d+(, undecided \d+)?$|\.\S|exit \d+$|error: .|warning: .|nothing fails$|loads$", line)]


def run_example(example, program):
    lines, options, sources = [], list(example.options), []
    with tempfile.TemporaryDirectory(prefix="mopslint-docs.") as work:
        for language, info, text in example.blocks:
            if language == "text":
                lines += [line.strip() for line in text.splitlines() if line.strip()]
                continue
            if language == "yaml":
                name = info or "taxonomy.yaml"
                if not info:
                    text, options = whole_taxonomy(text), ["-r", name] + options
            elif language in ("csv", "json", "ndjson"):
                name = info if "." in info else "%s.%s" % (info or "lead", language)
                if "." not in info:
                    sources += ["--record", info or "lead", name]
            else:
                continue
            path = os.path.join(work, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(text)
        if not lines:
            return ["the example has no ```text block"]
        odd = not_understood(lines)
        if odd:
            return ["not understood: %s" % line for line in odd]
        command = [program, "check", "--now", NOW] + options + ["-f", "json"] + sources
        if not sources:
            command = [program, "rules", "list"] + options
        done = subprocess.run(command, cwd=work, capture_output=True, timeout=60, stdin=subprocess.DEVNULL,
                              env=dict(os.environ, LC_ALL="C", TZ="UTC", HOME=work))
        err = done.stderr.decode("utf-8", "replace")
        refused = [line[7:] for line in lines if line.startswith("error: ")]
        if refused:
            wrong = ["stderr does not say '%s': %s" % (text, err.strip()) for text in refused if text not in err]
            return wrong if done.returncode == 2 else wrong + ["exit status %d, not 2" % done.returncode]
        if not sources and done.returncode == 0:
            return [] if lines == ["loads"] else ["there are no records to judge"]
        if done.returncode not in (0, 1):
            return ["exit status %d: %s" % (done.returncode, err.strip())]
        return compare(lines, json.loads(done.stdout), done.returncode, err)


def undocumented(program, page):
    """Keys of the rule language, and checks, that the reference does not name."""
    done = subprocess.run([program, "rules", "schema"], capture_output=True)
    if done.returncode != 0:
        return []
    schema = json.loads(done.stdout)
    keys = set()

    def collect(node):
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict):
                keys.update(node["properties"])
            for value in node.values():
                collect(value)
        elif isinstance(node, list):
            for value in node:
                collect(value)

    collect(schema)
    code = ""
    for name in (page, os.path.join(os.path.dirname(page), "gate.md")):  # `gate:` has a page of its own
        with open(name, encoding="utf-8") as f:
            prose = re.sub(r"^```.*?^```$", "", f.read(), flags=re.M | re.S)
        code += "\n".join(re.findall(r"`[^`]+`", prose))
    return sorted(k for k in keys if not re.search(r"(?<![\w-])%s(?![\w-])" % re.escape(k), code))


def main(arguments):
    verbose = "-v" in arguments
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else None
    pages = [a for a in arguments if a.endswith(".md")]
    if not pages:
        folder = os.path.join(TOP, "rules")
        pages = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".md")]
    program, passed, failed = binary(), 0, 0
    for page in pages:
        for example in read_page(page):
            if only and only != example.name:
                continue
            try:
                wrong = run_example(example, program)
            except (subprocess.TimeoutExpired, ValueError) as e:
                wrong = [str(e)]
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong or verbose:
                print("%s %s:%d: %s" % ("FAIL" if wrong else "ok  ", os.path.relpath(page, TOP), example.line, example.name))
            for line in wrong:
                print("    " + line)
        if os.path.basename(page) == "README.md" and not only:
            for key in undocumented(program, page):
                failed += 1
                print("FAIL rules/README.md: the key '%s' of the rule language is not documented" % key)
    print("%d passed, %d failed, 0 skipped" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
