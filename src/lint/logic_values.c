/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lint/logic.h"
#include "rules/compile.h"
#include "rules/items.h"
#include "rules/kinds.h"

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

static void look_at_aliases(struct look *k, const struct mop_term *t)
{
    for (size_t i = 0; t->alias_at && i < t->naliases; i++) {
        struct mop_sv alias = t->aliases[i];
        size_t same = 0;
        while (same < i && !mop_sv_eq(t->aliases[same], alias))
            same++;
        if (!mop_sv_eq(alias, t->value) && same == i)
            continue;
        mop_lint_tell_at(k->l, "idle-value", t->alias_at[i], alias.n ? (uint32_t)alias.n : 1,
                         same < i ? "alias '%.*s' stands twice" : "alias '%.*s' is its own value",
                         MOP_SV_ARG(alias));
        mop_lint_hint(k->l, "take it out");
    }
}

static void look_at_list(struct look *k, const struct mop_field *f, const struct mop_items *it)
{
    for (size_t i = 0; i < f->vocabulary->nterms && mop_lint_steps(k->l, 1); i++) {
        const struct mop_term *t = f->vocabulary->terms[i];
        look_at_value(k, t, f, it);
        look_at_aliases(k, t);
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
