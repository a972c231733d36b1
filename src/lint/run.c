/* SPDX-License-Identifier: MIT */
#include "lint/walk.h"
#include "base/map.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A run of lint over files: load each, run the checks, and hand on what is to be told. */

struct run {
    const struct mop_lint_options *o;
    struct mop_problems *p;
    struct mop_diags *sources;
    struct mop_map ids;         /* id -> 1 + index of its rule in p */
    struct mop_map told;        /* place, id and words of a finding */
    const struct mop_node *off; /* of the file at hand: ID: reason */
};

/* ---- which ids ---- */

static bool is_among(const struct mop_sv *list, size_t n, struct mop_sv id)
{
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(list[i], id))
            return true;
    return false;
}

static bool is_wanted(const struct mop_lint_options *o, struct mop_sv id)
{
    return !is_among(o->ignore, o->nignore, id) &&
           (!o->nselect || is_among(o->select, o->nselect, id));
}

static size_t all_ids(struct mop_sv *out, size_t room)
{
    size_t n = 0;
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id && n < room; c++)
            out[n++] = mop_sv_of(c->id);
    return n;
}

static int check_ids(const char *option, const struct mop_sv *list, size_t n, struct mop_err *e)
{
    for (size_t i = 0; i < n; i++) {
        struct mop_sv ids[512];
        if (mop_lint_find(list[i]))
            continue;
        long near = mop_suggest(list[i], ids, all_ids(ids, sizeof ids / sizeof *ids));
        mop_err_set(e, 2, (struct mop_loc){0}, "--%s: lint has no finding '%.*s'", option,
                    MOP_SV_ARG(list[i]));
        if (near >= 0)
            mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(ids[near]));
        return -1;
    }
    return 0;
}

static size_t add_rule(struct run *r, const char *group, const struct mop_lint_check *c)
{
    struct mop_problem_rule rule = {.id = mop_sv_of(c->id),
                                    .summary = mop_sv_of(c->summary),
                                    .doc = mop_sv_of(c->doc),
                                    .group = mop_sv_of(group),
                                    .level = c->level,
                                    .tags = {mop_sv_of(group)}};
    if (!is_wanted(r->o, rule.id) && c->level != MOP_FAULT)
        rule.skipped = MOP_SV("by --select or --ignore");
    size_t i = mop_problems_rule(r->p, &rule);
    *mop_map_put(&r->ids, r->p->rules[i].id, NULL) = 1 + i;
    return i;
}

static void add_rules(struct run *r)
{
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id; c++)
            add_rule(r, g->name, c);
}

static size_t rule_of(struct run *r, const struct mop_diag *d)
{
    const uint64_t *known = mop_map_find(&r->ids, mop_sv_of(d->id));
    struct mop_lint_check c = {d->id, d->level, "", "", NULL};
    return known ? *known - 1 : add_rule(r, "structure", &c);
}

/* ---- what is told ---- */

/* What another's pack has to mend is not for this run; that it does not load is. */
static bool is_ours(const struct mop_ruleset *rs, const struct mop_diag *d)
{
    if (d->level == MOP_FAULT || !d->at.file)
        return true;
    for (size_t i = 0; rs && i < rs->nfiles; i++)
        if (strcmp(rs->files[i].path, d->at.file) == 0)
            return !rs->files[i].pack;
    return true;
}

static bool told_before(struct run *r, const struct mop_diag *d)
{
    bool added;
    struct mop_sv key = mop_arena_printf(
        &r->p->arena, "%s:%u:%u:%s:%.*s", d->at.file ? d->at.file : "", (unsigned)d->at.line,
        (unsigned)d->at.col, d->id ? d->id : "", MOP_SV_ARG(d->msg));
    mop_map_put(&r->told, key, &added);
    return !added;
}

/* The reason that the taxonomy gives for not wanting to hear it. */
static struct mop_sv reason_off(const struct run *r, const struct mop_diag *d)
{
    const struct mop_node *n = r->off && d->level != MOP_FAULT ? mop_node_get(r->off, d->id) : NULL;
    return n && n->kind == MOP_SCALAR && !n->null ? n->text : MOP_SV_NONE;
}

static void hand_on(struct run *r, const struct mop_ruleset *rs, const struct mop_diag *d)
{
    struct mop_sv id = mop_sv_of(d->id);
    bool wanted = d->level == MOP_FAULT || is_wanted(r->o, id);
    if (!wanted || !is_ours(rs, d) || told_before(r, d))
        return;
    struct mop_problem x = {.rule = rule_of(r, d),
                            .level = d->level,
                            .at = d->at,
                            .span = d->span,
                            .message = d->msg,
                            .hint = d->hint,
                            .count = 1,
                            .suppressed = reason_off(r, d)};
    mop_problems_add(r->p, &x);
}

static void keep_sources(struct run *r, const struct mop_diags *d)
{
    for (size_t i = 0; i < d->nfiles; i++)
        mop_diags_file(r->sources, d->files[i].name,
                       mop_arena_copy(&r->sources->arena, d->files[i].text));
}

