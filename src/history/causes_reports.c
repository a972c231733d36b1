/* SPDX-License-Identifier: MIT */
#include "history/causes.h"

/* ---- reports ---- */

static bool has_field(const struct mop_need *n, struct mop_sv name)
{
    for (size_t i = 0; i < n->nfields; i++)
        if (mop_sv_eq(n->fields[i]->name, name))
            return true;
    return false;
}

/* ", a, b": the fields of the one that the other does not have. */
static struct mop_sv only_in(struct mop_causes *x, const struct mop_need *n,
                             const struct mop_need *other)
{
    struct mop_sv all = MOP_SV("");
    for (size_t i = 0; i < n->nfields; i++)
        if (!has_field(other, n->fields[i]->name))
            all = mop_arena_printf(x->a, "%.*s%s%.*s", MOP_SV_ARG(all), all.n ? ", " : "",
                                   MOP_SV_ARG(n->fields[i]->name));
    return all;
}

/* Only by what is excluded does it see other records. */
static bool only_population(const struct mop_causes *x, struct mop_sv record)
{
    for (size_t i = 0; x->same_checks && i < x->n; i++)
        if (x->list[i].cause.how == MOP_CAUSE_EXCLUDES &&
            mop_sv_eq(x->list[i].cause.record, record))
            return true;
    return false;
}

static void compare_need(struct mop_causes *x, struct mop_sv report,
                         const struct mop_need_result *then, const struct mop_need_result *now)
{
    if (only_population(x, now->need->record->name))
        return;
    struct mop_sv more = only_in(x, now->need, then->need),
                  less = only_in(x, then->need, now->need);
    mop_i128 was = then->score.records.assessed, is = now->score.records.assessed;
    if (more.n || less.n)
        mop_cause_add(x, MOP_CAUSE_NEEDS, MOP_SV(""), report,
                      mop_arena_printf(x->a, "it needs%s%.*s%s%s%.*s of %.*s", more.n ? " " : "",
                                       MOP_SV_ARG(more), more.n && less.n ? " now, and" : "",
                                       less.n ? " no more " : "", MOP_SV_ARG(less),
                                       MOP_SV_ARG(now->need->record->name)),
                      INT32_MIN, 0);
    bool same = mop_cause_same_node(then->need->where_node, now->need->where_node);
    if (same && was == is && now->need->weight &&
        then->score.value.assessed != now->score.value.assessed)
        mop_cause_add(x, MOP_CAUSE_WEIGHT, MOP_SV(""), report, MOP_CAUSE_MONEY, INT32_MIN, 0);
    if (!same || (was != is && then->type->tally->assessed == now->type->tally->assessed))
        mop_cause_add(
            x, MOP_CAUSE_WHERE, MOP_SV(""), report,
            mop_arena_printf(
                x->a, "it looks at %.*s, %.*s by the earlier rules",
                MOP_SV_ARG(mop_shown_records(x->a, (uint64_t)is, now->need->record->name)),
                MOP_SV_ARG(was == is ? MOP_SV("as many") : mop_cause_count(x, (uint64_t)was))),
            INT32_MIN, is > was ? (uint64_t)(is - was) : (uint64_t)(was - is));
}

static struct mop_sv asked(struct mop_causes *x, const struct mop_report_spec *s)
{
    struct mop_sv text = mop_arena_printf(x->a, "%.*s %% of the records",
                                          MOP_SV_ARG(mop_shown_tenths(x->a, s->target_records)));
    struct mop_sv money = mop_arena_printf(x->a, "%.*s %% of the money",
                                           MOP_SV_ARG(mop_shown_tenths(x->a, s->target_value)));
    if (s->target_records < 0)
        return s->target_value < 0 ? MOP_SV("nothing") : money;
    return s->target_value < 0
               ? text
               : mop_arena_printf(x->a, "%.*s and %.*s", MOP_SV_ARG(text), MOP_SV_ARG(money));
}

