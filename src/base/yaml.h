/* SPDX-License-Identifier: MIT */
#ifndef MOP_YAML_H
#define MOP_YAML_H
#include "err.h"
#include <stdarg.h>

/*
 * A YAML document as nodes with positions (libyaml's events; JSON reads too). Scalars are text
 * whatever their quotes; a plain null, ~ or nothing at all is `null`. Duplicate keys, tags, merge
 * keys, several documents, files over 8 MiB, depth over 64, more than 200,000 nodes (aliases
 * counted as expanded) are errors.
 * An alias is the node of its anchor, with its position (as a key: a copy that stands where the
 * alias is).
 */
enum mop_node_kind { MOP_SCALAR, MOP_LIST, MOP_MAPPING };
struct mop_node {
    enum mop_node_kind kind;
    bool null;              /* a plain null, ~ or nothing */
    bool plain;             /* scalar without quotes */
    bool open;              /* set by who reads it: stands for a value to come, as "tbd" does */
    struct mop_sv text;     /* of a scalar */
    struct mop_loc at;      /* where it starts */
    const char *from;       /* file of what this was merged onto; NULL: at.file */
    uint32_t span;          /* bytes of its first line, for the marker */
    size_t start, end;      /* byte offsets in the file's text, counted behind a byte order mark */
    size_t n;               /* children */
    struct mop_node **item; /* list: items; mapping: values */
    struct mop_node **key;  /* mapping: keys (scalars) */
};
/* Reads a file; NULL after a fault that ends the reading (syntax,
 * encoding, sizes); after others (duplicate keys, tags) the nodes, so that all errors of a file
 * come in one go: the caller looks at d->faults. Nodes and the text live in `a`; `d` is told the
 * text. path "-" is refused. Duplicate keys, tags, merge keys, bad aliases do not end the reading:
 * they are told together. */
struct mop_node *mop_yaml_load(struct mop_arena *a, const char *path, struct mop_diags *d);
/* The same from memory; `name` is what messages call it. */
struct mop_node *mop_yaml_parse(struct mop_arena *a, const char *name, struct mop_sv text,
                                struct mop_diags *d);
/* A fault at a node, with a hint or NULL. */
void mop_node_fault(struct mop_diags *d, const char *id, const struct mop_node *at,
                    const char *hint, const char *fmt, va_list ap);
/* On one line, in flow style: for messages and pages. */
void mop_yaml_flow(struct mop_buf *b, const struct mop_node *n);
/* The value of `key` in a mapping, or NULL. */
struct mop_node *mop_node_get(const struct mop_node *map, const char *key);
long mop_node_index(const struct mop_node *map, struct mop_sv key);
/* Where byte `offset` of a scalar's text stands in the file: quotes, '' and \ escapes, folded and
 * block scalars counted. */
struct mop_loc mop_node_place(const struct mop_node *scalar, struct mop_sv file_text,
                              size_t offset);
#endif
