/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/civil.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the variables of templates hold: values that the user gave, and the engine's own. */

static void add_secret(struct mop_http *h, struct mop_sv text)
{
    const size_t most = sizeof h->secrets.list / sizeof *h->secrets.list;
    for (size_t i = 0; i < h->secrets.n; i++)
        if (mop_sv_eq(h->secrets.list[i], text))
            return;
    if (h->secrets.n == most)
        memmove(h->secrets.list + most / 2, h->secrets.list + most / 2 + 1,
                (most / 2 - 1) * sizeof *h->secrets.list);
    h->secrets.list[h->secrets.n == most ? most - 1 : h->secrets.n++] =
        mop_arena_copy(&h->arena, text);
}

void mop_http_secret(struct mop_http *h, struct mop_sv text)
{
    if (text.n >= 3) /* a shorter one would mask every letter */
        add_secret(h, text);
}

static int file_fault(struct mop_err *e, const struct mop_config_value *v, const char *path,
                      const char *why)
{

    mop_err_set(e, 2, (struct mop_loc){0}, "'%.*s' of %.*s_FILE: %s", MOP_SV_ARG(mop_sv_of(path)),
                MOP_SV_ARG(v->env), why);
    return -1;
}

/* The file's text without the line end that editors leave. */
static int read_file(struct mop_http *h, const struct mop_config_value *v, const char *path,
                     struct mop_sv *out, struct mop_err *e)
{
    char room[8192];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_fault(e, v, path, strerror(errno));
    bool open_to_others = fstat(fd, &st) != 0 || (st.st_mode & 077) != 0;
    ssize_t n = read(fd, room, sizeof room);
    close(fd);
    if (v->secret && open_to_others) {
        file_fault(e, v, path, "others may read this secret");
        mop_err_hint(e, "chmod 600 it");
        return -1;
    }
    if (n < 0 || n == (ssize_t)sizeof room)
        return file_fault(e, v, path, n < 0 ? strerror(errno) : "too long for a value");
    while (n > 0 && (room[n - 1] == '\n' || room[n - 1] == '\r'))
        n--;
    *out = mop_arena_copy(&h->arena, (struct mop_sv){room, (size_t)n});
    return 0;
}

static int read_value(struct mop_http *h, size_t i, struct mop_err *e)
{
    const struct mop_config_value *v = &h->c->config[i];
    const char *name = mop_arena_str(&h->arena, v->env);
    const char *path = getenv(mop_arena_printf(&h->arena, "%s_FILE", name).p);
    const char *text = getenv(name);
    if (path && *path) {
        h->config_file[i] = path;
        if (read_file(h, v, path, &h->config[i], e))
            return -1;
    } else {
        h->config[i] = text ? mop_sv_of(text) : v->fallback;
    }
    bool may_be_empty = v->fallback.p && !(v->secret && v->fallback.n);
    if (!h->config[i].p || (!h->config[i].n && !may_be_empty)) {
        mop_err_set(e, 2, (struct mop_loc){0}, "connector '%.*s' needs %s%s: %.*s",
                    MOP_SV_ARG(h->c->name), name, h->config[i].p ? ", which is empty" : "",
                    MOP_SV_ARG(v->about.n ? v->about : v->name));
        mop_err_hint(e, "set the environment variable %s, or %s_FILE to a file that holds it", name,
                     name);
        return -1;
    }
    if (memchr(h->config[i].p, '\n', h->config[i].n) ||
        memchr(h->config[i].p, '\r', h->config[i].n)) {
        mop_err_set(e, 2, (struct mop_loc){0}, "%s has several lines", name);
        return -1;
    }
    if (v->secret)
        mop_http_secret(h, h->config[i]);
    return 0;
}

bool mop_http_is_pipe(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

int mop_http_reread(struct mop_http *h, size_t i, struct mop_err *e)
{
    struct mop_sv text;
    /* It is read once: who waits for it again holds the lock. */
    if (mop_http_is_pipe(h->config_file[i]))
        return 0;
    if (read_file(h, &h->c->config[i], h->config_file[i], &text, e))
        return -1;
    if (text.n) { /* not while it is written anew */
        h->config[i] = text;
        mop_http_secret(h, text);
    }
    return 0;
}

int mop_http_config(struct mop_http *h, struct mop_err *e)
{
    h->config = mop_arena_array(&h->arena, h->c->nconfig + 1, sizeof *h->config);
    h->config_file = mop_arena_array(&h->arena, h->c->nconfig + 1, sizeof *h->config_file);
    for (size_t i = 0; i < h->c->nconfig; i++)
        if (read_value(h, i, e))
            return -1;
    return 0;
}

static void add_partition(struct mop_http *h, size_t *cap, struct mop_sv text)
{
    struct mop_sv one = mop_sv_trim(text);
    for (size_t i = 0; i < h->npartitions; i++)
        if (mop_sv_eq(h->partitions[i], one)) /* its records would come twice */
            return;
    if (!one.n)
        return;
    if (h->npartitions == *cap) {
        *cap = *cap ? *cap * 2 : 16;
        struct mop_sv *more = mop_arena_array(&h->arena, *cap, sizeof *more);
        for (size_t i = 0; i < h->npartitions; i++)
            more[i] = h->partitions[i];
        h->partitions = more;
    }
    h->partitions[h->npartitions++] = one;
}

int mop_http_partitions(struct mop_http *h, struct mop_err *e)
{
    size_t cap = 0;
    if (!h->s->partition.n) {
        h->partitions = mop_arena_array(&h->arena, 1, sizeof *h->partitions);
        h->npartitions = 1;
        return 0;
    }
    for (size_t i = 0; i < h->s->partition_list.n; i++) {
        struct mop_sv rest = mop_http_text(h, &h->arena, h->s->partition_list.list[i]), piece;
        while (mop_sv_next(&rest, ',', &piece))
            add_partition(h, &cap, piece);
    }
    if (h->npartitions)
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "there is no '%.*s' to fetch for",
                MOP_SV_ARG(h->s->partition));
    return -1;
}

