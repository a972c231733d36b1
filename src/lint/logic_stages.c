/* SPDX-License-Identifier: MIT */
#include "lint/logic.h"

/* Stages that no record can be in. From the nodes. */

struct stages {
    struct mop_lint *l;
    const struct mop_node *list; /* of stages */
    bool *moves;                 /* n * n: from row to column */
    bool *reached;               /* from where records begin */
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

/* ---- with transitions ---- */

/* Every stage that `name`, a stage or a list of them, means. A stage that is none is a fault of its
 * own. */
static void mark(const struct stages *s, const struct mop_node *name, bool *out)
{
    size_t i = name->kind == MOP_SCALAR ? find_stage(s->list, name->text) : s->list->n;
    if (i < s->list->n)
        out[i] = true;
    for (size_t k = 0; name->kind == MOP_LIST && k < name->n; k++)
        mark(s, name->item[k], out);
}

static void add_moves(struct stages *s, const struct mop_node *from, const struct mop_node *to)
{
    bool *before = mop_arena_array(s->l->arena, s->list->n + 1, sizeof *before),
         *after = mop_arena_array(s->l->arena, s->list->n + 1, sizeof *after);
    if (!from || !to || !mop_lint_steps(s->l, s->list->n))
        return;
    mark(s, from, before);
    mark(s, to, after);
    for (size_t i = 0; i < s->list->n; i++)
        for (size_t k = 0; before[i] && k < s->list->n; k++)
            s->moves[i * s->list->n + k] |= after[k];
}

/* Skips are legal moves beside those of `allowed`. */
static void read_moves(struct stages *s, const struct mop_node *allowed,
                       const struct mop_node *skips)
{
    for (size_t i = 0; allowed && i < allowed->n; i++) {
        const struct mop_node *pair = allowed->item[i];
        if (pair->kind == MOP_LIST && pair->n == 2)
            add_moves(s, pair->item[0], pair->item[1]);
    }
    for (size_t i = 0; skips && skips->kind == MOP_LIST && i < skips->n; i++)
        add_moves(s, mop_lint_get(skips->item[i], "from"), mop_lint_get(skips->item[i], "to"));
}

/* Records begin in the first stage of the path. */
static size_t first_of_path(const struct stages *s)
{
    size_t i = 0;
    while (i < s->list->n && says(s->list->item[i], "off_path"))
        i++;
    return i < s->list->n ? i : 0;
}

static void reach(struct stages *s, size_t from)
{
    size_t n = s->list->n, *todo = mop_arena_array(s->l->arena, n + 1, sizeof *todo), ntodo = 0;
    s->reached[from] = true;
    todo[ntodo++] = from;
    while (ntodo) {
        size_t at = todo[--ntodo];
        for (size_t i = 0; i < n; i++) {
            if (!s->moves[at * n + i] || s->reached[i])
                continue;
            s->reached[i] = true;
            todo[ntodo++] = i;
        }
    }
}

/* What leads to it, other than itself, or NULL. */
static const struct mop_node *leads_to(const struct stages *s, size_t to)
{
    for (size_t i = 0; i < s->list->n; i++)
        if (i != to && s->moves[i * s->list->n + to])
            return stage_name(s->list->item[i]);
    return NULL;
}

static void tell_cut_off(struct stages *s, size_t from, size_t to)
{
    const struct mop_node *begin = stage_name(s->list->item[from]),
                          *name = stage_name(s->list->item[to]), *before = leads_to(s, to);
    if (!begin || !name)
        return;
    mop_lint_tell(s->l, "unreachable-stage", name, "no record can reach stage '%.*s' from '%.*s'",
                  MOP_SV_ARG(name->text), MOP_SV_ARG(begin->text));
    if (before)
        mop_lint_hint(s->l, "records come to it from '%.*s', which none can reach either",
                      MOP_SV_ARG(before->text));
    else
        mop_lint_hint(s->l, "no transition leads to it%s",
                      s->moves[to * s->list->n + to] ? " but its own" : "");
}

static void see_transitions(struct stages *s)
{
    size_t n = s->list->n, from = first_of_path(s);
    reach(s, from);
    for (size_t i = 0; !s->l->out_of_steps && i < n; i++)
        if (!s->reached[i])
            tell_cut_off(s, from, i);
}

/* ---- without ---- */

/* Does a skip lead to stage i from one that was reached? */
static bool is_skipped_to(const struct stages *s, size_t i)
{
    bool found = false;
    for (size_t k = 0; k < s->list->n; k++)
        found |= s->reached[k] && s->moves[k * s->list->n + i];
    return found;
}

/* One step on at a time, or by a skip; after an end there is no next. */
static void see_path(struct stages *s)
{
    bool ended = false;
    for (size_t i = 0; i < s->list->n; i++) {
        const struct mop_node *stage = s->list->item[i], *name = stage_name(stage);
        if (!name)
            continue;
        s->reached[i] = true;
        if (says(stage, "off_path"))
            continue;
        ended = ended && !is_skipped_to(s, i);
        s->reached[i] = !ended || says(stage, "terminal");
        if (!s->reached[i])
            unreachable(s, name,
                        "the stages before it are terminal; put it before them, or beside "
                        "the path with off_path: true");
        ended |= says(stage, "terminal");
    }
}

static void see_lifecycle(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    struct stages s = {.l = ctx, .list = mop_lint_get(n, "stages")};
    const struct mop_node *allowed = mop_lint_get(mop_lint_get(n, "transitions"), "allowed");
    (void)key;
    if (!s.list || s.list->kind != MOP_LIST || !s.list->n)
        return;
    size_t room = s.list->n;
    if (!mop_lint_steps(s.l, room * room))
        return;
    s.moves = mop_arena_array(s.l->arena, room * room, sizeof *s.moves);
    s.reached = mop_arena_array(s.l->arena, room, sizeof *s.reached);
    bool listed = allowed && allowed->kind == MOP_LIST;
    read_moves(&s, listed ? allowed : NULL, mop_lint_get(n, "skips"));
    if (listed)
        see_transitions(&s);
    else
        see_path(&s);
}

void mop_lint_stages(struct mop_lint *l)
{
    mop_lint_each(l->root, "lifecycles", see_lifecycle, l);
}
