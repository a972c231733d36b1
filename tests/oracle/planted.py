#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants bugs in copies of the judge, one at a time, and asks whether the comparison with the oracle catches each.

    tests/oracle/planted.py [--cases N] [--only NAME]

A bug is a text that stands once in a file of src/, and what is put in its place. A bug that no random case shows is a gap
in generate.py; a text that is gone has to be brought back in line here. Last line: N passed, M failed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUGS = [
    # name, file, text, planted instead, level of the cases that show it
    ("a blank fails what does not answer blanks", "check/dictionary.c",
     "if (blank && !(t->kind->flags & MOP_K_BLANK))\n        return MOP_NA;",
     "if (blank && !(t->kind->flags & MOP_K_BLANK))\n        return MOP_FAIL;", 1),
    ("a refused value is judged by its meant form", "check/dictionary.c",
     "        return MOP_UNDECIDED;\n    return t->kind->value(t, v, run);",
     "        return MOP_FAIL;\n    return t->kind->value(t, v, run);", 1),
    ("a rung silences nothing", "check/dictionary.c",
     "e->v.rung > MOP_RUNG_EXACT && e->v.rung < MOP_RUNG_PROVISIONAL;", "e->v.rung > MOP_RUNG_PROVISIONAL;", 1),
    ("a rung speaks that is off", "check/settle.c", "for (size_t i = 0; (e->rungs | e->item_rungs) &&",
     "if (e->rungs)\n        return true;\n    for (size_t i = 0; (e->rungs | e->item_rungs) &&", 1),
    ("skipped leaves it to requires, off or not", "rules/kind_lifecycle.c",
     "mop_stage_requires(arg->l, own, st->entered_at) &&", "mop_stage_requires(arg->l, own, st->entered_at) ||", 3),
    ("a missing column makes a condition false", "check/dictionary.c",
     "    if (v->state < MOP_ST_ABSENT)\n        return MOP_UNKNOWN;", "    if (v->state < MOP_ST_ABSENT)\n        return MOP_FALSE;", 1),
    ("a report's where does not know blank required fields", "check/dictionary.c",
     "if (blank_unknown && t->kind != &mop_kind_written)", "if (blank_unknown && !t->kind)", 1),
    ("a failed guard silences higher severities only", "check/settle.c",
     "return c->severity <= guard && mop_check_alone(c);",
     "return c->severity < guard && mop_check_alone(c);", 1),
    ("a failed guard silences checks of two fields", "check/settle.c",
     "return c->severity <= guard && mop_check_alone(c);",
     "return c->severity <= guard;", 1),
    ("a vanished column raises the score", "check/settle.c",
     "return f->expected ? MOP_FAIL : MOP_NA;", "return f->expected ? MOP_NA : MOP_NA;", 1),
    ("a blank on one side is undecided", "check/outcomes.c",
     "any_state(t, v, MOP_ST_ABSENT, MOP_ST_PLACEHOLDER))\n        return MOP_NA;",
     "any_state(t, v, MOP_ST_ABSENT, MOP_ST_PLACEHOLDER))\n        return MOP_UNDECIDED;", 1),
    ("an unknown when does not apply", "check/outcomes.c",
     "return when == MOP_FALSE ? MOP_NA : when == MOP_TRUE && !unclear ? MOP_PASS : MOP_UNDECIDED;",
     "return when == MOP_TRUE && !unclear ? MOP_PASS : MOP_NA;", 1),
    ("the first day of a window is left out", "rules/ruleset.h",
     "return w->from <= day && day <= w->until;", "return w->from < day && day <= w->until;", 1),
    ("the record's date has no say in names", "rules/template_parse.c",
     "!mop_days_inside(&p->run->days, &v->term->valid, p->day))", "p->nplaces > 65536)", 1),
    ("a name's day without a date is any", "check/judge.c",
     "j->dateless ? NULL : &j->when.day,", "&j->when.day,", 1),
    ("unknown excludes", "check/judge.c",
     "        if (truth == MOP_TRUE)\n            break;",
     "        if (truth != MOP_FALSE)\n            break;", 1),
    ("unknown membership counts as clean", "check/judge.c",
     "if (inside == MOP_UNKNOWN)\n            mop_bit_set(j->verdict.unknown, i);", "(void)inside;", 1),
    ("unknown suppresses", "check/judge.c",
     "if (!checks || mop_judge_condition(j, rs->suppressions[i].where, false) != MOP_TRUE)",
     "if (!checks || mop_judge_condition(j, rs->suppressions[i].where, false) == MOP_FALSE)", 1),
    ("the last day of a window is left out", "rules/ruleset.h",
     "return w->from <= day && day <= w->until;", "return w->from <= day && day < w->until;", 1),
    ("the record's date has no say in values", "check/dictionary.c",
     "e->dated = in_window(&e->v) || run->days.asked;", "e->dated = run->days.asked;", 1),
    ("an unknown weight is outside", "check/weight.c",
     "mop_judge_condition(j, w->where, false) == MOP_FALSE", "mop_judge_condition(j, w->where, false) != MOP_TRUE", 1),
    ("a negative weight is valid", "check/weight.c", " || v->typed.number < 0)", ")", 1),
    ("undecided counts as clean", "score/score.c",
     "uint64_t clean = !fails && !undecided;", "uint64_t clean = !fails;", 1),
    ("accepted forgives everything", "score/score.c",
     "mask[w] & ~(except ? except[w] : 0)", "mask[w] & (except ? 0 : ~UINT64_C(0))", 1),
    ("five per cent is not looked at", "score/score.c",
     "if ((mop_i128)s->invalid * 1000 >", "if (false && (mop_i128)s->invalid * 1000 >", 1),
    ("gain counts pairs", "score/stakes.c",
     "k->of[i].alone += size == 1 ? w : 0;",
     "k->of[i].alone += size <= 2 ? w : 0;", 1),
    ("undecided records have no F", "score/stakes.c",
     "n += (size_t)__builtin_popcountll(f[w] = s->undecided[w] & t->error_mask[w]);",
     "f[w] = 0;", 1),
    ("the dirty duplicate is kept", "check/resolve.c", "return a->dirty - b->dirty;", "return b->dirty - a->dirty;", 2),
    ("the lighter duplicate is kept", "check/resolve.c", "return a->weight > b->weight ? -1 : 1;", "return a->weight > b->weight ? 1 : -1;", 2),
    ("of equally many the larger value stands", "check/resolve.c",
     "mop_kept_value(g[best].w, last).meant) < 0;",
     "mop_kept_value(g[best].w, last).meant) > 0;", 2),
    ("a lifecycle does not ask for the stage first", "check/outcomes.c",
     "if (leading_blank(t, v))", "if (t->kind->leading > 9 && leading_blank(t, v))", 3),
    ("a skip excuses a path that was walked", "rules/kind_lifecycle.c",
     "trace_of(t, v, own, &l->stages[i]) == ENTERED)", "own == missing)", 3),
    ("a clock without an end is undecided", "rules/kind_lifecycle.c", "told |= has_date(t, v, own, next);", "(void)has_date;", 3),
    ("a share passes without its column", "score/assess.c", "!d->counts->missing", "d->counts->missing", 3),
    ("keep: newest keeps the oldest", "check/resolve.c",
     "return a->rank > b->rank ? -1 : 1;",
     "return a->rank > b->rank ? 1 : -1;", 3),
    ("excluded records are no targets", "check/judge.c",
     "    mop_references_record(j->references, j->record, j->entries);\n", "", 2),
]


