/* SPDX-License-Identifier: MIT */
#include "check/words.h"
#include "base/utf8.h"
#include "rules/derive.h"

enum { SHOWN_WIDTH = 80 };

static struct mop_sv show(struct mop_words *w, const struct mop_field *f, struct mop_sv value)
{
    struct mop_judge *j = w->show_ctx;
    mop_buf_reset(&j->shown);
    bool private_ = f ? f->personal || f == j->private_ : j->names_private;
    if (private_ && !j->show_values) {
        struct mop_buf masked;
        mop_buf_init(&masked, 1 << 16);
        mop_mask(&masked, value);
        mop_utf8_show(&j->shown, mop_buf_view(&masked), SHOWN_WIDTH);
        mop_buf_release(&masked);
    } else {
        struct mop_sv shown = j->show_values ? value : mop_mask_found(j->run->scratch, value);
        mop_utf8_show(&j->shown, shown, SHOWN_WIDTH);
    }
    return mop_arena_copy(j->run->scratch, mop_buf_view(&j->shown));
}

/* A test that holds and should not, of a kind that has no words of its own for that. */
static void say_held(struct mop_words *w, const struct mop_test *t,
                     const struct mop_value *const *v)
{
    for (size_t i = 0; i < t->nfields; i++) {
        struct mop_sv shown = w->show(w, t->fields[i], v[i]->written);
        mop_buf_printf(w->message, "%s%.*s '%.*s'", i ? " with " : "",
                       MOP_SV_ARG(t->fields[i]->name), MOP_SV_ARG(shown));
    }
    mop_buf_printf(w->message, "%spasses '%s', and should not", t->nfields ? " " : "",
                   t->kind->name);
}

/* The value stands in another file: who repairs it has to know in which. */
static void say_looked_up(struct mop_words *w, const struct mop_test *t)
{
    const struct mop_derive *d = t->nfields == 1 ? t->fields[0]->derive : NULL;
    if (d && d->lookup && w->message->n)
        mop_buf_printf(w->message, ": '%.*s' of the %.*s that '%.*s' names",
                       MOP_SV_ARG(d->lookup->wanted->name),
                       MOP_SV_ARG(d->lookup->target->record->name),
                       MOP_SV_ARG(d->lookup->via->name));
}

void mop_words_explain(struct mop_judge *j, const struct mop_test *t,
                       const struct mop_value *const *v)
{
    if (j->words.negated && !(t->kind->flags & MOP_K_NEGATED))
        say_held(&j->words, t, v);
    else if (t->kind->explain)
        t->kind->explain(t, v, j->run, &j->words);
    say_looked_up(&j->words, t);
}

void mop_words_init(struct mop_judge *j)
{
    j->words = (struct mop_words){
        .message = &j->message, .proposal = &j->proposal, .show = show, .show_ctx = j};
}
