/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "gate/checks.h"
#include "gate/period.h"
#include "rules/compile.h"

/* Does the campaign's name say what the brief says, part by part? */

static bool is_day_key(struct mop_sv key)
{
    return mop_sv_eqs(key, "start") || mop_sv_eqs(key, "end");
}

/* Without the brief's word there is nothing to agree with. */
static void says_nothing(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_part *part, struct mop_sv key)
{
    struct mop_gate_item *x = mop_gate_tell(
        g, r, MOP_WARN, &g->b->name, "the name says %.*s '%s', the brief has no '%.*s'",
        MOP_SV_ARG(part->name), mop_gate_shown(g, part->text), MOP_SV_ARG(key));
    mop_gate_do(g, x, "fill in %.*s", MOP_SV_ARG(key));
}

static void check_period(struct mop_launch *g, struct mop_gate_result *r,
                         const struct mop_gate_part *part, struct mop_sv key)
{
    const struct mop_said_day *day = mop_sv_eqs(key, "start") ? &g->b->start : &g->b->end;
    if (day->day == MOP_NO_DAY) {
        says_nothing(g, r, part, key);
        return;
    }
    enum mop_period p = mop_period_compare(part->name, part->text, day->day, &g->arena);
    if (p == MOP_PERIOD_UNREAD)
        mop_gate_tell(g, r, MOP_WARN, &g->b->name, "%.*s '%s' cannot be read as a time",
                      MOP_SV_ARG(part->name), mop_gate_shown(g, part->text));
    else if (p == MOP_PERIOD_OTHER) {
        struct mop_gate_item *x =
            mop_gate_tell(g, r, MOP_FAULT, &g->b->name,
                          "the name says %.*s '%s', and the %.*s is %.*s", MOP_SV_ARG(part->name),
                          mop_gate_shown(g, part->text), MOP_SV_ARG(key), MOP_SV_ARG(day->as.text));
        mop_gate_do(g, x, "mend the name or the %.*s", MOP_SV_ARG(key));
    }
}

/* Equal but for case, or two spellings of one value of the part's vocabulary. */
static bool means(struct mop_launch *g, const struct mop_gate_part *part, struct mop_sv said)
{
    enum mop_rung rung;
    struct mop_sv a = mop_utf8_fold(&g->arena, part->text), b = mop_utf8_fold(&g->arena, said);
    if (mop_sv_eq(a, b))
        return true;
    if (!part->vocabulary)
        return false;
    const struct mop_term *x = mop_vocabulary_look(part->vocabulary, part->text, &g->arena, &rung);
    return x && x == mop_vocabulary_look(part->vocabulary, said, &g->arena, &rung);
}

static void check_words(struct mop_launch *g, struct mop_gate_result *r,
                        const struct mop_gate_part *part, struct mop_sv key)
{
    struct mop_said_list said = mop_gate_facts(g->b, key);
    for (size_t i = 0; i < said.n; i++)
        if (means(g, part, said.list[i].text))
            return;
    if (!said.n) {
        says_nothing(g, r, part, key);
        return;
    }
    struct mop_gate_item *x = mop_gate_tell(g, r, MOP_FAULT, &g->b->name,
                                            "the name says %.*s '%s', the brief says %.*s '%s'",
                                            MOP_SV_ARG(part->name), mop_gate_shown(g, part->text),
                                            MOP_SV_ARG(key), mop_gate_shown(g, said.list[0].text));
    mop_gate_do(g, x, "mend the name or the %.*s", MOP_SV_ARG(key));
}

/* With every key of the brief that the part stands for; false: there is none. */
static bool compare(struct mop_launch *g, struct mop_gate_result *r,
                    const struct mop_gate_part *part)
{
    bool any = false;
    for (size_t k = 0; k < g->p->nparts; k++) {
        struct mop_sv key = g->p->parts[k].key;
        if (!mop_sv_eq(part->name, g->p->parts[k].name))
            continue;
        any = true;
        if (is_day_key(key))
            check_period(g, r, part, key);
        else
            check_words(g, r, part, key);
    }
    return any;
}

void mop_gate_run_NAME_AGREES(struct mop_launch *g, struct mop_gate_result *r)
{
    if (!g->nparts) {
        mop_gate_not_asked(g, r,
                           g->name_has_template
                               ? "the name does not fit the template, so it has no parts"
                           : g->name_field || !g->campaign_type
                               ? "the taxonomy has no template for the campaign's name"
                               : "the record type has no field for the name, so it has no parts");
        return;
    }
    struct mop_buf alone;
    bool any = false;
    mop_buf_init(&alone, 4096);
    for (size_t i = 0; i < g->nparts; i++) {
        bool compared = compare(g, r, &g->parts[i]);
        any = any || compared;
        if (!compared)
            mop_buf_printf(&alone, "%s%.*s", alone.n ? ", " : "not compared with the brief: ",
                           MOP_SV_ARG(g->parts[i].name));
    }
    r->why = mop_arena_copy(&g->arena, mop_buf_view(&alone));
    mop_buf_release(&alone);
    if (!any)
        mop_gate_not_asked(g, r, "no part of the name is one that `campaign: {parts: ..}` knows");
}
