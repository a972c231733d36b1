/* SPDX-License-Identifier: MIT */
#include "yaml_parse.h"
#include <stdlib.h>
#include <string.h>

/*
 * libyaml's events made into nodes. What the text means wrongly (duplicate keys, tags, aliases of
 * nothing) is told and reading goes on, so that all of it comes in one go; only a syntax error or a
 * limit ends it.
 */

/* Where a node begins: behind its anchor and tag, which libyaml counts as part of it. */
static size_t skip_properties(struct mop_sv s, size_t i, size_t end)
{
    while (i < end && (s.p[i] == '&' || s.p[i] == '!')) {
        while (i < end && !strchr(" \t\r\n", s.p[i]))
            i++;
        while (i < end && strchr(" \t\r\n#", s.p[i])) {
            if (s.p[i] != '#')
                i++;
            else
                while (i < end && !mop_line_end(s, i))
                    i++;
        }
    }
    return i;
}

static struct mop_node *new_node(struct mop_yaml *y, enum mop_node_kind kind, size_t start,
                                 size_t end)
{
    struct mop_node *n = mop_arena_alloc(y->arena, sizeof *n);
    n->kind = kind;
    n->start = start;
    n->end = end > start ? end : start;
    n->at = mop_lines_loc(&y->lines, y->file, start);
    return n;
}

/* The bytes of the node's first line; known once its end is. */
static void set_span(struct mop_yaml *y, struct mop_node *n)
{
    size_t i = n->start;
    while (i < n->end && !mop_line_end(y->text, i))
        i++;
    while (i > n->start && strchr(" \t", y->text.p[i - 1]))
        i--;
    n->span = i > n->start ? (uint32_t)(i - n->start) : 1;
}

/* One more node in the tree as a reader walks it; false when that is too many. */
static bool count(struct mop_yaml *y, size_t nodes, size_t at)
{
    y->nodes += nodes;
    if (y->nodes <= MOP_YAML_NODES)
        return true;
    struct mop_diag *g = mop_yaml_fault(y, "yaml-nodes", at, 1, "more than %d nodes%s",
                                        MOP_YAML_NODES, nodes > 1 ? ", this alias expanded" : "");
    mop_diag_hint(y->diags, g, "put long lists into a vocabulary file");
    y->stop = true;
    return false;
}

static bool too_deep(struct mop_yaml *y, size_t depth, size_t at)
{
    if (depth <= MOP_YAML_DEPTH)
        return false;
    mop_yaml_fault(y, "yaml-depth", at, 1, "nested deeper than %d levels", MOP_YAML_DEPTH);
    y->stop = true;
    return true;
}

/* Registers an anchor; the number of it counts from 1, 0 is none. */
static size_t open_anchor(struct mop_yaml *y, const yaml_char_t *name)
{
    if (!name)
        return 0;
    MOP_GROW(y->anchors, y->nanchors, y->capanchors);
    y->anchors[y->nanchors++] = (struct mop_yaml_anchor){.node = NULL};
    bool added;
    struct mop_sv key = mop_arena_copy(y->arena, mop_sv_of((const char *)name));
    *mop_map_put(&y->anchor_names, key, &added) = y->nanchors;
    return y->nanchors;
}

static void close_anchor(struct mop_yaml *y, size_t number, struct mop_node *n, size_t weight,
                         size_t height)
{
    if (number)
        y->anchors[number - 1] = (struct mop_yaml_anchor){n, weight, height};
}

/* The tree. */

static bool wants_key(const struct mop_yaml *y)
{
    const struct mop_yaml_frame *f = y->depth ? &y->stack[y->depth - 1] : NULL;
    return f && f->node->kind == MOP_MAPPING && (y->npending - f->base) % 2 == 0;
}

static void add_child(struct mop_yaml *y, struct mop_node *n, size_t height)
{
    if (y->depth == 0) {
        y->root = n;
        return;
    }
    struct mop_yaml_frame *f = &y->stack[y->depth - 1];
    if (wants_key(y))
        mop_yaml_check_key(y, n);
    if (f->height < height)
        f->height = height;
    MOP_GROW(y->pending, y->npending, y->cappending);
    y->pending[y->npending++] = n;
}

/* `null` in other spellings is a text: Null and NULL are what exports write for it. */
static bool is_null(struct mop_sv s)
{
    return s.n == 0 || mop_sv_eqs(s, "~") || mop_sv_eqs(s, "null");
}

