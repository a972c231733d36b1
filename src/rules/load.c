/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "rules/derive.h"
#include <stdlib.h>
#include <string.h>

/*
 * Rule files to rule set: read, merge, then pass after pass over the merged nodes. A pass tells all
 * it finds wrong and leaves out what it could not read, so that one run shows every error.
 */

struct mop_deferred {
    struct mop_deferred *next;
    void (*free_it)(void *);
    void *p;
};

void mop_ruleset_defer(struct mop_ruleset *rs, void (*free_it)(void *), void *p)
{
    struct mop_deferred *d = mop_arena_alloc(&rs->arena, sizeof *d);
    *d = (struct mop_deferred){rs->deferred, free_it, p};
    rs->deferred = d;
}

static void release_map(void *m)
{
    mop_map_release(m);
}

struct mop_map *mop_ruleset_map(struct mop_ruleset *rs, struct mop_map *m)
{
    mop_map_init(m);
    mop_ruleset_defer(rs, release_map, m);
    return m;
}

void mop_ruleset_free(struct mop_ruleset *rs)
{
    if (!rs)
        return;
    for (const struct mop_deferred *d = rs->deferred; d; d = d->next)
        d->free_it(d->p);
    mop_arena_release(&rs->arena);
    free(rs);
}

void mop_bind_derives(struct mop_loader *l)
{
    for (size_t i = 0; i < l->nfields; i++) {
        struct mop_field *f = l->fields[i].field;
        struct mop_scope s = mop_scope_at(
            l, f->record, f, l->fields[i].node ? mop_node_get(l->fields[i].node, "derive") : NULL);
        if (f->derive)
            mop_derive_bind(&s, (struct mop_derive *)f->derive);
    }
}

/*
 * The order matters: names before what uses them, vocabularies and types before values in
 * conditions are resolved, overrides before the checks they change.
 */
static void compile(struct mop_loader *l)
{
    mop_load_head(l);
    mop_load_people(l);
    mop_load_vocabularies(l);
    mop_load_lone_sets(l);
    mop_load_records(l);
    mop_vocabulary_columns(l);
    mop_check_slices(l);
    mop_load_fields(l);
    mop_collect_pending(l);
    mop_inherit_types(l);
    mop_load_stages(l);
    mop_load_calendars(l);
    mop_load_derives(l);
    mop_load_record_settings(l);
    mop_load_overrides(l);
    mop_load_checks(l);
    mop_bind_derives(l);
    mop_bind_histories(l);
    mop_load_reports(l);
    mop_load_datasets(l);
    mop_load_suppressions(l);
    mop_check_overrides(l);
    mop_load_tests(l);
    mop_order_derived(l);
    mop_order_records(l);
}

/*
 * A file that could not be read would have said more: what is missed then is no fault of the
 * others.
 */
static void forget_consequences(struct mop_diags *d, size_t from)
{
    static const char *const ids[] = {
        "unknown-vocabulary", "unknown-field",        "unknown-field-set", "unknown-record",
        "unknown-rule",       "unknown-person",       "unknown-value",     "unknown-calendar",
        "missing-key",        "missing-value",        "needs-type",        "nothing-to-remove",
        "bad-derive",         "transition-to-nowhere"};
    size_t n = from;
    for (size_t i = from; i < d->n; i++) {
        bool drop = false;
        for (size_t k = 0; k < sizeof ids / sizeof *ids && !drop; k++)
            drop = strcmp(d->list[i].id, ids[k]) == 0;
        if (!drop)
            d->list[n++] = d->list[i];
        else if (d->list[i].level == MOP_FAULT)
            d->faults--;
    }
    d->n = n;
}

/* What depends on a whole rule set. */
static void finish(struct mop_loader *l)
{
    mop_find_subjects(l);
    mop_apply_without(l);
    mop_apply_select(l);
    mop_weigh_rungs(l);
    mop_find_expected(l);
    mop_number_checks(l);
    mop_digest(l);
}

/* Messages outlive a rule set that could not be made: what they quote is copied to their own arena.
 */
static void keep_texts(struct mop_diags *d, size_t from)
{
    for (size_t i = from; i < d->nfiles; i++) {
        const char *old = d->files[i].name;
        const char *kept = mop_arena_str(&d->arena, mop_sv_of(old));
        d->files[i].text = mop_arena_copy(&d->arena, d->files[i].text);
        for (size_t k = 0; k < d->n; k++)
            if (d->list[k].at.file &&
                (d->list[k].at.file == old || strcmp(d->list[k].at.file, old) == 0))
                d->list[k].at.file = kept;
        d->files[i].name = kept;
    }
}

static void init_loader(struct mop_loader *l, const struct mop_load_options *o, struct mop_diags *d)
{
    struct mop_ruleset *rs = mop_alloc(sizeof *rs);
    mop_arena_init(&rs->arena);
    *l = (struct mop_loader){.rs = rs, .o = o, .d = d, .a = &rs->arena};
    mop_map_init(&l->layer_of);
    mop_map_init(&l->ids);
    mop_map_init(&l->told);
    l->scope = (struct mop_scope){.rules = rs,
                                  .diags = d,
                                  .arena = &rs->arena,
                                  .prefix = MOP_SV(""),
                                  .dir = ".",
                                  .loader = l};
}

struct mop_ruleset *mop_ruleset_load(const struct mop_load_options *o, struct mop_diags *d)
{
    struct mop_loader l;
    size_t files = d->nfiles, before = d->faults;
    init_loader(&l, o, d);
    if (mop_load_files(&l) == 0) {
        size_t told = d->n;
        l.rs->root = l.root;
        compile(&l);
        if (l.broken)
            forget_consequences(d, told);
        if (d->faults == before)
            finish(&l);
    }
    mop_map_release(&l.layer_of);
    mop_map_release(&l.ids);
    mop_map_release(&l.told);
    struct mop_ruleset *rs = l.rs;
    keep_texts(d, files);
    if (d->faults > before && !(o->nodes_anyway && rs->root)) {
        mop_ruleset_free(rs);
        return NULL;
    }
    return rs;
}
