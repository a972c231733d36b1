#!/usr/bin/env python3
"""Small cases computed by hand, at least one per paragraph of design.md section 3 and 4."""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import compare
import generate
from conditions import kleene_all, kleene_any, kleene_not
from oracle import Run, shaped
from records import read_bytes
from taxonomy import Taxonomy
from values import Blanks, Clock, Vocabulary, decimal_text, parse_decimal, round_half_away
from worked_example import WorkedExample  # noqa: F401 (run with the rest)

NOW = "2026-11-22T06:00:00Z"


def run(spec, **files):
    """A run of a taxonomy over CSV texts, one per record type."""
    taxonomy = Taxonomy(spec, NOW)
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode("utf-8")
        read_bytes(taxonomy.types[name], data, name + ".csv")
    return Run(taxonomy)


def lead(fields, text, rules=(), **more):
    """A run over one record type 'lead'."""
    spec = {"records": {"lead": dict({"fields": fields}, **more.pop("record", {}))}, "rules": list(rules)}
    spec["rules"] = [dict(r, record=r.get("record", "lead")) for r in spec["rules"]]
    spec.update(more)
    return run(spec, lead=text)


def outcomes(result, ident, name="lead"):
    """Outcomes of one rule, first letters: p, f, n, u."""
    return "".join(r.outcomes[ident][0] for r in result.taxonomy.types[name].judged)


class Blank(unittest.TestCase):
    def test_trimmed_and_ignoring_case(self):
        blanks = Blanks(["", "n/a", "Select"])
        self.assertEqual([blanks.kind(t) for t in ("", "  ", " N/A ", "select", "x")],
                         ["empty", "whitespace", "placeholder", "placeholder", None])

    def test_exact(self):
        blanks = Blanks({"values": [""], "trim": "false"})
        self.assertEqual([blanks.kind(t) for t in ("", " ")], ["empty", None])

    def test_only_required_answers_a_blank(self):
        result = lead({"a": {"required": "error", "pattern": "[a-z]+", "blanks": ["", "-"]}, "b": {}},
                      "a,b\n-,1\nx,1\nX,1\n")
        self.assertEqual(outcomes(result, "lead.a.required"), "fpp")
        self.assertEqual(outcomes(result, "lead.a.pattern"), "npf")

    def test_required_of_placeholder(self):
        result = lead({"a": {"required": {"of": ["placeholder"]}, "blanks": ["", "-"]}, "b": {}},
                      "a,b\n-,1\n,1\nx,1\n")
        self.assertEqual(outcomes(result, "lead.a.required"), "fnp")

    def test_required_when(self):
        result = lead({"a": {"required": {"severity": "error", "when": {"b": {"not_in": ["x"]}}}}, "b": {}},
                      "a,b\n,x\n,y\n,\n")
        self.assertEqual(outcomes(result, "lead.a.required"), "nfn")


class Ladder(unittest.TestCase):
    clock = Clock(NOW, "UTC")

    def setUp(self):
        self.vocabulary = Vocabulary({"fold": ["blanks", "case", "separators"], "values": {
            "google": None, "paid-social": {"aliases": ["psoc"]}, "twitter": {"valid": {"until": "2023-07-31"}, "use": "x"},
            "x": None, "old": {"use": "google"}, "tiktok": {"provisional": {"until": "2026-12-31"}},
            "late": {"provisional": {"until": "2026-11-21"}}}})

    def finding(self, text, day=None):
        moment = self.clock.parse_date(day) if day else None
        return self.vocabulary.finding(text, moment, self.clock)

    def test_last_step_needed(self):
        self.assertEqual(self.finding("google"), (None, None))
        self.assertEqual(self.finding(" google"), ("whitespace", "google"))
        self.assertEqual(self.finding(" Google"), ("case", "google"))
        self.assertEqual(self.finding(" Paid_Social"), ("separator", "paid-social"))
        self.assertEqual(self.finding("PSOC "), ("alias", "paid-social"))
        self.assertEqual(self.finding("gogle"), ("vocabulary", None))

    def test_use_and_valid(self):
        self.assertEqual(self.finding("old"), ("deprecated", "google"))
        self.assertEqual(self.finding("twitter", "2023-07-31"), (None, None))
        self.assertEqual(self.finding("twitter", "2023-08-01"), ("deprecated", "x"))
        self.assertEqual(self.finding("twitter"), ("deprecated", "x"))
        self.assertEqual(self.vocabulary.meant("Twitter", self.clock), "x")

    def test_provisional(self):
        self.assertEqual(self.finding("tiktok"), ("provisional", None))
        self.assertEqual(self.finding("late"), ("vocabulary", None))
        self.assertIsNone(self.vocabulary.meant("late", self.clock))

    def test_default_fold_has_no_separators(self):
        plain_vocabulary = Vocabulary({"values": {"paid-social": None}})
        self.assertIsNone(plain_vocabulary.resolve("paid social"))
        self.assertEqual(plain_vocabulary.resolve("PAID-SOCIAL "), ("case", "paid-social"))

    def test_one_defect_one_finding(self):
        result = lead({"a": {"values": ["google"], "pattern": "[a-z]+", "length": {"max": 6}}, "b": {}},
                      "a,b\ngoogle,1\nGoogle,1\nbing!!!,1\n")
        self.assertEqual(outcomes(result, "lead.a.case"), "pfn")
        self.assertEqual(outcomes(result, "lead.a.values"), "ppf")
        self.assertEqual(outcomes(result, "lead.a.pattern"), "pnn")
        self.assertEqual(outcomes(result, "lead.a.length"), "pnn")

    def test_higher_severity_is_judged_and_two_fields_are_undecided(self):
        result = lead({"a": {"values": {"use": ["google"], "severity": "warning"}, "pattern": "[a-z]+"},
                       "b": {}}, "a,b\nBing,google\nGoogle,google\n",
                      [{"id": "same", "then": {"a": {"equals_field": "b"}}}])
        self.assertEqual(outcomes(result, "lead.a.pattern"), "fn")
        self.assertEqual(outcomes(result, "same"), "up")

    def test_type_refuses(self):
        result = lead({"n": {"type": "integer", "range": {"min": 3}}, "b": {}}, "n,b\n5,1\n2,1\nx,1\n,1\n")
        self.assertEqual(outcomes(result, "lead.n.type"), "ppfn")
        self.assertEqual(outcomes(result, "lead.n.range"), "pfnn")


