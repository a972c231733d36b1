/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Three SHA-256 of a taxonomy: one over what can change a verdict or a score (the merged nodes with
 * keys sorted, without words for people, and the tables they name), the same without what is
 * excluded, and one over every byte that was read.
 */

/* Where a mapping stands. */
enum place { ROOT, RECORDS, RECORD, BELOW };

static enum place place_below(enum place at, struct mop_sv key)
{
    if (at == ROOT && mop_sv_eqs(key, "records"))
        return RECORDS;
    return at == RECORDS ? RECORD : BELOW;
}

struct digest {
    struct sha256_ctx sha;
    bool without_population;
};

static void add(struct digest *c, const void *p, size_t n)
{
    sha256_update(&c->sha, n, p);
}

static void add_head(struct digest *c, char what, size_t n)
{
    char head[32];
    int len = snprintf(head, sizeof head, "%c%zu:", what, n);
    add(c, head, (size_t)len);
}

/* Below these every key is the user's own, or means something to a verdict. */
static bool is_opaque(struct mop_sv key)
{
    static const char *const names[] = {"when",  "where", "then",  "derive",
                                        "rates", "map",   "parts", "columns"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mop_sv_eqs(key, names[i]))
            return true;
    return false;
}

/* Words that no verdict depends on: only where they hold text, so that a field called `description`
 * is not lost. */
static bool is_words(struct mop_sv key, const struct mop_node *value, bool top)
{
    static const char *const texts[] = {"description", "why",    "message", "definition",
                                        "label",       "reason", "by",      "name"};
    static const char *const tops[] = {"version", "review_by", "tests",    "lint",   "gate",
                                       "people",  "name",      "mopslint", "extends"};
    if (mop_sv_starts(key, MOP_SV("x-")))
        return true;
    for (size_t i = 0; top && i < sizeof tops / sizeof *tops; i++)
        if (mop_sv_eqs(key, tops[i]))
            return true;
    /* `name` of a report or stage is what it is known by */
    for (size_t i = 0;
         value->kind == MOP_SCALAR && !value->null && i + 1 < sizeof texts / sizeof *texts; i++)
        if (mop_sv_eqs(key, texts[i]))
            return true;
    return mop_sv_eqs(key, "examples") && value->kind == MOP_MAPPING &&
           (mop_node_get(value, "pass") || mop_node_get(value, "fail"));
}

struct entry {
    const struct mop_node *key, *value;
};

static int by_key(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return mop_sv_cmp(x->key->text, y->key->text);
}

static void add_node(struct digest *c, const struct mop_node *n, bool opaque, enum place at);

static bool is_left_out(const struct digest *c, const struct mop_node *n, size_t i, enum place at)
{
    return is_words(n->key[i]->text, n->item[i], at == ROOT) ||
           (c->without_population && at == RECORD && mop_sv_eqs(n->key[i]->text, "population"));
}

static void add_mapping(struct digest *c, const struct mop_node *n, bool opaque, enum place at)
{
    struct entry *list = mop_calloc(n->n + 1, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < n->n; i++)
        if (opaque || !is_left_out(c, n, i, at))
            list[count++] = (struct entry){n->key[i], n->item[i]};
    qsort(list, count, sizeof *list, by_key);
    add_head(c, 'm', count);
    for (size_t i = 0; i < count; i++) {
        add_head(c, 'k', list[i].key->text.n);
        add(c, list[i].key->text.p, list[i].key->text.n);
        add_node(c, list[i].value, opaque || is_opaque(list[i].key->text),
                 place_below(at, list[i].key->text));
    }
    free(list);
}

static void add_node(struct digest *c, const struct mop_node *n, bool opaque, enum place at)
{
    if (n->null) {
        add_head(c, 'n', 0);
    } else if (n->kind == MOP_SCALAR) {
        add_head(c, 's', n->text.n);
        add(c, n->text.p, n->text.n);
    } else if (n->kind == MOP_LIST) {
        add_head(c, 'l', n->n);
        for (size_t i = 0; i < n->n; i++)
            add_node(c, n->item[i], opaque, BELOW);
    } else {
        add_mapping(c, n, opaque, at);
    }
}

static void finish(struct digest *c, char out[65])
{
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(&c->sha, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++)
        snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

static void add_file(struct digest *c, const struct mop_rule_file *f)
{
    add_head(c, 'f', f->text.n);
    add(c, f->text.p, f->text.n);
}

static void add_rules(struct digest *c, const struct mop_loader *l)
{
    sha256_init(&c->sha);
    add_node(c, l->root, false, ROOT);
    for (size_t i = 0; i < l->rs->nfiles; i++)
        if (l->rs->files[i].table)
            add_file(c, &l->rs->files[i]);
}

void mop_digest(struct mop_loader *l)
{
    struct digest verdicts = {.without_population = false}, checks = {.without_population = true},
                  text = {.without_population = false};
    add_rules(&verdicts, l);
    add_rules(&checks, l);
    sha256_init(&text.sha);
    for (size_t i = 0; i < l->rs->nfiles; i++)
        add_file(&text, &l->rs->files[i]);
    finish(&verdicts, l->rs->digest);
    finish(&checks, l->rs->checks_digest);
    finish(&text, l->rs->text_digest);
}
