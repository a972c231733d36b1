/* SPDX-License-Identifier: MIT */
#include "lint/governance.h"
#include "base/date.h"
#include "base/map.h"
#include "rules/derive.h"
#include "rules/kinds.h"
#include "rules/template.h"
#include <string.h>

/* What time has overtaken: reviews, people, suppressions, values. Each day is included. */

static bool is_past(const struct mop_lint *l, const struct mop_node *day)
{
    int32_t d;
    return mop_lint_day(day, &d) && d < l->today;
}

void mop_lint_review(struct mop_lint *l)
{
    const struct mop_node *day = mop_lint_get(l->root, "review_by");
    if (!is_past(l, day))
        return;
    mop_lint_tell(l, "review-overdue", day, "the rules were to be reviewed by %.*s",
                  MOP_SV_ARG(day->text));
    mop_lint_hint(l, "go through them with their owners, then set a new day");
}

/* ---- people ---- */

struct duties {
    struct mop_map of; /* person -> 1 + index */
    struct duty {
        size_t n;
        const struct mop_node *first;
    } * list;
};

static void add_duty(struct duties *d, const struct mop_node *name)
{
    const uint64_t *i = name->kind == MOP_SCALAR ? mop_map_find(&d->of, name->text) : NULL;
    if (i && !d->list[*i].n++)
        d->list[*i].first = name;
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

/* A suppression's `by` decided once; that is no duty. */
static void add_duties(struct duties *d, struct mop_sv key, const struct mop_node *n)
{
    if (mop_sv_eqs(key, "owner") || mop_sv_eqs(key, "backup"))
        add_duty(d, n);
    else if (mop_sv_eqs(key, "fixed_by"))
        add_fixers(d, n);
}

static void find_duties(struct duties *d, const struct mop_node *n)
{
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++) {
        if (n->kind == MOP_MAPPING)
            add_duties(d, n->key[i]->text, n->item[i]);
        find_duties(d, n->item[i]);
    }
}

void mop_lint_people(struct mop_lint *l)
{
    const struct mop_node *people = mop_lint_get(l->root, "people");
    struct duties d = {0};
    if (!people || people->kind != MOP_MAPPING)
        return;
    d.list = mop_arena_array(l->arena, people->n + 1, sizeof *d.list);
    mop_map_init(&d.of);
    for (size_t i = 0; i < people->n; i++)
        *mop_map_put(&d.of, people->key[i]->text, NULL) = i;
    find_duties(&d, l->root);
    for (size_t i = 0; i < people->n; i++) {
        const struct mop_node *until = mop_lint_get(people->item[i], "until");
        if (!d.list[i].n || !is_past(l, until))
            continue;
        mop_lint_tell(l, "person-left", until, "'%.*s' was there until %.*s and still has %zu %s",
                      MOP_SV_ARG(people->key[i]->text), MOP_SV_ARG(until->text), d.list[i].n,
                      d.list[i].n == 1 ? "duty" : "duties");
        mop_lint_hint(l, "the first is on line %u; name somebody else there",
                      (unsigned)d.list[i].first->at.line);
    }
    mop_map_release(&d.of);
}

/* ---- suppressions ---- */

void mop_lint_suppressions(struct mop_lint *l)
{
    const struct mop_node *list = mop_lint_get(l->root, "suppressions");
    for (size_t i = 0; list && list->kind == MOP_LIST && i < list->n; i++) {
        const struct mop_node *until = mop_lint_get(list->item[i], "until");
        struct mop_sv rule = mop_lint_text(list->item[i], "rule");
        if (!is_past(l, until))
            continue;
        mop_lint_tell(l, "expired-suppression", until,
                      "the suppression of '%.*s' ended on %.*s: it suppresses nothing",
                      MOP_SV_ARG(rule), MOP_SV_ARG(until->text));
        mop_lint_hint(l, "take it out; if the work is not done, decide on a new day");
    }
}

/* ---- values ---- */

