"""Values: blanks, types, dates, vocabularies with their ladder; one Cell per field and record."""

import re
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

import readings

BLANK_CHARS = " \t\r\n\v\f"
RUNGS = ["whitespace", "case", "separator", "alias"]  # in the order of the ladder


class Bad(Exception):
    """A taxonomy or input this oracle cannot judge."""


def trim(text):
    return text.strip(BLANK_CHARS)


def as_list(value):
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def text_of(value):
    """A JSON scalar is its text (numbers were read as text already)."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return "" if value is None else str(value)


# ---------------------------------------------------------------- numbers

def parse_decimal(text):
    match = re.fullmatch(r"[+-]?0*([0-9]*?)(\.([0-9]+?)0*)?", text)
    if not match or not re.search("[0-9]", text) or len(match[1]) > 18 or len(match[3] or "") > 20:
        return None
    return Fraction(text)


def parse_integer(text):
    return parse_decimal(text) if re.fullmatch(r"[+-]?[0-9]+", text) else None


def decimal_text(number):
    """Canonical text of a decimal with finitely many digits."""
    sign = "-" if number < 0 else ""
    number = abs(number)
    places = 0
    scaled = number
    while scaled.denominator != 1:
        scaled *= 10
        places += 1
    digits = str(int(scaled)).rjust(places + 1, "0")
    if places == 0:
        return sign + digits
    return sign + digits[:-places] + "." + digits[-places:]


def round_half_away(number, places):
    scaled = abs(number) * 10 ** places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if number >= 0 else -whole, 10 ** places)


def percent(text):
    """'8%', '8' or '0.5%' -> Fraction of a hundred."""
    return Fraction(trim(text).rstrip("%").strip()) / 100


def parse_duration(text):
    """'8h', '30m', '7d', '45s' -> seconds; d is 24 h."""
    match = re.fullmatch(r"([0-9]+)([smhdw])", trim(text))
    if not match:
        raise Bad("not a duration: %r" % text)
    return int(match[1]) * {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}[match[2]]


# ---------------------------------------------------------------- dates

ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
ISO_DATETIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?")

TOKENS = [("YYYY", "year4", "[0-9]{4}"), ("YY", "year2", "[0-9]{2}"), ("MM", "month", "[0-9]{2}"),
          ("M", "month", "[0-9]{1,2}"), ("DD", "day", "[0-9]{2}"), ("D", "day", "[0-9]{1,2}"),
          ("HH", "hour", "[0-9]{2}"), ("H", "hour", "[0-9]{1,2}"), ("mm", "minute", "[0-9]{2}"),
          ("ss", "second", "[0-9]{2}")]


def format_regex(fmt):
    out, pos = "", 0
    while pos < len(fmt):
        for token, name, pattern in TOKENS:
            if fmt.startswith(token, pos):
                out += "(?P<%s>%s)" % (name, pattern)
                pos += len(token)
                break
        else:
            out += re.escape(fmt[pos])
            pos += 1
    return re.compile(out)


LOST = object()     # a record's date where the column of `dated_by` is missing: nobody knows when it was


class Clock:
    """The run's --now and time zone, and comparison of dates with datetimes."""

    def __init__(self, now, zone):
        self.zone = ZoneInfo(zone or "UTC")
        self.now = self.parse_moment(now)
        self.today = self.now.astimezone(self.zone).date()
        self.formats = {}

    def parse_moment(self, text):
        parsed = self.parse_datetime(text)
        if parsed is None:
            day = self.parse_date(text)
            if day is None:
                raise Bad("not a time: %r" % text)
            parsed = datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(timezone.utc)
        return parsed

    @staticmethod
    def parse_date(text):
        match = ISO_DATE.fullmatch(text)
        if not match:
            return None
        try:
            return date(*map(int, match.groups()))
        except ValueError:
            return None

    def parse_datetime(self, text):
        match = ISO_DATETIME.fullmatch(text)
        if not match:
            return None
        year, month, day, hour, minute, second, zone = match.groups()
        try:
            local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        except ValueError:
            return None
        if zone is None:
            return local.replace(tzinfo=self.zone).astimezone(timezone.utc)
        if zone == "Z":
            return local.replace(tzinfo=timezone.utc)
        sign = 1 if zone[0] == "+" else -1
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return (local.replace(tzinfo=timezone.utc) - sign * offset)

    def parse_formats(self, text, formats, want_time):
        """All readings of text under the declared formats; None if it fits none, or two differently."""
        readings = set()
        for fmt in formats:
            regex = self.formats.get(fmt)
            if regex is None:
                regex = self.formats[fmt] = format_regex(fmt)
            match = regex.fullmatch(text)
            if not match:
                continue
            part = match.groupdict()
            year = int(part["year4"]) if part.get("year4") else 2000 + int(part["year2"])
            try:
                if want_time:
                    local = datetime(year, int(part["month"]), int(part["day"]), int(part.get("hour") or 0),
                                     int(part.get("minute") or 0), int(part.get("second") or 0))
                    readings.add(local.replace(tzinfo=self.zone).astimezone(timezone.utc))
                else:
                    readings.add(date(year, int(part["month"]), int(part["day"])))
            except ValueError:
                continue
        return readings.pop() if len(readings) == 1 else None

    def local_day(self, moment):
        """The day of a date, or of a datetime in the taxonomy's zone."""
        if isinstance(moment, datetime):
            return moment.astimezone(self.zone).date()
        return moment

    def order(self, left, right):
        """-1, 0 or 1; a date against a datetime compares local days; numbers compare as numbers."""
        if isinstance(left, (date, datetime)) and isinstance(left, datetime) != isinstance(right, datetime):
            left, right = self.local_day(left), self.local_day(right)
        return (left > right) - (left < right)

    def within_last(self, moment, seconds):
        """now - seconds <= moment <= now."""
        first = self.now - timedelta(seconds=seconds)
        return self.order(moment, first) >= 0 and self.order(moment, self.now) <= 0

    def instant(self, moment):
        """A datetime as it is; a date as the start of its local day."""
        if isinstance(moment, datetime):
            return moment
        return datetime(moment.year, moment.month, moment.day, tzinfo=self.zone).astimezone(timezone.utc)

    def window_holds(self, window, moment):
        """`{from, until}` around a record's date (None: as of now; LOST: its column is missing, so None: unknown)."""
        if moment is LOST:
            return None
        day = self.today if moment is None else self.local_day(moment)
        if window.get("from") is not None and day < self.parse_date(text_of(window["from"])):
            return False
        if window.get("until") is not None and day > self.parse_date(text_of(window["until"])):
            return False
        return True

    def until_holds(self, until):
        return until is None or self.today <= self.parse_date(text_of(until))


