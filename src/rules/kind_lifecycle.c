/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/lifecycle_args.h"

/* What the checks of a lifecycle say about one record: skipped, order, requires, sla. */

/* The record's own stage: NULL where it is blank or unknown. */
static const struct mop_stage *own_stage(const struct mop_test *t, const struct mop_value *const *v)
{
    const struct mop_stage_arg *arg = t->arg;
    return v[0]->state == MOP_ST_VALUE && v[0]->known ? mop_lifecycle_stage(arg->l, v[0]->meant)
                                                      : NULL;
}

static const struct mop_value *date_of(const struct mop_test *t, const struct mop_value *const *v,
                                       const struct mop_stage *st)
{
    size_t at = ((const struct mop_stage_arg *)t->arg)->date[st->index];
    return at == SIZE_MAX ? NULL : v[at];
}

enum entry { NO_DATE, DATED, UNREAD };

static bool unread(const struct mop_value *date)
{
    return !MOP_IS_BLANK(date->state) &&
           (date->state != MOP_ST_VALUE || !date->known || !date->typed.has_when);
}

/* The date of entry in the record's present cycle. UNREAD: there may be one, and nobody knows when.
 */
static enum entry entered(const struct mop_test *t, const struct mop_value *const *v,
                          const struct mop_stage *own, const struct mop_stage *st,
                          struct mop_when *out)
{
    const struct mop_stage_arg *arg = t->arg;
    const struct mop_value *date = date_of(t, v, st),
                           *restarted = arg->restarted == SIZE_MAX ? NULL : v[arg->restarted];
    if (!date || (st->shares_date && st != own) || MOP_IS_BLANK(date->state))
        return NO_DATE;
    if (unread(date) || (restarted && unread(restarted)))
        return UNREAD;
    return mop_stage_entry(st, own, date, restarted, out) ? DATED : NO_DATE;
}

static struct mop_sv stage_word(const struct mop_stage *st)
{
    return st->label.n ? st->label : st->name;
}

/* ---- skipped ---- */

enum trace { NEVER, ENTERED, CANNOT_TELL };

/* A date of any cycle, and one that cannot be read, shows that the stage was entered. */
static enum trace trace_of(const struct mop_test *t, const struct mop_value *const *v,
                           const struct mop_stage *own, const struct mop_stage *st)
{
    const struct mop_value *date = date_of(t, v, st);
    if (st == own)
        return ENTERED;
    if (!date || st->shares_date)
        return CANNOT_TELL;
    return MOP_IS_BLANK(date->state) ? NEVER : ENTERED;
}

/* A skip covers the gap if its ends may have been entered and nothing between them was. */
static bool covers(const struct mop_test *t, const struct mop_value *const *v,
                   const struct mop_stage *own, const struct mop_stage *missing,
                   const struct mop_skip *skip)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    const struct mop_stage *from = &l->stages[skip->from], *to = &l->stages[skip->to];
    if (!mop_stage_precedes(from, missing) || !mop_stage_precedes(missing, to) ||
        (to != own && !mop_stage_precedes(to, own)))
        return false;
    if (trace_of(t, v, own, from) == NEVER || trace_of(t, v, own, to) == NEVER)
        return false;
    for (size_t i = 0; i < l->nstages; i++)
        if (mop_stage_precedes(from, &l->stages[i]) && mop_stage_precedes(&l->stages[i], to) &&
            trace_of(t, v, own, &l->stages[i]) == ENTERED)
            return false;
    return true;
}

static enum mop_truth skip_is_legal(const struct mop_test *t, const struct mop_value *const *v,
                                    const struct mop_stage *own, const struct mop_stage *missing,
                                    struct mop_run *run)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    enum mop_truth best = MOP_FALSE;
    for (size_t i = 0; i < l->nskips; i++) {
        const struct mop_skip *skip = &l->skips[i];
        if (!covers(t, v, own, missing, skip))
            continue;
        enum mop_truth truth = !skip->when      ? MOP_TRUE
                               : run->condition ? run->condition(run, skip->when)
                                                : MOP_UNKNOWN;
        best = truth > best ? truth : best;
    }
    return best;
}

