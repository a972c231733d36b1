/* SPDX-License-Identifier: MIT */
#include "lint/regex_texts.h"
#include <inttypes.h>

/* Which patterns backtrack, as far as the budget goes. */

enum {
    STEPS_PER_STEP = 4, /* of a search, for one of the taxonomy's budget */
    LONG_RUN = 32       /* characters */
};

/*
 * What a search may cost in each round. Those that it does not suffice for have another go when all
 * have had theirs, from the start: a slow one takes nothing from what is cheap to look into.
 */
static const uint64_t ROUNDS[] = {16000, 256000, 6000000, MOP_RX_PATTERN_STEPS};

/* A long row of one character at its start is written as such. */
static void put_runs(struct mop_buf *b, struct mop_sv text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] == text.p[0])
        n++;
    if (n >= LONG_RUN) {
        mop_rx_quote(b, mop_sv_sub(text, 0, 1));
        mop_buf_printf(b, " x %zu%s", n, n < text.n ? " + " : "");
        text = mop_sv_sub(text, n, text.n);
    }
    if (text.n)
        mop_rx_quote(b, text);
}

static const char *describe(struct mop_rx_texts *k, const struct mop_rx_witness *w)
{
    struct mop_buf b;
    mop_buf_init(&b, 8192);
    mop_buf_str(&b, "this backtracks: ");
    if (w->repeats > 1 && w->prefix.n) {
        mop_rx_quote(&b, w->prefix);
        mop_buf_str(&b, " + ");
    }
    if (w->repeats > 1) {
        mop_rx_quote(&b, w->pump);
        mop_buf_printf(&b, " x %zu", w->repeats);
    } else {
        mop_rx_quote(&b, mop_arena_printf(k->l->arena, "%.*s%.*s", MOP_SV_ARG(w->prefix),
                                          MOP_SV_ARG(w->pump)));
    }
    if (w->suffix.n) {
        mop_buf_str(&b, " + ");
        put_runs(&b, w->suffix);
    }
    mop_buf_printf(&b, " (%zu bytes) takes more than 1,000,000 match steps%s",
                   w->prefix.n + w->pump.n * w->repeats + w->suffix.n,
                   w->undecided ? ": undecided" : " from all places together");
    const char *text = mop_arena_copy(k->l->arena, mop_buf_view(&b)).p;
    mop_buf_release(&b);
    return text;
}

static const char one_way[] =
    "let a text fit in one way only: no repeat in a repeat, no two neighbours that take the same; "
    "or set limits: {1,20}";
static const char anywhere[] =
    "the search starts at every place anew: ask for one character of the run ('\\s$' for "
    "'\\s+$'), or begin with what stands before it";

static const char smaller[] = "make two checks of it, or lower its limits";

static void unfinished(struct mop_rx_texts *k, size_t from, size_t to, const char *msg,
                       const char *hint)
{
    k->id = "regex-unfinished";
    k->hint = hint;
    mop_rx_texts_remark(k, from, to, msg);
}

static void tell_slow(struct mop_rx_texts *k, const struct mop_rx_witness *w)
{
    k->id = "regex-backtracking";
    k->hint = w->anywhere ? anywhere : one_way;
    mop_rx_texts_remark(k, w->from, w->to, describe(k, w));
}

static void tell_rough(struct mop_rx_texts *k, const struct mop_rx_pattern *p)
{
    const struct mop_rx_node *rough = mop_rx_rough(p->top);
    if (rough)
        unfinished(k, rough->from, rough->to,
                   "this call, condition or verb is looked into only roughly: it may be slow",
                   "write it without, if you can: nothing is known of such a pattern otherwise");
}

static void tell_verdict(struct mop_rx_texts *k, const struct mop_rx_pattern *p,
                         enum mop_rx_verdict v, const struct mop_rx_witness *w)
{
    if (v == MOP_RX_SLOW)
        tell_slow(k, w);
    else if (v == MOP_RX_FAST)
        tell_rough(k, p);
    else if (v == MOP_RX_TOO_LARGE)
        unfinished(k, 0, p->text.n,
                   "this pattern is too large to be searched for texts that make it slow", smaller);
}

/*
 * Takes what it costs from the taxonomy's budget. Where that is the lesser one and does not
 * suffice it is used up: those behind would get less than they have had. One step is for being
 * looked at.
 */
static enum mop_rx_verdict find(struct mop_rx_texts *k, const struct mop_rx_pattern *p,
                                uint64_t budget, struct mop_rx_witness *w)
{
    uint64_t all = k->l->steps * STEPS_PER_STEP, most = budget < all ? budget : all, left = most;
    if (!mop_rx_is_plain(p->top) && !mop_lint_steps(k->l, 1))
        return MOP_RX_UNSURE;
    enum mop_rx_verdict v = mop_rx_witness_find(&k->scratch, &k->symbols, p, &left, w);
    mop_lint_steps(k->l, (most - left) / STEPS_PER_STEP);
    if (v == MOP_RX_UNSURE && all < budget)
        mop_lint_steps(k->l, UINT64_MAX);
    return v;
}

static void search(struct mop_rx_texts *k, struct mop_rx_text *t, uint64_t budget)
{
    struct mop_rx_pattern p = mop_rx_texts_parse(k, t);
    struct mop_rx_witness w;
    if (p.top) {
        enum mop_rx_verdict v = find(k, &p, budget, &w);
        tell_verdict(k, &p, v, &w);
        t->unsure = v == MOP_RX_UNSURE;
        t->cut_short = t->unsure && k->l->out_of_steps;
    } else {
        unfinished(k, 0, p.text.n,
                   "this pattern has what lint does not know: it is not looked into",
                   "write it without, if you can");
        t->unsure = false;
    }
    mop_arena_reset(&k->scratch);
}

static void search_all(struct mop_rx_texts *k)
{
    for (size_t r = 0; r < sizeof ROUNDS / sizeof *ROUNDS; r++)
        for (size_t i = 0; i < k->n; i++)
            if (r == 0 || k->list[i]->unsure)
                search(k, k->list[i], ROUNDS[r]);
}

/* Which budget it was: that of one pattern, or that of the taxonomy. */
static const char *why_unsure(struct mop_rx_texts *k, bool all)
{
    const char *what = "whether some text makes this pattern slow is not known";
    if (all)
        return mop_arena_printf(k->l->arena,
                                "%s: the taxonomy's budget of %" PRIu64 " steps was used up", what,
                                k->l->budget)
            .p;
    return mop_arena_printf(k->l->arena, "%s: the search was given up after %d steps", what,
                            MOP_RX_PATTERN_STEPS / STEPS_PER_STEP)
        .p;
}

static void tell_unsure(struct mop_rx_texts *k)
{
    static const char alone[] =
        "make the slow ones simpler, or lint a file that has this one alone";
    for (size_t i = 0; i < k->n; i++) {
        struct mop_rx_text *t = k->now = k->list[i];
        if (t->unsure)
            unfinished(k, 0, t->at->node->text.n, why_unsure(k, t->cut_short),
                       t->cut_short ? alone : smaller);
    }
}

void mop_rx_check_speed(struct mop_lint *l)
{
    struct mop_rx_texts k;
    mop_rx_texts_open(&k, l);
    search_all(&k);
    tell_unsure(&k);
    mop_rx_texts_close(&k);
}
