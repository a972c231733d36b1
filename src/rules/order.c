/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/derive.h"
#include "rules/stage_history.h"

/* Orders: derived fields after what they read, record types after those they look into. */

enum { NEW, OPEN, DONE };

/* ---- derived fields ---- */

struct derived_walk {
    struct mop_loader *l;
    struct mop_record *r;
    unsigned char *state; /* by field index */
};

static void visit_field(struct derived_walk *w, struct mop_field *f);

static void visit_fields(struct derived_walk *w, struct mop_field *from, struct mop_field **list,
                         size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (list[i]->record != w->r)
            continue;
        if (w->state[list[i]->index] == OPEN) {
            struct mop_node at = {.at = from->derive->at, .span = 1};
            mop_scope_fault(&w->l->scope, "cyclic-derive", &at, "'%.*s' is derived from itself",
                            MOP_SV_ARG(from->name));
            if (list[i] != from)
                mop_scope_hint(&w->l->scope, "through '%.*s'", MOP_SV_ARG(list[i]->name));
        } else {
            visit_field(w, list[i]);
        }
    }
}

static void visit_field(struct derived_walk *w, struct mop_field *f)
{
    if (w->state[f->index] != NEW)
        return;
    w->state[f->index] = OPEN;
    if (f->derive) {
        visit_fields(w, f, f->derive->fields, f->derive->nfields);
        visit_fields(w, f, f->derive->after, f->derive->nafter);
        MOP_PUSH(w->l->a, w->r->derived, w->r->nderived, f);
    }
    w->state[f->index] = DONE;
}

void mop_order_derived(struct mop_loader *l)
{
    for (size_t i = 0; i < l->rs->nrecords; i++) {
        struct mop_record *r = l->rs->records[i];
        struct derived_walk w = {l, r, mop_arena_alloc(l->a, r->nfields + 1)};
        for (size_t k = 0; k < r->nfields; k++)
            visit_field(&w, r->fields[k]);
    }
}

/* ---- record types ---- */

static void reads_first(struct mop_loader *l, struct mop_record *r, struct mop_record *other,
                        struct mop_loc at)
{
    if (other == r) {
        struct mop_node node = {.at = at, .span = 1};
        mop_scope_fault(&l->scope, "cyclic-records", &node,
                        "'%.*s' would have to be read before itself", MOP_SV_ARG(r->name));
        return;
    }
    for (size_t i = 0; i < r->nreads_first; i++)
        if (r->reads_first[i] == other)
            return;
    MOP_PUSH(l->a, r->reads_first, r->nreads_first, other);
}

/* Changes of stage, if a check asks for them. */
static void find_histories(struct mop_loader *l, struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++) {
        const struct mop_expr *e = r->checks[i]->assert_;
        const struct mop_history *h = e && e->op == MOP_OP_TEST ? mop_test_history(e->test) : NULL;
        if (h)
            reads_first(l, r, h->record, h->node->at);
    }
}

static void find_edges(struct mop_loader *l, struct mop_record *r)
{
    for (size_t i = 0; i < r->nfields; i++) {
        const struct mop_field *f = r->fields[i];
        const struct mop_derive_lookup *look = f->derive ? f->derive->lookup : NULL;
        if (look && look->target)
            reads_first(l, r, look->target->record, f->derive->at);
        if (f->vocabulary && f->vocabulary->from_record)
            reads_first(l, r, f->vocabulary->from_record, f->at);
    }
    for (size_t i = 0; i < l->ncolumn_uses; i++)
        if (l->column_uses[i].record == r)
            reads_first(l, r, l->column_uses[i].vocabulary->from_record, l->column_uses[i].at);
    find_histories(l, r);
}

struct record_walk {
    struct mop_loader *l;
    unsigned char *state; /* by record index */
    struct mop_record **out;
    size_t n;
};

static void visit_record(struct record_walk *w, struct mop_record *r)
{
    if (w->state[r->index] != NEW)
        return;
    w->state[r->index] = OPEN;
    for (size_t i = 0; i < r->nreads_first; i++) {
        struct mop_record *other = r->reads_first[i];
        if (w->state[other->index] == OPEN) {
            struct mop_node at = {.at = r->at, .span = (uint32_t)r->name.n};
            mop_scope_fault(&w->l->scope, "cyclic-records", &at,
                            "'%.*s' and '%.*s' would each have to be read before the other",
                            MOP_SV_ARG(r->name), MOP_SV_ARG(other->name));
        } else {
            visit_record(w, other);
        }
    }
    w->state[r->index] = DONE;
    w->out[w->n++] = r;
}

void mop_order_records(struct mop_loader *l)
{
    struct mop_ruleset *rs = l->rs;
    struct record_walk w = {.l = l, .state = mop_arena_alloc(l->a, rs->nrecords + 1)};
    w.out = mop_arena_array(l->a, rs->nrecords + 1, sizeof(struct mop_record *));
    for (size_t i = 0; i < rs->nrecords; i++)
        find_edges(l, rs->records[i]);
    for (size_t i = 0; i < rs->nrecords; i++)
        visit_record(&w, rs->records[i]);
    rs->records = w.out;
    for (size_t i = 0; i < rs->nrecords; i++)
        rs->records[i]->index = i;
}
