/* SPDX-License-Identifier: MIT */
#ifndef MOP_COMMANDS_H
#define MOP_COMMANDS_H
#include "cli/options.h"
extern const struct mop_command mop_cmd_check, mop_cmd_fetch, mop_cmd_gate, mop_cmd_rules_list,
    mop_cmd_rules_explain, mop_cmd_rules_schema, mop_cmd_rules_lint, mop_cmd_rules_test,
    mop_cmd_doctor;
extern const struct mop_command mop_cmd_history_list, mop_cmd_history_show, mop_cmd_history_compare,
    mop_cmd_history_trend, mop_cmd_history_prune, mop_cmd_history_export;
#endif
