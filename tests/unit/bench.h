/* SPDX-License-Identifier: MIT */
#ifndef MOP_UNIT_BENCH_H
#define MOP_UNIT_BENCH_H
/* One record under a rule set, judged check by check without the judge: what kinds say by
 * themselves. */
#include "rules.h"
#include "base/utf8.h"
#include "rules/derive.h"
#include "rules/kind_url.h"

struct bench {
    struct rules r;
    struct mop_ruleset *rs;
    const struct mop_record *record;
    struct mop_run run;
    struct mop_arena scratch;
    struct mop_value values[64]; /* by field index */
    struct mop_buf message, proposal;
    struct mop_words words;
};

static inline const struct mop_value **bench_gather(struct bench *b, const struct mop_test *t)
{
    const struct mop_value **v = mop_arena_array(&b->scratch, t->nfields + 1, sizeof *v);
    for (size_t i = 0; i < t->nfields; i++)
        v[i] = &b->values[t->fields[i]->index];
    return v;
}

/* The gates of kind.h: a test is asked only what it says it answers. */
static inline enum mop_outcome bench_test(const struct mop_test *t, void *ctx)
{
    struct bench *b = ctx;
    const struct mop_value **v = bench_gather(b, t);
    unsigned flags = t->kind->flags;
    for (size_t i = 0; i < t->nfields; i++)
        if (MOP_IS_BLANK(v[i]->state) && (!(flags & MOP_K_BLANK) || i < t->kind->leading))
            return MOP_NA;
    if (t->kind->idle && t->kind->idle(t, v))
        return MOP_NA;
    for (size_t i = 0; i < t->nfields; i++) {
        if (v[i]->state < MOP_ST_ABSENT)
            return MOP_UNDECIDED;
        bool meant = t->meant || flags & MOP_K_MEANT;
        if (meant && v[i]->state == MOP_ST_VALUE && !v[i]->known &&
            (flags & MOP_K_ROW || !(flags & MOP_K_BLANK)))
            return MOP_UNDECIDED;
    }
    if (flags & MOP_K_CROSS) {
        mop_buf_reset(&b->message);
        mop_buf_reset(&b->proposal);
        return t->kind->key(t, v, &b->run, &b->message, &b->proposal);
    }
    return flags & MOP_K_ROW ? t->kind->row(t, v, &b->run) : t->kind->value(t, v[0], &b->run);
}

static inline enum mop_truth bench_truth(const struct mop_test *t, void *ctx)
{
    static const enum mop_truth by[] = {[MOP_NA] = MOP_FALSE,
                                        [MOP_PASS] = MOP_TRUE,
                                        [MOP_UNDECIDED] = MOP_UNKNOWN,
                                        [MOP_FAIL] = MOP_FALSE};
    return by[bench_test(t, ctx)];
}

static inline enum mop_truth bench_condition(struct mop_run *run, const struct mop_expr *e)
{
    return mop_expr_truth(e, bench_truth, run->judge);
}

static inline enum mop_outcome bench_applies(struct mop_run *run, const struct mop_check *c)
{
    static const enum mop_outcome by[] = {
        [MOP_FALSE] = MOP_NA, [MOP_UNKNOWN] = MOP_UNDECIDED, [MOP_TRUE] = MOP_PASS};
    return c->when ? by[bench_condition(run, c->when)] : MOP_PASS;
}

static inline struct mop_sv bench_show(struct mop_words *w, const struct mop_field *f,
                                       struct mop_sv value)
{
    (void)w;
    return f && f->personal ? MOP_SV("***") : value;
}

static inline void bench_open(struct bench *b, const char *yaml)
{
    memset(b, 0, sizeof *b);
    b->rs = rules_of(&b->r, yaml);
    b->record = b->rs->records[0];
    mop_arena_init(&b->scratch);
    mop_buf_init(&b->message, 1 << 16);
    mop_buf_init(&b->proposal, 1 << 16);
    b->words =
        (struct mop_words){.message = &b->message, .proposal = &b->proposal, .show = bench_show};
    b->run = (struct mop_run){.rules = b->rs,
                              .match = mop_match_create(),
                              .scratch = &b->scratch,
                              .now_us = RULES_NOW,
                              .judge = b,
                              .condition = bench_condition,
                              .applies = bench_applies,
                              .urls = mop_url_cache_create()};
}

static inline void bench_close(struct bench *b)
{
    mop_match_free(b->run.match);
    mop_url_cache_free(b->run.urls);
    mop_buf_release(&b->message);
    mop_buf_release(&b->proposal);
    mop_arena_release(&b->scratch);
    rules_end(&b->r);
}

