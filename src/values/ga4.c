/* SPDX-License-Identifier: MIT */
#include "ga4.h"
#include "ga4_match.h"
#include <string.h>

enum { SOURCE, MEDIUM, CAMPAIGN, FIELDS };
enum { ANY_OF = 3, ALL_OF = 2 };

static const char *const versions[] = {"ga4-2023-07", "ga4-2026-05"};
enum { V2023_07, V2026_05, VERSIONS };

struct condition {
    bool (*test)(struct mop_sv value, const char *arg);
    const char *arg;
    int field;
};

/* A row fits if one of its clauses does; a clause fits if all its conditions do. */
struct row {
    const char *channel;
    int since; /* the first version that has it */
    struct condition clause[ANY_OF][ALL_OF];
};

/* clang-format off */
#define IN_SEARCH      {mop_ga4_in_list, "\x01", SOURCE}
#define IN_SOCIAL      {mop_ga4_in_list, "\x02", SOURCE}
#define IN_SHOPPING    {mop_ga4_in_list, "\x04", SOURCE}
#define IN_VIDEO       {mop_ga4_in_list, "\x08", SOURCE}
#define SOURCE_IS(w)   {mop_ga4_one_of, w, SOURCE}
#define MEDIUM_IS(w)   {mop_ga4_one_of, w, MEDIUM}
#define MEDIUM_HAS(w)  {mop_ga4_contains, w, MEDIUM}
#define MEDIUM_ENDS(w) {mop_ga4_ends, w, MEDIUM}
#define PAID           {mop_ga4_paid, "", MEDIUM}
#define CAMPAIGN_HAS(w) {mop_ga4_contains, w, CAMPAIGN}
#define SHOP           {mop_ga4_shop, "", CAMPAIGN}
#define MAIL           "email|e-mail|e_mail|e mail"
#define SOCIAL_MEDIA   "social|social-network|social-media|sm|social network|social media"

/*
 * In Google's order. Where AI Assistant stands is not published; GA4 sets its medium itself, so it
 * comes before the rows that read source lists and campaign names.
 */
static const struct row rows[] = {
    {"Direct", V2023_07, {{SOURCE_IS("(direct)"), MEDIUM_IS("(not set)|(none)")}}},
    {"Cross-network", V2023_07, {{CAMPAIGN_HAS("cross-network")}}},
    {"AI Assistant", V2026_05, {{MEDIUM_IS("ai-assistant")}}},
    {"Paid Shopping", V2023_07, {{IN_SHOPPING, PAID}, {SHOP, PAID}}},
    {"Paid Search", V2023_07, {{IN_SEARCH, PAID}}},
    {"Paid Social", V2023_07, {{IN_SOCIAL, PAID}}},
    {"Paid Video", V2023_07, {{IN_VIDEO, PAID}}},
    {"Display", V2023_07, {{MEDIUM_IS("display|banner|expandable|interstitial|cpm")}}},
    {"Paid Other", V2023_07, {{PAID}}},
    {"Organic Shopping", V2023_07, {{IN_SHOPPING}, {SHOP}}},
    {"Organic Social", V2023_07, {{IN_SOCIAL}, {MEDIUM_IS(SOCIAL_MEDIA)}}},
    {"Organic Video", V2023_07, {{IN_VIDEO}, {MEDIUM_HAS("video")}}},
    {"Organic Search", V2023_07, {{IN_SEARCH}, {MEDIUM_IS("organic")}}},
    {"Referral", V2023_07, {{MEDIUM_IS("referral|app|link")}}},
    {"Email", V2023_07, {{SOURCE_IS(MAIL)}, {MEDIUM_IS(MAIL)}}},
    {"Affiliates", V2023_07, {{MEDIUM_IS("affiliate")}}},
    {"Audio", V2023_07, {{MEDIUM_IS("audio")}}},
    {"SMS", V2023_07, {{SOURCE_IS("sms")}, {MEDIUM_IS("sms")}}},
    {"Mobile Push Notifications", V2023_07,
     {{MEDIUM_ENDS("push")}, {MEDIUM_HAS("mobile|notification")}, {SOURCE_IS("firebase")}}},
};
/* clang-format on */

static const char unassigned[] = "Unassigned";

/* Index of a version; the newest for none; -1. */
static int version_index(struct mop_sv version)
{
    for (int i = 0; i < VERSIONS; i++) {
        if (mop_sv_eqs(version, versions[i])) {
            return i;
        }
    }
    return version.p ? -1 : VERSIONS - 1;
}

struct mop_sv mop_ga4_version(size_t i)
{
    return i < VERSIONS ? mop_sv_of(versions[i]) : MOP_SV_NONE;
}

static bool clause_fits(const struct condition *all, const struct mop_sv *fields)
{
    for (int i = 0; i < ALL_OF && all[i].test; i++) {
        if (!all[i].test(fields[all[i].field], all[i].arg)) {
            return false;
        }
    }
    return all[0].test != NULL;
}

/* The clause that fits, or NULL. */
static const struct condition *fitting(const struct row *row, const struct mop_sv *fields)
{
    for (int i = 0; i < ANY_OF; i++) {
        if (clause_fits(row->clause[i], fields)) {
            return row->clause[i];
        }
    }
    return NULL;
}

const char *mop_ga4_channel(struct mop_sv version, struct mop_sv source, struct mop_sv medium,
                            struct mop_sv campaign)
{
    const struct mop_sv fields[FIELDS] = {source, medium, campaign};
    int v = version_index(version);
    if (v < 0) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].since <= v && fitting(&rows[i], fields)) {
            return rows[i].channel;
        }
    }
    return unassigned;
}

