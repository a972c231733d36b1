#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A year of nights: year.py --mopslint PROGRAM [--nights 365] [--seed 7]

Data and rules change by a fixed seed, and nights go wrong: killed, disk full, locked, two at once, the clock back,
another time zone, half a file. What the history has to say of every night is worked out here, by a judge of a few lines
that knows nothing of mopslint, and compared: scores, the split into data and rules, values, counts, rules that moved.
Prints 'N passed, N failed' and the first failures.
"""
import argparse, csv, fcntl, io, json, os, random, resource, signal, sqlite3, subprocess, sys, tempfile, time
from datetime import datetime, timedelta, timezone
from fractions import Fraction

START = datetime(2026, 1, 1, 4, 0, tzinfo=timezone.utc)
ZONES = ["UTC", "America/New_York", "Pacific/Auckland", "Asia/Kolkata"]
FULL = [16, 3000, 9000, 14000]   # bytes that a file may have: the lock, the log, in its middle
KILLS = ["open", "put", "scores", "commit", "committed"]
passed, failures = 0, []


def check(night, what, got, want):
    global passed
    if got == want:
        passed += 1
    else:
        failures.append(f"night {night}: {what}: got {got!r}, expected {want!r}")


# ---- the rules of a night ----
class Rules:
    def __init__(self):
        self.vocabulary = ["google", "linkedin", "newsletter", "partner"]
        self.provisional = {}       # value -> last day
        self.owner = None           # None, or the last day of its phase-in ("" none)
        self.owner_id = "owner-there"
        self.renamed_from = None
        self.regions = ["emea", "amer", "apac"]
        self.version = 1

    def copy(self):
        r = Rules()
        r.__dict__ = json.loads(json.dumps(self.__dict__))
        return r

    def state(self, day):
        """What judges: equal states judge alike."""
        return json.dumps([sorted(self.vocabulary), {v: [u, u >= day] for v, u in sorted(self.provisional.items())},
                           self.owner, self.owner_severity(day), self.owner_id if self.owner is not None else "",
                           self.regions])

    def owner_severity(self, day):
        return None if self.owner is None else "warning" if self.owner and self.owner >= day else "error"

    def write(self, folder):
        with open(f"{folder}/vocab/sources.csv", "w") as f:
            f.write("value\n" + "".join(v + "\n" for v in self.vocabulary))
        provisional = "".join(f"      {v}: {{provisional: {{until: {u}, by: dana}}}}\n" for v, u in self.provisional.items())
        rule = ""
        if self.owner is not None:
            phase = f", phase_in: {{severity: warning, until: {self.owner}}}" if self.owner else ""
            renamed = f", renamed_from: {self.renamed_from}" if self.renamed_from else ""
            rule = (f"rules:\n  - {{id: {self.owner_id}, record: lead, severity: error, "
                    f"then: {{owner: {{required: true}}}}{phase}{renamed}}}\n")
        with open(f"{folder}/base.yaml", "w") as f:
            f.write("mopslint: 1\nname: base\nvocabularies:\n  source:\n    file: vocab/sources.csv\n"
                    + ("    values:\n" + provisional if provisional else ""))
        with open(f"{folder}/taxonomy.yaml", "w") as f:
            f.write(f'mopslint: 1\nname: year\nversion: "{self.version}"\nextends: [base.yaml]\n'
                    "records:\n  lead:\n    key: id\n    fields:\n      id: {}\n      source: {vocabulary: source}\n"
                    f"      owner: {{}}\n      region: {{values: [{', '.join(self.regions)}]}}\n" + rule
                    + "reports:\n  - {name: Funnel, needs: {lead: {fields: [source, owner]}}}\n")


def source_fails(rules, day, v):
    return v != "" and v not in rules.vocabulary and not (v in rules.provisional and rules.provisional[v] >= day)


def judge(rules, day, data, expected):
    """Scores and failures, by the rules as they stand that day. `expected`: columns that have to be there."""
    rows, columns = data
    out = {"n": len(rows), "report": 0, "overall": 0, "source": [0, 0], "region": [0, 0], "owner": [0, 0]}
    for row in rows:
        source = source_fails(rules, day, row["source"])
        owner = rules.owner_severity(day) == "error" and row["owner"] == ""
        missing = "region" not in columns
        region = missing if "region" in expected else False
        if not missing:
            region = row["region"] != "" and row["region"] not in rules.regions
            out["region"][1] += row["region"] != ""
        elif "region" in expected:
            out["region"][1] += 1
        out["source"][1] += row["source"] != ""
        out["source"][0] += source
        out["region"][0] += region
        out["owner"][1] += rules.owner is not None
        out["owner"][0] += rules.owner is not None and row["owner"] == ""
        out["report"] += not (source or owner)
        out["overall"] += not (source or owner or region)
    return out


def tenths(clean, n):
    return clean * 1000 // n


def split(data, rules, change):
    """Exact shares as points in tenths that add up to the change that is shown: largest remainder, data first."""
    if not rules or not data:
        return (change, 0) if not rules else (0, change)
    down = [int(1000 * x // 1) for x in (data, rules)]
    rest = [1000 * x - d for x, d in zip((data, rules), down)]
    first = 0 if rest[0] >= rest[1] else 1
    for i in range(change - sum(down)):
        down[(first + i) % 2] += 1
    return tuple(down)


def percent(t):
    return t / 10


# ---- the data of a night ----
class World:
    def __init__(self, rng):
        self.rng = rng
        self.sources = ["google", "linkedin", "newsletter", "partner"]
        self.wrong = 0.08
        self.no_owner = 0.05
        self.size = 70
        self.columns = ["id", "source", "owner", "region"]
        self.regions = ["emea", "amer", "apac"]
        self.bad = ["gogle", "Linked-In"]

    def night(self):
        r, rows = self.rng, []
        for i in range(self.size + r.randrange(-6, 7)):
            source = r.choice(self.bad) if r.random() < self.wrong else r.choice(self.sources + [""])
            rows.append({"id": f"L-{i}", "source": source, "owner": "" if r.random() < self.no_owner else
                         r.choice(["dana", "kim", "lee"]), "region": r.choice(self.regions)})
        return rows, list(self.columns)


def write_csv(path, data):
    rows, columns = data
    with open(path, "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(columns)
        w.writerows([row[c] for c in columns] for row in rows)


def values_of(data, field):
    """The kept values of a field, or None where there are too many of them to mean something."""
    rows, columns = data
    if field not in columns:
        return {}
    counts = {}
    for row in rows:
        if row[field]:
            counts[row[field]] = counts.get(row[field], 0) + 1
    if field == "owner" and 2 * len(counts) > sum(counts.values()):
        return None
    return counts


class Ratchet:
    """The best level of the report that all runs of three days in a row held, whichever way the clock went; a change of
    rules takes it along."""
    def __init__(self):
        self.best, self.window = None, []     # window: [day, worst of its runs]

    def closed(self):
        """The level once no run of the days in the window is to come."""
        if len(self.window) < 3:
            return self.best
        return max(min(worst for _, worst in self.window[-3:]), -1 if self.best is None else self.best)

    def fails(self, now, between, day):
        """between: None by the same rules."""
        best = self.closed() if self.window and self.window[-1][0] != day else self.best
        return best is not None and (now if between is None else between) < best

    def add(self, now, between, day):
        if between is not None:
            self.best, self.window = self.closed(), []
            if self.best is not None:
                better = now - between
                self.best = (max(self.best + better, 0) if between >= self.best else
                             max(self.best, now) if better >= 0 else now)
        for known in self.window[-3:]:
            if known[0] == day:
                known[1] = min(known[1], now)
                return
        self.best = self.closed()
        self.window.append([day, now])


def moved(before, now):
    (fa, na), (fb, nb) = before, now
    if not na or not nb:
        return False
    d = abs(fa * nb - fb * na)
    return 200 * d >= na * nb and 10 * d >= fa * nb


# ---- the year ----
class Year:
    def __init__(self, mopslint, nights, seed, folder):
        self.m, self.nights, self.dir = mopslint, nights, folder
        self.rng = random.Random(seed)
        self.world, self.rules = World(self.rng), Rules()
        os.makedirs(f"{folder}/vocab")
        self.db = f"{folder}/nights.history"
        self.last = None            # of the last complete night: rules, day, judged, values, fields, run
        self.first = None           # judged
        self.seen = {}              # field -> values of any night
        self.expected = set()       # columns of complete nights
        self.want_list = []         # (now, status) that `history list` has to show
        self.want_scores = []       # per complete night
        self.ratchet = Ratchet()
        self.fell = 0               # nights on which it failed
        self.by_data = 0            # what the data did to the report, night by night

    def command(self, now, *more, source="leads.csv"):
        return [self.m, "check", "-r", "taxonomy.yaml", "--record", "lead", source, "--now", now,
                "--history=nights.history", "--ratchet", "-f", "json", "-q", "-o", "report.json", *more]

    def run(self, command, night=0, **how):
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": ZONES[night // 7 % len(ZONES)], "HOME": self.dir,
               **how.pop("env", {})}
        return subprocess.run(command, cwd=self.dir, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=60, **how)

    def list(self):
        r = self.run([self.m, "history", "list", "--history", "nights.history", "-f", "json"])
        return json.loads(r.stdout) if r.returncode == 0 else r.stderr

    def change(self, night):
        """Planted: what changes before this night, in the data and in the rules."""
        w, r = self.world, self.rules
        day = lambda n: (START + timedelta(days=night + n)).strftime("%Y-%m-%d")
        if night == 20: w.bad.append("tik-tok")                      # a new wrong value
        if night == 33: w.wrong = 0.25                               # the data gets worse
        if night == 47: w.wrong = 0.08
        if night == 60: r.vocabulary.append("tik-tok"); r.version += 1   # the rules take it in
        if night == 75: r.version += 1                               # a name only: no rule changes
        if night == 90: r.owner = day(12); r.version += 1            # announced: a warning, an error 13 days on
        if night == 120: w.columns.remove("region")                  # a column vanishes
        if night == 124: w.columns.insert(2, "region")
        if night == 140: w.sources.remove("partner")                 # a value vanishes
        if night == 150: w.size = 140                                # twice as many
        if night == 165: w.size = 70
        if night == 180: w.sources.append("summit"); r.provisional["summit"] = day(15)   # runs out by itself
        if night == 200: r.renamed_from, r.owner_id = r.owner_id, "has-owner"
        if night == 220: w.no_owner = 0.5                            # fill rate falls
        if night == 235: w.no_owner = 0.05
        if night == 250: w.sources.append("partner")                 # comes back: seen before
        if night == 260: r.vocabulary.remove("newsletter"); w.bad.append("oct-expo")     # both on one night
        if night == 280: r.vocabulary.append("newsletter"); w.wrong = 0.02
        if night == 300: r.regions.remove("apac"); r.version += 1
        if night == 320: r.owner = None; r.renamed_from = None
        if night > 330 and night % 11 == 0: w.bad.append(f"typo-{night}")

    def values_now(self, data):
        return {f: values_of(data, f) for f in ("source", "owner", "region")}

    def check_since(self, night, report, data, now_judged, day):
        since, last = report["since"], self.last
        if last is None:
            check(night, "first since", since, None)
            return
        check(night, "compared with", since["run"], str(last["run"]))
        same = last["rules"].state(last["day"]) == self.rules.state(day)
        check(night, "same rules", since["same_rules"], same)
        between = judge(last["rules"], last["day"], data, self.expected)
        n = len(data[0])
        between = now_judged if same else between
        for of, name in (("report", "report"), ("overall", "overall")):
            got = next(s for s in since["scores"] if s["of"] == of)["records"]
            before, now = tenths(last["judged"][name], last["judged"]["n"]), tenths(now_judged[name], n)
            data_part, rules_part = split(
                Fraction(between[name], n) - Fraction(last["judged"][name], last["judged"]["n"]),
                Fraction(now_judged[name] - between[name], n), now - before)
            want = {"before": percent(before), "between": percent(tenths(between[name], n)), "now": percent(now),
                    "data": percent(data_part), "rules": percent(rules_part)}
            check(night, f"split of {of}", got, want)
        self.check_values(night, since, data)
        self.check_counts(night, since, data)
        self.check_rules(night, since, now_judged)

    def check_values(self, night, since, data):
        new, gone = set(), set()
        for field, values in self.values_now(data).items():
            before = self.last["values"][field]
            if values is None or not self.seen.get(field, {}).get("known"):
                continue
            new |= {(field, v, c) for v, c in values.items() if v not in self.seen[field]["all"]}
            if before is not None:
                gone |= {(field, v, c) for v, c in before.items() if v not in values}
        got = {True: set(), False: set()}
        for v in since["values"]:
            got[v["vanished"]].add((v["field"], v["value"], v["records"]))
        check(night, "first seen", got[False], new)
        check(night, "vanished", got[True], gone)

    def check_counts(self, night, since, data):
        rows, columns = data
        filled = lambda d, f: sum(1 for r in d[0] if f in d[1] and r[f])
        got = {(c["of"], c["name"]): (c["before"], c["total_before"], c["now"], c["total_now"]) for c in since["counts"]}
        was = self.last["data"]
        want = {("records", None): (len(was[0]), len(was[0]), len(rows), len(rows))}
        for f in ("id", "source", "owner", "region"):
            want["filled", f] = (filled(was, f), len(was[0]), filled(data, f), len(rows))
        check(night, "counts", got, want)

    def check_rules(self, night, since, judged):
        last, want = self.last, {}
        for field, rule in (("source", "lead.source.vocabulary"), ("region", "lead.region.vocabulary")):
            before, now = last["judged"][field], judged[field]
            if moved(before, now):
                want[rule] = ("worse" if now[0] * before[1] > before[0] * now[1] else "better", before[0], now[0])
        old, new = last["rules"], self.rules
        if new.owner is not None and old.owner is not None:
            before, now = last["judged"]["owner"], judged["owner"]
            if moved(before, now):
                want[new.owner_id] = ("worse" if now[0] * before[1] > before[0] * now[1] else "better", before[0], now[0])
        elif new.owner is not None:
            want[new.owner_id] = ("new", 0, judged["owner"][0])
        elif old.owner is not None:
            want[old.owner_id] = ("gone", last["judged"]["owner"][0], 0)
        got = {r["id"]: (r["how"], r["failed_before"], r["failed_now"]) for r in since["rules"]
               if not r["id"].startswith("lead.") or r["id"].endswith(".vocabulary")}
        check(night, "rules that moved", got, want)

    def remember(self, data, judged, day, run):
        values = self.values_now(data)
        for f, v in values.items():
            s = self.seen.setdefault(f, {"known": False, "all": set()})
            s["known"] |= v is not None
            s["all"] |= set(v or {})
        self.expected |= set(data[1])
        self.last = {"rules": self.rules.copy(), "day": day, "judged": judged, "values": values, "data": data, "run": run}

    def fault(self, night, now, data):
        """What goes wrong this night before it is done again; the history has to be as it was."""
        kind = {9: "kill", 16: "full", 23: "locked", 30: "broken", 37: "missing", 44: "rules", 51: "twice"}.get(night % 56)
        before = self.list() if kind else None
        if kind == "kill":
            point = KILLS[night // 56 % len(KILLS)]
            r = self.run(self.command(now), night, env={"MOP_LOG_KILL": point})
            check(night, f"killed at {point}", r.returncode, -signal.SIGKILL)
            if point == "committed":
                return "done"
            after = self.list()
            check(night, f"after the kill at {point}", after[:-1], before)
            check(night, f"the kill at {point} is told", (after[-1]["run"], after[-1]["status"]), (None, "died"))
        elif kind == "full":
            limit = FULL[night // 56 % len(FULL)]
            r = self.run(self.command(now), night, preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_FSIZE, (limit, limit)))
            check(night, "full disk: exit", r.returncode, 3)
            check(night, "full disk: told", "nights.history" in r.stderr, True)
            check(night, "after the full disk", self.list(), before)
        elif kind == "locked":
            with open(self.db + ".lock", "r+") as f:
                fcntl.lockf(f, fcntl.LOCK_EX)
                f.write("4711 0 crm-host\n")
                f.flush()
                r = self.run(self.command(now), night)
                f.truncate(0)
            check(night, "locked: exit", r.returncode, 3)
            check(night, "locked: holder", "process 4711 on host 'crm-host'" in r.stderr, True)
            check(night, "after the lock", self.list(), before)
        elif kind == "broken":
            with open(f"{self.dir}/leads.csv", "a") as f:
                f.write('L-x,"goo')
            r = self.run(self.command(now), night)
            check(night, "broken file: exit", r.returncode, 3)
            check(night, "broken file: status", self.list()[-1]["status"], "partial")
        elif kind == "missing":
            os.rename(f"{self.dir}/leads.csv", f"{self.dir}/away.csv")
            r = self.run(self.command(now), night)
            os.rename(f"{self.dir}/away.csv", f"{self.dir}/leads.csv")
            check(night, "no file: exit", r.returncode, 3)
            check(night, "no file: status", self.list()[-1]["status"], "failed")
        elif kind == "rules":
            with open(f"{self.dir}/taxonomy.yaml", "a") as f:
                f.write("nonsense: 1\n")
            r = self.run(self.command(now), night)
            check(night, "bad rules: exit", r.returncode, 2)
            check(night, "bad rules: status", self.list()[-1]["status"], "failed")
        elif kind == "twice":
            return self.two_at_once(night, now, data)
        if kind in ("broken", "missing", "rules") and night % 2:
            self.lost = True    # nobody does it again: the night stays as it is
            self.want_list.append((now, "partial" if kind == "broken" else "failed"))
            return "lost"
        return None

    def two_at_once(self, night, now, data):
        """The first is in the middle of its input when the second starts."""
        first = subprocess.Popen(self.command(now, source="-"), cwd=self.dir, stdin=subprocess.PIPE,
                                 env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, stderr=subprocess.PIPE, text=True)
        for _ in range(2000):
            if os.path.exists(self.db + ".lock") and os.path.getsize(self.db + ".lock"):
                break
            os.sched_yield()
            time.sleep(0.002)
        second = self.run(self.command(now, "-o", "second.json"), night)
        check(night, "two at once: the second", second.returncode, 3)
        check(night, "two at once: named", f"process {first.pid} " in second.stderr, True)
        first.communicate(open(f"{self.dir}/leads.csv").read(), timeout=60)
        check(night, "two at once: the first", first.returncode in (0, 1), True)
        return "done"

    def night(self, night):
        self.change(night)
        at = START + timedelta(days=night)
        if night in (111, 222):     # the clock went back: three days, and a month
            at -= timedelta(days=3 if night == 111 else 30, hours=1)
        now, day = at.strftime("%Y-%m-%dT%H:%M:%SZ"), at.strftime("%Y-%m-%d")
        data = self.world.night()
        self.rules.write(self.dir)
        write_csv(f"{self.dir}/leads.csv", data)
        done = self.fault(night, now, data) if night > 8 else None
        if done == "lost":
            return
        self.rules.write(self.dir)
        write_csv(f"{self.dir}/leads.csv", data)
        if night % 29 == 5 and self.last:   # done, and once more with other data: the second counts
            self.run(self.command(now), night)
            data = self.world.night()
            write_csv(f"{self.dir}/leads.csv", data)
        if done != "done":
            r = self.run(self.command(now), night)
            check(night, "exit", (r.returncode in (0, 1), "Traceback" in r.stderr), (True, False))
            check(night, "clock", "the clock went back" in r.stderr, night in (111, 222))
        judged = judge(self.rules, day, data, self.expected)
        if done != "done" or os.path.exists(f"{self.dir}/report.json"):
            with open(f"{self.dir}/report.json") as f:
                report = json.load(f)
            if report["now"] == now:
                self.check_since(night, report, data, judged, day)
            os.remove(f"{self.dir}/report.json")
        now_tenths, other = tenths(judged["report"], judged["n"]), None
        if self.last:
            between = judge(self.last["rules"], self.last["day"], data, self.expected)
            self.by_data += (Fraction(between["report"], between["n"]) -
                             Fraction(self.last["judged"]["report"], self.last["judged"]["n"]))
            if self.last["rules"].state(self.last["day"]) != self.rules.state(day):
                other = tenths(between["report"], between["n"])
        listed = self.list()
        check(night, "last of the list", (listed[-1]["now"], listed[-1]["records"]), (now, len(data[0])))
        self.want_list.append((now, listed[-1]["status"]))
        fell = self.ratchet.fails(now_tenths, other, now[:10])
        self.fell += fell
        if listed[-1]["status"] != "unwritten":  # killed once it was kept: its verdict went with its reports
            check(night, "ratchet", listed[-1]["status"], "fail" if fell else "pass")
        self.ratchet.add(now_tenths, other, now[:10])
        self.remember(data, judged, day, listed[-1]["run"])
        self.first = judged if self.first is None else self.first
        self.want_scores.append((listed[-1]["run"], tenths(judged["report"], judged["n"]),
                                 tenths(judged["overall"], judged["n"])))

    def end(self):
        n = self.nights
        check(n, "the ratchet held some nights back", n < 60 or 0 < self.fell < n, True)
        check(n, "the list", [(r["now"], r["status"]) for r in self.list()], self.want_list)
        r = self.run([self.m, "history", "trend", "--history", "nights.history", "--last", "1000", "-f", "csv"])
        rows = [x for x in csv.DictReader(io.StringIO(r.stdout)) if x["basis"] == "records"]
        check(n, "trend", [(int(x["run"]), int(x["tenths"])) for x in rows], [(a, b) for a, b, _ in self.want_scores])
        r = self.run([self.m, "history", "compare", "--history", "nights.history", str(self.want_scores[0][0]),
                      str(self.want_scores[-1][0]), "-f", "json"])
        got = next(s for s in json.loads(r.stdout)["scores"] if s["of"] == "report")["records"]
        first, last = self.want_scores[0][1], self.want_scores[-1][1]
        a, b = (Fraction(j["report"], j["n"]) for j in (self.first, self.last["judged"]))
        data, rules = split(self.by_data, b - a - self.by_data, last - first)
        check(n, "the year's split", got, {"before": percent(first), "between": percent(first + data),
                                           "now": percent(last), "data": percent(data), "rules": percent(rules)})
        db = sqlite3.connect(self.db)
        check(n, "integrity", db.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        db.close()
        size = os.path.getsize(self.db)
        r = self.run([self.m, "history", "prune", "--history", "nights.history", "--keep", "30"])
        kept = [x["run"] for x in self.list() if x["status"] in ("pass", "fail", "unwritten")]
        check(n, "prune", kept, [a for a, _, _ in self.want_scores[-30:]])
        check(n, "pruned is smaller", os.path.getsize(self.db) < size, True)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--mopslint", required=True)
    p.add_argument("--nights", type=int, default=365)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--keep")
    a = p.parse_args()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None     # 400 runs wait for the disk, else
    with tempfile.TemporaryDirectory(dir=memory) as scratch:
        folder = a.keep or scratch
        os.makedirs(folder, exist_ok=True)
        y = Year(os.path.abspath(a.mopslint), a.nights, a.seed, folder)
        for night in range(a.nights):
            y.night(night)
        y.end()
    for f in failures[:12]:
        print(f"FAIL {f}")
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(bool(failures))


main()
