/* SPDX-License-Identifier: MIT */
#include "rules/derive_kinds.h"
#include "rules/kind_util.h"
#include <string.h>

/* Derived fields: the table of their kinds, compiling, and the rules that hold for all of them. */

#define ROW(n) &mop_derive_##n,
const struct mop_derive_kind *const mop_derive_kinds[] = {MOP_DERIVE_KINDS(ROW) NULL};

static const struct mop_derive_kind *find_kind(struct mop_sv name)
{
    for (size_t i = 0; mop_derive_kinds[i]; i++)
        if (mop_sv_eqs(name, mop_derive_kinds[i]->name))
            return mop_derive_kinds[i];
    return NULL;
}

long mop_derive_reads(struct mop_scope *s, struct mop_derive *d, const struct mop_node *name,
                      const struct mop_node *at, const char *what)
{
    if (!name || name->null)
        return mop_scope_fault(s, "missing-value", at, "'%s' wants the field to read%s%s",
                               d->kind->name, what[0] ? ": " : "", what);
    struct mop_field *f = mop_scope_field(s, name);
    if (!f)
        return -1;
    if (f == s->field)
        return mop_scope_fault(s, "cyclic-derive", name, "'%.*s' is derived from itself",
                               MOP_SV_ARG(f->name));
    mop_fields_add(s->arena, &d->fields, &d->nfields, f);
    return (long)d->nfields - 1;
}

int mop_derive_keys(struct mop_scope *s, const struct mop_derive *d, const struct mop_node *use,
                    const char *const *keys)
{
    if (use->kind != MOP_MAPPING)
        return mop_scope_fault(s, "wrong-type", use,
                               "'%s' is written as a mapping of keys and values", d->kind->name);
    return mop_check_keys(s, use, keys, d->kind->name);
}

/* ---- compiling ---- */

static void not_one_kind(struct mop_scope *s, const struct mop_node *n, const struct mop_node *odd)
{
    struct mop_sv names[16];
    size_t count = 0;
    for (; mop_derive_kinds[count]; count++)
        names[count] = mop_sv_of(mop_derive_kinds[count]->name);
    if (!odd) {
        mop_scope_fault(s, "bad-derive", n,
                        "'derive' wants one of url_param, url_host, ga4_channel, email_domain, "
                        "part, map, capture, json, lookup");
        return;
    }
    mop_scope_fault(s, "bad-derive", odd, "'%.*s' is no way to derive a field",
                    MOP_SV_ARG(odd->text));
    long near = mop_suggest(odd->text, names, count);
    if (near >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
}

static long find_key(const struct mop_node *n)
{
    for (size_t i = 0; i < n->n; i++)
        if (find_kind(n->key[i]->text))
            return (long)i;
    return -1;
}

struct mop_derive *mop_derive_compile(struct mop_scope *s, const struct mop_node *n)
{
    long at = n->kind == MOP_MAPPING ? find_key(n) : -1;
    if (at < 0) {
        not_one_kind(s, n, n->kind == MOP_MAPPING && n->n ? n->key[0] : NULL);
        return NULL;
    }
    struct mop_derive *d = mop_arena_alloc(s->arena, sizeof *d);
    d->kind = find_kind(n->key[at]->text);
    d->at = n->at;
    if (mop_check_option_keys(s, n, d->kind->name, d->kind->options, "derive"))
        return NULL;
    if (n->item[at]->null) {
        mop_scope_fault(s, "missing-value", n->key[at], "'%s' has no value", d->kind->name);
        return NULL;
    }
    return d->kind->compile(s, n->item[at], n, d) ? NULL : d;
}

int mop_derive_bind(struct mop_scope *s, const struct mop_derive *d)
{
    return d->kind->bind ? d->kind->bind(s, (struct mop_derive *)(uintptr_t)d) : 0;
}

bool mop_field_comes_from(const struct mop_field *g, const struct mop_field *f)
{
    bool does = g == f;
    for (size_t i = 0; g->derive && !does && i < g->derive->nfields; i++)
        does = mop_field_comes_from(g->derive->fields[i], f);
    return does;
}

/* ---- computing ---- */

static bool any_in(const struct mop_derive *d, const struct mop_value *const *in,
                   enum mop_state state)
{
    for (size_t i = 0; i < d->nfields; i++)
        if (in[i]->state == state)
            return true;
    return false;
}

static bool all_blank(const struct mop_derive *d, const struct mop_value *const *in)
{
    for (size_t i = 0; i < d->nfields; i++)
        if (!MOP_IS_BLANK(in[i]->state))
            return false;
    return true;
}

/* A value that its type or vocabulary refuses leaves open what it would mean together with another.
 */
static bool refused_beside_another(const struct mop_derive *d, const struct mop_value *const *in)
{
    for (size_t i = 0; d->nfields > 1 && i < d->nfields; i++)
        if (in[i]->state == MOP_ST_VALUE && !in[i]->known)
            return true;
    return false;
}

enum mop_state mop_derive_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                  struct mop_run *run, struct mop_arena *a, struct mop_sv *out)
{
    *out = MOP_SV_NONE;
    if (any_in(d, in, MOP_ST_MISSING))
        return MOP_ST_MISSING;
    if (any_in(d, in, MOP_ST_UNREADABLE))
        return MOP_ST_UNREADABLE;
    if (all_blank(d, in))
        return MOP_ST_EMPTY;
    if (refused_beside_another(d, in))
        return MOP_ST_UNREADABLE;
    enum mop_state state = d->kind->compute(d, in, run, a, out);
    return state == MOP_ST_VALUE && !out->n ? MOP_ST_EMPTY : state;
}
