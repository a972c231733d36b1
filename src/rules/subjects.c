/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <string.h>
#include "rules/args.h"
#include "rules/derive.h"
#include "rules/kinds.h"
#include "rules/stage_history.h"

/*
 * What checks speak of: their subjects (section 4 of design.md), the record types they need, and
 * the columns that are expected (paragraph "Columns").
 */

/* ---- subjects ---- */

static void add_subject(struct mop_arena *a, struct mop_check *c, struct mop_field *f)
{
    if (f->record != c->record)
        return;
    for (size_t i = 0; i < c->nsubjects; i++)
        if (c->subjects[i] == f)
            return;
    MOP_PUSH(a, c->subjects, c->nsubjects, f);
}

struct subject_pass {
    struct mop_loader *l;
    struct mop_check *c;
};

static void add_tested(struct mop_test *t, void *ctx)
{
    struct subject_pass *p = ctx;
    size_t n = t->kind == &mop_kind_unique ? ((const struct mop_unique *)t->arg)->nkey
                                           : t->nfields; /* not its `within` */
    for (size_t i = 0; i < n; i++)
        add_subject(p->l->a, p->c, t->fields[i]);
}

static void add_far(struct mop_loader *l, struct mop_check *c, struct mop_record *r)
{
    if (r == c->record)
        return;
    for (size_t i = 0; i < c->nfar; i++)
        if (c->far[i] == r)
            return;
    MOP_PUSH(l->a, c->far, c->nfar, r);
}

/* A derived subject brings what it comes from; the list grows while it is walked. */
static void close_subjects(struct mop_loader *l, struct mop_check *c)
{
    for (size_t i = 0; i < c->nsubjects; i++) {
        const struct mop_derive *d = c->subjects[i]->derive;
        for (size_t k = 0; d && k < d->nfields; k++)
            add_subject(l->a, c, d->fields[k]);
        if (d && d->lookup && d->lookup->target)
            add_far(l, c, d->lookup->target->record);
    }
}

/* A condition on a looked-up value needs the other type, too. */
static void add_read(struct mop_test *t, void *ctx)
{
    struct subject_pass *p = ctx;
    for (size_t i = 0; i < t->nfields; i++) {
        const struct mop_derive *d = t->fields[i]->derive;
        if (d && d->lookup && d->lookup->target)
            add_far(p->l, p->c, d->lookup->target->record);
    }
}

/* What comes from a personal field is personal, but for an address's domain; so are values that
 * stand in such a column. */
static void spread_personal(const struct mop_record *r)
{
    for (size_t i = 0; i < r->nfields; i++)
        if (r->fields[i]->vocabulary && r->fields[i]->vocabulary->from_field)
            r->fields[i]->personal |= r->fields[i]->vocabulary->from_field->personal;
    for (size_t i = 0; i < r->nderived; i++) {
        const struct mop_derive *d = r->derived[i]->derive;
        for (size_t k = 0; k < d->nfields && strcmp(d->kind->name, "email_domain") != 0; k++)
            r->derived[i]->personal |= d->fields[k]->personal;
    }
}

/* A did-you-mean for a reference shows a value of the other type. */
static void mark_personal(struct mop_test *t, void *ctx)
{
    if (t->kind == &mop_kind_references)
        ((struct mop_check *)ctx)->personal |=
            ((const struct mop_references_arg *)t->arg)->target->personal;
}

void mop_find_subjects(struct mop_loader *l)
{
    for (size_t i = 0; i < l->rs->nrecords; i++)
        spread_personal(l->rs->records[i]);
    for (size_t i = 0; i < l->nknown; i++) {
        struct subject_pass p = {l, l->known[i].check};
        if (!p.c)
            continue;
        mop_expr_each(p.c->assert_, mark_personal, p.c);
        mop_expr_each(p.c->assert_, add_tested, &p);
        close_subjects(l, p.c);
        mop_expr_each(p.c->when, add_read, &p);
    }
}

/* ---- expected columns ---- */

static void expect(struct mop_field *f)
{
    if (!f || f->expected)
        return;
    f->expected = true;
    for (size_t i = 0; f->derive && i < f->derive->nfields; i++)
        expect(f->derive->fields[i]);
    if (f->derive && f->derive->lookup) {
        expect(f->derive->lookup->target);
        expect(f->derive->lookup->wanted);
    }
}

static void expect_tested(struct mop_test *t, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < t->nfields; i++)
        expect(t->fields[i]);
    if (t->kind == &mop_kind_references) {
        const struct mop_references_arg *arg = t->arg;
        expect(arg->target);
    }
}

static void expect_expr(const struct mop_expr *e)
{
    mop_expr_each(e, expect_tested, NULL);
}

/* The other side of a comparison under a field: without it the check would not apply, and its loss
 * would raise a score. */
static void expect_others(struct mop_test *t, void *ctx)
{
    for (size_t i = 0; i < t->nfields; i++)
        if (t->fields[i] != ctx)
            expect(t->fields[i]);
}

static void expect_check(const struct mop_check *c)
{
    bool of_then =
        c->role == MOP_CHECK_RULE || c->role == MOP_CHECK_STAGE || c->role == MOP_CHECK_RECORD;
    expect_expr(c->when);
    if (of_then || c->kind == &mop_kind_required)
        expect_expr(c->assert_);
    else
        mop_expr_each(c->assert_, expect_others, c->field);
}

