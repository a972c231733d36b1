/* SPDX-License-Identifier: MIT */
#ifndef MOP_BINDING_H
#define MOP_BINDING_H
#include "record/batch.h"
#include "rules/ruleset.h"

/* A record type's fields bound to the columns of one source. */
struct mop_binding {
    struct mop_record *record;
    int32_t *column; /* per field: index in the schema, objects behind its columns; -1: derived or
                        missing */
    struct mop_sv *nearest; /* per missing field: the header most like one of its names, no other
                               field's; or MOP_SV_NONE */
};

/* --map FIELD=COLUMN: comes before every other step. */
struct mop_column_map {
    struct mop_sv field, column;
};

/*
 * Binds by design.md section 3 'Columns': field name, then `columns` in order, then both ignoring
 * case, blanks, _ and -; the first step that hits wins. The objects of JSON come after all
 * columns. -1 with code 2 when one step hits two columns.
 */
int mop_bind(struct mop_binding *b, struct mop_record *r, const struct mop_schema *s,
             const char *source, const struct mop_column_map *maps, size_t nmaps,
             struct mop_arena *a, struct mop_err *e);
/* What a field's column may be called, for messages: "'amount', 'Betrag' or 'Sum'". */
struct mop_sv mop_column_names(struct mop_arena *a, const struct mop_field *f);
/* The only type whose `files` patterns match the source's name; NULL: none or several. */
struct mop_record *mop_bind_by_name(const struct mop_ruleset *rs, const char *source,
                                    const char **how);
/* How a source of the type is read (NULL: not known yet): as given, else as the taxonomy's `source`
 * says. */
struct mop_source_options mop_bind_options(const struct mop_source_options *given,
                                           const struct mop_record *r);
/*
 * Which record type a source holds: of the types that it names itself (a connector's stream does),
 * by name or kind, else of all, that of which most fields have a column; where the key of one has a
 * column, those whose key has none are out. NULL with code 2 when none or two are as good, or the
 * taxonomy has none of the named. `how` is static text for the report
 * ("by its columns"); *guessed: these decided.
 */
struct mop_record *mop_bind_guess(const struct mop_ruleset *rs, const struct mop_source *source,
                                  const char **how, bool *guessed, struct mop_err *e);
/* How many columns a field fits; *at is the first. */
size_t mop_bind_find(const struct mop_field *f, const struct mop_schema *s, int32_t *at,
                     struct mop_arena *a);
#endif
