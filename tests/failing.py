# SPDX-License-Identifier: MIT
"""failing.py VARIABLE ARGUMENT...: runs mopslint again and again with VARIABLE=1, 2, 3 ... until nothing fails any more.

VARIABLE is a hook of test builds: the n-th allocation, read or write fails. Each time the program has to end with
exit status 3 and a message; files below made/ are the old ones or whole new ones (of a report: with status partial), and nothing lies beside them. Prints what is otherwise, and the exit status of the end."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

OLD = b"old\n"
made = pathlib.Path("made")


def wrong(name, data):
    """What is wrong with a file of made/ after a failure."""
    if name.startswith(".") or name.endswith(".tmp"):
        return "left behind"
    if data == OLD:
        return None
    if not data.endswith(b"\n"):
        return "half written"
    if not name.endswith(".json"):
        return None
    try:
        report = json.loads(data)
    except ValueError:
        return "half written"
    return None if report["status"] == "partial" else "written as if all were well"


def prepare():
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    for argument in sys.argv[2:]:
        name = argument.partition("=")[2] or argument
        if name.startswith("made/"):
            pathlib.Path(name).write_bytes(OLD)


def main():
    variable, arguments = sys.argv[1], sys.argv[2:]
    told, n = 0, 1
    while told < 5 and n < 100000:
        prepare()
        run = subprocess.run(["mopslint", *arguments], env={**os.environ, variable: str(n)}, stdin=subprocess.DEVNULL,
                             capture_output=True, check=False)
        if 0 <= run.returncode < 3:
            print(f"{variable}: in the end exit {run.returncode}")
            return
        faults = [f"{fault}: {path.name}" for path in sorted(made.iterdir())
                  if (fault := wrong(path.name, path.read_bytes()))]
        if run.returncode != 3:
            faults.append(f"exit {run.returncode} {run.stderr[-300:]!r}")
        elif not run.stderr:
            faults.append("nothing was said")
        for fault in faults:
            print(f"{variable}={n}: {fault}")
        told += bool(faults)
        n += 1 + n // 300
    print(f"{variable}: no end at {n}")


main()
