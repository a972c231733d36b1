/* SPDX-License-Identifier: MIT */
#include "check/binding.h"
#include "base/utf8.h"
#include <string.h>

static bool is_object(const struct mop_schema *s, struct mop_sv name)
{
    for (size_t i = s->n; i < mop_schema_width(s); i++)
        if (mop_sv_eq(s->columns[i], name))
            return true;
    return false;
}

/* What a name is looked for among: the columns, then the objects. A column that is an object in
 * other records is that object. */
struct half {
    const struct mop_schema *s;
    size_t from, to;
    struct mop_arena *a;
};
static struct half columns_of(const struct mop_schema *s, struct mop_arena *a)
{
    return (struct half){s, 0, s->n, a};
}
static struct half objects_of(const struct mop_schema *s, struct mop_arena *a)
{
    return (struct half){s, s->n, mop_schema_width(s), a};
}

/* How often the name stands in the header; *at is the first place. */
static size_t count_hits(const struct half *h, struct mop_sv name, int32_t *at, bool loose)
{
    size_t hits = 0;
    struct mop_sv want = loose ? mop_utf8_squeeze(h->a, name) : name;
    if (loose && !want.n)
        return 0;
    for (size_t i = h->from; i < h->to; i++) {
        struct mop_sv column = h->s->columns[i];
        if (!mop_sv_eq(loose ? mop_utf8_squeeze(h->a, column) : column, want) ||
            (i < h->s->n && is_object(h->s, column)))
            continue;
        if (!hits++)
            *at = (int32_t)i;
    }
    return hits;
}

/* What of the header is called like this column, the same way. */
static struct mop_sv other_column(const struct mop_schema *s, int32_t at, struct mop_arena *a)
{
    struct mop_sv want = mop_utf8_squeeze(a, s->columns[at]);
    for (size_t i = (size_t)at + 1; i < mop_schema_width(s); i++)
        if (mop_sv_eq(mop_utf8_squeeze(a, s->columns[i]), want))
            return s->columns[i];
    return s->columns[at];
}

/* The steps: exact name and `columns` in order, then the same loosely. 0: none, 1: one, 2: two
 * columns at one step. */
static size_t find_in(const struct mop_field *f, const struct half *h, int32_t *at)
{
    for (int loose = 0; loose < 2; loose++) {
        size_t hits = count_hits(h, f->name, at, loose);
        for (size_t i = 0; !hits && i < f->ncolumns; i++)
            hits = count_hits(h, f->columns[i], at, loose);
        if (hits)
            return hits;
    }
    return 0;
}

size_t mop_bind_find(const struct mop_field *f, const struct mop_schema *s, int32_t *at,
                     struct mop_arena *a)
{
    struct half columns = columns_of(s, a), objects = objects_of(s, a);
    size_t hits = find_in(f, &columns, at);
    return hits ? hits : find_in(f, &objects, at);
}

static const struct mop_column_map *mapped(const struct mop_field *f,
                                           const struct mop_column_map *maps, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (mop_sv_eq(maps[i].field, f->name))
            return &maps[i];
    return NULL;
}

static size_t find_mapped(const struct mop_field *f, const struct mop_schema *s,
                          const struct mop_column_map *m, int32_t *at, struct mop_arena *a)
{
    if (!m)
        return mop_bind_find(f, s, at, a);
    struct half halves[] = {columns_of(s, a), objects_of(s, a)};
    size_t hits = 0;
    for (size_t i = 0; !hits && i < 4; i++)
        hits = count_hits(&halves[i / 2], m->column, at, i % 2);
    return hits;
}

static int bind_field(struct mop_binding *b, size_t i, const struct mop_schema *s,
                      const char *source, const struct mop_column_map *m, struct mop_arena *a,
                      struct mop_err *e)
{
    const struct mop_field *f = b->record->fields[i];
    int32_t at = -1;
    size_t hits = f->derive ? 0 : find_mapped(f, s, m, &at, a);
    b->column[i] = hits ? at : -1;
    if (at >= (int32_t)s->n)
        s->wanted[(size_t)at - s->n] = true;
    if (hits > 1) {
        mop_err_set(e, 2, (struct mop_loc){source, 0, 0}, "%zu columns could be field '%.*s'", hits,
                    MOP_SV_ARG(f->name));
        struct mop_sv other = other_column(s, at, a);
        if (mop_sv_eq(other, s->columns[at]))
            mop_err_hint(e, "several are called '%.*s': rename one of them in the source",
                         MOP_SV_ARG(other));
        else
            mop_err_hint(e, "'%.*s' and '%.*s' are; choose with --map %.*s=COLUMN",
                         MOP_SV_ARG(s->columns[at]), MOP_SV_ARG(other), MOP_SV_ARG(f->name));
        return -1;
    }
    if (m && !hits) {
        mop_err_set(e, 2, (struct mop_loc){source, 0, 0}, "--map: no column '%.*s'",
                    MOP_SV_ARG(m->column));
        long near = mop_suggest(m->column, s->columns, s->n);
        if (near >= 0)
            mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(s->columns[near]));
        return -1;
    }
    return 0;
}