static void expect_history(const struct mop_history *h)
{
    struct mop_field *const fields[] = {h->of, h->via, h->from, h->to, h->at};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        expect(fields[i]);
}

static void expect_lifecycle(const struct mop_lifecycle *lc)
{
    expect(lc->field);
    expect(lc->restarted_at);
    for (size_t i = 0; i < lc->ndates; i++)
        expect(lc->dates[i]);
    for (size_t i = 0; i < lc->nskips; i++)
        expect_expr(lc->skips[i].when);
    if (lc->history)
        expect_history(lc->history);
}

bool mop_check_windowed(const struct mop_check *c)
{
    return c->applies.from != INT32_MIN || c->applies.until != INT32_MAX;
}

static void note_clock(struct mop_test *t, void *clocked)
{
    *(bool *)clocked |= (t->kind->flags & MOP_K_CLOCK) != 0;
}

bool mop_expr_clocked(const struct mop_expr *e)
{
    bool clocked = false;
    mop_expr_each(e, note_clock, &clocked);
    return clocked;
}

bool mop_check_clocked(const struct mop_check *c)
{
    return mop_expr_clocked(c->when) || mop_expr_clocked(c->assert_);
}

static void note_dates(const struct mop_vocabulary *v, void *asks)
{
    for (size_t i = 0; i < v->nterms; i++)
        *(bool *)asks |= v->terms[i]->has_valid;
}

/* What the record's date decides: windows of checks and of values, cohorts. */
static bool asks_for_dates(const struct mop_ruleset *rs, const struct mop_record *r)
{
    bool asks = rs->ncohorts > 0;
    for (size_t i = 0; !asks && i < r->nchecks; i++)
        asks = mop_check_windowed(r->checks[i]);
    for (size_t i = 0; !asks && i < r->nfields; i++)
        mop_field_vocabularies(r->fields[i], note_dates, &asks);
    return asks;
}

static void expect_record(const struct mop_ruleset *rs, const struct mop_record *r)
{
    if (r->dated_by && asks_for_dates(rs, r))
        expect(r->dated_by);
    for (size_t i = 0; i < r->nkey; i++)
        expect(r->key[i]);
    for (size_t i = 0; i < r->nweights; i++) {
        expect(r->weights[i]->field);
        expect(r->weights[i]->currency);
        expect_expr(r->weights[i]->where);
    }
    for (size_t i = 0; i < r->nexcludes; i++)
        expect_expr(r->excludes[i].where);
    for (size_t i = 0; i < r->nchecks; i++)
        expect_check(r->checks[i]);
    for (size_t i = 0; i < r->nlifecycles; i++)
        expect_lifecycle(r->lifecycles[i]);
    for (size_t i = 0; i < r->nfields; i++) {
        struct mop_field *f = r->fields[i];
        if (f->vocabulary)
            expect(f->vocabulary->from_field);
        if (f->expected) { /* said so: what it is derived from as well */
            f->expected = false;
            expect(f);
        }
    }
}

/* An unconditional `required` error: a report's `where` is unknown on its blanks. */
bool mop_check_requires_always(const struct mop_check *c)
{
    return c->kind == &mop_kind_required && !c->when && c->severity == MOP_SEV_ERROR;
}

static void find_required(struct mop_field *f)
{
    for (size_t i = 0; i < f->nchecks; i++)
        f->required_always |= mop_check_requires_always(f->checks[i]);
}

/*
 * A field derived from an expected one is lost with it, and its checks would not apply: the score
 * would rise. A suppression's `where` expects nothing: suppressing never moves a score.
 */
static void expect_derived(const struct mop_record *r)
{
    for (size_t i = 0; i < r->nderived; i++) {
        const struct mop_derive *d = r->derived[i]->derive;
        for (size_t k = 0; k < d->nfields; k++)
            if (d->fields[k]->expected)
                expect(r->derived[i]);
    }
}

void mop_find_expected(struct mop_loader *l)
{
    const struct mop_ruleset *rs = l->rs;
    for (size_t i = 0; i < rs->nrecords; i++) {
        expect_record(rs, rs->records[i]);
        for (size_t k = 0; k < rs->records[i]->nfields; k++)
            find_required(rs->records[i]->fields[k]);
    }
    for (size_t i = 0; i < rs->nreports; i++)
        for (size_t k = 0; k < rs->reports[i].nneeds; k++) {
            const struct mop_need *need = &rs->reports[i].needs[k];
            for (size_t f = 0; f < need->nfields; f++)
                expect(need->fields[f]);
            expect_expr(need->where);
        }
    for (size_t i = 0; i < rs->ndatasets; i++) {
        expect(rs->datasets[i].field);
        expect_expr(rs->datasets[i].where);
    }
    for (size_t i = 0; i < rs->nrecords; i++)
        expect_derived(rs->records[i]);
}

void mop_ruleset_expect(const struct mop_ruleset *rs, struct mop_field *f)
{
    if (!f->derive && !f->not_expected)
        expect(f);
    for (size_t i = 0; i < rs->nrecords; i++)
        expect_derived(rs->records[i]);
}
