/* SPDX-License-Identifier: MIT */
#include "report/baseline.h"
#include "base/utf8.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Reads a baseline: every fault has its line and column. */

enum { BYTES_MAX = 1 << 30 };

struct reading {
    const char *path;
    struct mop_sv rest, line; /* line: the current one, without its end */
    uint32_t number;
    struct mop_err *e;
};

/* `at`: where in the line the fault begins. */
static int fault(struct reading *r, size_t at, const char *what)
{
    mop_err_set(r->e, 2, (struct mop_loc){r->path, r->number, (uint32_t)at + 1}, "%s", what);
    mop_err_hint(r->e, "a baseline is written by --write-baseline; write it anew");
    return -1;
}

static bool next_line(struct reading *r)
{
    if (!r->rest.n)
        return false;
    size_t end = mop_sv_find(r->rest, '\n');
    r->line = mop_sv_sub(r->rest, 0, end);
    r->rest = mop_sv_sub(r->rest, end + 1, r->rest.n);
    if (mop_sv_ends(r->line, MOP_SV("\r"))) /* an editor's, or a checkout's */
        r->line.n--;
    r->number++;
    return true;
}

static bool hex64(struct mop_sv s, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return false;
        *out = *out << 4 | (uint64_t)digit;
    }
    return s.n == 16;
}

static bool hex128(struct mop_sv s, struct mop_h128 *out)
{
    return s.n == 32 && hex64(mop_sv_sub(s, 0, 16), &out->hi) &&
           hex64(mop_sv_sub(s, 16, 32), &out->lo);
}

/* "NAME rest" */
static int header(struct reading *r, struct mop_sv name, struct mop_sv *value)
{
    if (!next_line(r) || !mop_sv_starts(r->line, name) || r->line.n == name.n ||
        r->line.p[name.n] != ' ') {
        mop_err_set(r->e, 2, (struct mop_loc){r->path, r->number ? r->number : 1, 1},
                    "'%.*s' is missing here", MOP_SV_ARG(name));
        return -1;
    }
    *value = mop_sv_sub(r->line, name.n + 1, r->line.n);
    return 0;
}

static size_t last_blank(struct mop_sv s)
{
    size_t i = s.n;
    while (i > 0 && s.p[i - 1] != ' ')
        i--;
    return i;
}

static bool is_id(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return mop_utf8_check(s) == s.n;
}

/* "RULE HASH COUNT", told from the end: an id may hold blanks. */
static int entry(struct reading *r, struct mop_baseline *b)
{
    uint64_t count;
    struct mop_h128 hash;
    size_t at_count = last_blank(r->line);
    if (at_count < 2)
        return fault(r, 0, "this is no line of a baseline: rule, hash and count");
    struct mop_sv head = mop_sv_sub(r->line, 0, at_count - 1);
    size_t at_hash = last_blank(head);
    if (!mop_sv_u64(mop_sv_sub(r->line, at_count, r->line.n), &count) || !count || count >> 32)
        return fault(r, at_count, "this is no count");
    if (at_hash < 2 || !hex128(mop_sv_sub(head, at_hash, head.n), &hash))
        return fault(r, at_hash, "this is no hash: 32 hexadecimal digits");
    struct mop_sv rule = mop_sv_sub(head, 0, at_hash - 1);
    if (!is_id(rule))
        return fault(r, 0, "this is no id of a rule");
    if (!mop_baseline_put(b, rule, hash, count))
        return fault(r, 0, "this rule and hash stand in it already");
    return 0;
}

static int check_taxonomy(struct reading *r, struct mop_sv theirs, struct mop_sv ours)
{
    if (mop_sv_eq(theirs, ours))
        return 0;
    mop_err_set(r->e, 2, (struct mop_loc){r->path, r->number, 10},
                "the baseline is of taxonomy '%.*s', not of '%.*s'", MOP_SV_ARG(theirs),
                MOP_SV_ARG(ours));
    mop_err_hint(r->e, "write one for this taxonomy with --write-baseline");
    return -1;
}

static struct mop_baseline *read_text(struct reading *r, struct mop_sv taxonomy)
{
    struct mop_sv name, salt;
    struct mop_h128 key;
    if (!next_line(r) || !mop_sv_eqs(r->line, "mopslint.baseline/1")) {
        r->number = 1;
        fault(r, 0, "this is no baseline: it begins with 'mopslint.baseline/1'");
        return NULL;
    }
    if (header(r, MOP_SV("taxonomy"), &name) || check_taxonomy(r, name, taxonomy) ||
        header(r, MOP_SV("salt"), &salt))
        return NULL;
    if (!hex128(salt, &key)) {
        fault(r, 5, "this is no salt: 32 hexadecimal digits");
        return NULL;
    }
    struct mop_baseline *b = mop_baseline_of_salt(taxonomy, key);
    while (next_line(r))
        if (entry(r, b)) {
            mop_baseline_free(b);
            return NULL;
        }
    return b;
}

static int unreadable(const char *path, const char *why, struct mop_err *e)
{
    mop_err_set(e, 2, (struct mop_loc){0}, "cannot read baseline '%s': %s", path, why);
    return -1;
}

static int slurp(const char *path, struct mop_buf *text, struct mop_err *e)
{
    char piece[65536];
    size_t n;
    FILE *f = fopen(path, "rb");
    if (!f)
        return unreadable(path, strerror(errno), e);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        mop_buf_add(text, piece, n);
    int bad = ferror(f) ? errno : 0;
    fclose(f);
    if (bad)
        return unreadable(path, strerror(bad), e);
    return text->over ? unreadable(path, "it is larger than 1 GiB", e) : 0;
}

struct mop_baseline *mop_baseline_load(const char *path, struct mop_sv taxonomy, struct mop_err *e)
{
    struct mop_buf text;
    struct mop_baseline *b = NULL;
    mop_buf_init(&text, BYTES_MAX);
    if (!slurp(path, &text, e)) {
        struct reading r = {.path = path, .rest = mop_buf_view(&text), .e = e};
        b = read_text(&r, taxonomy);
    }
    mop_buf_release(&text);
    return b;
}
