/* SPDX-License-Identifier: MIT */
#include "report/goals.h"
#include "report/json.h"
#include "report/sections.h"

/* `types`: every score of a record type, what to repair first, and who repairs. */

static void put_excluded(struct mop_json_out *j, const struct mop_type_result *y)
{
    mop_json_open(j, MOP_KEY("excluded"), '[');
    for (size_t i = 0; i < y->record->nexcludes; i++) {
        json_t *t = json_object();
        mop_json_set(t, "id", mop_json_text(y->record->excludes[i].id));
        mop_json_set(t, "records", mop_json_count(y->tally->excluded[i]));
        mop_json_set(t, "reason", mop_json_text_or_null(y->record->excludes[i].reason));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static json_t *value_or_null(const struct mop_score_pair *p, const char *currency)
{
    return p->has_value ? mop_json_value_score(&p->value, currency) : json_null();
}

static void put_confidence(struct mop_json_out *j, const struct mop_type_result *y)
{
    struct mop_score_pair overall = mop_overall(j->r, y);
    mop_json_open(j, MOP_KEY("confidence"), '{');
    mop_json_put(j, MOP_KEY("records"), mop_json_score(&overall.records));
    mop_json_put(j, MOP_KEY("value"), value_or_null(&overall, y->currency));
    mop_json_put(j, MOP_KEY("unweighed"), mop_json_unweighed(&overall));
    mop_json_put(j, MOP_KEY("strict"), mop_json_score(&y->strict.records));
    mop_json_put(j, MOP_KEY("strict_value"), value_or_null(&y->strict, y->currency));
    mop_json_put(j, MOP_KEY("accepted"), mop_json_score(&y->accepted.records));
    mop_json_put(j, MOP_KEY("accepted_value"), value_or_null(&y->accepted, y->currency));
    mop_json_put(j, MOP_KEY("checked"), mop_json_score(&y->checked));
    mop_json_put(j, MOP_KEY("repaired"),
                 j->r->repairs ? mop_json_pair(&y->repaired, y->currency) : json_null());
    mop_json_close(j, '}');
}

static void put_completeness(struct mop_json_out *j, const struct mop_type_result *y)
{
    json_t *t = json_object();
    mop_json_set(t, "fields_filled", mop_json_score(&y->fields_filled));
    mop_json_set(t, "records_complete", mop_json_score(&y->records_complete));
    mop_json_put(j, MOP_KEY("completeness"), t);
}

static void put_by_name(struct mop_json_out *j, const struct mop_type_result *y, const char *key,
                        const char *const *names, const struct mop_score_pair *p, size_t n)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_open(j, &name, '{');
    for (size_t i = 0; i < n; i++) {
        struct mop_sv each = mop_sv_of(names[i]);
        mop_json_put(j, &each, mop_json_pair(&p[i], y->currency));
    }
    mop_json_close(j, '}');
}

static void put_phases(struct mop_json_out *j, const struct mop_type_result *y)
{
    mop_json_open(j, MOP_KEY("phases"), '[');
    for (size_t i = 0; i < y->nphases; i++) {
        json_t *t = json_object();
        mop_json_set(t, "rule", mop_json_text(y->phases[i].check->id));
        mop_json_set(t, "until", mop_json_day(y->phases[i].check->phase_until));
        mop_json_set(t, "then",
                     y->phases[i].counted ? mop_json_pair(&y->phases[i].then, y->currency)
                                          : json_null());
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_fixers(struct mop_json_out *j, const struct mop_type_result *y)
{
    struct mop_arena kept;
    mop_arena_init(&kept);
    const struct mop_fixer **sorted = mop_sorted_fixers(&kept, y->tally);
    mop_json_open(j, MOP_KEY("fixers"), '[');
    for (size_t i = 0; i < y->tally->nfixers; i++) {
        const struct mop_fixer *f = sorted[i];
        bool money = y->record->own_weight, known = money && (f->lost || !f->unweighed);
        json_t *t = json_object();
        mop_json_set(t, "name", mop_json_text_or_null(f->name));
        mop_json_set(t, "findings", mop_json_count(f->findings));
        mop_json_set(t, "records", mop_json_count(f->records));
        mop_json_set(t, "lost", known ? mop_json_decimal(f->lost) : json_null());
        mop_json_set(t, "unweighed", money ? mop_json_count(f->unweighed) : json_null());
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
    mop_arena_release(&kept);
}

/* ---- fix first ---- */

static json_t *points(struct mop_sv records, struct mop_sv value)
{
    json_t *t = json_object();
    mop_json_set(t, "records", mop_json_text(records));
    mop_json_set(t, "value", mop_json_text_or_null(value));
    return t;
}

static void put_fixes(struct mop_json_out *j, const struct mop_type_result *y)
{
    mop_json_open(j, MOP_KEY("fix_first"), '[');
    for (size_t i = 0; i < y->nfixes && !mop_is_partial(j->r); i++) {
        const struct mop_fix *f = &y->fixes[i];
        json_t *t = json_object();
        mop_json_set(t, "rule", mop_json_text(f->check->id));
        mop_json_set(t, "gain", points(f->gain_records, f->gain_value));
        mop_json_set(t, "share", points(f->share_records, f->share_value));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_plan(struct mop_json_out *j, const struct mop_type_result *y)
{
    const struct mop_plan *plan = &y->plan;
    const char *reason = mop_is_partial(j->r) ? "the data was not read whole" : plan->reason;
    mop_json_open(j, MOP_KEY("plan"), '{');
    mop_json_put(j, MOP_KEY("basis"), mop_json_str(plan->by_value ? "value" : "records"));
    mop_json_open(j, MOP_KEY("steps"), '[');
    enum mop_sure sure = MOP_SURE_EXACT;
    for (size_t i = 0; i < plan->n && !reason; i++) {
        const struct mop_plan_step *s = &plan->steps[i];
        struct mop_score then = {NULL, s->clean, s->assessed, 0};
        json_t *t = json_object();
        mop_json_set(t, "rule", mop_json_text(s->check->id));
        mop_json_set(t, "clean",
                     plan->by_value ? mop_json_decimal(s->clean)
                                    : mop_json_count((uint64_t)s->clean));
        mop_json_set(t, "score", mop_json_tenths(mop_score_tenths(&then)));
        sure = mop_step_sure(j->r, s, sure);
        mop_json_sure(t, sure);
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
    mop_json_put(j, MOP_KEY("reason"), mop_json_str(reason));
    mop_json_close(j, '}');
}

static void put_type(struct mop_json_out *j, const struct mop_type_result *y)
{
    const struct mop_tally *t = y->tally;
    mop_json_open(j, NULL, '{');
    mop_json_put(j, MOP_KEY("record"), mop_json_text(y->record->name));
    mop_json_put(j, MOP_KEY("records"), mop_json_count(t->records));
    put_excluded(j, y);
    mop_json_put(j, MOP_KEY("undated"), mop_json_count(t->undated));
    mop_json_put(j, MOP_KEY("assessed"), mop_json_count(t->assessed));
    mop_json_put(j, MOP_KEY("too_few"), json_boolean(t->assessed < MOP_TOO_FEW));
    mop_json_put(j, MOP_KEY("currency"), y->currency[0] ? mop_json_str(y->currency) : json_null());
    put_confidence(j, y);
    put_completeness(j, y);
    put_by_name(j, y, "dimensions", mop_dimension_names, y->dimensions, MOP_DIMS);
    mop_json_cohorts(j, y->fields, y->nfields, "fields", y->currency);
    mop_json_cohorts(j, y->owners, y->nowners, "owners", y->currency);
    put_by_name(j, y, "effects", mop_effect_names, y->effects, MOP_EFFS);
    mop_json_cohorts(j, y->cohorts, y->ncohorts, "cohorts", y->currency);
    mop_json_slices(j, y->record, y->slices, y->nslices, y->currency);
    put_fixers(j, y);
    put_phases(j, y);
    put_fixes(j, y);
    put_plan(j, y);
    mop_json_close(j, '}');
}

void mop_json_types(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("types"), '[');
    for (size_t i = 0; i < j->r->ntypes; i++)
        put_type(j, &j->r->types[i]);
    mop_json_close(j, ']');
}
