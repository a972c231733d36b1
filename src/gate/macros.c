/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "values/macro.h"
#include "values/url_keys.h"
#include <string.h>

/* Macros by platform: the shape that it replaces and, where the vendor lists them, the names. */

struct shape {
    const char *open, *close;
};
enum { SHAPES = 3, NAMES_MAX = 40 };
struct platform {
    const char *name;
    struct shape shapes[SHAPES];
    const char *const *known; /* NULL: any name of the right shape */
};

/* Google Ads ValueTrack; {_custom} and {ifmobile:x} are names of the advertiser's own. */
static const char *const google[] = {
    "lpurl",      "lpurl+2",     "lpurl+3",         "unescapedlpurl", "escapedlpurl",
    "campaignid", "adgroupid",   "assetgroupid",    "creative",       "keyword",
    "matchtype",  "network",     "device",          "devicemodel",    "placement",
    "target",     "targetid",    "adposition",      "feeditemid",     "extensionid",
    "gclid",      "random",      "param1",          "param2",         "copy",
    "product_id", "merchant_id", "loc_interest_ms", "ignore",         "loc_physical_ms",
    NULL};
static const char *const meta[] = {"campaign.id", "campaign.name", "adset.id",  "adset.name",
                                   "ad.id",       "ad.name",       "placement", "site_source_name",
                                   NULL};

static const struct platform platforms[] = {
    {"google-ads", {{"{", "}"}}, google},
    {"meta", {{"{{", "}}"}}, meta},
    {"microsoft-ads", {{"{", "}"}}, NULL},
    {"tiktok", {{"__", "__"}}, NULL},
    {"linkedin", {{"{{", "}}"}, {"{", "}"}}, NULL},
    {"snapchat", {{"{{", "}}"}}, NULL},
    {"reddit", {{"{{", "}}"}}, NULL},
    {"pinterest", {{"{", "}"}}, NULL},
    {"x", {{"{", "}"}, {"{{", "}}"}}, NULL},
    {"campaign-manager", {{"%", "!"}, {"${", "}"}}, NULL},
    {"dv360", {{"${", "}"}, {"%", "!"}}, NULL},
    {"ad-manager", {{"%%", "%%"}}, NULL},
    {"email", {{"*|", "|*"}, {"{{", "}}"}, {"%%", "%%"}}, NULL},
};

/* What people call them. */
static const char *const aliases[][2] = {{"google", "google-ads"},
                                         {"adwords", "google-ads"},
                                         {"facebook", "meta"},
                                         {"instagram", "meta"},
                                         {"bing", "microsoft-ads"},
                                         {"microsoft", "microsoft-ads"},
                                         {"meta-ads", "meta"},
                                         {"facebook-ads", "meta"},
                                         {"instagram-ads", "meta"},
                                         {"bing-ads", "microsoft-ads"},
                                         {"linkedin-ads", "linkedin"},
                                         {"tiktok-ads", "tiktok"},
                                         {"twitter", "x"},
                                         {"cm360", "campaign-manager"},
                                         {"gam", "ad-manager"},
                                         {"mailchimp", "email"},
                                         {"marketo", "email"},
                                         {"hubspot", "email"}};

/* "Google Ads", "google_ads": as people write "google-ads". */
static bool is_name(struct mop_sv said, struct mop_sv name)
{
    bool same = said.n == name.n;
    for (size_t i = 0; same && i < said.n; i++)
        same = mop_sv_eq_nocase(mop_sv_sub(said, i, i + 1), mop_sv_sub(name, i, i + 1)) ||
               (name.p[i] == '-' && (said.p[i] == ' ' || said.p[i] == '_'));
    return same;
}

static const struct platform *find_platform(struct mop_sv name)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (is_name(name, mop_sv_of(aliases[i][0])))
            name = mop_sv_of(aliases[i][1]);
    for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++)
        if (is_name(name, mop_sv_of(platforms[i].name)))
            return &platforms[i];
    return NULL;
}

struct mop_sv mop_gate_platform(struct mop_sv name)
{
    const struct platform *p = find_platform(name);
    return p ? mop_sv_of(p->name) : name;
}

