/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "rules/lifecycle_args.h"
#include "rules/loader.h"
#include "rules/stage_history.h"

/* `history` and `transitions` of a lifecycle. */

/* ---- history ---- */

static struct mop_field *field_at(struct mop_scope *s, const struct mop_node *n, const char *key)
{
    const struct mop_node *name = mop_node_get(n, key);
    return name && !name->null ? mop_scope_field(s, name) : NULL;
}

/* `lead.record_id`, or the field alone: in a field set the record type has no name yet. */
static int read_of(struct mop_scope *s, const struct mop_node *n, struct mop_history *h)
{
    struct mop_sv text;
    if (mop_read_text(s, n, &text))
        return -1;
    bool far = mop_sv_find(text, '.') < text.n;
    h->of = far ? mop_scope_far_field(s, n) : mop_scope_field(s, n);
    if (!h->of || h->of->record == s->record)
        return h->of ? 0 : -1;
    mop_scope_fault(s, "bad-value", n, "'of' names a field of '%.*s', the record of the lifecycle",
                    MOP_SV_ARG(s->record->name));
    mop_scope_hint(s, "the one that the changes refer to: %.*s.FIELD", MOP_SV_ARG(s->record->name));
    return -1;
}

static int read_fields(struct mop_scope *s, const struct mop_node *n, struct mop_history *h)
{
    struct mop_scope far = *s; /* names of the changes' own fields */
    far.record = h->record;
    far.set = NULL;
    size_t faults = s->diags->faults;
    const struct mop_node *from = mop_node_get(n, "from");
    if (from && from->null)
        mop_scope_fault(s, "wrong-type", from, "'from' has no value");
    h->via = field_at(&far, n, "via");
    h->from = field_at(&far, n, "from");
    h->to = field_at(&far, n, "to");
    h->at = field_at(&far, n, "at");
    if (s->diags->faults > faults || !h->to || !h->at)
        return -1;
    if (mop_field_is_time(h->at))
        return 0;
    mop_scope_fault(s, "needs-type", mop_node_get(n, "at"),
                    "changes of stage are ordered by dates, but '%.*s' is %s",
                    MOP_SV_ARG(h->at->name), h->at->type ? h->at->type->name : "text");
    mop_scope_hint(s, "give the field a type: date or datetime");
    return -1;
}

static int read_history(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    static const char *const keys[] = {"record", "of", "via", "from", "to", "at", NULL};
    static const char *const must[] = {"record", "of", "to", "at"};
    struct mop_history *h = mop_arena_alloc(s->arena, sizeof *h);
    if (mop_check_keys(s, n, keys, "history"))
        return -1;
    for (size_t i = 0; i < sizeof must / sizeof *must; i++) {
        const struct mop_node *v = mop_node_get(n, must[i]);
        if (!v || v->null)
            return mop_scope_fault(s, "missing-value", n,
                                   "'history' wants {record, of, to, at}: '%s' is missing",
                                   must[i]);
    }
    h->node = n;
    h->record = mop_scope_record(s, mop_node_get(n, "record"));
    if (!h->record || read_of(s, mop_node_get(n, "of"), h) || read_fields(s, n, h))
        return -1;
    l->history = h;
    return 0;
}

int mop_history_bind(struct mop_scope *s, struct mop_history *h)
{
    size_t hits = 0;
    if (h->via)
        return 0;
    for (size_t i = 0; i < h->record->nrow_tests; i++) {
        const struct mop_test *t = h->record->row_tests[i];
        if (t->kind != &mop_kind_references || t->fields[0] == h->via ||
            ((const struct mop_references_arg *)t->arg)->target != h->of)
            continue;
        h->via = t->fields[0];
        hits++;
    }
    if (hits == 1)
        return 0;
    mop_scope_fault(s, "bad-value", h->node, "%s of '%.*s' references '%.*s.%.*s'",
                    hits ? "more than one field" : "no field", MOP_SV_ARG(h->record->name),
                    MOP_SV_ARG(h->of->record->name), MOP_SV_ARG(h->of->name));
    mop_scope_hint(s, "say which field names the record: via: FIELD");
    return -1;
}

/* ---- transitions ---- */

/* A stage or a list of stages. */
static int read_side(struct mop_scope *s, const struct mop_lifecycle *l, const struct mop_node *n,
                     struct mop_stage_list *out)
{
    int rc = 0;
    size_t items = n->kind == MOP_LIST ? n->n : 1;
    out->list = mop_arena_array(s->arena, items + 1, sizeof *out->list);
    for (size_t i = 0; i < items; i++) {
        const struct mop_stage *st = mop_stage_named(s, l, n->kind == MOP_LIST ? n->item[i] : n);
        if (st)
            out->list[out->n++] = st;
        else
            rc = -1;
    }
    return rc;
}

static int read_pair(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    if (n->kind != MOP_LIST || n->n != 2) {
        mop_scope_fault(s, "bad-value", n, "a transition is a list of two: [from, to]");
        mop_scope_hint(s, "each of them a stage or a list of stages: [[lead, mql], recycled]");
        return -1;
    }
    struct mop_transition *t = &l->allowed[l->nallowed++];
    return read_side(s, l, n->item[0], &t->from) | read_side(s, l, n->item[1], &t->to);
}

static int read_transitions(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    static const char *const keys[] = {"allowed", NULL};
    int rc = mop_check_keys(s, n, keys, "transitions");
    const struct mop_node *list = n->kind == MOP_MAPPING ? mop_node_get(n, "allowed") : NULL;
    if (!list || list->null)
        return rc;
    if (list->kind != MOP_LIST)
        return mop_scope_fault(s, "bad-value", list,
                               "'allowed' wants a list of transitions: [[from, to], ...]");
    l->has_allowed = true;
    l->allowed = mop_arena_array(s->arena, list->n + 1, sizeof *l->allowed);
    for (size_t i = 0; i < list->n; i++)
        rc |= read_pair(s, list->item[i], l);
    return rc;
}

int mop_history_compile(struct mop_scope *s, const struct mop_node *n, struct mop_lifecycle *l)
{
    const struct mop_node *history = mop_node_get(n, "history"),
                          *transitions = mop_node_get(n, "transitions");
    bool has_history = history && !history->null,
         has_transitions = transitions && !transitions->null;
    if (has_transitions && !has_history)
        mop_diag(s->diags, MOP_WARN, "not-judged", transitions->at, transitions->span,
                 "'transitions' is not judged without a 'history': a snapshot tells no moves");
    int rc = has_history ? read_history(s, history, l) : 0;
    return rc | (has_transitions ? read_transitions(s, transitions, l) : 0);
}
