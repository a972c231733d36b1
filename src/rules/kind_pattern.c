/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"

/* pattern: the whole value; not_pattern: found nowhere in it. */

struct pattern {
    struct mop_regex *regex;
    struct mop_sv text;
};

static int pattern_compile(struct mop_scope *s, const struct mop_node *use,
                           const struct mop_node *opts, struct mop_test *t)
{
    struct pattern *p = mop_arena_alloc(s->arena, sizeof *p);
    const struct mop_node *nocase = mop_option(NULL, opts, "ignore_case");
    unsigned flags = t->kind == &mop_kind_pattern ? MOP_RX_WHOLE : 0;
    bool on = false;
    t->arg = p;
    if (mop_need_use(s, t->kind, use, opts, "a regular expression") ||
        mop_read_text(s, use, &p->text))
        return -1;
    if (nocase && mop_read_bool(s, nocase, &on))
        return -1;
    p->regex = mop_read_regex(s, use, flags | (on ? MOP_RX_NOCASE : 0), MOP_PATTERN_VALUE);
    return p->regex ? 0 : -1;
}

const struct mop_regex *mop_test_regex(const struct mop_test *t)
{
    const struct pattern *p =
        t->kind == &mop_kind_pattern || t->kind == &mop_kind_not_pattern ? t->arg : NULL;
    return p ? p->regex : NULL;
}

static enum mop_regex_result look(const struct mop_test *t, const struct mop_value *v,
                                  struct mop_run *run)
{
    const struct pattern *p = t->arg;
    return mop_regex_match(p->regex, run->match, mop_test_text(t, v, false));
}

static enum mop_outcome pattern_value(const struct mop_test *t, const struct mop_value *v,
                                      struct mop_run *run)
{
    static const enum mop_outcome out[] = {
        [MOP_RX_NO] = MOP_FAIL, [MOP_RX_YES] = MOP_PASS, [MOP_RX_LIMIT] = MOP_UNDECIDED};
    return out[look(t, v, run)];
}

static enum mop_outcome not_pattern_value(const struct mop_test *t, const struct mop_value *v,
                                          struct mop_run *run)
{
    static const enum mop_outcome out[] = {
        [MOP_RX_NO] = MOP_PASS, [MOP_RX_YES] = MOP_FAIL, [MOP_RX_LIMIT] = MOP_UNDECIDED};
    return out[look(t, v, run)];
}

/* Blanks around the value are the usual reason, and taking them away keeps the meaning. */
static bool trimmed_is_right(const struct pattern *p, struct mop_sv trimmed, size_t before,
                             struct mop_run *run)
{
    return trimmed.n && trimmed.n < before &&
           mop_regex_match(p->regex, run->match, trimmed) == MOP_RX_YES;
}

static void pattern_explain(const struct mop_test *t, const struct mop_value *const *v,
                            struct mop_run *run, struct mop_words *w)
{
    const struct pattern *p = t->arg;
    struct mop_sv trimmed = mop_sv_trim(v[0]->written);
    mop_say_written(w, t, v[0]);
    if (trimmed_is_right(p, trimmed, v[0]->written.n, run)) {
        mop_say(w, " has blanks around ");
        mop_say_value(w, t->fields[0], trimmed);
        mop_propose(w, trimmed, true);
        return;
    }
    mop_say(w, " is not written as %.*s asks: ", MOP_SV_ARG(t->fields[0]->name));
    mop_say_value(w, NULL, p->text);
}

static void not_pattern_explain(const struct mop_test *t, const struct mop_value *const *v,
                                struct mop_run *run, struct mop_words *w)
{
    mop_say_written(w, t, v[0]);
    if (look(t, v[0], run) != MOP_RX_YES)
        return;
    struct mop_sv found = mop_match_group(run->match, 0);
    if (found.n && found.n < v[0]->written.n) {
        mop_say(w, " contains ");
        mop_say_value(w, t->fields[0], found);
        mop_say(w, ", which is not allowed in %.*s", MOP_SV_ARG(t->fields[0]->name));
    } else {
        mop_say(w, " is not allowed in %.*s", MOP_SV_ARG(t->fields[0]->name));
    }
}

const struct mop_kind mop_kind_pattern = {
    .name = "pattern",
    .summary = "the whole value has the form of a regular expression",
    .doc = "For codes and ids whose form is agreed on. The whole value is matched (no ^ $ needed), "
           "as the source holds it; \\d \\w \\s are\n"
           "ASCII. In single quotes YAML leaves backslashes alone: pattern: 'C-\\d{4}'. For "
           "composed names use a template: its\n"
           "message names the part that is wrong.\n"
           "  bad   campaign_id: C-12            good  campaign_id: C-0012\n"
           "What to do: correct the value; give the rule a 'message' that says the form in words.",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_CONDITION | MOP_K_WRITTEN,
    .compile = pattern_compile,
    .options = (const struct mop_kind_option[]){{"ignore_case", "{\"$ref\": \"#/$defs/bool\"}",
                                                 "capital and small letters are alike"},
                                                {NULL, NULL, NULL}},
    .value = pattern_value,
    .explain = pattern_explain,
};

const struct mop_kind mop_kind_not_pattern = {
    .name = "not_pattern",
    .summary = "a regular expression is found nowhere in the value",
    .doc = "For what must not stand anywhere in a value: a copy's suffix, a year of the past, a "
           "character that breaks an import.\n"
           "  not_pattern: ' - Copy( \\d+)?$'       bad  name: Spring sale - Copy 2       good  "
           "name: Spring sale\n"
           "What to do: take the named piece out of the value.",
    .schema = "{\"type\": \"string\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_USE | MOP_K_ASSERT | MOP_K_WRITTEN,
    .compile = pattern_compile,
    .options = (const struct mop_kind_option[]){{"ignore_case", "{\"$ref\": \"#/$defs/bool\"}",
                                                 "capital and small letters are alike"},
                                                {NULL, NULL, NULL}},
    .value = not_pattern_value,
    .explain = not_pattern_explain,
};