class Conditions(unittest.TestCase):
    def test_kleene(self):
        self.assertEqual([kleene_all([True, None]), kleene_all([False, None]), kleene_any([True, None]),
                          kleene_any([False, None]), kleene_not(None)], [None, False, True, None, None])

    def judge(self, condition, text, fields=None):
        result = lead(fields or {"a": {"values": ["g", "l"]}, "b": {}}, text,
                      [{"id": "r", "when": condition, "then": {"b": {"required": "true"}}}])
        return outcomes(result, "r")

    def test_meant_blank_unknown(self):
        text = "a,b\ng,\nG,\n,\nzzz,\nl,\n"
        self.assertEqual(self.judge({"a": "g"}, text), "ffnun")
        self.assertEqual(self.judge({"a": {"not_in": ["g"]}}, text), "nnnuf")
        self.assertEqual(self.judge({"not": {"a": "g"}}, text), "nnfuf")
        self.assertEqual(self.judge({"a": {"blank": "true"}}, text), "nnfnn")
        self.assertEqual(self.judge({"a": {"written": "G"}}, text), "nfnnn")
        self.assertEqual(self.judge({"any": [{"a": "g"}, {"b": {"blank": "true"}}]}, text), "fffff")

    def test_missing_column_is_unknown_then_fails(self):
        result = lead({"a": {}, "b": {}}, "b,c\nx,1\n", [
            {"id": "when", "when": {"a": "g"}, "then": {"b": {"required": "true"}}},
            {"id": "then", "then": {"a": ["g"]}}])
        self.assertEqual(outcomes(result, "when"), "u")
        self.assertEqual(outcomes(result, "then"), "f")

    def test_missing_column_that_nobody_expects(self):
        result = lead({"a": {"pattern": "x"}, "b": {"required": "error"}}, "b,c\nx,1\n")
        self.assertEqual(outcomes(result, "lead.a.pattern"), "n")

    def test_columns(self):
        result = lead({"a": {"columns": ["Lead A"], "required": "error"}, "b": {}}, "LEAD-a,b\nx,1\n")
        self.assertEqual(outcomes(result, "lead.a.required"), "p")


class Then(unittest.TestCase):
    def judge(self, then, text, fields=None):
        return outcomes(lead(fields or {"a": {}, "b": {}}, text, [{"id": "r", "then": then}]), "r")

    def test_all_any_not(self):
        text = "a,b\nx,y\nx,z\n,y\n,\n"
        self.assertEqual(self.judge({"a": ["x"], "b": ["y"]}, text), "pfpn")
        self.assertEqual(self.judge({"any": [{"a": ["q"]}, {"b": ["y"]}]}, text), "pfpn")
        self.assertEqual(self.judge({"not": {"b": ["y"]}}, text), "fpfn")

    def test_all_or_none(self):
        self.assertEqual(self.judge({"all_or_none": ["a", "b"]}, "a,b,c\nx,y,1\nx,,1\n,,1\n"), "pfp")

    def test_comparison_of_dates(self):
        fields = {"a": {"type": "date"}, "b": {"type": "datetime"}}
        text = "a,b\n2026-01-02,2026-01-01T23:30:00Z\n2026-01-01,2026-01-01T23:30:00Z\n,2026-01-01T23:30:00Z\n"
        self.assertEqual(outcomes(lead(fields, text, [{"id": "r", "then": {"a": {"not_before": "b"}}}],
                                       timezone="Europe/Berlin"), "r"), "pfn")

    def test_combinations(self):
        then = {"combinations": {"fields": ["a", "b"], "allowed": [["x", "y"]]}}
        self.assertEqual(self.judge(then, "a,b\nx,y\nx,z\nx,\n"), "pfn")


