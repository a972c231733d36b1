/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/derive.h"
#include "rules/vocabulary.h"
#include "base/utf8.h"
#include <string.h>

/* What a field is before any check: columns, type, vocabulary, blanks, derivation. */

static const struct mop_key_table *const keys = &mop_keys_field;

/* The value under a key of the field, or beside `use` in the long form of `type`. */
static const struct mop_node *type_option(const struct mop_node *field, const struct mop_node *type,
                                          const char *key)
{
    const struct mop_node *n =
        type && type->kind == MOP_MAPPING ? mop_keys_get(type, &mop_keys_type, key) : NULL;
    return n ? n : mop_keys_get(field, keys, key);
}

static void read_columns(struct mop_loader *l, struct mop_field *f, const struct mop_node *n)
{
    struct mop_sv *more;
    size_t count = 0;
    if (n)
        mop_read_texts(&l->scope, n, &more, &count);
    f->columns = mop_arena_array(l->a, count + 1, sizeof *f->columns);
    f->columns[f->ncolumns++] = f->name;
    for (size_t i = 0; i < count; i++)
        f->columns[f->ncolumns++] = more[i];
}

/*
 * A derived field is read from no column: a name for one would be ignored. Columns that an own
 * `derive` inherits give way to it; of two files the nearer one is read first.
 */
static void refuse_columns(struct mop_scope *s, const struct mop_field *f,
                           const struct mop_node *field)
{
    const struct mop_node *columns = mop_keys_get(field, keys, "columns");
    const struct mop_node *derive = mop_keys_get(field, keys, "derive");
    if (!columns || !derive || derive->at.file < columns->at.file)
        return;
    mop_scope_fault(s, "two-origins", columns, "'%.*s' is derived, and is read from no column",
                    MOP_SV_ARG(f->name));
    mop_scope_hint(s,
                   "leave out one of the two; 'columns: {remove: true}' takes inherited ones away");
}

static void unknown_type(struct mop_scope *s, const struct mop_node *n, struct mop_sv name)
{
    struct mop_sv words[64];
    mop_scope_fault(s, "unknown-type", n, "there is no type '%.*s'", MOP_SV_ARG(name));
    size_t count = 0;
    for (; count < mop_types_n && count < 64; count++)
        words[count] = mop_sv_of(mop_types[count].name);
    struct mop_sv meant = mop_synonym(name, words, count);
    if (meant.n)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(meant));
}

static char read_mark(struct mop_scope *s, const struct mop_node *n, char def)
{
    struct mop_sv t;
    if (!n || mop_read_text(s, n, &t) != 0)
        return def;
    if (t.n == 1)
        return t.p[0];
    mop_scope_fault(s, "bad-value", n, "'%.*s' is not one character", MOP_SV_ARG(t));
    return def;
}

static void read_marks(struct mop_scope *s, struct mop_field *f, const struct mop_node *n)
{
    mop_keys_check(s, n, &mop_keys_marks);
    f->type_options.marks.decimal = read_mark(s, mop_keys_get(n, &mop_keys_marks, "decimal"), '.');
    f->type_options.marks.group = read_mark(s, mop_keys_get(n, &mop_keys_marks, "group"), 0);
    const struct mop_node *exponent = mop_keys_get(n, &mop_keys_marks, "exponent");
    if (exponent)
        mop_read_bool(s, exponent, &f->type_options.exponent);
    if (f->type_options.marks.decimal == f->type_options.marks.group)
        mop_scope_fault(s, "bad-value", n, "the decimal and the group mark are the same");
}

