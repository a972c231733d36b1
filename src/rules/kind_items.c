/* SPDX-License-Identifier: MIT */
#include "rules/kind_util.h"
#include "rules/kinds.h"

/*
 * items: each item of a value that holds several ("A;B;C"). The item is judged like a value of a
 * field of its own, with the type, vocabulary and checks that stand under `items`; the first thing
 * wrong with an item is what is said of it.
 */
struct items {
    struct mop_sv separator;
    bool trim;              /* blanks around an item belong to the separator */
    struct mop_field *item; /* stands for one item */
    struct mop_test **tests;
    size_t n; /* type, .vocabulary, rungs, then the rest in the order of the rule file */
};

static const struct mop_kind_option item_keys[] = {
    {"separator", "{\"$ref\": \"#/$defs/text\"}", "what stands between items; default ;"},
    {"trim", "{\"$ref\": \"#/$defs/bool\"}", "false: blanks around an item are part of it"},
    {"type", "{\"$ref\": \"#/$defs/type_name\"}", "what an item is"},
    {"vocabulary", NULL, NULL},
    {"values", "{\"$ref\": \"#/$defs/words\"}", "the allowed items"},
    {"pattern", NULL, NULL},
    {"not_pattern", NULL, NULL},
    {"not_values", NULL, NULL},
    {"case", NULL, NULL},
    {"length", NULL, NULL},
    {"range", NULL, NULL},
    {"domain", NULL, NULL},
    {"in_group", NULL, NULL},
    {"free-mail", NULL, NULL},
    {"disposable", NULL, NULL},
    {"role", NULL, NULL},
    {"no_macros", NULL, NULL},
    {"no_pii", NULL, NULL},
    {NULL, NULL, NULL}};
enum { OWN_KEYS = 2 }; /* the first of them are no kinds */

static const struct mop_kind *const ladder[] = {&mop_kind_vocabulary, &mop_kind_whitespace,
                                                &mop_kind_case,       &mop_kind_separator,
                                                &mop_kind_alias,      &mop_kind_deprecated};

/* ---- compiling ---- */

static int add_test(struct mop_scope *s, struct items *it, const struct mop_kind *k,
                    const struct mop_node *arg)
{
    const struct mop_node *opts = arg && arg->kind == MOP_MAPPING ? arg : NULL;
    struct mop_test *t = mop_arena_alloc(s->arena, sizeof *t);
    t->kind = k;
    t->at = arg ? arg->at : (struct mop_loc){0};
    mop_test_reads(s, t, it->item);
    it->tests[it->n++] = t;
    int rc = k->compile(s, opts ? mop_node_get(opts, "use") : arg, opts, t);
    it->item->personal |= t->personal;
    return rc;
}

static int read_type(struct mop_scope *s, struct items *it, const struct mop_node *n)
{
    struct mop_sv name;
    if (mop_read_text(s, n, &name))
        return -1;
    it->item->type = mop_type_find(name);
    if (!it->item->type)
        return mop_scope_fault(s, "unknown-type", n, "there is no type '%.*s'", MOP_SV_ARG(name));
    it->item->personal |= it->item->type->personal;
    return add_test(s, it, &mop_kind_type, n);
}

static int read_vocabulary(struct mop_scope *s, struct items *it, const struct mop_node *name,
                           const struct mop_node *values)
{
    it->item->vocabulary = name ? mop_scope_vocabulary(s, name) : mop_read_vocabulary(s, values);
    if (!it->item->vocabulary)
        return -1;
    for (size_t i = 0; i < sizeof ladder / sizeof *ladder; i++)
        if (add_test(s, it, ladder[i], NULL))
            return -1;
    return 0;
}

static bool read_before(const char *key)
{
    struct mop_sv k = mop_sv_of(key);
    return mop_sv_eqs(k, "type") || mop_sv_eqs(k, "vocabulary") || mop_sv_eqs(k, "values");
}

