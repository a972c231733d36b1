/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"

/*
 * `examples` of checks and `tests:`: read for their form, and with the fields and rules that they
 * name, so that whoever checks data sees a slip in them too. Only `rules test` runs them.
 */

const char *const mop_outcome_names[] = {"na", "pass", "undecided", "fail"};

/* ---- records ---- */

static bool is_text(const struct mop_node *n)
{
    return n->kind == MOP_SCALAR;
}

static int check_value(struct mop_scope *s, const struct mop_node *n, bool lists)
{
    bool fits = is_text(n) || (lists && n->kind == MOP_LIST && n->n > 0);
    const struct mop_node *odd = fits ? NULL : n;
    for (size_t i = 0; fits && n->kind == MOP_LIST && i < n->n; i++)
        odd = odd || is_text(n->item[i]) ? odd : n->item[i];
    if (!odd)
        return 0;
    mop_scope_fault(s, "wrong-type", odd, "a field's value is text");
    if (lists)
        mop_scope_hint(s, "or a list of texts: one record for each");
    return -1;
}

static void read_given(struct mop_scope *s, const struct mop_node *n, bool lists,
                       struct mop_given_record *out)
{
    *out = (struct mop_given_record){.record = s->record, .at = n};
    if (n->kind != MOP_MAPPING && !n->null) {
        mop_scope_fault(s, "wrong-type", n,
                        "a record is written as a mapping of fields and values");
        return;
    }
    out->given = mop_arena_array(s->arena, n->n + 1, sizeof *out->given);
    for (size_t i = 0; i < n->n; i++) {
        struct mop_field *f = mop_scope_field(s, n->key[i]);
        if (f && f->derive) {
            mop_scope_fault(s, "bad-value", n->key[i], "'%.*s' is computed from other fields",
                            MOP_SV_ARG(n->key[i]->text));
            mop_scope_hint(s, "give the fields it is derived from");
        } else if (f && check_value(s, n->item[i], lists) == 0) {
            out->given[out->n++] = (struct mop_given){f, n->item[i]};
        }
    }
}

/* An entry of a list without anything is a slip, not a record of blanks. */
static bool is_there(struct mop_scope *s, const struct mop_node *n)
{
    if (!n->null && (n->kind != MOP_LIST || n->n))
        return true;
    mop_scope_fault(s, "wrong-type", n, "there is no record here");
    mop_scope_hint(s, "a record of blanks is written {}");
    return false;
}

static size_t read_given_list(struct mop_scope *s, const struct mop_node *list,
                              struct mop_given_record **out)
{
    *out = mop_arena_array(s->arena, list->n + 1, sizeof **out);
    for (size_t i = 0; i < list->n; i++)
        if (is_there(s, list->item[i]))
            read_given(s, list->item[i], false, &(*out)[i]);
    return list->n;
}

/* ---- examples ---- */

static void load_example(struct mop_loader *l, struct mop_check *c, const struct mop_node *n,
                         bool fails)
{
    struct mop_scope s = mop_scope_at(l, c->record, c->field, n);
    struct mop_example x = {.check = c, .fails = fails, .n = 1, .at = n};
    if (!is_there(&s, n))
        return;
    if (n->kind == MOP_LIST) {
        x.n = read_given_list(&s, n, &x.records);
    } else {
        x.records = mop_arena_alloc(l->a, sizeof *x.records);
        read_given(&s, n, false, x.records);
    }
    if (c->severity != MOP_SEV_OFF)
        MOP_PUSH(l->a, l->rs->examples, l->rs->nexamples, x);
}

/* Those of a pack that is extended are not run, and need not fit what was made of its fields. */
static void load_examples(struct mop_loader *l, struct mop_check *c)
{
    static const char *const keys[] = {"pass", "fail"};
    const struct mop_rule_file *f = mop_file_of(l->rs, c->examples->at.file);
    if (f && f->pack)
        return;
    for (size_t k = 0; k < 2; k++) {
        const struct mop_node *list = mop_keys_get(c->examples, &mop_keys_examples, keys[k]);
        for (size_t i = 0; list && i < list->n; i++)
            load_example(l, c, list->item[i], k == 1);
    }
}

