/* SPDX-License-Identifier: MIT */
#include "base/schema.h"
#include "rules/derive.h"
#include "rules/keys.h"
#include "rules/kind_url.h"
#include "rules/kinds.h"
#include "values/types.h"
#include "values/url_checks.h"
#include <stdio.h>
#include <string.h>

/* `rules schema`: the JSON Schema of rule files, from the tables that the loader checks against. */

static void remove_key(struct mop_buf *b, bool *first)
{
    mop_schema_property(b, first, "remove", "{\"$ref\": \"#/$defs/yes\"}",
                        "alone in an entry: takes away what is inherited");
}

static bool stands_under_field(const struct mop_kind *k)
{
    return k->flags & MOP_K_ASSERT && !(k->flags & (MOP_K_HIDDEN | MOP_K_RECORD));
}

static bool in_table(const struct mop_key_table *t, const char *name)
{
    for (const struct mop_key *k = t->keys; k->name; k++)
        if (mop_sv_eqs(mop_sv_of(name), k->name))
            return true;
    return false;
}

/* An option of a kind: with words of its own, or what the kind of that name takes. */
static const char *option_schema(const struct mop_kind_option *o)
{
    const struct mop_kind *k = mop_kind_find(mop_sv_of(o->name));
    return o->schema ? o->schema : k && k->schema ? k->schema : "true";
}

static const char *option_words(const struct mop_kind_option *o)
{
    const struct mop_kind *k = mop_kind_find(mop_sv_of(o->name));
    return o->doc ? o->doc : k ? k->summary : "";
}

/* Nothing may stand under a key whose shape says so. */
static void key(struct mop_buf *b, bool *first, const struct mop_key *k)
{
    struct mop_buf s;
    mop_buf_init(&s, 1 << 16);
    mop_buf_printf(&s, k->shape & MOP_SHAPE_EMPTY ? "%s" : "%s, {\"not\": {\"type\": \"null\"}}",
                   k->schema);
    mop_schema_property(b, first, k->name, s.p, k->doc);
    mop_buf_release(&s);
}

/* A check that says all by its name: {} is enough. */
static bool says_alone(const struct mop_kind *k)
{
    return k->flags & MOP_K_SWITCH || k == &mop_kind_unique || k == &mop_kind_url ||
           k == &mop_kind_blank;
}

/* One that takes away what is inherited holds nothing else. */
#define MUST_USE ", \"anyOf\": [{\"required\": [\"use\"]}, {\"required\": [\"remove\"]}]"

/* The long form of a kind: its own options beside the common keys. */
static void long_form(struct mop_buf *b, const struct mop_kind *k)
{
    bool first = true;
    mop_buf_printf(b, ",\n    \"kind_%s\": {\"type\": \"object\", \"properties\": {", k->name);
    for (const struct mop_key *c = mop_keys_common.keys; c->name; c++) {
        bool use = strcmp(c->name, "use") == 0;
        key(b, &first,
            &(struct mop_key){c->name, c->shape, use && k->schema ? k->schema : c->schema,
                              use ? k->summary : c->doc});
    }
    for (const struct mop_kind_option *o = k->options; o && o->name; o++)
        if (!in_table(&mop_keys_common, o->name))
            mop_schema_property(b, &first, o->name, option_schema(o), option_words(o));
    remove_key(b, &first);
    mop_buf_printf(b,
                   "}, \"additionalProperties\": false, \"patternProperties\": {\"^x-\": true}%s}",
                   k->flags & MOP_K_USE ? MUST_USE
                   : says_alone(k)      ? ""
                                        : ", \"minProperties\": 1");
}

/* What a kind's mapping may hold by itself, for the schemas of kinds: $ref options_NAME. */
static void options_of(struct mop_buf *b, const struct mop_kind *k)
{
    bool first = true;
    mop_buf_printf(b, ",\n    \"options_%s\": {\"type\": \"object\", \"properties\": {", k->name);
    for (const struct mop_kind_option *o = k->options; o && o->name; o++)
        mop_schema_property(b, &first, o->name, option_schema(o), option_words(o));
    mop_buf_str(b, "}, \"additionalProperties\": false, \"patternProperties\": {\"^x-\": true}}");
}

