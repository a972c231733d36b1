/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "base/utf8.h"
#include "rules/derive.h"
#include "values/domain.h"
#include <string.h>

/* What a cell means: how it is there, its type, its rung on the ladder, its meant form. */

static bool in_words(const struct mop_blanks *b, struct mop_sv s)
{
    return b && mop_map_find(&b->words, s) != NULL;
}

/* Most values are longer than any placeholder: folding takes no code point below a third of its
 * bytes. */
static bool is_placeholder(const struct mop_blanks *b, struct mop_sv trimmed, struct mop_arena *a)
{
    return b && trimmed.n <= 3 * b->longest && in_words(b, mop_utf8_fold(a, trimmed));
}

static enum mop_state state_of(const struct mop_field *f, const struct mop_cell *cell,
                               struct mop_arena *a)
{
    if (cell->fault != MOP_CELL_OK)
        return MOP_ST_UNREADABLE;
    if (cell->presence != MOP_GIVEN)
        return cell->presence == MOP_NULL ? MOP_ST_NULL : MOP_ST_ABSENT;
    if (cell->v.n == 0)
        return MOP_ST_EMPTY;
    struct mop_sv trimmed = mop_sv_trim(cell->v);
    if (f->blanks && f->blanks->exact) {
        if (!in_words(f->blanks, cell->v))
            return MOP_ST_VALUE;
        return trimmed.n == 0 ? MOP_ST_BLANKS : MOP_ST_PLACEHOLDER;
    }
    if (trimmed.n == 0)
        return MOP_ST_BLANKS;
    return is_placeholder(f->blanks, trimmed, a) ? MOP_ST_PLACEHOLDER : MOP_ST_VALUE;
}

static struct mop_sv fold_case(const struct mop_field *f, struct mop_sv s, struct mop_arena *a)
{
    if (f->fold_case == 'l')
        return mop_utf8_fold(a, s);
    return f->fold_case == 'u' ? mop_utf8_upper(a, s) : s;
}

/* A declared alias of a country stands for its code. */
static struct mop_sv country_alias(const struct mop_field *f, struct mop_sv trimmed,
                                   struct mop_arena *a)
{
    if (f->country_aliases.n == 0)
        return trimmed;
    const uint64_t *item = mop_map_find(&f->country_aliases, mop_utf8_fold(a, trimmed));
    return item ? *(const struct mop_sv *)(uintptr_t)*item : trimmed;
}

/*
 * A blanks-only value that `blanks` does not list exactly is a value no type reads. Nothing is
 * trimmed behind the user's back: with blanks around it a value is not what its type asks for.
 */
static bool read_type(const struct mop_field *f, struct mop_sv written, struct mop_arena *a,
                      struct mop_typed *out)
{
    struct mop_sv trimmed = mop_sv_trim(written);
    return trimmed.n > 0 && trimmed.n == written.n &&
           f->type->read(country_alias(f, trimmed, a), &f->type_options, out, a, NULL);
}

static const struct mop_vocabulary *vocabulary_of(const struct mop_field *f,
                                                  const struct mop_run *run)
{
    const struct mop_vocabulary *v = f->vocabulary;
    if (v->from_record && run && run->runtime && run->runtime[v->runtime].v)
        return run->runtime[v->runtime].v;
    return v;
}

/* A host of a URL or an address has one form, whatever people write in a rule: Gmail.com. */
static struct mop_sv host_form(const struct mop_field *f, struct mop_sv s, struct mop_arena *a)
{
    struct mop_sv ascii;
    return f->host && mop_domain_read(s, MOP_DOMAIN_UNDERSCORE, &ascii, a, NULL) ? ascii : s;
}

/* A list of hosts may name them as people do, in capitals and with umlauts: no spelling of the
 * data.
 */
