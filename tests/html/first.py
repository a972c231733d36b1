# SPDX-License-Identifier: MIT
"""first.py MOPSLINT FOLDER [SEEDS]: what the card "Who repairs what first?" of the page says, over random small data with
several reports on hold: its steps are those of the plan below it and of the JSON report, none left out between two, each
going on from where the one before ended, with the records to repair; and what it says without a sign comes true when
the repairs are carried out in the data, the report that is to be sent after them included."""
import collections, csv, fractions, html.parser, json, os, random, re, subprocess, sys

NOW = "2026-11-22T06:00:00Z"
Step = collections.namedtuple("Step", "who what records now then")
List = collections.namedtuple("List", "report of wanted steps")

# field: check, right value, wrong values, who repairs
FIELDS = {
    "lead": {
        "source": ("values: [google, bing]", "google", ["gogle", "b1ng", ""], "demand-gen"),
        "owner": ("required: error", "dana", [""], "sales-ops"),
        "country": ("values: [DE, FR, US]", "DE", ["Germany", "??"], "sales-ops"),
        "score": ("range: {max: 100}, type: decimal", "7", ["700", "many"], "ops"),
        "code": ("pattern: '[a-z]{2}[0-9]{3}', required: error", "ab123", ["AB", "x", ""], "demand-gen"),
    },
    "campaign": {
        "name": ("pattern: '2026q[1-4]_[a-z]+'", "2026q1_x", ["spring", "Q1 x"], "demand-gen"),
        "channel": ("values: [search, social], required: error", "search", ["Serach", ""], "ops"),
        "goal": ("required: error", "leads", [""], "ops"),
    },
}
MONEY = {"lead": "amount", "campaign": "spend"}
STAGES = ["new", "won", "lost"]


def reports(rng):
    for i in range(rng.randint(2, 4)):
        needs = {}
        for kind in rng.sample(sorted(FIELDS), rng.randint(1, 2)):
            fields = rng.sample(sorted(FIELDS[kind]), rng.randint(1, len(FIELDS[kind])))
            where = rng.choice([None, None, STAGES[1], STAGES[2]]) if kind == "lead" else None
            needs[kind] = {"fields": fields, **({"where": {"stage": [where]}} if where else {})}
        target = rng.choice([70, 90, 99, 100])
        yield {"name": "Report %d" % i, "needs": needs,
               "target": rng.choice([target, {"records": target, "value": 100}, {"value": target}])}


def taxonomy(rng, asked):
    lines = ["mopslint: 1", "name: first"] + (["owner: ops"] if rng.random() < 0.7 else []) + ["records:"]
    for kind, fields in FIELDS.items():
        lines += [f"  {kind}:", "    key: id", f"    weight: {{field: {MONEY[kind]}, currency: {{is: EUR}}, to: EUR}}",
                  "    fields:", "      id: {}", f"      {MONEY[kind]}: {{type: decimal}}"] + ["      stage: {}"] * (kind == "lead")
        lines += [f"      {f}: {{{check}, owner: {who}}}" if rng.random() < 0.8 else f"      {f}: {{{check}}}"
                  for f, (check, _, _, who) in fields.items()]
    lines += ["rules:", "  - {id: won-has-code, record: lead, when: {stage: won}, then: {code: {length: {min: 5}}}, fixed_by: ops}",
              "  - {id: won-scored, record: lead, when: {source: google}, then: {score: {required: true}}}",
              "reports: " + json.dumps(asked)]
    return "\n".join(lines) + "\n"


def rows(rng, kind, n):
    spoilt = {f: rng.choice([0.0, 0.1, 0.3, 0.6]) for f in FIELDS[kind]}
    for i in range(n):
        row = {"id": f"{kind[0]}{i}", MONEY[kind]: rng.choice([10, 250, 999])}
        if kind == "lead":
            row["stage"] = rng.choice(STAGES)
        for f, (_, right, wrong, _) in FIELDS[kind].items():
            row[f] = rng.choice(wrong) if rng.random() < spoilt[f] else right
        yield row


