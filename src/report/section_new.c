/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "score/known.h"

/* Of a run with a baseline: the findings that are not in it. They decide, so they are told by
 * value. */

enum { NEW_BRIEF = 10, NEW_FULL = 50, VALUE_WIDTH = 60 };

struct fresh {
    struct mop_page *p;
    const struct mop_type_result *y;
    const struct mop_check *c;
    struct mop_grid g;
    size_t values, shown;
};

static struct mop_sv place(const struct fresh *x, const struct mop_first *at)
{
    struct mop_arena *a = &x->p->arena;
    if (!at->is)
        return MOP_SV("");
    return mop_arena_printf(a, "%.*s:%llu", MOP_SV_ARG(x->p->r->sources[at->source].name),
                            (unsigned long long)at->line);
}

static void add(struct fresh *x, uint64_t n, struct mop_sv value, const struct mop_first *at)
{
    struct mop_arena *a = &x->p->arena;
    if (x->values++ >= mop_page_most(x->p, SIZE_MAX, NEW_BRIEF, NEW_FULL))
        return;
    x->shown++;
    mop_grid_add(&x->g, x->c->severity == MOP_SEV_ERROR ? MOP_TONE_BAD : MOP_TONE_WARN, x->c->id);
    mop_grid_add(&x->g, MOP_TONE_DATA, value);
    mop_grid_add(&x->g, MOP_TONE_PLAIN, mop_shown_count(a, n));
    mop_grid_add(&x->g, MOP_TONE_PLAIN, place(x, at));
}

static void add_value(struct fresh *x, const struct mop_rule_value *v)
{
    struct mop_arena *a = &x->p->arena;
    const struct mop_known_value *k = mop_known_value(x->p->r->known, x->c, v->value);
    uint64_t open = v->count - v->suppressed, known = k ? k->count : 0;
    struct mop_sv value =
        mop_shown_found(a, x->p->r->show_values, x->c, mop_check_masked_as(x->c), v->value);
    if (open > known)
        add(x, open - known, value.n ? mop_shown_text(a, value, VALUE_WIDTH) : MOP_SV("(blank)"),
            k ? &k->fresh : &v->first[0]);
}

/* Of a missing column no value is kept: its findings are of none. */
static void add_column(struct fresh *x, const struct mop_rule_tally *t)
{
    const struct mop_known_value *k = mop_known_value(x->p->r->known, x->c, MOP_SV(""));
    uint64_t open = t->failed - (t->suppressed - t->suppressed_undecided), known = k ? k->count : 0;
    if (!t->nvalues && open > known)
        add(x, open - known, MOP_SV("(no column)"), &(struct mop_first){0});
}

static void add_rule(struct fresh *x, const struct mop_rule_tally *t)
{
    const struct mop_rule_value **v = mop_sorted_values(&x->p->arena, t);
    uint64_t untold = t->undecided - t->suppressed_undecided,
             known = mop_known_undecided(x->p->r->known, x->c);
    for (size_t i = 0; i < t->nvalues; i++)
        add_value(x, v[i]);
    add_column(x, t);
    if (untold > known)
        add(x, untold - known, MOP_SV("(cannot be told)"), &(struct mop_first){0});
}

void mop_section_new(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"rule", false, MOP_FIT_KEY},
                                                     {"value", false, MOP_FIT_TEXT},
                                                     {"new", true, MOP_FIT_WHOLE},
                                                     {"first at", false, MOP_FIT_TEXT}};
    const struct mop_result *r = p->r;
    struct fresh x = {.p = p};
    if (!r->baseline.given || mop_is_partial(r))
        return;
    mop_grid_init(&x.g, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->ntypes; i++)
        for (size_t k = 0; k < r->types[i].record->nchecks; k++) {
            x.y = &r->types[i];
            x.c = x.y->record->checks[k];
            add_rule(&x, &x.y->tally->rules_tally[k]);
        }
    if (x.values)
        mop_heading(p, 1, "New: not in the baseline");
    mop_grid_draw(p, &x.g);
    mop_page_more(p, x.values, x.shown,
                  "values; in --findings FILE.csv the column 'baseline' says 'new'");
}
