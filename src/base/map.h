/* SPDX-License-Identifier: MIT */
#ifndef MOP_MAP_H
#define MOP_MAP_H
#include "sv.h"

/*
 * A hash table from byte strings to one 64-bit item (an index or a pointer): open addressing, XXH3,
 * keys compared as bytes, never by hash alone. Keys are borrowed: they must outlive the map (keep
 * them in an arena). Iteration is in insertion order, so that nothing printed depends on hashes.
 */
struct mop_map {
    struct mop_map_entry {
        struct mop_sv key;
        uint64_t hash;
        uint64_t item;
    } * entries;     /* in insertion order, n of them */
    uint32_t *slots; /* 1 + index into entries; 0: free */
    size_t n, cap, nslots;
};
void mop_map_init(struct mop_map *m);
void mop_map_release(struct mop_map *m);
void mop_map_reset(struct mop_map *m);
/* The entry's item, or NULL. The pointer is valid until the next put. */
uint64_t *mop_map_find(const struct mop_map *m, struct mop_sv key);
/* Finds or adds (with item 0); *added (may be NULL) says which. The key is stored as given
 * (borrowed). */
uint64_t *mop_map_put(struct mop_map *m, struct mop_sv key, bool *added);
/* Keyed like mop_hash_keyed, since file contents choose the keys of maps: not the same in the next
 * process. */
uint64_t mop_hash(struct mop_sv s);
struct mop_h128 {
    uint64_t lo, hi;
};
/* Keyed by a random secret made once per process; for key tables (uniqueness, references). */
struct mop_h128 mop_hash_keyed(struct mop_sv s);
/* Not keyed: the same on every machine; for record hashes, sample choice and digests of rows. */
struct mop_h128 mop_hash_stable(struct mop_sv s);
#endif
