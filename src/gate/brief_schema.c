/* SPDX-License-Identifier: MIT */
#include "base/schema.h"
#include "gate/brief.h"

/* The JSON Schema of briefs from the tables that reading checks against. */

static const char scalars[] =
    "    \"text\": {\"type\": [\"string\", \"number\", \"boolean\", \"null\"]},\n"
    "    \"texts\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"items\": "
    "{\"$ref\": \"#/$defs/text\"}}]},\n"
    "    \"bool\": {\"enum\": [true, false, \"true\", \"false\", null]},\n"
    "    \"day\": {\"type\": [\"string\", \"null\"], \"pattern\": "
    "\"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"},\n"
    "    \"money\": {\"type\": [\"number\", \"string\", \"null\"], \"minimum\": 0, \"pattern\": "
    "\"^[0-9]*[.]?[0-9]+( +[^ ].*)?$\"},\n"
    "    \"open\": {\"type\": \"string\", \"pattern\": "
    "\"^[^A-Za-z0-9]*([Tt][.]?[Bb][.]?[ACDacd]|[Tt][Oo][Dd][Oo]|[Nn][/.][Aa]|[Tt][Oo] [Bb][Ee] "
    "[a-z]+|[?]+)([^A-Za-z0-9].*)?$\"},\n"
    "    \"touched\": {\"enum\": [\"tracking\", \"budget\", \"sales_handoff\", \"lead_quality\", "
    "\"strategy\", null]}";

static void table(struct mop_buf *b, const struct mop_key_table *t)
{
    bool first = true;
    struct mop_buf schema;
    mop_buf_init(&schema, 1 << 16);
    mop_buf_printf(b, ",\n    \"%s\": {\"type\": [\"object\"%s], \"properties\": {", t->name,
                   t == &mop_brief_keys_top ? "" : ", \"null\"");
    for (const struct mop_key *k = t->keys; k->name; k++) {
        mop_buf_reset(&schema); /* what is still to come may stand anywhere */
        mop_buf_printf(&schema, "{\"anyOf\": [%s, {\"$ref\": \"#/$defs/open\"}]}", k->schema);
        mop_schema_property(b, &first, k->name, schema.p, k->doc);
    }
    mop_buf_release(&schema);
    mop_buf_str(b, "},\n      \"patternProperties\": {\"^x-\": true}, "
                   "\"additionalProperties\": false");
    if (t->must)
        mop_buf_printf(b, ", %s", t->must);
    mop_buf_chr(b, '}');
}

void mop_brief_schema(struct mop_buf *out)
{
    mop_buf_str(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                     "  \"title\": \"mopslint campaign brief, version 1\",\n"
                     "  \"$ref\": \"#/$defs/top\",\n  \"$defs\": {\n");
    mop_buf_str(out, scalars);
    for (size_t i = 0; mop_brief_tables[i]; i++)
        table(out, mop_brief_tables[i]);
    mop_buf_str(out, "\n  }\n}\n");
}
