/* SPDX-License-Identifier: MIT */
#include "score/sure.h"
#include <string.h>
#include "rules/derive.h"
#include "rules/kind.h"
#include "score/beyond.h"

const char *const mop_sure_words[] = {"", "at most ", "about "};

bool mop_expr_reads(const struct mop_expr *e, const struct mop_field *f)
{
    bool reads = false;
    for (size_t i = 0; e && e->op == MOP_OP_TEST && i < e->test->nfields; i++)
        reads |= mop_field_comes_from(e->test->fields[i], f);
    for (size_t i = 0; e && e->op != MOP_OP_TEST && i < e->n; i++)
        reads |= mop_expr_reads(e->kids[i], f);
    return reads;
}

/* Another spelling of the same value: what compares values sees no difference. */
static bool keeps_meaning(const struct mop_check *c)
{
    static const char *const kinds[] = {"whitespace", "case", "separator", "alias"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (c->kind && !strcmp(c->kind->name, kinds[i]))
            return true;
    return false;
}

static bool moves(const struct mop_check *c, const struct mop_field *f)
{
    for (size_t i = 0; f && i < c->nsubjects; i++)
        if (mop_field_comes_from(f, c->subjects[i]))
            return true;
    return false;
}

static bool moves_any(const struct mop_check *c, const struct mop_expr *e)
{
    for (size_t i = 0; i < c->nsubjects; i++)
        if (mop_expr_reads(e, c->subjects[i]))
            return true;
    return false;
}

/* What a rule reads beyond one value of one field. */
struct reach {
    const struct mop_field *first;
    bool far; /* a second field, other records, the record's date */
};

static void look(const struct mop_expr *e, struct reach *r)
{
    for (size_t i = 0; e->op != MOP_OP_TEST && i < e->n; i++)
        look(e->kids[i], r);
    if (e->op != MOP_OP_TEST)
        return;
    r->far |= (e->test->kind->flags & (MOP_K_CROSS | MOP_K_DATED)) != 0;
    for (size_t i = 0; i < e->test->nfields; i++) {
        r->far |= r->first && r->first != e->test->fields[i];
        r->first = e->test->fields[i];
    }
}

/* May `q` come out otherwise, once `c` is repaired by a right value? */
static bool is_judged_anew(const struct mop_check *c, const struct mop_check *q)
{
    struct reach r = {NULL, mop_check_windowed(q)};
    if (c == q || !q->assert_)
        return false;
    look(q->assert_, &r);
    if (moves_any(c, q->when) || (r.far && moves(c, q->record->dated_by)))
        return true;
    bool own = r.first == c->field || (r.first && !r.first->derive);
    return (r.far || !own) && moves_any(c, q->assert_);
}

static bool any_anew(const struct mop_tally *t, const uint64_t *mask, const struct mop_check *c)
{
    size_t n = t->record->nchecks;
    for (size_t i = mop_bit_next(mask, n, 0); i < n; i = mop_bit_next(mask, n, i + 1))
        if (is_judged_anew(c, t->record->checks[i]))
            return true;
    return false;
}

/* Does the value that is repaired silence a rule that cannot be told where it stands? */
static bool any_veiled(const struct mop_tally *t, struct mop_part_of part, const uint64_t *mask,
                       const struct mop_check *c)
{
    const uint64_t *veiled = part.need == SIZE_MAX ? t->veiled : t->need_veiled[part.need];
    size_t n = t->record->nchecks;
    for (size_t i = mop_bit_next(mask, n, 0); c->guard && i < n; i = mop_bit_next(mask, n, i + 1))
        if (mop_bit_get(veiled, i) && t->record->checks[i]->field == c->field)
            return true;
    return false;
}

/* What cannot be told of a record with the signature once the rule is repaired in it, as reasons;
 * `c` failed in it, or is one of those that cannot be told. */
static unsigned untold_of(const struct mop_tally *t, const struct mop_signature *s,
                          struct mop_part_of part, const uint64_t *mask, const struct mop_check *c)
{
    uint64_t untold = 0, failed = 0;
    for (size_t w = 0; w < t->words; w++) {
        untold |= s->undecided[w] & mask[w];
        failed |= s->fail[w] & mask[w];
    }
    if (failed && !mop_bit_get(s->fail, c->index))
        return 0;
    bool where = part.need != SIZE_MAX && mop_bit_get(s->unknown, part.need);
    return (untold ? MOP_WHY_UNTOLD : 0) | (where ? MOP_WHY_WHERE : 0);
}

/* Is a record repaired of which something cannot be told? That may fail once it can. */
static unsigned any_untold(const struct mop_tally *t, struct mop_part_of part, const uint64_t *mask,
                           const struct mop_check *c)
{
    unsigned why = any_veiled(t, part, mask, c) ? MOP_WHY_UNTOLD : 0;
    for (size_t i = 0; i < t->nsignatures; i++) {
        const struct mop_signature *s = &t->signatures[i];
        if ((mop_bit_get(s->fail, c->index) || mop_bit_get(s->undecided, c->index)) &&
            mop_part_has(s, part))
            why |= untold_of(t, s, part, mask, c);
    }
    return why;
}

static bool moves_weight(const struct mop_check *c, const struct mop_weight *w)
{
    return moves(c, w->field) || moves(c, w->currency) || moves_any(c, w->where);
}

/* Does it move who is counted? */
static bool moves_part(const struct mop_check *c, struct mop_part_of part,
                       const struct mop_need *need)
{
    bool does = part.cohort && moves(c, c->record->dated_by);
    for (size_t i = 0; i < c->record->nexcludes; i++)
        does |= moves_any(c, c->record->excludes[i].where);
    return does || (need && moves_any(c, need->where));
}

enum mop_sure mop_sure_of(const struct mop_tally *t, struct mop_part_of part,
                          const struct mop_need *need, bool by_value, const uint64_t *mask,
                          const struct mop_check *c, unsigned *why)
{
    size_t weight = by_value && need ? t->need_weight[part.need] : 0;
    *why = any_untold(t, part, mask, c);
    if (!keeps_meaning(c)) {
        if (moves_part(c, part, need) || (by_value && moves_weight(c, t->record->weights[weight])))
            return MOP_SURE_ABOUT;
        if (any_anew(t, mask, c)) /* mostly the one that cannot be told now */
            *why = (*why & MOP_WHY_WHERE) | MOP_WHY_READS;
    }
    return *why ? MOP_SURE_AT_MOST : MOP_SURE_EXACT;
}
