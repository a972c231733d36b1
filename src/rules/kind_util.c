/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

/* Reading the arguments of kinds. The words are in kind_words.c. */

const struct mop_node *mop_option(const struct mop_node *use, const struct mop_node *opts,
                                  const char *key)
{
    const struct mop_node *n = NULL;
    if (use && use->kind == MOP_MAPPING)
        n = mop_node_get(use, key);
    if (!n && opts && opts->kind == MOP_MAPPING)
        n = mop_node_get(opts, key);
    return n;
}

const struct mop_node *mop_option_at(struct mop_scope *s, const struct mop_node *use,
                                     const struct mop_node *opts)
{
    if (use)
        return use;
    if (opts)
        return opts;
    if (s->test)
        return s->test;
    return mop_scalar(s->arena, MOP_SV(""), s->field ? s->field->at : (struct mop_loc){0});
}

struct mop_node *mop_scalar(struct mop_arena *a, struct mop_sv text, struct mop_loc at)
{
    struct mop_node *n = mop_arena_alloc(a, sizeof *n);
    n->kind = MOP_SCALAR;
    n->text = text;
    n->at = at;
    n->span = 1;
    return n;
}

int mop_need_use(struct mop_scope *s, const struct mop_kind *k, const struct mop_node *use,
                 const struct mop_node *opts, const char *wants)
{
    if (use && !use->null && (use->kind != MOP_LIST || use->n))
        return 0;
    return mop_scope_fault(s, "missing-value", mop_option_at(s, use, opts), "'%s' wants %s",
                           k->name, wants);
}

int mop_need_true(struct mop_scope *s, const struct mop_kind *k, const struct mop_node *use)
{
    bool on = true;
    if (use && mop_read_bool(s, use, &on))
        return -1;
    if (on)
        return 0;
    mop_scope_fault(s, "bad-value", use, "'%s: false' checks nothing", k->name);
    mop_scope_hint(s, "leave the key out, or write 'severity: off' in an override");
    return -1;
}

void mop_fields_add(struct mop_arena *a, struct mop_field ***list, size_t *n, struct mop_field *f)
{
    if ((*n & (*n - 1)) == 0) { /* full at every power of two, and at 0 */
        struct mop_field **more = mop_arena_array(a, *n ? *n * 2 : 1, sizeof(struct mop_field *));
        if (*n)
            memcpy(more, *list, *n * sizeof *more);
        *list = more;
    }
    (*list)[(*n)++] = f;
}

void mop_test_reads(struct mop_scope *s, struct mop_test *t, struct mop_field *f)
{
    struct mop_field **list = mop_arena_array(s->arena, t->nfields + 1, sizeof *list);
    if (t->nfields)
        memcpy(list, t->fields, t->nfields * sizeof *list);
    list[t->nfields++] = f;
    t->fields = list;
}

int mop_test_reads_all(struct mop_scope *s, struct mop_test *t, const struct mop_node *names)
{
    size_t n = names->kind == MOP_LIST ? names->n : 1;
    int rc = 0;
    for (size_t i = 0; i < n; i++) {
        const struct mop_node *name = names->kind == MOP_LIST ? names->item[i] : names;
        struct mop_field *f = mop_scope_field(s, name);
        rc |= f ? mop_test_reads_also(s, t, f, name) : -1;
    }
    return rc;
}

int mop_test_reads_also(struct mop_scope *s, struct mop_test *t, struct mop_field *f,
                        const struct mop_node *name)
{
    for (size_t i = 0; i < t->nfields; i++)
        if (t->fields[i] == f)
            return mop_scope_fault(s, "bad-value", name,
                                   "'%.*s' stands twice: it is compared with itself",
                                   MOP_SV_ARG(f->name));
    mop_test_reads(s, t, f);
    return 0;
}

/* ---- numbers and times ---- */

bool mop_field_is_number(const struct mop_field *f)
{
    return f->type && f->type->as == MOP_AS_NUMBER;
}

bool mop_field_is_time(const struct mop_field *f)
{
    return f->type && f->type->as == MOP_AS_TIME;
}

static int wrong_type(struct mop_scope *s, const struct mop_test *t, const struct mop_field *f,
                      const struct mop_node *at, const char *wants)
{
    mop_scope_fault(s, "needs-type", at, "'%s' wants %s, but '%.*s' is %s", t->kind->name, wants,
                    MOP_SV_ARG(f->name), f->type ? f->type->name : "text");
    mop_scope_hint(s, "give the field a type: %s",
                   mop_sv_eqs(mop_sv_of(wants), "a date") ? "date or datetime"
                                                          : "decimal, integer, date or datetime");
    return -1;
}

int mop_need_comparable(struct mop_scope *s, const struct mop_test *t, const struct mop_field *f,
                        const struct mop_node *at)
{
    return mop_field_is_number(f) || mop_field_is_time(f)
               ? 0
               : wrong_type(s, t, f, at, "a number or a date");
}

int mop_need_time(struct mop_scope *s, const struct mop_test *t, const struct mop_field *f,
                  const struct mop_node *at)
{
    return mop_field_is_time(f) ? 0 : wrong_type(s, t, f, at, "a date");
}