static int read_tests(struct mop_scope *s, struct items *it, const struct mop_node *use,
                      const struct mop_node *opts)
{
    const struct mop_node *type = mop_option(use, opts, "type"),
                          *name = mop_option(use, opts, "vocabulary");
    const struct mop_node *values = mop_option(use, opts, "values");
    if ((type && read_type(s, it, type)) ||
        ((name || values) && read_vocabulary(s, it, name, values)))
        return -1;
    for (size_t i = OWN_KEYS; item_keys[i].name; i++) {
        const struct mop_node *arg =
            read_before(item_keys[i].name) ? NULL : mop_option(use, opts, item_keys[i].name);
        bool rung = it->item->vocabulary &&
                    mop_sv_eqs(mop_sv_of(item_keys[i].name), "case"); /* is there already */
        if (arg && !rung && add_test(s, it, mop_kind_find(mop_sv_of(item_keys[i].name)), arg))
            return -1;
    }
    return 0;
}

static struct mop_field *item_field(struct mop_scope *s, const struct mop_field *f)
{
    struct mop_field *item = mop_arena_alloc(s->arena, sizeof *item);
    item->name = f->name;
    item->record = f->record;
    item->type_options = f->type_options;
    item->blanks = f->blanks;
    item->personal = f->personal;
    item->at = f->at;
    return item;
}

static int items_compile(struct mop_scope *s, const struct mop_node *use,
                         const struct mop_node *opts, struct mop_test *t)
{
    struct items *it = mop_arena_alloc(s->arena, sizeof *it);
    const struct mop_node *separator = mop_option(use, opts, "separator"),
                          *trim = mop_option(use, opts, "trim");
    struct mop_scope inner = *s;
    t->arg = it;
    it->separator = MOP_SV(";");
    it->trim = true;
    it->item = item_field(s, t->fields[0]);
    it->tests = mop_arena_array(
        s->arena, sizeof item_keys / sizeof *item_keys + sizeof ladder / sizeof *ladder,
        sizeof *it->tests);
    if (use && use->kind == MOP_MAPPING &&
        mop_check_option_keys(s, use, "separator", item_keys, "items"))
        return -1;
    if ((separator && mop_read_text(s, separator, &it->separator)) ||
        (trim && mop_read_bool(s, trim, &it->trim)))
        return -1;
    if (!it->separator.n)
        return mop_scope_fault(s, "bad-value", separator, "the separator is empty");
    inner.inline_ = true;
    inner.condition = false;
    inner.field = it->item;
    if (read_tests(&inner, it, use, opts))
        return -1;
    t->personal = it->item->personal;
    return it->n ? 0
                 : mop_scope_fault(s, "missing-value", mop_option_at(s, use, opts),
                                   "'items' checks nothing: give it a vocabulary, type or pattern");
}

/* ---- judging ---- */

static bool next_item(const struct items *it, struct mop_sv text, size_t *at, struct mop_sv *item)
{
    if (*at > text.n)
        return false;
    size_t end = *at;
    while (end < text.n && !mop_sv_starts(mop_sv_sub(text, end, text.n), it->separator))
        end++;
    *item = mop_sv_sub(text, *at, end);
    *at = end < text.n ? end + it->separator.n : text.n + 1;
    if (it->trim)
        *item = mop_sv_trim(*item);
    return true;
}

static enum mop_outcome ask(const struct mop_test *t, const struct mop_value *v,
                            struct mop_run *run)
{
    bool spelling = v->rung > MOP_RUNG_EXACT && v->rung < MOP_RUNG_PROVISIONAL;
    if (spelling && t->kind->flags & MOP_K_WRITTEN)
        return MOP_NA;
    return t->kind->flags & MOP_K_MEANT && !v->known ? MOP_NA : t->kind->value(t, v, run);
}

/* The first test that the item fails, or NULL. *worst: its outcome. A blank item is nothing: of
 * blanks speaks `required`, and it looks at the whole value. */
