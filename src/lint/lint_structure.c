/* SPDX-License-Identifier: MIT */
#include "base/map.h"
#include "lint/logic.h"

/*
 * What stands in a taxonomy for nothing. Only the file that was named is looked at: one that others
 * extend may offer more than each of them needs.
 */

/* ---- names that are used ---- */

static bool is_word(struct mop_sv key, const char *const *words)
{
    for (; *words; words++)
        if (mop_sv_eqs(key, *words))
            return true;
    return false;
}

/* Every scalar below one of the keys, up to a dot: `in_group: medium.paid` uses medium. */
static void collect(const struct mop_node *n, const char *const *keys, bool below,
                    struct mop_map *used)
{
    if (n->kind == MOP_SCALAR && below)
        mop_map_put(used, mop_sv_sub(n->text, 0, mop_sv_find(n->text, '.')), NULL);
    if (n->kind == MOP_SCALAR && below)
        mop_map_put(used, n->text, NULL);
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++)
        collect(n->item[i], keys,
                below || (n->kind == MOP_MAPPING && is_word(n->key[i]->text, keys)), used);
}

static void tell_unused(struct mop_lint *l, const char *key, const char *const *used_by,
                        const char *id, const char *what)
{
    const struct mop_node *defined = mop_lint_get(l->root, key);
    struct mop_map used;
    mop_map_init(&used);
    if (defined && defined->kind == MOP_MAPPING)
        collect(l->root, used_by, false, &used);
    for (size_t i = 0; defined && defined->kind == MOP_MAPPING && i < defined->n; i++) {
        const struct mop_node *name = defined->key[i];
        if (mop_map_find(&used, name->text) || !mop_lint_is_named(l, name))
            continue;
        mop_lint_tell(l, id, name, "nothing uses %s '%.*s'", what, MOP_SV_ARG(name->text));
        mop_lint_hint(l, "use it, or take it out");
    }
    mop_map_release(&used);
}

static void unused_vocabulary(struct mop_lint *l)
{
    static const char *const keys[] = {"vocabulary", "in_vocabulary", "in_group", NULL};
    tell_unused(l, "vocabularies", keys, "unused-vocabulary", "vocabulary");
}

static void unused_field_set(struct mop_lint *l)
{
    static const char *const keys[] = {"use", NULL};
    if (mop_lint_get(l->root, "records")) /* else they are for those who extend it */
        tell_unused(l, "field_sets", keys, "unused-field-set", "field set");
}

/* ---- parts of templates ---- */

/* Does the template, or one of a list of them, name the part? */
static bool names_part(const struct mop_node *t, struct mop_sv part)
{
    bool named = false;
    if (!t || t->null)
        return false;
    if (t->kind == MOP_MAPPING)
        return names_part(mop_lint_get(t, "use"), part);
    for (size_t i = 0; t->kind == MOP_LIST && i < t->n && !named; i++)
        named = names_part(t->item[i], part);
    for (size_t at = 0; t->kind == MOP_SCALAR && !named && at + part.n + 2 <= t->text.n; at++)
        named = t->text.p[at] == '{' && t->text.p[at + 1 + part.n] == '}' &&
                mop_sv_starts(mop_sv_sub(t->text, at + 1, t->text.n), part);
    return named;
}

/* `parts` beside its `template`, or in the long form beside `use`. */
static void tell_unused_parts(struct mop_lint *l, const struct mop_node *n)
{
    const struct mop_node *parts = mop_lint_get(n, "parts"), *t = mop_lint_get(n, "template");
    if (!t)
        t = mop_lint_get(n, "use");
    for (size_t i = 0; t && parts && parts->kind == MOP_MAPPING && i < parts->n; i++) {
        const struct mop_node *name = parts->key[i];
        if (!mop_lint_is_named(l, name) || names_part(t, name->text))
            continue;
        mop_lint_tell(l, "unused-part", name, "no template here has a part '{%.*s}'",
                      MOP_SV_ARG(name->text));
        mop_lint_hint(l, "put it into the template, or take it out");
    }
    for (size_t i = 0; n->kind != MOP_SCALAR && i < n->n; i++)
        tell_unused_parts(l, n->item[i]);
}

static void unused_part(struct mop_lint *l)
{
    if (l->root)
        tell_unused_parts(l, l->root);
}

/* ---- lint's own settings ---- */

static void unknown_finding(struct mop_lint *l)
{
    const struct mop_node *off = mop_lint_get(mop_lint_get(l->root, "lint"), "off");
    for (size_t i = 0; off && off->kind == MOP_MAPPING && i < off->n; i++) {
        const struct mop_lint_check *c = mop_lint_find(off->key[i]->text);
        if (c && c->level == MOP_FAULT) {
            mop_lint_tell(l, "unknown-finding", off->key[i], "'%s' is an error: it stays one",
                          c->id);
            mop_lint_hint(l, "what keeps a file from loading cannot be switched off");
        }
        if (c)
            continue;
        mop_lint_tell(l, "unknown-finding", off->key[i], "lint has no finding '%.*s'",
                      MOP_SV_ARG(off->key[i]->text));
        mop_lint_hint(l, "'mopslint rules lint -f json' lists all ids");
    }
}

const struct mop_lint_check mop_lint_structure[] = {
    {"unused-vocabulary", MOP_WARN, "every vocabulary is used",
     "A list that no field, condition or template uses is either forgotten, or its field does not\n"
     "check what its owner believes.\n\n"
     "bad:  vocabularies: {region: {values: [emea]}}   and   fields: {region: {}}\n"
     "good: fields: {region: {vocabulary: region}}",
     unused_vocabulary},
    {"unused-field-set", MOP_WARN, "every field set is used",
     "Its fields and rules judge nothing until a record type says use: [NAME].\n\n"
     "Use it, or take it out. A file of field sets alone is for others; one that has record types\n"
     "of its own, too, says so:\n"
     "lint: {off: {unused-field-set: for taxonomies that extend this one}}",
     unused_field_set},
    {"unused-part", MOP_WARN, "every part is in a template",
     "A part that its template does not name is never read: a name without it passes.\n\n"
     "bad:  template: \"{region}_{product}\"   and   parts: {region: .., product: .., year: ..}\n"
     "good: template: \"{year}_{region}_{product}\"",
     unused_part},
    {"unused-suppression", MOP_WARN, "every suppression can match a finding",
     "Its check is switched off, belongs to another record type or to the run as a whole; another\n"
     "suppression says the same, or all of it; or its 'where' leaves nothing: it asks of a "
     "required\n"
     "field that it is filled, of a checked one that it is blank, for records that the check is "
     "not\n"
     "asked of, or that are excluded. There is nothing to pass over, which it hides from the "
     "reader.\n\n"
     "bad:  {rule: lead.region.required, where: {region: emea}, ...}\n"
     "good: {rule: lead.region.required, where: {source: fair}, ...}",
     mop_lint_unused_suppressions},
    {"unknown-finding", MOP_WARN, "lint: off: names findings of lint",
     "A mistyped id switches nothing off, nor does that of an error.\n\n"
     "bad:  lint: {off: {unused-vocabluary: for others}}\n"
     "good: lint: {off: {unused-vocabulary: for others}}",
     unknown_finding},
    {NULL, MOP_NOTE, NULL, NULL, NULL},
};
