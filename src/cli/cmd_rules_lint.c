/* SPDX-License-Identifier: MIT */
#include "cli/commands.h"
#include "cli/problem_outputs.h"
#include "base/date.h"
#include "gate/policy.h"
#include "lint/lint.h"
#include <stdlib.h>
#include <time.h>

/* rules lint: everything wrong or doubtful in rule files, for people and for CI. */

struct settings {
    struct mop_arena arena;
    const char **files;
    size_t nfiles, capfiles;
    struct words {
        struct mop_sv *list;
        size_t n, cap;
    } select, ignore;
    struct mop_problem_outputs outputs;
    enum mop_level fail_on; /* the lowest level that fails the run */
    int64_t now_us;
};
enum { NEVER = MOP_FAULT + 1 };

static int set_format(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    return mop_problem_outputs_format(&s->outputs, &s->arena, arg, e);
}

static int set_output(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    s->outputs.output = mop_arena_str(&s->arena, arg);
    if (arg.n)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "--output: the file has no name");
    return -1;
}

static void add_word(struct settings *s, struct words *w, struct mop_sv arg)
{
    MOP_GROW(w->list, w->n, w->cap);
    w->list[w->n++] = mop_arena_copy(&s->arena, arg);
}

static int set_select(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    (void)e;
    add_word(s, &s->select, arg);
    return 0;
}

static int set_ignore(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    (void)e;
    add_word(s, &s->ignore, arg);
    return 0;
}

static int set_fail_on(void *settings, struct mop_sv arg, struct mop_err *e)
{
    static const char *const names[] = {
        [MOP_WARN] = "warning", [MOP_FAULT] = "error", [NEVER] = "never"};
    struct settings *s = settings;
    for (int i = MOP_WARN; i <= NEVER; i++)
        if (mop_sv_eqs(arg, names[i])) {
            s->fail_on = i;
            return 0;
        }
    mop_err_set(e, 2, (struct mop_loc){0}, "--fail-on: '%.*s' is not error, warning or never",
                MOP_SV_ARG(arg));
    return -1;
}

static int set_now(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    return mop_option_time("now", arg, &s->now_us, e);
}

static int set_quiet(void *settings, struct mop_sv arg, struct mop_err *e)
{
    struct settings *s = settings;
    (void)arg;
    (void)e;
    s->outputs.quiet = true;
    return 0;
}

static const struct mop_option options[] = {
    {"format", 'f', "FORMAT[=FILE]",
     "text, json, sarif, junit, github, gitlab, markdown (repeatable)", "output", set_format, true},
    {"output", 'o', "FILE", "where a format without a file of its own goes", NULL, set_output,
     true},
    {"quiet", 'q', NULL, "nothing on standard output", NULL, set_quiet, true},
    {"color", 0, "WHEN", "auto, always, never", NULL, mop_cli_set_color, true},
    {"select", 0, "ID", "only these findings (repeatable); what does not load is always told",
     "what is asked", set_select, true},
    {"ignore", 0, "ID", "not these findings (repeatable)", NULL, set_ignore, true},
    {"now", 0, "TIME", "the day by which dates are past: ISO 8601", NULL, set_now, true},
    {"fail-on", 0, "LEVEL", "error, warning (default) or never: findings that fail the run", NULL,
     set_fail_on, true},
    {NULL, 0, NULL, NULL, NULL, NULL, false},
};

static int take_file(void *settings, const char *arg, struct mop_err *e)
{
    struct settings *s = settings;
    (void)e;
    MOP_GROW(s->files, s->nfiles, s->capfiles);
    s->files[s->nfiles++] = arg;
    return 0;
}

/* A file that does not load is 2; what lint finds, 1. */
static int exit_status(const struct settings *s, const struct mop_problems *p)
{
    size_t n = 0;
    for (int level = s->fail_on; level <= MOP_FAULT; level++)
        n += mop_problems_count(p, level);
    return p->exit ? p->exit : n > 0;
}

/* A `gate:` that the gate would refuse is told here, too. */
static void lint_gate(const struct mop_ruleset *rs, struct mop_diags *d)
{
    struct mop_arena a;
    mop_arena_init(&a);
    if (rs->gate)
        mop_gate_policy_read(rs, &a, d);
    mop_arena_release(&a);
}

static int lint(const struct settings *s, struct mop_err *e)
{
    struct mop_problems p;
    struct mop_diags sources;
    struct mop_lint_options o = {.files = s->files,
                                 .nfiles = s->nfiles,
                                 .now_us = s->now_us,
                                 .select = s->select.list,
                                 .nselect = s->select.n,
                                 .ignore = s->ignore.list,
                                 .nignore = s->ignore.n,
                                 .more = lint_gate};
    mop_problems_init(&p, "rules lint");
    p.now_us = s->now_us;
    p.fail_on = s->fail_on;
    mop_diags_init(&sources);
    int code = mop_lint_files(&o, &p, &sources, e);
    p.exit = code ? code : exit_status(s, &p);
    if (!code)
        code = mop_problem_outputs_write(&s->outputs, &p, e);
    if (!code)
        code = p.exit;
    mop_diags_release(&sources);
    mop_problems_release(&p);
    return code;
}

static int checked(void *settings, struct mop_err *e)
{
    struct settings *s = settings;
    s->outputs.inputs = s->files;
    s->outputs.ninputs = s->nfiles;
    if (s->nfiles)
        return mop_problem_outputs_check(&s->outputs, e) ? -1 : lint(s, e);
    mop_err_set(e, 2, (struct mop_loc){0}, "lint needs the FILE of a taxonomy, or a PACK");
    mop_err_hint(e, "mopslint rules lint taxonomy.yaml");
    return -1;
}

static int run(int argc, char **argv)
{
    struct settings s = {.fail_on = MOP_WARN, .now_us = (int64_t)time(NULL) * 1000000};
    mop_arena_init(&s.arena);
    int code = mop_command_run(&mop_cmd_rules_lint, argc, argv, &s, take_file, checked);
    mop_problem_outputs_release(&s.outputs);
    free((void *)s.files);
    free(s.select.list);
    free(s.ignore.list);
    mop_arena_release(&s.arena);
    return code;
}

const struct mop_command mop_cmd_rules_lint = {
    .name = "rules lint",
    .usage = "mopslint rules lint [OPTION...] FILE|PACK...",
    .summary = "is a taxonomy well formed, governed and free of contradictions",
    .about =
        "Tells everything wrong or doubtful in rule files, at file:line:column, each with an id:\n"
        "structure, governance (owners, reasons, examples, dates), logic, patterns. Each FILE is\n"
        "a taxonomy of its own, with all it extends; packs that it extends are not told about.\n"
        "'mopslint rules explain ID' says why, and what to do.\n\n"
        "exit status: 0 clean (notes do not count), 1 findings, 2 a file does not load",
    .examples = "  mopslint rules lint taxonomy.yaml\n"
                "  mopslint rules lint -f text -f sarif=lint.sarif rules/*.yaml\n",
    .options = options,
    .run = run};
