/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* Where to look: records that rules keep as samples. */

enum { SAMPLES = 3 };

/* A long path keeps its end. */
static struct mop_sv short_name(struct mop_page *p, size_t source)
{
    enum { LONGEST = 32 };
    struct mop_sv name = source < p->r->nsources ? p->r->sources[source].name : MOP_SV("?");
    if (name.n <= LONGEST)
        return name;
    size_t from = name.n - LONGEST + 3;
    while (from < name.n && ((unsigned char)name.p[from] & 0xC0) == 0x80)
        from++;
    return mop_arena_printf(&p->arena, "...%.*s", MOP_SV_ARG(mop_sv_sub(name, from, name.n)));
}

struct mop_sv mop_rule_example(struct mop_page *p, const struct mop_type_result *y,
                               const struct mop_check *c)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    struct mop_arena *a = &p->arena;
    if (!t->nsamples)
        return MOP_SV("");
    struct mop_sv key = mop_shown_key(a, p->r->show_values, y->record, t->samples[0].key);
    struct mop_sv at =
        mop_arena_printf(a, "%.*s:%llu", MOP_SV_ARG(short_name(p, t->samples[0].source)),
                         (unsigned long long)t->samples[0].line);
    return key.n ? mop_arena_printf(a, "%.*s (%.*s)", MOP_SV_ARG(at),
                                    MOP_SV_ARG(mop_shown_text(a, key, 40)))
                 : at;
}

static void add_samples(struct mop_page *p, struct mop_grid *g, const struct mop_type_result *y,
                        const struct mop_check *c)
{
    struct mop_arena *a = &p->arena;
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    size_t most = p->o->max_samples ? p->o->max_samples : SAMPLES;
    for (size_t i = 0; i < t->nsamples && i < most; i++) {
        const struct mop_sample *s = &t->samples[i];
        mop_grid_add(g, MOP_TONE_PLAIN, i ? MOP_SV("") : c->id);
        mop_grid_add(g, MOP_TONE_PLAIN, short_name(p, s->source));
        mop_grid_add(g, MOP_TONE_PLAIN, mop_arena_printf(a, "%llu", (unsigned long long)s->line));
        mop_grid_add(g, MOP_TONE_PLAIN, mop_shown_key(a, p->r->show_values, y->record, s->key));
        mop_grid_add(g, s->value.n ? MOP_TONE_DATA : MOP_TONE_PLAIN,
                     mop_shown_found(a, p->r->show_values, c, mop_check_masked_as(c), s->value));
    }
}

void mop_section_look(struct mop_page *p)
{
    static const struct mop_grid_column columns[] = {{"rule", false, MOP_FIT_KEY},
                                                     {"source", false, MOP_FIT_WHOLE},
                                                     {"line", true, MOP_FIT_WHOLE},
                                                     {"record", false, MOP_FIT_CLIP},
                                                     {"value", false, MOP_FIT_CLIP}};
    struct mop_grid g;
    mop_grid_init(&g, columns, 5);
    for (size_t i = 0; i < p->r->ntypes; i++) {
        size_t n;
        struct mop_rule_order *o = mop_rules_by_loss(&p->arena, &p->r->types[i], &n);
        for (size_t k = 0; k < n; k++)
            add_samples(p, &g, &p->r->types[i], o[k].check);
    }
    if (!g.n)
        return;
    mop_heading(p, 1, "Where to look");
    mop_grid_draw(p, &g);
    mop_para(p, MOP_TONE_FAINT, "Every finding goes to a file with: %s --findings findings.csv",
             p->o->command ? p->o->command : "mopslint check ...");
}
