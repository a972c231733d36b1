/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* The kinds that answer blanks: required, blank, all_or_none. */

/* ---- required ---- */

static const char *const of_names[] = {"missing", "null", "empty", "blanks", "placeholder"};
enum { OF_NAMES = sizeof of_names / sizeof *of_names, OF_ALL = (1 << OF_NAMES) - 1 };

static int read_of(struct mop_scope *s, const struct mop_node *n, unsigned *of)
{
    struct mop_sv *names, known[OF_NAMES];
    size_t count;
    if (mop_read_texts(s, n, &names, &count))
        return -1;
    for (size_t k = 0; k < OF_NAMES; k++)
        known[k] = mop_sv_of(of_names[k]);
    *of = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned bit = 0;
        for (size_t k = 0; k < OF_NAMES; k++)
            if (mop_sv_eq(names[i], known[k]))
                bit = 1U << k;
        if (!bit) {
            mop_scope_fault(s, "bad-value", n, "'%.*s' is no kind of blank", MOP_SV_ARG(names[i]));
            mop_scope_hint(s, "one of missing, null, empty, blanks, placeholder");
            return -1;
        }
        *of |= bit;
    }
    return 0;
}

/* The short form's severity (`required: error`) is the check's: the loader reads it. Here only
 * `false` is wrong. */
static int required_compile(struct mop_scope *s, const struct mop_node *use,
                            const struct mop_node *opts, struct mop_test *t)
{
    struct mop_required *arg = mop_arena_alloc(s->arena, sizeof *arg);
    const struct mop_node *of = mop_option(use, opts, "of");
    arg->of = OF_ALL;
    t->arg = arg;
    if (use && use->kind == MOP_SCALAR && mop_sv_eqs(use->text, "false")) {
        mop_scope_fault(s, "bad-value", use, "'required: false' checks nothing");
        mop_scope_hint(s, "for a field that has to be blank write 'blank: true'");
        return -1;
    }
    if (!s->inline_ && mop_need_true(s, &mop_kind_required, use)) {
        mop_scope_hint(s, "a severity stands beside 'then'");
        return -1;
    }
    return of ? read_of(s, of, &arg->of) : 0;
}

static enum mop_outcome required_value(const struct mop_test *t, const struct mop_value *v,
                                       struct mop_run *run)
{
    const struct mop_required *arg = t->arg;
    (void)run;
    if (!MOP_IS_BLANK(v->state))
        return MOP_PASS;
    return arg->of & 1U << (v->state - MOP_ST_ABSENT) ? MOP_FAIL : MOP_NA;
}

static void required_explain(const struct mop_test *t, const struct mop_value *const *v,
                             struct mop_run *run, struct mop_words *w)
{
    (void)run;
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_blank(w, t->fields[0], v[0]);
}

#define OF "{\"enum\": [\"missing\", \"null\", \"empty\", \"blanks\", \"placeholder\"]}"
const struct mop_kind mop_kind_required = {
    .name = "required",
    .summary = "the field holds a value",
    .doc = "A record without the value drops out of every report that groups or filters by it. "
           "Missing, null, empty, blanks only and\n"
           "placeholders (see 'blanks') count as no value, and the message tells them apart.\n"
           "  bad   owner:             good  owner: dana\n"
           "What to do: fill the field in the source, or make it mandatory in the form that "
           "creates the record. Where only some\n"
           "records need it, say which: required: {when: {lifecycle_stage: opportunity}}. 'of: "
           "[placeholder]' answers only that blank.",
    .schema = MOP_SWITCH_SCHEMA,
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_COMPLETENESS,
    .flags = MOP_K_ASSERT | MOP_K_BLANK | MOP_K_SWITCH,
    .compile = required_compile,
    .options =
        (const struct mop_kind_option[]){
            {"of", "{\"anyOf\": [" OF ", {\"type\": \"array\", \"items\": " OF "}]}",
             "only these kinds of blank are answered"},
            {NULL, NULL, NULL}},
    .value = required_value,
    .explain = required_explain,
};

/* ---- blank ---- */

static const bool want_blank = true, want_value = false;

static int blank_compile(struct mop_scope *s, const struct mop_node *use,
                         const struct mop_node *opts, struct mop_test *t)
{
    bool blank = true;
    (void)opts;
    if (use && mop_read_bool(s, use, &blank))
        return -1;
    t->arg = blank ? &want_blank : &want_value;
    return 0;
}

