#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a CI platform would do with the recipes of contrib/ci, as far as one machine can.

    steps.py action FILE [INPUT=VALUE...]   the `run` steps of a composite action, one after the other
    steps.py gitlab FILE [NAME=VALUE...]    the script of the one job of a GitLab file
    steps.py workflow FILE ACTION           a workflow passes only inputs that the action has
"""

import glob
import os
import re
import subprocess
import sys

import yaml


def filled(value, inputs):
    return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: inputs[m.group(1)], value)


def action(path, given):
    doc = yaml.safe_load(open(path, encoding="utf-8"))
    inputs = {name: spec.get("default", "") for name, spec in doc["inputs"].items()} | given
    failed = 0
    for step in doc["runs"]["steps"]:
        if failed and "!cancelled()" not in step.get("if", ""):
            continue
        if "${{" in step["run"]:
            sys.exit("an expression in a script: a value could become a command")
        env = os.environ | {k: filled(v, inputs) for k, v in step.get("env", {}).items()}
        env["GITHUB_ACTION_PATH"] = os.path.dirname(os.path.abspath(path))
        rc = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], env=env, check=False).returncode
        failed = failed or rc
    sys.exit(failed)


def gitlab(path, given):
    (job,) = yaml.safe_load(open(path, encoding="utf-8")).values()
    env = os.environ | {k: str(v) for k, v in job["variables"].items()} | given
    rc = subprocess.run(["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])], env=env, check=False).returncode
    reports = job["artifacts"]["reports"]
    names = [reports.get("codequality", []), reports["junit"]]
    for name in [x for n in names for x in (n if isinstance(n, list) else [n])]:
        if not glob.glob(name):
            sys.exit(f"the job leaves no {name}")
    sys.exit(rc)


def workflow(path, action_path):
    has = set(yaml.safe_load(open(action_path, encoding="utf-8"))["inputs"])
    for job in yaml.safe_load(open(path, encoding="utf-8"))["jobs"].values():
        for step in job["steps"]:
            if "mopslint" in step.get("uses", "") and not set(step["with"]) <= has:
                sys.exit(f"no such input: {set(step['with']) - has}")
    print("inputs known")


def main():
    what, path, *rest = sys.argv[1:]
    if what == "workflow":
        workflow(path, *rest)
    else:
        {"action": action, "gitlab": gitlab}[what](path, dict(pair.split("=", 1) for pair in rest))


main()
