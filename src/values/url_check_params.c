/* SPDX-License-Identifier: MIT */
/* Checks of the parameters' keys and of click ids. */
#include "macro.h"
#include "url_check_list.h"
#include "url_keys.h"

/* The first earlier parameter with the same key, or NULL. Only of keys that measurement tools read.
 */
static const struct mop_url_param *earlier(const struct mop_url *u, size_t i)
{
    if (!mop_url_key_marketing(u->params[i].key)) {
        return NULL;
    }
    for (size_t k = 0; k < i; k++) {
        if (mop_sv_eq(u->params[k].key, u->params[i].key)) {
            return &u->params[k];
        }
    }
    return NULL;
}

/* The first parameter that stands twice; with values that are the same or not. */
static const struct mop_url_param *doubled(const struct mop_url *u, bool same,
                                           const struct mop_url_param **first)
{
    for (size_t i = 1; i < u->nparams; i++) {
        *first = earlier(u, i);
        if (*first && mop_sv_eq((*first)->value, u->params[i].value) == same) {
            return &u->params[i];
        }
    }
    return NULL;
}

static bool says_key(struct mop_buf *why, const char *before, struct mop_sv key)
{
    mop_url_says(why, "%s", before);
    mop_url_show(why, key);
    return true;
}

MOP_URL_CHECK(duplicate_param)
{
    const struct mop_url_param *first, *p = doubled(u, false, &first);
    (void)c;
    if (!p) {
        return false;
    }
    says_key(why, "has the parameter", p->key);
    mop_url_says(why, " twice with different values");
    if (mop_url_key_utm(p->key)) {
        mop_url_says(why, ":");
        mop_url_show(why, first->value);
        mop_url_show(why, p->value);
    }
    return true;
}

MOP_URL_CHECK(repeated_param)
{
    const struct mop_url_param *first, *p = doubled(u, true, &first);
    (void)c;
    return p && says_key(why, "has the parameter", p->key) &&
           mop_url_says(why, " twice with the same value");
}

MOP_URL_CHECK(misspelt_key)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        const char *meant = mop_url_key_meant(u->params[i].key);
        if (meant) {
            says_key(why, "has the parameter", u->params[i].key);
            return mop_url_says(why, ", which no tool reads; did you mean %s?", meant);
        }
    }
    return false;
}

MOP_URL_CHECK(unknown_utm)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        struct mop_sv key = u->params[i].key;
        if (mop_url_key_utm_like(key) && !mop_url_key_utm(key) && !mop_url_key_meant(key)) {
            says_key(why, "has the parameter", key);
            return mop_url_says(why, ", which GA4 never reports");
        }
    }
    return false;
}

MOP_URL_CHECK(empty_param)
{
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        const struct mop_url_param *p = &u->params[i];
        if (mop_url_key_utm(p->key) && mop_sv_trim(p->value).n == 0) {
            return mop_url_says(why, "has %.*s without a value", MOP_SV_ARG(p->key));
        }
    }
    return false;
}

/* How many of source, medium and campaign have a value. */
static int core_given(const struct mop_url *u)
{
    static const char *const core[] = {"utm_source", "utm_medium", "utm_campaign"};
    int n = 0;
    for (size_t i = 0; i < sizeof core / sizeof *core; i++) {
        n += mop_sv_trim(mop_url_param(u, mop_sv_of(core[i]))).n > 0;
    }
    return n;
}

/* The first click id, of `vendor` or (NONE) of any. */
static const struct mop_url_param *click_id(const struct mop_url *u, enum mop_url_vendor vendor)
{
    for (size_t i = 0; i < u->nparams; i++) {
        enum mop_url_vendor v = mop_url_click_vendor(u->params[i].key);
        if (v != MOP_VENDOR_NONE && (vendor == MOP_VENDOR_NONE || v == vendor)) {
            return &u->params[i];
        }
    }
    return NULL;
}

/* With any utm_ present GA4 takes the whole source from utm_ parameters (Google help 11242870). */
MOP_URL_CHECK(click_id_partial)
{
    const struct mop_url_param *id = click_id(u, MOP_VENDOR_GOOGLE);
    bool any = false;
    (void)c;
    for (size_t i = 0; i < u->nparams; i++) {
        any |= mop_url_key_utm(u->params[i].key) && u->params[i].value.n > 0;
    }
    return id && any && core_given(u) < 3 &&
           mop_url_says(why,
                        "has %.*s and only part of utm_source, utm_medium, utm_campaign: "
                        "GA4 then reads none of it from the click id",
                        MOP_SV_ARG(id->key));
}

MOP_URL_CHECK(click_id_source)
{
    struct mop_sv source = mop_url_param(u, MOP_SV("utm_source"));
    enum mop_url_vendor named = mop_url_source_vendor(source);
    (void)c;
    if (named == MOP_VENDOR_NONE || click_id(u, named)) {
        return false;
    }
    const struct mop_url_param *id = click_id(u, MOP_VENDOR_NONE);
    if (!id) {
        return false;
    }
    mop_url_says(why, "has %.*s beside utm_source", MOP_SV_ARG(id->key));
    mop_url_show(why, source);
    return mop_url_says(why, ": perhaps an ad's link that was shared again");
}

MOP_URL_CHECK(click_id_copied)
{
    const struct mop_url_param *id = click_id(u, MOP_VENDOR_NONE);
    return id && c->kind != MOP_URL_LEAD && id->value.n > 0 && !mop_macro_find(id->value).p &&
           mop_url_says(why, "has %.*s of somebody's visit: copied from an address bar",
                        MOP_SV_ARG(id->key));
}
