/* SPDX-License-Identifier: MIT */
#include "lint/test_parts.h"
#include <stdlib.h>

/*
 * From a rule set to cases. A record's verdict hangs on that record alone, unless a rule looks at
 * others: so all cases of a record type are judged in one run, and those with such rules or with
 * records beside them in runs of their own.
 */

enum { MAX_PICKS = 100000 };

size_t mop_test_add_case(struct mop_test_run *t, const struct mop_test_case *c)
{
    MOP_GROW(t->cases, t->ncases, t->capcases);
    t->cases[t->ncases] = *c;
    t->cases[t->ncases].first = SIZE_MAX;
    return t->ncases++;
}

struct mop_asked *mop_test_ask(struct mop_test_run *t, size_t owner, const struct mop_asked *a)
{
    size_t *last = &t->cases[owner].first;
    while (*last != SIZE_MAX)
        last = &t->asked[*last].next;
    *last = t->nasked; /* before the array moves */
    MOP_GROW(t->asked, t->nasked, t->capasked);
    t->asked[t->nasked] = *a;
    t->asked[t->nasked].next = SIZE_MAX;
    return &t->asked[t->nasked++];
}

struct mop_asked *mop_test_find(struct mop_test_run *t, size_t owner, const struct mop_check *c)
{
    size_t i = t->cases[owner].first;
    while (i != SIZE_MAX && t->asked[i].check != c)
        i = t->asked[i].next;
    return i == SIZE_MAX ? NULL : &t->asked[i];
}

/* ---- lists in `values` ---- */

static size_t choices(const struct mop_node *n)
{
    return n->kind == MOP_LIST ? n->n : 1;
}

const struct mop_node *mop_given_value(const struct mop_given_record *g, size_t pick, size_t i)
{
    for (size_t k = 0; k < i; k++)
        pick /= choices(g->given[k].value);
    const struct mop_node *n = g->given[i].value;
    return n->kind == MOP_LIST ? n->item[pick % n->n] : n;
}

static size_t count_picks(const struct mop_given_record *g)
{
    size_t n = 1;
    for (size_t i = 0; i < g->n && n <= MAX_PICKS; i++)
        n *= choices(g->given[i].value);
    return n;
}

/* ---- the sources of a run ---- */

static struct mop_test_source *source_of(struct mop_test_run *t, const struct mop_record *r)
{
    for (size_t i = 0; i < t->nsources; i++)
        if (t->sources[i].record == r)
            return &t->sources[i];
    t->sources[t->nsources].record = r;
    return &t->sources[t->nsources++];
}

/* Types that the judge has to know of, empty or not: those that others look into. */
static void add_read_types(struct mop_test_run *t)
{
    for (size_t i = 0; i < t->nsources; i++) {
        const struct mop_record *r = t->sources[i].record;
        for (size_t k = 0; k < r->nreads_first; k++)
            source_of(t, r->reads_first[k]);
        for (size_t c = 0; c < r->nchecks; c++)
            for (size_t k = 0; k < r->checks[c]->nfar; k++)
                source_of(t, r->checks[c]->far[k]);
    }
}

void mop_test_add_row(struct mop_test_source *s, const struct mop_test_row *row)
{
    MOP_GROW(s->rows, s->n, s->cap);
    s->rows[s->n++] = *row;
}

static void add_row(struct mop_test_run *t, const struct mop_given_record *g, size_t pick,
                    size_t owner)
{
    mop_test_add_row(source_of(t, g->record), &(struct mop_test_row){g, pick, owner});
}

static void clear_sources(struct mop_test_run *t)
{
    for (size_t i = 0; i < t->nsources; i++) {
        free(t->sources[i].rows);
        t->sources[i] = (struct mop_test_source){0};
    }
    t->nsources = 0;
    free(t->from_file.rows);
    t->from_file = (struct mop_test_source){0};
}

static int judge_and_clear(struct mop_test_run *t, struct mop_err *e)
{
    add_read_types(t);
    int rc = t->nsources ? mop_test_judge(t, e) : 0;
    clear_sources(t);
    return rc;
}

/* ---- cases ---- */

static bool looks_at_others(const struct mop_check *c)
{
    return c && (c->cross || c->nfar);
}

static bool example_alone(const struct mop_example *x)
{
    return x->n != 1 || looks_at_others(x->check);
}

