/* SPDX-License-Identifier: MIT */
#include "report/sections.h"

/* What was not judged: a reader who trusts a percentage has to see what is not in it. Excluded
 * records come first. */

#define SHOWN(text) MOP_SV_ARG(mop_shown_text(&p->arena, (text), 60))
#define RECORDS(n, r)                                                                              \
    MOP_SV_ARG(                                                                                    \
        mop_shown_records(&p->arena, (uint64_t)(n), mop_shown_text(&p->arena, (r)->name, 60)))
#define COUNT(n) MOP_SV_ARG(mop_shown_count(&p->arena, (uint64_t)(n)))

static void say_excluded(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_tally *t = p->r->types[i].tally;
        const struct mop_record *rec = p->r->types[i].record;
        for (size_t k = 0; k < rec->nexcludes; k++)
            mop_item(p, MOP_TONE_PLAIN, "%.*s of %.*s %s taken out before judging: %.*s%s%.*s%s",
                     COUNT(t->excluded[k]), RECORDS(t->records, rec),
                     t->excluded[k] == 1 ? "was" : "were", SHOWN(rec->excludes[k].id),
                     rec->excludes[k].reason.n ? " (" : "", SHOWN(rec->excludes[k].reason),
                     rec->excludes[k].reason.n ? ")" : "");
    }
}

static void say_unassessed(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_tally *t = p->r->types[i].tally;
        uint64_t none = t->records - t->excluded_total - t->assessed;
        const struct mop_record *rec = p->r->types[i].record;
        if (none && t->records >= t->excluded_total + t->assessed)
            mop_item(p, MOP_TONE_PLAIN, "no error rule applies to %.*s of %.*s: %s in no score",
                     COUNT(none), RECORDS(t->records, rec), none == 1 ? "it is" : "they are");
    }
}

/* Money that nobody entered, or in a currency without a rate: the record is in the figures, its
 * money is not. `w`: which weight of the type. */
static void say_moneyless(struct mop_page *p, const struct mop_record *rec, size_t w,
                          const struct mop_score_pair *s, struct mop_sv whose)
{
    if (s->has_value && s->unweighed)
        mop_item(p, MOP_TONE_WARN, "%.*s%.*s %s no usable %.*s: %s money is in no figure",
                 MOP_SV_ARG(whose), RECORDS(s->unweighed, rec), s->unweighed == 1 ? "has" : "have",
                 MOP_SV_ARG(mop_basis_name(&p->arena, rec, w)),
                 s->unweighed == 1 ? "its" : "their");
}

/* By the type's own weight, else by those of reports. */
static void say_unweighed(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++)
        say_moneyless(p, p->r->types[i].record, 0, &p->r->types[i].overall, MOP_SV(""));
    for (size_t i = 0; i < p->r->nreports; i++)
        for (size_t k = 0; k < p->r->reports[i].nneeds; k++) {
            const struct mop_need_result *n = &p->r->reports[i].needs[k];
            if (n->need->weight != SIZE_MAX && n->need->weight >= n->need->record->own_weight)
                say_moneyless(
                    p, n->need->record, n->need->weight, &n->score,
                    mop_arena_printf(&p->arena, "'%.*s': ", SHOWN(p->r->reports[i].spec->name)));
        }
}

static void say_undecided(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_type_result *y = &p->r->types[i];
        if (y->overall.records.undecided)
            mop_item(p, MOP_TONE_WARN, "%.*s could not be told good from bad: counted as not clean",
                     RECORDS(y->overall.records.undecided, y->record));
    }
}

/* A rule, or several with one cause, that could not be told of some records. */
struct untold {
    const struct mop_check *first, *cause;
    size_t rules;
    uint64_t most; /* records of the rule that had most of them */
};

