/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <string.h>

/* The taxonomy of a run as its files were read, each text kept once, and the way back to a rule
 * set. */

/* ---- what of the command line is part of the rules ---- */

static void add_words(struct mop_buf *b, const char *option, const struct mop_sv *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mop_buf_printf(b, "%s %.*s\n", option, MOP_SV_ARG(words[i]));
}

struct mop_sv mop_log_options(struct mop_arena *a, const struct mop_load_options *o)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    add_words(&b, "without", o->without, o->nwithout);
    add_words(&b, "select", o->select, o->nselect);
    add_words(&b, "ignore", o->ignore, o->nignore);
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

struct windows {
    struct mop_buf *b;
    const struct mop_ruleset *rs;
};

static void add_values(const struct mop_vocabulary *v, void *ctx)
{
    const struct windows *w = ctx;
    for (size_t i = 0; i < v->nterms; i++)
        if (v->terms[i]->has_valid && mop_log_inside(w->rs, &v->terms[i]->valid))
            mop_buf_printf(w->b, "valid %.*s %.*s\n", MOP_SV_ARG(v->name),
                           MOP_SV_ARG(v->terms[i]->value));
}

/* Of records without a date the run's day decides: of which rules and values it is inside. */
static void add_windows(struct mop_buf *b, const struct mop_ruleset *rs, const struct mop_record *r)
{
    for (size_t i = 0; i < r->nchecks; i++)
        if (mop_check_windowed(r->checks[i]) && mop_log_inside(rs, &r->checks[i]->applies))
            mop_buf_printf(b, "applies %.*s\n", MOP_SV_ARG(r->checks[i]->id));
    struct windows w = {b, rs};
    for (size_t i = 0; i < r->nfields; i++)
        mop_field_vocabularies(r->fields[i], add_values, &w);
}

bool mop_log_inside(const struct mop_ruleset *rs, const struct mop_window *w)
{
    return mop_window_has(w, rs->as_of.day);
}

/* Two runs of the same state judge alike: the digest, and what a date makes of the rules. */
struct mop_sv mop_log_state(struct mop_arena *a, const struct mop_ruleset *rs,
                            struct mop_sv options)
{
    struct mop_buf b;
    mop_buf_init(&b, 64 << 20);
    mop_buf_printf(&b, "%s\n%.*s", rs->digest, MOP_SV_ARG(options));
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++) {
            const struct mop_check *c = rs->records[i]->checks[k];
            if (c->phase_until != INT32_MIN && c->severity != c->final_severity)
                mop_buf_printf(&b, "phase %.*s\n", MOP_SV_ARG(c->id));
            if (c->phase_hid)
                mop_buf_printf(&b, "came %.*s\n", MOP_SV_ARG(c->id));
        }
    for (size_t i = 0; i < rs->nrecords; i++)
        if (!rs->records[i]->dated_by)
            add_windows(&b, rs, rs->records[i]);
    for (size_t i = 0; i < rs->nvocabularies; i++)
        for (size_t k = 0; k < rs->vocabularies[i]->nterms; k++) {
            const struct mop_term *t = rs->vocabularies[i]->terms[k];
            if (t->provisional && !t->expired)
                mop_buf_printf(&b, "provisional %.*s %.*s\n", MOP_SV_ARG(rs->vocabularies[i]->name),
                               MOP_SV_ARG(t->value));
        }
    struct mop_h128 h = mop_hash_stable(mop_buf_view(&b));
    mop_buf_release(&b);
    return mop_arena_printf(a, "%016llx%016llx", (unsigned long long)h.hi,
                            (unsigned long long)h.lo);
}

/* ---- in ---- */

static int64_t put_text(struct mop_log *l, struct mop_sv text, struct mop_err *e)
{
    struct mop_h128 h = mop_hash_stable(text);
    struct mop_sv hash = mop_arena_printf(&l->arena, "%016llx%016llx", (unsigned long long)h.hi,
                                          (unsigned long long)h.lo);
    int64_t id =
        mop_db_number(l, e, "SELECT id FROM file_text WHERE hash=? AND text=?", "ss", hash, text);
    if (id != -1)
        return id;
    if (mop_db_run(l, e, "INSERT INTO file_text(hash,text) VALUES(?,?)", "ss", hash, text))
        return -2;
    return sqlite3_last_insert_rowid(l->db);
}

static struct mop_sv main_files(struct mop_log *l)
{
    struct mop_sv all = MOP_SV("");
    for (size_t i = 0; i < l->o->nfiles; i++)
        all = mop_arena_printf(&l->arena, "%.*s%s\n", MOP_SV_ARG(all), l->o->files[i]);
    return all;
}

static int put_files(struct mop_log *l, const struct mop_ruleset *rs, int64_t taxonomy, bool people,
                     struct mop_err *e)
{
    for (size_t i = 0; i < rs->nfiles; i++) {
        const struct mop_rule_file *f = &rs->files[i];
        int64_t text = put_text(l, people ? f->text : mop_log_without_people(&l->arena, f), e);
        if (text < 0 || mop_db_run(l, e, "INSERT INTO taxonomy_file VALUES(?,?,?,?,?,?)", "iitsbi",
                                   taxonomy, (int64_t)i, f->path, f->as_pack, f->table, text))
            return -1;
    }
    return 0;
}

