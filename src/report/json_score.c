/* SPDX-License-Identifier: MIT */
#include "report/json.h"

/* A score: {"score": 73.8, "clean": 6828, "assessed": 9240, "undecided": 0}; null has a reason. */

static json_t *score(const struct mop_score *s, json_t *(*amount)(mop_i128))
{
    json_t *t = json_object();
    mop_json_set(t, "score", mop_json_tenths(mop_score_tenths(s)));
    mop_json_set(t, "clean", amount(s->clean));
    mop_json_set(t, "assessed", amount(s->assessed));
    mop_json_set(t, "undecided", amount(s->undecided));
    if (s->reason)
        mop_json_set(t, "reason", mop_json_str(s->reason));
    return t;
}

static json_t *count(mop_i128 n)
{
    return mop_json_count((uint64_t)n);
}

json_t *mop_json_score(const struct mop_score *s)
{
    return score(s, count);
}

json_t *mop_json_no_score(const char *reason)
{
    return mop_json_score(&(struct mop_score){.reason = reason});
}

json_t *mop_json_value_score(const struct mop_score *s, const char *currency)
{
    json_t *t = score(s, mop_json_decimal);
    mop_json_set(t, "currency", currency[0] ? mop_json_str(currency) : json_null());
    return t;
}

json_t *mop_json_pair(const struct mop_score_pair *p, const char *currency)
{
    json_t *t = json_object();
    mop_json_set(t, "records", mop_json_score(&p->records));
    mop_json_set(t, "value",
                 p->has_value ? mop_json_value_score(&p->value, currency) : json_null());
    return t;
}

json_t *mop_json_unweighed(const struct mop_score_pair *p)
{
    return p->has_value ? mop_json_count(p->unweighed) : json_null();
}

const char *mop_json_currency(struct mop_arena *a, const struct mop_record *r, size_t weight)
{
    if (weight >= r->nweights || !r->weights[weight])
        return "";
    const struct mop_weight *w = r->weights[weight];
    return mop_arena_str(a, w->to.n ? w->to : w->currency_is);
}

void mop_json_cohorts(struct mop_json_out *j, const struct mop_named_score *s, size_t n,
                      const char *key, const char *currency)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_open(j, &name, '{');
    for (size_t i = 0; i < n; i++)
        mop_json_put(j, &s[i].name, mop_json_pair(&s[i].score, currency));
    mop_json_close(j, '}');
}

void mop_json_slice_value(struct mop_json_out *j, const struct mop_field *f,
                          const struct mop_slice_score *s, const char *currency)
{
    json_t *t = mop_json_pair(&s->score, currency);
    mop_json_set(t, "name",
                 mop_json_text(mop_shown_value(&j->arena, j->r->show_values, f, s->value)));
    mop_json_set(t, "count", mop_json_count(s->records));
    mop_json_put(j, NULL, t);
}

void mop_json_slices(struct mop_json_out *j, const struct mop_record *record,
                     const struct mop_slice_result *s, size_t n, const char *currency)
{
    mop_json_open(j, MOP_KEY("slices"), '{');
    for (size_t i = 0; i < n; i++) {
        const struct mop_field *f = mop_record_field(record, s[i].field);
        mop_json_open(j, &s[i].field, '{');
        mop_json_put(j, MOP_KEY("reason"), mop_json_str(s[i].reason));
        mop_json_open(j, MOP_KEY("values"), '[');
        for (size_t k = 0; k < s[i].n && !s[i].reason; k++)
            mop_json_slice_value(j, f, &s[i].values[k], currency);
        mop_json_close(j, ']');
        mop_json_close(j, '}');
    }
    mop_json_close(j, '}');
}
