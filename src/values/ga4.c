/* SPDX-License-Identifier: MIT */
#include "ga4.h"
#include "ga4_match.h"

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

static bool row_fits(const struct row *row, const struct mop_sv *fields)
{
    for (int i = 0; i < ANY_OF; i++) {
        if (clause_fits(row->clause[i], fields)) {
            return true;
        }
    }
    return false;
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
        if (rows[i].since <= v && row_fits(&rows[i], fields)) {
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