/* NA: the stage says nothing about this one. A blank that `requires` names is reported there, and
 * only there, as long as that check is judged and no milder. */
static enum mop_outcome skipped_one(const struct mop_test *t, const struct mop_value *const *v,
                                    const struct mop_stage *own, const struct mop_stage *st,
                                    struct mop_run *run)
{
    static const enum mop_outcome by_truth[] = {
        [MOP_FALSE] = MOP_FAIL, [MOP_UNKNOWN] = MOP_UNDECIDED, [MOP_TRUE] = MOP_PASS};
    const struct mop_stage_arg *arg = t->arg;
    if (!mop_stage_precedes(st, own) || !date_of(t, v, st))
        return MOP_NA;
    enum trace trace = trace_of(t, v, own, st);
    if (trace != NEVER)
        return trace == ENTERED ? MOP_PASS : MOP_NA;
    if (mop_stage_requires(arg->l, own, st->entered_at) &&
        mop_stage_told(arg->l, t, &mop_kind_requires, st->entered_at, run))
        return MOP_NA;
    return by_truth[skip_is_legal(t, v, own, st, run)];
}

static enum mop_outcome skipped_row(const struct mop_test *t, const struct mop_value *const *v,
                                    struct mop_run *run)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    const struct mop_stage *own = own_stage(t, v);
    enum mop_outcome worst = MOP_NA;
    if (!own)
        return MOP_UNDECIDED; /* no stage that the lifecycle knows */
    for (size_t i = 0; i < l->nstages; i++) {
        enum mop_outcome o = skipped_one(t, v, own, &l->stages[i], run);
        worst = o > worst ? o : worst;
    }
    return worst;
}

static void skipped_explain(const struct mop_test *t, const struct mop_value *const *v,
                            struct mop_run *run, struct mop_words *w)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    const struct mop_stage *own = own_stage(t, v);
    size_t said = 0;
    if (!own)
        return;
    mop_say(w, "is '%.*s' and was never ", MOP_SV_ARG(stage_word(own)));
    for (size_t i = 0; i < l->nstages; i++)
        if (skipped_one(t, v, own, &l->stages[i], run) >= MOP_UNDECIDED)
            mop_say(w, "%s'%.*s' (no %.*s)", said++ ? ", " : "",
                    MOP_SV_ARG(stage_word(&l->stages[i])),
                    MOP_SV_ARG(l->stages[i].entered_at->name));
}

/* ---- order ---- */

/*
 * May the date that the stage shares be its own? If the record's stage shares it, it is that one's;
 * else that of a stage the record came through. A terminal stage is none of these: its date may be
 * a plan.
 */
static bool may_be_of(const struct mop_stage *st, const struct mop_stage *own)
{
    if (st == own || !st->shares_date)
        return true;
    return own->entered_at != st->entered_at && !st->terminal &&
           (own->off_path || mop_stage_precedes(st, own));
}

/* The entry of a stage on the path in the present cycle, as far as the date may be its. */
static enum entry stage_date(const struct mop_test *t, const struct mop_value *const *v,
                             const struct mop_stage *own, const struct mop_stage *st,
                             struct mop_when *out)
{
    return st->off_path || !may_be_of(st, own) ? NO_DATE : entered(t, v, st, st, out);
}

/* May the date be that of one of the stages from..to-1 as well? */
static bool shared_with(const struct mop_lifecycle *l, const struct mop_stage *own,
                        const struct mop_stage *st, size_t from, size_t to)
{
    for (size_t i = from; i < to && st->shares_date; i++)
        if (!l->stages[i].off_path && l->stages[i].entered_at == st->entered_at &&
            may_be_of(&l->stages[i], own))
            return true;
    return false;
}

/* What the dates say of the order. */
struct order {
    const struct mop_stage *stage, *before; /* the first entered before its predecessor, if any */
    bool compared, unsure;                  /* some pair was; of some pair it cannot be told */
};

/* The last stage entered before this one, whichever stage a shared date is of. An end is an
 * alternative to what follows, not its predecessor. Over dates that nobody can read it looks
 * further back (*unsure): what is before a date two steps back is out of order wherever the one
 * between lies. */
