/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "report/shown.h"
#include <stdlib.h>
#include <string.h>

/*
 * Which rules stand behind what the rules moved: both rule sets judged the same records, so that
 * whatever differs between their tallies is by rules.
 */

struct causes {
    struct mop_arena *a;
    const struct mop_ruleset *then, *now;
    bool same_text;
    bool same_checks; /* at most the population is another */
    struct weighed {
        struct mop_cause cause;
        uint64_t by; /* so many records more or fewer */
    } * list;
    size_t n, cap;
};
/* A record type by both rule sets. */
struct both {
    const struct mop_type_result *then, *now;
    bool other_records;    /* other records are assessed */
    bool other_population; /* ... and others are excluded */
};
/* A check by both; NULL: there is none. */
struct pair {
    const struct mop_check *then, *now;
    const struct mop_rule_tally *was, *is;
};

static void add(struct causes *x, int how, struct mop_sv record, struct mop_sv id,
                struct mop_sv what, int32_t since, uint64_t by)
{
    MOP_GROW(x->list, x->n, x->cap);
    struct weighed *w = &x->list[x->n++];
    *w = (struct weighed){{.record = record, .id = id, .what = what, .since = since}, by};
    w->cause.how = how;
}

static uint64_t apart(uint64_t a, uint64_t b)
{
    return a > b ? a - b : b - a;
}

/* ---- dates that passed between the two ---- */

