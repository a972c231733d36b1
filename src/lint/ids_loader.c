/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

/* What the loader (rules/) finds wrong, for `rules explain` and the rules of a report. A test holds
 * that every id in its source is here. */

const struct mop_lint_check mop_lint_loader[] = {
    {"ambiguous-alias", MOP_FAULT, "an alias means one value",
     "An alias that is also a value, or an alias of another value, would be repaired into either.\n"
     "\n"
     "bad:  values: {google: {aliases: [g]}, gmail: {aliases: [G]}}\n"
     "good: values: {google: {aliases: [g]}, gmail: {}}",
     NULL},
    {"ambiguous-value", MOP_FAULT, "two values differ in more than how they are written",
     "Values that differ only in case, blanks or (with fold: separators) in '-', '_' cannot be "
     "told apart by the\n"
     "ladder. The same goes for a table that maps one value to two.\n"
     "\n"
     "bad:  values: [paid_social, Paid_Social]\n"
     "good: values: [paid_social]",
     NULL},
    {"bad-derive", MOP_FAULT, "a derived field can be computed",
     "The derivation names a part, a look-up or a source that is not there.\n"
     "\n"
     "bad:  region: {derive: {part: utm_campaign.regoin}}\n"
     "good: region: {derive: {part: utm_campaign.region}}",
     NULL},
    {"bad-format", MOP_FAULT, "date formats can be read",
     "A format has year, month and day, each once, of the tokens YYYY YY MMM MM M DD D HH H mm ss "
     "A Z.\n"
     "The date of a template's part may be a year, or a year and a month: date: YYYYMM.\n"
     "\n"
     "bad:  formats: [DD/MM]\n"
     "good: formats: [DD/MM/YYYY]",
     NULL},
    {"bad-name", MOP_FAULT, "fields have plain names",
     "A name with a dot or a blank, or a word of the rule language (all, any, not), cannot be "
     "written in a rule.\n"
     "\n"
     "bad:  fields: {\"Lead Source\": {}}\n"
     "good: fields: {lead_source: {columns: [Lead Source]}}",
     NULL},
    {"bad-regex", MOP_FAULT, "patterns compile",
     "The pattern is no valid PCRE2 pattern, or uses what is not allowed: (*VERBS) in front, "
     "callouts, \\C.\n"
     "The column is that of the fault inside the pattern.\n"
     "\n"
     "bad:  pattern: '(a|b'\n"
     "good: pattern: '(a|b)'",
     NULL},
    {"bad-table", MOP_FAULT, "CSV files beside the taxonomy can be read",
     "Such a file is UTF-8 with commas and a header; a vocabulary's begins with: "
     "value,label,alias,alias",
     NULL},
    {"bad-template", MOP_FAULT, "templates can be read",
     "Braces and brackets are closed, parts are not doubled, and a part has one definition.\n"
     "\n"
     "bad:  template: '{quarter}_{region'\n"
     "good: template: '{quarter}_{region}'",
     NULL},
    {"bad-value", MOP_FAULT, "values are of the form that their key wants",
     "A day is 2026-11-22, a percentage 90%, a duration 8h; other keys take one of a few words.\n"
     "\n"
     "bad:  review_by: next year\n"
     "good: review_by: 2027-03-31",
     NULL},
    {"blank-value", MOP_FAULT, "conditions are not compared with a blank",
     "A value that counts as blank is never equal to anything.\n"
     "\n"
     "bad:  when: {owner: \"\"}\n"
     "good: when: {owner: {blank: true}}",
     NULL},
    {"cyclic-derive", MOP_FAULT, "no field is derived from itself",
     "Neither can be computed first.\n"
     "\n"
     "Derive both from the column they come from.",
     NULL},
    {"cyclic-extends", MOP_FAULT, "no file extends itself",
     "A file that extends itself, also through others, has no order of merging.\n"
     "\n"
     "Take the shared part into a file of its own and extend that from both.",
     NULL},
    {"cyclic-records", MOP_FAULT, "record types are read one after the other",
     "A look-up or a vocabulary from a column wants the other type read first; two that want\n"
     "each other have no order.\n"
     "\n"
     "Keep one direction.",
     NULL},
    {"cyclic-use", MOP_FAULT, "no value is replaced by itself",
     "'use' names what to write instead; followed to its end it has to reach another value.\n"
     "\n"
     "bad:  values: {a: {use: b}, b: {use: a}}\n"
     "good: values: {a: {use: b}, b: {}}",
     NULL},
    {"duplicate-id", MOP_FAULT, "ids are unique",
     "Findings, baselines and suppressions are kept by id.\n"
     "\n"
     "Give one of the two an 'id' of its own.",
     NULL},
    {"duplicate-value", MOP_FAULT, "no value twice in a vocabulary",
     "One of the two would be ignored with all that is said of it. Remove one.", NULL},
    {"language-version", MOP_FAULT, "the file says its language version",
     "It is what lets the language change without changing what old files mean.\n"
     "\n"
     "good: mopslint: 1",
     NULL},
    {"misplaced-check", MOP_FAULT, "kinds stand where they can be judged",
     "'type' and 'url' say what a field is and stand under it, not in 'then'.\n"
     "\n"
     "bad:  then: {site: {type: url}}\n"
     "good: fields: {site: {type: url}}",
     NULL},
    {"misplaced-key", MOP_FAULT, "field sets name no record type",
     "A field set serves any record type, and so do its rules.\n"
     "\n"
     "Take 'record' out; it is known where the set is used.",
     NULL},
    {"missing-key", MOP_FAULT, "what has to be said is said",
     "A rule wants id and then, a report its needs, a suppression its reason, a switched off check "
     "its reason.\n"
     "\n"
     "bad:  suppressions: [{rule: lead.email.required}]\n"
     "good: suppressions: [{rule: lead.email.required, reason: being repaired, until: 2026-12-31}]",
     NULL},
    {"missing-value", MOP_FAULT, "lists and comparisons are not empty",
     "A check without values, bounds or branches can never find anything.\n"
     "\n"
     "bad:  owner: {not_values: []}\n"
     "good: owner: {not_values: [nobody]}",
     NULL},
    {"needs-type", MOP_FAULT, "dates and numbers are compared as such",
     "Order of texts is not order of dates.\n"
     "\n"
     "bad:  closed: {not_before: created}      (both text)\n"
     "good: closed: {type: date, not_before: created}",
     NULL},
    {"no-rules", MOP_FAULT, "a rule file is given",
     "Without -r and without a settings file there is nothing to judge by.", NULL},
    {"not-judged", MOP_WARN, "nothing is written that is not judged",
     "Transitions are moves, and only a history tells moves: without one the key does nothing.\n"
     "\n"
     "bad:  transitions: {allowed: [[lead, won]]}\n"
     "good: with  history: {record: stage_change, of: lead.id, from: old, to: new, at: changed_at}",
     NULL},
    {"nothing-to-remove", MOP_WARN, "what is removed is inherited",
     "{remove: true} takes away what an extended file brings. If nothing brings it, the name is "
     "mistyped, or the\n"
     "extended file has dropped it.\n"
     "\n"
     "Take the entry out.",
     NULL},
    {"refused-value", MOP_FAULT, "a field's checks accept the values of its vocabulary",
     "A check that refuses a value of the list makes a record that can never pass: a pattern, "
     "case,\n"
     "length or template; of severity error also type, range, not_values and all others of one "
     "value.\n"
     "Each that is asked of every record is run on every value.\n"
     "\n"
     "bad:  source: {values: [LinkedIn], case: lower}\n"
     "good: source: {values: [linkedin]}",
     NULL},
    {"too-many-files", MOP_FAULT, "no more than 256 rule files",
     "More is a mistake of a script. Merge files that belong together.", NULL},
    {"too-many-rules", MOP_FAULT, "no more than 20,000 checks",
     "More is data in the form of rules: put it into vocabularies, combinations or tables.", NULL},
    {"transition-to-nowhere", MOP_FAULT, "transitions and skips lead from stage to stage",
     "A pair with a stage that the lifecycle does not have allows nothing, and so does a skip.\n"
     "\n"
     "bad:  stages: [{name: lead}, {name: won}], transitions: {allowed: [[lead, wonn]]}\n"
     "good: transitions: {allowed: [[lead, won]]}",
     NULL},
    {"two-checks", MOP_FAULT, "one check in an entry of dataset",
     "Each has an id of its own. Make two entries.", NULL},
    {"two-origins", MOP_FAULT, "a derived field has no column",
     "bad:  source: {columns: [Src], derive: {url_param: page, name: utm_source}}\n"
     "good: source: {derive: {url_param: page, name: utm_source}}\n"
     "\n"
     "What it would be read from is not told otherwise. 'columns: {remove: true}' takes away\n"
     "inherited ones.",
     NULL},
    {"two-vocabularies", MOP_FAULT, "a field means one list",
     "A field has a vocabulary, or values, or is the stage of one lifecycle.\n"
     "\n"
     "Put the other list into the 'then' of a rule.",
     NULL},
    {"undefined-part", MOP_FAULT, "parts of a template are defined",
     "bad:  template: '{quarter}_{region}', parts: {quarter: {pattern: '[0-9]{4}Q[1-4]'}}\n"
     "good: the same with  region: {vocabulary: region}",
     NULL},
    {"unknown-calendar", MOP_FAULT, "calendars that are named are there",
     "Business hours stand under 'calendars' by name.", NULL},
    {"unknown-field", MOP_FAULT, "fields that are named are there",
     "A rule about a field that no record type has would never fire. In a field set names are "
     "relative.\n"
     "\n"
     "Correct the name, or add the field.",
     NULL},
    {"unknown-field-set", MOP_FAULT, "field sets that are used are there",
     "Field sets stand under 'field_sets', also those of packs that are extended.\n"
     "\n"
     "Correct the name, or extend the pack.",
     NULL},
    {"unknown-group", MOP_FAULT, "groups that are named are there",
     "bad:  when: {medium: {in_group: medium.payed}}\n"
     "good: when: {medium: {in_group: medium.paid}}",
     NULL},
    {"unknown-key", MOP_FAULT, "keys are those of the language",
     "A key that is mistyped would be ignored in silence, and its check with it.\n"
     "\n"
     "bad:  email: {requird: true}\n"
     "good: email: {required: true}\n"
     "\n"
     "Keys that begin with x- are yours. 'mopslint rules schema' completes keys in an editor.",
     NULL},
    {"unknown-pack", MOP_FAULT, "packs that are named are there",
     "A name without '/' and '.yaml' is a pack; a file of your own is named with its suffix.",
     NULL},
    {"unknown-person", MOP_FAULT, "owners and fixers stand under people",
     "Where people are given, a mistyped owner would never hear of a finding.\n"
     "\n"
     "Correct the name, or add it under 'people'.",
     NULL},
    {"unknown-record", MOP_FAULT, "record types that are named are there",
     "They stand under 'records', also those of packs that are extended.\n\nCorrect the name, or "
     "add the record type.",
     NULL},
    {"unknown-rule", MOP_FAULT, "overrides and suppressions name a rule that is there",
     "An override of a rule that is gone does nothing, and looks as if it did.\n"
     "\n"
     "'mopslint rules list -r FILE' prints all ids; 'renamed_from' keeps old ones.",
     NULL},
    {"unknown-test", MOP_FAULT, "tests that are named are there",
     "The word is no kind of check, or none that can stand there: 'mopslint rules list' has them "
     "all.",
     NULL},
    {"unknown-type", MOP_FAULT, "types that are named are there",
     "text, name, email, url, domain, decimal, integer, date, datetime, boolean, phone, country, "
     "currency",
     NULL},
    {"unknown-value", MOP_FAULT, "values that are named are in the vocabulary",
     "A condition on a value that the vocabulary does not have is never true.\n"
     "\n"
     "bad:  source: {values: [google, bing]}   and   when: {source: gogle}\n"
     "good: when: {source: google}",
     NULL},
    {"unknown-vocabulary", MOP_FAULT, "vocabularies that are named are there",
     "They stand under 'vocabularies', also those of packs that are extended.\n\nCorrect the name, "
     "or add the list.",
     NULL},
    {"unreadable-file", MOP_FAULT, "files that are named can be read",
     "Paths start from the folder of the rule file that names them.", NULL},
    {"wrong-type", MOP_FAULT, "values have the shape that their key wants",
     "A list where a mapping belongs, or nothing where something has to stand.\n"
     "\n"
     "bad:  rules: {id: has-owner}\n"
     "good: rules: [{id: has-owner, ...}]",
     NULL},
    {NULL, MOP_NOTE, NULL, NULL, NULL},
};
