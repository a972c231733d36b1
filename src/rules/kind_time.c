/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* Against the clock of the run (--now): within, max_age. d is 24 h; a date is as old as its days.
 */

struct age {
    int64_t us;
    struct mop_sv text;
};
static const int64_t us_per_day = INT64_C(86400) * 1000000;

static int age_compile(struct mop_scope *s, const struct mop_node *use, const struct mop_node *opts,
                       struct mop_test *t)
{
    struct age *a = mop_arena_alloc(s->arena, sizeof *a);
    t->arg = a;
    if (mop_need_use(s, t->kind, use, opts, "a time such as 7d") ||
        mop_need_time(s, t, t->fields[0], use))
        return -1;
    return mop_read_text(s, use, &a->text) || mop_read_duration(s, use, &a->us) ? -1 : 0;
}

/* Negative: in the future. */
static int64_t age_of(const struct mop_value *v, const struct mop_run *run)
{
    const struct mop_when *w = &v->typed.when;
    return w->whole_day ? (run->rules->now.day - w->day) * us_per_day : run->now_us - w->us;
}

static enum mop_outcome within_value(const struct mop_test *t, const struct mop_value *v,
                                     struct mop_run *run)
{
    int64_t age = age_of(v, run);
    return age >= 0 && age <= ((const struct age *)t->arg)->us ? MOP_PASS : MOP_FAIL;
}

static enum mop_outcome max_age_value(const struct mop_test *t, const struct mop_value *v,
                                      struct mop_run *run)
{
    return age_of(v, run) <= ((const struct age *)t->arg)->us ? MOP_PASS : MOP_FAIL;
}

bool mop_test_age(const struct mop_test *t, int64_t *us)
{
    if (t->kind != &mop_kind_within)
        return false;
    *us = ((const struct age *)t->arg)->us;
    return true;
}

static void age_explain(const struct mop_test *t, const struct mop_value *const *v,
                        struct mop_run *run, struct mop_words *w)
{
    const struct age *a = t->arg;
    int64_t age = age_of(v[0], run);
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    if (age < 0)
        mop_say(w, " is in the future");
    else {
        mop_say(w, " is older than %.*s: %lld day%s", MOP_SV_ARG(a->text),
                (long long)(age / us_per_day), age / us_per_day == 1 ? "" : "s");
        if (age - age % us_per_day <= a->us)
            mop_say_excess(w, age % us_per_day);
    }
}

const struct mop_kind mop_kind_within = {
    .name = "within",
    .summary = "a date lies within the time before now",
    .doc = "{created_at: {within: 30d}}: not in the future and not older than that, by --now. "
           "Mostly a condition: rules for new records.\n"
           "What to do where it is a rule: correct the date; one in the future is a typing error "
           "or a wrong day-month order.",
    .schema = "{\"$ref\": \"#/$defs/duration\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_MEANT | MOP_K_CLOCK,
    .compile = age_compile,
    .value = within_value,
    .explain = age_explain,
};

const struct mop_kind mop_kind_max_age = {
    .name = "max_age",
    .summary = "a date is not older than that",
    .doc = "What nobody has touched for long is not what it says: an open deal without activity "
           "for half a year is not open.\n"
           "  last_activity: {type: date, max_age: {use: 180d, when: {status: open}}}\n"
           "What to do: call, close, or correct; then the date moves by itself.",
    .schema = "{\"$ref\": \"#/$defs/duration\"}",
    .severity = MOP_SEV_WARNING,
    .dimension = MOP_DIM_TIMELINESS,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_MEANT | MOP_K_CLOCK,
    .compile = age_compile,
    .value = max_age_value,
    .explain = age_explain,
};
