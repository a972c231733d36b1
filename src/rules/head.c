/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"
#include "base/utf8.h"

/* The taxonomy's own settings: name, owner, zone, blanks, people, score. */

static const struct mop_key_table *const top = &mop_keys_top;

static void read_into(struct mop_loader *l, const char *key, struct mop_sv *out)
{
    const struct mop_node *n = mop_keys_get(l->root, top, key);
    if (n)
        mop_read_text(&l->scope, n, out);
}

const struct mop_zone *mop_read_zone(struct mop_scope *s, const struct mop_node *n)
{
    struct mop_sv text;
    if (mop_read_text(s, n, &text) != 0)
        return NULL;
    const struct mop_zone *z = mop_zone_find(text);
    if (!z) {
        mop_scope_fault(s, "bad-value", n, "there is no time zone '%.*s'", MOP_SV_ARG(text));
        mop_scope_hint(s, "write a name of the tz database such as Europe/Berlin, UTC or +02:00");
    }
    return z;
}

struct mop_blanks *mop_read_blanks(struct mop_scope *s, const struct mop_node *n)
{
    struct mop_blanks *b = mop_arena_alloc(s->arena, sizeof *b);
    mop_ruleset_map(s->rules, &b->words);
    bool trim = true;
    if (n && n->kind == MOP_MAPPING) {
        mop_keys_check(s, n, &mop_keys_blanks);
        const struct mop_node *t = mop_keys_get(n, &mop_keys_blanks, "trim");
        if (t)
            mop_read_bool(s, t, &trim);
        n = mop_keys_get(n, &mop_keys_blanks, "values");
    }
    b->exact = !trim;
    struct mop_sv *words;
    size_t count = 0;
    if (n)
        mop_read_texts(s, n, &words, &count);
    for (size_t i = 0; i < count; i++) {
        struct mop_sv word = trim ? mop_utf8_fold(s->arena, mop_sv_trim(words[i])) : words[i];
        b->longest = word.n > b->longest ? word.n : b->longest;
        mop_map_put(&b->words, word, NULL);
    }
    return b;
}

static void load_score(struct mop_loader *l)
{
    struct mop_ruleset *rs = l->rs;
    struct mop_scope *s = &l->scope;
    const struct mop_node *n = mop_keys_get(l->root, top, "score"), *x;
    static const int32_t default_days[] = {7, 90};
    rs->max_unweighted_tenths = 50;
    if (n && mop_keys_check(s, n, &mop_keys_score) == 0) {
        if ((x = mop_keys_get(n, &mop_keys_score, "max_unweighted")))
            mop_read_percent(s, x, &rs->max_unweighted_tenths);
        if ((x = mop_keys_get(n, &mop_keys_score, "slices")))
            mop_read_texts(s, x, &rs->slices, &rs->nslices);
    }
    x = n ? mop_keys_get(n, &mop_keys_score, "cohorts") : NULL;
    for (size_t i = 0; !x && i < 2; i++)
        MOP_PUSH(l->a, rs->cohort_days, rs->ncohorts, default_days[i]);
    for (size_t i = 0; x && i < (x->kind == MOP_LIST ? x->n : 1); i++) {
        const struct mop_node *c = x->kind == MOP_LIST ? x->item[i] : x;
        int64_t us, day = 86400 * INT64_C(1000000);
        if (mop_read_duration(s, c, &us) != 0)
            continue;
        if (us < day || us % day != 0)
            mop_scope_fault(s, "bad-value", c, "'%.*s' is no number of whole days",
                            MOP_SV_ARG(c->text));
        else
            MOP_PUSH(l->a, rs->cohort_days, rs->ncohorts, (int32_t)(us / day));
    }
}

/* A slice has to be a field of some record type; asked when they are known. */
void mop_check_slices(struct mop_loader *l)
{
    const struct mop_node *n = mop_keys_get(l->root, top, "score");
    const struct mop_node *x = n ? mop_keys_get(n, &mop_keys_score, "slices") : NULL;
    for (size_t i = 0; x && i < (x->kind == MOP_LIST ? x->n : 1); i++) {
        const struct mop_node *name = x->kind == MOP_LIST ? x->item[i] : x;
        bool known = name->kind != MOP_SCALAR;
        for (size_t r = 0; r < l->rs->nrecords && !known; r++)
            known = mop_record_field(l->rs->records[r], name->text) != NULL;
        if (!known)
            mop_scope_fault(&l->scope, "unknown-field", name, "no record type has a field '%.*s'",
                            MOP_SV_ARG(name->text));
    }
}

