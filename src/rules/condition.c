/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include <string.h>

/* Conditions and assertions: YAML -> trees of tests. What a tree evaluates to is in expr.c. */

/* `in` reads like a condition, `values` like a rule; people mix them up, and they mean the same in
 * a `then`. */
static const struct {
    const char *name;
    const struct mop_kind *kind;
} in_then[] = {{"in", &mop_kind_values},
               {"not_in", &mop_kind_not_values},
               {"in_vocabulary", &mop_kind_vocabulary}};

const char *mop_word_in_then(size_t i)
{
    return i < sizeof in_then / sizeof *in_then ? in_then[i].name : NULL;
}

static struct mop_expr *new_expr(struct mop_scope *s, enum mop_op op, size_t room)
{
    struct mop_expr *e = mop_arena_alloc(s->arena, sizeof *e);
    e->op = op;
    e->kids = mop_arena_array(s->arena, room + 1, sizeof *e->kids);
    return e;
}

static struct mop_expr *leaf(struct mop_scope *s, struct mop_test *t)
{
    if (!t)
        return NULL;
    struct mop_expr *e = new_expr(s, MOP_OP_TEST, 0);
    e->test = t;
    return e;
}

/* A tree of one branch is that branch. */
static struct mop_expr *simplest(struct mop_expr *e)
{
    return e->op != MOP_OP_NOT && e->n == 1 ? e->kids[0] : e;
}

static void append_test(struct mop_arena *a, struct mop_test ***list, size_t *n, struct mop_test *t)
{
    if ((*n & (*n - 1)) == 0) {
        struct mop_test **more = mop_arena_array(a, *n ? *n * 2 : 1, sizeof(struct mop_test *));
        if (*n)
            memcpy(more, *list, *n * sizeof *more);
        *list = more;
    }
    t->slot = *n;
    (*list)[(*n)++] = t;
}

struct mop_test *mop_compile_test(struct mop_scope *s, const struct mop_kind *k,
                                  struct mop_field *f, const struct mop_node *use,
                                  const struct mop_node *opts)
{
    struct mop_test *t = mop_arena_alloc(s->arena, sizeof *t);
    t->kind = k;
    t->meant = s->condition && k != &mop_kind_written;
    t->at = use ? use->at : opts ? opts->at : f ? f->at : (struct mop_loc){0};
    if (f)
        mop_test_reads(s, t, f);
    if (k->compile && k->compile(s, use, opts, t))
        return NULL;
    if (t->kind->flags & (MOP_K_ROW | MOP_K_CROSS)) {
        struct mop_record *r = f ? f->record : s->record;
        append_test(s->arena, &r->row_tests, &r->nrow_tests, t);
    } else {
        append_test(s->arena, &f->tests, &f->ntests, t);
    }
    return t;
}

/* ---- kinds by name ---- */

static bool may_stand(const struct mop_scope *s, const struct mop_kind *k, bool under_field)
{
    unsigned where = s->condition ? MOP_K_CONDITION : MOP_K_ASSERT;
    return (k->flags & where) && !(k->flags & MOP_K_HIDDEN) &&
           under_field == !(k->flags & MOP_K_RECORD);
}

static const struct mop_kind *find_kind(const struct mop_scope *s, struct mop_sv name,
                                        bool under_field)
{
    for (size_t i = 0; !s->condition && i < sizeof in_then / sizeof *in_then; i++)
        if (mop_sv_eqs(name, in_then[i].name))
            return in_then[i].kind;
    const struct mop_kind *k = mop_kind_find(name);
    return k && may_stand(s, k, under_field) ? k : NULL;
}

/* a <= b and a >= b of two fields, as other tools call them. */
static bool hint_order(struct mop_scope *s, struct mop_sv name)
{
    static const char *const most[] = {"not_after",  "not_greater",   "not_more", "at_most",
                                       "less_equal", "less_or_equal", "le"},
                             *const least[] = {"not_less", "at_least", "greater_equal",
                                               "greater_or_equal", "ge"};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++)
        if (mop_sv_eqs(name, most[i])) {
            mop_scope_hint(s, "that a is at most b: write it from the other side, "
                              "{b: {not_before: a}}; a constant: lte");
            return true;
        }
    for (size_t i = 0; i < sizeof least / sizeof *least; i++)
        if (mop_sv_eqs(name, least[i])) {
            mop_scope_hint(s, "that a is at least b: {a: {not_before: b}}; a constant: gte");
            return true;
        }
    return false;
}