/* ---- what a missing column may have become ---- */

/* `columns` may name the field itself again. */
struct mop_sv mop_column_names(struct mop_arena *a, const struct mop_field *f)
{
    enum { MOST = 4 };
    struct mop_sv names[MOST] = {f->name}, text = MOP_SV("");
    size_t n = 1, total = 1;
    for (size_t i = 0; i < f->ncolumns; i++) {
        if (mop_sv_eq(f->columns[i], f->name))
            continue;
        if (n < MOST)
            names[n++] = f->columns[i];
        total++;
    }
    for (size_t i = 0; i < n; i++)
        text = mop_arena_printf(a, "%.*s%s'%.*s'", MOP_SV_ARG(text),
                                i == 0           ? ""
                                : i + 1 == total ? " or "
                                                 : ", ",
                                MOP_SV_ARG(names[i]));
    return n < total ? mop_arena_printf(a, "%.*s, ...", MOP_SV_ARG(text)) : text;
}

static bool holds(struct mop_sv text, struct mop_sv part)
{
    enum { LEAST = 4 }; /* "id" stands in too many */
    size_t i = 0;
    while (i + part.n < text.n && !mop_sv_starts(mop_sv_sub(text, i, text.n), part))
        i++;
    return part.n >= LEAST && i + part.n <= text.n &&
           mop_sv_starts(mop_sv_sub(text, i, text.n), part);
}

/* "Betrag EUR" and "Deal-Betrag" for "Betrag", and the other way round. */
static long part_of(struct mop_sv name, const struct mop_sv *headers, size_t n, struct mop_arena *a)
{
    struct mop_sv want = mop_utf8_squeeze(a, name);
    for (size_t i = 0; i < n; i++) {
        struct mop_sv have = mop_utf8_squeeze(a, headers[i]);
        if (holds(have, want) || holds(want, have))
            return (long)i;
    }
    return -1;
}

/* Among the headers that no field has. */
static struct mop_sv nearest_header(const struct mop_field *f, const struct mop_sv *headers,
                                    size_t n, struct mop_arena *a)
{
    long near = mop_suggest(f->name, headers, n);
    for (size_t i = 0; near < 0 && i < f->ncolumns; i++)
        near = mop_suggest(f->columns[i], headers, n);
    near = near < 0 ? part_of(f->name, headers, n, a) : near;
    for (size_t i = 0; near < 0 && i < f->ncolumns; i++)
        near = part_of(f->columns[i], headers, n, a);
    return near < 0 ? MOP_SV_NONE : headers[near];
}

static void find_nearest(struct mop_binding *b, const struct mop_schema *s, struct mop_arena *a)
{
    const struct mop_record *r = b->record;
    bool *taken = mop_arena_array(a, mop_schema_width(s) + 1, sizeof *taken);
    struct mop_sv *headers = mop_arena_array(a, s->n + 1, sizeof *headers);
    size_t n = 0;
    for (size_t i = 0; i < r->nfields; i++)
        if (b->column[i] >= 0)
            taken[b->column[i]] = true;
    for (size_t i = 0; i < s->n; i++)
        if (!taken[i])
            headers[n++] = s->columns[i];
    for (size_t i = 0; i < r->nfields; i++)
        if (b->column[i] < 0 && !r->fields[i]->derive)
            b->nearest[i] = nearest_header(r->fields[i], headers, n, a);
}

int mop_bind(struct mop_binding *b, struct mop_record *r, const struct mop_schema *s,
             const char *source, const struct mop_column_map *maps, size_t nmaps,
             struct mop_arena *a, struct mop_err *e)
{
    b->record = r;
    b->column = mop_arena_array(a, r->nfields + 1, sizeof *b->column);
    b->nearest = mop_arena_array(a, r->nfields + 1, sizeof *b->nearest);
    for (size_t i = 0; i < r->nfields; i++)
        if (bind_field(b, i, s, source, mapped(r->fields[i], maps, nmaps), a, e))
            return -1;
    find_nearest(b, s, a);
    return 0;
}
