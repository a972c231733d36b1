/* SPDX-License-Identifier: MIT */
#include "score/known.h"
#include <stdio.h>

void mop_known_init(struct mop_known *k)
{
    mop_arena_init(&k->arena);
    mop_map_init(&k->values);
    mop_map_init(&k->counts);
}

void mop_known_release(struct mop_known *k)
{
    mop_map_release(&k->values);
    mop_map_release(&k->counts);
    mop_arena_release(&k->arena);
}

enum what { FAILED = 'f', UNDECIDED = 'u' };

static void add_key(struct mop_buf *b, const struct mop_check *c, enum what what,
                    struct mop_sv value)
{
    mop_buf_printf(b, "%c %zu %zu ", (char)what, c->record->index, c->index);
    mop_buf_sv(b, value);
}

static const struct mop_known_value *find(const struct mop_known *k, const struct mop_check *c,
                                          enum what what, struct mop_sv value)
{
    struct mop_buf b;
    if (!k)
        return NULL;
    mop_buf_init(&b, SIZE_MAX);
    add_key(&b, c, what, value);
    const uint64_t *item = mop_map_find(&k->values, mop_buf_view(&b));
    mop_buf_release(&b);
    return item ? (const struct mop_known_value *)(uintptr_t)*item : NULL;
}

/* Is there room for one more value of the rule? */
static bool has_room(struct mop_known *k, const struct mop_check *c)
{
    char name[48];
    bool added;
    int n = snprintf(name, sizeof name, "%zu %zu", c->record->index, c->index);
    struct mop_sv key = {name, (size_t)n};
    uint64_t *count = mop_map_find(&k->counts, key);
    if (!count) {
        count = mop_map_put(&k->counts, mop_arena_copy(&k->arena, key), &added);
        *count = 0;
    }
    return (*count)++ < MOP_RULE_VALUES_MAX;
}

/* The value's, made if there is none yet; NULL: there is no room. */
static struct mop_known_value *of(struct mop_known *k, const struct mop_check *c, enum what what,
                                  struct mop_sv value)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    add_key(&b, c, what, value);
    uint64_t *item = mop_map_find(&k->values, mop_buf_view(&b));
    if (!item && has_room(k, c)) {
        item = mop_map_put(&k->values, mop_arena_copy(&k->arena, mop_buf_view(&b)), NULL);
        *item = (uint64_t)(uintptr_t)mop_arena_alloc(&k->arena, sizeof(struct mop_known_value));
    }
    mop_buf_release(&b);
    return item ? (struct mop_known_value *)(uintptr_t)*item : NULL;
}

void mop_known_add(struct mop_known *k, const struct mop_finding *f, bool known)
{
    enum what what = f->undecided ? UNDECIDED : FAILED;
    struct mop_sv value = f->undecided ? MOP_SV("") : f->value;
    struct mop_known_value *v = of(k, f->check, what, value);
    if (!v)
        return;
    v->count += known;
    mop_first_note(known ? &v->known : &v->fresh, f);
}

const struct mop_known_value *mop_known_value(const struct mop_known *k, const struct mop_check *c,
                                              struct mop_sv value)
{
    return find(k, c, FAILED, value);
}

uint64_t mop_known_undecided(const struct mop_known *k, const struct mop_check *c)
{
    const struct mop_known_value *v = find(k, c, UNDECIDED, MOP_SV(""));
    return v ? v->count : 0;
}
