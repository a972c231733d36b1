/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"

/* What a record type says about its records as a whole: key, date, weight, population, source. */

static const struct mop_key_table *const keys = &mop_keys_record;

static void load_key(struct mop_scope *s, struct mop_record *r, const struct mop_node *n)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    r->key = mop_arena_array(s->arena, count ? count : 1, sizeof *r->key);
    r->nkey = 0; /* a name that stands twice is a fault, and read twice */
    for (size_t i = 0; i < count; i++) {
        struct mop_field *f = mop_scope_field(s, n->kind == MOP_LIST ? n->item[i] : n);
        if (f)
            r->key[r->nkey++] = f;
    }
}

static void load_dated_by(struct mop_scope *s, struct mop_record *r, const struct mop_node *n)
{
    struct mop_field *f = mop_scope_field(s, n);
    if (!f)
        return;
    r->dated_by = f;
    if (f->type && f->type->as == MOP_AS_TIME)
        return;
    mop_scope_fault(s, "needs-type", n, "'dated_by' wants a date, but '%.*s' is %s",
                    MOP_SV_ARG(f->name), f->type ? f->type->name : "text");
    mop_scope_hint(s, "give the field a type: date or datetime");
}

/* ---- weight ---- */

static void load_currency(struct mop_scope *s, struct mop_weight *w, const struct mop_node *n)
{
    static const char *const is_keys[] = {"is", NULL};
    if (n->kind != MOP_MAPPING) {
        w->currency = mop_scope_field(s, n);
        if (!w->currency && n->kind != MOP_LIST)
            mop_scope_hint(s, "a currency that all records share is written {is: %.*s}",
                           MOP_SV_ARG(n->text));
        return;
    }
    mop_check_keys(s, n, is_keys, "a currency");
    const struct mop_node *is = mop_node_get(n, "is");
    if (is)
        mop_read_text(s, is, &w->currency_is);
}

static void add_rate(struct mop_scope *s, struct mop_weight *w, size_t *n, struct mop_sv currency,
                     mop_i128 rate)
{
    *mop_map_put(&w->rates, currency, NULL) = *n;
    MOP_PUSH(s->arena, w->rate_values, *n, rate);
}

static void load_rates(struct mop_scope *s, struct mop_weight *w, const struct mop_node *n)
{
    size_t count = 0;
    if (w->to.n > 0)
        add_rate(s, w, &count, w->to, MOP_UNIT);
    for (size_t i = 0; n && i < n->n; i++) {
        mop_i128 rate;
        if (mop_read_decimal(s, n->item[i], &rate) != 0)
            continue;
        if (rate <= 0)
            mop_scope_fault(s, "bad-value", n->item[i], "a rate is more than 0");
        else
            add_rate(s, w, &count, n->key[i]->text, rate);
    }
}

/* Money in a currency that nothing converts would be in no figure, of any record. */
static void need_rate(struct mop_scope *s, const struct mop_weight *w, const struct mop_node *at)
{
    if (!w->currency_is.n || mop_map_find(&w->rates, w->currency_is))
        return;
    mop_scope_fault(s, "bad-value", at, "nothing converts '%.*s' to '%.*s'",
                    MOP_SV_ARG(w->currency_is), MOP_SV_ARG(w->to));
    mop_scope_hint(s, "give its rate: rates: {%.*s: 0.92}, or name the currency as 'to' does",
                   MOP_SV_ARG(w->currency_is));
}

static void need_number(struct mop_scope *s, const struct mop_field *f, const struct mop_node *at)
{
    if (!f || (f->type && f->type->as == MOP_AS_NUMBER))
        return;
    mop_scope_fault(s, "needs-type", at, "a weight wants a number, but '%.*s' is %s",
                    MOP_SV_ARG(f->name), f->type ? f->type->name : "text");
    mop_scope_hint(s, "give the field a type: decimal or integer");
}

size_t mop_load_weight(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_weight;
    struct mop_scope scope = mop_scope_at(l, r, NULL, n), *s = &scope;
    struct mop_weight *w = mop_arena_alloc(l->a, sizeof *w);
    const struct mop_node *x = n;
    w->at = n->at;
    mop_ruleset_map(l->rs, &w->rates);
    if (n->kind == MOP_MAPPING) {
        mop_keys_check(s, n, k);
        x = mop_keys_get(n, k, "field");
        if (!x)
            mop_scope_fault(s, "missing-key", n, "'field' is missing: which field is the money");
    }
    if (x)
        need_number(s, w->field = mop_scope_field(s, x), x);
    const struct mop_node *currency = mop_keys_get(n, k, "currency"),
                          *to = mop_keys_get(n, k, "to"), *rates = mop_keys_get(n, k, "rates");
    if (currency)
        load_currency(s, w, currency);
    if (to)
        mop_read_text(s, to, &w->to);
    else if (w->currency_is.n > 0)
        w->to = w->currency_is;
    else if (currency || rates)
        mop_scope_fault(s, "missing-key", currency ? currency : rates,
                        "'to' is missing: the currency of the report");
    load_rates(s, w, rates);
    need_rate(s, w, currency);
    if ((x = mop_keys_get(n, k, "where")))
        w->where = mop_load_when(l, r, NULL, x);
    if (!w->field)
        return SIZE_MAX;
    MOP_PUSH(l->a, r->weights, r->nweights, w);
    return r->nweights - 1;
}

