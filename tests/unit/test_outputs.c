/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/interrupt.h"
#include "cli/check_settings.h"
#include "cli/options.h"
#include "cli/outputs.h"

/* A signal may come when all has been read and nothing is written yet: that is not exit status 0.
 */
static void an_interrupted_run_is_not_done(void **state)
{
    static const struct {
        const char *comment;
        enum mop_status status;
        int interrupted, rc, code;
    } rows[] = {
        {"undisturbed", MOP_RUN_PASS, 0, 0, 0},
        {"read whole", MOP_RUN_PASS, 1, -1, 3},
        {"read whole, falls short", MOP_RUN_FAIL, 1, -1, 3},
        {"broken off: the source says so", MOP_RUN_PARTIAL, 1, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct mop_check_settings s = {0};
        struct mop_outputs o = {.s = &s};
        struct mop_result r = {.status = rows[i].status};
        struct mop_err e = {0};
        mop_interrupted = rows[i].interrupted;
        int rc = mop_outputs_write(&o, &r, &e);
        mop_interrupted = 0;
        CHECK(rows[i].comment, rc == rows[i].rc);
        CHECK(rows[i].comment, e.code == rows[i].code);
        CHECK(rows[i].comment, s.metrics_told == !rows[i].interrupted);
    }
}

/* Who says -1 and not of what has failed all the same. */
static void an_error_without_words_is_no_success(void **state)
{
    struct mop_err none = {0}, usage = {0};
    (void)state;
    mop_err_set(&usage, 2, (struct mop_loc){0}, "no such thing");
    assert_int_equal(mop_cli_error(&none), 3);
    assert_int_equal(mop_cli_error(&usage), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_interrupted_run_is_not_done),
                                       cmocka_unit_test(an_error_without_words_is_no_success)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
