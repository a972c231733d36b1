/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/items.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/template.h"

/* Values of vocabularies that are right on some days alone. */

void mop_days_clear(struct mop_days *d)
{
    *d = (struct mop_days){.same = MOP_WINDOW_OPEN};
}

static void narrow(struct mop_window *same, int32_t from, int32_t until)
{
    same->from = from > same->from ? from : same->from;
    same->until = until < same->until ? until : same->until;
}

bool mop_days_inside(struct mop_days *d, const struct mop_window *w, const int32_t *day)
{
    d->asked = true;
    if (!day)
        return true;
    if (*day < w->from)
        narrow(&d->same, INT32_MIN, w->from - 1);
    else if (*day > w->until)
        narrow(&d->same, w->until + 1, INT32_MAX);
    else
        narrow(&d->same, w->from, w->until);
    return mop_window_has(w, *day);
}

static void each_part(const struct mop_template *t, mop_vocabulary_fn fn, void *ctx)
{
    for (size_t i = 0; i < t->nparts; i++)
        if (t->parts[i].vocabulary)
            fn(t->parts[i].vocabulary, ctx);
}

void mop_field_vocabularies(const struct mop_field *f, mop_vocabulary_fn fn, void *ctx)
{
    const struct mop_record *r = f->record;
    if (f->vocabulary)
        fn(f->vocabulary, ctx);
    for (size_t i = 0; i < f->ntests; i++)
        if (f->tests[i]->kind == &mop_kind_template)
            each_part(f->tests[i]->arg, fn, ctx);
    for (size_t i = 0; i < r->nrow_tests; i++)
        if (r->row_tests[i]->kind == &mop_kind_items_dated && r->row_tests[i]->fields[0] == f)
            fn(mop_items_vocabulary(r->row_tests[i]), ctx);
}

void mop_say_day(struct mop_words *w, int32_t day)
{
    int y, m, d;
    mop_civil_of_day(day, &y, &m, &d);
    mop_say(w, "%04d-%02d-%02d", y, m, d);
}

void mop_say_window(struct mop_words *w, const struct mop_term *term)
{
    if (!term->has_valid) {
        mop_say(w, " is not used any more");
        return;
    }
    mop_say(w, " is valid");
    if (term->valid.from != INT32_MIN) {
        mop_say(w, " from ");
        mop_say_day(w, term->valid.from);
    }
    if (term->valid.until != INT32_MAX) {
        mop_say(w, " until ");
        mop_say_day(w, term->valid.until);
    }
    mop_say(w, ", not on the record's date");
}