static const struct mop_term *look_host(const struct mop_vocabulary *v, struct mop_sv text,
                                        struct mop_arena *a, enum mop_rung *rung)
{
    struct mop_sv shown;
    const struct mop_term *t = mop_vocabulary_look(v, text, a, rung);
    if (!t && mop_domain_unicode(text, &shown, a))
        t = mop_vocabulary_look(v, shown, a, rung);
    return t && *rung == MOP_RUNG_CASE ? mop_vocabulary_look(v, t->value, a, rung) : t;
}

static void read_vocabulary(const struct mop_field *f, struct mop_run *run, struct mop_arena *a,
                            struct mop_value *out)
{
    const struct mop_vocabulary *v = vocabulary_of(f, run);
    out->term = f->host ? look_host(v, host_form(f, out->written, a), a, &out->rung)
                        : mop_vocabulary_look(v, out->written, a, &out->rung);
    if (out->rung == MOP_RUNG_VOCABULARY)
        out->known = false;
    else
        out->meant = out->term->use ? out->term->use->value : out->term->value;
}

void mop_value_read(const struct mop_field *f, const struct mop_cell *cell, struct mop_run *run,
                    struct mop_arena *a, struct mop_value *out)
{
    *out = (struct mop_value){.written = cell->v};
    out->state = state_of(f, cell, a);
    if (out->state != MOP_ST_VALUE)
        return;
    out->known = true;
    bool typed = f->type != NULL;
    if (typed && !read_type(f, cell->v, a, &out->typed)) {
        out->typed = (struct mop_typed){0};
        out->type_failed = true;
        out->known = false;
    }
    if (f->vocabulary)
        read_vocabulary(f, run, a, out);
    else if (typed && out->known)
        out->meant = out->typed.canonical;
    else if (!typed)
        out->meant = fold_case(f, host_form(f, mop_sv_trim(cell->v), a), a);
    if (!out->known)
        out->meant = MOP_SV_NONE;
}

bool mop_is_placeholder(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n)
{
    struct mop_cell cell = {.v = n->text, .presence = MOP_GIVEN};
    return n->kind == MOP_SCALAR && !n->null && state_of(f, &cell, s->arena) == MOP_ST_PLACEHOLDER;
}

static int no_such_value(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                         struct mop_sv text)
{
    mop_scope_fault(s, "unknown-value", n, "'%.*s' is no value of '%.*s'", MOP_SV_ARG(text),
                    MOP_SV_ARG(f->name));
    struct mop_sv near = mop_vocabulary_nearest(f->vocabulary, text);
    if (near.n > 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(near));
    return -1;
}

static int not_of_type(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                       struct mop_sv text)
{
    struct mop_buf why;
    struct mop_typed typed;
    mop_buf_init(&why, 4096);
    if (f->type->read(mop_sv_trim(text), &f->type_options, &typed, s->arena, &why))
        mop_buf_str(&why, "has blanks around it");
    mop_scope_fault(s, "unknown-value", n, "'%.*s' is no %s: it %.*s", MOP_SV_ARG(text),
                    f->type->name, MOP_SV_ARG(mop_buf_view(&why)));
    mop_buf_release(&why);
    return -1;
}

