/* SPDX-License-Identifier: MIT */
#include "connector_read.h"

#include "../base/date.h"

#include <stdio.h>
#include <string.h>

/* Single values of a connector file, each with a fault at its place. */

void mop_connector_fault(R *r, const char *id, const struct mop_node *at, const char *hint,
                         const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_node_fault(r->d, id, at, hint, fmt, ap);
    va_end(ap);
}

static void key_fault(void *ctx, const char *id, const struct mop_node *at, const char *msg,
                      const char *hint)
{
    mop_connector_fault(ctx, id, at, hint, "%s", msg);
}

bool mop_connector_keys(R *r, const struct mop_node *map, const struct mop_key_table *t)
{
    if (map->null)
        mop_connector_fault(r, "wrong-type", map, NULL, "%s without anything in it", t->what);
    if (mop_key_table_check(t, map, &(struct mop_key_faults){.fault = key_fault, .ctx = r}))
        return false;
    for (size_t i = 0; i < map->n; i++) {
        const struct mop_key *k = mop_key_find(t, map->key[i]->text);
        if (k && !k->schema)
            mop_connector_fault(r, "connector-later", map->key[i], NULL,
                                "'%.*s' is not in this version of mopslint",
                                MOP_SV_ARG(map->key[i]->text));
    }
    return true;
}

struct mop_sv mop_connector_text(const struct mop_node *map, const struct mop_key_table *t,
                                 const char *key, struct mop_sv otherwise)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    return n && n->kind == MOP_SCALAR ? n->text : otherwise;
}

struct mop_sv mop_connector_need(R *r, const struct mop_node *map, const struct mop_key_table *t,
                                 const char *key)
{
    if (!mop_node_get(map, key))
        mop_connector_fault(r, "connector-missing", map, mop_key_find(t, mop_sv_of(key))->doc,
                            "%s without '%s'", t->what, key);
    return mop_connector_text(map, t, key, MOP_SV(""));
}

uint64_t mop_connector_number(R *r, const struct mop_node *map, const struct mop_key_table *t,
                              const char *key, uint64_t least, uint64_t otherwise)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    uint64_t v;
    if (!n)
        return otherwise;
    if (mop_sv_u64(n->text, &v) && v >= least)
        return v;
    mop_connector_fault(r, "connector-value", n, NULL, "'%s' is a whole number from %llu on", key,
                        (unsigned long long)least);
    return otherwise;
}

uint64_t mop_connector_ms(R *r, const struct mop_node *map, const struct mop_key_table *t,
                          const char *key, uint64_t otherwise)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    uint64_t ms;
    int64_t us;
    if (!n)
        return otherwise;
    if (mop_sv_ends(n->text, MOP_SV("ms")) &&
        mop_sv_u64(mop_sv_sub(n->text, 0, n->text.n - 2), &ms) && ms < 1000000000)
        return ms;
    if (mop_duration_parse(n->text, &us) && us >= 0)
        return (uint64_t)us / 1000;
    mop_connector_fault(r, "connector-value", n, "write 500ms, 30s, 10m, 8h or 2d",
                        "'%.*s' is no duration", MOP_SV_ARG(n->text));
    return otherwise;
}

bool mop_connector_bool(R *r, const struct mop_node *map, const struct mop_key_table *t,
                        const char *key)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    if (n && !mop_sv_eqs(n->text, "true") && !mop_sv_eqs(n->text, "false"))
        mop_connector_fault(r, "connector-value", n, NULL, "'%s' is true or false", key);
    return n && mop_sv_eqs(n->text, "true");
}

int mop_connector_word(R *r, const struct mop_node *map, const struct mop_key_table *t,
                       const char *key, const char *const *words, int otherwise)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    struct mop_sv names[16];
    char hint[400] = "";
    size_t count = 0;
    if (!n)
        return otherwise;
    for (; words[count]; count++) {
        if (mop_sv_eqs(n->text, words[count]))
            return (int)count;
        names[count] = mop_sv_of(words[count]);
    }
    if (!mop_did_you_mean(hint, sizeof hint, n->text, names, count))
        snprintf(hint, sizeof hint, "%s", mop_key_find(t, mop_sv_of(key))->doc);
    mop_connector_fault(r, "connector-value", n, hint, "no '%s' is called '%.*s'", key,
                        MOP_SV_ARG(n->text));
    return otherwise;
}

struct mop_texts mop_connector_texts(R *r, const struct mop_node *map,
                                     const struct mop_key_table *t, const char *key)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    struct mop_texts out = {NULL, 0};
    if (!n)
        return out;
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    out.list = mop_arena_array(r->a, count + 1, sizeof *out.list);
    for (size_t i = 0; i < count; i++) {
        const struct mop_node *x = n->kind == MOP_LIST ? n->item[i] : n;
        if (x->kind != MOP_SCALAR || x->null)
            mop_connector_fault(r, "wrong-type", x, NULL, "a single value is expected here");
        else
            out.list[out.n++] = x->text;
    }
    return out;
}

bool mop_connector_compile(R *r, const struct mop_node *n, struct mop_pointer *p)
{
    size_t at;
    const char *wrong = n->kind == MOP_SCALAR && !n->null
                            ? mop_pointer_compile(p, r->a, n->text, &at)
                            : "a JSON Pointer is expected here";
    if (!wrong)
        return true;
    struct mop_node place = *n;
    if (n->kind == MOP_SCALAR && !n->null) {
        place.at = mop_node_place(n, r->file, at);
        place.span = 1;
    }
    mop_connector_fault(r, "connector-pointer", &place,
                        "write /results/*/id: RFC 6901, and * for every item", "%s", wrong);
    return false;
}

struct mop_pointer *mop_connector_pointer(R *r, const struct mop_node *map,
                                          const struct mop_key_table *t, const char *key)
{
    const struct mop_node *n = mop_key_table_get(t, map, key);
    struct mop_pointer *p = mop_arena_alloc(r->a, sizeof *p);
    return n && mop_connector_compile(r, n, p) ? p : NULL;
}
