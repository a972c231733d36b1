/* SPDX-License-Identifier: MIT */
#include "pipeline_parts.h"
#include <string.h>

/* What was read and judged, as a result to be scored and reported. */

static void fill_sources(struct mop_pipeline *p, const struct mop_judging *q, struct mop_result *r)
{
    r->nsources = p->nopened;
    r->sources = mop_arena_array(&r->arena, r->nsources + 1, sizeof *r->sources);
    for (size_t i = 0; i < p->nopened; i++) {
        const struct mop_opened *x = &p->opened[i];
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

static void fill_missing(struct mop_pipeline *p, const struct mop_judging *q, struct mop_result *r)
{
    size_t most = 0;
    for (size_t i = 0; i < p->nopened; i++)
        most += q->bound[i].record ? q->bound[i].record->nfields : 0;
    r->missing = mop_arena_array(&r->arena, most + 1, sizeof *r->missing);
    for (size_t i = 0; i < p->nopened; i++) {
        const struct mop_bound *b = &q->bound[i];
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

void mop_pipeline_result(struct mop_pipeline *p, const struct mop_judging *q, struct mop_result *r)
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
    r->repairs = q == &p->judgings[0] ? p->o->repairs : NULL;
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
