# SPDX-License-Identifier: MIT
"""validate.py SCHEMAS FILE...: what -f wrote, against the schemas in the folder SCHEMAS and against what
the platforms ask for beyond them. The suffix says what a file is: .text .sarif .junit .gitlab .github
.markdown .problems. Prints what is wrong, exit 1."""
import gzip, json, pathlib, re, subprocess, sys, xml.etree.ElementTree as ET
import jsonschema

schemas = pathlib.Path(sys.argv[1])
own = pathlib.Path(__file__).parents[2] / "contrib/schema/problems.schema.json"
faults = []


def need(ok, what):
    if not ok:
        faults.append(what)
    return ok


def by_schema(data, path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    for f in list(validator(schema).iter_errors(data))[:5]:
        need(False, f"{path.name}: {'/'.join(map(str, f.absolute_path))}: {f.message[:200]}")


def relative(path):
    return path and not path.startswith(("/", "./", "../")) and "//" not in path and "/../" not in path


def sarif_rule(rule):
    need(len(rule["name"]) <= 255, f"name of {rule['id']} is too long")
    for key in ("shortDescription", "fullDescription", "help"):
        need(rule[key]["text"], f"{key} of {rule['id']} is empty")
    for key in ("shortDescription", "fullDescription"):
        need(len(rule[key]["text"]) <= 1024, f"{key} of {rule['id']} is too long")
    need(len(rule["properties"]["tags"]) <= 10, f"tags of {rule['id']}")


def sarif_result(run, r):
    rules = run["tool"]["driver"]["rules"]
    need(rules[r["ruleIndex"]]["id"] == r["ruleId"], f"ruleIndex of {r['ruleId']}")
    need(r["message"]["text"], "an empty message")
    place = r["locations"][0]["physicalLocation"]
    uri, region = place["artifactLocation"]["uri"], place["region"]
    need(relative(uri) and re.fullmatch(r"[A-Za-z0-9._~/!$&'()*+,;=@-]|(%[0-9A-F]{2}|[A-Za-z0-9._~/!$&'()*+,;=@-])+", uri),
         f"uri '{uri}'")
    need(region["startLine"] == region["endLine"] >= 1, "lines")
    need(region["endColumn"] >= region["startColumn"] >= 1, "columns")


def sarif(text):
    need(len(gzip.compress(text)) <= 10_000_000, "more than 10 MB of gzip")
    data = json.loads(text)
    by_schema(data, schemas / "sarif-schema-2.1.0.json")
    by_schema(data, schemas / "schemastore-sarif-2.1.0.json")
    need(data["$schema"] and data["version"] == "2.1.0" and len(data["runs"]) == 1, "head")
    run = data["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    need(len(rules) <= 25000 and len(results) <= 25000, "more than 25,000")
    need(len({r["id"] for r in rules}) == len(rules), "a rule twice")
    prints = {r["partialFingerprints"]["primaryLocationLineHash"] for r in results}
    need(len(prints) == len(results), "a fingerprint twice")
    need(run["automationDetails"]["id"].endswith("/"), "category")
    for rule in rules:
        sarif_rule(rule)
    for r in results:
        sarif_result(run, r)


def junit(path, text):
    need(len(text) <= 30_000_000, "more than 30 MB")
    for xsd in ("jenkins-junit-10.xsd", "windyroad-JUnit.xsd"):
        run = subprocess.run(["xmllint", "--noout", "--huge", "--schema", schemas / xsd, path], stderr=subprocess.PIPE)
        need(run.returncode == 0, f"{xsd}: {run.stderr.decode()[:600]}")
    suite = ET.fromstring(text).find("testsuite")
    cases = suite.findall("testcase")
    need(cases, "no test case")
    names = {(c.get("classname"), c.get("name")) for c in cases}
    need(len(names) == len(cases), "a test twice")
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        need(int(suite.get(key)) == len(suite.findall(f"testcase/{tag}")), f"count of {key}")
    need(int(suite.get("tests")) == len(cases), "count of tests")


def gitlab(text):
    need(not text.startswith(b"\xef\xbb\xbf"), "BOM")
    data = json.loads(text)
    need(isinstance(data, list), "no array")
    for item in data:
        by_schema(item, schemas / "gitlab-codeclimate-item.json")
        need(item["severity"] in ("info", "minor", "major", "critical", "blocker"), "severity")
        need(item["description"] and item["check_name"] and item["location"]["lines"]["begin"] >= 1, "empty")
        need(relative(item["location"]["path"]), f"path '{item['location']['path']}'")
    need(len({i["fingerprint"] for i in data}) == len(data), "a fingerprint twice")


def github(text):
    told = {"error": 0, "warning": 0, "notice": 0}
    for line in text.decode("utf-8").split("\n")[:-1]:
        m = re.fullmatch(r"::(error|warning|notice) ((?:[A-Za-z]+=[^:,\r]*)(?:,[A-Za-z]+=[^:,\r]*)*)::([^\r]+)", line)
        if not m:
            need(re.fullmatch(r"mopslint [a-z ]+: [0-9a-z ,;]+", line), f"a line '{line[:200]}'")
            continue
        told[m[1]] += 1
        need(len(line) < 60000, "a long line")
        need(not re.search(r"%(?![0-9A-F]{2})", m[2] + m[3]), f"an open % in '{line[:200]}'")
        file = dict(p.split("=", 1) for p in m[2].split(",")).get("file")
        need(file is None or relative(file), f"file '{file}'")
    need(max(told.values()) <= 10, f"too many: {told}")


def markdown(text):
    text = text.decode("utf-8")
    need(len(text) <= 65536, "more than a comment holds")
    for line in text.split("\n"):
        if line.startswith("|"):
            need(len(re.findall(r"(?<!\\)\|", line)) == 5, f"cells of '{line[:300]}'")
    need(not re.search(r"<(?!br>)", re.sub(r"(`+) .*? \1", "", text)), "HTML outside of code")


def problems(text):
    data = json.loads(text)
    by_schema(data, own)
    ids = {r["id"] for r in data["rules"]}
    need(all(p["rule"] in ids for p in data["problems"]), "a problem of no rule")
    need(len({p["fingerprint"] for p in data["problems"]}) == len(data["problems"]), "a fingerprint twice")


def log(text):
    for line in text.decode("utf-8").split("\n"):
        need(not line.strip().startswith("::") and "##[" not in line, f"a command in '{line[:200]}'")


def safe(text):
    """Nothing in a file steers a terminal or a runner."""
    need(not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", text), "a control byte")
    text.decode("utf-8")


kinds = {".text": log, ".sarif": sarif, ".gitlab": gitlab, ".github": github, ".markdown": markdown, ".problems": problems}
bad = False
for name in sys.argv[2:]:
    faults.clear()
    path = pathlib.Path(name)
    content = path.read_bytes()
    safe(content)
    if path.suffix == ".junit":
        junit(path, content)
    else:
        kinds[path.suffix](content)
    for fault in faults[:10]:
        print(f"{path.name}: {fault}")
    bad |= bool(faults)
sys.exit(bad)