static const struct mop_stage *entered_before(const struct mop_test *t,
                                              const struct mop_value *const *v,
                                              const struct mop_stage *own,
                                              const struct mop_stage *st, struct mop_when *out,
                                              bool *unsure)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    *unsure = false;
    for (size_t i = st->index; i-- > 0;) {
        const struct mop_stage *s = &l->stages[i];
        enum entry e = s->terminal ? NO_DATE : stage_date(t, v, own, s, out);
        if (e == NO_DATE || shared_with(l, own, s, i + 1, l->nstages))
            continue;
        if (e == DATED)
            return s;
        *unsure = true;
        if (shared_with(l, own, s, 0, i))
            return NULL; /* it may lie before the next one back */
    }
    return NULL;
}

/* One stage and its predecessor. */
static void compare_dates(const struct mop_test *t, const struct mop_value *const *v,
                          const struct mop_stage *own, const struct mop_stage *st, struct order *o)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    struct mop_when when, last;
    bool unsure;
    enum entry e = stage_date(t, v, own, st, &when);
    if (e == NO_DATE || shared_with(l, own, st, 0, st->index))
        return;
    const struct mop_stage *before = entered_before(t, v, own, st, &last, &unsure);
    o->unsure |= unsure || (before && e == UNREAD);
    if (!before || e == UNREAD)
        return;
    o->compared = true;
    if (mop_when_cmp(when, last) < 0)
        o->stage = st, o->before = before;
}

static struct order read_order(const struct mop_test *t, const struct mop_value *const *v,
                               const struct mop_stage *own)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    struct order o = {0};
    for (size_t i = 0; i < l->nstages && !o.stage; i++)
        compare_dates(t, v, own, &l->stages[i], &o);
    return o;
}

/* One date alone follows nothing and is followed by nothing, whatever it says. */
static bool order_idle(const struct mop_test *t, const struct mop_value *const *v)
{
    const struct mop_stage_arg *arg = t->arg;
    size_t dates = 0;
    for (size_t i = 1; i < t->nfields; i++)
        dates += i != arg->restarted && !MOP_IS_BLANK(v[i]->state);
    return dates < 2;
}

static enum mop_outcome order_row(const struct mop_test *t, const struct mop_value *const *v,
                                  struct mop_run *run)
{
    const struct mop_stage *own = own_stage(t, v);
    (void)run;
    if (!own)
        return MOP_UNDECIDED; /* no stage that the lifecycle knows */
    struct order o = read_order(t, v, own);
    if (o.stage)
        return MOP_FAIL;
    return o.unsure ? MOP_UNDECIDED : o.compared ? MOP_PASS : MOP_NA;
}

static void say_entry(const struct mop_test *t, const struct mop_value *const *v,
                      const struct mop_stage *st, struct mop_words *w)
{
    mop_say(w, "%.*s ", MOP_SV_ARG(st->entered_at->name));
    mop_say_value(w, st->entered_at, date_of(t, v, st)->written);
}

static void order_explain(const struct mop_test *t, const struct mop_value *const *v,
                          struct mop_run *run, struct mop_words *w)
{
    const struct mop_stage *own = own_stage(t, v);
    (void)run;
    struct order o = own ? read_order(t, v, own) : (struct order){0};
    if (!o.stage)
        return;
    say_entry(t, v, o.stage, w);
    mop_say(w, " is before ");
    say_entry(t, v, o.before, w);
    mop_say(w, ": '%.*s' comes after '%.*s'", MOP_SV_ARG(stage_word(o.stage)),
            MOP_SV_ARG(stage_word(o.before)));
}

/* ---- requires ---- */

static enum mop_outcome requires_row(const struct mop_test *t, const struct mop_value *const *v,
                                     struct mop_run *run)
{
    const struct mop_lifecycle *l = ((const struct mop_stage_arg *)t->arg)->l;
    const struct mop_stage *own = own_stage(t, v);
    (void)run;
    if (!own)
        return MOP_UNDECIDED; /* no stage that the lifecycle knows */
    if (!mop_stage_requires(l, own, t->fields[1]))
        return MOP_NA;
    return MOP_IS_BLANK(v[1]->state) ? MOP_FAIL : MOP_PASS;
}

