/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/mem.h"
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs `act` in a child; its exit status, and what it wrote to standard error. */
static int status_of(void (*act)(void), char *text, size_t size)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], 2);
        act();
        _exit(0);
    }
    close(ends[1]);
    size_t n = 0;
    for (ssize_t got; (got = read(ends[0], text + n, size - 1 - n)) > 0;)
        n += (size_t)got;
    text[n] = '\0';
    close(ends[0]);
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Not const, so that the compiler does not see the overflow coming. */
static volatile size_t huge = SIZE_MAX;

static void alloc_huge(void)
{
    free(mop_alloc(huge));
}
static void calloc_wrap(void)
{
    free(mop_calloc(huge / 2, 4));
}
static void realloc_wrap(void)
{
    free(mop_realloc(NULL, huge / 8, 16));
}
static void arena_huge(void)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_arena_alloc(&a, huge - 1);
}
static void arena_wrap(void)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_arena_array(&a, huge / 2, 4);
}
static void second_fails(void)
{
    mop_mem_fail_at(2);
    void *first = mop_alloc(1);
    fputs("one\n", stderr);
    free(first);
    free(mop_alloc(1));
    fputs("two\n", stderr);
}

static void exhaustion(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        void (*act)(void);
        const char *err;
    } T[] = {
        {"no such size", alloc_huge, "mopslint: out of memory\n"},
        {"n * size wraps", calloc_wrap, "mopslint: out of memory\n"},
        {"n * size wraps when growing", realloc_wrap, "mopslint: out of memory\n"},
        {"rounding up wraps", arena_huge, "mopslint: out of memory\n"},
        {"array in an arena wraps", arena_wrap, "mopslint: out of memory\n"},
        {"an injected fault hits the second", second_fails, "one\nmopslint: out of memory\n"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        char err[200];
        CHECK(T[i].row, status_of(T[i].act, err, sizeof err) == 3);
        check_text(T[i].row, mop_sv_of(err), mop_sv_of(T[i].err));
    }
}

static void plain(void **state)
{
    (void)state;
    char *p = mop_calloc(3, 5);
    for (size_t i = 0; i < 15; i++)
        assert_int_equal(p[i], 0);
    memcpy(p, "fourteen bytes", 15);
    p = mop_realloc(p, 1000, 1000);
    assert_string_equal(p, "fourteen bytes");
    free(p);
    void *none = mop_alloc(0);
    assert_non_null(none);
    free(none);
    char *copy = mop_strdup(MOP_SV("ab"));
    assert_string_equal(copy, "ab");
    free(copy);
    copy = mop_strdup(MOP_SV_NONE);
    assert_string_equal(copy, "");
    free(copy);
}

static void growing(void **state)
{
    (void)state;
    int *list = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < 1000; i++) {
        MOP_GROW(list, n, cap);
        list[n++] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list[i], i);
    assert_int_equal(cap, 1024);
    free(list);
}

/* Pieces of every size around the block size: zeroed, aligned, apart from each other. */
static void arena_pieces(void **state)
{
    (void)state;
    static const size_t SIZES[] = {0, 1, 7, 16, 17, 4096, 65535, 65536, 65537, 300000, 3};
    struct mop_arena a;
    mop_arena_init(&a);
    for (int round = 0; round < 3; round++) {
        unsigned char *pieces[ROWS(SIZES)];
        size_t sum = 0;
        for (size_t i = 0; i < ROWS(SIZES); i++) {
            pieces[i] = mop_arena_alloc(&a, SIZES[i]);
            assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
            for (size_t k = 0; k < SIZES[i]; k++)
                assert_int_equal(pieces[i][k], 0);
            if (SIZES[i])
                memset(pieces[i], (int)i + 1, SIZES[i]);
            sum += SIZES[i];
        }
        for (size_t i = 0; i < ROWS(SIZES); i++)
            for (size_t k = 0; k < SIZES[i]; k++)
                assert_int_equal(pieces[i][k], i + 1);
        assert_int_equal(a.used, sum);
        mop_arena_reset(&a); /* the next round gets dirty blocks */
        assert_int_equal(a.used, 0);
    }
    mop_arena_release(&a);
}

/* A long run over batches must not take more memory than one batch. */
static void arena_reuse(void **state)
{
    (void)state;
    struct mop_arena a;
    mop_arena_init(&a);
    void *seen[4];
    for (int round = 0; round < 50; round++) {
        size_t known = 0;
        for (size_t i = 0; i < 4; i++) {
            void *p = mop_arena_alloc(&a, 40000);
            for (size_t k = 0; round && k < 4; k++)
                known += p == seen[k];
            if (!round)
                seen[i] = p;
        }
        assert_int_equal(known, round ? 4 : 0);
        mop_arena_reset(&a);
    }
    mop_arena_release(&a);
}

static void arena_text(void **state)
{
    (void)state;
    struct mop_arena a;
    mop_arena_init(&a);
    struct mop_sv s = mop_arena_copy(&a, MOP_SV("a\0b"));
    assert_int_equal(s.n, 3);
    assert_memory_equal(s.p, "a\0b", 4); /* with the NUL behind */
    assert_null(mop_arena_copy(&a, MOP_SV_NONE).p);
    assert_non_null(mop_arena_copy(&a, MOP_SV("")).p);
    assert_string_equal(mop_arena_str(&a, MOP_SV_NONE), "");
    check_text("printf", mop_arena_printf(&a, "%s-%d", "x", 7), MOP_SV("x-7"));
    check_text("printf of nothing", mop_arena_printf(&a, "%s", ""), MOP_SV(""));
    mop_arena_release(&a);
    mop_arena_release(&a); /* twice does no harm */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exhaustion),   cmocka_unit_test(plain),       cmocka_unit_test(growing),
        cmocka_unit_test(arena_pieces), cmocka_unit_test(arena_reuse), cmocka_unit_test(arena_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