const char *mop_ga4_channel_name(struct mop_sv version, size_t i)
{
    int v = version_index(version);
    for (size_t k = 0; v >= 0 && k < sizeof rows / sizeof *rows; k++) {
        if (rows[k].since <= v && i-- == 0) {
            return rows[k].channel;
        }
    }
    return v >= 0 && i == 0 ? unassigned : NULL;
}

/* ---- why ---- */

/* "utm_source is on GA4's list of social networks", "utm_source has to be on .." */
static void say_condition(const struct condition *c, const char *is, struct mop_buf *out)
{
    static const char *const fields[FIELDS] = {"utm_source", "utm_medium", "utm_campaign"};
    static const struct {
        bool (*test)(struct mop_sv value, const char *arg);
        const char *arg; /* NULL: any, which is shown */
        const char *words;
    } T[] = {
        {mop_ga4_in_list, "\x01", "on GA4's list of search engines"},
        {mop_ga4_in_list, "\x02", "on GA4's list of social networks"},
        {mop_ga4_in_list, "\x04", "on GA4's list of shops"},
        {mop_ga4_in_list, "\x08", "on GA4's list of video sites"},
        {mop_ga4_paid, "", "a paid one (cpc, ppc, paid..)"},
        {mop_ga4_shop, "", "one with the word shop or shopping in it"},
        {mop_ga4_contains, NULL, "one with this in it: "},
        {mop_ga4_ends, NULL, "one that ends in "},
        {mop_ga4_one_of, NULL, "one of "},
    };
    size_t i = 0;
    while (T[i].test != c->test || (T[i].arg && strcmp(T[i].arg, c->arg) != 0)) {
        i++;
    }
    mop_buf_printf(out, "%s%s %s %s", out->n ? " and " : "", fields[c->field], is, T[i].words);
    for (const char *p = T[i].arg ? "" : c->arg; *p; p++) {
        mop_buf_sv(out, *p == '|' ? MOP_SV(", ") : (struct mop_sv){p, 1});
    }
}

static void say_clause(const struct condition *all, struct mop_buf *out)
{
    for (int i = 0; i < ALL_OF && all[i].test; i++) {
        say_condition(&all[i], "is", out);
    }
}

/* The row that takes it, and its clause; NULL: none does. */
static const struct row *deciding(const struct mop_sv *fields, const struct condition **clause)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        *clause = fitting(&rows[i], fields);
        if (*clause) {
            return &rows[i];
        }
    }
    return NULL;
}

void mop_ga4_why(struct mop_sv source, struct mop_sv medium, struct mop_sv campaign,
                 struct mop_buf *out)
{
    const struct mop_sv fields[FIELDS] = {source, medium, campaign};
    const struct condition *clause;
    if (deciding(fields, &clause)) {
        say_clause(clause, out);
    } else {
        mop_buf_printf(out, "no channel takes them");
    }
}

static int unmet(const struct condition *all, const struct mop_sv *fields)
{
    int n = 0;
    for (int i = 0; i < ALL_OF && all[i].test; i++) {
        n += !all[i].test(fields[all[i].field], all[i].arg);
    }
    return all[0].test ? n : ALL_OF + 1;
}

/* Of the way into the row that lacks least, what it lacks; the medium is what is mostly meant.
 * Bits of the fields that have to change. */
static unsigned say_unmet(const struct row *row, const struct mop_sv *fields, struct mop_buf *out)
{
    const struct condition *best = row->clause[0];
    unsigned changes = 0;
    for (int i = 1; i < ANY_OF; i++) {
        int n = unmet(row->clause[i], fields), least = unmet(best, fields);
        if (n < least || (n == least && row->clause[i][0].field == MEDIUM)) {
            best = row->clause[i];
        }
    }
    for (int i = 0; i < ALL_OF && best[i].test; i++) {
        if (!best[i].test(fields[best[i].field], best[i].arg)) {
            say_condition(&best[i], "has to be", out);
            changes |= 1U << best[i].field;
        }
    }
    return changes;
}

/* A row that stands before the wanted one would go on taking it, whatever else changes. */
static void say_first(const struct row *now, const struct condition *clause, unsigned changes,
                      struct mop_buf *out)
{
    char room[400];
    struct mop_buf why;
    for (int i = 0; i < ALL_OF && clause[i].test; i++) {
        if (changes & 1U << clause[i].field) {
            return;
        }
    }
    mop_buf_fixed(&why, room, sizeof room);
    say_clause(clause, &why);
    mop_buf_printf(out, "%s%s comes first, as %.*s", out->n ? "; " : "", now->channel,
                   MOP_SV_ARG(mop_buf_view(&why)));
}

bool mop_ga4_missing(const char *channel, struct mop_sv source, struct mop_sv medium,
                     struct mop_sv campaign, struct mop_buf *out)
{
    const struct mop_sv fields[FIELDS] = {source, medium, campaign};
    const struct condition *clause;
    const struct row *now = deciding(fields, &clause);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *want = &rows[i];
        if (strcmp(want->channel, channel) != 0 || want == now) {
            continue;
        }
        unsigned changes = fitting(want, fields) ? 0 : say_unmet(want, fields, out);
        if (now && now < want) {
            say_first(now, clause, changes, out);
        }
        return true;
    }
    return false;
}
