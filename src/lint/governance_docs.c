/* SPDX-License-Identifier: MIT */
#include "lint/governance.h"
#include <string.h>

/* Is it written down who decides, what for, why, in which words, and by which examples? Which of
 * these are asked for, and of whom, the file says under `lint: require:`. */

enum { NONE, RULES, ALL };

static int required(const struct mop_lint *l, const char *what)
{
    const struct mop_node *lint = mop_lint_get(l->root, "lint");
    struct mop_sv word = mop_lint_text(mop_lint_get(lint, "require"), what);
    return mop_sv_eqs(word, "none") ? NONE : mop_sv_eqs(word, "all") ? ALL : RULES;
}

struct asked {
    struct mop_lint *l;
    int of; /* whom it is asked of */
    size_t n, without;
    struct mop_lint_entry first; /* that is without */
};

static bool is_asked(const struct asked *a, const struct mop_lint_entry *c)
{
    return a->of == ALL || (a->of == RULES && c->named);
}

static const char *what_it_is(const struct mop_lint_entry *c)
{
    return c->rule ? "rule" : "check";
}

/* ---- owner ---- */

static bool has_owner(const struct mop_lint *l, const struct mop_lint_entry *c)
{
    struct mop_sv name = mop_lint_text(c->up, "vocabulary");
    const struct mop_node *all = mop_lint_get(l->root, "vocabularies");
    long v = name.p && all && all->kind == MOP_MAPPING ? mop_node_index(all, name) : -1;
    return mop_lint_says(c->n, "owner") || mop_lint_says(c->up, "owner") ||
           mop_lint_says(c->over, "owner") || (v >= 0 && mop_lint_says(all->item[v], "owner"));
}

static void see_owner(const struct mop_lint_entry *c, void *ctx)
{
    struct asked *a = ctx;
    if (!is_asked(a, c))
        return;
    a->n++;
    if (has_owner(a->l, c))
        return;
    if (!a->without++)
        a->first = *c;
}

/* One for all: one line in the head mends them. */
void mop_lint_owner(struct mop_lint *l)
{
    struct asked a = {.l = l, .of = required(l, "owner")};
    if (a.of == NONE || mop_lint_says(l->root, "owner"))
        return;
    mop_lint_each_check(l->root, see_owner, &a);
    if (!a.without)
        return;
    const struct mop_node *name = mop_lint_get(l->root, "name");
    mop_lint_tell(l, "missing-owner", name ? name : a.first.at, "nobody owns %s '%.*s'%s",
                  what_it_is(&a.first), MOP_SV_ARG(a.first.id), a.without > 1 ? " and others" : "");
    mop_lint_hint(l, "%zu of %zu have no owner; 'owner' in the head of this file is that of all",
                  a.without, a.n);
}

/* ---- description ---- */

static void tell_description(struct mop_lint *l, const struct mop_node *at, const char *what,
                             struct mop_sv name)
{
    mop_lint_tell(l, "missing-description", at, "%s '%.*s' does not say what it is for", what,
                  MOP_SV_ARG(name));
}

static void see_why(const struct mop_lint_entry *c, void *ctx)
{
    struct asked *a = ctx;
    if (!is_asked(a, c) || mop_lint_says(c->n, "why") || mop_lint_says(c->n, "description"))
        return;
    tell_description(a->l, c->at, what_it_is(c), c->id);
    mop_lint_hint(a->l, c->rule ? "add 'description' or 'why'" : "add 'why'");
}

static const struct described {
    const char *key, *what;
    int of; /* asked of ALL only, or of RULES too */
} described[] = {
    {"vocabularies", "vocabulary", RULES}, {"field_sets", "field set", RULES},
    {"lifecycles", "lifecycle", RULES},    {"reports", "report", RULES},
    {"dataset", "dataset check", RULES},   {"records", "record type", ALL},
};
struct see_described {
    struct mop_lint *l;
    const struct described *d;
};

static void see_entry(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    struct see_described *s = ctx;
    const struct mop_node *name = key;
    if (!name)
        name = mop_lint_get(n, "id") ? mop_lint_get(n, "id") : mop_lint_get(n, "name");
    if (name && name->kind == MOP_SCALAR && !mop_lint_says(n, "description") &&
        !mop_lint_says(n, "why"))
        tell_description(s->l, name, s->d->what, name->text);
}

