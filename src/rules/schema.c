/* SPDX-License-Identifier: MIT */
#include "rules/derive.h"
#include "rules/keys.h"
#include <string.h>

/* `rules schema`: the JSON Schema of rule files, from the tables that the loader checks against. */

static void quoted(struct mop_buf *b, const char *s)
{
    mop_buf_chr(b, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            mop_buf_chr(b, '\\');
        if (*s == '\n')
            mop_buf_str(b, "\\n");
        else
            mop_buf_chr(b, *s);
    }
    mop_buf_chr(b, '"');
}

/*
 * A fragment as editors and mopslint read values: a scalar is text whatever its quotes, so that
 * `true` and "true", 3 and "3" are the same.
 */
static void fragment(struct mop_buf *b, const char *schema)
{
    static const char *const same[][2] = {
        {"[true]", "[true, \"true\"]"},
        {"[true, false,", "[true, \"true\", false, \"false\","},
        {"\"type\": \"integer\"", "\"type\": [\"integer\", \"string\"]"},
        {"\"type\": \"boolean\"", "\"type\": [\"boolean\", \"string\"]"},
        {"\"type\": \"string\"", "\"type\": [\"string\", \"number\", \"boolean\"]"},
    };
    while (*schema) {
        size_t i = 0, n = sizeof same / sizeof *same;
        while (i < n && strncmp(schema, same[i][0], strlen(same[i][0])) != 0)
            i++;
        if (i == n) {
            mop_buf_chr(b, *schema++);
        } else {
            mop_buf_str(b, same[i][1]);
            schema += strlen(same[i][0]);
        }
    }
}

