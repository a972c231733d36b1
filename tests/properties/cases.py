"""A case (taxonomy, side files, tables of rows), its changes, and the ways to write it down."""

import copy
import csv
import gzip
import io
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "oracle"))

import generate
from conditions import fields_read
from records import match_columns, read_bytes
from taxonomy import Taxonomy, load_json, need_of
from values import Bad, as_list

NOW = generate.NOW


class Table:
    """One file: header and rows of text (bytes that are not UTF-8 as surrogates)."""

    def __init__(self, kind, name, rows):
        self.kind = kind
        self.name = name
        self.rows = rows

    @property
    def header(self):
        return self.rows[0]

    @property
    def records(self):
        return self.rows[1:]

    def sound(self):
        """No input fault: every row as long as the header, nothing but UTF-8."""
        return all(len(row) == len(self.header) and not any("\udc80" <= c <= "\udcff" for cell in row for c in cell)
                   for row in self.rows)


class Case:
    def __init__(self, spec, extra, tables):
        self.spec = spec
        self.extra = extra
        self.tables = tables

    def copy(self):
        return Case(copy.deepcopy(self.spec), self.extra, [Table(t.kind, t.name, [list(r) for r in t.rows])
                                                           for t in self.tables])

    def table(self, kind):
        return next(t for t in self.tables if t.kind == kind)

    def sound(self):
        return all(t.sound() for t in self.tables)

    def write(self, folder, dialect="plain", ending=".csv"):
        """Write the case; the names of its sources."""
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "taxonomy.json"), "w", encoding="utf-8") as stream:
            json.dump(self.spec, stream, indent=1)
        for name, data in self.extra.items():
            with open(os.path.join(folder, name), "wb") as stream:
                stream.write(data)
        names = []
        for table in self.tables:
            names.append(table.name + ending)
            with open(os.path.join(folder, names[-1]), "wb") as stream:
                stream.write(DIALECTS[dialect](table.rows))
        return names


# ---------------------------------------------------------------- dialects

def plain(rows, delimiter=",", line_end="\n", quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end, delimiter=delimiter, quoting=quoting).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogateescape")


def ndjson(rows):
    lines = [json.dumps(dict(zip(rows[0], row)), ensure_ascii=False) for row in rows[1:]]
    return "".join(line + "\n" for line in lines).encode("utf-8")


DIALECTS = {
    "plain": plain,
    "crlf": lambda rows: plain(rows, line_end="\r\n"),
    "quoted": lambda rows: plain(rows, quoting=csv.QUOTE_ALL),
    "semicolon": lambda rows: plain(rows, delimiter=";"),
    "tab": lambda rows: plain(rows, delimiter="\t"),
    "pipe": lambda rows: plain(rows, delimiter="|"),
    "bom": lambda rows: b"\xef\xbb\xbf" + plain(rows),
    "gzip": lambda rows: gzip.compress(plain(rows), 1),
    "ndjson": ndjson,
    "json": lambda rows: json.dumps([dict(zip(rows[0], row)) for row in rows[1:]]).encode("utf-8"),
}


# ---------------------------------------------------------------- from the generator

def widen_sources(spec):
    """File patterns that also take another ending: the case is written in several formats."""
    for record in spec["records"].values():
        if "source" in record:
            record["source"]["files"] = [f.replace("*.csv", "*") for f in record["source"]["files"]]


def read_rows(data):
    text = data.decode("utf-8", "surrogateescape")
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def generated(seed, level, folder):
    """The generator's case of a seed, without toss-ups among duplicates."""
    generate.make(seed, level, folder)
    with open(os.path.join(folder, "taxonomy.json"), encoding="utf-8") as stream:
        spec = json.load(stream)
    widen_sources(spec)
    with open(os.path.join(folder, "args"), encoding="utf-8") as stream:
        named = [line.strip().split("=", 1) for line in stream if "=" in line]
    return assemble(folder, spec, named)


def raw(seed, level):
    """The same before the toss-ups are taken out: which duplicate is kept may hang on a hash."""
    spec, files, named = generate.Generator(seed, level).case()
    spec = json.loads(json.dumps(spec))
    widen_sources(spec)
    sources = {name for _, name in named}
    return Case(spec, {n: d for n, d in files.items() if n not in sources},
                [Table(kind, name[:-4], read_rows(files[name])) for kind, name in named])


def assemble(folder, spec, named):
    extra, tables = {}, []
    for kind, name in named:
        with open(os.path.join(folder, name), "rb") as stream:
            tables.append(Table(kind, name[:-4], read_rows(stream.read())))
    for name in os.listdir(folder):
        if name.endswith(".csv") and name not in [n for _, n in named]:
            with open(os.path.join(folder, name), "rb") as stream:
                extra[name] = stream.read()
    return Case(spec, extra, tables)


# ---------------------------------------------------------------- the oracle's view of a case

def oracle_run(case, folder):
    """The oracle's run of a case; its side files lie in `folder`."""
    from oracle import Run
    path = os.path.join(folder, "oracle.json")
    with open(path, "w", encoding="utf-8") as stream:
        json.dump(case.spec, stream)
    taxonomy = Taxonomy(load_json(path), NOW, folder)
    for table in case.tables:
        read_bytes(taxonomy.types[table.kind], plain(table.rows), table.name + ".csv")
    return Run(taxonomy)


def columns_of(run, table):
    """column -> field of a table."""
    return {column: field for field, column in match_columns(run.taxonomy.types[table.kind],
                                                             [h.strip() for h in table.header]).items()}


def needs_of(case, kind):
    for report in case.spec.get("reports") or []:
        if kind in report["needs"]:
            yield need_of(report["needs"][kind])


def weight_fields(weight):
    if not weight:
        return set()
    names = {weight["field"]} | fields_read(weight.get("where"))
    if isinstance(weight.get("currency"), str):
        names.add(weight["currency"])
    return names


def protected(case, kind, run):
    """What a field does beside being judged -> the fields that do it, sources of derived ones among them."""
    spec = case.spec["records"][kind]
    own = run.taxonomy.types[kind]
    roles = {"weight": weight_fields(spec.get("weight")), "dated_by": {spec.get("dated_by")} - {None}, "exclude": set(),
             "where": set(), "slice": set(as_list((case.spec.get("score") or {}).get("slices"))), "suppression": set()}
    for entry in (spec.get("population") or {}).get("exclude") or []:
        roles["exclude"] |= fields_read(entry["where"])
    for need in needs_of(case, kind):
        roles["where"] |= fields_read(need.get("where"))
        roles["weight"] |= weight_fields(need.get("weight"))
    for entry in case.spec.get("suppressions") or []:
        roles["suppression"] |= fields_read(entry.get("where"))
    return {role: {n for name in names & set(own.fields) for n in own.traced(name)} for role, names in roles.items()}
