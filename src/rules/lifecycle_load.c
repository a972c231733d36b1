/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/kinds.h"
#include "rules/stage_history.h"
#include "rules/vocabulary.h"

/* Lifecycles and calendars: their stages become a vocabulary, their checks checks. What they judge
 * is in lifecycle.c. */

static const struct mop_key_table *const keys = &mop_keys_lifecycle;

void mop_load_calendars(struct mop_loader *l)
{
    const struct mop_node *map = mop_keys_get(l->root, &mop_keys_top, "calendars");
    for (size_t i = 0; map && i < map->n; i++) {
        struct mop_scope s = mop_scope_at(l, NULL, NULL, map->item[i]);
        struct mop_calendar *c = mop_calendar_compile(&s, map->key[i], map->item[i]);
        if (c)
            MOP_PUSH(l->a, l->rs->calendars, l->rs->ncalendars, c);
    }
}

/* The ladder of the stages is a check of that use of the field set which brings the lifecycle. */
static void note_layer(struct mop_loader *l, const struct mop_field *f,
                       const struct mop_layer *layer)
{
    for (size_t i = 0; i < l->nfields; i++)
        if (l->fields[i].field == f)
            l->fields[i].stages = layer;
}

/* A vocabulary of its own, or of another lifecycle, in which no stage is known would leave every
 * record undecided. */
static void check_shared(struct mop_scope *s, const struct mop_node *at,
                         const struct mop_vocabulary *own, const struct mop_vocabulary *stages)
{
    bool knows = own->from_record != NULL;
    enum mop_rung rung;
    for (size_t i = 0; i < stages->nterms && !knows; i++)
        knows = mop_vocabulary_look(own, stages->terms[i]->value, s->arena, &rung) != NULL;
    if (knows)
        return;
    mop_scope_fault(s, "two-vocabularies", at, "'%.*s' has a vocabulary without any of the stages",
                    MOP_SV_ARG(at->text));
    mop_scope_hint(s, "changes of two lifecycles want two record types");
}

/* Stages are read the same way where changes name them: a field there that has no vocabulary takes
 * the lifecycle's. */
static void share_stages(struct mop_loader *l, const struct mop_pending *p,
                         struct mop_vocabulary *stages)
{
    static const char *const named[] = {"from", "to"};
    const struct mop_node *history = mop_keys_get(p->node, keys, "history"),
                          *record = history ? mop_node_get(history, "record") : NULL;
    struct mop_scope s = mop_scope_at(l, p->record, NULL, history ? history : p->node);
    struct mop_record *of = record ? mop_scope_record(&s, record) : NULL;
    s.record = of;
    s.set = NULL;
    for (size_t i = 0; of && i < sizeof named / sizeof *named; i++) {
        const struct mop_node *name = mop_node_get(history, named[i]);
        struct mop_field *f = name && !name->null ? mop_scope_field(&s, name) : NULL;
        if (f && f->vocabulary)
            check_shared(&s, name, f->vocabulary, stages);
        if (!f || f->vocabulary)
            continue;
        f->vocabulary = stages;
        note_layer(l, f, p->layer);
    }
}

static void check_stage(struct mop_scope *s, const struct mop_node *n)
{
    struct mop_sv ignored;
    const struct mop_node *owner = mop_keys_get(n, &mop_keys_stage, "owner");
    mop_keys_check(s, n, &mop_keys_stage);
    if (owner)
        mop_read_person(s, owner, &ignored);
}

static void load_stages_of(struct mop_loader *l, const struct mop_pending *p)
{
    const struct mop_node *n = p->node, *field = mop_keys_get(n, keys, "field"),
                          *stages = mop_keys_get(n, keys, "stages");
    struct mop_scope s = mop_scope_at(l, p->record, NULL, field ? field : n);
    if (!field && !mop_node_get(n, "field"))
        mop_scope_fault(&s, "missing-key", n, "'field' is missing: which field holds the stage");
    if (!stages && !mop_node_get(n, "stages"))
        mop_scope_fault(&s, "missing-key", n, "'stages' is missing: the stages in order");
    for (size_t i = 0; stages && i < stages->n; i++)
        check_stage(&s, stages->item[i]);
    struct mop_field *f = field ? mop_scope_field(&s, field) : NULL;
    if (!f || !stages)
        return;
    if (f->vocabulary) {
        mop_scope_fault(&s, "two-vocabularies", field,
                        "'%.*s' has a vocabulary, or is the stage of another lifecycle",
                        MOP_SV_ARG(f->name));
        mop_scope_hint(&s, "the stages are the vocabulary of their field: take the other one out");
        return;
    }
    f->vocabulary = mop_stage_vocabulary(&s, stages, field->at);
    note_layer(l, f, p->layer);
    const struct mop_node *owner = mop_keys_get(n, keys, "owner");
    if (owner)
        mop_read_person(&s, owner, &f->vocabulary->owner);
    share_stages(l, p, f->vocabulary);
}

void mop_load_stages(struct mop_loader *l)
{
    for (size_t i = 0; i < l->nlifecycles; i++)
        load_stages_of(l, &l->lifecycles[i]);
}