static void see_field(const struct mop_node *key, const struct mop_node *n, void *ctx)
{
    if (key && !mop_lint_says(n, "description"))
        tell_description(ctx, key, "field", key->text);
}

static void describe_fields(struct mop_lint *l)
{
    const struct mop_node *records = mop_lint_get(l->root, "records");
    for (size_t i = 0; records && records->kind == MOP_MAPPING && i < records->n; i++) {
        const struct mop_node *fields = mop_lint_get(records->item[i], "fields");
        for (size_t k = 0; fields && fields->kind == MOP_MAPPING && k < fields->n; k++)
            see_field(fields->key[k], fields->item[k], l);
    }
}

/* What it extends describes only itself. */
static bool describes_itself(const struct mop_lint *l, const struct mop_node *name)
{
    const struct mop_node *n = mop_lint_get(l->root, "description");
    return mop_lint_says(l->root, "description") && name->at.file && n->at.file &&
           strcmp(n->at.file, name->at.file) == 0;
}

void mop_lint_description(struct mop_lint *l)
{
    struct asked a = {.l = l, .of = required(l, "description")};
    const struct mop_node *name = mop_lint_get(l->root, "name");
    if (a.of == NONE)
        return;
    if (name && name->kind == MOP_SCALAR && !describes_itself(l, name))
        tell_description(l, name, "taxonomy", name->text);
    for (size_t i = 0; i < sizeof described / sizeof *described; i++) {
        struct see_described s = {l, &described[i]};
        if (a.of >= described[i].of)
            mop_lint_each(l->root, described[i].key, see_entry, &s);
    }
    if (a.of == ALL)
        describe_fields(l);
    mop_lint_each_check(l->root, see_why, &a);
}

/* ---- message ---- */

static void see_message(const struct mop_lint_entry *c, void *ctx)
{
    struct asked *a = ctx;
    if (!is_asked(a, c) || mop_lint_says(c->n, "message"))
        return;
    mop_lint_tell(a->l, "missing-message", c->at, "%s '%.*s' has no message of its own",
                  what_it_is(c), MOP_SV_ARG(c->id));
    mop_lint_hint(a->l, "say what is wrong and what to do; {field} stands for a value");
}

void mop_lint_message(struct mop_lint *l)
{
    struct asked a = {.l = l, .of = required(l, "message")};
    if (a.of != NONE)
        mop_lint_each_check(l->root, see_message, &a);
}

/* ---- examples ---- */

/* Against other records: one record cannot show it, `tests` and fixtures do. */
static bool is_cross(const struct mop_node *n)
{
    static const char *const keys[] = {"references", "unique", "determines"};
    for (size_t i = 0; n && n->kind != MOP_SCALAR && i < n->n; i++) {
        for (size_t k = 0; n->kind == MOP_MAPPING && k < sizeof keys / sizeof *keys; k++)
            if (mop_sv_eqs(n->key[i]->text, keys[k]))
                return true;
        if (is_cross(n->item[i]))
            return true;
    }
    return false;
}

static bool has_records(const struct mop_node *examples, const char *key)
{
    const struct mop_node *list = mop_lint_get(examples, key);
    return list && list->kind == MOP_LIST && list->n > 0;
}

static void see_examples(const struct mop_lint_entry *c, void *ctx)
{
    struct asked *a = ctx;
    const struct mop_node *examples = mop_lint_get(c->n, "examples");
    bool pass = has_records(examples, "pass"), fail = has_records(examples, "fail");
    if (!is_asked(a, c) || (pass && fail) || is_cross(mop_lint_get(c->n, "then")))
        return;
    mop_lint_tell(a->l, "missing-example", c->at, "%s '%.*s' has no example that %s", what_it_is(c),
                  MOP_SV_ARG(c->id),
                  pass   ? "fails"
                  : fail ? "passes"
                         : "passes and none that fails");
    mop_lint_hint(a->l, "examples: {pass: [{FIELD: VALUE}], fail: [{FIELD: VALUE}]}");
}

void mop_lint_examples(struct mop_lint *l)
{
    struct asked a = {.l = l, .of = required(l, "examples")};
    if (a.of != NONE)
        mop_lint_each_check(l->root, see_examples, &a);
}
