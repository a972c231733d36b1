/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Files that several runs read and write back: bookmarks, refresh tokens. They are replaced by
 * rename, so that the lock is on their folder and leaves nothing behind.
 */
enum { LOOK_MS = 50 };

static int open_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        mop_strdup(slash ? (struct mop_sv){path, (size_t)(slash - path) + 1} : MOP_SV("."));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    return fd;
}

int mop_http_lock(struct mop_http *h, const char *path, int *fd, struct mop_err *e)
{
    char *real = mop_http_real(path);
    *fd = open_folder(real);
    free(real);
    while (*fd >= 0 && flock(*fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK)
            break; /* a file system without locks */
        mop_err_set(e, 3, (struct mop_loc){path, 0, 0}, "another run has it locked");
        if (mop_http_pause(h, LOOK_MS, e)) {
            mop_http_unlock(*fd);
            return -1;
        }
        *e = (struct mop_err){0};
    }
    return 0;
}

void mop_http_unlock(int fd)
{
    if (fd >= 0)
        close(fd);
}

/* ---- bookmarks, for a whole run ---- */

/* A lock of its own for each source: runs of others may share the file. */
static char *hold_path(const struct mop_http *h)
{
    char *real = mop_http_real(h->o->state);
    struct mop_buf b;
    mop_buf_init(&b, PATH_MAX);
    mop_buf_printf(&b, "%s.%016llx.lock", real,
                   (unsigned long long)mop_hash_stable(mop_sv_of(h->source.name)).lo);
    char *path = mop_strdup(mop_buf_view(&b));
    mop_buf_release(&b);
    free(real);
    return path;
}

/* Whoever held it before may have removed it meanwhile. */
static bool is_at(int fd, const char *path)
{
    struct stat mine, there;
    return fstat(fd, &mine) == 0 && stat(path, &there) == 0 && mine.st_dev == there.st_dev &&
           mine.st_ino == there.st_ino;
}

static int say_holder(const struct mop_http *h, long pid, struct mop_err *e)
{
    char who[40] = "";
    if (pid > 0)
        snprintf(who, sizeof who, ", process %ld,", pid);
    mop_http_fail(h, e, "state-in-use", "another run%s has the bookmarks", who);
    mop_err_hint(e, "run again when that one has ended");
    return -1;
}

/* 1: it is ours, or nobody's where there are no locks; 0: look again; -1. */
static int try_hold(struct mop_http *h, struct mop_err *e)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    h->hold = open(h->hold_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (h->hold < 0) {
        mop_err_set(e, 3, (struct mop_loc){h->o->state, 0, 0}, "the state cannot be written: %s",
                    strerror(errno));
        mop_err_name(e, "state");
        return -1;
    }
    bool taken = fcntl(h->hold, F_SETLK, &lock) != 0 && (errno == EACCES || errno == EAGAIN);
    if (!taken && is_at(h->hold, h->hold_path))
        return 1;
    bool held = taken && fcntl(h->hold, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    close(h->hold);
    h->hold = -1;
    return held ? say_holder(h, (long)lock.l_pid, e) : 0;
}

int mop_http_hold(struct mop_http *h, struct mop_err *e)
{
    enum { LOOKS = 100 };
    int rc = 0;
    h->hold_path = hold_path(h);
    for (int i = 0; !rc && i < LOOKS; i++)
        rc = try_hold(h, e);
    return rc > 0 ? 0 : rc ? -1 : say_holder(h, 0, e);
}

void mop_http_let_go(struct mop_http *h)
{
    if (h->hold >= 0) {
        unlink(h->hold_path);
        close(h->hold);
    }
    free(h->hold_path);
}

char *mop_http_real(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : mop_strdup(mop_sv_of(path));
}

static bool write_all(int fd, struct mop_sv text)
{
    while (text.n) {
        ssize_t n = write(fd, text.p, text.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text = mop_sv_sub(text, (size_t)n, text.n);
    }
    return fsync(fd) == 0;
}

int mop_http_replace(const char *path, struct mop_sv text)
{
    char temporary[PATH_MAX];
    char *real = mop_http_real(path); /* a link stays one */
    int n = snprintf(temporary, sizeof temporary, "%s.new-XXXXXX", real);
    errno = ENAMETOOLONG;
    int fd = n > 0 && n < (int)sizeof temporary ? mkstemp(temporary) : -1; /* mode 0600 */
    bool good = fd >= 0 && write_all(fd, text);
    int why = errno;
    if (fd >= 0 && close(fd) != 0 && good) {
        why = errno;
        good = false;
    }
    if (good && rename(temporary, real) != 0) {
        why = errno;
        good = false;
    }
    if (fd >= 0 && !good)
        unlink(temporary);
    free(real);
    errno = why;
    return good ? 0 : -1;
}
