/* SPDX-License-Identifier: MIT */
#ifndef MOP_JSON_DOC_H
#define MOP_JSON_DOC_H
#include "buf.h"
#include "mem.h"

/*
 * A JSON text decoded by jansson, in which a scalar is its text: a number keeps every digit it was
 * written with, and is never too big. Of the values only mop_json_doc_text knows what a real means.
 */
struct json_t;
struct json_error_t;
struct mop_json_doc {
    struct json_t *root;    /* NULL: not decoded */
    struct mop_buf numbers; /* what json_numbers.h set aside */
};
/* With jansson's flags; false with *why (may be NULL) about the given text. */
bool mop_json_doc_read(struct mop_json_doc *d, struct mop_sv text, size_t flags,
                       struct json_error_t *why);
void mop_json_doc_release(struct mop_json_doc *d);
/* The same text for documents that say the same: the members of every object are sorted. */
struct mop_sv mop_json_doc_sorted(const struct mop_json_doc *d, const struct json_t *v,
                                  struct mop_arena *a);
/* A scalar's text (of null: empty), of an array or object compact JSON. Lives in `a` or as long as
 * the document. */
struct mop_sv mop_json_doc_text(const struct mop_json_doc *d, const struct json_t *v,
                                struct mop_arena *a);
#endif