static void see_value(struct mop_lint *l, const struct mop_node *key, const struct mop_node *n)
{
    const struct mop_node *until = mop_lint_get(mop_lint_get(n, "valid"), "until");
    const struct mop_node *provisional = mop_lint_get(mop_lint_get(n, "provisional"), "until");
    if (is_past(l, until) && !mop_lint_get(n, "use")) {
        mop_lint_tell(l, "deprecated-without-use", key,
                      "'%.*s' was valid until %.*s, and nothing says what to write instead",
                      MOP_SV_ARG(key->text), MOP_SV_ARG(until->text));
        mop_lint_hint(l, "add use: VALUE");
    }
    if (is_past(l, provisional)) {
        mop_lint_tell(l, "provisional-overdue", provisional,
                      "'%.*s' was allowed until %.*s: it counts as unknown now",
                      MOP_SV_ARG(key->text), MOP_SV_ARG(provisional->text));
        mop_lint_hint(l, "take it up for good, or take it out");
    }
}

static void see_values(struct mop_lint *l, const struct mop_node *n)
{
    const struct mop_node *values = mop_lint_get(n, "values");
    if (values && mop_lint_get(values, "use"))
        values = mop_lint_get(values, "use"); /* the long form under a field */
    for (size_t i = 0; values && values->kind == MOP_MAPPING && i < values->n; i++)
        see_value(l, values->key[i], values->item[i]);
}

static void see_fields(struct mop_lint *l, const struct mop_node *fields)
{
    for (size_t i = 0; fields && fields->kind == MOP_MAPPING && i < fields->n; i++)
        see_values(l, fields->item[i]);
}

void mop_lint_values(struct mop_lint *l)
{
    static const char *const owners[] = {"records", "field_sets"};
    const struct mop_node *all = mop_lint_get(l->root, "vocabularies");
    see_fields(l, all);
    for (size_t o = 0; o < 2; o++) {
        all = mop_lint_get(l->root, owners[o]);
        for (size_t i = 0; all && all->kind == MOP_MAPPING && i < all->n; i++) {
            const struct mop_node *fields = mop_lint_get(all->item[i], "fields");
            see_fields(l, fields || !o ? fields : all->item[i]);
        }
    }
}

/* ---- deprecated values that are still named ---- */

static bool is_deprecated(const struct mop_lint *l, const struct mop_term *t)
{
    return t->has_valid ? t->valid.until < l->today : t->use != NULL;
}

static void tell_deprecated(struct mop_lint *l, const struct mop_term *t, struct mop_loc at,
                            uint32_t span)
{
    mop_lint_tell_at(l, "deprecated-in-use", at, span, "'%.*s' is deprecated and still named here",
                     MOP_SV_ARG(t->value));
    if (t->use)
        mop_lint_hint(l, "write '%.*s'", MOP_SV_ARG(t->use->value));
}

/* A field that is a part of a name: the part's own list and the field's vocabulary have to agree.
 */
static void see_part(struct mop_lint *l, const struct mop_field *f,
                     const struct mop_template_part *p)
{
    for (size_t i = 0; p->inline_values && i < p->vocabulary->nterms; i++) {
        enum mop_rung rung;
        const struct mop_term *mine = p->vocabulary->terms[i],
                              *t = mop_vocabulary_look(f->vocabulary, mine->value, l->arena, &rung);
        if (t && is_deprecated(l, t) && !mine->use)
            tell_deprecated(l, t, mine->at, (uint32_t)mine->value.n);
    }
}

static void see_derived(struct mop_lint *l, const struct mop_field *f)
{
    const struct mop_field *name = f->derive->fields[0];
    for (size_t i = 0; i < name->ntests; i++) {
        const struct mop_template *t = name->tests[i]->arg;
        if (name->tests[i]->kind != &mop_kind_template)
            continue;
        size_t part = mop_template_part(t, mop_derive_part_name(f->derive));
        if (part != SIZE_MAX)
            see_part(l, f, &t->parts[part]);
    }
}

void mop_lint_deprecated_use(struct mop_lint *l)
{
    const struct mop_ruleset *rs = mop_lint_rules(l);
    for (size_t i = 0; rs && i < rs->nmentions; i++)
        if (is_deprecated(l, rs->mentions[i].term))
            tell_deprecated(l, rs->mentions[i].term, rs->mentions[i].at, rs->mentions[i].span);
    for (size_t i = 0; rs && i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nderived; k++) {
            const struct mop_field *f = rs->records[i]->derived[k];
            if (f->vocabulary && strcmp(f->derive->kind->name, "part") == 0)
                see_derived(l, f);
        }
}
