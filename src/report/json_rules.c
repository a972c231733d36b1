/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "rules/kind.h"

/* `rules`: every active rule of every record type in rule-file order, with its worst values. */

enum { VALUES = 20 };

static void put_text(struct mop_json_out *j, const char *key, struct mop_sv text)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_put(j, &name, mop_json_text_or_null(text));
}

/* Without a message: that of one value may differ between records, and would hang on their order.
 */
static void put_value(struct mop_json_out *j, const struct mop_check *c,
                      const struct mop_rule_value *v)
{
    bool show = j->r->show_values;
    json_t *t = json_object();
    mop_json_set(
        t, "value",
        mop_json_text(mop_shown_found(&j->arena, show, c, mop_check_masked_as(c), v->value)));
    mop_json_set(t, "count", mop_json_count(v->count));
    mop_json_set(t, "proposal",
                 mop_json_text_or_null(
                     mop_shown_found(&j->arena, show, c, mop_check_masked_as(c), v->proposal)));
    mop_json_set(t, "certain", json_boolean(v->certain));
    mop_json_put(j, NULL, t);
}

static void put_values(struct mop_json_out *j, const struct mop_check *c,
                       const struct mop_rule_tally *t)
{
    struct mop_arena kept;
    mop_arena_init(&kept);
    const struct mop_rule_value **v = mop_sorted_values(&kept, t);
    size_t most = j->o->max_values ? j->o->max_values : VALUES;
    mop_json_open(j, MOP_KEY("values"), '[');
    for (size_t i = 0; i < t->nvalues && i < most; i++)
        put_value(j, c, v[i]);
    mop_json_close(j, ']');
    mop_arena_release(&kept);
}

static void put_samples(struct mop_json_out *j, const struct mop_check *c,
                        const struct mop_rule_tally *t)
{
    bool show = j->r->show_values;
    mop_json_open(j, MOP_KEY("samples"), '[');
    for (size_t i = 0; i < t->nsamples && (!j->o->max_samples || i < j->o->max_samples); i++) {
        const struct mop_sample *s = &t->samples[i];
        json_t *o = json_object();
        mop_json_set(o, "source",
                     s->source < j->r->nsources ? mop_json_text(j->r->sources[s->source].name)
                                                : json_null());
        mop_json_set(o, "line", mop_json_count(s->line));
        mop_json_set(o, "record",
                     mop_json_text_or_null(mop_shown_key(&j->arena, show, c->record, s->key)));
        mop_json_set(
            o, "value",
            mop_json_text(mop_shown_found(&j->arena, show, c, mop_check_masked_as(c), s->value)));
        mop_json_set(o, "message", mop_json_text_or_null(s->message));
        mop_json_put(j, NULL, o);
    }
    mop_json_close(j, ']');
}

static json_t *phase_in(const struct mop_check *c)
{
    if (c->phase_until == INT32_MIN)
        return json_null();
    json_t *t = json_object();
    mop_json_set(t, "until", mop_json_day(c->phase_until));
    mop_json_set(t, "then", mop_json_str(mop_severity_names[c->final_severity]));
    return t;
}

static void put_rule(struct mop_json_out *j, const struct mop_check *c,
                     const struct mop_rule_tally *t)
{
    mop_json_open(j, NULL, '{');
    put_text(j, "id", c->id);
    put_text(j, "origin", c->origin);
    put_text(j, "record", c->record->name);
    put_text(j, "field", c->field ? c->field->name : MOP_SV_NONE);
    put_text(j, "kind", mop_sv_of(c->kind ? c->kind->name : NULL));
    put_text(j, "severity", mop_sv_of(mop_severity_names[c->severity]));
    put_text(j, "dimension", mop_sv_of(mop_dimension_names[c->dimension]));
    put_text(j, "effect", mop_sv_of(mop_effect_names[c->effect]));
    put_text(j, "owner", c->owner);
    mop_json_put(j, MOP_KEY("phase_in"), phase_in(c));
    mop_json_put_count(j, "applicable", t->applied);
    mop_json_put_count(j, "failed", t->failed);
    mop_json_put_count(j, "undecided", t->undecided);
    mop_json_put_count(j, "suppressed", t->suppressed);
    mop_json_put_count(j, "grandfathered", t->grandfathered);
    mop_json_put(j, MOP_KEY("limited"), json_boolean(t->limited));
    mop_json_put_count(j, "distinct", t->nvalues);
    mop_json_put(j, MOP_KEY("distinct_over"), json_boolean(t->values_over));
    put_values(j, c, t);
    put_samples(j, c, t);
    mop_json_close(j, '}');
}

void mop_json_rules(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("rules"), '[');
    for (size_t i = 0; i < j->r->ntypes; i++) {
        const struct mop_type_result *y = &j->r->types[i];
        for (size_t k = 0; k < y->record->nchecks; k++)
            put_rule(j, y->record->checks[k], &y->tally->rules_tally[k]);
    }
    mop_json_close(j, ']');
}
