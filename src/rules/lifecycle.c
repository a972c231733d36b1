/* SPDX-License-Identifier: MIT */
#include "rules/lifecycle_args.h"
#include "rules/keys.h"
#include "rules/kind_util.h"
#include "rules/loader.h"
#include "rules/stage_history.h"
#include <string.h>

/* Lifecycles from rule files: stages, skips, cycle. The checks they make are in lifecycle_tests.c.
 */

/* ---- stages ---- */

static int read_field_list(struct mop_scope *s, const struct mop_node *n, struct mop_field ***list,
                           size_t *count)
{
    size_t items = !n || n->null ? 0 : n->kind == MOP_LIST ? n->n : 1;
    int rc = 0;
    for (size_t i = 0; i < items; i++) {
        struct mop_field *f = mop_scope_field(s, n->kind == MOP_LIST ? n->item[i] : n);
        if (f)
            mop_fields_add(s->arena, list, count, f);
        else
            rc = -1;
    }
    return rc;
}

static struct mop_field *read_date(struct mop_scope *s, const struct mop_node *n)
{
    struct mop_field *f = mop_scope_field(s, n);
    if (!f || mop_field_is_time(f))
        return f;
    mop_scope_fault(s, "needs-type", n, "a lifecycle compares dates, but '%.*s' is %s",
                    MOP_SV_ARG(f->name), f->type ? f->type->name : "text");
    mop_scope_hint(s, "give the field a type: date or datetime");
    return NULL;
}

/* One that is there and could not be read was told of. */
static bool is_broken_calendar(const struct mop_scope *s, struct mop_sv name)
{
    const struct mop_node *map = s->rules->root ? mop_node_get(s->rules->root, "calendars") : NULL;
    return map && map->kind == MOP_MAPPING && mop_node_index(map, name) >= 0;
}

static int read_calendar(struct mop_scope *s, const struct mop_node *n, struct mop_stage *st)
{
    struct mop_sv name;
    if (mop_read_text(s, n, &name))
        return -1;
    st->calendar = mop_calendar_find(s->rules, name);
    if (!st->calendar && !is_broken_calendar(s, name))
        mop_scope_fault(s, "unknown-calendar", n, "there is no calendar '%.*s'", MOP_SV_ARG(name));
    return st->calendar ? 0 : -1;
}

/* `dated`: an `entered_at` is there, be it one that could not be read. */
static int read_sla(struct mop_scope *s, const struct mop_node *n, bool dated, struct mop_stage *st)
{
    static const char *const keys[] = {"next", "calendar", NULL};
    int rc = mop_check_keys(s, n, keys, "sla");
    if (n->kind != MOP_MAPPING)
        return -1;
    const struct mop_node *next = mop_node_get(n, "next"), *calendar = mop_node_get(n, "calendar");
    if (next)
        rc |= mop_read_duration(s, next, &st->sla_us) | mop_read_text(s, next, &st->sla_text);
    else
        rc |= mop_scope_fault(s, "missing-value", n,
                              "'sla' wants the time to the next stage: {next: 8h}");
    if (!st->entered_at && !dated)
        rc |= mop_scope_fault(s, "missing-value", n,
                              "an sla counts from 'entered_at', which stage '%.*s' has not",
                              MOP_SV_ARG(st->name));
    return calendar ? rc | read_calendar(s, calendar, st) : rc;
}

static int read_flag(struct mop_scope *s, const struct mop_node *n, bool *out)
{
    return n ? mop_read_bool(s, n, out) : 0;
}

static int read_text(struct mop_scope *s, const struct mop_node *n, struct mop_sv *out)
{
    return n ? mop_read_text(s, n, out) : 0;
}

static int read_stage(struct mop_scope *s, const struct mop_node *n, struct mop_stage *st)
{
    const struct mop_node *entered = mop_node_get(n, "entered_at"), *sla = mop_node_get(n, "sla");
    int rc = read_text(s, mop_node_get(n, "label"), &st->label) |
             read_text(s, mop_node_get(n, "definition"), &st->definition);
    rc |= read_flag(s, mop_node_get(n, "off_path"), &st->off_path) |
          read_flag(s, mop_node_get(n, "terminal"), &st->terminal);
    if (entered && !(st->entered_at = read_date(s, entered)))
        rc = -1;
    rc |= read_field_list(s, mop_node_get(n, "requires"), &st->requires, &st->nrequires);
    rc |= read_field_list(s, mop_node_get(n, "requires_here"), &st->requires_here,
                          &st->nrequires_here);
    st->sla_us = -1;
    return sla ? rc | read_sla(s, sla, entered != NULL, st) : rc;
}

static int read_stages(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    int rc = 0;
    int32_t step = 0;
    l->stages = mop_arena_array(s->arena, n->n + 1, sizeof *l->stages);
    for (size_t i = 0; i < n->n; i++) {
        struct mop_stage *st = &l->stages[l->nstages];
        const struct mop_node *name =
            n->item[i]->kind == MOP_MAPPING ? mop_node_get(n->item[i], "name") : NULL;
        if (mop_keys_check(s, n->item[i], &mop_keys_stage) || !name) {
            if (n->item[i]->kind == MOP_MAPPING)
                mop_scope_fault(s, "missing-value", n->item[i], "a stage wants a name");
            rc = -1;
            continue;
        }
        st->index = l->nstages++;
        st->at = n->item[i]->at;
        rc |= mop_read_text(s, name, &st->name) | read_stage(s, n->item[i], st);
        st->step = st->off_path ? MOP_OFF_PATH : step++;
    }
    return rc;
}