class Template(unittest.TestCase):
    def test_parses(self):
        fields = {"n": {"template": "{q}_{r}[_{v}]", "parts": {
            "q": {"pattern": "q[1-4]"}, "r": {"values": ["emea", "a_b"]}, "v": {"pattern": "[a-z_]+"}}},
            "r": {"derive": {"part": "n.r"}}, "v": {"derive": {"part": "n.v"}}}
        result = lead(fields, "n,c\nq1_emea,1\nq2_a_b,1\nq2_a_b_c_d,1\nq9_emea,1\n,1\n")
        self.assertEqual(outcomes(result, "lead.n.template"), "pppfn")
        cells = [(r.cells["r"].written, r.cells["v"].written) for r in result.taxonomy.types["lead"].judged[:3]]
        self.assertEqual(cells, [("emea", ""), ("a_b", ""), ("a_b", "c_d")])
        self.assertEqual([r.cells["r"].state for r in result.taxonomy.types["lead"].judged[3:]],
                         ["undecided", "blank"])


class CrossRecord(unittest.TestCase):
    def test_unique_keeps_the_clean_one(self):
        result = lead({"id": {"unique": {"fold": ["case"]}}, "a": {"required": "error"}},
                      "id,a\nx,\nX,1\ny,1\n,1\n")
        self.assertEqual(outcomes(result, "lead.id.unique"), "fppn")

    def test_unique_keeps_the_heavy_one(self):
        result = lead({"id": {"unique": "true"}, "w": {"type": "decimal"}}, "id,w\nx,5\nx,9\nx,7\n",
                      record={"weight": {"field": "w", "currency": {"is": "EUR"}}})
        self.assertEqual(outcomes(result, "lead.id.unique"), "fpf")

    def test_unique_within_and_blank_parts(self):
        result = lead({"id": {"unique": {"within": ["b"]}}, "b": {}}, "id,b\nx,1\nx,2\nx,\nx,1\n")
        self.assertEqual(sorted(outcomes(result, "lead.id.unique")), sorted("ppnf"))

    def test_unique_row(self):
        result = lead({"a": {}, "b": {}}, "a,b\nx,1\nx,1\nx,2\n", record={"unique": {"row": "true"}})
        self.assertEqual(sorted(outcomes(result, "lead.unique-row")), sorted("pfp"))

    def test_determines(self):
        then = {"determines": {"key": "k", "fields": ["v"]}}
        result = lead({"k": {}, "v": {}}, "k,v\n1,a\n1,b\n1,b\n1,\n2,d\n2,c\n,z\n", [{"id": "r", "then": then}])
        self.assertEqual(outcomes(result, "r"), "fppnfpn")

    def test_references_see_excluded_records(self):
        spec = {"records": {
            "lead": {"fields": {"c": {"case": "lower"}, "x": {}}},
            "campaign": {"fields": {"name": {"case": "lower"}, "old": {}},
                         "population": {"exclude": [{"id": "old", "where": {"old": "1"}}]}}},
            "rules": [{"id": "r", "record": "lead", "then": {"c": {"references": "campaign.name"}}}]}
        result = run(spec, lead="c,x\nAlpha,1\nbeta,1\nghost,1\n,1\n", campaign="name,old\nalpha,1\nBETA,0\n")
        self.assertEqual(outcomes(result, "r"), "ppfn")
        self.assertEqual(result.taxonomy.types["campaign"].excluded, {"old": 1})

    def test_lookup(self):
        spec = {"records": {
            "lead": {"fields": {"c": {"references": "campaign.name"}, "p": {
                "derive": {"lookup": {"via": "c", "field": "product"}}, "required": "error"}}},
            "campaign": {"fields": {"name": {}, "product": {}}}}}
        result = run(spec, lead="c,x\na,1\nb,1\nghost,1\n,1\n", campaign="name,product\na,P\nb,\n")
        self.assertEqual(outcomes(result, "lead.p.required"), "pfuf")


