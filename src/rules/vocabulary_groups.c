/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/vocabulary.h"

/* Groups of a vocabulary: values by name, by pattern, and all but some. */

static struct mop_term *group_term(struct mop_scope *s, const struct mop_vocabulary *v,
                                   const struct mop_node *n)
{
    struct mop_sv text;
    if (mop_read_text(s, n, &text) != 0)
        return NULL;
    enum mop_rung rung;
    const struct mop_term *t = mop_vocabulary_look(v, text, s->arena, &rung);
    if (t) {
        mop_mention(s, t, n);
        return (struct mop_term *)t;
    }
    mop_scope_fault(s, "unknown-value", n, "'%.*s' is no value of this vocabulary",
                    MOP_SV_ARG(text));
    struct mop_sv near = mop_vocabulary_nearest(v, text);
    if (near.n > 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(near));
    return NULL;
}

/* {except: [..]}: every value but these. */
static void group_except(struct mop_scope *s, const struct mop_vocabulary *v, struct mop_group *g,
                         const struct mop_node *n)
{
    size_t count = n->kind == MOP_LIST ? n->n : 1;
    const struct mop_term **except = mop_arena_array(s->arena, count + 1, sizeof *except);
    for (size_t i = 0; i < count; i++)
        except[i] = group_term(s, v, n->kind == MOP_LIST ? n->item[i] : n);
    for (size_t i = 0; i < v->nterms; i++) {
        bool out = false;
        for (size_t k = 0; k < count && !out; k++)
            out = except[k] == v->terms[i];
        if (!out)
            MOP_PUSH(s->arena, g->terms, g->nterms, v->terms[i]);
    }
}

static void group_entry(struct mop_scope *s, const struct mop_vocabulary *v, struct mop_group *g,
                        const struct mop_node *n, bool column)
{
    if (n->kind != MOP_MAPPING) {
        struct mop_term *t = group_term(s, v, n);
        if (t)
            MOP_PUSH(s->arena, g->terms, g->nterms, t);
        return;
    }
    mop_keys_check(s, n, &mop_keys_group);
    const struct mop_node *pattern = mop_keys_get(n, &mop_keys_group, "pattern");
    const struct mop_node *except = mop_keys_get(n, &mop_keys_group, "except");
    struct mop_regex *r =
        pattern ? mop_read_regex(s, pattern, MOP_RX_WHOLE, MOP_PATTERN_GROUP) : NULL;
    if (r)
        MOP_PUSH(s->arena, g->patterns, g->npatterns, r);
    if (except && column) {
        mop_scope_fault(s, "bad-value", except,
                        "'except' needs values that are listed, these are a column");
        mop_scope_hint(s, "use a pattern such as (?!...)");
    } else if (except) {
        group_except(s, v, g, except);
    }
}

void mop_vocabulary_groups(struct mop_scope *s, struct mop_vocabulary *v, const struct mop_node *n,
                           bool column)
{
    v->groups = mop_arena_array(s->arena, n->n ? n->n : 1, sizeof *v->groups);
    for (size_t i = 0; i < n->n; i++) {
        struct mop_group *g = &v->groups[v->ngroups++];
        const struct mop_node *list = n->item[i];
        g->name = n->key[i]->text;
        g->of = v;
        size_t count = list->kind == MOP_LIST ? list->n : 1;
        if (list->null) {
            mop_scope_fault(s, "wrong-type", n->key[i], "group '%.*s' has no values",
                            MOP_SV_ARG(g->name));
            continue;
        }
        for (size_t k = 0; k < count; k++)
            group_entry(s, v, g, list->kind == MOP_LIST ? list->item[k] : list, column);
    }
}
