/* SPDX-License-Identifier: MIT */
#ifndef MOP_KEYS_H
#define MOP_KEYS_H
#include "base/keys.h"
#include "rules/compile.h"

/*
 * The keys of every mapping of the rule language as data: unknown-key and wrong-type faults come
 * from these tables, and `rules schema` prints them.
 */

extern const struct mop_key_table mop_keys_top, mop_keys_person, mop_keys_vocabulary, mop_keys_term,
    mop_keys_provisional, mop_keys_window, mop_keys_group, mop_keys_field_set, mop_keys_use,
    mop_keys_record, mop_keys_weight, mop_keys_population, mop_keys_exclude, mop_keys_source,
    mop_keys_field, mop_keys_type, mop_keys_marks, mop_keys_blanks, mop_keys_common,
    mop_keys_fixed_by, mop_keys_phase_in, mop_keys_examples, mop_keys_rule, mop_keys_report,
    mop_keys_need, mop_keys_target, mop_keys_dataset, mop_keys_volume, mop_keys_freshness,
    mop_keys_fill_rate, mop_keys_variants, mop_keys_share, mop_keys_score, mop_keys_override,
    mop_keys_suppression, mop_keys_test, mop_keys_lifecycle, mop_keys_stage, mop_keys_calendar,
    mop_keys_unique_row, mop_keys_lint, mop_keys_require, mop_keys_gate, mop_keys_gate_level,
    mop_keys_gate_trigger, mop_keys_gate_check, mop_keys_gate_freeze, mop_keys_gate_campaign,
    mop_keys_gate_links, mop_keys_gate_attest, mop_keys_gate_when;
/* All of them, NULL-terminated, for the schema. */
extern const struct mop_key_table *const mop_key_tables[];

/*
 * Faults for unknown keys (with did-you-mean) and wrong shapes. -1 if `map` is no mapping (fault)
 * or null (none); else 0: faults in single keys do not stop the caller.
 */
int mop_keys_check(struct mop_scope *s, const struct mop_node *map, const struct mop_key_table *t);
/* The value of a key if it is there, not null and of the table's shape; else NULL. */
const struct mop_node *mop_keys_get(const struct mop_node *map, const struct mop_key_table *t,
                                    const char *key);
/* True if `key` may stand in the table. */
bool mop_keys_has(const struct mop_key_table *t, struct mop_sv key);
/* The same for every entry of a mapping by names of the user's own. */
void mop_keys_check_all(struct mop_scope *s, const struct mop_node *map,
                        const struct mop_key_table *t);
/* Faults of shape in `gate:`; what its values mean is gate/policy.h's business. */
void mop_keys_check_gate(struct mop_scope *s, const struct mop_node *gate);
/* The JSON Schema of rule files, from these tables and the kinds'. */
void mop_rules_schema(struct mop_buf *out);
#endif
