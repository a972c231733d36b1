/* SPDX-License-Identifier: MIT */
#include "lint/test_parts.h"
#include "check/settle.h"
#include "rules/args.h"
#include "rules/compile.h"
#include "rules/kinds.h"
#include "rules/template.h"
#include <stdlib.h>
#include <string.h>

/*
 * What has to be covered, by the place where it is written, so that a field set that is used twice
 * counts once: a rule that failed where it should and passed where it should; a value of a
 * vocabulary that stood in a tested record; a part of a template that was right in one name and
 * wrong in another.
 */

struct item {
    enum mop_covered kind;
    struct mop_sv name, of;  /* of: the vocabulary or template that it belongs to */
    struct mop_loc at, list; /* list: where the value's vocabulary stands */
    bool right, wrong;       /* of a value `right` alone */
};
struct mop_coverage {
    struct mop_arena arena;
    struct mop_map by_place; /* -> 1 + index in items */
    struct item *items;
    size_t n, cap;
    /* of the rule set at hand: what stands at which address */
    struct mop_arena rules;
    struct mop_map by_address; /* -> index in items */
};

struct mop_coverage *mop_coverage_create(void)
{
    struct mop_coverage *c = mop_alloc(sizeof *c);
    mop_arena_init(&c->arena);
    mop_arena_init(&c->rules);
    mop_map_init(&c->by_place);
    mop_map_init(&c->by_address);
    return c;
}

void mop_coverage_release_rules(struct mop_coverage *c)
{
    mop_map_reset(&c->by_address);
    mop_arena_reset(&c->rules);
}

void mop_coverage_free(struct mop_coverage *c)
{
    mop_map_release(&c->by_place);
    mop_map_release(&c->by_address);
    mop_arena_release(&c->arena);
    mop_arena_release(&c->rules);
    free(c->items);
    free(c);
}

/* ---- what there is ---- */

static struct mop_sv key_of(struct mop_arena *a, const void *address, size_t part)
{
    uintptr_t key[2] = {(uintptr_t)address, part};
    return mop_arena_copy(a, (struct mop_sv){(const char *)key, sizeof key});
}

static struct item *item_at(const struct mop_coverage *c, const void *address, size_t part)
{
    uintptr_t key[2] = {(uintptr_t)address, part};
    const uint64_t *i =
        mop_map_find(&c->by_address, (struct mop_sv){(const char *)key, sizeof key});
    return i ? &c->items[*i] : NULL;
}

static void add(struct mop_coverage *c, const struct item *x, const void *address, size_t part)
{
    bool added;
    struct mop_sv place = mop_arena_printf(&c->arena, "%s:%u:%u:%d:%.*s", x->at.file, x->at.line,
                                           x->at.col, (int)x->kind, MOP_SV_ARG(x->name));
    uint64_t *i = mop_map_put(&c->by_place, place, &added);
    if (added) {
        *i = c->n;
        MOP_GROW(c->items, c->n, c->cap);
        c->items[c->n] = *x;
        c->items[c->n].name = mop_arena_copy(&c->arena, x->name);
        c->items[c->n].of = mop_arena_copy(&c->arena, x->of);
        c->items[c->n].list.file =
            x->list.file ? mop_arena_str(&c->arena, mop_sv_of(x->list.file)) : NULL;
        c->items[c->n++].at.file = mop_arena_str(&c->arena, mop_sv_of(x->at.file));
    }
    uint64_t index = *i;
    *mop_map_put(&c->by_address, key_of(&c->rules, address, part), NULL) = index;
}

/* The id without record type and field or prefix: the same for all uses of a field set. */
static struct mop_sv relative_id(const struct mop_check *c)
{
    struct mop_sv id = c->id;
    size_t dot = mop_sv_find(id, '.');
    if (!mop_sv_eq(mop_sv_sub(id, 0, dot), c->record->name))
        return id;
    struct mop_sv rest = mop_sv_sub(id, dot + 1, id.n);
    size_t second = mop_sv_find(rest, '.');
    return second < rest.n ? mop_sv_sub(rest, second + 1, rest.n) : rest;
}

