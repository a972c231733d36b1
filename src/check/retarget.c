/* SPDX-License-Identifier: MIT */
#include "check/retarget.h"
#include "check/dictionary.h"

bool mop_value_same(const struct mop_value *a, const struct mop_value *b)
{
    return a->state == b->state && a->known == b->known && mop_sv_eq(a->meant, b->meant);
}

/* ---- finding them ---- */

static bool is_found(const struct mop_value *v)
{
    return v->state == MOP_ST_VALUE && v->known;
}

static uint64_t row_of(const struct mop_target *t, const struct mop_value *v)
{
    const uint64_t *row = is_found(v) ? mop_map_find(&t->values, v->meant) : NULL;
    return row ? *row : MOP_NO_ROW;
}

/* Does any field that look-ups read beside it change? */
static bool beside_changes(const struct mop_target *t, struct mop_entry *const *before,
                           struct mop_entry *const *after)
{
    for (size_t i = 0; i < t->nwanted; i++) {
        size_t f = t->wanted[i]->index;
        if (!mop_value_same(&before[f]->v, &after[f]->v))
            return true;
    }
    return false;
}

struct mop_retarget *mop_retargets_find(struct mop_references *r, const struct mop_record *type,
                                        struct mop_entry *const *before,
                                        struct mop_entry *const *after, struct mop_arena *a,
                                        uint32_t *n)
{
    struct mop_retarget *list = mop_arena_array(a, r->ntargets + 1, sizeof *list);
    *n = 0;
    for (size_t i = 0; i < r->ntargets; i++) {
        struct mop_target *t = &r->targets[i];
        if (t->field->record != type)
            continue;
        const struct mop_value *from = &before[t->field->index]->v,
                               *to = &after[t->field->index]->v;
        bool leaves = !mop_value_same(from, to);
        if (!leaves && !beside_changes(t, before, after))
            continue;
        struct mop_sv comes = leaves && is_found(to) ? mop_arena_copy(a, to->meant) : MOP_SV("");
        list[(*n)++] = (struct mop_retarget){t, row_of(t, from), leaves, comes};
    }
    return list;
}

bool mop_retarget_may_upset(const struct mop_retarget *x)
{
    return x->row != MOP_NO_ROW || (x->comes.n && x->target->nwanted);
}

/* ---- at the end of the run ---- */

void mop_retarget_make(const struct mop_retarget *x)
{
    if (!x->leaves)
        return;
    x->target->changes = true;
    if (x->row != MOP_NO_ROW)
        x->target->rows[x->row].leaving++;
    if (x->comes.n)
        ++*mop_map_put(&x->target->coming, x->comes, NULL);
}

void mop_retarget_undo(const struct mop_retarget *x)
{
    if (!x->leaves)
        return;
    if (x->row != MOP_NO_ROW)
        x->target->rows[x->row].leaving--;
    if (x->comes.n)
        --*mop_map_find(&x->target->coming, x->comes);
}

bool mop_retarget_asked(const struct mop_retarget *x)
{
    const struct mop_target *t = x->target;
    if (x->row != MOP_NO_ROW && t->rows[x->row].asked)
        return true;
    const uint64_t *row = x->comes.n ? mop_map_find(&t->values, x->comes) : NULL;
    return row ? t->rows[*row].asked : x->comes.n && mop_map_find(&t->sought, x->comes);
}

bool mop_retarget_missed(const struct mop_retarget *x)
{
    return x->leaves && x->row != MOP_NO_ROW && x->target->rows[x->row].missed;
}

bool mop_target_has_after(const struct mop_target *t, struct mop_sv meant)
{
    const uint64_t *row = mop_map_find(&t->values, meant), *n;
    if (row && t->rows[*row].records > t->rows[*row].leaving)
        return true;
    return (n = mop_map_find(&t->coming, meant)) && *n;
}

void mop_target_miss(struct mop_target *t, struct mop_sv meant)
{
    const uint64_t *row = mop_map_find(&t->values, meant);
    if (row)
        t->rows[*row].missed = true;
}
