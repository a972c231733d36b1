/* SPDX-License-Identifier: MIT */
#include "source.h"

#include <string.h>

extern const struct mop_exporter mop_exporter_standard;

/* Standard input has no name that says what it holds: its first byte does. Options that only CSV
 * has say so before. */

/* The first byte that is not blank; '\0' if none is among those looked at. */
static int first_byte(struct mop_window *w, char *first, struct mop_err *e)
{
    int more = 1;
    for (size_t i = 0; w->n < MOP_INPUT_BLOCK && (more = mop_window_more(w, e)) == 1;)
        for (; i < w->n; i++)
            if (!strchr(" \t\r\n", *first = w->p[i]))
                return 0;
    *first = '\0';
    return more < 0 ? -1 : 0;
}

static struct mop_source *read_json(struct mop_file_source *f, char first, struct mop_err *e)
{
    mop_file_source_note(f, "begins with '%c': JSON", first);
    struct mop_source *s = mop_json_read(f, e);
    if (!s && !e->hint[0])
        mop_err_hint(e, "it begins with '%c' and is read as JSON; --delimiter says that it is CSV",
                     first);
    return s;
}

static struct mop_source *standard_open(const char *name, const struct mop_source_options *o,
                                        struct mop_err *e)
{
    static const struct mop_source_options defaults;
    struct mop_file_source f = {0};
    char first = '\0';
    o = o ? o : &defaults;
    bool told = o->delimiter || o->skip_lines;
    if (mop_file_source_init(&f, name, o, e) < 0 || (!told && first_byte(&f.w, &first, e) < 0)) {
        mop_file_source_release(&f);
        return NULL;
    }
    return first == '{' || first == '[' ? read_json(&f, first, e) : mop_csv_read(&f, o, e);
}

static bool standard_takes(const char *source)
{
    return strcmp(source, "-") == 0;
}

/* Its sources are those of the other two, and are read and closed by them. */
const struct mop_exporter mop_exporter_standard = {
    .name = "standard input",
    .summary = "- is JSON if it begins with { or [, else CSV",
    .takes = standard_takes,
    .open = standard_open,
};