# ---------------------------------------------------------------- types

EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
URL = re.compile(r"(https?)://([A-Za-z0-9.-]+)(?::([0-9]+))?(/[^?#\s]*)?(?:\?([^#\s]*))?(?:#(\S*))?", re.I)
COUNTRIES = {"AT": ["Austria"], "DE": ["Germany"], "FR": ["France"], "GB": ["United Kingdom", "UK"]}    # those of generate.py
CURRENCIES = {"EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "JPY", "CAD", "AUD"}


def split_url(text):
    """(host, query) of a plain http(s) URL, or None."""
    match = URL.fullmatch(text)
    if not match or not match[2].strip("."):
        return None
    return match[2].lower(), match[5] or ""


def url_decode(text):
    data = text.replace("+", " ").encode("utf-8")
    data = re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), data)
    return data.decode("utf-8", "replace")


def url_param(query, name):
    """The first value of the parameter, or None."""
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        if url_decode(key) == name:
            return url_decode(value)
    return None


def parse_type(kind, text, formats, clock, aliases=None):
    """(meant text, typed value) or None if the type refuses the text."""
    if kind in ("decimal", "integer"):
        number = parse_decimal(text) if kind == "decimal" else parse_integer(text)
        return None if number is None else (decimal_text(number), number)
    if kind == "date":
        day = clock.parse_formats(text, formats, False) if formats else clock.parse_date(text)
        return None if day is None else (day.isoformat(), day)
    if kind == "datetime":
        moment = clock.parse_formats(text, formats, True) if formats else clock.parse_datetime(text)
        if moment is None and not formats and clock.parse_date(text) is not None:
            return (text, clock.parse_date(text))      # a day without a time of day
        return None if moment is None else (moment.strftime("%Y-%m-%dT%H:%M:%SZ"), moment)
    if kind == "email":
        if not EMAIL.fullmatch(text) or ".." in text:
            return None
        local, _, domain = text.rpartition("@")
        return (local + "@" + domain.lower(), None)
    if kind == "domain":
        return (text.lower(), None) if DOMAIN.fullmatch(text) else None
    if kind == "url":
        return (text, None) if split_url(text) else None
    if kind == "boolean":
        if text.lower() in ("true", "yes", "1"):
            return ("true", None)
        return ("false", None) if text.lower() in ("false", "no", "0") else None
    if kind == "currency":
        return (text.upper(), None) if text.upper() in CURRENCIES else None
    if kind in ("text", "name"):
        return (trim(text), None)
    if kind == "country":
        for code, words in aliases.items():
            if text.lower() in [code.lower()] + [text_of(w).lower() for w in as_list(words)]:
                return (code, None)
        for code, names in COUNTRIES.items():
            if text.lower() in [code.lower()] + [n.lower() for n in names]:
                return (code, None)
        return None
    raise Bad("type %s is not covered by the oracle" % kind)