/* ---- one file ---- */

/* It did not look at all of the file: that it found nothing says nothing. */
static void not_run(struct run *r, const struct mop_lint_check *c, struct mop_sv why)
{
    struct mop_problem_rule *rule = &r->p->rules[*mop_map_find(&r->ids, mop_sv_of(c->id)) - 1];
    if (!rule->skipped.n)
        rule->skipped = why;
}

static struct mop_sv does_not_load(struct run *r, const char *file)
{
    return mop_arena_printf(&r->p->arena, "'%s' does not load", file);
}

static void nothing_run(struct run *r, const char *file)
{
    struct mop_sv why = does_not_load(r, file);
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id; c++)
            not_run(r, c, why);
}

/* An entry without a function belongs to the one above it. */
static void run_check(struct run *r, struct mop_lint *l, const char *file,
                      const struct mop_lint_check *c)
{
    struct mop_sv why = MOP_SV_NONE;
    bool out_before = l->out_of_steps;
    l->out_of_steps = l->unloaded = false;
    c->run(l);
    if (l->unloaded)
        why = does_not_load(r, file);
    else if (l->out_of_steps)
        why = mop_arena_printf(&r->p->arena, "'%s': the budget of %" PRIu64 " steps was used up",
                               file, l->budget);
    l->out_of_steps |= out_before;
    for (const struct mop_lint_check *x = c; why.n && x->id && (x == c || !x->run); x++)
        not_run(r, x, why);
}

static void run_checks(struct run *r, struct mop_lint *l, const char *file)
{
    for (const struct mop_lint_group *g = mop_lint_groups; g->name; g++)
        for (const struct mop_lint_check *c = g->checks; c->id; c++)
            if (c->run)
                run_check(r, l, file, c);
}

static void lint_nodes(struct run *r, const char *file, bool loads, struct mop_ruleset *rs,
                       struct mop_diags *d)
{
    uint64_t budget = r->o->steps ? r->o->steps : MOP_LINT_STEPS;
    struct mop_lint l = {.rules = loads ? rs : NULL,
                         .root = rs->root,
                         .patterns = rs->patterns,
                         .npatterns = rs->npatterns,
                         .diags = d,
                         .arena = &rs->arena,
                         .now_us = r->o->now_us,
                         .today = rs->now.day,
                         .budget = budget,
                         .steps = budget};
    run_checks(r, &l, file);
    if (l.out_of_steps)
        mop_problems_note(r->p,
                          "'%s': the budget of %" PRIu64 " steps was used up: not all was "
                          "looked at",
                          file, budget);
}

static void lint_file(struct run *r, const char *file)
{
    struct mop_diags d;
    struct mop_load_options o = {.files = &file,
                                 .nfiles = 1,
                                 .now_us = r->o->now_us,
                                 .nodes_anyway = true,
                                 .lone_sets = true};
    mop_diags_init(&d);
    struct mop_ruleset *rs = mop_ruleset_load(&o, &d);
    bool loads = rs && d.faults == 0;
    if (loads && r->o->more)
        r->o->more(rs, &d);
    if (rs)
        mop_lint_fixtures(rs, &d);
    if (d.faults)
        r->p->exit = 2;
    if (!loads) {
        mop_problems_note(r->p, "'%s' does not load: what needs a whole rule set was not looked at",
                          file);
    }
    if (rs)
        lint_nodes(r, file, loads, rs, &d);
    else
        nothing_run(r, file);
    const struct mop_node *lint = rs ? mop_node_get(rs->root, "lint") : NULL;
    const struct mop_node *off = lint ? mop_node_get(lint, "off") : NULL;
    r->off = off && off->kind == MOP_MAPPING ? off : NULL;
    keep_sources(r, &d);
    for (size_t i = 0; i < d.n; i++)
        hand_on(r, rs, &d.list[i]);
    if (rs && r->o->nfiles == 1 && !d.faults) {
        r->p->taxonomy = mop_arena_copy(&r->p->arena, rs->name);
        r->p->version = mop_arena_copy(&r->p->arena, rs->version);
        r->p->digest = mop_arena_copy(&r->p->arena, mop_sv_of(rs->digest));
    }
    mop_ruleset_free(rs);
    mop_diags_release(&d);
}

int mop_lint_files(const struct mop_lint_options *o, struct mop_problems *p,
                   struct mop_diags *sources, struct mop_err *e)
{
    struct run r = {.o = o, .p = p, .sources = sources};
    if (check_ids("select", o->select, o->nselect, e) ||
        check_ids("ignore", o->ignore, o->nignore, e))
        return -1;
    mop_map_init(&r.ids);
    mop_map_init(&r.told);
    add_rules(&r);
    p->sources = sources;
    for (size_t i = 0; i < o->nfiles; i++)
        lint_file(&r, o->files[i]);
    mop_problems_sort(p);
    mop_map_release(&r.ids);
    mop_map_release(&r.told);
    return 0;
}
