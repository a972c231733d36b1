/* SPDX-License-Identifier: MIT */
#include "pipeline.h"
#include "base/interrupt.h"
#include "rules/args.h"
#include "score/beyond.h"
#include "rules/kind_url.h"
#include "rules/stage_history.h"
#include <stdlib.h>
#include <string.h>

struct opened {
    struct mop_source *source;
    const char *how;
    uint64_t records;
    bool broken;
    struct mop_err err;
};
/* A rule set that judges what is read; the earlier run's may stand beside this run's. */
struct plan {
    const struct mop_ruleset *rules;
    struct mop_arena scratch;
    struct mop_run run;
    struct mop_references references;
    struct mop_judge **judges; /* per record type; NULL: no source */
    struct bound {
        struct mop_record *record; /* NULL: these rules do not know the type */
        struct mop_binding binding;
    } * bound; /* per opened source */
};
enum { PLANS = 2 };
struct mop_pipeline {
    const struct mop_pipeline_options *o;
    struct mop_arena arena;
    struct plan plans[PLANS]; /* this run's, the earlier run's */
    size_t nplans;
    struct opened *opened;
    size_t nopened;
    struct mop_record **order; /* this run's types as they are read */
    bool broken;
    struct mop_err unsplit; /* why the earlier run's rules judge nothing */
};

/* ---- opening ---- */

static const struct mop_exporter *exporter_for(const struct mop_pipeline_options *o,
                                               const char *source)
{
    const struct mop_exporter *const *x = o->exporters;
    while (x[1] && !(*x)->takes(source))
        x++;
    return *x;
}

/* The command line comes before what the taxonomy says of the type's sources. */
static struct mop_source_options options_for(const struct mop_pipeline_options *o,
                                             const struct mop_record *r)
{
    struct mop_source_options s = o->source;
    if (!r)
        return s;
    s.delimiter = s.delimiter ? s.delimiter : r->source.delimiter;
    s.encoding = s.encoding ? s.encoding : r->source.encoding;
    s.skip_lines = s.skip_lines ? s.skip_lines : r->source.skip_lines;
    s.max_field_newlines =
        s.max_field_newlines ? s.max_field_newlines : r->source.max_field_newlines;
    return s;
}

/* Named by --record, or by the only type whose file patterns match; else NULL: the header decides.
 */
static struct mop_record *named_record(const struct mop_pipeline_options *o,
                                       const struct mop_pipeline_source *s, const char **how,
                                       struct mop_err *e)
{
    if (!s->record)
        return mop_bind_by_name(o->rules, s->name, how);
    struct mop_record *r = mop_ruleset_record(o->rules, mop_sv_of(s->record));
    *how = s->found ? "by file name" : "by --record";
    if (!r)
        mop_err_set(e, 2, (struct mop_loc){0}, "--record: the taxonomy has no record type '%s'",
                    s->record);
    return r;
}

static int open_source(struct mop_pipeline *p, const struct mop_pipeline_source *s,
                       struct mop_err *e)
{
    const struct mop_pipeline_options *o = p->o;
    struct opened *x = &p->opened[p->nopened];
    struct bound *b = &p->plans[0].bound[p->nopened];
    b->record = named_record(o, s, &x->how, e);
    if (s->record && !b->record)
        return -1;
    struct mop_source_options options = options_for(o, b->record);
    x->source = s->ready ? s->ready : exporter_for(o, s->name)->open(s->name, &options, e);
    if (!x->source)
        return -1;
    p->nopened++;
    if (!b->record)
        b->record = mop_bind_guess(o->rules, &x->source->schema, s->name, &x->how, e);
    if (!b->record)
        return -1;
    return mop_bind(&b->binding, b->record, &x->source->schema, s->name, o->maps, o->nmaps,
                    &p->arena, e);
}

static bool has_source(const struct mop_pipeline *p, const struct plan *q,
                       const struct mop_record *r)
{
    for (size_t i = 0; i < p->nopened; i++)
        if (q->bound[i].record == r)
            return true;
    return false;
}