# ---------------------------------------------------------------- vocabularies

class Vocabulary:
    """Canonical values with aliases; resolve() walks the ladder by brute force."""

    def __init__(self, spec, owner=None):
        values = spec.get("values") or {}
        if isinstance(values, list):
            values = {text_of(v): None for v in values}
        self.entries = {text_of(name): (entry or {}) for name, entry in values.items()}
        self.groups = spec.get("groups") or {}
        fold = spec.get("fold")
        self.fold = ["blanks", "case"] if fold is None else as_list(fold)
        self.owner = spec.get("owner", owner)
        self.has_alias = any(entry.get("aliases") for entry in self.entries.values())
        self.has_use = any("use" in entry or "valid" in entry for entry in self.entries.values())
        self.has_provisional = any("provisional" in entry for entry in self.entries.values())
        self.cache = {}

    def folded(self, text, steps):
        if "whitespace" in steps:
            text = trim(text)
        if "separator" in steps:
            inner = text.strip(" \t")     # blanks around it are no separators
            text = re.sub(r"[-_ \t]+", "", inner).join(text.split(inner, 1)) if inner else text
        if "case" in steps:
            text = text.lower()
        return text

    def allowed_steps(self):
        steps = []
        if "blanks" in self.fold:
            steps.append("whitespace")
        if "case" in self.fold:
            steps.append("case")
        if "separators" in self.fold:
            steps.append("separator")
        return steps

    def resolve(self, text):
        """(rung or None, entry name) for the least rung that reaches an entry; None if none does."""
        if text not in self.cache:
            self.cache[text] = self._resolve(text)
        return self.cache[text]

    def _resolve(self, text):
        if text in self.entries:
            return (None, text)
        allowed = self.allowed_steps()
        for last in allowed:
            steps = allowed[:allowed.index(last) + 1]
            for name in self.entries:
                if self.folded(text, steps) == self.folded(name, steps):
                    return (last, name)
        for name, entry in self.entries.items():
            for alias in as_list(entry.get("aliases")):
                if self.folded(text, allowed) == self.folded(text_of(alias), allowed):
                    return ("alias", name)
        return None

    def final(self, name):
        """The canonical value behind `use:`."""
        seen = set()
        while "use" in self.entries.get(name, {}) and name not in seen:
            seen.add(name)
            name = text_of(self.entries[name]["use"])
        return name

    def known(self, name, clock):
        """False for a provisional entry past its date."""
        provisional = self.entries.get(name, {}).get("provisional")
        return provisional is None or clock.until_holds(provisional.get("until"))

    def has(self, meant, clock):
        """Plain membership: is it one of the values, as of today?"""
        return meant in self.entries and self.known(meant, clock)

    def meant(self, text, clock):
        """The meant form of a text, or None."""
        hit = self.resolve(text)
        if hit is None or not self.known(hit[1], clock):
            return None
        return self.final(hit[1])

    def in_group(self, group, meant, clock):
        spec = self.groups[group]
        if not self.known(meant, clock):
            return False
        if isinstance(spec, dict):
            if "pattern" in spec:
                return re.fullmatch(text_of(spec["pattern"]), meant, re.ASCII) is not None
            return self.has(meant, clock) and meant not in [self.final(text_of(v)) for v in as_list(spec["except"])]
        return meant in [self.final(text_of(v)) for v in spec]

    def findings(self, text, moment, clock):
        """The finding of the ladder; both, inside and outside of its dates, where no date tells."""
        hit = self.resolve(text)
        valid = self.entries[hit[1]].get("valid") if hit else None
        if moment is not LOST or valid is None or not self.known(hit[1], clock):
            return {self.finding(text, None if moment is LOST else moment, clock)[0]}
        return {self.dated(hit, True)[0], self.dated(hit, False)[0]}

    def finding(self, text, moment, clock):
        """The one finding of the ladder: a rung's name, or None; with the certain proposal."""
        hit = self.resolve(text)
        if hit is None or not self.known(hit[1], clock):
            return ("vocabulary", None)
        valid = self.entries[hit[1]].get("valid")
        return self.dated(hit, valid is None or clock.window_holds(valid, moment) is not False)

    def dated(self, hit, inside):
        rung, name = hit
        entry = self.entries[name]
        if "valid" in entry:
            if not inside:
                return ("deprecated", self.final(name) if "use" in entry else None)
        elif "use" in entry:
            return ("deprecated", self.final(name))
        if "provisional" in entry and not (rung and readings.SPELLING_BEFORE_PROVISIONAL):
            return ("provisional", None)
        if rung is not None:
            return (rung, name)
        return (None, None)


