/* SPDX-License-Identifier: MIT */
#include "report/sections.h"
#include "rules/args.h"
#include "rules/derive.h"
#include "rules/kind.h"
#include "rules/kind_url.h"
#include "rules/kinds.h"
#include <string.h>

/*
 * What a failing rule means, for people who do not know its id: by kind, behind the field's name.
 * `fails` is said where the test fails, `holds` where it is under a `not` and holds; NULL: the
 * kind's summary has to do. {other} are the other fields that the test reads, {last} the last one,
 * {all} all of them instead of the one field, {type} what a value of the field's type is.
 */
static const struct phrase {
    const char *kind, *fails, *holds;
} phrases[] = {
    {"required", "is not filled in", "is filled in where it should be empty"},
    {"blank", "is filled in where it should be empty", "is not filled in"},
    {"type", "is not {type}", "is {type} and should not be"},
    {"vocabulary", "has values that are not on the list", "has values that are ruled out"},
    {"values", "has values that are not on the list", "has values that are ruled out"},
    {"in", "has values that are not on the list", "has values that are ruled out"},
    {"in_vocabulary", "has values that are not on the list", "has values that are ruled out"},
    {"not_values", "has values that are ruled out", "has values outside the list"},
    {"not_in", "has values that are ruled out", "has values outside the list"},
    {"written", "is not written exactly as agreed", "is written as it must not be"},
    {"whitespace", "has stray blanks", NULL},
    {"case", "is in the wrong upper or lower case", "is in a case that is ruled out"},
    {"separator", "is written with other separators", NULL},
    {"alias", "goes by another name", NULL},
    {"deprecated", "has values that are no longer in use", NULL},
    {"provisional", "has values that are only provisional", NULL},
    {"in_group", "has values outside the group", "has values of a group that is ruled out"},
    {"pattern", "is not written as agreed", "is written as it must not be"},
    {"not_pattern", "holds what it must not", "does not hold what it must"},
    {"template", "does not follow the naming convention",
     "follows a naming convention that is ruled out"},
    {"length", "is too long or too short", "has a length that is ruled out"},
    {"range", "is out of range", "is in a range that is ruled out"},
    {"gt", "is not above its limit", "is above its limit"},
    {"gte", "is below its limit", "is not below its limit"},
    {"lt", "is not below its limit", "is below its limit"},
    {"lte", "is above its limit", "is not above its limit"},
    {"since", "is before the first day allowed", "is not before the day by which it should be"},
    {"within", "is too long ago, or in the future", "is too recent"},
    {"max_age", "is too old", "is not old enough"},
    {"equals_field", "disagrees with {other}", "is the same as {other} and should not be"},
    {"before", "is not before {other}", "is before {other} and should not be"},
    {"not_before", "is before {other} and should not be", "is not before {other}"},
    {"after", "is not after {other}", "is after {other} and should not be"},
    {"unique", "occurs more than once", "occurs only once"},
    {"references", "names something that does not exist", "names something that exists"},
    {"combinations", "{all} do not go together", "{all} go together and should not"},
    {"all_or_none", "{all} are filled in only in part", "{all} are all filled in, or none is"},
    {"determines", "goes with more than one {last}", "goes with one {last} only"},
    {"domain", "is at a domain that is not on the list", "is at a domain that is ruled out"},
    {"free-mail", "is a private mailbox", "is not a private mailbox"},
    {"disposable", "is a throw-away mailbox", "is not a throw-away mailbox"},
    {"role", "is a shared mailbox, not a person", "is a person, not a shared mailbox"},
    {"no_macros", "still holds a placeholder of the ad platform",
     "holds no placeholder of the ad platform"},
    {"no_pii", "holds personal data", "holds no personal data"},
    {"items", "lists an item that is not right", "lists nothing but right items"},
    {"skipped", "skips a stage", NULL},
    {"order", "has its stages in the wrong order of time", NULL},
    {"back", "went back without being recycled", NULL},
    {"transition", "changed in a way that is not allowed", NULL},
    {"requires", "is not filled in, and the record's stage asks for it", NULL},
    {"sla", "waited longer than agreed", NULL},
    {"input.encoding", "bytes that cannot be read", NULL},
    {"input.nul", "NUL bytes", NULL},
    {"input.ragged", "rows with too many or too few cells", NULL},
    {"input.json", "lines that are no JSON", NULL},
};

/* Of a rung of the items' vocabulary. */
static const struct {
    const char *rung, *fails;
} of_items[] = {
    {"whitespace", "lists items with stray blanks"},
    {"case", "lists items in the wrong upper or lower case"},
    {"separator", "lists items written with other separators"},
    {"alias", "lists items by another name"},
    {"deprecated", "lists items that are no longer in use"},
    {"provisional", "lists items that are only provisional"},
};

static const char *phrase_of_rung(const struct mop_test *t)
{
    const struct mop_kind *rung = t ? mop_items_rung_of(t) : NULL;
    for (size_t i = 0; rung && i < sizeof of_items / sizeof *of_items; i++)
        if (strcmp(of_items[i].rung, rung->name) == 0)
            return of_items[i].fails;
    return NULL;
}

/* Of two numbers nobody says that one is before the other. */
static const struct phrase of_numbers[] = {
    {"before", "is not less than {other}", "is less than {other} and should not be"},
    {"not_before", "is less than {other} and should not be", "is not less than {other}"},
    {"after", "is not more than {other}", "is more than {other} and should not be"},
};

