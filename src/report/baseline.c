/* SPDX-License-Identifier: MIT */
#include "report/baseline.h"
#include "base/hmac.h"
#include <stdlib.h>
#include <string.h>

struct entry {
    struct {
        uint64_t rule; /* index into rules */
        struct mop_h128 hash;
    } key;
    uint64_t count, taken;
};
struct mop_baseline {
    struct mop_arena arena;
    struct mop_sv taxonomy;
    struct mop_h128 salt;
    struct mop_hmac *hmac;
    struct mop_map rules;  /* id -> its number, in the order met */
    struct mop_map by_key; /* bytes of an entry's key -> struct entry * */
    uint64_t findings, taken;
};

struct mop_baseline *mop_baseline_of_salt(struct mop_sv taxonomy, struct mop_h128 salt)
{
    struct mop_baseline *b = mop_alloc(sizeof *b);
    struct mop_buf key;
    mop_arena_init(&b->arena);
    mop_map_init(&b->rules);
    mop_map_init(&b->by_key);
    b->taxonomy = mop_arena_copy(&b->arena, taxonomy);
    b->salt = salt;
    mop_buf_init(&key, 64);
    mop_buf_printf(&key, "%016llx%016llx", (unsigned long long)salt.hi,
                   (unsigned long long)salt.lo);
    b->hmac = mop_hmac_create(key.p, key.n);
    mop_buf_release(&key);
    return b;
}

struct mop_baseline *mop_baseline_create(struct mop_sv taxonomy, const struct mop_baseline *like)
{
    return mop_baseline_of_salt(taxonomy, like ? like->salt : mop_hash_keyed(MOP_SV("baseline")));
}

void mop_baseline_free(struct mop_baseline *b)
{
    if (!b)
        return;
    mop_hmac_free(b->hmac);
    mop_map_release(&b->rules);
    mop_map_release(&b->by_key);
    mop_arena_release(&b->arena);
    free(b);
}

/* ---- entries ---- */

static struct mop_sv key_bytes(const struct entry *e)
{
    return (struct mop_sv){(const char *)&e->key, sizeof e->key};
}

static uint64_t rule_number(struct mop_baseline *b, struct mop_sv rule)
{
    const uint64_t *found = mop_map_find(&b->rules, rule);
    if (found)
        return *found;
    uint64_t n = b->rules.n;
    *mop_map_put(&b->rules, mop_arena_copy(&b->arena, rule), NULL) = n;
    return n;
}

static struct entry *find(const struct mop_baseline *b, struct mop_sv rule, struct mop_h128 hash)
{
    const uint64_t *number = mop_map_find(&b->rules, rule);
    if (!number)
        return NULL;
    struct entry e;
    memset(&e, 0, sizeof e);
    e.key.rule = *number;
    e.key.hash = hash;
    const uint64_t *item = mop_map_find(&b->by_key, key_bytes(&e));
    return item ? (struct entry *)(uintptr_t)*item : NULL;
}

static struct entry *add(struct mop_baseline *b, struct mop_sv rule, struct mop_h128 hash)
{
    struct entry *e = mop_arena_alloc(&b->arena, sizeof *e);
    e->key.rule = rule_number(b, rule);
    e->key.hash = hash;
    *mop_map_put(&b->by_key, key_bytes(e), NULL) = (uint64_t)(uintptr_t)e;
    return e;
}

bool mop_baseline_put(struct mop_baseline *b, struct mop_sv rule, struct mop_h128 hash,
                      uint64_t count)
{
    if (find(b, rule, hash))
        return false;
    add(b, rule, hash)->count = count;
    b->findings += count;
    return true;
}

/* Of the record and what stood in it. The rule is not in the hash: a renamed one finds its entries
 * again. */
static struct mop_h128 hash_of(const struct mop_baseline *b, const struct mop_finding *f)
{
    struct mop_sv bytes = {(const char *)&f->hash, sizeof f->hash};
    mop_hmac_add(b->hmac, f->key.n ? MOP_SV("key") : MOP_SV("record"));
    mop_hmac_add(b->hmac, f->key.n ? f->key : bytes);
    mop_hmac_add(b->hmac, f->value);
    return mop_hmac_end(b->hmac);
}

void mop_baseline_add(struct mop_baseline *b, const struct mop_finding *f)
{
    struct mop_h128 hash = hash_of(b, f);
    struct entry *e = find(b, f->check->id, hash);
    if (!e)
        e = add(b, f->check->id, hash);
    e->count++;
    b->findings++;
}

bool mop_baseline_take(struct mop_baseline *b, const struct mop_finding *f)
{
    struct mop_h128 hash = hash_of(b, f);
    struct entry *e = find(b, f->check->id, hash);
    if ((!e || e->taken == e->count) && f->check->renamed_from.n)
        e = find(b, f->check->renamed_from, hash);
    if (!e || e->taken == e->count)
        return false;
    e->taken++;
    b->taken++;
    return true;
}

uint64_t mop_baseline_stale(const struct mop_baseline *b)
{
    return b->findings - b->taken;
}

uint64_t mop_baseline_findings(const struct mop_baseline *b)
{
    return b->findings;
}

/* ---- writing ---- */

struct line {
    struct mop_sv rule;
    const struct entry *entry;
};

static int by_rule_and_hash(const void *x, const void *y)
{
    const struct line *a = x, *b = y;
    struct mop_h128 p = a->entry->key.hash, q = b->entry->key.hash;
    int c = mop_sv_cmp(a->rule, b->rule);
    if (c)
        return c;
    if (p.hi != q.hi)
        return p.hi < q.hi ? -1 : 1;
    return p.lo == q.lo ? 0 : p.lo < q.lo ? -1 : 1;
}

static struct line *sorted(const struct mop_baseline *b)
{
    struct line *l = mop_calloc(b->by_key.n + 1, sizeof *l);
    for (size_t i = 0; i < b->by_key.n; i++) {
        const struct entry *e = (const struct entry *)(uintptr_t)b->by_key.entries[i].item;
        l[i] = (struct line){b->rules.entries[e->key.rule].key, e};
    }
    qsort(l, b->by_key.n, sizeof *l, by_rule_and_hash);
    return l;
}

static void write_line(struct mop_buf *text, const struct line *l)
{
    struct mop_h128 h = l->entry->key.hash;
    mop_buf_printf(text, "%.*s %016llx%016llx %llu\n", MOP_SV_ARG(l->rule),
                   (unsigned long long)h.hi, (unsigned long long)h.lo,
                   (unsigned long long)l->entry->count);
}

void mop_baseline_write(const struct mop_baseline *b, struct mop_out *out)
{
    struct mop_buf text;
    struct line *lines = sorted(b);
    mop_buf_init(&text, 1 << 20);
    mop_buf_printf(&text, "mopslint.baseline/1\ntaxonomy %.*s\nsalt %016llx%016llx\n",
                   MOP_SV_ARG(b->taxonomy), (unsigned long long)b->salt.hi,
                   (unsigned long long)b->salt.lo);
    for (size_t i = 0; i < b->by_key.n; i++) {
        mop_out_sv(out, mop_buf_view(&text));
        mop_buf_reset(&text);
        write_line(&text, &lines[i]);
    }
    mop_out_sv(out, mop_buf_view(&text));
    mop_buf_release(&text);
    free(lines);
}
