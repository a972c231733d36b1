/* SPDX-License-Identifier: MIT */
#include "report/goals.h"
#include "report/json.h"
#include "report/sections.h"
#include "score/report_slices.h"

/* `reports`: what the data is for, each with a confidence of its own. */

static const char *currency_of(struct mop_arena *a, const struct mop_need_result *n)
{
    size_t own = n->type->record->own_weight ? 0 : SIZE_MAX;
    return mop_json_currency(a, n->need->record,
                             n->need->weight != SIZE_MAX ? n->need->weight : own);
}

static json_t *effects(struct mop_json_out *j, const struct mop_need_result *n)
{
    json_t *t = json_object();
    for (size_t e = 0; e < MOP_EFFS; e++)
        mop_json_set(t, mop_effect_names[e],
                     mop_json_pair(&n->effects[e], currency_of(&j->arena, n)));
    return t;
}

static void add_ids(json_t *list, const struct mop_need_result *n)
{
    for (size_t i = 0; i < n->nrules; i++)
        json_array_append_new(list, mop_json_text(n->rules[i]->id));
}

static void add_unguarded(struct mop_json_out *j, json_t *list, const struct mop_need_result *n)
{
    for (size_t i = 0; i < n->nunguarded; i++)
        json_array_append_new(list, mop_json_text(mop_arena_printf(
                                        &j->arena, "%.*s.%.*s", MOP_SV_ARG(n->need->record->name),
                                        MOP_SV_ARG(n->unguarded[i]->name))));
}

static void put_need(struct mop_json_out *j, const struct mop_need_result *n)
{
    struct mop_arena *a = &j->arena;
    json_t *rules = json_array(), *unguarded = json_array();
    add_ids(rules, n);
    add_unguarded(j, unguarded, n);
    mop_json_open(j, &n->need->record->name, '{');
    mop_json_put(j, MOP_KEY("records"), mop_json_score(&n->score.records));
    mop_json_put(j, MOP_KEY("value"),
                 n->score.has_value ? mop_json_value_score(&n->score.value, currency_of(a, n))
                                    : json_null());
    mop_json_put(j, MOP_KEY("unweighed"), mop_json_unweighed(&n->score));
    mop_json_put(j, MOP_KEY("checked"), mop_json_score(&n->checked));
    mop_json_put(j, MOP_KEY("repaired"),
                 j->r->repairs ? mop_json_pair(&n->repaired, currency_of(a, n)) : json_null());
    mop_json_put(j, MOP_KEY("effects"), effects(j, n));
    mop_json_put(j, MOP_KEY("rules"), rules);
    mop_json_put(j, MOP_KEY("unguarded"), unguarded);
    struct mop_arena kept; /* puts empty j's arena, and a currency is needed for all of them */
    mop_arena_init(&kept);
    const char *currency = currency_of(&kept, n);
    mop_json_cohorts(j, n->cohorts, n->ncohorts, "cohorts", currency);
    mop_json_slices(j, n->need->record, n->slices, n->nslices, currency);
    mop_arena_release(&kept);
    mop_json_close(j, '}');
}

static json_t *lowest_records(const struct mop_report_result *p)
{
    if (p->lowest_records)
        return mop_json_score(&p->lowest_records->score.records);
    return mop_json_no_score(p->absent ? "a record type that it needs has no source"
                                       : "it needs nothing");
}

static json_t *lowest_value(struct mop_json_out *j, const struct mop_report_result *p)
{
    const struct mop_need_result *n = p->lowest_value;
    return n ? mop_json_value_score(&n->score.value, currency_of(&j->arena, n)) : json_null();
}

static json_t *cohort(struct mop_json_out *j, const struct mop_report_result *p, size_t k)
{
    struct mop_lowest of = mop_report_cohort(p, k);
    const struct mop_need_result *value_of = of.value_of;
    struct mop_score_pair low = of.score;
    return mop_json_pair(&low, value_of ? currency_of(&j->arena, value_of) : "");
}

static void put_cohorts(struct mop_json_out *j, const struct mop_report_result *p)
{
    const struct mop_ruleset *rs = j->r->rules;
    mop_json_open(j, MOP_KEY("cohorts"), '{');
    for (size_t i = 0; i < rs->ncohorts; i++) {
        char text[24];
        struct mop_buf b;
        mop_buf_init(&b, sizeof text);
        mop_buf_printf(&b, "%dd", (int)rs->cohort_days[i]);
        struct mop_sv name = mop_buf_view(&b);
        mop_json_put(j, &name, cohort(j, p, i));
        mop_buf_release(&b);
    }
    mop_json_close(j, '}');
}

static void put_slice(struct mop_json_out *j, const struct mop_report_slice *s)
{
    mop_json_open(j, &s->slice.field, '{');
    mop_json_put(j, MOP_KEY("reason"), mop_json_str(s->slice.reason));
    mop_json_open(j, MOP_KEY("values"), '[');
    for (size_t k = 0; k < s->slice.n; k++) {
        const struct mop_need_result *of = s->value_of[k];
        mop_json_slice_value(j, s->field, &s->slice.values[k],
                             of ? currency_of(&j->arena, of) : "");
    }
    mop_json_close(j, ']');
    mop_json_close(j, '}');
}

