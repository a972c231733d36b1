/* SPDX-License-Identifier: MIT */
#include "score/known.h"

void mop_known_init(struct mop_known *k)
{
    mop_arena_init(&k->arena);
    mop_map_init(&k->counts);
}

void mop_known_release(struct mop_known *k)
{
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

static void add(struct mop_known *k, const struct mop_check *c, enum what what, struct mop_sv value)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    add_key(&b, c, what, value);
    uint64_t *found = mop_map_find(&k->counts, mop_buf_view(&b));
    if (!found)
        found = mop_map_put(&k->counts, mop_arena_copy(&k->arena, mop_buf_view(&b)), NULL);
    ++*found;
    mop_buf_release(&b);
}

static uint64_t count(const struct mop_known *k, const struct mop_check *c, enum what what,
                      struct mop_sv value)
{
    struct mop_buf b;
    if (!k)
        return 0;
    mop_buf_init(&b, SIZE_MAX);
    add_key(&b, c, what, value);
    const uint64_t *found = mop_map_find(&k->counts, mop_buf_view(&b));
    uint64_t n = found ? *found : 0;
    mop_buf_release(&b);
    return n;
}

void mop_known_add(struct mop_known *k, const struct mop_check *c, struct mop_sv value)
{
    add(k, c, FAILED, value);
}

void mop_known_add_undecided(struct mop_known *k, const struct mop_check *c)
{
    add(k, c, UNDECIDED, MOP_SV(""));
}

uint64_t mop_known_count(const struct mop_known *k, const struct mop_check *c, struct mop_sv value)
{
    return count(k, c, FAILED, value);
}

uint64_t mop_known_undecided(const struct mop_known *k, const struct mop_check *c)
{
    return count(k, c, UNDECIDED, MOP_SV(""));
}