static int absent(const char *what, struct mop_sv id, const struct mop_record *needed,
                  struct mop_loc at, struct mop_err *e)
{
    mop_err_set(e, 2, at, "%s '%.*s' refers to '%.*s', but no source of that type is in the run",
                what, MOP_SV_ARG(id), MOP_SV_ARG(needed->name));
    mop_err_hint(e, "add its source, or leave out what needs it with --without %.*s",
                 MOP_SV_ARG(needed->name));
    return -1;
}

static int check_expr(const struct mop_pipeline *p, const struct plan *q, const struct mop_check *c,
                      const struct mop_expr *x, struct mop_err *e)
{
    if (x->op == MOP_OP_TEST && x->test->kind == &mop_kind_references) {
        const struct mop_references_arg *arg = x->test->arg;
        return has_source(p, q, arg->target->record)
                   ? 0
                   : absent("rule", c->id, arg->target->record, c->at, e);
    }
    const struct mop_history *h = x->op == MOP_OP_TEST ? mop_test_history(x->test) : NULL;
    if (h && !has_source(p, q, h->record))
        return absent("rule", c->id, h->record, c->at, e);
    for (size_t i = 0; i < x->n; i++)
        if (check_expr(p, q, c, x->kids[i], e))
            return -1;
    return 0;
}

/* Every type that the types of the run refer to has to have a source: else nothing could be told of
 * the references. */
static int check_referred(const struct mop_pipeline *p, const struct plan *q, struct mop_err *e)
{
    for (size_t i = 0; i < p->nopened; i++) {
        const struct mop_record *r = q->bound[i].record;
        for (size_t k = 0; r && k < r->nchecks; k++)
            if (r->checks[k]->assert_ && check_expr(p, q, r->checks[k], r->checks[k]->assert_, e))
                return -1;
        for (size_t k = 0; r && k < r->nreads_first; k++)
            if (!has_source(p, q, r->reads_first[k]))
                return absent("record type", r->name, r->reads_first[k], r->at, e);
    }
    return 0;
}

/* ---- the rules of an earlier run beside this one's ---- */

/* A source is what this run's rules take it for. */
static int bind_before(struct mop_pipeline *p, struct plan *q, struct mop_err *e)
{
    const struct mop_pipeline_options *o = p->o;
    for (size_t i = 0; i < p->nopened; i++) {
        const struct mop_source *s = p->opened[i].source;
        struct bound *b = &q->bound[i];
        struct mop_column_map *maps = mop_arena_array(&p->arena, o->nmaps + 1, sizeof *maps);
        size_t n = 0;
        b->record = mop_ruleset_record(q->rules, p->plans[0].bound[i].record->name);
        for (size_t k = 0; b->record && k < o->nmaps; k++)
            if (mop_record_field(b->record, o->maps[k].field))
                maps[n++] = o->maps[k];
        if (b->record &&
            mop_bind(&b->binding, b->record, &s->schema, s->name, maps, n, &p->arena, e))
            return -1;
    }
    return check_referred(p, q, e);
}

/* Has everything been read that the rules read before this type? */
static bool is_ready(const struct plan *q, struct mop_sv type, struct mop_record *const *order,
                     size_t n)
{
    const struct mop_record *r = mop_ruleset_record(q->rules, type);
    for (size_t i = 0; r && i < r->nreads_first; i++) {
        bool read = false;
        for (size_t k = 0; k < n; k++)
            read |= mop_sv_eq(order[k]->name, r->reads_first[i]->name);
        if (!read)
            return false;
    }
    return true;
}

static bool is_in(struct mop_record *const *order, size_t n, const struct mop_record *r)
{
    for (size_t i = 0; i < n; i++)
        if (order[i] == r)
            return true;
    return false;
}

/* Types in the rule set's order: what is looked up in another type has been read before. -1: the
 * two rule sets want opposite orders. */