static void unknown_kind(struct mop_scope *s, const struct mop_node *name)
{
    struct mop_sv names[64];
    size_t n = 0;
    for (size_t i = 0; mop_kinds[i] && n < 64; i++)
        if (may_stand(s, mop_kinds[i], true))
            names[n++] = mop_sv_of(mop_kinds[i]->name);
    mop_scope_fault(s, "unknown-test", name, "'%.*s' is no test of a %s", MOP_SV_ARG(name->text),
                    s->condition ? "condition" : "'then'");
    if (hint_order(s, name->text))
        return;
    long i = mop_suggest(name->text, names, n);
    if (i >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(names[i]));
    else if (mop_kind_find(name->text))
        mop_scope_hint(s, "this kind of check stands elsewhere: see 'mopslint rules explain %.*s'",
                       MOP_SV_ARG(name->text));
}

/* One test: its argument is the short form, or a mapping with `use` and the kind's own options. */
static struct mop_expr *compile_leaf(struct mop_scope *s, const struct mop_kind *k,
                                     struct mop_field *f, const struct mop_node *arg)
{
    const struct mop_node *use = arg, *opts = NULL;
    struct mop_scope inner = *s;
    inner.test = arg;
    if (arg->kind == MOP_MAPPING) {
        opts = arg;
        use = mop_node_get(arg, "use");
        if (mop_check_option_keys(s, opts, "use", k->options, k->name))
            return NULL;
    }
    if (k->expand)
        // cppcheck-suppress returnDanglingLifetime ; the tree is in the arena
        return k->expand(&inner, use, opts);
    return leaf(s, mop_compile_test(&inner, k, f, use, opts));
}

/* ---- trees ---- */

static struct mop_expr *compile_tree(struct mop_scope *s, const struct mop_node *n);

static struct mop_expr *compile_field_value(struct mop_scope *s, struct mop_field *f,
                                            const struct mop_node *n);

static struct mop_expr *negate(struct mop_scope *s, struct mop_expr *kid)
{
    if (!kid)
        return NULL;
    struct mop_expr *e = new_expr(s, MOP_OP_NOT, 1);
    e->kids[e->n++] = kid;
    return e;
}

/* {region: {any: [{pattern: a}, {pattern: b}]}}: branches that all test the one field. */
static struct mop_expr *compile_field_branches(struct mop_scope *s, struct mop_field *f,
                                               enum mop_op op, const struct mop_node *n)
{
    if (n->kind != MOP_LIST || !n->n) {
        mop_scope_fault(s, "bad-value", n, "'%s' under a field wants a list of tests",
                        op == MOP_OP_ALL ? "all" : "any");
        return NULL;
    }
    struct mop_expr *e = new_expr(s, op, n->n);
    bool bad = false;
    for (size_t i = 0; i < n->n; i++) {
        struct mop_expr *kid = compile_field_value(s, f, n->item[i]);
        bad |= !kid;
        e->kids[e->n] = kid;
        e->n += kid != NULL;
    }
    return bad ? NULL : simplest(e);
}

static struct mop_expr *compile_field_test(struct mop_scope *s, struct mop_field *f,
                                           const struct mop_node *key, const struct mop_node *value)
{
    if (mop_sv_eqs(key->text, "not"))
        return negate(s, compile_field_value(s, f, value));
    if (mop_sv_eqs(key->text, "all") || mop_sv_eqs(key->text, "any"))
        return compile_field_branches(s, f, key->text.p[1] == 'l' ? MOP_OP_ALL : MOP_OP_ANY, value);
    const struct mop_kind *k = find_kind(s, key->text, true);
    if (!k)
        unknown_kind(s, key);
    return k ? compile_leaf(s, k, f, value) : NULL;
}

/* Nothing asked would be true of every record, also of one without a value. */
static struct mop_expr *no_test(struct mop_scope *s, const struct mop_field *f,
                                const struct mop_node *at)
{
    mop_scope_fault(s, "missing-value", at, "'%.*s' is tested for nothing", MOP_SV_ARG(f->name));
    mop_scope_hint(s, "for a field with any value write {blank: false}");
    return NULL;
}

static struct mop_expr *compile_field_tests(struct mop_scope *s, struct mop_field *f,
                                            const struct mop_node *tests)
{
    if (!tests->n)
        return no_test(s, f, tests);
    struct mop_expr *all = new_expr(s, MOP_OP_ALL, tests->n);
    bool bad = false;
    for (size_t i = 0; i < tests->n; i++) {
        struct mop_expr *e = compile_field_test(s, f, tests->key[i], tests->item[i]);
        bad |= !e;
        all->kids[all->n] = e;
        all->n += e != NULL;
    }
    return bad ? NULL : simplest(all);
}

