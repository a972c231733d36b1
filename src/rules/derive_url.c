/* SPDX-License-Identifier: MIT */
#include "rules/derive_kinds.h"
#include "rules/kind_url.h"
#include "rules/kind_util.h"
#include "values/email.h"
#include "values/ga4.h"
#include "rules/fragment.h"

/* Out of links and addresses: url_param, url_host, ga4_channel, email_domain. */

static int one_field(struct mop_scope *s, const struct mop_node *use, const struct mop_node *derive,
                     struct mop_derive *d)
{
    return mop_derive_reads(s, d, use, derive, "") < 0 ? -1 : 0;
}

static bool always(const struct mop_derive *d)
{
    (void)d;
    return true;
}

/* ---- url_param ---- */

static int url_param_compile(struct mop_scope *s, const struct mop_node *use,
                             const struct mop_node *derive, struct mop_derive *d)
{
    const struct mop_node *name = mop_node_get(derive, "name");
    struct mop_sv *key = mop_arena_alloc(s->arena, sizeof *key);
    d->arg = key;
    if (one_field(s, use, derive, d))
        return -1;
    if (!name)
        return mop_scope_fault(s, "missing-value", derive,
                               "'url_param' wants the parameter beside it: name: utm_source");
    return mop_read_text(s, name, key);
}

static enum mop_state url_param_compute(const struct mop_derive *d,
                                        const struct mop_value *const *in, struct mop_run *run,
                                        struct mop_arena *a, struct mop_sv *out)
{
    const struct mop_url *u = mop_value_url(d->fields[0], in[0], run);
    if (u->fault != MOP_URL_OK)
        return MOP_ST_UNREADABLE;
    *out = mop_arena_copy(a, mop_url_param(u, *(const struct mop_sv *)d->arg));
    return MOP_ST_VALUE;
}

const struct mop_derive_kind mop_derive_url_param = {
    .name = "url_param",
    .summary = "a parameter of a URL: {url_param: landing_page, name: utm_source}",
    .schema = "{\"type\": \"string\"}",
    .options = (const struct mop_kind_option[]){{"name", "{\"$ref\": \"#/$defs/text\"}",
                                                 "the parameter; default the name of the field"},
                                                {NULL, NULL, NULL}},
    .compile = url_param_compile,
    .compute = url_param_compute,
};

/* ---- url_host ---- */

static enum mop_state url_host_compute(const struct mop_derive *d,
                                       const struct mop_value *const *in, struct mop_run *run,
                                       struct mop_arena *a, struct mop_sv *out)
{
    const struct mop_url *u = mop_value_url(d->fields[0], in[0], run);
    if (u->fault != MOP_URL_OK)
        return MOP_ST_UNREADABLE;
    *out = mop_arena_copy(a, mop_url_host(u));
    return MOP_ST_VALUE;
}

const struct mop_derive_kind mop_derive_url_host = {
    .name = "url_host",
    .summary = "the host of a URL, lower-cased: {url_host: landing_page}",
    .schema = "{\"type\": \"string\"}",
    .compile = one_field,
    .compute = url_host_compute,
    .whole = always,
    .host = true,
};

/* ---- ga4_channel ---- */

struct ga4_arg {
    long source, medium, campaign; /* indexes of inputs; -1: not given, taken as empty */
    struct mop_sv version;
};
static const char *const ga4_keys[] = {"source", "medium", "campaign", "version", NULL};

static int read_version(struct mop_scope *s, const struct mop_node *n, struct mop_sv *version)
{
    if (!n)
        return 0;
    if (mop_read_text(s, n, version))
        return -1;
    for (size_t i = 0; mop_ga4_version(i).p; i++)
        if (mop_sv_eq(mop_ga4_version(i), *version))
            return 0;
    mop_scope_fault(s, "bad-value", n, "there is no channel table '%.*s'", MOP_SV_ARG(*version));
    mop_scope_hint(s, "the first is '%.*s'; leave 'version' out for the newest",
                   MOP_SV_ARG(mop_ga4_version(0)));
    return -1;
}

