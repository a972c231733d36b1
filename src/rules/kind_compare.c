/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* Two fields of a record: equals_field, before, not_before, after. The last three take a constant
 * as well. */

static int equals_compile(struct mop_scope *s, const struct mop_node *use,
                          const struct mop_node *opts, struct mop_test *t)
{
    if (mop_need_use(s, t->kind, use, opts, "the name of a field"))
        return -1;
    struct mop_field *f = mop_scope_field(s, use);
    if (!f)
        return -1;
    mop_test_reads(s, t, f);
    return 0;
}

static enum mop_outcome equals_row(const struct mop_test *t, const struct mop_value *const *v,
                                   struct mop_run *run)
{
    (void)t, (void)run;
    bool comparable = (v[0]->typed.has_when && v[1]->typed.has_when) ||
                      (v[0]->typed.has_number && v[1]->typed.has_number);
    bool equal = comparable ? mop_value_cmp(v[0], v[1]) == 0 : mop_sv_eq(v[0]->meant, v[1]->meant);
    return equal ? MOP_PASS : MOP_FAIL;
}

static void say_side(const struct mop_test *t, const struct mop_value *const *v, size_t i,
                     struct mop_words *w)
{
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[i]->name));
    mop_say_value(w, t->fields[i], v[i]->written);
}

/* Two that are written alike differ in what they mean: then that is said as well. */
static void say_equal_side(const struct mop_test *t, const struct mop_value *const *v, size_t i,
                           struct mop_words *w)
{
    say_side(t, v, i, w);
    if (!mop_sv_eq(v[0]->written, v[1]->written) || mop_sv_eq(v[0]->meant, v[1]->meant))
        return;
    mop_say(w, " (which means ");
    mop_say_value(w, t->fields[i], v[i]->meant);
    mop_say(w, ")");
}

static void equals_explain(const struct mop_test *t, const struct mop_value *const *v,
                           struct mop_run *run, struct mop_words *w)
{
    bool same = equals_row(t, v, run) == MOP_PASS; /* under a `not` that is what is wrong */
    say_equal_side(t, v, 0, w);
    mop_say(w, same ? " means the same as " : ", but ");
    say_equal_side(t, v, 1, w);
}

const struct mop_kind mop_kind_equals_field = {
    .name = "equals_field",
    .summary = "two fields mean the same",
    .doc = "Two systems hold one fact, and they disagree: the source in the URL and the source in "
           "the CRM. Which one a report shows\n"
           "depends on where it was built. Meant forms are compared, so a spelling alone is no "
           "difference.\n"
           "  then: {url_source: {equals_field: utm_source}}\n"
           "What to do: find the step that rewrites one of them (a form's hidden field, an "
           "enrichment, an import).",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_CONSISTENCY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_MEANT | MOP_K_ROW | MOP_K_NEGATED,
    .compile = equals_compile,
    .row = equals_row,
    .explain = equals_explain,
};

/* ---- before, not_before, after ---- */

struct order {
    const char *wrong, *of_numbers; /* how the sides stand when the check fails */
    int low, high;                  /* the comparison lies within */
};
static const struct order before = {"not before", "not less than", -1, -1},
                          not_before = {"before", "less than", 0, 1},
                          after = {"not after", "not more than", 1, 1};
struct order_arg {
    const struct order *order;
    struct mop_bound bound; /* unless the other side is a field */
};

static bool same_measure(const struct mop_field *a, const struct mop_field *b)
{
    return a->type->as == b->type->as;
}

static int other_field(struct mop_scope *s, const struct mop_node *use, struct mop_test *t)
{
    struct mop_field *f = mop_scope_field(s, use);
    if (!f || mop_need_comparable(s, t, f, use))
        return -1;
    if (!same_measure(t->fields[0], f))
        return mop_scope_fault(s, "needs-type", use,
                               "a date and a number cannot be compared: '%.*s' and '%.*s'",
                               MOP_SV_ARG(t->fields[0]->name), MOP_SV_ARG(f->name));
    mop_test_reads(s, t, f);
    return 0;
}