static size_t gather_untold(struct mop_page *p, const struct mop_type_result *y, struct untold *all)
{
    size_t n = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        const struct mop_check *c = y->record->checks[i];
        uint64_t records = y->tally->rules_tally[i].undecided;
        if (!records || mop_missing_of(p->r, y, c))
            continue;
        const struct mop_check *cause = mop_untold_cause(y, c);
        size_t k = 0;
        while (k < n && !(cause && all[k].cause == cause))
            k++;
        if (k == n)
            all[n++] = (struct untold){c, cause, 0, 0};
        all[k].rules++;
        all[k].most = records > all[k].most ? records : all[k].most;
    }
    return n;
}

/* Why: the rule that fails there, else what is not there to be read. */
static struct mop_sv untold_why(struct mop_page *p, const struct mop_type_result *y,
                                const struct untold *u)
{
    struct mop_arena *a = &p->arena;
    if (u->cause)
        return mop_arena_printf(
            a, "%.*s fails %s", SHOWN(u->cause->id),
            y->tally->rules_tally[u->cause->index].failed < u->most ? "in some of them" : "there");
    for (size_t i = 0; i < p->r->nmissing; i++) {
        const struct mop_missing_column *m = &p->r->missing[i];
        if (m->field->record == u->first->record && mop_check_reads(u->first, m->field))
            return mop_arena_printf(a, "%.*s has no column for %.*s",
                                    SHOWN(p->r->sources[m->source].name), SHOWN(m->field->name));
    }
    if (y->tally->dateless)
        return MOP_SV("a value or the date that it needs is not there");
    if (u->first->nsubjects)
        return mop_arena_printf(a, "%.*s cannot be told there", SHOWN(u->first->subjects[0]->name));
    return MOP_SV("what it reads cannot be told there");
}

static void say_untold(struct mop_page *p, const struct mop_type_result *y)
{
    struct untold *all = mop_arena_array(&p->arena, y->record->nchecks + 1, sizeof *all);
    size_t n = gather_untold(p, y, all), shown = mop_page_most(p, n, 5, 20);
    for (size_t i = 0; i < shown; i++) {
        const struct untold *u = &all[i];
        struct mop_sv which = u->rules == 1 ? mop_shown_text(&p->arena, u->first->id, 60)
                                            : mop_arena_printf(&p->arena, "%zu rules", u->rules);
        mop_item(p, MOP_TONE_WARN, "%.*s cannot be told of %s%.*s: %.*s", MOP_SV_ARG(which),
                 u->rules == 1 ? "" : "up to ", RECORDS(u->most, y->record),
                 MOP_SV_ARG(untold_why(p, y, u)));
    }
    mop_page_more(p, n, shown, "rules that cannot be told of some records");
}

/* A pattern that gave up on a value says more about the pattern than about the value. */
static void say_limited(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->ntypes; i++) {
        const struct mop_record *rec = p->r->types[i].record;
        for (size_t k = 0; k < rec->nchecks; k++)
            if (p->r->types[i].tally->rules_tally[k].limited)
                mop_item(p, MOP_TONE_WARN,
                         "%.*s reached its match limit and could not tell: simplify its pattern",
                         SHOWN(rec->checks[k]->id));
    }
}

/* ---- columns and types that are not there ---- */

static const char *without_it(const struct mop_result *r, const struct mop_field *f)
{
    for (size_t i = 0; i < f->record->nchecks; i++)
        if (f->record->checks[i]->role != MOP_CHECK_INPUT &&
            mop_check_reads(f->record->checks[i], f))
            return r->columns_as_given ? "its checks were left out"
                                       : "its checks fail or cannot be told";
    for (size_t i = 0; i < r->rules->nvocabularies; i++)
        if (r->rules->vocabularies[i]->from_field == f)
            return "a vocabulary is short of its values";
    return "no check reads it";
}

static void say_missing(struct mop_page *p)
{
    const struct mop_result *r = p->r;
    size_t told = 0, expected = 0, most = mop_page_most(p, r->nmissing, 5, 12);
    for (size_t i = 0; i < r->nmissing; i++) {
        const struct mop_missing_column *m = &r->missing[i];
        expected += m->expected;
        if (!m->expected || told == most)
            continue;
        told++;
        mop_item(p, MOP_TONE_BAD, "%.*s has no column for %.*s.%.*s: %s%s%.*s%s",
                 SHOWN(r->sources[m->source].name), SHOWN(m->field->record->name),
                 SHOWN(m->field->name), without_it(r, m->field),
                 m->nearest.n ? "; the nearest header is '" : "", SHOWN(m->nearest),
                 m->nearest.n ? "'" : "");
    }
    mop_page_more(p, expected, told, "expected columns missing");
}