/* ---- tests ---- */

static int read_outcome(struct mop_scope *s, const struct mop_node *n, enum mop_outcome *out)
{
    struct mop_sv words[4];
    for (size_t i = 0; i < 4; i++) {
        words[i] = mop_sv_of(mop_outcome_names[i]);
        if (is_text(n) && !n->null && mop_sv_eq(n->text, words[i])) {
            *out = (enum mop_outcome)i;
            return 0;
        }
    }
    if (!is_text(n) || n->null) {
        mop_scope_fault(s, "wrong-type", n, "an outcome is one word");
        mop_scope_hint(s, "write pass, fail, na or undecided");
        return -1;
    }
    mop_scope_fault(s, "bad-value", n, "'%.*s' is no outcome", MOP_SV_ARG(n->text));
    long near = mop_suggest(n->text, words, 4);
    if (near >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(words[near]));
    else
        mop_scope_hint(s, "write pass, fail, na or undecided");
    return -1;
}

/* The rule that an expectation names; every record type has those of the input. */
static int find_rule(struct mop_loader *l, const struct mop_record *r, const struct mop_node *id,
                     const struct mop_check **out)
{
    const uint64_t *item = mop_map_find(&l->ids, id->text);
    if (!item) {
        if (!l->faulty_checks)
            mop_unknown_id(l, id, "");
        return -1;
    }
    const struct mop_check *c = l->known[*item - 1].check;
    if (!c)
        return mop_scope_fault(&l->scope, "bad-value", id,
                               "'%.*s' is a check of the whole run, not of a record",
                               MOP_SV_ARG(id->text));
    for (size_t i = 0; c->role == MOP_CHECK_INPUT && i < r->nchecks; i++)
        if (mop_sv_eq(r->checks[i]->id, id->text))
            c = r->checks[i];
    if (c->record != r) {
        mop_scope_fault(&l->scope, "bad-value", id, "'%.*s' is a rule for records of type '%.*s'",
                        MOP_SV_ARG(id->text), MOP_SV_ARG(c->record->name));
        return -1;
    }
    *out = c->severity == MOP_SEV_OFF ? NULL : c;
    return 0;
}

static void read_expect(struct mop_loader *l, struct mop_rule_test *t, const struct mop_node *n)
{
    t->expect = mop_arena_array(l->a, n->n + 1, sizeof *t->expect);
    if (n->n == 0) {
        mop_scope_fault(&l->scope, "missing-value", n, "this test expects nothing");
        mop_scope_hint(&l->scope, "name a rule: expect: {RULE-ID: fail}");
    }
    for (size_t i = 0; i < n->n; i++) {
        struct mop_expectation x = {.id = n->key[i]->text, .at = n->item[i]};
        if (read_outcome(&l->scope, n->item[i], &x.outcome) == 0 &&
            find_rule(l, t->record, n->key[i], &x.check) == 0)
            t->expect[t->nexpect++] = x;
    }
}

static void read_beside(struct mop_loader *l, struct mop_rule_test *t, const struct mop_node *n)
{
    struct mop_scope s = l->scope;
    for (size_t i = 0; i < n->n; i++) {
        const struct mop_node *list = n->item[i];
        struct mop_record *r = mop_scope_record(&s, n->key[i]);
        if (list->kind != MOP_LIST) {
            mop_scope_fault(&s, "wrong-type", list, "beside a record stand lists of records");
            continue;
        }
        for (size_t k = 0; r && k < list->n; k++) {
            struct mop_given_record x;
            s.record = r;
            if (!is_there(&s, list->item[k]))
                continue;
            read_given(&s, list->item[k], false, &x);
            MOP_PUSH(l->a, t->beside, t->nbeside, x);
        }
    }
}

