/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <string.h>

/* Record types and the names of their fields, own ones and those of field sets. */

/* ---- field sets ---- */

struct set_parts {
    const struct mop_node *fields, *rules, *lifecycles;
};

bool mop_set_is_bare(const struct mop_node *n)
{
    if (n->kind != MOP_MAPPING)
        return false;
    const struct mop_node *f = mop_node_get(n, "fields");
    if (f && (f->kind == MOP_MAPPING || f->null))
        return false;
    for (size_t i = 0; i < n->n; i++)
        if (!mop_keys_has(&mop_keys_field_set, n->key[i]->text) || n->item[i]->kind == MOP_MAPPING)
            return true;
    return false;
}

static struct set_parts parts_of(const struct mop_node *n)
{
    struct set_parts p = {0};
    if (!n || n->kind != MOP_MAPPING || n->null)
        return p;
    p.fields = mop_keys_get(n, &mop_keys_field_set, "fields");
    p.rules = mop_keys_get(n, &mop_keys_field_set, "rules");
    p.lifecycles = mop_keys_get(n, &mop_keys_field_set, "lifecycles");
    return p;
}

/* The keys of every set, used or not. */
static void check_sets(struct mop_loader *l)
{
    const struct mop_node *sets = mop_keys_get(l->root, &mop_keys_top, "field_sets");
    for (size_t i = 0; sets && i < sets->n; i++) {
        const struct mop_node *n = sets->item[i];
        if (n->null)
            continue;
        mop_keys_check(&l->scope, n, &mop_keys_field_set);
        const struct mop_node *owner = mop_keys_get(n, &mop_keys_field_set, "owner");
        struct mop_sv ignored;
        if (owner)
            mop_read_person(&l->scope, owner, &ignored);
        struct set_parts p = parts_of(n);
        for (size_t k = 0; p.fields && k < p.fields->n; k++)
            mop_keys_check(&l->scope, p.fields->item[k], &mop_keys_field);
    }
}

/* One entry of `use`, read. */
struct use {
    const struct mop_node *at;
    struct set_parts parts;
    struct mop_layer *layer;
    const struct mop_node *columns;
};

static const struct mop_node *find_set(struct mop_loader *l, const struct mop_node *name)
{
    const struct mop_node *sets = mop_keys_get(l->root, &mop_keys_top, "field_sets");
    struct mop_sv text;
    if (mop_read_text(&l->scope, name, &text) != 0)
        return NULL;
    long i = sets ? mop_node_index(sets, text) : -1;
    if (i >= 0)
        return sets->item[i];
    mop_scope_fault(&l->scope, "unknown-field-set", name, "there is no field set '%.*s'",
                    MOP_SV_ARG(text));
    struct mop_sv *words = mop_arena_array(l->a, sets ? sets->n + 1 : 1, sizeof *words);
    for (size_t k = 0; sets && k < sets->n; k++)
        words[k] = sets->key[k]->text;
    long best = mop_suggest(text, words, sets ? sets->n : 0);
    if (best >= 0)
        mop_scope_hint(&l->scope, "did you mean '%.*s'?", MOP_SV_ARG(words[best]));
    return NULL;
}

static bool read_use(struct mop_loader *l, const struct mop_node *n, struct use *u)
{
    const struct mop_key_table *k = &mop_keys_use;
    const struct mop_node *name = n, *as = NULL, *severity = NULL;
    *u = (struct use){.at = n, .layer = mop_arena_alloc(l->a, sizeof *u->layer)};
    if (n->kind == MOP_MAPPING) {
        if (mop_keys_check(&l->scope, n, k) != 0)
            return false;
        name = mop_keys_get(n, k, "set");
        as = mop_keys_get(n, k, "as");
        severity = mop_keys_get(n, k, "severity");
        u->columns = mop_keys_get(n, k, "columns");
        if (!mop_node_get(n, "set"))
            mop_scope_fault(&l->scope, "missing-key", n,
                            "'set' is missing: which field set is used");
    }
    const struct mop_node *set = name ? find_set(l, name) : NULL;
    if (!set)
        return false;
    u->parts = parts_of(set);
    u->layer->set = u->parts.fields;
    if (as && mop_read_text(&l->scope, as, &u->layer->as) == 0)
        u->layer->prefix = mop_cat(l->a, u->layer->as, MOP_SV("_"));
    if (severity)
        u->layer->has_severity = mop_read_severity(&l->scope, severity, &u->layer->severity) == 0;
    return true;
}

/* ---- fields ---- */

static struct mop_node *scalar_like(struct mop_loader *l, const struct mop_node *like,
                                    struct mop_sv text)
{
    struct mop_node *n = mop_arena_alloc(l->a, sizeof *n);
    *n = *like;
    n->text = text;
    return n;
}

