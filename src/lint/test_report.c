/* SPDX-License-Identifier: MIT */
#include "lint/test_parts.h"
#include "rules/kinds.h"
#include <stdlib.h>

/* From cases to problems: what was expected, what came, and of which record. */

/* ---- the record in words ---- */

static void add_value(struct mop_buf *b, const struct mop_node *n)
{
    static const char odd[] = ",:{}[]\"";
    bool quoted = n->text.n == 0;
    for (size_t i = 0; i < n->text.n; i++)
        for (size_t k = 0; odd[k]; k++)
            quoted |= n->text.p[i] == odd[k];
    if (n->null)
        mop_buf_str(b, "null");
    else
        mop_buf_printf(b, quoted ? "\"%.*s\"" : "%.*s", MOP_SV_ARG(n->text));
}

static void add_record(struct mop_buf *b, const struct mop_given_record *g, size_t pick)
{
    mop_buf_chr(b, '{');
    for (size_t i = 0; i < g->n; i++) {
        mop_buf_printf(b, "%s%.*s: ", i ? ", " : "", MOP_SV_ARG(g->given[i].field->name));
        add_value(b, mop_given_value(g, pick, i));
    }
    mop_buf_chr(b, '}');
}

/* What is expected and what came has to be seen below them. */
enum { RECORDS_SHOWN = 4 };

static void add_more(struct mop_buf *b, size_t n)
{
    if (n > RECORDS_SHOWN)
        mop_buf_printf(b, "\n        and %zu more", n - RECORDS_SHOWN);
}

static void add_case(struct mop_buf *b, const struct mop_test_case *c)
{
    mop_buf_str(b, "record: ");
    if (c->fixture)
        mop_buf_printf(b, "{%.*s}", MOP_SV_ARG(c->shown));
    else if (c->test)
        add_record(b, &c->test->values, c->pick);
    for (size_t i = 0; c->example && i < c->example->n && i < RECORDS_SHOWN; i++) {
        mop_buf_str(b, i ? "\n        " : "");
        add_record(b, &c->example->records[i], 0);
    }
    add_more(b, c->example ? c->example->n : 0);
    for (size_t i = 0; c->test && i < c->test->nbeside && i < RECORDS_SHOWN; i++) {
        mop_buf_printf(b, "\nbeside: %.*s ", MOP_SV_ARG(c->test->beside[i].record->name));
        add_record(b, &c->test->beside[i], 0);
    }
    add_more(b, c->test ? c->test->nbeside : 0);
}

/* ---- expected and got ---- */

static const char *const does[] = {[MOP_NA] = "does not apply",
                                   [MOP_PASS] = "passes",
                                   [MOP_UNDECIDED] = "stays undecided",
                                   [MOP_FAIL] = "fails"};
static const char *const should[] = {[MOP_NA] = "should not apply",
                                     [MOP_PASS] = "should pass",
                                     [MOP_UNDECIDED] = "should stay undecided",
                                     [MOP_FAIL] = "should fail"};

static const char *whom(const struct mop_test_case *c)
{
    if (c->example)
        return c->example->n == 1 ? "this example" : "these records";
    return "this record";
}

static struct mop_sv say(struct mop_arena *a, const struct mop_asked *x,
                         const struct mop_test_case *c)
{
    struct mop_sv id = x->id;
    if (x->unexpected)
        return mop_arena_printf(a, "'%.*s' %s, but column 'expect' does not name it",
                                MOP_SV_ARG(id), does[x->got]);
    if (c->excluded)
        return mop_arena_printf(a, "'%.*s' %s, but the record is excluded by '%.*s'",
                                MOP_SV_ARG(id), should[x->expected], MOP_SV_ARG(c->excluded->id));
    if (!x->check)
        return mop_arena_printf(a, "'%.*s' %s, but it is off", MOP_SV_ARG(id), should[x->expected]);
    return mop_arena_printf(a, "'%.*s' %s for %s, but it %s", MOP_SV_ARG(id), should[x->expected],
                            whom(c), does[x->got]);
}

