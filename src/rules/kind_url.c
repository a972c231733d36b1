/* SPDX-License-Identifier: MIT */
#include "rules/kind_url.h"
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"
#include "values/url_checks.h"
#include <stdlib.h>
#include <string.h>

/* url: the structural checks of values/url_checks.h, each a check of its own,
 * record.field.url.<id>. */

struct mop_url_cache {
    struct mop_arena arena;
    struct mop_sv text; /* in the arena */
    bool as_template;
    struct mop_url url;
};

struct mop_url_cache *mop_url_cache_create(void)
{
    struct mop_url_cache *c = mop_alloc(sizeof *c);
    mop_arena_init(&c->arena);
    return c;
}

void mop_url_cache_free(struct mop_url_cache *c)
{
    if (!c)
        return;
    mop_arena_release(&c->arena);
    free(c);
}

bool mop_record_is_template(const struct mop_record *r)
{
    return mop_sv_eqs(r->kind, "template");
}

const struct mop_url *mop_value_url(const struct mop_field *f, const struct mop_value *v,
                                    struct mop_run *run)
{
    struct mop_sv text = mop_sv_trim(v->written);
    bool as_template = mop_record_is_template(f->record);
    struct mop_url_cache *c = run->urls;
    bool padded = text.n < v->written.n;
    if (!c) {
        struct mop_url *u = mop_arena_alloc(run->scratch, sizeof *u);
        mop_url_parse(run->scratch, text, as_template, u);
        u->padded = padded;
        return u;
    }
    if (c->text.p && c->as_template == as_template && c->url.padded == padded &&
        mop_sv_eq(c->text, text))
        return &c->url;
    mop_arena_reset(&c->arena);
    c->text = mop_arena_copy(&c->arena, text);
    c->as_template = as_template;
    memset(&c->url, 0, sizeof c->url);
    mop_url_parse(&c->arena, c->text, as_template, &c->url);
    c->url.padded = padded;
    return &c->url;
}

/* ---- one check ---- */

struct url_arg {
    const struct mop_url_check *check;
    struct mop_url_context context;
};

struct mop_url_context mop_url_context_of(const struct mop_ruleset *rs, enum mop_url_kind kind)
{
    if (!rs)
        return (struct mop_url_context){.kind = kind};
    return (struct mop_url_context){kind, rs->own_domains, rs->nown_domains, rs->personal_params,
                                    rs->npersonal_params};
}

static enum mop_url_kind url_kind(const struct mop_record *r)
{
    if (mop_record_is_template(r))
        return MOP_URL_TEMPLATE;
    return mop_sv_eqs(r->kind, "link") ? MOP_URL_LINK : MOP_URL_LEAD;
}

static enum mop_outcome url_value(const struct mop_test *t, const struct mop_value *v,
                                  struct mop_run *run)
{
    const struct url_arg *arg = t->arg;
    return arg->check->fails(mop_value_url(t->fields[0], v, run), &arg->context, NULL) ? MOP_FAIL
                                                                                       : MOP_PASS;
}

static void url_explain(const struct mop_test *t, const struct mop_value *const *v,
                        struct mop_run *run, struct mop_words *w)
{
    const struct url_arg *arg = t->arg;
    mop_say_written(w, t, v[0]);
    mop_buf_chr(w->message, ' ');
    arg->check->fails(mop_value_url(t->fields[0], v[0], run), &arg->context, w->message);
}

const char *mop_url_test_fault(const struct mop_test *t)
{
    return ((const struct url_arg *)t->arg)->check->fault;
}

/* Asked for as a whole only by the loader, which makes one test of each with mop_url_test. */
static int url_compile(struct mop_scope *s, const struct mop_node *use, const struct mop_node *opts,
                       struct mop_test *t)
{
    (void)t;
    if (!use && !opts)
        return 0;
    mop_scope_fault(s, "misplaced-check", mop_option_at(s, use, opts),
                    "'url' stands under a field, not in 'then'");
    return -1;
}

const struct mop_kind mop_kind_url = {
    .name = "url",
    .summary = "a URL is built so that tracking works",
    .doc =
        "Each key is a check of its own with the id record.field.url.<key>: https, "
        "duplicate-param, misspelt-key, no_macros, no_pii,\n"
        "question-marks, fragment-params and more; 'url: true' takes all of them that suit any "
        "link. They look at the structure,\n"
        "before any convention of names: a second '?' or a key 'utm-source' loses the visit "
        "whatever its value is.\n"
        "  landing_page: {type: url, url: {https: true, no_pii: true, no_macros: true}}\n"
        "What to do: mend the link where it is built; links already out there lose what they lose.",
    .schema = "{\"anyOf\": [{\"enum\": [true]}, {\"$ref\": \"#/$defs/url_checks\"}]}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_ASSERT,
    .compile = url_compile,
    .value = url_value,
    .explain = url_explain,
};

/* ---- which checks a mapping asks for ---- */