static const struct phrase *phrase_of(const struct mop_kind *k, const struct mop_field *f)
{
    bool number = f && f->type && f->type->as == MOP_AS_NUMBER;
    for (size_t i = 0; k && number && i < sizeof of_numbers / sizeof *of_numbers; i++)
        if (strcmp(of_numbers[i].kind, k->name) == 0)
            return &of_numbers[i];
    for (size_t i = 0; k && i < sizeof phrases / sizeof *phrases; i++)
        if (strcmp(phrases[i].kind, k->name) == 0)
            return &phrases[i];
    return NULL;
}

/* What a phrase is said of. */
struct subject {
    const struct mop_field *field;
    struct mop_field *const *fields; /* all that the test reads */
    size_t n;
};

static void add_fields(struct mop_buf *b, const struct subject *s, size_t from)
{
    for (size_t i = from; i < s->n; i++)
        mop_buf_printf(b, "%s%.*s",
                       i == from      ? ""
                       : i + 1 < s->n ? ", "
                                      : " and ",
                       MOP_SV_ARG(s->fields[i]->name));
    if (from >= s->n)
        mop_buf_str(b, "the value agreed");
}

static void add_hole(struct mop_buf *b, const struct subject *s, struct mop_sv hole)
{
    const struct mop_type *type = s->field ? s->field->type : NULL;
    if (mop_sv_eqs(hole, "type"))
        mop_buf_str(b, type ? type->noun : "what it should be");
    else if (mop_sv_eqs(hole, "all"))
        add_fields(b, s, 0);
    else
        add_fields(b, s, mop_sv_eqs(hole, "last") && s->n ? s->n - 1 : 1);
}

static void add_phrase(struct mop_buf *b, const struct subject *s, struct mop_sv text)
{
    if (s->field && !mop_sv_starts(text, MOP_SV("{all}")))
        mop_buf_printf(b, "%.*s ", MOP_SV_ARG(s->field->name));
    while (text.n) {
        size_t open = mop_sv_find(text, '{'), shut = mop_sv_find(text, '}');
        mop_buf_sv(b, mop_sv_sub(text, 0, open));
        if (open < text.n)
            add_hole(b, s, mop_sv_sub(text, open + 1, shut));
        text = mop_sv_sub(text, open < text.n ? shut + 1 : text.n, text.n);
    }
}

static void add_words(struct mop_buf *b, const struct mop_kind *k, const struct mop_test *t,
                      const struct subject *s, bool holds)
{
    const struct phrase *p = phrase_of(k, s->field);
    const char *text = !p ? NULL : holds ? p->holds : p->fails;
    if (k == &mop_kind_url && t && !holds)
        text = mop_url_test_fault(t);
    if (phrase_of_rung(t))
        text = phrase_of_rung(t);
    if (text)
        add_phrase(b, s, mop_sv_of(text));
    else
        mop_buf_printf(b, "%.*s: %s: %s", MOP_SV_ARG(s->field ? s->field->name : MOP_SV("record")),
                       holds ? "this must not hold" : "this does not hold", k->summary);
}

/* Of an `all` one part that fails is enough, of an `any` all must; under a `not` the reverse. */
static void add_tree(struct mop_buf *b, const struct mop_expr *e, bool holds)
{
    enum { MOST = 3 };
    if (e->op == MOP_OP_TEST && e->test) {
        const struct mop_test *t = e->test;
        struct subject s = {t->nfields ? t->fields[0] : NULL, t->fields, t->nfields};
        add_words(b, t->kind, t, &s, holds);
        return;
    }
    if (e->op == MOP_OP_NOT) {
        add_tree(b, e->kids[0], !holds);
        return;
    }
    for (size_t i = 0; i < e->n && i < MOST; i++) {
        mop_buf_str(b, !i ? "" : (e->op == MOP_OP_ALL) == holds ? ", and " : ", or ");
        add_tree(b, e->kids[i], holds);
    }
    mop_buf_str(b, e->n > MOST ? ", ..." : "");
}

/* One test about the check's own field. */
static void add_check(struct mop_buf *b, const struct mop_check *c, const struct mop_test *t)
{
    struct subject s = {c->field       ? c->field
                        : c->nsubjects ? c->subjects[0]
                                       : NULL,
                        c->subjects, c->nsubjects};
    if (t && t->nfields) {
        s.fields = t->fields;
        s.n = t->nfields;
    }
    add_words(b, c->kind, t, &s, false);
}

struct mop_sv mop_rule_phrase(struct mop_arena *a, const struct mop_check *c)
{
    struct mop_buf b;
    const struct phrase *p = phrase_of(c->kind, NULL);
    const struct mop_test *t =
        c->assert_ && c->assert_->op == MOP_OP_TEST ? c->assert_->test : NULL;
    if (c->role == MOP_CHECK_INPUT || !c->kind)
        return mop_sv_of(p ? p->fails : "a fault of the input");
    if (c->role == MOP_CHECK_RECORD && strcmp(c->kind->name, "unique") == 0 && !c->field)
        return mop_arena_printf(a, "the same %.*s record occurs more than once",
                                MOP_SV_ARG(c->record->name));
    mop_buf_init(&b, 4096);
    if (c->assert_ && !t)
        add_tree(&b, c->assert_, false);
    else
        add_check(&b, c, t);
    const struct mop_derive *d = t && t->nfields == 1 ? t->fields[0]->derive : NULL;
    if (d && d->lookup)
        mop_buf_printf(
            &b, ": '%.*s' of the %.*s that '%.*s' names", MOP_SV_ARG(d->lookup->wanted->name),
            MOP_SV_ARG(d->lookup->target->record->name), MOP_SV_ARG(d->lookup->via->name));
    struct mop_sv words = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return words;
}
