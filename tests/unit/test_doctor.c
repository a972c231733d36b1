/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "cli/doctor.h"
#include "history/log.h"

#define MINUTE (INT64_C(60) * 1000000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* `pattern`: the times between runs, over and over, until there are so many runs. */
static void how_often_a_job_runs(void **state)
{
    static const struct {
        const char *comment;
        size_t runs;
        int64_t pattern[16];
        int64_t usual, late;
    } rows[] = {
        {"no run", 0, {DAY}, 0, 2 * DAY},
        {"one run", 1, {DAY}, 0, 2 * DAY},
        {"one time between two runs is no rhythm", 2, {7 * DAY}, 0, 2 * DAY},
        {"every night", 30, {DAY}, DAY, 2 * DAY},
        {"every week", 3, {7 * DAY}, 7 * DAY, 14 * DAY},
        {"every hour", 60, {HOUR}, HOUR, 2 * HOUR},
        {"every quarter of an hour, for more runs than are looked at",
         1000,
         {15 * MINUTE},
         15 * MINUTE,
         30 * MINUTE},
        {"not at weekends", 30, {DAY, DAY, DAY, DAY, 3 * DAY}, DAY, 3 * DAY + 18 * HOUR},
        {"one outage of a month",
         11,
         {DAY, DAY, 30 * DAY, DAY, DAY, DAY, DAY, DAY, DAY, DAY},
         DAY,
         2 * DAY},
        {"the hour in which it was set up", 20, {3 * MINUTE}, 0, 2 * DAY},
        {"and two nights after it",
         11,
         {MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, MINUTE, DAY, DAY},
         MINUTE,
         DAY + 6 * HOUR},
        {"a clock that goes back", 30, {DAY, DAY, -DAY}, DAY, 2 * DAY},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(rows); i++) {
        struct mop_log_run runs[1000] = {{0}};
        int64_t late = 0;
        size_t length = 0;
        while (length < 16 && rows[i].pattern[length])
            length++;
        for (size_t k = 1; k < rows[i].runs; k++)
            runs[k].now_us = runs[k - 1].now_us + rows[i].pattern[(k - 1) % length];
        CHECK(rows[i].comment, mop_log_rhythm(runs, rows[i].runs, &late) == rows[i].usual);
        CHECK(rows[i].comment, late == rows[i].late);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(how_often_a_job_runs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
