/* SPDX-License-Identifier: MIT */
#include "lint/logic.h"

/* Can what is written happen at all, and does it say anything? */

const struct mop_lint_check mop_lint_logic[] = {
    {"never-true", MOP_WARN, "conditions can be true",
     "No value of the field's vocabulary makes the test true: what hangs on it never happens, and "
     "a\n"
     "rule that asserts it fails whenever it applies. (A value that the vocabulary does not have "
     "at\n"
     "all is an error, unknown-value.)\n\n"
     "bad:  source: {values: [google, bing]}   and   when: {source: {pattern: 'gogle.*'}}\n"
     "good: when: {source: {pattern: 'google.*'}}\n\n"
     "The same is said of tests that are true one by one and not together, all: [{source: "
     "google},\n"
     "{source: bing}], of a 'not' that leaves out every value there is, of bounds that no number "
     "or\n"
     "date lies between, {amount: {gt: 5, lt: 3}}, and of two templates of one field that are "
     "asked\n"
     "of every record and have no name in common.",
     mop_lint_conditions},
    {"always-true", MOP_WARN, "what stands under 'not' can be true, exclusions leave some",
     "No value of the field's vocabulary makes the test under 'not' true: the condition always "
     "holds\n"
     "and keeps no record out, and a rule that asserts it never fails.\n\n"
     "bad:  source: {values: [google, bing]}   and   when: {not: {source: {pattern: 'gogle.*'}}}\n"
     "good: when: {not: {source: {pattern: 'google.*'}}}\n\n"
     "The same is said of an entry of 'exclude' whose 'where' no values make false: it takes out "
     "all\n"
     "there is.",
     NULL},
    {"never-passes", MOP_WARN, "some record can pass each check",
     "A check that refuses whatever it is asked of: a 'not_pattern' that may match nothing and so "
     "is\n"
     "found everywhere, a 'pattern' that takes blanks alone, two patterns of a field that no "
     "value\n"
     "fits, or that one asks for and the other forbids, a rule whose 'then' is false wherever its\n"
     "'when' is true, two rules of one 'when' that ask a field for what excludes each other. Only\n"
     "what is sure is told.\n\n"
     "bad:  not_pattern: 'x*'            when: {source: google}, then: {source: [bing]}\n"
     "good: not_pattern: 'x+'            when: {source: google}, then: {medium: [cpc]}\n\n"
     "Several checks of one field are asked all: for one or the other write one pattern, 'a|b'. A "
     "rule\n"
     "that means to forbid what its 'when' says is clearer as then: {not: ...}.",
     mop_lint_checks},
    {"never-fails", MOP_WARN, "some record can fail each check",
     "A check that takes whatever it is asked of counts as one, and says nothing: a 'pattern' "
     "that\n"
     "takes every value, a 'not_pattern' that is found in blanks alone, which it is not asked "
     "of.\n\n"
     "bad:  pattern: '.*'           not_pattern: '^\\s*$'\n"
     "good: pattern: 'C-\\d{4}'      required: true",
     NULL},
    {"idle-value", MOP_WARN, "values and aliases of a list can come up",
     "A value that counts as blank in every field of the list, or an item that holds the "
     "separator, is\n"
     "never met: the record is told for being blank, or for the pieces. An alias that stands "
     "twice, "
     "is\n"
     "its own value, or differs from it or from another one in what the vocabulary folds (case "
     "and\n"
     "blanks, unless 'fold' says otherwise), changes nothing.\n\n"
     "bad:  source: {blanks: [\"\", n/a], values: [google, n/a]}\n"
     "good: source: {blanks: [\"\"], values: [google, n/a]}",
     mop_lint_idle_values},
    {"unreachable-stage", MOP_WARN, "records can reach every stage",
     "Records begin in the first stage of the path. A stage behind a terminal one, or one to which "
     "no\n"
     "chain of transitions and skips leads from there, stays empty; a record that stands in it "
     "has\n"
     "come there in a way that nobody meant.\n\n"
     "bad:  stages: [{name: lead}, {name: lost, terminal: true}, {name: won}]\n"
     "good: stages: [{name: lead}, {name: won, terminal: true}, {name: lost, terminal: true}]",
     mop_lint_stages},
    {"report-field-unguarded", MOP_WARN, "reports are built on fields that an error rule guards",
     "Whatever stands in the field, the report's score stays the same: it promises what nobody\n"
     "looked at. Warnings do not count for a score, nor does a rule that does not apply today.\n\n"
     "bad:  fields: {region: {}}     reports: [{name: R, needs: {lead: {fields: [region]}}}]\n"
     "good: fields: {region: {required: true, vocabulary: region}}",
     mop_lint_reports},
    {"report-field-optional", MOP_WARN, "fields that a report needs are required",
     "A check says nothing about a blank: whoever blanks a bad value raises the report's score.\n\n"
     "bad:  fields: {amount: {type: decimal}}    reports: [{name: R, needs: {deal: {fields: "
     "[amount]}}}]\n"
     "good: fields: {amount: {type: decimal, required: true}}\n\n"
     "Half of it is not enough: required: {of: [placeholder]} lets an empty cell through, "
     "all_or_none\n"
     "one in which all are blank, any: [...] one of two; a lifecycle's checks do not apply where "
     "the\n"
     "stage is blank. Nor is it enough that a derived field's source is required, where a map, a\n"
     "capture, a parameter may find nothing in it: ask for the derived field itself.\n\n"
     "Where a blank is right for some records, say for which it is not (required: {when: ...}), "
     "or\n"
     "lint: {off: {report-field-optional: who has no such date is not counted}}",
     NULL},
    {"ambiguous-template", MOP_WARN, "a name can be read in one way",
     "A name whose parts can be told apart in two ways, all right in both, lands in either\n"
     "report. Such names are looked for among all that lists, patterns and dates allow, and read\n"
     "back; where a pattern does not let itself be looked into, in a sample (regex-unfinished).\n\n"
     "bad:  template: '{region}_{topic}', region: {values: [emea, emea_uk]}, topic: {pattern: "
     "'[a-z_]+'}\n"
     "good: topic: {pattern: '[a-z-]+'}\n\n"
     "Two templates of one field are told, too, where a name fits both and both are asked of one\n"
     "record: 'when' or 'applies' have to keep them apart. A milder one beside a stricter one may "
     "say\n"
     "more of a name, but is told where it reads one of the same parts in another way.",
     mop_lint_templates},
    {"refused-name", MOP_WARN, "a field's checks accept the names that its template makes",
     "Names are made of values that the template's parts accept and run through the field's other\n"
     "checks: a pattern, case or length; of severity error all others of one value. Where none of\n"
     "them passes, or none with some value of a part, a record that is named as it should be is\n"
     "still told. Checks with 'when' or 'applies' are for other records and not looked at.\n\n"
     "bad:  template: '{region}_{year}', region: {values: [emea, EMEA-2]}, case: lower\n"
     "good: region: {values: [emea, emea-2]}",
     mop_lint_names},
    {NULL, MOP_NOTE, NULL, NULL, NULL},
};
