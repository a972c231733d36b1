/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/args.h"
#include "rules/items.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* The ladder of a field with a vocabulary: each rung is a check with its own id and severity. */

static const struct mop_kind *const rungs[] = {
    &mop_kind_whitespace, &mop_kind_case,        &mop_kind_separator, &mop_kind_alias,
    &mop_kind_deprecated, &mop_kind_provisional, &mop_kind_vocabulary};

static bool any_deprecated(const struct mop_vocabulary *v)
{
    for (size_t i = 0; i < v->nterms; i++)
        if (v->terms[i]->has_valid || v->terms[i]->use)
            return true;
    return false;
}

static bool any_provisional(const struct mop_vocabulary *v)
{
    for (size_t i = 0; i < v->nterms; i++)
        if (v->terms[i]->provisional)
            return true;
    return false;
}

/* Rungs that no value can be on are left out. */
static bool any_alias(const struct mop_vocabulary *v)
{
    for (size_t i = 0; i < v->nterms; i++)
        if (v->terms[i]->naliases)
            return true;
    return false;
}

static bool has_rung(const struct mop_vocabulary *v, const struct mop_kind *k)
{
    if (k == &mop_kind_whitespace)
        return v->fold & MOP_FOLD_BLANKS;
    if (k == &mop_kind_case)
        return v->fold & MOP_FOLD_CASE;
    if (k == &mop_kind_separator)
        return v->fold & MOP_FOLD_SEPARATORS;
    if (k == &mop_kind_alias)
        return any_alias(v);
    if (k == &mop_kind_deprecated)
        return any_deprecated(v);
    if (k == &mop_kind_provisional)
        return any_provisional(v);
    return true;
}

/* Of the long form of `vocabulary` a rung takes what is about all of the field: when, applies,
 * owner, fixed_by, tags, why, severity. */
static void options_of_rung(struct mop_loader *l, struct mop_check *c, const struct mop_node *opts)
{
    static const char *const shared[] = {"severity", "when", "applies", "owner",
                                         "fixed_by", "tags", "why",     "phase_in"};
    struct mop_node some = *opts;
    some.key = mop_arena_array(l->a, sizeof shared / sizeof *shared, sizeof *some.key);
    some.item = mop_arena_array(l->a, sizeof shared / sizeof *shared, sizeof *some.item);
    some.n = 0;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        long k = mop_node_index(opts, mop_sv_of(shared[i]));
        if (k < 0)
            continue;
        some.key[some.n] = opts->key[k];
        some.item[some.n++] = opts->item[k];
    }
    enum mop_severity own = c->final_severity;
    mop_check_options(l, c, &some);
    if (own < c->final_severity)
        c->final_severity = own; /* deprecated and provisional stay warnings */
}

/* The `case:` beside a vocabulary (or NULL) says what rung .case is like; the severity it says, or
 * `said`. */
static const struct mop_node *options_of_case(struct mop_loader *l, struct mop_check *c,
                                              const struct mop_node *n, const struct mop_node *said)
{
    if (!n || n->null)
        return said;
    c->at = n->at;
    if (n->kind != MOP_MAPPING)
        return said;
    mop_check_options(l, c, n);
    const struct mop_node *own = mop_node_get(n, "severity");
    return own ? own : said;
}

