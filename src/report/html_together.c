/* SPDX-License-Identifier: MIT */
#include "report/html.h"
#include "score/together.h"

/* Which failures occur together: one cause may break several rules. */

enum { SETS = 10, RULES = 5 };

static void put_rules(struct mop_page *p, const struct mop_type_result *y,
                      const struct mop_fault_set *s)
{
    size_t n = y->record->nchecks, told = 0;
    mop_html_str(p, "<td><ul class=\"tight\">");
    for (size_t i = mop_bit_next(s->checks, n, 0); i < n && told < RULES;
         i = mop_bit_next(s->checks, n, i + 1), told++)
        mop_html_put(p, "<li>{} <code>{}</code></li>",
                     mop_rule_words(&p->arena, y->record->checks[i]), y->record->checks[i]->id);
    if (s->size > told)
        mop_html_put(p, "<li class=\"f\">and {} more rules</li>",
                     mop_shown_count(&p->arena, s->size - told));
    mop_html_str(p, "</ul></td>");
}

static void put_set(struct mop_page *p, const struct mop_type_result *y,
                    const struct mop_together *all, const struct mop_fault_set *s)
{
    struct mop_arena *a = &p->arena;
    int64_t share = (int64_t)((mop_i128)s->records * 1000 / (mop_i128)all->unclean);
    mop_html_put(p, "<tr><th scope=\"row\" class=\"n\">{}</th><td class=\"n\">{}</td>",
                 mop_shown_count(a, s->records), mop_html_tenths(p, share));
    if (y->record->own_weight)
        mop_html_put(p, "<td class=\"n\">{}</td>", mop_shown_loss(a, s->value, s->unweighed, y));
    put_rules(p, y, s);
    mop_html_str(p, "</tr>\n");
}

static void put_sets(struct mop_page *p, const struct mop_type_result *y,
                     const struct mop_together *t)
{
    struct mop_grid_column columns[] = {{"records", true, MOP_FIT_WHOLE},
                                        {"of those not clean", true, MOP_FIT_WHOLE},
                                        {"money in them", true, MOP_FIT_WHOLE},
                                        {"rules that they fail together", false, MOP_FIT_CLIP}};
    size_t shown = 0, several = 0;
    if (!y->record->own_weight)
        columns[2] = columns[3];
    mop_html_begin_table(p, columns, y->record->own_weight ? 4 : 3, false);
    for (size_t i = 0; i < t->n; i++) {
        if (t->sets[i].size < 2)
            continue;
        several++;
        if (shown == SETS || mop_html_full(p))
            continue;
        shown++;
        put_set(p, y, t, &t->sets[i]);
    }
    mop_html_end_table(p);
    mop_html_of(p)->dropped = 0; /* these are counted here */
    mop_page_more(p, several, shown, "sets of rules");
}

static void put_type(struct mop_page *p, const struct mop_type_result *y)
{
    struct mop_arena *a = &p->arena;
    struct mop_together t;
    mop_together(y->tally, a, &t);
    if (!t.unclean)
        return;
    mop_html_of(p)->expect =
        mop_arena_printf(a, "Failures together: %.*s", MOP_SV_ARG(y->record->name));
    mop_heading(p, 1, "Which failures occur together: %.*s records", MOP_SV_ARG(y->record->name));
    mop_para(p, MOP_TONE_PLAIN,
             "Of %.*s that %s not clean, %.*s fail%s one rule only and %.*s several at once.%s%s",
             MOP_SV_ARG(mop_shown_records(a, t.unclean, MOP_SV(""))), t.unclean == 1 ? "is" : "are",
             MOP_SV_ARG(mop_shown_count(a, t.alone)), t.alone == 1 ? "s" : "",
             MOP_SV_ARG(mop_shown_count(a, t.unclean - t.alone)),
             t.unclean > t.alone ? " Rules that fail together often have one cause." : "",
             t.beyond ? " More distinct combinations than fit were met; these are those that fit."
                      : "");
    if (t.unclean > t.alone)
        put_sets(p, y, &t);
}

void mop_html_together(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes && !mop_is_partial(p->r); i++)
        if (!mop_html_full(p))
            put_type(p, &p->r->types[i]);
}