/* ---- population ---- */

static void load_exclude(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_exclude;
    struct mop_scope s = mop_scope_at(l, r, NULL, n);
    struct mop_exclude e = {0};
    if (mop_keys_check(&s, n, k) != 0)
        return;
    const struct mop_node *id = mop_keys_get(n, k, "id"), *reason = mop_keys_get(n, k, "reason"),
                          *where = mop_keys_get(n, k, "where");
    if (id)
        mop_read_text(&s, id, &e.id);
    else
        mop_scope_fault(&s, "missing-key", n,
                        "'id' is missing: how the report calls these records");
    if (reason)
        mop_read_text(&s, reason, &e.reason);
    for (size_t i = 0; id && i < r->nexcludes; i++)
        if (mop_sv_eq(r->excludes[i].id, e.id))
            mop_scope_fault(&s, "duplicate-id", id, "id '%.*s' stands twice", MOP_SV_ARG(e.id));
    if (where)
        e.where = mop_load_when(l, r, NULL, e.where_node = where);
    else
        mop_scope_fault(&s, "missing-key", n, "'where' is missing: which records are left out");
    if (e.where)
        MOP_PUSH(l->a, r->excludes, r->nexcludes, e);
}

static void load_population(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    struct mop_scope s = mop_scope_at(l, r, NULL, n);
    mop_keys_check(&s, n, &mop_keys_population);
    const struct mop_node *list = mop_keys_get(n, &mop_keys_population, "exclude");
    const struct mop_node *max = mop_keys_get(n, &mop_keys_population, "max_excluded");
    for (size_t i = 0; list && i < list->n; i++)
        load_exclude(l, r, list->item[i]);
    if (max)
        mop_read_percent(&s, max, &r->max_excluded_tenths);
}

/* ---- source ---- */

static void load_delimiter(struct mop_scope *s, struct mop_record *r, const struct mop_node *n)
{
    struct mop_sv t;
    if (mop_read_text(s, n, &t) != 0)
        return;
    if (mop_sv_eq_nocase(t, MOP_SV("tab")) || mop_sv_eqs(t, "\\t"))
        t = MOP_SV("\t");
    if (t.n == 1)
        r->source.delimiter = t.p[0];
    else
        mop_scope_fault(s, "bad-value", n, "'%.*s' is no delimiter: one character, or tab",
                        MOP_SV_ARG(t));
}

static void load_source(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_source;
    struct mop_scope s = mop_scope_at(l, r, NULL, n);
    const struct mop_node *x;
    struct mop_sv t;
    uint64_t lines;
    if (mop_keys_check(&s, n, k) != 0)
        return;
    if ((x = mop_keys_get(n, k, "files")))
        mop_read_texts(&s, x, &r->files, &r->nfiles);
    if ((x = mop_keys_get(n, k, "delimiter")))
        load_delimiter(&s, r, x);
    if ((x = mop_keys_get(n, k, "encoding")) && mop_read_text(&s, x, &t) == 0)
        r->source.encoding = mop_arena_str(l->a, t);
    if ((x = mop_keys_get(n, k, "skip_lines")) && mop_read_u64(&s, x, &lines) == 0)
        r->source.skip_lines = lines > UINT32_MAX ? UINT32_MAX : (uint32_t)lines;
}

static void load_settings(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    struct mop_scope s = mop_scope_at(l, r, NULL, n);
    const struct mop_node *x;
    if ((x = mop_keys_get(n, keys, "key")))
        load_key(&s, r, x);
    if ((x = mop_keys_get(n, keys, "dated_by")))
        load_dated_by(&s, r, x);
    if ((x = mop_keys_get(n, keys, "weight")))
        r->own_weight = mop_load_weight(l, r, x) != SIZE_MAX;
    if ((x = mop_keys_get(n, keys, "population")))
        load_population(l, r, x);
    if ((x = mop_keys_get(n, keys, "source")))
        load_source(l, r, x);
}

void mop_load_record_settings(struct mop_loader *l)
{
    const struct mop_node *map = mop_keys_get(l->root, &mop_keys_top, "records");
    for (size_t i = 0; map && i < map->n; i++)
        load_settings(l, mop_ruleset_record(l->rs, map->key[i]->text), map->item[i]);
}