static void load_rung(struct mop_loader *l, struct mop_field_node *fn, const struct mop_kind *k,
                      const struct mop_node *opts, const struct mop_node *at)
{
    struct mop_field *f = fn->field;
    const struct mop_node *said = opts ? mop_node_get(opts, "severity") : NULL;
    const struct mop_node *id =
        opts && k == &mop_kind_vocabulary ? mop_keys_get(opts, &mop_keys_common, "id") : NULL;
    struct mop_check *c = mop_check_new(l, f->record, f, k, at ? at->at : f->at);
    struct mop_scope s = mop_scope_at(l, f->record, f, at);
    s.inline_ = true;
    c->role = MOP_CHECK_INLINE;
    c->applies = fn->applies;
    c->guard = k == &mop_kind_vocabulary;
    c->written_form = false;
    if (opts && k == &mop_kind_vocabulary)
        mop_check_options(l, c, opts);
    else if (opts)
        options_of_rung(l, c, opts);
    if (k == &mop_kind_case)
        said = options_of_case(
            l, c, fn->node && fn->node->kind == MOP_MAPPING ? mop_node_get(fn->node, "case") : NULL,
            said);
    mop_check_layer(c, at ? mop_layer_of(l, at) : fn->stages, said, l);
    c->id = id && !mop_layer_of(l, id) ? id->text : mop_check_id(l, f, k->name);
    c->assert_ = mop_expr_test(l->a, mop_compile_test(&s, k, f, NULL, NULL));
    if (f->vocabulary->from_record && f->vocabulary->from_record != f->record)
        MOP_PUSH(l->a, l->far, l->nfar, f->vocabulary->from_record);
    if (c->assert_)
        mop_check_add(l, c, at);
}

void mop_load_ladder(struct mop_loader *l, struct mop_field_node *fn, const struct mop_node *opts,
                     const struct mop_node *at)
{
    for (size_t i = 0; i < sizeof rungs / sizeof *rungs; i++)
        if (has_rung(fn->field->vocabulary, rungs[i]))
            load_rung(l, fn, rungs[i], opts, at);
}

/* ---- the same of items ---- */

static void load_items_rung(struct mop_loader *l, const struct mop_field_node *fn,
                            const struct mop_check *whole, const struct mop_kind *rung,
                            const struct mop_node *opts)
{
    const struct mop_node *said = opts ? mop_node_get(opts, "severity") : NULL;
    const struct mop_test *items = whole->assert_->test;
    struct mop_check *c = mop_check_new(l, whole->record, whole->field, items->kind, whole->at);
    struct mop_scope s = mop_scope_at(l, whole->record, whole->field, opts);
    const struct mop_vocabulary *v = mop_items_vocabulary(items);
    s.inline_ = true;
    c->role = MOP_CHECK_INLINE;
    c->applies = fn->applies;
    c->final_severity = rung->severity;
    c->dimension = rung->dimension;
    if (opts)
        options_of_rung(l, c, opts);
    if (rung == &mop_kind_case && opts)
        said = options_of_case(l, c, mop_option(mop_node_get(opts, "use"), opts, "case"), said);
    mop_check_layer(c, opts ? mop_layer_of(l, opts) : NULL, said, l);
    c->id = mop_arena_printf(l->a, "%.*s.%s", MOP_SV_ARG(whole->id), rung->name);
    c->assert_ = mop_expr_test(l->a, mop_items_rung(&s, items, rung));
    c->of_item = true;
    c->personal = items->personal;
    if (v && v->from_record && v->from_record != c->record)
        MOP_PUSH(l->a, l->far, l->nfar, v->from_record);
    if (c->assert_)
        mop_check_add(l, c, opts);
}

void mop_load_items_ladder(struct mop_loader *l, const struct mop_field_node *fn,
                           const struct mop_check *whole, const struct mop_node *opts)
{
    const struct mop_vocabulary *v = mop_items_vocabulary(whole->assert_->test);
    for (size_t i = 0; v && i < sizeof rungs / sizeof *rungs; i++)
        if (rungs[i] != &mop_kind_vocabulary && has_rung(v, rungs[i]))
            load_items_rung(l, fn, whole, rungs[i], opts);
}

/* ---- values of the vocabulary against the field's other checks ---- */

static bool is_rung(const struct mop_kind *k)
{
    for (size_t i = 0; i < sizeof rungs / sizeof *rungs; i++)
        if (rungs[i] == k)
            return true;
    return false;
}

/*
 * Checks that every value of the vocabulary has to pass: of the value alone, of every record. A
 * warning may well advise against a value that is allowed; how a value is written is never advice.
 * in_group is there to take only some of the values.
 */
