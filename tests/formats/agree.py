# SPDX-License-Identifier: MIT
"""agree.py FILE...: the files that one run wrote tell the same problems: rule, file and line of what stands are equal
in SARIF, GitLab's report and JSON; GitHub's annotations and Markdown's rows are among them; JUnit fails the same rules, or says that they
could not be told. In a run that passes nothing is red: no test fails and no annotation is an error; in one that does not, some test is.
Prints what differs, exit 1."""
import json, pathlib, re, sys, urllib.parse, xml.etree.ElementTree as ET

files = {pathlib.Path(f).suffix[1:]: pathlib.Path(f).read_text(encoding="utf-8") for f in sys.argv[1:]}
bad = False


def differ(what, a, b):
    global bad
    if a != b:
        bad = True
        print(f"{what}: {sorted(map(str, a ^ b))[:5]}")


def sarif():
    for r in json.loads(files["sarif"])["runs"][0]["results"]:
        if "suppressions" in r or r.get("baselineState") == "unchanged":
            continue
        place = r["locations"][0]["physicalLocation"]
        yield r["level"], r["ruleId"], urllib.parse.unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"]


def gitlab():
    level = {"major": "error", "minor": "warning", "info": "note"}
    for i in json.loads(files["gitlab"]):
        yield level[i["severity"]], i["check_name"], i["location"]["path"], i["location"]["lines"]["begin"]


def unescaped(text):
    return urllib.parse.unquote(text)


def github():
    level = {"error": "error", "warning": "warning", "notice": "note"}
    errors = {s[1:] for s in stands if s[0] == "error"}  # told as warnings where the run passes
    for kind, properties in re.findall(r"^::(\w+) (file=[^:]*)::", files["github"], re.M):
        p = dict(x.split("=", 1) for x in properties.split(","))
        at = unescaped(p["title"]), unescaped(p["file"]), int(p.get("line", 1))
        yield ("error" if kind == "warning" and passes and at in errors else level[kind], *at)


def failing(level):
    return {s[1] for s in stands if s[0] in level}


stands = set(sarif())
passes = json.loads(files["sarif"])["runs"][0]["invocations"][0]["exitCode"] == 0
differ("sarif and gitlab", stands, set(gitlab()))
differ("github beyond sarif", set(github()) - stands, set())
if "problems" in files:
    data = json.loads(files["problems"])
    known = {(p["level"], p["rule"], str(pathlib.PurePath(p["file"])), max(p["line"], 1)) for p in data["problems"]
             if p["file"] and not p["suppressed"] and not p["in_baseline"]}
    differ("json beyond sarif", {k for k in known if not k[2].startswith("/")} - stands, set())
failed = {c.get("name") for c in ET.fromstring(files["junit"]).iter("testcase")
          if c.find("failure") is not None or any(e.get("type") == "undecided" for e in c.iter("error"))}
failed = {re.sub(r" \(\d+\)$", "", f) for f in failed}
red = re.search(r'<testsuite [^>]*failures="(\d+)" errors="(\d+)"', files["junit"])
differ("green and red of junit", {passes}, {set(red.groups()) == {"0"}})
if passes:
    differ("red of a run that passes", failed | set(re.findall(r"^::error.*", files["github"], re.M)), set())
elif not failing({"error"}) <= failed <= failing({"error", "warning"}):
    differ("junit", failed, failing({"error"}))
sys.exit(bad)
