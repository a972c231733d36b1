/* SPDX-License-Identifier: MIT */
#include "lint/trial_points.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* Each constant, and what lies nearest to it on either side: whole numbers and whole days first,
 * which read well, then the finest step there is. */

struct points {
    struct mop_arena *a;
    const struct mop_field *f;
    const struct mop_zone *zone;
    void (*fn)(const struct mop_value *v, void *ctx);
    void *ctx;
};

static void give(const struct points *k, struct mop_typed typed)
{
    struct mop_buf b;
    mop_buf_init(&b, 128);
    if (typed.has_when)
        mop_when_print(&b, typed.when);
    else
        mop_number_print(&b, typed.number);
    typed.canonical = mop_arena_copy(k->a, mop_buf_view(&b));
    mop_buf_release(&b);
    struct mop_value v = {.state = MOP_ST_VALUE,
                          .written = typed.canonical,
                          .known = true,
                          .meant = typed.canonical,
                          .typed = typed};
    k->fn(&v, k->ctx);
}

/* ---- numbers ---- */

static mop_i128 one(void)
{
    mop_i128 unit = 1;
    for (int i = 0; i < MOP_NUMBER_DECIMALS; i++)
        unit *= 10;
    return unit;
}

static void give_number(const struct points *k, mop_i128 x)
{
    give(k, (struct mop_typed){.number = x, .has_number = true});
}

static void around_number(const struct points *k, mop_i128 x)
{
    mop_i128 unit = one(), over = (x % unit + unit) % unit;
    bool whole = k->f->type == mop_type_find(MOP_SV("integer"));
    give_number(k, x - over + unit);
    give_number(k, x - over);
    give_number(k, x - over - unit);
    for (int step = -1; !whole && step <= 1; step++)
        give_number(k, x + step);
}

/* ---- times ---- */

static int64_t midnight(const struct points *k, int32_t day)
{
    return mop_zone_instant(k->zone, day * INT64_C(86400000000));
}

static void around_instant(const struct points *k, int64_t us)
{
    for (int step = -1; step <= 1; step++)
        give(k,
             (struct mop_typed){.when = mop_when_of_instant(us + step, k->zone), .has_when = true});
}

static void around_time(const struct points *k, struct mop_when w)
{
    for (int32_t day = w.day - 1; day <= w.day + 1; day++)
        give(k, (struct mop_typed){.when = {midnight(k, day), day, true}, .has_when = true});
    if (k->f->type == mop_type_find(MOP_SV("date")))
        return;
    around_instant(k, midnight(k, w.day));
    around_instant(k, midnight(k, w.day + 1));
    if (!w.whole_day)
        around_instant(k, w.us);
}

/* ---- of tests ---- */

bool mop_lint_compares(const struct mop_test *t)
{
    int64_t us;
    return mop_test_bound(t) || mop_test_age(t, &us);
}

/* Lists hold meant forms: canonical ones. */
static void around_value(const struct points *k, struct mop_sv meant)
{
    struct mop_when when;
    mop_i128 number;
    if (mop_field_is_time(k->f) && mop_date_parse_iso(k->zone, meant, &when))
        around_time(k, mop_when_on(when, k->zone));
    else if (mop_field_is_number(k->f) &&
             mop_number_parse(meant, (struct mop_marks){.decimal = '.'}, &number) == MOP_NUMBER_OK)
        around_number(k, number);
}

static void of_test(const struct points *k, const struct mop_run *run, const struct mop_test *t)
{
    const struct mop_bound *b = mop_test_bound(t);
    bool none_of;
    const struct mop_set *set = mop_test_list(t, &none_of);
    int64_t age;
    if (b && b->is_time)
        around_time(k, mop_when_on(b->when, k->zone));
    else if (b)
        around_number(k, b->number);
    if (mop_test_age(t, &age)) {
        around_time(k, mop_when_of_instant(run->now_us, k->zone));
        around_time(k, mop_when_of_instant(run->now_us - age, k->zone));
    }
    for (size_t i = 0; set && i < set->n; i++)
        around_value(k, set->list[i]);
}

void mop_lint_each_point(const struct mop_run *run, struct mop_arena *a, const struct mop_field *f,
                         const struct mop_test *const *tests, size_t n,
                         void (*fn)(const struct mop_value *v, void *ctx), void *ctx)
{
    const struct mop_type_options *o = &f->type_options;
    struct points k = {a, f, o->days ? o->days : o->zone, fn, ctx};
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any |= mop_lint_compares(tests[i]);
    for (size_t i = 0; any && i < n; i++)
        of_test(&k, run, tests[i]);
}
