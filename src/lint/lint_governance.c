/* SPDX-License-Identifier: MIT */
#include "lint/governance.h"

/* Who decides, why, and until when. */

const struct mop_lint_check mop_lint_governance[] = {
    {"missing-owner", MOP_WARN, "somebody owns every rule",
     "Who is to be asked whether the rule or the record is wrong? The owner is that of the check,\n"
     "else of its field, its vocabulary, its record type, else of the taxonomy.\n\n"
     "good: owner: marketing-ops      in the head of the file\n\n"
     "lint: {require: {owner: all}} asks the same of short forms under fields, none of nobody.",
     mop_lint_owner},
    {"missing-description", MOP_WARN, "what there is says what it is for",
     "Asked of the taxonomy, vocabularies, field sets, lifecycles, reports, dataset checks\n"
     "('description'), and of rules and checks with an id of their own ('description' or "
     "'why').\n\n"
     "bad:  region: {values: [emea, apac]}\n"
     "good: region: {description: sales region of the account, values: [emea, apac]}\n\n"
     "lint: {require: {description: all}} asks it of record types, fields and every check as "
     "well,\n"
     "none of nobody.",
     mop_lint_description},
    {"missing-message", MOP_WARN, "rules have words of their own",
     "A rule over several fields cannot say by itself what is wrong with a record.\n\n"
     "bad:  {id: paid-has-id, when: {medium: cpc}, then: {id: {required: true}}}\n"
     "good: the same with  message: \"a paid visit ({medium}) has no id: its cost cannot be "
     "joined\"\n\n"
     "Asked of rules and of checks with an id of their own; lint: {require: {message: all}} asks\n"
     "it of every check, none of nobody.",
     mop_lint_message},
    {"missing-example", MOP_WARN, "rules have an example that passes and one that fails",
     "A rule that was never seen to fail may be unable to. Examples are run by 'mopslint rules\n"
     "test'.\n\n"
     "good: examples: {pass: [{medium: cpc, id: \"4711\"}], fail: [{medium: cpc, id: \"\"}]}\n\n"
     "Asked of rules and of checks with an id of their own, but not of those that compare records\n"
     "with each other (references, unique, determines): one record cannot show these, 'tests' do.\n"
     "lint: {require: {examples: all}} asks it of every check, none of nobody.",
     mop_lint_examples},
    {"missing-reason", MOP_WARN, "what is left out or switched off has a reason",
     "Records that are excluded and checks that are off are in no score: the next reader has to\n"
     "know why. Blanks are no reason.\n\n"
     "bad:  population: {exclude: [{id: tests, where: {batch: test}}]}\n"
     "good: population: {exclude: [{id: tests, reason: QA submissions, where: {batch: test}}]}\n\n"
     "Exclusions, overrides and suppressions have 'reason'; checks, dataset checks, lifecycles "
     "and\n"
     "uses of a field set have 'why'. A short form has room in its long form:\n"
     "url: {https: {severity: off, why: TEXT}}, severities: {order: {severity: off, why: TEXT}}.",
     mop_lint_reasons},
    {"review-overdue", MOP_WARN, "the taxonomy was reviewed in time",
     "'review_by' is past: names, people and reports may have changed since.\n\n"
     "Go through the rules with their owners, then set a new day.",
     mop_lint_review},
    {"person-left", MOP_WARN, "nobody who left owns anything",
     "The person's 'until' is past, and findings still go to them, or a suppression or a "
     "provisional\n"
     "value stands on their word.\n\n"
     "Name somebody else, or set a new day.",
     mop_lint_people},
    {"unknown-decider", MOP_WARN, "who decided stands under people",
     "Where people are given, 'by' of a suppression or of a provisional value names one of them: "
     "the\n"
     "next reader has to know whom to ask.\n\n"
     "Correct the name, or add it under 'people'.",
     NULL},
    {"expired-suppression", MOP_WARN, "no suppression is past its day",
     "It suppresses nothing any more, and its findings count again.\n\n"
     "Take it out; if the work is not done, decide on a new day.",
     mop_lint_suppressions},
    {"deprecated-without-use", MOP_NOTE, "deprecated values name their successor",
     "A value past its 'valid' days is a finding; without 'use' nobody is told what to write.\n\n"
     "bad:  adwords: {valid: {until: 2025-12-31}}\n"
     "good: adwords: {valid: {until: 2025-12-31}, use: google}",
     mop_lint_values},
    {"provisional-overdue", MOP_WARN, "no provisional value is past its day",
     "It counts as unknown now, and every record with it fails.\n\n"
     "Take it up for good (without 'provisional'), or take it out.",
     NULL},
    {"deprecated-in-use", MOP_WARN, "no rule names a deprecated value",
     "A condition, rule, group or template that names a value which is no longer to be used works\n"
     "on ever fewer records.\n\n"
     "bad:  values: {adwords: {use: google}, google: {}}   and   when: {source: adwords}\n"
     "good: when: {source: google}\n\n"
     "What speaks only of records of the value's own days (applies: {until: ...}, or a 'when' on "
     "the\n"
     "date of dated_by) names it rightly and is not told.",
     mop_lint_deprecated_use},
    {NULL, MOP_NOTE, NULL, NULL, NULL},
};
