/* SPDX-License-Identifier: MIT */
#include "lint/name_automaton.h"
#include "lint/trials.h"
#include "rules/kinds.h"

/*
 * Names that can be read in two ways, all parts right in both: which one is meant nobody can tell.
 * They are looked for in the templates' automata and read back by the judge. Where an automaton
 * does not have all that a pattern asks, names are made of a sample of values, too.
 */

struct look {
    struct mop_lint *l;
    struct mop_run *run;
    struct mop_lint_names names;
    const struct mop_field *field;
    const struct mop_check **checks;        /* of its tests */
    const struct mop_test *test;            /* whose names are made */
    const struct mop_test *other;           /* that reads them */
    const struct mop_template *t, *by;      /* of test and other */
    const struct mop_test *earlier, *later; /* of a pair, as they stand in the file */
    struct mop_sv where;                    /* both are asked: "source is 'mail'", or "" */
    bool milder;                            /* one of the pair is: it may well say more */
    bool told;                              /* of this pair */
};

enum { PAIR_STEPS = 10 };

static struct mop_sv shown(struct mop_sv part)
{
    return part.p ? part : MOP_SV("");
}

static void tell(const struct look *k, const struct mop_lint_name *name, struct mop_sv part,
                 struct mop_sv one, struct mop_sv two)
{
    if (mop_template_part(k->t, part) == SIZE_MAX)
        mop_lint_tell_at(k->l, "ambiguous-template", k->test->at, 1,
                         "'%.*s' can be read in two ways: part '%.*s' is '%.*s', or there is none",
                         MOP_SV_ARG(name->text), MOP_SV_ARG(part), MOP_SV_ARG(shown(two)));
    else
        mop_lint_tell_at(k->l, "ambiguous-template", k->test->at, 1,
                         "'%.*s' can be read in two ways: part '%.*s' is '%.*s' or '%.*s'",
                         MOP_SV_ARG(name->text), MOP_SV_ARG(part), MOP_SV_ARG(shown(one)),
                         MOP_SV_ARG(shown(two)));
    mop_lint_hint(k->l, "take a separator that no part can hold, or narrow the parts");
}

/* At the later of the two. */
static void tell_both(const struct look *k, const struct mop_lint_name *name)
{
    mop_lint_tell_at(k->l, "ambiguous-template", k->later->at, 1,
                     "'%.*s' fits this template and '%.*s' on line %u: which one is meant nobody "
                     "can tell",
                     MOP_SV_ARG(name->text),
                     MOP_SV_ARG(((const struct mop_template *)k->earlier->arg)->source),
                     (unsigned)k->earlier->at.line);
    if (k->where.n)
        mop_lint_hint(k->l,
                      "both are asked where %.*s: let the 'when' or 'applies' of one leave "
                      "such records to the other",
                      MOP_SV_ARG(k->where));
    else
        mop_lint_hint(k->l, "both are asked of the same records: give each a 'when' or 'applies' "
                            "that leaves the other's records out");
}

static bool same(struct mop_sv a, struct mop_sv b)
{
    return !a.p == !b.p && mop_sv_eq(a, b);
}

/* A milder template may say more of a name than a stricter one, but nothing else. */
static void tell_unlike(const struct look *k, const struct mop_lint_name *name, struct mop_sv part,
                        struct mop_sv one, struct mop_sv two)
{
    const struct mop_template *t = k->earlier->arg;
    bool first = k->test == k->later; /* `one` is how the later of the two reads it */
    mop_lint_tell_at(k->l, "ambiguous-template", k->later->at, 1,
                     "in '%.*s' part '%.*s' is '%.*s', and '%.*s' by template '%.*s' on line %u",
                     MOP_SV_ARG(name->text), MOP_SV_ARG(part), MOP_SV_ARG(shown(first ? one : two)),
                     MOP_SV_ARG(shown(first ? two : one)), MOP_SV_ARG(t->source),
                     (unsigned)k->earlier->at.line);
    mop_lint_hint(k->l, "the stricter and the milder one should read a name alike, or have other "
                        "records each: 'when' or 'applies'");
}

/* The first part of both templates that they read in two ways; SIZE_MAX: there is none. */
static size_t unlike(const struct look *k, const struct mop_lint_name *name,
                     const struct mop_parse *p)
{
    for (size_t i = 0; i < k->by->nparts; i++) {
        size_t mine = mop_template_part(k->t, k->by->parts[i].name);
        if (mine != SIZE_MAX && !same(name->parts[mine], p->parts[i].text))
            return i;
    }
    return SIZE_MAX;
}

static bool see_other(struct look *k, const struct mop_lint_name *name, const struct mop_parse *p)
{
    size_t i = k->milder ? unlike(k, name, p) : 0;
    if (i == SIZE_MAX)
        return true;
    struct mop_sv part = k->by->parts[i].name;
    if (k->milder)
        tell_unlike(k, name, part, name->parts[mop_template_part(k->t, part)], p->parts[i].text);
    else
        tell_both(k, name);
    k->told = true;
    return false;
}

