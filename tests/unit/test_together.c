/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "score/together.h"

enum { CHECKS = 4 };

/* Rules 0 to 2 are errors, 3 is a warning. */
struct world {
    struct mop_record record;
    struct mop_tally tally;
    uint64_t errors;
    struct mop_signature signatures[6];
    uint64_t bits[6][2];
    mop_i128 weight[6];
    uint8_t classes[6];
};

static void add(struct world *w, uint64_t fail, uint64_t undecided, uint64_t records, int value)
{
    size_t i = w->tally.nsignatures++;
    w->bits[i][0] = fail;
    w->bits[i][1] = undecided;
    w->weight[i] = value;
    w->classes[i] = MOP_W_VALID;
    w->signatures[i] = (struct mop_signature){.fail = &w->bits[i][0],
                                              .undecided = &w->bits[i][1],
                                              .assessed = true,
                                              .records = records,
                                              .classes = &w->classes[i],
                                              .weight = &w->weight[i]};
}

static void begin(struct world *w)
{
    *w = (struct world){.record = {.nchecks = CHECKS, .own_weight = true}, .errors = 7};
    w->tally = (struct mop_tally){
        .record = &w->record, .words = 1, .error_mask = &w->errors, .signatures = w->signatures};
}

/* Equal sets are one, whatever warnings or cohorts tell the signatures apart. */
static void adds_up_equal_sets(void **state)
{
    struct world w;
    struct mop_together t;
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    begin(&w);
    add(&w, 0, 0, 100, 50);  /* clean */
    add(&w, 3, 0, 4, 10);    /* 0 and 1 */
    add(&w, 3 | 8, 0, 3, 5); /* the same, and the warning */
    add(&w, 4, 0, 7, 1);     /* 2 alone: as many records, behind the set of lower rules */
    add(&w, 0, 4, 2, 1);     /* 2 cannot be told */
    add(&w, 8, 0, 9, 1);     /* only the warning: clean */
    mop_together(&w.tally, &a, &t);
    assert_int_equal(t.n, 2);
    assert_int_equal(t.unclean, 16);
    assert_int_equal(t.alone, 9);
    assert_int_equal(t.sets[0].checks[0], 4);
    assert_int_equal(t.sets[0].records, 9);
    assert_int_equal(t.sets[1].checks[0], 3);
    assert_int_equal(t.sets[1].size, 2);
    assert_int_equal(t.sets[1].records, 7);
    assert_true(t.sets[1].value == 15);
    assert_false(t.beyond);
    mop_arena_release(&a);
}

/* The order of the records, which is that of the signatures, does not show. */
static void order_does_not_show(void **state)
{
    static const uint64_t sets[] = {5, 6, 3, 1};
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    for (size_t first = 0; first < ROWS(sets); first++) {
        struct world w;
        struct mop_together t;
        begin(&w);
        for (size_t i = 0; i < ROWS(sets); i++)
            add(&w, sets[(first + i) % ROWS(sets)], 0, 5, 1);
        mop_together(&w.tally, &a, &t);
        assert_int_equal(t.n, 4);
        assert_int_equal(t.sets[0].checks[0], 3); /* 0 1; then 0 2, 0, 1 2 */
        assert_int_equal(t.sets[1].checks[0], 5);
        assert_int_equal(t.sets[2].checks[0], 1);
        assert_int_equal(t.sets[3].checks[0], 6);
    }
    mop_arena_release(&a);
}

static void nothing_wrong(void **state)
{
    struct world w;
    struct mop_together t;
    struct mop_arena a;
    (void)state;
    mop_arena_init(&a);
    begin(&w);
    add(&w, 0, 0, 5, 1);
    add(&w, 1, 0, 5, 1);
    w.signatures[1].assessed = false;
    mop_together(&w.tally, &a, &t);
    assert_int_equal(t.n, 0);
    assert_int_equal(t.unclean, 0);
    mop_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(adds_up_equal_sets),
                                       cmocka_unit_test(order_does_not_show),
                                       cmocka_unit_test(nothing_wrong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