/* Only of the two that are kinds of their own as well it is not the id. */
struct mop_sv mop_url_key(const struct mop_url_check *c)
{
    if (mop_sv_eqs(mop_sv_of(c->id), "pii"))
        return MOP_SV("no_pii");
    return mop_sv_eqs(mop_sv_of(c->id), "macros") ? MOP_SV("no_macros") : mop_sv_of(c->id);
}

static const struct mop_url_check *find_check(struct mop_sv key)
{
    for (size_t i = 0; i < mop_url_checks_n; i++)
        if (mop_sv_eq(mop_url_key(&mop_url_checks[i]), key))
            return &mop_url_checks[i];
    return NULL;
}

/* The check that another spelling means: pii, no-pii, duplicate_param. Or NULL. */
static const struct mop_url_check *find_meant(struct mop_sv key)
{
    char id[64];
    if (mop_sv_starts(key, MOP_SV("no_")) || mop_sv_starts(key, MOP_SV("no-")))
        key = mop_sv_sub(key, 3, key.n);
    if (key.n >= sizeof id)
        return NULL;
    for (size_t i = 0; i < key.n; i++)
        id[i] = key.p[i] == '_' ? '-' : key.p[i];
    return mop_url_check_find((struct mop_sv){id, key.n});
}

static enum mop_severity default_severity(const struct mop_url_check *c)
{
    return c->default_severity == 2 ? MOP_SEV_ERROR : MOP_SEV_WARNING;
}

static struct mop_url_subcheck subcheck(const struct mop_url_check *c, const struct mop_node *use)
{
    return (struct mop_url_subcheck){mop_sv_of(c->id), use, default_severity(c), MOP_DIM_VALIDITY,
                                     c->summary};
}

static void unknown_check(struct mop_scope *s, const struct mop_node *key)
{
    struct mop_sv *names = mop_arena_array(s->arena, mop_url_checks_n + 1, sizeof *names);
    for (size_t i = 0; i < mop_url_checks_n; i++)
        names[i] = mop_url_key(&mop_url_checks[i]);
    mop_scope_fault(s, "unknown-key", key, "there is no URL check '%.*s'", MOP_SV_ARG(key->text));
    const struct mop_url_check *meant = find_meant(key->text);
    long near = meant ? meant - mop_url_checks : mop_suggest(key->text, names, mop_url_checks_n);
    if (near >= 0)
        mop_scope_hint(s, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
}

static bool is_listed(const struct mop_node *url, const struct mop_url_check *c)
{
    for (size_t i = 0; i < url->n; i++)
        if (find_check(url->key[i]->text) == c)
            return true;
    return false;
}

static bool is_off(const struct mop_node *n)
{
    return mop_sv_eqs(n->text, "false") || mop_sv_eqs(n->text, "off");
}

static int listed_checks(struct mop_scope *s, const struct mop_node *url,
                         struct mop_url_subcheck *out, size_t *n)
{
    int rc = 0;
    for (size_t i = 0; i < url->n; i++) {
        const struct mop_url_check *c = find_check(url->key[i]->text);
        if (mop_sv_eqs(url->key[i]->text, "all") || mop_sv_starts(url->key[i]->text, MOP_SV("x-")))
            continue;
        if (!c) {
            unknown_check(s, url->key[i]);
            rc = -1;
        } else if (!is_off(url->item[i])) {
            out[(*n)++] = subcheck(c, url->item[i]);
        }
    }
    return rc;
}

int mop_url_subchecks(struct mop_scope *s, const struct mop_node *url,
                      struct mop_url_subcheck **out, size_t *n)
{
    const struct mop_node *all = url->kind == MOP_MAPPING ? mop_node_get(url, "all") : url;
    bool every = false;
    if (all && mop_read_bool(s, all, &every))
        return -1;
    size_t room = mop_url_checks_n + (url->kind == MOP_MAPPING ? url->n : 0);
    *out = mop_arena_array(s->arena, room + 1, sizeof **out);
    *n = 0;
    for (size_t i = 0; every && i < mop_url_checks_n; i++)
        if (mop_url_checks[i].default_severity &&
            !(url->kind == MOP_MAPPING && is_listed(url, &mop_url_checks[i])))
            (*out)[(*n)++] = subcheck(&mop_url_checks[i], NULL);
    return url->kind == MOP_MAPPING ? listed_checks(s, url, *out, n) : 0;
}

struct mop_test *mop_url_test(struct mop_scope *s, struct mop_field *f,
                              const struct mop_url_subcheck *c)
{
    struct mop_test *t = mop_compile_test(s, &mop_kind_url, f, NULL, NULL);
    struct url_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    if (!t)
        return NULL;
    arg->check = mop_url_check_find(c->id);
    arg->context = mop_url_context_of(s->rules, url_kind(f->record));
    t->arg = arg;
    t->at = c->use ? c->use->at : f->at;
    return t;
}
