/* SPDX-License-Identifier: MIT */
#include "pipeline_parts.h"
#include "rules/kind_url.h"
#include <stdlib.h>

/* Rule sets that judge what is read: this run's, and an earlier run's beside it. */

/* ---- one of them ---- */

void mop_judging_init(struct mop_pipeline *p, struct mop_judging *q, const struct mop_ruleset *rs)
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

void mop_judging_release(struct mop_judging *q)
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

/* ---- the rules of an earlier run beside this one's ---- */

/* A source is what this run's rules take it for. */
static int bind_before(struct mop_pipeline *p, struct mop_judging *q, struct mop_err *e)
{
    const struct mop_pipeline_options *o = p->o;
    for (size_t i = 0; i < p->nopened; i++) {
        const struct mop_source *s = p->opened[i].source;
        struct mop_bound *b = &q->bound[i];
        struct mop_column_map *maps = mop_arena_array(&p->arena, o->nmaps + 1, sizeof *maps);
        size_t n = 0;
        b->record = mop_ruleset_record(q->rules, p->judgings[0].bound[i].record->name);
        for (size_t k = 0; b->record && k < o->nmaps; k++)
            if (mop_record_field(b->record, o->maps[k].field))
                maps[n++] = o->maps[k];
        if (b->record &&
            mop_bind(&b->binding, b->record, &s->schema, s->name, maps, n, &p->arena, e))
            return -1;
    }
    return mop_pipeline_referred(p, q, e);
}

/* Has everything been read that the rules read before this type? */
static bool is_ready(const struct mop_judging *q, struct mop_sv type,
                     struct mop_record *const *order, size_t n)
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
            for (size_t i = 0; ready && i < p->njudgings; i++)
                ready = is_ready(&p->judgings[i], r->name, p->order, n);
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
        types[i] = p->judgings[0].bound[i].record->name;
    return o->before ? o->before(o->before_ctx, types, p->nopened, before, e) : 0;
}

static int add_before(struct mop_pipeline *p)
{
    struct mop_judging *q = &p->judgings[1];
    if (bind_before(p, q, &p->unsplit))
        return -1;
    p->njudgings = MOP_JUDGINGS;
    if (!order_types(p))
        return 0;
    p->njudgings = 1;
    mop_err_set(&p->unsplit, 2, (struct mop_loc){0},
                "the rules of the earlier run read the record types in another order");
    return -1;
}

int mop_pipeline_arrange(struct mop_pipeline *p, struct mop_err *e)
{
    const struct mop_ruleset *before;
    if (rules_before(p, &before, e))
        return -1;
    if (before)
        mop_judging_init(p, &p->judgings[1], before);
    if (!before || add_before(p))
        order_types(p);
    return 0;
}