size_t mop_gate_platforms(struct mop_sv *out, size_t cap)
{
    size_t n = 0;
    for (size_t i = 0; n < cap && i < sizeof platforms / sizeof *platforms; i++)
        out[n++] = mop_sv_of(platforms[i].name);
    for (size_t i = 0; n < cap && i < sizeof aliases / sizeof *aliases; i++)
        out[n++] = mop_sv_of(aliases[i][0]);
    return n;
}

/* The name inside a macro of the platform's shape; NONE: another platform's shape. */
static struct mop_sv inner(const struct platform *p, struct mop_sv macro)
{
    for (size_t i = 0; i < SHAPES && p->shapes[i].open; i++) {
        struct mop_sv open = mop_sv_of(p->shapes[i].open), close = mop_sv_of(p->shapes[i].close);
        bool double_brace = mop_sv_starts(macro, MOP_SV("{{"));
        if (macro.n > open.n + close.n && mop_sv_starts(macro, open) && mop_sv_ends(macro, close) &&
            (open.n != 1 || open.p[0] != '{' || !double_brace))
            return mop_sv_trim(mop_sv_sub(macro, open.n, macro.n - close.n));
    }
    return MOP_SV_NONE;
}

static bool is_known(const struct platform *p, struct mop_sv name)
{
    if (!p->known || mop_sv_starts(name, MOP_SV("_")) || mop_sv_starts(name, MOP_SV("if")))
        return true;
    for (size_t i = 0; p->known[i]; i++)
        if (mop_sv_eqs(name, p->known[i]))
            return true;
    return false;
}

/* Calls for each macro in the text; stops at the first that is not right. */
static bool all_right(const struct platform *p, struct mop_sv text)
{
    bool any = false;
    for (size_t i = 0; i < text.n;) {
        size_t n = mop_macro_at(text, i);
        if (!n) {
            i++;
            continue;
        }
        struct mop_sv name = inner(p, mop_sv_sub(text, i, i + n));
        if (!name.p || !is_known(p, name))
            return false;
        any = true;
        i += n;
    }
    return any;
}

bool mop_gate_macro_right(const struct mop_launch *g, size_t link, struct mop_sv value)
{
    const struct platform *p = find_platform(g->b->links[link].platform.text);
    return p && all_right(p, value);
}

/* ---- macros that stand for a person ---- */

/* "{{lead.Email Address:default=x}}", "*|FNAME|*", "{{ person.email|lower }}": the last name of the
 * path, letters only. At most as many as fit. */
static size_t last_name(struct mop_sv macro, char *out, size_t cap)
{
    size_t n = 0;
    bool ended = false;
    for (size_t i = 0; i < macro.n && !ended; i++) {
        char c = (char)(macro.p[i] | 32);
        bool letter = c >= 'a' && c <= 'z';
        if (macro.p[i] == '.')
            n = 0;
        else if (letter && n < cap)
            out[n++] = c;
        ended = n && (macro.p[i] == ':' || macro.p[i] == '|' || macro.p[i] == '=');
    }
    return n;
}

static bool is_personal(struct mop_sv macro)
{
    static const char *const names[] = {
        "email",     "emailaddress", "emailaddr", "useremail",   "contactemail", "leademail",
        "firstname", "fname",        "lastname",  "lname",       "fullname",     "phone",
        "birthday",  "phonenumber",  "mobile",    "mobilephone", "dateofbirth",  "subscriberemail"};
    char name[40];
    struct mop_sv last = {name, last_name(macro, name, sizeof name)};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (mop_sv_eqs(last, names[i]))
            return true;
    return false;
}

struct mop_sv mop_gate_personal_macro(struct mop_sv text)
{
    struct mop_sv macro = mop_macro_find(text);
    while (macro.p && !is_personal(macro))
        macro = mop_macro_find(mop_sv_sub(text, (size_t)(macro.p - text.p) + macro.n, text.n));
    return macro;
}

/* ---- the check ---- */