static int read_time(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                     struct mop_bound *out)
{
    const struct mop_zone *zone = f->type_options.zone ? f->type_options.zone : s->rules->zone;
    struct mop_typed typed = {0};
    out->is_time = true;
    if (mop_date_parse_iso(zone, out->text, &out->when)) {
        out->when = mop_when_on(out->when, s->rules->zone);
        return 0;
    }
    if (!f->type->read(out->text, &f->type_options, &typed, s->arena, NULL))
        return mop_scope_fault(s, "bad-value", n, "'%.*s' is no date", MOP_SV_ARG(out->text));
    out->when = typed.when;
    return 0;
}

int mop_read_bound(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                   struct mop_bound *out)
{
    struct mop_sv text;
    if (mop_read_text(s, n, &text))
        return -1;
    out->set = true;
    out->text = mop_sv_trim(text);
    return mop_field_is_time(f) ? read_time(s, f, n, out) : mop_read_number(s, n, &out->number);
}

static int number_cmp(mop_i128 a, mop_i128 b)
{
    return a < b ? -1 : a > b;
}

int mop_bound_cmp(const struct mop_value *v, const struct mop_bound *b)
{
    return b->is_time ? mop_when_cmp(v->typed.when, b->when)
                      : number_cmp(v->typed.number, b->number);
}

int mop_value_cmp(const struct mop_value *a, const struct mop_value *b)
{
    if (a->typed.has_when && b->typed.has_when)
        return mop_when_cmp(a->typed.when, b->typed.when);
    return number_cmp(a->typed.number, b->typed.number);
}

/* ---- sets of values ---- */

static int by_bytes(const void *a, const void *b)
{
    return mop_sv_cmp(*(const struct mop_sv *)a, *(const struct mop_sv *)b);
}

void mop_set_make(struct mop_arena *a, struct mop_set *s, struct mop_sv *list, size_t n)
{
    s->list = list;
    s->n = n;
    s->sorted = mop_arena_array(a, n + 1, sizeof *s->sorted);
    if (n)
        memcpy(s->sorted, list, n * sizeof *list);
    qsort(s->sorted, n, sizeof *s->sorted, by_bytes);
}

bool mop_set_has(const struct mop_set *s, struct mop_sv v)
{
    return s->n && bsearch(&v, s->sorted, s->n, sizeof *s->sorted, by_bytes);
}

bool mop_set_lists(const struct mop_set *s, const struct mop_value *v)
{
    bool times = s->when && v->typed.has_when;
    struct mop_form f;
    for (size_t i = 0; times && i < s->n; i++)
        if (mop_when_cmp(v->typed.when, s->when[i]) == 0)
            return true;
    for (size_t i = 0; !times && mop_value_form(v, i, &f); i++)
        if (mop_set_has(s, f.text))
            return true;
    return false;
}

struct mop_sv mop_set_nearest(const struct mop_set *s, struct mop_sv v)
{
    long i = mop_suggest(v, s->list, s->n);
    return i < 0 ? MOP_SV_NONE : s->list[i];
}

/* The list as times, if the field's values are compared as such. */
static struct mop_when *times_of(struct mop_scope *s, const struct mop_field *f,
                                 const struct mop_sv *list, size_t n)
{
    if (!mop_field_is_time(f) || f->vocabulary)
        return NULL;
    struct mop_when *when = mop_arena_array(s->arena, n + 1, sizeof *when);
    for (size_t i = 0; i < n; i++) {
        if (!mop_date_parse_iso(NULL, list[i], &when[i]))
            return NULL;
        when[i] = mop_when_on(when[i], s->rules->zone);
    }
    return when;
}

int mop_read_meant_set(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                       struct mop_set *out)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    struct mop_sv *list = mop_arena_array(s->arena, count + 1, sizeof *list);
    int rc = 0;
    if (n->kind == MOP_MAPPING)
        return mop_scope_fault(s, "bad-value", n, "wants a value or a list of values");
    for (size_t i = 0; i < count; i++)
        rc |= mop_read_meant(s, f, n->kind == MOP_LIST ? n->item[i] : n, &list[i]);
    mop_set_make(s->arena, out, list, rc ? 0 : count);
    out->when = rc ? NULL : times_of(s, f, list, count);
    return rc;
}

int mop_read_text_set(struct mop_scope *s, const struct mop_node *n, struct mop_set *out)
{
    struct mop_sv *list;
    size_t count;
    if (mop_read_texts(s, n, &list, &count))
        return -1;
    mop_set_make(s->arena, out, list, count);
    return 0;
}

const struct mop_vocabulary *mop_vocabulary_now(const struct mop_vocabulary *v,
                                                const struct mop_run *run)
{
    if (!v->from_record || !run || !run->runtime || !run->runtime[v->runtime].v)
        return v;
    return run->runtime[v->runtime].v;
}

bool mop_vocabulary_has(const struct mop_vocabulary *v, struct mop_sv meant,
                        const struct mop_run *run, bool *expired)
{
    const uint64_t *item = mop_map_find(&mop_vocabulary_now(v, run)->exact, meant);
    item = item ? item : mop_map_find(&v->exact, meant);
    bool over = item && ((const struct mop_term *)(uintptr_t)*item)->expired;
    if (expired)
        *expired = over;
    return item && !over;
}
