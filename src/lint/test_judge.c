/* SPDX-License-Identifier: MIT */
#include "lint/test_parts.h"
#include "pipeline.h"
#include <stdlib.h>

/* One run of the pipeline, the same that `check` takes, with ears for its verdicts. */

/* The case that a record of the run belongs to; SIZE_MAX: none. */
static size_t owner_of(const struct mop_test_run *t, size_t source, uint64_t record)
{
    const struct mop_test_source *s = source < t->nsources ? &t->sources[source] : &t->from_file;
    return record && record <= s->n ? s->rows[record - 1].owner : SIZE_MAX;
}

static struct mop_asked *ask_unexpected(struct mop_test_run *t, size_t owner,
                                        const struct mop_check *c)
{
    return mop_test_ask(t, owner,
                        &(struct mop_asked){.check = c,
                                            .id = c->id,
                                            .expected = MOP_PASS,
                                            .unexpected = true,
                                            .at = t->cases[owner].at,
                                            .span = 1});
}

static bool wants(void *ctx, const struct mop_check *c, size_t source, uint64_t record)
{
    struct mop_test_run *t = ctx;
    size_t owner = owner_of(t, source, record);
    return owner != SIZE_MAX && (t->cases[owner].fixture || mop_test_find(t, owner, c));
}

static int finding(void *ctx, const struct mop_finding *f, struct mop_err *e)
{
    struct mop_test_run *t = ctx;
    size_t owner = owner_of(t, f->source, f->record);
    struct mop_asked *a = mop_test_find(t, owner, f->check);
    (void)e;
    if (!a && f->undecided)
        return 0;
    if (!a)
        a = ask_unexpected(t, owner, f->check);
    a->message = mop_arena_copy(&t->arena, f->message);
    return 0;
}

static void looked(void *ctx, struct mop_judge *j)
{
    struct mop_test_run *t = ctx;
    if (owner_of(t, j->source, j->row->record) != SIZE_MAX)
        mop_coverage_record(t->coverage, j);
}

static enum mop_outcome outcome(const struct mop_judged *r, size_t check)
{
    if (r->excluded)
        return MOP_NA;
    if (mop_bit_get(r->fail, check))
        return MOP_FAIL;
    if (mop_bit_get(r->undecided, check))
        return MOP_UNDECIDED;
    return mop_bit_get(r->applied, check) ? MOP_PASS : MOP_NA;
}

static bool asks_for_failure(const struct mop_test_run *t, size_t owner)
{
    size_t i = t->cases[owner].first;
    while (i != SIZE_MAX && (t->asked[i].unexpected || t->asked[i].expected != MOP_FAIL))
        i = t->asked[i].next;
    return i != SIZE_MAX;
}

/*
 * A row of a fixture says all that fails: what it does not name has to pass, or not to apply.
 * Beside a failure that it names others may stay undecided: that is of the same defect.
 */
static void rest_of_row(struct mop_test_run *t, size_t owner, const struct mop_judged *r)
{
    bool defect = asks_for_failure(t, owner);
    for (size_t i = 0; !r->excluded && i < r->type->nchecks; i++) {
        const struct mop_check *c = r->type->checks[i];
        enum mop_outcome o = outcome(r, i);
        if (o == MOP_NA || (o == MOP_UNDECIDED && defect) || mop_test_find(t, owner, c))
            continue;
        if (o == MOP_PASS)
            mop_coverage_check(t->coverage, c, false);
        else
            ask_unexpected(t, owner, c);
    }
}

/* ---- why a rule does not apply ---- */

static struct mop_sv blank_field(struct mop_judge *j, const struct mop_expr *e)
{
    struct mop_sv name = MOP_SV_NONE;
    for (size_t i = 0; e->op == MOP_OP_TEST && !name.p && i < e->test->nfields; i++)
        if (MOP_IS_BLANK(j->entries[e->test->fields[i]->index]->v.state))
            name = e->test->fields[i]->name;
    for (size_t i = 0; !name.p && i < e->n; i++)
        name = blank_field(j, e->kids[i]);
    return name;
}