static void on_scalar(struct mop_yaml *y, const yaml_event_t *e)
{
    size_t from = mop_yaml_offset(y, e->start_mark), end = mop_yaml_offset(y, e->end_mark);
    bool plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    size_t start =
        e->data.scalar.anchor || e->data.scalar.tag ? skip_properties(y->text, from, end) : from;
    mop_yaml_check_tag(y, e->data.scalar.tag, from);
    if (!count(y, 1, start))
        return;
    struct mop_node *n = new_node(y, MOP_SCALAR, start, end);
    struct mop_sv text = {(const char *)e->data.scalar.value, e->data.scalar.length};
    n->text = text.n ? mop_arena_copy(y->arena, text) : MOP_SV("");
    n->plain = plain;
    n->null = plain && is_null(text);
    set_span(y, n);
    mop_yaml_check_nul(y, n);
    close_anchor(y, open_anchor(y, e->data.scalar.anchor), n, 1, 0);
    y->last_end = n->end;
    add_child(y, n, 0);
}

static void open_frame(struct mop_yaml *y, enum mop_node_kind kind, const yaml_event_t *e,
                       const yaml_char_t *anchor, const yaml_char_t *tag)
{
    size_t from = mop_yaml_offset(y, e->start_mark);
    size_t start = anchor || tag ? skip_properties(y->text, from, y->text.n) : from;
    mop_yaml_check_tag(y, tag, from);
    if (too_deep(y, y->depth + 1, start) || !count(y, 1, start))
        return;
    y->stack[y->depth++] = (struct mop_yaml_frame){.node = new_node(y, kind, start, start),
                                                   .base = y->npending,
                                                   .counted = y->nodes - 1,
                                                   .anchor = open_anchor(y, anchor)};
}

