/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/vocabulary.h"
#include <string.h>

/* Vocabularies from YAML and CSV: terms and folds; groups are in vocabulary_groups.c. How a value
 * is looked up: vocabulary.c. */

struct mop_vocabulary *mop_vocabulary_begin(struct mop_scope *s, struct mop_sv name,
                                            struct mop_loc at)
{
    struct mop_vocabulary *v = mop_arena_alloc(s->arena, sizeof *v);
    v->name = name;
    v->at = at;
    v->fold = MOP_FOLD_BLANKS | MOP_FOLD_CASE;
    v->runtime = SIZE_MAX;
    struct mop_map *maps[] = {&v->exact,        &v->folded,         &v->squeezed, &v->alias,
                              &v->alias_folded, &v->alias_squeezed, &v->spoken};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        mop_ruleset_map(s->rules, maps[i]);
    MOP_PUSH(s->arena, s->rules->vocabularies, s->rules->nvocabularies, v);
    return v;
}

/* The term of that value, made if it is not there; a second mention is a fault unless `again`. */
static struct mop_term *term_of(struct mop_scope *s, struct mop_vocabulary *v,
                                const struct mop_node *value, bool again)
{
    struct mop_sv text;
    if (mop_read_text(s, value, &text) != 0)
        return NULL;
    if (mop_sv_trim(text).n == 0) {
        mop_scope_fault(s, "bad-value", value, "a blank is no value of a vocabulary");
        mop_scope_hint(s, "what counts as blank is said by 'blanks'");
        return NULL;
    }
    bool added;
    uint64_t *item = mop_map_put(&v->exact, text, &added);
    if (!added) {
        if (again)
            return (struct mop_term *)(uintptr_t)*item;
        mop_scope_fault(s, "duplicate-value", value, "value '%.*s' stands twice", MOP_SV_ARG(text));
        return NULL;
    }
    struct mop_term *t = mop_arena_alloc(s->arena, sizeof *t);
    t->value = text;
    t->valid = MOP_WINDOW_OPEN;
    t->at = value->at;
    *item = (uint64_t)(uintptr_t)t;
    MOP_PUSH(s->arena, v->terms, v->nterms, t);
    return t;
}

static void read_provisional(struct mop_scope *s, struct mop_term *t, const struct mop_node *n)
{
    t->provisional_until = INT32_MAX;
    if (n->kind == MOP_SCALAR) {
        mop_read_bool(s, n, &t->provisional);
        return;
    }
    t->provisional = true;
    mop_keys_check(s, n, &mop_keys_provisional);
    const struct mop_node *until = mop_keys_get(n, &mop_keys_provisional, "until");
    const struct mop_node *by = mop_keys_get(n, &mop_keys_provisional, "by");
    if (until && mop_read_day(s, until, &t->provisional_until) == 0)
        t->expired = t->provisional_until < s->rules->as_of.day;
    if (by)
        mop_read_text(s, by, &t->provisional_by);
}

static void read_aliases(struct mop_scope *s, struct mop_term *t, const struct mop_node *n)
{
    if (mop_read_texts(s, n, &t->aliases, &t->naliases) != 0)
        return;
    t->alias_at = mop_arena_array(s->arena, t->naliases + 1, sizeof *t->alias_at);
    for (size_t i = 0; i < t->naliases; i++)
        t->alias_at[i] = n->kind == MOP_LIST ? n->item[i]->at : n->at;
}

void mop_term_read(struct mop_scope *s, struct mop_term *t, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_term;
    const struct mop_node *x;
    if ((x = mop_keys_get(n, k, "label")))
        mop_read_text(s, x, &t->label);
    if ((x = mop_keys_get(n, k, "aliases")))
        read_aliases(s, t, x);
    if ((x = mop_keys_get(n, k, "valid")))
        t->has_valid = mop_read_window(s, x, &t->valid) == 0;
    if ((x = mop_keys_get(n, k, "provisional")))
        read_provisional(s, t, x);
    if ((x = mop_keys_get(n, k, "catch_all")))
        mop_read_bool(s, x, &t->catch_all);
}

static void read_values(struct mop_scope *s, struct mop_vocabulary *v, const struct mop_node *n,
                        bool again)
{
    for (size_t i = 0; i < n->n; i++) {
        struct mop_term *t = term_of(s, v, n->kind == MOP_MAPPING ? n->key[i] : n->item[i], again);
        if (t && n->kind == MOP_MAPPING && !n->item[i]->null &&
            mop_keys_check(s, n->item[i], &mop_keys_term) == 0)
            mop_term_read(s, t, n->item[i]);
    }
}

