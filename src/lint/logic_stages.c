/* SPDX-License-Identifier: MIT */
#include "lint/logic.h"

/* Stages that no record can be in. From the nodes. */

struct stages {
    struct mop_lint *l;
    const struct mop_node *list; /* of stages */
    bool *entered;               /* by `transitions` */
};

static const struct mop_node *stage_name(const struct mop_node *stage)
{
    const struct mop_node *n = mop_lint_get(stage, "name");
    return n && n->kind == MOP_SCALAR ? n : NULL;
}

static bool says(const struct mop_node *stage, const char *key)
{
    return mop_sv_eqs(mop_lint_text(stage, key), "true");
}

static bool is_alias(const struct mop_node *stage, struct mop_sv name)
{
    const struct mop_node *a = mop_lint_get(stage, "aliases");
    for (size_t i = 0; a && i < (a->kind == MOP_LIST ? a->n : 1); i++)
        if (mop_sv_eq_nocase((a->kind == MOP_LIST ? a->item[i] : a)->text, name))
            return true;
    return false;
}

static size_t find_stage(const struct mop_node *list, struct mop_sv name)
{
    size_t i = 0;
    for (; i < list->n; i++) {
        const struct mop_node *n = stage_name(list->item[i]);
        if ((n && mop_sv_eq_nocase(n->text, name)) || is_alias(list->item[i], name))
            break;
    }
    return i;
}

static void unreachable(struct stages *s, const struct mop_node *name, const char *why)
{
    mop_lint_tell(s->l, "unreachable-stage", name, "no record can reach stage '%.*s'",
                  MOP_SV_ARG(name->text));
    mop_lint_hint(s->l, "%s", why);
}

/* Without transitions: one step on at a time, and after an end there is no next. */
static void see_path(struct stages *s)
{
    bool ended = false;
    for (size_t i = 0; i < s->list->n; i++) {
        const struct mop_node *stage = s->list->item[i], *name = stage_name(stage);
        if (!name || says(stage, "off_path"))
            continue;
        if (ended && !says(stage, "terminal"))
            unreachable(s, name,
                        "the stages before it are terminal; put it before them, or beside "
                        "the path with off_path: true");
        ended |= says(stage, "terminal");
    }
}

/* A stage that is none is a fault of its own. */
static void see_target(struct stages *s, const struct mop_node *name)
{
    size_t i = name->kind == MOP_SCALAR ? find_stage(s->list, name->text) : s->list->n;
    if (i < s->list->n)
        s->entered[i] = true;
    for (size_t k = 0; name->kind == MOP_LIST && k < name->n; k++)
        see_target(s, name->item[k]);
}

static void see_transitions(struct stages *s, const struct mop_node *allowed)
{
    s->entered = mop_arena_array(s->l->arena, s->list->n + 1, sizeof *s->entered);
    for (size_t i = 0; i < allowed->n; i++) {
        const struct mop_node *pair = allowed->item[i];
        for (size_t k = 1; pair->kind == MOP_LIST && k < pair->n; k++)
            see_target(s, pair->item[k]);
    }
    for (size_t i = 1; i < s->list->n; i++) {
        const struct mop_node *name = stage_name(s->list->item[i]);
        if (name && !s->entered[i])
            unreachable(s, name, "no transition leads to it");
    }
}

static void see_lifecycle(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    struct stages s = {.l = ctx, .list = mop_lint_get(n, "stages")};
    const struct mop_node *allowed = mop_lint_get(mop_lint_get(n, "transitions"), "allowed");
    (void)key;
    if (!s.list || s.list->kind != MOP_LIST)
        return;
    if (allowed && allowed->kind == MOP_LIST)
        see_transitions(&s, allowed);
    else
        see_path(&s);
}

void mop_lint_stages(struct mop_lint *l)
{
    mop_lint_each(l->root, "lifecycles", see_lifecycle, l);
}
