/* SPDX-License-Identifier: MIT */
#include "lint/walk.h"
#include "base/date.h"
#include "rules/kind.h"
#include <string.h>

const struct mop_node *mop_lint_get(const struct mop_node *n, const char *key)
{
    const struct mop_node *x =
        n && n->kind == MOP_MAPPING && !n->null ? mop_node_get(n, key) : NULL;
    return x && !x->null ? x : NULL;
}

struct mop_sv mop_lint_text(const struct mop_node *n, const char *key)
{
    const struct mop_node *x = mop_lint_get(n, key);
    return x && x->kind == MOP_SCALAR ? x->text : MOP_SV_NONE;
}

bool mop_lint_says(const struct mop_node *n, const char *key)
{
    return mop_sv_trim(mop_lint_text(n, key)).n > 0;
}

bool mop_lint_day(const struct mop_node *n, int32_t *day)
{
    struct mop_when w;
    if (!n || n->kind != MOP_SCALAR || !mop_date_parse_iso(NULL, n->text, &w))
        return false;
    *day = w.day;
    return w.whole_day;
}

bool mop_lint_is_named(const struct mop_lint *l, const struct mop_node *n)
{
    return n->at.file && l->root->at.file && strcmp(n->at.file, l->root->at.file) == 0;
}

typedef void (*each_fn)(const struct mop_node *key, const struct mop_node *n, void *ctx);

static void each_in(const struct mop_node *n, each_fn fn, void *ctx)
{
    for (size_t i = 0; n && n->kind != MOP_SCALAR && i < n->n; i++)
        fn(n->kind == MOP_MAPPING ? n->key[i] : NULL, n->item[i], ctx);
}

void mop_lint_each(const struct mop_node *root, const char *key, each_fn fn, void *ctx)
{
    const struct mop_node *sets = mop_lint_get(root, "field_sets");
    for (size_t i = 0; sets && sets->kind == MOP_MAPPING && i < sets->n; i++)
        each_in(mop_lint_get(sets->item[i], key), fn, ctx);
    each_in(mop_lint_get(root, key), fn, ctx);
}

/* ---- checks ---- */

struct walk {
    const struct mop_node *root;
    void (*fn)(const struct mop_lint_entry *c, void *ctx);
    void *ctx;
};

static void rule_entry(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    struct walk *w = ctx;
    const struct mop_node *id = mop_lint_get(n, "id"), *records = mop_lint_get(w->root, "records");
    struct mop_sv record = mop_lint_text(n, "record");
    long at =
        records && records->kind == MOP_MAPPING && record.p ? mop_node_index(records, record) : -1;
    (void)key;
    if (!id || id->kind != MOP_SCALAR)
        return; /* told by the loader */
    struct mop_lint_entry c = {.id = id->text,
                               .at = id,
                               .n = n,
                               .up = at >= 0 ? records->item[at] : NULL,
                               .rule = true,
                               .named = true};
    w->fn(&c, w->ctx);
}

static bool is_check(struct mop_sv key)
{
    const struct mop_kind *k = mop_kind_find(key);
    return k && k->flags & MOP_K_ASSERT && !(k->flags & (MOP_K_HIDDEN | MOP_K_RECORD));
}

/* A list of long forms is several checks, any other list the short form of one. */
static bool is_several(const struct mop_node *n)
{
    return n->kind == MOP_LIST && n->n && n->item[0]->kind == MOP_MAPPING;
}

static void field_check(struct walk *w, const struct mop_lint_entry *field,
                        const struct mop_node *key, const struct mop_node *n)
{
    struct mop_lint_entry c = *field;
    const struct mop_node *id = mop_lint_get(n, "id");
    c.kind = mop_kind_find(key->text);
    c.named = id && id->kind == MOP_SCALAR && !mop_sv_eqs(key->text, "values");
    c.at = c.named ? id : key;
    c.id = c.named ? id->text : key->text;
    c.n = n;
    w->fn(&c, w->ctx);
}

static void each_field(struct walk *w, const struct mop_node *owner, const struct mop_node *fields)
{
    for (size_t i = 0; fields && fields->kind == MOP_MAPPING && i < fields->n; i++) {
        const struct mop_node *f = fields->item[i];
        struct mop_lint_entry field = {.up = f, .over = owner};
        for (size_t k = 0; f->kind == MOP_MAPPING && k < f->n; k++) {
            const struct mop_node *n = f->item[k];
            if (!is_check(f->key[k]->text) || n->null)
                continue;
            for (size_t j = 0; j < (is_several(n) ? n->n : 1); j++)
                field_check(w, &field, f->key[k], is_several(n) ? n->item[j] : n);
        }
    }
}

void mop_lint_each_check(const struct mop_node *root,
                         void (*fn)(const struct mop_lint_entry *c, void *ctx), void *ctx)
{
    struct walk w = {root, fn, ctx};
    const struct mop_node *sets = mop_lint_get(root, "field_sets"),
                          *records = mop_lint_get(root, "records");
    for (size_t i = 0; sets && sets->kind == MOP_MAPPING && i < sets->n; i++) {
        const struct mop_node *fields = mop_lint_get(sets->item[i], "fields");
        each_field(&w, sets->item[i],
                   fields ? fields : sets->item[i]); /* a bare set is its fields */
    }
    for (size_t i = 0; records && records->kind == MOP_MAPPING && i < records->n; i++)
        each_field(&w, records->item[i], mop_lint_get(records->item[i], "fields"));
    mop_lint_each(root, "rules", rule_entry, &w);
}
