"""Lifecycles from a snapshot: skipped, order, requires, sla with business hours."""

import csv
import os
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import readings
from checks import FAIL, NA, PASS, UNDECIDED, RANK, Rule, combine_all
from conditions import holds
from values import as_list, parse_duration, text_of

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
        return names

    # -- what a record says

    def stage(self, record):
        """(outcome if there is none, stage)."""
        cell = record.cells[self.field]
        if cell.state == "blank":
            return NA, None
        if cell.state != "value" or cell.refused:
            return UNDECIDED, None
        return None, self.stages[self.names.index(cell.meant)]

    def entered(self, record, stage, current):
        """'none' (not judged), 'never', 'unreadable', or 'yes'; with the date."""
        name = stage.get("entered_at")
        if not name or (name in self.shared and stage is not current):
            return "none", None
        cell = record.cells[name]
        if cell.state == "blank":
            return "never", None
        if cell.state != "value" or cell.typed is None:
            return "unreadable", None
        return "yes", cell.typed

    def in_cycle(self, record, moment):
        """True, False, or None if the restart cannot be read."""
        if not self.restarted:
            return True
        cell = record.cells[self.restarted]
        if cell.state == "blank":
            return True
        if cell.state != "value" or cell.typed is None:
            return None
        return self.clock.order(moment, cell.typed) >= 0

    # -- the checks

    def skipped(self, record):
        why, current = self.stage(record)
        if why:
            return why
        if current not in self.path:
            return NA
        outcomes = []
        here = self.path.index(current)
        for place in range(here):
            stage = self.path[place]
            if text_of(stage.get("terminal")) == "true":
                continue
            state, _ = self.entered(record, stage, current)
            if state == "none":
                continue
            if state == "unreadable":
                outcomes.append(UNDECIDED)
            elif state == "yes":
                outcomes.append(PASS)
            elif self.required_here(record, stage["entered_at"], current):
                continue
            else:
                legal = self.legal(record, place, here)
                outcomes.append(PASS if legal is True else UNDECIDED if legal is None else FAIL)
        if not outcomes and not readings.LIFECYCLE_NOTHING_IS_NA:
            return PASS
        return combine_all(outcomes)

    def legal(self, record, place, here):
        """Is a declared skip over this stage legal for the record?"""
        answer = False
        names = [s["name"] for s in self.path]
        for skip in self.skips:
            first, last = names.index(skip["from"]), names.index(skip["to"])
            if not (first < place < last <= here):
                continue
            truth = holds(skip.get("when"), record)
            if truth is True:
                return True
            if truth is None:
                answer = None
        return answer

    def order(self, record):
        why, current = self.stage(record)
        if why:
            return why
        outcomes = []
        previous = None
        for stage in self.path:
            state, moment = self.entered(record, stage, current)
            if state == "unreadable":
                outcomes.append(UNDECIDED)
                continue
            if state != "yes":
                continue
            inside = self.in_cycle(record, moment)
            if inside is None:
                outcomes.append(UNDECIDED)
                continue
            if not inside:
                continue
            if previous is not None:
                outcomes.append(FAIL if self.clock.order(moment, previous) < 0 else PASS)
            previous = moment
        if not outcomes and not readings.LIFECYCLE_NOTHING_IS_NA:
            return PASS
        return combine_all(outcomes)

    def requiring(self, name):
        """Names of the stages at which a field must be filled."""
        out = set()
        for stage in self.stages:
            if name in as_list(stage.get("requires_here")):
                out.add(stage["name"])
            if name in as_list(stage.get("requires")):
                out.add(stage["name"])
                if stage in self.path:
                    out |= {s["name"] for s in self.path[self.path.index(stage):]
                            if s is stage or not (self.terminal(s) and self.terminal(stage))}
        return out

    @staticmethod
    def terminal(stage):
        return text_of(stage.get("terminal")) == "true"

    def required_here(self, record, name, current):
        return current["name"] in self.requiring(name)

    def requires_judge(self, name):
        stages = self.requiring(name)

        def judge(record):
            why, current = self.stage(record)
            if why:
                return why
            if current["name"] not in stages:
                return NA
            cell = record.cells[name]
            if cell.state == "undecided":
                return UNDECIDED
            if cell.refused and not readings.BLANKNESS_DECIDED_ON_REFUSED:
                return UNDECIDED
            return FAIL if cell.state == "blank" else PASS
        return judge

    def sla_judge(self, stage):
        limit = parse_duration(text_of(stage["sla"]["next"]))
        calendar = stage["sla"].get("calendar")
        place = self.path.index(stage)

        def judge(record):
            why, current = self.stage(record)
            if why:
                return why
            state, start = self.entered(record, stage, current)
            if state == "unreadable":
                return UNDECIDED
            if state != "yes":
                return NA
            inside = self.in_cycle(record, start)
            if inside is None:
                return UNDECIDED
            if not inside:
                return NA
            end = None
            for later in self.path[place + 1:]:
                state, moment = self.entered(record, later, current)
                if state == "unreadable":
                    return UNDECIDED
                if state == "yes" and self.in_cycle(record, moment):
                    end = moment
                    break
            if end is None:
                if current is not stage:
                    return NA
                end = self.clock.now
            first, last = self.clock.instant(start), self.clock.instant(end)
            if last <= first:
                return PASS
            if calendar:
                spent = self.type.taxonomy.calendars[calendar].seconds(first, last)
            else:
                spent = (last - first) // timedelta(seconds=1)
            return PASS if spent <= limit else FAIL
        return judge

    def rules(self):
        prefix = "%s.%s." % (self.type.name, self.id)
        severities = self.spec.get("severities") or {}
        owners = [self.spec.get("owner"), self.type.fields[self.field].spec.get("owner"), self.type.owner,
                  self.type.taxonomy.owner]
        dates = self.date_fields() | ({self.restarted} if self.restarted else set())
        out = []

        def add(kind, ident, judge, subjects):
            options = {k: v for k, v in self.spec.items() if k in ("when", "applies", "effect")}
            severity = severities.get(kind) or self.spec.get("severity")
            if severity:
                options["severity"] = severity
            rule = Rule(ident, self.type, [kind], judge, options, self.field, {self.field} | subjects, (), owners)
            out.append(rule)

        if sum(1 for s in self.path if s.get("entered_at")) > 0:
            add("skipped", prefix + "skipped", self.skipped, self.date_fields())
            add("order", prefix + "order", self.order, dates)
        named = []
        for stage in self.stages:
            for name in as_list(stage.get("requires")) + as_list(stage.get("requires_here")):
                if name not in named:
                    named.append(name)
        for name in named:
            add("requires", prefix + "requires." + name, self.requires_judge(name), {name})
        for stage in self.stages:
            if stage.get("sla"):
                add("sla", prefix + "sla." + stage["name"], self.sla_judge(stage), dates)
        return out

    def figures(self):
        counts = {name: 0 for name in self.names}
        for record in self.type.judged:
            cell = record.cells[self.field]
            if cell.state == "value" and cell.meant in counts:
                counts[cell.meant] += 1
        return {"id": self.id, "record": self.type.name,
                "stages": [{"stage": n, "records": counts[n]} for n in self.names]}