static void read_formats(struct mop_scope *s, struct mop_field *f, const struct mop_node *n)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    struct mop_type_format *list = mop_arena_array(s->arena, count ? count : 1, sizeof *list);
    for (size_t i = 0; i < count; i++) {
        const struct mop_node *x = n->kind == MOP_LIST ? n->item[i] : n;
        struct mop_type_format *fmt = &list[f->type_options.nformats];
        const char *error = "";
        if (mop_read_text(s, x, &fmt->text) != 0)
            continue;
        bool iso = mop_sv_eq_nocase(fmt->text, MOP_SV("iso")) ||
                   mop_sv_eq_nocase(fmt->text, MOP_SV("iso8601"));
        fmt->format = iso ? NULL : mop_date_format_compile(s->arena, fmt->text, &error);
        if (iso || fmt->format)
            f->type_options.nformats++;
        else
            mop_bad_date_format(s, x, fmt->text, error);
    }
    f->type_options.formats = list;
}

/* aliases: {GB: [UK, England]}: other names of countries. */
static void read_country_aliases(struct mop_scope *s, struct mop_field *f, const struct mop_node *n)
{
    for (size_t i = 0; i < n->n; i++) {
        struct mop_typed typed;
        struct mop_sv *names, *code = mop_arena_alloc(s->arena, sizeof *code);
        size_t count;
        if (!f->type->read(n->key[i]->text, &f->type_options, &typed, s->arena, NULL)) {
            mop_scope_fault(s, "unknown-value", n->key[i], "'%.*s' is no country",
                            MOP_SV_ARG(n->key[i]->text));
            continue;
        }
        *code = n->key[i]->text;
        if (mop_read_texts(s, n->item[i], &names, &count) != 0)
            continue;
        for (size_t k = 0; k < count; k++)
            *mop_map_put(&f->country_aliases, mop_utf8_fold(s->arena, mop_sv_trim(names[k])),
                         NULL) = (uint64_t)(uintptr_t)code;
    }
}

static void read_type(struct mop_loader *l, struct mop_field *f, const struct mop_node *field)
{
    struct mop_scope s = mop_scope_at(l, f->record, f, field);
    const struct mop_node *n = mop_keys_get(field, keys, "type"), *x;
    const struct mop_node *use =
        n && n->kind == MOP_MAPPING ? mop_keys_get(n, &mop_keys_type, "use") : n;
    struct mop_sv name = MOP_SV("text");
    if (n && !use)
        mop_scope_fault(&s, "missing-key", n, "'use' is missing: which type");
    if (use && mop_read_text(&s, use, &name) != 0)
        return;
    f->type = mop_type_find(name);
    if (!f->type)
        unknown_type(&s, use, name);
    bool number = f->type && f->type->as == MOP_AS_NUMBER,
         time = f->type && f->type->as == MOP_AS_TIME;
    bool country = f->type && mop_sv_eqs(name, "country");
    f->type_options.zone = f->record->zone;
    if ((x = type_option(field, n, "zone"))) {
        const struct mop_zone *z = mop_read_zone(&s, x);
        f->type_options.zone = z ? z : f->type_options.zone;
    }
    if ((x = type_option(field, n, "marks"))) {
        if (f->type && !number)
            mop_scope_fault(&s, "needs-type", x, "'marks' are of numbers, but '%.*s' is %s",
                            MOP_SV_ARG(f->name), f->type->name);
        else
            read_marks(&s, f, x);
    }
    if ((x = type_option(field, n, "formats"))) {
        if (f->type && !time)
            mop_scope_fault(&s, "needs-type", x, "'formats' are of dates, but '%.*s' is %s",
                            MOP_SV_ARG(f->name), f->type->name);
        else
            read_formats(&s, f, x);
    }
    if (n && n->kind == MOP_MAPPING && (x = mop_keys_get(n, &mop_keys_type, "aliases"))) {
        if (country)
            read_country_aliases(&s, f, x);
        else
            mop_scope_fault(&s, "needs-type", x, "'aliases' are of countries");
    }
    f->personal = f->type && f->type->personal;
    if (mop_sv_eqs(name, "text"))
        f->type = NULL;
}

