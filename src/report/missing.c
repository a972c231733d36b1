/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "check/binding.h"
#include "score/sure.h"

/*
 * A column that is not there fails every check of it for every record. For people that is one
 * thing to do, not one for each rung of the ladder; the exact reports list the rules.
 */

bool mop_check_reads(const struct mop_check *c, const struct mop_field *f)
{
    for (size_t i = 0; i < c->nsubjects; i++)
        if (c->subjects[i] == f)
            return true;
    return (mop_check_windowed(c) && f == c->record->dated_by) || mop_expr_reads(c->when, f);
}

const struct mop_missing_column *mop_missing_somewhere(const struct mop_result *r,
                                                       const struct mop_check *c)
{
    for (size_t i = 0; i < r->nmissing; i++)
        if (r->missing[i].expected && r->missing[i].field->record == c->record &&
            mop_check_reads(c, r->missing[i].field))
            return &r->missing[i];
    return NULL;
}

const struct mop_missing_column *mop_missing_of(const struct mop_result *r,
                                                const struct mop_type_result *y,
                                                const struct mop_check *c)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    if (t->nvalues || !(t->failed + t->undecided) || c->role == MOP_CHECK_INPUT)
        return NULL; /* what it found was in records */
    return mop_missing_somewhere(r, c);
}

struct mop_sv mop_missing_words(struct mop_arena *a, const struct mop_result *r,
                                const struct mop_missing_column *m)
{
    size_t others = 0;
    for (size_t i = 0; i < r->nmissing; i++)
        others += r->missing[i].field == m->field && r->missing[i].source != m->source;
    struct mop_sv more =
        others ? mop_arena_printf(a, " and %zu other source%s", others, others == 1 ? "" : "s")
               : MOP_SV("");
    struct mop_sv near = m->nearest.n
                             ? mop_arena_printf(a, " (nearest header '%.*s')",
                                                MOP_SV_ARG(mop_shown_text(a, m->nearest, 60)))
                             : MOP_SV("");
    return mop_arena_printf(a, "the column %.*s is missing from %.*s%.*s%.*s",
                            MOP_SV_ARG(mop_shown_text(a, mop_column_names(a, m->field), 120)),
                            MOP_SV_ARG(r->sources[m->source].name), MOP_SV_ARG(more),
                            MOP_SV_ARG(near));
}
