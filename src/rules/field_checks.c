/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "values/url_checks.h"
#include <string.h>

/* The checks that stand under a field, in the order they stand there. */

/* Keys of a field that say what it is and make no check, or one made with another key. */
static bool is_check_key(struct mop_sv key, const struct mop_kind **kind)
{
    const struct mop_kind *k = mop_kind_find(key);
    if (!k || k->flags & (MOP_K_HIDDEN | MOP_K_RECORD) || !(k->flags & MOP_K_ASSERT))
        return false;
    *kind = k;
    return true;
}

static void unknown_option(struct mop_scope *s, const struct mop_kind *k,
                           const struct mop_node *key)
{
    struct mop_sv words[64];
    size_t n = 0;
    for (const struct mop_key *c = mop_keys_common.keys; c->name; c++)
        words[n++] = mop_sv_of(c->name);
    for (size_t i = 0; k->options && k->options[i].name && n < 64; i++)
        words[n++] = mop_sv_of(k->options[i].name);
    mop_scope_fault(s, "unknown-key", key, "unknown key '%.*s' in '%s'", MOP_SV_ARG(key->text),
                    k->name);
    long best = mop_suggest(key->text, words, n);
    if (best >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(words[best]));
}

static bool is_option(const struct mop_kind *k, struct mop_sv key)
{
    for (size_t i = 0; k->options && k->options[i].name; i++)
        if (mop_sv_eqs(key, k->options[i].name))
            return true;
    /* what the loader reads for a kind */
    return k == &mop_kind_template && mop_sv_eqs(key, "parts");
}

/* The long form: common keys, and the kind's own. */
static void check_long_form(struct mop_scope *s, const struct mop_kind *k, const struct mop_node *n)
{
    if (k == &mop_kind_type) {
        mop_keys_check(s, n, &mop_keys_type);
        return;
    }
    for (size_t i = 0; i < n->n; i++) {
        struct mop_sv key = n->key[i]->text;
        if (!is_option(k, key) && !mop_keys_has(&mop_keys_common, key))
            unknown_option(s, k, n->key[i]);
    }
    struct mop_node common = *n; /* shapes of the common keys alone */
    common.key = mop_arena_array(s->arena, n->n ? n->n : 1, sizeof *common.key);
    common.item = mop_arena_array(s->arena, n->n ? n->n : 1, sizeof *common.item);
    common.n = 0;
    for (size_t i = 0; i < n->n; i++) {
        if (is_option(k, n->key[i]->text) || !mop_keys_has(&mop_keys_common, n->key[i]->text))
            continue;
        common.key[common.n] = n->key[i];
        common.item[common.n++] = n->item[i];
    }
    mop_keys_check(s, &common, &mop_keys_common);
}

/* The id said in the long form, else RECORD.FIELD.what; in a field set an own id is relative. */
static void set_id(struct mop_loader *l, struct mop_check *c, const struct mop_node *opts,
                   const char *what)
{
    const struct mop_node *id = opts ? mop_keys_get(opts, &mop_keys_common, "id") : NULL;
    const struct mop_layer *layer = id ? mop_layer_of(l, id) : NULL;
    if (!id)
        c->id = mop_check_id(l, c->field, what);
    else if (!layer)
        c->id = id->text;
    else
        c->id =
            mop_arena_printf(l->a, "%.*s.%.*s%s%.*s", MOP_SV_ARG(c->record->name),
                             MOP_SV_ARG(layer->as), layer->as.n ? "." : "", MOP_SV_ARG(id->text));
}

static struct mop_check *new_inline(struct mop_loader *l, struct mop_field_node *fn,
                                    const struct mop_kind *k, struct mop_loc at)
{
    struct mop_check *c = mop_check_new(l, fn->field->record, fn->field, k, at);
    c->role = MOP_CHECK_INLINE;
    c->applies = fn->applies;
    return c;
}

