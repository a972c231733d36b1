/* SPDX-License-Identifier: MIT */
#include "check/repair.h"
#include "check/judge.h"
#include <stdlib.h>
#include <string.h>

/* The store of repaired records. */

enum { PACKING_MAX = 1 << 30 };

void mop_repairs_init(struct mop_repairs *r)
{
    memset(r, 0, sizeof *r);
    mop_arena_init(&r->arena);
    mop_map_init(&r->keys);
    mop_buf_init(&r->packing, PACKING_MAX);
}

void mop_repairs_release(struct mop_repairs *r)
{
    mop_map_release(&r->keys);
    mop_buf_release(&r->packing);
    free(r->sources);
    free(r->list);
    mop_arena_release(&r->arena);
}

/* ---- sources ---- */

/* Is it the column of a field whose values are personal? */
static bool is_personal(const struct mop_judge *j, int32_t column)
{
    for (size_t i = 0; i < j->record->nfields; i++)
        if (j->binding->column[i] == column && j->record->fields[i]->personal)
            return true;
    return false;
}

static void add_column(struct mop_judge *j, struct mop_repair_source *s, int32_t column)
{
    for (size_t i = 0; i < s->ncolumns; i++)
        if (s->index[i] == column)
            return;
    if (column < 0)
        return;
    s->index[s->ncolumns] = column;
    s->personal[s->ncolumns] = is_personal(j, column);
    s->columns[s->ncolumns++] = mop_arena_copy(&j->repairs->arena, j->schema->columns[column]);
}

static bool is_bound(const struct mop_judge *j, int32_t column)
{
    for (size_t i = 0; i < j->record->nfields; i++)
        if (j->binding->column[i] == column)
            return true;
    return false;
}

void mop_repairs_source(struct mop_judge *j)
{
    struct mop_repairs *r = j->repairs;
    if (j->source >= r->nsources) {
        r->sources = mop_realloc(r->sources, j->source + 1, sizeof *r->sources);
        memset(r->sources + r->nsources, 0, (j->source + 1 - r->nsources) * sizeof *r->sources);
        r->nsources = j->source + 1;
    }
    struct mop_repair_source *s = &r->sources[j->source];
    s->record = j->record;
    s->delimiter = j->schema->delimiter;
    s->marked = j->schema->marked;
    size_t width = mop_schema_width(j->schema);
    s->columns = mop_arena_array(&r->arena, width + 1, sizeof *s->columns);
    s->index = mop_arena_array(&r->arena, width + 1, sizeof *s->index);
    s->personal = mop_arena_array(&r->arena, width + 1, sizeof *s->personal);
    s->changed = mop_arena_array(&r->arena, width + 1, sizeof *s->changed);
    for (size_t i = 0; i < j->record->nkey; i++)
        add_column(j, s, j->binding->column[j->record->key[i]->index]);
    s->nkey = s->ncolumns;
    for (size_t i = 0; i < j->schema->n; i++)
        if (is_bound(j, (int32_t)i))
            add_column(j, s, (int32_t)i);
}

/* ---- keys ---- */

static void add_u64(struct mop_buf *b, uint64_t v)
{
    mop_buf_add(b, &v, sizeof v);
}

/* By what the key means, so that a stray blank does not make two records of one. False: it has
 * none. */
static bool hash_key(struct mop_judge *j, struct mop_h128 *out)
{
    struct mop_buf *b = &j->repairs->packing;
    mop_buf_reset(b);
    add_u64(b, j->record->index);
    for (size_t i = 0; i < j->record->nkey; i++) {
        const struct mop_value *v = &j->entries[j->record->key[i]->index]->v;
        if (v->state != MOP_ST_VALUE)
            return false;
        struct mop_sv part = v->known ? v->meant : v->written;
        add_u64(b, part.n);
        mop_buf_sv(b, part);
    }
    *out = mop_hash_keyed(mop_buf_view(b));
    return j->record->nkey > 0;
}

