/* SPDX-License-Identifier: MIT */
#include "map.h"
#include "mem.h"
#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 16 /* a power of two, as every later number of slots */

void mop_map_init(struct mop_map *m)
{
    *m = (struct mop_map){0};
}

void mop_map_release(struct mop_map *m)
{
    free(m->entries);
    free(m->slots);
    mop_map_init(m);
}

void mop_map_reset(struct mop_map *m)
{
    m->n = 0;
    if (m->nslots)
        memset(m->slots, 0, m->nslots * sizeof *m->slots);
}

/* The slot that holds the key, or the free one where it belongs. */
static uint32_t *slot_of(const struct mop_map *m, struct mop_sv key, uint64_t hash)
{
    size_t mask = m->nslots - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t *slot = &m->slots[i];
        if (!*slot)
            return slot;
        const struct mop_map_entry *e = &m->entries[*slot - 1];
        if (e->hash == hash && mop_sv_eq(e->key, key))
            return slot;
    }
}

uint64_t *mop_map_find(const struct mop_map *m, struct mop_sv key)
{
    if (!m->n)
        return NULL;
    const uint32_t *slot = slot_of(m, key, mop_hash(key));
    return *slot ? &m->entries[*slot - 1].item : NULL;
}

static void place(struct mop_map *m, size_t entry)
{
    size_t mask = m->nslots - 1, i = (size_t)m->entries[entry].hash & mask;
    while (m->slots[i])
        i = (i + 1) & mask;
    m->slots[i] = (uint32_t)(entry + 1);
}

/* At most half full: probes stay short even for keys that are not there. */
static void make_room(struct mop_map *m)
{
    if ((m->n + 1) * 2 <= m->nslots)
        return;
    m->nslots = m->nslots ? m->nslots * 2 : FIRST_SLOTS;
    free(m->slots);
    m->slots = mop_calloc(m->nslots, sizeof *m->slots);
    for (size_t i = 0; i < m->n; i++)
        place(m, i);
}

uint64_t *mop_map_put(struct mop_map *m, struct mop_sv key, bool *added)
{
    make_room(m);
    uint64_t hash = mop_hash(key);
    uint32_t *slot = slot_of(m, key, hash);
    if (added)
        *added = !*slot;
    if (*slot)
        return &m->entries[*slot - 1].item;
    if (m->n == UINT32_MAX)
        mop_mem_exhausted(); /* a slot cannot number more entries */
    MOP_GROW(m->entries, m->n, m->cap);
    m->entries[m->n] = (struct mop_map_entry){.key = key, .hash = hash};
    *slot = (uint32_t)++m->n;
    return &m->entries[m->n - 1].item;
}
