/* SPDX-License-Identifier: MIT */
#ifndef MOP_URL_KEYS_H
#define MOP_URL_KEYS_H
#include "../base/sv.h"

/* A view of a literal, where C wants a constant: in tables. */
#define MOP_LIT(s)                                                                                 \
    {                                                                                              \
        (s), sizeof(s) - 1                                                                         \
    }

/* Names of query parameters that measurement tools read (facts: Google help 10917952; vendors'
 * click ids). */

/* A utm_ parameter that GA4 accepts, exactly as it wants it: lower case. */
bool mop_url_key_utm(struct mop_sv key);
/* Starts with utm_, whatever follows and in any case. */
bool mop_url_key_utm_like(struct mop_sv key);
/* A utm_ parameter, click id or parameter of another measurement tool (mtm_, hsa_, cm_mmc ...). */
bool mop_url_key_marketing(struct mop_sv key);
/*
 * The utm_ parameter that a misspelt key means ("utm-source", "UTM_Source", "utm_surce",
 * "umt_medium", "utm_so", "utmcampaign"), or NULL: the key is right, or means something else
 * ("utm_placement", "itm_source").
 */
const char *mop_url_key_meant(struct mop_sv key);
/* A parameter that names one person to a mail tool: mc_eid, mkt_tok, _hsenc. */
bool mop_url_key_person(struct mop_sv key);
/* A parameter meant to hold personal data: email, first_name ... (case and _ - . ignored). */
bool mop_url_key_personal(struct mop_sv key);
/* Is the key one of the names (case and _ - . ignored)? */
bool mop_url_key_among(struct mop_sv key, const struct mop_sv *names, size_t n);
/* One that may hold a phone number, or tell a device: phone, tel, mobile ... */
bool mop_url_key_phone(struct mop_sv key);
/* One with a word for phones in it: contactPhoneId, tel-no. Digits alone may be an id all the same.
 */
bool mop_url_key_phone_word(struct mop_sv key);

/* One whose value is an id: utm_id, order_id, OrderID, sku, gclid ... */
bool mop_url_key_id(struct mop_sv key);

/* Who sends traffic: a click id's vendor, and the utm_source values that name one. */
enum mop_url_vendor {
    MOP_VENDOR_NONE,
    MOP_VENDOR_GOOGLE,
    MOP_VENDOR_META,
    MOP_VENDOR_MICROSOFT,
    MOP_VENDOR_TIKTOK,
    MOP_VENDOR_LINKEDIN,
    MOP_VENDOR_X,
    MOP_VENDOR_PINTEREST,
    MOP_VENDOR_SNAPCHAT,
    MOP_VENDOR_REDDIT,
    MOP_VENDOR_YANDEX,
    MOP_VENDOR_TABOOLA,
    MOP_VENDOR_OUTBRAIN,
    MOP_VENDOR_QUORA
};
/* By click id ("gclid", case ignored) and by utm_source ("Facebook"); NONE if it is no such thing.
 */
enum mop_url_vendor mop_url_click_vendor(struct mop_sv key);
enum mop_url_vendor mop_url_source_vendor(struct mop_sv source);

/* Offset of the first "utm_word=" in raw text, case ignored, or s.n. */
size_t mop_url_find_utm(struct mop_sv s);
#endif