static void requires_explain(const struct mop_test *t, const struct mop_value *const *v,
                             struct mop_run *run, struct mop_words *w)
{
    const struct mop_stage *own = own_stage(t, v);
    (void)run;
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[1]->name));
    mop_say_blank(w, t->fields[1], v[1]);
    if (own)
        mop_say(w, ", but '%.*s' requires it", MOP_SV_ARG(stage_word(own)));
}

/* ---- sla ---- */

struct clock {
    int64_t elapsed;
    bool waits;
};

/* A later stage with a date that speaks of this record's way, filled or blank. */
static bool has_date(const struct mop_test *t, const struct mop_value *const *v,
                     const struct mop_stage *own, const struct mop_stage *st)
{
    return date_of(t, v, st) && (st == own || !st->shares_date);
}

/* PASS: *c is filled. NA: the clock never ran, or the date of its end is blank. UNDECIDED: one of
 * its two dates cannot be read, or the next stage was entered, and no field could say when. */
static enum mop_outcome read_clock(const struct mop_test *t, const struct mop_value *const *v,
                                   const struct mop_stage *own, struct mop_run *run,
                                   struct clock *c)
{
    const struct mop_stage_arg *arg = t->arg;
    const struct mop_zone *zone = run->rules->zone;
    struct mop_when from, to;
    enum entry e = entered(t, v, own, arg->stage, &from);
    if (e != DATED)
        return e == UNREAD ? MOP_UNDECIDED : MOP_NA;
    c->waits = false;
    bool told = false;
    for (size_t i = 0; i < arg->l->nstages; i++) {
        const struct mop_stage *next = &arg->l->stages[i];
        if (!mop_stage_precedes(arg->stage, next))
            continue;
        told |= has_date(t, v, own, next);
        e = entered(t, v, own, next, &to);
        if (e == UNREAD)
            return MOP_UNDECIDED;
        if (e == NO_DATE)
            continue;
        if (mop_when_cmp(to, from) < 0) /* `order` speaks of it, or nobody does */
            return mop_stage_told(arg->l, t, &mop_kind_order, NULL, run) ? MOP_NA : MOP_UNDECIDED;
        c->elapsed = mop_stage_elapsed(arg->stage->calendar, zone, from, to);
        return MOP_PASS;
    }
    if (own == arg->stage) {
        c->waits = true;
        c->elapsed = mop_stage_elapsed(arg->stage->calendar, zone, from, run->rules->now);
        return MOP_PASS;
    }
    return mop_stage_precedes(arg->stage, own) && !told ? MOP_UNDECIDED : MOP_NA;
}

static enum mop_outcome sla_row(const struct mop_test *t, const struct mop_value *const *v,
                                struct mop_run *run)
{
    const struct mop_stage_arg *arg = t->arg;
    const struct mop_stage *own = own_stage(t, v);
    struct clock c;
    if (!own)
        return MOP_UNDECIDED; /* no stage that the lifecycle knows */
    enum mop_outcome o = read_clock(t, v, own, run, &c);
    if (o != MOP_PASS)
        return o;
    return c.elapsed > arg->stage->sla_us ? MOP_FAIL : MOP_PASS;
}

/* Hours up to two days, then days: what a person would say. Rounded down: it is never less than
 * that; but what makes it more than what is agreed is said. */
static void say_time(struct mop_words *w, int64_t us, int64_t agreed)
{
    int64_t seconds = us / 1000000 % 60, minutes = us / 60000000, hours = minutes / 60;
    int64_t rest = us % (24 * INT64_C(3600000000));
    if (hours >= 48) {
        mop_say(w, "%lld days", (long long)(hours / 24));
        if (us - rest <= agreed)
            mop_say_excess(w, rest);
    } else if (hours)
        mop_say(w, "%lld h %02lld min", (long long)hours, (long long)(minutes % 60));
    else
        mop_say(w, "%lld min", (long long)minutes);
    if (seconds && hours < 48)
        mop_say(w, " %02lld s", (long long)seconds);
}