/* Dates and numbers begin with a digit or a sign; names of fields do not. */
static bool is_constant(struct mop_sv text)
{
    return text.n &&
           (text.p[0] == '-' || text.p[0] == '+' || (text.p[0] >= '0' && text.p[0] <= '9'));
}

static int order_compile(struct mop_scope *s, const struct mop_node *use,
                         const struct mop_node *opts, struct mop_test *t)
{
    struct order_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    struct mop_sv text;
    t->arg = arg;
    arg->order = t->kind == &mop_kind_before  ? &before
                 : t->kind == &mop_kind_after ? &after
                                              : &not_before;
    if (mop_need_use(s, t->kind, use, opts, "a field, a date or a number") ||
        mop_read_text(s, use, &text) || mop_need_comparable(s, t, t->fields[0], use))
        return -1;
    return is_constant(text) && !mop_record_field(t->fields[0]->record, text)
               ? mop_read_bound(s, t->fields[0], use, &arg->bound)
               : other_field(s, use, t);
}

static enum mop_outcome order_row(const struct mop_test *t, const struct mop_value *const *v,
                                  struct mop_run *run)
{
    const struct order_arg *arg = t->arg;
    (void)run;
    int c = arg->bound.set ? mop_bound_cmp(v[0], &arg->bound) : mop_value_cmp(v[0], v[1]);
    c = c < 0 ? -1 : c > 0;
    return c >= arg->order->low && c <= arg->order->high ? MOP_PASS : MOP_FAIL;
}

const struct mop_bound *mop_order_bound(const struct mop_test *t)
{
    const struct order_arg *arg = t->kind->row == order_row ? t->arg : NULL;
    return arg && arg->bound.set ? &arg->bound : NULL;
}

static void order_explain(const struct mop_test *t, const struct mop_value *const *v,
                          struct mop_run *run, struct mop_words *w)
{
    const struct order_arg *arg = t->arg;
    (void)run;
    say_side(t, v, 0, w);
    bool numbers = t->fields[0]->type->as == MOP_AS_NUMBER;
    mop_say(w, " is %s ", numbers ? arg->order->of_numbers : arg->order->wrong);
    if (arg->bound.set)
        mop_say_value(w, NULL, arg->bound.text);
    else
        say_side(t, v, 1, w);
}

#define ORDER(NAME, SUMMARY, DOC)                                                                  \
    const struct mop_kind mop_kind_##NAME = {                                                      \
        .name = #NAME,                                                                             \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = "{\"type\": [\"string\", \"number\"]}",                                          \
        .severity = MOP_SEV_ERROR,                                                                 \
        .dimension = MOP_DIM_CONSISTENCY,                                                          \
        .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_MEANT | MOP_K_ROW,             \
        .compile = order_compile,                                                                  \
        .row = order_row,                                                                          \
        .explain = order_explain,                                                                  \
    }
#define ORDER_DOC                                                                                  \
    "Durations between two dates are what speed and velocity reports are made of; one pair in "    \
    "the wrong order makes them\n"                                                                 \
    "negative and spoils the average. The other side is a field, or a date or number. A date "     \
    "against a time compares days.\n"

ORDER(before, "the date or number is smaller than another",
      ORDER_DOC "  then: {started_at: {before: ended_at}}\n"
                "What to do: correct the date that was typed or imported wrongly.");
ORDER(not_before, "the date or number is not smaller than another",
      ORDER_DOC "  then: {mql_at: {not_before: created_at}}\n"
                "What to do: correct the date that was typed or imported wrongly; look at time "
                "zones when many are off by hours.");
ORDER(after, "the date or number is greater than another",
      ORDER_DOC "  then: {closed_at: {after: created_at}}\n"
                "What to do: correct the date that was typed or imported wrongly.");