class Dates(unittest.TestCase):
    def test_applies_and_undated(self):
        fields = {"d": {"type": "date"}, "a": {"required": {"applies": {"from": "2026-03-01"}}}}
        result = lead(fields, "d,a\n2026-02-28,\n2026-03-01,\nsoon,\n", record={"dated_by": "d"},
                      score={"cohorts": ["7d"]})
        self.assertEqual(outcomes(result, "lead.a.required"), "nff")
        report = result.report()
        self.assertEqual(report["types"][0]["undated"], 1)
        rule = [r for r in report["rules"] if r["id"] == "lead.a.required"][0]
        self.assertEqual((rule["grandfathered"], rule["applicable"]), (1, 2))
        self.assertIsNone(report["types"][0]["cohorts"]["7d"]["records"]["score"])

    def test_a_quiet_type_of_a_report(self):
        """In a cohort a type without a record is left out, but only if its dates say so."""
        def score(dates, dated_by="d"):
            fields = {"id": {}, "d": {"type": "date"}, "o": {"required": "true"}}
            dated = {"dated_by": dated_by} if dated_by else {}
            spec = {"mopslint": 1, "name": "t", "score": {"cohorts": ["7d"]},
                    "records": {"lead": dict(dated, fields=fields), "camp": {"dated_by": "d", "fields": fields}},
                    "reports": [{"name": "V", "needs": {"lead": {"fields": ["o"]}, "camp": {"fields": ["o"]}}}]}
            return run(spec, lead="id,d,o\n" + "".join("%d,%s,\n" % x for x in enumerate(dates)),
                       camp="id,d,o\nc,2026-11-20,x\n").report()["reports"][0]["cohorts"]["7d"]["records"]["score"]
        self.assertEqual(score(["2026-01-20"]), "100.0")
        self.assertEqual(score(["2026-11-20", ""]), "0.0")
        for dates in (["20.11.2026"], ["2026-01-20", ""], []):
            self.assertIsNone(score(dates))
        self.assertIsNone(score(["2026-11-20"], None))

    def test_cohort_bounds(self):
        result = lead({"d": {"type": "datetime"}, "a": {"required": "error"}},
                      "d,a\n2026-11-15T06:00:00Z,1\n2026-11-15T05:59:59Z,\n2026-11-22T06:00:01Z,\n",
                      record={"dated_by": "d"}, score={"cohorts": ["7d"]})
        score = result.report()["types"][0]["cohorts"]["7d"]["records"]
        self.assertEqual((score["score"], score["assessed"]), ("100.0", 1))

    def test_two_formats(self):
        clock = Clock(NOW, "UTC")
        self.assertIsNone(clock.parse_formats("3/4/2026", ["M/D/YYYY", "D/M/YYYY"], False))
        self.assertEqual(str(clock.parse_formats("3/14/2026", ["M/D/YYYY", "D/M/YYYY"], False)), "2026-03-14")


class Derived(unittest.TestCase):
    def test_url_and_email(self):
        fields = {"u": {"type": "url"}, "s": {"derive": {"url_param": "u", "name": "utm_source"}},
                  "h": {"derive": {"url_host": "u"}}, "e": {"type": "email"}, "d": {"derive": {"email_domain": "e"}}}
        result = lead(fields, "u,e\nhttps://WWW.a.example/p?x=1&utm_source=a%20b,k@B.example\nnonsense,bad\n,\n")
        first, second, third = result.taxonomy.types["lead"].judged
        self.assertEqual([first.cells[n].written for n in "shd"], ["a b", "www.a.example", "b.example"])
        self.assertEqual([second.cells[n].state for n in "shd"], ["undecided"] * 3)
        self.assertEqual([third.cells[n].state for n in "shd"], ["blank"] * 3)

    def test_map_and_capture(self):
        fields = {"r": {"case": "lower"}, "m": {"derive": {"map": {"from": "r", "values": {"emea": "eu"}}}},
                  "c": {"derive": {"capture": {"from": "r", "pattern": "(..).*"}}}}
        result = lead(fields, "r,x\nEMEA,1\napac,1\n")
        cells = [(r.cells["m"].written, r.cells["c"].written) for r in result.taxonomy.types["lead"].judged]
        self.assertEqual(cells, [("eu", "em"), ("", "ap")])

    def test_field_set(self):
        spec = {"field_sets": {"utm": {"fields": {"source": {"required": "error"}, "medium": {}},
                                       "rules": [{"id": "whole", "then": {"all_or_none": ["source", "medium"]}}]}},
                "records": {"lead": {"use": [{"set": "utm", "as": "first", "columns": "UTM_{name}_FT",
                                              "severity": "warning"}], "fields": {"x": {}}}}}
        result = run(spec, lead="UTM_source_FT,UTM_medium_FT\na,\n")
        self.assertEqual(outcomes(result, "lead.first_source.required"), "p")
        self.assertEqual(outcomes(result, "lead.first.whole"), "f")
        self.assertEqual([r.severity for r in result.taxonomy.types["lead"].rules], ["error", "warning"])


