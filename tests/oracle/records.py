"""Records: read from CSV, cells made on demand, derived fields."""

import csv
import io
import os
import re

from checks import FAIL, NA, PASS, UNDECIDED
from conditions import matches, COMPILED
from values import LOST, Bad, MISSING, UNDECIDED as UNREADABLE, BROKEN, Cell, split_url, text_of, url_param


class Cells(dict):
    """field -> Cell of one record, made when first asked for."""

    def __init__(self, record):
        super().__init__()
        self.record = record

    def __missing__(self, name):
        cell = make_cell(self.record, name)
        self[name] = cell
        return cell


class Record:
    def __init__(self, record_type, raw, columns, source, line):
        self.type = record_type
        self.raw = raw                # column -> text; None for bytes that are not UTF-8
        self.columns = columns        # field -> column
        self.source = source
        self.line = line
        self.ragged = False
        self.input_faults = []
        self.outcomes = {}
        self.grandfathered = set()
        self.suppressed = set()
        self.proposals = {}
        self.weights = {}
        self.cells = Cells(self)
        self._moment = False

    @property
    def moment(self):
        """The record's date, or None if it has no readable one."""
        if self._moment is False:
            self._moment = None
            name = self.type.dated_by
            if name:
                cell = self.cells[name]
                if cell.state == "value" and cell.meant is not None:
                    self._moment = cell.typed
                    if cell.typed is None:
                        clock = self.type.taxonomy.clock
                        self._moment = clock.parse_datetime(cell.meant) or clock.parse_date(cell.meant)
        return self._moment

    @property
    def as_of(self):
        """By what `applies` and `valid` judge: LOST where the column of `dated_by` is missing."""
        name = self.type.dated_by
        return LOST if name and self.cells[name].state == "missing" else self.moment


def make_cell(record, name):
    field = record.type.fields[name]
    if field.derive:
        return derived_cell(record, field)
    column = record.columns.get(name)
    if column is None:
        return MISSING
    if record.ragged:
        return UNREADABLE
    text = record.raw[column]
    return BROKEN if text is None else field.cell(text)


def derived_cell(record, field):
    derive = field.derive
    source = record.cells[record.type.sources(field.name)[0]]
    if source.state == "missing":
        return MISSING
    if source.state == "undecided":
        return UNREADABLE
    if source.state == "blank":
        return blank()
    if "part" in derive:
        return part_cell(record, field)
    if source.meant is None:
        return UNREADABLE
    if "url_param" in derive or "url_host" in derive:
        parts = split_url(source.meant)
        if parts is None:
            return UNREADABLE
        text = parts[0] if "url_host" in derive else url_param(parts[1], derive["name"])
    elif "email_domain" in derive:
        if "@" not in source.meant:
            return UNREADABLE
        text = source.meant.rpartition("@")[2].lower()
    elif "map" in derive:
        text = mapping(record.type, derive["map"]).get(source.meant)
    elif "capture" in derive:
        matches(derive["capture"]["pattern"], "")
        match = COMPILED[(derive["capture"]["pattern"], False)].fullmatch(source.meant)
        text = match[1] if match else None
    elif "lookup" in derive:
        return lookup_cell(record, field, source)
    return blank() if text is None else field.cell(text)


def blank():
    return Cell("blank", written="", blank_kind="empty")


def part_cell(record, field):
    """The part of the parse that the template check reads; of several templates the first that applies."""
    name, _, part = field.derive["part"].partition(".")
    for masker in record.type.maskers.get(name, []):
        record.outcomes[masker.id] = masker.outcome(record)[0]
    for rule in record.type.fields[name].template_rules:
        outcome, _ = rule.outcome(record)
        if outcome in (FAIL, UNDECIDED):
            return UNREADABLE
        if outcome == NA:
            continue
        text = rule.template.part(record.cells[name].written, part, record.as_of)
        if text is ...:
            return UNREADABLE
        return blank() if text is None else field.cell(text)
    return blank()


def lookup_cell(record, field, source):
    """A parent's field through a reference."""
    lookup = field.derive["lookup"]
    target_type, _, target_field = record.type.reference_of(lookup["via"]).partition(".")
    parents = record.type.taxonomy.types[target_type].meant_values(target_field).get(source.meant, [])
    found = {}
    for parent in parents:
        cell = parent.cells[lookup["field"]]
        if cell.state == "blank":
            found[("blank",)] = None
        elif cell.state == "value" and cell.meant is not None:
            found[("value", cell.meant)] = cell.meant
        else:
            return UNREADABLE
    if len(found) != 1:
        return UNREADABLE
    text = next(iter(found.values()))
    return blank() if text is None else field.cell(text)


def mapping(record_type, spec):
    """A map's table: two columns with a header line, or `values:` inline."""
    if "values" in spec:
        table = spec["values"]
    else:
        cache = record_type.taxonomy.__dict__.setdefault("maps", {})
        if spec["table"] not in cache:
            path = os.path.join(record_type.taxonomy.folder, spec["table"])
            with open(path, newline="", encoding="utf-8") as stream:
                lines = [line for line in csv.reader(stream) if line]
            cache[spec["table"]] = {line[0]: line[1] for line in lines[1:]}
        table = cache[spec["table"]]
    source = record_type.fields[spec["from"]]
    return {source.literal(k): text_of(v) for k, v in table.items()}


# ---------------------------------------------------------------- reading

def squeeze(name):
    return re.sub(r"[\s_-]+", "", name).lower()


def match_columns(record_type, header):
    """Field name, then `columns` in order, then both ignoring case, blanks, _ and -."""
    columns = {}
    for field in record_type.fields.values():
        if field.derive:
            continue
        listed = field.spec.get("columns") or []
        listed = [listed] if isinstance(listed, str) else listed
        for name in [field.name] + listed:
            if name in header:
                columns[field.name] = name
                break
        else:
            wanted = {squeeze(n) for n in [field.name] + listed}
            hits = [h for h in header if squeeze(h) in wanted]
            if len(hits) > 1:
                raise Bad("two columns for %s: %s" % (field.name, hits))
            if hits:
                columns[field.name] = hits[0]
    return columns


def read_csv(record_type, path):
    with open(path, "rb") as stream:
        data = stream.read()
    return read_bytes(record_type, data, path)


def read_bytes(record_type, data, source):
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    text = data.decode("utf-8", "surrogateescape")
    delimiter = (record_type.spec.get("source") or {}).get("delimiter") or ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [(reader.line_num, row) for row in reader if row]
    if not rows:
        return
    header = [name.strip() for name in rows[0][1]]
    columns = match_columns(record_type, header)
    for line, row in rows[1:]:
        raw = {}
        faults = []
        while len(row) > len(header) and row[-1] == "":
            row = row[:-1]
        for name, value in zip(header, row):
            if any("\udc80" <= c <= "\udcff" for c in value):
                raw[name] = None
                faults.append("input.encoding")
            else:
                raw[name] = value
        record = Record(record_type, raw, columns, source, line)
        if len(row) != len(header):
            record.ragged = True
            faults = ["input.ragged"]
        record.input_faults = sorted(set(faults))
        record_type.records.append(record)
