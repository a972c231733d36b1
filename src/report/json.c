/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "report/sections.h"
#include "check/repair.h"
#include <stdlib.h>

/* The report as JSON, schema mopslint.report/1: keys are added, never taken away. */

static json_t *tool(void)
{
    json_t *t = json_object();
    mop_json_set(t, "name", mop_json_str("mopslint"));
    mop_json_set(t, "version", mop_json_str(MOP_VERSION));
    mop_json_set(t, "pcre2", mop_json_str(mop_regex_version()));
    return t;
}

static json_t *taxonomy(const struct mop_ruleset *rs)
{
    json_t *t = json_object();
    mop_json_set(t, "name", mop_json_text(rs->name));
    mop_json_set(t, "version", mop_json_text(rs->version));
    mop_json_set(t, "digest", mop_json_str(rs->digest));
    mop_json_set(t, "text_digest", mop_json_str(rs->text_digest));
    mop_json_set(t, "owner", mop_json_text_or_null(rs->owner));
    mop_json_set(t, "review_by",
                 rs->review_by == INT32_MAX ? json_null() : mop_json_day(rs->review_by));
    return t;
}

static json_t *texts(const struct mop_sv *s, size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, mop_json_text(s[i]));
    return list;
}

static json_t *broken_off(const struct mop_source_result *s)
{
    if (s->complete)
        return json_null();
    json_t *t = json_object();
    mop_json_set(t, "line",
                 s->incomplete_at.line ? mop_json_count(s->incomplete_at.line) : json_null());
    mop_json_set(t, "column",
                 s->incomplete_at.col ? mop_json_count(s->incomplete_at.col) : json_null());
    mop_json_set(t, "message", mop_json_str(s->incomplete));
    mop_json_set(t, "hint", mop_json_text_or_null(mop_sv_of(s->incomplete_hint)));
    return t;
}

static json_t *field_gaps(struct mop_arena *a, const struct mop_source_result *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->ngaps; i++) {
        const struct mop_field_gap *g = &s->gaps[i];
        json_t *t = json_object();
        mop_json_set(t, "id", mop_json_str(mop_gap_id(g)));
        mop_json_set(t, "column", mop_json_text_or_null(g->column));
        mop_json_set(t, "at", mop_json_text(mop_gap_place(a, g)));
        mop_json_set(t, "records", mop_json_count(g->records));
        json_array_append_new(list, t);
    }
    return list;
}

