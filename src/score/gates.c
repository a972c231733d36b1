/* SPDX-License-Identifier: MIT */
#include "score/verdict.h"

/* What is asked of the scores, and what is there. Exact integers are compared. */

/* Decimals of a percentage in millionths that are not all 0; at least one. */
static int decimals_of(int64_t millionths)
{
    int n = 4;
    while (n > 1 && millionths % 10 == 0) {
        millionths /= 10;
        n--;
    }
    return n;
}

/* As a percentage with so many decimals, floored. */
static struct mop_sv percent_text(struct mop_arena *a, int64_t millionths, int decimals)
{
    int64_t unit = 1, whole = MOP_MILLIONTHS / 100;
    for (int i = decimals; i < 4; i++)
        unit *= 10;
    return mop_arena_printf(a, "%lld.%0*lld", (long long)(millionths / whole), decimals,
                            (long long)(millionths % whole / unit));
}

/* What was got is told as finely as what was asked for, so that the two can be compared. */
static void add_gate(struct mop_result *r, struct mop_sv name, const struct mop_score *s,
                     int64_t wanted)
{
    struct mop_gate *g = &r->gates[r->ngates++];
    int decimals = decimals_of(wanted);
    g->name = name;
    g->asked = MOP_SV("was asked for");
    g->wanted = percent_text(&r->arena, wanted, decimals);
    g->got =
        s && !s->reason
            ? percent_text(&r->arena, (int64_t)(s->clean * MOP_MILLIONTHS / s->assessed), decimals)
            : MOP_SV("none");
    g->met = s && mop_score_meets(s, wanted);
}

/* Of the cohort that gates look at, or of all records. */
static const struct mop_score_pair *part_score(const struct mop_result *r,
                                               const struct mop_score_pair *all,
                                               const struct mop_named_score *cohorts, size_t n,
                                               int32_t days)
{
    for (size_t i = 0; days && i < n && i < r->rules->ncohorts; i++)
        if (r->rules->cohort_days[i] == days)
            return &cohorts[i].score;
    return days ? NULL : all;
}

static const struct mop_score *checked_score(const struct mop_result *r,
                                             const struct mop_type_result *y, int32_t days)
{
    for (size_t i = 0; days && i < y->ncohorts; i++)
        if (r->rules->cohort_days[i] == days)
            return &y->checked_cohorts[i];
    return days ? NULL : &y->checked;
}

static struct mop_sv gate_name(struct mop_result *r, const char *what, struct mop_sv of)
{
    return mop_arena_printf(&r->arena, "%s of %.*s", what, MOP_SV_ARG(of));
}

static bool any_weight(const struct mop_result *r)
{
    bool any = false;
    for (size_t i = 0; i < r->ntypes; i++)
        any |= r->types[i].record->own_weight;
    return any;
}

/* A type without money has no figure to be asked for, where another has one. */
static void gate_value(struct mop_result *r, const struct mop_type_result *y,
                       const struct mop_score_pair *p, int64_t wanted)
{
    struct mop_sv name = gate_name(r, "value confidence", y->record->name);
    if (y->record->own_weight || !any_weight(r))
        add_gate(r, name, p && p->has_value ? &p->value : NULL, wanted);
    else
        r->gates[r->ngates++] =
            (struct mop_gate){.name = name, .met = true, .skipped = "its records have no weight"};
}

void mop_ask_types(struct mop_result *r, const struct mop_verdict_options *o)
{
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_type_result *y = &r->types[i];
        const struct mop_score_pair *p =
            part_score(r, &y->overall, y->cohorts, y->ncohorts, o->cohort_days);
        if (o->min_confidence >= 0)
            add_gate(r, gate_name(r, "confidence", y->record->name), p ? &p->records : NULL,
                     o->min_confidence);
        if (o->min_value_confidence >= 0)
            gate_value(r, y, p, o->min_value_confidence);
        if (o->min_coverage >= 0)
            add_gate(r, gate_name(r, "coverage", y->record->name),
                     checked_score(r, y, o->cohort_days), o->min_coverage);
    }
}

void mop_ask_ratchet(struct mop_result *r, const struct mop_verdict_options *o)
{
    for (size_t i = 0; i < o->nratchets; i++) {
        add_gate(r, o->ratchets[i].name, o->ratchets[i].score,
                 o->ratchets[i].tenths * MOP_MILLIONTHS_OF_TENTH);
        r->gates[r->ngates - 1].asked = o->ratchets[i].held;
    }
}

int mop_ask_report(struct mop_result *r, const struct mop_min_report *m, struct mop_err *e)
{
    for (size_t i = 0; i < r->nreports; i++) {
        const struct mop_report_result *p = &r->reports[i];
        if (!mop_sv_eq(p->spec->name, m->name))
            continue;
        const struct mop_lowest *l = &p->judged;
        add_gate(r, gate_name(r, "report", m->name), l->records_of ? &l->score.records : NULL,
                 m->millionths);
        return 0;
    }
    mop_err_set(e, 2, (struct mop_loc){0}, "--min-report: no report '%.*s'", MOP_SV_ARG(m->name));
    struct mop_sv names = MOP_SV("");
    for (size_t i = 0; i < r->nreports; i++)
        names = mop_arena_printf(&r->arena, "%.*s%s'%.*s'", MOP_SV_ARG(names), i ? ", " : "",
                                 MOP_SV_ARG(r->reports[i].spec->name));
    if (names.n)
        mop_err_hint(e, "there are: %.*s", MOP_SV_ARG(names));
    else
        mop_err_hint(e, "the taxonomy has no reports");
    return -1;
}
