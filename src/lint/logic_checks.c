/* SPDX-License-Identifier: MIT */
#include "lint/candidates.h"
#include "lint/regex_reach.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/*
 * Checks that say nothing: no value passes them, alone or together, or none fails. Patterns are
 * looked at as trees and automata; rules, as conditions, in logic_rules.c.
 */

/* For two patterns side by side: at most, and what it takes to begin. */
enum { PATTERN_STEPS = 1000000, PAIR_STEPS = 300 };

struct look {
    struct mop_lint *l;
    struct mop_run *run;
    struct mop_lint_names patterns;
    struct mop_arena a;    /* of one test or pair */
    struct mop_arena kept; /* of the patterns of a record */
};
/* A pattern that is asked of every value of its field. */
struct asked {
    const struct mop_test *test;
    struct mop_rx_pattern pattern;
    struct asked *next; /* of the same field */
};

static struct mop_rx_pattern pattern_of(struct look *k, struct mop_arena *a,
                                        const struct mop_test *t)
{
    const struct mop_regex *r = mop_test_regex(t);
    const struct mop_pattern *at = r ? mop_lint_pattern_of(&k->patterns, r) : NULL;
    if (!at)
        return (struct mop_rx_pattern){.top = NULL};
    struct mop_rx_pattern p = {at->node->text, at->flags, at->regex, NULL};
    p.top = mop_rx_parse(a, p.text, at->flags & MOP_RX_NOCASE ? MOP_RX_I : 0);
    return p;
}

/* ---- one pattern ---- */

static void tell(struct look *k, const struct mop_test *t, const char *id, const char *msg,
                 const char *hint)
{
    mop_lint_tell_at(k->l, id, t->at, 1, "'%s' %s", t->kind->name, msg);
    mop_lint_hint(k->l, "%s", hint);
}

static void see_pattern(struct look *k, const struct mop_test *t)
{
    struct mop_rx_pattern p = pattern_of(k, &k->a, t);
    bool whole = p.flags & MOP_RX_WHOLE, trims = !t->fields[0]->blanks->exact;
    enum mop_rx_reach reach = p.top && trims && mop_lint_steps(k->l, 10 + p.text.n)
                                  ? mop_rx_reach_of(&k->patterns.symbols, &p)
                                  : MOP_RX_SOME;
    if (reach == MOP_RX_NONE && whole)
        tell(k, t, "never-passes", "refuses every value: it takes blanks alone",
             "say what a value looks like; a blank is not asked");
    else if (reach == MOP_RX_NONE)
        tell(k, t, "never-fails",
             "refuses nothing: it is found in blanks alone, which are not asked",
             "'required: true' asks that there is a value");
    else if (reach == MOP_RX_ALL && whole)
        tell(k, t, "never-fails", "takes every value",
             "say what a value looks like, or take it out");
    else if (reach == MOP_RX_ALL_LINES)
        tell(k, t, "never-fails", "takes every value of one line",
             "take it out; if line breaks are what it is for, write not_pattern: '\\n'");
    else if (reach == MOP_RX_ALL)
        tell(k, t, "never-passes", "is found in every value: all are refused",
             "leave out what may match nothing, or say more of what must not stand in a value");
}

static void see_asserted(struct look *k, const struct mop_expr *e)
{
    if (e->op == MOP_OP_TEST && e->test && mop_test_regex(e->test))
        see_pattern(k, e->test);
    for (size_t i = 0; e->op == MOP_OP_ALL && i < e->n; i++)
        see_asserted(k, e->kids[i]);
    mop_arena_reset(&k->a);
}

/* ---- two patterns of one field ---- */

static struct mop_sv without_anchors(struct mop_sv s)
{
    if (mop_sv_starts(s, MOP_SV("^")))
        s = mop_sv_sub(s, 1, s.n);
    if (mop_sv_ends(s, MOP_SV("$")) && !mop_sv_ends(s, MOP_SV("\\$")))
        s.n--;
    return s;
}

/* Is what the whole value must match found in it, where it must not be? */
static bool is_denied(const struct mop_rx_pattern *must, const struct mop_rx_pattern *must_not)
{
    return mop_sv_eq(without_anchors(must->text), without_anchors(must_not->text)) &&
           (must_not->flags & MOP_RX_NOCASE || !(must->flags & MOP_RX_NOCASE));
}