static void on_list(struct mop_yaml *y, const yaml_event_t *e)
{
    open_frame(y, MOP_LIST, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
}

static void on_mapping(struct mop_yaml *y, const yaml_event_t *e)
{
    open_frame(y, MOP_MAPPING, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
}

/* The nodes that are pending from `base` on. */
static void take_children(struct mop_yaml *y, struct mop_node *n, size_t base)
{
    size_t nchild = y->npending - base;
    size_t step = n->kind == MOP_MAPPING ? 2 : 1;
    n->n = nchild / step;
    n->item = mop_arena_array(y->arena, n->n + 1, sizeof(struct mop_node *));
    n->key = step == 2 ? mop_arena_array(y->arena, n->n + 1, sizeof(struct mop_node *)) : NULL;
    for (size_t i = 0; i < n->n; i++) {
        n->item[i] = y->pending[base + i * step + step - 1];
        if (n->key)
            n->key[i] = y->pending[base + i * step];
    }
}

static void on_end(struct mop_yaml *y, const yaml_event_t *e)
{
    struct mop_yaml_frame *f = &y->stack[--y->depth];
    size_t end = mop_yaml_offset(y, e->end_mark);
    if (end > 0 && strchr("]}", y->text.p[end - 1]) && end > mop_yaml_offset(y, e->start_mark))
        y->last_end = end; /* of a block libyaml only knows where the next thing begins */
    take_children(y, f->node, f->base);
    y->npending = f->base;
    f->node->end = y->last_end > f->node->start ? y->last_end : f->node->start;
    set_span(y, f->node);
    if (f->node->kind == MOP_MAPPING)
        mop_yaml_check_duplicates(y, f->node);
    close_anchor(y, f->anchor, f->node, y->nodes - f->counted, f->height + 1);
    add_child(y, f->node, f->height + 1);
}

/* Aliases. */

static const struct mop_yaml_anchor *find_anchor(struct mop_yaml *y, struct mop_sv name, size_t at)
{
    const uint64_t *number = mop_map_find(&y->anchor_names, name);
    const struct mop_yaml_anchor *anchor = number ? &y->anchors[*number - 1] : NULL;
    if (anchor && anchor->node)
        return anchor;
    struct mop_diag *g = mop_yaml_fault(y, "yaml-alias", at, name.n + 1,
                                        anchor ? "alias '*%.*s' inside what it stands for"
                                               : "alias '*%.*s' of no anchor before it",
                                        MOP_SV_ARG(name));
    mop_diag_hint(y->diags, g, "a text that begins with '*' needs quotes");
    return NULL;
}

/* A key's messages belong to the place of the alias; a value's (a regex, say) to that of the
 * anchor. */
static struct mop_node *alias_key(struct mop_yaml *y, const struct mop_node *target, size_t from,
                                  size_t end)
{
    struct mop_node *n = new_node(y, target->kind, from, end);
    struct mop_loc at = n->at;
    *n = *target;
    n->at = at;
    n->start = from;
    n->end = end;
    n->span = (uint32_t)(end - from);
    return n;
}

static void on_alias(struct mop_yaml *y, const yaml_event_t *e)
{
    static const struct mop_yaml_anchor nothing = {.weight = 1};
    size_t from = mop_yaml_offset(y, e->start_mark), end = mop_yaml_offset(y, e->end_mark);
    const struct mop_yaml_anchor *a =
        find_anchor(y, mop_sv_of((const char *)e->data.alias.anchor), from);
    if (!a)
        a = &nothing;
    if (too_deep(y, y->depth + a->height, from) || !count(y, a->weight, from))
        return;
    struct mop_node *n = a->node;
    if (!n) {
        n = new_node(y, MOP_SCALAR, from, end);
        n->null = true;
        n->text = mop_arena_copy(y->arena, mop_sv_sub(y->text, from, end));
        set_span(y, n);
    } else if (wants_key(y)) {
        n = alias_key(y, n, from, end);
    }
    y->last_end = end;
    add_child(y, n, a->height);
}

static void on_document(struct mop_yaml *y, const yaml_event_t *e)
{
    if (y->documents++ == 0)
        return;
    struct mop_diag *g = mop_yaml_fault(y, "yaml-documents", mop_yaml_offset(y, e->start_mark), 3,
                                        "a second document is not allowed");
    mop_diag_hint(y->diags, g, "one file holds one document: remove the '---' or split the file");
    y->stop = true;
}

static void on_stream_end(struct mop_yaml *y, const yaml_event_t *e)
{
    (void)e;
    y->stop = y->whole = true;
}

static void (*const handlers[])(struct mop_yaml *y, const yaml_event_t *e) = {
    [YAML_STREAM_END_EVENT] = on_stream_end, [YAML_DOCUMENT_START_EVENT] = on_document,
    [YAML_ALIAS_EVENT] = on_alias,           [YAML_SCALAR_EVENT] = on_scalar,
    [YAML_SEQUENCE_START_EVENT] = on_list,   [YAML_SEQUENCE_END_EVENT] = on_end,
    [YAML_MAPPING_START_EVENT] = on_mapping, [YAML_MAPPING_END_EVENT] = on_end,
};

static void read_events(struct mop_yaml *y)
{
    while (!y->stop) {
        yaml_event_t e;
        if (!yaml_parser_parse(&y->parser, &e)) {
            mop_yaml_syntax(y);
            return;
        }
        if ((size_t)e.type < sizeof handlers / sizeof *handlers && handlers[e.type])
            handlers[e.type](y, &e);
        yaml_event_delete(&e);
    }
}

static void parse_text(struct mop_yaml *y)
{
    if (!yaml_parser_initialize(&y->parser))
        mop_yaml_no_memory();
    yaml_parser_set_encoding(&y->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&y->parser, (const unsigned char *)y->text.p, y->text.n);
    read_events(y);
    yaml_parser_delete(&y->parser);
    if (!y->root) { /* nothing but comments */
        y->root = new_node(y, MOP_SCALAR, 0, 0);
        y->root->null = y->root->plain = true;
        y->root->text = MOP_SV("");
        y->root->span = 1;
    }
}

struct mop_node *mop_yaml_parse(struct mop_arena *a, const char *name, struct mop_sv text,
                                struct mop_diags *d)
{
    size_t faults = d->faults;
    if (mop_sv_starts(text, MOP_SV(MOP_YAML_BOM)))
        text = mop_sv_sub(text, sizeof MOP_YAML_BOM - 1, text.n);
    struct mop_yaml y = {
        .arena = a, .diags = d, .file = mop_arena_str(a, mop_sv_of(name)), .text = text};
    if (!text.p)
        y.text = MOP_SV("");
    mop_diags_file(d, y.file, y.text);
    mop_lines_init(&y.lines, y.text);
    mop_map_init(&y.anchor_names);
    if (mop_yaml_check_bytes(&y))
        parse_text(&y);
    mop_map_release(&y.anchor_names);
    mop_lines_release(&y.lines);
    free(y.pending);
    free(y.anchors);
    return d->faults == faults || y.whole ? y.root : NULL;
}
