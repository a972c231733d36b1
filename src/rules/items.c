/* SPDX-License-Identifier: MIT */
#include "rules/items.h"
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* Items of a value, each judged like a value of a field of its own. */

bool mop_items_dated(const struct mop_items *it)
{
    const struct mop_vocabulary *voc = it->item->vocabulary;
    for (size_t i = 0; voc && i < voc->nterms; i++)
        if (voc->terms[i]->has_valid)
            return true;
    return false;
}

static bool next_item(const struct mop_items *it, struct mop_sv text, size_t *at,
                      struct mop_sv *item)
{
    if (*at > text.n)
        return false;
    size_t end = *at;
    while (end < text.n && !mop_sv_starts(mop_sv_sub(text, end, text.n), it->separator))
        end++;
    *item = mop_sv_sub(text, *at, end);
    *at = end < text.n ? end + it->separator.n : text.n + 1;
    if (it->trim)
        *item = mop_sv_trim(*item);
    return true;
}

static bool on_rung(const struct mop_value *v)
{
    return v->rung > MOP_RUNG_EXACT && v->rung < MOP_RUNG_PROVISIONAL;
}

static enum mop_outcome ask(const struct mop_items *it, const struct mop_test *t,
                            const struct mop_value *v, struct mop_run *run)
{
    if (on_rung(v) && t->kind->flags & MOP_K_WRITTEN && it->silent >> v->rung & 1)
        return MOP_NA;
    bool meant = it->rung || t->kind->flags & MOP_K_MEANT;
    return meant && !v->known ? MOP_NA : t->kind->value(t, v, run);
}

/* What its tests say of an item; *failed: the first that it fails, or NULL. */
static enum mop_outcome ask_all(const struct mop_items *it, const struct mop_value *v,
                                struct mop_run *run, const struct mop_test **failed)
{
    enum mop_outcome worst = MOP_NA;
    *failed = NULL;
    for (size_t i = 0; i < it->n && !*failed; i++) {
        enum mop_outcome o = ask(it, it->tests[i], v, run);
        worst = o > worst ? o : worst;
        if (o == MOP_FAIL)
            *failed = it->tests[i];
    }
    return worst;
}

/* Does the record's date decide of this value, inside its term's dates or outside? */
static bool has_dates(const struct mop_value *v)
{
    return v->term && v->term->has_valid && v->rung < MOP_RUNG_DEPRECATED;
}

/* Where the date cannot be told, what it would decide is undecided. */
static enum mop_outcome ask_by_date(const struct mop_items *it, struct mop_value *v,
                                    struct mop_run *run, const struct mop_test **failed)
{
    int32_t day = run->rules->as_of.day;
    bool known = !run->day || run->day(run, &day);
    struct mop_value outside = *v;
    outside.rung = MOP_RUNG_DEPRECATED;
    if (known) {
        *v = mop_window_has(&v->term->valid, day) ? *v : outside;
        return ask_all(it, v, run, failed);
    }
    enum mop_outcome o = ask_all(it, &outside, run, failed);
    if (ask_all(it, v, run, failed) == o)
        return o;
    *failed = NULL;
    return MOP_UNDECIDED;
}

/* A blank item is nothing: of blanks speaks `required`, and it looks at the whole value. */
static enum mop_outcome judge_item(const struct mop_items *it, struct mop_sv item,
                                   struct mop_run *run, struct mop_value *v,
                                   const struct mop_test **failed)
{
    struct mop_cell cell = {.v = item, .presence = MOP_GIVEN};
    *failed = NULL;
    mop_value_read(it->item, &cell, run, run->scratch, v);
    if (v->state != MOP_ST_VALUE)
        return MOP_NA;
    return has_dates(v) ? ask_by_date(it, v, run, failed) : ask_all(it, v, run, failed);
}

