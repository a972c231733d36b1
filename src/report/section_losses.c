/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* How much of what each report needs is wrong, and which way. */

/* Of one record type that a report needs: its money, or where there is none its records. */
struct basis {
    struct mop_sv name; /* "lead.amount EUR", "lead records" */
    const struct mop_score_pair *score, *effects;
    bool money;
};

static struct basis basis_of(struct mop_page *p, const struct mop_record *r, size_t weight,
                             const struct mop_score_pair *score,
                             const struct mop_score_pair *effects)
{
    bool money = score->has_value && !score->value.reason;
    return (struct basis){mop_basis_text(&p->arena, r, money ? weight : SIZE_MAX), score, effects,
                          money};
}

static struct mop_sv amount(struct mop_page *p, const struct basis *b, mop_i128 n)
{
    return b->money ? mop_shown_money(&p->arena, n, "") : mop_shown_count(&p->arena, (uint64_t)n);
}

/* What an effect's rules take away. */
static struct mop_sv effect_text(struct mop_page *p, const struct basis *b, enum mop_effect e)
{
    const struct mop_score *s = b->money ? &b->effects[e].value : &b->effects[e].records;
    return s->reason ? MOP_SV("") : amount(p, b, s->assessed - s->clean);
}

static void add_effects(struct mop_page *p, struct mop_grid *g, struct mop_sv name, struct basis b)
{
    const struct mop_score *s = b.money ? &b.score->value : &b.score->records;
    if (mop_scored(p->r, b.score->records).reason)
        return;
    mop_grid_add(g, MOP_TONE_PLAIN, name);
    mop_grid_add(g, MOP_TONE_PLAIN, b.name);
    mop_grid_add(g, MOP_TONE_PLAIN, amount(p, &b, s->assessed));
    mop_grid_add(g, MOP_TONE_STRONG, amount(p, &b, s->assessed - s->clean));
    mop_grid_add(g, MOP_TONE_PLAIN, mop_share_text(&p->arena, s, UINT64_MAX));
    for (enum mop_effect e = 0; e < MOP_EFFS; e++)
        mop_grid_add(g, MOP_TONE_PLAIN, effect_text(p, &b, e));
}

/* Each need of each report with its score, or where there are none each type. */
struct loss {
    struct mop_sv name;
    struct basis basis;
    const struct mop_record *record;
    size_t weight;
};

static size_t losses_of(struct mop_page *p, struct mop_chosen shown, struct loss *all)
{
    const struct mop_result *r = p->r;
    size_t n = 0;
    for (size_t i = 0; i < r->nreports; i++)
        for (size_t k = 0; k < r->reports[i].nneeds && !r->reports[i].absent && shown.is[i]; k++) {
            const struct mop_need_result *x = &r->reports[i].needs[k];
            size_t w = mop_need_weight(x);
            all[n++] = (struct loss){k ? MOP_SV("") : r->reports[i].spec->name,
                                     basis_of(p, x->need->record, w, &x->score, x->effects),
                                     x->need->record, w};
        }
    for (size_t i = 0; i < r->ntypes && !r->nreports; i++) {
        const struct mop_type_result *y = &r->types[i];
        size_t w = y->record->own_weight ? 0 : SIZE_MAX;
        all[n++] = (struct loss){
            mop_arena_printf(&p->arena, "all %.*s records", MOP_SV_ARG(y->record->name)),
            basis_of(p, y->record, w, &y->overall, y->effects), y->record, w};
    }
    return n;
}

size_t mop_most_losses(const struct mop_result *r)
{
    size_t n = r->ntypes;
    for (size_t i = 0; i < r->nreports; i++)
        n += r->reports[i].nneeds;
    return n;
}

const char mop_money_shared[] = "the same money can stand in several reports: do not add them up";

static bool has_money(const struct mop_report_result *x, const struct mop_record *r, size_t weight)
{
    for (size_t k = 0; k < x->nneeds && !x->absent; k++)
        if (x->needs[k].need->record == r && mop_need_weight(&x->needs[k]) == weight &&
            x->needs[k].score.has_value)
            return true;
    return false;
}

bool mop_money_is_shared(const struct mop_result *r)
{
    for (size_t i = 0; i < r->nreports; i++)
        for (size_t k = 0; k < r->reports[i].nneeds && !r->reports[i].absent; k++) {
            const struct mop_need_result *x = &r->reports[i].needs[k];
            for (size_t j = 0; j < i && x->score.has_value; j++)
                if (has_money(&r->reports[j], x->need->record, mop_need_weight(x)))
                    return true;
        }
    return false;
}

/* What the parts of a loss add up to, beside what is wrong in all: above 0 more. */
static int parts_beside_all(const struct mop_page *p, const struct basis *b)
{
    const struct mop_score *s = b->money ? &b->score->value : &b->score->records;
    mop_i128 sum = 0;
    if (mop_scored(p->r, b->score->records).reason)
        return 0;
    for (enum mop_effect e = 0; e < MOP_EFFS; e++) {
        const struct mop_score *x = b->money ? &b->effects[e].value : &b->effects[e].records;
        sum += x->reason ? 0 : x->assessed - x->clean;
    }
    return sum > s->assessed - s->clean ? 1 : sum < s->assessed - s->clean ? -1 : 0;
}

