/* SPDX-License-Identifier: MIT */
#ifndef MOP_GATE_RUN_H
#define MOP_GATE_RUN_H
#include "cli/gate_settings.h"
#include "gate/gate.h"

/* What one run has in hand. */
struct mop_gate_run {
    struct mop_gate_settings *s;
    struct mop_diags diags;          /* of the brief and of what it says */
    struct mop_diags rules, shipped; /* of the taxonomy and of the default policy */
    struct mop_ruleset *rs, *pack;   /* NULL: none */
    struct mop_gate_policy *policy;
    struct mop_brief brief;
    struct mop_gate_options o;
};

/* ---- gate_attest.c ---- */
/* A text whole or not at all; path NULL: standard output. */
int mop_gate_put_text(const char *path, const struct mop_buf *b, struct mop_err *e);
void mop_gate_print_diags(struct mop_diags *d);
/* The attestation that --attest asks for, if it could ever be green. */
int mop_gate_attest_entry(struct mop_gate_run *r, struct mop_err *e);
#endif