static int ga4_compile(struct mop_scope *s, const struct mop_node *use,
                       const struct mop_node *derive, struct mop_derive *d)
{
    struct ga4_arg *arg = mop_arena_alloc(s->arena, sizeof *arg);
    (void)derive;
    d->arg = arg;
    arg->campaign = -1;
    if (mop_derive_keys(s, d, use, ga4_keys))
        return -1;
    const struct mop_node *campaign = mop_node_get(use, "campaign");
    arg->source = mop_derive_reads(s, d, mop_node_get(use, "source"), use, "source");
    arg->medium = mop_derive_reads(s, d, mop_node_get(use, "medium"), use, "medium");
    if (campaign && (arg->campaign = mop_derive_reads(s, d, campaign, use, "campaign")) < 0)
        return -1;
    return arg->source < 0 || arg->medium < 0
               ? -1
               : read_version(s, mop_node_get(use, "version"), &arg->version);
}

static struct mop_sv text_or_empty(const struct mop_value *const *in, long i)
{
    return i < 0 || in[i]->state != MOP_ST_VALUE ? MOP_SV("") : in[i]->meant;
}

static enum mop_state ga4_compute(const struct mop_derive *d, const struct mop_value *const *in,
                                  struct mop_run *run, struct mop_arena *a, struct mop_sv *out)
{
    const struct ga4_arg *arg = d->arg;
    (void)run, (void)a;
    *out = mop_sv_of(mop_ga4_channel(arg->version, text_or_empty(in, arg->source),
                                     text_or_empty(in, arg->medium),
                                     text_or_empty(in, arg->campaign)));
    return MOP_ST_VALUE;
}

static const char *ga4_value(const struct mop_derive *d, size_t i)
{
    const struct ga4_arg *arg = d->arg;
    return mop_ga4_channel_name(arg->version, i);
}

const struct mop_derive_kind mop_derive_ga4_channel = {
    .name = "ga4_channel",
    .value = ga4_value,
    .summary = "GA4's default channel: {ga4_channel: {source: utm_source, medium: utm_medium, "
               "campaign: utm_campaign}}",
    .schema = MOP_MEMBERS(
        "\"source\", \"medium\"",
        MOP_MEMBER("source", "text", "the field with utm_source") ", " MOP_MEMBER(
            "medium", "text",
            "the field with utm_medium") ", " MOP_MEMBER("campaign", "text",
                                                         "the field with utm_campaign") ","
                                                                                        " " MOP_MEMBER(
                                                                                            "versio"
                                                                                            "n",
                                                                                            "text",
                                                                                            "of "
                                                                                            "the "
                                                                                            "channe"
                                                                                            "l "
                                                                                            "table,"
                                                                                            " a "
                                                                                            "date; "
                                                                                            "defaul"
                                                                                            "t "
                                                                                            "the "
                                                                                            "newes"
                                                                                            "t")),
    .compile = ga4_compile,
    .compute = ga4_compute,
    .whole = always,
};

/* ---- email_domain ---- */

static enum mop_state email_domain_compute(const struct mop_derive *d,
                                           const struct mop_value *const *in, struct mop_run *run,
                                           struct mop_arena *a, struct mop_sv *out)
{
    const struct mop_type *type = d->fields[0]->type;
    struct mop_sv address = in[0]->meant;
    (void)run;
    if (!in[0]->known)
        return MOP_ST_UNREADABLE;
    bool typed = type && mop_sv_eqs(mop_sv_of(type->name), "email");
    if (!typed && !mop_email_read(in[0]->meant, &address, a, NULL))
        return MOP_ST_UNREADABLE;
    *out = mop_email_domain(address);
    return MOP_ST_VALUE;
}

const struct mop_derive_kind mop_derive_email_domain = {
    .name = "email_domain",
    .summary = "what stands behind the @ of an address: {email_domain: email}",
    .schema = "{\"type\": \"string\"}",
    .compile = one_field,
    .compute = email_domain_compute,
    .whole = always,
    .host = true,
};
