/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* What changed beside the scores: rules, values, counts. */

enum { VALUES = 40 };

/* Whose doing it was, where the rules are not those of then. */
static void put_whose(struct mop_page *p, const struct mop_since *s, enum mop_whose by,
                      struct mop_sv between)
{
    if (!s->same_rules)
        mop_html_put(p, "<td>{}</td>", mop_since_whose(p, s, by, between));
}

/* "12 of 9,240" */
static struct mop_sv of_all(struct mop_page *p, uint64_t n, uint64_t all)
{
    return mop_arena_printf(&p->arena, "%.*s of %.*s", MOP_SV_ARG(mop_shown_count(&p->arena, n)),
                            MOP_SV_ARG(mop_shown_count(&p->arena, all)));
}

static void put_rules(struct mop_page *p, const struct mop_since *since)
{
    static const struct mop_grid_column columns[] = {{"rule", false, MOP_FIT_KEY},
                                                     {"became", false, MOP_FIT_WHOLE},
                                                     {"failed then", true, MOP_FIT_WHOLE},
                                                     {"fails now", true, MOP_FIT_WHOLE},
                                                     {"whose doing", false, MOP_FIT_TEXT}};
    static const char *const words[] = {"worse", "better", "new", "gone"};
    static const char *const looks[] = {"b", "g", "", "f"};
    if (!since->nrules)
        return;
    mop_heading(p, 2, "Rules that got worse or better, came or went");
    mop_html_begin_table(p, columns, since->same_rules ? 4 : 5, true);
    for (size_t i = 0; i < since->nrules; i++) {
        const struct mop_rule_since *r = &since->rules[i];
        if (mop_html_full(p))
            continue;
        mop_html_put(p,
                     "<tr><th scope=\"row\"><code>{}</code></th><td class=\"{}\">{}</td>"
                     "<td class=\"n\">{}{}</td><td class=\"n\">{}{}</td>",
                     r->id, mop_sv_of(looks[r->how]), mop_sv_of(words[r->how]),
                     r->how == MOP_RULE_NEW ? MOP_SV("-")
                                            : of_all(p, r->failed_before, r->applicable_before),
                     mop_since_rate(p, r, r->failed_before, r->applicable_before),
                     r->how == MOP_RULE_GONE ? MOP_SV("-")
                                             : of_all(p, r->failed_now, r->applicable_now),
                     mop_since_rate(p, r, r->failed_now, r->applicable_now));
        put_whose(p, since, r->by, of_all(p, r->failed_between, r->applicable_between));
        mop_html_str(p, "</tr>\n");
    }
    mop_html_end_table(p);
}

/* A personal value may have been left out of the history. */
static void put_value(struct mop_page *p, const struct mop_value_since *v)
{
    const struct mop_field as = {.personal = v->personal};
    if (v->personal && !v->value.n)
        mop_html_str(p, "<span class=\"f\">(personal)</span>");
    else
        mop_html_data(p, mop_shown_value(&p->arena, p->r->show_values, &as, v->value));
}

static void put_values(struct mop_page *p, const struct mop_since *since)
{
    static const struct mop_grid_column columns[] = {{"field", false, MOP_FIT_KEY},
                                                     {"value", false, MOP_FIT_CLIP},
                                                     {"", false, MOP_FIT_WHOLE},
                                                     {"records", true, MOP_FIT_WHOLE},
                                                     {"whose doing", false, MOP_FIT_TEXT}};
    size_t shown = 0;
    if (!since->nvalues)
        return;
    mop_heading(p, 2, "Values seen for the first time, values that vanished");
    mop_html_begin_table(p, columns, since->same_rules ? 4 : 5, true);
    for (; shown < since->nvalues && shown < VALUES; shown++) {
        const struct mop_value_since *v = &since->values[shown];
        mop_html_put(p, "<tr><th scope=\"row\">{}.{}</th><td>", v->record, v->field);
        put_value(p, v);
        mop_html_put(p, "</td><td>{}</td><td class=\"n\">{}</td>",
                     v->vanished ? MOP_SV("vanished") : MOP_SV("new"),
                     mop_shown_count(&p->arena, v->count));
        put_whose(p, since, v->by, MOP_SV(""));
        mop_html_str(p, "</tr>\n");
    }
    mop_html_end_table(p);
    mop_page_more(p, since->nvalues + since->values_more, shown, "values");
}

/* "7,000 of 9,240: 75.7 %" */
static struct mop_sv count_text(struct mop_page *p, const struct mop_count_since *c, uint64_t n,
                                uint64_t all)
{
    if (c->of == MOP_COUNT_RECORDS)
        return mop_shown_count(&p->arena, n);
    return mop_arena_printf(&p->arena, "%.*s: %.*s", MOP_SV_ARG(of_all(p, n, all)),
                            MOP_SV_ARG(mop_html_tenths(p, mop_since_share(n, all))));
}

static void put_count(struct mop_page *p, const struct mop_since *since,
                      const struct mop_count_since *c)
{
    static const char *const words[] = {"records", "filled in", "in the stage"};
    mop_html_put(p,
                 "<tr><th scope=\"row\">{}{}{}: {}</th><td class=\"n\">{}</td>"
                 "<td class=\"n\">{}</td>",
                 c->record, c->name.n ? MOP_SV(".") : MOP_SV(""), c->name, mop_sv_of(words[c->of]),
                 count_text(p, c, c->before, c->total_before),
                 count_text(p, c, c->now, c->total_now));
    put_whose(p, since, c->by, count_text(p, c, c->between, c->total_between));
    mop_html_str(p, "</tr>\n");
}

static void put_counts(struct mop_page *p, const struct mop_since *since)
{
    static const struct mop_grid_column columns[] = {{"what", false, MOP_FIT_KEY},
                                                     {"then", true, MOP_FIT_WHOLE},
                                                     {"now", true, MOP_FIT_WHOLE},
                                                     {"whose doing", false, MOP_FIT_TEXT}};
    size_t n = 0;
    for (size_t i = 0; i < since->ncounts; i++)
        n += mop_since_noticed(&since->counts[i]);
    if (!n)
        return;
    mop_heading(p, 2, "Volumes, fill rates and stages that moved");
    mop_html_begin_table(p, columns, since->same_rules ? 3 : 4, true);
    for (size_t i = 0; i < since->ncounts; i++)
        if (mop_since_noticed(&since->counts[i]) && !mop_html_full(p))
            put_count(p, since, &since->counts[i]);
    mop_html_end_table(p);
}

void mop_html_since_lists(struct mop_page *p, const struct mop_since *s)
{
    put_rules(p, s);
    put_values(p, s);
    put_counts(p, s);
}