static const struct mop_test *judge_item(const struct items *it, struct mop_sv item,
                                         struct mop_run *run, struct mop_value *v,
                                         enum mop_outcome *worst)
{
    struct mop_cell cell = {.v = item, .presence = MOP_GIVEN};
    *worst = MOP_NA;
    mop_value_read(it->item, &cell, run, run->scratch, v);
    if (v->state != MOP_ST_VALUE)
        return NULL;
    for (size_t i = 0; i < it->n; i++) {
        enum mop_outcome o = ask(it->tests[i], v, run);
        *worst = o > *worst ? o : *worst;
        if (o == MOP_FAIL)
            return it->tests[i];
    }
    return NULL;
}

static enum mop_outcome items_value(const struct mop_test *t, const struct mop_value *v,
                                    struct mop_run *run)
{
    enum mop_outcome worst = MOP_NA, one;
    struct mop_value item_value;
    struct mop_sv item;
    for (size_t at = 0; worst != MOP_FAIL && next_item(t->arg, v->written, &at, &item);) {
        judge_item(t->arg, item, run, &item_value, &one);
        worst = one > worst ? one : worst;
    }
    return worst;
}

/* One item in the words of the check that it fails; its proposal, or itself, goes into the whole.
 */
static bool explain_item(const struct mop_test *failed, const struct mop_value *v, size_t number,
                         struct mop_run *run, struct mop_words *w, struct mop_buf *whole)
{
    struct mop_buf proposal;
    struct mop_words inner = *w;
    mop_buf_init(&proposal, 1 << 16);
    inner.proposal = &proposal;
    inner.certain = false;
    mop_say(w, "item %zu: ", number);
    failed->kind->explain(failed, &v, run, &inner);
    bool certain = inner.certain && proposal.n;
    mop_buf_sv(whole, certain ? mop_buf_view(&proposal) : v->written);
    mop_buf_release(&proposal);
    return certain;
}

static void items_explain(const struct mop_test *t, const struct mop_value *const *v,
                          struct mop_run *run, struct mop_words *w)
{
    const struct items *it = t->arg;
    size_t number = 0, said = 0;
    bool certain = true;
    enum mop_outcome o;
    struct mop_value item_value;
    struct mop_sv item;
    struct mop_buf whole;
    mop_buf_init(&whole, 1 << 20);
    for (size_t at = 0; next_item(it, v[0]->written, &at, &item);) {
        const struct mop_test *failed = judge_item(it, item, run, &item_value, &o);
        if (number++)
            mop_buf_sv(&whole, it->separator);
        if (!failed) {
            mop_buf_sv(&whole, item);
            continue;
        }
        mop_say(w, "%s", said++ ? "; " : "");
        certain &= explain_item(failed, &item_value, number, run, w, &whole);
    }
    if (said && certain && !whole.over)
        mop_propose(w, mop_buf_view(&whole), true);
    mop_buf_release(&whole);
}

const struct mop_kind mop_kind_items = {
    .name = "items",
    .summary = "each item of a value that holds several is right",
    .doc =
        "Multi-select fields hold 'GTX;MGX;Other' in one cell. Each item is judged like a value "
        "of its own: type, vocabulary, values,\n"
        "pattern, length and more stand under 'items', with the separator (default ';'). A blank "
        "item ('gtx;;mgx', or one of\n"
        "'blanks') is passed over.\n"
        "  interests: {items: {separator: ';', vocabulary: product}}       bad  gtx;mgxx       "
        "good  gtx;mgx\n"
        "What to do: correct the named item; the proposal rewrites the whole cell when every "
        "item has a certain one.",
    .schema = "{\"$ref\": \"#/$defs/options_items\"}",
    .severity = MOP_SEV_ERROR,
    .dimension = MOP_DIM_VALIDITY,
    .flags = MOP_K_ASSERT | MOP_K_WRITTEN,
    .compile = items_compile,
    .options = item_keys,
    .value = items_value,
    .explain = items_explain,
};
