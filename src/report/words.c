/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* What a rule found, in one line. */

/* What stood in the data: its field, in brackets. Where the message has brackets of its own around
 * it, it says nothing, and goes with the blank before it. */
static size_t put_hole(struct mop_buf *b, struct mop_sv field, struct mop_sv rest)
{
    bool apart = b->n && b->p[b->n - 1] == '(' && rest.n && rest.p[0] == ')';
    if (!apart) {
        mop_buf_chr(b, '(');
        for (size_t i = 0; i < field.n; i++)
            mop_buf_chr(b, field.p[i] == '_' ? ' ' : field.p[i]);
        mop_buf_chr(b, ')');
        return 0;
    }
    b->n -= b->n > 1 && b->p[b->n - 2] == ' ' ? 2 : 1;
    return 1;
}

/* A rule's own message is about a record; said of the rule, "a {lifecycle_stage} lead" reads "a
 * (lifecycle stage) lead", and "cost ({cost})" "cost". */
static struct mop_sv own_words(struct mop_arena *a, struct mop_sv text)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        bool hole = open < shut && shut < text.n;
        struct mop_sv field = hole ? mop_sv_sub(text, open + 1, shut) : MOP_SV("");
        mop_buf_sv(&b, mop_sv_sub(text, 0, hole ? open : text.n));
        text = mop_sv_sub(text, hole ? shut + 1 : text.n, text.n);
        if (hole)
            text = mop_sv_sub(text, put_hole(&b, field, text), text.n);
    }
    struct mop_sv s = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return s;
}

struct mop_sv mop_rule_words(struct mop_arena *a, const struct mop_check *c)
{
    struct mop_sv own = own_words(a, c->message);
    return own.n ? own : mop_rule_phrase(a, c);
}

/* "sdr-emea, sdr-amer or else sales-ops (by region)" */
static struct mop_sv repairers(struct mop_arena *a, const struct mop_check *c)
{
    enum { MOST = 3 };
    struct mop_sv all = MOP_SV(""), rest = c->fixed_by.n ? c->fixed_by : c->owner;
    const struct mop_map *m = &c->fixed_by_map;
    for (size_t i = 0; i < m->n && i < MOST; i++) {
        struct mop_sv who = *(const struct mop_sv *)(uintptr_t)m->entries[i].item;
        all = mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(all), i ? ", " : "", MOP_SV_ARG(who));
    }
    return mop_arena_printf(a, "%.*s%s%s%.*s (by %.*s)", MOP_SV_ARG(all),
                            m->n > MOST ? ", ..." : "", rest.n ? " or else " : "", MOP_SV_ARG(rest),
                            MOP_SV_ARG(c->fixed_by_field->name));
}

struct mop_sv mop_rule_repairer(struct mop_arena *a, const struct mop_check *c)
{
    if (c->fixed_by_field)
        return repairers(a, c);
    struct mop_sv who = c->fixed_by.n ? c->fixed_by : c->owner;
    return who.n ? who : MOP_SV("nobody named");
}