static void find_dates(struct mop_scope *s, struct mop_lifecycle *l)
{
    for (size_t i = 0; i < l->nstages; i++) {
        struct mop_stage *st = &l->stages[i];
        bool first = st->entered_at != NULL;
        for (size_t k = 0; st->entered_at && k < l->nstages; k++) {
            bool same = k != i && l->stages[k].entered_at == st->entered_at;
            st->shares_date |= same;
            first &= !(same && k < i);
        }
        if (first)
            mop_fields_add(s->arena, &l->dates, &l->ndates, st->entered_at);
    }
}

/* ---- skips ---- */

const struct mop_stage *mop_stage_named(struct mop_scope *s, const struct mop_lifecycle *l,
                                        const struct mop_node *n)
{
    const struct mop_vocabulary *stages = l->field->vocabulary;
    enum mop_rung rung;
    struct mop_sv text;
    if (mop_read_text(s, n, &text))
        return NULL;
    const struct mop_term *term = mop_vocabulary_look(stages, text, s->arena, &rung);
    const struct mop_stage *st = term ? mop_lifecycle_stage(l, term->value) : NULL;
    if (st) {
        mop_mention(s, term, n);
        return st;
    }
    mop_scope_fault(s, "transition-to-nowhere", n, "'%.*s' is no stage of this lifecycle",
                    MOP_SV_ARG(text));
    struct mop_sv near = mop_vocabulary_nearest(stages, text);
    if (near.n)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(near));
    return NULL;
}

/* Words for readers: of no use here, but text. */
static int check_words(struct mop_scope *s, const struct mop_node *n, const char *key)
{
    struct mop_sv text;
    const struct mop_node *words = mop_node_get(n, key);
    return words ? mop_read_text(s, words, &text) : 0;
}

static int read_skip(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    static const char *const keys[] = {"from", "to", "when", "why", "reason", NULL};
    if (mop_check_keys(s, n, keys, "a skip"))
        return -1;
    const struct mop_node *from = mop_node_get(n, "from"), *to = mop_node_get(n, "to"),
                          *when = mop_node_get(n, "when");
    if (check_words(s, n, "why") | check_words(s, n, "reason"))
        return -1;
    if (!from || !to)
        mop_scope_fault(s, "missing-value", n, "a skip wants {from: STAGE, to: STAGE}");
    const struct mop_stage *a = from ? mop_stage_named(s, l, from) : NULL,
                           *b = to ? mop_stage_named(s, l, to) : NULL;
    if (!a || !b)
        return -1;
    if (!mop_stage_precedes(a, b))
        return mop_scope_fault(
            s, "bad-value", n,
            "a skip goes forward on the path: '%.*s' does not come before '%.*s'",
            MOP_SV_ARG(a->name), MOP_SV_ARG(b->name));
    struct mop_skip *skip = &l->skips[l->nskips++];
    skip->from = a->index;
    skip->to = b->index;
    return when && !(skip->when = mop_compile_condition(s, when)) ? -1 : 0;
}

static int read_skips(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    int rc = 0;
    if (!n || n->null)
        return 0;
    l->skips = mop_arena_array(s->arena, n->n + 1, sizeof *l->skips);
    for (size_t i = 0; i < n->n; i++)
        rc |= read_skip(s, n->item[i], l);
    return rc;
}

static int read_cycle(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    static const char *const keys[] = {"restarted_at", NULL};
    if (!n || n->null)
        return 0;
    if (mop_check_keys(s, n, keys, "cycle"))
        return -1;
    const struct mop_node *at = mop_node_get(n, "restarted_at");
    if (!at)
        return mop_scope_fault(s, "missing-value", n, "'cycle' wants {restarted_at: FIELD}");
    l->restarted_at = read_date(s, at);
    return l->restarted_at ? 0 : -1;
}

struct mop_lifecycle *mop_lifecycle_compile(struct mop_scope *s, const struct mop_node *n)
{
    struct mop_lifecycle *l = mop_arena_alloc(s->arena, sizeof *l);
    if (mop_keys_check(s, n, &mop_keys_lifecycle))
        return NULL;
    const struct mop_node *id = mop_node_get(n, "id"), *field = mop_node_get(n, "field"),
                          *stages = mop_node_get(n, "stages");
    l->record = s->record;
    l->at = n->at;
    if (!id || !field || !stages || stages->kind != MOP_LIST || !stages->n) {
        mop_scope_fault(s, "missing-value", n, "a lifecycle wants id, field and stages");
        return NULL;
    }
    l->field = mop_scope_field(s, field);
    int rc = mop_read_text(s, id, &l->id);
    if (!l->field)
        return NULL;
    rc |= read_stages(s, stages, l);
    find_dates(s, l);
    rc |= read_cycle(s, mop_node_get(n, "cycle"), l);
    rc |= read_skips(s, mop_node_get(n, "skips"), l);
    rc |= mop_history_compile(s, n, l);
    return rc || mop_lifecycle_tests(s, l, n) ? NULL : l;
}
