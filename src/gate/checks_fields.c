/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "gate/checks.h"
#include "rules/compile.h"

/* What stands under `fields:` is written as records have it. It may say nothing else than the key
 * of the brief that fills the same field: of two markets one is wrong, and nobody knows which. */

typedef const struct mop_field *F;

static bool is_type(F f, const char *name)
{
    return f && f->type && mop_sv_eqs(mop_sv_of(f->type->name), name);
}

/* What cannot be read is no contradiction: the field's own rules tell it. */
static bool same_day(F f, struct mop_sv own, struct mop_sv said, struct mop_arena *a)
{
    struct mop_when by_brief, w;
    struct mop_typed t;
    if (!mop_date_parse_iso(NULL, said, &by_brief))
        return true;
    if (is_type(f, "date") || is_type(f, "datetime"))
        return !f->type->read(own, &f->type_options, &t, a, NULL) || t.when.day == by_brief.day;
    return !mop_date_parse_iso(NULL, own, &w) || w.day == by_brief.day;
}

static bool same_term(F f, struct mop_sv own, struct mop_sv said, struct mop_arena *a)
{
    enum mop_rung rung;
    const struct mop_term *x =
        f && f->vocabulary ? mop_vocabulary_look(f->vocabulary, own, a, &rung) : NULL;
    return x && x == mop_vocabulary_look(f->vocabulary, said, a, &rung);
}

static bool same_truth(F f, struct mop_sv own, struct mop_sv said, struct mop_arena *a)
{
    struct mop_sv as = f ? mop_gate_truth(f, said, a) : said;
    int truth = mop_gate_truth_of(own);
    if (f && f->vocabulary)
        return !as.p || same_term(f, own, as, a);
    return truth < 0 || truth == mop_sv_eqs(said, "true");
}

static bool same_typed(F f, struct mop_sv own, struct mop_sv said, struct mop_arena *a)
{
    struct mop_typed x, y;
    if (!f || !f->type || !f->type->read(own, &f->type_options, &x, a, NULL) ||
        !f->type->read(said, &f->type_options, &y, a, NULL))
        return false;
    return x.has_number ? y.has_number && x.number == y.number
                        : x.canonical.n && mop_sv_eq(x.canonical, y.canonical);
}

static bool is_same(struct mop_launch *g, F f, struct mop_sv key, struct mop_sv own,
                    struct mop_sv said)
{
    struct mop_arena *a = &g->arena;
    if (mop_gate_is_day(key))
        return same_day(f, own, said, a);
    if (mop_gate_is_truth(key))
        return same_truth(f, own, said, a);
    struct mop_sv as = f && mop_sv_eqs(key, "budget") ? mop_gate_as_recorded(g, f, key) : said;
    return mop_sv_eq_nocase(own, as) || same_term(f, own, as, a) || same_typed(f, own, as, a);
}

static void look_at(struct mop_launch *g, struct mop_gate_result *r, struct mop_sv name,
                    const struct mop_said *own)
{
    F f = g->campaign_type ? mop_record_field(g->campaign_type, name) : NULL;
    struct mop_sv key = f ? mop_gate_campaign_key(g, f) : name;
    struct mop_said_list l =
        key.p ? mop_brief_values(g->b, mop_arena_str(&g->arena, key)) : (struct mop_said_list){0};
    for (size_t i = 0; i < l.n; i++)
        if (is_same(g, f, key, own->text, l.list[i].text))
            return;
    if (!l.n)
        return;
    struct mop_gate_item *x = mop_gate_tell(
        g, r, MOP_FAULT, own, "'%.*s' of the brief is '%s', and '%.*s' under fields '%s'",
        MOP_SV_ARG(key), mop_gate_shown(g, l.list[0].text), MOP_SV_ARG(name),
        mop_gate_shown(g, own->text));
    mop_gate_do(g, x, "write it once: '%.*s' fills that field", MOP_SV_ARG(key));
}

void mop_gate_fields_agree(struct mop_launch *g, struct mop_gate_result *r)
{
    const struct mop_node *n = g->b->root ? mop_node_get(g->b->root, "fields") : NULL;
    for (size_t i = 0; n && n->kind == MOP_MAPPING && i < n->n; i++) {
        struct mop_said own = mop_said_of(n->item[i]);
        if (own.text.p)
            look_at(g, r, n->key[i]->text, &own);
    }
}