static bool judges_values(const struct mop_check *c)
{
    const struct mop_test *t =
        c->assert_ && c->assert_->op == MOP_OP_TEST ? c->assert_->test : NULL;
    return t && t->kind->value && !(t->kind->flags & (MOP_K_ROW | MOP_K_CROSS | MOP_K_BLANK)) &&
           !is_rung(t->kind) && t->kind != &mop_kind_in_group && !c->when &&
           !mop_check_windowed(c) && (c->written_form || c->final_severity == MOP_SEV_ERROR);
}

static bool refuses(const struct mop_test *test, const struct mop_term *t, struct mop_run *run)
{
    if ((t->use && !t->has_valid) || t->expired)
        return false;
    struct mop_cell cell = {.v = t->value, .presence = MOP_GIVEN};
    struct mop_value v;
    mop_value_read(test->fields[0], &cell, run, run->scratch, &v);
    if (v.state != MOP_ST_VALUE)
        return false;
    if (!v.known && (t->provisional || test->kind->flags & MOP_K_MEANT || test->meant))
        return false;
    return test->kind->value(test, &v, run) == MOP_FAIL;
}

static void tell_refused(struct mop_loader *l, struct mop_loc place, const struct mop_test *test,
                         const struct mop_term *t)
{
    struct mop_node at = {.at = place, .span = 1};
    mop_scope_fault(&l->scope, "refused-value", &at,
                    "'%s' refuses '%.*s', a value of the field's vocabulary", test->kind->name,
                    MOP_SV_ARG(t->value));
    mop_scope_hint(&l->scope, "change the value or the check: a record could never pass both");
}

/* Of `items`: its tests, beside type and vocabulary, on the values of its own list. */
static void check_items(struct mop_loader *l, const struct mop_items *it, struct mop_run *run)
{
    const struct mop_vocabulary *v = it->item->vocabulary;
    for (size_t i = 0; v && i < it->n; i++) {
        const struct mop_test *t = it->tests[i];
        size_t told = 0;
        bool judges = t->kind->value && t->kind != &mop_kind_in_group && !is_rung(t->kind);
        for (size_t k = 0; judges && k < v->nterms && told < 3; k++)
            if (refuses(t, v->terms[k], run)) {
                tell_refused(l, t->at, t, v->terms[k]);
                told++;
            }
    }
}

void mop_check_items(struct mop_loader *l, const struct mop_field *f)
{
    struct mop_arena scratch;
    mop_arena_init(&scratch);
    struct mop_run run = {
        .rules = l->rs, .match = mop_match_create(), .scratch = &scratch, .now_us = l->rs->now_us};
    for (size_t i = 0; i < f->nchecks; i++) {
        const struct mop_check *c = f->checks[i];
        bool items = c->assert_ && c->assert_->op == MOP_OP_TEST &&
                     (c->assert_->test->kind == &mop_kind_items ||
                      c->assert_->test->kind == &mop_kind_items_dated);
        const struct mop_items *it = items ? c->assert_->test->arg : NULL;
        if (it && !it->rung && !c->when && !mop_check_windowed(c))
            check_items(l, it, &run);
    }
    mop_match_free(run.match);
    mop_arena_release(&scratch);
}

void mop_check_canonical(struct mop_loader *l, const struct mop_field_node *fn)
{
    struct mop_field *f = fn->field;
    const struct mop_node *asked =
        fn->node && fn->node->kind == MOP_MAPPING ? mop_node_get(fn->node, "case") : NULL;
    if (asked)
        mop_check_case(&l->scope, f->vocabulary, f->fold_case, asked);
    struct mop_arena scratch;
    mop_arena_init(&scratch);
    struct mop_run run = {
        .rules = l->rs, .match = mop_match_create(), .scratch = &scratch, .now_us = l->rs->now_us};
    for (size_t i = 0; i < f->nchecks; i++) {
        const struct mop_check *c = f->checks[i];
        if (!judges_values(c))
            continue;
        size_t told = 0;
        for (size_t k = 0; k < f->vocabulary->nterms && told < 3; k++) {
            const struct mop_term *t = f->vocabulary->terms[k];
            if (!refuses(c->assert_->test, t, &run))
                continue;
            tell_refused(l, c->at, c->assert_->test, t);
            told++;
        }
    }
    mop_match_free(run.match);
    mop_arena_release(&scratch);
}
