/* SPDX-License-Identifier: MIT */
#include "rules/loader.h"

/* overrides and suppressions: what is said of checks by their ids. */

void mop_unknown_id(struct mop_loader *l, const struct mop_node *at, const char *what)
{
    mop_scope_fault(&l->scope, "unknown-rule", at, "there is no rule '%.*s'%s",
                    MOP_SV_ARG(at->text), what);
    struct mop_sv *words = mop_arena_array(l->a, l->nknown + 1, sizeof *words);
    for (size_t i = 0; i < l->nknown; i++)
        words[i] = l->known[i].id;
    long best = mop_suggest(at->text, words, l->nknown);
    if (best >= 0)
        mop_scope_hint(&l->scope, "did you mean '%.*s'?", MOP_SV_ARG(words[best]));
    else
        mop_scope_hint(&l->scope, "'mopslint rules list -r FILE' prints all ids");
}

/* Before the checks: they are changed as they are made. */
void mop_load_overrides(struct mop_loader *l)
{
    const struct mop_key_table *k = &mop_keys_override;
    struct mop_scope *s = &l->scope;
    l->overrides = mop_keys_get(l->root, &mop_keys_top, "overrides");
    l->override_used =
        mop_arena_array(l->a, l->overrides ? l->overrides->n + 1 : 1, sizeof *l->override_used);
    for (size_t i = 0; l->overrides && i < l->overrides->n; i++) {
        const struct mop_node *n = l->overrides->item[i], *severity;
        if (mop_keys_check(s, n, k) != 0)
            continue;
        severity = mop_keys_get(n, k, "severity");
        if (severity && mop_sv_eqs(severity->text, "off") && !mop_keys_get(n, k, "reason")) {
            mop_scope_fault(s, "missing-key", severity, "'%.*s' is switched off without a reason",
                            MOP_SV_ARG(l->overrides->key[i]->text));
            mop_scope_hint(s, "add reason: to the entry");
        }
    }
}

void mop_check_overrides(struct mop_loader *l)
{
    for (size_t i = 0; l->overrides && i < l->overrides->n; i++)
        if (!l->override_used[i])
            mop_unknown_id(l, l->overrides->key[i], "");
}

/* The check that a suppression names, by its id or the one it had before. */
static const struct mop_check *find_check(struct mop_loader *l, struct mop_sv id, bool *known)
{
    const uint64_t *item = mop_map_find(&l->ids, id);
    *known = item != NULL;
    if (item)
        return l->known[*item - 1].check;
    for (size_t i = 0; i < l->nknown; i++) {
        const struct mop_check *c = l->known[i].check;
        if (c && c->renamed_from.n > 0 && mop_sv_eq(c->renamed_from, id)) {
            *known = true;
            return c;
        }
    }
    return NULL;
}

static void load_where(struct mop_loader *l, struct mop_suppression *sup,
                       const struct mop_node *where, const struct mop_check *c)
{
    struct mop_record *r = sup->record;
    if (!r && c && c->role != MOP_CHECK_INPUT)
        r = c->record;
    if (!r && l->rs->nrecords == 1)
        r = l->rs->records[0];
    if (!r) {
        mop_scope_fault(&l->scope, "missing-key", where,
                        "'record' is missing: which record type 'where' speaks of");
        return;
    }
    sup->record = r;
    sup->where = mop_load_when(l, r, NULL, where);
    sup->where_node = where;
}

static void load_suppression(struct mop_loader *l, const struct mop_node *n)
{
    const struct mop_key_table *k = &mop_keys_suppression;
    struct mop_scope *s = &l->scope;
    struct mop_suppression sup = {.until = INT32_MAX, .at = n->at};
    bool known = false;
    if (mop_keys_check(s, n, k) != 0)
        return;
    const struct mop_node *rule = mop_keys_get(n, k, "rule"), *where = mop_keys_get(n, k, "where"),
                          *until = mop_keys_get(n, k, "until");
    const struct mop_node *reason = mop_keys_get(n, k, "reason"), *by = mop_keys_get(n, k, "by"),
                          *record = mop_keys_get(n, k, "record");
    const struct mop_check *c = rule ? find_check(l, rule->text, &known) : NULL;
    sup.check = c;
    if (!rule && !mop_node_get(n, "rule"))
        mop_scope_fault(s, "missing-key", n, "'rule' is missing: the id of what is suppressed");
    else if (rule && !known)
        mop_unknown_id(l, rule, " to suppress");
    else if (rule)
        sup.rule = c ? c->id : rule->text;
    if (!reason)
        mop_scope_fault(s, "missing-key", n, "'reason' is missing: why findings are passed over");
    else
        mop_read_text(s, reason, &sup.reason);
    if (by)
        mop_read_text(s, by, &sup.by);
    if (until && mop_read_day(s, until, &sup.until) == 0)
        sup.expired = sup.until < l->rs->as_of.day;
    sup.record = record ? mop_scope_record(s, record) : NULL;
    if (where && known)
        load_where(l, &sup, where, c);
    if (rule && known)
        MOP_PUSH(l->a, l->rs->suppressions, l->rs->nsuppressions, sup);
}

void mop_load_suppressions(struct mop_loader *l)
{
    const struct mop_node *list = mop_keys_get(l->root, &mop_keys_top, "suppressions");
    for (size_t i = 0; list && i < list->n; i++)
        load_suppression(l, list->item[i]);
}