/* `use` names are looked up when all values are known; chains are followed to their end. */
static void bind_use(struct mop_scope *s, struct mop_vocabulary *v, const struct mop_node *values)
{
    for (size_t i = 0; values->kind == MOP_MAPPING && i < values->n; i++) {
        const struct mop_node *use = mop_keys_get(values->item[i], &mop_keys_term, "use");
        const uint64_t *from = mop_map_find(&v->exact, values->key[i]->text);
        struct mop_sv text;
        if (!use || !from || mop_read_text(s, use, &text) != 0)
            continue;
        const uint64_t *to = mop_map_find(&v->exact, text);
        if (to) {
            ((struct mop_term *)(uintptr_t)*from)->use = (struct mop_term *)(uintptr_t)*to;
            continue;
        }
        mop_scope_fault(s, "unknown-value", use, "'%.*s' is no value of this vocabulary",
                        MOP_SV_ARG(text));
        struct mop_sv near = mop_vocabulary_nearest(v, text);
        if (near.n > 0)
            mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(near));
    }
}

static void follow_use(struct mop_scope *s, struct mop_vocabulary *v)
{
    for (size_t i = 0; i < v->nterms; i++) {
        struct mop_term *t = v->terms[i];
        size_t steps = 0;
        while (t->use && t->use->use && steps++ <= v->nterms)
            t->use = t->use->use;
        if (t->use == t || steps > v->nterms) {
            struct mop_node at = {.at = t->at, .span = (uint32_t)t->value.n};
            mop_scope_fault(s, "cyclic-use", &at, "'%.*s' is to be replaced by itself",
                            MOP_SV_ARG(t->value));
            t->use = NULL;
        }
    }
}

/* A row of value[,label,aliases...]. */
static void read_row(struct mop_scope *s, struct mop_vocabulary *v, const struct mop_table *table,
                     size_t row)
{
    struct mop_sv *cell = table->rows[row];
    size_t n = table->widths[row];
    struct mop_node at = {
        .kind = MOP_SCALAR, .text = cell[0], .at = {table->path, table->lines[row], 1}, .span = 1};
    struct mop_term *t = term_of(s, v, &at, false);
    if (!t)
        return;
    if (n > 1)
        t->label = cell[1];
    t->aliases = mop_arena_array(s->arena, n, sizeof *t->aliases);
    t->alias_at = mop_arena_array(s->arena, n, sizeof *t->alias_at);
    for (size_t i = 2; i < n; i++) {
        if (cell[i].n == 0)
            continue;
        t->alias_at[t->naliases] =
            (struct mop_loc){table->path, table->lines[row], table->cols[row][i]};
        t->aliases[t->naliases++] = cell[i];
    }
}

/* value,label,alias,alias: what is called otherwise would be taken for one of these. */
static int check_header(struct mop_scope *s, const struct mop_table *t)
{
    static const char *const names[] = {"value", "label", "alias", "aliases"};
    int rc = 0;
    for (size_t i = 0; i < t->widths[0]; i++) {
        struct mop_sv name = t->rows[0][i];
        bool known = mop_sv_eq_nocase(name, mop_sv_of(names[i < 2 ? i : 2])) ||
                     (i >= 2 && mop_sv_eq_nocase(name, mop_sv_of(names[3])));
        if (known)
            continue;
        struct mop_node cell = mop_table_cell(t, 0, i);
        rc = mop_scope_fault(s, "bad-table", &cell,
                             i == 0   ? "the first column is not called 'value', but '%.*s'"
                             : i == 1 ? "the second column is not called 'label', but '%.*s'"
                                      : "column '%.*s' is none of a vocabulary",
                             MOP_SV_ARG(name));
        mop_scope_hint(s, "the file begins with a header: value,label,alias,alias");
    }
    return rc;
}

/* `aliases` as the last column takes any number of them. */
static void check_width(struct mop_scope *s, const struct mop_table *t, size_t row)
{
    size_t n = t->widths[0];
    if (n > 2 && mop_sv_eq_nocase(t->rows[0][n - 1], MOP_SV("aliases")))
        return;
    mop_table_width(s, t, row,
                    "give the header as many columns: value,label,alias,alias; or quote a cell "
                    "with a comma");
}

static void read_vocabulary_file(struct mop_scope *s, struct mop_vocabulary *v,
                                 const struct mop_node *file)
{
    struct mop_table table;
    if (mop_read_table(s, file, &table) != 0)
        return;
    if (check_header(s, &table) != 0)
        return;
    for (size_t i = 1; i < table.n; i++) {
        check_width(s, &table, i);
        read_row(s, v, &table, i);
    }
}

