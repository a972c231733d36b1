/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "gate/checks.h"
#include "rules/kinds.h"
#include "rules/template.h"
#include "values/ga4.h"
#include <stdio.h>

/*
 * Values that a brief cannot have make a condition that never holds, and a level that is too light:
 * they are refused where the set of words is known.
 */

typedef struct mop_gate_reader R;

/* Words to choose from. */
struct words {
    struct mop_sv *list;
    size_t n;
    bool nocase;
};

static void add_names(struct words *w, const char *const *names)
{
    for (; *names; names++)
        w->list[w->n++] = mop_sv_of(*names);
}

static void add_channels(R *r, struct words *w, bool own)
{
    const char *name;
    for (size_t i = 0; (name = mop_ga4_channel_name(MOP_SV_NONE, i)); i++)
        w->list[w->n++] = mop_sv_of(name);
    for (size_t i = 0; own && i < r->p->nchannels; i++)
        w->list[w->n++] = r->p->channels[i].name;
}

static bool is_in(const struct words *w, struct mop_sv text)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->nocase ? mop_sv_eq_nocase(text, w->list[i]) : mop_sv_eq(text, w->list[i]))
            return true;
    return false;
}

static void refuse(R *r, const struct mop_node *n, struct mop_sv key, const struct words *w)
{
    char hint[300];
    struct mop_said s = mop_said_of(n);
    bool near = mop_did_you_mean(hint, sizeof hint, s.text, w->list, w->n);
    mop_gate_fault(r, "bad-value", n, near ? hint : NULL, "'%.*s' is never '%.*s'", MOP_SV_ARG(key),
                   MOP_SV_ARG(s.text));
}

/* The words of keys that have but a few. */
static bool find_words(R *r, struct mop_sv key, struct words *w)
{
    static const char *const bools[] = {"true", "false", NULL};
    static const struct {
        const char *key;
        const char *const *words;
    } T[] = {{"risk", mop_brief_risks},
             {"touches", mop_brief_touched},
             {"recurring", bools},
             {"creates_leads", bools},
             {"printed", bools}};
    w->list = mop_arena_array(r->a, 128 + r->p->nchannels + r->p->nlevels + r->rs->npeople,
                              sizeof *w->list);
    for (size_t i = 0; i < sizeof T / sizeof *T; i++)
        if (mop_sv_eqs(key, T[i].key))
            add_names(w, T[i].words);
    w->nocase = mop_sv_eqs(key, "channels") || mop_sv_eqs(key, "platforms");
    if (mop_sv_eqs(key, "channels"))
        add_channels(r, w, true);
    if (mop_sv_eqs(key, "platforms"))
        w->n = mop_gate_platforms(w->list, 128);
    for (size_t i = 0; mop_sv_eqs(key, "owners") && i < r->rs->npeople; i++)
        if (!r->rs->people[i].of_pack)
            w->list[w->n++] = r->rs->people[i].key;
    for (size_t i = 0; mop_sv_eqs(key, "level") && i < r->p->nlevels; i++)
        w->list[w->n++] = r->p->levels[i].name;
    return w->n > 0;
}

static bool is_day_key(struct mop_sv key)
{
    return mop_sv_eqs(key, "start") || mop_sv_eqs(key, "end") || mop_sv_eqs(key, "changed");
}

static void check_day(R *r, const struct mop_node *n)
{
    struct mop_said s = mop_said_of(n);
    struct mop_when when;
    if (s.text.p && !(mop_date_parse_iso(NULL, s.text, &when) && when.whole_day))
        mop_gate_fault(r, "bad-value", n, "write it as 2026-12-31", "'%.*s' is no day",
                       MOP_SV_ARG(s.text));
}

/* ---- words of the taxonomy ---- */

static struct mop_sv key_of(const struct mop_gate_pair *pairs, size_t n, struct mop_sv name)
{
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(pairs[i].name, name))
            return pairs[i].key;
    return MOP_SV_NONE;
}

/* The lists that the key's words come from: of the field it fills, of parts it has to agree with. A
 * list that grows with the records is not known yet. */
struct lists {
    const struct mop_vocabulary *list[16];
    size_t n;
    bool open; /* a part takes what is on no list */
};

static void add_list(struct lists *l, const struct mop_vocabulary *v)
{
    if (!v || v->from_record || l->n == sizeof l->list / sizeof *l->list)
        l->open = true;
    else
        l->list[l->n++] = v;
}

static void add_parts(R *r, const struct mop_field *f, struct mop_sv key, struct lists *l)
{
    for (size_t i = 0; i < f->ntests; i++) {
        const struct mop_template *t =
            f->tests[i]->kind == &mop_kind_template ? f->tests[i]->arg : NULL;
        for (size_t k = 0; t && k < t->nparts; k++)
            if (mop_sv_eq(key_of(r->p->parts, r->p->nparts, t->parts[k].name), key))
                add_list(l, t->parts[k].vocabulary);
    }
}

