/* SPDX-License-Identifier: MIT */
#include "report/outfile.h"
#include "base/interrupt.h"
#include "report/leftover.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct mop_outfile {
    int fd;
    char *path, *temp; /* temp NULL: written in place */
    const char *shown;
    struct mop_outfile *next; /* of all that are open */
};
static struct mop_outfile *all_open;

/* At an exit in the middle, such as where memory ends: nothing half-written stays. */
static void remove_temps(void)
{
    for (const struct mop_outfile *f = all_open; f; f = f->next)
        if (f->temp)
            unlink(f->temp);
}

static void register_file(struct mop_outfile *f)
{
    static bool registered;
    if (!registered)
        registered = atexit(remove_temps) == 0;
    f->next = all_open;
    all_open = f;
}

static void forget_file(const struct mop_outfile *f)
{
    for (struct mop_outfile **at = &all_open; *at; at = &(*at)->next)
        if (*at == f) {
            *at = f->next;
            return;
        }
}

#ifdef MOP_TEST_HOOKS
/* $MOP_FAIL_WRITE=n: the nth write of the process finds the disk full. */
static bool fail_this_write(void)
{
    static long left = -1;
    if (left < 0) {
        const char *n = getenv("MOP_FAIL_WRITE");
        left = n ? strtol(n, NULL, 10) : 0;
    }
    return left > 0 && --left == 0;
}
#else
static bool fail_this_write(void)
{
    return false;
}
#endif

static int fault(const struct mop_outfile *f, struct mop_err *e)
{
    bool missing = errno == ENOENT;
    const char *why = strerror(errno);
    if (f->path) {
        mop_err_set(e, 3, (struct mop_loc){0}, "cannot write '%s': %s", f->shown, why);
        if (missing)
            mop_err_hint(e, "make its folder; 'mopslint doctor' tells all that a run needs");
    } else
        mop_err_set(e, 3, (struct mop_loc){0}, "cannot write to standard output: %s", why);
    return -1;
}

static void let_go(struct mop_outfile *f)
{
    forget_file(f);
    if (f->fd > STDOUT_FILENO)
        close(f->fd);
    if (f->temp)
        unlink(f->temp);
    free(f->temp);
    free(f->path);
    free(f);
}

/* Whoever closed standard output must not get another file under its number. */
static int above_standard(int fd)
{
    if (fd < 0 || fd > STDERR_FILENO)
        return fd;
    int high = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(fd);
    return high;
}

void mop_outfile_signals(void)
{
    static const int signals[] = {SIGPIPE, SIGXFSZ};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction now;
        if (sigaction(signals[i], NULL, &now) == 0 && now.sa_handler == SIG_DFL) {
            now.sa_handler = SIG_IGN;
            sigaction(signals[i], &now, NULL);
        }
    }
}

static void name_temp(struct mop_outfile *f, unsigned attempt)
{
    const char *slash = strrchr(f->path, '/');
    struct mop_buf b;
    mop_buf_init(&b, 1 << 16);
    mop_buf_add(&b, f->path, slash ? (size_t)(slash + 1 - f->path) : 0);
    mop_buf_printf(&b, ".mopslint-%ld-%u.tmp", (long)getpid(), attempt);
    free(f->temp);
    f->temp = mop_strdup(mop_buf_view(&b));
    mop_buf_release(&b);
}

static void open_beside(struct mop_outfile *f, mode_t mode)
{
    static unsigned serial;
    for (int attempt = 0; f->fd < 0 && attempt < 100; attempt++) {
        name_temp(f, serial++);
        f->fd = above_standard(open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
        if (f->fd < 0 && errno != EEXIST)
            break;
    }
    if (f->fd >= 0) {
        mop_leftover_hold(f->fd);
        mop_leftover_remove(f->temp);
        return;
    }
    int why = errno;
    free(f->temp); /* not ours to remove */
    f->temp = NULL;
    errno = why;
}

/* A file that is there is replaced, behind its links and with its mode. */
static void open_again(struct mop_outfile *f, const struct stat *was, bool secret)
{
    char *real = realpath(f->path, NULL);
    if (real) {
        free(f->path);
        f->path = real;
    }
    if (access(f->path, W_OK) == 0)
        open_beside(f, 0600);
    if (f->fd >= 0 && !secret)
        (void)!fchmod(f->fd, was->st_mode & 0777);
}

static void open_path(struct mop_outfile *f, bool secret)
{
    struct stat was;
    bool there = stat(f->path, &was) == 0;
    if (!there && !f->path[0])
        return; /* errno says it: no such file */
    if (!there)
        open_beside(f, secret ? 0600 : 0666);
    else if (S_ISREG(was.st_mode))
        open_again(f, &was, secret);
    else
        f->fd = above_standard(open(f->path, O_WRONLY | O_NOCTTY | O_CLOEXEC));
}

struct mop_outfile *mop_outfile_open(const char *path, bool secret, struct mop_err *e)
{
    struct mop_outfile *f = mop_alloc(sizeof *f);
    f->fd = STDOUT_FILENO;
    mop_outfile_signals();
    register_file(f);
    if (!path || strcmp(path, "-") == 0)
        return f;
    f->fd = -1;
    f->shown = path;
    f->path = mop_strdup(mop_sv_of(path));
    open_path(f, secret);
    if (f->fd >= 0)
        return f;
    fault(f, e);
    let_go(f);
    return NULL;
}

void mop_outfile_publish(struct mop_outfile *f)
{
    struct stat st;
    if (f->temp && fstat(f->fd, &st) == 0)
        (void)!fchmod(f->fd, (st.st_mode & 0777) | 0444);
}

int mop_outfile_write(void *file, const char *p, size_t n, struct mop_err *e)
{
    struct mop_outfile *f = file;
    while (n) {
        ssize_t done = -1;
        if (fail_this_write())
            errno = ENOSPC;
        else
            done = write(f->fd, p, n);
        if (done < 0 && errno == EINTR && !mop_interrupted)
            continue;
        if (done < 0)
            return fault(f, e);
        p += done;
        n -= (size_t)done;
    }
    return 0;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mop_strdup(MOP_SV("."));
    return mop_strdup((struct mop_sv){path, (size_t)(slash + 1 - path)});
}

/* The new name has to survive a power cut too; not every file system can promise it. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
}

static int close_file(struct mop_outfile *f)
{
    int fd = f->fd;
    if (fd <= STDOUT_FILENO)
        return 0;
    f->fd = -1;
    if (f->temp && fsync(fd) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    return close(fd);
}

bool mop_outfile_is_beside(const struct mop_outfile *f)
{
    return f->temp != NULL;
}

int mop_outfile_finish(struct mop_outfile *f, struct mop_err *e)
{
    return close_file(f) ? fault(f, e) : 0;
}

int mop_outfile_commit(struct mop_outfile *f, struct mop_err *e)
{
    int rc = close_file(f);
    if (!rc && f->temp) {
        char *folder = folder_of(f->path); /* nothing may fail once it has its name */
        rc = rename(f->temp, f->path);
        if (!rc) {
            sync_folder(folder);
            free(f->temp);
            f->temp = NULL;
        }
        free(folder);
    }
    if (rc)
        fault(f, e);
    let_go(f);
    return rc ? -1 : 0;
}

void mop_outfile_abort(struct mop_outfile *f)
{
    if (f)
        let_go(f);
}
