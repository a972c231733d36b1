/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/map.h"
#include "base/mem.h"
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void keys(void **state)
{
    (void)state;
    static const struct mop_sv KEYS[] = {
        L("google"), L("Google"), L("google "), L(""), L("a\0b"), L("a\0c"), L("a"),
    };
    struct mop_map m;
    mop_map_init(&m);
    bool added;
    assert_null(mop_map_find(&m, MOP_SV("google"))); /* nothing allocated yet */
    for (size_t i = 0; i < ROWS(KEYS); i++) {
        uint64_t *item = mop_map_put(&m, KEYS[i], &added);
        assert_true(added);
        assert_int_equal(*item, 0);
        *item = i + 100;
    }
    for (size_t i = 0; i < ROWS(KEYS); i++) {
        assert_int_equal(*mop_map_put(&m, KEYS[i], &added), i + 100);
        assert_false(added);
        assert_int_equal(*mop_map_find(&m, KEYS[i]), i + 100);
        assert_ptr_equal(m.entries[i].key.p, KEYS[i].p); /* borrowed, in the order of adding */
    }
    assert_int_equal(m.n, ROWS(KEYS));
    assert_null(mop_map_find(&m, MOP_SV("goog")));
    assert_int_equal(*mop_map_find(&m, MOP_SV_NONE), 103); /* absent is the empty key */
    mop_map_release(&m);
}

/* Enough keys for many rehashes; each is found, none else is, and the order is kept. */
static void many(void **state)
{
    (void)state;
    enum { N = 50000 };
    struct mop_arena a;
    struct mop_map m;
    mop_arena_init(&a);
    mop_map_init(&m);
    for (uint64_t i = 0; i < N; i++) {
        *mop_map_put(&m, mop_arena_printf(&a, "key-%d", (int)i), NULL) = i;
        mop_map_put(&m, mop_arena_printf(&a, "key-%d", (int)(i / 2)), NULL);
    }
    assert_int_equal(m.n, N);
    for (uint64_t i = 0; i < N; i++) {
        assert_int_equal(m.entries[i].item, i);
        assert_int_equal(*mop_map_find(&m, mop_arena_printf(&a, "key-%d", (int)i)), i);
        assert_null(mop_map_find(&m, mop_arena_printf(&a, "key-%d.", (int)i)));
    }
    mop_map_reset(&m);
    assert_int_equal(m.n, 0);
    assert_null(mop_map_find(&m, MOP_SV("key-1")));
    mop_map_put(&m, MOP_SV("key-1"), NULL);
    assert_int_equal(m.n, 1);
    mop_map_release(&m);
    mop_arena_release(&a);
}

static bool same(struct mop_h128 a, struct mop_h128 b)
{
    return a.lo == b.lo && a.hi == b.hi;
}

/* Known answers: these hashes choose samples and name records in baselines, on every machine. */
static void stable(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        struct mop_h128 want;
    } T[] = {
        {"nothing (the figure of XXH3's own documents)",
         L(""),
         {UINT64_C(0x6001c324468d497f), UINT64_C(0x99aa06d3014798d8)}},
        {"absent", {NULL, 0}, {UINT64_C(0x6001c324468d497f), UINT64_C(0x99aa06d3014798d8)}},
        {"a word", L("mopslint"), {UINT64_C(0xd6c9f6dda4cd5e49), UINT64_C(0x531d6b4486f81a40)}},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].row, same(mop_hash_stable(T[i].text), T[i].want));
}

/* Lengths over which XXH3 takes different ways: one changed byte changes every hash. */
static void sensitive(void **state)
{
    (void)state;
    static const size_t LENGTHS[] = {1, 3, 4, 8, 9, 16, 17, 128, 129, 240, 241, 1024, 5000};
    char text[5000];
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < ROWS(LENGTHS); i++) {
        struct mop_sv s = {text, LENGTHS[i]};
        uint64_t h = mop_hash(s);
        struct mop_h128 keyed = mop_hash_keyed(s), fixed = mop_hash_stable(s);
        assert_true(h == mop_hash(s) && same(keyed, mop_hash_keyed(s)));
        assert_false(same(keyed, fixed)); /* the key is in use */
        text[LENGTHS[i] / 2] = 'y';
        assert_true(h != mop_hash(s));
        assert_false(same(keyed, mop_hash_keyed(s)));
        assert_false(same(fixed, mop_hash_stable(s)));
        text[LENGTHS[i] / 2] = 'x';
    }
}

/* Two processes (forked before any hash was taken) have two secrets. */
static struct mop_h128 hash_in_child(void)
{
    int ends[2];
    struct mop_h128 h = {0, 0};
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        h = mop_hash_keyed(MOP_SV("key"));
        _exit(write(ends[1], &h, sizeof h) != (ssize_t)sizeof h);
    }
    assert_int_equal(read(ends[0], &h, sizeof h), sizeof h);
    waitpid(child, NULL, 0);
    close(ends[0]);
    close(ends[1]);
    return h;
}

static void secret(void **state)
{
    (void)state;
    struct mop_h128 a = hash_in_child(), b = hash_in_child();
    assert_false(same(a, b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secret), /* first: see hash_in_child */
        cmocka_unit_test(keys),   cmocka_unit_test(many),
        cmocka_unit_test(stable), cmocka_unit_test(sensitive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