static int order_types(struct mop_pipeline *p)
{
    const struct mop_ruleset *rs = p->o->rules;
    size_t n = 0, next = 0;
    while (n < rs->nrecords) {
        for (next = 0; next < rs->nrecords; next++) {
            struct mop_record *r = rs->records[next];
            bool ready = !is_in(p->order, n, r);
            for (size_t i = 0; ready && i < p->nplans; i++)
                ready = is_ready(&p->plans[i], r->name, p->order, n);
            if (ready)
                break;
        }
        if (next == rs->nrecords)
            return -1;
        p->order[n++] = rs->records[next];
    }
    return 0;
}

static int rules_before(struct mop_pipeline *p, const struct mop_ruleset **before,
                        struct mop_err *e)
{
    const struct mop_pipeline_options *o = p->o;
    struct mop_sv *types = mop_arena_array(&p->arena, p->nopened + 1, sizeof *types);
    *before = NULL;
    for (size_t i = 0; i < p->nopened; i++)
        types[i] = p->plans[0].bound[i].record->name;
    return o->before ? o->before(o->before_ctx, types, p->nopened, before, e) : 0;
}

static int add_before(struct mop_pipeline *p)
{
    struct plan *q = &p->plans[1];
    if (bind_before(p, q, &p->unsplit))
        return -1;
    p->nplans = PLANS;
    if (!order_types(p))
        return 0;
    p->nplans = 1;
    mop_err_set(&p->unsplit, 2, (struct mop_loc){0},
                "the rules of the earlier run read the record types in another order");
    return -1;
}

/* ---- reading ---- */

/* Findings, samples and repairs are of this run's rules alone. */
static struct mop_judge *judge_of(const struct mop_pipeline *p, struct plan *q,
                                  struct mop_record *r)
{
    const struct mop_pipeline_options *o = p->o;
    if (!q->judges[r->index]) {
        bool own = q == &p->plans[0];
        struct mop_judge_options jo = {own ? o->max_samples : 0, o->show_values,
                                       o->columns_as_given, own ? o->sink : NULL,
                                       own ? o->repairs : NULL};
        q->judges[r->index] = mop_alloc(sizeof(struct mop_judge));
        mop_judge_init(q->judges[r->index], &q->run, r, &q->references, &jo);
        mop_beyond_allow(&q->judges[r->index]->tally);
    }
    return q->judges[r->index];
}

static int judge_batch(struct mop_judge *j, const struct mop_batch *b, struct mop_err *e)
{
    for (size_t i = 0; i < b->n; i++)
        if (mop_judge_row(j, &b->rows[i], e))
            return -1;
    return 0;
}

static void report_progress(const struct mop_pipeline *p, const struct opened *x)
{
    if (p->o->progress)
        p->o->progress(p->o->progress_ctx, x->source->name, x->records, x->source->bytes_read,
                       x->source->bytes_total);
}

static void break_off(struct mop_pipeline *p, struct opened *x)
{
    x->broken = p->broken = true;
    if (!x->err.code)
        mop_err_set(&x->err, 3, (struct mop_loc){x->source->name, 0, 0}, "interrupted");
}

static int read_source(struct mop_pipeline *p, size_t i, struct mop_err *e)
{
    struct opened *x = &p->opened[i];
    struct mop_batch *batch = mop_arena_alloc(&p->arena, sizeof *batch);
    struct mop_judge *judges[PLANS];
    size_t n = 0;
    int more = 1;
    for (size_t k = 0; k < p->nplans; k++) {
        const struct bound *b = &p->plans[k].bound[i];
        if (!b->record)
            continue;
        judges[n] = judge_of(p, &p->plans[k], b->record);
        mop_judge_source(judges[n++], &b->binding, &x->source->schema, i, x->source->name);
    }
    while (!mop_interrupted && (more = x->source->exporter->next(x->source, batch, &x->err)) > 0) {
        x->records += batch->n;
        for (size_t k = 0; k < n; k++)
            if (judge_batch(judges[k], batch, e))
                return -1;
        report_progress(p, x);
    }
    if (more)
        break_off(p, x);
    return 0;
}