def build(copy):
    command = ["make", "-s", "-C", copy, "BUILD=build", "CFLAGS=-O1", "WERROR=0", "build/mopslint"]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def caught(copy, level, cases):
    command = [sys.executable, os.path.join(TOP, "tests/oracle/compare.py"), "--mopslint", os.path.join(copy, "build/mopslint"),
               "--seeds", "1-%d" % cases, "--level", str(level), "--keep", os.path.join(copy, "kept")]
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode != 0


def plant(copy, bug, cases):
    """None: caught; else what went wrong."""
    name, file, text, instead, level = bug
    path = os.path.join(copy, "src", file)
    with open(path) as f:
        whole = f.read()
    if whole.count(text) != 1:
        return "its text stands %d times in src/%s" % (whole.count(text), file)
    with open(path, "w") as f:
        f.write(whole.replace(text, instead))
    try:
        done = build(copy)
        if done.returncode:
            return "does not build: %s" % done.stderr.decode()[-300:]
        for seeds in (cases // 4, cases):
            if caught(copy, level, seeds):
                return None
        return "not caught by %d cases of level %d" % (cases, level)
    finally:
        with open(path, "w") as f:
            f.write(whole)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.join(scratch, "tree")
        os.mkdir(copy)
        for name in ("src", "include", "Makefile", "contrib", "rules"):
            source = os.path.join(TOP, name)
            (shutil.copytree if os.path.isdir(source) else shutil.copy)(source, os.path.join(copy, name))
        if build(copy).returncode:
            print("the tree itself does not build")
            return 1
        for bug in BUGS:
            if options.only not in bug[0]:
                continue
            wrong = plant(copy, bug, options.cases)
            passed, failed = passed + (wrong is None), failed + (wrong is not None)
            print("%s %s%s" % ("caught" if wrong is None else "MISSED", bug[0], ": " + wrong if wrong else ""), flush=True)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