static void say_parts(struct mop_page *p, const struct loss *all, size_t n)
{
    bool more = false, fewer = false;
    for (size_t i = 0; i < n; i++) {
        int sign = parts_beside_all(p, &all[i].basis);
        more |= sign > 0;
        fewer |= sign < 0;
    }
    if (more)
        mop_para(p, MOP_TONE_FAINT,
                 "a record may go wrong in several ways: it counts once in 'wrong'");
    if (fewer)
        mop_para(p, MOP_TONE_FAINT,
                 "of some records nobody can tell which way: they count in 'wrong' only");
}

static uint64_t unweighed(const struct loss *l)
{
    return l->basis.money ? l->basis.score->unweighed : 0;
}

static bool alike(const struct loss *a, const struct loss *b)
{
    return a->record == b->record && a->weight == b->weight && unweighed(a) == unweighed(b);
}

/* "'Pipeline', 'Funnel': "; "" where it is so of all that is shown. */
static struct mop_sv of_reports(struct mop_page *p, const struct loss *all, size_t n,
                                const struct loss *like)
{
    struct mop_sv names = MOP_SV("");
    bool others = false;
    for (size_t i = 0; i < n; i++) {
        others |= !alike(&all[i], like);
        if (alike(&all[i], like))
            names = mop_arena_printf(&p->arena, "%.*s%s'%.*s'", MOP_SV_ARG(names),
                                     names.n ? ", " : "", MOP_SV_ARG(all[i].name));
    }
    return others ? mop_arena_printf(&p->arena, "%.*s: ", MOP_SV_ARG(names)) : MOP_SV("");
}

/* Money that nobody entered weighs nothing, and looks like money that is clean. */
static void say_unweighed(struct mop_page *p, const struct loss *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t none = unweighed(&all[i]);
        bool told = !none;
        for (size_t k = 0; k < i && !told; k++)
            told = alike(&all[k], &all[i]);
        if (!told)
            mop_para(p, MOP_TONE_WARN,
                     "%.*s%.*s %s no usable %.*s: %s money is not in these figures",
                     MOP_SV_ARG(of_reports(p, all, n, &all[i])),
                     MOP_SV_ARG(mop_shown_records(&p->arena, none, all[i].record->name)),
                     none == 1 ? "has" : "have",
                     MOP_SV_ARG(mop_basis_name(&p->arena, all[i].record, all[i].weight)),
                     none == 1 ? "its" : "their");
    }
}

/* The ways that the table has columns of. */
static struct mop_sv ways(struct mop_page *p, const struct mop_grid *g)
{
    static const char *const words[] = {"drops out", "is misplaced", "is counted twice",
                                        "comes late", "is untidy"};
    enum { FIRST = 5 };
    struct mop_sv all = MOP_SV("");
    for (size_t e = 0; e < MOP_EFFS; e++)
        if (mop_grid_used(g, FIRST + e))
            all = mop_arena_printf(&p->arena, "%.*s%s%s", MOP_SV_ARG(all), all.n ? ", " : ": ",
                                   words[e]);
    return all;
}

void mop_section_losses(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {
        {"report", false, MOP_FIT_KEY},     {"of", false, MOP_FIT_KEY},
        {"in all", true, MOP_FIT_WHOLE},    {"wrong", true, MOP_FIT_WHOLE},
        {"clean", true, MOP_FIT_WHOLE},     {"drops out", true, MOP_FIT_WHOLE},
        {"misplaced", true, MOP_FIT_WHOLE}, {"twice", true, MOP_FIT_WHOLE},
        {"late", true, MOP_FIT_WHOLE},      {"untidy", true, MOP_FIT_WHOLE}};
    struct loss *all = mop_arena_array(&p->arena, mop_most_losses(p->r) + 1, sizeof *all);
    struct mop_chosen shown = mop_choose_reports(p, MOP_REPORTS_BRIEF, MOP_REPORTS_FULL);
    size_t n = losses_of(p, shown, all);
    struct mop_grid g;
    mop_grid_init(&g, columns, 10);
    for (size_t i = 0; i < n; i++)
        add_effects(p, &g, all[i].name, all[i].basis);
    if (!g.n) {
        mop_grid_draw(p, &g);
        return;
    }
    mop_heading(p, 2, "How much is wrong%.*s", MOP_SV_ARG(ways(p, &g)));
    mop_grid_draw(p, &g);
    mop_page_more(p, p->r->nreports, shown.n, MOP_MORE_REPORTS);
    say_parts(p, all, n);
    if (mop_money_is_shared(p->r))
        mop_para(p, MOP_TONE_FAINT, "%s", mop_money_shared);
    say_unweighed(p, all, n);
}