static bool fields_value(const struct mop_http *h, struct mop_buf *out)
{
    bool any = false;
    for (size_t i = 0; i < h->s->nfields; i++) {
        if (!h->s->fields[i].ask.p)
            continue;
        if (any)
            mop_buf_chr(out, ',');
        mop_buf_sv(out, h->s->fields[i].ask);
        any = true;
    }
    return any;
}

static bool since_value(const struct mop_http *h, enum mop_format_of format, struct mop_buf *out)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int y, m, d;
    int64_t s = mop_floor_div(h->since_us, MOP_US_SECOND);
    int32_t day = mop_day_of_us(h->since_us);
    int64_t clock = s - (int64_t)day * 86400;
    mop_state_cut(h, format == MOP_AS_DATE       ? MOP_US_DAY
                     : format == MOP_AS_EPOCH_MS ? 1000
                                                 : MOP_US_SECOND);
    if (!h->has_since)
        return false;
    mop_civil_of_day(day, &y, &m, &d);
    int hh = (int)(clock / 3600), mm = (int)(clock / 60 % 60), ss = (int)(clock % 60);
    if (format == MOP_AS_EPOCH)
        mop_buf_printf(out, "%lld", (long long)s);
    else if (format == MOP_AS_EPOCH_MS)
        mop_buf_printf(out, "%lld", (long long)mop_floor_div(h->since_us, 1000));
    else if (format == MOP_AS_DATE)
        mop_buf_printf(out, "%04d-%02d-%02d", y, m, d);
    else if (format == MOP_AS_HTTP_DATE)
        mop_buf_printf(out, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[mop_weekday(day)], d,
                       months[m - 1], y, hh, mm, ss);
    else
        mop_buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", y, m, d, hh, mm, ss);
    return true;
}

static bool add_if(bool there, struct mop_sv text, bool mask, struct mop_buf *out)
{
    if (there && mask)
        mop_buf_str(out, "***");
    else if (there)
        mop_buf_sv(out, text);
    return there;
}

static bool add_number(uint64_t n, struct mop_buf *out)
{
    mop_buf_printf(out, "%llu", (unsigned long long)n);
    return true;
}

static bool config_value(const struct mop_http *h, struct mop_sv name, bool mask,
                         struct mop_buf *out)
{
    for (size_t i = 0; i < h->c->nconfig; i++)
        if (mop_sv_eq(h->c->config[i].name, name))
            return add_if(h->config[i].n, h->config[i], mask && h->c->config[i].secret, out);
    return false;
}

bool mop_http_value(void *ctx, struct mop_sv name, enum mop_format_of format, struct mop_buf *out)
{
    const struct mop_render *r = ctx;
    const struct mop_http *h = r->h;
    const struct mop_place *p = &h->place;
    if (h->s->partition.n && h->partitions && mop_sv_eq(name, h->s->partition))
        return add_if(true, h->partitions[h->partition], false, out);
    if (mop_sv_eqs(name, "fields"))
        return fields_value(h, out);
    if (mop_sv_eqs(name, "cursor"))
        return add_if(p->has_cursor, mop_buf_view(&p->cursor), r->mask && p->page, out);
    if (mop_sv_eqs(name, "last_key"))
        return add_if(p->last_key.n, mop_buf_view(&p->last_key), r->mask && p->got, out);
    if (mop_sv_eqs(name, "page_size"))
        return add_if(true, h->s->paginator.page_size, false, out);
    if (mop_sv_eqs(name, "offset"))
        return add_number(p->offset, out);
    if (mop_sv_eqs(name, "page"))
        return add_number(p->number, out);
    if (mop_sv_eqs(name, "since"))
        return since_value(h, format, out);
    return config_value(h, name, r->mask, out);
}

struct mop_sv mop_http_text(struct mop_http *h, struct mop_arena *a, struct mop_sv template_)
{
    struct mop_buf b;
    struct mop_render r = {h, false};
    mop_buf_init(&b, MOP_HTTP_CAP_TEXT);
    bool there = mop_template_render(template_, mop_http_value, &r, NULL, &b) && !b.over;
    struct mop_sv out = there ? mop_arena_copy(a, mop_buf_view(&b)) : MOP_SV_NONE;
    mop_buf_release(&b);
    return out;
}
