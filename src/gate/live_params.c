/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../values/url_keys.h"

/*
 * What redirects made of the link's tracking parameters: the last address against the link, and
 * the first hop at which it was so. Of a key that the link has twice, the first is compared with
 * the first and so on.
 */

enum { KEYS_SHOWN = 8 };

struct sides {
    struct mop_arena *a;
    struct mop_url from, to;
};

static bool is_tracking(struct mop_sv key)
{
    return mop_url_key_marketing(key) || mop_url_key_utm_like(key);
}

static size_t count(const struct mop_url *u, struct mop_sv key)
{
    size_t n = 0;
    for (size_t i = 0; i < u->nparams; i++)
        n += mop_sv_eq(u->params[i].key, key);
    return n;
}

/* How many of that key stand before parameter i. */
static size_t rank_of(const struct mop_url *u, size_t i)
{
    size_t n = 0;
    for (size_t k = 0; k < i; k++)
        n += mop_sv_eq(u->params[k].key, u->params[i].key);
    return n;
}

/* The index of the nth of that key, or nparams. */
static size_t nth(const struct mop_url *u, struct mop_sv key, size_t n)
{
    for (size_t i = 0; i < u->nparams; i++)
        if (mop_sv_eq(u->params[i].key, key) && n-- == 0)
            return i;
    return u->nparams;
}

static bool in_fragment(const struct mop_url *u, struct mop_arena *a, struct mop_sv key)
{
    struct mop_sv rest = u->fragment, piece;
    rest =
        mop_sv_sub(rest, mop_sv_find(rest, '?') < rest.n ? mop_sv_find(rest, '?') + 1 : 0, rest.n);
    while (mop_sv_next(&rest, '&', &piece))
        if (mop_sv_eq(mop_url_decode(a, mop_sv_sub(piece, 0, mop_sv_find(piece, '=')), true), key))
            return true;
    return false;
}

static enum mop_live_fate compare(const struct mop_url_param *p, const struct mop_url_param *q,
                                  struct mop_arena *a)
{
    if (mop_sv_eq(p->raw_key, q->raw_key) && mop_sv_eq(p->raw_value, q->raw_value))
        return MOP_FATE_KEPT;
    if (mop_sv_eq(p->value, q->value))
        return MOP_FATE_REENCODED;
    if (mop_sv_eq(mop_url_decode(a, q->value, true), p->value))
        return MOP_FATE_ENCODED_TWICE;
    return MOP_FATE_CHANGED;
}

static enum mop_live_fate fate(const struct sides *s, size_t i, size_t *place)
{
    const struct mop_url_param *p = &s->from.params[i];
    size_t at = nth(&s->to, p->key, rank_of(&s->from, i));
    *place = at;
    if (at == s->to.nparams)
        return in_fragment(&s->to, s->a, p->key) ? MOP_FATE_FRAGMENT : MOP_FATE_DROPPED;
    if (count(&s->to, p->key) > count(&s->from, p->key))
        return MOP_FATE_DOUBLED;
    return compare(p, &s->to.params[at], s->a);
}

/* The fates of all tracking parameters of `from`, in their order; how many. */
static size_t fates(const struct sides *s, struct mop_live_param *out)
{
    size_t n = 0, last = 0;
    for (size_t i = 0; i < s->from.nparams; i++) {
        size_t at;
        if (!is_tracking(s->from.params[i].key))
            continue;
        enum mop_live_fate f = fate(s, i, &at);
        if (f == MOP_FATE_KEPT && at < last)
            f = MOP_FATE_REORDERED;
        if (at < s->to.nparams && at > last)
            last = at;
        out[n++] = (struct mop_live_param){s->from.params[i].key, f, 0};
    }
    return n;
}

/* utm_ keys that the link has not. */
static size_t additions(const struct sides *s, struct mop_live_param *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s->to.nparams; i++) {
        struct mop_sv key = s->to.params[i].key;
        if (mop_url_key_utm_like(key) && !count(&s->from, key) && !rank_of(&s->to, i))
            out[n++] = (struct mop_live_param){key, MOP_FATE_ADDED, 0};
    }
    return n;
}

