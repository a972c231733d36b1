/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include <string.h>

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
    bool costs = b->budget.millionths > 0 || b->cap.millionths > 0;
    for (size_t i = 0; i < l.n && !costs; i++)
        costs = is_paid(l.list[i].text);
    return costs;
}

/* Forms bring leads unless the brief says that they do not. */
static bool brings_leads(struct mop_brief *b)
{
    struct mop_said_list said = mop_brief_values(b, "creates_leads");
    return said.n ? has(&said, "true") : mop_brief_values(b, "forms").n > 0;
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

static bool says_something(struct mop_sv text)
{
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c >= 128 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))
            return true;
    }
    return false;
}

/* "TBD: ask Noor", "todo - see ticket"; not "Todo lists for families". */
static bool begins_with(struct mop_sv text, struct mop_sv word)
{
    if (!word.n || !mop_sv_eq_nocase(mop_sv_sub(text, 0, word.n), word))
        return false;
    struct mop_sv rest = mop_sv_sub(text, word.n, text.n), after = mop_sv_trim(rest);
    return !after.n || strchr(":;,.(/?!", after.p[0]) || (after.p != rest.p && after.p[0] == '-');
}

bool mop_gate_is_open(const struct mop_gate_policy *p, struct mop_sv text)
{
    for (size_t i = 0; i < p->nplaceholders; i++)
        if (begins_with(text, p->placeholders[i]))
            return true;
    return !says_something(text);
}
