/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "lint/last_day.h"
#include "lint/trials.h"
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include <limits.h>
#include <stdarg.h>

/* Suppressions that have nothing to pass over. */

struct look {
    struct mop_lint *l;
    struct mop_run run;
    const struct mop_suppression *s;
    const struct mop_check *c; /* that it names */
};

static void tell(const struct look *k, const char *hint, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

static void tell(const struct look *k, const char *hint, const char *fmt, ...)
{
    char why[512];
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(why, sizeof why, fmt, ap);
    va_end(ap);
    mop_lint_tell_at(k->l, "unused-suppression", k->s->at, 1, "there is nothing to suppress: %s",
                     why);
    mop_lint_hint(k->l, "%s", hint);
}

/* ---- the check that is named ---- */

static const char take_out[] = "take the suppression out";

/* A suppression beside a phase in which the check is off may be meant for the days behind it. */
static bool see_off(const struct look *k)
{
    const struct mop_check *c = k->c;
    if (c->severity != MOP_SEV_OFF)
        return false;
    if (c->final_severity == MOP_SEV_OFF)
        tell(k, "take the suppression out, or switch the check on", "'%.*s' is switched off",
             MOP_SV_ARG(k->s->rule));
    else if (k->s->until <= c->phase_until)
        tell(k, take_out, "'%.*s' is off for as long as the suppression lasts",
             MOP_SV_ARG(k->s->rule));
    return true;
}

/* Those of the input every record type has. */
static bool see_record(const struct look *k)
{
    const struct mop_check *c = k->c;
    if (!k->s->record || c->role == MOP_CHECK_INPUT || c->record == k->s->record)
        return false;
    tell(k, "the id says which type: leave 'record' out",
         "'%.*s' is a check of '%.*s', not of '%.*s'", MOP_SV_ARG(k->s->rule),
         MOP_SV_ARG(c->record->name), MOP_SV_ARG(k->s->record->name));
    return true;
}

/* ---- its condition ---- */

static bool can_be(struct look *k, struct mop_expr *e)
{
    return mop_lint_try(k->l, &k->run, e, true, NULL) != MOP_TRIED_NEVER;
}

/* Never together, and each alone may be. */
static bool excludes(struct look *k, struct mop_expr *e)
{
    struct mop_expr both = {
        .op = MOP_OP_ALL, .kids = (struct mop_expr *[]){k->s->where, e}, .n = 2};
    return !can_be(k, &both) && can_be(k, k->s->where) && can_be(k, e);
}

static bool see_when(struct look *k)
{
    if (!k->c->when || !excludes(k, k->c->when))
        return false;
    tell(k, "ask for some of the records that it is asked of",
         "no record that '%.*s' is asked of meets 'where'", MOP_SV_ARG(k->s->rule));
    return true;
}

static bool see_days(struct look *k)
{
    const struct mop_field *dated_by = k->c->record->dated_by;
    if (!dated_by || mop_lint_last_day(k->s->where, dated_by) >= k->c->applies.from)
        return false;
    tell(k, "records of days before that are not told anyhow",
         "'where' asks for records of days before '%.*s' applies", MOP_SV_ARG(k->s->rule));
    return true;
}

/* Does it fail for sure where the trial says so? Other checks read how a value is written, too. */
static bool is_sure(const struct look *k, const struct mop_expr *e)
{
    const struct mop_test *t = e->op == MOP_OP_TEST ? e->test : NULL;
    bool sure = e->op != MOP_OP_TEST || t->kind == &mop_kind_required || t->kind == &mop_kind_blank;
    if (t && k->c->role == MOP_CHECK_RULE && t->nfields == 1) {
        bool none_of;
        sure |= mop_test_bound(t) || mop_test_list(t, &none_of);
    }
    for (size_t i = 0; i < e->n; i++)
        sure &= is_sure(k, e->kids[i]);
    return sure;
}

static bool see_fails(struct look *k)
{
    struct mop_expr fails = {
        .op = MOP_OP_NOT, .kids = (struct mop_expr *[]){k->c->assert_}, .n = 1};
    if (!is_sure(k, k->c->assert_) || !excludes(k, &fails))
        return false;
    tell(k,
         k->c->kind == &mop_kind_required
             ? "it fails where the field is blank: ask for other fields"
             : "ask for records that it fails for, or for other fields",
         "no record that fails '%.*s' meets 'where'", MOP_SV_ARG(k->s->rule));
    return true;
}

/* What stands under a field and looks at values says nothing about a blank. */
static bool see_blank(struct look *k)
{
    const struct mop_check *c = k->c;
    const struct mop_test *t = c->assert_->op == MOP_OP_TEST ? c->assert_->test : NULL;
    struct mop_required any = {.of = UINT_MAX};
    struct mop_test given = {
        .kind = &mop_kind_required, .fields = t ? t->fields : NULL, .nfields = 1, .arg = &any};
    struct mop_expr filled = {.op = MOP_OP_TEST, .test = &given};
    if (c->role != MOP_CHECK_INLINE || !t || t->nfields != 1 || t->fields[0] != c->field ||
        t->kind->flags & (MOP_K_BLANK | MOP_K_ROW | MOP_K_CROSS) || !excludes(k, &filled))
        return false;
    tell(k, "ask for values that it fails for, or for other fields",
         "'where' asks for a blank, and '%.*s' says nothing about one", MOP_SV_ARG(k->s->rule));
    return true;
}

static bool see_excluded(struct look *k)
{
    const struct mop_record *r = k->c->record;
    for (size_t i = 0; i < r->nexcludes; i++) {
        const struct mop_exclude *x = &r->excludes[i];
        struct mop_expr left = {.op = MOP_OP_NOT, .kids = (struct mop_expr *[]){x->where}, .n = 1};
        if (!x->where || !excludes(k, &left))
            continue;
        tell(k, take_out, "all records that meet 'where' are excluded by '%.*s'",
             MOP_SV_ARG(x->id));
        return true;
    }
    return false;
}

static void see(struct look *k)
{
    static bool (*const of_check[])(const struct look *) = {see_off, see_record};
    static bool (*const of_where[])(struct look *) = {see_when, see_days, see_fails, see_blank,
                                                      see_excluded};
    bool told = false;
    if (!k->c) {
        tell(k, "take it out; which records the check counts is said by its own 'where'",
             "'%.*s' is a check of the whole run, and has no findings of records",
             MOP_SV_ARG(k->s->rule));
        return;
    }
    for (size_t i = 0; !told && i < sizeof of_check / sizeof *of_check; i++)
        told = of_check[i](k);
    if (!k->s->where || !k->c->assert_)
        return;
    for (size_t i = 0; !told && i < sizeof of_where / sizeof *of_where; i++)
        told = of_where[i](k);
}

void mop_lint_unused_suppressions(struct mop_lint *l)
{
    const struct mop_ruleset *rs = mop_lint_rules(l);
    struct mop_arena scratch;
    struct look k = {.l = l};
    if (rs) {
        mop_lint_run_begin(&k.run, l, &scratch);
        for (size_t i = 0; i < rs->nsuppressions && mop_lint_steps(l, 1); i++) {
            k.s = &rs->suppressions[i];
            k.c = k.s->check;
            see(&k);
        }
        mop_lint_run_end(&k.run);
    }
    mop_lint_suppressed_twice(l);
}