/* Read back by the same or another template; false: told, or out of steps. */
static bool see_name(const struct mop_lint_name *name, void *ctx)
{
    struct look *k = ctx;
    if (!mop_lint_steps(k->l, 100 + name->text.n))
        return false;
    const struct mop_parse *p = mop_template_parse(k->by, name->text, k->run, k->run->scratch);
    bool fits = p->outcome == MOP_PASS;
    if (fits && k->test != k->other && !see_other(k, name, p))
        return false;
    for (size_t i = 0; fits && k->test == k->other && i < k->by->nparts; i++) {
        size_t mine = mop_template_part(k->t, k->by->parts[i].name);
        struct mop_sv is = mine == SIZE_MAX ? MOP_SV_NONE : name->parts[mine];
        if (same(is, p->parts[i].text))
            continue;
        tell(k, name, k->by->parts[i].name, is, p->parts[i].text);
        k->told = true;
        return false;
    }
    mop_arena_reset(k->run->scratch);
    return true;
}

static bool see_either(const struct mop_lint_name *one, const struct mop_lint_name *two, void *ctx)
{
    struct look *k = ctx;
    return !see_name(one, k) || (k->test == k->other && !see_name(two, k));
}

/* A part of which no text is known leaves no name to be read. */
static const struct mop_template_part *blind(const struct mop_template *t,
                                             const struct mop_lint_choices *choices)
{
    for (size_t i = 0; i < t->nparts; i++)
        if (!choices[i].n)
            return &t->parts[i];
    return NULL;
}

static void tell_unfinished(const struct look *k, const struct mop_template_part *part,
                            enum mop_readings r)
{
    bool both = k->test != k->other;
    struct mop_loc at = both ? k->later->at : k->test->at;
    const char *what =
        both ? "whether a name fits both this template and an earlier one of the field"
             : "whether a name can be read in two ways";
    if (k->l->out_of_steps)
        return; /* said of the whole file */
    if (r == MOP_READ_UNFINISHED)
        mop_lint_tell_at(k->l, "regex-unfinished", at, 1,
                         "%s was not looked at to the end: %d steps did not suffice", what,
                         MOP_NAME_STEPS);
    else if (part)
        mop_lint_tell_at(k->l, "regex-unfinished", at, 1,
                         "no text that part '%.*s' accepts was found: %s was not looked at",
                         MOP_SV_ARG(part->name), what);
    else
        mop_lint_tell_at(k->l, "regex-unfinished", at, 1,
                         "%s was looked at in a sample of names only: a pattern looks ahead, "
                         "behind or back, or has what lint does not know",
                         what);
    mop_lint_hint(k->l, "a simpler pattern, or 'values'");
}

/* Names of `test`, made of a sample of values; the part of which there are none, or NULL. */
static const struct mop_template_part *see_sample(struct look *k, const struct mop_test *test,
                                                  const struct mop_test *other)
{
    struct mop_arena a;
    k->test = test;
    k->other = other;
    k->t = test->arg;
    k->by = other->arg;
    mop_arena_init(&a);
    const struct mop_lint_choices *choices = mop_lint_choices(&k->names, k->t, &a);
    const struct mop_template_part *none = blind(k->t, choices);
    mop_lint_each_name(k->t, choices, see_name, k);
    mop_arena_release(&a);
    return none;
}

/* Two of a field, or one with itself. The names of each, read by the other: one may accept more
 * than the sample of the other shows. */
static enum mop_readings see_pair(struct look *k, const struct mop_test *test,
                                  const struct mop_test *other)
{
    const struct mop_template_part *none;
    k->test = test;
    k->other = other;
    k->t = test->arg;
    k->by = other->arg;
    k->told = false;
    enum mop_readings r =
        mop_name_readings(&k->names, k->t, k->by, test == other || k->milder, see_either, k);
    if (k->told || r == MOP_READ_NONE)
        return r;
    none = see_sample(k, test, other);
    if (!k->told && test != other)
        none = see_sample(k, other, test);
    if (!k->told)
        tell_unfinished(k, none, r);
    return k->told ? MOP_READ_FOUND : r;
}

static const struct mop_check **checks_of(struct mop_arena *a, const struct mop_field *f)
{
    const struct mop_check **list = mop_arena_array(a, f->ntests + 1, sizeof *list);
    for (size_t i = f->nchecks; i-- > 0;) {
        const struct mop_test *t = f->checks[i]->assert_ ? f->checks[i]->assert_->test : NULL;
        if (t && t->slot < f->ntests && f->tests[t->slot] == t)
            list[t->slot] = f->checks[i];
    }
    return list;
}