static void read_fold(struct mop_scope *s, struct mop_vocabulary *v, const struct mop_node *n)
{
    static const char *const names[] = {"blanks", "case", "separators"};
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    v->fold = 0;
    for (size_t i = 0; i < count; i++) {
        const struct mop_node *x = n->kind == MOP_LIST ? n->item[i] : n;
        unsigned bit = 0;
        for (unsigned k = 0; k < 3 && x->kind == MOP_SCALAR; k++)
            if (mop_sv_eqs(x->text, names[k]))
                bit = 1U << k;
        v->fold |= bit;
        if (bit)
            continue;
        mop_scope_fault(s, "bad-value", x, "'%.*s' is no way to fold", MOP_SV_ARG(x->text));
        mop_scope_hint(s, "write some of blanks, case and separators");
    }
}

static void load_vocabulary(struct mop_loader *l, const struct mop_node *key,
                            const struct mop_node *n)
{
    struct mop_scope scope = mop_scope_at(l, NULL, NULL, n), *s = &scope;
    const struct mop_key_table *k = &mop_keys_vocabulary;
    struct mop_vocabulary *v = mop_vocabulary_begin(s, key->text, key->at);
    if (n->null)
        mop_scope_fault(s, "missing-key", key, "vocabulary '%.*s' has no values",
                        MOP_SV_ARG(v->name));
    if (mop_keys_check(s, n, k) != 0)
        return;
    const struct mop_node *x, *values = mop_keys_get(n, k, "values"),
                              *file = mop_keys_get(n, k, "file");
    const struct mop_node *from = mop_keys_get(n, k, "from");
    if ((x = mop_keys_get(n, k, "owner")))
        mop_read_person(s, x, &v->owner);
    if ((x = mop_keys_get(n, k, "fold")))
        read_fold(s, v, x);
    if (file)
        read_vocabulary_file(s, v, file);
    if (values && values->kind != MOP_SCALAR)
        read_values(s, v, values, file != NULL);
    if (!mop_node_get(n, "values") && !file && !from) {
        mop_scope_fault(s, "missing-key", key, "vocabulary '%.*s' has no values",
                        MOP_SV_ARG(v->name));
        mop_scope_hint(s, "give it 'values', 'file' or 'from'");
    }
    mop_vocabulary_index(s, v);
    if (values)
        bind_use(s, v, values);
    follow_use(s, v);
    if ((x = mop_keys_get(n, k, "groups")))
        mop_vocabulary_groups(s, v, x, from != NULL);
}

void mop_load_vocabularies(struct mop_loader *l)
{
    const struct mop_node *map = mop_keys_get(l->root, &mop_keys_top, "vocabularies");
    for (size_t i = 0; map && i < map->n; i++)
        load_vocabulary(l, map->key[i], map->item[i]);
}

/* `from: product.name`: known when the fields of all record types are. */
void mop_vocabulary_columns(struct mop_loader *l)
{
    const struct mop_node *map = mop_keys_get(l->root, &mop_keys_top, "vocabularies");
    for (size_t i = 0; map && i < map->n; i++) {
        const struct mop_node *from = mop_keys_get(map->item[i], &mop_keys_vocabulary, "from");
        struct mop_field *f = from ? mop_scope_far_field(&l->scope, from) : NULL;
        for (size_t k = 0; f && k < l->rs->nvocabularies; k++) {
            struct mop_vocabulary *v = l->rs->vocabularies[k];
            if (v->at.file != map->key[i]->at.file || v->at.line != map->key[i]->at.line ||
                v->at.col != map->key[i]->at.col)
                continue;
            v->from_field = f;
            v->from_record = f->record;
            v->runtime = l->rs->nruntime_vocabularies++;
        }
    }
}

struct mop_vocabulary *mop_read_vocabulary(struct mop_scope *s, const struct mop_node *values)
{
    size_t faults = s->diags->faults;
    struct mop_vocabulary *v = mop_vocabulary_begin(s, MOP_SV(""), values->at);
    if (values->kind == MOP_SCALAR) {
        term_of(s, v, values, false);
    } else {
        read_values(s, v, values, false);
    }
    if (v->nterms == 0 && s->diags->faults == faults)
        mop_scope_fault(s, "missing-value", values, "the list of values is empty");
    mop_vocabulary_index(s, v);
    bind_use(s, v, values);
    follow_use(s, v);
    return s->diags->faults == faults ? v : NULL;
}

struct mop_vocabulary *mop_stage_vocabulary(struct mop_scope *s, const struct mop_node *stages,
                                            struct mop_loc at)
{
    struct mop_vocabulary *v = mop_vocabulary_begin(s, MOP_SV(""), at);
    for (size_t i = 0; i < stages->n; i++) {
        const struct mop_node *name = mop_keys_get(stages->item[i], &mop_keys_stage, "name");
        struct mop_term *t = name ? term_of(s, v, name, false) : NULL;
        if (t)
            mop_term_read(s, t, stages->item[i]);
    }
    mop_vocabulary_index(s, v);
    return v;
}