class Lifecycle(unittest.TestCase):
    SPEC = {"id": "life", "record": "lead", "field": "stage", "stages": [
        {"name": "lead", "entered_at": "a"},
        {"name": "mql", "aliases": ["M"], "entered_at": "b", "requires": ["owner"],
         "sla": {"next": "8h", "calendar": "office"}},
        {"name": "sql", "entered_at": "c"},
        {"name": "out", "off_path": "true", "requires_here": ["why"]}],
        "cycle": {"restarted_at": "again"}, "skips": [{"from": "lead", "to": "sql", "when": {"owner": "partner"}}]}
    FIELDS = {n: {"type": "datetime"} for n in ("a", "b", "c", "again")}

    def judge(self, text):
        fields = dict(self.FIELDS, stage={}, owner={}, why={})
        return lead(fields, text, lifecycles=[self.SPEC], calendars={"office": {
            "zone": "Europe/Berlin", "days": "mon-fri", "hours": "09:00-18:00", "holidays": ["2026-11-03"]}})

    def test_skipped_order_requires(self):
        result = self.judge(
            "stage,a,b,c,again,owner,why\n"
            "M,2026-01-01T00:00Z,2026-01-02T00:00Z,,,kim,\n"
            "sql,2026-01-01T00:00Z,,2026-01-02T00:00Z,,kim,\n"
            "sql,2026-01-01T00:00Z,,2026-01-02T00:00Z,,partner,\n"
            "sql,2026-01-03T00:00Z,2026-01-02T00:00Z,2026-01-04T00:00Z,,,\n"
            "sql,2026-01-03T00:00Z,2026-01-02T00:00Z,2026-01-04T00:00Z,2026-01-02T12:00Z,kim,\n"
            "out,2026-01-03T00:00Z,,,,,\n"
            "zzz,2026-01-03T00:00Z,,,,,\n")
        self.assertEqual(outcomes(result, "lead.stage.vocabulary"), "ppppppf")
        self.assertEqual(outcomes(result, "lead.stage.alias"), "fpppppn")
        self.assertEqual(outcomes(result, "lead.life.skipped"), "pfpppnu")
        self.assertEqual(outcomes(result, "lead.life.order"), "pppfpnn")
        self.assertEqual(outcomes(result, "lead.life.requires.owner"), "pppfpnu")
        self.assertEqual(outcomes(result, "lead.life.requires.why"), "nnnnnfu")

    def test_what_comes_first(self):
        result = self.judge(
            "stage,a,b,c,again,owner,why\n"
            ",2026-01-01T00:00Z,soon,,,,\n"                                # no stage: nothing to ask
            "sql,2026-01-01T00:00Z,soon,2026-01-02T00:00Z,,kim,\n"         # entered, says the cell; when, nobody knows
            "sql,2026-01-01T00:00Z,2026-01-02T00:00Z,,,kim,\n"             # moved on, and the end of the clock is blank
            "sql,2026-01-03T00:00Z,2026-01-05T00:00Z,2026-01-04T00:00Z,,kim,\n"
            "mql,,2026-11-19T09:00:00+01:00,soon,,kim,\n"
            "mql,,soon,,,kim,\n")                                          # nothing to compare it with
        self.assertEqual(outcomes(result, "lead.life.skipped"), "npppff")
        self.assertEqual(outcomes(result, "lead.life.order"), "nupfun")
        self.assertEqual(outcomes(result, "lead.life.sla.mql"), "nunnuu")
        self.assertEqual(outcomes(result, "lead.life.requires.owner"), "nppppp")

    def test_a_date_that_nobody_can_read_leaves_open_what_it_is_part_of(self):
        result = self.judge(
            "stage,a,b,c,again,owner,why\n"
            "mql,2026-11-20T09:00Z,2026-11-20T08:30Z,soon,,kim,\n"         # b is before a, whatever c is
            "sql,2026-11-20T09:00Z,soon,2026-11-20T08:30Z,,kim,\n"         # c is before a: so b is out of order, or c
            "sql,2026-11-20T09:00Z,soon,2026-11-20T09:30Z,,kim,\n"
            "sql,soon,2026-11-18T09:00Z,2026-11-20T09:30Z,,kim,\n"         # the clock runs from b to c
            "sql,2026-11-17T09:00Z,2026-11-18T09:00Z,2026-11-20T09:30Z,soon,kim,\n")
        self.assertEqual(outcomes(result, "lead.life.order"), "ffuuu")
        self.assertEqual(outcomes(result, "lead.life.sla.mql"), "uuufu")

    def test_a_skip_is_one_step(self):
        stages = [{"name": n, "entered_at": n + "_at"} for n in "abcd"]
        spec = {"id": "l", "record": "lead", "field": "s", "stages": stages, "skips": [{"from": "a", "to": "d"}]}
        fields = dict({n + "_at": {"type": "date"} for n in "abcd"}, s={})
        result = lead(fields, "s,a_at,b_at,c_at,d_at\nd,2026-01-01,,,\nd,2026-01-01,2026-01-02,,\nd,,,,\n", lifecycles=[spec])
        self.assertEqual(outcomes(result, "lead.l.skipped"), "pff")

    def test_days(self):
        stages = [{"name": "a", "entered_at": "at", "sla": {"next": "2d"}}, {"name": "b"}]
        spec = {"id": "l", "record": "lead", "field": "s", "owner": "ops", "stages": stages}
        result = lead({"at": {"type": "date"}, "s": {}}, "s,at\na,2026-11-20\na,2026-11-19\nb,2026-11-01\n", lifecycles=[spec])
        self.assertEqual(outcomes(result, "lead.l.sla.a"), "pfu")
        self.assertEqual({r.owner for r in result.taxonomy.types["lead"].rules if r.field == "s"}, {"ops"})

    def history(self, leads, changes, **more):
        """Outcomes of back and of transition, lead by lead."""
        stages = [{"name": n} for n in ("lead", "mql", "sql")] + [
            {"name": "won", "terminal": "true"}, {"name": "lost", "terminal": "true"}, {"name": "out", "off_path": "true"}]
        spec = dict({"id": "l", "record": "lead", "field": "s", "stages": stages, "cycle": {"restarted_at": "again"},
                     "skips": [{"from": "lead", "to": "won", "when": {"via": "partner"}}],
                     "history": {"record": "change", "of": "lead.id", "from": "old", "to": "new", "at": "at"}}, **more)
        result = run({"records": {"lead": {"fields": {"id": {}, "s": {}, "via": {}, "again": {"type": "datetime"}}},
                                  "change": {"fields": {"lead": {"references": "lead.id"}, "old": {}, "new": {},
                                                        "at": {"type": "datetime"}}}}, "lifecycles": [spec]},
                     lead="id,s,via,again\n" + leads, change="lead,old,new,at\n" + changes)
        return outcomes(result, "lead.l.back"), outcomes(result, "lead.l.transition")

    def test_moves(self):
        leads = "1,sql,,\n2,mql,,\n3,won,,\n4,won,partner,\n5,lost,,\n6,mql,,\n7,won,,\n8,lead,,\n9,mql,,\n"
        changes = ("1,lead,mql,2026-01-01\n1,mql,sql,2026-01-01\n1,,lead,2026-01-01T00:00Z\n"       # steps of one day
                   "2,sql,mql,2026-01-01\n"                                                        # back
                   "3,lead,won,2026-01-01\n4,lead,won,2026-01-01\n"                                # only partners skip
                   "5,won,lost,2026-01-01\n"                                                       # ends are alternatives
                   "6,sql,out,2026-01-01\n6,out,mql,2026-01-02\n"                                  # begins anew
                   "7,mql,out,2026-01-01\n7,out,won,2026-01-02\n")                                 # jumps over sql beside the path
        self.assertEqual(self.history(leads, changes), ("pfpppppnu", "ppfpfpfnu"))
        allowed = {"allowed": [["sql", ["mql", "out"]], ["out", "won"]]}
        self.assertEqual(self.history(leads, changes, transitions=allowed), ("pppppppnu", "fpfpfffnu"))

    def test_what_changes_do_not_tell(self):
        leads = "1,sql,,\n2,won,,\n3,sql,,\n4,lead,,2026-01-05\n5,lead,,2026-01-05\n,sql,,\n7,,,\n"
        changes = ("1,lead,mql,2026-01-01\n"                                        # and then?
                   "2,lead,mql,2026-01-01\n2,sql,won,2026-01-02\n"                  # a move is missing
                   "3,lead,zzz,2026-01-01\n3,,sql,2026-01-02\n"                     # an unknown stage
                   "4,sql,lead,2026-01-06\n"                                        # the restart itself
                   "5,sql,lead,2026-01-04\n5,lead,mql,2026-01-06\n5,mql,lead,2026-01-07\n")
        self.assertEqual(self.history(leads, changes), ("uuunfnn", "uuunpnn"))

    def test_business_hours(self):
        # Monday 2026-11-02 16:00 to Wednesday 2026-11-04 15:00 Berlin; Tuesday is a holiday: 2 h + 6 h
        text = ("stage,a,b,c,again,owner,why\n"
                "sql,,2026-11-02T16:00:00+01:00,2026-11-04T15:00:00+01:00,,kim,\n"
                "sql,,2026-11-02T16:00:00+01:00,2026-11-04T15:00:01+01:00,,kim,\n"
                "mql,,2026-11-20T16:00:00+01:00,,,kim,\n"
                "mql,,2026-11-19T09:00:00+01:00,,,kim,\n")
        result = self.judge(text)
        self.assertEqual(outcomes(result, "lead.life.sla.mql"), "pfpf")
        self.assertEqual([r.severity for r in result.taxonomy.types["lead"].rules if r.kind == "sla"], ["warning"])


