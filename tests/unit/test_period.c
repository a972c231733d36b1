/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/date.h"
#include "gate/period.h"

#define NO MOP_PERIOD_UNREAD
#define YES MOP_PERIOD_AGREES
#define OTHER MOP_PERIOD_OTHER

/* Times in names against 2 March 2027. */
static void reading(void **state)
{
    (void)state;
    static const struct {
        const char *part, *text;
        enum mop_period want;
    } T[] = {
        {"year", "2027", YES},
        {"year", "27", YES},
        {"year", "2026", OTHER},
        {"year", "03", OTHER}, /* a month is no year */
        {"quarter", "2027q1", YES},
        {"quarter", "Q1", YES},
        {"quarter", "1Q", YES},
        {"quarter", "q1-27", YES},
        {"quarter", "q12027", YES},
        {"quarter", "1q27", YES},
        {"quarter", "1", YES},
        {"quarter", "2", OTHER},
        {"quarter", "2027q2", OTHER},
        {"quarter", "4Q26", OTHER},
        {"quarter", "q5", NO},
        {"quarter", "q", NO},
        {"month", "03", YES},
        {"month", "3", YES},
        {"month", "mar", YES},
        {"month", "March", YES},
        {"month", "M\xc3\xa4r", YES},
        {"month", "MAERZ", YES},
        {"month", "mrz", YES},
        {"month", "2027-03", YES},
        {"month", "202703", YES},
        {"month", "mar27", YES},
        {"month", "2027_march", YES},
        {"month", "2703", YES},
        {"month", "02", OTHER}, /* that is the day */
        {"month", "april", OTHER},
        {"month", "2027-04", OTHER},
        {"month", "2026", OTHER},
        {"month", "13", NO},
        {"month", "spring", NO},
        {"date", "2027-03-02", YES},
        {"date", "2027-3-2", YES},
        {"date", "20270302", YES},
        {"date", "270302", YES},
        {"date", "02032027", YES},
        {"date", "02.03.2027", YES},
        {"date", "2mar2027", YES},
        {"date", "27-03-02", YES},
        {"date", "2027", YES},
        {"date", "0302", YES},
        {"date", "2027-03-03", OTHER},
        {"date", "20270402", OTHER},
        {"date", "270303", OTHER},
        {"date", "31032027", OTHER},
        {"date", "99999999", NO},
        {"date", "2027-03-02-1-1", NO},
        {"date", "", NO},
        {"date", "-", NO},
        {"date", "kw09", NO},
        {"flight", "march", YES},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        enum mop_period got = mop_period_compare(mop_sv_of(T[i].part), mop_sv_of(T[i].text),
                                                 mop_day_of_civil(2027, 3, 2), &a);
        if (got != T[i].want)
            fail_msg("%s '%s': %d, want %d", T[i].part, T[i].text, (int)got, (int)T[i].want);
    }
    mop_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(reading)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