/* The short form, the long form, or a list of checks in the long form; that of a template also in
 * the short one. */
static void kind_property(struct mop_buf *b, bool *first, const struct mop_kind *k)
{
    struct mop_buf s;
    const char *one = k->schema ? k->schema : "true";
    mop_buf_init(&s, 1 << 16);
    mop_buf_printf(
        &s,
        "{\"anyOf\": [%s, {\"$ref\": \"#/$defs/kind_%s\"}, {\"type\": \"array\", \"minItems\": 1, "
        "\"items\": {\"anyOf\": [%s, {\"$ref\": \"#/$defs/kind_%s\"}]}}]}",
        one, k->name, k == &mop_kind_template ? one : "false", k->name);
    mop_schema_property(b, first, k->name, s.p, k->summary);
    mop_buf_release(&s);
}

static void table(struct mop_buf *b, const struct mop_key_table *t)
{
    bool first = true;
    bool top = t == &mop_keys_top;
    mop_buf_printf(b, ",\n    \"%s\": {\"type\": [\"object\"%s], \"properties\": {", t->name,
                   top ? "" : ", \"null\"");
    for (const struct mop_key *k = t->keys; k->name; k++)
        key(b, &first, k);
    for (size_t i = 0; t->kinds && mop_kinds[i]; i++)
        if (stands_under_field(mop_kinds[i]) && !in_table(t, mop_kinds[i]->name))
            kind_property(b, &first, mop_kinds[i]);
    if (!top)
        remove_key(b, &first);
    mop_buf_str(b, "},\n      \"patternProperties\": {\"^x-\": true}, "
                   "\"additionalProperties\": false");
    if (t->must)
        mop_buf_printf(b, ",\n      %s", t->must);
    mop_buf_chr(b, '}');
}

/* all, any and not, over what `def` or a list of it says; begins the properties of a mapping. */
static void joined(struct mop_buf *b, const char *name, const char *def)
{
    static const char *const joins[][2] = {{"all", "all of these hold"},
                                           {"any", "at least one of these holds"},
                                           {"not", "none of these holds"}};
    char list[64];
    bool first = true;
    snprintf(list, sizeof list, "{\"$ref\": \"#/$defs/%ss\"}", def);
    mop_buf_printf(b, ",\n    \"%s\": {\"type\": \"object\", \"properties\": {", name);
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        mop_schema_property(b, &first, joins[i][0], list, joins[i][1]);
}

/* `def` or a list of it, as NAMEs. */
static void one_or_more(struct mop_buf *b, const char *def)
{
    mop_buf_printf(b,
                   ",\n    \"%ss\": {\"anyOf\": [{\"$ref\": \"#/$defs/%s\"}, {\"type\": \"array\", "
                   "\"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/%s\"}}]}",
                   def, def, def);
}

/* A test of a condition or a `then`: the short form, or its options with `use`. There `values` is a
 * list alone. */
static void test_property(struct mop_buf *b, bool *first, const char *name,
                          const struct mop_kind *k, const char *words)
{
    struct mop_buf s;
    bool option = true;
    const char *use = k == &mop_kind_values     ? mop_kind_in.schema
                      : k->flags & MOP_K_SWITCH ? "{\"enum\": [true]}"
                      : k->schema               ? k->schema
                                                : "true";
    mop_buf_init(&s, 1 << 16);
    mop_buf_printf(&s, "{\"anyOf\": [%s, {\"type\": \"object\", \"properties\": {", use);
    mop_schema_property(&s, &option, "use", use, k->summary);
    for (const struct mop_kind_option *o = k->options; o && o->name; o++)
        mop_schema_property(&s, &option, o->name, option_schema(o), option_words(o));
    mop_buf_printf(
        &s, "}, \"additionalProperties\": false, \"patternProperties\": {\"^x-\": true}%s}]}",
        k->flags & MOP_K_USE ? ", \"required\": [\"use\"]"
        : says_alone(k)      ? ""
                             : ", \"minProperties\": 1");
    mop_schema_property(b, first, name, s.p, words);
    mop_buf_release(&s);
}

