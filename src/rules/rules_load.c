/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/args.h"
#include "rules/kinds.h"
#include "rules/lifecycle.h"

/* All checks of a record type, in the order of the file: input.*, its key, its fields', rules,
 * lifecycles. */

/* ---- input.* ---- */

static void load_input_checks(struct mop_loader *l, struct mop_record *r)
{
    static const struct mop_kind *const kinds[] = {&mop_kind_input_encoding, &mop_kind_input_nul,
                                                   &mop_kind_input_ragged, &mop_kind_input_json};
    static const char *const ids[] = {"input.encoding", "input.nul", "input.ragged", "input.json"};
    for (size_t i = 0; i < 4; i++) {
        struct mop_check *c = mop_check_new(l, r, NULL, kinds[i], r->at);
        c->role = MOP_CHECK_INPUT;
        c->id = mop_sv_of(ids[i]);
        mop_check_add(l, c, NULL);
    }
}

/* ---- of the whole record ---- */

static void load_compound_key(struct mop_loader *l, struct mop_record *r)
{
    struct mop_scope s = mop_scope_at(l, r, NULL, NULL);
    struct mop_check *c = mop_check_new(l, r, NULL, &mop_kind_unique, r->at);
    c->role = MOP_CHECK_RECORD;
    c->id = mop_cat(l->a, r->name, MOP_SV(".key"));
    c->assert_ = mop_expr_test(l->a, mop_unique_test(&s, r->key, r->nkey, false, r->at));
    mop_check_add(l, c, NULL);
}

/* unique: {row: true}: no two records alike in every column of the source. */
static void load_unique_row(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    struct mop_scope s = mop_scope_at(l, r, NULL, n);
    const struct mop_key_table *k = &mop_keys_unique_row;
    if (mop_keys_check(&s, n, k) != 0)
        return;
    const struct mop_node *row = mop_keys_get(n, k, "row"), *id = mop_keys_get(n, k, "id");
    bool on = false;
    if (!row) {
        mop_scope_fault(&s, "missing-key", n, "'row: true' is missing");
        mop_scope_hint(&s, "a field's own 'unique' stands under the field");
        return;
    }
    if (mop_read_bool(&s, row, &on) != 0 || !on)
        return;
    struct mop_check *c = mop_check_new(l, r, NULL, &mop_kind_unique, n->at);
    c->role = MOP_CHECK_RECORD;
    mop_check_options(l, c, n);
    c->id = id ? id->text : mop_cat(l->a, r->name, MOP_SV(".unique-row"));
    c->assert_ = mop_expr_test(l->a, mop_unique_test(&s, NULL, 0, true, n->at));
    mop_check_add(l, c, n);
}

/* ---- rules ---- */

struct kinds_seen {
    const struct mop_kind *first;
    struct mop_field *field;
    bool several_kinds, several_fields, cross, all_blank, personal;
};

static void see_test(struct mop_test *t, void *ctx)
{
    struct kinds_seen *k = ctx;
    k->several_kinds |= k->first && k->first != t->kind;
    k->first = k->first ? k->first : t->kind;
    struct mop_field *f = t->nfields > 0 && !(t->kind->flags & MOP_K_RECORD) ? t->fields[0] : NULL;
    k->several_fields |= !f || (k->field && k->field != f);
    k->field = k->field ? k->field : f;
    k->cross |= (t->kind->flags & MOP_K_CROSS) != 0;
    k->personal |= t->personal;
    k->all_blank &= (t->kind->flags & MOP_K_BLANK) != 0;
}

/* A rule over several kinds is an error by default, in its first kind's dimension. */
static void rule_defaults(struct mop_check *c)
{
    struct kinds_seen k = {.all_blank = true};
    mop_expr_each(c->assert_, see_test, &k);
    if (!k.first)
        return;
    c->kind = k.first;
    c->final_severity = k.several_kinds ? MOP_SEV_ERROR : k.first->severity;
    c->dimension = k.first->dimension;
    c->field = k.several_fields ? NULL : k.field;
    c->required_like = k.all_blank;
    c->cross = k.cross;
    c->personal = k.personal;
    c->guard = c->written_form = false;
}

static struct mop_sv rule_id(struct mop_loader *l, const struct mop_pending *p,
                             const struct mop_node *id)
{
    if (!p->layer)
        return id->text;
    return mop_arena_printf(l->a, "%.*s.%.*s%s%.*s", MOP_SV_ARG(p->record->name),
                            MOP_SV_ARG(p->layer->as), p->layer->as.n ? "." : "",
                            MOP_SV_ARG(id->text));
}

