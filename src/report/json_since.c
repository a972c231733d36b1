/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "report/rows.h"
#include <stdlib.h>

/* `since`: what changed since an earlier run; null without one. */

enum { SECOND = 1000000 };

static json_t *points(int64_t tenths)
{
    return tenths == INT64_MIN ? json_null() : json_real((double)tenths / 10);
}

/* A score then, between (the earlier rules on this data) and now; what moved it how far. */
static json_t *steps(int64_t before, int64_t between, int64_t now, const struct mop_split *by)
{
    json_t *t = json_object();
    mop_json_set(t, "before", mop_json_tenths(before));
    mop_json_set(t, "between", mop_json_tenths(between));
    mop_json_set(t, "now", mop_json_tenths(now));
    mop_json_set(t, "data", points(by->data));
    mop_json_set(t, "rules", points(by->rules));
    return t;
}

static json_t *trend(const struct mop_score_since *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->ntrend; i++) {
        json_t *t = json_object();
        mop_json_set(t, "now", mop_json_time(s->trend[i].at_us));
        mop_json_set(t, "records", mop_json_tenths(s->trend[i].records));
        mop_json_set(t, "value", mop_json_tenths(s->trend[i].value));
        mop_json_set(t, "other_rules", json_boolean(s->trend[i].other_rules));
        json_array_append_new(list, t);
    }
    return list;
}