static void put_slices(struct mop_json_out *j, const struct mop_report_result *p)
{
    struct mop_arena kept; /* puts empty j's arena */
    mop_arena_init(&kept);
    size_t n;
    const struct mop_report_slice *all = mop_report_slices(&kept, p, j->r->rules, &n);
    mop_json_open(j, MOP_KEY("slices"), '{');
    for (size_t i = 0; i < n; i++)
        put_slice(j, &all[i]);
    mop_json_close(j, '}');
    mop_arena_release(&kept);
}

/* ---- may it be sent, and if not, what lifts it ---- */

static json_t *decision(const struct mop_json_out *j, const struct mop_report_result *p)
{
    static const char *const words[] = {[MOP_DECISION_SEND] = "send", [MOP_DECISION_HOLD] = "hold"};
    return mop_json_str(mop_is_partial(j->r) ? "hold" : words[p->decision]);
}

static json_t *lift_step(const struct mop_json_out *j, const struct mop_goal *g, size_t i)
{
    const struct mop_lift_step *s = &g->lift.steps[i];
    const struct mop_missing_column *m = mop_goal_column(j->r, g, i);
    struct mop_score then = {NULL, s->clean, g->lift.assessed, 0};
    json_t *t = json_object();
    mop_json_set(t, "rule", mop_json_text(g->need->need->record->checks[s->check]->id));
    mop_json_set(t, "column", m ? mop_json_text(m->field->name) : json_null());
    mop_json_set(t, "clean",
                 g->money ? mop_json_decimal(s->clean) : mop_json_count((uint64_t)s->clean));
    mop_json_set(t, "score", mop_json_tenths(mop_score_tenths(&then)));
    mop_json_sure(t, s->sure);
    return t;
}

static json_t *lift_goal(struct mop_json_out *j, const struct mop_goal *g)
{
    json_t *t = json_object(), *steps = json_array();
    uint32_t k = g->report->asked_cohort;
    for (size_t i = 0; i < g->lift.n && !g->lift.reason; i++)
        json_array_append_new(steps, lift_step(j, g, i));
    mop_json_set(t, "record", mop_json_text(g->need->need->record->name));
    mop_json_set(t, "basis", mop_json_str(g->money ? "value" : "records"));
    mop_json_set(
        t, "cohort",
        k ? mop_json_text(mop_arena_printf(&j->arena, "%dd", (int)j->r->rules->cohort_days[k - 1]))
          : json_null());
    mop_json_set(t, "wanted", mop_json_decimal((mop_i128)g->wanted * 100));
    mop_json_set(t, "steps", steps);
    mop_json_set(t, "reason", mop_json_str(g->lift.reason));
    return t;
}

static json_t *lift(struct mop_json_out *j, const struct mop_report_result *p)
{
    size_t n;
    json_t *list = json_array();
    const struct mop_goal *all = mop_goals(&j->arena, j->r, p, &n);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, lift_goal(j, &all[i]));
    return list;
}

/* `absent` names the first of them. */
static json_t *absent_types(const struct mop_result *r, const struct mop_report_result *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < p->spec->nneeds; i++)
        if (!mop_has_type(r, p->spec->needs[i].record))
            json_array_append_new(list, mop_json_text(p->spec->needs[i].record->name));
    return list;
}

static void put_report(struct mop_json_out *j, const struct mop_report_result *p)
{
    json_t *rules = json_array(), *unguarded = json_array();
    for (size_t i = 0; i < p->nneeds; i++) {
        add_ids(rules, &p->needs[i]);
        add_unguarded(j, unguarded, &p->needs[i]);
    }
    mop_json_open(j, NULL, '{');
    mop_json_put(j, MOP_KEY("name"), mop_json_text(p->spec->name));
    mop_json_put(j, MOP_KEY("owner"), mop_json_text_or_null(p->spec->owner));
    mop_json_put(j, MOP_KEY("records"), lowest_records(p));
    mop_json_put(j, MOP_KEY("value"), lowest_value(j, p));
    put_cohorts(j, p);
    put_slices(j, p);
    mop_json_open(j, MOP_KEY("by_record"), '{');
    for (size_t i = 0; i < p->nneeds; i++)
        put_need(j, &p->needs[i]);
    mop_json_close(j, '}');
    mop_json_put(j, MOP_KEY("rules"), rules);
    mop_json_put(j, MOP_KEY("unguarded"), unguarded);
    mop_json_put(j, MOP_KEY("absent"), p->absent ? mop_json_text(p->absent->name) : json_null());
    mop_json_put(j, MOP_KEY("absent_types"), absent_types(j->r, p));
    mop_json_put(j, MOP_KEY("target"), mop_json_tenths(p->spec->target_records));
    mop_json_put(j, MOP_KEY("target_value"), mop_json_tenths(p->spec->target_value));
    mop_json_put(j, MOP_KEY("met"),
                 p->target == MOP_TARGET_NONE || p->untold
                     ? json_null()
                     : json_boolean(p->target == MOP_TARGET_MET));
    mop_json_put(j, MOP_KEY("all_rules"), json_boolean(p->all_rules));
    mop_json_put(j, MOP_KEY("decision"), decision(j, p));
    mop_json_put(j, MOP_KEY("lift"), lift(j, p));
    mop_json_close(j, '}');
}

void mop_json_reports(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("reports"), '[');
    for (size_t i = 0; i < j->r->nreports; i++)
        put_report(j, &j->r->reports[i]);
    mop_json_close(j, ']');
}
