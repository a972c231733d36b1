/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "rules/kind.h"
#include "score/score.h"
#include <string.h>

/*
 * What a failing rule means, for people who do not know its id: by kind, behind the field's name.
 * A kind that is not here is told by its own summary.
 */
static const struct {
    const char *kind, *words;
} phrases[] = {
    {"required", "is not filled in"},
    {"blank", "is filled in where it should be empty"},
    {"type", "cannot be read as what it should be"},
    {"vocabulary", "has values that are not on the list"},
    {"values", "has values that are not on the list"},
    {"whitespace", "has stray blanks"},
    {"case", "is in the wrong upper or lower case"},
    {"separator", "is written with other separators"},
    {"alias", "goes by another name"},
    {"deprecated", "has values that are no longer in use"},
    {"provisional", "has values that are only provisional"},
    {"not_values", "has values that are ruled out"},
    {"in_group", "has values outside the group"},
    {"pattern", "is not written as agreed"},
    {"not_pattern", "holds what it must not"},
    {"template", "does not follow the naming convention"},
    {"length", "is too long or too short"},
    {"range", "is out of range"},
    {"max_age", "is too old"},
    {"since", "is too early"},
    {"within", "is too long ago"},
    {"equals_field", "disagrees with another field"},
    {"before", "is not before another date"},
    {"not_before", "is before a date that it should follow"},
    {"after", "is not after another date"},
    {"unique", "occurs more than once"},
    {"references", "names something that does not exist"},
    {"combinations", "does not go together with the other fields"},
    {"all_or_none", "is filled in without its companions, or they without it"},
    {"determines", "differs between records that should agree"},
    {"domain", "is at a domain that is not ours to count"},
    {"free-mail", "is a private mailbox"},
    {"disposable", "is a throw-away mailbox"},
    {"role", "is a shared mailbox, not a person"},
    {"url", "is a link that loses its tracking"},
    {"no_macros", "still holds a placeholder of the ad platform"},
    {"no_pii", "holds personal data"},
    {"skipped", "skips a stage"},
    {"order", "has its stages in the wrong order of time"},
    {"requires", "is at a stage that asks for more than is there"},
    {"sla", "waited longer than agreed"},
    {"input.encoding", "bytes that cannot be read"},
    {"input.nul", "NUL bytes"},
    {"input.ragged", "rows with too many or too few cells"},
    {"input.json", "lines that are no JSON"},
};

static const char *phrase_of(const struct mop_kind *k)
{
    for (size_t i = 0; k && i < sizeof phrases / sizeof *phrases; i++)
        if (strcmp(phrases[i].kind, k->name) == 0)
            return phrases[i].words;
    return NULL;
}

/* A rule's own message without the values of a record: {field} reads <field>. */
static struct mop_sv own_words(struct mop_arena *a, struct mop_sv text)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        bool hole = open < shut && shut < text.n;
        mop_buf_sv(&b, mop_sv_sub(text, 0, hole ? open : text.n));
        if (hole)
            mop_buf_printf(&b, "<%.*s>", MOP_SV_ARG(mop_sv_sub(text, open + 1, shut)));
        text = mop_sv_sub(text, hole ? shut + 1 : text.n, text.n);
    }
    struct mop_sv s = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return s;
}

struct mop_sv mop_rule_words(struct mop_arena *a, const struct mop_check *c)
{
    if (c->message.n)
        return own_words(a, c->message);
    const char *phrase = phrase_of(c->kind);
    if (c->role == MOP_CHECK_INPUT)
        return mop_sv_of(phrase ? phrase : "a fault of the input");
    const struct mop_field *f = c->field ? c->field : c->nsubjects ? c->subjects[0] : NULL;
    if (!phrase)
        return mop_arena_printf(a, "%.*s: not true that %s", MOP_SV_ARG(f ? f->name : c->id),
                                c->kind ? c->kind->summary : "what the rule says holds");
    if (c->role == MOP_CHECK_RECORD && strcmp(c->kind->name, "unique") == 0 && !c->field)
        return mop_arena_printf(a, "the same %.*s record occurs more than once",
                                MOP_SV_ARG(c->record->name));
    return mop_arena_printf(a, "%.*s %s", MOP_SV_ARG(f ? f->name : c->record->name), phrase);
}

/* Does every {hole} of the message stand for the field? */
static bool names_only(struct mop_sv text, const struct mop_field *f)
{
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        if (open >= shut || shut >= text.n)
            return true;
        if (!f || !mop_sv_eq(mop_sv_sub(text, open + 1, shut), f->name))
            return false;
        text = mop_sv_sub(text, shut + 1, text.n);
    }
    return true;
}

static bool all_say_the_same(const struct mop_rule_tally *t)
{
    for (size_t i = 1; i < t->nsamples; i++)
        if (!mop_sv_eq(t->samples[i].message, t->samples[0].message))
            return false;
    return t->nsamples > 0 && t->nsamples == t->failed;
}

