/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"

/* What to do about a fault that says nothing better: nobody is left with a verdict alone. */

const char *const mop_gate_repairs[MOP_GATE_IDS] = {
    [MOP_GATE_LEVEL] = "give the reason, or take level: out",
    [MOP_GATE_INPUTS] = "fill it in",
    [MOP_GATE_OWNERS] = "name one of those whom the taxonomy lists, or have them listed (people:)",
    [MOP_GATE_OWNERS_APART] = "name another decision owner",
    [MOP_GATE_STOP_OWNER] = "write owners: {stop: ..}",
    [MOP_GATE_APPROVED] = "have it approved as it is now",
    [MOP_GATE_REVIEWED] = "have it reviewed as it is now",
    [MOP_GATE_DATES] = "write the days as they are planned: start, end, changed",
    [MOP_GATE_FREEZE] = "take another day",
    [MOP_GATE_LAUNCH_DAY] = "take another day",
    [MOP_GATE_END_AND_CAP] = "write end: .. and budget: {amount: .., cap: .., per: day}",
    [MOP_GATE_ROUTING] = "write routing: {to: .., sla: ..} and owners: {routing: ..}",
    [MOP_GATE_PLACEHOLDERS] = "have it decided, and write it in place of that",
    [MOP_GATE_NAME] = "mend the name; 'mopslint rules explain' has a page for the rule in brackets",
    [MOP_GATE_NAME_AGREES] = "mend the name or the brief",
    [MOP_GATE_RECORD] =
        "mend the value; 'mopslint rules explain' has a page for the rule in brackets",
    [MOP_GATE_DUPLICATE] = "choose another name or id",
    [MOP_GATE_LINKS] = "mend the link where it is built",
    [MOP_GATE_LINK_NAMES] =
        "mend the link; 'mopslint rules explain' has a page for the rule in brackets",
    [MOP_GATE_MACROS] = "write the platform's macro, or the value",
    [MOP_GATE_CHANNEL] = "change utm_source and utm_medium, or say channel: of the link",
    [MOP_GATE_LINKS_AGREE] = "take one of the two out, or tell them apart by utm_content",
    [MOP_GATE_CHANNEL_LINKS] = "add its link, or take the channel out",
    [MOP_GATE_UTM_ID] = "add the campaign's id as utm_id",
    [MOP_GATE_PRIVACY] = "take it out",
    [MOP_GATE_LIVE] = "open the link, and see to what it meets",
};