static void put_scores(struct mop_json_out *j, const struct mop_since *s)
{
    static const char *const of[] = {"report", "overall", "dimension", "owner", "field"};
    mop_json_open(j, MOP_KEY("scores"), '[');
    for (size_t i = 0; i < s->nscores; i++) {
        const struct mop_score_since *x = &s->scores[i];
        json_t *t = json_object();
        mop_json_set(t, "of", mop_json_str(of[x->of]));
        mop_json_set(t, "record", mop_json_text_or_null(x->record));
        mop_json_set(t, "name", mop_json_text_or_null(x->name));
        mop_json_set(t, "records",
                     steps(x->before_records, x->between_records, x->now_records, &x->records));
        mop_json_set(t, "value", steps(x->before_value, x->between_value, x->now_value, &x->value));
        mop_json_set(t, "trend", trend(x));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_missed(struct mop_json_out *j, const struct mop_since *s)
{
    mop_json_open(j, MOP_KEY("missed"), '[');
    for (size_t i = 0; i < s->nmissed; i++) {
        const struct mop_missed_run *x = &s->missed[i];
        json_t *t = json_object();
        mop_json_set(t, "run", json_integer(x->id));
        mop_json_set(t, "now", mop_json_time(x->at_us));
        mop_json_set(t, "status", mop_json_text(x->status));
        mop_json_set(t, "message", mop_json_text(x->message));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_causes(struct mop_json_out *j, const struct mop_since *s)
{
    mop_json_open(j, MOP_KEY("causes"), '[');
    for (size_t i = 0; i < s->ncauses; i++) {
        const struct mop_cause *x = &s->causes[i];
        json_t *t = json_object();
        mop_json_set(t, "how", mop_json_str(mop_cause_names[x->how]));
        mop_json_set(t, "record", mop_json_text_or_null(x->record));
        mop_json_set(t, "id", mop_json_text(x->id));
        mop_json_set(t, "what", mop_json_text(x->what));
        mop_json_set(t, "since", x->since == INT32_MIN ? json_null() : mop_json_day(x->since));
        mop_json_set(t, "run", x->run ? json_integer(x->run) : json_null());
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

/* What the earlier rules made of it; null where nobody knows. */
static json_t *between(uint64_t n, enum mop_whose by)
{
    return by == MOP_BY_UNKNOWN ? json_null() : mop_json_count(n);
}

static void put_rules(struct mop_json_out *j, const struct mop_since *s)
{
    static const char *const how[] = {"worse", "better", "new", "gone"};
    mop_json_open(j, MOP_KEY("rules"), '[');
    for (size_t i = 0; i < s->nrules; i++) {
        const struct mop_rule_since *x = &s->rules[i];
        json_t *t = json_object();
        mop_json_set(t, "id", mop_json_text(x->id));
        mop_json_set(t, "how", mop_json_str(how[x->how]));
        mop_json_set(t, "failed_before", mop_json_count(x->failed_before));
        mop_json_set(t, "applicable_before", mop_json_count(x->applicable_before));
        mop_json_set(t, "failed_between", between(x->failed_between, x->by));
        mop_json_set(t, "applicable_between", between(x->applicable_between, x->by));
        mop_json_set(t, "failed_now", mop_json_count(x->failed_now));
        mop_json_set(t, "applicable_now", mop_json_count(x->applicable_now));
        mop_json_set(t, "by", mop_json_str(mop_whose_names[x->by]));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_columns(struct mop_json_out *j, const struct mop_since *s)
{
    mop_json_open(j, MOP_KEY("columns"), '[');
    for (size_t i = 0; i < s->ncolumns; i++) {
        json_t *t = json_object();
        mop_json_set(t, "record", mop_json_text(s->columns[i].record));
        mop_json_set(t, "field", mop_json_text(s->columns[i].field));
        mop_json_set(t, "came", json_boolean(s->columns[i].came));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_values(struct mop_json_out *j, const struct mop_since *s)
{
    mop_json_open(j, MOP_KEY("values"), '[');
    for (size_t i = 0; i < s->nvalues; i++) {
        const struct mop_value_since *x = &s->values[i];
        json_t *t = json_object();
        mop_json_set(t, "record", mop_json_text(x->record));
        mop_json_set(t, "field", mop_json_text(x->field));
        mop_json_set(t, "value", mop_json_text_or_null(x->value));
        mop_json_set(t, "personal", json_boolean(x->personal));
        mop_json_set(t, "vanished", json_boolean(x->vanished));
        mop_json_set(t, "by", mop_json_str(mop_whose_names[x->by]));
        mop_json_set(t, "records", mop_json_count(x->count));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
    mop_json_put_count(j, "values_more", s->values_more);
}

static void put_counts(struct mop_json_out *j, const struct mop_since *s)
{
    static const char *const of[] = {"records", "filled", "stage"};
    mop_json_open(j, MOP_KEY("counts"), '[');
    for (size_t i = 0; i < s->ncounts; i++) {
        const struct mop_count_since *x = &s->counts[i];
        json_t *t = json_object();
        mop_json_set(t, "of", mop_json_str(of[x->of]));
        mop_json_set(t, "record", mop_json_text(x->record));
        mop_json_set(t, "name", mop_json_text_or_null(x->name));
        mop_json_set(t, "before", mop_json_count(x->before));
        mop_json_set(t, "total_before", mop_json_count(x->total_before));
        mop_json_set(t, "between", between(x->between, x->by));
        mop_json_set(t, "total_between", between(x->total_between, x->by));
        mop_json_set(t, "now", mop_json_count(x->now));
        mop_json_set(t, "total_now", mop_json_count(x->total_now));
        mop_json_set(t, "by", mop_json_str(mop_whose_names[x->by]));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_all(struct mop_json_out *j, const struct mop_sv *key, const struct mop_since *s)
{
    mop_json_open(j, key, '{');
    mop_json_put(j, MOP_KEY("run"), mop_json_text_or_null(s->run));
    mop_json_put(j, MOP_KEY("now"), s->first ? json_null() : mop_json_time(s->at_us));
    mop_json_put_bool(j, "clock_back", s->clock_back);
    mop_json_put(j, MOP_KEY("absent_seconds"),
                 s->absent_us ? json_integer(s->absent_us / SECOND) : json_null());
    mop_json_put_count(j, "steps", s->steps ? s->steps : 1);
    mop_json_put_bool(j, "same_rules", s->same_rules);
    mop_json_put_bool(j, "same_text", s->same_text);
    mop_json_put_text(j, "taxonomy_before", s->taxonomy_before);
    mop_json_put_text(j, "taxonomy_now", s->taxonomy_now);
    mop_json_put(j, MOP_KEY("unsplit"), mop_json_str(s->unsplit));
    put_missed(j, s);
    put_scores(j, s);
    put_causes(j, s);
    put_rules(j, s);
    put_columns(j, s);
    put_values(j, s);
    put_counts(j, s);
    mop_json_close(j, '}');
}

void mop_json_since(struct mop_json_out *j, const struct mop_since *s)
{
    if (s)
        put_all(j, MOP_KEY("since"), s);
    else
        mop_json_put(j, MOP_KEY("since"), json_null());
}

static void *allocate(size_t size)
{
    return mop_realloc(NULL, size, 1);
}

void mop_since_json(struct mop_out *out, const struct mop_since *s)
{
    struct mop_json_out j = {.out = out, .first = true};
    json_set_alloc_funcs(allocate, free);
    mop_arena_init(&j.arena);
    put_all(&j, NULL, s);
    mop_arena_release(&j.arena);
    mop_out_chr(out, '\n');
}
