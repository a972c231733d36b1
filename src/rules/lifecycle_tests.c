/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/lifecycle_args.h"
#include "rules/stage_history.h"
#include <string.h>

/* The checks that a lifecycle makes: skipped, order, back, transition, requires.FIELD, sla.STAGE;
 * each a test of several fields. */

static struct mop_test *new_test(struct mop_scope *s, const struct mop_lifecycle *l,
                                 const struct mop_kind *k, struct mop_loc at)
{
    struct mop_test *t = mop_compile_test(s, k, l->field, NULL, NULL);
    struct mop_stage_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    arg->l = l;
    arg->restarted = SIZE_MAX;
    arg->date = mop_arena_array(s->arena, l->nstages + 1, sizeof *arg->date);
    for (size_t i = 0; i < l->nstages; i++)
        arg->date[i] = SIZE_MAX;
    t->arg = arg;
    t->at = at;
    return t;
}

static size_t read_once(struct mop_scope *s, struct mop_test *t, struct mop_field *f)
{
    for (size_t i = 1; i < t->nfields; i++)
        if (t->fields[i] == f)
            return i;
    mop_test_reads(s, t, f);
    return t->nfields - 1;
}

static struct mop_stage_arg *arg_of(const struct mop_test *t)
{
    return (struct mop_stage_arg *)(uintptr_t)t->arg;
}

static void reads_date(struct mop_scope *s, struct mop_test *t, const struct mop_stage *st)
{
    arg_of(t)->date[st->index] = read_once(s, t, st->entered_at);
}

static void reads_cycle(struct mop_scope *s, struct mop_test *t, const struct mop_lifecycle *l)
{
    if (l->restarted_at)
        arg_of(t)->restarted = read_once(s, t, l->restarted_at);
}

static void add_check(struct mop_lifecycle *l, struct mop_test *t, struct mop_sv suffix)
{
    l->checks[l->nchecks++] = (struct mop_stage_check){.suffix = suffix, .test = t, .at = t->at};
}

/* ---- one function per kind ---- */

static bool dated(const struct mop_stage *st)
{
    return st->entered_at && !st->off_path;
}

static void add_skipped(struct mop_scope *s, struct mop_lifecycle *l)
{
    struct mop_test *t = NULL;
    for (size_t i = 0; i < l->nstages; i++) {
        bool passed = false; /* may a later stage show that this one was left out? */
        for (size_t k = i + 1; k < l->nstages; k++)
            passed |= mop_stage_precedes(&l->stages[i], &l->stages[k]);
        if (!dated(&l->stages[i]) || !passed)
            continue;
        t = t ? t : new_test(s, l, &mop_kind_skipped, l->at);
        reads_date(s, t, &l->stages[i]);
    }
    if (t)
        add_check(l, t, MOP_SV("skipped"));
}

static void add_order(struct mop_scope *s, struct mop_lifecycle *l)
{
    size_t n = 0;
    for (size_t i = 0; i < l->nstages; i++)
        n += dated(&l->stages[i]);
    if (n < 2)
        return;
    struct mop_test *t = new_test(s, l, &mop_kind_order, l->at);
    for (size_t i = 0; i < l->nstages; i++)
        if (dated(&l->stages[i]))
            reads_date(s, t, &l->stages[i]);
    reads_cycle(s, t, l);
    add_check(l, t, MOP_SV("order"));
}

static void add_move(struct mop_scope *s, struct mop_lifecycle *l, const struct mop_kind *k,
                     struct mop_sv suffix)
{
    struct mop_test *t = new_test(s, l, k, l->history->node->at);
    mop_test_reads(s, t, l->history->of);
    reads_cycle(s, t, l);
    add_check(l, t, suffix);
}

static bool has_requires(const struct mop_lifecycle *l, const struct mop_field *f)
{
    for (size_t i = 0; i < l->nchecks; i++)
        if (l->checks[i].test->kind == &mop_kind_requires && l->checks[i].test->fields[1] == f)
            return true;
    return false;
}

static void add_requires(struct mop_scope *s, struct mop_lifecycle *l, struct mop_field *f,
                         struct mop_loc at)
{
    if (has_requires(l, f))
        return;
    struct mop_test *t = new_test(s, l, &mop_kind_requires, at);
    mop_test_reads(s, t, f);
    add_check(l, t, mop_arena_printf(s->arena, "requires.%.*s", MOP_SV_ARG(f->name)));
}

