/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "cli/commands.h"
#include "cli/problem_outputs.h"
#include "lint/lint.h"
#include "lint/rules_test.h"
#include "tables.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* rules test: examples, tests and fixtures of taxonomies through the judge. */

struct settings {
    struct mop_arena arena;
    const char **files;
    size_t nfiles, capfiles;
    int64_t now_us;
    bool has_min, uncovered;
    double min; /* percent */
    struct mop_problem_outputs outputs;
};

#define ARGS void *settings, struct mop_sv arg, struct mop_err *e
#define SELF struct settings *s = settings

static int set_format(ARGS)
{
    SELF;
    return mop_problem_outputs_format(&s->outputs, &s->arena, arg, e);
}

static int set_output(ARGS)
{
    SELF;
    (void)e;
    s->outputs.output = mop_arena_str(&s->arena, arg);
    return 0;
}

static int set_now(ARGS)
{
    SELF;
    return mop_option_time("now", arg, &s->now_us, e);
}

static int set_min(ARGS)
{
    SELF;
    char *end;
    const char *text = mop_arena_str(
        &s->arena, mop_sv_ends(arg, MOP_SV("%")) ? mop_sv_sub(arg, 0, arg.n - 1) : arg);
    s->min = strtod(text, &end);
    s->has_min = true;
    bool number = text[0] >= '0' && text[0] <= '9' && !*end;
    return number && s->min <= 100
               ? 0
               : mop_option_refuse(e, "min-coverage", arg, "a percentage from 0 to 100");
}

static int set_uncovered(ARGS)
{
    SELF;
    (void)arg;
    (void)e;
    s->uncovered = true;
    return 0;
}

static int set_quiet(ARGS)
{
    SELF;
    (void)arg;
    (void)e;
    s->outputs.quiet = true;
    return 0;
}

static int take_file(void *settings, const char *arg, struct mop_err *e)
{
    SELF;
    (void)e;
    MOP_GROW(s->files, s->nfiles, s->capfiles);
    s->files[s->nfiles++] = arg;
    return 0;
}

