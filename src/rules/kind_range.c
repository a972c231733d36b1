/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* Against constants: range, gt, gte, lt, lte, since; and length. */

/* ---- range ---- */

struct range {
    struct mop_bound min, max, above, below;
};

static int read_bound_option(struct mop_scope *s, const struct mop_test *t,
                             const struct mop_node *n, struct mop_bound *b)
{
    return n ? mop_read_bound(s, t->fields[0], n, b) : 0;
}

/* No value is between limits that cross. */
static int refuse_empty(struct mop_scope *s, const struct range *r, const struct mop_node *use,
                        const struct mop_node *opts)
{
    static const char *const lower[] = {"min", "above"}, *const upper[] = {"max", "below"};
    const struct mop_bound *low[] = {&r->min, &r->above}, *high[] = {&r->max, &r->below};
    for (size_t i = 0; i < 4; i++) {
        const struct mop_bound *l = low[i / 2], *h = high[i % 2];
        struct mop_value least = {.typed = {.number = l->number, .when = l->when}};
        int c = l->set && h->set ? mop_bound_cmp(&least, h) : -1;
        if (c > 0 || (c == 0 && i > 0))
            return mop_scope_fault(s, "bad-value", mop_option(use, opts, lower[i / 2]),
                                   "%s is %s %s: no value is in range", lower[i / 2],
                                   c > 0 ? "more than" : "as much as", upper[i % 2]);
    }
    return 0;
}

static int range_compile(struct mop_scope *s, const struct mop_node *use,
                         const struct mop_node *opts, struct mop_test *t)
{
    struct range *r = mop_arena_alloc(s->arena, sizeof *r);
    const struct mop_node *at = mop_option_at(s, use, opts);
    t->arg = r;
    if (mop_need_comparable(s, t, t->fields[0], at))
        return -1;
    if (read_bound_option(s, t, mop_option(use, opts, "min"), &r->min) ||
        read_bound_option(s, t, mop_option(use, opts, "max"), &r->max) ||
        read_bound_option(s, t, mop_option(use, opts, "above"), &r->above) ||
        read_bound_option(s, t, mop_option(use, opts, "below"), &r->below))
        return -1;
    if (!r->min.set && !r->max.set && !r->above.set && !r->below.set)
        return mop_scope_fault(s, "missing-value", at, "'range' wants min, max, above or below");
    return refuse_empty(s, r, use, opts);
}

static const struct mop_bound *broken(const struct range *r, const struct mop_value *v,
                                      const char **how)
{
    *how = "less than";
    if (r->min.set && mop_bound_cmp(v, &r->min) < 0)
        return &r->min;
    *how = "not more than";
    if (r->above.set && mop_bound_cmp(v, &r->above) <= 0)
        return &r->above;
    *how = "more than";
    if (r->max.set && mop_bound_cmp(v, &r->max) > 0)
        return &r->max;
    *how = "not less than";
    return r->below.set && mop_bound_cmp(v, &r->below) >= 0 ? &r->below : NULL;
}

static enum mop_outcome range_value(const struct mop_test *t, const struct mop_value *v,
                                    struct mop_run *run)
{
    const char *how;
    (void)run;
    return broken(t->arg, v, &how) ? MOP_FAIL : MOP_PASS;
}

static void range_explain(const struct mop_test *t, const struct mop_value *const *v,
                          struct mop_run *run, struct mop_words *w)
{
    const char *how;
    const struct mop_bound *b = broken(t->arg, v[0], &how);
    (void)run;
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    if (b)
        mop_say(w, " is %s %.*s", how, MOP_SV_ARG(b->text));
}