static bool share_none(struct look *k, const struct mop_rx_pattern *p,
                       const struct mop_rx_pattern *q)
{
    bool both = p->flags & q->flags & MOP_RX_WHOLE, one = (p->flags ^ q->flags) & MOP_RX_WHOLE;
    if (one)
        return p->flags & MOP_RX_WHOLE ? is_denied(p, q) : is_denied(q, p);
    uint64_t steps = k->l->steps < PATTERN_STEPS ? k->l->steps : PATTERN_STEPS, left = steps;
    bool apart = both && mop_rx_apart(&k->a, &k->patterns.symbols, p, q, &left);
    return mop_lint_steps(k->l, steps - left) && apart;
}

static const struct mop_test *always_asked(const struct mop_check *c)
{
    const struct mop_test *t =
        c->assert_ && c->assert_->op == MOP_OP_TEST ? c->assert_->test : NULL;
    return t && t->nfields == 1 && mop_test_regex(t) && !c->when && !mop_check_windowed(c) ? t
                                                                                           : NULL;
}

static void tell_pair(struct look *k, const struct asked *x, const struct asked *before)
{
    const struct mop_test *t = x->test, *other = before->test;
    mop_lint_tell_at(k->l, "never-passes", t->at, 1,
                     "no value passes both this '%s' and '%s' on line %u", t->kind->name,
                     other->kind->name, (unsigned)other->at.line);
    mop_lint_hint(k->l, x->pattern.flags & before->pattern.flags & MOP_RX_WHOLE
                            ? "several checks of a field are asked all: for one or the other write "
                              "one pattern, 'a|b', or give each a 'when'"
                            : "take one of the two out, or give each a 'when'");
}

/* One finding a check: the first other that it cannot go with. */
static void see_before(struct look *k, const struct asked *x, const struct asked *before)
{
    const struct mop_rx_pattern *q = &x->pattern;
    for (; before; before = before->next) {
        const struct mop_rx_pattern *p = &before->pattern;
        if (!mop_lint_steps(k->l, PAIR_STEPS + p->text.n + q->text.n))
            return;
        bool none = share_none(k, p, q);
        mop_arena_reset(&k->a);
        if (none) {
            tell_pair(k, x, before);
            return;
        }
    }
}

static void see_pairs(struct look *k, const struct mop_record *r)
{
    struct asked **first = mop_arena_array(&k->kept, r->nfields + 1, sizeof *first),
                 **last = mop_arena_array(&k->kept, r->nfields + 1, sizeof *last);
    for (size_t i = 0; i < r->nchecks; i++) {
        const struct mop_test *t = always_asked(r->checks[i]);
        if (!t)
            continue;
        size_t f = t->fields[0]->index;
        struct asked *x = mop_arena_alloc(&k->kept, sizeof *x);
        *x = (struct asked){t, pattern_of(k, &k->kept, t), NULL};
        if (!x->pattern.top)
            continue;
        see_before(k, x, first[f]);
        *(first[f] ? &last[f]->next : &first[f]) = x;
        last[f] = x;
    }
    mop_arena_reset(&k->kept);
}

static void see_record(struct look *k, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++)
        if (r->checks[i]->assert_)
            see_asserted(k, r->checks[i]->assert_);
    see_pairs(k, r);
    mop_lint_see_rules(k->l, k->run, r);
}

void mop_lint_checks(struct mop_lint *l)
{
    const struct mop_ruleset *rs = mop_lint_rules(l);
    struct mop_arena scratch;
    struct mop_run run;
    struct look k = {.l = l, .run = &run};
    if (!rs)
        return;
    mop_lint_run_begin(&run, l, &scratch);
    mop_lint_names_init(&k.patterns, l, &run);
    mop_arena_init(&k.a);
    mop_arena_init(&k.kept);
    for (size_t i = 0; i < rs->nrecords; i++)
        see_record(&k, rs->records[i]);
    mop_arena_release(&k.a);
    mop_arena_release(&k.kept);
    mop_lint_names_release(&k.patterns);
    mop_lint_run_end(&run);
}
