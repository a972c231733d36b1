/* SPDX-License-Identifier: MIT */
#include "csv_source.h"

#include "../base/map.h"
#include "../base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Up to and with the header: first lines, delimiter, names of the columns, and what there is to say
 * of them. */
enum { SAMPLE_BYTES = 64 * 1024, NAMES_SHOWN = 5, NEWLINES = 1000 };

static int fill_sample(struct mop_csv *c, struct mop_err *e)
{
    int more = 1;
    while (more == 1 && c->file.w.n - c->at < SAMPLE_BYTES)
        more = mop_window_more(&c->file.w, e);
    return more < 0 ? -1 : 0;
}

static struct mop_sv sample(const struct mop_csv *c)
{
    return (struct mop_sv){c->file.w.p + c->at, c->file.w.n - c->at};
}

/* The first line end of the file says what a line is. */
static void settle_line_ends(struct mop_csv *c)
{
    struct mop_sv s = sample(c);
    size_t cr = mop_sv_find(s, '\r');
    c->cr_lines = cr < mop_sv_find(s, '\n') && cr + 1 < s.n && s.p[cr + 1] != '\n';
    c->cr_lines |= cr + 1 == s.n && c->file.w.eof && mop_sv_find(s, '\n') == s.n;
}

static int skip_lines(struct mop_csv *c, uint32_t n, struct mop_err *e)
{
    for (uint32_t i = 0; i < n; i++) {
        int rc = mop_csv_skip_line(c, e);
        if (rc < 0)
            return -1;
        if (rc == 0) {
            mop_err_set(e, 3, (struct mop_loc){c->file.source.name, 0, 0},
                        "no header: %u lines to skip, the file has %u", n, i);
            return -1;
        }
    }
    return fill_sample(c, e);
}

/* Excel's own way of naming the delimiter: a first line "sep=;". */
static char sep_line(const struct mop_csv *c)
{
    struct mop_sv s = sample(c);
    bool is = s.n > 5 && mop_sv_eq_nocase(mop_sv_sub(s, 0, 4), MOP_SV("sep=")) &&
              (s.p[5] == '\n' || s.p[5] == '\r');
    return is && s.p[4] != '"' && s.p[4] != '\n' && s.p[4] != '\r' ? s.p[4] : '\0';
}

static void show_delimiter(char *to, char delimiter)
{
    memcpy(to, delimiter == '\t' ? "TAB" : "' '", 4);
    if (delimiter != '\t')
        to[1] = delimiter;
}

static void note_shape(struct mop_csv *c, const struct csv_guess *g, bool given)
{
    char shown[4];
    show_delimiter(shown, g->delimiter);
    if (!given && g->found)
        mop_file_source_note(&c->file, "delimiter %s (detected)", shown);
    else if (!given)
        mop_file_source_note(&c->file, "no delimiter among , ; TAB | found: one column");
    c->short_header = g->usual && g->header * 2 <= g->usual;
    if (c->short_header)
        mop_file_source_note(
            &c->file, "the header has %zu field%s, line %llu has %zu: try --skip-lines %llu",
            g->header, g->header == 1 ? "" : "s", (unsigned long long)c->line + g->lines_before,
            g->usual, (unsigned long long)c->line - 1 + g->lines_before);
}

static int settle_delimiter(struct mop_csv *c, const struct mop_source_options *o,
                            struct mop_err *e)
{
    char said = sep_line(c);
    if (said && mop_csv_skip_line(c, e) < 0)
        return -1;
    if (said)
        mop_file_source_note(&c->file, "first line 'sep=%c' names the delimiter", said);
    char fixed = o->delimiter ? o->delimiter : said;
    struct csv_guess g = mop_csv_guess(sample(c), fixed, c->cr_lines, c->file.w.eof);
    c->delimiter = g.delimiter;
    struct mop_input_facts x = mop_input_facts(c->file.w.in);
    c->file.source.schema.delimiter = g.delimiter;
    c->file.source.schema.marked = x.by_mark || x.converted;
    note_shape(c, &g, fixed != '\0');
    return 0;
}

static int read_header(struct mop_csv *c, struct mop_err *e)
{
    int rc = mop_csv_record(c, e);
    if (rc != 0)
        return rc;
    mop_err_set(e, 3, (struct mop_loc){c->file.source.name, 0, 0}, "no header: the file is empty");
    return -1;
}

static int check_name(struct mop_csv *c, size_t i, struct mop_sv v, struct mop_err *e)
{
    size_t bad = mop_utf8_check(v), nul = mop_sv_find(v, '\0');
    if (bad == v.n && nul == v.n)
        return 0;
    struct mop_loc at = mop_csv_locate(c, c->begin, i, bad < v.n ? bad : nul);
    if (nul < v.n) {
        mop_err_set(e, 3, at, "a NUL byte in the header");
        mop_err_hint(e, "is this UTF-16? try --encoding utf-16le");
    } else {
        mop_err_set(e, 3, at, "the header is not %s", mop_input_facts(c->file.w.in).encoding);
        mop_err_hint(e, "say what it is, e.g. --encoding windows-1252, or `source: {encoding: "
                        "windows-1252}` in the taxonomy");
    }
    return -1;
}

