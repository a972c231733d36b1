/* SPDX-License-Identifier: MIT */
#include "cli/check_settings.h"
#include "cli/commands.h"
#include "base/interrupt.h"
#include "cli/keep.h"
#include "cli/metrics.h"
#include "cli/outputs.h"
#include "cli/progress.h"
#include "tables.h"
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int print_diags(struct mop_diags *d)
{
    struct mop_buf b;
    int faults = d->faults > 0;
    mop_buf_init(&b, 16 << 20);
    mop_diags_print(d, &b, mop_cli_color(STDERR_FILENO));
    fwrite(b.p, 1, b.n, stderr);
    mop_buf_release(&b);
    return faults ? 2 : 0;
}

static int64_t clock_us(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

/* What the run is made of besides its settings. */
struct job {
    struct mop_check_settings *s;
    struct mop_load_options load;
    struct mop_ruleset *rules;
    struct mop_keep keep;
};

static struct mop_ruleset *load_rules(struct job *job, struct mop_diags *d)
{
    const struct mop_check_settings *s = job->s;
    job->load = (struct mop_load_options){.files = s->rules,
                                          .nfiles = s->nrules,
                                          .now_us = s->now_us,
                                          .without = s->without,
                                          .nwithout = s->nwithout,
                                          .select = s->select,
                                          .nselect = s->nselect,
                                          .ignore = s->ignore,
                                          .nignore = s->nignore};
    return mop_ruleset_load(&job->load, d);
}

/* Without sources on the command line a taxonomy runs alone: its types' file patterns, in this
 * folder. */
static void sources_of_taxonomy(struct mop_check_settings *s, const struct mop_ruleset *rs)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nfiles; k++) {
            glob_t g;
            if (glob(rs->records[i]->files[k].p, 0, NULL, &g))
                continue;
            for (size_t n = 0; n < g.gl_pathc; n++) {
                MOP_GROW(s->sources, s->nsources, s->capsources);
                s->sources[s->nsources++] = (struct mop_pipeline_source){
                    .name = mop_arena_str(&s->arena, mop_sv_of(g.gl_pathv[n])),
                    .record = mop_arena_str(&s->arena, rs->records[i]->name),
                    .found = true};
            }
            globfree(&g);
        }
}

static int need_sources(struct mop_check_settings *s, const struct mop_ruleset *rs,
                        struct mop_err *e)
{
    if (!s->nsources)
        sources_of_taxonomy(s, rs);
    if (s->nsources)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "no source to check");
    mop_err_hint(e, "name one: mopslint check -r taxonomy.yaml leads.csv");
    return -1;
}

static int need_rules(const struct mop_check_settings *s, struct mop_err *e)
{
    if (s->nrules)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "no taxonomy to judge by");
    mop_err_hint(e, "name one with -r FILE, or under `rules:` in mopslint.yaml");
    return -1;
}

/* On standard error as well: cron may keep the report in a file that nobody opens. */
static void say_incomplete(const struct mop_result *r)
{
    for (size_t i = 0; i < r->nsources; i++) {
        struct mop_err e = {0};
        if (r->sources[i].complete)
            continue;
        mop_err_set(&e, 3, r->sources[i].incomplete_at, "%s", r->sources[i].incomplete);
        if (r->sources[i].incomplete_hint && r->sources[i].incomplete_hint[0])
            mop_err_hint(&e, "%s", r->sources[i].incomplete_hint);
        mop_cli_error(&e);
    }
}

static void add_selection(struct mop_buf *b, const char *option, const struct mop_sv *words,
                          size_t n)
{
    for (size_t i = 0; i < n; i++)
        mop_buf_printf(b, "%s%s %.*s", b->n ? " " : "", option, MOP_SV_ARG(words[i]));
}

/* NULL: all rules. */
static const char *selection_of(struct mop_check_settings *s)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    add_selection(&b, "--select", s->select, s->nselect);
    add_selection(&b, "--ignore", s->ignore, s->nignore);
    const char *text = b.n ? mop_arena_str(&s->arena, mop_buf_view(&b)) : NULL;
    mop_buf_release(&b);
    return text;
}

static int decide_and_write(struct job *job, struct mop_outputs *out, struct mop_result *r,
                            struct mop_err *e)
{
    struct mop_check_settings *s = job->s;
    s->verdict.min_reports = s->min_reports;
    s->verdict.nmin_reports = s->nmin_reports;
    mop_outputs_forgive(out, r);
    if (mop_result_decide(r, &s->verdict, e))
        return -1;
    mop_keep_save(&job->keep, r);
    int code = mop_outputs_write(out, r, e) ? -1 : r->exit;
    return mop_keep_end(&job->keep, code, e);
}

/* A source cannot be opened: what stood in the files is of another night. */
static void tell_unread(struct job *job, const struct mop_pipeline_options *o, size_t source,
                        struct mop_outputs *out, const struct mop_err *why)
{
    struct mop_result r;
    struct mop_err e = {0};
    struct mop_pipeline *p = mop_pipeline_unread(o, source, why, &r);
    if (!mop_result_decide(&r, &job->s->verdict, &e))
        mop_outputs_tell(out, &r);
    mop_result_release(&r);
    mop_pipeline_free(p);
}