static struct mop_sv detail(struct mop_arena *a, const struct mop_asked *x,
                            const struct mop_test_case *c)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    if (c->test && c->test->name.n)
        mop_buf_printf(&b, "test: %.*s\n", MOP_SV_ARG(c->test->name));
    add_case(&b, c);
    mop_buf_printf(&b, "\nexpected: %s\ngot: %s", mop_outcome_names[x->expected],
                   mop_outcome_names[x->got]);
    if (x->message.n && x->got != MOP_PASS)
        mop_buf_printf(&b, ": %.*s", MOP_SV_ARG(x->message));
    if (x->beside && x->got == MOP_PASS && x->expected == MOP_FAIL)
        mop_buf_printf(&b, "\nbeside: fail: it fails in place of this record%s",
                       x->check->kind == &mop_kind_unique
                           ? "; which of equal ones stays is said by 'keep', else by their content"
                           : "");
    struct mop_sv s = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return s;
}

static void add_problem(struct mop_problems *p, size_t rule, const struct mop_asked *x,
                        const struct mop_test_case *c)
{
    struct mop_problem problem = {.rule = rule,
                                  .level = MOP_FAULT,
                                  .at = x->at,
                                  .span = x->span,
                                  .count = 1,
                                  .message = say(&p->arena, x, c),
                                  .detail = detail(&p->arena, x, c)};
    mop_problems_add(p, &problem);
}

/* ---- the rules ---- */

/* A rule of the report for an id; ids are looked up, since input.* belong to every type. */
static size_t rule_of(struct mop_problems *p, struct mop_map *rules, const struct mop_check *c,
                      struct mop_sv id)
{
    bool added;
    uint64_t *i = mop_map_put(rules, mop_arena_copy(&p->arena, id), &added);
    struct mop_problem_rule r = {.id = id, .level = MOP_FAULT, .skipped = MOP_SV("it is off")};
    if (!added)
        return *i;
    if (c) {
        r.summary = c->message.n ? c->message : mop_sv_of(c->kind->summary);
        r.doc = c->why;
        r.group = c->record->name;
        r.tags[0] = mop_sv_of(mop_dimension_names[c->dimension]);
        r.owner = c->owner;
        r.at = c->at;
        r.skipped = MOP_SV("no example and no test asks about it");
    }
    size_t rule = mop_problems_rule(p, &r);
    *mop_map_find(rules, id) = rule;
    return rule;
}

void mop_test_report_rules(const struct mop_ruleset *rs, struct mop_problems *p,
                           struct mop_map *rules)
{
    for (size_t r = 0; r < rs->nrecords; r++)
        for (size_t i = 0; i < rs->records[r]->nchecks; i++) {
            const struct mop_check *c = rs->records[r]->checks[i];
            if (c->role != MOP_CHECK_INPUT && mop_test_is_own(rs, c->at))
                rule_of(p, rules, c, c->id);
        }
}

static bool has_unexpected(const struct mop_test_run *t, size_t owner)
{
    size_t i = t->cases[owner].first;
    while (i != SIZE_MAX && (!t->asked[i].unexpected || t->asked[i].got == t->asked[i].expected))
        i = t->asked[i].next;
    return i != SIZE_MAX;
}

void mop_test_report(struct mop_test_run *t, struct mop_problems *p, struct mop_map *rules,
                     uint64_t *held)
{
    for (size_t c = 0; c < t->ncases; c++) {
        *held += t->cases[c].fixture && !has_unexpected(t, c); /* that nothing else fails */
        for (size_t i = t->cases[c].first; i != SIZE_MAX; i = t->asked[i].next) {
            const struct mop_asked *x = &t->asked[i];
            size_t rule = rule_of(p, rules, x->check, x->id);
            p->rules[rule].skipped = MOP_SV_NONE;
            if (x->got != x->expected) {
                add_problem(p, rule, x, &t->cases[c]);
                continue;
            }
            *held += !x->unexpected;
            if (x->check && (x->got == MOP_FAIL || x->got == MOP_PASS))
                mop_coverage_check(t->coverage, x->check, x->got == MOP_FAIL);
        }
    }
}
