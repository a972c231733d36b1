/* SPDX-License-Identifier: MIT */
#ifndef MOP_GA4_H
#define MOP_GA4_H
#include "../base/buf.h"

/*
 * GA4's default channel group for manually tagged traffic, as a table versioned by date (Google
 * help 9756891; facts: utm.md c.1). First match wins, ASCII case is ignored, nothing is trimmed.
 * Auto-tagged traffic (gclid without UTM) has no row here: that is the caller's business (c.2).
 */

/* Bits: the lists of Google's published sources that name one. */
enum mop_ga4_category {
    MOP_GA4_SEARCH = 1,
    MOP_GA4_SOCIAL = 2,
    MOP_GA4_SHOPPING = 4,
    MOP_GA4_VIDEO = 8
};
/* The lists with that source, case ignored; 0: Google knows no such source ("source not in Google's
 * list"). */
unsigned mop_ga4_categories(struct mop_sv source);

/* "ga4-2023-07", "ga4-2026-05" (with AI Assistant): oldest first, static; MOP_SV_NONE past the
 * last. */
struct mop_sv mop_ga4_version(size_t i);

/*
 * The channel: static text such as "Paid Search", "Unassigned" if no row fits; NULL if there is no
 * such version. version MOP_SV_NONE: the newest. What is blank is passed empty. Pure, thread-safe.
 */
const char *mop_ga4_channel(struct mop_sv version, struct mop_sv source, struct mop_sv medium,
                            struct mop_sv campaign);

/* What decided, by the newest version: "utm_source is on GA4's list of social networks". */
void mop_ga4_why(struct mop_sv source, struct mop_sv medium, struct mop_sv campaign,
                 struct mop_buf *out);
/*
 * What keeps it from a channel: "utm_medium has to be one of email, e-mail, ..", or, where an
 * earlier row takes what would fit, what that row sees. False: there is no such channel, or it is
 * there.
 */
bool mop_ga4_missing(const char *channel, struct mop_sv source, struct mop_sv medium,
                     struct mop_sv campaign, struct mop_buf *out);

/* Channel i of a version in the order of the table, "Unassigned" last; NULL past it or without such
 * a version. */
const char *mop_ga4_channel_name(struct mop_sv version, size_t i);

/* GA4's two patterns, for rules that warn of traps: medium ~ PAID, campaign ~ SHOP. */
bool mop_ga4_is_paid(struct mop_sv medium);
bool mop_ga4_is_shop(struct mop_sv campaign);
#endif
