/* SPDX-License-Identifier: MIT */
#include "report/leftover.h"
#include "base/mem.h"
#include "base/text.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { A_DAY = 86400, FOLDERS = 16 };

void mop_leftover_hold(int fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    (void)fcntl(fd, F_SETLK, &whole); /* where nothing can be locked, the day alone guards it */
}

bool mop_leftover_name(struct mop_sv name, int64_t *pid)
{
    uint64_t serial, process;
    size_t end = MOP_SV(".tmp").n, start = MOP_SV(".mopslint-").n;
    if (!mop_sv_starts(name, MOP_SV(".mopslint-")) || !mop_sv_ends(name, MOP_SV(".tmp")) ||
        name.n < start + end)
        return false;
    struct mop_sv rest = mop_sv_sub(name, start, name.n - end), first;
    bool is = mop_sv_next(&rest, '-', &first) && mop_sv_u64(first, &process) &&
              mop_sv_u64(rest, &serial) && process <= INT64_MAX;
    *pid = is ? (int64_t)process : 0;
    return is;
}

/* Nobody holds it, and nobody has touched it for long: on another host, too, its run is over. */
static bool is_left(int fd)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
           st.st_nlink == 1 && time(NULL) - st.st_mtime > A_DAY &&
           fcntl(fd, F_GETLK, &whole) == 0 && whole.l_type == F_UNLCK;
}

static void look_at(int folder, const char *name)
{
    int64_t pid;
    /* a look at a file of our own would let go of its lock */
    if (!mop_leftover_name(mop_sv_of(name), &pid) || pid == (int64_t)getpid())
        return;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (is_left(fd))
        (void)!unlinkat(folder, name, 0);
    close(fd);
}

static bool looked_before(int folder)
{
    static struct {
        dev_t device;
        ino_t inode;
    } seen[FOLDERS];
    static size_t n;
    struct stat st;
    if (fstat(folder, &st) != 0)
        return true;
    for (size_t i = 0; i < n; i++)
        if (seen[i].device == st.st_dev && seen[i].inode == st.st_ino)
            return true;
    if (n == FOLDERS)
        return true;
    seen[n].device = st.st_dev;
    seen[n++].inode = st.st_ino;
    return false;
}

void mop_leftover_remove(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder =
        mop_strdup(slash ? (struct mop_sv){path, (size_t)(slash + 1 - path)} : MOP_SV("."));
    DIR *d = opendir(folder);
    free(folder);
    if (!d)
        return;
    bool done = looked_before(dirfd(d));
    for (const struct dirent *f = done ? NULL : readdir(d); f; f = readdir(d))
        look_at(dirfd(d), f->d_name);
    closedir(d);
}