/* The keys of a rule that a check has as well. */
static const struct mop_node *rule_options(struct mop_loader *l, const struct mop_node *n)
{
    struct mop_node *out = mop_arena_alloc(l->a, sizeof *out);
    *out = *n;
    out->key = mop_arena_array(l->a, n->n ? n->n : 1, sizeof *out->key);
    out->item = mop_arena_array(l->a, n->n ? n->n : 1, sizeof *out->item);
    out->n = 0;
    for (size_t i = 0; i < n->n; i++) {
        if (!mop_keys_has(&mop_keys_common, n->key[i]->text) || mop_sv_eqs(n->key[i]->text, "use"))
            continue;
        out->key[out->n] = n->key[i];
        out->item[out->n++] = n->item[i];
    }
    return out;
}

void mop_load_rule(struct mop_loader *l, const struct mop_pending *p)
{
    const struct mop_key_table *k = &mop_keys_rule;
    const struct mop_node *n = p->node, *id = mop_keys_get(n, k, "id"),
                          *then = mop_keys_get(n, k, "then");
    struct mop_scope s = mop_scope_at(l, p->record, NULL, then ? then : n);
    struct mop_check *c =
        mop_check_new(l, p->record, NULL, &mop_kind_required, id ? id->at : n->at);
    c->role = MOP_CHECK_RULE;
    if (!id && !mop_node_get(n, "id"))
        mop_scope_fault(&s, "missing-key", n, "'id' is missing: by what name the rule is reported");
    if (!then && !mop_node_get(n, "then"))
        mop_scope_fault(&s, "missing-key", n, "'then' is missing: what must hold");
    c->assert_ = then ? mop_compile_assertion(&s, then) : NULL;
    if (c->assert_)
        rule_defaults(c);
    c->asks = then;
    const struct mop_node *about = mop_keys_get(n, k, "description");
    if (about && about->kind == MOP_SCALAR && !about->null)
        c->description = about->text;
    if (n->kind == MOP_MAPPING)
        mop_check_options(l, c, rule_options(l, n));
    mop_check_layer(c, p->layer, mop_node_get(n, "severity"), l);
    if (!id)
        return;
    c->id = rule_id(l, p, id);
    mop_check_add(l, c, id);
}

/* The record type that a rule or lifecycle names. */
static struct mop_record *record_of(struct mop_loader *l, const struct mop_node *n,
                                    const struct mop_key_table *k)
{
    if (mop_keys_check(&l->scope, n, k) != 0) {
        if (n->null)
            mop_scope_fault(&l->scope, "wrong-type", n, "this entry is empty");
        return NULL;
    }
    const struct mop_node *name = mop_keys_get(n, k, "record");
    if (name)
        return mop_scope_record(&l->scope, name);
    if (!mop_node_get(n, "record")) {
        mop_scope_fault(&l->scope, "missing-key", n,
                        "'record' is missing: which record type this is for");
    }
    return NULL;
}

/* Those of field sets come first: packs before the taxonomy's own. */
static void collect(struct mop_loader *l, const char *key, const struct mop_key_table *k,
                    struct mop_pending **list, size_t *n)
{
    for (size_t i = 0; i < *n; i++) {
        const struct mop_node *named = mop_node_get((*list)[i].node, "record");
        mop_keys_check(&l->scope, (*list)[i].node, k);
        if (named)
            mop_scope_fault(&l->scope, "misplaced-key", named,
                            "a field set serves any record type: 'record' has no place here");
    }
    const struct mop_node *own = mop_keys_get(l->root, &mop_keys_top, key);
    for (size_t i = 0; own && i < own->n; i++) {
        struct mop_pending p = {.node = own->item[i], .record = record_of(l, own->item[i], k)};
        if (p.record)
            MOP_PUSH(l->a, *list, *n, p);
    }
}

void mop_collect_pending(struct mop_loader *l)
{
    collect(l, "rules", &mop_keys_rule, &l->rules, &l->nrules);
    collect(l, "lifecycles", &mop_keys_lifecycle, &l->lifecycles, &l->nlifecycles);
}

static void load_checks_of(struct mop_loader *l, struct mop_record *r, const struct mop_node *n)
{
    const struct mop_node *unique = mop_keys_get(n, &mop_keys_record, "unique");
    load_input_checks(l, r);
    if (r->nkey > 1)
        load_compound_key(l, r);
    if (unique)
        load_unique_row(l, r, unique);
    for (size_t i = 0; i < l->nfields; i++)
        if (l->fields[i].field->record == r)
            mop_load_field_checks(l, &l->fields[i]);
    for (size_t i = 0; i < l->nrules; i++)
        if (l->rules[i].record == r)
            mop_load_rule(l, &l->rules[i]);
    for (size_t i = 0; i < l->nlifecycles; i++)
        if (l->lifecycles[i].record == r)
            mop_load_lifecycle(l, &l->lifecycles[i]);
}

void mop_load_checks(struct mop_loader *l)
{
    const struct mop_node *map = mop_keys_get(l->root, &mop_keys_top, "records");
    for (size_t i = 0; map && i < map->n; i++)
        load_checks_of(l, mop_ruleset_record(l->rs, map->key[i]->text), map->item[i]);
}
