/* SPDX-License-Identifier: MIT */
#include "base/mem.h"
#include "check/binding.h"
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

/* Which record type a source holds. */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool by_file(const struct mop_record *r, const char *source)
{
    for (size_t i = 0; i < r->nfiles; i++) {
        const char *glob = r->files[i].p; /* arena copies end in NUL */
        if (fnmatch(glob, source, 0) == 0 || fnmatch(glob, base_name(source), 0) == 0)
            return true;
    }
    return false;
}

static size_t by_columns(const struct mop_record *r, const struct mop_schema *s,
                         struct mop_arena *a)
{
    size_t hits = 0;
    int32_t at;
    for (size_t i = 0; i < r->nfields; i++)
        hits += !r->fields[i]->derive && mop_bind_find(r->fields[i], s, &at, a) > 0;
    return hits;
}

/* Of a type whose key has no column the records could not be told apart. */
static bool lacks_key(const struct mop_record *r, const struct mop_schema *s, struct mop_arena *a)
{
    bool lacks = false;
    int32_t at;
    for (size_t i = 0; i < r->nkey; i++)
        lacks |= !r->key[i]->derive && !mop_bind_find(r->key[i], s, &at, a);
    return lacks;
}

/* `two`: of those that fit best; NULL: none has a column. */
static void guess_failed(const char *source, struct mop_record *const two[2], struct mop_err *e)
{
    if (!two[0] || !two[1])
        mop_err_set(e, 2, (struct mop_loc){source, 0, 0},
                    "no record type has a column of this source");
    else
        mop_err_set(e, 2, (struct mop_loc){source, 0, 0},
                    "the record types '%.*s' and '%.*s' fit this source equally well",
                    MOP_SV_ARG(two[0]->name), MOP_SV_ARG(two[1]->name));
    mop_err_hint(e, "name it with --record TYPE, or give the types `source: {files: [..]}`");
}

struct mop_source_options mop_bind_options(const struct mop_source_options *given,
                                           const struct mop_record *r)
{
    struct mop_source_options s = *given;
    if (!r)
        return s;
    s.delimiter = s.delimiter ? s.delimiter : r->source.delimiter;
    s.encoding = s.encoding ? s.encoding : r->source.encoding;
    s.skip_lines = s.skip_lines ? s.skip_lines : r->source.skip_lines;
    s.max_field_newlines =
        s.max_field_newlines ? s.max_field_newlines : r->source.max_field_newlines;
    return s;
}

struct mop_record *mop_bind_by_name(const struct mop_ruleset *rs, const char *source,
                                    const char **how)
{
    struct mop_record *found = NULL;
    size_t hits = 0;
    for (size_t i = 0; i < rs->nrecords; i++)
        if (by_file(rs->records[i], source) && !hits++)
            found = rs->records[i];
    *how = "by file name";
    return hits == 1 ? found : NULL;
}

static bool any_has_key(struct mop_record *const *types, size_t n, const struct mop_schema *s,
                        struct mop_arena *a)
{
    for (size_t i = 0; i < n; i++)
        if (types[i]->nkey && !lacks_key(types[i], s, a))
            return true;
    return false;
}

/* Of some types, that of which most fields have a column; none without its key, where another's key
 * is there. */
static struct mop_record *by_header(struct mop_record *const *types, size_t n,
                                    const struct mop_source *source, struct mop_err *e)
{
    struct mop_record *best[2] = {NULL, NULL};
    size_t most = 0, ties = 0;
    struct mop_arena a;
    mop_arena_init(&a);
    bool key = any_has_key(types, n, &source->schema, &a);
    for (size_t i = 0; i < n; i++) {
        if (key && lacks_key(types[i], &source->schema, &a))
            continue;
        size_t hits = by_columns(types[i], &source->schema, &a);
        ties = hits > most ? 1 : hits == most ? ties + 1 : ties;
        if (hits > most)
            best[0] = types[i];
        else if (ties == 2 && hits == most)
            best[1] = types[i];
        most = hits > most ? hits : most;
    }
    mop_arena_release(&a);
    if (most && ties == 1)
        return best[0];
    guess_failed(source->name, best, e);
    return NULL;
}

/* The types that the source says it holds: those of the first name, else kind, that there is. */
static size_t by_source(const struct mop_ruleset *rs, const struct mop_source *source,
                        struct mop_record **out)
{
    size_t n = 0;
    for (size_t i = 0; i < source->ntypes && !n; i++) {
        struct mop_record *named = mop_ruleset_record(rs, source->types[i]);
        if (named)
            out[n++] = named;
        for (size_t k = 0; k < rs->nrecords && !named; k++)
            if (mop_sv_eq(rs->records[k]->kind, source->types[i]))
                out[n++] = rs->records[k];
    }
    return n;
}

static void not_there(const struct mop_source *source, struct mop_err *e)
{
    mop_err_set(e, 2, (struct mop_loc){source->name, 0, 0},
                "it holds records of the type '%.*s', and the taxonomy has no such type or kind",
                MOP_SV_ARG(source->types[0]));
    mop_err_hint(e, "name the type to judge them as with --record TYPE");
}

struct mop_record *mop_bind_guess(const struct mop_ruleset *rs, const struct mop_source *source,
                                  const char **how, bool *guessed, struct mop_err *e)
{
    if (!source->ntypes) {
        *guessed = rs->nrecords != 1;
        *how = *guessed ? "by its columns" : "the only record type";
        return rs->nrecords == 1 ? rs->records[0] : by_header(rs->records, rs->nrecords, source, e);
    }
    struct mop_record **fit = mop_calloc(rs->nrecords + 1, sizeof(struct mop_record *));
    size_t n = by_source(rs, source, fit);
    struct mop_record *found = n > 1 ? by_header(fit, n, source, e) : fit[0];
    *guessed = n > 1;
    *how = n > 1 ? "by its stream and columns" : "by its stream";
    if (!n)
        not_there(source, e);
    free(fit);
    return found;
}
