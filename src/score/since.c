/* SPDX-License-Identifier: MIT */
#include "score/since.h"

enum { TENTH = 1000000, PLACES = 9 };

const char *const mop_whose_names[] = {"data", "rules", "both", "unknown"};

const char *const mop_cause_names[] = {"new",    "gone",       "severity", "judges", "excludes",
                                       "weight", "where",      "needs",    "filed",  "dataset",
                                       "ended",  "suppressed", "time",     "target"};

/* Digit by digit: a sum of money times a billion has no room in 128 bits. */
int64_t mop_billionths(mop_i128 clean, mop_i128 assessed)
{
    if (assessed <= 0)
        return 0;
    int64_t all = (int64_t)(clean / assessed);
    mop_i128 rest = clean % assessed;
    for (int i = 0; i < PLACES; i++) {
        rest *= 10;
        all = 10 * all + (int64_t)(rest / assessed);
        rest %= assessed;
    }
    return all + (2 * rest >= assessed);
}

static int64_t floor_tenths(int64_t billionths)
{
    return billionths / TENTH - (billionths % TENTH < 0);
}

struct mop_split mop_split_of(int64_t data, int64_t rules, int64_t change)
{
    if (!rules)
        return (struct mop_split){change, 0};
    if (!data)
        return (struct mop_split){0, change};
    struct mop_split s = {floor_tenths(data), floor_tenths(rules)};
    bool data_first = data - s.data * TENTH >= rules - s.rules * TENTH;
    for (int64_t left = change - s.data - s.rules; left > 0; left--, data_first = !data_first)
        *(data_first ? &s.data : &s.rules) += 1;
    s.rules = change - s.data; /* two scores that were rounded themselves */
    return s;
}
