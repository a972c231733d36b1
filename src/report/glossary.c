/* SPDX-License-Identifier: MIT */
#include "report/glossary.h"
#include <ctype.h>
#include <string.h>

/* clang-format off */
const struct mop_word mop_words_of_reports[] = {
    {"accepted", "the share of clean records if suppressed findings are let pass",
     "It stands beside the confidence and decides nothing: a suppression never moves the score itself. Where both are far\n"
     "apart, much of what is wrong has been put off, not repaired."},
    {"assessed", "records that at least one error rule applied to: what every share is a share of",
     "Excluded records, and records that no error rule asks anything of, are not assessed. Nothing assessed gives no score,\n"
     "and never 100."},
    {"baseline", "the findings known on the day when --write-baseline kept them",
     "With --baseline FILE known findings do not fail the run, and each new error does. Scores are the same with and without."},
    {"catch-all", "a value such as 'other' that says nothing",
     "Marked in its vocabulary: other: {catch_all: true}. A dataset check 'share' without 'values' counts these."},
    {"certain", "a proposal that keeps the meaning: fit for --repairs",
     "Another spelling, blanks, an alias, the value named by 'use:'. A did-you-mean is a guess and is never certain,\n"
     "nor is what a derived field should be: no column takes it."},
    {"checked", "the share of records to which an error rule applied that asks for more than to be filled in",
     "Records of which only 'required' was asked may be filled with anything. --min-coverage asks for a share."},
    {"clean", "a record in which no error rule failed and none could not be told; in money: the money of such records",
     "Warnings, suppressions and baselines have no say in it. See also: strict, accepted, undecided."},
    {"cohort", "the records dated in the last days: 7d, 90d",
     "Is new data better than old? By the field that 'dated_by' names; the days stand under 'score: {cohorts: [7d, 90d]}'.\n"
     "Undated records are in no cohort."},
    {"completeness", "how much is filled in: fields filled, and records with all fields filled",
     "The first counts cells, the second records. As a dimension: the score of the rules that ask for a value."},
    {"confidence", "the share of assessed records (of their money) that can be reported on with no known error",
     "100 * weight of the clean records / weight of the assessed ones, for a set of rules S and a part of the records. A\n"
     "report's S are the error rules about its fields. It is a share, not a probability, and says nothing of what no rule\n"
     "looks at: see unguarded."},
    {"coverage", "the share of assessed records that were checked for more than being filled in",
     "--min-coverage asks for it: a high confidence of records of which nothing but 'required' was asked says little. See also:\n"
     "checked. (Of rules test --uncovered it is what no example or test shows.)"},
    {"delays", "an effect: what is wrong makes the record come late into a report",
     "The effect of timeliness, unless the rule says another."},
    {"digest", "a fingerprint of the taxonomy: two runs with the same digest were judged by the same rules",
     "It covers what can change a verdict or a score, in all files. Texts such as messages have a digest of their own."},
    {"dimension", "what a rule is about: completeness, validity, consistency, uniqueness, timeliness",
     "Each has a score of its own. The kind of the rule decides, or its 'dimension:'."},
    {"double_counts", "an effect: what is wrong makes a report count something twice",
     "The effect of uniqueness, unless the rule says another."},
    {"drops", "an effect: what is wrong makes the record drop out of a report",
     "The effect of completeness, unless the rule says another: a lead without a source is in no row."},
    {"drops out", "in reports: money or records that are missing there, as what is wrong keeps them out",
     "The effect 'drops': a lead without a source is in no row, and the report shows too little."},
    {"effect", "which way a report goes wrong: drops, misplaces, double_counts, delays, hygiene",
     "In reports: drops out, misplaced, twice, late, untidy. The rule's dimension decides, or its 'effect:'."},
    {"excluded", "records taken out before judging, by the population's 'exclude:'",
     "Counted and printed first, with the reason. 'max_excluded' limits how many may go."},
    {"fix first", "what to repair, in the order that lifts the score most: see plan, gain, share",
     "'Do this first' in the text report. Per record type and per report, by money where there is any."},
    {"fixer", "who repairs the record: 'fixed_by:' of the rule, else its owner",
     "May differ by record: fixed_by: {field: region, map: {emea: sdr-emea}, else: ops}. --findings-by fixer=DIR writes a\n"
     "file for each."},
    {"gain", "the points that become clean if this rule is repaired and no other",
     "Only the records that fail this rule alone: it may be 0 for a rule that fails often. All gains together are at most\n"
     "what is lost. See also: share."},
    {"grandfathered", "records older than the rule: outside its 'applies:' dates",
     "A convention that begins on 2026-03-01 does not judge the names of before. They are counted beside the rule."},
    {"history", "the runs that check --history keeps, in one file per job: what changed since the last one, and why",
     "check --history=FILE, or 'history:' under 'check:' in mopslint.yaml; mopslint history list, show, compare, trend look into\n"
     "it. See also: trend."},
    {"hold", "the decision on a report: do not send it",
     "It misses its target or its --min-report, or a dataset check of a record type that it needs fails. Of a run that is\n"
     "not whole every report is on hold. See also: send."},
    {"hygiene", "an effect: untidy, but no report goes wrong by it",
     "The effect of warnings, unless the rule says another."},
    {"input fault", "what cannot be read: input.encoding, input.nul, input.ragged, input.json",
     "Error rules that apply only to the records they hit and belong to every score. Where it is not even certain where\n"
     "records end, the run is partial."},
    {"ladder", "the steps by which a written value is led to one of its vocabulary",
     "Exact, whitespace, case, separator, alias, deprecated; what is still unknown fails 'vocabulary'. The finding is that\n"
     "of the last step needed: one defect, one finding."},
    {"late", "in reports: money or records that come too late into the report",
     "The effect 'delays': what belongs to this month stands in the next one, or in none yet."},
    {"lift", "the steps that bring one report to what is asked of it",
     "The plan of that report's own records and rules, as far as its target."},
    {"meant", "what a written value stands for: 'Linked-In' means 'linkedin'",
     "Conditions, references, uniqueness and comparisons read the meant form, so a spelling is one finding and no more."},
    {"misplaced", "in reports: money or records that stand in the wrong row",
     "The effect 'misplaces': 'Linked-In' and 'linkedin' are two rows, so each shows too little. The total is right, its parts\n"
     "are not."},
    {"misplaces", "an effect: what is wrong puts the record in the wrong row of a report",
     "The effect of validity and consistency, unless the rule says another: reports group by the written value."},
    {"new", "in 'new (7 d)': the share of clean records among those dated in the last 7 days",
     "The first of 'score: {cohorts: [7d, 90d]}', by the field that 'dated_by' names. Lower than the share of all: it is\n"
     "getting worse. New against --baseline are findings that are not in it. See also: cohort, baseline."},
    {"not applicable", "the rule asks nothing of this record: neither a pass nor a failure",
     "Its 'when' is false, the record is outside its dates, or the value is blank, which 'required' answers."},
    {"origin", "the file or pack that a rule comes from",
     "Ids never hold it: a rule keeps its id when it moves."},
    {"owner", "who decides what is right: of the rule, else of its field, vocabulary, record type, taxonomy",
     "Who repairs the record may be another: see fixer."},
    {"partial", "the data was not read whole: exit status 3, and no score",
     "A cut file, a read error, a page that did not come. Nothing is said of a part as if it were all."},
    {"phase-in", "the time in which a rule is a warning before it becomes an error",
     "phase_in: {severity: warning, until: 2027-01-15}. The report says what it will cost."},
    {"plan", "repairs one after the other, each the one that makes most clean then, with the score after it",
     "Greedy: the next step is chosen knowing that those before it are done. Steps that lift nothing alone are named all the\n"
     "same where a later one needs them."},
    {"points", "percent of all records (of all money) of the score",
     "What a rule costs: its share of what is not clean. The points of all rules add up to 100 - confidence. See also: gain,\n"
     "share."},
    {"proposal", "what to write instead of a value that is wrong",
     "Certain ones keep the meaning and go into --repairs; others are guesses, told as 'did you mean'."},
    {"sample", "some records that fail, to look at: those with the smallest hash",
     "The same ones whatever the order of the data. --max-samples says how many; --findings FILE has every finding."},
    {"send", "the decision on a report: what is asked of it is met",
     "Without a target and without --min-report there is nothing to decide by, and it is neither send nor hold."},
    {"severity", "error or warning: the one lever of a rule",
     "Only errors move the score and decide the exit status; strict counts warnings too. Rules have no weights, so that no\n"
     "trivial rule can lift a score."},
    {"share", "the points that a rule costs: what is not clean, split evenly among the rules that fail in a record",
     "A record that fails three rules gives each a third (the Shapley value). All shares add up to 100 - confidence. The\n"
     "dataset check of that name is another thing: how often some values stand in a column."},
    {"signature", "what a record failed, with all that scores depend on",
     "Records with the same signature are counted, not kept: that is how a million of them fit."},
    {"slice", "the records with one value of a field: an import, a business unit",
     "score: {slices: [import_batch]} gives each value a score; blank is a slice of its own."},
    {"strict", "the share of records with no error and no warning",
     "It stands beside the confidence and decides nothing."},
    {"suppressed", "findings let pass for a time, with a reason, by the taxonomy's 'suppressions'",
     "They do not decide the exit status; no score moves but 'accepted'. An expired one suppresses nothing and is listed."},
    {"target", "the least confidence at which a report may be sent",
     "target: 95 asks it of the records alone, target: {records: 95, value: 90} of the money too. A score that is null does\n"
     "not meet it."},
    {"too few", "fewer than 100 assessed records: the share may be chance",
     "Marked with *."},
    {"trend", "a score now beside what it was in earlier runs",
     "Needs a history: check --history, then mopslint history trend. Without an earlier run there is none."},
    {"twice", "in reports: money or records that the report counts more than once",
     "The effect 'double_counts': the same person or deal stands in two records, and the report shows too much."},
    {"undated", "records without a date that can be read: judged as of --now, and in no cohort",
     "By the field that 'dated_by' names."},
    {"undecided", "a rule that could not be told on a record: the record is not clean",
     "What it reads is missing, unreadable, or not known to its type or vocabulary; or a pattern reached its limit. An error\n"
     "rule undecided counts against the score as a failure does: a lost value never raises it."},
    {"unguarded", "a field that a report needs and no error rule looks at",
     "Its confidence says nothing of that field."},
    {"untidy", "in reports: what is wrong by a rule, but moves no figure of a report",
     "The effect 'hygiene', that of warnings unless the rule says another."},
    {"unweighed", "records inside the weight's 'where' without a valid weight",
     "More than 5 % of a score's records (score: {max_unweighted: 10%} allows more) and it has no value basis."},
    {"value basis", "a score by money (or another weight) instead of by records",
     "weight: {field: amount}. Both stand side by side and are never blended: 82 % of the records may be 68 % of the money.\n"
     "Records outside the weight's 'where' weigh nothing."},
    {"weight", "what a record counts for on the value basis: an amount, in one currency",
     "See value basis."},
    {"went on", "of the records that came to a stage: those that came to any later one on the path, an end among them",
     "'lost' is a later stage as 'won' is: where a lifecycle has several ends, the report says how many went to each. A stage\n"
     "with 'off_path: true' is none of them: who goes there from the path did not go on."},
    {"written", "the value as the source holds it, byte for byte",
     "Patterns, case, length and lists look at it; nothing is trimmed behind your back. See also: meant."},
    {NULL, NULL, NULL}};
/* clang-format on */

static bool same(const char *word, struct mop_sv text)
{
    if (strlen(word) != text.n)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i] == '-' || text.p[i] == '_' ? ' ' : text.p[i];
        char w = word[i] == '-' || word[i] == '_' ? ' ' : word[i];
        if (tolower((unsigned char)c) != w)
            return false;
    }
    return true;
}

const struct mop_word *mop_word_find(struct mop_sv text)
{
    text = mop_sv_trim(mop_sv_sub(text, 0, mop_sv_find(text, '('))); /* "new (7 d)" */
    for (const struct mop_word *w = mop_words_of_reports; w->word; w++)
        if (same(w->word, text))
            return w;
    return NULL;
}