/* A mapping of tests by field (`name`), and what may stand under one field (`one`). */
static void tests(struct mop_buf *b, const char *name, const char *one, unsigned flag)
{
    bool first = false;
    joined(b, one, one);
    for (size_t i = 0; mop_kinds[i]; i++)
        if (mop_kinds[i]->flags & flag && !(mop_kinds[i]->flags & (MOP_K_HIDDEN | MOP_K_RECORD)))
            test_property(b, &first, mop_kinds[i]->name, mop_kinds[i], mop_kinds[i]->summary);
    for (size_t i = 0; flag == MOP_K_ASSERT && mop_word_in_then(i); i++)
        test_property(b, &first, mop_word_in_then(i), mop_kind_find(mop_sv_of(mop_word_in_then(i))),
                      "membership, as in conditions");
    mop_buf_str(b, "}, \"minProperties\": 1, \"additionalProperties\": false}");
    one_or_more(b, one);
    joined(b, name, name);
    for (size_t i = 0; mop_kinds[i]; i++)
        if (flag == MOP_K_ASSERT && mop_kinds[i]->flags & MOP_K_RECORD)
            mop_schema_property(b, &first, mop_kinds[i]->name,
                                mop_kinds[i]->schema ? mop_kinds[i]->schema : "true",
                                mop_kinds[i]->summary);
    mop_buf_printf(b,
                   "}, \"minProperties\": 1, \"additionalProperties\": {\"anyOf\": [{\"$ref\": "
                   "\"#/$defs/some\"}, {\"$ref\": \"#/$defs/%s\"}]}}",
                   one);
    one_or_more(b, name);
}

/* The names of a table as an enum. */
static void names(struct mop_buf *b, const char *def, const char *(*name)(size_t i))
{
    mop_buf_printf(b, ",\n    \"%s\": {\"enum\": [", def);
    for (size_t i = 0; name(i); i++)
        mop_buf_printf(b, "%s\"%s\"", i ? ", " : "", name(i));
    mop_buf_str(b, "]}");
}

static const char *type_name(size_t i)
{
    return i < mop_types_n ? mop_types[i].name : NULL;
}

/* Under `url`: all, and each check by its key. */
static void url_checks(struct mop_buf *b)
{
    bool first = true;
    mop_buf_str(b, ",\n    \"url_checks\": {\"type\": \"object\", \"properties\": {");
    mop_schema_property(b, &first, "all", "{\"$ref\": \"#/$defs/bool\"}",
                        "every check that suits any link");
    for (size_t i = 0; i < mop_url_checks_n; i++) /* keys are literals: they end in a NUL */
        mop_schema_property(b, &first, mop_url_key(&mop_url_checks[i]).p,
                            "{\"$ref\": \"#/$defs/url_check\"}", mop_url_checks[i].summary);
    mop_buf_str(
        b, "},\n      \"patternProperties\": {\"^x-\": true}, \"additionalProperties\": false}");
}

static void derives(struct mop_buf *b)
{
    bool first = true;
    mop_buf_str(b, ",\n    \"derive\": {\"type\": \"object\", \"properties\": {");
    for (size_t i = 0; mop_derive_kinds[i]; i++) {
        const struct mop_derive_kind *k = mop_derive_kinds[i];
        mop_schema_property(b, &first, k->name, k->schema, k->summary);
        for (const struct mop_kind_option *o = k->options; o && o->name; o++)
            mop_schema_property(b, &first, o->name, o->schema, o->doc);
    }
    mop_buf_str(b, "},\n      \"additionalProperties\": false, \"oneOf\": [");
    for (size_t i = 0; mop_derive_kinds[i]; i++)
        mop_buf_printf(b, "%s{\"required\": [\"%s\"]}", i ? ", " : "", mop_derive_kinds[i]->name);
    mop_buf_str(b, "]}");
}