/* Does the type of its field refuse first what the check would find? */
static bool is_refused(const struct mop_check *c)
{
    for (size_t i = 0; c->field && i < c->record->nchecks; i++) {
        const struct mop_check *k = c->record->checks[i];
        if (k->kind == &mop_kind_type && k->field == c->field &&
            strcmp(c->field->type->name, "url") == 0 && mop_guard_silences(k->severity, c))
            return true;
    }
    return false;
}

/* A rung that no spelling comes to: blanks around items that are taken off, aliases that are the
 * value itself but for case or blanks. */
static bool is_idle_rung(struct mop_coverage *c, const struct mop_check *k)
{
    const struct mop_test *t =
        k->assert_ && k->assert_->op == MOP_OP_TEST ? k->assert_->test : NULL;
    const struct mop_kind *of_items = t ? mop_items_rung_of(t) : NULL;
    const struct mop_kind *rung = of_items ? of_items : k->kind;
    const struct mop_vocabulary *v = of_items   ? mop_items_vocabulary(t)
                                     : k->field ? k->field->vocabulary
                                                : NULL;
    enum mop_rung is;
    if (rung == &mop_kind_whitespace)
        return of_items && mop_items_trim(t);
    if (rung != &mop_kind_alias || !v || v->from_record)
        return false;
    for (size_t i = 0; i < v->nterms; i++)
        for (size_t a = 0; a < v->terms[i]->naliases; a++)
            if (mop_vocabulary_look(v, v->terms[i]->aliases[a], &c->rules, &is) &&
                is == MOP_RUNG_ALIAS &&
                (of_items || !mop_counts_as_blank(k->field, v->terms[i]->aliases[a], &c->rules)))
                return false;
    return true;
}

/* What no record can fail: a link within a site of which no domain is named, a copied click id
 * where click ids belong, and a scheme that the type of the field has refused before. */
static bool cannot_fail(const struct mop_ruleset *rs, const struct mop_check *c)
{
    struct mop_sv kind = c->record->kind;
    bool own = mop_sv_ends(c->id, MOP_SV(".own-domain"));
    bool copied = mop_sv_ends(c->id, MOP_SV(".click-id-copied"));
    bool ad = mop_sv_eqs(kind, "link") || mop_sv_eqs(kind, "template");
    bool scheme = mop_sv_ends(c->id, MOP_SV(".url.scheme"));
    return c->kind == &mop_kind_url &&
           ((own && !rs->nown_domains) || (copied && !ad) || (scheme && is_refused(c)));
}

static void add_checks(struct mop_coverage *c, const struct mop_ruleset *rs,
                       const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++) {
        const struct mop_check *k = r->checks[i];
        struct item x = {
            .kind = MOP_COVERED_RULES, .name = relative_id(k), .of = k->id, .at = k->at};
        if (k->role != MOP_CHECK_INPUT && mop_test_is_own(rs, k->at) && !cannot_fail(rs, k) &&
            !is_idle_rung(c, k))
            add(c, &x, k, 0);
    }
}

/* What counts as blank in the field (NULL: a part of a name) no record of it can have. */
static void add_vocabulary(struct mop_coverage *c, const struct mop_ruleset *rs,
                           const struct mop_vocabulary *v, const struct mop_field *f)
{
    for (size_t i = 0; v && i < v->nterms; i++) {
        const struct mop_term *t = v->terms[i];
        struct item x = {.kind = MOP_COVERED_VALUES,
                         .name = t->value,
                         .of = v->name,
                         .at = t->at,
                         .list = v->at};
        if (!t->expired && mop_test_is_own(rs, t->at) &&
            !(f && mop_counts_as_blank(f, t->value, &c->rules)))
            add(c, &x, t, 0);
    }
}