/* What a lifecycle says of all its checks. */
static const struct mop_node *shared_options(struct mop_loader *l, const struct mop_node *n)
{
    static const char *const shared[] = {"severity", "fixed_by", "applies", "tags"};
    struct mop_node *out = mop_arena_alloc(l->a, sizeof *out);
    *out = *n;
    out->key = mop_arena_array(l->a, sizeof shared / sizeof *shared, sizeof *out->key);
    out->item = mop_arena_array(l->a, sizeof shared / sizeof *shared, sizeof *out->item);
    out->n = 0;
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        long k = mop_node_index(n, mop_sv_of(shared[i]));
        if (k < 0)
            continue;
        out->key[out->n] = n->key[k];
        out->item[out->n++] = n->item[k];
    }
    return out;
}

/* Whose word counts on a stage check: the field's, then its vocabulary's. The stages are the
 * vocabulary of their field, so the lifecycle's owner is that vocabulary's; the fields it requires
 * come under it, too. */
static struct mop_sv owner_of(const struct mop_field *f, const struct mop_lifecycle *lc)
{
    const struct mop_vocabulary *own = f->vocabulary, *stages = lc->field->vocabulary;
    if (f->owner.n)
        return f->owner;
    return own && own->owner.n ? own->owner : stages ? stages->owner : MOP_SV("");
}

/* The file that brought the lifecycle or stage at that place. */
static const char *from_of(const struct mop_node *lifecycle, struct mop_loc at)
{
    const struct mop_node *stages = mop_node_get(lifecycle, "stages");
    for (size_t i = 0; stages && i < stages->n; i++)
        if (stages->item[i]->at.line == at.line && stages->item[i]->at.col == at.col &&
            stages->item[i]->at.file == at.file)
            return stages->item[i]->from;
    return lifecycle->from;
}

static void load_stage_check(struct mop_loader *l, const struct mop_pending *p,
                             const struct mop_lifecycle *lc, struct mop_stage_check *sc)
{
    struct mop_check *c = mop_check_new(l, p->record, NULL, sc->test->kind, sc->at);
    struct mop_sv as = p->layer ? p->layer->as : MOP_SV("");
    struct mop_node at = {.at = sc->at, .span = 1, .from = from_of(p->node, sc->at)};
    sc->check = c;
    c->role = MOP_CHECK_STAGE;
    /* of `requires` the field that is missing, so that its owner hears of it */
    c->field = sc->test->kind == &mop_kind_requires && sc->test->nfields > 1 ? sc->test->fields[1]
                                                                             : lc->field;
    c->guard = c->written_form = false;
    c->owner = owner_of(c->field, lc);
    mop_check_options(l, c, shared_options(l, p->node));
    if (sc->has_severity)
        c->final_severity = sc->severity;
    mop_check_layer(c, p->layer, NULL, l);
    c->id =
        mop_arena_printf(l->a, "%.*s.%.*s%s%.*s.%.*s", MOP_SV_ARG(p->record->name), MOP_SV_ARG(as),
                         as.n ? "." : "", MOP_SV_ARG(lc->id), MOP_SV_ARG(sc->suffix));
    c->assert_ = mop_expr_test(l->a, sc->test);
    if (mop_test_history(sc->test))
        MOP_PUSH(l->a, l->far, l->nfar, lc->history->record);
    mop_check_add(l, c, &at);
}

static struct mop_sv id_text(const struct mop_node *lifecycle)
{
    const struct mop_node *id = mop_keys_get(lifecycle, keys, "id");
    return id ? id->text : MOP_SV("");
}

void mop_load_lifecycle(struct mop_loader *l, const struct mop_pending *p)
{
    struct mop_scope s = mop_scope_at(l, p->record, NULL, p->node);
    if (!mop_node_get(p->node, "id"))
        mop_scope_fault(&s, "missing-key", p->node,
                        "'id' is missing: by what name its checks are reported");
    if (!mop_keys_get(p->node, keys, "id") || !mop_keys_get(p->node, keys, "field") ||
        !mop_keys_get(p->node, keys, "stages"))
        return; /* told already */
    struct mop_lifecycle *lc = mop_lifecycle_compile(&s, p->node);
    if (!lc)
        return;
    for (const struct mop_pending *q = l->lifecycles; q < p; q++)
        if (q->record == p->record && q->layer == p->layer && mop_sv_eq(id_text(q->node), lc->id)) {
            mop_scope_fault(&s, "duplicate-id", mop_node_get(p->node, "id"),
                            "lifecycle '%.*s' stands twice", MOP_SV_ARG(lc->id));
            return;
        }
    MOP_PUSH(l->a, p->record->lifecycles, p->record->nlifecycles, lc);
    for (size_t i = 0; i < lc->nchecks; i++)
        load_stage_check(l, p, lc, &lc->checks[i]);
}

void mop_bind_histories(struct mop_loader *l)
{
    for (size_t i = 0; i < l->rs->nrecords; i++)
        for (size_t k = 0; k < l->rs->records[i]->nlifecycles; k++) {
            struct mop_history *h = l->rs->records[i]->lifecycles[k]->history;
            if (h)
                mop_history_bind(&l->scope, h);
        }
}
