/* SPDX-License-Identifier: MIT */
#include "history/db.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * One run at a time per history: a lock of the system on FILE.lock, in which the holder has signed.
 * The system lets go of it whenever the holder ends; what is still signed then is of a run that
 * died. The file stays, as taking it away would let two in.
 */
struct mop_log_lock {
    int fd;
    const char *path; /* of the history; in the log's memory */
    bool signed_;
    bool died;
    long pid;
    int64_t now_us;
    char host[128];
};

/* The number before the next blank; a minus may stand before it. */
static bool read_number(struct mop_sv *rest, int64_t *n)
{
    struct mop_sv piece;
    uint64_t digits;
    bool more = mop_sv_next(rest, ' ', &piece), minus = more && mop_sv_starts(piece, MOP_SV("-"));
    if (!more || !mop_sv_u64(mop_sv_sub(piece, minus, piece.n), &digits) || digits > INT64_MAX)
        return false;
    *n = minus ? -(int64_t)digits : (int64_t)digits;
    return true;
}

/* "PID NOW HOST\n"; false: nobody has signed. */
static bool read_signature(struct mop_log_lock *k)
{
    char text[256];
    ssize_t n = pread(k->fd, text, sizeof text, 0);
    struct mop_sv rest = {text, n > 0 ? (size_t)n : 0};
    int64_t pid;
    if (n <= 0 || !read_number(&rest, &pid) || !read_number(&rest, &k->now_us))
        return false;
    k->pid = (long)pid;
    rest = mop_sv_sub(rest, 0, mop_sv_find(rest, '\n'));
    snprintf(k->host, sizeof k->host, "%.*s", MOP_SV_ARG(rest));
    return true;
}

/* "process 4711 on host 'crm'": who has signed, or has the lock of this host and not signed yet,
 * where there may still stand the name of one that died. */
static struct mop_sv holder_of(struct mop_log_lock *k, struct mop_arena *a)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char host[128] = "localhost";
    gethostname(host, sizeof host - 1);
    bool held = fcntl(k->fd, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK && whole.l_pid > 0;
    bool signed_ = read_signature(k);
    if (held && (!signed_ || strcmp(k->host, host) == 0))
        return mop_arena_printf(a, "process %ld on host '%s'", (long)whole.l_pid, host);
    return signed_ ? mop_arena_printf(a, "process %ld on host '%s'", k->pid, k->host)
                   : MOP_SV("another run");
}

/* Whether another run has it. */
static bool refuse(struct mop_log_lock *k, struct mop_arena *a, struct mop_err *e)
{
    bool held = errno == EACCES || errno == EAGAIN;
    if (!held)
        mop_err_set(e, 3, (struct mop_loc){0}, "history '%s': cannot lock it: %s", k->path,
                    strerror(errno));
    else
        mop_err_set(e, 3, (struct mop_loc){0}, "history '%s' is in use by %.*s", k->path,
                    MOP_SV_ARG(holder_of(k, a)));
    mop_err_hint(e, "one run at a time: wait for it to end, or give each job a history of its own");
    return held;
}

struct mop_log_lock *mop_log_lock(const char *path, bool *held, struct mop_err *e)
{
    struct mop_log_lock *k = mop_alloc(sizeof *k);
    struct mop_arena a;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    mop_arena_init(&a);
    const char *name = mop_arena_printf(&a, "%s.lock", path).p;
    *held = false;
    k->path = path;
    k->fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (k->fd < 0)
        mop_err_set(e, 3, (struct mop_loc){0}, "cannot open '%s': %s", name, strerror(errno));
    else if (fcntl(k->fd, F_SETLK, &whole) != 0)
        *held = refuse(k, &a, e);
    else
        k->signed_ = true;
    mop_arena_release(&a);
    if (!k->signed_) {
        mop_log_unlock(k);
        return NULL;
    }
    k->signed_ = false;
    k->died = read_signature(k);
    return k;
}

bool mop_log_lock_died(const struct mop_log_lock *k, int64_t *now_us, long *pid)
{
    *now_us = k->now_us;
    *pid = k->pid;
    return k->died;
}

int mop_log_lock_sign(struct mop_log_lock *k, int64_t now_us, struct mop_err *e)
{
    char text[256], host[128] = "localhost";
    gethostname(host, sizeof host - 1);
    int n = snprintf(text, sizeof text, "%ld %" PRId64 " %s\n", (long)getpid(), now_us, host);
    k->signed_ = true;
    if (ftruncate(k->fd, 0) == 0 && pwrite(k->fd, text, (size_t)n, 0) == n)
        return 0;
    mop_err_set(e, 3, (struct mop_loc){0}, "cannot write '%s.lock': %s", k->path, strerror(errno));
    return -1;
}

enum mop_log_holder mop_log_holder(const char *path, int64_t *now_us, long *pid)
{
    struct mop_arena a;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct mop_log_lock k = {.path = path};
    mop_arena_init(&a);
    k.fd = open(mop_arena_printf(&a, "%s.lock", path).p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool held = k.fd >= 0 && fcntl(k.fd, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    bool said = k.fd >= 0 && read_signature(&k) && k.now_us != MOP_LOG_NO_RUN;
    if (k.fd >= 0)
        close(k.fd);
    mop_arena_release(&a);
    *now_us = k.now_us;
    *pid = k.pid;
    return !said ? MOP_LOG_FREE : held ? MOP_LOG_RUNNING : MOP_LOG_DIED;
}

bool mop_log_lock_holds(const struct mop_log_lock *k)
{
    struct stat ours, named;
    struct mop_arena a;
    mop_arena_init(&a);
    const char *name = mop_arena_printf(&a, "%s.lock", k->path).p;
    bool same = fstat(k->fd, &ours) == 0 && lstat(name, &named) == 0 &&
                ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
    mop_arena_release(&a);
    return same;
}

void mop_log_unlock(struct mop_log_lock *k)
{
    if (!k)
        return;
    if (k->signed_ && ftruncate(k->fd, 0) != 0)
        k->signed_ = false; /* the next run takes this one for dead, which is the worst of it */
    if (k->fd >= 0)
        close(k->fd);
    free(k);
}