/* `required: warning` is a severity, `required: true` the default one. */
static bool is_severity(const struct mop_kind *k, const struct mop_node *n)
{
    return k->flags & MOP_K_SWITCH && n->kind == MOP_SCALAR && !mop_sv_eqs(n->text, "true") &&
           !mop_sv_eqs(n->text, "false");
}

/* The expression of a check; where a kind stands for several tests, their tree. */
static struct mop_expr *compile_check(struct mop_loader *l, struct mop_field_node *fn,
                                      const struct mop_kind *k, const struct mop_node *use,
                                      const struct mop_node *opts)
{
    struct mop_scope s = mop_scope_at(l, fn->field->record, fn->field, use ? use : opts);
    s.inline_ = true;
    s.parts = fn->node && fn->node->kind == MOP_MAPPING ? mop_node_get(fn->node, "parts") : NULL;
    if (k->expand)
        // cppcheck-suppress returnDanglingLifetime ; the tree is in the arena
        return k->expand(&s, use, opts);
    return mop_expr_test(l->a, mop_compile_test(&s, k, fn->field, use, opts));
}

static void load_check(struct mop_loader *l, struct mop_field_node *fn, const struct mop_kind *k,
                       const struct mop_node *n)
{
    struct mop_scope s = mop_scope_at(l, fn->field->record, fn->field, n);
    const struct mop_node *opts = n->kind == MOP_MAPPING ? n : NULL;
    const struct mop_node *short_form = opts || is_severity(k, n) ? NULL : n;
    const struct mop_node *use = opts ? mop_node_get(opts, "use") : short_form;
    const struct mop_node *said = opts ? mop_node_get(opts, "severity") : short_form ? NULL : n;
    struct mop_check *c = new_inline(l, fn, k, n->at);
    if (opts)
        check_long_form(&s, k, opts);
    if (k == &mop_kind_required && use && mop_sv_eqs(use->text, "false"))
        return;
    if (!opts && !short_form && mop_read_severity(&s, n, &c->final_severity) != 0)
        return;
    if (opts)
        mop_check_options(l, c, opts);
    mop_check_layer(c, mop_layer_of(l, n), said, l);
    set_id(l, c, opts, k->name);
    c->asks = n;
    c->assert_ = compile_check(l, fn, k, use, opts);
    if (!c->assert_)
        return;
    c->personal = c->assert_->op == MOP_OP_TEST && c->assert_->test->personal;
    if (k == &mop_kind_items) {
        c->kind = c->assert_->test->kind; /* it may hang on the record's date */
        c->guard = mop_items_guard(c->assert_->test);
        if (!fn->field->items)
            fn->field->items = c->assert_->test;
    }
    mop_check_add(l, c, opts && mop_node_get(opts, "id") ? mop_node_get(opts, "id") : n);
    if (k == &mop_kind_items)
        mop_load_items_ladder(l, fn, c, opts);
}

/* ---- url: one check per entry ---- */

/* The entries of `url:` without the common keys that may stand beside them. */
static const struct mop_node *url_entries(struct mop_loader *l, const struct mop_node *n)
{
    const struct mop_node *use = n->kind == MOP_MAPPING ? mop_node_get(n, "use") : NULL;
    if (use || n->kind != MOP_MAPPING)
        return use ? use : n;
    struct mop_node *out = mop_arena_alloc(l->a, sizeof *out);
    *out = *n;
    out->key = mop_arena_array(l->a, n->n ? n->n : 1, sizeof *out->key);
    out->item = mop_arena_array(l->a, n->n ? n->n : 1, sizeof *out->item);
    out->n = 0;
    for (size_t i = 0; i < n->n; i++) {
        if (mop_keys_has(&mop_keys_common, n->key[i]->text))
            continue;
        out->key[out->n] = n->key[i];
        out->item[out->n++] = n->item[i];
    }
    return out;
}

