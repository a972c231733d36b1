/* SPDX-License-Identifier: MIT */
#include "score/report_slices.h"

/* The slices of one field among a report's needs, each sorted by value and read from `next` on. */
struct merge {
    const struct mop_need_result **needs;
    const struct mop_slice_result **slices;
    size_t *next;
    size_t n;
};

static const struct mop_slice_result *slice_of(const struct mop_need_result *n, struct mop_sv field)
{
    for (size_t i = 0; i < n->nslices; i++)
        if (mop_sv_eq(n->slices[i].field, field))
            return &n->slices[i];
    return NULL;
}

static struct merge merge_of(struct mop_arena *a, const struct mop_report_result *p,
                             struct mop_sv field)
{
    struct merge m = {.needs = mop_arena_array(a, p->nneeds + 1, sizeof *m.needs),
                      .slices = mop_arena_array(a, p->nneeds + 1, sizeof *m.slices),
                      .next = mop_arena_array(a, p->nneeds + 1, sizeof *m.next)};
    for (size_t i = 0; i < p->nneeds; i++) {
        const struct mop_slice_result *s = slice_of(&p->needs[i], field);
        if (!s)
            continue;
        m.needs[m.n] = &p->needs[i];
        m.slices[m.n++] = s;
    }
    return m;
}

static const struct mop_slice_score *at(const struct merge *m, size_t i)
{
    const struct mop_slice_result *s = m->slices[i];
    return m->next[i] < s->n ? &s->values[m->next[i]] : NULL;
}

/* The smallest value that is left; NULL: none is. */
static const struct mop_sv *smallest(const struct merge *m)
{
    const struct mop_sv *found = NULL;
    for (size_t i = 0; i < m->n; i++) {
        const struct mop_slice_score *s = at(m, i);
        if (s && (!found || mop_sv_cmp(s->value, *found) < 0))
            found = &s->value;
    }
    return found;
}

static void take(struct merge *m, struct mop_report_slice *to, struct mop_sv value)
{
    const struct mop_slice_score *records = NULL, *money = NULL;
    size_t k = to->slice.n++;
    struct mop_slice_score *out = &to->slice.values[k];
    out->value = value;
    for (size_t i = 0; i < m->n; i++) {
        const struct mop_slice_score *s = at(m, i);
        if (!s || !mop_sv_eq(s->value, value))
            continue;
        m->next[i]++;
        out->records += s->records;
        if (!records || mop_score_lower(&s->score, &records->score, false))
            records = s;
        if (s->score.has_value && (!money || mop_score_lower(&s->score, &money->score, true))) {
            money = s;
            to->value_of[k] = m->needs[i];
        }
    }
    if (money)
        out->score = money->score;
    if (records)
        out->score.records = records->score.records;
}

static void fill(struct mop_arena *a, struct merge *m, struct mop_report_slice *to)
{
    size_t most = 0;
    for (size_t i = 0; i < m->n; i++) {
        const struct mop_field *f = mop_record_field(m->needs[i]->need->record, to->slice.field);
        to->field = !to->field || f->personal ? f : to->field;
        to->slice.reason = to->slice.reason ? to->slice.reason : m->slices[i]->reason;
        most += m->slices[i]->n;
    }
    if (to->slice.reason)
        return;
    to->slice.values = mop_arena_array(a, most + 1, sizeof *to->slice.values);
    to->value_of = mop_arena_array(a, most + 1, sizeof *to->value_of);
    for (const struct mop_sv *v = smallest(m); v; v = smallest(m))
        take(m, to, *v);
}

struct mop_report_slice *mop_report_slices(struct mop_arena *a, const struct mop_report_result *p,
                                           const struct mop_ruleset *rs, size_t *n)
{
    struct mop_report_slice *all = mop_arena_array(a, rs->nslices + 1, sizeof *all);
    *n = 0;
    for (size_t i = 0; i < rs->nslices; i++) {
        struct merge m = merge_of(a, p, rs->slices[i]);
        if (!m.n)
            continue;
        all[*n].slice.field = rs->slices[i];
        fill(a, &m, &all[(*n)++]);
    }
    return all;
}