/* "UTM_{name}_FT__c" with the field's name in the set. */
static struct mop_sv fill_pattern(struct mop_loader *l, struct mop_sv pattern, struct mop_sv name)
{
    for (size_t i = 0; i + 6 <= pattern.n; i++)
        if (mop_sv_eq(mop_sv_sub(pattern, i, i + 6), MOP_SV("{name}")))
            return mop_arena_printf(l->a, "%.*s%.*s%.*s", (int)i, pattern.p, MOP_SV_ARG(name),
                                    MOP_SV_ARG(mop_sv_sub(pattern, i + 6, pattern.n)));
    return pattern;
}

/* The field of a set as this use sees it: with `columns` of the use in place of its own. */
static struct mop_node *field_of_set(struct mop_loader *l, const struct use *u,
                                     const struct mop_node *key, const struct mop_node *value)
{
    struct mop_node *f = mop_layer_clone(l, value, u->layer);
    if (!u->columns || (!value->null && value->kind != MOP_MAPPING) ||
        (!value->null && mop_node_get(value, "derive"))) /* read from no column */
        return f;
    size_t n = u->columns->kind == MOP_LIST ? u->columns->n : 1;
    struct mop_node *list = mop_arena_alloc(l->a, sizeof *list);
    *list = (struct mop_node){.kind = MOP_LIST, .at = u->columns->at, .span = u->columns->span};
    list->item = mop_arena_array(l->a, n ? n : 1, sizeof *list->item);
    for (size_t i = 0; i < n; i++) {
        const struct mop_node *p = u->columns->kind == MOP_LIST ? u->columns->item[i] : u->columns;
        list->item[list->n++] = scalar_like(l, p, fill_pattern(l, p->text, key->text));
    }
    struct mop_node *with = mop_arena_alloc(l->a, sizeof *with);
    *with = (struct mop_node){.kind = MOP_MAPPING, .at = value->at, .span = value->span, .n = 1};
    with->key = mop_arena_array(l->a, 1, sizeof *with->key);
    with->item = mop_arena_array(l->a, 1, sizeof *with->item);
    with->key[0] = scalar_like(l, u->columns, MOP_SV("columns"));
    with->item[0] = list;
    struct mop_node *merged = mop_merge_field(l, value->null ? NULL : f, with);
    mop_layer_put(l, merged, u->layer);
    return merged;
}

struct mop_field *mop_field_new(struct mop_loader *l, struct mop_record *r, struct mop_sv name,
                                struct mop_loc at)
{
    struct mop_field *f = mop_arena_alloc(l->a, sizeof *f);
    f->name = name;
    f->record = r;
    f->index = r->nfields;
    f->at = at;
    f->blanks = l->blanks;
    mop_ruleset_map(l->rs, &f->country_aliases);
    MOP_PUSH(l->a, r->fields, r->nfields, f);
    *mop_map_put(&r->by_name, name, NULL) = f->index;
    return f;
}

static void bad_name(struct mop_loader *l, const struct mop_node *key)
{
    static const char *const taken[] = {"all",         "any",          "not",
                                        "all_or_none", "combinations", "determines"};
    struct mop_sv name = key->text;
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (mop_sv_eqs(name, taken[i])) {
            mop_scope_fault(&l->scope, "bad-name", key,
                            "'%s' is a word of the rule language and no name for a field",
                            taken[i]);
            mop_scope_hint(&l->scope,
                           "name the field otherwise and give its column under 'columns'");
        }
    bool odd = name.n == 0;
    for (size_t i = 0; i < name.n; i++)
        odd |= name.p[i] == '.' || (unsigned char)name.p[i] <= ' ';
    if (odd) {
        mop_scope_fault(&l->scope, "bad-name", key, "'%.*s' is no name for a field",
                        MOP_SV_ARG(name));
        mop_scope_hint(
            &l->scope,
            "take letters, digits and _, and give the column's own name under 'columns'");
    }
}

/* Adds or merges a field; own nodes come after those of sets. */
static void put_field(struct mop_loader *l, struct mop_record *r, size_t first,
                      const struct mop_node *key, struct mop_sv name, struct mop_node *value)
{
    const struct mop_field *known = mop_record_field(r, name);
    if (known) { /* the nodes of a record's fields stand in the order of its fields */
        struct mop_field_node *fn = &l->fields[first + known->index];
        fn->node = mop_merge_field(l, (struct mop_node *)fn->node, value);
        fn->field->at = key->at;
        return;
    }
    bad_name(l, key);
    struct mop_field_node fn = {.field = mop_field_new(l, r, name, key->at),
                                .node = mop_merge_field(l, NULL, value)};
    MOP_PUSH(l->a, l->fields, l->nfields, fn);
}

static void add_pending(struct mop_loader *l, struct mop_pending **list, size_t *n,
                        const struct mop_node *items, struct mop_record *r,
                        const struct mop_layer *layer)
{
    for (size_t i = 0; items && i < items->n; i++) {
        struct mop_pending p = {
            .node = mop_layer_clone(l, items->item[i], layer), .record = r, .layer = layer};
        MOP_PUSH(l->a, *list, *n, p);
    }
}

