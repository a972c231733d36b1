/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* What a rule found, in one line. */

/* A rule's own message without the values of a record: {field} reads <field>. */
static struct mop_sv own_words(struct mop_arena *a, struct mop_sv text)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        bool hole = open < shut && shut < text.n;
        mop_buf_sv(&b, mop_sv_sub(text, 0, hole ? open : text.n));
        if (hole)
            mop_buf_printf(&b, "<%.*s>", MOP_SV_ARG(mop_sv_sub(text, open + 1, shut)));
        text = mop_sv_sub(text, hole ? shut + 1 : text.n, text.n);
    }
    struct mop_sv s = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return s;
}

struct mop_sv mop_rule_words(struct mop_arena *a, const struct mop_check *c)
{
    return c->message.n ? own_words(a, c->message) : mop_rule_phrase(a, c);
}

/* Does every {hole} of the message stand for the field? */
static bool names_only(struct mop_sv text, const struct mop_field *f)
{
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        if (open >= shut || shut >= text.n)
            return true;
        if (!f || !mop_sv_eq(mop_sv_sub(text, open + 1, shut), f->name))
            return false;
        text = mop_sv_sub(text, shut + 1, text.n);
    }
    return true;
}

static bool all_say_the_same(const struct mop_rule_tally *t)
{
    for (size_t i = 1; i < t->nsamples; i++)
        if (!mop_sv_eq(t->samples[i].message, t->samples[0].message))
            return false;
    return t->nsamples > 0 && t->nsamples == t->failed;
}

struct mop_sv mop_rule_headline(struct mop_page *p, const struct mop_type_result *y,
                                const struct mop_check *c)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    if (c->message.n && all_say_the_same(t))
        return t->samples[0].message;
    if (c->message.n && t->nvalues == 1 && !t->values_over && names_only(c->message, c->field))
        return t->values[0].message;
    return mop_rule_words(&p->arena, c);
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
