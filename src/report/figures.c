/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "score/score.h"

/* Scores and what they are measured in, as text. */

struct mop_score mop_scored(const struct mop_result *r, struct mop_score s)
{
    if (mop_is_partial(r))
        s.reason = "the data was not read whole";
    return s;
}

struct mop_score_pair mop_overall(const struct mop_result *r, const struct mop_type_result *y)
{
    struct mop_score_pair p = y->overall;
    p.records = mop_scored(r, p.records);
    p.value = mop_scored(r, p.value);
    return p;
}

struct mop_sv mop_share_text(struct mop_arena *a, const struct mop_score *s, uint64_t assessed)
{
    int64_t tenths = mop_score_tenths(s);
    if (tenths < 0)
        return MOP_SV("-");
    return mop_arena_printf(a, "%.*s %%%s", MOP_SV_ARG(mop_shown_tenths(a, tenths)),
                            assessed < MOP_TOO_FEW ? "*" : "");
}

void mop_say_few(struct mop_page *p)
{
    mop_para(p, MOP_TONE_FAINT, "* fewer than %d records: too few to be sure", MOP_TOO_FEW);
}

static const struct mop_weight *weight_of(const struct mop_record *r, size_t weight)
{
    return weight < r->nweights ? r->weights[weight] : NULL;
}

static const char *unit_of(struct mop_arena *a, const struct mop_record *r, size_t weight)
{
    const struct mop_weight *w = weight_of(r, weight);
    if (!w)
        return "";
    struct mop_sv unit = w->to.n            ? w->to
                         : w->currency_is.n ? w->currency_is
                         : w->field         ? w->field->name
                                            : MOP_SV("");
    return mop_arena_str(a, unit);
}

struct mop_sv mop_basis_name(struct mop_arena *a, const struct mop_record *r, size_t weight)
{
    const struct mop_weight *w = weight_of(r, weight);
    if (!w)
        return mop_arena_printf(a, "%.*s records", MOP_SV_ARG(r->name));
    return mop_arena_printf(a, "%.*s.%.*s", MOP_SV_ARG(r->name),
                            MOP_SV_ARG(w->field ? w->field->name : MOP_SV("money")));
}

struct mop_sv mop_basis_text(struct mop_arena *a, const struct mop_record *r, size_t weight)
{
    const struct mop_weight *w = weight_of(r, weight);
    struct mop_sv name = mop_basis_name(a, r, weight);
    struct mop_sv currency = !w ? MOP_SV("") : w->to.n ? w->to : w->currency_is;
    return currency.n ? mop_arena_printf(a, "%.*s %.*s", MOP_SV_ARG(name), MOP_SV_ARG(currency))
                      : name;
}

size_t mop_need_weight(const struct mop_need_result *n)
{
    return n->need->weight != SIZE_MAX   ? n->need->weight
           : n->type->record->own_weight ? 0
                                         : SIZE_MAX;
}

const char *mop_need_unit(struct mop_arena *a, const struct mop_need_result *n)
{
    return unit_of(a, n->need->record, mop_need_weight(n));
}

const char *mop_type_unit(struct mop_arena *a, const struct mop_type_result *y)
{
    return unit_of(a, y->record, y->record->own_weight ? 0 : SIZE_MAX);
}

struct mop_sv mop_shown_loss(struct mop_arena *a, mop_i128 lost, uint64_t unweighed,
                             const struct mop_type_result *y)
{
    return !lost && unweighed ? MOP_SV("-") : mop_shown_money(a, lost, mop_type_unit(a, y));
}

bool mop_has_type(const struct mop_result *r, const struct mop_record *record)
{
    bool there = false;
    for (size_t i = 0; i < r->ntypes; i++)
        there |= r->types[i].record == record;
    return there;
}

struct mop_sv mop_absent_types(struct mop_arena *a, const struct mop_result *r,
                               const struct mop_report_result *x)
{
    const struct mop_report_spec *s = x->spec;
    struct mop_sv all = MOP_SV("");
    size_t left = 0;
    for (size_t i = 0; i < s->nneeds; i++)
        left += !mop_has_type(r, s->needs[i].record);
    for (size_t i = 0; i < s->nneeds; i++) {
        if (mop_has_type(r, s->needs[i].record))
            continue;
        left--;
        all = mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(all),
                               !all.n ? ""
                               : left ? ", "
                                      : " and ",
                               MOP_SV_ARG(mop_shown_text(a, s->needs[i].record->name, 60)));
    }
    return all;
}

uint64_t mop_suppressed(const struct mop_result *r, const struct mop_suppression *s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->ntypes; i++)
        n += r->types[i].tally->suppressed[s - r->rules->suppressions].findings;
    return n;
}
