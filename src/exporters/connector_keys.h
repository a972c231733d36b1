/* SPDX-License-Identifier: MIT */
#ifndef MOP_CONNECTOR_KEYS_H
#define MOP_CONNECTOR_KEYS_H
#include "../base/buf.h"
#include "../base/keys.h"

/* The vocabulary of connector files: connectors/README.md has an example per key. */
extern const struct mop_key_table mop_connector_keys_top, mop_connector_keys_config,
    mop_connector_keys_requester, mop_connector_keys_retry, mop_connector_keys_authenticator,
    mop_connector_keys_stream, mop_connector_keys_selector, mop_connector_keys_field,
    mop_connector_keys_paginator, mop_connector_keys_restart, mop_connector_keys_incremental,
    mop_connector_keys_partitions, mop_connector_keys_error_rule, mop_connector_keys_wait;
extern const struct mop_key_table *const mop_connector_tables[]; /* all, NULL-terminated */
/* A key without a schema fragment has its place, and its work is not done by this version. */

/* The words that a key may hold, and what they are called in the schema: words_NAME. */
extern const char *const mop_words_method[],
    *const mop_words_auth[],
        *const mop_words_grant[],
            *const mop_words_client_auth[],
                *const mop_words_decoder[],
                    *const mop_words_paging[],
                        *const mop_words_time[],
                            *const mop_words_action[],
                                *const mop_words_limit[],
                                    *const mop_words_unit[]; /* NULL-terminated, in the order of
                                                                their enums */
extern const struct mop_connector_words {
    const char *name;
    const char *const *words;
} mop_connector_words[]; /* name NULL at the end */

/* `fetch --schema`: the JSON Schema of connector files, from all these. */
void mop_connector_schema(struct mop_buf *out);
#endif
