/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Rules by what they cost; behind each what was found, what to write instead, and where. */

enum { RULES = 150, VALUES = 5, SAMPLES = 3 };

static void put_value(struct mop_page *p, const struct mop_check *c, const struct mop_rule_value *v)
{
    struct mop_arena *a = &p->arena;
    struct mop_sv proposal = mop_shown_found(a, p->r->show_values, c, c->field, v->proposal);
    mop_html_put(p, "<li>{} × ", mop_shown_count(a, v->count));
    mop_html_data(p, mop_shown_found(a, p->r->show_values, c, c->field, v->value));
    if (proposal.n) {
        mop_html_str(p, v->certain ? " → write " : " → perhaps ");
        mop_html_data(p, proposal);
    }
    mop_html_str(p, "</li>");
}

static void put_values(struct mop_page *p, const struct mop_type_result *y,
                       const struct mop_check *c)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    const struct mop_rule_value **v = mop_sorted_values(&p->arena, t);
    size_t most = p->o->max_values ? p->o->max_values : VALUES;
    size_t shown = t->nvalues < most ? t->nvalues : most;
    if (!c->field || !t->nvalues || (t->nvalues == 1 && !v[0]->value.n))
        return;
    mop_html_str(p, "<p>Found most often:</p><ul>");
    for (size_t i = 0; i < shown; i++)
        if (!mop_html_full(p))
            put_value(p, c, v[i]);
    if (t->nvalues > shown)
        mop_html_put(p, "<li class=\"f\">and {} more values{}</li>",
                     mop_shown_count(&p->arena, t->nvalues - shown),
                     t->values_over ? MOP_SV(", and others past the list's end") : MOP_SV(""));
    mop_html_str(p, "</ul>");
}

static void put_samples(struct mop_page *p, const struct mop_type_result *y,
                        const struct mop_check *c)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    size_t most = p->o->max_samples ? p->o->max_samples : SAMPLES;
    if (!t->nsamples || !most)
        return;
    mop_html_str(p, "<p>For example in:</p><ul>");
    for (size_t i = 0; i < t->nsamples && i < most; i++) {
        const struct mop_sample *s = &t->samples[i];
        if (mop_html_full(p))
            continue;
        struct mop_sv key = mop_shown_key(&p->arena, p->r->show_values, y->record, s->key);
        mop_html_put(p, "<li>{}, line {}",
                     s->source < p->r->nsources ? p->r->sources[s->source].name : MOP_SV("?"),
                     mop_arena_printf(&p->arena, "%llu", (unsigned long long)s->line));
        mop_html_put(p, key.n ? ", record <bdi>{}</bdi></li>" : "{}</li>", key);
    }
    mop_html_str(p, "</ul>");
}

static void put_details(struct mop_page *p, const struct mop_type_result *y,
                        const struct mop_check *c)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    mop_html_put(p, "<details><summary>{}</summary>", mop_rule_words(&p->arena, c));
    mop_html_put(p, "<p>Rule <code>{}</code>, {}, owner {}.</p>", c->id,
                 mop_sv_of(mop_dimension_names[c->dimension]),
                 c->owner.n ? c->owner : MOP_SV("nobody named"));
    if (c->why.n)
        mop_html_put(p, "<p>Why it matters: {}</p>", c->why);
    if (t->suppressed)
        mop_html_put(p, "<p>{} of the failures are suppressed; the scores count them.</p>",
                     mop_shown_count(&p->arena, t->suppressed));
    put_values(p, y, c);
    put_samples(p, y, c);
    mop_html_str(p, "</details>");
}

/* Of data that was not read whole nothing is told that is a share of it. */
static struct mop_sv points_of(struct mop_page *p, const struct mop_fix *f)
{
    if (!f || mop_is_partial(p->r))
        return MOP_SV("");
    return f->share_value.n ? f->share_value : f->share_records;
}

static void put_rule(struct mop_page *p, const struct mop_type_result *y,
                     const struct mop_rule_order *o, bool untold)
{
    struct mop_arena *a = &p->arena;
    const struct mop_check *c = o->check;
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    mop_html_str(p, "<tr><th scope=\"row\">");
    put_details(p, y, c);
    mop_html_put(p, "</th><td class=\"n\">{}</td><td class=\"n\">{}</td>", points_of(p, o->fix),
                 mop_shown_count(a, t->failed));
    if (untold)
        mop_html_put(p, "<td class=\"n\">{}</td>", mop_shown_count(a, t->undecided));
    mop_html_put(p, "<td class=\"n\">{}</td><td>{}</td><td>{}</td><td><code>{}</code></td></tr>\n",
                 mop_shown_count(a, t->applied), mop_sv_of(mop_severity_names[c->severity]),
                 mop_rule_repairer(a, c), c->id);
}

static void put_table(struct mop_page *p, const struct mop_type_result *y,
                      const struct mop_rule_order *o, size_t n)
{
    static const struct mop_grid_column all[] = {
        {"what is wrong", false, MOP_FIT_KEY}, {"points lost", true, MOP_FIT_WHOLE},
        {"fail", true, MOP_FIT_WHOLE},         {"cannot be told", true, MOP_FIT_WHOLE},
        {"of", true, MOP_FIT_WHOLE},           {"severity", false, MOP_FIT_WHOLE},
        {"repaired by", false, MOP_FIT_CLIP},  {"rule", false, MOP_FIT_CLIP}};
    struct mop_html *h = mop_html_of(p);
    struct mop_grid_column columns[sizeof all / sizeof *all];
    bool untold = false;
    size_t shown = 0, ncolumns = 0;
    for (size_t i = 0; i < n; i++)
        untold |= y->tally->rules_tally[o[i].check->index].undecided > 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (i != 3 || untold)
            columns[ncolumns++] = all[i];
    mop_html_begin_table(p, columns, ncolumns, true);
    while (shown < n && shown < RULES && h->written < h->limit)
        put_rule(p, y, &o[shown++], untold);
    mop_html_end_table(p);
    mop_page_more(p, n, shown, "rules that found something");
}

void mop_html_rules(struct mop_page *p)
{
    struct mop_html *h = mop_html_of(p);
    size_t begin = h->written, room = h->limit - begin;
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_type_result *y = &p->r->types[i];
        size_t n;
        struct mop_rule_order *o = mop_rules_by_loss(&p->arena, y, &n);
        if (!n)
            continue;
        h->limit = begin + room * (i + 1) / p->r->ntypes; /* none takes that of the next */
        h->expect = mop_arena_printf(&p->arena, "Rules: %.*s", MOP_SV_ARG(y->record->name));
        mop_heading(p, 1, "Rules by what they cost: %.*s records", MOP_SV_ARG(y->record->name));
        n = mop_fold_rules(p, y, o, n);
        if (n && !mop_html_full(p))
            put_table(p, y, o, n);
        mop_para(p, MOP_TONE_FAINT,
                 "points lost: percent of all %.*s that a rule's failures make unclean. Each row "
                 "opens: what was found, what to write instead, where.",
                 MOP_SV_ARG(mop_basis_name(&p->arena, y->record,
                                           y->nfixes && y->fixes[0].share_value.n ? 0 : SIZE_MAX)));
        mop_say_passed(p, y);
    }
}
