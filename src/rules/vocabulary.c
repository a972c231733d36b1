/* SPDX-License-Identifier: MIT */
#include "rules/vocabulary.h"
#include "base/utf8.h"
#include <string.h>

/*
 * The ladder of design.md section 3: exact, then blanks, case, separators, aliases, each alone and
 * together with those before. The weakest step that leads to a value wins, so that the finding is
 * that of the last step needed; values come before aliases.
 */

/* Without separators: '-', '_' and inner blanks; those around it are another step's. */
static struct mop_sv squeeze(struct mop_sv s, struct mop_arena *a)
{
    struct mop_sv inner = mop_sv_trim(s);
    size_t from = inner.n ? (size_t)(inner.p - s.p) : 0, to = inner.n ? from + inner.n : 0;
    char *out = mop_arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t cp;
        size_t len = mop_utf8_decode(s, i, &cp);
        if (len == 0) {
            len = 1;
            cp = 0xFFFD;
        }
        bool around = i < from || i >= to;
        if (around || (cp != '-' && cp != '_' && !mop_utf8_is_space(cp))) {
            memcpy(out + n, s.p + i, len);
            n += len;
        }
        i += len;
    }
    return (struct mop_sv){out, n};
}

struct mop_sv mop_vocabulary_fold(const struct mop_vocabulary *v, struct mop_sv text,
                                  bool without_separators, struct mop_arena *a)
{
    struct mop_sv s = v->fold & MOP_FOLD_BLANKS ? mop_sv_trim(text) : text;
    if (v->fold & MOP_FOLD_CASE)
        s = mop_utf8_fold(a, s);
    return without_separators ? squeeze(s, a) : s;
}

static struct mop_term *entry_of(const struct mop_map *m, struct mop_sv key)
{
    const uint64_t *item = mop_map_find(m, key);
    return item ? (struct mop_term *)(uintptr_t)*item : NULL;
}

/* The one term of a spelling. */
static struct mop_term *find(const struct mop_map *m, struct mop_sv key)
{
    struct mop_term *t = entry_of(m, key);
    return t && !t->twin ? t : NULL;
}

/* How a text leads to a term, by spelling alone. */
static struct mop_term *climb(const struct mop_vocabulary *v, struct mop_sv text,
                              struct mop_arena *a, enum mop_rung *rung)
{
    struct mop_term *t = find(&v->exact, text);
    *rung = MOP_RUNG_EXACT;
    if (t)
        return t;
    struct mop_sv trimmed = v->fold & MOP_FOLD_BLANKS ? mop_sv_trim(text) : text;
    *rung = MOP_RUNG_WHITESPACE;
    if (trimmed.n < text.n && (t = find(&v->exact, trimmed)))
        return t;
    struct mop_sv folded = mop_vocabulary_fold(v, text, false, a);
    *rung = MOP_RUNG_CASE;
    if (v->fold & MOP_FOLD_CASE && (t = find(&v->folded, folded)))
        return t;
    struct mop_sv squeezed =
        v->fold & MOP_FOLD_SEPARATORS ? mop_vocabulary_fold(v, text, true, a) : MOP_SV_NONE;
    *rung = MOP_RUNG_SEPARATOR;
    if (squeezed.n > 0 && (t = find(&v->squeezed, squeezed)))
        return t;
    *rung = MOP_RUNG_ALIAS;
    if ((t = find(&v->alias, text)) || (t = find(&v->alias, trimmed)) ||
        (t = find(&v->alias_folded, folded)))
        return t;
    if (squeezed.n > 0 && (t = find(&v->alias_squeezed, squeezed)))
        return t;
    *rung = MOP_RUNG_VOCABULARY;
    return NULL;
}

const struct mop_term *mop_vocabulary_look(const struct mop_vocabulary *v, struct mop_sv text,
                                           struct mop_arena *a, enum mop_rung *rung)
{
    const struct mop_term *t = climb(v, text, a, rung);
    if (!t)
        return NULL;
    if (t->expired)
        *rung = MOP_RUNG_VOCABULARY;
    else if (t->use && !t->has_valid)
        *rung = MOP_RUNG_DEPRECATED;
    else if (t->provisional && *rung == MOP_RUNG_EXACT)
        *rung = MOP_RUNG_PROVISIONAL;
    return t;
}

bool mop_vocabulary_twins(const struct mop_vocabulary *v, struct mop_sv text, struct mop_arena *a,
                          struct mop_sv twins[2])
{
    const struct mop_term *t = NULL;
    if (v->fold & MOP_FOLD_CASE)
        t = entry_of(&v->folded, mop_vocabulary_fold(v, text, false, a));
    if (!(t && t->twin) && v->fold & MOP_FOLD_SEPARATORS)
        t = entry_of(&v->squeezed, mop_vocabulary_fold(v, text, true, a));
    if (!t || !t->twin)
        return false;
    twins[0] = t->value;
    twins[1] = t->twin->value;
    return true;
}

