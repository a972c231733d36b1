/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "report/sections.h"

/* `lifecycles`: records per stage, and how they move on; of all, by cohort and by month of entry.
 */

static json_t *seconds(int64_t us)
{
    return us < 0 ? json_null() : json_integer(us / 1000000);
}

static const char *why_no_time(const struct mop_stage_result *y, const struct mop_flow_result *w)
{
    if (!y->goes_on)
        return "no stage follows";
    if (y->counts->times.over)
        return "too many different durations";
    return w->measured ? NULL : "no record went on with a date that tells when";
}

static json_t *time_taken(const struct mop_stage_result *y, const struct mop_flow_result *w)
{
    json_t *t = json_object();
    mop_json_set(t, "measured", mop_json_count(w->measured));
    mop_json_set(t, "median", seconds(w->median_us));
    mop_json_set(t, "p90", seconds(w->p90_us));
    mop_json_set(t, "reason", mop_json_str(why_no_time(y, w)));
    return t;
}

static json_t *clocks(const struct mop_stage_result *y, const struct mop_flow_result *w)
{
    if (y->stage->sla_us < 0)
        return json_null();
    json_t *t = json_object();
    mop_json_set(t, "within", mop_json_count(w->counts.within));
    mop_json_set(t, "late", mop_json_count(w->counts.late));
    mop_json_set(t, "open_late", mop_json_count(w->counts.open_late));
    mop_json_set(t, "share", mop_json_tenths(w->in_time));
    return t;
}

static json_t *reached(const struct mop_lifecycle *l, const struct mop_flow *n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < l->nstages; i++) {
        if (!n->to[i])
            continue;
        json_t *t = json_object();
        mop_json_set(t, "stage", mop_json_text(l->stages[i].name));
        mop_json_set(t, "records", mop_json_count(n->to[i]));
        json_array_append_new(list, t);
    }
    return list;
}

static json_t *flow(const struct mop_lifecycle *l, const struct mop_stage_result *y,
                    const struct mop_flow_result *w)
{
    const struct mop_flow *n = &w->counts;
    json_t *t = json_object();
    mop_json_set(t, "entered", mop_json_count(n->entered));
    mop_json_set(t, "went_on", mop_json_count(n->went_on));
    mop_json_set(t, "waiting", mop_json_count(n->waiting));
    mop_json_set(t, "left", mop_json_count(n->left));
    mop_json_set(t, "undated", mop_json_count(n->undated));
    mop_json_set(t, "out_of_order", mop_json_count(n->out_of_order));
    mop_json_set(t, "conversion", mop_json_tenths(w->conversion));
    mop_json_set(t, "to", reached(l, n));
    mop_json_set(t, "time", time_taken(y, w));
    mop_json_set(t, "sla", clocks(y, w));
    return t;
}

static void put_parts(struct mop_json_out *j, const char *key, const struct mop_lifecycle *l,
                      const struct mop_stage_result *y, const struct mop_flow_result *w, size_t n)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_open(j, &name, '{');
    for (size_t i = 0; i < n && !mop_is_partial(j->r); i++)
        mop_json_put(j, &w[i].name, flow(l, y, &w[i]));
    mop_json_close(j, '}');
}

static json_t *agreed(const struct mop_stage *st)
{
    if (st->sla_us < 0)
        return json_null();
    json_t *t = json_object();
    mop_json_set(t, "seconds", seconds(st->sla_us));
    mop_json_set(t, "calendar", st->calendar ? mop_json_text(st->calendar->name) : json_null());
    return t;
}

static json_t *dates(const struct mop_stage_result *y)
{
    json_t *t = json_object();
    mop_json_set(t, "field", mop_json_text(y->stage->entered_at->name));
    mop_json_set(t, "unreadable", mop_json_count(y->counts->unreadable));
    mop_json_set(t, "blank", mop_json_count(y->counts->blank));
    mop_json_set(t, "earlier_cycle", mop_json_count(y->counts->earlier));
    return t;
}

static void put_stage(struct mop_json_out *j, const struct mop_lifecycle *l,
                      const struct mop_stage_result *y)
{
    bool told = y->dated && !mop_is_partial(j->r);
    mop_json_open(j, NULL, '{');
    mop_json_put(j, MOP_KEY("stage"), mop_json_text(y->stage->name));
    mop_json_put(j, MOP_KEY("label"), mop_json_text_or_null(y->stage->label));
    mop_json_put(j, MOP_KEY("off_path"), json_boolean(y->stage->off_path));
    mop_json_put(j, MOP_KEY("terminal"), json_boolean(y->stage->terminal));
    mop_json_put(j, MOP_KEY("records"), mop_json_count(y->counts->records));
    mop_json_put(j, MOP_KEY("sla"), agreed(y->stage));
    mop_json_put(j, MOP_KEY("dates"), y->dated ? dates(y) : json_null());
    mop_json_put(j, MOP_KEY("flow"), told ? flow(l, y, &y->all) : json_null());
    put_parts(j, "cohorts", l, y, y->cohorts, y->ncohorts);
    put_parts(j, "months", l, y, y->months, y->nmonths);
    mop_json_close(j, '}');
}

static void put_lifecycle(struct mop_json_out *j, const struct mop_lifecycle_result *y)
{
    const struct mop_lifecycle *l = y->lifecycle;
    mop_json_open(j, NULL, '{');
    mop_json_put(j, MOP_KEY("id"), mop_json_text(l->id));
    mop_json_put(j, MOP_KEY("record"), mop_json_text(l->record->name));
    mop_json_put(j, MOP_KEY("field"), mop_json_text(l->field->name));
    mop_json_put(j, MOP_KEY("records"), mop_json_count(y->funnel->records));
    mop_json_put(j, MOP_KEY("blank"), mop_json_count(y->funnel->blank));
    mop_json_put(j, MOP_KEY("unknown"), mop_json_count(y->funnel->unknown));
    mop_json_put(j, MOP_KEY("unreadable"), mop_json_count(y->funnel->unreadable));
    mop_json_put(j, MOP_KEY("reason"),
                 mop_json_str(mop_is_partial(j->r) ? "the data was not read whole" : NULL));
    mop_json_open(j, MOP_KEY("stages"), '[');
    for (size_t i = 0; i < y->nstages; i++)
        put_stage(j, l, &y->stages[i]);
    mop_json_close(j, ']');
    mop_json_close(j, '}');
}

void mop_json_lifecycles(struct mop_json_out *j)
{
    mop_json_open(j, MOP_KEY("lifecycles"), '[');
    for (size_t i = 0; i < j->r->nlifecycles; i++)
        put_lifecycle(j, &j->r->lifecycles[i]);
    mop_json_close(j, ']');
}
