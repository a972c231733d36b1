/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/args.h"
#include "rules/items.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* The ladder of a field with a vocabulary: each rung is a check with its own id and severity. */

/* In the order of enum mop_rung. */
static const struct mop_kind *const rungs[] = {
    &mop_kind_whitespace, &mop_kind_case,        &mop_kind_separator, &mop_kind_alias,
    &mop_kind_deprecated, &mop_kind_provisional, &mop_kind_vocabulary};

bool mop_is_rung(const struct mop_kind *k)
{
    for (size_t i = 0; i < sizeof rungs / sizeof *rungs; i++)
        if (rungs[i] == k)
            return true;
    return false;
}

enum mop_rung mop_rung_of(const struct mop_check *c)
{
    const struct mop_kind *k = c->of_item ? mop_items_rung_of(c->assert_->test) : c->kind;
    bool plain = k == &mop_kind_case && !c->of_item && c->assert_->test->arg; /* no rung: a case */
    for (int i = 0; i < MOP_RUNG_PROVISIONAL - MOP_RUNG_WHITESPACE && !plain; i++)
        if (rungs[i] == k)
            return (enum mop_rung)(MOP_RUNG_WHITESPACE + i);
    return MOP_RUNG_NONE;
}

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