static bool broken_off(const struct mop_pipeline *p, const struct plan *q,
                       const struct mop_record *r)
{
    for (size_t i = 0; i < p->nopened; i++)
        if (q->bound[i].record == r && p->opened[i].broken)
            return true;
    return false;
}

/* Were all records of the type read, and of the types that its checks look at? */
static bool is_whole(const struct mop_pipeline *p, const struct plan *q, const struct mop_record *r)
{
    bool whole = !broken_off(p, q, r);
    for (size_t i = 0; whole && i < r->nchecks; i++)
        for (size_t k = 0; whole && k < r->checks[i]->nfar; k++)
            whole = !broken_off(p, q, r->checks[i]->far[k]);
    return whole;
}

static void freeze(struct mop_pipeline *p, struct plan *q, const struct mop_record *r)
{
    if (r)
        mop_references_freeze(&q->references, r, !broken_off(p, q, r));
}

/* Types that only the earlier run's rules know have no source. */
static void freeze_unread(struct mop_pipeline *p, struct plan *q)
{
    for (size_t t = 0; t < q->rules->nrecords; t++)
        if (!mop_ruleset_record(p->o->rules, q->rules->records[t]->name))
            freeze(p, q, q->rules->records[t]);
}

static int finish_plan(struct mop_pipeline *p, struct plan *q, struct mop_err *e)
{
    for (size_t t = 0; t < q->rules->nrecords; t++) {
        if (!q->judges[t])
            continue;
        q->run.judge = q->judges[t];
        if (mop_judge_finish(q->judges[t], is_whole(p, q, q->judges[t]->record), e))
            return -1;
    }
    return 0;
}

static int read_all(struct mop_pipeline *p, struct mop_err *e)
{
    for (size_t k = 1; k < p->nplans; k++)
        freeze_unread(p, &p->plans[k]);
    for (size_t t = 0; t < p->o->rules->nrecords; t++) {
        for (size_t i = 0; i < p->nopened; i++)
            if (p->plans[0].bound[i].record == p->order[t] && read_source(p, i, e))
                return -1;
        for (size_t k = 0; k < p->nplans; k++)
            freeze(p, &p->plans[k], mop_ruleset_record(p->plans[k].rules, p->order[t]->name));
    }
    for (size_t k = 0; k < p->nplans; k++)
        if (finish_plan(p, &p->plans[k], e))
            return -1;
    return 0;
}

/* ---- the result ---- */

static void fill_sources(struct mop_pipeline *p, const struct plan *q, struct mop_result *r)
{
    r->nsources = p->nopened;
    r->sources = mop_arena_array(&r->arena, r->nsources + 1, sizeof *r->sources);
    for (size_t i = 0; i < p->nopened; i++) {
        const struct opened *x = &p->opened[i];
        r->sources[i] = (struct mop_source_result){
            .name = mop_arena_copy(&r->arena, mop_sv_of(x->source->name)),
            .record = q->bound[i].record,
            .how = x->how,
            .records = x->records,
            .complete = !x->broken,
            .notes = x->source->notes,
            .nnotes = x->source->nnotes,
            .gaps = x->source->gaps,
            .ngaps = x->source->ngaps,
            .incomplete_at = x->err.at,
            .incomplete = x->broken ? x->err.msg : NULL,
            .incomplete_hint = x->err.hint};
    }
}

/* Each field that was asked for and never came is a warning; it changes no score. */
static void count_gaps(struct mop_result *r)
{
    for (size_t i = 0; i < r->nsources; i++)
        for (size_t k = 0; k < r->sources[i].ngaps; k++)
            r->warnings += r->sources[i].gaps[k].mapped;
}