/* A derived field that can have a few values alone: GA4's channels. */
static int check_derived(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                         struct mop_sv text)
{
    struct mop_sv names[64];
    const char *name;
    size_t count = 0;
    if (!f->derive->kind->value || !f->derive->arg)
        return 0;
    for (; count < 64 && (name = f->derive->kind->value(f->derive, count)); count++) {
        names[count] = mop_sv_of(name);
        if (mop_sv_eq(names[count], text))
            return 0;
    }
    mop_scope_fault(s, "unknown-value", n, "'%.*s' is never what '%.*s' is derived to",
                    MOP_SV_ARG(text), MOP_SV_ARG(f->name));
    long near = mop_suggest(text, names, count);
    if (near >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    return -1;
}

void mop_mention(struct mop_scope *s, const struct mop_term *t, const struct mop_node *n)
{
    struct mop_mention m = {t, n->at, n->span};
    if (t->use || t->has_valid) /* others are of no interest to anybody */
        MOP_PUSH(s->arena, s->rules->mentions, s->rules->nmentions, m);
}

bool mop_counts_as_blank(const struct mop_field *f, struct mop_sv text, struct mop_arena *a)
{
    struct mop_cell cell = {.v = text, .presence = MOP_GIVEN};
    struct mop_value v;
    mop_value_read(f, &cell, NULL, a, &v);
    return MOP_IS_BLANK(v.state);
}

/* As rule files write it, whatever the data do: a number with a point and without groups, a date by
 * ISO 8601. */
static bool read_plain(struct mop_scope *s, const struct mop_field *f, struct mop_sv text,
                       struct mop_typed *out)
{
    struct mop_type_options plain = f->type_options;
    plain.marks = (struct mop_marks){0, 0};
    plain.nformats = 0;
    return f->type->read(text, &plain, out, s->arena, NULL);
}

static int two_readings(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                        struct mop_sv data, struct mop_sv plain)
{
    mop_scope_fault(s, "ambiguous-value", n,
                    "'%.*s' is '%.*s' as the data of '%.*s' are written, and '%.*s' as rules are",
                    MOP_SV_ARG(n->text), MOP_SV_ARG(data), MOP_SV_ARG(f->name), MOP_SV_ARG(plain));
    if (f->type->as == MOP_AS_NUMBER)
        mop_scope_hint(s, "write '%.*s' for the first, '%.*s0' for the second", MOP_SV_ARG(data),
                       MOP_SV_ARG(n->text));
    else
        mop_scope_hint(s, "write {gte: .., lte: ..}: bounds are read by ISO 8601 first");
    return -1;
}

/* A typed value of a rule may be written as rules are, or as the data are; never may it mean two.
 */
static int read_either(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                       struct mop_value *v)
{
    bool declared = f->type && (f->type_options.nformats || f->type_options.marks.decimal ||
                                f->type_options.marks.group);
    struct mop_typed plain;
    if (!declared || f->vocabulary || v->state != MOP_ST_VALUE ||
        mop_sv_trim(v->written).n < v->written.n || !read_plain(s, f, v->written, &plain))
        return 0;
    if (!v->type_failed && !mop_sv_eq(v->meant, plain.canonical))
        return two_readings(s, f, n, v->meant, plain.canonical);
    v->type_failed = false;
    v->known = true;
    v->meant = plain.canonical;
    return 0;
}

int mop_read_meant(struct mop_scope *s, const struct mop_field *f, const struct mop_node *n,
                   struct mop_sv *out)
{
    struct mop_sv text;
    if (mop_read_text(s, n, &text) != 0)
        return -1;
    struct mop_cell cell = {.v = text, .presence = MOP_GIVEN};
    struct mop_value v;
    mop_value_read(f, &cell, NULL, s->arena, &v);
    if (read_either(s, f, n, &v) != 0)
        return -1;
    if (MOP_IS_BLANK(v.state)) {
        mop_scope_fault(s, "blank-value", n, "'%.*s' counts as blank in '%.*s'", MOP_SV_ARG(text),
                        MOP_SV_ARG(f->name));
        mop_scope_hint(s, "to test for a blank write {blank: true}");
        return -1;
    }
    if (v.type_failed)
        return not_of_type(s, f, n, text);
    /* of a value past its provisional date rules may still speak: a taxonomy does not break
     * overnight */
    if (!v.known && v.term)
        v.meant = v.term->use ? v.term->use->value : v.term->value;
    else if (!v.known && f->vocabulary->from_record) {
        v.meant = mop_arena_copy(s->arena, mop_sv_trim(text));
        mop_map_put(&f->vocabulary->spoken, v.meant, NULL);
    } else if (!v.known)
        return no_such_value(s, f, n, text);
    if (v.term)
        mop_mention(s, v.term, n);
    *out = v.meant;
    return f->derive && !f->vocabulary ? check_derived(s, f, n, text) : 0;
}