class Page(html.parser.HTMLParser):
    """The card's lists, the rows of the plan's table, and after what each report can be sent."""

    def __init__(self, text):
        super().__init__()
        self.part, self.text, self.lists, self.table, self.ways, self.row, self.left = "", "", [], [], {}, None, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag in ("h2", "h3", "p", "li", "th", "td", "br"):
            self.text += "\n" if tag == "br" else ""
            self.text = self.text if tag == "br" else ""
        if tag == "tr":
            self.row = []

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if tag in ("h2", "h3", "section"):
            self.part = self.text if tag != "section" else ""
        elif self.part == "Who repairs what first?" and (tag == "p" or tag == "li" and self.lists):
            self.card(tag)
        elif self.part.startswith("What lifts the reports on HOLD"):
            if tag in ("th", "td"):
                self.row.append(self.text)
            elif tag == "tr" and self.row and self.row[0] != "report":
                self.table.append(self.row)
            elif tag == "table":
                self.part = ""

    def card(self, tag):
        head = re.fullmatch(r"(.*), ([\w. ]+): ([0-9.]+ %) is asked for", self.text)
        step = re.fullmatch(r"(?:(.*?): )?(.*), ([0-9,]+) records?\nfrom (.*) clean to (.*)", self.text)
        left = re.search(r"; ([0-9,]+) more and the whole plan are below", self.text)
        way = re.fullmatch(r"(.*): (SEND .*)", self.text)
        if tag == "li":
            assert step, "the card has a step that says something else: %r" % self.text
            self.lists[-1].steps.append(Step(*step.groups()))
        elif head:
            self.lists.append(List(*head.groups(), []))
        elif left:
            self.left = int(left[1].replace(",", ""))
        elif way:
            self.ways[way[1]] = way[2]


class Case:
    def __init__(self, folder, mopslint, tables):
        self.folder, self.mopslint, self.tables = folder, mopslint, tables

    def judged(self):
        """(JSON report, page, findings) of the data as it is now."""
        for kind, (columns, records) in self.tables.items():
            with open(os.path.join(self.folder, kind + ".csv"), "w", encoding="utf-8", newline="") as f:
                out = csv.DictWriter(f, columns, extrasaction="ignore")
                out.writeheader()
                out.writerows(records)
        done = subprocess.run([self.mopslint, "check", "-r", "t.yaml", "--now", NOW, "-q", "-f", "json=r.json", "-f", "html=r.html",
                               "--findings", "f.ndjson", *(k + ".csv" for k in self.tables)],
                              cwd=self.folder, capture_output=True, text=True, timeout=120)
        assert done.returncode in (0, 1), done.stderr[:400]
        read = lambda name: open(os.path.join(self.folder, name), encoding="utf-8").read()
        return json.loads(read("r.json")), Page(read("r.html")), [json.loads(x) for x in read("f.ndjson").splitlines()]

    def repair(self, kind, rule, found):
        """Writes the right value into every record that the rule finds fault with."""
        for f in found:
            if f["rule"] == rule and f["record"] == kind:
                self.tables[kind][1][f["line"] - 2][f["field"]] = FIELDS[kind][f["field"]][1]