const struct mop_kind mop_kind_range = {
    .name = "range",
    .summary = "a number or date lies within limits",
    .doc = "min and max are allowed themselves, above and below are not. For fields of type "
           "decimal, integer, date or datetime.\n"
           "  amount: {type: decimal, range: {min: 0}}       bad  amount: -250       good  amount: "
           "250\n"
           "What to do: correct the amount or date; a whole column out of range means a wrong "
           "unit, mark or format.",
    .schema = "{\"allOf\": [{\"$ref\": \"#/$defs/options_range\"}], \"minProperties\": 1}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_ASSERT | MOP_K_MEANT,
    .compile = range_compile,
    .options =
        (const struct mop_kind_option[]){
            {"min", "{\"$ref\": \"#/$defs/word\"}", "the least allowed value"},
            {"max", "{\"$ref\": \"#/$defs/word\"}", "the greatest allowed value"},
            {"above", "{\"$ref\": \"#/$defs/word\"}", "greater than this"},
            {"below", "{\"$ref\": \"#/$defs/word\"}", "less than this"},
            {NULL, NULL, NULL}},
    .value = range_value,
    .explain = range_explain,
};

/* ---- comparisons with one constant ---- */

struct comparison {
    const struct mop_kind *kind;
    int low, high; /* the comparison lies within */
    const char *wrong;
};
static const struct comparison comparisons[] = {
    {&mop_kind_gt, 1, 1, "not more than"},   {&mop_kind_gte, 0, 1, "less than"},
    {&mop_kind_lt, -1, -1, "not less than"}, {&mop_kind_lte, -1, 0, "more than"},
    {&mop_kind_since, 0, 1, "before"},
};
struct compare_arg {
    const struct comparison *how;
    struct mop_bound bound;
};

/* These compare with a constant; another field is compared by the kinds of order. */
static void hint_field(struct mop_scope *s, const struct mop_test *t, const struct mop_node *use)
{
    const struct mop_sv a = t->fields[0]->name, b = use->text;
    if (use->kind != MOP_SCALAR || !mop_record_field(t->fields[0]->record, b))
        return;
    if (t->kind == &mop_kind_lte)
        mop_scope_hint(s, "two fields are compared from the other side: {%.*s: {not_before: %.*s}}",
                       MOP_SV_ARG(b), MOP_SV_ARG(a));
    else
        mop_scope_hint(s, "two fields are compared with another test: {%.*s: {%s: %.*s}}",
                       MOP_SV_ARG(a),
                       t->kind == &mop_kind_gt   ? "after"
                       : t->kind == &mop_kind_lt ? "before"
                                                 : "not_before",
                       MOP_SV_ARG(b));
}

static int compare_compile(struct mop_scope *s, const struct mop_node *use,
                           const struct mop_node *opts, struct mop_test *t)
{
    struct compare_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    t->arg = arg;
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (comparisons[i].kind == t->kind)
            arg->how = &comparisons[i];
    if (mop_need_use(s, t->kind, use, opts, "a number or a date") ||
        mop_need_comparable(s, t, t->fields[0], use))
        return -1;
    if (mop_read_bound(s, t->fields[0], use, &arg->bound) == 0)
        return 0;
    hint_field(s, t, use);
    return -1;
}

static enum mop_outcome compare_value(const struct mop_test *t, const struct mop_value *v,
                                      struct mop_run *run)
{
    const struct compare_arg *arg = t->arg;
    (void)run;
    int c = mop_bound_cmp(v, &arg->bound);
    c = c < 0 ? -1 : c > 0;
    return c >= arg->how->low && c <= arg->how->high ? MOP_PASS : MOP_FAIL;
}

const struct mop_bound *mop_test_bound(const struct mop_test *t)
{
    return t->kind->value == compare_value ? &((const struct compare_arg *)t->arg)->bound
                                           : mop_order_bound(t);
}

static void compare_explain(const struct mop_test *t, const struct mop_value *const *v,
                            struct mop_run *run, struct mop_words *w)
{
    const struct compare_arg *arg = t->arg;
    (void)run;
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    mop_say(w, " is %s %.*s", arg->how->wrong, MOP_SV_ARG(arg->bound.text));
}