static int take_columns(struct mop_csv *c, struct mop_err *e)
{
    struct csv_fields *f = &c->fields;
    struct mop_schema *s = &c->file.source.schema;
    s->n = f->n;
    s->columns = mop_arena_array(&c->file.arena, s->n, sizeof *s->columns);
    struct mop_loc *at = mop_arena_array(&c->file.arena, s->n + 1, sizeof *at);
    s->at = at;
    for (size_t i = 0; i < s->n; i++) {
        if (check_name(c, i, f->cells[i].v, e) < 0)
            return -1;
        s->columns[i] = mop_arena_copy(&c->file.arena, mop_sv_trim(f->cells[i].v));
    }
    mop_csv_locate_columns(c, c->begin, s->n, at);
    return 0;
}

/* A kind of oddity in the header, with the first few columns that have it. */
struct oddity {
    struct mop_buf names;
    size_t n;
};

static void add_oddity(struct mop_csv *c, struct oddity *o, size_t column, struct mop_sv name)
{
    if (o->n++ < NAMES_SHOWN)
        mop_buf_printf(&o->names, "%s%zu '%.*s'", o->n > 1 ? ", " : "", column + 1,
                       MOP_SV_ARG(mop_shown(&c->file.arena, name)));
}

static void note_oddity(struct mop_csv *c, struct oddity *o, const char *what)
{
    if (o->n > NAMES_SHOWN)
        mop_buf_printf(&o->names, " and %zu more", o->n - NAMES_SHOWN);
    if (o->n)
        mop_file_source_note(&c->file, "%s: column%s %.*s", what, o->n == 1 ? "" : "s",
                             MOP_SV_ARG(mop_buf_view(&o->names)));
    mop_buf_release(&o->names);
}

static void note_names(struct mop_csv *c)
{
    struct oddity trimmed = {{0}, 0}, twice = {{0}, 0}, nameless = {{0}, 0};
    const struct mop_schema *s = &c->file.source.schema;
    struct mop_map seen;
    mop_map_init(&seen);
    mop_buf_init(&trimmed.names, 4096);
    mop_buf_init(&twice.names, 4096);
    mop_buf_init(&nameless.names, 4096);
    for (size_t i = 0; i < s->n; i++) {
        bool added = true;
        if (s->columns[i].n)
            mop_map_put(&seen, s->columns[i], &added);
        else
            add_oddity(c, &nameless, i, s->columns[i]);
        if (!added)
            add_oddity(c, &twice, i, s->columns[i]);
        if (s->columns[i].n != c->fields.cells[i].v.n)
            add_oddity(c, &trimmed, i, c->fields.cells[i].v);
    }
    note_oddity(c, &trimmed, "blanks around names trimmed");
    note_oddity(c, &twice, "name used before");
    note_oddity(c, &nameless, "no name");
    mop_map_release(&seen);
}

static int check_options(const struct mop_csv *c, const struct mop_source_options *o,
                         struct mop_err *e)
{
    if (!o->delimiter || !strchr("\"\r\n", o->delimiter))
        return 0;
    mop_err_set(e, 2, (struct mop_loc){c->file.source.name, 0, 0},
                "a quote or a line end cannot be the delimiter");
    return -1;
}

static int open_text(struct mop_csv *c, const struct mop_source_options *o, struct mop_err *e)
{
    c->line = 1;
    c->max_newlines = o->max_field_newlines ? o->max_field_newlines : NEWLINES;
    if (fill_sample(c, e) < 0)
        return -1;
    mop_file_source_note_input(&c->file);
    settle_line_ends(c);
    if (skip_lines(c, o->skip_lines, e) < 0 || settle_delimiter(c, o, e) < 0)
        return -1;
    mop_csv_split_start(c);
    if (read_header(c, e) < 0 || take_columns(c, e) < 0)
        return -1;
    note_names(c);
    mop_file_source_progress(&c->file);
    return 0;
}

static void csv_close(struct mop_source *s)
{
    struct mop_csv *c = (struct mop_csv *)s;
    mop_csv_split_free(c);
    mop_file_source_release(&c->file);
    mop_arena_release(&c->notes);
    free(c->fields.cells);
    free(c->fields.text);
    free(c);
}

struct mop_source *mop_csv_read(struct mop_file_source *f, const struct mop_source_options *o,
                                struct mop_err *e)
{
    struct mop_csv *c = mop_alloc(sizeof *c);
    c->file = *f;
    c->file.source.exporter = &mop_exporter_csv;
    mop_arena_init(&c->notes);
    if (check_options(c, o, e) == 0 && open_text(c, o, e) == 0)
        return &c->file.source;
    csv_close(&c->file.source);
    return NULL;
}

static struct mop_source *csv_open(const char *name, const struct mop_source_options *o,
                                   struct mop_err *e)
{
    static const struct mop_source_options defaults;
    struct mop_file_source f = {0};
    o = o ? o : &defaults;
    if (mop_file_source_init(&f, name, o, e) == 0)
        return mop_csv_read(&f, o, e);
    mop_file_source_release(&f);
    return NULL;
}

/* Everything that no other exporter of files claims. */
static bool csv_takes(const char *source)
{
    return !mop_name_has_extension(source, mop_json_extensions);
}

static struct mop_loc csv_locate(const struct mop_source *s, size_t row, size_t column, size_t byte)
{
    const struct mop_csv *c = (const struct mop_csv *)s;
    return mop_csv_locate(c, c->rows[row].begin, column, byte);
}

const struct mop_exporter mop_exporter_csv = {
    .name = "csv",
    .summary = "CSV and its kin (, ; TAB |), plain or gzip",
    .takes = csv_takes,
    .open = csv_open,
    .next = mop_csv_next,
    .close = csv_close,
    .locate = csv_locate,
};