/* What stands behind a field's name: tests by name, or a value or list that it is to mean. */
static struct mop_expr *compile_field_value(struct mop_scope *s, struct mop_field *f,
                                            const struct mop_node *n)
{
    if (n->kind == MOP_MAPPING)
        return compile_field_tests(s, f, n);
    const struct mop_kind *k = s->condition ? &mop_kind_in : &mop_kind_values;
    return leaf(s, mop_compile_test(s, k, f, n, NULL));
}

static struct mop_expr *compile_field(struct mop_scope *s, const struct mop_node *name,
                                      const struct mop_node *n)
{
    struct mop_field *f = mop_scope_field(s, name);
    if (n->kind == MOP_SCALAR && n->null) {
        mop_scope_fault(s, "missing-value", name, "'%.*s' is compared with nothing",
                        MOP_SV_ARG(name->text));
        mop_scope_hint(s, "for a field without a value write '%.*s: {blank: true}'",
                       MOP_SV_ARG(name->text));
        return NULL;
    }
    return f ? compile_field_value(s, f, n) : NULL;
}

/* all, any: a list of trees, or one mapping whose keys are the branches. */
static struct mop_expr *compile_branches(struct mop_scope *s, enum mop_op op,
                                         const struct mop_node *n)
{
    if (n->kind != MOP_LIST) {
        struct mop_expr *e = compile_tree(s, n);
        if (e && op == MOP_OP_ANY && e->op == MOP_OP_ALL && n->n > 1)
            e->op = op;
        return e;
    }
    struct mop_expr *e = new_expr(s, op, n->n);
    bool bad = false;
    for (size_t i = 0; i < n->n; i++) {
        struct mop_expr *kid = compile_tree(s, n->item[i]);
        bad |= !kid;
        e->kids[e->n] = kid;
        e->n += kid != NULL;
    }
    if (!bad && !e->n)
        mop_scope_fault(s, "missing-value", n, "'%s' has no branches",
                        op == MOP_OP_ALL ? "all" : "any");
    return bad || !e->n ? NULL : simplest(e);
}

static struct mop_expr *compile_key(struct mop_scope *s, const struct mop_node *key,
                                    const struct mop_node *value)
{
    if (mop_sv_eqs(key->text, "all"))
        return compile_branches(s, MOP_OP_ALL, value);
    if (mop_sv_eqs(key->text, "any"))
        return compile_branches(s, MOP_OP_ANY, value);
    if (mop_sv_eqs(key->text, "not"))
        return negate(s, compile_branches(s, MOP_OP_ALL, value));
    const struct mop_kind *k = s->condition ? NULL : find_kind(s, key->text, false);
    if (k && k->flags & MOP_K_RECORD)
        return compile_leaf(s, k, NULL, value);
    return compile_field(s, key, value);
}

/* Several keys: all of them. */
static struct mop_expr *compile_tree(struct mop_scope *s, const struct mop_node *n)
{
    const char *what = s->condition ? "a condition" : "'then'";
    if (n->kind != MOP_MAPPING || !n->n) {
        mop_scope_fault(s, "bad-value", n, "%s wants 'field: value' or 'field: {test: value}'",
                        what);
        return NULL;
    }
    struct mop_expr *all = new_expr(s, MOP_OP_ALL, n->n);
    bool bad = false;
    for (size_t i = 0; i < n->n; i++) {
        struct mop_expr *e = compile_key(s, n->key[i], n->item[i]);
        bad |= !e;
        all->kids[all->n] = e;
        all->n += e != NULL;
    }
    return bad ? NULL : all;
}

static struct mop_expr *compile_whole(struct mop_scope *s, const struct mop_node *n, bool condition)
{
    struct mop_scope inner = *s;
    inner.condition = condition;
    inner.inline_ = false;
    inner.parts = NULL;
    struct mop_expr *e = compile_tree(&inner, n);
    return e ? simplest(e) : NULL;
}

struct mop_expr *mop_compile_condition(struct mop_scope *s, const struct mop_node *n)
{
    return compile_whole(s, n, true);
}

struct mop_expr *mop_compile_assertion(struct mop_scope *s, const struct mop_node *n)
{
    return compile_whole(s, n, false);
}
