/* SPDX-License-Identifier: MIT */
#include "rules/args.h"
#include "rules/items.h"
#include "rules/keys.h"
#include "rules/kind_util.h"
#include "rules/kinds.h"

/*
 * items: each item of a value that holds several ("A;B;C"). The item is judged like a value of a
 * field of its own, with the type, vocabulary and checks that stand under `items`; the rungs of its
 * vocabulary are checks beside it. (How items are judged is in items.c.)
 */

static const struct mop_kind_option item_keys[] = {
    {"separator", "{\"$ref\": \"#/$defs/full\"}", "what stands between items; default ;"},
    {"trim", "{\"$ref\": \"#/$defs/bool\"}", "false: blanks around an item are part of it"},
    {"type", "{\"$ref\": \"#/$defs/type_name\"}", "what an item is"},
    {"vocabulary", NULL, NULL},
    {"values", "{\"$ref\": \"#/$defs/value_list\"}", "the allowed items"},
    {"pattern", NULL, NULL},
    {"not_pattern", NULL, NULL},
    {"not_values", NULL, NULL},
    {"case", "{\"anyOf\": [{\"enum\": [\"lower\", \"upper\"]}, {\"$ref\": \"#/$defs/kind_case\"}]}",
     "how an item is written; of a vocabulary, what the rung is like"},
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

/* ---- compiling ---- */

static int add_test(struct mop_scope *s, struct mop_items *it, const struct mop_kind *k,
                    const struct mop_node *arg)
{
    const struct mop_node *opts = arg && arg->kind == MOP_MAPPING ? arg : NULL;
    struct mop_test *t = mop_arena_alloc(s->arena, sizeof *t);
    t->kind = k;
    t->at = arg ? arg->at : (struct mop_loc){0};
    mop_test_reads(s, t, it->item);
    it->tests[it->n++] = t;
    if (opts && k != &mop_kind_type && mop_check_option_keys(s, opts, "use", k->options, k->name))
        return -1;
    int rc = k->compile(s, opts ? mop_node_get(opts, "use") : arg, opts, t);
    it->item->personal |= t->personal;
    return rc;
}

static int read_type(struct mop_scope *s, struct mop_items *it, const struct mop_node *n)
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

static int read_vocabulary(struct mop_scope *s, struct mop_items *it, const struct mop_node *name,
                           const struct mop_node *values)
{
    it->item->vocabulary = name ? mop_scope_vocabulary(s, name) : mop_read_vocabulary(s, values);
    return it->item->vocabulary ? add_test(s, it, &mop_kind_vocabulary, NULL) : -1;
}

static bool read_before(const char *key)
{
    struct mop_sv k = mop_sv_of(key);
    return mop_sv_eqs(k, "type") || mop_sv_eqs(k, "vocabulary") || mop_sv_eqs(k, "values");
}

/* `case` of items with a vocabulary only says what the rung is like: see the ladder. */
static int read_rung_case(struct mop_scope *s, const struct mop_items *it,
                          const struct mop_node *arg)
{
    const struct mop_node *word = arg->kind == MOP_MAPPING ? mop_node_get(arg, "use") : arg;
    const char *which;
    if (arg->kind == MOP_MAPPING)
        mop_keys_check(s, arg, &mop_keys_common);
    if (!word)
        return 0;
    if (mop_read_case(s, word, &which))
        return -1;
    mop_check_case(s, it->item->vocabulary, *which, word);
    return 0;
}

static int read_tests(struct mop_scope *s, struct mop_items *it, const struct mop_node *use,
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
        const struct mop_kind *k = mop_kind_find(mop_sv_of(item_keys[i].name));
        bool rung = it->item->vocabulary && k == &mop_kind_case;
        if (arg && (rung ? read_rung_case(s, it, arg) : add_test(s, it, k, arg)))
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
    struct mop_items *it = mop_arena_alloc(s->arena, sizeof *it);
    const struct mop_node *separator = mop_option(use, opts, "separator"),
                          *trim = mop_option(use, opts, "trim");
    struct mop_scope inner = *s;
    t->arg = it;
    it->separator = MOP_SV(";");
    it->trim = true;
    it->item = item_field(s, t->fields[0]);
    it->tests = mop_arena_array(s->arena, sizeof item_keys / sizeof *item_keys, sizeof *it->tests);
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
    if (mop_items_dated(it))
        t->kind = &mop_kind_items_dated;
    return it->n ? 0
                 : mop_scope_fault(s, "missing-value", mop_option_at(s, use, opts),
                                   "'items' checks nothing: give it a vocabulary, type or pattern");
}

/* ---- the rungs of its vocabulary ---- */

const struct mop_vocabulary *mop_items_vocabulary(const struct mop_test *t)
{
    return ((const struct mop_items *)t->arg)->item->vocabulary;
}

bool mop_items_guard(const struct mop_test *t)
{
    const struct mop_items *it = t->arg;
    return it->item->vocabulary || it->item->type;
}

const struct mop_kind *mop_items_rung_of(const struct mop_test *t)
{
    const struct mop_items *it = t->arg;
    bool items = t->kind == &mop_kind_items_rung || t->kind == &mop_kind_items_dated;
    return items && it->rung ? it->tests[0]->kind : NULL;
}

bool mop_items_of_one(const struct mop_test *a, const struct mop_test *b)
{
    return ((const struct mop_items *)a->arg)->item == ((const struct mop_items *)b->arg)->item;
}

bool mop_items_trim(const struct mop_test *t)
{
    const struct mop_items *it = t->arg;
    return it->trim;
}

struct mop_test *mop_items_rung(struct mop_scope *s, const struct mop_test *items,
                                const struct mop_kind *rung)
{
    const struct mop_items *whole = items->arg;
    struct mop_items *it = mop_arena_alloc(s->arena, sizeof *it);
    struct mop_scope inner = *s;
    bool dated = items->kind == &mop_kind_items_dated;
    inner.inline_ = true;
    inner.field = whole->item;
    *it = *whole;
    it->rung = true;
    it->n = 0;
    it->tests = mop_arena_array(s->arena, 1, sizeof *it->tests);
    if (add_test(&inner, it, rung, NULL))
        return NULL;
    struct mop_test *t = mop_compile_test(s, dated ? &mop_kind_items_dated : &mop_kind_items_rung,
                                          items->fields[0], NULL, NULL);
    t->arg = it;
    t->personal = items->personal;
    t->at = items->at;
    return t;
}

#define ITEMS(COMPILE, FLAGS, ...)                                                                 \
    {                                                                                              \
        .name = "items", .summary = "each item of a value that holds several is right",            \
        .doc = items_doc,                                                                          \
        .schema = "{\"allOf\": [{\"$ref\": \"#/$defs/options_items\"}], \"minProperties\": 1}",    \
        .severity = MOP_SEV_ERROR, .dimension = MOP_DIM_VALIDITY, .flags = (FLAGS),                \
        .compile = (COMPILE), .options = item_keys, .explain = mop_items_explain, __VA_ARGS__      \
    }

static const char items_doc[] =
    "Multi-select fields hold 'GTX;MGX;Other' in one cell. Each item is judged like a value "
    "of its own: type, vocabulary, values,\n"
    "pattern, length and more stand under 'items', with the separator (default ';'). A blank "
    "item ('gtx;;mgx', or one of\n"
    "'blanks') is passed over. Each rung of the ladder is a check of its own, as of a field: "
    "'items.case', 'items.deprecated'.\n"
    "  interests: {items: {separator: ';', vocabulary: product}}       bad  gtx;mgxx       "
    "good  gtx;mgx\n"
    "What to do: correct the named item; the proposal rewrites the whole cell when every "
    "item that it names has a certain one.";

const struct mop_kind mop_kind_items =
    ITEMS(items_compile, MOP_K_ASSERT | MOP_K_WRITTEN, .value = mop_items_value);
const struct mop_kind mop_kind_items_rung =
    ITEMS(NULL, MOP_K_ASSERT | MOP_K_WRITTEN, .value = mop_items_value);
const struct mop_kind mop_kind_items_dated =
    ITEMS(NULL, MOP_K_ASSERT | MOP_K_WRITTEN | MOP_K_ROW | MOP_K_DATED, .row = mop_items_row);