static bool reads_derived(const struct mop_expr *e)
{
    bool derived = false;
    for (size_t i = 0; e->op == MOP_OP_TEST && i < e->test->nfields; i++)
        derived |= e->test->fields[i]->derive != NULL;
    for (size_t i = 0; i < e->n; i++)
        derived |= reads_derived(e->kids[i]);
    return derived;
}

/* Is there a record for which both conditions are true? What cannot be told apart by lists of
 * values, or hangs on other fields, is taken to be kept apart. */
static bool overlap(struct look *k, struct mop_expr *a, struct mop_expr *b)
{
    struct mop_expr *kids[2];
    struct mop_expr both = {.op = MOP_OP_ALL, .kids = kids};
    struct mop_buf shown;
    if (a)
        kids[both.n++] = a;
    if (b)
        kids[both.n++] = b;
    k->where = MOP_SV("");
    if (!both.n || reads_derived(&both))
        return !both.n;
    mop_buf_init(&shown, 1 << 16);
    bool meet = mop_lint_try(k->l, k->run, &both, true, &shown) == MOP_TRIED_TRUE;
    k->where = mop_arena_copy(k->l->arena, mop_buf_view(&shown));
    mop_buf_release(&shown);
    return meet;
}

/* Can both be asked of one record? */
static bool meet(struct look *k, const struct mop_test *a, const struct mop_test *b)
{
    const struct mop_check *x = k->checks[a->slot], *y = k->checks[b->slot];
    k->earlier = a;
    k->later = b;
    k->milder = x && y && x->final_severity != y->final_severity;
    return x && y && x->applies.from <= y->applies.until && y->applies.from <= x->applies.until &&
           overlap(k, x->when, y->when);
}

static void put_day(struct mop_buf *b, const char *word, int32_t day)
{
    mop_buf_str(b, word);
    mop_when_print(b, (struct mop_when){.day = day, .whole_day = true});
}

/* Of which records both are asked: "every record", or those of the days that both apply to. */
static struct mop_sv whose(const struct look *k, const struct mop_check *x,
                           const struct mop_check *y)
{
    int32_t from = x->applies.from > y->applies.from ? x->applies.from : y->applies.from;
    int32_t until = x->applies.until < y->applies.until ? x->applies.until : y->applies.until;
    struct mop_buf b;
    mop_buf_init(&b, 256);
    mop_buf_str(&b, "every record");
    if (from != INT32_MIN)
        put_day(&b, " from ", from);
    if (until != INT32_MAX)
        put_day(&b, from != INT32_MIN ? " to " : " until ", until);
    struct mop_sv text = mop_arena_copy(k->l->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

/* No value can pass both: told where no condition keeps them apart, so that it is sure. */
static void tell_disjoint(const struct look *k)
{
    const struct mop_check *x = k->checks[k->earlier->slot], *y = k->checks[k->later->slot];
    if (k->milder || x->when || y->when)
        return;
    mop_lint_tell_at(k->l, "never-true", k->later->at, 1,
                     "no name fits both this template and '%.*s' on line %u, and both are asked of "
                     "%.*s",
                     MOP_SV_ARG(((const struct mop_template *)k->earlier->arg)->source),
                     (unsigned)k->earlier->at.line, MOP_SV_ARG(whose(k, x, y)));
    mop_lint_hint(k->l, "give each a 'when' or 'applies' that leaves the other's records out");
}

static void see_two(struct look *k, const struct mop_test *a, const struct mop_test *b)
{
    if (meet(k, a, b) && see_pair(k, a, b) == MOP_READ_NONE)
        tell_disjoint(k);
}

static void see_field(struct look *k, const struct mop_field *f)
{
    const struct mop_test **list = mop_arena_array(k->l->arena, f->ntests + 1, sizeof *list);
    size_t n = 0;
    k->field = f;
    k->checks = checks_of(k->l->arena, f);
    for (size_t i = 0; i < f->ntests; i++) {
        if (f->tests[i]->kind != &mop_kind_template)
            continue;
        see_pair(k, f->tests[i], f->tests[i]);
        for (size_t j = 0; j < n && mop_lint_steps(k->l, PAIR_STEPS); j++)
            see_two(k, list[j], f->tests[i]);
        list[n++] = f->tests[i];
    }
}

void mop_lint_templates(struct mop_lint *l)
{
    struct mop_arena scratch;
    struct mop_run run;
    const struct mop_ruleset *rs = mop_lint_rules(l);
    if (!rs)
        return;
    mop_lint_run_begin(&run, l, &scratch);
    struct look k = {.l = l, .run = &run};
    mop_lint_names_init(&k.names, l, &run);
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t f = 0; f < rs->records[i]->nfields; f++)
            see_field(&k, rs->records[i]->fields[f]);
    mop_lint_names_release(&k.names);
    mop_lint_run_end(&run);
}