static void sla_explain(const struct mop_test *t, const struct mop_value *const *v,
                        struct mop_run *run, struct mop_words *w)
{
    const struct mop_stage_arg *arg = t->arg;
    const struct mop_stage *own = own_stage(t, v);
    struct clock c;
    if (!own || read_clock(t, v, own, run, &c) != MOP_PASS)
        return;
    mop_say(w, c.waits ? "waits in '%.*s' for " : "was in '%.*s' for ",
            MOP_SV_ARG(stage_word(arg->stage)));
    say_time(w, c.elapsed, arg->stage->sla_us);
    mop_say(w, "%s, %.*s are agreed", arg->stage->calendar ? " of business time" : "",
            MOP_SV_ARG(arg->stage->sla_text));
}

/* ---- the table ---- */

/* LEADING: the stage, and for an sla the date its clock starts at. */
#define STAGE(NAME, SUMMARY, SEVERITY, DIMENSION, FLAGS, LEADING, IDLE, UNSURE, DOC)               \
    const struct mop_kind mop_kind_##NAME = {                                                      \
        .name = #NAME,                                                                             \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = "{\"type\": \"object\"}",                                                        \
        .severity = SEVERITY,                                                                      \
        .dimension = DIMENSION,                                                                    \
        .flags = MOP_K_HIDDEN | MOP_K_ROW | MOP_K_BLANK | (FLAGS),                                 \
        .leading = LEADING,                                                                        \
        .idle = IDLE,                                                                              \
        .unsure = UNSURE,                                                                          \
        .row = NAME##_row,                                                                         \
        .explain = NAME##_explain,                                                                 \
    }

STAGE(skipped, "every earlier stage of the path was entered", MOP_SEV_ERROR, MOP_DIM_CONSISTENCY, 0,
      1, NULL, "cannot be told: what 'skips' asks of the record is not known",
      "A customer who never was a lead drops out of every conversion rate: it is counted at the "
      "end of the funnel and not at its\n"
      "beginning. Legal jumps stand under 'skips'.\n"
      "  bad   lifecycle_stage: customer, mql_at:       good  lifecycle_stage: customer, mql_at: "
      "2026-03-02\n"
      "What to do: fill the date, mend the automation that sets the stage without it, or declare "
      "the skip. A blank date that the\n"
      "stage 'requires' is told there instead, unless that check is off or milder than this one.");
STAGE(order, "the dates of entry follow the order of the stages", MOP_SEV_ERROR,
      MOP_DIM_CONSISTENCY, MOP_K_UNREAD, 1, order_idle, NULL,
      "A date before its predecessor's gives a negative duration, and speed reports are averages "
      "of such durations. Dates before\n"
      "'restarted_at' belong to an earlier cycle and are compared with nothing.\n"
      "  bad   mql_at: 2026-03-05, sql_at: 2026-03-01\n"
      "What to do: correct the date; often a stage was set back and on again, and only one date "
      "was renewed.");
STAGE(
    requires, "the stage's required fields hold a value", MOP_SEV_ERROR, MOP_DIM_COMPLETENESS, 0, 1,
    NULL, NULL,
    "What a stage requires, every later one requires too: an opportunity without an owner is "
    "nobody's.\n"
    "  {name: salesqualifiedlead, requires: [owner]}       bad  lifecycle_stage: customer, owner:\n"
    "What to do: fill the field before moving the record on; a mandatory field of the stage in the "
    "CRM does it for you.");
STAGE(sla, "the next stage is reached in time", MOP_SEV_WARNING, MOP_DIM_TIMELINESS,
      MOP_K_UNREAD | MOP_K_CLOCK, 2, NULL,
      "cannot be told: the next stage has no date of entry, or one before this stage's",
      "From the entry of a stage to that of the next, or to --now while the record waits; with a "
      "calendar only business hours count,\n"
      "exact across changes of the clock. Dates without a time count whole days.\n"
      "  sla: {next: 8h, calendar: emea}\n"
      "What to do: work the oldest waiting records first; the report lists them.");
