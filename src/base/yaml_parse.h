/* SPDX-License-Identifier: MIT */
#ifndef MOP_YAML_PARSE_H
#define MOP_YAML_PARSE_H
#include "map.h"
#include "text.h"
#include "yaml.h"
#include <yaml.h>

/* What the yaml*.c files share while a text is read. No other file includes this. */

#define MOP_YAML_BOM "\xEF\xBB\xBF"
enum {
    MOP_YAML_BYTES = 8 << 20,
    MOP_YAML_DEPTH = 64,
    MOP_YAML_NODES = 200000,
    MOP_YAML_FAULTS = 200 /* shown; a generated file may have one in every line */
};

/* A collection that is open. */
struct mop_yaml_frame {
    struct mop_node *node;
    size_t base;    /* its first child in `pending` */
    size_t counted; /* nodes before it */
    size_t height;  /* levels below it so far */
    size_t anchor;  /* number of its anchor, 0: none */
};
struct mop_yaml_anchor {
    struct mop_node *node; /* NULL while it is open */
    size_t weight, height; /* nodes in it, aliases expanded; levels */
};
struct mop_yaml {
    struct mop_arena *arena;
    struct mop_diags *diags;
    const char *file;
    struct mop_sv text;
    struct mop_lines lines;
    yaml_parser_t parser;
    size_t chars, bytes; /* libyaml counts code points: the last place asked for, in both */
    struct mop_yaml_frame stack[MOP_YAML_DEPTH];
    size_t depth;
    struct mop_node **pending; /* children of the open collections */
    size_t npending, cappending;
    struct mop_yaml_anchor *anchors;
    size_t nanchors, capanchors;
    struct mop_map anchor_names; /* name -> number from 1; the last of a name stands */
    size_t nodes, documents;
    size_t last_end; /* where the last scalar or bracket ended */
    struct mop_node *root;
    bool stop;
    bool whole; /* read to its end: what was wrong on the way is told, the rest can still be checked
                 */
    size_t faults;
    struct mop_diag unshown; /* what mop_yaml_fault hands out past the cap */
};

/* A fault at a byte of the text. */
struct mop_diag *mop_yaml_fault(struct mop_yaml *y, const char *id, size_t offset, size_t span,
                                const char *fmt, ...) __attribute__((format(printf, 5, 6)));
size_t mop_yaml_offset(struct mop_yaml *y, yaml_mark_t mark);
/* False after faults: size, UTF-8, NUL, control characters. */
bool mop_yaml_check_bytes(struct mop_yaml *y);
/* Good YAML that is not allowed: tags, keys that are no texts or merge, keys twice, NUL by escape.
 */
void mop_yaml_check_tag(struct mop_yaml *y, const yaml_char_t *tag, size_t start);
void mop_yaml_check_key(struct mop_yaml *y, const struct mop_node *key);
void mop_yaml_check_duplicates(struct mop_yaml *y, const struct mop_node *map);
void mop_yaml_check_nul(struct mop_yaml *y, const struct mop_node *n);
/* Tells libyaml's own error. */
void mop_yaml_syntax(struct mop_yaml *y);
void mop_yaml_no_memory(void);
#endif