static inline void bench_read(struct bench *b, const struct mop_field *f, struct mop_sv text)
{
    struct mop_cell cell = {.v = text, .presence = text.p ? MOP_GIVEN : MOP_ABSENT};
    mop_value_read(f, &cell, &b->run, &b->scratch, &b->values[f->index]);
}

static inline void bench_derive(struct bench *b, const struct mop_field *f)
{
    const struct mop_value *in[16];
    struct mop_sv out;
    for (size_t i = 0; i < f->derive->nfields; i++)
        in[i] = &b->values[f->derive->fields[i]->index];
    enum mop_state state = mop_derive_compute(f->derive, in, &b->run, &b->scratch, &out);
    bench_read(b, f, state == MOP_ST_VALUE ? out : MOP_SV(""));
    if (state < MOP_ST_ABSENT)
        b->values[f->index].state = state;
}

/* "email=ann@x.example|stage=lead": a field not named is empty. */
static inline void bench_record(struct bench *b, const char *cells)
{
    for (size_t i = 0; i < b->record->nfields; i++)
        bench_read(b, b->record->fields[i], MOP_SV(""));
    struct mop_sv rest = mop_sv_of(cells), cell;
    while (rest.n && mop_sv_next(&rest, '|', &cell)) {
        size_t eq = mop_sv_find(cell, '=');
        struct mop_field *f = mop_record_field(b->record, mop_sv_sub(cell, 0, eq));
        if (!f)
            fail_msg("no field in '%.*s'", MOP_SV_ARG(cell));
        bench_read(b, f, mop_sv_sub(cell, eq + 1, cell.n));
    }
    for (size_t i = 0; i < b->record->nderived; i++)
        bench_derive(b, b->record->derived[i]);
}

static inline const struct mop_check *bench_check(struct bench *b, const char *id)
{
    const struct mop_check *c = rules_check(b->rs, id);
    if (!c)
        fail_msg("no check '%s'", id);
    return c;
}

/* `when` and the assertion; windows and guards are the judge's. */
static inline enum mop_outcome bench_outcome(struct bench *b, const char *id)
{
    const struct mop_check *c = bench_check(b, id);
    enum mop_truth when = c->when ? mop_expr_truth(c->when, bench_truth, b) : MOP_TRUE;
    if (when != MOP_TRUE)
        return when == MOP_FALSE ? MOP_NA : MOP_UNDECIDED;
    return mop_expr_outcome(c->assert_, bench_test, b);
}

static inline const struct mop_test *bench_failing(struct bench *b, const struct mop_expr *e)
{
    if (e->op == MOP_OP_TEST)
        return bench_test(e->test, b) >= MOP_UNDECIDED ? e->test : NULL;
    for (size_t i = 0; i < e->n; i++) {
        const struct mop_test *t = bench_failing(b, e->kids[i]);
        if (t)
            return t;
    }
    return NULL;
}

/* The words of the first test that fails. */
static inline struct mop_sv bench_words(struct bench *b, const char *id)
{
    const struct mop_test *t = bench_failing(b, bench_check(b, id)->assert_);
    mop_buf_reset(&b->message);
    mop_buf_reset(&b->proposal);
    b->words.certain = false;
    if (t)
        t->kind->explain(t, bench_gather(b, t), &b->run, &b->words);
    return mop_buf_view(&b->message);
}

/* A row of a table: record, check, outcome; words and proposal of a failure, "!x" for a certain
 * one. NULL: not looked at. */
struct bench_row {
    const char *row, *record, *check;
    enum mop_outcome outcome;
    const char *words, *proposal;
};

static inline void bench_rows(struct bench *b, const struct bench_row *rows, size_t n)
{
    static const char *const names[] = {"na", "pass", "undecided", "fail"};
    for (size_t i = 0; i < n; i++) {
        const struct bench_row *r = &rows[i];
        mop_arena_reset(&b->scratch);
        bench_record(b, r->record);
        enum mop_outcome got = bench_outcome(b, r->check);
        if (got != r->outcome)
            fail_msg("%s: got %s, want %s", r->row, names[got], names[r->outcome]);
        if (r->words)
            check_text(r->row, bench_words(b, r->check), mop_sv_of(r->words));
        if (!r->proposal)
            continue;
        bench_words(b, r->check);
        bool certain = r->proposal[0] == '!';
        check_text(r->row, mop_buf_view(&b->proposal), mop_sv_of(r->proposal + certain));
        CHECK(r->row, b->words.certain == certain);
    }
}
#endif
