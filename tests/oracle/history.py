"""Stage history: back and transition, from records of stage changes."""

import itertools
from datetime import datetime

from checks import FAIL, NA, PASS, UNDECIDED
from conditions import holds
from values import text_of

UNKNOWN = "?"       # a stage that cannot be told; None: none
AT_ONCE = 6         # changes of one moment that are put in order


class Change:
    """One change: when (None: cannot be told), from (None: not said), to."""

    def __init__(self, when, source, target):
        self.when, self.source, self.target = when, source, target

    def identity(self):
        return isinstance(self.when, datetime), self.when, self.source, self.target


class History:
    """`history` and `transitions` of one lifecycle."""

    def __init__(self, lifecycle):
        spec = lifecycle.spec["history"]
        self.lifecycle = lifecycle
        self.clock = lifecycle.clock
        self.spec = spec
        self.of = spec["of"].partition(".")[2] or spec["of"]
        allowed = (lifecycle.spec.get("transitions") or {}).get("allowed")
        self.allowed = None if allowed is None else {
            (a, b) for first, last in allowed
            for a in map(self.name, first if isinstance(first, list) else [first])
            for b in map(self.name, last if isinstance(last, list) else [last])}
        self.table = None
        self.lost = False

    def name(self, word):
        return next(s["name"] for s in self.lifecycle.stages if word == s["name"] or word in s.get("aliases", []))

    # -- the changes of the run

    @property
    def changed(self):
        return self.lifecycle.type.taxonomy.types[self.spec["record"]]

    @property
    def via(self):
        if self.spec.get("via"):
            return self.spec["via"]
        wanted = "%s.%s" % (self.lifecycle.type.name, self.of)
        for name, field in self.changed.fields.items():
            reference = field.spec.get("references")
            if reference and (reference["use"] if isinstance(reference, dict) else reference) == wanted:
                return name
        raise KeyError("no field refers to " + wanted)

    def columns(self):
        return [self.via] + [self.spec[k] for k in ("from", "to", "at") if self.spec.get(k)]

    def stage(self, cell):
        if cell.state == "blank":
            return None
        return cell.meant if cell.state == "value" and cell.meant in self.lifecycle.names else UNKNOWN

    def read(self):
        self.table = {}
        for record in self.changed.judged:
            cells = {k: record.cells[n] for k, n in zip(("via", "to", "at"), (self.via, self.spec["to"], self.spec["at"]))}
            self.lost = self.lost or any(record.cells[n].state == "missing" for n in self.columns())
            target = self.stage(cells["to"])
            if cells["via"].state != "value" or cells["via"].refused or target is None:
                continue
            source = self.stage(record.cells[self.spec["from"]]) if self.spec.get("from") else None
            moment = cells["at"].typed if cells["at"].state == "value" and not cells["at"].refused else None
            change = Change(moment, source, target)
            self.table.setdefault(cells["via"].meant, {})[change.identity()] = change

    def changes(self, name):
        if self.table is None:
            self.read()
        return list(self.table.get(name, {}).values())

    def moments(self, changes):
        """Groups of changes that no time tells apart, in order; a date without a time is the whole of its day."""
        days = {}
        for change in changes:
            days.setdefault(self.clock.local_day(change.when), []).append(change)
        for day in sorted(days):
            whole = [c for c in days[day] if not isinstance(c.when, datetime)]
            timed = {}
            for change in days[day]:
                if isinstance(change.when, datetime):
                    timed.setdefault(change.when, []).append(change)
            if whole:
                yield self.sorted(whole) + [c for t in sorted(timed) for c in self.sorted(timed[t])]
            else:
                for moment in sorted(timed):
                    yield self.sorted(timed[moment])

    def sorted(self, changes):
        def place(name):
            return -2 if name == UNKNOWN else -1 if name is None else self.lifecycle.names.index(name)
        return sorted(changes, key=lambda c: (place(c.source), place(c.target)))

    # -- what is allowed

    def by_name(self, name):
        return self.lifecycle.stages[self.lifecycle.names.index(name)]

    def before(self, a, b):
        return self.lifecycle.precedes(self.by_name(a), self.by_name(b))

    def on_path(self, name):
        return self.by_name(name) in self.lifecycle.path

    def step(self, a, b):
        return self.before(a, b) and not any(self.before(a, m) and self.before(m, b) for m in self.lifecycle.names)

    def skip(self, a, b, record):
        truths = [holds(s.get("when"), record) for s in self.lifecycle.skips if (s["from"], s["to"]) == (a, b)]
        return True if True in truths else None if None in truths else False

    def legal(self, a, b, place, record):
        """Of a move from a to b; place: where it last was on the path (None: nowhere, UNKNOWN)."""
        if self.allowed is not None:
            return True if (a, b) in self.allowed else self.skip(a, b, record)
        if not self.on_path(b):
            return True
        if self.on_path(a):
            return True if self.step(a, b) else self.skip(a, b, record)
        if place is None:
            return True
        if place == UNKNOWN:
            return True if not any(self.before(m, b) for m in self.lifecycle.names) else None
        if b == place or self.before(b, place) or self.step(place, b):
            return True
        return self.skip(place, b, record)

    # -- one record

    def judge(self, kind):
        def outcome(record, current):
            found, judged, unsure = Walk(self, record).result(current["name"])
            if found[kind]:
                return FAIL
            if unsure["back"] or unsure[kind]:
                return UNDECIDED
            return PASS if judged else NA
        return outcome


