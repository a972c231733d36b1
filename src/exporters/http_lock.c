/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
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
