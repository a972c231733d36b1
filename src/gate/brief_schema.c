/* SPDX-License-Identifier: MIT */
#include "base/schema.h"
#include "gate/brief.h"
#include <string.h>

/* The JSON Schema of briefs from the tables that reading checks against. */

#define BLANK "\\\\s*"

static const char scalars[] =
    "    \"text\": {\"type\": [\"string\", \"number\", \"boolean\", \"null\"]},\n"
    "    \"texts\": {\"anyOf\": [{\"$ref\": \"#/$defs/text\"}, {\"type\": \"array\", \"items\": "
    "{\"$ref\": \"#/$defs/text\"}}]},\n"
    "    \"bool\": {\"anyOf\": [{\"enum\": [true, false, null]}, {\"type\": [\"string\"], "
    "\"pattern\": \"^" BLANK "(true|false)?" BLANK "$\"}]},\n"
    "    \"day\": {\"type\": [\"string\", \"null\"], \"pattern\": "
    "\"^" BLANK "([0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))?" BLANK "$\"},\n"
    /* three decimals may be thousands */
    "    \"money\": {\"type\": [\"number\", \"string\", \"null\"], \"minimum\": 0, \"pattern\": "
    "\"^" BLANK
    "([+]?([0-9]+|[0-9]*[.]([0-9]{1,2}|[0-9]{4,6}))([eE][+-]?[0-9]+)?( +[A-Za-z]{3})?)?" BLANK
    "$\"},\n"
    "    \"currency\": {\"type\": [\"string\", \"null\"], \"pattern\": \"^" BLANK
    "([A-Za-z]{3})?" BLANK "$\"},\n"
    "    \"touched\": {\"anyOf\": [{\"enum\": [\"tracking\", \"budget\", \"sales_handoff\", "
    "\"lead_quality\", \"strategy\", null]}, {\"type\": [\"string\"], \"pattern\": \"^" BLANK
    "(tracking|budget|sales_handoff|lead_quality|strategy)?" BLANK "$\"}]},\n";

/* Those of the pack `gate` (a taxonomy's own are not known here), in any case and with dots. */
static void placeholders(struct mop_buf *b)
{
    static const char *const words[] = {"tbd",
                                        "tbc",
                                        "tba",
                                        "todo",
                                        "to do",
                                        "to-do",
                                        "fixme",
                                        "n/a",
                                        "[?]",
                                        "xxx",
                                        "to be decided",
                                        "to be defined",
                                        "to be confirmed",
                                        "to be announced"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        mop_buf_str(b, i ? "|" : "");
        for (const char *c = words[i]; *c; c++) {
            bool letter = *c >= 'a' && *c <= 'z';
            if (letter)
                mop_buf_printf(b, "%s[%c%c]", c > words[i] ? "[.]?" : "", *c - 'a' + 'A', *c);
            else
                mop_buf_printf(b, *c == '/' ? "[/.]" : "%c", *c);
        }
    }
}

/* "<objective>", "<<objective>>": letters alone, or words (brief_open.c). */
static void add_slot(struct mop_buf *b, const char *open, const char *close, bool more)
{
    const char *code =
        *open == '[' ? "(?=[^\\\\]]*[a-z\\\\u0080-\\\\uFFFF]|[^\\\\]\\\\s][^\\\\]]*\\\\s)" : "";
    static const char wording[] = "([A-Za-z]|[^\\\\u0000-\\\\u007F])([^<>{}\\\\[\\\\]0-9]*|[^"
                                  "<>{}\\\\[\\\\]]*\\\\s[^<>{}\\\\[\\\\]]*)";
    const char *o = *open == '[' ? "\\\\[" : *open == '{' ? "\\\\{" : "<";
    const char *c = *close == ']' ? "\\\\]" : *close == '}' ? "\\\\}" : ">";
    mop_buf_printf(b, "%s%s" BLANK "%s%s%s|%s%s" BLANK "%s%s%s%s", more ? "|" : "", o, code,
                   wording, c, o, o, code, wording, c, c);
}

/* What is still to come, or without a letter or digit (brief_open.c). */
static void add_open(struct mop_buf *b)
{
    mop_buf_str(b, "    \"open\": {\"type\": [\"string\"], \"pattern\": "
                   "\"^(" BLANK "[!-/:-@\\\\[-`{-~][ !-/:-@\\\\[-`{-~\\\\s]*|" BLANK
                   "[\\\\[(<{*_\\\"'@# ]*(");
    placeholders(b);
    mop_buf_str(b, ")([\\\\s:;,.(/?!\\\\])>}*_\\\"'][\\\\s\\\\S]*)?|" BLANK "[$]?(");
    for (size_t i = 0; i < 3; i++)
        add_slot(b, &"<{["[i], &">}]"[i], i > 0);
    mop_buf_str(b, ")" BLANK ")$\"}");
}

static void table(struct mop_buf *b, const struct mop_key_table *t)
{
    bool first = true, top = t == &mop_brief_keys_top;
    struct mop_buf schema;
    mop_buf_init(&schema, 1 << 16);
    mop_buf_printf(b, ",\n    \"%s\": {\"type\": [\"object\"%s], \"properties\": {", t->name,
                   top ? "" : ", \"null\"");
    for (const struct mop_key *k = t->keys; k->name; k++) {
        mop_buf_reset(&schema); /* what is still to come may stand anywhere */
        mop_buf_printf(&schema,
                       top && !strcmp(k->name, "brief")
                           ? "%s"
                           : "{\"anyOf\": [%s, {\"$ref\": \"#/$defs/open\"}]}",
                       k->schema);
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
    add_open(out);
    for (size_t i = 0; mop_brief_tables[i]; i++)
        table(out, mop_brief_tables[i]);
    mop_buf_str(out, "\n  }\n}\n");
}