static void read_clock(struct mop_loader *l, struct mop_rule_test *t, const struct mop_node *n)
{
    struct mop_when w;
    if (!mop_date_parse_iso(l->rs->zone, n->text, &w)) {
        mop_scope_fault(&l->scope, "bad-value", n, "'%.*s' is no time", MOP_SV_ARG(n->text));
        mop_scope_hint(&l->scope, "write it as 2026-11-22 or 2026-11-22T06:00:00Z");
        return;
    }
    t->now_us = w.us;
}

/* A field set that no record type uses: only `rules test` makes one for it. */
static bool is_lone_set(const struct mop_loader *l, const struct mop_node *name)
{
    const struct mop_node *sets = mop_keys_get(l->root, &mop_keys_top, "field_sets");
    struct mop_sv set = name->text;
    if (mop_sv_ends(set, MOP_SV("-set")) && (!sets || mop_node_index(sets, set) < 0))
        set = mop_sv_sub(set, 0, set.n - 4);
    return !l->o->lone_sets && sets && !mop_ruleset_record(l->rs, name->text) &&
           mop_node_index(sets, set) >= 0;
}

static const struct mop_node *need_key(struct mop_loader *l, const struct mop_node *n,
                                       const char *key, const char *what)
{
    if (!mop_node_get(n, key))
        mop_scope_fault(&l->scope, "missing-key", n, "'%s' is missing: %s", key, what);
    return mop_keys_get(n, &mop_keys_test, key);
}

static void read_case(struct mop_loader *l, struct mop_rule_test *t, const struct mop_node *n)
{
    const struct mop_node *values = mop_keys_get(n, &mop_keys_test, "values");
    const struct mop_node *expect =
        need_key(l, n, "expect", "a mapping of rule ids and pass, fail, na or undecided");
    struct mop_scope s = l->scope;
    s.record = t->record;
    t->values = (struct mop_given_record){.record = t->record, .at = n};
    if (values)
        read_given(&s, values, true, &t->values);
    if (expect)
        read_expect(l, t, expect);
}

static void read_fixture(struct mop_loader *l, struct mop_rule_test *t, const struct mop_node *n,
                         const struct mop_node *file)
{
    static const char *const alone[] = {"values", "expect"};
    for (size_t i = 0; i < 2; i++) {
        long k = mop_node_index(n, mop_sv_of(alone[i]));
        if (k < 0)
            continue;
        mop_scope_fault(&l->scope, "misplaced-key", n->key[k],
                        "'%s' has no place beside 'file': the file holds records and outcomes",
                        alone[i]);
    }
    struct mop_scope s = mop_scope_at(l, t->record, NULL, file);
    t->file = mop_join(l->a, s.dir, file->text);
}

static void load_test(struct mop_loader *l, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_test;
    struct mop_rule_test t = {.now_us = INT64_MIN, .at = n};
    if (mop_keys_check(&l->scope, n, k) != 0) {
        if (n->null)
            mop_scope_fault(&l->scope, "wrong-type", n, "this entry is empty");
        return;
    }
    const struct mop_node *record = need_key(l, n, "record", "which record type this is"), *x;
    if (!record || is_lone_set(l, record))
        return;
    t.record = mop_scope_record(&l->scope, record);
    if (!t.record)
        return;
    if ((x = mop_keys_get(n, k, "name")))
        t.name = x->text;
    if ((x = mop_keys_get(n, k, "now")))
        read_clock(l, &t, x);
    if ((x = mop_keys_get(n, k, "beside")))
        read_beside(l, &t, x);
    if ((x = mop_keys_get(n, k, "file")))
        read_fixture(l, &t, n, x);
    else
        read_case(l, &t, n);
    MOP_PUSH(l->a, l->rs->rule_tests, l->rs->nrule_tests, t);
}

void mop_load_tests(struct mop_loader *l)
{
    l->faulty_checks = l->d->faults > 0;
    for (size_t i = 0; i < l->nknown; i++)
        if (l->known[i].check && l->known[i].check->examples)
            load_examples(l, l->known[i].check);
    for (size_t i = 0; l->rs->tests && i < l->rs->tests->n; i++)
        load_test(l, l->rs->tests->item[i]);
}