def tenths(clean, assessed):
    return "%d.%d %%" % divmod(int(clean * 1000 // assessed), 10)


def figure(report, name, goal):
    need = next(r for r in report["reports"] if r["name"] == name)["by_record"][goal["record"]][goal["basis"]]
    return tuple(fractions.Fraction(str(need[k])) for k in ("clean", "assessed"))


def to_repair(report, asked, case, goal, rule, found):
    """Records of the goal's need that fail the rule, or fail none that counts there and cannot be told this one."""
    where = asked["needs"][goal["record"]].get("where", {}).get("stage")
    records, counted = case.tables[goal["record"]][1], set(next(
        r for r in report["reports"] if r["name"] == asked["name"])["by_record"][goal["record"]]["rules"])
    lines = collections.defaultdict(dict)
    for f in found:
        if f["record"] == goal["record"] and f["rule"] in counted and (not where or records[f["line"] - 2]["stage"] in where):
            lines[f["line"]][f["rule"]] = f["outcome"]
    return sum(rule in of and (of[rule] == "fail" or "fail" not in of.values()) for of in lines.values())


def walk(case, asked, goal, told):
    """Carries out the steps of one list; how many of its figures were seen to come true."""
    walked, start, sure = 0, {k: (c, [dict(r) for r in rs]) for k, (c, rs) in case.tables.items()}, True
    for step, said in zip(goal["steps"][:3], told.steps):
        report, _, found = case.judged()
        if step["column"]:
            break
        assert said.now == tenths(*figure(report, asked["name"], goal)) or not sure, (said, "is not where it stands")
        if sure:
            assert int(said.records.replace(",", "")) == to_repair(report, asked, case, goal, step["rule"], found), (said, "of other records", to_repair(report, asked, case, goal, step["rule"], found))
        case.repair(goal["record"], step["rule"], found)
        clean, assessed = figure(case.judged()[0], asked["name"], goal)
        sure = not step["about"] and not step["at_most"]
        if sure:
            assert said.then == tenths(clean, assessed), (said, "comes to", tenths(clean, assessed))
            walked += 1
        elif step["at_most"]:
            assert clean <= fractions.Fraction(str(step["clean"])), (said, "comes to", tenths(clean, assessed))
        else:
            break
    case.tables = start
    return walked


def same_as_plan(report, page):
    """The card's lists are the first ones of the JSON plan, in its order, and stand in the table below."""
    goals = [(r, g) for r in report["reports"] for g in r["lift"] if g["steps"]]
    table = iter(page.table)
    for i, told in enumerate(page.lists):
        asked, goal = goals[i]
        base = goal["record"] + (" records" if goal["basis"] == "records" else "." + MONEY[goal["record"]])
        assert (told.report, told.of) == (asked["name"], base), (told, "is not the plan's", asked["name"], base)
        assert told.wanted == "%.1f %%" % float(goal["wanted"]), told
        clean, assessed = figure(report, asked["name"], goal)
        rest = goal["steps"][3:]
        last = i + 1 == len(page.lists)
        assert last or len(told.steps) == min(len(goal["steps"]), 3) + bool(rest), (told, "has steps left out")
        for said, step in zip(told.steps, goal["steps"][:3] + rest[-1:]):
            sign = "≈ " if step["about"] else "≤ " if step["at_most"] else ""
            assert said.now == tenths(clean, assessed), (told, said, "starts elsewhere")
            clean = fractions.Fraction(str(step["clean"]))
            assert said.then == sign + tenths(clean, assessed) == sign + "%.1f %%" % step["score"], (told, said, step)
            words = ("and %d more rule" % len(rest) if said.who is None else
                     "column %s" % step["column"] if step["column"] else "[%s]" % step["rule"])
            assert words in said.what, (said, step)
            line = [told.report, said.what, said.records, said.who or "", told.of, said.now, said.then, told.wanted]
            assert said.who is None or any(row == line for row in table), (line, "does not stand below")
    shown = sum(step.who is not None for x in page.lists for step in x.steps)
    assert shown + page.left == sum(min(len(g["steps"]), 3) for _, g in goals), "the card leaves something out"
    return goals


def sent(case, asked, goals):
    """After all repairs of a report that are told as a fact it can be sent."""
    for goal in goals:
        for step in goal["steps"]:
            case.repair(goal["record"], step["rule"], case.judged()[2])
    report = case.judged()[0]
    assert next(r for r in report["reports"] if r["name"] == asked["name"])["decision"] == "send", (asked["name"], "is still on hold")


def one(seed, mopslint, top):
    rng = random.Random(seed)
    folder = os.path.join(top, str(seed))
    os.makedirs(folder, exist_ok=True)
    asked = list(reports(rng))
    tables = {}
    for kind in FIELDS:
        records = list(rows(rng, kind, rng.randint(3, 40)))
        tables[kind] = ([c for c in records[0] if c not in FIELDS[kind] or rng.random() > 0.04], records)
    with open(os.path.join(folder, "t.yaml"), "w", encoding="utf-8") as f:
        f.write(taxonomy(rng, asked))
    case = Case(folder, mopslint, tables)
    report, page, _ = case.judged()
    goals = same_as_plan(report, page)
    walked = sum(walk(case, next(a for a in asked if a["name"] == told.report), goal, told)
                 for told, (_, goal) in zip(page.lists, goals))
    for name, way in page.ways.items():
        if way.startswith("SEND after ") and "at least" not in way:
            kept = {k: (c, [dict(r) for r in rs]) for k, (c, rs) in case.tables.items()}
            sent(case, {"name": name}, [g for r, g in goals if r["name"] == name])
            case.tables = kept
    return sum(len(x.steps) for x in page.lists), walked


def main():
    mopslint, top, seeds = sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 25
    faults = steps = walked = 0
    for seed in range(1, seeds + 1):
        try:
            more = one(seed, mopslint, top)
            steps, walked = steps + more[0], walked + more[1]
        except AssertionError as e:
            faults += 1
            print("seed %d: %s" % (seed, e))
    print("%d steps, %d of them carried out" % (steps, walked))
    sys.exit(faults > 0 or walked < seeds)


main()
