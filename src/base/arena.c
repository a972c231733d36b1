/* SPDX-License-Identifier: MIT */
#include "mem.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under ASan what an arena has not handed out is poisoned: a view that outlives its batch is
 * caught. */
#if defined(__SANITIZE_ADDRESS__)
#define MOP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MOP_ASAN 1
#endif
#endif
#ifdef MOP_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

#define BLOCK_BYTES ((size_t)64 * 1024)
#define ALIGNMENT (_Alignof(max_align_t))

struct mop_arena_block {
    struct mop_arena_block *next;
    size_t n, cap;
    _Alignas(max_align_t) char bytes[];
};

void mop_arena_init(struct mop_arena *a)
{
    *a = (struct mop_arena){0};
}

static struct mop_arena_block *block_create(size_t cap)
{
    if (cap > PTRDIFF_MAX)
        mop_mem_exhausted();
    struct mop_arena_block *b = mop_realloc(NULL, 1, sizeof *b + cap);
    *b = (struct mop_arena_block){.cap = cap};
    ASAN_POISON_MEMORY_REGION(b->bytes, cap);
    return b;
}

static void block_free(struct mop_arena_block *b)
{
    ASAN_UNPOISON_MEMORY_REGION(b->bytes, b->cap);
    free(b);
}

static struct mop_arena_block *block_standard(struct mop_arena *a)
{
    struct mop_arena_block *b = a->spare;
    if (!b)
        return block_create(BLOCK_BYTES);
    a->spare = b->next;
    return b;
}

/* A block of its own goes behind the head, so that the rest of the head stays in use. */
static struct mop_arena_block *block_own(struct mop_arena *a, size_t size)
{
    struct mop_arena_block *b = block_create(size);
    struct mop_arena_block **at = a->head ? &a->head->next : &a->head;
    b->next = *at;
    *at = b;
    return b;
}

static struct mop_arena_block *block_for(struct mop_arena *a, size_t size)
{
    if (a->head && a->head->cap - a->head->n >= size)
        return a->head;
    if (size > BLOCK_BYTES)
        return block_own(a, size);
    struct mop_arena_block *b = block_standard(a);
    b->next = a->head;
    a->head = b;
    return b;
}

static size_t round_up(size_t size)
{
    if (size > PTRDIFF_MAX - ALIGNMENT)
        mop_mem_exhausted();
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *mop_arena_alloc(struct mop_arena *a, size_t size)
{
    size_t room = round_up(size);
    struct mop_arena_block *b = block_for(a, room);
    char *p = b->bytes + b->n;
    b->n += room;
    a->used += size;
    ASAN_UNPOISON_MEMORY_REGION(p, size);
    return memset(p, 0, size);
}

void *mop_arena_array(struct mop_arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        mop_mem_exhausted();
    return mop_arena_alloc(a, bytes);
}

char *mop_arena_str(struct mop_arena *a, struct mop_sv s)
{
    char *copy = mop_arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    return copy;
}

struct mop_sv mop_arena_copy(struct mop_arena *a, struct mop_sv s)
{
    return s.p ? (struct mop_sv){mop_arena_str(a, s), s.n} : MOP_SV_NONE;
}

struct mop_sv mop_arena_printf(struct mop_arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    size_t len = n > 0 ? (size_t)n : 0;
    char *p = mop_arena_alloc(a, len + 1);
    if (len)
        vsnprintf(p, len + 1, fmt, again);
    va_end(again);
    va_end(ap);
    return (struct mop_sv){p, len};
}

/* Large blocks go back to the system: one value of 10 MB must not weigh on every batch after it. */
static void block_retire(struct mop_arena *a, struct mop_arena_block *b)
{
    if (b->cap != BLOCK_BYTES) {
        block_free(b);
        return;
    }
    b->n = 0;
    b->next = a->spare;
    a->spare = b;
    ASAN_POISON_MEMORY_REGION(b->bytes, b->cap);
}

void mop_arena_reset(struct mop_arena *a)
{
    while (a->head) {
        struct mop_arena_block *b = a->head;
        a->head = b->next;
        block_retire(a, b);
    }
    a->used = 0;
}

void mop_arena_release(struct mop_arena *a)
{
    mop_arena_reset(a);
    while (a->spare) {
        struct mop_arena_block *b = a->spare;
        a->spare = b->next;
        block_free(b);
    }
}
