/* SPDX-License-Identifier: MIT */
#include "lint/trials.h"
#include "base/map.h"
#include "lint/trial_points.h"
#include "rules/compile.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include <stdlib.h>

/* A value is worth a trial if some test tells it from those before: a field has few of them. */

enum what { A_VALUE, A_BLANK, ANOTHER }; /* the last: no value that is named */

struct subject {
    const struct mop_field *field;
    const struct mop_test **tests;
    size_t ntests, captests;
    struct choice {
        enum what what;
        struct mop_sv text;
        unsigned char *truth; /* by test */
    } * choices;
    size_t n, cap, at; /* at: that of the record being tried */
    bool constants;    /* some test names a value to compare with */
};
struct trials {
    struct mop_lint *l;
    struct mop_run *run;
    struct mop_arena arena;
    struct subject *subjects;
    size_t n, cap;
    struct mop_map by_field;   /* -> 1 + index of its subject */
    struct mop_map told_apart; /* what the tests say of the choices of the subject at hand */
    struct place {
        const struct mop_test *test;
        size_t subject, n; /* its place there */
    } * places;            /* of all tests, in the order of their addresses */
    size_t nplaces;
    bool blanks;
};

/* What a trial costs beside its tests. */
enum { TRIAL_STEPS = 30 };

static bool is_list(const struct mop_test *t)
{
    bool none_of;
    return mop_test_list(t, &none_of) != NULL;
}

static bool is_closed(const struct mop_field *f)
{
    return f->vocabulary && f->vocabulary->nterms && !f->vocabulary->from_record;
}

static bool is_pattern(const struct mop_test *t)
{
    return t->meant && (t->kind == &mop_kind_pattern || t->kind == &mop_kind_not_pattern);
}

static bool has_subject(const struct mop_test *t)
{
    return t->nfields == 1 && (mop_order_bound(t) ||
                               (t->kind->value && !(t->kind->flags & (MOP_K_ROW | MOP_K_CROSS))));
}

/* ---- what a test says of a choice ---- */

static enum mop_truth truth_of(enum mop_outcome o)
{
    return o == MOP_PASS ? MOP_TRUE : o == MOP_FAIL ? MOP_FALSE : MOP_UNKNOWN;
}

static enum mop_truth of_another(const struct mop_test *t, struct mop_run *run)
{
    struct mop_value v = {.state = MOP_ST_VALUE, .written = MOP_SV("another"), .known = false};
    if (t->kind->flags & MOP_K_BLANK)
        return truth_of(t->kind->value(t, &v, run));
    bool none_of;
    return !mop_test_list(t, &none_of) ? MOP_UNKNOWN : none_of ? MOP_TRUE : MOP_FALSE;
}

/* The clock goes on and constants stay: only what is too old for 'within' remains so. */
static enum mop_truth of_age(const struct subject *s, const struct mop_value *v,
                             const struct mop_run *run, enum mop_truth now)
{
    const struct mop_when *w = &v->typed.when;
    bool past = w->whole_day ? w->day < run->rules->now.day : w->us < run->now_us;
    return s->constants && !(past && now == MOP_FALSE) ? MOP_UNKNOWN : now;
}

static bool can_tell(const struct mop_test *t, const struct mop_value *v)
{
    return v->known && t->kind != &mop_kind_written &&
           (is_list(t) || is_closed(t->fields[0]) || is_pattern(t) || mop_lint_compares(t) ||
            t->kind->flags & MOP_K_BLANK);
}

/* Another spelling of the value may pass it. */
static bool reads_spelling(const struct mop_test *t)
{
    return !t->meant && t->kind->flags & MOP_K_WRITTEN;
}

static enum mop_truth of_value(const struct subject *s, const struct mop_test *t,
                               const struct mop_value *v, struct mop_run *run)
{
    int64_t age;
    if (v->state != MOP_ST_VALUE)
        return t->kind->flags & MOP_K_BLANK ? truth_of(t->kind->value(t, v, run)) : MOP_FALSE;
    if (!can_tell(t, v))
        return MOP_UNKNOWN;
    enum mop_truth is =
        truth_of(t->kind->row ? t->kind->row(t, &v, run) : t->kind->value(t, v, run));
    if (is == MOP_FALSE && reads_spelling(t))
        return MOP_UNKNOWN;
    return mop_test_age(t, &age) ? of_age(s, v, run, is) : is;
}

