/* SPDX-License-Identifier: MIT */
#ifndef MOP_MEM_H
#define MOP_MEM_H
#include "sv.h"

/*
 * Allocation never fails for the caller: exhaustion prints "out of memory" and ends the program
 * with exit status 3, here and nowhere else. All sizes are checked for overflow.
 */
_Noreturn void mop_mem_exhausted(void); /* that one place, for sizes that no allocation can have */
void *mop_alloc(size_t size);           /* zeroed; free() it */
void *mop_calloc(size_t n, size_t size);
void *mop_realloc(void *p, size_t n, size_t size);
char *mop_strdup(struct mop_sv s); /* NUL-terminated copy */
/* The same for zlib, whose zalloc and zfree they are. */
void *mop_zalloc(void *opaque, unsigned n, unsigned size);
void mop_zfree(void *opaque, void *p);

/* With -DMOP_TEST_HOOKS the nth allocation from now fails (0: none); at start n is $MOP_FAIL_ALLOC.
 * Else this does nothing. */
void mop_mem_fail_at(uint64_t nth);

/* Makes room for one more element in `arr` of capacity `cap` holding `n`; doubles. */
#define MOP_GROW(arr, n, cap)                                                                      \
    do {                                                                                           \
        if ((n) == (cap)) {                                                                        \
            (cap) = (cap) ? (cap)*2 : 8;                                                           \
            (arr) = mop_realloc((arr), (cap), sizeof *(arr));                                      \
        }                                                                                          \
    } while (0)

/* An arena: everything in it is freed at once by its one owner. Blocks of 64 KiB, larger ones of
 * their own. */
struct mop_arena {
    struct mop_arena_block *head;
    struct mop_arena_block *spare; /* empty blocks kept by a reset */
    size_t used;                   /* bytes handed out since init or reset */
};
void mop_arena_init(struct mop_arena *a);
void *mop_arena_alloc(struct mop_arena *a, size_t size); /* zeroed, aligned for any type */
void *mop_arena_array(struct mop_arena *a, size_t n, size_t size);
struct mop_sv mop_arena_copy(struct mop_arena *a,
                             struct mop_sv s); /* also NUL-terminated behind .n */
char *mop_arena_str(struct mop_arena *a, struct mop_sv s);
struct mop_sv mop_arena_printf(struct mop_arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void mop_arena_reset(struct mop_arena *a); /* forgets all, keeps memory for reuse */
void mop_arena_release(struct mop_arena *a);
#endif