/* Per source one line: what is not expected is not judged and changes no score. */
static void say_unlisted(struct mop_page *p, size_t source)
{
    const struct mop_result *r = p->r;
    struct mop_buf names;
    mop_buf_init(&names, 2000);
    for (size_t i = 0; i < r->nmissing; i++)
        if (r->missing[i].source == source && !r->missing[i].expected)
            mop_buf_printf(&names, "%s%.*s", names.n ? ", " : "", SHOWN(r->missing[i].field->name));
    if (names.n || names.over)
        mop_item(p, MOP_TONE_PLAIN,
                 "%.*s has no column for %.*s%s: checks of them were not applied",
                 SHOWN(r->sources[source].name), (int)names.n, names.p, names.over ? ", ..." : "");
    mop_buf_release(&names);
}

/* What was asked for and never came, one line each; what came and has no column, in one line. */
static void say_fields(struct mop_page *p, const struct mop_source_result *s)
{
    struct mop_buf names;
    size_t never = 0, told = 0, loose = 0, most = mop_page_most(p, s->ngaps, 5, 20);
    mop_buf_init(&names, 1000);
    for (size_t i = 0; i < s->ngaps; i++) {
        const struct mop_field_gap *g = &s->gaps[i];
        struct mop_sv at = mop_gap_place(&p->arena, g);
        never += g->mapped;
        if (!g->mapped && loose++ < most && !names.over)
            mop_buf_printf(&names, "%s%.*s", names.n ? ", " : "", SHOWN(at));
        if (g->mapped && told++ < most)
            mop_item(p, MOP_TONE_WARN, "%.*s: %.*s [%s]", SHOWN(s->name),
                     MOP_SV_ARG(mop_gap_words(&p->arena, g)), mop_gap_id(g));
    }
    mop_page_more(p, never, told < most ? told : most, "fields that came in no record");
    if (loose)
        mop_item(p, MOP_TONE_PLAIN, "%.*s: %zu name%s no column: %.*s%s [%s]", SHOWN(s->name),
                 loose, loose == 1 ? " came and has" : "s came and have", (int)names.n, names.p,
                 loose > most || names.over ? ", ..." : "", mop_gap_not_mapped);
    mop_buf_release(&names);
}

static void say_reports(struct mop_page *p)
{
    for (size_t i = 0; i < p->r->nreports; i++) {
        const struct mop_report_result *x = &p->r->reports[i];
        if (x->absent)
            mop_item(p, MOP_TONE_BAD, "'%.*s' needs %.*s records, and %s", SHOWN(x->spec->name),
                     MOP_SV_ARG(mop_absent_types(&p->arena, p->r, x)), mop_why_absent(p->r));
        else if (x->lowest_records && !x->lowest_records->score.records.assessed)
            mop_item(p, MOP_TONE_WARN, "no record that was judged is in '%.*s'",
                     SHOWN(x->spec->name));
        for (size_t k = 0; k < x->nneeds; k++)
            for (size_t f = 0; f < x->needs[k].nunguarded; f++)
                mop_item(p, MOP_TONE_WARN, "'%.*s' uses %.*s.%.*s, %s", SHOWN(x->spec->name),
                         SHOWN(x->needs[k].need->record->name),
                         SHOWN(x->needs[k].unguarded[f]->name),
                         x->needs[k].unguarded_now[f] ? "of which no error rule is left"
                                                      : "which no error rule guards");
    }
}

/* ---- rules that stood still ---- */

