/* SPDX-License-Identifier: MIT */
#include "base/interrupt.h"
#include "pipeline_parts.h"
#include "score/beyond.h"
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* Findings, samples and repairs are of this run's rules alone. */
static struct mop_judge *judge_of(const struct mop_pipeline *p, struct mop_judging *q,
                                  struct mop_record *r)
{
    const struct mop_pipeline_options *o = p->o;
    if (!q->judges[r->index]) {
        bool own = q == &p->judgings[0];
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

static void report_progress(const struct mop_pipeline *p, const struct mop_opened *x)
{
    if (p->o->progress)
        p->o->progress(p->o->progress_ctx, x->source->name, x->records, x->source->bytes_read,
                       x->source->bytes_total);
}

static void break_off(struct mop_pipeline *p, struct mop_opened *x)
{
    x->broken = p->broken = true;
    if (!x->err.code)
        mop_err_set(&x->err, 3, (struct mop_loc){x->source->name, 0, 0}, "interrupted");
}

static int read_source(struct mop_pipeline *p, size_t i, struct mop_err *e)
{
    struct mop_opened *x = &p->opened[i];
    struct mop_batch *batch = mop_arena_alloc(&p->arena, sizeof *batch);
    struct mop_judge *judges[MOP_JUDGINGS];
    size_t n = 0;
    int more = 1;
    for (size_t k = 0; k < p->njudgings; k++) {
        const struct mop_bound *b = &p->judgings[k].bound[i];
        if (!b->record)
            continue;
        judges[n] = judge_of(p, &p->judgings[k], b->record);
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

static bool broken_off(const struct mop_pipeline *p, const struct mop_judging *q,
                       const struct mop_record *r)
{
    for (size_t i = 0; i < p->nopened; i++)
        if (q->bound[i].record == r && p->opened[i].broken)
            return true;
    return false;
}

/* Were all records of the type read, and of the types that its checks look at? */
static bool is_whole(const struct mop_pipeline *p, const struct mop_judging *q,
                     const struct mop_record *r)
{
    bool whole = !broken_off(p, q, r);
    for (size_t i = 0; whole && i < r->nchecks; i++)
        for (size_t k = 0; whole && k < r->checks[i]->nfar; k++)
            whole = !broken_off(p, q, r->checks[i]->far[k]);
    return whole;
}

static void freeze(struct mop_pipeline *p, struct mop_judging *q, const struct mop_record *r)
{
    if (r)
        mop_references_freeze(&q->references, r, !broken_off(p, q, r));
}

/* Types that only the earlier run's rules know have no source. */
static void freeze_unread(struct mop_pipeline *p, struct mop_judging *q)
{
    for (size_t t = 0; t < q->rules->nrecords; t++)
        if (!mop_ruleset_record(p->o->rules, q->rules->records[t]->name))
            freeze(p, q, q->rules->records[t]);
}

static int finish_judging(struct mop_pipeline *p, struct mop_judging *q, struct mop_err *e)
{
    size_t n = 0, nrecords = q->rules->nrecords;
    struct mop_judge **whole = mop_arena_array(&p->arena, nrecords + 1, sizeof(struct mop_judge *));
    for (size_t t = 0; t < nrecords; t++)
        if (q->judges[t] && is_whole(p, q, q->judges[t]->record))
            whole[n++] = q->judges[t];
    mop_crossrecord_settle(whole, n);
    for (size_t t = 0, k = 0; t < nrecords; t++) {
        if (!q->judges[t])
            continue;
        bool settled = k < n && whole[k] == q->judges[t];
        k += settled;
        q->run.judge = q->judges[t];
        if (mop_judge_finish(q->judges[t], settled, e))
            return -1;
    }
    return 0;
}

static int read_all(struct mop_pipeline *p, struct mop_err *e)
{
    for (size_t k = 1; k < p->njudgings; k++)
        freeze_unread(p, &p->judgings[k]);
    for (size_t t = 0; t < p->o->rules->nrecords; t++) {
        for (size_t i = 0; i < p->nopened; i++)
            if (p->judgings[0].bound[i].record == p->order[t] && read_source(p, i, e))
                return -1;
        for (size_t k = 0; k < p->njudgings; k++)
            freeze(p, &p->judgings[k], mop_ruleset_record(p->judgings[k].rules, p->order[t]->name));
    }
    for (size_t k = 0; k < p->njudgings; k++)
        if (finish_judging(p, &p->judgings[k], e))
            return -1;
    return 0;
}

/* ---- the whole ---- */

static struct mop_pipeline *create(const struct mop_pipeline_options *o)
{
    struct mop_pipeline *p = mop_alloc(sizeof *p);
    p->o = o;
    mop_arena_init(&p->arena);
    p->njudgings = 1;
    mop_judging_init(p, &p->judgings[0], o->rules);
    p->opened = mop_arena_array(&p->arena, o->nsources + 1, sizeof *p->opened);
    p->order = mop_arena_array(&p->arena, o->rules->nrecords + 1, sizeof *p->order);
    return p;
}

void mop_pipeline_free(struct mop_pipeline *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < MOP_JUDGINGS; i++)
        if (p->judgings[i].rules)
            mop_judging_release(&p->judgings[i]);
    for (size_t i = 0; i < p->nopened; i++)
        p->opened[i].source->exporter->close(p->opened[i].source);
    mop_arena_release(&p->arena);
    free(p);
}

static int run(struct mop_pipeline *p, struct mop_err *e)
{
    if (mop_pipeline_maps(p, e))
        return -1;
    for (size_t i = 0; i < p->o->nsources; i++)
        if (mop_pipeline_open(p, &p->o->sources[i], e)) {
            if (p->o->unopened)
                *p->o->unopened = i;
            return -1;
        }
    if (mop_pipeline_referred(p, &p->judgings[0], e))
        return -1;
    return mop_pipeline_arrange(p, e) ? -1 : read_all(p, e);
}

int mop_pipeline_before(struct mop_pipeline *p, struct mop_result *r, struct mop_err *why)
{
    if (p->njudgings == MOP_JUDGINGS) {
        mop_pipeline_result(p, &p->judgings[1], r);
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
        mop_pipeline_result(p, &p->judgings[0], r);
    return p;
}

struct mop_pipeline *mop_pipeline_unread(const struct mop_pipeline_options *o, size_t i,
                                         const struct mop_err *why, struct mop_result *r)
{
    struct mop_pipeline *p = create(o);
    p->broken = true;
    mop_pipeline_result(p, &p->judgings[0], r);
    r->nsources = 1;
    r->sources[0] = (struct mop_source_result){
        .name = mop_arena_copy(&r->arena, mop_sv_of(o->sources[i].name)),
        .incomplete_at = why->at,
        .incomplete = mop_arena_str(&r->arena, mop_sv_of(why->msg)),
        .incomplete_hint = mop_arena_str(&r->arena, mop_sv_of(why->hint))};
    return p;
}
