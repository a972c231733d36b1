/* SPDX-License-Identifier: MIT */
#include "score/result.h"
#include "score/assess.h"
#include "score/sets.h"

const char *const mop_status_names[] = {"pass", "fail", "partial"};

void mop_result_ask(const struct mop_tally *t)
{
    struct mop_result r = {.rules = t->rules, .ntypes = 1};
    struct mop_report_result p;
    struct mop_type_result y = {.record = t->record, .tally = t};
    mop_arena_init(&r.arena);
    r.types = &y;
    mop_score_type(&r, &y);
    for (size_t i = 0; i < t->rules->nreports; i++) {
        p = (struct mop_report_result){0};
        mop_score_report(&r, &p, &t->rules->reports[i]);
    }
    mop_arena_release(&r.arena);
}

void mop_result_score(struct mop_result *r, const struct mop_tally *const *tallies,
                      struct mop_dataset_counts *const *datasets, size_t n)
{
    r->types = mop_arena_array(&r->arena, n + 1, sizeof *r->types);
    for (size_t i = 0; i < n; i++) {
        struct mop_type_result *y = &r->types[r->ntypes++];
        y->record = tallies[i]->record;
        y->tally = tallies[i];
        mop_score_type(r, y);
    }
    r->nreports = r->rules->nreports;
    r->reports = mop_arena_array(&r->arena, r->nreports + 1, sizeof *r->reports);
    for (size_t i = 0; i < r->nreports; i++)
        mop_score_report(r, &r->reports[i], &r->rules->reports[i]);
    mop_assess_datasets(r, datasets, n);
}

void mop_result_forgive(struct mop_result *r, uint64_t errors, uint64_t warnings, uint64_t stale)
{
    r->errors -= errors < r->errors ? errors : r->errors;
    r->warnings -= warnings < r->warnings ? warnings : r->warnings;
    r->baseline.given = true;
    r->baseline.known = errors + warnings;
    r->baseline.stale =
        r->status == MOP_RUN_PARTIAL ? 0 : stale; /* what was not read is not gone */
}

void mop_result_release(struct mop_result *r)
{
    mop_arena_release(&r->arena);
}