static void add_template(struct mop_coverage *c, const struct mop_ruleset *rs,
                         const struct mop_test *test)
{
    const struct mop_template *t = test->arg;
    for (size_t i = 0; i < t->nparts; i++) {
        struct item x = {
            .kind = MOP_COVERED_PARTS, .name = t->parts[i].name, .of = t->source, .at = test->at};
        add_vocabulary(c, rs, t->parts[i].vocabulary, NULL);
        if (mop_test_is_own(rs, test->at))
            add(c, &x, t, i);
    }
}

void mop_coverage_rules(struct mop_coverage *c, const struct mop_ruleset *rs)
{
    for (size_t i = 0; i < rs->nrecords; i++) {
        const struct mop_record *r = rs->records[i];
        add_checks(c, rs, r);
        for (size_t k = 0; k < r->nfields; k++) {
            const struct mop_field *f = r->fields[k];
            add_vocabulary(c, rs, f->vocabulary, f);
            for (size_t t = 0; t < f->ntests; t++)
                if (f->tests[t]->kind == &mop_kind_template)
                    add_template(c, rs, f->tests[t]);
        }
    }
}

/* ---- what was met ---- */

void mop_coverage_check(struct mop_coverage *c, const struct mop_check *check, bool failed)
{
    struct item *x = item_at(c, check, 0);
    if (x && failed)
        x->wrong = true;
    else if (x)
        x->right = true;
}

static void met_term(struct mop_coverage *c, const struct mop_term *t)
{
    struct item *x = t ? item_at(c, t, 0) : NULL;
    if (x)
        x->right = true;
}

static void met_template(struct mop_coverage *c, const struct mop_test *test,
                         const struct mop_value *v, struct mop_run *run)
{
    const struct mop_template *t = test->arg;
    const struct mop_parse *p = mop_value_parse(test, v, run);
    for (size_t i = 0; p->fits && i < t->nparts; i++) {
        const struct mop_part_view *view = &p->parts[i];
        struct item *x = item_at(c, t, i);
        enum mop_rung rung;
        if (!view->text.p)
            continue;
        if (x && view->right)
            x->right = true;
        else if (x)
            x->wrong = true;
        if (t->parts[i].vocabulary)
            met_term(c,
                     mop_vocabulary_look(t->parts[i].vocabulary, view->text, run->scratch, &rung));
    }
}

void mop_coverage_record(struct mop_coverage *c, struct mop_judge *j)
{
    for (size_t i = 0; i < j->record->nfields; i++) {
        const struct mop_field *f = j->record->fields[i];
        const struct mop_value *v = &j->entries[i]->v;
        if (v->state != MOP_ST_VALUE)
            continue;
        met_term(c, v->term);
        for (size_t t = 0; t < f->ntests; t++)
            if (f->tests[t]->kind == &mop_kind_template)
                met_template(c, f->tests[t], v, j->run);
    }
}

/* ---- what comes of it ---- */

static bool is_covered(const struct item *x)
{
    return x->right && (x->wrong || x->kind == MOP_COVERED_VALUES);
}

void mop_coverage_count(const struct mop_coverage *c, struct mop_coverage_count *out)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct item *x = &c->items[i];
        out->all[x->kind]++;
        if (is_covered(x))
            out->covered[x->kind]++;
        else
            out->lacks[x->kind][x->right   ? MOP_LACKS_WRONG
                                : x->wrong ? MOP_LACKS_RIGHT
                                           : MOP_LACKS_ALL]++;
    }
}

const struct mop_coverage_kind mop_coverage_kinds[MOP_COVERED] = {
    [MOP_COVERED_RULES] =
        {"untested-rule", "each rule fails a record and passes one",
         "A rule that was never seen to fail may be unable to, and one that was never seen to pass "
         "may\n"
         "fail everything. An example, a test or a row of a fixture shows each.\n\n"
         "good: examples: {pass: [{email: ann@acme.example}], fail: [{email: \"\"}]}"},
    [MOP_COVERED_VALUES] =
        {"untested-value", "each value of a vocabulary stands in a record",
         "A value that no tested record has, as itself or by an alias, may be one that another "
         "check\n"
         "refuses.\n\n"
         "good: tests: [{record: lead, values: {source: [google, bing]}, expect: "
         "{lead.source.vocabulary: pass}}]"},
    [MOP_COVERED_PARTS] =
        {"untested-part", "each part of a template is right once and wrong once",
         "Names that are wrong in one part alone show that this part is looked at.\n\n"
         "good: examples: {pass: [{name: emea_crm}], fail: [{name: emae_crm}, {name: emea_cmr}]}"},
};

