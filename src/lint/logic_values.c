/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lint/logic.h"
#include "rules/compile.h"
#include "rules/items.h"
#include "rules/kinds.h"
#include "rules/vocabulary.h"

/* Values and aliases that stand in a list for nothing: no record can have them. */

static struct mop_sv key_of(const struct mop_term *const *t)
{
    return (struct mop_sv){(const char *)t, sizeof *t};
}

struct look {
    struct mop_lint *l;
    struct mop_map alive; /* terms that some field can have, or that were told */
    struct mop_arena keys, scratch;
};

static void let_live(struct look *k, const struct mop_term *t)
{
    if (!mop_map_find(&k->alive, key_of(&t)))
        mop_map_put(&k->alive, mop_arena_copy(&k->keys, key_of(&t)), NULL);
}

static void each_list(struct look *k, void (*fn)(struct look *k, const struct mop_field *f,
                                                 const struct mop_items *it))
{
    const struct mop_ruleset *rs = k->l->rules;
    for (size_t r = 0; r < rs->nrecords; r++)
        for (size_t i = 0; i < rs->records[r]->nfields; i++) {
            const struct mop_field *f = rs->records[r]->fields[i];
            const struct mop_items *it = f->items ? f->items->arg : NULL;
            if (f->vocabulary)
                fn(k, f, NULL);
            if (it && it->item->vocabulary)
                fn(k, it->item, it);
        }
}

static bool splits(const struct mop_items *it, struct mop_sv text)
{
    for (size_t i = 0; it && i + it->separator.n <= text.n; i++)
        if (mop_sv_starts(mop_sv_sub(text, i, text.n), it->separator))
            return true;
    return false;
}

static void see_alive(struct look *k, const struct mop_field *f, const struct mop_items *it)
{
    for (size_t i = 0; i < f->vocabulary->nterms && mop_lint_steps(k->l, 1); i++) {
        const struct mop_term *t = f->vocabulary->terms[i];
        if (!splits(it, t->value) && !mop_counts_as_blank(f, t->value, &k->scratch))
            let_live(k, t);
    }
    mop_arena_reset(&k->scratch);
}

static void look_at_value(struct look *k, const struct mop_term *t, const struct mop_field *f,
                          const struct mop_items *it)
{
    uint32_t span = t->value.n ? (uint32_t)t->value.n : 1;
    if (mop_map_find(&k->alive, key_of(&t)))
        return;
    if (it && splits(it, t->value)) {
        mop_lint_tell_at(k->l, "idle-value", t->at, span,
                         "'%.*s' holds the separator '%.*s': it is never one item",
                         MOP_SV_ARG(t->value), MOP_SV_ARG(it->separator));
        mop_lint_hint(k->l, "list what stands between the separators, or take another one");
        return;
    }
    mop_lint_tell_at(k->l, "idle-value", t->at, span,
                     "'%.*s' counts as blank in '%.*s': no record has this value",
                     MOP_SV_ARG(t->value), MOP_SV_ARG(f->name));
    mop_lint_hint(k->l, "take it out, or say with 'blanks' of the field what is blank there");
}

/* What the vocabulary takes for the alias's value anyway: it folds case and blanks. An alias with
 * other separators may well be meant for those who switch that off. */
static bool is_read_without(struct look *k, const struct mop_vocabulary *v, struct mop_sv alias)
{
    enum mop_rung rung;
    mop_vocabulary_look(v, alias, &k->scratch, &rung);
    return rung == MOP_RUNG_WHITESPACE || rung == MOP_RUNG_CASE;
}

/* An alias before the i-th that differs in nothing but what is folded, or -1. */
static long like_before(const struct mop_term *t, const struct mop_sv *folded, size_t i)
{
    size_t k = 0;
    while (k < i && !mop_sv_eq(folded[k], folded[i]))
        k++;
    return k < i && !mop_sv_eq(t->aliases[k], t->aliases[i]) ? (long)k : -1;
}

static bool stands_before(const struct mop_term *t, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (mop_sv_eq(t->aliases[k], t->aliases[i]))
            return true;
    return false;
}

static void tell_alias(const struct look *k, const struct mop_term *t, size_t i, const char *what,
                       struct mop_sv other)
{
    mop_lint_tell_at(k->l, "idle-value", t->alias_at[i],
                     t->aliases[i].n ? (uint32_t)t->aliases[i].n : 1, "alias '%.*s' %s%.*s%s",
                     MOP_SV_ARG(t->aliases[i]), what, MOP_SV_ARG(other), other.n ? "'" : "");
    mop_lint_hint(k->l, other.n ? "take it out: the vocabulary folds what they differ in"
                                : "take it out");
}

static void look_at_alias(struct look *k, const struct mop_vocabulary *v, const struct mop_term *t,
                          const struct mop_sv *folded, size_t i)
{
    long like = like_before(t, folded, i);
    if (mop_sv_eq(t->aliases[i], t->value))
        tell_alias(k, t, i, "is its own value", MOP_SV_NONE);
    else if (stands_before(t, i))
        tell_alias(k, t, i, "stands twice", MOP_SV_NONE);
    else if (is_read_without(k, v, t->aliases[i]))
        tell_alias(k, t, i, "changes nothing: it is read as '", t->value);
    else if (like >= 0)
        tell_alias(k, t, i, "changes nothing: it is read as the alias '", t->aliases[like]);
}

static void look_at_aliases(struct look *k, const struct mop_vocabulary *v,
                            const struct mop_term *t)
{
    struct mop_sv *folded = mop_arena_array(&k->scratch, t->naliases + 1, sizeof *folded);
    for (size_t i = 0; t->alias_at && i < t->naliases && mop_lint_steps(k->l, 1 + i); i++) {
        folded[i] = mop_vocabulary_fold(v, t->aliases[i], false, &k->scratch);
        look_at_alias(k, v, t, folded, i);
    }
    mop_arena_reset(&k->scratch);
}

static void look_at_list(struct look *k, const struct mop_field *f, const struct mop_items *it)
{
    for (size_t i = 0; i < f->vocabulary->nterms && mop_lint_steps(k->l, 1); i++) {
        const struct mop_term *t = f->vocabulary->terms[i];
        look_at_value(k, t, f, it);
        look_at_aliases(k, f->vocabulary, t);
        let_live(k, t);
    }
}

void mop_lint_idle_values(struct mop_lint *l)
{
    struct look k = {.l = l};
    if (!mop_lint_rules(l))
        return;
    mop_map_init(&k.alive);
    mop_arena_init(&k.keys);
    mop_arena_init(&k.scratch);
    each_list(&k, see_alive);
    if (!l->out_of_steps)
        each_list(&k, look_at_list);
    mop_arena_release(&k.scratch);
    mop_arena_release(&k.keys);
    mop_map_release(&k.alive);
}