/* ---- choices ---- */

/* `v` NULL: another value than all that are named. */
static void add_choice(struct trials *k, struct subject *s, enum what what,
                       const struct mop_value *v)
{
    bool added;
    if (!mop_lint_steps(k->l, 2 * s->ntests + 1))
        return;
    struct choice c = {what, v ? mop_arena_copy(&k->arena, v->written) : MOP_SV_NONE,
                       mop_arena_alloc(&k->arena, s->ntests + 1)};
    for (size_t i = 0; i < s->ntests; i++)
        c.truth[i] = (unsigned char)(v ? of_value(s, s->tests[i], v, k->run)
                                       : of_another(s->tests[i], k->run));
    mop_arena_reset(k->run->scratch);
    mop_map_put(&k->told_apart, (struct mop_sv){(const char *)c.truth, s->ntests}, &added);
    if (!added)
        return;
    MOP_GROW(s->choices, s->n, s->cap);
    s->choices[s->n++] = c;
}

static void add_text(struct trials *k, struct subject *s, enum what what, struct mop_sv text)
{
    struct mop_cell cell = {.v = text, .presence = MOP_GIVEN};
    struct mop_value v;
    if (k->l->out_of_steps)
        return;
    mop_value_read(s->field, &cell, k->run, &k->arena, &v);
    add_choice(k, s, what, &v);
}

struct adding {
    struct trials *k;
    struct subject *s;
    bool any;
};

static void add_point(const struct mop_value *v, void *ctx)
{
    struct adding *to = ctx;
    to->any = true;
    add_choice(to->k, to->s, A_VALUE, v);
}

static void choose_listed(struct trials *k, struct subject *s)
{
    for (size_t i = 0; i < s->ntests; i++) {
        bool none_of;
        const struct mop_set *set = mop_test_list(s->tests[i], &none_of);
        for (size_t v = 0; set && v < set->n; v++)
            add_text(k, s, A_VALUE, set->list[v]);
    }
    add_choice(k, s, ANOTHER, NULL);
}

static void choose(struct trials *k, struct subject *s)
{
    bool asks_blank = k->blanks;
    struct adding to = {k, s, false};
    mop_map_reset(&k->told_apart);
    for (size_t i = 0; i < s->ntests; i++) {
        asks_blank |= (s->tests[i]->kind->flags & MOP_K_BLANK) != 0;
        s->constants |= is_list(s->tests[i]) || mop_test_bound(s->tests[i]);
    }
    if (is_closed(s->field)) {
        for (size_t i = 0; i < s->field->vocabulary->nterms; i++)
            add_text(k, s, A_VALUE, s->field->vocabulary->terms[i]->value);
    } else {
        mop_lint_each_point(k->run, &k->arena, s->field, s->tests, s->ntests, add_point, &to);
        if (!to.any)
            choose_listed(k, s);
    }
    if (asks_blank)
        add_text(k, s, A_BLANK, MOP_SV(""));
}

static struct subject *subject_of(struct trials *k, const struct mop_field *f)
{
    struct mop_sv key = mop_arena_copy(&k->arena, (struct mop_sv){(const char *)&f, sizeof f});
    uint64_t *item = mop_map_put(&k->by_field, key, NULL);
    if (!*item) {
        MOP_GROW(k->subjects, k->n, k->cap);
        k->subjects[k->n] = (struct subject){.field = f};
        *item = ++k->n;
    }
    return &k->subjects[*item - 1];
}

static void collect(struct trials *k, const struct mop_expr *e)
{
    if (e->op == MOP_OP_TEST && has_subject(e->test) && mop_lint_steps(k->l, 1)) {
        struct subject *s = subject_of(k, e->test->fields[0]);
        MOP_GROW(s->tests, s->ntests, s->captests);
        s->tests[s->ntests++] = e->test;
    }
    for (size_t i = 0; i < e->n; i++)
        collect(k, e->kids[i]);
}