static struct mop_sv hash_bytes(const struct mop_h128 *h)
{
    return (struct mop_sv){(const char *)h, sizeof *h};
}

void mop_repairs_record(struct mop_judge *j)
{
    struct mop_h128 key;
    if (!hash_key(j, &key))
        return;
    uint64_t *n = mop_map_find(&j->repairs->keys, hash_bytes(&key));
    if (!n)
        n = mop_map_put(&j->repairs->keys, mop_arena_copy(&j->repairs->arena, hash_bytes(&key)),
                        NULL);
    ++*n;
}

bool mop_repaired_alone(const struct mop_repairs *r, const struct mop_repaired *x)
{
    const uint64_t *n = mop_map_find(&r->keys, hash_bytes(&x->key));
    return n && *n == 1;
}

/* ---- records ---- */

static void pack(struct mop_buf *b, struct mop_sv text)
{
    uint32_t n = (uint32_t)text.n; /* a field has 16 MiB at most */
    mop_buf_add(b, &n, sizeof n);
    mop_buf_sv(b, text);
}

static struct mop_sv unpack(struct mop_sv *rest)
{
    uint32_t n;
    memcpy(&n, rest->p, sizeof n);
    struct mop_sv text = mop_sv_sub(*rest, sizeof n, sizeof n + n);
    *rest = mop_sv_sub(*rest, sizeof n + n, rest->n);
    return text;
}

static struct mop_sv pack_before(struct mop_judge *j, const struct mop_repair_source *s)
{
    struct mop_buf *b = &j->repairs->packing;
    mop_buf_reset(b);
    for (size_t i = 0; i < s->ncolumns; i++)
        pack(b, j->row->cells[s->index[i]].v);
    return mop_arena_copy(&j->repairs->arena, mop_buf_view(b));
}

static struct mop_sv pack_after(struct mop_judge *j, const struct mop_repair_source *s,
                                const struct mop_change *changes, size_t n)
{
    struct mop_buf *b = &j->repairs->packing;
    mop_buf_reset(b);
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < s->ncolumns; k++)
            if (s->index[k] == changes[i].column) {
                mop_buf_add(b, &k, sizeof k);
                pack(b, changes[i].value);
            }
    return mop_arena_copy(&j->repairs->arena, mop_buf_view(b));
}

uint32_t mop_repairs_keep(struct mop_judge *j, const struct mop_change *changes, size_t n)
{
    struct mop_repairs *r = j->repairs;
    struct mop_repair_source *s = &r->sources[j->source];
    struct mop_repaired x = {.source = (uint32_t)j->source};
    if (!hash_key(j, &x.key)) {
        s->no_key++;
        return MOP_NOT_REPAIRED;
    }
    x.before = pack_before(j, s);
    x.after = pack_after(j, s, changes, n);
    MOP_GROW(r->list, r->n, r->cap);
    r->list[r->n] = x;
    return (uint32_t)r->n++;
}

void mop_repaired_cells(const struct mop_repairs *r, const struct mop_repaired *x,
                        struct mop_repair_cell *cells)
{
    const struct mop_repair_source *s = &r->sources[x->source];
    struct mop_sv before = x->before, after = x->after;
    for (size_t i = 0; i < s->ncolumns; i++)
        cells[i].before = cells[i].after = unpack(&before);
    while (after.n) {
        uint32_t column;
        memcpy(&column, after.p, sizeof column);
        after = mop_sv_sub(after, sizeof column, after.n);
        cells[column].after = unpack(&after);
    }
}

void mop_repaired_count(struct mop_repairs *r, const struct mop_repaired *x)
{
    struct mop_repair_source *s = &r->sources[x->source];
    struct mop_sv after = x->after;
    s->records++;
    s->risky += x->withheld;
    while (after.n) {
        uint32_t column;
        memcpy(&column, after.p, sizeof column);
        after = mop_sv_sub(after, sizeof column, after.n);
        unpack(&after);
        s->changed[column] = true;
        s->values++;
    }
}