/* The day on which the window was entered or left on the way from one to the other. */
static int32_t crossed(const struct causes *x, const struct mop_window *w)
{
    bool was = mop_log_inside(x->then, w), is = mop_log_inside(x->now, w);
    if (was == is)
        return INT32_MIN;
    return is ? w->from : w->until + 1;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t term_came(const struct causes *x, const struct mop_term *t)
{
    int32_t since = t->has_valid ? crossed(x, &t->valid) : INT32_MIN;
    return t->expired && t->provisional_until >= x->then->as_of.day
               ? later(since, t->provisional_until + 1)
               : since;
}

static int32_t phase_came(const struct causes *x, const struct mop_check *c)
{
    return c->phase_ended != INT32_MIN && c->phase_ended >= x->then->as_of.day ? c->phase_ended + 1
                                                                               : INT32_MIN;
}

/* The last day that made the check judge otherwise, if no word of it was touched. */
static int32_t day_came(const struct causes *x, const struct mop_check *c)
{
    int32_t since = later(phase_came(x, c), crossed(x, &c->applies));
    const struct mop_vocabulary *v = c->field ? c->field->vocabulary : NULL;
    for (size_t i = 0; v && i < v->nterms; i++)
        since = later(since, term_came(x, v->terms[i]));
    return x->same_text || x->same_checks ? since : INT32_MIN;
}

/* ---- checks ---- */

static bool found_any(const struct mop_rule_tally *t)
{
    return t->failed || t->undecided;
}

static bool same_values(struct causes *x, const struct mop_rule_tally *a,
                        const struct mop_rule_tally *b)
{
    if (a->nvalues != b->nvalues)
        return false;
    const struct mop_rule_value **v = mop_sorted_values(x->a, a), **w = mop_sorted_values(x->a, b);
    for (size_t i = 0; i < a->nvalues; i++)
        if (v[i]->count != w[i]->count || !mop_sv_eq(v[i]->value, w[i]->value))
            return false;
    return true;
}

/* It judges as it did, and what it fails differs by the records that it sees. */
static bool by_population(const struct causes *x, const struct both *y, const struct mop_check *c)
{
    return y->other_population && x->same_checks && day_came(x, c) == INT32_MIN;
}

/* Who passes more or fewer moves no score, unless it is by that that records are assessed; where
 * others are excluded, more or fewer pass anyway. */
static bool same_tally(struct causes *x, const struct both *y, const struct pair *p)
{
    return (!y->other_records || y->other_population || p->was->applied == p->is->applied) &&
           p->was->failed == p->is->failed && p->was->undecided == p->is->undecided &&
           same_values(x, p->was, p->is);
}

static struct mop_sv count(struct causes *x, uint64_t n)
{
    return mop_shown_count(x->a, n);
}

/* "12 of 90 fail, 3 of 80 by the earlier rules; of 4 it cannot be told" */
static struct mop_sv counts(struct causes *x, const struct pair *p)
{
    if (p->is->failed == p->was->failed && p->is->undecided == p->was->undecided &&
        p->is->applied == p->was->applied)
        return mop_arena_printf(x->a, "%.*s of %.*s fail, as many others by the earlier rules",
                                MOP_SV_ARG(count(x, p->is->failed)),
                                MOP_SV_ARG(count(x, p->is->applied)));
    struct mop_sv text = mop_arena_printf(
        x->a, "%.*s of %.*s fail, %.*s of %.*s by the earlier rules",
        MOP_SV_ARG(count(x, p->is->failed)), MOP_SV_ARG(count(x, p->is->applied)),
        MOP_SV_ARG(count(x, p->was->failed)), MOP_SV_ARG(count(x, p->was->applied)));
    if (p->is->undecided != p->was->undecided)
        text = mop_arena_printf(
            x->a, "%.*s; of %.*s it cannot be told, of %.*s by the earlier ones", MOP_SV_ARG(text),
            MOP_SV_ARG(count(x, p->is->undecided)), MOP_SV_ARG(count(x, p->was->undecided)));
    return text;
}

static struct mop_sv judged_words(struct causes *x, const struct both *y, const struct pair *p)
{
    const struct mop_field *f = p->now->field, *g = p->then->field;
    struct mop_sv text = counts(x, p);
    if (f && g && f->not_expected != g->not_expected)
        text = mop_arena_printf(x->a, "its column is %s; %.*s",
                                f->not_expected ? "expected no more" : "expected now",
                                MOP_SV_ARG(text));
    if (y->other_population)
        text = mop_arena_printf(x->a, "%.*s; also, other records are excluded", MOP_SV_ARG(text));
    return text;
}

static const char *severity_of(const struct mop_check *c)
{
    return c->severity == MOP_SEV_ERROR ? "an error" : "a warning";
}

static struct mop_sv filed_words(struct causes *x, const struct pair *p)
{
    const struct mop_check *was = p->then, *is = p->now;
    struct mop_sv who = MOP_SV("");
    if (!mop_sv_eq(was->owner, is->owner))
        who = mop_arena_printf(x->a, "owner %.*s then, %.*s now",
                               MOP_SV_ARG(was->owner.n ? was->owner : MOP_SV("nobody")),
                               MOP_SV_ARG(is->owner.n ? is->owner : MOP_SV("nobody")));
    if (was->dimension == is->dimension)
        return who;
    return mop_arena_printf(x->a, "%.*s%sanother dimension", MOP_SV_ARG(who), who.n ? ", " : "");
}

/* Only errors decide of scores. */
static void compare_check(struct causes *x, const struct both *y, const struct pair *p)
{
    const struct mop_check *c = p->now ? p->now : p->then;
    struct mop_sv record = y->now->record->name;
    bool told = y->other_records || (p->is && found_any(p->is)) || (p->was && found_any(p->was));
    if (!p->was && p->is && c->severity == MOP_SEV_ERROR && told) {
        add(x, MOP_CAUSE_NEW, record, c->id,
            mop_arena_printf(x->a, "%.*s of %.*s fail", MOP_SV_ARG(count(x, p->is->failed)),
                             MOP_SV_ARG(count(x, p->is->applied))),
            phase_came(x, c), p->is->failed + p->is->undecided);
    } else if (!p->is && p->was && c->severity == MOP_SEV_ERROR && told) {
        add(x, MOP_CAUSE_GONE, record, c->id,
            mop_arena_printf(x->a, "%.*s of %.*s failed it", MOP_SV_ARG(count(x, p->was->failed)),
                             MOP_SV_ARG(count(x, p->was->applied))),
            INT32_MIN, p->was->failed + p->was->undecided);
    } else if (p->is && p->was && p->now->severity != p->then->severity && told) {
        add(x, MOP_CAUSE_SEVERITY, record, c->id,
            mop_arena_printf(
                x->a, "%s then, %s now%s: %.*s of %.*s fail", severity_of(p->then), severity_of(c),
                phase_came(x, c) == INT32_MIN ? "" : ", as its phase-in ended",
                MOP_SV_ARG(count(x, p->is->failed)), MOP_SV_ARG(count(x, p->is->applied))),
            phase_came(x, c), p->is->failed + p->is->undecided);
    } else if (p->is && p->was && c->severity == MOP_SEV_ERROR && !same_tally(x, y, p) &&
               !by_population(x, y, c)) {
        add(x, MOP_CAUSE_JUDGES, record, c->id, judged_words(x, y, p), day_came(x, c),
            apart(p->is->failed + p->is->undecided, p->was->failed + p->was->undecided));
    } else if (p->is && p->was && c->severity == MOP_SEV_ERROR && told && filed_words(x, p).n) {
        add(x, MOP_CAUSE_FILED, record, c->id, filed_words(x, p), INT32_MIN, 0);
    }
}

static const struct mop_check *find_check(const struct mop_record *r, struct mop_sv id)
{
    for (size_t i = 0; id.n && i < r->nchecks; i++)
        if (mop_sv_eq(r->checks[i]->id, id))
            return r->checks[i];
    return NULL;
}

static const struct mop_check *renamed_to(const struct mop_record *r, struct mop_sv id)
{
    for (size_t i = 0; i < r->nchecks; i++)
        if (mop_sv_eq(r->checks[i]->renamed_from, id))
            return r->checks[i];
    return NULL;
}

static void compare_checks(struct causes *x, const struct both *y)
{
    const struct mop_record *now = y->now->record, *then = y->then->record;
    for (size_t i = 0; i < now->nchecks; i++) {
        const struct mop_check *c = now->checks[i], *was = find_check(then, c->id);
        was = was ? was : find_check(then, c->renamed_from);
        compare_check(x, y,
                      &(struct pair){was, c, was ? &y->then->tally->rules_tally[was->index] : NULL,
                                     &y->now->tally->rules_tally[i]});
    }
    for (size_t i = 0; i < then->nchecks; i++) {
        const struct mop_check *c = then->checks[i];
        if (!find_check(now, c->id) && !renamed_to(now, c->id))
            compare_check(x, y, &(struct pair){c, NULL, &y->then->tally->rules_tally[i], NULL});
    }
}

/* ---- what else decides which records count, and for how much ---- */

/* Are they written alike? */
static bool same_node(const struct mop_node *a, const struct mop_node *b)
{
    struct mop_buf x, y;
    if (!a || !b)
        return a == b;
    mop_buf_init(&x, SIZE_MAX);
    mop_buf_init(&y, SIZE_MAX);
    mop_yaml_flow(&x, a);
    mop_yaml_flow(&y, b);
    bool same = mop_sv_eq(mop_buf_view(&x), mop_buf_view(&y));
    mop_buf_release(&x);
    mop_buf_release(&y);
    return same;
}

/* An exclusion of a type, and how many records it took; NULL: there is none. */
static const struct mop_exclude *exclusion(const struct mop_type_result *y, struct mop_sv id,
                                           uint64_t *records)
{
    *records = 0;
    for (size_t i = 0; i < y->record->nexcludes; i++)
        if (mop_sv_eq(y->record->excludes[i].id, id)) {
            *records = y->tally->excluded[i];
            return &y->record->excludes[i];
        }
    return NULL;
}

static void compare_exclusion(struct causes *x, const struct both *y, struct mop_sv id)
{
    uint64_t was, is;
    const struct mop_exclude *then = exclusion(y->then, id, &was),
                             *now = exclusion(y->now, id, &is);
    bool same = then && now && same_node(then->where_node, now->where_node);
    if (was == is && (same || !is))
        return;
    add(x, MOP_CAUSE_EXCLUDES, y->now->record->name, id,
        mop_arena_printf(x->a, "it takes %.*s out, %.*s by the earlier rules",
                         MOP_SV_ARG(mop_shown_records(x->a, is, MOP_SV(""))),
                         MOP_SV_ARG(was == is ? MOP_SV("as many others") : count(x, was))),
        INT32_MIN, was == is ? is : apart(is, was));
}

static void compare_exclusions(struct causes *x, const struct both *y)
{
    const struct mop_record *now = y->now->record, *then = y->then->record;
    uint64_t n;
    for (size_t i = 0; i < now->nexcludes; i++)
        compare_exclusion(x, y, now->excludes[i].id);
    for (size_t i = 0; i < then->nexcludes; i++)
        if (!exclusion(y->now, then->excludes[i].id, &n))
            compare_exclusion(x, y, then->excludes[i].id);
}

#define OTHER_MONEY                                                                                \
    MOP_SV("money is counted otherwise: its field, its `where`, its currency or rates")

static void compare_weight(struct causes *x, const struct both *y)
{
    const struct mop_score_pair *was = &y->then->overall, *is = &y->now->overall;
    const struct mop_record *r = y->now->record;
    if (y->other_records || (y->other_population && x->same_checks) ||
        (was->has_value == is->has_value && was->value.assessed == is->value.assessed))
        return;
    add(x, MOP_CAUSE_WEIGHT, r->name, r->nweights ? r->weights[0]->field->name : MOP_SV(""),
        OTHER_MONEY, INT32_MIN, 0);
}

/* ---- reports ---- */

static bool has_field(const struct mop_need *n, struct mop_sv name)
{
    for (size_t i = 0; i < n->nfields; i++)
        if (mop_sv_eq(n->fields[i]->name, name))
            return true;
    return false;
}

/* ", a, b": the fields of the one that the other does not have. */
static struct mop_sv only_in(struct causes *x, const struct mop_need *n,
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
static bool only_population(const struct causes *x, struct mop_sv record)
{
    for (size_t i = 0; x->same_checks && i < x->n; i++)
        if (x->list[i].cause.how == MOP_CAUSE_EXCLUDES &&
            mop_sv_eq(x->list[i].cause.record, record))
            return true;
    return false;
}

static void compare_need(struct causes *x, struct mop_sv report, const struct mop_need_result *then,
                         const struct mop_need_result *now)
{
    if (only_population(x, now->need->record->name))
        return;
    struct mop_sv more = only_in(x, now->need, then->need),
                  less = only_in(x, then->need, now->need);
    mop_i128 was = then->score.records.assessed, is = now->score.records.assessed;
    if (more.n || less.n)
        add(x, MOP_CAUSE_NEEDS, MOP_SV(""), report,
            mop_arena_printf(x->a, "it needs%s%.*s%s%s%.*s of %.*s", more.n ? " " : "",
                             MOP_SV_ARG(more), more.n && less.n ? " now, and" : "",
                             less.n ? " no more " : "", MOP_SV_ARG(less),
                             MOP_SV_ARG(now->need->record->name)),
            INT32_MIN, 0);
    bool same = same_node(then->need->where_node, now->need->where_node);
    if (same && was == is && now->need->weight &&
        then->score.value.assessed != now->score.value.assessed)
        add(x, MOP_CAUSE_WEIGHT, MOP_SV(""), report, OTHER_MONEY, INT32_MIN, 0);
    if (!same || (was != is && then->type->tally->assessed == now->type->tally->assessed))
        add(x, MOP_CAUSE_WHERE, MOP_SV(""), report,
            mop_arena_printf(
                x->a, "it looks at %.*s, %.*s by the earlier rules",
                MOP_SV_ARG(mop_shown_records(x->a, (uint64_t)is, now->need->record->name)),
                MOP_SV_ARG(was == is ? MOP_SV("as many") : count(x, (uint64_t)was))),
            INT32_MIN, is > was ? (uint64_t)(is - was) : (uint64_t)(was - is));
}

static struct mop_sv asked(struct causes *x, const struct mop_report_spec *s)
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
static void compare_target(struct causes *x, const struct mop_report_spec *then,
                           const struct mop_report_spec *now)
{
    if (then->target_records != now->target_records || then->target_value != now->target_value)
        add(x, MOP_CAUSE_TARGET, MOP_SV(""), now->name,
            mop_arena_printf(x->a, "%.*s asked then, %.*s now", MOP_SV_ARG(asked(x, then)),
                             MOP_SV_ARG(asked(x, now))),
            INT32_MIN, UINT64_MAX);
}

static void compare_report(struct causes *x, const struct mop_report_result *then,
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
static void compare_names(struct causes *x, const struct mop_result *then,
                          const struct mop_result *now)
{
    for (size_t i = 0; i < now->nreports; i++)
        if (!has_report(then, now->reports[i].spec->name))
            add(x, MOP_CAUSE_NEW, MOP_SV(""), now->reports[i].spec->name,
                MOP_SV("a report that was not there"), INT32_MIN, UINT64_MAX);
    for (size_t i = 0; i < then->nreports; i++)
        if (!has_report(now, then->reports[i].spec->name))
            add(x, MOP_CAUSE_GONE, MOP_SV(""), then->reports[i].spec->name,
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

static struct mop_sv dataset_words(struct causes *x, const struct mop_dataset_result *d)
{
    if (!d)
        return MOP_SV("nothing");
    return mop_arena_printf(x->a, "%s%s%.*s (%s)", d->kind, d->limit.n ? " " : "",
                            MOP_SV_ARG(d->limit),
                            d->severity == MOP_SEV_ERROR ? "an error" : "a warning");
}

/* They move no score, but decisions. */
static void compare_dataset(struct causes *x, const struct mop_dataset_result *then,
                            const struct mop_dataset_result *now)
{
    const struct mop_dataset_result *any = now ? now : then;
    struct mop_sv was = dataset_words(x, then), is = dataset_words(x, now);
    if (!mop_sv_eq(was, is))
        add(x, MOP_CAUSE_DATASET, any->record->name, any->id,
            mop_arena_printf(x->a, "%.*s asked then, %.*s now", MOP_SV_ARG(was), MOP_SV_ARG(is)),
            INT32_MIN, UINT64_MAX);
}

static void compare_datasets(struct causes *x, const struct mop_result *then,
                             const struct mop_result *now)
{
    for (size_t i = 0; i < now->ndatasets; i++)
        compare_dataset(x, find_dataset(then, now->datasets[i].id), &now->datasets[i]);
    for (size_t i = 0; i < then->ndatasets; i++)
        if (!find_dataset(now, then->datasets[i].id))
            compare_dataset(x, &then->datasets[i], NULL);
}

/* ---- what is suppressed ---- */

/* What a rule of the earlier ones is called now. */
static struct mop_sv id_now(const struct causes *x, struct mop_sv id)
{
    for (size_t i = 0; i < x->now->nrecords; i++) {
        const struct mop_check *c = renamed_to(x->now->records[i], id);
        if (c)
            return c->id;
    }
    return id;
}

static bool same_reach(const struct causes *x, const struct mop_suppression *then,
                       const struct mop_suppression *now)
{
    struct mop_sv was = then->record ? then->record->name : MOP_SV("");
    struct mop_sv is = now->record ? now->record->name : MOP_SV("");
    return mop_sv_eq(was, is) &&
           (mop_sv_eq(then->rule, now->rule) || mop_sv_eq(id_now(x, then->rule), now->rule));
}

static bool same_suppression(const struct causes *x, const struct mop_suppression *then,
                             const struct mop_suppression *now)
{
    return same_reach(x, then, now) && then->until == now->until &&
           same_node(then->where_node, now->where_node);
}

/* Of the rule, in all record types. */
static uint64_t kept_back(const struct mop_result *r, struct mop_sv rule)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_check *c = find_check(r->types[i].record, rule);
        n += c ? r->types[i].tally->rules_tally[c->index].suppressed : 0;
    }
    return n;
}

static void add_kept(struct causes *x, const struct mop_result *then, const struct mop_result *now,
                     const struct mop_suppression *q, const char *what)
{
    uint64_t was = kept_back(then, q->rule), is = kept_back(now, id_now(x, q->rule));
    add(x, MOP_CAUSE_KEPT, q->record ? q->record->name : MOP_SV(""), id_now(x, q->rule),
        mop_arena_printf(x->a, "%s: %.*s finding%s kept back, %.*s by the earlier rules", what,
                         MOP_SV_ARG(count(x, is)), is == 1 ? "" : "s", MOP_SV_ARG(count(x, was))),
        INT32_MIN, UINT64_MAX);
}

/* In these rules, the very same, or one of the same rule. */
static bool has_suppression(const struct causes *x, const struct mop_ruleset *in,
                            const struct mop_suppression *q,
                            bool (*alike)(const struct causes *, const struct mop_suppression *,
                                          const struct mop_suppression *))
{
    for (size_t i = 0; i < in->nsuppressions; i++) {
        const struct mop_suppression *o = &in->suppressions[i];
        if (in == x->now ? alike(x, q, o) : alike(x, o, q))
            return true;
    }
    return false;
}

/* They move no score, but what is found. */
static void compare_suppressions(struct causes *x, const struct mop_result *then,
                                 const struct mop_result *now)
{
    for (size_t i = 0; i < x->now->nsuppressions; i++) {
        const struct mop_suppression *q = &x->now->suppressions[i];
        if (!has_suppression(x, x->then, q, same_suppression))
            add_kept(x, then, now, q,
                     has_suppression(x, x->then, q, same_reach)
                         ? "its suppression has another reach or end"
                         : "a suppression that was not there");
    }
    for (size_t i = 0; i < x->then->nsuppressions; i++)
        if (!has_suppression(x, x->now, &x->then->suppressions[i], same_reach))
            add_kept(x, then, now, &x->then->suppressions[i],
                     "a suppression that is there no more");
}

/* ---- all of it ---- */

static int by_weight(const void *p, const void *q)
{
    const struct weighed *a = p, *b = q;
    if (a->by != b->by)
        return a->by < b->by ? 1 : -1;
    int c = mop_sv_cmp(a->cause.record, b->cause.record);
    c = c ? c : mop_sv_cmp(a->cause.id, b->cause.id);
    return c ? c : (int)a->cause.how - (int)b->cause.how;
}

static void compare_types(struct causes *x, const struct mop_result *then,
                          const struct mop_result *now)
{
    for (size_t i = 0; i < now->ntypes; i++)
        for (size_t k = 0; k < then->ntypes; k++) {
            struct both y = {&then->types[k], &now->types[i], false, false};
            size_t before = x->n;
            if (!mop_sv_eq(y.then->record->name, y.now->record->name))
                continue;
            y.other_records = y.then->tally->assessed != y.now->tally->assessed;
            compare_exclusions(x, &y);
            y.other_population = x->n > before;
            compare_checks(x, &y);
            compare_weight(x, &y);
        }
}

void mop_log_causes(const struct mop_result *then, struct mop_result *now, bool same_options,
                    struct mop_since *s)
{
    struct causes x = {.a = &now->arena,
                       .then = then->rules,
                       .now = now->rules,
                       .same_text = s->same_text,
                       .same_checks = same_options && !strcmp(then->rules->checks_digest,
                                                              now->rules->checks_digest)};
    compare_types(&x, then, now);
    for (size_t i = 0; i < now->nreports; i++)
        for (size_t k = 0; k < then->nreports; k++)
            if (mop_sv_eq(now->reports[i].spec->name, then->reports[k].spec->name))
                compare_report(&x, &then->reports[k], &now->reports[i]);
    compare_names(&x, then, now);
    compare_datasets(&x, then, now);
    compare_suppressions(&x, then, now);
    if (x.n)
        qsort(x.list, x.n, sizeof *x.list, by_weight);
    struct mop_cause *list = mop_arena_array(x.a, x.n + 1, sizeof *list);
    for (size_t i = 0; i < x.n; i++)
        list[i] = x.list[i].cause;
    s->causes = list;
    s->ncauses = x.n;
    free(x.list);
}

int mop_log_put_causes(struct mop_log *l, const struct mop_since *s, struct mop_err *e)
{
    for (size_t i = 0; s && i < s->ncauses; i++) {
        const struct mop_cause *c = &s->causes[i];
        if (mop_db_run(l, e, "INSERT INTO cause VALUES(?,?,?,?,?,?,NULLIF(?,-2147483648))",
                       "iitsssi", l->run, (int64_t)i, mop_cause_names[c->how], c->record, c->id,
                       c->what, (int64_t)c->since))
            return -1;
    }
    return 0;
}

static int how_of(struct mop_sv name)
{
    int how = MOP_CAUSE_TARGET;
    while (how > 0 && !mop_sv_eqs(name, mop_cause_names[how]))
        how--;
    return how;
}

int mop_log_read_causes(struct mop_log *l, struct mop_arena *a, int64_t run, struct mop_cause *list,
                        size_t *n, size_t most, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT how, record, id, what, coalesce(since,-2147483648) FROM cause WHERE run=?"
        " ORDER BY seq",
        "i", run);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        if (*n == most)
            continue;
        struct mop_cause *c = &list[(*n)++];
        *c = (struct mop_cause){.record = mop_db_text(a, st, 1),
                                .id = mop_db_text(a, st, 2),
                                .what = mop_db_text(a, st, 3),
                                .since = (int32_t)mop_db_int(st, 4),
                                .run = run};
        c->how = how_of(mop_db_text(a, st, 0));
    }
    return more;
}