struct mop_sv mop_vocabulary_nearest(const struct mop_vocabulary *v, struct mop_sv text)
{
    long i = mop_suggest(text, v->near_words, v->nnear);
    if (i < 0)
        return MOP_SV_NONE;
    const struct mop_term *t = v->near_terms[i];
    return t->use ? t->use->value : t->value;
}

/* ---- building the tables ---- */

void mop_vocabulary_near(struct mop_vocabulary *v, struct mop_arena *a)
{
    size_t n = 0;
    for (size_t i = 0; i < v->nterms; i++)
        n += 1 + v->terms[i]->naliases;
    v->near_words = mop_arena_array(a, n ? n : 1, sizeof *v->near_words);
    v->near_terms = mop_arena_array(a, n ? n : 1, sizeof *v->near_terms);
    v->nnear = 0;
    for (size_t i = 0; i < v->nterms; i++) {
        struct mop_term *t = v->terms[i];
        for (size_t k = 0; !t->expired && k <= t->naliases; k++) {
            v->near_terms[v->nnear] = t;
            v->near_words[v->nnear++] = k == 0 ? t->value : t->aliases[k - 1];
        }
    }
}

/* What two terms share would make one of them unreachable, or the meaning a matter of luck. */
static void tell_collision(struct mop_scope *s, const struct mop_term *t, struct mop_sv spelling,
                           const struct mop_term *other, const char *how)
{
    struct mop_node at = {.at = t->at, .span = (uint32_t)(spelling.n ? spelling.n : 1)};
    for (size_t i = 0; i < t->naliases && !mop_sv_eq(spelling, t->value); i++)
        if (t->alias_at && t->aliases[i].p == spelling.p)
            at.at = t->alias_at[i];
    if (mop_sv_eq(spelling, t->value))
        mop_scope_fault(s, "ambiguous-value", &at, "values '%.*s' and '%.*s' differ only in %s",
                        MOP_SV_ARG(other->value), MOP_SV_ARG(t->value), how);
    else
        mop_scope_fault(s, "ambiguous-alias", &at, "alias '%.*s' of '%.*s' also means '%.*s'",
                        MOP_SV_ARG(spelling), MOP_SV_ARG(t->value), MOP_SV_ARG(other->value));
    mop_scope_hint(s, mop_sv_eq(spelling, t->value)
                          ? "take one of them out, or say what is folded: 'fold: []'"
                          : "give each spelling one meaning");
}

static void enter(struct mop_scope *s, struct mop_map *m, struct mop_sv key, struct mop_term *t,
                  struct mop_sv spelling, const char *how)
{
    uint64_t *item = mop_map_put(m, key, NULL);
    const struct mop_term *other = (const struct mop_term *)(uintptr_t)*item;
    if (!other)
        *item = (uint64_t)(uintptr_t)t;
    else if (other != t)
        tell_collision(s, t, spelling, other, how);
}

static void enter_value(struct mop_scope *s, struct mop_vocabulary *v, struct mop_term *t)
{
    size_t faults = s->diags->faults;
    const char *how = v->fold & MOP_FOLD_CASE ? "case or blanks" : "blanks";
    enter(s, &v->folded, mop_vocabulary_fold(v, t->value, false, s->arena), t, t->value, how);
    if (v->fold & MOP_FOLD_SEPARATORS && s->diags->faults == faults)
        enter(s, &v->squeezed, mop_vocabulary_fold(v, t->value, true, s->arena), t, t->value,
              "separators");
}

/* An alias must not lead to another value by any step. */
static void enter_alias(struct mop_scope *s, struct mop_vocabulary *v, struct mop_term *t,
                        struct mop_sv alias)
{
    enum mop_rung rung;
    const struct mop_term *other = climb(v, alias, s->arena, &rung);
    if (other && other != t) {
        tell_collision(s, t, alias, other, "");
        return;
    }
    struct mop_sv kept = mop_arena_copy(s->arena, alias);
    enter(s, &v->alias, kept, t, alias, "");
    enter(s, &v->alias_folded, mop_vocabulary_fold(v, kept, false, s->arena), t, alias, "");
    if (v->fold & MOP_FOLD_SEPARATORS)
        enter(s, &v->alias_squeezed, mop_vocabulary_fold(v, kept, true, s->arena), t, alias, "");
}

void mop_vocabulary_index(struct mop_scope *s, struct mop_vocabulary *v)
{
    for (size_t i = 0; i < v->nterms; i++)
        enter_value(s, v, v->terms[i]);
    for (size_t i = 0; i < v->nterms; i++)
        for (size_t k = 0; k < v->terms[i]->naliases; k++)
            enter_alias(s, v, v->terms[i], v->terms[i]->aliases[k]);
    mop_vocabulary_near(v, s->arena);
}