/* `case` folds the meant form where no vocabulary says what is meant. */
static void read_case(struct mop_scope *s, struct mop_field *f, const struct mop_node *field)
{
    const struct mop_node *n = mop_node_get(field, "case");
    const struct mop_node *use = n && n->kind == MOP_MAPPING ? mop_node_get(n, "use") : n;
    if (!use || use->kind != MOP_SCALAR || use->null)
        return;
    f->fold_case = mop_sv_eqs(use->text, "lower") ? 'l' : mop_sv_eqs(use->text, "upper") ? 'u' : 0;
    if (!f->fold_case)
        mop_scope_fault(s, "bad-value", use, "'%.*s' is no case: lower or upper",
                        MOP_SV_ARG(use->text));
}

/* The long form of `values` is told from a mapping of terms by its `use`. */
static const struct mop_node *values_use(const struct mop_node *n)
{
    const struct mop_node *use = n->kind == MOP_MAPPING ? mop_node_get(n, "use") : NULL;
    return use && !use->null ? use : n;
}

static void read_field_vocabulary(struct mop_loader *l, struct mop_field *f,
                                  const struct mop_node *field)
{
    const struct mop_node *voc = mop_keys_get(field, keys, "vocabulary"),
                          *values = mop_keys_get(field, keys, "values");
    if (voc) {
        struct mop_scope s = mop_scope_at(l, f->record, f, voc);
        const struct mop_node *use = voc->kind == MOP_MAPPING ? mop_node_get(voc, "use") : voc;
        if (use)
            f->vocabulary = mop_scope_vocabulary(&s, use);
        else
            mop_scope_fault(&s, "missing-key", voc, "'use' is missing: which vocabulary");
    }
    if (!values)
        return;
    struct mop_scope s = mop_scope_at(l, f->record, f, values);
    if (voc) {
        mop_scope_fault(&s, "two-vocabularies", values,
                        "'%.*s' has a vocabulary and a list of values", MOP_SV_ARG(f->name));
        mop_scope_hint(&s, "a field means one list; put the other one into the 'then' of a rule");
        return;
    }
    f->vocabulary = mop_read_vocabulary(&s, values_use(values));
}

static void load_field(struct mop_loader *l, struct mop_field_node *fn)
{
    struct mop_field *f = fn->field;
    const struct mop_node *n = fn->node, *x;
    fn->applies = MOP_WINDOW_OPEN;
    read_columns(l, f, n ? mop_keys_get(n, keys, "columns") : NULL);
    f->type_options.zone = f->record->zone;
    f->type_options.days = l->rs->zone;
    struct mop_scope s = mop_scope_at(l, f->record, f, n);
    if (!n || mop_keys_check(&s, n, keys) != 0)
        return;
    refuse_columns(&s, f, n);
    read_type(l, f, n);
    read_case(&s, f, n);
    if ((x = mop_keys_get(n, keys, "blanks")))
        f->blanks = mop_read_blanks(&s, x);
    read_field_vocabulary(l, f, n);
    if ((x = mop_keys_get(n, keys, "personal")))
        mop_read_bool(&s, x, &f->personal);
    if ((x = mop_keys_get(n, keys, "expected")))
        f->not_expected = mop_read_bool(&s, x, &f->expected) == 0 && !f->expected;
    if ((x = mop_keys_get(n, keys, "owner")))
        mop_read_person(&s, x, &f->owner);
    if ((x = mop_keys_get(n, keys, "description")))
        mop_read_text(&s, x, &f->description);
    if ((x = mop_keys_get(n, keys, "applies")))
        fn->has_applies = mop_read_window(&s, x, &fn->applies) == 0;
}

void mop_load_fields(struct mop_loader *l)
{
    for (size_t i = 0; i < l->nfields; i++)
        load_field(l, &l->fields[i]);
}

void mop_load_derives(struct mop_loader *l)
{
    for (size_t i = 0; i < l->nfields; i++) {
        struct mop_field *f = l->fields[i].field;
        const struct mop_node *n =
            l->fields[i].node ? mop_keys_get(l->fields[i].node, keys, "derive") : NULL;
        if (!n)
            continue;
        struct mop_scope s = mop_scope_at(l, f->record, f, n);
        f->derive = mop_derive_compile(&s, n);
    }
}
