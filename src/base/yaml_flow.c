/* SPDX-License-Identifier: MIT */
#include "base/yaml.h"
#include <string.h>

/* A node on one line, as YAML's flow style has it: for people, who know it from the file. */

static bool needs_quotes(const struct mop_node *n)
{
    for (size_t i = 0; i < n->text.n; i++)
        if (strchr(",[]{}\"'#:&*!|>%@`\n", n->text.p[i]))
            return true;
    return !n->plain || !n->text.n;
}

static void put_scalar(struct mop_buf *b, const struct mop_node *n)
{
    if (n->null || !needs_quotes(n)) {
        mop_buf_sv(b, n->text);
        return;
    }
    mop_buf_chr(b, '\'');
    for (size_t i = 0; i < n->text.n; i++) {
        if (n->text.p[i] == '\'')
            mop_buf_chr(b, '\'');
        mop_buf_chr(b, n->text.p[i]);
    }
    mop_buf_chr(b, '\'');
}

void mop_yaml_flow(struct mop_buf *b, const struct mop_node *n)
{
    bool mapping = n->kind == MOP_MAPPING;
    if (n->kind == MOP_SCALAR) {
        put_scalar(b, n);
        return;
    }
    mop_buf_chr(b, mapping ? '{' : '[');
    for (size_t i = 0; i < n->n; i++) {
        mop_buf_str(b, i ? ", " : "");
        if (mapping) {
            put_scalar(b, n->key[i]);
            mop_buf_str(b, n->item[i]->null ? ":" : ": ");
        }
        mop_yaml_flow(b, n->item[i]);
    }
    mop_buf_chr(b, mapping ? '}' : ']');
}
