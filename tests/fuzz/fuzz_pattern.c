/* SPDX-License-Identifier: MIT */
/*
 * Patterns, as lint looks at them: parsed, searched for texts that make them slow, looked at for
 * their form. The first byte says how they are matched.
 *
 * covers: src/lint/regex_ast.c src/lint/regex_nfa.c src/lint/regex_ambiguity.c
 * src/lint/regex_circles.c
 */
#include "base/utf8.h"
#include "lint/regex_style.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

/* Kids lie in their parents and in order, so that every place is one of the pattern. */
static void must_nest(const struct mop_rx_node *n, size_t from, size_t to)
{
    for (; n; n = n->next) {
        must(from <= n->from && n->from <= n->to && n->to <= to);
        must_nest(n->kid, n->from, n->to);
        from = n->from;
    }
}

static void must_lie(void *ctx, size_t from, size_t to)
{
    must(from < to && to <= *(const size_t *)ctx);
}

static void must_hold(const struct mop_rx_witness *w, const struct mop_rx_pattern *p,
                      struct mop_match *m)
{
    struct mop_buf b;
    mop_buf_init(&b, MOP_RX_WITNESS_BYTES);
    mop_rx_witness_put(w, w->repeats, &b);
    must(!b.over && mop_utf8_check(mop_buf_view(&b)) == b.n);
    must(mop_regex_steps(p->regex, m, mop_buf_view(&b), MOP_RX_WITNESS_STEPS, NULL) >
         MOP_RX_WITNESS_STEPS);
    must(w->from < w->to && w->to <= p->text.n);
    mop_buf_release(&b);
}

static void look(struct mop_arena *a, struct mop_rx_symbols *s, const struct mop_rx_pattern *p)
{
    static mop_rx_look *const looks[] = {mop_rx_find_list, mop_rx_find_anchors,
                                         mop_rx_find_host_dots, mop_rx_find_ranges,
                                         mop_rx_find_empty};
    struct mop_rx_witness w;
    struct mop_sv list[4];
    uint64_t steps = 1 << 20;
    size_t length = p->text.n;
    must_nest(p->top, 0, length);
    if (mop_rx_witness_find(a, s, p, &steps, &w) == MOP_RX_SLOW)
        must_hold(&w, p, s->match);
    must(mop_rx_samples(a, s, p, list, 4) <= 4);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
        looks[i](p, must_lie, &length);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mop_regex_error e;
    struct mop_sv text = {(const char *)data + 1, size - 1};
    if (size < 2 || size > 4096 || mop_utf8_check(text) < text.n)
        return 0;
    unsigned flags = (data[0] & 1 ? MOP_RX_WHOLE : 0) | (data[0] & 2 ? MOP_RX_NOCASE : 0);
    struct mop_regex *r = mop_regex_compile(text, flags, &e);
    if (!r)
        return 0;
    struct mop_arena a;
    struct mop_rx_symbols s;
    mop_arena_init(&a);
    mop_rx_symbols_init(&s);
    struct mop_rx_pattern p = {text, flags, r,
                               mop_rx_parse(&a, text, flags & MOP_RX_NOCASE ? MOP_RX_I : 0)};
    if (p.top)
        look(&a, &s, &p);
    mop_rx_symbols_release(&s);
    mop_arena_release(&a);
    mop_regex_free(r);
    return 0;
}