static struct mop_sv why_not(struct mop_test_run *t, struct mop_judge *j, const struct mop_check *c)
{
    struct mop_sv blank = blank_field(j, c->assert_);
    if (j->when.day < c->applies.from || j->when.day > c->applies.until)
        return MOP_SV("the record's date is not one it applies to");
    if (mop_judge_applies(j, c) == MOP_NA)
        return MOP_SV("its 'when' is false");
    if (blank.p)
        return mop_arena_printf(&t->arena, "'%.*s' is blank", MOP_SV_ARG(blank));
    return MOP_SV("another rule refuses the value first");
}

/* Of a group of equal records all but one fail: it may be the one that only stands beside. Whatever
 * has records beside it is the last case, in a run of its own. */
static void judged_beside(struct mop_test_run *t, const struct mop_judged *r)
{
    size_t i = t->ncases && !t->fixture ? t->cases[t->ncases - 1].first : SIZE_MAX;
    for (; i != SIZE_MAX; i = t->asked[i].next) {
        struct mop_asked *a = &t->asked[i];
        if (a->check && a->check->record == r->type && outcome(r, a->check->index) == MOP_FAIL)
            a->beside = true;
    }
}

static void judged(void *ctx, const struct mop_judged *r)
{
    struct mop_test_run *t = ctx;
    size_t owner = owner_of(t, r->source, r->record);
    if (owner == SIZE_MAX) {
        judged_beside(t, r);
        return;
    }
    t->cases[owner].excluded = r->excluded;
    if (t->cases[owner].fixture)
        rest_of_row(t, owner, r);
    for (size_t i = t->cases[owner].first; i != SIZE_MAX; i = t->asked[i].next) {
        struct mop_asked *a = &t->asked[i];
        enum mop_outcome o = a->check ? outcome(r, a->check->index) : MOP_NA;
        a->got = o > a->got ? o : a->got; /* of several records the worst */
        if (a->got == MOP_NA && a->expected != MOP_NA && a->check && a->check->assert_ && r->judge)
            a->message = why_not(t, r->judge, a->check);
    }
}

/* ---- the run ---- */

static int run(struct mop_test_run *t, struct mop_pipeline_source *sources, size_t n,
               struct mop_err *e)
{
    struct mop_finding_sink sink = {finding, t, wants, looked, judged};
    struct mop_pipeline_options o = {.rules = t->rules,
                                     .exporters = t->o->exporters,
                                     .sources = sources,
                                     .nsources = n,
                                     .show_values = true, /* the author's own, of a rule file */
                                     .sink = &sink};
    struct mop_pipeline *p = mop_pipeline_run(&o, NULL, e);
    mop_pipeline_free(p);
    if (p && t->file_err.code)
        *e = t->file_err;
    return p && !t->file_err.code ? 0 : -1;
}

static size_t open_given(struct mop_test_run *t, struct mop_pipeline_source *sources)
{
    for (size_t i = 0; i < t->nsources; i++) {
        const char *record = mop_arena_str(&t->arena, t->sources[i].record->name);
        sources[i] = (struct mop_pipeline_source){
            .name = record, .record = record, .ready = mop_test_source_open(&t->sources[i])};
    }
    return t->nsources;
}

int mop_test_judge(struct mop_test_run *t, struct mop_err *e)
{
    const struct mop_rule_test *fixture = t->fixture;
    struct mop_source *file = fixture ? mop_test_fixture_open(t, e) : NULL;
    if (fixture && !file)
        return -1;
    struct mop_pipeline_source *sources = mop_calloc(t->nsources + 1, sizeof *sources);
    size_t n = open_given(t, sources);
    if (fixture)
        sources[n++] =
            (struct mop_pipeline_source){.name = fixture->file,
                                         .record = mop_arena_str(&t->arena, fixture->record->name),
                                         .ready = file};
    int rc = run(t, sources, n, e);
    free(sources);
    return rc;
}
