/* SPDX-License-Identifier: MIT */
#include "base/hmac.h"
#include "gate/brief_read.h"
#include <stdio.h>
#include <stdlib.h>

/*
 * The digest that approvals and attestations are given for: of what the brief says, not of how it
 * is written. Comments, quotes, blanks around a value and the order of keys change nothing; every
 * value, the order of lists and the links of a file do. What people say about the brief is no part
 * of it.
 */
static bool is_said_about(const struct mop_node *key)
{
    return mop_sv_eqs(key->text, "approvals") || mop_sv_eqs(key->text, "attestations") ||
           mop_sv_eqs(key->text, "waivers");
}

static bool is_blank(const struct mop_node *n)
{
    return n->kind == MOP_SCALAR && (n->null || !mop_sv_trim(n->text).n);
}

struct entry {
    const struct mop_node *key, *value;
};

static int by_key(const void *a, const void *b)
{
    return mop_sv_cmp(((const struct entry *)a)->key->text, ((const struct entry *)b)->key->text);
}

static void add_node(struct mop_hmac *h, const struct mop_node *n, bool root);

static void add_mapping(struct mop_hmac *h, const struct mop_node *n, bool root)
{
    struct entry *all = mop_calloc(n->n + 1, sizeof *all);
    for (size_t i = 0; i < n->n; i++)
        all[i] = (struct entry){n->key[i], n->item[i]};
    qsort(all, n->n, sizeof *all, by_key);
    for (size_t i = 0; i < n->n; i++) {
        if ((root && is_said_about(all[i].key)) || is_blank(all[i].value))
            continue; /* a key without a value says nothing */
        mop_hmac_add(h, all[i].key->text);
        add_node(h, all[i].value, false);
    }
    free(all);
}

/* Nesting ends at the depth that YAML may have. */
static void add_node(struct mop_hmac *h, const struct mop_node *n, bool root)
{
    static const struct mop_sv open[] = {[MOP_LIST] = {"[", 1}, [MOP_MAPPING] = {"{", 1}};
    if (n->kind == MOP_SCALAR) {
        mop_hmac_add(h, is_blank(n) ? MOP_SV("~") : MOP_SV("="));
        mop_hmac_add(h, mop_sv_trim(n->text)); /* as it is read */
        return;
    }
    mop_hmac_add(h, open[n->kind]);
    if (n->kind == MOP_MAPPING)
        add_mapping(h, n, root);
    for (size_t i = 0; n->kind == MOP_LIST && i < n->n; i++)
        add_node(h, n->item[i], false);
    mop_hmac_add(h, MOP_SV("end"));
}

void mop_brief_make_digest(struct mop_brief *b)
{
    static const char key[] = "mopslint brief 1"; /* public: the same everywhere */
    struct mop_hmac *h = mop_hmac_create(key, sizeof key - 1);
    if (b->root)
        add_node(h, b->root, true);
    for (size_t i = 0; b->link_file && i < b->nlinks; i++) {
        const struct mop_said *parts[] = {&b->links[i].url, &b->links[i].channel,
                                          &b->links[i].platform, &b->links[i].name};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            mop_hmac_add(h, parts[k]->text);
        mop_hmac_add(h, b->links[i].printed ? MOP_SV("printed") : MOP_SV(""));
    }
    struct mop_h128 d = mop_hmac_end(h);
    mop_hmac_free(h);
    snprintf(b->digest, sizeof b->digest, "%016llx%016llx", (unsigned long long)d.hi,
             (unsigned long long)d.lo);
}