static bool test_alone(const struct mop_rule_test *x)
{
    bool alone = x->nbeside > 0 || x->file;
    for (size_t i = 0; i < x->nexpect; i++)
        alone |= looks_at_others(x->expect[i].check);
    return alone;
}

static int add_example(struct mop_test_run *t, const struct mop_example *x, struct mop_err *e)
{
    size_t owner = mop_test_add_case(t, &(struct mop_test_case){.example = x});
    mop_test_ask(t, owner,
                 &(struct mop_asked){.check = x->check,
                                     .id = x->check->id,
                                     .expected = x->fails ? MOP_FAIL : MOP_PASS,
                                     .at = x->at->at,
                                     .span = x->at->span});
    for (size_t i = 0; i < x->n; i++)
        add_row(t, &x->records[i], 0, owner);
    return example_alone(x) ? judge_and_clear(t, e) : 0;
}

static size_t add_test_case(struct mop_test_run *t, const struct mop_rule_test *x, size_t pick)
{
    size_t owner = mop_test_add_case(t, &(struct mop_test_case){.test = x, .pick = pick});
    for (size_t i = 0; i < x->nexpect; i++)
        mop_test_ask(t, owner,
                     &(struct mop_asked){.check = x->expect[i].check,
                                         .id = x->expect[i].id,
                                         .expected = x->expect[i].outcome,
                                         .at = x->expect[i].at->at,
                                         .span = x->expect[i].at->span});
    return owner;
}

static int too_many(const struct mop_test_run *t, const struct mop_rule_test *x)
{
    struct mop_diag *g = mop_diag(t->diags, MOP_FAULT, "bad-value", x->at->at, x->at->span,
                                  "the lists of this test make more than 100,000 records");
    mop_diag_hint(t->diags, g, "each list multiplies the others: split the test");
    return -1;
}

static int add_test(struct mop_test_run *t, const struct mop_rule_test *x, struct mop_err *e)
{
    size_t picks = count_picks(&x->values);
    if (picks > MAX_PICKS)
        return too_many(t, x);
    for (size_t pick = 0; pick < picks; pick++) {
        for (size_t i = 0; i < x->nbeside; i++)
            add_row(t, &x->beside[i], 0, SIZE_MAX);
        add_row(t, &x->values, pick, add_test_case(t, x, pick));
        if (test_alone(x) && judge_and_clear(t, e))
            return -1;
    }
    return 0;
}

static int add_fixture(struct mop_test_run *t, const struct mop_rule_test *x, struct mop_err *e)
{
    source_of(t, x->record);
    for (size_t i = 0; i < x->nbeside; i++)
        add_row(t, &x->beside[i], 0, SIZE_MAX);
    t->fixture = x;
    int rc = judge_and_clear(t, e);
    t->fixture = NULL;
    return rc;
}

bool mop_test_is_own(const struct mop_ruleset *rs, struct mop_loc at)
{
    for (size_t i = 0; at.file && i < rs->nfiles; i++)
        if (mop_sv_eqs(mop_sv_of(rs->files[i].path), at.file))
            return !rs->files[i].pack;
    return false;
}

/* The cases of a record type: those of one run, or those that want a run each. */
static int add_cases(struct mop_test_run *t, const struct mop_record *r, bool alone,
                     struct mop_err *e)
{
    const struct mop_ruleset *rs = t->rules;
    for (size_t i = 0; t->clock_us == INT64_MIN && i < rs->nexamples; i++) {
        const struct mop_example *x = &rs->examples[i];
        if (x->check->record == r && example_alone(x) == alone && mop_test_is_own(rs, x->at->at) &&
            add_example(t, x, e))
            return -1;
    }
    for (size_t i = 0; i < rs->nrule_tests; i++) {
        const struct mop_rule_test *x = &rs->rule_tests[i];
        if (x->record == r && x->now_us == t->clock_us && test_alone(x) == alone &&
            (x->file ? add_fixture(t, x, e) : add_test(t, x, e)))
            return -1;
    }
    return judge_and_clear(t, e);
}

int mop_test_plan(struct mop_test_run *t, struct mop_err *e)
{
    int rc = 0;
    t->sources = mop_calloc(t->rules->nrecords + 1, sizeof *t->sources);
    for (size_t r = 0; !rc && r < t->rules->nrecords; r++)
        rc = add_cases(t, t->rules->records[r], false, e) ||
             add_cases(t, t->rules->records[r], true, e);
    clear_sources(t);
    free(t->sources);
    return rc ? -1 : 0;
}
