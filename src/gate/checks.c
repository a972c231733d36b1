/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"

/* The table of checks; who may do without one is what the shipped policy may change. */

#define BIT(role) (1U << MOP_ROLE_##role)
enum { DECIDES = BIT(DECISION), OR_REVIEWS = BIT(DECISION) | BIT(REVIEW) };

const struct mop_gate_check mop_gate_checks[MOP_GATE_IDS] = {
    [MOP_GATE_LEVEL] = {"level", "the process level is not lowered without a reason",
                        "The level follows from what the campaign touches. It may be raised. It "
                        "may be lowered only with a reason,\nwhich is printed: "
                        "level: {use: standard, reason: ...}.",
                        MOP_SEV_ERROR, MOP_ROLE_DECISION, 0, false, mop_gate_run_LEVEL},
    [MOP_GATE_INPUTS] = {"inputs", "what has to be known is written in the brief",
                         "Which keys of the brief have to be filled in is said by `requires:` of "
                         "the levels. What is missing at the\nhandoff comes back as a question "
                         "later. Fill the key in: none, x, n/a and the like say nothing.",
                         MOP_SEV_ERROR, MOP_ROLE_INPUT, DECIDES, false, mop_gate_run_INPUTS},
    [MOP_GATE_OWNERS] = {"owners", "each role has one accountable person",
                         "decision can approve or stop it, execution produces it, input provides "
                         "the context, review checks before the\nlaunch. Two names are nobody: "
                         "name one. Where the taxonomy lists people, it has to be one of them.",
                         MOP_SEV_ERROR, MOP_ROLE_DECISION, DECIDES, false, mop_gate_run_OWNERS},
    [MOP_GATE_OWNERS_APART] = {"owners-apart", "who decides is not who produces",
                               "At level detailed nobody approves their own work. Name another "
                               "decision owner.",
                               MOP_SEV_ERROR, MOP_ROLE_DECISION, 0, false,
                               mop_gate_run_OWNERS_APART},
    [MOP_GATE_STOP_OWNER] = {"stop-owner", "somebody can take it down once it runs",
                             "When a running campaign does harm, there is no time to look for who "
                             "may stop it. Name owners: {stop: ..}.",
                             MOP_SEV_ERROR, MOP_ROLE_DECISION, DECIDES, false,
                             mop_gate_run_STOP_OWNER},
    [MOP_GATE_APPROVED] = {"approved", "the decision owner approved it as it is now",
                           "approvals: [{role: decision, by: .., on: .., digest: ..}]. An approval "
                           "holds for the digest it was given for, or,\nwithout one, if it is not "
                           "older than `changed`.",
                           MOP_SEV_ERROR, MOP_ROLE_DECISION, 0, false, mop_gate_run_APPROVED},
    [MOP_GATE_REVIEWED] = {"reviewed", "the review owner looked at it after the last change",
                           "approvals: [{role: review, by: .., on: .., digest: ..}]. What changed "
                           "after the review was not reviewed; a review of the day of the change "
                           "counts, as days have no "
                           "hours. A digest is exact.",
                           MOP_SEV_ERROR, MOP_ROLE_REVIEW, DECIDES, false, mop_gate_run_REVIEWED},
    [MOP_GATE_DATES] =
        {"dates", "its days are in an order that can be",
         "The end is not before the start: that blocks. A start that is behind us, and a\n"
         "day that is years away (a slip of the pen?), only warn.",
         MOP_SEV_ERROR, MOP_ROLE_INPUT, DECIDES, false, mop_gate_run_DATES},
    [MOP_GATE_FREEZE] = {"freeze", "it does not start in a freeze",
                         "`freeze:` of the taxonomy has the days on which nothing is launched, "
                         "with the reason. Take another day.",
                         MOP_SEV_ERROR, MOP_ROLE_DECISION, DECIDES, false, mop_gate_run_FREEZE},
    [MOP_GATE_LAUNCH_DAY] = {"launch-day", "it starts on a weekday for launches",
                             "`launch_days:` of the taxonomy: after a launch somebody has to be "
                             "there. Take another day.",
                             MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, false,
                             mop_gate_run_LAUNCH_DAY},
    [MOP_GATE_END_AND_CAP] = {"end-and-cap", "it ends, and spends no more than it may",
                              "What costs money has a last day and a cap on the platform, where "
                              "spending stops without anybody looking:\nend: .., budget: {amount: "
                              ".., cap: .., per: day}.",
                              MOP_SEV_ERROR, MOP_ROLE_EXECUTION, DECIDES, false,
                              mop_gate_run_END_AND_CAP},
    [MOP_GATE_ROUTING] = {"routing", "its leads have somewhere to go",
                          "A campaign with creates_leads: true names routing: {to: .., sla: ..} "
                          "and owners: {routing: ..}. Leads that nobody\ngets are paid for twice.",
                          MOP_SEV_ERROR, MOP_ROLE_ROUTING, DECIDES, false, mop_gate_run_ROUTING},
    [MOP_GATE_PLACEHOLDERS] = {"placeholders", "nothing is left to be decided",
                               "Words such as tbd stand for a decision that has not been made "
                               "(`placeholders:` of the taxonomy lists them).",
                               MOP_SEV_WARNING, MOP_ROLE_INPUT, OR_REVIEWS, false,
                               mop_gate_run_PLACEHOLDERS},
    [MOP_GATE_NAME] = {"name", "its name is as the taxonomy wants it",
                       "The name goes through the rules that the campaign's record type has for "
                       "it: template, vocabularies, case.\nEach wrong part is told with what it "
                       "should be.",
                       MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, false, mop_gate_run_NAME},
    [MOP_GATE_NAME_AGREES] = {"name-agrees", "the parts of its name say what the brief says",
                              "`campaign: {parts: {region: market, quarter: start}}`: a name with "
                              "another market, quarter or product than the\nbrief files the "
                              "campaign under another one in every report. Mend the one that is "
                              "wrong.",
                              MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, false,
                              mop_gate_run_NAME_AGREES},
    [MOP_GATE_RECORD] = {"record", "its record keeps the taxonomy's other rules",
                         "The brief as a record of its type: every rule of which the brief fills "
                         "the fields, beside those of the name.",
                         MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, false, mop_gate_run_RECORD},
    [MOP_GATE_DUPLICATE] = {"duplicate", "no other campaign has its name, ids or links",
                            "Compared with the campaigns of --known: CSV files with name, "
                            "utm_campaign, utm_id, crm_campaign_id or url, briefs,\nfolders of "
                            "briefs. Case and separators of names make no difference. Two with one "
                            "name, id or tagged link are one\nin every report. In a list, the row "
                            "with both its crm_campaign_id and its name is the campaign itself.",
                            MOP_SEV_ERROR, MOP_ROLE_EXECUTION, DECIDES, false,
                            mop_gate_run_DUPLICATE},
    [MOP_GATE_LINKS] = {"links", "every link is built so that tracking works",
                        "The checks of `url:` (mopslint rules explain url): those that the "
                        "taxonomy's link type asks for, else all that suit\nany link.",
                        MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, true, mop_gate_run_LINKS},
    [MOP_GATE_LINK_NAMES] = {"link-names", "the values in every link are the taxonomy's",
                             "Each link as a record of the taxonomy's link type: spellings, "
                             "aliases, templates, combinations. A provisional value\nwarns. "
                             "--fixed-links writes what can be mended for certain.",
                             MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, true,
                             mop_gate_run_LINK_NAMES},
    [MOP_GATE_MACROS] = {"macros", "macros are those of the link's platform",
                         "{campaignid} is Google's, {{campaign.id}} Meta's: another platform "
                         "leaves it as it stands, and reports show the\nbraces. Say platform: of "
                         "the link, and write that platform's macro.",
                         MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, true, mop_gate_run_MACROS},
    [MOP_GATE_CHANNEL] = {"channel", "GA4 files every link under the channel that is meant",
                          "utm_source, utm_medium and utm_campaign are put through GA4's table of "
                          "channels (rules/ga4-channels.md) and\ncompared with what the brief "
                          "says. Mostly the medium has to change: paid_social, not social_paid.",
                          MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, true,
                          mop_gate_run_CHANNEL},
    [MOP_GATE_LINKS_AGREE] = {"links-agree", "links agree with each other and with the campaign",
                              "One campaign has one utm_campaign and one utm_id in all its links: "
                              "those of the brief. A link copied from the\nlast campaign counts "
                              "for that one.",
                              MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, false,
                              mop_gate_run_LINKS_AGREE},
    [MOP_GATE_CHANNEL_LINKS] = {"channel-links", "every channel of the brief has a link",
                                "A channel without a link is not measured, or was forgotten. Add "
                                "its link, or take the channel out.",
                                MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, false,
                                mop_gate_run_CHANNEL_LINKS},
    [MOP_GATE_UTM_ID] = {"utm-id", "every tagged link has a utm_id",
                         "Costs are joined to visits by utm_id, and a campaign may then be "
                         "renamed.",
                         MOP_SEV_ERROR, MOP_ROLE_EXECUTION, OR_REVIEWS, true, mop_gate_run_UTM_ID},
    [MOP_GATE_PRIVACY] = {"privacy", "no personal data in links, names or fields",
                          "A link with a mail address or phone number in it hands them to every "
                          "tool that sees the visit. This is never waived.\nWhat only its groups "
                          "make a phone number (0301-234567), as ids are written so, too, warns.",
                          MOP_SEV_ERROR, MOP_ROLE_EXECUTION, 0, true, mop_gate_run_PRIVACY},
    [MOP_GATE_LIVE] =
        {"live", "links lead where they should, parameters and all",
         "Asked only with --live: status, redirects, https, parameters and click ids that "
         "survive, private addresses,\nthe page's tag (--expect-tag). What the "
         "network did not answer is not checked (exit 3), never passed. Each\n"
         "finding has its row in rules/gate.md.",
         MOP_SEV_ERROR, MOP_ROLE_EXECUTION, DECIDES, true, mop_gate_run_LIVE},
};