static void wrong_name(struct mop_launch *g, struct mop_gate_item *x, const struct platform *p,
                       struct mop_sv name)
{
    struct mop_sv names[NAMES_MAX];
    size_t n = 0;
    for (; n < NAMES_MAX && p->known[n]; n++)
        names[n] = mop_sv_of(p->known[n]);
    long near = mop_suggest(name, names, n);
    if (near >= 0)
        mop_gate_do(g, x, "did you mean %s%.*s%s?", p->shapes[0].open, MOP_SV_ARG(names[near]),
                    p->shapes[0].close);
}

static void tell_macro(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                       struct mop_sv key, struct mop_sv macro)
{
    const struct mop_said *said = &g->b->links[link].platform;
    const struct platform *p = find_platform(said->text);
    struct mop_gate_item *x;
    if (!said->text.p) {
        x = mop_gate_tell_link(g, r, MOP_FAULT, link,
                               "has the macro %s in %.*s, and no platform that would replace it",
                               mop_gate_shown(g, macro), MOP_SV_ARG(key));
        mop_gate_do(g, x,
                    is_personal(macro) ? "take it out: it stands for a person's data"
                                       : "say platform: of the link, or write the value");
        return;
    }
    struct mop_sv name = p ? inner(p, macro) : MOP_SV_NONE;
    if (!p || (name.p && is_known(p, name)))
        return;
    x = mop_gate_tell_link(g, r, MOP_FAULT, link, "has %s in %.*s, which is no macro of %s",
                           mop_gate_shown(g, macro), MOP_SV_ARG(key), p->name);
    if (name.p)
        wrong_name(g, x, p, name);
    else
        mop_gate_do(g, x, "%s writes macros as %sname%s", p->name, p->shapes[0].open,
                    p->shapes[0].close);
}

/* A brace without its other half goes out as it stands. */
static void tell_half(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                      const struct mop_url_param *p, bool opened)
{
    struct mop_gate_item *x = mop_gate_tell_link(
        g, r, MOP_FAULT, link, "has half a macro in %.*s: '%s' %s", MOP_SV_ARG(p->key),
        mop_gate_shown(g, p->value), opened ? "is not closed" : "was not opened");
    mop_gate_do(g, x, "write the missing brace, or take the other out");
}

static void check_value(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                        const struct mop_url_param *p)
{
    size_t open = 0, close = 0;
    for (size_t k = 0; k < p->value.n;) {
        size_t n = mop_macro_at(p->value, k);
        if (n)
            tell_macro(g, r, link, p->key, mop_sv_sub(p->value, k, k + n));
        open += !n && p->value.p[k] == '{';
        close += !n && p->value.p[k] == '}';
        k += n ? n : 1;
    }
    if (open != close)
        tell_half(g, r, link, p, open > close);
}

static void check_values(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_url *u = &g->urls[link];
    for (size_t i = 0; i < u->nparams; i++)
        check_value(g, r, link, &u->params[i]);
}

static void check_platform(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_said *said = &g->b->links[link].platform;
    struct mop_sv names[sizeof platforms / sizeof *platforms];
    size_t n = 0;
    if (!said->text.p || find_platform(said->text))
        return;
    for (; n < sizeof platforms / sizeof *platforms; n++)
        names[n] = mop_sv_of(platforms[n].name);
    struct mop_gate_item *x = mop_gate_tell(g, r, MOP_FAULT, said, "there is no platform '%s'",
                                            mop_gate_shown(g, said->text));
    long near = mop_suggest(said->text, names, n);
    struct mop_buf all;
    mop_buf_init(&all, 1000);
    for (size_t i = 0; i < n; i++)
        mop_buf_printf(&all, "%s%s", i ? ", " : "", platforms[i].name);
    if (near >= 0)
        mop_gate_do(g, x, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_gate_do(g, x, "write one of %.*s, or leave it out", MOP_SV_ARG(mop_buf_view(&all)));
    mop_buf_release(&all);
}

void mop_gate_run_MACROS(struct mop_launch *g, struct mop_gate_result *r)
{
    if (!g->b->nlinks)
        mop_gate_not_asked(g, r, "the brief has no links");
    for (size_t i = 0; i < g->b->nlinks; i++) {
        check_platform(g, r, i);
        check_values(g, r, i);
    }
}