static const struct mop_option options[] = {
    {"min-coverage", 0, "PERCENT", "exit 1 below this coverage, and name what no test covers", NULL,
     set_min, true},
    {"uncovered", 0, NULL, "name what no test covers", NULL, set_uncovered, true},
    {"now", 0, "TIME", "the clock of tests without one: ISO 8601", NULL, set_now, true},
    {"format", 'f', "FORMAT[=FILE]",
     "text, json, sarif, junit, github, gitlab, markdown (repeatable)", NULL, set_format, true},
    {"output", 'o', "FILE", "where a format without a file goes; - is standard output", NULL,
     set_output, true},
    {"quiet", 'q', NULL, "nothing on standard output", NULL, set_quiet, true},
    {"color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, true},
    {NULL, 0, NULL, NULL, NULL, NULL, false},
};

/* ---- the run ---- */

static void print_diags(struct mop_diags *d)
{
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    mop_diags_print(d, &b, mop_cli_color(STDERR_FILENO));
    fwrite(b.p, 1, b.n, stderr);
    mop_buf_release(&b);
}

/* In tenths, floored: 100 only if all is covered. Of nothing all is. */
static unsigned tenths(size_t covered, size_t all)
{
    return all ? (unsigned)(covered * 1000 / all) : 1000;
}

/* What the notes come to: "5 without a test, 2 that no record passes". */
static void add_lacks(struct mop_problems *p, const struct mop_coverage_count *c)
{
    static const char *const words[MOP_COVERED][MOP_LACKS] = {
        [MOP_COVERED_RULES] = {"without a test", "that no record fails", "that no record passes"},
        [MOP_COVERED_VALUES] = {"that no record has", "", ""},
        [MOP_COVERED_PARTS] = {"in no tested name", "wrong in no tested name",
                               "right in no tested name"},
    };
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    for (size_t i = 0; i < MOP_COVERED; i++) {
        mop_buf_reset(&b);
        for (size_t k = 0; k < MOP_LACKS; k++)
            if (c->lacks[i][k])
                mop_buf_printf(&b, "%s%zu %s", b.n ? ", " : "", c->lacks[i][k], words[i][k]);
        if (b.n)
            mop_problems_figure(p, mop_coverage_kinds[i].id, "%.*s", MOP_SV_ARG(mop_buf_view(&b)));
    }
    mop_buf_release(&b);
}

static unsigned add_figures(struct mop_problems *p, const struct mop_coverage_count *c,
                            uint64_t held, bool list)
{
    static const char *const names[] = {"rules covered", "values covered",
                                        "template parts covered"};
    size_t covered = 0, all = 0, failed = mop_problems_count(p, MOP_FAULT);
    mop_problems_figure(p, "expectations", "%llu of %llu hold", (unsigned long long)held,
                        (unsigned long long)held + failed);
    for (size_t i = 0; i < MOP_COVERED; i++) {
        covered += c->covered[i];
        all += c->all[i];
        if (c->all[i])
            mop_problems_figure(p, names[i], "%zu of %zu", c->covered[i], c->all[i]);
    }
    if (list)
        add_lacks(p, c);
    unsigned t = tenths(covered, all);
    mop_problems_figure(p, "coverage", "%u.%u %%", t / 10, t % 10);
    return t;
}

/* With the words of its page. */
static struct mop_problem_rule rule_of(const char *id, enum mop_level level, const char *group)
{
    const struct mop_coverage_kind *f = mop_test_faults;
    const struct mop_lint_check *c = mop_lint_find(mop_sv_of(id));
    while (f->id && strcmp(f->id, id) != 0)
        f++;
    return (struct mop_problem_rule){.id = mop_sv_of(id),
                                     .summary = mop_sv_of(f->id ? f->summary
                                                          : c   ? c->summary
                                                                : ""),
                                     .doc = mop_sv_of(f->id ? f->doc
                                                      : c   ? c->doc
                                                            : ""),
                                     .group = mop_sv_of(group),
                                     .level = level};
}

static void below(const struct settings *s, struct mop_problems *p, unsigned coverage)
{
    struct mop_problem_rule r = rule_of("min-coverage", MOP_FAULT, "coverage");
    struct mop_problem x = {.rule = mop_problems_rule(p, &r), .level = MOP_FAULT, .count = 1};
    x.message = mop_arena_printf(&p->arena, "%u.%u %% are covered, and %g %% have to be",
                                 coverage / 10, coverage % 10, s->min);
    x.hint = MOP_SV("the notes name what no test covers");
    if (coverage < s->min * 10)
        mop_problems_add(p, &x);
}

/* A fixture that breaks off is told like all other faults. */
static int take_error(struct mop_diags *d, struct mop_err *e)
{
    int code = e->code;
    struct mop_diag *g = mop_diag(d, MOP_FAULT, "unreadable", e->at, 1, "%s", e->msg);
    if (e->hint[0])
        mop_diag_hint(d, g, "%s", e->hint);
    *e = (struct mop_err){0};
    return code;
}

/* Each file, whatever became of those before it. */
static int test_files(struct settings *s, struct mop_diags *d, struct mop_problems *p,
                      struct mop_err *e)
{
    struct mop_coverage_count count = {.all = {0}};
    uint64_t held = 0;
    int worst = 0;
    for (size_t i = 0; i < s->nfiles; i++) {
        struct mop_rules_test_options o = {s->files[i], s->now_us, mop_exporters,
                                           s->uncovered || s->has_min};
        if (!mop_rules_test(&o, d, p, &count, &held, e))
            continue;
        int code = e->code ? take_error(d, e) : 2;
        worst = code > worst ? code : worst;
    }
    if (worst) /* figures of a part are none */
        return worst;
    unsigned coverage = add_figures(p, &count, held, s->uncovered || s->has_min);
    if (s->has_min)
        below(s, p, coverage);
    return mop_problems_count(p, MOP_FAULT) ? 1 : 0;
}

/* ---- what does not load ---- */

static void add_fault(struct mop_problems *p, struct mop_problem *x, const char *id)
{
    size_t i = 0;
    while (i < p->nrules && !mop_sv_eqs(p->rules[i].id, id))
        i++;
    struct mop_problem_rule r = rule_of(id, x->level, "structure");
    x->rule = i < p->nrules ? i : mop_problems_rule(p, &r);
    x->count = 1;
    mop_problems_add(p, x);
}

static void add_faults(struct mop_problems *p, const struct mop_diags *d)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct mop_diag *g = &d->list[i];
        struct mop_problem x = {
            .level = g->level, .at = g->at, .span = g->span, .message = g->msg, .hint = g->hint};
        add_fault(p, &x, g->id ? g->id : "unreadable");
    }
}

