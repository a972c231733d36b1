/* SPDX-License-Identifier: MIT */
#include "mem.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef MOP_TEST_HOOKS
#include <stdatomic.h>
#endif

/*
 * exit, not abort or _Exit: what is registered to remove half-written files shall run.
 */
_Noreturn void mop_mem_exhausted(void)
{
    fputs("mopslint: out of memory\n", stderr);
    exit(3);
}

#ifdef MOP_TEST_HOOKS
#define UNREAD (-1)
static _Atomic int64_t until_failure = UNREAD;

void mop_mem_fail_at(uint64_t nth)
{
    until_failure = nth < INT64_MAX ? (int64_t)nth : 0;
}

static bool must_fail(void)
{
    if (until_failure == UNREAD) {
        const char *env = getenv("MOP_FAIL_ALLOC");
        mop_mem_fail_at(env ? strtoull(env, NULL, 10) : 0);
    }
    return until_failure > 0 && atomic_fetch_sub(&until_failure, 1) == 1;
}
#else
void mop_mem_fail_at(uint64_t nth)
{
    (void)nth;
}

static bool must_fail(void)
{
    return false;
}
#endif

static void *need(void *p)
{
    if (!p)
        mop_mem_exhausted();
    return p;
}

/* Never 0: malloc(0) may answer NULL, which would look like exhaustion. */
static size_t product(size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes) || bytes > PTRDIFF_MAX || must_fail())
        mop_mem_exhausted();
    return bytes ? bytes : 1;
}

void *mop_alloc(size_t size)
{
    return mop_calloc(1, size);
}

void *mop_calloc(size_t n, size_t size)
{
    return need(calloc(1, product(n, size)));
}

void *mop_realloc(void *p, size_t n, size_t size)
{
    return need(realloc(p, product(n, size)));
}

void *mop_zalloc(void *opaque, unsigned n, unsigned size)
{
    (void)opaque;
    return mop_calloc(n, size);
}

void mop_zfree(void *opaque, void *p)
{
    (void)opaque;
    free(p);
}

char *mop_strdup(struct mop_sv s)
{
    char *copy = mop_alloc(s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    return copy;
}
