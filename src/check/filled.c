/* SPDX-License-Identifier: MIT */
#include "check/filled.h"
#include "check/judge.h"
#include <string.h>

static void add_field(struct mop_ask *ask, struct mop_field *f)
{
    for (size_t i = 0; i < ask->nfields; i++)
        if (ask->fields[i] == f)
            return;
    ask->fields[ask->nfields++] = f;
}

/* Of a stage's `requires` the first field is the stage. */
static void add_fields(struct mop_ask *ask, const struct mop_expr *e)
{
    const struct mop_test *t = e->op == MOP_OP_TEST ? e->test : NULL;
    for (size_t i = t && t->kind == &mop_kind_requires; t && i < t->nfields; i++)
        add_field(ask, t->fields[i]);
    for (size_t i = 0; !t && i < e->n; i++)
        add_fields(ask, e->kids[i]);
}

void mop_filled_init(struct mop_judge *j)
{
    struct mop_filled *f = &j->filled;
    f->cells = mop_arena_alloc(&j->arena, j->record->nfields + 1);
    f->asks = mop_arena_array(&j->arena, j->record->nchecks + 1, sizeof *f->asks);
    for (size_t i = 0; i < j->record->nchecks; i++) {
        const struct mop_check *c = j->record->checks[i];
        if (!c->required_like || !c->assert_ || c->severity != MOP_SEV_ERROR ||
            c->dimension != MOP_DIM_COMPLETENESS)
            continue;
        struct mop_ask *ask = &f->asks[f->nasks++];
        ask->check = c;
        ask->fields = mop_arena_array(&j->arena, j->record->nfields + 1, sizeof(void *));
        add_fields(ask, c->assert_);
    }
}

/* A blank in a rule that passes was not asked for: all are blank, or another one will do. */
static uint8_t answer(const struct mop_judge *j, const struct mop_ask *ask, enum mop_state state)
{
    if (mop_bit_get(j->verdict.undecided, ask->check->index))
        return MOP_CELL_UNTOLD;
    if (state == MOP_ST_VALUE)
        return MOP_CELL_FILLED;
    return mop_bit_get(j->verdict.fail, ask->check->index) ? MOP_CELL_EMPTY : MOP_CELL_NOT_ASKED;
}

void mop_filled_record(struct mop_judge *j)
{
    struct mop_filled *f = &j->filled;
    if (!f->nasks)
        return;
    memset(f->cells, MOP_CELL_NOT_ASKED, j->record->nfields);
    for (size_t i = 0; i < f->nasks; i++) {
        const struct mop_ask *ask = &f->asks[i];
        if (!mop_bit_get(j->verdict.applied, ask->check->index))
            continue;
        for (size_t k = 0; k < ask->nfields; k++) {
            size_t field = ask->fields[k]->index;
            uint8_t is = answer(j, ask, j->entries[field]->v.state);
            f->cells[field] = is > f->cells[field] ? is : f->cells[field];
        }
    }
    for (size_t i = 0; i < j->record->nfields; i++)
        j->tally.asked[f->cells[i]]++;
}
