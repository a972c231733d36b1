/* SPDX-License-Identifier: MIT */
#include "yaml_parse.h"
#include <stdlib.h>
#include <string.h>

/* What is good YAML but not allowed here. */

void mop_yaml_check_tag(struct mop_yaml *y, const yaml_char_t *tag, size_t start)
{
    if (!tag)
        return;
    struct mop_sv s = y->text;
    if (start < s.n && s.p[start] == '&') /* the anchor stands first */
        while (start < s.n && s.p[start] != '!')
            start++;
    size_t end = start;
    while (end < s.n && !strchr(" \t\r\n", s.p[end]))
        end++;
    struct mop_diag *g =
        mop_yaml_fault(y, "yaml-tag", start, end - start, "tag '%.*s' is not allowed",
                       MOP_SV_ARG(mop_sv_sub(s, start, end)));
    mop_diag_hint(y->diags, g,
                  "leave it out: the key that reads a value gives it its type; a text that begins "
                  "with '!' needs quotes");
}

void mop_yaml_check_key(struct mop_yaml *y, const struct mop_node *key)
{
    struct mop_diag *g = NULL;
    if (key->kind != MOP_SCALAR) {
        g = mop_yaml_fault(y, "yaml-key", key->start, key->span, "a key that is not a text");
        mop_diag_hint(y->diags, g, "a text that begins with '[' or '{' needs quotes");
    } else if (key->plain && key->text.n == 0) {
        mop_yaml_fault(y, "yaml-key", key->start, 1, "a ':' without a key before it");
    } else if (key->plain && mop_sv_eqs(key->text, "<<")) {
        g = mop_yaml_fault(y, "yaml-merge-key", key->start, key->span,
                           "merge key '<<' is not allowed");
        mop_diag_hint(y->diags, g, "write the keys out, or share them by a field set or 'extends'");
    }
}

static int compare_keys(const void *pa, const void *pb)
{
    const struct mop_node *a = *(struct mop_node *const *)pa, *b = *(struct mop_node *const *)pb;
    int c = mop_sv_cmp(a->text, b->text);
    return c ? c : (a->start > b->start) - (a->start < b->start);
}

static void tell_duplicate(struct mop_yaml *y, const struct mop_node *key,
                           const struct mop_node *first)
{
    struct mop_diag *g = mop_yaml_fault(y, "yaml-duplicate-key", key->start, key->span,
                                        "duplicate key '%.*s'", MOP_SV_ARG(key->text));
    mop_diag_hint(y->diags, g, "the first one is on line %u%s", (unsigned)first->at.line,
                  first->at.line == key->at.line ? ", this one" : "");
}

/* Sorted rather than hashed: no input makes it slow. */
void mop_yaml_check_duplicates(struct mop_yaml *y, const struct mop_node *map)
{
    struct mop_node **keys = mop_calloc(map->n + 1, sizeof(struct mop_node *));
    for (size_t i = 0; i < map->n; i++)
        keys[i] = map->key[i];
    qsort(keys, map->n, sizeof(struct mop_node *), compare_keys);
    for (size_t i = 1, first = 0; i < map->n && !y->stop; i++) {
        const struct mop_node *k = keys[i];
        if (k->kind != MOP_SCALAR || keys[first]->kind != MOP_SCALAR ||
            !mop_sv_eq(k->text, keys[first]->text)) {
            first = i;
            continue;
        }
        tell_duplicate(y, k, keys[first]);
    }
    free(keys);
}

void mop_yaml_check_nul(struct mop_yaml *y, const struct mop_node *n)
{
    size_t nul = mop_sv_find(n->text, '\0');
    if (nul == n->text.n)
        return;
    size_t col = mop_node_place(n, y->text, nul).col, line = mop_node_place(n, y->text, nul).line;
    mop_yaml_fault(y, "yaml-nul", y->lines.start[line - 1] + col - 1, 2,
                   "a NUL character in a text");
}