static bool finds_person(const struct mop_url_subcheck *sub)
{
    const struct mop_url_check *k = mop_url_check_find(sub->id);
    return k && k->personal;
}

static void load_url_check(struct mop_loader *l, struct mop_field_node *fn,
                           const struct mop_url_subcheck *sub, const struct mop_node *n)
{
    const struct mop_node *use = sub->use;
    struct mop_check *c = new_inline(l, fn, &mop_kind_url, use ? use->at : n->at);
    struct mop_scope s = mop_scope_at(l, fn->field->record, fn->field, use ? use : n);
    const struct mop_node *said = n->kind == MOP_MAPPING ? mop_node_get(n, "severity") : NULL;
    c->final_severity = sub->severity;
    c->dimension = sub->dimension;
    if (n->kind == MOP_MAPPING)
        mop_check_options(l, c, n);
    c->examples = NULL; /* of all checks of the URL they could say nothing */
    if (use && use->kind == MOP_SCALAR && !mop_sv_eqs(use->text, "true")) {
        mop_read_severity(&s, use, &c->final_severity);
        said = use;
    } else if (use && use->kind == MOP_LIST) {
        mop_scope_fault(&s, "wrong-type", use, "a check of a URL is one alone");
        mop_scope_hint(&s, "write true, a severity, or {severity: .., when: ..}");
    } else if (use && use->kind == MOP_MAPPING) {
        mop_keys_check(&s, use, &mop_keys_common);
        mop_check_options(l, c, use);
        said = mop_node_get(use, "severity") ? mop_node_get(use, "severity") : said;
    }
    mop_check_layer(c, mop_layer_of(l, n), said, l);
    c->id = mop_check_id(l, fn->field, mop_arena_printf(l->a, "url.%.*s", MOP_SV_ARG(sub->id)).p);
    c->personal = finds_person(sub);
    c->assert_ = mop_expr_test(l->a, mop_url_test(&s, fn->field, sub));
    if (c->assert_)
        mop_check_add(l, c, use ? use : n);
}

static void load_url(struct mop_loader *l, struct mop_field_node *fn, const struct mop_node *n)
{
    struct mop_scope s = mop_scope_at(l, fn->field->record, fn->field, n);
    struct mop_url_subcheck *subs = NULL;
    size_t count = 0;
    const struct mop_node *examples = n->kind == MOP_MAPPING ? mop_node_get(n, "examples") : NULL;
    s.inline_ = true;
    if (examples) {
        mop_scope_fault(&s, "misplaced-key", examples,
                        "'examples' beside several checks: of which one they speak is not told");
        mop_scope_hint(&s, "put them under one: url: {https: {examples: ...}}");
    }
    mop_url_subchecks(&s, url_entries(l, n), &subs, &count); /* those it could read */
    for (size_t i = 0; i < count; i++)
        load_url_check(l, fn, &subs[i], n);
}

/* ---- the keys of a field ---- */

static bool all_mappings(const struct mop_node *n)
{
    for (size_t i = 0; i < n->n; i++)
        if (n->item[i]->kind != MOP_MAPPING)
            return false;
    return n->n > 0;
}

/* Several checks; or a short form that is a list, which kinds see to by themselves. */
static bool takes_list(const struct mop_kind *k, const struct mop_node *n)
{
    bool alone = k->flags & MOP_K_SWITCH || k == &mop_kind_unique;
    return alone ? all_mappings(n) : k != &mop_kind_template || n->n;
}