# ---------------------------------------------------------------- fields and cells

class Cell:
    """What one record holds in one field.

    state: missing (no column), undecided (cannot be read), blank, value.
    meant is None for a value that its vocabulary or type refuses.
    """
    __slots__ = ("state", "blank_kind", "written", "meant", "typed")

    def __init__(self, state, written=None, meant=None, typed=None, blank_kind=None):
        self.state = state
        self.written = written
        self.meant = meant
        self.typed = typed
        self.blank_kind = blank_kind

    @property
    def refused(self):
        return self.state == "value" and self.meant is None


MISSING = Cell("missing")
UNDECIDED = Cell("undecided")
BROKEN = Cell("undecided")      # there are bytes, but they are no text


class Blanks:
    """What counts as blank: a list, or {values, trim: false}."""

    def __init__(self, spec):
        self.exact = False
        if isinstance(spec, dict):
            self.exact = text_of(spec.get("trim", "true")) == "false"
            spec = spec.get("values")
        words = [text_of(v) for v in (as_list(spec) if spec is not None else [""])]
        self.words = set(words) if self.exact else {trim(w).lower() for w in words}

    def kind(self, text):
        """None for a value; else empty, whitespace or placeholder."""
        if text == "":
            return "empty"
        if self.exact:
            return "placeholder" if text in self.words else None
        bare = trim(text)
        if bare == "":
            return "whitespace"
        return "placeholder" if bare.lower() in self.words else None


def gives_host(derive):
    return bool(derive) and ("url_host" in derive or "email_domain" in derive)


def host_text(text):
    """A host as people write it, in its one form (ASCII hosts alone are made here)."""
    return text.lower() if re.fullmatch(r"[A-Za-z0-9._-]+", text) else text


class Field:
    """A field's reading: blanks, type, vocabulary; makes cells from texts, one cache per field."""

    def __init__(self, name, spec, blanks, vocabulary, clock):
        self.name = name
        self.spec = spec
        self.blanks = Blanks(spec["blanks"]) if "blanks" in spec else blanks
        self.vocabulary = vocabulary
        self.clock = clock
        kind = spec.get("type")
        self.formats = []
        self.aliases = {}
        if isinstance(kind, dict):
            self.formats = [text_of(f) for f in as_list(kind.get("formats"))]
            self.aliases = kind.get("aliases") or {}
            kind = kind.get("use")
        self.type = kind or "text"
        case = spec.get("case")
        self.case = case.get("use") if isinstance(case, dict) else case
        self.derive = spec.get("derive")
        self.is_host = gives_host(self.derive)
        self.expected = False
        self.missing = False
        self.cache = {}

    def meant_and_typed(self, text):
        if self.vocabulary is not None:
            return (self.vocabulary.meant(text, self.clock), None)
        if self.type in ("text", "name"):
            meant = trim(text)
            if self.case == "lower":
                meant = meant.lower()
            elif self.case == "upper":
                meant = meant.upper()
            if self.is_host:
                meant = host_text(meant)
            return (meant, None)
        parsed = parse_type(self.type, text, self.formats, self.clock, self.aliases)
        return (None, None) if parsed is None else parsed

    def cell(self, text):
        """The cell of a decoded text."""
        if text not in self.cache:
            kind = self.blanks.kind(text)
            if kind is not None:
                self.cache[text] = Cell("blank", written=text, blank_kind=kind)
            else:
                meant, typed = self.meant_and_typed(text)
                self.cache[text] = Cell("value", text, meant, typed)
        return self.cache[text]

    def literal(self, value):
        """A value written in a rule, resolved the same way as data: its meant form."""
        text = text_of(value)
        meant, _ = self.meant_and_typed(text)
        return text if meant is None else meant

    def typed_literal(self, value):
        """A number or date written in a rule."""
        text = text_of(value)
        if self.type in ("decimal", "integer"):
            return Fraction(text)
        parsed = self.clock.parse_datetime(text)
        return parsed if parsed is not None else self.clock.parse_date(text)
