/* SPDX-License-Identifier: MIT */
#include "schema.h"

#include "text.h"

#include <string.h>

static void fragment(struct mop_buf *b, const char *schema)
{
    static const char *const same[][2] = {
        {"[true]", "[true, \"true\"]"},
        {"[true, false,", "[true, \"true\", false, \"false\","},
        {"\"type\": \"integer\"",
         "\"type\": [\"integer\", \"string\"], \"pattern\": \"^-?[0-9]+$\""},
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

void mop_schema_property(struct mop_buf *b, bool *first, const char *name, const char *schema,
                         const char *doc)
{
    mop_buf_str(b, *first ? "\n        " : ",\n        ");
    *first = false;
    mop_json_quote(b, mop_sv_of(name));
    mop_buf_str(b, ": {\"description\": ");
    mop_json_quote(b, mop_sv_of(doc));
    mop_buf_str(b, ", \"allOf\": [");
    fragment(b, schema);
    mop_buf_str(b, "]}");
}
