/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Who repairs what, and whose rules fail. */

enum { RULES = 6 };

static bool in_map(const struct mop_check *c, struct mop_sv who)
{
    for (size_t i = 0; i < c->fixed_by_map.n; i++)
        if (mop_sv_eq(*(const struct mop_sv *)(uintptr_t)c->fixed_by_map.entries[i].item, who))
            return true;
    return false;
}

/* May findings of the rule go to `who`; `shared`: a field of the record says to whom. */
static bool repairs(const struct mop_check *c, struct mop_sv who, bool *shared)
{
    struct mop_sv rest = c->fixed_by.n ? c->fixed_by : c->owner;
    *shared = c->fixed_by_field != NULL;
    return mop_sv_eq(rest, who) || (*shared && in_map(c, who));
}

static void put_errand(struct mop_page *p, const struct mop_type_result *y,
                       const struct mop_check *c, bool shared)
{
    struct mop_arena *a = &p->arena;
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    mop_html_put(
        p, "<li>{}: {}{} <code>{}</code></li>", mop_rule_words(a, c),
        shared ? mop_arena_printf(a, "by %.*s a part of ", MOP_SV_ARG(c->fixed_by_field->name))
               : MOP_SV(""),
        mop_shown_records(a, t->failed, MOP_SV("")), c->id);
}

static void put_errands(struct mop_page *p, const struct mop_type_result *y,
                        const struct mop_rule_order *o, size_t n, struct mop_sv who)
{
    size_t told = 0, all = 0;
    bool shared;
    mop_html_str(p, "<td><ul class=\"tight\">");
    for (size_t i = 0; i < n; i++) {
        if (o[i].check->severity != MOP_SEV_ERROR ||
            !y->tally->rules_tally[o[i].check->index].failed ||
            !repairs(o[i].check, who, &shared) || all++ >= RULES)
            continue;
        told++;
        put_errand(p, y, o[i].check, shared);
    }
    if (all > told)
        mop_html_put(p, "<li class=\"f\">and {} more rules</li>",
                     mop_shown_count(&p->arena, all - told));
    mop_html_str(p, "</ul></td>");
}

static void put_fixer(struct mop_page *p, const struct mop_type_result *y,
                      const struct mop_rule_order *o, size_t n, const struct mop_fixer *f)
{
    struct mop_arena *a = &p->arena;
    mop_html_put(
        p,
        "<tr><th scope=\"row\" class=\"{}\">{}</th><td class=\"n\">{}</td><td class=\"n\">{}</td>",
        mop_html_keep(f->name), f->name.n ? f->name : MOP_SV("nobody named"),
        mop_shown_count(a, f->records), mop_shown_count(a, f->findings));
    if (y->record->own_weight)
        mop_html_put(p, "<td class=\"n\">{}</td>", mop_shown_loss(a, f->lost, f->unweighed, y));
    put_errands(p, y, o, n, f->name);
    mop_html_str(p, "</tr>\n");
}

static void put_fixers(struct mop_page *p, const struct mop_type_result *y)
{
    static const struct mop_grid_column with[] = {{"who", false, MOP_FIT_KEY},
                                                  {"records", true, MOP_FIT_WHOLE},
                                                  {"errors", true, MOP_FIT_WHOLE},
                                                  {"money in them", true, MOP_FIT_WHOLE},
                                                  {"what to repair", false, MOP_FIT_CLIP}};
    static const struct mop_grid_column without[] = {{"who", false, MOP_FIT_KEY},
                                                     {"records", true, MOP_FIT_WHOLE},
                                                     {"errors", true, MOP_FIT_WHOLE},
                                                     {"what to repair", false, MOP_FIT_CLIP}};
    const struct mop_fixer **sorted = mop_sorted_fixers(&p->arena, y->tally);
    size_t n;
    struct mop_rule_order *o = mop_rules_by_loss(&p->arena, y, &n);
    mop_heading(p, 2, "Of %.*s records", MOP_SV_ARG(y->record->name));
    mop_html_begin_table(p, y->record->own_weight ? with : without, y->record->own_weight ? 5 : 4,
                         true);
    for (size_t i = 0; i < y->tally->nfixers; i++)
        if (!mop_html_full(p))
            put_fixer(p, y, o, n, sorted[i]);
    mop_html_end_table(p);
}

/* ---- owners ---- */

static size_t failing_rules(const struct mop_type_result *y, struct mop_sv owner)
{
    size_t n = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_rule_tally *t = &y->tally->rules_tally[i];
        n += mop_sv_eq(y->record->checks[i]->owner, owner) && t->failed;
    }
    return n;
}

static void put_owner(struct mop_page *p, const struct mop_type_result *y,
                      const struct mop_named_score *s, bool money)
{
    struct mop_arena *a = &p->arena;
    const struct mop_score_since *since =
        mop_html_since_of(p->r, MOP_SINCE_OWNER, y->record->name, s->name);
    mop_html_put(p, "<tr><th scope=\"row\" class=\"{}\">{}</th><td>{}</td><td class=\"n\">",
                 mop_html_keep(s->name), s->name, y->record->name);
    mop_html_share(p, mop_share_text(a, &s->score.records, UINT64_MAX),
                   mop_score_tenths(&s->score.records), -1);
    mop_html_last(p, since, false);
    if (money)
        mop_html_str(p, "</td><td class=\"n\">");
    if (s->score.has_value) {
        mop_html_share(p, mop_share_text(a, &s->score.value, UINT64_MAX),
                       mop_score_tenths(&s->score.value), -1);
        mop_html_last(p, since, true);
    }
    mop_html_put(p, "</td><td class=\"n\">{}</td></tr>\n",
                 mop_shown_count(a, failing_rules(y, s->name)));
}

static void put_owners(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    struct mop_grid_column columns[5] = {{"owner of rules", false, MOP_FIT_KEY},
                                         {"of", false, MOP_FIT_WHOLE},
                                         {"clean records", true, MOP_FIT_WHOLE}};
    size_t n = 3, owners = 0;
    bool money = false;
    for (size_t i = 0; i < r->ntypes; i++) {
        owners += r->types[i].nowners;
        money |= r->types[i].nowners && r->types[i].record->own_weight;
    }
    if (!owners)
        return;
    if (money)
        columns[n++] = (struct mop_grid_column){.title = "clean money", .right = true};
    columns[n++] = (struct mop_grid_column){.title = "rules that fail", .right = true};
    mop_heading(p, 2, "By who owns the rules");
    mop_html_begin_table(p, columns, n, true);
    for (size_t i = 0; i < r->ntypes; i++)
        for (size_t k = 0; k < r->types[i].nowners; k++)
            if (!mop_html_full(p))
                put_owner(p, &r->types[i], &r->types[i].owners[k], money);
    mop_html_end_table(p);
}

void mop_html_people(struct mop_page *p)
{
    bool any = false;
    for (size_t i = 0; i < p->r->ntypes; i++)
        any |= p->r->types[i].tally->nfixers || p->r->types[i].nowners;
    if (!any || mop_is_partial(p->r))
        return;
    mop_html_section(p, "Who has what to repair", MOP_SV("Who repairs"));
    for (size_t i = 0; i < p->r->ntypes; i++)
        if (p->r->types[i].tally->nfixers && !mop_html_full(p))
            put_fixers(p, &p->r->types[i]);
    mop_para(p, MOP_TONE_FAINT,
             "Each one's list of records: %s --findings findings.csv, or --findings-by fixer=DIR",
             p->o->command ? p->o->command : "mopslint check ...");
    put_owners(p);
}
