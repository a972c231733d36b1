/* SPDX-License-Identifier: MIT */
#include "report/html.h"

/* Cards of the first screen: how much is wrong, and which way. */

enum { LOSSES = 4 };

void mop_html_begin_card(struct mop_page *p, const char *title)
{
    struct mop_html *h = mop_html_of(p);
    h->label = mop_arena_printf(&h->whole, "s%zu", ++h->labels);
    mop_html_put(p, "<section class=\"card\" aria-labelledby=\"{}\">\n<h2 id=\"{}\">{}</h2>\n",
                 h->label, h->label, mop_sv_of(title));
}

void mop_html_end_card(struct mop_page *p, size_t n, size_t shown)
{
    mop_html_end_list(p);
    if (n > shown)
        mop_html_put(p, "<p class=\"f\">and {} more below</p>\n",
                     mop_shown_count(&p->arena, n - shown));
    mop_html_str(p, "</section>\n");
}

/* Of one need of a report, or of all records of a type. */
struct loss {
    const struct mop_report_result *report; /* or NULL */
    const struct mop_record *record;
    struct mop_score_pair score;
    const struct mop_score_pair *effects;
    size_t weight;
    const char *unit;
    bool money;
};

static struct loss loss_of(struct mop_page *p, const struct mop_report_result *x,
                           const struct mop_need_result *n)
{
    return (struct loss){.report = x,
                         .record = n->need->record,
                         .score = n->score,
                         .effects = n->effects,
                         .weight = mop_need_weight(n),
                         .unit = mop_need_unit(&p->arena, n)};
}

static void settle(const struct mop_result *r, struct loss *l)
{
    l->score.records = mop_scored(r, l->score.records);
    l->score.value = mop_scored(r, l->score.value);
    l->money = l->score.has_value && !l->score.value.reason;
}

/* All its money, and what is wrong in a need without any; at least its lowest need. */
static size_t report_losses(struct mop_page *p, const struct mop_report_result *x, struct loss *all)
{
    const struct mop_need_result *low = x->lowest_value ? x->lowest_value : x->lowest_records;
    size_t n = 0;
    for (size_t k = 0; k < x->nneeds && low; k++) {
        struct loss l = loss_of(p, x, &x->needs[k]);
        settle(p->r, &l);
        const struct mop_score *s = &l.score.records;
        if (l.money || &x->needs[k] == low || (!s->reason && s->clean < s->assessed))
            all[n++] = l;
    }
    return n;
}

/* Reports on hold first, then the others, each in the order of the rules; without reports all
 * records of each type. */
static size_t losses_of(struct mop_page *p, struct loss *all)
{
    const struct mop_result *r = p->r;
    size_t n = 0;
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < r->nreports; i++)
            if ((r->reports[i].decision == MOP_DECISION_HOLD) == (first == 1))
                n += report_losses(p, &r->reports[i], all + n);
    for (size_t i = 0; i < r->ntypes && !r->nreports; i++) {
        const struct mop_type_result *y = &r->types[i];
        all[n] = (struct loss){.record = y->record,
                               .score = mop_overall(r, y),
                               .effects = y->effects,
                               .weight = y->record->own_weight ? 0 : SIZE_MAX,
                               .unit = mop_type_unit(&p->arena, y)};
        settle(r, &all[n++]);
    }
    return n;
}

static struct mop_sv amount(struct mop_page *p, const struct loss *l, mop_i128 n)
{
    return l->money ? mop_shown_money(&p->arena, n, l->unit)
                    : mop_shown_count(&p->arena, (uint64_t)n);
}

/* "5,969,400 EUR in lead.amount", "9,240 lead records" */
static struct mop_sv all_of(struct mop_page *p, const struct loss *l, const struct mop_score *s)
{
    return mop_arena_printf(
        &p->arena, "%.*s %s%.*s", MOP_SV_ARG(amount(p, l, s->assessed)), l->money ? "in " : "",
        MOP_SV_ARG(mop_basis_name(&p->arena, l->record, l->money ? l->weight : SIZE_MAX)));
}

static void put_effects(struct mop_page *p, const struct loss *l)
{
    static const char *const ways[] = {
        "dropped out: the report shows too little", "misplaced: it stands in the wrong place",
        "counted twice: the report shows too much", "late", "untidy: no figure is off by it"};
    const struct mop_score *all = l->money ? &l->score.value : &l->score.records;
    mop_i128 told = 0;
    mop_html_str(p, "<ul>\n");
    for (size_t e = 0; e < MOP_EFFS; e++) {
        const struct mop_score *s = l->money ? &l->effects[e].value : &l->effects[e].records;
        told += s->reason ? 0 : s->assessed - s->clean;
        if (!s->reason && s->assessed > s->clean)
            mop_html_put(p, "<li><b>{}</b> {}</li>\n", amount(p, l, s->assessed - s->clean),
                         mop_sv_of(ways[e]));
    }
    mop_html_str(p, "</ul>\n");
    if (told < all->assessed - all->clean)
        mop_html_str(p, "<p class=\"f\">Of some records nobody can tell which way.</p>\n");
}

static void put_whose(struct mop_page *p, const struct loss *l)
{
    mop_html_put(
        p, "<h3>{}</h3>\n",
        l->report ? l->report->spec->name
                  : mop_arena_printf(&p->arena, "All %.*s records", MOP_SV_ARG(l->record->name)));
}

static void put_loss(struct mop_page *p, const struct loss *l)
{
    const struct mop_score *s = l->money ? &l->score.value : &l->score.records;
    if (s->reason) {
        mop_html_put(p, "<p>No figure: {}</p>\n", mop_sv_of(s->reason));
        return;
    }
    if (s->clean == s->assessed) {
        mop_html_put(p, "<p>Nothing of {} is known to be wrong.</p>\n", all_of(p, l, s));
        return;
    }
    struct mop_sv wrong = amount(p, l, s->assessed - s->clean);
    mop_html_put(p, "<p><b class=\"big {}\">{}</b> of {} {} wrong.</p>\n", mop_html_keep(wrong),
                 wrong, all_of(p, l, s),
                 l->money || s->assessed - s->clean == 1 ? MOP_SV("is") : MOP_SV("are"));
    put_effects(p, l);
    if (l->score.has_value && !l->money)
        mop_html_put(p, "<p class=\"f\">In money it cannot be told: {}</p>\n",
                     mop_sv_of(l->score.value.reason));
}

static bool is_of_another(const struct loss *all, size_t i)
{
    return i == 0 || !all[i].report || all[i].report != all[i - 1].report;
}

/* So many reports (record types) have room on the first screen, each with all it has. */
static size_t most_losses(const struct loss *all, size_t n)
{
    size_t shown = 0;
    for (size_t i = 0; i < n; i++)
        if (is_of_another(all, i))
            if (shown++ == LOSSES)
                return i;
    return n;
}

void mop_html_loss_card(struct mop_page *p)
{
    struct loss *all =
        mop_arena_array(&p->arena, mop_most_losses(p->r) + p->r->ntypes + 1, sizeof *all);
    size_t n = losses_of(p, all), shown = most_losses(all, n);
    mop_html_begin_card(p, "How much is wrong, and which way?");
    for (size_t i = 0; i < shown; i++)
        if (!mop_html_full(p)) {
            if (is_of_another(all, i))
                put_whose(p, &all[i]);
            put_loss(p, &all[i]);
        }
    if (mop_money_is_shared(p->r))
        mop_html_put(p, "<p class=\"f\">{}</p>\n", mop_sv_of(mop_money_shared));
    mop_html_end_card(p, n, shown);
}
