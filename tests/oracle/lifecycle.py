"""Lifecycles from a snapshot: skipped, order, requires, sla with business hours."""

import csv
import os
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import readings
from checks import FAIL, NA, PASS, UNDECIDED, Rule, combine_all
from conditions import holds
from history import History
from values import as_list, parse_duration, text_of

UNREAD = object()       # a date of entry that nobody can read
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Calendar:
    """Business hours: zone, days, hours, holidays."""

    def __init__(self, spec, taxonomy):
        self.zone = ZoneInfo(spec.get("zone") or taxonomy.zone or "UTC")
        self.days = set()
        for item in as_list(spec.get("days", "mon-fri")):
            for piece in text_of(item).replace(" ", "").split(","):
                first, _, last = piece.partition("-")
                start, end = DAYS.index(first[:3]), DAYS.index((last or first)[:3])
                while True:
                    self.days.add(start)
                    if start == end:
                        break
                    start = (start + 1) % 7
        opens, _, closes = text_of(spec.get("hours", "00:00-24:00")).partition("-")
        self.opens, self.closes = self.minutes(opens), self.minutes(closes)
        holidays = spec.get("holidays") or []
        if isinstance(holidays, dict):
            with open(os.path.join(taxonomy.folder, holidays["file"]), newline="", encoding="utf-8") as stream:
                lines = list(csv.reader(stream))
            column = lines[0].index("date")
            holidays = [line[column] for line in lines[1:] if line]
        self.holidays = set(map(text_of, holidays))

    @staticmethod
    def minutes(text):
        hour, _, minute = text.strip().partition(":")
        return int(hour) * 60 + int(minute)

    def moment(self, day, minutes):
        local = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
        return local.replace(tzinfo=self.zone).astimezone(timezone.utc)

    def seconds(self, start, end):
        """Open time between two instants, day by local day."""
        total = timedelta(0)
        day = start.astimezone(self.zone).date()
        last = end.astimezone(self.zone).date()
        while day <= last:
            if day.weekday() in self.days and day.isoformat() not in self.holidays:
                opens = max(start, self.moment(day, self.opens))
                closes = min(end, self.moment(day, self.closes))
                if closes > opens:
                    total += closes - opens
            day += timedelta(days=1)
        return total // timedelta(seconds=1)