static int run_and_write(struct job *job, struct mop_err *e)
{
    struct mop_check_settings *s = job->s;
    const struct mop_ruleset *rs = job->rules;
    struct mop_outputs out;
    struct mop_progress progress;
    struct mop_result r;
    size_t unopened = s->nsources;
    int code = -1;
    if (mop_outputs_open(&out, s, rs, e))
        return -1;
    mop_progress_init(&progress, s);
    s->source.http = &s->http;
    struct mop_pipeline_options o = {.rules = rs,
                                     .before = mop_keep_before,
                                     .before_ctx = &job->keep,
                                     .exporters = mop_exporters,
                                     .sources = s->sources,
                                     .nsources = s->nsources,
                                     .maps = s->maps,
                                     .nmaps = s->nmaps,
                                     .source = s->source,
                                     .max_samples = (size_t)s->max_samples,
                                     .show_values = s->show_values,
                                     .columns_as_given = s->columns_as_given,
                                     .selection = selection_of(s),
                                     .sink = mop_outputs_sink(&out),
                                     .repairs = mop_outputs_repairs(&out),
                                     .progress = mop_progress_fn(&progress),
                                     .progress_ctx = &progress,
                                     .unopened = &unopened};
    struct mop_pipeline *p = mop_pipeline_run(&o, &r, e);
    mop_progress_end(&progress);
    if (p) {
        say_incomplete(&r);
        mop_keep_compare(&job->keep, p, &r);
        code = decide_and_write(job, &out, &r, e);
        mop_result_release(&r);
    } else if (e->code == 3 && unopened < s->nsources && !mop_interrupted) {
        tell_unread(job, &o, unopened, &out, e);
    }
    mop_pipeline_free(p);
    mop_outputs_release(&out);
    return code;
}

static int need_record_used(const struct mop_check_settings *s, struct mop_err *e)
{
    if (s->record_used)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "--record %s: no source comes after it", s->record);
    mop_err_hint(e, "it is for the sources after it: --record %s SOURCE", s->record);
    return -1;
}

static int judge(struct job *job, struct mop_err *e)
{
    if (mop_keep_open(&job->keep, job->rules, e) ||
        mop_keep_begin(&job->keep, job->rules, &job->load, e))
        return -1;
    return need_sources(job->s, job->rules, e) ? -1 : run_and_write(job, e);
}

/* Its messages name the places; the history has room for one line. */
static int rules_failed(struct job *job)
{
    struct mop_err e = {0};
    mop_err_set(&e, 2, (struct mop_loc){0}, "the taxonomy has errors");
    mop_keep_failed(&job->keep, NULL, &e);
    return 2;
}

static int load_and_judge(struct job *job, struct mop_diags *d, struct mop_err *e)
{
    if (mop_keep_open(&job->keep, NULL, e))
        return -1;
    job->rules = load_rules(job, d);
    if (print_diags(d) || !job->rules)
        return rules_failed(job);
    int code = judge(job, e);
    if (code < 0) {
        mop_keep_failed(&job->keep, job->rules, e);
        code = mop_cli_error(e); /* it may name a file by the rule set's memory */
    }
    return code;
}

static int check(struct mop_check_settings *s, struct mop_diags *d, struct mop_err *e)
{
    struct job job = {.s = s};
    if (need_record_used(s, e))
        return -1;
    if (mop_config_read(s, d))
        return print_diags(d);
    if (need_rules(s, e))
        return -1;
    s->now_us = s->has_now ? s->now_us : clock_us();
    mop_keep_init(&job.keep, s);
    int code = load_and_judge(&job, d, e);
    mop_keep_release(&job.keep);
    mop_ruleset_free(job.rules);
    return code;
}

static int run(int argc, char **argv)
{
    struct mop_check_settings s;
    struct mop_err e = {0};
    struct mop_diags d;
    mop_interrupt_catch();
    mop_check_settings_init(&s);
    mop_diags_init(&d);
    s.began_us = mop_monotonic_us();
    int code = mop_options_parse(&mop_cmd_check, argc, argv, &s, mop_check_operand, &s.said, &e);
    if (!code) {
        code = check(&s, &d, &e);
        code = code < 0 ? mop_cli_error(&e) : code;
        mop_metrics_died(&s, code, mop_monotonic_us() - s.began_us);
    } else {
        code = code < 0 ? mop_cli_error(&e) : 0;
    }
    mop_diags_release(&d);
    mop_check_settings_release(&s);
    return code;
}

const struct mop_command mop_cmd_check = {
    .name = "check",
    .usage = "mopslint check [OPTION...] [SOURCE...]",
    .summary = "judge records against a taxonomy, report how far the data can be trusted",
    .about = "A SOURCE is a file (.csv, .ndjson, .json, each also .gz), - for standard input\n"
             "(JSON if it begins with { or [, else CSV), or CONNECTOR:STREAM such as "
             "hubspot:contacts\n"
             "(see mopslint fetch --list).\n"
             "Which record type it holds is told by --record, by the taxonomy's file patterns, or "
             "by its columns.\n"
             "Every option is also a key under `check:` in mopslint.yaml.",
    .examples = "  mopslint check -r taxonomy.yaml leads.csv campaigns.csv\n"
                "  mopslint check -r utm -r lead-completeness --record lead export.csv\n"
                "  mopslint check -r taxonomy.yaml leads.csv -f text -f json=out.json --findings "
                "findings.csv\n"
                "  mopslint check -r taxonomy.yaml leads.csv --min-report 'Cost per "
                "opportunity=95' --cohort 7d\n",
    .options = mop_check_option_table,
    .run = run,
};
