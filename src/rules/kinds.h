/* SPDX-License-Identifier: MIT */
#ifndef MOP_KINDS_H
#define MOP_KINDS_H
#include "rules/kind.h"

/*
 * The registration of rule kinds: one line each, in the order of help and `rules list`. A line X(n)
 * stands for the constant mop_kind_<n>, defined in a kind_*.c file beside its functions.
 */
/* clang-format off */
#define MOP_KINDS(X) \
    X(required) \
    X(blank) \
    X(type) \
    X(vocabulary) \
    X(values) \
    X(whitespace) \
    X(case) \
    X(separator) \
    X(alias) \
    X(deprecated) \
    X(provisional) \
    X(not_values) \
    X(in) \
    X(not_in) \
    X(written) \
    X(in_vocabulary) \
    X(in_group) \
    X(pattern) \
    X(not_pattern) \
    X(template) \
    X(length) \
    X(range) \
    X(gt) \
    X(gte) \
    X(lt) \
    X(lte) \
    X(since) \
    X(within) \
    X(max_age) \
    X(equals_field) \
    X(before) \
    X(not_before) \
    X(after) \
    X(unique) \
    X(references) \
    X(combinations) \
    X(all_or_none) \
    X(determines) \
    X(domain) \
    X(free_mail) \
    X(disposable) \
    X(role) \
    X(url) \
    X(no_macros) \
    X(no_pii) \
    X(items) \
    X(skipped) \
    X(order) \
    X(back) \
    X(transition) \
    X(requires) \
    X(sla) \
    X(input_encoding) \
    X(input_nul) \
    X(input_ragged) \
    X(input_json) \
    X(input_never_received) \
    X(input_not_mapped)
/* clang-format on */

#define MOP_KIND_DECLARE(n) extern const struct mop_kind mop_kind_##n;
MOP_KINDS(MOP_KIND_DECLARE)
#undef MOP_KIND_DECLARE
#endif
