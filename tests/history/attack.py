#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Nights that are killed at any moment, and nights with little room: attack.py --mopslint PROGRAM [--kills 30] [--steps 24]

After each: the history is sound and lacks no night that was there, no night stands twice, no output is green of a night
that the history does not have, and the next night goes on. Moments and sizes are spread evenly over a whole run.
Prints 'N passed, N failed' and the first failures.
"""
import argparse, json, os, resource, signal, sqlite3, subprocess, sys, tempfile, time
from datetime import datetime, timedelta, timezone

START = datetime(2026, 1, 1, 4, 0, tzinfo=timezone.utc)
TAXONOMY = """mopslint: 1
name: attack
records:
  lead:
    key: id
    fields:
      id: {}
      source: {values: {google: , linkedin: }}
      owner: {required: error}
reports:
  - {name: Funnel, needs: {lead: {fields: [source, owner]}}, target: 50}
"""
GREEN = {"n.json": lambda t: json.loads(t)["exit"] < 2, "n.prom": lambda t: 'exit_code{dataset="n"} 3' not in t,
         "n.txt": lambda t: "exit status 3" not in t, "n.xml": lambda t: "<error" not in t}
passed, failures = 0, []


def check(what, good, *more):
    global passed
    if good:
        passed += 1
    else:
        failures.append(f"{what} {more}")


class Attack:
    def __init__(self, mopslint, folder):
        self.m, self.dir, self.night, self.complete = mopslint, folder, 0, []
        with open(f"{folder}/taxonomy.yaml", "w") as f:
            f.write(TAXONOMY)

    def prepare(self, rows):
        self.night += 1
        with open(f"{self.dir}/leads.csv", "w") as f:
            f.write("id,source,owner\n")
            f.writelines(f"L-{i},{'google' if i % 7 else f'typo-{self.night}-{i}'},{'dana' if i % 5 else ''}\n"
                         for i in range(rows))
        for name in GREEN:
            if os.path.exists(f"{self.dir}/{name}"):
                os.remove(f"{self.dir}/{name}")
        self.now = (START + timedelta(days=self.night)).strftime("%Y-%m-%dT%H:%M:%SZ")
        return [self.m, "check", "-r", "taxonomy.yaml", "--record", "lead", "leads.csv", "--now", self.now,
                "--history=n.history", "-q", "-f", "json=n.json", "-f", "prometheus=n.prom", "-f", "text=n.txt",
                "-f", "junit=n.xml"]

    def start(self, command, **how):
        return subprocess.Popen(command, cwd=self.dir, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, **how)

    def runs(self):
        if not os.path.exists(f"{self.dir}/n.history"):
            return []
        db = sqlite3.connect(f"{self.dir}/n.history")
        try:
            sound = db.execute("PRAGMA integrity_check").fetchall()
            if not db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                return []
            rows = db.execute("SELECT now_us, status, exit FROM run WHERE superseded IS NULL ORDER BY id").fetchall()
        finally:
            db.close()
        check(f"night {self.night}: sound", sound == [("ok",)], sound)
        return rows

    def look(self, what):
        """After a night: what it left."""
        us = int(datetime.strptime(self.now, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()) * 1000000
        rows = self.runs()
        done = [n for n, status, _ in rows if status in ("pass", "fail")]
        check(f"{what}: nights before", done[:len(self.complete)] == self.complete, done, self.complete)
        check(f"{what}: none twice", len(done) == len(set(done)) and len(done) <= len(self.complete) + 1, done)
        has = us in done
        for name, green in GREEN.items():
            if not has and os.path.exists(f"{self.dir}/{name}"):
                with open(f"{self.dir}/{name}") as f:
                    check(f"{what}: {name} of a night that is lost", not green(f.read()))
        if has:
            self.complete.append(us)
        return has

    def whole(self, rows=200):
        r = self.start(self.prepare(rows))
        begun = time.monotonic()
        said = r.communicate(timeout=120)[1]
        check(f"night {self.night}: goes on", r.returncode in (0, 1) and self.look(f"night {self.night}"), said)
        return time.monotonic() - begun

    def kill(self, after):
        r = self.start(self.prepare(200))
        time.sleep(after)
        r.send_signal(signal.SIGKILL)
        r.communicate(timeout=120)
        had = self.look(f"killed after {after:.4f} s")
        for name in os.listdir(self.dir):
            if name.startswith(".mopslint-"):   # what a kill leaves beside the outputs
                os.remove(f"{self.dir}/{name}")
        return had

    def room(self, size):
        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)   # as a shell leaves it
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        r = self.start(self.prepare(200), preexec_fn=limit)
        said = r.communicate(timeout=120)[1]
        has = self.look(f"room for {size} bytes a file")
        check(f"room for {size}: exit", r.returncode == 3 or (has and r.returncode in (0, 1)), r.returncode, has, said)
        return has and r.returncode in (0, 1)

    def grow(self, steps, fresh):
        """From nothing to enough: sizes of the history's files as a whole night leaves them."""
        enough, i = 0, 0
        while enough < 2 and i < 4 * steps:
            if fresh:
                for end in ("", "-wal", "-shm", ".lock"):
                    if os.path.exists(f"{self.dir}/n.history{end}"):
                        os.remove(f"{self.dir}/n.history{end}")
                self.complete = []
            size = self.top * i // steps
            enough += self.room(size)
            i += 1
        check("there was enough room in the end", enough == 2)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--mopslint", required=True)
    p.add_argument("--kills", type=int, default=30)
    p.add_argument("--steps", type=int, default=24)
    a = p.parse_args()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        x = Attack(os.path.abspath(a.mopslint), folder)
        x.whole()
        took = max(x.whole() for _ in range(3))
        for i in range(a.kills):
            x.kill(took * (i + 1) / a.kills)
        x.whole()
        x.top = max(os.path.getsize(f"{folder}/n.history"), 1 << 16)
        x.grow(a.steps, False)
        x.whole()
        x.grow(a.steps, True)
        x.whole()
    for f in failures[:12]:
        print(f"FAIL {f}")
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(bool(failures))


main()
