/* SPDX-License-Identifier: MIT */
#include "input_parts.h"
#include "../base/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct mop_input {
    const char *name;
    int fd;
    bool waits; /* a pipe or terminal: nothing may come for a long time */
    struct mop_input_facts facts;
    struct mop_ahead file_ahead, bytes_ahead;
    struct mop_gunzip *gunzip;
    struct mop_convert *convert;
};

/* Byte order marks, longer ones first. */
static const struct mark {
    const char *bytes;
    size_t n;
    const char *encoding, *family;
} marks[] = {
    {"\xEF\xBB\xBF", 3, "UTF-8", "UTF-8"},     {"\xFF\xFE\0\0", 4, "UTF-32LE", "UTF-32"},
    {"\0\0\xFE\xFF", 4, "UTF-32BE", "UTF-32"}, {"\xFF\xFE", 2, "UTF-16LE", "UTF-16"},
    {"\xFE\xFF", 2, "UTF-16BE", "UTF-16"},
};

#ifdef MOP_TEST_HOOKS
/* $MOP_FAIL_READ=n: the nth read of the process fails. */
static bool fail_this_read(void)
{
    static long left = -1;
    if (left < 0) {
        const char *n = getenv("MOP_FAIL_READ");
        left = n ? atol(n) : 0;
    }
    return left > 0 && --left == 0;
}
#else
static bool fail_this_read(void)
{
    return false;
}
#endif

struct mop_loc mop_input_loc(const struct mop_input *in)
{
    return (struct mop_loc){in->name, 0, 0};
}

void mop_input_rename(struct mop_input *in, const char *name)
{
    in->name = name;
}

struct mop_input_facts mop_input_facts(const struct mop_input *in)
{
    return in->facts;
}

static long read_fd(struct mop_input *in, char *dst, size_t cap, struct mop_err *e)
{
    ssize_t n;
    do {
        if (in->waits && !mop_interrupt_wait(in->fd)) {
            mop_err_set(e, 3, mop_input_loc(in), "interrupted");
            return -1;
        }
        n = read(in->fd, dst, cap);
        if (fail_this_read()) {
            n = -1;
            errno = EIO;
        }
    } while (n < 0 && errno == EINTR);
    if (n < 0) {
        mop_err_set(e, 3, mop_input_loc(in), "cannot read '%s': %s", in->name, strerror(errno));
        return -1;
    }
    in->facts.bytes_read += (uint64_t)n;
    return n;
}

/* What was looked at ahead comes first. */
static long take_ahead(struct mop_ahead *a, char *dst, size_t cap)
{
    size_t n = a->n - a->at < cap ? a->n - a->at : cap;
    memcpy(dst, a->b + a->at, n);
    a->at += n;
    return (long)n;
}

static int look_ahead(struct mop_input *in, struct mop_ahead *a, mop_input_pull *pull,
                      struct mop_err *e)
{
    struct mop_ahead seen = {{0}, 0, 0};
    while (seen.n < sizeof seen.b) {
        long n = pull(in, seen.b + seen.n, sizeof seen.b - seen.n, e);
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        seen.n += (size_t)n;
    }
    *a = seen;
    return 0;
}

long mop_input_file(struct mop_input *in, char *dst, size_t cap, struct mop_err *e)
{
    if (in->file_ahead.at < in->file_ahead.n)
        return take_ahead(&in->file_ahead, dst, cap);
    return read_fd(in, dst, cap, e);
}

long mop_input_bytes(struct mop_input *in, char *dst, size_t cap, struct mop_err *e)
{
    if (in->bytes_ahead.at < in->bytes_ahead.n)
        return take_ahead(&in->bytes_ahead, dst, cap);
    if (in->gunzip)
        return mop_gunzip_pull(in->gunzip, in, dst, cap, e);
    return mop_input_file(in, dst, cap, e);
}

long mop_input_read(struct mop_input *in, char *dst, size_t cap, struct mop_err *e)
{
    if (in->convert)
        return mop_convert_pull(in->convert, in, dst, cap, e);
    return mop_input_bytes(in, dst, cap, e);
}

/* A named pipe that nobody writes to yet would hold open() itself up; whoever reads waits later. */
static int open_named(const char *name)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    int flags = fd < 0 ? -1 : fcntl(fd, F_GETFL);
    if (flags >= 0)
        fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
    return fd;
}