static enum mop_outcome blank_value(const struct mop_test *t, const struct mop_value *v,
                                    struct mop_run *run)
{
    (void)run;
    return MOP_IS_BLANK(v->state) == *(const bool *)t->arg ? MOP_PASS : MOP_FAIL;
}

static void blank_explain(const struct mop_test *t, const struct mop_value *const *v,
                          struct mop_run *run, struct mop_words *w)
{
    (void)run;
    mop_say(w, "%.*s ", MOP_SV_ARG(t->fields[0]->name));
    if (MOP_IS_BLANK(v[0]->state)) {
        mop_say_blank(w, t->fields[0], v[0]);
        return;
    }
    mop_say(w, "is ");
    mop_say_written(w, t, v[0]);
    mop_say(w, " and should be empty");
}

const struct mop_kind mop_kind_blank = {
    .name = "blank",
    .summary = "the field holds no value (as a condition: it is blank)",
    .doc = "Some fields must stay empty: a loss reason on a deal that was won, an owner on a "
           "recycled lead. A value there contradicts\n"
           "another field, and one of the two is wrong.\n"
           "  bad   status: won, loss_reason: price        good  status: won, loss_reason:\n"
           "What to do: clear the field, or correct the field that says it must be empty.",
    .schema = "{\"$ref\": \"#/$defs/bool\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_CONSISTENCY,
    .flags = MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_BLANK | MOP_K_NEGATED,
    .compile = blank_compile,
    .value = blank_value,
    .explain = blank_explain,
};

/* ---- all_or_none ---- */

static int all_or_none_compile(struct mop_scope *s, const struct mop_node *use,
                               const struct mop_node *opts, struct mop_test *t)
{
    const struct mop_node *names =
        use && use->kind == MOP_LIST ? use : mop_option(use, opts, "fields");
    if (mop_need_use(s, &mop_kind_all_or_none, names, opts, "a list of fields") ||
        mop_test_reads_all(s, t, names))
        return -1;
    return t->nfields > 1
               ? 0
               : mop_scope_fault(s, "bad-value", names, "'all_or_none' wants two fields or more");
}

static enum mop_outcome all_or_none_row(const struct mop_test *t, const struct mop_value *const *v,
                                        struct mop_run *run)
{
    size_t blank = 0;
    (void)run;
    for (size_t i = 0; i < t->nfields; i++)
        blank += MOP_IS_BLANK(v[i]->state);
    return blank == 0 || blank == t->nfields ? MOP_PASS : MOP_FAIL;
}

static void say_fields(const struct mop_test *t, const struct mop_value *const *v, bool blank,
                       struct mop_words *w)
{
    size_t said = 0;
    for (size_t i = 0; i < t->nfields; i++)
        if (MOP_IS_BLANK(v[i]->state) == blank)
            mop_say(w, "%s%.*s", said++ ? ", " : "", MOP_SV_ARG(t->fields[i]->name));
}

static void all_or_none_explain(const struct mop_test *t, const struct mop_value *const *v,
                                struct mop_run *run, struct mop_words *w)
{
    (void)run;
    say_fields(t, v, false, w);
    mop_say(w, " filled without ");
    say_fields(t, v, true, w);
}

const struct mop_kind mop_kind_all_or_none = {
    .name = "all_or_none",
    .summary = "either all of the fields hold a value or none does",
    .doc = "Half a set of tags is worse than none: with utm_source alone the visit is taken out of "
           "its channel and lands in none.\n"
           "  bad   utm_source: google, utm_medium:, utm_campaign:\n"
           "  good  utm_source: google, utm_medium: cpc, utm_campaign: spring      (or all three "
           "empty)\n"
           "What to do: complete the set where the link is built, or leave all of it out.",
    .schema = "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 2, "
              "\"uniqueItems\": true}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_COMPLETENESS,
    .flags = MOP_K_ASSERT | MOP_K_BLANK | MOP_K_ROW | MOP_K_RECORD,
    .compile = all_or_none_compile,
    .options = (const struct mop_kind_option[]){{"fields", "{\"$ref\": \"#/$defs/texts\"}",
                                                 "all filled, or all blank"},
                                                {NULL, NULL, NULL}},
    .row = all_or_none_row,
    .explain = all_or_none_explain,
};
