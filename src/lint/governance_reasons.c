/* SPDX-License-Identifier: MIT */
#include "lint/governance.h"
#include "rules/keys.h"
#include "rules/kinds.h"

/* What is left out, passed over or switched off: does it say why? */

/* Told with the name of what it is; the hint says where the reason goes. */
static void no_reason(struct mop_lint *l, const struct mop_node *at, const char *what,
                      struct mop_sv name, const char *hint)
{
    mop_lint_tell(l, "missing-reason", at, "%s '%.*s' without a reason", what, MOP_SV_ARG(name));
    mop_lint_hint(l, "%s", hint);
}

/* ---- records and findings that are left out ---- */

static void see_exclusions(struct mop_lint *l, const struct mop_node *record)
{
    const struct mop_node *list = mop_lint_get(mop_lint_get(record, "population"), "exclude");
    for (size_t i = 0; list && list->kind == MOP_LIST && i < list->n; i++)
        if (!mop_lint_says(list->item[i], "reason"))
            no_reason(l, list->item[i], "records are left out as",
                      mop_lint_text(list->item[i], "id"),
                      "add 'reason': what is left out is in no score");
}

/* That there is none at all, where one has to be, the loader tells. */
static bool is_blank(const struct mop_node *n)
{
    return mop_lint_get(n, "reason") && !mop_lint_says(n, "reason");
}

static void see_suppression(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    (void)key;
    if (is_blank(n))
        no_reason(ctx, mop_lint_get(n, "reason"),
                  "findings are passed over:", mop_lint_text(n, "rule"),
                  "say in 'reason' why they may be");
}

static bool is_word_off(struct mop_sv s)
{
    return mop_sv_eqs(s, "off") || mop_sv_eqs(s, "false");
}

static bool is_off(const struct mop_node *n)
{
    return mop_sv_eqs(mop_lint_text(n, "severity"), "off");
}

static void see_overrides(struct mop_lint *l, const struct mop_node *map)
{
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++)
        if (is_off(map->item[i]) && is_blank(map->item[i]))
            no_reason(l, mop_lint_get(map->item[i], "reason"), "a check is off:", map->key[i]->text,
                      "say in 'reason' why it is");
}

/* ---- checks under fields, rules ---- */

static const char long_form[] = "write {severity: off, why: TEXT}";

/* An entry of a mapping of severities: a word, or {severity, why}. */
static void see_entries(struct mop_lint *l, const struct mop_node *map, const char *what,
                        const struct mop_key_table *others)
{
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++) {
        const struct mop_node *n = map->item[i];
        if (others && mop_keys_has(others, map->key[i]->text))
            continue;
        bool off = n->kind == MOP_SCALAR ? !n->null && is_word_off(n->text) : is_off(n);
        if (off && !mop_lint_says(n, "why"))
            no_reason(l, map->key[i], what, map->key[i]->text, long_form);
    }
}

/* A word is a severity only of kinds that hold nothing else: 'pattern: off' is a pattern. */
static bool check_is_off(const struct mop_lint_entry *c)
{
    bool word = c->n->kind == MOP_SCALAR && c->kind && c->kind->flags & MOP_K_SWITCH;
    return word ? mop_sv_eqs(c->n->text, "off") : is_off(c->n);
}

/* ---- 'required: false' where a file or a field set that is brought in asks for it ---- */

static struct mop_sv name_of_field(const struct mop_lint_entry *c)
{
    const struct mop_node *fields = mop_lint_get(c->over, "fields");
    for (size_t i = 0; fields && fields->kind == MOP_MAPPING && i < fields->n; i++)
        if (fields->item[i] == c->up)
            return fields->key[i]->text;
    return MOP_SV("");
}

static bool says_false(const struct mop_node *n)
{
    return n->kind == MOP_SCALAR && !n->null && mop_sv_eqs(n->text, "false");
}

/* "first_source" is 'source' of a set that is used as 'first'. */
static bool is_called(struct mop_sv full, struct mop_sv as, struct mop_sv name)
{
    size_t before = as.n ? as.n + 1 : 0;
    return full.n == before + name.n && mop_sv_starts(full, as) && (!as.n || full.p[as.n] == '_') &&
           mop_sv_eq(mop_sv_sub(full, before, full.n), name);
}