/* What lint makes of it is lint's; here only its form. */
static void check_lint(struct mop_loader *l)
{
    struct mop_scope *s = &l->scope;
    const struct mop_node *n = l->rs->lint;
    if (!n || mop_keys_check(s, n, &mop_keys_lint) != 0)
        return;
    const struct mop_node *need = mop_keys_get(n, &mop_keys_lint, "require");
    if (!need || mop_keys_check(s, need, &mop_keys_require) != 0)
        return;
    for (size_t i = 0; i < need->n; i++) {
        const struct mop_node *x = need->item[i];
        if (!mop_keys_get(need, &mop_keys_require, need->key[i]->text.p) ||
            mop_sv_eqs(x->text, "none") || mop_sv_eqs(x->text, "rules") ||
            mop_sv_eqs(x->text, "all"))
            continue;
        mop_scope_fault(s, "bad-value", x, "'%.*s' is not for whom it is required",
                        MOP_SV_ARG(x->text));
        mop_scope_hint(s, "write none, rules or all");
    }
}

void mop_load_head(struct mop_loader *l)
{
    struct mop_ruleset *rs = l->rs;
    struct mop_scope *s = &l->scope;
    const struct mop_node *n;
    rs->zone = mop_zone_find(MOP_SV("UTC"));
    mop_keys_check(s, l->root, top);
    if ((n = mop_keys_get(l->root, top, "timezone"))) {
        const struct mop_zone *z = mop_read_zone(s, n);
        rs->zone = z ? z : rs->zone;
    }
    rs->now_us = l->o->now_us;
    rs->now = mop_when_of_instant(rs->now_us, rs->zone);
    rs->as_of = mop_when_of_instant(l->o->has_as_of ? l->o->as_of_us : l->o->now_us, rs->zone);
    rs->name = MOP_SV("");
    read_into(l, "name", &rs->name);
    read_into(l, "version", &rs->version);
    rs->review_by = INT32_MAX;
    if ((n = mop_keys_get(l->root, top, "review_by")))
        mop_read_day(s, n, &rs->review_by);
    if ((n = mop_keys_get(l->root, top, "own_domains")) &&
        (mop_read_texts(s, n, &rs->own_domains, &rs->nown_domains) ||
         mop_read_domains(s, n, rs->own_domains)))
        rs->nown_domains = 0;
    if ((n = mop_keys_get(l->root, top, "personal_params")) &&
        mop_read_texts(s, n, &rs->personal_params, &rs->npersonal_params))
        rs->npersonal_params = 0;
    l->blanks = mop_read_blanks(s, mop_keys_get(l->root, top, "blanks"));
    rs->tests = mop_keys_get(l->root, top, "tests");
    rs->lint = mop_keys_get(l->root, top, "lint");
    rs->gate = mop_keys_get(l->root, top, "gate");
    mop_keys_check_gate(s, rs->gate);
    check_lint(l);
    load_score(l);
}

/* ---- people ---- */

static void load_person(struct mop_loader *l, const struct mop_node *key, const struct mop_node *n)
{
    const struct mop_rule_file *file = mop_file_of(l->rs, key->at.file);
    struct mop_person p = {.key = key->text, .until = INT32_MAX, .of_pack = file && file->pack};
    const struct mop_node *x;
    if (mop_keys_check(&l->scope, n, &mop_keys_person) == 0) {
        if ((x = mop_keys_get(n, &mop_keys_person, "email")))
            mop_read_text(&l->scope, x, &p.email);
        if ((x = mop_keys_get(n, &mop_keys_person, "backup")))
            mop_read_text(&l->scope, x, &p.backup);
        if ((x = mop_keys_get(n, &mop_keys_person, "until")))
            mop_read_day(&l->scope, x, &p.until);
    }
    MOP_PUSH(l->a, l->rs->people, l->rs->npeople, p);
}

void mop_load_people(struct mop_loader *l)
{
    const struct mop_node *map = mop_keys_get(l->root, top, "people"), *n;
    for (size_t i = 0; map && i < map->n; i++)
        load_person(l, map->key[i], map->item[i]);
    struct mop_sv ignored;
    for (size_t i = 0; map && i < map->n; i++)
        if ((n = mop_keys_get(map->item[i], &mop_keys_person, "backup")))
            mop_read_person(&l->scope, n, &ignored);
    if ((n = mop_keys_get(l->root, top, "owner")))
        mop_read_person(&l->scope, n, &l->rs->owner);
}

static bool is_person(const struct mop_ruleset *rs, struct mop_sv key)
{
    for (size_t i = 0; i < rs->npeople; i++)
        if (mop_sv_eq(rs->people[i].key, key))
            return true;
    return false;
}

int mop_read_person(struct mop_scope *s, const struct mop_node *n, struct mop_sv *out)
{
    const struct mop_ruleset *rs = s->rules;
    if (mop_read_text(s, n, out) != 0)
        return -1;
    if (rs->npeople == 0 || is_person(rs, *out))
        return 0;
    struct mop_sv *names = mop_arena_array(s->arena, rs->npeople, sizeof *names);
    for (size_t i = 0; i < rs->npeople; i++)
        names[i] = rs->people[i].key;
    mop_scope_fault(s, "unknown-person", n, "'%.*s' is not among people", MOP_SV_ARG(*out));
    long best = mop_suggest(*out, names, rs->npeople);
    if (best >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(names[best]));
    else
        mop_scope_hint(s, "add the key to 'people'");
    return -1;
}