static void add_sla(struct mop_scope *s, struct mop_lifecycle *l, const struct mop_stage *st)
{
    struct mop_test *t = new_test(s, l, &mop_kind_sla, st->at);
    arg_of(t)->stage = st;
    reads_date(s, t, st);
    for (size_t i = 0; i < l->nstages; i++)
        if (l->stages[i].entered_at && mop_stage_precedes(st, &l->stages[i]))
            reads_date(s, t, &l->stages[i]);
    reads_cycle(s, t, l);
    add_check(l, t, mop_arena_printf(s->arena, "sla.%.*s", MOP_SV_ARG(st->name)));
}

/* ---- severities ---- */

/* `skipped`, `requires`: all checks of the kind; `requires.owner`, `sla.mql`: one. */
static bool is_meant(const struct mop_stage_check *c, struct mop_sv key)
{
    return mop_sv_eq(c->suffix, key) || mop_sv_eqs(key, c->test->kind->name);
}

static int read_one_severity(struct mop_scope *s, const struct mop_node *n, enum mop_severity *out)
{
    static const char *const words[] = {
        [MOP_SEV_OFF] = "off", [MOP_SEV_WARNING] = "warning", [MOP_SEV_ERROR] = "error"};
    for (int i = MOP_SEV_OFF; n->kind == MOP_SCALAR && !n->null && i <= MOP_SEV_ERROR; i++)
        if (mop_sv_eqs(n->text, words[i])) {
            *out = (enum mop_severity)i;
            return 0;
        }
    mop_scope_fault(s, "bad-value", n, "this is no severity");
    mop_scope_hint(s, "write error, warning or off");
    return -1;
}

static int set_severity(struct mop_scope *s, struct mop_lifecycle *l, const struct mop_node *key,
                        const struct mop_node *value)
{
    static const char *const keys[] = {"severity", "why", NULL};
    enum mop_severity severity;
    size_t hits = 0;
    if (value->kind == MOP_MAPPING) { /* with the reason, which is for readers */
        if (mop_check_keys(s, value, keys, "a severity"))
            return -1;
        const struct mop_node *word = mop_node_get(value, "severity"),
                              *why = mop_node_get(value, "why");
        struct mop_sv text;
        if (why && mop_read_text(s, why, &text))
            return -1;
        value = word ? word : value;
    }
    if (read_one_severity(s, value, &severity))
        return -1;
    for (size_t i = 0; i < l->nchecks; i++) {
        if (key && !is_meant(&l->checks[i], key->text))
            continue;
        l->checks[i].severity = severity;
        l->checks[i].has_severity = true;
        hits++;
    }
    if (hits || !key)
        return 0;
    mop_scope_fault(s, "unknown-key", key, "this lifecycle has no check '%.*s'",
                    MOP_SV_ARG(key->text));
    mop_scope_hint(
        s, "skipped, order, requires, sla, with a history back and transition; or one of them: "
           "requires.FIELD, sla.STAGE");
    return -1;
}

static int set_severities(struct mop_scope *s, struct mop_lifecycle *l, const struct mop_node *n)
{
    const struct mop_node *all = mop_node_get(n, "severity"),
                          *single = mop_node_get(n, "severities");
    int rc = all && !all->null ? set_severity(s, l, NULL, all) : 0;
    for (size_t pass = 0; single && single->kind == MOP_MAPPING && pass < 2;
         pass++) /* kinds first, so that the order of keys says nothing */
        for (size_t i = 0; i < single->n; i++)
            if ((mop_sv_find(single->key[i]->text, '.') < single->key[i]->text.n) == (pass == 1))
                rc |= set_severity(s, l, single->key[i], single->item[i]);
    return rc;
}

int mop_lifecycle_tests(struct mop_scope *s, struct mop_lifecycle *l, const struct mop_node *n)
{
    size_t room = 4 + l->nstages;
    for (size_t i = 0; i < l->nstages; i++)
        room += l->stages[i].nrequires + l->stages[i].nrequires_here;
    l->checks = mop_arena_array(s->arena, room, sizeof *l->checks);
    add_skipped(s, l);
    add_order(s, l);
    if (l->history) {
        add_move(s, l, &mop_kind_back, MOP_SV("back"));
        add_move(s, l, &mop_kind_transition, MOP_SV("transition"));
    }
    for (size_t i = 0; i < l->nstages; i++) {
        const struct mop_stage *st = &l->stages[i];
        for (size_t k = 0; k < st->nrequires; k++)
            add_requires(s, l, st->requires[k], st -> at);
        for (size_t k = 0; k < st->nrequires_here; k++)
            add_requires(s, l, st->requires_here[k], st->at);
    }
    for (size_t i = 0; i < l->nstages; i++)
        if (l->stages[i].sla_us >= 0)
            add_sla(s, l, &l->stages[i]);
    return set_severities(s, l, n);
}