static struct lists find_lists(R *r, struct mop_sv key)
{
    struct lists l = {.n = 0};
    struct mop_sv name = r->p->campaign_record.p ? r->p->campaign_record : MOP_SV("campaign");
    const struct mop_record *record = mop_ruleset_record(r->rs, name);
    for (size_t i = 0; record && i < record->nfields; i++) {
        const struct mop_field *f = record->fields[i];
        struct mop_sv from = key_of(r->p->campaign_fields, r->p->ncampaign_fields, f->name);
        if (mop_sv_eq(from.p ? from : f->name, key))
            add_list(&l, f->vocabulary);
        add_parts(r, f, key, &l);
    }
    return l;
}

/* Every spelling that a list knows is a word of it. */
static bool is_listed(R *r, const struct lists *l, struct mop_sv text)
{
    enum mop_rung rung = MOP_RUNG_VOCABULARY;
    bool found = l->open || !l->n;
    for (size_t i = 0; i < l->n && !found; i++) {
        mop_vocabulary_look(l->list[i], text, r->a, &rung);
        found = rung != MOP_RUNG_VOCABULARY;
    }
    return found;
}

static void check_listed(R *r, const struct mop_node *n, struct mop_sv key, const struct lists *l)
{
    struct mop_said s = mop_said_of(n);
    if (!s.text.p || is_listed(r, l, s.text))
        return;
    struct mop_sv near = mop_vocabulary_nearest(l->list[0], s.text);
    char hint[200];
    snprintf(hint, sizeof hint, "did you mean '%.*s'?", (int)(near.n < 150 ? near.n : 150), near.p);
    mop_gate_fault(r, "bad-value", n, near.n ? hint : NULL,
                   "the taxonomy's words for '%.*s' have no '%.*s'", MOP_SV_ARG(key),
                   MOP_SV_ARG(s.text));
}

/* ---- conditions, channels ---- */

static void check_value(R *r, const struct mop_node *n, struct mop_sv key, const struct words *w,
                        const struct lists *l)
{
    struct mop_said s = mop_said_of(n);
    if (n->kind == MOP_MAPPING || n->kind == MOP_LIST)
        mop_gate_fault(r, "wrong-type", n, NULL, "'%.*s' is asked for single words",
                       MOP_SV_ARG(key));
    else if (w->n && s.text.p && !is_in(w, s.text))
        refuse(r, n, key, w);
    else if (is_day_key(key))
        check_day(r, n);
    else if (!w->n)
        check_listed(r, n, key, l);
}

const struct mop_vocabulary *mop_gate_check_values(R *r, const struct mop_node *key,
                                                   const struct mop_node *values)
{
    struct words w = {0};
    struct lists l = {.n = 0};
    if (!find_words(r, key->text, &w) && !is_day_key(key->text))
        l = find_lists(r, key->text);
    if (values->kind != MOP_LIST)
        check_value(r, values, key->text, &w, &l);
    for (size_t i = 0; values->kind == MOP_LIST && i < values->n; i++)
        check_value(r, values->item[i], key->text, &w, &l);
    return l.n ? l.list[0] : NULL;
}

static void check_shown(R *r, const struct mop_node *n, struct mop_sv name, const struct words *w,
                        bool alone)
{
    struct mop_said s = mop_said_of(n);
    bool word = alone && (mop_sv_eqs(s.text, "any") || mop_sv_eqs(s.text, "none"));
    char hint[300];
    if (!s.text.p)
        mop_gate_fault(r, "wrong-type", n, "write any, none, or channels of GA4",
                       "'%.*s' shows up as nothing", MOP_SV_ARG(name));
    if (!s.text.p || word || is_in(w, s.text))
        return;
    bool near = mop_did_you_mean(hint, sizeof hint, s.text, w->list, w->n);
    mop_gate_fault(r, "bad-value", n, near ? hint : "write any, none, or channels of GA4",
                   "'%.*s' cannot show up as '%.*s': GA4 has no such channel", MOP_SV_ARG(name),
                   MOP_SV_ARG(s.text));
}

void mop_gate_check_channels(R *r, const struct mop_node *channels)
{
    struct words w = {mop_arena_array(r->a, 64, sizeof *w.list), 0, true};
    add_channels(r, &w, false);
    for (size_t i = 0; channels && i < channels->n; i++) {
        const struct mop_node *n = channels->item[i];
        if (n->kind != MOP_LIST && !n->null)
            check_shown(r, n, channels->key[i]->text, &w, true);
        for (size_t k = 0; n->kind == MOP_LIST && k < n->n; k++)
            check_shown(r, n->item[k], channels->key[i]->text, &w, n->n == 1);
    }
}
