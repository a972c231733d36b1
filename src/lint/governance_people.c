/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lint/governance.h"
#include "rules/compile.h"

/* Those who own, repair and have decided: are they among the people, and still there? */

struct duties {
    struct mop_lint *l;
    struct mop_map of; /* person -> index */
    const struct mop_node *people;
    struct duty {
        size_t n;
        const struct mop_node *first;
    } * list;
};

static bool add_duty(struct duties *d, const struct mop_node *name)
{
    const uint64_t *i = name->kind == MOP_SCALAR ? mop_map_find(&d->of, name->text) : NULL;
    if (i && !d->list[*i].n++)
        d->list[*i].first = name;
    return i != NULL;
}

static void add_fixers(struct duties *d, const struct mop_node *n)
{
    const struct mop_node *map = mop_lint_get(n, "map"), *other = mop_lint_get(n, "else");
    add_duty(d, n);
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++)
        add_duty(d, map->item[i]);
    if (other)
        add_duty(d, other);
}

/* ---- who decided ---- */

static void unknown(struct duties *d, const struct mop_node *by)
{
    struct mop_sv *names = mop_arena_array(d->l->arena, d->people->n + 1, sizeof *names);
    for (size_t i = 0; i < d->people->n; i++)
        names[i] = d->people->key[i]->text;
    mop_lint_tell(d->l, "unknown-decider", by, "'%.*s' is not among people", MOP_SV_ARG(by->text));
    long near = mop_suggest(by->text, names, d->people->n);
    if (near >= 0)
        mop_lint_hint(d->l, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_lint_hint(d->l, "add the key to 'people'");
}

/* Of a suppression or a provisional value: what ended needs nobody to answer for it. */
static void add_decider(struct duties *d, const struct mop_node *n)
{
    const struct mop_node *by = mop_lint_get(n, "by");
    if (by && by->kind == MOP_SCALAR && !mop_lint_is_past(d->l, mop_lint_get(n, "until")) &&
        !add_duty(d, by))
        unknown(d, by);
}

static void add_deciders(struct duties *d, struct mop_sv key, const struct mop_node *n)
{
    if (mop_sv_eqs(key, "provisional"))
        add_decider(d, n);
    for (size_t i = 0; mop_sv_eqs(key, "suppressions") && n->kind == MOP_LIST && i < n->n; i++)
        add_decider(d, n->item[i]);
}

/* ---- all ---- */

static void add_duties(struct duties *d, struct mop_sv key, const struct mop_node *n)
{
    if (mop_sv_eqs(key, "owner") || mop_sv_eqs(key, "backup"))
        add_duty(d, n);
    else if (mop_sv_eqs(key, "fixed_by"))
        add_fixers(d, n);
    else
        add_deciders(d, key, n);
}

static void find_duties(struct duties *d, const struct mop_node *n)
{
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++) {
        if (n->kind == MOP_MAPPING)
            add_duties(d, n->key[i]->text, n->item[i]);
        find_duties(d, n->item[i]);
    }
}

static void tell_left(struct duties *d)
{
    for (size_t i = 0; i < d->people->n; i++) {
        const struct mop_node *until = mop_lint_get(d->people->item[i], "until");
        if (!d->list[i].n || !mop_lint_is_past(d->l, until))
            continue;
        mop_lint_tell(d->l, "person-left", until,
                      "'%.*s' was there until %.*s and still has %zu %s",
                      MOP_SV_ARG(d->people->key[i]->text), MOP_SV_ARG(until->text), d->list[i].n,
                      d->list[i].n == 1 ? "duty" : "duties");
        mop_lint_hint(d->l, "the first is on line %u; name somebody else there",
                      (unsigned)d->list[i].first->at.line);
    }
}

void mop_lint_people(struct mop_lint *l)
{
    struct duties d = {.l = l, .people = mop_lint_get(l->root, "people")};
    if (!d.people || d.people->kind != MOP_MAPPING)
        return;
    d.list = mop_arena_array(l->arena, d.people->n + 1, sizeof *d.list);
    mop_map_init(&d.of);
    for (size_t i = 0; i < d.people->n; i++)
        *mop_map_put(&d.of, d.people->key[i]->text, NULL) = i;
    find_duties(&d, l->root);
    tell_left(&d);
    mop_map_release(&d.of);
}