/* Of records in another source it was. */
static bool in_part(const struct mop_page *p, const struct mop_check *c)
{
    for (size_t i = 0; i < p->r->ntypes; i++)
        if (p->r->types[i].record == c->record)
            return p->r->types[i].tally->rules_tally[c->index].applied > 0;
    return false;
}

static void say_left_out(struct mop_page *p)
{
    const struct mop_ruleset *rs = p->r->rules;
    size_t given = mop_page_most(p, p->r->nleft_out, 10, 40);
    for (size_t i = 0; i < given; i++)
        mop_item(p, MOP_TONE_WARN, "%.*s was not judged%s: a column it reads is missing%s",
                 SHOWN(p->r->left_out[i]->id), in_part(p, p->r->left_out[i]) ? " everywhere" : "",
                 in_part(p, p->r->left_out[i]) ? " in some sources" : "");
    mop_page_more(p, p->r->nleft_out, given, "rules left out");
    size_t shown = mop_page_most(p, rs->nnot_judged, 5, 20);
    for (size_t i = 0; i < shown; i++)
        mop_item(p, MOP_TONE_PLAIN, "%.*s was not judged: %.*s", SHOWN(rs->not_judged[i].id),
                 SHOWN(rs->not_judged[i].reason));
    mop_page_more(p, rs->nnot_judged, shown, "rules left out");
    if (p->r->selection)
        mop_item(p, MOP_TONE_WARN, "only a selection of the rules was judged: %s", p->r->selection);
}

/* By somebody: rules of the input stand still as long as nothing is wrong. */
static bool is_written(const struct mop_type_result *y, size_t i)
{
    return y->record->checks[i]->role != MOP_CHECK_INPUT;
}

static bool is_idle(const struct mop_type_result *y, size_t i)
{
    return is_written(y, i) && !y->tally->rules_tally[i].applied;
}

/* ": lead.region.case, ..., and 3 more"; "" in the short form. */
static struct mop_sv idle_names(struct mop_page *p, const struct mop_type_result *y)
{
    enum { MOST = 40 };
    struct mop_sv names = MOP_SV("");
    size_t n = 0;
    for (size_t i = 0; i < y->record->nchecks && !p->brief; i++)
        if (is_idle(y, i) && n++ < MOST)
            names = mop_arena_printf(&p->arena, "%.*s%s%.*s", MOP_SV_ARG(names),
                                     n > 1 ? ", " : ": ", SHOWN(y->record->checks[i]->id));
    return n > MOST ? mop_arena_printf(&p->arena, "%.*s, and %zu more", MOP_SV_ARG(names), n - MOST)
                    : names;
}

static void say_idle(struct mop_page *p, const struct mop_type_result *y)
{
    size_t idle = 0, all = 0;
    for (size_t i = 0; i < y->record->nchecks; i++) {
        all += is_written(y, i);
        idle += is_idle(y, i);
    }
    if (idle)
        mop_item(p, MOP_TONE_PLAIN, "%zu of %zu rule%s for %.*s records applied to no record%.*s",
                 idle, all, all == 1 ? "" : "s", SHOWN(y->record->name),
                 MOP_SV_ARG(idle_names(p, y)));
}

void mop_section_gaps(struct mop_page *p)
{
    mop_heading(p, 1, "What was not judged");
    say_excluded(p);
    say_missing(p);
    say_reports(p);
    if (!mop_is_partial(p->r)) { /* else it only shows where the reading ended */
        say_undecided(p);
        for (size_t i = 0; i < p->r->ntypes; i++)
            say_untold(p, &p->r->types[i]);
        say_limited(p);
        say_unassessed(p);
        say_unweighed(p);
    }
    for (size_t i = 0; i < p->r->nsources; i++)
        say_unlisted(p, i);
    for (size_t i = 0; i < p->r->nsources; i++)
        say_fields(p, &p->r->sources[i]);
    say_left_out(p);
    for (size_t i = 0; i < p->r->ntypes && !mop_is_partial(p->r); i++)
        say_idle(p, &p->r->types[i]);
    if (!p->items)
        mop_para(p, MOP_TONE_PLAIN, "Nothing: every record that was read is in the figures.");
}