class Lifecycle:
    """One lifecycle of a record type."""

    def __init__(self, spec, record_type, ident=None):
        self.spec = spec
        self.type = record_type
        self.clock = record_type.taxonomy.clock
        self.id = ident or spec["id"]
        self.field = spec["field"]
        self.stages = [{"name": s} if isinstance(s, str) else dict(s) for s in spec["stages"]]
        self.names = [s["name"] for s in self.stages]
        self.path = [s for s in self.stages if text_of(s.get("off_path")) != "true"]
        self.restarted = (spec.get("cycle") or {}).get("restarted_at")
        self.skips = spec.get("skips") or []
        columns = [s.get("entered_at") for s in self.stages if s.get("entered_at")]
        self.shared = {c for c in columns if columns.count(c) > 1}
        self.history = History(self) if spec.get("history") else None

    def vocabulary_spec(self):
        return {"values": {s["name"]: ({"aliases": s["aliases"]} if s.get("aliases") else {}) for s in self.stages}}

    def date_fields(self):
        return {s["entered_at"] for s in self.stages if s.get("entered_at")}

    def fields(self):
        names = {self.field} | self.date_fields()
        if self.restarted:
            names.add(self.restarted)
        for stage in self.stages:
            names |= set(as_list(stage.get("requires"))) | set(as_list(stage.get("requires_here")))
        if self.history:
            names.add(self.history.of)
        return names

    @staticmethod
    def terminal(stage):
        return text_of(stage.get("terminal")) == "true"

    def precedes(self, stage, other):
        """Is `stage` a step on the way to `other`? An end leads nowhere, and beside the path there is no way."""
        return (stage in self.path and other in self.path and not self.terminal(stage)
                and self.path.index(stage) < self.path.index(other))

    # -- what a record says

    def gated(self, judge, leading, reads, meant, compared=(), weighs=False):
        """What is asked before the check itself: a blank stage (or start) first, then what cannot be read.

        compared: with at most one of these there is nothing to compare, whatever it holds.
        meant: the check compares dates, so one that its type refuses leaves it undecided.
        weighs: the check says itself what a date that cannot be read leaves open.
        """
        def outcome(record):
            if any(record.cells[n].state == "blank" for n in leading):
                return NA
            if compared and sum(record.cells[n].state != "blank" for n in set(compared)) < 2:
                return NA
            cells = [record.cells[n] for n in (reads[:1] if weighs else reads)]
            if any(c.state == "undecided" or (meant and c.refused) for c in cells):
                return UNDECIDED
            stage = record.cells[self.field]
            if stage.refused:
                return UNDECIDED
            return judge(record, self.stages[self.names.index(stage.meant)])
        return outcome

    def own_date(self, stage, current):
        """The field that says when the stage was entered; None if there is none that speaks of it."""
        name = stage.get("entered_at")
        return None if not name or (name in self.shared and stage is not current) else name

    def moment(self, record, stage, current):
        """The entry of a stage in the record's present cycle, None, or UNREAD: there may be one, and nobody knows when."""
        name = self.own_date(stage, current)
        if name is None or record.cells[name].state == "blank":
            return None
        if any(record.cells[n].state == "undecided" or record.cells[n].refused
               for n in (name, self.restarted) if n):
            return UNREAD
        moment = record.cells[name].typed
        if self.restarted and record.cells[self.restarted].state == "value":
            if self.clock.order(moment, record.cells[self.restarted].typed) < 0:
                return None
        return moment

    # -- the checks

    def entered(self, record, stage, current):
        """True, False, or None where nothing tells. A date of any cycle tells, and one that its type refuses."""
        if stage is current:
            return True
        name = self.own_date(stage, current)
        return None if name is None else record.cells[name].state != "blank"

    def skipped(self, record, current):
        outcomes = []
        for stage in self.path:
            if not self.precedes(stage, current):
                continue
            entered = self.entered(record, stage, current)
            if entered is None:
                continue
            if entered:
                outcomes.append(PASS)
            elif current["name"] in self.requiring(stage["entered_at"]) and \
                    self.told("skipped", "requires." + stage["entered_at"], record):
                continue
            else:
                legal = self.legal(record, stage, current)
                outcomes.append(PASS if legal is True else UNDECIDED if legal is None else FAIL)
        if not outcomes and not readings.LIFECYCLE_NOTHING_IS_NA:
            return PASS
        return combine_all(outcomes)

    def told(self, mine, other, record):
        """Does the other check speak of the record, so that `mine` need not?"""
        return other in self.named and self.named[mine].leaves_to(self.named[other], record)

    def legal(self, record, stage, current):
        """Did the record take a declared skip over this stage: its ends entered, nothing between them?"""
        by_name = {s["name"]: s for s in self.path}
        truths = []
        for skip in self.skips:
            first, last = by_name[skip["from"]], by_name[skip["to"]]
            if not (self.precedes(first, stage) and self.precedes(stage, last)):
                continue
            if last is not current and not self.precedes(last, current):
                continue
            if False in (self.entered(record, first, current), self.entered(record, last, current)):
                continue
            between = [s for s in self.path if self.precedes(first, s) and self.precedes(s, last)]
            if not any(self.entered(record, s, current) for s in between):
                truths.append(holds(skip.get("when"), record))
        return True if True in truths else None if None in truths else False

    def sharers(self, name, current):
        """Places on the path of the stages that a shared date may be of, where the record's own stage has no part in it:
        stages it came through. An end is none of them: its date may be a plan."""
        return [n for n, s in enumerate(self.path) if s.get("entered_at") == name and not self.terminal(s)
                and (current not in self.path or self.precedes(s, current))]

    def entries(self, record, current):
        """(first and last place on the path, moment, is it an end) of each date in the record's present cycle."""
        out = []
        for place, stage in enumerate(self.path):
            name = stage.get("entered_at")
            places = [place]
            if name in self.shared and current.get("entered_at") == name and stage is not current:
                continue
            if name in self.shared and stage is not current:
                places = self.sharers(name, current)
                if place not in places[:1]:
                    continue
            moment = self.moment(record, stage, stage) if name else None
            if moment is not None:
                out.append((places[0], places[-1], moment, self.terminal(stage)))
        return out

    def order(self, record, current):
        outcomes = []
        entries = self.entries(record, current)
        for first, _, moment, _ in entries:
            previous, unsure = self.previous(entries, first)
            if previous is UNREAD or (previous is not None and moment is UNREAD):
                outcomes.append(UNDECIDED)
            elif previous is not None:
                outcomes.append(FAIL if self.clock.order(moment, previous) < 0 else UNDECIDED if unsure else PASS)
        if not outcomes and not readings.LIFECYCLE_NOTHING_IS_NA:
            return PASS
        return combine_all(outcomes)

    @staticmethod
    def previous(entries, place):
        """The last entry before a place on the path. One that nobody can read lies before the entry in question and
        behind its own predecessor, or one of the two is out of order: so it is the predecessor's turn, unless a shared
        date has another predecessor than what stands before it here."""
        unsure = False
        before = [e for e in entries if e[1] < place and not e[3]]  # an end is not what follows it comes from
        for first, last, moment, _ in sorted(before, key=lambda e: e[1], reverse=True):
            if moment is not UNREAD:
                return moment, unsure
            unsure = True
            if first != last:
                break
        return (UNREAD if unsure else None), unsure

    def requiring(self, name):
        """Names of the stages at which a field must be filled."""
        out = set()
        for stage in self.stages:
            if name in as_list(stage.get("requires_here")):
                out.add(stage["name"])
            if name in as_list(stage.get("requires")):
                out |= {s["name"] for s in self.stages if s is stage or self.precedes(stage, s)}
        return out

    def requires_judge(self, name):
        stages = self.requiring(name)

        def judge(record, current):
            if current["name"] not in stages:
                return NA
            cell = record.cells[name]
            if cell.refused and not readings.BLANKNESS_DECIDED_ON_REFUSED:
                return UNDECIDED
            return FAIL if cell.state == "blank" else PASS
        return judge

    def elapsed(self, start, end, calendar):
        """Seconds between two entries: by whole local days if either is a date without a time."""
        whole = [not isinstance(m, datetime) for m in (start, end)]
        zone = calendar.zone if calendar else self.clock.zone
        if any(whole):
            start, end = self.clock.local_day(start), self.clock.local_day(end)
            if not calendar:
                return (end - start).days * 86400
            start, end = (datetime(d.year, d.month, d.day, tzinfo=zone).astimezone(timezone.utc) for d in (start, end))
        if end <= start:
            return 0
        return calendar.seconds(start, end) if calendar else (end - start) // timedelta(seconds=1)

    def sla_judge(self, stage):
        limit = parse_duration(text_of(stage["sla"]["next"]))
        calendar = stage["sla"].get("calendar")

        def judge(record, current):
            start = self.moment(record, stage, current)
            if start is None or start is UNREAD:
                return NA if start is None else UNDECIDED
            later = [s for s in self.path if self.precedes(stage, s)]
            end = next((m for m in (self.moment(record, s, current) for s in later) if m is not None), None)
            if end is UNREAD:
                return UNDECIDED
            if end is None:
                if current is not stage:        # it moved on: a blank date tells nothing, no date at all cannot tell
                    told = any(self.own_date(s, current) for s in later)
                    return UNDECIDED if self.precedes(stage, current) and not told else NA
                end = self.clock.now
            elif self.clock.order(end, start) < 0:
                return NA if self.told("sla." + stage["name"], "order", record) else UNDECIDED
            spent = self.elapsed(start, end, self.type.taxonomy.calendars[calendar] if calendar else None)
            return PASS if spent <= limit else FAIL
        return judge

    def owners(self, name):
        """Whose word counts when the check itself names nobody."""
        field = self.type.fields[name]
        vocabulary = field.vocabulary.owner if field.vocabulary and name != self.field else None
        return [field.spec.get("owner"), vocabulary, self.spec.get("owner"), self.type.owner, self.type.taxonomy.owner]

    def rules(self):
        prefix = "%s.%s." % (self.type.name, self.id)
        severities = self.spec.get("severities") or {}
        out = []
        self.named = {}                 # by the last part of their ids

        def add(kind, suffix, judge, reads, leading=(), meant=False, field=None, compared=(), weighs=False):
            options = {k: v for k, v in self.spec.items() if k in ("when", "applies", "effect")}
            severity = severities.get(suffix) or severities.get(kind) or self.spec.get("severity")
            if severity:
                options["severity"] = severity
            reads = [self.field] + list(reads)
            judge = self.gated(judge, [self.field] + list(leading), reads, meant, compared, weighs)
            rule = Rule(prefix + suffix, self.type, [kind], judge, options, field or self.field, reads, (),
                        self.owners(field or self.field))
            out.append(rule)
            self.named[suffix] = rule

        restarted = [self.restarted] if self.restarted else []
        dated = [s for s in self.path if s.get("entered_at")]
        passed = [s["entered_at"] for s in dated if any(self.precedes(s, other) for other in self.path)]
        if passed:
            add("skipped", "skipped", self.skipped, passed)
        if len(dated) > 1:
            add("order", "order", self.order, [s["entered_at"] for s in dated] + restarted, weighs=True,
                compared=[s["entered_at"] for s in dated])
        for kind in ("back", "transition") if self.history else ():
            add(kind, kind, self.history.judge(kind), [self.history.of] + restarted, leading=[self.history.of],
                meant=True)
        named = []
        for stage in self.stages:
            for name in as_list(stage.get("requires")) + as_list(stage.get("requires_here")):
                if name not in named:
                    named.append(name)
        for name in named:
            add("requires", "requires." + name, self.requires_judge(name), [name], field=name)
        for stage in self.stages:
            if stage.get("sla"):
                later = [s["entered_at"] for s in dated if self.precedes(stage, s)]
                add("sla", "sla." + stage["name"], self.sla_judge(stage), [stage["entered_at"]] + later + restarted,
                    leading=[stage["entered_at"]], weighs=True)
        return out

    def figures(self):
        counts = {name: 0 for name in self.names}
        for record in self.type.judged:
            cell = record.cells[self.field]
            if cell.state == "value" and cell.meant in counts:
                counts[cell.meant] += 1
        return {"id": self.id, "record": self.type.name,
                "stages": [{"stage": n, "records": counts[n]} for n in self.names]}