class Walk:
    """The way of one record through its changes."""

    def __init__(self, history, record):
        self.history = history
        self.record = record
        self.where = None           # its stage so far
        self.place = None           # its last stage on the path
        self.fresh = True           # no change of the present cycle yet
        self.found = {"back": 0, "transition": 0}
        self.unsure = {"back": False, "transition": False}
        self.judged = 0
        restarted = history.lifecycle.restarted
        cell = record.cells[restarted] if restarted else None
        self.restart = cell.typed if cell is not None and cell.state == "value" else None

    def result(self, stage):
        history = self.history
        changes = history.changes(self.record.cells[history.of].meant)
        if history.lost:
            self.unsure["back"] = True
            return self.found, 0, self.unsure
        for moment in history.moments([c for c in changes if c.when is not None]):
            self.one_moment(moment)
        if any(c.when is None for c in changes):
            self.unsure["back"] = True
        if self.where is None:
            if not history.on_path(stage) or any(history.before(m, stage) for m in history.lifecycle.names):
                self.unsure["back"] = True
        elif self.where != stage:
            self.unsure["back"] = True
        return self.found, self.judged, self.unsure

    def one_moment(self, changes):
        order = changes if len(changes) == 1 else self.ordered(changes)
        for change in order or changes:
            if order is None:
                self.where = self.place = UNKNOWN
            self.take(change)
        if order is None:
            self.where = self.place = UNKNOWN
            if self.cycle(changes[0].when) != "earlier":
                self.unsure["back"] = True

    def ordered(self, changes):
        """The first order in which they follow from one another; None if there is none."""
        if len(changes) > AT_ONCE or any(UNKNOWN in (c.source, c.target) for c in changes):
            return None
        begins = [c for c in changes if c.source is None]
        if len(begins) > (1 if self.where is None else 0):
            return None
        known = [self.where] if self.where not in (None, UNKNOWN) else []
        for start in known + [None]:
            for order in itertools.permutations(changes):
                if any(c.source is None for c in order[1:]):
                    continue
                times = [c.when for c in order if isinstance(c.when, datetime)]
                if times != sorted(times):
                    continue
                if start is not None and order[0].source != start:
                    continue
                if all(b.source == a.target for a, b in zip(order, order[1:])):
                    return list(order)
        return None

    def cycle(self, when):
        if self.restart is None:
            return "present"
        place = self.history.clock.order(when, self.restart)
        if place < 0:
            return "earlier"
        return "restart" if place == 0 or self.fresh else "present"

    def take(self, change):
        history = self.history
        cycle = self.cycle(change.when)
        if cycle != "earlier":
            self.fresh = False
        source = self.where if change.source is None else change.source
        if change.source is not None:
            fits = self.where == change.source
            if self.where not in (None, UNKNOWN) and not fits and cycle == "present":
                self.unsure["back"] = True
            if source != UNKNOWN and history.on_path(source):
                self.place = source
            elif not fits:
                self.place = UNKNOWN
        if cycle != "earlier" and UNKNOWN in (source, change.target):
            self.unsure["back"] = True
        elif cycle != "earlier" and source is not None and source != change.target:
            self.move(source, change.target, cycle)
        self.where = change.target
        if change.target == UNKNOWN:
            self.place = UNKNOWN
        elif history.on_path(change.target):
            self.place = change.target

    def move(self, a, b, cycle):
        history = self.history
        if cycle == "restart" and history.on_path(a) and history.on_path(b) and not history.before(a, b):
            return                  # the restart itself
        self.judged += 1
        legal = history.legal(a, b, self.place, self.record)
        if legal is None:
            self.unsure["transition"] = True
        elif not legal:
            self.found["back" if history.before(b, a) else "transition"] += 1
