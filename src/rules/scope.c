/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include <stdlib.h>

/* Faults and names as a rule's own place sees them. */

/* A field set that is used twice is compiled twice; its faults are told once. */
static bool told_before(struct mop_scope *s, const struct mop_node *at, struct mop_sv msg)
{
    if (!s->loader)
        return false;
    bool added;
    struct mop_sv key =
        mop_arena_printf(s->arena, "%s:%u:%u:%.*s", at->at.file ? at->at.file : "",
                         (unsigned)at->at.line, (unsigned)at->at.col, MOP_SV_ARG(msg));
    mop_map_put(&s->loader->told, key, &added);
    return !added;
}

int mop_scope_fault(struct mop_scope *s, const char *id, const struct mop_node *at, const char *fmt,
                    ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_buf_vprintf(&b, fmt, ap);
    va_end(ap);
    s->quiet = told_before(s, at, mop_buf_view(&b));
    if (!s->quiet)
        mop_diag(s->diags, MOP_FAULT, id, at->at, at->span, "%.*s", MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
    return -1;
}

void mop_scope_hint(struct mop_scope *s, const char *fmt, ...)
{
    if (s->quiet || s->diags->n == 0)
        return;
    va_list ap;
    va_start(ap, fmt);
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_buf_vprintf(&b, fmt, ap);
    mop_diag_hint(s->diags, &s->diags->list[s->diags->n - 1], "%.*s", MOP_SV_ARG(mop_buf_view(&b)));
    mop_buf_release(&b);
    va_end(ap);
}

static void hint_near(struct mop_scope *s, struct mop_sv word, const struct mop_sv *words, size_t n)
{
    long best = mop_suggest(word, words, n);
    if (best >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(words[best]));
}

/* In a field set `source` stands for `first_source`, and that is what is offered. */
static void unknown_field(struct mop_scope *s, const struct mop_record *r,
                          const struct mop_node *at, struct mop_sv name)
{
    mop_scope_fault(s, "unknown-field", at, "record type '%.*s' has no field '%.*s'",
                    MOP_SV_ARG(r->name), MOP_SV_ARG(name));
    struct mop_sv *words = mop_calloc(r->nfields + (s->set ? s->set->n : 0) + 1, sizeof *words);
    size_t n = 0;
    for (size_t i = 0; r == s->record && s->set && i < s->set->n; i++)
        words[n++] = s->set->key[i]->text;
    for (size_t i = 0; i < r->nfields; i++)
        words[n++] = r->fields[i]->name;
    hint_near(s, name, words, n);
    free(words);
}

struct mop_field *mop_record_field(const struct mop_record *r, struct mop_sv name)
{
    const uint64_t *item = mop_map_find(&r->by_name, name);
    return item ? r->fields[*item] : NULL;
}

struct mop_record *mop_ruleset_record(const struct mop_ruleset *rs, struct mop_sv name)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        if (mop_sv_eq(rs->records[i]->name, name))
            return rs->records[i];
    return NULL;
}

struct mop_field *mop_scope_field(struct mop_scope *s, const struct mop_node *name)
{
    struct mop_sv text;
    if (mop_read_text(s, name, &text) != 0)
        return NULL;
    if (!s->record) {
        mop_scope_fault(s, "unknown-field", name,
                        "there is no record type here to have a field '%.*s'", MOP_SV_ARG(text));
        return NULL;
    }
    struct mop_sv full = text;
    if (s->set && mop_node_index(s->set, text) >= 0)
        full = mop_cat(s->arena, s->prefix, text);
    struct mop_field *f = mop_record_field(s->record, full);
    if (!f)
        unknown_field(s, s->record, name, text);
    return f;
}

struct mop_record *mop_scope_record(struct mop_scope *s, const struct mop_node *name)
{
    struct mop_sv text;
    if (mop_read_text(s, name, &text) != 0)
        return NULL;
    struct mop_record *r = mop_ruleset_record(s->rules, text);
    if (r)
        return r;
    mop_scope_fault(s, "unknown-record", name, "there is no record type '%.*s'", MOP_SV_ARG(text));
    struct mop_sv *words = mop_calloc(s->rules->nrecords + 1, sizeof *words);
    for (size_t i = 0; i < s->rules->nrecords; i++)
        words[i] = s->rules->records[i]->name;
    hint_near(s, text, words, s->rules->nrecords);
    free(words);
    return NULL;
}

struct mop_field *mop_scope_far_field(struct mop_scope *s, const struct mop_node *name)
{
    struct mop_sv text;
    if (mop_read_text(s, name, &text) != 0)
        return NULL;
    size_t dot = mop_sv_find(text, '.');
    if (dot == text.n) {
        mop_scope_fault(s, "unknown-field", name, "'%.*s' does not name a record type and a field",
                        MOP_SV_ARG(text));
        mop_scope_hint(s, "write RECORD.FIELD, such as campaign.name");
        return NULL;
    }
    struct mop_node part = *name;
    part.text = mop_sv_sub(text, 0, dot);
    struct mop_record *r = mop_scope_record(s, &part);
    if (!r)
        return NULL;
    struct mop_sv field = mop_sv_sub(text, dot + 1, text.n);
    struct mop_field *f = mop_record_field(r, field);
    if (!f)
        unknown_field(s, r, name, field);
    else if (s->loader && r != s->record)
        MOP_PUSH(s->loader->a, s->loader->far, s->loader->nfar, r);
    return f;
}

struct mop_vocabulary *mop_scope_vocabulary(struct mop_scope *s, const struct mop_node *name)
{
    struct mop_sv text;
    if (mop_read_text(s, name, &text) != 0)
        return NULL;
    const struct mop_ruleset *rs = s->rules;
    struct mop_sv *words = mop_calloc(rs->nvocabularies + 1, sizeof *words);
    size_t n = 0;
    struct mop_vocabulary *found = NULL;
    for (size_t i = 0; i < rs->nvocabularies && !found; i++) {
        struct mop_vocabulary *v = rs->vocabularies[i];
        if (v->name.n > 0 && mop_sv_eq(v->name, text))
            found = v;
        else if (v->name.n > 0)
            words[n++] = v->name;
    }
    if (!found) {
        mop_scope_fault(s, "unknown-vocabulary", name, "there is no vocabulary '%.*s'",
                        MOP_SV_ARG(text));
        hint_near(s, text, words, n);
    }
    free(words);
    if (found && found->from_record && s->loader && s->record && found->from_record != s->record) {
        struct mop_column_use use = {s->record, found, name->at};
        MOP_PUSH(s->loader->a, s->loader->column_uses, s->loader->ncolumn_uses, use);
        MOP_PUSH(s->loader->a, s->loader->far, s->loader->nfar, found->from_record);
    }
    return found;
}
