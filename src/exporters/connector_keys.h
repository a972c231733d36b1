/* SPDX-License-Identifier: MIT */
#ifndef MOP_CONNECTOR_KEYS_H
#define MOP_CONNECTOR_KEYS_H
#include "../base/keys.h"

/* The vocabulary of connector files: connectors/README.md has an example per key. */
extern const struct mop_key_table mop_connector_keys_top, mop_connector_keys_config,
    mop_connector_keys_requester, mop_connector_keys_retry, mop_connector_keys_authenticator,
    mop_connector_keys_stream, mop_connector_keys_selector, mop_connector_keys_field,
    mop_connector_keys_paginator, mop_connector_keys_restart, mop_connector_keys_incremental,
    mop_connector_keys_partitions, mop_connector_keys_error_rule, mop_connector_keys_wait;
extern const struct mop_key_table *const mop_connector_tables[]; /* all, NULL-terminated */
/* Keys that have their place, and whose work this version does not do: table/key. */
extern const char *const mop_connector_later[]; /* NULL-terminated */
#endif