class Scores(unittest.TestCase):
    def test_undecided_counts_against(self):
        result = lead({"a": {"values": {"use": ["g"], "severity": "warning"}}, "b": {"required": "error"}},
                      "a,b\nzzz,1\ng,1\n", [{"id": "r", "when": {"a": "g"}, "then": {"b": ["1"]}}])
        score = result.report()["types"][0]["confidence"]["records"]
        self.assertEqual((score["clean"], score["assessed"], score["undecided"], score["score"]), (1, 2, 1, "50.0"))

    def test_nothing_assessed(self):
        report = lead({"a": {"required": "error"}}, "a,b\n").report()
        self.assertIsNone(report["types"][0]["confidence"]["records"]["score"])
        self.assertEqual(report["exit"], 1)

    def test_value_rules(self):
        record = {"weight": {"field": "w", "currency": "c", "to": "EUR", "rates": {"USD": "0.5"},
                             "where": {"a": ["x", "y"]}}}
        fields = {"a": {"required": "error"}, "w": {"type": {"use": "decimal", "severity": "warning"}}, "c": {}}
        result = lead(fields, "a,w,c\nx,10,EUR\ny,4,USD\nz,99,EUR\n,8,EUR\n", record=record)
        value = result.report()["types"][0]["confidence"]["value"]
        self.assertEqual((value["score"], value["clean"], value["assessed"]), ("100.0", "12", "12"))
        missing_rate = lead(fields, "a,w,c\nx,10,EUR\ny,4,GBP\n", record=record)
        self.assertIsNone(missing_rate.report()["types"][0]["confidence"]["value"]["score"])
        invalid = lead(fields, "a,w,c\nx,10,EUR\ny,-4,EUR\n", record=record)
        self.assertIsNone(invalid.report()["types"][0]["confidence"]["value"]["score"])

    def test_suppression_changes_accepted_only(self):
        result = lead({"a": {"pattern": "[a-z]"}, "b": {}}, "a,b\nX,1\nY,2\nz,1\n",
                      suppressions=[{"rule": "lead.a.pattern", "where": {"b": "1"}, "until": "2026-11-22"}])
        confidence = result.report()["types"][0]["confidence"]
        self.assertEqual((confidence["records"]["score"], confidence["accepted"]["score"]), ("33.3", "66.6"))

    def test_report_membership(self):
        fields = {"a": {"values": {"use": ["in", "out"], "severity": "warning"}}, "b": {"pattern": "[a-z]"},
                  "c": {"required": "error"}}
        result = lead(fields, "a,b,c\nin,x,1\nin,X,1\nout,X,1\nzzz,x,1\n", reports=[
            {"name": "R", "target": "34", "needs": {"lead": {"fields": ["b", "d"], "where": {"a": "in"}}}}])
        report = result.report()["reports"][0]
        self.assertEqual((report["records"]["clean"], report["records"]["assessed"]), (1, 3))
        self.assertEqual((report["rules"], report["unguarded"], report["met"]), (["lead.b.pattern"], ["lead.d"], False))

    def test_report_needs_what_a_derived_field_comes_from(self):
        fields = {"cost": {"pattern": "\\$[0-9]+K", "required": "error"}, "x": {},
                  "budget": {"derive": {"capture": {"from": "cost", "pattern": "\\$([0-9]+)K"}}, "type": "decimal"},
                  "plain": {"derive": {"capture": {"from": "cost", "pattern": "(.).*"}}},
                  "open": {"derive": {"capture": {"from": "x", "pattern": "(.).*"}}}}
        result = lead(fields, "cost,x\n$1K,1\nten,1\nlots,1\n$4K,1\n", reports=[
            {"name": "R", "target": "95", "needs": {"lead": {"fields": ["budget"]}}},
            {"name": "S", "needs": {"lead": {"fields": ["plain", "open"]}}}])
        first, second = result.report()["reports"]
        self.assertEqual((first["records"]["score"], first["met"], first["unguarded"]), ("50.0", False, []))
        self.assertEqual((second["records"]["score"], second["unguarded"]), ("50.0", ["lead.open"]))

    def test_overrides_and_phase_in(self):
        rules = [{"id": "r", "then": {"a": ["x"]}, "phase_in": {"severity": "warning", "until": "2026-11-22"}},
                 {"id": "s", "then": {"a": ["x"]}, "phase_in": {"severity": "warning", "until": "2026-11-21"}}]
        result = lead({"a": {"pattern": "x", "length": "3"}}, "a,b\ny,1\n", rules,
                      overrides={"lead.a.pattern": {"severity": "off", "reason": "no"}})
        self.assertEqual([(r.id, r.severity) for r in result.taxonomy.types["lead"].rules],
                         [("lead.a.length", "warning"), ("r", "warning"), ("s", "error")])

    def test_numbers(self):
        self.assertEqual(decimal_text(parse_decimal("+001.500")), "1.5")
        self.assertEqual(str(round_half_away(parse_decimal("0.0000005"), 6)), "1/1000000")
        self.assertEqual(str(round_half_away(parse_decimal("-0.5"), 0)), "-1")


