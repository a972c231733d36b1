/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"

/* What a brief says, with what follows from it; and what of it says nothing. */

static struct mop_said word(const char *text)
{
    return (struct mop_said){mop_sv_of(text), {0}, 0};
}

static bool has(const struct mop_said_list *l, const char *text)
{
    for (size_t i = 0; i < l->n; i++)
        if (mop_said_is(&l->list[i], text))
            return true;
    return false;
}

/* What is bought costs money, whether or not the brief says how much. */
static bool is_paid(struct mop_sv channel)
{
    static const char *const words[] = {"display", "cross-network"};
    bool paid = mop_sv_eq_nocase(mop_sv_sub(channel, 0, 5), MOP_SV("paid "));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        paid = paid || mop_sv_eq_nocase(channel, mop_sv_of(words[i]));
    return paid;
}

/* The brief's channels, then those that only its links name. */
static struct mop_said_list channels(struct mop_brief *b)
{
    size_t most = b->channels.n + b->nlinks;
    struct mop_said_list l = b->channels;
    struct mop_map seen;
    bool added;
    mop_map_init(&seen);
    l.list = mop_arena_array(&b->arena, most + 1, sizeof *l.list);
    l.n = 0;
    for (size_t i = 0; i < most; i++) {
        const struct mop_said *s =
            i < b->channels.n ? &b->channels.list[i] : &b->links[i - b->channels.n].channel;
        if (!s->text.p)
            continue;
        mop_map_put(&seen, s->text, &added);
        if (added)
            l.list[l.n++] = *s;
    }
    mop_map_release(&seen);
    return l;
}

static bool costs_money(struct mop_brief *b)
{
    struct mop_said_list l = channels(b);
    bool costs = b->budget.millionths > 0 || b->cap.millionths > 0 ||
                 mop_brief_open_at(b, "budget").text.p; /* an amount that nobody knows yet */
    for (size_t i = 0; i < l.n && !costs; i++)
        costs = is_paid(l.list[i].text);
    return costs;
}

/* Forms bring leads unless the brief says that they do not; what is still open may. */
static bool brings_leads(struct mop_brief *b)
{
    struct mop_said_list said = mop_brief_values(b, "creates_leads");
    if (said.n)
        return has(&said, "true");
    return mop_brief_values(b, "forms").n > 0 || mop_brief_open_at(b, "forms").text.p ||
           mop_brief_open_at(b, "creates_leads").text.p;
}

static struct mop_said_list touches(struct mop_brief *b)
{
    struct mop_said_list said = b->touches;
    struct mop_said_list l = {mop_arena_array(&b->arena, said.n + 2, sizeof *l.list), 0, said.said};
    for (size_t i = 0; i < said.n; i++)
        l.list[l.n++] = said.list[i];
    if (!has(&l, "budget") && costs_money(b))
        l.list[l.n++] = word("budget");
    if (!has(&l, "sales_handoff") && brings_leads(b))
        l.list[l.n++] = word("sales_handoff");
    return l;
}

static struct mop_said_list platforms(struct mop_brief *b)
{
    struct mop_said_list l = {mop_arena_array(&b->arena, b->nlinks + 1, sizeof *l.list), 0, true};
    for (size_t i = 0; i < b->nlinks; i++)
        if (b->links[i].platform.text.p) {
            l.list[l.n] = b->links[i].platform;
            l.list[l.n++].text = mop_gate_platform(b->links[i].platform.text);
        }
    return l;
}

static struct mop_said_list printed(struct mop_brief *b)
{
    struct mop_said_list l = {mop_arena_array(&b->arena, 1, sizeof *l.list), 0, true};
    for (size_t i = 0; i < b->nlinks && !l.n; i++)
        if (b->links[i].printed)
            l.list[l.n++] = word("true");
    if (!l.n)
        l.list[l.n++] = word("false");
    return l;
}

struct mop_said_list mop_gate_facts(struct mop_brief *b, struct mop_sv key)
{
    if (mop_sv_eqs(key, "touches"))
        return touches(b);
    if (mop_sv_eqs(key, "channels"))
        return channels(b);
    if (mop_sv_eqs(key, "platforms"))
        return platforms(b);
    if (mop_sv_eqs(key, "printed"))
        return printed(b);
    return mop_brief_values(b, mop_arena_str(&b->arena, key));
}

bool mop_gate_touches(struct mop_brief *b, const char *what)
{
    struct mop_said_list l = touches(b);
    return has(&l, what);
}

bool mop_gate_is_open(const struct mop_gate_policy *p, struct mop_sv text)
{
    return mop_said_open(text, p->placeholders, p->nplaceholders);
}

bool mop_gate_is_no_reason(const struct mop_gate_policy *p, struct mop_sv text)
{
    return mop_said_nothing(text, MOP_SAID_TEXT) || mop_gate_is_open(p, text);
}
