/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include "base/yaml.h"
#include <string.h>

/*
 * Who the people of a taxonomy are judges nothing, and does not belong into the history: in the
 * text that it keeps their names and addresses are blotted out, byte by byte, so that every other
 * thing stands where it stood.
 */

static bool is_mark(char c)
{
    return (unsigned char)c < 0x80 && !strchr("abcdefghijklmnopqrstuvwxyz"
                                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
                                              c);
}

/* Letters and digits: what is left is read as a scalar of the same form. */
static void blot(char *p, size_t n)
{
    bool quoted = n && p[0] == '"';
    size_t i = 0;
    while (n && (p[0] == '|' || p[0] == '>') && i < n && p[i] != '\n') /* "|2": the block's form */
        i++;
    for (; i < n; i++) {
        bool escape = quoted && p[i] == '\\' && i + 1 < n;
        if (escape || !is_mark(p[i]))
            p[i] = 'x';
        i += escape;
        if (escape && p[i] != '\n')
            p[i] = 'x';
    }
}

static void blot_person(char *text, const struct mop_node *people, const struct mop_node *person)
{
    static const char *const told[] = {"name", "email"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        const struct mop_node *n = mop_node_get(person, told[i]);
        /* an alias stands for a text that may mean something where it is */
        if (n && n->kind == MOP_SCALAR && n->start >= people->start && n->end <= people->end)
            blot(text + n->start, n->end - n->start);
    }
}

struct mop_sv mop_log_without_people(struct mop_arena *a, const struct mop_rule_file *f)
{
    struct mop_diags d;
    char *copy = mop_arena_str(a, f->text);
    size_t mark = mop_sv_starts(f->text, MOP_SV("\xEF\xBB\xBF")) ? 3 : 0;
    if (f->table)
        return f->text;
    mop_diags_init(&d);
    const struct mop_node *root = mop_yaml_parse(a, f->path, f->text, &d);
    const struct mop_node *people =
        root && root->kind == MOP_MAPPING ? mop_node_get(root, "people") : NULL;
    for (size_t i = 0; people && people->kind == MOP_MAPPING && i < people->n; i++)
        if (people->item[i]->kind == MOP_MAPPING)
            blot_person(copy + mark, people, people->item[i]);
    mop_diags_release(&d);
    return (struct mop_sv){copy, f->text.n};
}
