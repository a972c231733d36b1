/* SPDX-License-Identifier: MIT */
#ifndef MOP_SECTIONS_H
#define MOP_SECTIONS_H
#include "report/page.h"

/* The sections of a report for people, in the order of its first screen (design.md section 5). */
void mop_section_partial(struct mop_page *p); /* only of a run that broke off: first and loudly */
void mop_section_top(struct mop_page *p);     /* the verdict in plain words */
/* False: told by the verdict, not on the first screen, which tells some about each. */
bool mop_reason_is_first(const struct mop_result *r, size_t i);
void mop_section_head(struct mop_page *p);    /* what was judged, by which taxonomy, as of when */
void mop_section_reports(struct mop_page *p); /* can we report on it */
void mop_section_losses(struct mop_page *p);  /* of it: how much is wrong, and which way */
void mop_section_plan(struct mop_page *p);    /* do this first */
void mop_section_hold(struct mop_page *p);    /* of it: what lifts the reports on hold */
/* "SEND after 11 repairs, 187 records, by demand-gen"; "": nobody knows. */
struct mop_sv mop_way_text(struct mop_page *p, const struct mop_report_result *x);
void mop_section_since(struct mop_page *p); /* what changed since an earlier run */
void mop_section_new(struct mop_page *p);   /* what is not in the baseline */
/* What all pages say of what changed in the same words: its heading; runs that did not finish, the
 * rules then and now; what stands behind the points of the rules; that no score moved, if none did.
 */
void mop_since_heading(struct mop_page *p, const struct mop_since *s);
void mop_since_say_before(struct mop_page *p, const struct mop_since *s);
void mop_since_say_causes(struct mop_page *p, const struct mop_since *s);
void mop_since_say_still(struct mop_page *p, const struct mop_since *s);
/* Is the score told, and the count? Counts by a point of their whole, records by any number. */
bool mop_since_wanted(const struct mop_page *p, const struct mop_score_since *s, bool money);
/* " (19.8 %)" where the shares of what fails went one way, and the numbers did not. */
struct mop_sv mop_since_rate(struct mop_page *p, const struct mop_rule_since *r, uint64_t failed,
                             uint64_t of);
/* Without what came or went with a column, which is told with that, and rules that the causes tell.
 */
const struct mop_since *mop_since_told(struct mop_page *p, const struct mop_since *s);
/* "by the rules"; "" by the same rules. `between`: what the earlier ones made of it. */
struct mop_sv mop_since_whose(struct mop_page *p, const struct mop_since *s, enum mop_whose by,
                              struct mop_sv between);
bool mop_since_noticed(const struct mop_count_since *c);
int64_t mop_since_share(uint64_t n, uint64_t total); /* tenths of a percent */
/* Is there a run to compare with? */
static inline bool mop_is_compared(const struct mop_result *r)
{
    return r->since && !r->since->first;
}
void mop_section_gaps(struct mop_page *p);      /* what was not judged */
void mop_section_mind(struct mop_page *p);      /* what was judged, but has to be kept in mind */
void mop_section_mind_else(struct mop_page *p); /* of it: all but suppressions */
void mop_section_rules(struct mop_page *p); /* rules by what they cost, with their worst values */
void mop_section_lifecycles(struct mop_page *p); /* how records move from stage to stage */
/* One of them: its heading; its tables. False: nothing is in it. */
bool mop_lifecycle_heading(struct mop_page *p, const struct mop_lifecycle_result *y);
void mop_lifecycle_tables(struct mop_page *p, const struct mop_lifecycle_result *y);
void mop_section_datasets(struct mop_page *p);
void mop_section_fixers(struct mop_page *p); /* who has how much to repair */
void mop_section_scores(
    struct mop_page *p);                   /* dimension, strict, accepted, checked, completeness */
void mop_section_look(struct mop_page *p); /* where to look: records */
void mop_section_verdict(struct mop_page *p);

/* ---- what sections share ---- */

/* One line of 'can we report on it': a report, or where none is declared all records of a type. */
struct mop_report_line {
    struct mop_sv name, owner;
    struct mop_score_pair score, fresh; /* fresh: of the first cohort */
    bool has_fresh;
    const struct mop_score_since *since; /* NULL: there is no earlier run */
    struct mop_sv note;                  /* why there is no score */
};
struct mop_report_line *mop_report_lines(struct mop_page *p, size_t *n); /* in the page's arena */
/*
 * Which of the reports a list has room for, and how many those are: the ones on hold come before
 * the others, and all stand in the taxonomy's order. The JSON report has them all.
 */
