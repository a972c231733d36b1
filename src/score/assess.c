/* SPDX-License-Identifier: MIT */
#include "score/assess.h"
#include "check/words.h"

/* Dataset checks: a verdict over the whole run each. */

static struct mop_sv percent(struct mop_arena *a, int64_t tenths)
{
    return mop_arena_printf(a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* A check that asks for little of something must not pass because the column went away. A fill rate
 * and a freshness count what is there, so they fall by themselves. */
static bool column_gone(struct mop_result *r, struct mop_dataset_result *d)
{
    if (!d->counts || !d->counts->missing)
        return false;
    d->failed = true;
    d->message =
        mop_arena_printf(&r->arena, "%llu records have no column for '%.*s'",
                         (unsigned long long)d->counts->missing, MOP_SV_ARG(d->field->name));
    return true;
}

static void not_judged(struct mop_dataset_result *d, struct mop_sv why)
{
    d->judged = false;
    d->failed = d->severity == MOP_SEV_ERROR;
    d->message = why;
}

static void say_nothing_to_judge(struct mop_dataset_result *d)
{
    not_judged(d, MOP_SV("no record to judge by"));
}

static void assess_volume(struct mop_result *r, struct mop_dataset_result *d,
                          const struct mop_dataset_check *k)
{
    uint64_t n = d->counts ? d->counts->records : 0;
    if (d->counts && d->counts->lost) {
        say_nothing_to_judge(d);
        return;
    }
    d->failed = (k->min >= 0 && n < (uint64_t)k->min) || (k->max >= 0 && n > (uint64_t)k->max);
    d->value = mop_arena_printf(&r->arena, "%llu", (unsigned long long)n);
    bool upper = k->max >= 0 && (n > (uint64_t)k->max || k->min < 0);
    int64_t limit = upper ? k->max : k->min;
    d->limit = mop_arena_printf(&r->arena, "%lld", (long long)limit);
    d->message = mop_arena_printf(&r->arena, "%llu records, %s %lld", (unsigned long long)n,
                                  upper ? "at most" : "at least", (long long)limit);
}

static struct mop_sv later_dates(struct mop_result *r, const struct mop_dataset_counts *c)
{
    if (!c || !c->later)
        return MOP_SV("");
    return mop_arena_printf(&r->arena, "%llu after now %s left out", (unsigned long long)c->later,
                            c->later == 1 ? "is" : "are");
}

static void assess_freshness(struct mop_result *r, struct mop_dataset_result *d,
                             const struct mop_dataset_check *k)
{
    struct mop_sv later = later_dates(r, d->counts);
    if (!d->counts || !d->counts->seen) {
        say_nothing_to_judge(d);
        if (later.n)
            d->message = mop_arena_printf(&r->arena, "no date up to now; %.*s", MOP_SV_ARG(later));
        return;
    }
    struct mop_when limit = mop_when_of_instant(r->rules->now_us - k->max_age_us, r->rules->zone);
    d->failed = mop_when_cmp(d->counts->newest, limit) < 0;
    limit.whole_day = d->counts->newest.whole_day; /* as it is compared */
    struct mop_buf b;
    mop_buf_init(&b, 256);
    mop_when_print(&b, d->counts->newest);
    d->value = mop_arena_copy(&r->arena, mop_buf_view(&b));
    mop_buf_reset(&b);
    mop_when_print(&b, limit);
    d->limit = mop_arena_copy(&r->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    d->message =
        mop_arena_printf(&r->arena, "the newest '%.*s' is %.*s, not before %.*s expected%s%.*s",
                         MOP_SV_ARG(k->field->name), MOP_SV_ARG(d->value), MOP_SV_ARG(d->limit),
                         later.n ? "; " : "", MOP_SV_ARG(later));
}

static const char *what_is_counted(struct mop_result *r, const struct mop_dataset_check *k)
{
    if (k->kind != MOP_DS_SHARE)
        return "filled";
    if (!k->nvalues)
        return "catch-alls";
    return k->nvalues == 1 ? mop_arena_printf(&r->arena, "'%.*s'", MOP_SV_ARG(k->values[0])).p
                           : mop_arena_printf(&r->arena, "one of %zu values", k->nvalues).p;
}

/* Of the records whose cell can be read. Compared as exact counts; shown floored where it may not
 * fall below, ceiled where it may not rise above. */
static void assess_fraction(struct mop_result *r, struct mop_dataset_result *d,
                            const struct mop_dataset_check *k)
{
    const struct mop_dataset_counts *c = d->counts;
    if (!c || c->records == c->untold) {
        say_nothing_to_judge(d);
        return;
    }
    mop_i128 hits = (mop_i128)c->hits * 1000, all = c->records - c->untold;
    if (k->kind == MOP_DS_SHARE && column_gone(r, d))
        return;
    bool low = k->min >= 0 && hits < all * k->min, high = k->max >= 0 && hits > all * k->max;
    d->failed = low || high;
    bool upper = k->max >= 0 && (high || k->min < 0);
    d->value =
        percent(&r->arena, upper ? mop_tenths_ceil(c->hits, all) : mop_tenths_floor(c->hits, all));
    d->limit = percent(&r->arena, upper ? k->max : k->min);
    d->message = mop_arena_printf(
        &r->arena, "%llu of %llu are %s: %.*s %%, %s %.*s %%", (unsigned long long)c->hits,
        (unsigned long long)(c->records - c->untold), what_is_counted(r, k), MOP_SV_ARG(d->value),
        upper ? "at most" : "at least", MOP_SV_ARG(d->limit));
    if (c->untold)
        d->message = mop_arena_printf(&r->arena, "%.*s; %llu cannot be read: left out",
                                      MOP_SV_ARG(d->message), (unsigned long long)c->untold);
}

/* The smallest in bytes, so that the order of the records does not show. */
static void two_spellings(const struct mop_variant *g, struct mop_sv *one, struct mop_sv *other)
{
    for (size_t i = 0; i < g->n; i++) {
        struct mop_sv s = g->spelling[i];
        if (!one->p || mop_sv_cmp(s, *one) < 0) {
            *other = *one;
            *one = s;
        } else if (!other->p || mop_sv_cmp(s, *other) < 0) {
            *other = s;
        }
    }
}

static void assess_variants(struct mop_result *r, struct mop_dataset_result *d,
                            const struct mop_dataset_check *k)
{
    if (!d->counts || !d->counts->records) {
        say_nothing_to_judge(d);
        return;
    }
    if (column_gone(r, d))
        return;
    if (d->counts->over) {
        not_judged(d, MOP_SV("not judged: more than 65,536 distinct values"));
        return;
    }
    size_t groups = 0;
    const struct mop_variant *first = NULL;
    struct mop_sv one = MOP_SV_NONE, other = MOP_SV_NONE;
    for (size_t i = 0; i < d->counts->ngroups; i++) {
        const struct mop_variant *g = &d->counts->groups[i];
        if (g->n < 2)
            continue;
        groups++;
        if (!first || mop_sv_cmp(g->meant, first->meant) < 0)
            first = g;
    }
    d->failed = groups > 0;
    d->value = mop_arena_printf(&r->arena, "%zu", groups);
    d->limit = MOP_SV("0");
    if (!groups)
        d->message = MOP_SV("every value has one spelling");
    else if (k->field->personal && !r->show_values)
        d->message = mop_arena_printf(&r->arena, "%zu value%s written in several ways", groups,
                                      groups == 1 ? " is" : "s are");
    else {
        two_spellings(first, &one, &other);
        if (!r->show_values) {
            one = mop_mask_found(&r->arena, one);
            other = mop_mask_found(&r->arena, other);
        }
        d->message = mop_arena_printf(
            &r->arena, "%zu value%s written in several ways, such as '%.*s' and '%.*s'", groups,
            groups == 1 ? " is" : "s are", MOP_SV_ARG(one), MOP_SV_ARG(other));
    }
}

/* In the order of enum mop_dataset_kind. */
static const struct {
    const char *name;
    void (*assess)(struct mop_result *r, struct mop_dataset_result *d,
                   const struct mop_dataset_check *k);
} assessors[] = {{"volume", assess_volume},
                 {"freshness", assess_freshness},
                 {"fill_rate", assess_fraction},
                 {"variants", assess_variants},
                 {"share", assess_fraction}};

static void assess_excluded(struct mop_result *r, const struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    if (y->record->max_excluded_tenths < 0)
        return;
    struct mop_dataset_result *d = &r->datasets[r->ndatasets++];
    mop_i128 hits = t->excluded_total, all = t->records ? (mop_i128)t->records : 1;
    *d = (struct mop_dataset_result){
        .kind = "max_excluded", .severity = MOP_SEV_ERROR, .record = y->record, .judged = true};
    d->id = mop_arena_printf(&r->arena, "%.*s.max_excluded", MOP_SV_ARG(y->record->name));
    d->owner = y->record->owner.n ? y->record->owner : r->rules->owner;
    d->failed = hits * 1000 > all * y->record->max_excluded_tenths;
    d->value = percent(&r->arena, mop_tenths_ceil(hits, all));
    d->limit = percent(&r->arena, y->record->max_excluded_tenths);
    d->message =
        mop_arena_printf(&r->arena, "%llu of %llu records are excluded: %.*s %%, at most %.*s %%",
                         (unsigned long long)t->excluded_total, (unsigned long long)t->records,
                         MOP_SV_ARG(d->value), MOP_SV_ARG(d->limit));
}

/* --columns-as-given leaves out a check whose columns are not all there, as it does rules. */
static bool left_out(const struct mop_result *r, struct mop_dataset_result *d)
{
    bool out = r->columns_as_given && d->counts && (d->counts->missing || d->counts->lost);
    if (out) {
        not_judged(d, MOP_SV("columns as given: a column that it reads is not there"));
        d->failed = false;
    }
    return out;
}

void mop_assess_datasets(struct mop_result *r, struct mop_dataset_counts *const *datasets,
                         size_t ntypes)
{
    const struct mop_ruleset *rs = r->rules;
    r->datasets = mop_arena_array(&r->arena, rs->ndatasets + r->ntypes + 1, sizeof *r->datasets);
    for (size_t i = 0; i < rs->ndatasets; i++) {
        const struct mop_dataset_check *k = &rs->datasets[i];
        struct mop_dataset_result *d = &r->datasets[r->ndatasets++];
        *d = (struct mop_dataset_result){.id = k->id,
                                         .owner = k->owner,
                                         .kind = assessors[k->kind].name,
                                         .severity = k->severity,
                                         .record = k->record,
                                         .field = k->field,
                                         .judged = true};
        for (size_t y = 0; y < ntypes; y++)
            if (r->types[y].record == k->record)
                d->counts = &datasets[y][i];
        if (!left_out(r, d))
            assessors[k->kind].assess(r, d, k);
    }
    for (size_t i = 0; i < r->ntypes; i++)
        assess_excluded(r, &r->types[i]);
}