struct mop_sv mop_rule_headline(struct mop_page *p, const struct mop_type_result *y,
                                const struct mop_check *c)
{
    const struct mop_rule_tally *t = &y->tally->rules_tally[c->index];
    if (c->message.n && all_say_the_same(t))
        return t->samples[0].message;
    if (c->message.n && t->nvalues == 1 && !t->values_over && names_only(c->message, c->field))
        return t->values[0].message;
    return mop_rule_words(&p->arena, c);
}

struct mop_sv mop_rule_repairer(struct mop_arena *a, const struct mop_check *c)
{
    if (c->fixed_by_field)
        return mop_arena_printf(a, "whoever has the record's %.*s",
                                MOP_SV_ARG(c->fixed_by_field->name));
    struct mop_sv who = c->fixed_by.n ? c->fixed_by : c->owner;
    return who.n ? who : MOP_SV("nobody named");
}

/* ---- scores in words ---- */

struct mop_score mop_scored(const struct mop_result *r, struct mop_score s)
{
    if (mop_is_partial(r))
        s.reason = "the data was not read whole";
    return s;
}

struct mop_score_pair mop_overall(const struct mop_result *r, const struct mop_type_result *y)
{
    struct mop_score_pair p = y->overall;
    if (r->columns_as_given && !p.records.reason)
        p.records.reason = "the columns were taken as given";
    if (r->columns_as_given && !p.value.reason)
        p.value.reason = "the columns were taken as given";
    p.records = mop_scored(r, p.records);
    p.value = mop_scored(r, p.value);
    return p;
}

struct mop_sv mop_share_text(struct mop_arena *a, const struct mop_score *s, uint64_t assessed)
{
    int64_t tenths = mop_score_tenths(s);
    if (tenths < 0)
        return MOP_SV("-");
    return mop_arena_printf(a, "%.*s %%%s", MOP_SV_ARG(mop_shown_tenths(a, tenths)),
                            assessed < MOP_TOO_FEW ? "*" : "");
}

static bool lower(const struct mop_score *a, const struct mop_score *b)
{
    if (!a->assessed || !b->assessed)
        return a->assessed > b->assessed;
    if (a->reason || b->reason)
        return a->reason && !b->reason;
    return a->clean * b->assessed < b->clean * a->assessed;
}

struct mop_score_pair mop_report_cohort(const struct mop_report_result *p, size_t k,
                                        const struct mop_need_result **value_of)
{
    struct mop_score_pair low = {.records.reason = "no needed record type has a date"};
    bool any = false;
    *value_of = NULL;
    for (size_t i = 0; i < p->nneeds; i++) {
        if (k >= p->needs[i].ncohorts)
            continue;
        const struct mop_score_pair *s = &p->needs[i].cohorts[k].score;
        if (mop_cohorts_lost(p->needs[i].type->tally)) {
            *value_of = s->has_value ? &p->needs[i] : NULL;
            return *s;
        }
        if (!any || lower(&s->records, &low.records))
            low.records = s->records;
        if (s->has_value && (!low.has_value || lower(&s->value, &low.value))) {
            low.value = s->value;
            low.has_value = true;
            *value_of = &p->needs[i];
        }
        any = true;
    }
    return low;
}

static const char *unit_of(struct mop_arena *a, const struct mop_record *r, size_t weight)
{
    if (weight >= r->nweights || !r->weights[weight])
        return "";
    const struct mop_weight *w = r->weights[weight];
    struct mop_sv unit = w->to.n            ? w->to
                         : w->currency_is.n ? w->currency_is
                         : w->field         ? w->field->name
                                            : MOP_SV("");
    return mop_arena_str(a, unit);
}

const char *mop_need_unit(struct mop_arena *a, const struct mop_need_result *n)
{
    size_t own = n->type->record->own_weight ? 0 : SIZE_MAX;
    return unit_of(a, n->need->record, n->need->weight != SIZE_MAX ? n->need->weight : own);
}

const char *mop_type_unit(struct mop_arena *a, const struct mop_type_result *y)
{
    return unit_of(a, y->record, y->record->own_weight ? 0 : SIZE_MAX);
}

uint64_t mop_suppressed(const struct mop_result *r, const struct mop_suppression *s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < r->ntypes; i++) {
        const struct mop_type_result *y = &r->types[i];
        for (size_t k = 0; k < y->record->nchecks; k++) {
            const struct mop_check *c = y->record->checks[k];
            bool named = mop_sv_eq(c->id, s->rule) ||
                         (c->renamed_from.n && mop_sv_eq(c->renamed_from, s->rule));
            if (named && (!s->record || s->record == y->record))
                n += y->tally->rules_tally[k].suppressed;
        }
    }
    return n;
}