static const char scalars[] =
    "    \"text\": {\"type\": [\"string\", \"number\", \"boolean\"]},\n"
    "    \"texts\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"items\": "
    "{\"$ref\": \"#/$defs/text\"}}]},\n"
    "    \"some\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"minItems\": "
    "1, \"items\": {\"$ref\": \"#/$defs/text\"}}]},\n"
    "    \"yes\": {\"enum\": [true, \"true\"]},\n"
    "    \"bool\": {\"enum\": [true, false, \"true\", \"false\"]},\n"
    "    \"day\": {\"type\": \"string\", \"pattern\": "
    "\"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"},\n"
    "    \"word\": {\"type\": [\"string\", \"number\", \"boolean\"], \"pattern\": \"\\\\S\"},\n"
    "    \"words\": {\"anyOf\": [{\"$ref\": \"#/$defs/word\"}, {\"type\": \"array\", \"items\": "
    "{\"$ref\": \"#/$defs/word\"}}]},\n"
    "    \"table\": {\"type\": [\"string\", \"object\"], \"additionalProperties\": {\"$ref\": "
    "\"#/$defs/text\"}},\n"
    "    \"full\": {\"type\": [\"string\", \"number\", \"boolean\"], \"minLength\": 1},\n"
    "    \"fulls\": {\"anyOf\": [{\"$ref\": \"#/$defs/full\"}, {\"type\": [\"array\", \"null\"], "
    "\"items\": {\"$ref\": \"#/$defs/full\"}}]},\n"
    "    \"count\": {\"type\": [\"integer\", \"string\"], \"minimum\": 0, \"pattern\": "
    "\"^[0-9]+$\"},\n"
    "    \"mark\": {\"type\": [\"string\", \"integer\"], \"minLength\": 1, \"maxLength\": 1, "
    "\"minimum\": 0, \"maximum\": 9},\n"
    "    \"pointer\": {\"type\": \"string\", \"pattern\": \"^(/.*)?$\"},\n"
    "    \"value_list\": {\"anyOf\": [{\"$ref\": \"#/$defs/word\"}, {\"type\": \"array\", "
    "\"minItems\": 1, \"items\": {\"$ref\": \"#/$defs/word\"}}, {\"type\": \"object\", "
    "\"minProperties\": 1, \"not\": {\"required\": [\"use\"]}, \"additionalProperties\": "
    "{\"$ref\": "
    "\"#/$defs/term\"}}]},\n"
    "    \"field_name\": {\"pattern\": \"^[^.\\\\s]+$\", \"not\": {\"enum\": [\"all\", \"any\", "
    "\"not\", \"all_or_none\", \"combinations\", \"determines\"]}},\n"
    "    \"percent\": {\"anyOf\": [{\"type\": \"number\", \"minimum\": 0, \"maximum\": 100}, "
    "{\"type\": \"string\", \"pattern\": \"^(100([.]0+)?|[0-9]{1,2}([.][0-9]+)?) *%?$\"}]},\n"
    "    \"days\": {\"type\": \"string\", \"pattern\": \"^[1-9][0-9]*[dw]$\"},\n"
    "    \"weekdays\": {\"type\": \"string\", \"pattern\": "
    "\"^ *([MmTtWwFfSs][a-z]{2,}( *- *[MmTtWwFfSs](on|ue|ed|hu|ri|at|un)[a-z]*)?( *, *)?)+$\"},\n"
    "    \"hours\": {\"type\": \"string\", \"pattern\": "
    "\"^ *[0-9]{1,2}:[0-9]{2} *- *[0-9]{1,2}:[0-9]{2} *$\"},\n"
    "    \"duration\": {\"type\": \"string\", \"pattern\": \"^[0-9]+[smhdw]$\"},\n"
    "    \"severity\": {\"enum\": [\"error\", \"warning\", \"off\", false]},\n"
    "    \"dimension\": {\"enum\": [\"completeness\", \"validity\", \"consistency\", "
    "\"uniqueness\", \"timeliness\"]},\n"
    "    \"effect\": {\"enum\": [\"drops\", \"misplaces\", \"double_counts\", \"delays\", "
    "\"hygiene\"]},\n"
    "    \"url_check\": {\"anyOf\": [{\"enum\": [true, false, \"true\", \"false\", \"error\", "
    "\"warning\", \"off\"]}, {\"allOf\": [{\"$ref\": \"#/$defs/common\"}], \"type\": "
    "\"object\"}]},\n"
    "    \"part\": {\"type\": \"object\", \"properties\": {\n"
    "        \"pattern\": {\"description\": \"what it matches as a whole\", \"$ref\": "
    "\"#/$defs/text\"},\n"
    "        \"values\": {\"description\": \"the allowed values\", \"$ref\": "
    "\"#/$defs/value_list\"},\n"
    "        \"vocabulary\": {\"description\": \"the vocabulary it is in\", \"$ref\": "
    "\"#/$defs/text\"},\n"
    "        \"date\": {\"description\": \"how the date in it is written: YYYYMM\", \"$ref\": "
    "\"#/$defs/text\"}},\n"
    "      \"additionalProperties\": false, \"minProperties\": 1, \"maxProperties\": 1},\n"
    /* What has to stand somewhere: in the file, unless it builds on others. */
    "    \"whole\": {\"properties\": {\n"
    "        \"vocabularies\": {\"additionalProperties\": {\"type\": \"object\", \"anyOf\": "
    "[{\"required\": [\"values\"]}, {\"required\": [\"file\"]}, {\"required\": [\"from\"]}]}},\n"
    "        \"rules\": {\"items\": {\"required\": [\"record\", \"then\"]}},\n"
    "        \"lifecycles\": {\"items\": {\"required\": [\"record\", \"field\", \"stages\"]}},\n"
    "        \"reports\": {\"items\": {\"required\": [\"needs\"], \"properties\": {\"needs\": "
    "{\"additionalProperties\": {\"type\": \"object\", \"required\": [\"fields\"]}}}}},\n"
    "        \"dataset\": {\"items\": {\"required\": [\"record\"], \"oneOf\": [{\"required\": "
    "[\"volume\"]}, {\"required\": [\"freshness\"], \"properties\": {\"freshness\": {\"required\": "
    "[\"field\", \"max_age\"]}}}, {\"required\": [\"fill_rate\"]}, "
    "{\"required\": [\"variants\"]}, {\"required\": [\"share\"]}]}}}}";

void mop_rules_schema(struct mop_buf *out)
{
    mop_buf_str(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                     "  \"title\": \"mopslint rule file, language version 1\",\n"
                     "  \"$ref\": \"#/$defs/top\", \"required\": [\"mopslint\"],\n"
                     "  \"if\": {\"not\": {\"required\": [\"extends\"]}}, "
                     "\"then\": {\"$ref\": \"#/$defs/whole\"},\n  \"$defs\": {\n");
    mop_buf_str(out, scalars);
    tests(out, "condition", "condition_test", MOP_K_CONDITION);
    tests(out, "assertion", "assertion_test", MOP_K_ASSERT);
    names(out, "type_name", type_name);
    url_checks(out);
    derives(out);
    for (size_t i = 0; mop_kinds[i]; i++) {
        if (mop_kinds[i]->options)
            options_of(out, mop_kinds[i]);
        if (stands_under_field(mop_kinds[i]))
            long_form(out, mop_kinds[i]);
    }
    for (size_t i = 0; mop_key_tables[i]; i++)
        table(out, mop_key_tables[i]);
    mop_buf_str(out, "\n  }\n}\n");
}