static void fill_missing(struct mop_pipeline *p, const struct plan *q, struct mop_result *r)
{
    size_t most = 0;
    for (size_t i = 0; i < p->nopened; i++)
        most += q->bound[i].record ? q->bound[i].record->nfields : 0;
    r->missing = mop_arena_array(&r->arena, most + 1, sizeof *r->missing);
    for (size_t i = 0; i < p->nopened; i++) {
        const struct bound *b = &q->bound[i];
        for (size_t k = 0; b->record && k < b->record->nfields; k++) {
            const struct mop_field *f = b->record->fields[k];
            if (!f->derive && b->binding.column[k] < 0)
                r->missing[r->nmissing++] =
                    (struct mop_missing_column){i, f, b->binding.nearest[k], f->expected};
        }
    }
}

static void fill_left_out(struct mop_result *r, const struct mop_tally *t)
{
    size_t n = t->record->nchecks, was = r->nleft_out;
    const struct mop_check **all = mop_arena_array(&r->arena, was + n + 1, sizeof *all);
    for (size_t i = 0; i < was; i++)
        all[i] = r->left_out[i];
    r->left_out = all;
    for (size_t i = mop_bit_next(t->left_out, n, 0); i < n; i = mop_bit_next(t->left_out, n, i + 1))
        all[r->nleft_out++] = t->record->checks[i];
}

static void count_findings(struct mop_result *r, const struct mop_tally *t)
{
    for (size_t i = 0; i < t->record->nchecks; i++) {
        const struct mop_rule_tally *c = &t->rules_tally[i];
        uint64_t n = c->failed + c->undecided - c->suppressed;
        if (t->record->checks[i]->severity == MOP_SEV_ERROR)
            r->errors += n;
        else
            r->warnings += n;
    }
}

static void fill_result(struct mop_pipeline *p, const struct plan *q, struct mop_result *r)
{
    const struct mop_ruleset *rs = q->rules;
    memset(r, 0, sizeof *r);
    mop_arena_init(&r->arena);
    const struct mop_tally **tallies =
        mop_arena_array(&r->arena, rs->nrecords + 1, sizeof *tallies);
    struct mop_dataset_counts **datasets =
        mop_arena_array(&r->arena, rs->nrecords + 1, sizeof *datasets);
    size_t n = 0;
    r->rules = rs;
    r->show_values = p->o->show_values;
    r->repairs = q == &p->plans[0] ? p->o->repairs : NULL;
    r->selection = p->o->selection;
    r->columns_as_given = p->o->columns_as_given;
    r->status = p->broken ? MOP_RUN_PARTIAL : MOP_RUN_PASS;
    fill_sources(p, q, r);
    count_gaps(r);
    fill_missing(p, q, r);
    for (size_t t = 0; t < rs->nrecords; t++) {
        if (!q->judges[t])
            continue;
        q->judges[t]->tally.partial = p->broken;
        count_findings(r, &q->judges[t]->tally);
        fill_left_out(r, &q->judges[t]->tally);
        tallies[n] = &q->judges[t]->tally;
        datasets[n++] = q->judges[t]->dataset;
    }
    mop_result_score(r, tallies, datasets, n);
    for (size_t t = 0; t < rs->nrecords; t++)
        if (q->judges[t])
            mop_result_lifecycles(r, q->judges[t]->funnels, rs->records[t]->nlifecycles);
}

static void init_plan(struct mop_pipeline *p, struct plan *q, const struct mop_ruleset *rs)
{
    q->rules = rs;
    mop_arena_init(&q->scratch);
    mop_references_init(&q->references, rs);
    q->run = (struct mop_run){.rules = rs,
                              .match = mop_match_create(),
                              .scratch = &q->scratch,
                              .now_us = rs->now_us,
                              .runtime = q->references.runtime,
                              .urls = mop_url_cache_create()};
    q->judges = mop_arena_array(&p->arena, rs->nrecords + 1, sizeof *q->judges);
    q->bound = mop_arena_array(&p->arena, p->o->nsources + 1, sizeof *q->bound);
}