/* Of one file that does not load nothing but that is known: it is told on standard error. Of
 * several the report has the others' results as well, and so have formats that were asked for. */
static int report(struct settings *s, struct mop_diags *d, struct mop_problems *p,
                  struct mop_err *e)
{
    int code = test_files(s, d, p, e);
    bool alone = code > 1 && s->nfiles == 1 && !s->outputs.n;
    if (alone || s->outputs.n || s->outputs.quiet) /* else the report shows them */
        print_diags(d);
    add_faults(p, d);
    p->sources = d;
    p->exit = code;
    mop_problems_sort(p);
    if (alone)
        return code;
    return mop_problem_outputs_write(&s->outputs, p, e) ? -1 : code;
}

static int no_file(struct mop_err *e)
{
    mop_err_set(e, 2, (struct mop_loc){0}, "which rule file or pack is to be tested?");
    mop_err_hint(e, "mopslint rules test taxonomy.yaml");
    return -1;
}

static int run(void *settings, struct mop_err *e)
{
    struct settings *s = settings;
    struct mop_problems p;
    struct mop_diags d;
    if (!s->nfiles)
        return no_file(e);
    s->outputs.inputs = s->files;
    s->outputs.ninputs = s->nfiles;
    if (mop_problem_outputs_check(&s->outputs, e))
        return -1;
    mop_diags_init(&d);
    mop_problems_init(&p, "rules test");
    p.now_us = s->now_us;
    int code = report(s, &d, &p, e);
    if (code < 0)
        code = mop_cli_error(e); /* its place lives in d */
    mop_problems_release(&p);
    mop_diags_release(&d);
    return code;
}

static int test_main(int argc, char **argv)
{
    struct settings s = {.now_us = (int64_t)time(NULL) * 1000000};
    mop_arena_init(&s.arena);
    int code = mop_command_run(&mop_cmd_rules_test, argc, argv, &s, take_file, run);
    mop_problem_outputs_release(&s.outputs);
    free((void *)s.files);
    mop_arena_release(&s.arena);
    return code;
}

const struct mop_command mop_cmd_rules_test = {
    .name = "rules test",
    .usage = "mopslint rules test [OPTION...] FILE|PACK...",
    .summary = "run the examples and tests of a taxonomy",
    .about =
        "Judges the records under 'examples' and 'tests', and the files that tests name, as\n"
        "'check' would, and compares each outcome with the expected one.\n\n"
        "Coverage is the share of three things together that examples and tests cover: a rule "
        "that\n"
        "failed a record where it was to fail, and passed one where it was to pass; a value of a\n"
        "field's vocabulary that stood in a record; a part of a template that was right in one "
        "name\n"
        "and wrong in another. What packs brought that the file extends does not count.\n\n"
        "exit status: 0 all as expected, 1 not, or coverage too low, 2 the rules or a fixture do\n"
        "not load, 3 a file cannot be read or written",
    .examples =
        "  mopslint rules test taxonomy.yaml\n"
        "  mopslint rules test --min-coverage 90 -f text -f junit=tests.xml taxonomy.yaml\n",
    .options = options,
    .run = test_main};
