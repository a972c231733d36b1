/* SPDX-License-Identifier: MIT */
#include "lint/test_parts.h"
#include <stdlib.h>

/* An exporter of records that stand in a rule file: a column for each field of the type, and what a
 * record does not name is not there. */

struct given_source {
    struct mop_source source;
    const struct mop_test_source *of;
    struct mop_arena names, batch;
    size_t *column; /* by field */
    size_t next;
};

static bool takes(const char *source)
{
    (void)source;
    return false;
}

static struct mop_source *open_none(const char *source, const struct mop_source_options *o,
                                    struct mop_err *e)
{
    (void)o;
    mop_err_set(e, 2, (struct mop_loc){source, 0, 0}, "records of a rule file are no file");
    return NULL;
}

static void fill_row(struct given_source *g, const struct mop_test_row *from, struct mop_row *row)
{
    const struct mop_given_record *r = from->given;
    struct mop_cell *cells = mop_arena_array(&g->batch, g->source.schema.n + 1, sizeof *cells);
    for (size_t i = 0; i < r->n; i++) {
        const struct mop_node *n = mop_given_value(r, from->pick, i);
        struct mop_cell *c = &cells[g->column[r->given[i].field->index]];
        c->presence = n->null ? MOP_NULL : MOP_GIVEN;
        c->v = n->null ? MOP_SV_NONE : n->text;
    }
    *row = (struct mop_row){.cells = cells, .record = g->next, .line = r->at ? r->at->at.line : 0};
}

static int next(struct mop_source *s, struct mop_batch *b, struct mop_err *e)
{
    enum { CELLS = 64 * 1024 };
    struct given_source *g = (struct given_source *)s;
    (void)e;
    mop_arena_reset(&g->batch);
    b->n = 0;
    while (b->n < MOP_BATCH_ROWS && g->next < g->of->n && b->n * s->schema.n <= CELLS) {
        const struct mop_test_row *from = &g->of->rows[g->next++];
        fill_row(g, from, &b->rows[b->n++]);
    }
    return b->n > 0;
}

static void close_given(struct mop_source *s)
{
    struct given_source *g = (struct given_source *)s;
    mop_arena_release(&g->names);
    mop_arena_release(&g->batch);
    free(g);
}

static const struct mop_exporter exporter = {
    "given", "records of a rule file", takes, open_none, next, close_given, NULL};

struct mop_source *mop_test_source_open(const struct mop_test_source *s)
{
    const struct mop_record *r = s->record;
    struct given_source *g = mop_alloc(sizeof *g);
    mop_arena_init(&g->names);
    mop_arena_init(&g->batch);
    g->of = s;
    g->source = (struct mop_source){
        .exporter = &exporter,
        .name = mop_arena_str(&g->names, r->name),
        .schema.columns = mop_arena_array(&g->names, r->nfields + 1, sizeof(struct mop_sv))};
    g->column = mop_arena_array(&g->names, r->nfields + 1, sizeof *g->column);
    for (size_t i = 0; i < r->nfields; i++) {
        if (r->fields[i]->derive)
            continue;
        g->column[i] = g->source.schema.n;
        g->source.schema.columns[g->source.schema.n++] = r->fields[i]->name;
    }
    return &g->source;
}