static bool is_of_list(const struct item *x, const struct item *first)
{
    const struct mop_loc *a = &x->list, *b = &first->list;
    return x->kind == MOP_COVERED_VALUES && !is_covered(x) && a->line == b->line &&
           a->col == b->col && mop_sv_eq(mop_sv_of(a->file), mop_sv_of(b->file));
}

/* All values of its vocabulary that no record has, in one sentence. */
static struct mop_sv say_values(struct mop_arena *a, const struct mop_coverage *c,
                                const struct item *first)
{
    enum { MOST = 12 };
    struct mop_sv names = MOP_SV("");
    size_t n = 0;
    for (const struct item *x = first; x < c->items + c->n; x++)
        if (is_of_list(x, first) && n++ < MOST)
            names = mop_arena_printf(a, "%.*s%s'%.*s'", MOP_SV_ARG(names), n > 1 ? ", " : "",
                                     MOP_SV_ARG(x->name));
    if (n > MOST)
        names = mop_arena_printf(a, "%.*s and %zu more", MOP_SV_ARG(names), n - MOST);
    return mop_arena_printf(a,
                            first->of.n ? "no record has the value%s %.*s of '%.*s'"
                                        : "no record has the value%s %.*s%.*s",
                            n > 1 ? "s" : "", MOP_SV_ARG(names), MOP_SV_ARG(first->of));
}

static bool is_told(const struct mop_coverage *c, const struct item *x)
{
    for (const struct item *y = c->items; y < x && x->kind == MOP_COVERED_VALUES; y++)
        if (is_of_list(y, x))
            return true;
    return false;
}

static struct mop_sv say_part(struct mop_arena *a, const struct item *x)
{
    if (!x->right && !x->wrong)
        return mop_arena_printf(a, "no example or test has a name with part '%.*s'",
                                MOP_SV_ARG(x->name));
    return mop_arena_printf(a, "part '%.*s' is %s in every tested name: add one in which it is %s",
                            MOP_SV_ARG(x->name), x->right ? "right" : "wrong",
                            x->right ? "wrong" : "right");
}

static struct mop_sv say(struct mop_arena *a, const struct mop_coverage *c, const struct item *x)
{
    const char *lacks = !x->right && !x->wrong ? "nothing tests"
                        : x->wrong             ? "no record passes"
                                               : "no record fails";
    switch (x->kind) {
    case MOP_COVERED_RULES:
        return mop_arena_printf(a, "%s '%.*s'", lacks, MOP_SV_ARG(x->of));
    case MOP_COVERED_VALUES:
        return say_values(a, c, x);
    default:
        return say_part(a, x);
    }
}

void mop_coverage_list(const struct mop_coverage *c, struct mop_problems *p)
{
    size_t rule[MOP_COVERED];
    for (size_t k = 0; k < MOP_COVERED; k++) {
        const struct mop_coverage_kind *kind = &mop_coverage_kinds[k];
        struct mop_problem_rule r = {.id = mop_sv_of(kind->id),
                                     .summary = mop_sv_of(kind->summary),
                                     .doc = mop_sv_of(kind->doc),
                                     .group = MOP_SV("coverage"),
                                     .level = MOP_NOTE};
        rule[k] = mop_problems_rule(p, &r);
    }
    for (size_t i = 0; i < c->n; i++) {
        const struct item *x = &c->items[i];
        if (is_covered(x) || is_told(c, x))
            continue;
        struct mop_problem problem = {.rule = rule[x->kind],
                                      .level = MOP_NOTE,
                                      .at = x->at,
                                      .span = 1,
                                      .count = 1,
                                      .message = say(&p->arena, c, x)};
        mop_problems_add(p, &problem);
    }
}
