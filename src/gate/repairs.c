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

const char *mop_gate_url_repair(struct mop_sv id)
{
    static const struct {
        const char *id, *repair;
    } T[] = {
        {"scheme", "begin it with https://"},
        {"host", "write the whole address, with the host of the page"},
        {"https", "write https:// in place of http://"},
        {"userinfo", "take the user name and password before the host out"},
        {"space", "take the blanks, tabs and line breaks out, or write %20 for a blank"},
        {"bad-character", "copy the address from the browser anew, or escape the character"},
        {"bad-escape", "write %25 where a percent sign is meant, else two hex digits behind it"},
        {"question-marks", "write & in place of every ? behind the first"},
        {"ampersand-entity", "write & in place of &amp;"},
        {"missing-question-mark", "write ? before the first parameter"},
        {"missing-ampersand", "write & between the parameters"},
        {"fragment-params", "put the utm_ parameters before the #"},
        {"duplicate-param", "keep one of the two values"},
        {"repeated-param", "take one of the two out"},
        {"misspelt-key", "write the parameter's name in lower case, as GA4 spells it"},
        {"unknown-utm", "take it out, or name the parameter that is meant"},
        {"empty-param", "write its value, or take the parameter out"},
        {"macros", "write the value in place of the macro"},
        {"placeholder", "write the value that is meant"},
        {"pii", "take the personal data out"},
        {"phone-like", "take it out if it is one"},
        {"person-id", "take the parameter out"},
        {"click-id-partial",
         "add utm_source, utm_medium and utm_campaign, or take the click id out"},
        {"click-id-source", "write the utm_source of the click id's platform, or take the id out"},
        {"click-id-copied",
         "take the click id out: it is of the visit that the link was copied from"},
        {"length", "shorten the utm_ values"},
        {"too-long", "shorten the utm_ values to 420 characters or less"},
        {"double-encoded", "escape the values once only"},
        {"mixed-separators", "use one separator within the value"},
        {"own-domain", "take the utm_ parameters out: the visit would begin anew"},
    };
    for (size_t i = 0; i < sizeof T / sizeof *T; i++)
        if (mop_sv_eqs(id, T[i].id))
            return T[i].repair;
    return NULL;
}
