/* SPDX-License-Identifier: MIT */
#include "check/judge.h"
#include "check/words.h"
#include "rules/derive.h"
#include "rules/kind_util.h"

/* Why a check cannot be told: which of the values that it reads is the one to look at. */

const char mop_undecided_words[] =
    "cannot be told: a value it reads is missing, unreadable or not known";
static const char limit_words[] =
    "cannot be told: the pattern gave up on this value (its match limit, or longer than 64 KiB)";

/* Was it a pattern that gave up? The value is judged once more to see. */
static bool reached_limit(struct mop_judge *j, const struct mop_test *t)
{
    if (!t || t->nfields != 1 || !t->kind->value || !j->run->match ||
        t->kind->flags & (MOP_K_ROW | MOP_K_CROSS))
        return false;
    uint64_t before = mop_match_limits(j->run->match);
    const struct mop_value *v = &j->entries[t->fields[0]->index]->v;
    return v->known && t->kind->value(t, v, j->run) == MOP_UNDECIDED &&
           mop_match_limits(j->run->match) > before;
}

struct telling {
    struct mop_judge *j;
    const char *before; /* what is said before the first */
    const struct mop_field *told[8];
    size_t n;
};

static bool is_new(struct telling *x, const struct mop_field *f)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->told[i] == f)
            return false;
    if (x->n == sizeof x->told / sizeof *x->told)
        return false;
    x->told[x->n++] = f;
    return true;
}

static void say_field(struct telling *x, const struct mop_field *f)
{
    mop_say(&x->j->words, "%s%.*s ", x->n > 1 ? ", " : x->before, MOP_SV_ARG(f->name));
}

static void say_refused(struct telling *x, const struct mop_field *f, const struct mop_value *v)
{
    bool typed = f->type && !f->vocabulary;
    say_field(x, f);
    mop_say_value(&x->j->words, f, v->written);
    mop_say(&x->j->words, " is %s%s", typed ? "no " : "not known", typed ? f->type->name : "");
}

/* A derived field that cannot be told is told by what it is made of, if that says why. */
static void tell_field(struct telling *x, const struct mop_field *f)
{
    const struct mop_value *v = &x->j->entries[f->index]->v;
    if (v->state == MOP_ST_VALUE && !v->known && is_new(x, f))
        say_refused(x, f, v);
    if (v->state != MOP_ST_UNREADABLE && v->state != MOP_ST_MISSING)
        return;
    size_t before = x->n;
    for (size_t i = 0; f->derive && i < f->derive->nfields; i++)
        tell_field(x, f->derive->fields[i]);
    if (x->n > before || !is_new(x, f))
        return;
    say_field(x, f);
    mop_say(&x->j->words, "%s",
            v->state == MOP_ST_MISSING ? "has no column"
            : f->derive                ? "cannot be made of what it is derived from"
                                       : "cannot be read");
}

static void tell_tree(struct telling *x, const struct mop_expr *e)
{
    for (size_t i = 0; e->op == MOP_OP_TEST && i < e->test->nfields; i++)
        tell_field(x, e->test->fields[i]);
    for (size_t i = 0; i < e->n; i++)
        tell_tree(x, e->kids[i]);
}

/* Is the value right on some days alone, and has the record none? */
static bool lacks_day(const struct mop_judge *j, const struct mop_test *t)
{
    return t && t->nfields == 1 && j->entries[t->fields[0]->index]->v.as_of == MOP_AS_OF_UNKNOWN;
}

void mop_undecided_explain(struct mop_judge *j, const struct mop_check *c, const struct mop_test *t)
{
    struct telling x = {.j = j, .before = "cannot be told: "};
    if (reached_limit(j, t)) {
        mop_say(&j->words, "%s", limit_words);
        return;
    }
    if (mop_judge_condition(j, c->when, false) == MOP_UNKNOWN) {
        x.before = "cannot be told, as 'when' asks: ";
        tell_tree(&x, c->when);
    }
    for (size_t i = 0; !x.n && t && i < t->nfields; i++)
        tell_field(&x, t->fields[i]);
    if (!x.n && lacks_day(j, t))
        mop_say(&j->words, "cannot be told without the record's date (%.*s)",
                MOP_SV_ARG(j->record->dated_by->name));
    else if (!x.n)
        mop_say(&j->words, "%s", t && t->kind->unsure ? t->kind->unsure : mop_undecided_words);
}