enum mop_outcome mop_items_value(const struct mop_test *t, const struct mop_value *v,
                                 struct mop_run *run)
{
    enum mop_outcome worst = MOP_NA;
    const struct mop_test *failed;
    struct mop_value item_value;
    struct mop_sv item;
    for (size_t at = 0; worst != MOP_FAIL && next_item(t->arg, v->written, &at, &item);) {
        enum mop_outcome one = judge_item(t->arg, item, run, &item_value, &failed);
        worst = one > worst ? one : worst;
    }
    return worst;
}

static unsigned rungs_of(const struct mop_items *it, const struct mop_value *v, struct mop_run *run)
{
    struct mop_value one;
    struct mop_sv item;
    unsigned rungs = 0;
    for (size_t at = 0; next_item(it, v->written, &at, &item);) {
        struct mop_cell cell = {.v = item, .presence = MOP_GIVEN};
        mop_value_read(it->item, &cell, run, run->scratch, &one);
        if (one.state == MOP_ST_VALUE && on_rung(&one))
            rungs |= 1u << one.rung;
    }
    return rungs;
}

unsigned mop_items_rungs(const struct mop_field *f, const struct mop_value *v, struct mop_run *run)
{
    const struct mop_items *it = f->items ? f->items->arg : NULL;
    return it && v->state == MOP_ST_VALUE && it->item->vocabulary ? rungs_of(it, v, run) : 0;
}

/* For the same records as c: a rung with dates or a `when` of its own leaves some to c. */
static bool for_same(const struct mop_check *r, const struct mop_check *c)
{
    return r->when_node == c->when_node && r->applies.from == c->applies.from &&
           r->applies.until == c->applies.until;
}

void mop_items_told(const struct mop_check *c)
{
    bool items = c->kind == &mop_kind_items || c->kind == &mop_kind_items_dated;
    if (c->role != MOP_CHECK_INLINE || c->of_item || !items)
        return;
    const struct mop_test *t = c->assert_->test;
    struct mop_items *it = (struct mop_items *)(uintptr_t)t->arg;
    for (size_t i = 0; i < c->field->nchecks; i++) {
        const struct mop_check *r = c->field->checks[i];
        if (r->of_item && mop_items_of_one(r->assert_->test, t) && for_same(r, c))
            it->silent |= 1u << mop_rung_of(r);
    }
}

enum mop_outcome mop_items_row(const struct mop_test *t, const struct mop_value *const *v,
                               struct mop_run *run)
{
    return on_rung(v[0]) ? MOP_NA : mop_items_value(t, v[0], run);
}

/* One item in the words of the check that it fails; its proposal, or itself, goes into the whole.
 */
static bool explain_item(const struct mop_test *failed, const struct mop_value *v, size_t number,
                         struct mop_run *run, struct mop_words *w, struct mop_buf *whole)
{
    struct mop_buf proposal;
    struct mop_words inner = *w;
    mop_buf_init(&proposal, 1 << 16);
    inner.proposal = &proposal;
    inner.certain = false;
    mop_say(w, "item %zu: ", number);
    failed->kind->explain(failed, &v, run, &inner);
    bool certain = inner.certain && proposal.n;
    mop_buf_sv(whole, certain ? mop_buf_view(&proposal) : v->written);
    mop_buf_release(&proposal);
    return certain;
}

void mop_items_explain(const struct mop_test *t, const struct mop_value *const *v,
                       struct mop_run *run, struct mop_words *w)
{
    const struct mop_items *it = t->arg;
    size_t number = 0, said = 0;
    bool certain = true;
    const struct mop_test *failed;
    struct mop_value item_value;
    struct mop_sv item;
    struct mop_buf whole;
    mop_buf_init(&whole, 1 << 20);
    for (size_t at = 0; next_item(it, v[0]->written, &at, &item);) {
        judge_item(it, item, run, &item_value, &failed);
        if (number++)
            mop_buf_sv(&whole, it->separator);
        if (!failed) {
            mop_buf_sv(&whole, item);
            continue;
        }
        mop_say(w, "%s", said++ ? "; " : "");
        certain &= explain_item(failed, &item_value, number, run, w, &whole);
    }
    if (said && certain && !whole.over)
        mop_propose(w, mop_buf_view(&whole), true);
    mop_buf_release(&whole);
}