int64_t mop_log_put_taxonomy(struct mop_log *l, const struct mop_ruleset *rs, bool people,
                             struct mop_err *e)
{
    struct mop_sv files = main_files(l);
    int64_t id = mop_db_number(l, e,
                               "SELECT id FROM taxonomy WHERE name=? AND version=? AND digest=? "
                               "AND text_digest=? AND main=?",
                               "sstts", rs->name, rs->version, rs->digest, rs->text_digest, files);
    if (id != -1)
        return id;
    if (mop_db_run(l, e,
                   "INSERT INTO taxonomy(name,version,digest,text_digest,main) VALUES(?,?,?,?,?)",
                   "sstts", rs->name, rs->version, rs->digest, rs->text_digest, files))
        return -2;
    id = sqlite3_last_insert_rowid(l->db);
    return put_files(l, rs, id, people, e) ? -2 : id;
}

/* ---- out ---- */

struct kept {
    struct mop_rule_file *files;
    size_t nfiles, capfiles;
    const char *main[64];
    struct mop_sv words[3][64]; /* without, select, ignore */
    size_t nmain, nwords[3];
};

static int read_files(struct mop_log *l, int64_t taxonomy, struct kept *k, struct mop_err *e)
{
    struct mop_arena *a = &l->arena;
    int64_t n =
        mop_db_number(l, e, "SELECT count(*) FROM taxonomy_file WHERE taxonomy=?", "i", taxonomy);
    if (n < 0)
        return -1;
    k->files = mop_arena_array(a, (size_t)n + 1, sizeof *k->files);
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT path, as_pack, is_table, file_text.text FROM taxonomy_file"
        " JOIN file_text ON file_text.id=taxonomy_file.text WHERE taxonomy=? ORDER BY seq",
        "i", taxonomy);
    int more = st ? mop_db_next(l, st, e) : -1;
    for (; more > 0; more = mop_db_next(l, st, e)) {
        if (k->nfiles == (size_t)n)
            continue;
        struct mop_rule_file *f = &k->files[k->nfiles++];
        f->path = mop_arena_str(a, mop_db_text(a, st, 0));
        f->as_pack = mop_db_text(a, st, 1);
        f->table = mop_db_int(st, 2) == 1;
        f->text = mop_db_text(a, st, 3);
    }
    return more;
}

static void read_main(struct mop_log *l, struct mop_sv text, struct kept *k)
{
    struct mop_sv line;
    while (mop_sv_next(&text, '\n', &line))
        if (line.n && k->nmain < sizeof k->main / sizeof *k->main)
            k->main[k->nmain++] = mop_arena_str(&l->arena, line);
}

static void read_options(struct mop_sv text, struct kept *k)
{
    static const char *const names[] = {"without", "select", "ignore"};
    struct mop_sv line;
    while (mop_sv_next(&text, '\n', &line)) {
        size_t blank = mop_sv_find(line, ' ');
        for (size_t i = 0; i < 3; i++)
            if (mop_sv_eqs(mop_sv_sub(line, 0, blank), names[i]) && k->nwords[i] < 64)
                k->words[i][k->nwords[i]++] = mop_sv_sub(line, blank + 1, line.n);
    }
}

static int read_kept(struct mop_log *l, struct kept *k, struct mop_err *e)
{
    sqlite3_stmt *st = mop_db_query(
        l, e,
        "SELECT taxonomy.id, main, options FROM run JOIN taxonomy ON taxonomy.id=run.taxonomy"
        " WHERE run.id=?",
        "i", l->previous->id);
    int64_t taxonomy = -1;
    int more = st ? mop_db_next(l, st, e) : -1;
    if (more > 0) {
        taxonomy = mop_db_int(st, 0);
        read_main(l, mop_db_text(&l->arena, st, 1), k);
        read_options(mop_db_text(&l->arena, st, 2), k);
    }
    while (more > 0)
        more = mop_db_next(l, st, e);
    return more < 0 ? -1 : read_files(l, taxonomy, k, e);
}

int mop_log_load_before(struct mop_log *l, int64_t now_us, struct mop_err *e)
{
    struct kept *k = mop_arena_alloc(&l->arena, sizeof *k);
    struct mop_diags d;
    if (read_kept(l, k, e))
        return -1;
    struct mop_load_options o = {.files = k->main,
                                 .nfiles = k->nmain,
                                 .now_us = now_us,
                                 .as_of_us = l->previous->now_us,
                                 .has_as_of = true,
                                 .kept = k->files,
                                 .nkept = k->nfiles,
                                 .without = k->words[0],
                                 .nwithout = k->nwords[0],
                                 .select = k->words[1],
                                 .nselect = k->nwords[1],
                                 .ignore = k->words[2],
                                 .nignore = k->nwords[2]};
    mop_diags_init(&d);
    l->before = mop_ruleset_load(&o, &d);
    for (size_t i = 0; i < d.n && !l->before && !e->code; i++)
        if (d.list[i].level == MOP_FAULT)
            mop_err_set(e, 3, (struct mop_loc){0},
                        "the earlier rules cannot be read any more: %.*s",
                        MOP_SV_ARG(d.list[i].msg));
    mop_diags_release(&d);
    return l->before ? 0 : -1;
}
