/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "rules/keys.h"
#include "rules/kinds.h"
#include "rules/template.h"
#include "values/url_keys.h"
#include <string.h>

/*
 * Names in `campaign:` and `links:` of a gate that the taxonomy and briefs do not have: what they
 * were to connect would never be asked.
 */

typedef struct mop_gate_reader R;

struct names {
    struct mop_sv *list;
    size_t n, cap;
};

static void add(R *r, struct names *l, struct mop_sv name)
{
    if (l->n == l->cap) {
        struct mop_sv *more = mop_arena_array(r->a, l->cap * 2 + 16, sizeof *more);
        for (size_t i = 0; i < l->n; i++)
            more[i] = l->list[i];
        l->list = more;
        l->cap = l->cap * 2 + 16;
    }
    l->list[l->n++] = name;
}

static bool is_in(const struct names *l, struct mop_sv name)
{
    for (size_t i = 0; i < l->n; i++)
        if (mop_sv_eq(l->list[i], name))
            return true;
    return false;
}

/* "there is no record type 'campain'", and which was meant, or which there are. */
static void need(R *r, const char *id, const char *what, const struct mop_node *n,
                 const struct names *l)
{
    struct mop_said s = mop_said_of(n);
    struct mop_sv all = MOP_SV("one of ");
    char hint[300];
    if (!s.text.p || is_in(l, s.text))
        return;
    bool near = mop_did_you_mean(hint, sizeof hint, s.text, l->list, l->n);
    for (size_t i = 0; !near && i < l->n; i++)
        all = mop_arena_printf(r->a, "%.*s%s%.*s", MOP_SV_ARG(all), i ? ", " : "",
                               MOP_SV_ARG(l->list[i]));
    bool few = l->n && all.n < sizeof hint;
    mop_gate_fault(r, id, n,
                   near  ? hint
                   : few ? mop_arena_str(r->a, all)
                         : NULL,
                   "%s '%.*s'", what, MOP_SV_ARG(s.text));
}

/* ---- what there is ---- */

/* A launch is judged without types that it does not have: the files still declare them. */
static struct names record_types(R *r)
{
    struct names l = {0};
    const struct mop_node *map = r->rs->root ? mop_node_get(r->rs->root, "records") : NULL;
    for (size_t i = 0; i < r->rs->nrecords; i++)
        add(r, &l, r->rs->records[i]->name);
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++)
        if (!is_in(&l, map->key[i]->text))
            add(r, &l, map->key[i]->text);
    return l;
}

/* The type that is meant, and others of its kind: briefs may name one of them. */
static bool is_meant(const struct mop_record *x, const struct mop_record *own, const char *kind)
{
    return x == own || mop_sv_eqs(x->kind, kind) ||
           (own && x->kind.n && mop_sv_eq(x->kind, own->kind));
}

static struct names fields_of(R *r, const struct mop_record *own, const char *kind)
{
    struct names l = {0};
    for (size_t i = 0; i < r->rs->nrecords; i++) {
        const struct mop_record *x = r->rs->records[i];
        for (size_t k = 0; is_meant(x, own, kind) && k < x->nfields; k++)
            if (!x->fields[k]->derive)
                add(r, &l, x->fields[k]->name);
    }
    return l;
}

static struct names parts_of(R *r, const struct mop_record *own)
{
    struct names l = {0};
    for (size_t i = 0; i < r->rs->nrecords; i++) {
        const struct mop_record *x = r->rs->records[i];
        const struct mop_test *t = is_meant(x, own, "campaign")
                                       ? mop_gate_template_of(mop_gate_name_field(r->p, x))
                                       : NULL;
        const struct mop_template *tpl = t ? t->arg : NULL;
        for (size_t k = 0; tpl && k < tpl->nparts; k++)
            add(r, &l, tpl->parts[k].name);
    }
    return l;
}

static struct names brief_keys(R *r)
{
    struct names l = {0};
    for (const struct mop_key *k = mop_keys_gate_when.keys; k->name; k++)
        add(r, &l, mop_sv_of(k->name));
    return l;
}

/* A pack's parts are for taxonomies of every template. */
static bool is_of_pack(R *r, const struct mop_node *n)
{
    for (size_t i = 0; i < r->rs->nfiles; i++)
        if (n->at.file && strcmp(r->rs->files[i].path, n->at.file) == 0)
            return r->rs->files[i].pack;
    return false;
}

/* ---- what is named ---- */

static void need_pairs(R *r, const struct mop_node *map, const struct names *left, const char *what)
{
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++)
        if (left->n && !is_of_pack(r, map->key[i]))
            need(r, "unknown-field", what, map->key[i], left);
}

static void need_keys(R *r, const struct mop_node *map)
{
    struct names keys = brief_keys(r);
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++)
        need(r, "unknown-key", "a brief has no key", map->item[i], &keys);
}

/* Any parameter of a link may fill a field; what looks like utm_ is one of those. */
static void need_parameters(R *r, const struct mop_node *map)
{
    static const char *const known[] = {"url",
                                        "start",
                                        "utm_source",
                                        "utm_medium",
                                        "utm_campaign",
                                        "utm_term",
                                        "utm_content",
                                        "utm_id",
                                        "utm_source_platform",
                                        "utm_creative_format",
                                        "utm_marketing_tactic"};
    struct names l = {0};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        add(r, &l, mop_sv_of(known[i]));
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++) {
        struct mop_sv key = mop_said_of(map->item[i]).text;
        if (mop_url_key_utm_like(key) && !mop_url_key_utm(key))
            need(r, "bad-value", "links have no parameter", map->item[i], &l);
    }
}

static const struct mop_node *get(const struct mop_node *map, const char *key)
{
    return map && map->kind == MOP_MAPPING ? mop_node_get(map, key) : NULL;
}

static void check_campaign(R *r, const struct mop_node *n, const struct names *types)
{
    struct mop_sv name = r->p->campaign_record;
    const struct mop_record *own = mop_ruleset_record(r->rs, name.p ? name : MOP_SV("campaign"));
    struct names fields = fields_of(r, own, "campaign"), parts = parts_of(r, own);
    need(r, "unknown-record", "the taxonomy has no record type", get(n, "record"), types);
    if (fields.n)
        need(r, "unknown-field", "campaigns have no field", get(n, "name"), &fields);
    need_pairs(r, get(n, "fields"), &fields, "campaigns have no field");
    need_pairs(r, get(n, "parts"), &parts, "the template of the campaign's name has no part");
}

static void check_links(R *r, const struct mop_node *n, const struct names *types)
{
    struct names fields = fields_of(r, mop_gate_link_type(r->p, r->rs), "link");
    need(r, "unknown-record", "the taxonomy has no record type", get(n, "record"), types);
    need_pairs(r, get(n, "fields"), &fields, "links have no field");
}

void mop_gate_check_names(R *r, const struct mop_node *campaign, const struct mop_node *links)
{
    struct names types = record_types(r);
    need_keys(r, get(campaign, "fields"));
    need_keys(r, get(campaign, "parts"));
    need_parameters(r, get(links, "fields"));
    if (!types.n)
        return; /* a policy alone, for taxonomies that build on it */
    if (types.n > r->rs->nrecords)
        return; /* it was looked at before types were left out */
    check_campaign(r, campaign, &types);
    check_links(r, links, &types);
}
