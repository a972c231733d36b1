/* SPDX-License-Identifier: MIT */
#include "mopslint/mopslint.h"
#include "pipeline.h"
#include "tables.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The public interface: the same rooms that the command line walks through. */

struct mopslint_taxonomy {
    struct mop_ruleset *rules;
};
struct mopslint_run {
    struct mop_pipeline *pipeline;
    struct mop_result result;
    struct mop_pipeline_options options; /* the pipeline keeps a pointer to it */
    struct mop_pipeline_source *sources;
};

const char *mopslint_version(void)
{
    return MOP_VERSION;
}

void mopslint_string_free(char *s)
{
    free(s);
}

static char *take_text(struct mop_buf *b)
{
    char *text = mop_strdup(mop_buf_view(b));
    mop_buf_release(b);
    return text;
}

static void tell_diags(struct mop_diags *d, char **messages)
{
    struct mop_buf b;
    if (!messages || !d->n)
        return;
    mop_buf_init(&b, 16 << 20);
    mop_diags_print(d, &b, false);
    *messages = take_text(&b);
}

static void tell_error(const struct mop_err *e, char **messages)
{
    struct mop_buf b;
    if (!messages || !e->code)
        return;
    mop_buf_init(&b, 1 << 16);
    mop_err_print(e, &b, false);
    *messages = take_text(&b);
}

static bool read_now(const char *now, int64_t *us)
{
    struct timespec ts;
    struct mop_when w;
    if (now) {
        bool ok = mop_date_parse_iso(mop_zone_find(MOP_SV("UTC")), mop_sv_of(now), &w);
        *us = ok ? w.us : 0;
        return ok;
    }
    clock_gettime(CLOCK_REALTIME, &ts);
    *us = (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
    return true;
}

struct mopslint_taxonomy *mopslint_taxonomy_load(const char *const *files, size_t n,
                                                 const char *now, char **messages)
{
    struct mop_load_options o = {.files = files, .nfiles = n};
    struct mop_diags d;
    if (!read_now(now, &o.now_us)) {
        struct mop_err e = {0};
        mop_err_set(&e, 2, (struct mop_loc){0}, "now: '%s' is not an ISO 8601 time", now);
        tell_error(&e, messages);
        return NULL;
    }
    mop_diags_init(&d);
    struct mop_ruleset *rules = mop_ruleset_load(&o, &d);
    tell_diags(&d, messages);
    mop_diags_release(&d);
    if (!rules)
        return NULL;
    struct mopslint_taxonomy *t = mop_alloc(sizeof *t);
    t->rules = rules;
    return t;
}

void mopslint_taxonomy_free(struct mopslint_taxonomy *t)
{
    if (!t)
        return;
    mop_ruleset_free(t->rules);
    free(t);
}

static struct mopslint_run *new_run(struct mopslint_taxonomy *t,
                                    const struct mopslint_source *sources, size_t n,
                                    const struct mopslint_options *o)
{
    struct mopslint_run *r = mop_alloc(sizeof *r);
    r->sources = mop_calloc(n + 1, sizeof *r->sources);
    for (size_t i = 0; i < n; i++)
        r->sources[i] =
            (struct mop_pipeline_source){.name = sources[i].file, .record = sources[i].record};
    r->options = (struct mop_pipeline_options){.rules = t->rules,
                                               .exporters = mop_exporters,
                                               .sources = r->sources,
                                               .nsources = n,
                                               .max_samples = o ? o->max_samples : 5,
                                               .show_values = o && o->show_values};
    return r;
}

struct mopslint_run *mopslint_check(struct mopslint_taxonomy *t,
                                    const struct mopslint_source *sources, size_t n,
                                    const struct mopslint_options *o, char **messages)
{
    struct mop_err e = {0};
    struct mop_verdict_options v = {
        .min_confidence = -1, .min_value_confidence = -1, .min_coverage = -1};
    struct mopslint_run *r = new_run(t, sources, n, o);
    r->pipeline = mop_pipeline_run(&r->options, &r->result, &e);
    if (r->pipeline && !mop_result_decide(&r->result, &v, &e))
        return r;
    tell_error(&e, messages);
    mopslint_run_free(r);
    return NULL;
}

void mopslint_run_free(struct mopslint_run *r)
{
    if (!r)
        return;
    if (r->pipeline)
        mop_result_release(&r->result);
    mop_pipeline_free(r->pipeline);
    free(r->sources);
    free(r);
}

int mopslint_run_exit(const struct mopslint_run *r)
{
    return r->result.exit;
}

uint64_t mopslint_run_records(const struct mopslint_run *r)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->result.nsources; i++)
        n += r->result.sources[i].records;
    return n;
}

int mopslint_run_confidence(const struct mopslint_run *r, const char *record)
{
    for (size_t i = 0; i < r->result.ntypes; i++)
        if (mop_sv_eqs(r->result.types[i].record->name, record))
            return (int)mop_score_tenths(&r->result.types[i].overall.records);
    return -1;
}

int mopslint_run_report_confidence(const struct mopslint_run *r, const char *report)
{
    for (size_t i = 0; i < r->result.nreports; i++) {
        const struct mop_report_result *p = &r->result.reports[i];
        if (mop_sv_eqs(p->spec->name, report) && p->lowest_records)
            return (int)mop_score_tenths(&p->lowest_records->score.records);
    }
    return -1;
}

char *mopslint_run_report(const struct mopslint_run *r, const char *format)
{
    for (size_t i = 0; mop_formats[i]; i++) {
        struct mop_format_options o = {0};
        struct mop_buf b;
        struct mop_out out;
        struct mop_err e = {0};
        if (strcmp(mop_formats[i]->name, format) != 0)
            continue;
        mop_buf_init(&b, (size_t)1 << 30);
        mop_out_init(&out, mop_out_to_buf, &b);
        int bad = mop_formats[i]->write(&r->result, &o, &out, &e) || mop_out_flush(&out, &e);
        mop_out_release(&out);
        if (!bad)
            return take_text(&b);
        mop_buf_release(&b);
    }
    return NULL;
}