static int open_fd(struct mop_input *in, struct mop_err *e)
{
    struct stat st;
    bool standard = strcmp(in->name, "-") == 0;
    in->fd = standard ? STDIN_FILENO : open_named(in->name);
    if (in->fd < 0 || fstat(in->fd, &st) < 0) {
        mop_err_set(e, 3, mop_input_loc(in), "cannot open '%s': %s", in->name, strerror(errno));
        return -1;
    }
    if (S_ISDIR(st.st_mode)) {
        mop_err_set(e, 3, mop_input_loc(in), "cannot read '%s': %s", in->name, strerror(EISDIR));
        mop_err_hint(e, "name the files in it, e.g. '%s/*.csv'", in->name);
        return -1;
    }
    in->waits = !S_ISREG(st.st_mode);
    in->facts.rereadable = S_ISREG(st.st_mode) && !standard;
    in->facts.bytes_total = S_ISREG(st.st_mode) && st.st_size > 0 ? (uint64_t)st.st_size : 0;
    return 0;
}

/* Excel's formats: a ZIP archive, and before 2007 a compound file. */
static int refuse_workbook(const struct mop_input *in, struct mop_err *e)
{
    static const struct {
        const char *bytes;
        size_t n;
    } magic[] = {{"PK\003\004", 4}, {"\xD0\xCF\x11\xE0", 4}};
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++) {
        const struct mop_ahead *a = &in->bytes_ahead;
        if (a->n < magic[i].n || memcmp(a->b, magic[i].bytes, magic[i].n) != 0)
            continue;
        mop_err_set(e, 3, mop_input_loc(in),
                    i ? "this is an Excel workbook" : "this is an Excel workbook or a ZIP archive");
        mop_err_hint(e, "save the sheet as 'CSV UTF-8', or take the file out of the archive");
        return -1;
    }
    return 0;
}

static int detect_gzip(struct mop_input *in, struct mop_err *e)
{
    if (look_ahead(in, &in->file_ahead, mop_input_file, e) < 0)
        return -1;
    in->facts.gzip = in->file_ahead.n >= 3 && memcmp(in->file_ahead.b, "\x1f\x8b\x08", 3) == 0;
    if (!in->facts.gzip || (in->gunzip = mop_gunzip_create()))
        return 0;
    mop_err_set(e, 3, mop_input_loc(in), "cannot start zlib");
    return -1;
}

static const struct mark *find_mark(const struct mop_ahead *a)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (a->n >= marks[i].n && memcmp(a->b, marks[i].bytes, marks[i].n) == 0)
            return &marks[i];
    return NULL;
}

/* What the source is read as: the mark's encoding if nothing else is declared or the declared one
 * leaves the byte order open. */
static const char *settle_encoding(struct mop_input *in, const char *declared)
{
    const struct mark *m = find_mark(&in->bytes_ahead);
    if (declared && strcasecmp(declared, "UTF8") == 0)
        declared = "UTF-8";
    if (!m)
        return declared ? declared : "UTF-8";
    if (!declared || strcasecmp(declared, m->family) == 0 ||
        strcasecmp(declared, m->encoding) == 0) {
        in->bytes_ahead.at = m->n;
        in->facts.by_mark = true;
        return m->encoding;
    }
    in->facts.foreign_mark = m->encoding;
    return declared;
}

static int set_encoding(struct mop_input *in, const char *declared, struct mop_err *e)
{
    if (look_ahead(in, &in->bytes_ahead, mop_input_bytes, e) < 0 || refuse_workbook(in, e))
        return -1;
    in->facts.encoding = settle_encoding(in, declared);
    if (strcasecmp(in->facts.encoding, "UTF-8") == 0)
        return 0;
    in->convert = mop_convert_create(in->facts.encoding);
    in->facts.converted = true;
    if (in->convert)
        return 0;
    mop_err_set(e, 2, mop_input_loc(in), "unknown encoding '%s'", in->facts.encoding);
    mop_err_hint(e, "names as 'iconv -l' lists them, e.g. windows-1252, utf-16, iso-8859-15");
    return -1;
}

struct mop_input *mop_input_open(const char *name, const char *encoding, struct mop_err *e)
{
    struct mop_input *in = mop_alloc(sizeof *in);
    in->name = name;
    if (open_fd(in, e) == 0 && detect_gzip(in, e) == 0 && set_encoding(in, encoding, e) == 0)
        return in;
    mop_input_close(in);
    return NULL;
}

void mop_input_close(struct mop_input *in)
{
    if (!in)
        return;
    mop_gunzip_free(in->gunzip);
    mop_convert_free(in->convert);
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    free(in);
}