/* It moves no score, but the decision. */
static void compare_target(struct mop_causes *x, const struct mop_report_spec *then,
                           const struct mop_report_spec *now)
{
    if (then->target_records != now->target_records || then->target_value != now->target_value)
        mop_cause_add(x, MOP_CAUSE_TARGET, MOP_SV(""), now->name,
                      mop_arena_printf(x->a, "%.*s asked then, %.*s now",
                                       MOP_SV_ARG(asked(x, then)), MOP_SV_ARG(asked(x, now))),
                      INT32_MIN, UINT64_MAX);
}

static void compare_report(struct mop_causes *x, const struct mop_report_result *then,
                           const struct mop_report_result *now)
{
    compare_target(x, then->spec, now->spec);
    for (size_t i = 0; i < now->nneeds; i++)
        for (size_t k = 0; k < then->nneeds; k++)
            if (now->needs[i].type && then->needs[k].type &&
                mop_sv_eq(now->needs[i].need->record->name, then->needs[k].need->record->name))
                compare_need(x, now->spec->name, &then->needs[k], &now->needs[i]);
}

static bool has_report(const struct mop_result *r, struct mop_sv name)
{
    for (size_t i = 0; i < r->nreports; i++)
        if (mop_sv_eq(r->reports[i].spec->name, name))
            return true;
    return false;
}

/* Reports that came or went; one that was renamed did both. */
static void compare_names(struct mop_causes *x, const struct mop_result *then,
                          const struct mop_result *now)
{
    for (size_t i = 0; i < now->nreports; i++)
        if (!has_report(then, now->reports[i].spec->name))
            mop_cause_add(x, MOP_CAUSE_NEW, MOP_SV(""), now->reports[i].spec->name,
                          MOP_SV("a report that was not there"), INT32_MIN, UINT64_MAX);
    for (size_t i = 0; i < then->nreports; i++)
        if (!has_report(now, then->reports[i].spec->name))
            mop_cause_add(x, MOP_CAUSE_GONE, MOP_SV(""), then->reports[i].spec->name,
                          MOP_SV("a report that is there no more"), INT32_MIN, UINT64_MAX);
}

/* ---- checks of the data as a whole ---- */

static const struct mop_dataset_result *find_dataset(const struct mop_result *r, struct mop_sv id)
{
    for (size_t i = 0; i < r->ndatasets; i++)
        if (mop_sv_eq(r->datasets[i].id, id))
            return &r->datasets[i];
    return NULL;
}

static struct mop_sv dataset_words(struct mop_causes *x, const struct mop_dataset_result *d)
{
    if (!d)
        return MOP_SV("nothing");
    return mop_arena_printf(x->a, "%s%s%.*s (%s)", d->kind, d->limit.n ? " " : "",
                            MOP_SV_ARG(d->limit),
                            d->severity == MOP_SEV_ERROR ? "an error" : "a warning");
}

/* They move no score, but decisions. */
static void compare_dataset(struct mop_causes *x, const struct mop_dataset_result *then,
                            const struct mop_dataset_result *now)
{
    const struct mop_dataset_result *any = now ? now : then;
    struct mop_sv was = dataset_words(x, then), is = dataset_words(x, now);
    if (!mop_sv_eq(was, is))
        mop_cause_add(
            x, MOP_CAUSE_DATASET, any->record->name, any->id,
            mop_arena_printf(x->a, "%.*s asked then, %.*s now", MOP_SV_ARG(was), MOP_SV_ARG(is)),
            INT32_MIN, UINT64_MAX);
}

static void compare_datasets(struct mop_causes *x, const struct mop_result *then,
                             const struct mop_result *now)
{
    for (size_t i = 0; i < now->ndatasets; i++)
        compare_dataset(x, find_dataset(then, now->datasets[i].id), &now->datasets[i]);
    for (size_t i = 0; i < then->ndatasets; i++)
        if (!find_dataset(now, then->datasets[i].id))
            compare_dataset(x, &then->datasets[i], NULL);
}

void mop_causes_of_reports(struct mop_causes *x, const struct mop_result *then,
                           const struct mop_result *now)
{
    for (size_t i = 0; i < now->nreports; i++)
        for (size_t k = 0; k < then->nreports; k++)
            if (mop_sv_eq(now->reports[i].spec->name, then->reports[k].spec->name))
                compare_report(x, &then->reports[k], &now->reports[i]);
    compare_names(x, then, now);
    compare_datasets(x, then, now);
}