/* ---- records ---- */

static int by_test(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t)((const struct place *)a)->test,
              y = (uintptr_t)((const struct place *)b)->test;
    return x < y ? -1 : x > y;
}

static void find_places(struct trials *k)
{
    size_t all = 0;
    for (size_t i = 0; i < k->n; i++)
        all += k->subjects[i].ntests;
    k->places = mop_arena_array(&k->arena, all + 1, sizeof *k->places);
    for (size_t i = 0; i < k->n; i++)
        for (size_t n = 0; n < k->subjects[i].ntests; n++)
            k->places[k->nplaces++] = (struct place){k->subjects[i].tests[n], i, n};
    qsort(k->places, k->nplaces, sizeof *k->places, by_test);
}

static enum mop_truth test(const struct mop_test *t, void *ctx)
{
    const struct trials *k = ctx;
    struct place key = {.test = t};
    const struct place *p = bsearch(&key, k->places, k->nplaces, sizeof *p, by_test);
    const struct subject *s = p ? &k->subjects[p->subject] : NULL;
    return s ? (enum mop_truth)s->choices[s->at].truth[p->n] : MOP_UNKNOWN;
}

static bool next_record(struct trials *k)
{
    for (size_t i = 0; i < k->n; i++) {
        if (++k->subjects[i].at < k->subjects[i].n)
            return true;
        k->subjects[i].at = 0;
    }
    return false;
}

static size_t width(const struct trials *k)
{
    size_t n = 1;
    for (size_t i = 0; i < k->n; i++)
        n += k->subjects[i].ntests;
    return n;
}

static enum mop_tried try_all(struct trials *k, const struct mop_expr *e)
{
    enum mop_tried best = MOP_TRIED_NEVER;
    size_t steps = width(k);
    for (size_t i = 0; i < k->n; i++)
        if (!k->subjects[i].n)
            return MOP_TRIED_UNFINISHED;
    do {
        if (!mop_lint_steps(k->l, steps))
            return MOP_TRIED_UNFINISHED;
        enum mop_truth is = mop_expr_truth(e, test, k);
        if (is == MOP_TRUE)
            return MOP_TRIED_TRUE;
        if (is == MOP_UNKNOWN)
            best = MOP_TRIED_UNKNOWN;
    } while (next_record(k));
    return best;
}

static void show(const struct trials *k, struct mop_buf *b)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct choice *c = &k->subjects[i].choices[k->subjects[i].at];
        mop_buf_printf(b, "%s%.*s is ", b->n ? ", " : "", MOP_SV_ARG(k->subjects[i].field->name));
        if (c->what == A_VALUE)
            mop_buf_printf(b, "'%.*s'", MOP_SV_ARG(c->text));
        else
            mop_buf_str(b, c->what == A_BLANK ? "blank" : "another value");
    }
}

enum mop_tried mop_lint_try(struct mop_lint *l, struct mop_run *run, const struct mop_expr *e,
                            bool blanks, struct mop_buf *shown)
{
    struct trials k = {.l = l, .run = run, .blanks = blanks};
    if (!mop_lint_steps(l, TRIAL_STEPS))
        return MOP_TRIED_UNFINISHED;
    mop_arena_init(&k.arena);
    mop_map_init(&k.by_field);
    mop_map_init(&k.told_apart);
    collect(&k, e);
    for (size_t i = 0; i < k.n; i++)
        choose(&k, &k.subjects[i]);
    find_places(&k);
    enum mop_tried is = l->out_of_steps ? MOP_TRIED_UNFINISHED : try_all(&k, e);
    if (is == MOP_TRIED_TRUE && shown)
        show(&k, shown);
    for (size_t i = 0; i < k.n; i++) {
        free(k.subjects[i].tests);
        free(k.subjects[i].choices);
    }
    free(k.subjects);
    mop_map_release(&k.by_field);
    mop_map_release(&k.told_apart);
    mop_arena_release(&k.arena);
    return is;
}