static void load_key(struct mop_loader *l, struct mop_field_node *fn, const struct mop_kind *k,
                     const struct mop_node *key, const struct mop_node *n)
{
    struct mop_field *f = fn->field;
    struct mop_scope s = mop_scope_at(l, f->record, f, n);
    if (n->null) {
        mop_scope_fault(&l->scope, "wrong-type", key, "'%s' has no value", k->name);
        return;
    }
    if (k == &mop_kind_vocabulary || k == &mop_kind_values) {
        bool is_long = n->kind == MOP_MAPPING && mop_node_get(n, "use");
        if (is_long)
            check_long_form(&s, k, n);
        bool second =
            k == &mop_kind_values && mop_node_get(fn->node, "vocabulary"); /* told already */
        if (f->vocabulary && !second)
            mop_load_ladder(l, fn, is_long ? n : NULL, n);
    } else if (k == &mop_kind_case && f->vocabulary) {
        if (n->kind == MOP_MAPPING) /* only says what rung .case is like: see the ladder */
            check_long_form(&s, k, n);
        const struct mop_node *word = n->kind == MOP_MAPPING ? mop_node_get(n, "use") : n;
        const char *which;
        if (word)
            mop_read_case(&s, word, &which);
    } else if (k == &mop_kind_type && !f->type) {
        return; /* text: whatever is there */
    } else if (k == &mop_kind_url) {
        load_url(l, fn, n);
    } else if (n->kind == MOP_LIST && !takes_list(k, n)) {
        mop_scope_fault(&s, "wrong-type", n,
                        "'%s' takes no list but one of checks in the long form", k->name);
        mop_scope_hint(&s, "%s: [{id: .., when: .., ..}, {..}]", k->name);
    } else if (n->kind == MOP_LIST && all_mappings(n)) {
        for (size_t i = 0; i < n->n; i++)
            load_check(l, fn, k, n->item[i]);
    } else if (k == &mop_kind_template && n->kind == MOP_LIST) {
        for (size_t i = 0; i < n->n; i++)
            load_check(l, fn, k, n->item[i]);
    } else {
        load_check(l, fn, k, n);
    }
}

/* A key of its own is required and unique, unless the field says more about either. */
static void load_key_checks(struct mop_loader *l, struct mop_field_node *fn)
{
    struct mop_record *r = fn->field->record;
    const struct mop_node *node = fn->node;
    bool part = false;
    for (size_t i = 0; i < r->nkey; i++)
        part |= r->key[i] == fn->field;
    if (!part)
        return;
    if (!node || !mop_node_get(node, "required")) {
        struct mop_check *c = new_inline(l, fn, &mop_kind_required, fn->field->at);
        c->id = mop_check_id(l, fn->field, "required");
        c->applies = MOP_WINDOW_OPEN;
        c->assert_ = compile_check(l, fn, &mop_kind_required, NULL, NULL);
        mop_check_add(l, c, NULL);
    }
    if (r->nkey == 1 && (!node || !mop_node_get(node, "unique"))) {
        struct mop_scope s = mop_scope_at(l, r, fn->field, node);
        struct mop_check *c = new_inline(l, fn, &mop_kind_unique, fn->field->at);
        c->id = mop_check_id(l, fn->field, "unique");
        c->applies = MOP_WINDOW_OPEN;
        c->assert_ = mop_expr_test(l->a, mop_unique_test(&s, r->key, 1, false, c->at));
        mop_check_add(l, c, NULL);
    }
}

void mop_load_field_checks(struct mop_loader *l, struct mop_field_node *fn)
{
    const struct mop_node *n = fn->node;
    bool mapping = n && n->kind == MOP_MAPPING && !n->null;
    load_key_checks(l, fn);
    for (size_t i = 0; mapping && i < n->n; i++) {
        const struct mop_kind *k;
        if (is_check_key(n->key[i]->text, &k))
            load_key(l, fn, k, n->key[i], n->item[i]);
    }
    bool own = mapping && (mop_node_get(n, "vocabulary") || mop_node_get(n, "values"));
    if (fn->field->vocabulary && !own) /* a lifecycle's stages */
        mop_load_ladder(l, fn, NULL, NULL);
    if (fn->field->vocabulary)
        mop_check_canonical(l, fn);
    mop_check_items(l, fn->field);
}