/* A property with its fragment and words; `first` counts the commas. */
static void property(struct mop_buf *b, bool *first, const char *name, const char *schema,
                     const char *doc)
{
    mop_buf_str(b, *first ? "\n        " : ",\n        ");
    *first = false;
    quoted(b, name);
    mop_buf_str(b, ": {\"description\": ");
    quoted(b, doc);
    mop_buf_str(b, ", \"allOf\": [");
    fragment(b, schema);
    mop_buf_str(b, "]}");
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

/* The long form of a kind: its own options beside the common keys. */
static void long_form(struct mop_buf *b, const struct mop_kind *k)
{
    mop_buf_printf(b, ",\n    \"kind_%s\": {\"type\": \"object\", \"properties\": {", k->name);
    for (const struct mop_key *c = mop_keys_common.keys; c->name; c++) {
        bool use = strcmp(c->name, "use") == 0;
        mop_buf_printf(b, "%s\"%s\": ", use ? "" : ", ", c->name);
        fragment(b, use && k->schema ? k->schema : c->schema);
    }
    for (size_t i = 0; k->options && k->options[i]; i++)
        if (!in_table(&mop_keys_common, k->options[i]))
            mop_buf_printf(b, ", \"%s\": true", k->options[i]);
    mop_buf_str(b, ", \"remove\": {\"$ref\": \"#/$defs/yes\"}}, "
                   "\"additionalProperties\": false, \"patternProperties\": {\"^x-\": true}}");
}

/* The short form, the long form, or a list of checks. */
static void kind_property(struct mop_buf *b, bool *first, const struct mop_kind *k)
{
    struct mop_buf s;
    const char *one = k->schema ? k->schema : "true";
    mop_buf_init(&s, 1 << 16);
    mop_buf_printf(
        &s,
        "{\"anyOf\": [%s, {\"$ref\": \"#/$defs/kind_%s\"}, {\"type\": \"array\", \"items\": "
        "{\"anyOf\": [%s, {\"$ref\": \"#/$defs/kind_%s\"}]}}]}",
        one, k->name, one, k->name);
    property(b, first, k->name, s.p, k->summary);
    mop_buf_release(&s);
}

static void table(struct mop_buf *b, const struct mop_key_table *t)
{
    bool first = true;
    mop_buf_printf(b, ",\n    \"%s\": {\"type\": [\"object\", \"null\"], \"properties\": {",
                   t->name);
    for (const struct mop_key *k = t->keys; k->name; k++)
        property(b, &first, k->name, k->schema, k->doc);
    for (size_t i = 0; t->kinds && mop_kinds[i]; i++)
        if (stands_under_field(mop_kinds[i]) && !in_table(t, mop_kinds[i]->name))
            kind_property(b, &first, mop_kinds[i]);
    if (t != &mop_keys_top)
        property(b, &first, "remove", "{\"$ref\": \"#/$defs/yes\"}",
                 "alone in an entry: takes away what is inherited");
    mop_buf_str(
        b, "},\n      \"patternProperties\": {\"^x-\": true}, \"additionalProperties\": false}");
}

/* A mapping of tests: by field, with all, any and not. */
static void tests(struct mop_buf *b, const char *name, const char *one, unsigned flag)
{
    bool first = true;
    mop_buf_printf(b, ",\n    \"%s\": {\"type\": \"object\", \"properties\": {", one);
    for (size_t i = 0; mop_kinds[i]; i++)
        if (mop_kinds[i]->flags & flag && !(mop_kinds[i]->flags & (MOP_K_HIDDEN | MOP_K_RECORD)))
            property(b, &first, mop_kinds[i]->name, "true", mop_kinds[i]->summary);
    mop_buf_str(b, "}}");
    mop_buf_printf(b,
                   ",\n    \"%s\": {\"type\": \"object\", \"properties\": {"
                   "\"all\": {\"$ref\": \"#/$defs/%ss\"}, \"any\": {\"$ref\": \"#/$defs/%ss\"}, "
                   "\"not\": {\"$ref\": \"#/$defs/%ss\"}",
                   name, name, name, name);
    for (size_t i = 0; mop_kinds[i]; i++)
        if (flag == MOP_K_ASSERT && mop_kinds[i]->flags & MOP_K_RECORD)
            mop_buf_printf(b, ", \"%s\": true", mop_kinds[i]->name);
    mop_buf_printf(b,
                   "}, \"additionalProperties\": {\"anyOf\": [{\"$ref\": \"#/$defs/texts\"}, "
                   "{\"$ref\": \"#/$defs/%s\"}]}}",
                   one);
    mop_buf_printf(b,
                   ",\n    \"%ss\": {\"anyOf\": [{\"$ref\": \"#/$defs/%s\"}, {\"type\": \"array\", "
                   "\"items\": {\"$ref\": \"#/$defs/%s\"}}]}",
                   name, name, name);
}

static const char scalars[] =
    "    \"text\": {\"type\": [\"string\", \"number\", \"boolean\"]},\n"
    "    \"texts\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"items\": "
    "{\"$ref\": \"#/$defs/text\"}}]},\n"
    "    \"yes\": {\"enum\": [true, \"true\"]},\n"
    "    \"bool\": {\"enum\": [true, false, \"true\", \"false\"]},\n"
    "    \"day\": {\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"},\n"
    "    \"percent\": {\"anyOf\": [{\"type\": \"number\", \"minimum\": 0, \"maximum\": 100}, "
    "{\"type\": \"string\", \"pattern\": \"^[0-9.]+ *%?$\"}]},\n"
    "    \"duration\": {\"type\": \"string\", \"pattern\": \"^[0-9]+[smhdw]$\"},\n"
    "    \"severity\": {\"enum\": [\"error\", \"warning\", \"off\", false]},\n"
    "    \"dimension\": {\"enum\": [\"completeness\", \"validity\", \"consistency\", "
    "\"uniqueness\", \"timeliness\"]},\n"
    "    \"effect\": {\"enum\": [\"drops\", \"misplaces\", \"double_counts\", \"delays\", "
    "\"hygiene\"]}";

void mop_rules_schema(struct mop_buf *out)
{
    mop_buf_str(out,
                "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                "  \"title\": \"mopslint rule file, language version 1\",\n"
                "  \"$ref\": \"#/$defs/top\", \"required\": [\"mopslint\"],\n  \"$defs\": {\n");
    mop_buf_str(out, scalars);
    tests(out, "condition", "condition_test", MOP_K_CONDITION);
    tests(out, "assertion", "assertion_test", MOP_K_ASSERT);
    for (size_t i = 0; mop_kinds[i]; i++)
        if (stands_under_field(mop_kinds[i]))
            long_form(out, mop_kinds[i]);
    for (size_t i = 0; mop_key_tables[i]; i++)
        table(out, mop_key_tables[i]);
    mop_buf_str(out, "\n  }\n}\n");
}
