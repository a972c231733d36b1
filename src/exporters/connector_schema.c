/* SPDX-License-Identifier: MIT */
#include "connector_keys.h"
#include "connector_read.h"

#include "../base/schema.h"

#include <stdio.h>

/* `fetch --schema`: the JSON Schema of connector files, from the tables that the loader checks. */

/* What a mapping must hold is written with single quotes in the tables. */
static void put_must(struct mop_buf *b, const char *must)
{
    for (; *must; must++)
        mop_buf_chr(b, *must == '\'' ? '"' : *must);
}

static void table(struct mop_buf *b, const struct mop_key_table *t)
{
    bool first = true;
    mop_buf_printf(b, ",\n    \"%s\": {\"type\": \"object\", \"properties\": {", t->name);
    for (const struct mop_key *k = t->keys; k->name; k++)
        if (k->schema)
            mop_schema_property(b, &first, k->name, k->schema, k->doc);
    mop_buf_str(b, "},\n      \"patternProperties\": {\"^x-\": true}, "
                   "\"additionalProperties\": false");
    mop_buf_str(b, t->must ? ",\n      " : "");
    put_must(b, t->must ? t->must : "");
    mop_buf_chr(b, '}');
}

static void word_list(struct mop_buf *b, const char *name, const char *const *words, size_t n)
{
    mop_buf_printf(b, ",\n    \"%s\": {\"enum\": [", name);
    for (size_t i = 0; n ? i < n : words[i] != NULL; i++)
        mop_buf_printf(b, "%s\"%s\"", i ? ", " : "", words[i]);
    mop_buf_str(b, "]}");
}

static const char values[] =
    "    \"text\": {\"type\": [\"string\", \"number\", \"boolean\"]},\n"
    "    \"texts\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"items\": "
    "{\"$ref\": \"#/$defs/text\"}}]},\n"
    "    \"template\": {\"type\": [\"string\", \"number\", \"boolean\"], \"pattern\": "
    "\"^([^{}]|[{][{]|[}][}]|[{][^{}:]+(:(number|comma|list|repeat|iso|date|epoch|epoch_ms|"
    "http_date))?[}])*$\"},\n"
    "    \"templates\": {\"anyOf\": [{\"$ref\": \"#/$defs/template\"}, {\"type\": \"array\", "
    "\"items\": {\"$ref\": \"#/$defs/template\"}}]},\n"
    "    \"address\": {\"$ref\": \"#/$defs/template\", \"minLength\": 1, \"pattern\": "
    "\"^([{]|https?://)\"},\n"
    "    \"word\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z][A-Za-z0-9_-]*$\"},\n"
    "    \"env\": {\"type\": \"string\", \"pattern\": \"^[A-Za-z_][A-Za-z0-9_]*$\"},\n"
    "    \"column\": {\"pattern\": \"^[^ \\\\t](.*[^ \\\\t])?$\"},\n"
    "    \"header_name\": {\"pattern\": \"^[-!#$%&'*+.^_`|~0-9A-Za-z]+$\"},\n"
    "    \"json\": {\"anyOf\": [{\"$ref\": \"#/$defs/template\"}, {\"type\": \"null\"}, {\"type\": "
    "\"array\", \"items\": {\"$ref\": \"#/$defs/json\"}}, {\"type\": \"object\", "
    "\"additionalProperties\": {\"$ref\": \"#/$defs/json\"}}]},\n"
    "    \"pointer\": {\"type\": \"string\", \"pattern\": \"^(/([^~]|~[01])*)?$\"},\n"
    "    \"pointers\": {\"anyOf\": [{\"$ref\": \"#/$defs/pointer\"}, {\"type\": \"array\", "
    "\"items\": {\"$ref\": \"#/$defs/pointer\"}}]},\n"
    "    \"bool\": {\"enum\": [true, false, \"true\", \"false\"]},\n"
    "    \"duration\": {\"type\": \"string\", \"pattern\": \"^([0-9]{1,9}ms|[0-9]+[smhdw])$\"},\n"
    "    \"from_zero\": {\"anyOf\": [{\"type\": \"integer\", \"minimum\": 0}, {\"type\": "
    "\"string\", \"pattern\": \"^[0-9]+$\"}]},\n"
    "    \"from_one\": {\"anyOf\": [{\"type\": \"integer\", \"minimum\": 1}, {\"type\": "
    "\"string\", \"pattern\": \"^0*[1-9][0-9]*$\"}]},\n"
    "    \"status\": {\"anyOf\": [{\"type\": \"integer\", \"minimum\": 100, \"maximum\": 599}, "
    "{\"type\": \"string\", \"pattern\": \"^[1-5][0-9]{2}$\"}]},\n"
    "    \"statuses\": {\"anyOf\": [{\"$ref\": \"#/$defs/status\"}, {\"type\": \"array\", "
    "\"items\": {\"$ref\": \"#/$defs/status\"}}]},\n"
    "    \"time\": {\"type\": \"string\", \"pattern\": "
    "\"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ][0-9]{2}:.*)?$\"}";

void mop_connector_schema(struct mop_buf *out)
{
    mop_buf_str(out, "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                     "  \"title\": \"mopslint connector file, language version 1\",\n"
                     "  \"$ref\": \"#/$defs/top\",\n  \"$defs\": {\n");
    mop_buf_str(out, values);
    word_list(out, "variable", mop_variable_names, MOP_VARIABLES);
    for (const struct mop_connector_words *w = mop_connector_words; w->name; w++) {
        char name[64];
        snprintf(name, sizeof name, "words_%s", w->name);
        word_list(out, name, w->words, 0);
    }
    for (size_t i = 0; mop_connector_tables[i]; i++)
        table(out, mop_connector_tables[i]);
    mop_buf_str(out, "\n  }\n}\n");
}