class Several(unittest.TestCase):
    def test_items(self):
        field = {"items": {"separator": "+", "values": {"crm": {"aliases": ["suite"]}, "seo": None}}}
        result = lead({"t": field, "b": {}}, "t,b\ncrm+ seo,1\ncrm+Seo,1\nsuite,1\n+,1\n,1\ncrm++seo,1\n")
        self.assertEqual(outcomes(result, "lead.t.items"), "pppnnp")
        self.assertEqual(outcomes(result, "lead.t.items.case"), "pfpnnp")
        self.assertEqual(outcomes(result, "lead.t.items.alias"), "ppfnnp")

    def test_items_by_date(self):
        field = {"items": {"values": {"crm": None, "fax": {"valid": {"until": "2026-01-31"}, "use": "crm"}}}}
        result = lead({"t": field, "d": {"type": "date"}}, "t,d\ncrm;fax,2026-01-31\ncrm;fax,2026-02-01\nfox,2026-02-01\n",
                      record={"dated_by": "d"})
        self.assertEqual(outcomes(result, "lead.t.items"), "ppf")
        self.assertEqual(outcomes(result, "lead.t.items.deprecated"), "pfn")

    def test_templates_by_date(self):
        parts = {"a": {"pattern": "[a-z]"}, "b": {"pattern": "[0-9]"}}
        templates = [{"use": "{a}-{b}", "id": "new", "applies": {"from": "2026-02-01"}},
                     {"use": "{b}-{a}", "id": "old", "applies": {"until": "2026-01-31"}}]
        result = lead({"n": {"template": templates, "parts": parts}, "d": {"type": "date"},
                       "p": {"derive": {"part": "n.a"}, "values": ["x"]}},
                      "n,d\nx-1,2026-03-01\nx-1,2026-01-01\n1-x,2026-01-01\ny-1,2026-03-01\n", record={"dated_by": "d"})
        self.assertEqual([outcomes(result, i) for i in ("new", "old", "lead.p.values")], ["pnnp", "nfpn", "pupf"])

    def test_country(self):
        field = {"type": {"use": "country", "aliases": {"DE": ["BRD"]}}}
        result = lead({"c": field}, "c,x\nDE,\ngermany,\nbrd,\nAtlantis,\n", [{"id": "r", "then": {"c": ["Germany"]}}])
        self.assertEqual((outcomes(result, "lead.c.type"), outcomes(result, "r")), ("pppf", "pppn"))

    def test_keep(self):
        fields = {"e": {"unique": {"keep": {"newest": "d"}}}, "d": {"type": "date"}}
        result = lead(fields, "e,d\na,2026-01-01\na,2026-02-01\na,soon\n")
        self.assertEqual(outcomes(result, "lead.e.unique"), "fpf")

    def test_denied_by_meant_form(self):
        result = lead({"a": {"case": "lower", "not_values": ["none"]}, "b": {"not_values": {"use": ["test"], "tokens": "true"}}},
                      "a,b\nNone,spring-test\nx,contest\n")
        self.assertEqual((outcomes(result, "lead.a.not_values"), outcomes(result, "lead.b.not_values")), ("fp", "fp"))

    def test_dataset(self):
        checks = [{"id": "share", "record": "lead", "severity": "error", "share": {"field": "a", "values": ["x"], "max": "50%"}},
                  {"id": "spelling", "record": "lead", "variants": {"field": "a"}}]
        for text, met in (("a,b\nx,\ny,\n", [True, True]), ("b\nx\n", [False, False]), ("a,b\n", [None, None])):
            result = lead({"a": {}, "b": {}}, text, dataset=checks)
            self.assertEqual([d["met"] for d in result.report()["dataset"]], met)


