/* SPDX-License-Identifier: MIT */
#ifndef MOP_BRIEF_KEYS_H
#define MOP_BRIEF_KEYS_H
#include "base/keys.h"

/* The keys of campaign briefs as data: faults, JSON Schema and `gate --init` come from them. */
extern const struct mop_key_table mop_brief_keys_top, mop_brief_keys_budget,
    mop_brief_keys_audience, mop_brief_keys_asset, mop_brief_keys_form, mop_brief_keys_level,
    mop_brief_keys_owners, mop_brief_keys_routing, mop_brief_keys_link, mop_brief_keys_link_file,
    mop_brief_keys_approval, mop_brief_keys_attestation, mop_brief_keys_waiver;
extern const struct mop_key_table *const mop_brief_tables[]; /* all, NULL-terminated */
/* What `risk` and `touches` may be; each ends with NULL. */
extern const char *const mop_brief_risks[], *const mop_brief_touched[];
#endif