static const struct {
    enum mop_live_id id;
    const char *words;
} said[] = {
    [MOP_FATE_REORDERED] = {MOP_LIVE_REORDERED, "has %s in another place from hop %zu on"},
    [MOP_FATE_REENCODED] = {MOP_LIVE_REENCODED, "has %s in other bytes from hop %zu on"},
    [MOP_FATE_DOUBLED] = {MOP_LIVE_DOUBLED, "has %s more than once from hop %zu on"},
    [MOP_FATE_ENCODED_TWICE] = {MOP_LIVE_CHANGED, "has %s escaped twice from hop %zu on"},
    [MOP_FATE_CHANGED] = {MOP_LIVE_CHANGED, "has %s with another value from hop %zu on"},
    [MOP_FATE_FRAGMENT] = {MOP_LIVE_DROPPED, "has %s behind the '#' from hop %zu on"},
    [MOP_FATE_DROPPED] = {MOP_LIVE_DROPPED, "loses %s at hop %zu"},
    [MOP_FATE_RESTORED] = {MOP_LIVE_RESTORED, "loses %s at hop %zu, and has it again later"},
    [MOP_FATE_ADDED] = {MOP_LIVE_ADDED, "gets %s at hop %zu"},
};

/* One finding of all that fared as parameter `first` did. */
static void tell(struct mop_live_walk *w, size_t first)
{
    const struct mop_live_result *r = w->out;
    const struct mop_live_param *p = &r->params[first];
    struct mop_buf keys;
    size_t n = 0;
    mop_buf_init(&keys, KEYS_SHOWN * 400);
    for (size_t i = 0; i < r->nparams; i++) {
        if (r->params[i].fate != p->fate || r->params[i].hop != p->hop)
            continue;
        if (i < first) { /* told with that one */
            mop_buf_release(&keys);
            return;
        }
        if (n++ < KEYS_SHOWN)
            mop_buf_printf(&keys, "%s'%.*s'", n > 1 ? ", " : "", MOP_SV_ARG(r->params[i].key));
    }
    if (n > KEYS_SHOWN)
        mop_buf_printf(&keys, " and %zu more", n - KEYS_SHOWN);
    mop_live_found(w, said[p->fate].id, said[p->fate].words, keys.p, p->hop);
    mop_buf_release(&keys);
}

static bool is_lost(enum mop_live_fate f)
{
    return f == MOP_FATE_DROPPED || f == MOP_FATE_FRAGMENT || f == MOP_FATE_CHANGED ||
           f == MOP_FATE_ENCODED_TWICE;
}

/* At the end it is as it was, and at this hop it is not. */
static bool is_restored(const struct mop_live_param *last, const struct mop_live_param *now)
{
    return last->fate <= MOP_FATE_REENCODED && is_lost(now->fate);
}

/* Which hop brought it about: the first at whose address it was as at the last. */
static void find_hops(struct mop_live_walk *w, struct sides *s, struct mop_live_param *list,
                      size_t n, size_t of_link)
{
    struct mop_live_param *now =
        mop_arena_array(s->a, s->from.nparams + MOP_URL_PARAMS_MAX + 1, sizeof *now);
    for (size_t hop = 2; hop <= w->out->nhops; hop++) {
        mop_url_parse(s->a, w->urls[hop - 1], false, &s->to);
        fates(s, now);
        for (size_t i = 0; i < of_link; i++)
            if (is_restored(&list[i], &now[i]))
                list[i] = (struct mop_live_param){list[i].key, MOP_FATE_RESTORED, hop};
            else if (!list[i].hop && list[i].fate != MOP_FATE_KEPT && now[i].fate == list[i].fate)
                list[i].hop = hop;
        for (size_t i = of_link; i < n; i++)
            if (!list[i].hop && count(&s->to, list[i].key))
                list[i].hop = hop;
    }
}

void mop_live_params(struct mop_live_walk *w)
{
    struct mop_arena a;
    struct mop_live_result *r = w->out;
    mop_arena_init(&a);
    struct sides s = {.a = &a};
    mop_url_parse(&a, w->urls[0], false, &s.from);
    mop_url_parse(&a, w->urls[r->nhops - 1], false, &s.to);
    if (s.from.cut || s.to.cut)
        mop_live_found(w, MOP_LIVE_UNCHECKED, "has more than %d parameters", MOP_URL_PARAMS_MAX);
    r->params =
        mop_arena_array(w->run->arena, s.from.nparams + s.to.nparams + 1, sizeof *r->params);
    size_t of_link = fates(&s, r->params);
    r->nparams = of_link + additions(&s, r->params + of_link);
    find_hops(w, &s, r->params, r->nparams, of_link);
    for (size_t i = 0; i < r->nparams; i++)
        r->params[i].key = mop_live_key_shown(w->run->arena, r->params[i].key);
    for (size_t i = 0; i < r->nparams; i++)
        if (r->params[i].fate != MOP_FATE_KEPT)
            tell(w, i);
    mop_arena_release(&a);
}