class Input(unittest.TestCase):
    def test_ragged_and_encoding(self):
        result = lead({"a": {"required": "error"}, "b": {"required": "error"}},
                      b"a,b\nx\nx,\xff\nx,1,\n")
        self.assertEqual(outcomes(result, "lead.a.required"), "upp")
        self.assertEqual(outcomes(result, "lead.b.required"), "uup")
        self.assertEqual([r.input_faults for r in result.taxonomy.types["lead"].judged],
                         [["input.ragged"], ["input.encoding"], []])
        self.assertEqual(result.report()["types"][0]["fields"]["a"]["records"]["clean"], 1)

    def test_bytes_of_a_ragged_row_are_not_known(self):
        result = lead({"a": {}, "b": {"required": "error"}}, b"a,b\nx\n\xff,1\nx,1\n", record={"population": {
            "exclude": [{"id": "others", "reason": "r", "where": {"not": {"a": {"written": "x"}}}}]}})
        self.assertEqual(outcomes(result, "lead.b.required"), "up")

    def test_exclude_and_limit(self):
        result = lead({"a": {"required": "error"}, "b": {}}, "a,b\n1,t\n1,x\n", record={"population": {
            "exclude": [{"id": "tests", "where": {"b": "t"}}], "max_excluded": "8%"}})
        report = result.report()
        self.assertEqual(report["types"][0]["excluded"], [{"id": "tests", "records": 1}])
        self.assertEqual((report["dataset"][0]["met"], report["exit"]), (False, 1))

    def test_dataset(self):
        fields = {"a": {}, "d": {"type": "date"}}
        result = lead(fields, "a,d\nLinked-In,2026-11-01\nlinkedin,2026-11-20\n,\n", dataset=[
            {"id": "v", "record": "lead", "volume": {"min": "3"}},
            {"id": "f", "record": "lead", "freshness": {"field": "d", "max_age": "7d"}},
            {"id": "r", "record": "lead", "fill_rate": {"field": "a", "min": "67%"}},
            {"id": "s", "record": "lead", "variants": {"field": "a"}},
            {"id": "h", "record": "lead", "share": {"field": "a", "values": ["linkedin"], "max": "33%"}}])
        self.assertEqual([d["met"] for d in result.report()["dataset"]], [True, True, False, False, False])


class Compare(unittest.TestCase):
    def test_sees_a_changed_number(self):
        with tempfile.TemporaryDirectory() as folder:
            result = generate.make(1, 3, folder)
        report = result.report()
        shown = shaped(report)
        self.assertEqual(compare.differences(report, shown), [])
        shown["rules"][0]["applicable"] += 1
        shown["types"][0]["plan"]["steps"] = [{"rule": "x", "clean": 1, "score": "1.0"}]
        paths = [path for path, _, _ in compare.differences(report, shown)]
        self.assertIn("rules[%s].applicable" % shown["rules"][0]["id"], paths)
        self.assertTrue(any("plan" in path for path in paths))

    def test_seeds_repeat(self):
        self.assertEqual(generate.Generator(7, 3).case(), generate.Generator(7, 3).case())


if __name__ == "__main__":
    unittest.main()
