/* SPDX-License-Identifier: MIT */
#include "cli/repair_files.h"
#include "cli/notes.h"
#include "report/outfile.h"
#include "report/repairs.h"
#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

static struct mop_sv without_end(struct mop_sv name)
{
    if (mop_sv_ends(name, MOP_SV(".gz")))
        name.n -= 3;
    for (size_t i = name.n; i > 1; i--)
        if (name.p[i - 1] == '.')
            return mop_sv_sub(name, 0, i - 1);
    return name;
}

static struct mop_sv base_name(struct mop_sv path)
{
    size_t from = path.n;
    while (from > 0 && path.p[from - 1] != '/')
        from--;
    return mop_sv_sub(path, from, path.n);
}

static bool is_safe(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
}

/* What stands for a source in a file's name. */
static char *source_part(struct mop_arena *a, const char *source)
{
    struct mop_sv name = mop_sv_of(source);
    char *part =
        mop_arena_str(a, strcmp(source, "-") == 0 ? MOP_SV("stdin") : without_end(base_name(name)));
    for (char *c = part; *c; c++)
        *c = (char)(is_safe(*c) ? *c : '_');
    return part;
}

static const char *insert(struct mop_arena *a, const char *file, const char *part, size_t again)
{
    struct mop_sv path = mop_sv_of(file), base = base_name(path);
    size_t dir = path.n - base.n;
    struct mop_sv stem = without_end(base);
    struct mop_sv number = again > 1 ? mop_arena_printf(a, "-%zu", again) : MOP_SV("");
    return mop_arena_printf(a, "%.*s%.*s.%s%.*s%.*s", (int)dir, file, MOP_SV_ARG(stem), part,
                            MOP_SV_ARG(number), MOP_SV_ARG(mop_sv_sub(base, stem.n, base.n)))
        .p;
}

static bool is_taken(const struct mop_repair_file *list, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i].path, path) == 0)
            return true;
    return false;
}

static const char *path_for(struct mop_check_settings *s, const struct mop_repair_file *list,
                            size_t source, const char *file)
{
    if (s->nsources == 1)
        return file;
    const char *part = source_part(&s->arena, s->sources[source].name), *path;
    size_t again = 1;
    while (is_taken(list, source, path = insert(&s->arena, file, part, again)))
        again++;
    return path;
}

/* ---- files ---- */

static int open_all(struct mop_check_settings *s, const char *option, const char *file,
                    struct mop_repair_file **list, struct mop_err *e)
{
    if (!file)
        return 0;
    *list = mop_arena_array(&s->arena, s->nsources + 1, sizeof **list);
    for (size_t i = 0; i < s->nsources; i++) {
        (*list)[i].path = path_for(s, *list, i, file);
        if (mop_config_allows(s, option, (*list)[i].path, e))
            return -1;
        (*list)[i].file = mop_outfile_open((*list)[i].path, true, e);
        if (!(*list)[i].file)
            return -1;
    }
    return 0;
}

int mop_repair_files_open(struct mop_repair_files *f, struct mop_check_settings *s,
                          struct mop_err *e)
{
    memset(f, 0, sizeof *f);
    mop_repairs_init(&f->repairs);
    f->nsources = s->nsources;
    return open_all(s, "repairs", s->repairs, &f->to, e) ||
                   open_all(s, "repairs-undo", s->repairs_undo, &f->undo, e)
               ? -1
               : 0;
}

static int write_file(const struct mop_repair_files *f, struct mop_repair_file *to, size_t source,
                      bool undo, struct mop_err *e)
{
    struct mop_out out;
    mop_out_init(&out, mop_outfile_write, to->file);
    mop_repairs_csv(&f->repairs, source, undo, &out);
    int rc = mop_out_flush(&out, e);
    mop_out_release(&out);
    return rc ? -1 : mop_outfile_finish(to->file, e);
}

int mop_repair_files_finish(struct mop_repair_files *f, struct mop_err *e)
{
    for (size_t i = 0; f->to && i < f->nsources; i++)
        if (write_file(f, &f->to[i], i, false, e))
            return -1;
    for (size_t i = 0; f->undo && i < f->nsources; i++)
        if (write_file(f, &f->undo[i], i, true, e))
            return -1;
    return 0;
}

static int commit_all(struct mop_repair_file *list, size_t n, struct mop_err *e)
{
    for (size_t i = 0; list && i < n; i++) {
        struct mop_outfile *file = list[i].file;
        list[i].file = NULL;
        if (mop_outfile_commit(file, e))
            return -1;
    }
    return 0;
}

int mop_repair_files_commit(struct mop_repair_files *f, struct mop_err *e)
{
    return commit_all(f->to, f->nsources, e) || commit_all(f->undo, f->nsources, e) ? -1 : 0;
}

static void abort_all(struct mop_repair_file *list, size_t n)
{
    for (size_t i = 0; list && i < n; i++)
        mop_outfile_abort(list[i].file);
}

void mop_repair_files_release(struct mop_repair_files *f)
{
    abort_all(f->to, f->nsources);
    abort_all(f->undo, f->nsources);
    mop_repairs_release(&f->repairs);
}

/* ---- what is said about them ---- */

static void say_left(uint64_t n, const char *one, const char *more)
{
    if (n)
        mop_note("%llu record%s", (unsigned long long)n, n == 1 ? one : more);
}

/* The columns that are written: the key's, and those that a repair changes. */
static bool holds_personal(const struct mop_repair_source *s)
{
    bool holds = false;
    for (size_t i = 0; i < s->ncolumns; i++)
        holds |= (i < s->nkey || s->changed[i]) && s->personal[i];
    return holds;
}

static void say_source(const struct mop_repair_source *s, const char *path)
{
    if (!s->records)
        mop_note("%s: nothing to import", path);
    else
        mop_note("%s: %llu value%s in %llu record%s; %s, readable by you only", path,
                 (unsigned long long)s->values, s->values == 1 ? "" : "s",
                 (unsigned long long)s->records, s->records == 1 ? "" : "s",
                 holds_personal(s) ? "holds personal data" : "real values");
    say_left(s->no_key, " could be repaired but has no key: an import cannot find it",
             "s could be repaired but have no key: an import cannot find them");
    say_left(
        s->shared_key,
        " could be repaired but shares its key with another: an import would change both",
        "s could be repaired but share their key with others: an import would change all of them");
    say_left(s->risky,
             " keeps a value that could be repaired: that may upset another check or record",
             "s keep values that could be repaired: that may upset another check or record");
    say_left(s->own_key,
             " has a key that could be repaired: an import finds it by the key as it is",
             "s have keys that could be repaired: an import finds them by the keys as they are");
    say_left(s->unreadable,
             " could be repaired but has a cell that cannot be read, nor written back",
             "s could be repaired but have cells that cannot be read, nor written back");
}

void mop_repair_files_say(const struct mop_repair_files *f)
{
    for (size_t i = 0; i < f->repairs.nsources; i++)
        if (f->repairs.sources[i].record)
            say_source(&f->repairs.sources[i], f->to ? f->to[i].path : f->undo[i].path);
}