static bool use_asks(const struct mop_lint *l, const struct mop_node *use,
                     const struct mop_lint_entry *c, struct mop_sv field)
{
    struct mop_sv as = mop_lint_text(use, "as"),
                  set = use->kind == MOP_SCALAR ? use->text : mop_lint_text(use, "set");
    const struct mop_node *sets = mop_lint_get(l->root, "field_sets");
    long at = sets && sets->kind == MOP_MAPPING && set.n ? mop_node_index(sets, set) : -1;
    const struct mop_node *fields = at >= 0 ? mop_lint_get(sets->item[at], "fields") : NULL;
    fields = fields || at < 0 ? fields : sets->item[at]; /* a bare set is its fields */
    for (size_t i = 0; fields && fields->kind == MOP_MAPPING && i < fields->n; i++) {
        const struct mop_node *asked = mop_lint_get(fields->item[i], c->kind->name);
        if (asked && !says_false(asked) && is_called(field, as, fields->key[i]->text))
            return true;
    }
    return false;
}

static bool switches_off(const struct mop_lint *l, const struct mop_lint_entry *c)
{
    if ((c->kind != &mop_kind_required && c->kind != &mop_kind_url) || !says_false(c->n))
        return false;
    if (c->n->from) /* it stands in the place of another file's */
        return true;
    const struct mop_node *use = mop_lint_get(c->over, "use");
    struct mop_sv field = name_of_field(c);
    if (use && use->kind != MOP_LIST)
        return use_asks(l, use, c, field);
    for (size_t i = 0; use && i < use->n; i++)
        if (use_asks(l, use->item[i], c, field))
            return true;
    return false;
}

static void see_check(const struct mop_lint_entry *c, void *ctx)
{
    struct mop_lint *l = ctx;
    if (switches_off(l, c))
        no_reason(l, c->at, "a check is off:", c->id, long_form);
    const struct mop_node *use = mop_lint_get(c->n, "use");
    if (c->kind == &mop_kind_url)
        see_entries(l, use ? use : c->n, "a check of URLs is off:", &mop_keys_common);
    if (check_is_off(c) && !mop_lint_says(c->n, "why"))
        no_reason(l, c->at, "a check is off:", c->id,
                  "add 'why', or switch it off under 'overrides' with a reason");
}

/* ---- what switches off several ---- */

/* `name`: the key that names it; NULL: 'unique' of a record type, which has no other name. */
static void see_off(struct mop_lint *l, const struct mop_node *n, const char *what,
                    const char *name)
{
    const struct mop_node *at = name ? mop_lint_get(n, name) : NULL;
    if (n && is_off(n) && !mop_lint_says(n, "why"))
        no_reason(l, at ? at : n, what, name ? mop_lint_text(n, name) : MOP_SV("unique"),
                  "add 'why'");
}

static void see_record(struct mop_lint *l, const struct mop_node *record)
{
    static const char set[] = "all checks are off of field set";
    const struct mop_node *use = mop_lint_get(record, "use");
    see_exclusions(l, record);
    see_off(l, mop_lint_get(record, "unique"), "a check is off:", NULL);
    if (use && use->kind != MOP_LIST)
        see_off(l, use, set, "set");
    for (size_t i = 0; use && use->kind == MOP_LIST && i < use->n; i++)
        see_off(l, use->item[i], set, "set");
}

static void see_lifecycle(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    (void)key;
    see_off(ctx, n, "all checks are off of lifecycle", "id");
    see_entries(ctx, mop_lint_get(n, "severities"), "a check of the lifecycle is off:", NULL);
}

static void see_dataset(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    (void)key;
    see_off(ctx, n, "a dataset check is off:", "id");
}

void mop_lint_reasons(struct mop_lint *l)
{
    const struct mop_node *records = mop_lint_get(l->root, "records");
    const struct mop_node *off = mop_lint_get(mop_lint_get(l->root, "lint"), "off");
    for (size_t i = 0; records && records->kind == MOP_MAPPING && i < records->n; i++)
        see_record(l, records->item[i]);
    mop_lint_each_check(l->root, see_check, l);
    mop_lint_each(l->root, "lifecycles", see_lifecycle, l);
    mop_lint_each(l->root, "dataset", see_dataset, l);
    mop_lint_each(l->root, "suppressions", see_suppression, l);
    see_overrides(l, mop_lint_get(l->root, "overrides"));
    for (size_t i = 0; off && off->kind == MOP_MAPPING && i < off->n; i++)
        if (off->item[i]->kind != MOP_SCALAR || off->item[i]->null ||
            !mop_sv_trim(off->item[i]->text).n)
            no_reason(l, off->key[i], "lint is not to find", off->key[i]->text, "write ID: TEXT");
}