/* {remove: true} under a record drops a set's field. */
static bool says_remove(const struct mop_node *n)
{
    const struct mop_node *r =
        n->kind == MOP_MAPPING && n->n == 1 ? mop_node_get(n, "remove") : NULL;
    return r && r->kind == MOP_SCALAR && mop_sv_eqs(r->text, "true");
}

static bool is_removed(const struct mop_node *own, struct mop_sv name)
{
    long i = own ? mop_node_index(own, name) : -1;
    return i >= 0 && says_remove(own->item[i]);
}

static void apply_use(struct mop_loader *l, struct mop_record *r, size_t first, const struct use *u,
                      const struct mop_node *own)
{
    for (size_t i = 0; u->parts.fields && i < u->parts.fields->n; i++) {
        const struct mop_node *key = u->parts.fields->key[i];
        struct mop_sv name = mop_cat(l->a, u->layer->prefix, key->text);
        if (is_removed(own, name))
            continue;
        put_field(l, r, first, key, name, field_of_set(l, u, key, u->parts.fields->item[i]));
    }
    add_pending(l, &l->rules, &l->nrules, u->parts.rules, r, u->layer);
    add_pending(l, &l->lifecycles, &l->nlifecycles, u->parts.lifecycles, r, u->layer);
}

static void load_fields_of(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    const struct mop_node *use = mop_keys_get(n, &mop_keys_record, "use");
    const struct mop_node *own = mop_keys_get(n, &mop_keys_record, "fields");
    size_t first = l->nfields;
    for (size_t i = 0; use && i < (use->kind == MOP_LIST ? use->n : 1); i++) {
        struct use u;
        if (read_use(l, use->kind == MOP_LIST ? use->item[i] : use, &u))
            apply_use(l, r, first, &u, own);
    }
    for (size_t i = 0; own && i < own->n; i++)
        if (!says_remove(own->item[i]))
            put_field(l, r, first, own->key[i], own->key[i]->text, own->item[i]);
}

static struct mop_record *new_record(struct mop_loader *l, const struct mop_node *key)
{
    struct mop_record *r = mop_arena_alloc(l->a, sizeof *r);
    r->name = key->text;
    r->kind = key->text;
    r->at = key->at;
    r->max_excluded_tenths = -1;
    r->zone = l->rs->zone;
    r->index = l->rs->nrecords;
    mop_ruleset_map(l->rs, &r->by_name);
    MOP_PUSH(l->a, l->rs->records, l->rs->nrecords, r);
    return r;
}

static void read_kind(struct mop_scope *s, const struct mop_node *n, struct mop_sv *out)
{
    static const char *const kinds[] = {"lead",     "contact", "account", "deal",
                                        "campaign", "session", "link",    "template"};
    struct mop_sv words[sizeof kinds / sizeof *kinds];
    const size_t count = sizeof kinds / sizeof *kinds;
    if (mop_read_text(s, n, out) != 0)
        return;
    for (size_t i = 0; i < count; i++) {
        words[i] = mop_sv_of(kinds[i]);
        if (mop_sv_eq(*out, words[i]))
            return;
    }
    mop_scope_fault(s, "bad-value", n, "'%.*s' is no kind of record", MOP_SV_ARG(*out));
    long near = mop_suggest(*out, words, count);
    if (near >= 0)
        mop_scope_hint(s, "did you mean '%s'?", kinds[near]);
    else
        mop_scope_hint(s, "one of lead, contact, account, deal, campaign, session, link, template");
}

/* Before the fields, which take it. The source's is said of the files, so it comes first. */
static void read_zone(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    const struct mop_node *source = mop_keys_get(n, &mop_keys_record, "source");
    const struct mop_node *at[] = {mop_keys_get(source, &mop_keys_source, "zone"),
                                   mop_keys_get(n, &mop_keys_record, "zone")};
    for (size_t i = sizeof at / sizeof *at; i-- > 0;) {
        const struct mop_zone *z = at[i] ? mop_read_zone(&l->scope, at[i]) : NULL;
        r->zone = z ? z : r->zone;
    }
}

void mop_load_records(struct mop_loader *l)
{
    const struct mop_node *map = mop_keys_get(l->root, &mop_keys_top, "records");
    check_sets(l);
    for (size_t i = 0; map && i < map->n; i++) {
        struct mop_record *r = new_record(l, map->key[i]);
        const struct mop_node *n = map->item[i], *x;
        if (mop_keys_check(&l->scope, n, &mop_keys_record) != 0)
            continue;
        if ((x = mop_keys_get(n, &mop_keys_record, "kind")))
            read_kind(&l->scope, x, &r->kind);
        if ((x = mop_keys_get(n, &mop_keys_record, "owner")))
            mop_read_person(&l->scope, x, &r->owner);
        read_zone(l, r, n);
        load_fields_of(l, r, n);
    }
    /* A policy of launches is whole by itself: the gate judges by it alone. */
    if (l->rs->nrecords == 0 && l->d->faults == 0 && !l->rs->gate)
        mop_scope_fault(&l->scope, "missing-key", l->root,
                        "there are no record types: nothing can be judged");
}