enum { MOP_REPORTS_BRIEF = 30, MOP_REPORTS_FULL = 100 };
struct mop_chosen {
    const bool *is; /* by the report's number */
    size_t n;
};
struct mop_chosen mop_choose_reports(struct mop_page *p, size_t brief, size_t full);
#define MOP_MORE_REPORTS "reports, all of which are in the JSON report (-f json)"
struct mop_sv mop_target_text(struct mop_arena *a, const struct mop_report_spec *s);
/* "50.0 % of 6*": of how few is told with the star. */
struct mop_sv mop_share_of_few(struct mop_arena *a, const struct mop_score_pair *s);
bool mop_line_of_few(const struct mop_report_line *l);
void mop_say_no_figure(struct mop_page *p, const struct mop_report_line *l);
/* What is wrong: of the rule, never with the values of one record. */
struct mop_sv mop_rule_words(struct mop_arena *a, const struct mop_check *c);
/* The same by the rule's kind, where the rule has no message of its own. */
struct mop_sv mop_rule_phrase(struct mop_arena *a, const struct mop_check *c);
/* An expected column that the check reads and some source does not have, or NULL. */
const struct mop_missing_column *mop_missing_somewhere(const struct mop_result *r,
                                                       const struct mop_check *c);
/* The expected column whose absence is all that the check found, or NULL; and that in words. */
const struct mop_missing_column *mop_missing_of(const struct mop_result *r,
                                                const struct mop_type_result *y,
                                                const struct mop_check *c);
struct mop_sv mop_missing_words(struct mop_arena *a, const struct mop_result *r,
                                const struct mop_missing_column *m);
struct mop_sv mop_rule_repairer(struct mop_arena *a, const struct mop_check *c);
/* The first record kept as a sample, "leads.csv:17 (L-17)"; empty if there is none. */
struct mop_sv mop_rule_example(struct mop_page *p, const struct mop_type_result *y,
                               const struct mop_check *c);
/* Overall; without a score where columns were taken as given or the run is partial. */
struct mop_score_pair mop_overall(const struct mop_result *r, const struct mop_type_result *y);
struct mop_score mop_scored(const struct mop_result *r, struct mop_score s);
/* "68.4 %", "-" without a score; a star where too few records stand behind it. */
struct mop_sv mop_share_text(struct mop_arena *a, const struct mop_score *s, uint64_t assessed);
/* What figures are shares of: "lead.amount"; "lead records" without a weight (SIZE_MAX). */
struct mop_sv mop_basis_name(struct mop_arena *a, const struct mop_record *r, size_t weight);
/* The same with the currency: "lead.amount EUR". */
struct mop_sv mop_basis_text(struct mop_arena *a, const struct mop_record *r, size_t weight);
/* How many lines of what is wrong there can be. Does the same money stand in two reports; what then
 * has to be said. */
size_t mop_most_losses(const struct mop_result *r);
bool mop_money_is_shared(const struct mop_result *r);
extern const char mop_money_shared[];
size_t mop_need_weight(const struct mop_need_result *n); /* index in its record, or SIZE_MAX */
/* Currency of a need's weight, else its field's name. */
const char *mop_need_unit(struct mop_arena *a, const struct mop_need_result *n);
const char *mop_type_unit(struct mop_arena *a, const struct mop_type_result *y);
/* Money in records of which `unweighed` have none that could be used: "-" where nothing is known.
 */
struct mop_sv mop_shown_loss(struct mop_arena *a, mop_i128 lost, uint64_t unweighed,
                             const struct mop_type_result *y);
void mop_say_few(struct mop_page *p); /* what the star behind a share means */
bool mop_has_type(const struct mop_result *r, const struct mop_record *record); /* a source of it */
/* The record types that a report needs and no source has: "deal and lead". */
struct mop_sv mop_absent_types(struct mop_arena *a, const struct mop_result *r,
                               const struct mop_report_result *x);
/* Findings that the suppression covers; what two of them cover counts for both. */
uint64_t mop_suppressed(const struct mop_result *r, const struct mop_suppression *s);
/* Rules that found something: those with a share in its order, then by findings. */
struct mop_rule_order {
    const struct mop_check *check;
    const struct mop_fix *fix; /* NULL: costs nothing */
    uint64_t findings;
};
/* How many rules found nothing; those of input are told only where they fail. */
void mop_say_passed(struct mop_page *p, const struct mop_type_result *y);
struct mop_rule_order *mop_rules_by_loss(struct mop_arena *a, const struct mop_type_result *y,
                                         size_t *n);
/* The failing rule because of which the other could not be told of some records: of a field that it
 * reads, or a fault of the input; NULL: there is none. */
const struct mop_check *mop_untold_cause(const struct mop_type_result *y,
                                         const struct mop_check *of);
/* Takes the rules out that found nothing of their own, with a line for each cause; how many are
 * left. */
size_t mop_fold_rules(struct mop_page *p, const struct mop_type_result *y, struct mop_rule_order *o,
                      size_t n);
/* Does the check read the field, tested, asked in `when` or derived from? */
bool mop_check_reads(const struct mop_check *c, const struct mop_field *f);
/* Was not all read? */
static inline bool mop_is_partial(const struct mop_result *r)
{
    return r->status == MOP_RUN_PARTIAL && !r->unkept && !r->unwritten;
}
/* Why mop_is_compared() is false, as a sentence. */
const char *mop_why_not_compared(const struct mop_result *r);
/* Behind "needs lead records, and": of a run that broke off nobody knows what a source has. */
static inline const char *mop_why_absent(const struct mop_result *r)
{
    return mop_is_partial(r) ? "none were read" : "no source has them";
}
#endif