#define COMPARE(NAME, SUMMARY)                                                                     \
    const struct mop_kind mop_kind_##NAME = {                                                      \
        .name = #NAME,                                                                             \
        .summary = SUMMARY,                                                                        \
        .schema = "{\"$ref\": \"#/$defs/word\"}",                                                  \
        .doc = "Compares a number or date with a constant, as a condition or in a rule: {amount: " \
               "{gte: 1000}},\n"                                                                   \
               "{created_at: {since: 2026-01-01}}. The field needs a type: decimal, integer, "     \
               "date or datetime. A date against a\n"                                              \
               "time compares local days.\n"                                                       \
               "What to do: correct the value, or the rule if the limit has moved.",               \
        .severity = MOP_SEV_ERROR,                                                                 \
        .dimension = MOP_DIM_VALIDITY,                                                             \
        .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_MEANT,                         \
        .compile = compare_compile,                                                                \
        .value = compare_value,                                                                    \
        .explain = compare_explain,                                                                \
    }
COMPARE(gt, "more than a number or date");
COMPARE(gte, "a number or date, or more");
COMPARE(lt, "less than a number or date");
COMPARE(lte, "a number or date, or less");
COMPARE(since, "on a date or after it");

/* ---- length ---- */

struct length {
    uint64_t min, max;
};

static int length_compile(struct mop_scope *s, const struct mop_node *use,
                          const struct mop_node *opts, struct mop_test *t)
{
    struct length *l = mop_arena_alloc(s->arena, sizeof *l);
    const struct mop_node *min = mop_option(use, opts, "min");
    const struct mop_node *max =
        use && use->kind == MOP_SCALAR ? use : mop_option(use, opts, "max");
    l->max = UINT64_MAX;
    t->arg = l;
    if (!min && !max)
        return mop_need_use(s, t->kind, NULL, opts, "the most characters, or {min:, max:}");
    if ((min && mop_read_u64(s, min, &l->min)) || (max && mop_read_u64(s, max, &l->max)))
        return -1;
    if (l->min > l->max)
        return mop_scope_fault(s, "bad-value", min, "min is more than max");
    return 0;
}

static enum mop_outcome length_value(const struct mop_test *t, const struct mop_value *v,
                                     struct mop_run *run)
{
    const struct length *l = t->arg;
    size_t n = mop_utf8_length(mop_test_text(t, v, false));
    (void)run;
    return n >= l->min && n <= l->max ? MOP_PASS : MOP_FAIL;
}

static void length_explain(const struct mop_test *t, const struct mop_value *const *v,
                           struct mop_run *run, struct mop_words *w)
{
    const struct length *l = t->arg;
    size_t n = mop_utf8_length(v[0]->written);
    (void)run;
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_written(w, t, v[0]);
    mop_say(w, " has %zu character%s, %s %llu", n, n == 1 ? "" : "s",
            n < l->min ? "at least" : "at most",
            (unsigned long long)(n < l->min ? l->min : l->max));
    mop_say(w, " are allowed");
}

const struct mop_kind mop_kind_length = {
    .name = "length",
    .summary = "the value has not too many (or few) characters",
    .doc = "Tools cut long values, and two campaigns whose names differ at the end become one. "
           "Characters are counted, not bytes,\n"
           "of the value as the source holds it.\n"
           "  utm_campaign: {length: 100}        also {length: {min: 3, max: 100}}\n"
           "What to do: shorten the name where it is made, before the campaign runs; renaming "
           "later splits its history.",
    .schema = "{\"oneOf\": [{\"$ref\": \"#/$defs/count\"}, {\"allOf\": [{\"$ref\": "
              "\"#/$defs/options_length\"}], \"minProperties\": 1}]}",
    .severity = MOP_SEV_WARNING,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_ASSERT | MOP_K_WRITTEN,
    .compile = length_compile,
    .options =
        (const struct mop_kind_option[]){
            {"min", "{\"$ref\": \"#/$defs/count\"}", "the fewest characters"},
            {"max", "{\"$ref\": \"#/$defs/count\"}", "the most characters"},
            {NULL, NULL, NULL}},
    .value = length_value,
    .explain = length_explain,
};