static void release_plan(struct plan *q)
{
    for (size_t t = 0; t < q->rules->nrecords; t++) {
        if (!q->judges[t])
            continue;
        mop_judge_release(q->judges[t]);
        free(q->judges[t]);
    }
    mop_references_release(&q->references);
    mop_match_free(q->run.match);
    mop_url_cache_free(q->run.urls);
    mop_arena_release(&q->scratch);
}

static struct mop_pipeline *create(const struct mop_pipeline_options *o)
{
    struct mop_pipeline *p = mop_alloc(sizeof *p);
    p->o = o;
    mop_arena_init(&p->arena);
    p->nplans = 1;
    init_plan(p, &p->plans[0], o->rules);
    p->opened = mop_arena_array(&p->arena, o->nsources + 1, sizeof *p->opened);
    p->order = mop_arena_array(&p->arena, o->rules->nrecords + 1, sizeof *p->order);
    return p;
}

void mop_pipeline_free(struct mop_pipeline *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < PLANS; i++)
        if (p->plans[i].rules)
            release_plan(&p->plans[i]);
    for (size_t i = 0; i < p->nopened; i++)
        p->opened[i].source->exporter->close(p->opened[i].source);
    mop_arena_release(&p->arena);
    free(p);
}

static bool is_field(const struct mop_ruleset *rs, struct mop_sv name)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nfields; k++)
            if (mop_sv_eq(rs->records[i]->fields[k]->name, name))
                return true;
    return false;
}

static void no_such_field(struct mop_pipeline *p, struct mop_sv name, struct mop_err *e)
{
    const struct mop_ruleset *rs = p->o->rules;
    size_t n = 0, most = 0;
    for (size_t i = 0; i < rs->nrecords; i++)
        most += rs->records[i]->nfields;
    struct mop_sv *names = mop_arena_array(&p->arena, most + 1, sizeof *names);
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nfields; k++)
            names[n++] = rs->records[i]->fields[k]->name;
    mop_err_set(e, 2, (struct mop_loc){0}, "--map: no field '%.*s'", MOP_SV_ARG(name));
    long near = mop_suggest(name, names, n);
    if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
}

static int check_maps(struct mop_pipeline *p, struct mop_err *e)
{
    for (size_t i = 0; i < p->o->nmaps; i++)
        if (!is_field(p->o->rules, p->o->maps[i].field)) {
            no_such_field(p, p->o->maps[i].field, e);
            return -1;
        }
    return 0;
}

static int run(struct mop_pipeline *p, struct mop_err *e)
{
    if (check_maps(p, e))
        return -1;
    for (size_t i = 0; i < p->o->nsources; i++)
        if (open_source(p, &p->o->sources[i], e))
            return -1;
    if (check_referred(p, &p->plans[0], e))
        return -1;
    const struct mop_ruleset *before;
    if (rules_before(p, &before, e))
        return -1;
    if (before)
        init_plan(p, &p->plans[1], before);
    if (!before || add_before(p))
        order_types(p);
    return read_all(p, e);
}

int mop_pipeline_before(struct mop_pipeline *p, struct mop_result *r, struct mop_err *why)
{
    if (p->nplans == PLANS) {
        fill_result(p, &p->plans[1], r);
        return 0;
    }
    *why = p->unsplit;
    return -1;
}

struct mop_pipeline *mop_pipeline_run(const struct mop_pipeline_options *o, struct mop_result *r,
                                      struct mop_err *e)
{
    struct mop_pipeline *p = create(o);
    if (run(p, e)) {
        for (size_t i = p->nopened; i < o->nsources; i++) /* the opened ones are closed below */
            if (o->sources[i].ready)
                o->sources[i].ready->exporter->close(o->sources[i].ready);
        mop_pipeline_free(p);
        return NULL;
    }
    if (r)
        fill_result(p, &p->plans[0], r);
    return p;
}
