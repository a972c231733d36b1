/* SPDX-License-Identifier: MIT */
#ifndef MOP_GATE_SETTINGS_H
#define MOP_GATE_SETTINGS_H
#include "cli/check_settings.h"
#include "cli/gate_outputs.h"
#include "cli/live_options.h"
#include "cli/options.h"
#include "gate/gate.h"

/* What the command line of `gate` said. */
struct mop_gate_settings {
    struct mop_check_settings check; /* rules and mopslint.yaml, as `check` has them */
    struct mop_arena arena;
    const char **operands;
    size_t noperands, capoperands;
    bool links, init, schema;
    const char *encoding; /* of lists of links */
    struct mop_gate_known *known;
    size_t nknown, capknown;
    struct mop_gate_outputs outputs;
    struct mop_live_settings live;
    struct mop_brief_waiver *waivers;
    size_t nwaivers, capwaivers;
    struct mop_sv attest, attest_by, evidence;
    enum { MOP_GATE_FAIL_ERROR, MOP_GATE_FAIL_WARNING, MOP_GATE_FAIL_NEVER } fail_on;
    int64_t now_us;
};

extern const struct mop_option mop_gate_option_table[];
/* A brief, a link or a file of links. */
int mop_gate_take_operand(void *settings, const char *arg, struct mop_err *e);
#endif