static void put_sources(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("sources"), '[');
    for (size_t i = 0; i < j->r->nsources; i++) {
        const struct mop_source_result *s = &j->r->sources[i];
        json_t *t = json_object();
        mop_json_set(t, "name", mop_json_text(s->name));
        mop_json_set(t, "record", mop_json_text_or_null(s->record ? s->record->name : MOP_SV("")));
        mop_json_set(t, "records", mop_json_count(s->records));
        mop_json_set(t, "complete", json_boolean(s->complete));
        mop_json_set(t, "how", mop_json_str(s->how));
        mop_json_set(t, "notes", texts(s->notes, s->nnotes));
        mop_json_set(t, "incomplete", broken_off(s));
        if (s->ngaps)
            mop_json_set(t, "field_gaps", field_gaps(&j->arena, s));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_datasets(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("dataset"), '[');
    for (size_t i = 0; i < j->r->ndatasets; i++) {
        const struct mop_dataset_result *d = &j->r->datasets[i];
        json_t *t = json_object();
        mop_json_set(t, "id", mop_json_text(d->id));
        mop_json_set(t, "kind", mop_json_str(d->kind));
        mop_json_set(t, "record", d->record ? mop_json_text(d->record->name) : json_null());
        mop_json_set(t, "field", d->field ? mop_json_text(d->field->name) : json_null());
        mop_json_set(t, "severity", mop_json_str(mop_severity_names[d->severity]));
        mop_json_set(t, "owner", mop_json_text_or_null(d->owner));
        mop_json_set(t, "judged", json_boolean(d->judged));
        mop_json_set(t, "failed", json_boolean(d->failed));
        mop_json_set(t, "value", mop_json_text_or_null(d->value));
        mop_json_set(t, "limit", mop_json_text_or_null(d->limit));
        mop_json_set(t, "message", mop_json_text(d->message));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_suppressions(struct mop_json_out *j)
{
    const struct mop_ruleset *rs = j->r->rules;
    mop_json_open(j, MOP_KEY("suppressions"), '[');
    for (size_t i = 0; i < rs->nsuppressions; i++) {
        const struct mop_suppression *s = &rs->suppressions[i];
        json_t *t = json_object();
        mop_json_set(t, "rule", mop_json_text(s->rule));
        mop_json_set(t, "record", s->record ? mop_json_text(s->record->name) : json_null());
        mop_json_set(t, "reason", mop_json_text_or_null(s->reason));
        mop_json_set(t, "by", mop_json_text_or_null(s->by));
        mop_json_set(t, "until", s->until == INT32_MAX ? json_null() : mop_json_day(s->until));
        mop_json_set(t, "expired", json_boolean(s->expired));
        mop_json_set(t, "suppressed", mop_json_count(s->expired ? 0 : mop_suppressed(j->r, s)));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_missing(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("columns_not_found"), '[');
    for (size_t i = 0; i < j->r->nmissing; i++) {
        const struct mop_missing_column *m = &j->r->missing[i];
        json_t *t = json_object();
        mop_json_set(t, "source", mop_json_text(j->r->sources[m->source].name));
        mop_json_set(t, "record", mop_json_text(m->field->record->name));
        mop_json_set(t, "field", mop_json_text(m->field->name));
        mop_json_set(t, "expected", json_boolean(m->expected));
        mop_json_set(t, "nearest", mop_json_text_or_null(m->nearest));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_not_judged(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("not_judged"), '[');
    for (size_t i = 0; i < j->r->nleft_out; i++) {
        json_t *t = json_object();
        mop_json_set(t, "id", mop_json_text(j->r->left_out[i]->id));
        mop_json_set(t, "reason", mop_json_str("a column it reads is missing"));
        mop_json_put(j, NULL, t);
    }
    for (size_t i = 0; i < j->r->rules->nnot_judged; i++) {
        json_t *t = json_object();
        mop_json_set(t, "id", mop_json_text(j->r->rules->not_judged[i].id));
        mop_json_set(t, "reason", mop_json_text(j->r->rules->not_judged[i].reason));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static void put_gates(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("gates"), '[');
    for (size_t i = 0; i < j->r->ngates; i++) {
        const struct mop_gate *g = &j->r->gates[i];
        if (g->skipped)
            continue;
        json_t *t = json_object();
        mop_json_set(t, "name", mop_json_text(g->name));
        mop_json_set(t, "wanted", mop_json_text(g->wanted));
        mop_json_set(t, "got", mop_json_text(g->got));
        mop_json_set(t, "met", json_boolean(g->met));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static json_t *baseline(const struct mop_result *r)
{
    if (!r->baseline.given)
        return json_null();
    json_t *t = json_object();
    mop_json_set(t, "known", mop_json_count(r->baseline.known));
    mop_json_set(t, "stale", mop_json_count(r->baseline.stale));
    return t;
}

/* What certain repairs there are, per source; null: not asked for. */
static void put_repairs(struct mop_json_out *j)
{
    const struct mop_repairs *all = j->r->repairs;
    if (!all) {
        mop_json_put(j, MOP_KEY("repairs"), json_null());
        return;
    }
    mop_json_open(j, MOP_KEY("repairs"), '[');
    for (size_t i = 0; i < all->nsources && i < j->r->nsources; i++) {
        const struct mop_repair_source *s = &all->sources[i];
        json_t *t = json_object();
        mop_json_set(t, "source", mop_json_text(j->r->sources[i].name));
        mop_json_set(t, "records", mop_json_count(s->records));
        mop_json_set(t, "values", mop_json_count(s->values));
        mop_json_set(t, "no_key", mop_json_count(s->no_key));
        mop_json_set(t, "shared_key", mop_json_count(s->shared_key));
        mop_json_set(t, "risky", mop_json_count(s->risky));
        mop_json_set(t, "own_key", mop_json_count(s->own_key));
        mop_json_set(t, "unreadable", mop_json_count(s->unreadable));
        mop_json_put(j, NULL, t);
    }
    mop_json_close(j, ']');
}

static json_t *findings(const struct mop_result *r)
{
    json_t *t = json_object();
    mop_json_set(t, "errors", mop_json_count(r->errors));
    mop_json_set(t, "warnings", mop_json_count(r->warnings));
    return t;
}

static uint64_t all_records(const struct mop_result *r)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->nsources; i++)
        n += r->sources[i].records;
    return n;
}

/* ---- the document ---- */

static json_t *reasons(const struct mop_result *r)
{
    json_t *a = json_array();
    for (size_t i = 0; i < r->nwhy; i++)
        json_array_append_new(a, mop_json_text(r->why[i].text));
    return a;
}

static json_t *stale(const struct mop_result *r)
{
    json_t *a = json_array();
    for (size_t i = 0; i < r->nstale; i++)
        json_array_append_new(a, mop_json_text(r->stale[i]));
    return a;
}

static void put_head(struct mop_json_out *j)
{
    const struct mop_result *r = j->r;
    mop_json_put(j, MOP_KEY("schema"), mop_json_str("mopslint.report/1"));
    mop_json_put(j, MOP_KEY("tool"), tool());
    mop_json_put(j, MOP_KEY("taxonomy"), taxonomy(r->rules));
    mop_json_put(j, MOP_KEY("now"), mop_json_time(r->rules->now_us));
    mop_json_put(j, MOP_KEY("status"), mop_json_str(mop_status_names[r->status]));
    mop_json_put(j, MOP_KEY("exit"), json_integer(r->exit));
    mop_json_put(j, MOP_KEY("why"), reasons(r));
    mop_json_put(j, MOP_KEY("unkept"), mop_json_str(r->unkept));
    mop_json_put(j, MOP_KEY("unwritten"), mop_json_str(r->unwritten));
    mop_json_put(j, MOP_KEY("stale_outputs"), stale(r));
    put_gates(j);
    mop_json_put(j, MOP_KEY("findings"), findings(r));
    put_sources(j);
    mop_json_put(j, MOP_KEY("records"), mop_json_count(all_records(r)));
}

static void put_tail(struct mop_json_out *j)
{
    mop_json_lifecycles(j);
    put_datasets(j);
    put_suppressions(j);
    put_missing(j);
    put_not_judged(j);
    mop_json_put(j, MOP_KEY("baseline"), baseline(j->r));
    put_repairs(j);
    mop_json_since(j, j->r->since);
    mop_json_put(j, MOP_KEY("selection"), mop_json_str(j->r->selection));
    mop_json_put(j, MOP_KEY("columns_as_given"), json_boolean(j->r->columns_as_given));
    mop_json_put(j, MOP_KEY("values_shown"), json_boolean(j->r->show_values));
}

static void *allocate(size_t size)
{
    return mop_realloc(NULL, size, 1);
}

static int write_json(const struct mop_result *r, const struct mop_format_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    struct mop_json_out j = {.r = r, .o = o, .out = out, .first = true};
    mop_arena_init(&j.arena);
    json_set_alloc_funcs(allocate, free); /* which never give NULL */
    mop_json_open(&j, NULL, '{');
    put_head(&j);
    mop_json_reports(&j);
    mop_json_types(&j);
    mop_json_rules(&j);
    put_tail(&j);
    mop_json_close(&j, '}');
    mop_out_chr(out, '\n');
    mop_arena_release(&j.arena);
    return mop_out_flush(out, e);
}

const struct mop_format mop_format_json = {
    .name = "json", .summary = "for programs: schema mopslint.report/1", .write = write_json};

void mop_json_sure(json_t *step, enum mop_sure sure)
{
    mop_json_set(step, "at_most", json_boolean(sure == MOP_SURE_AT_MOST));
    mop_json_set(step, "about", json_boolean(sure == MOP_SURE_ABOUT));
}
