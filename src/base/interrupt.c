/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* ppoll, which takes any descriptor: pselect takes those below 1,024 */
#include "interrupt.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>

volatile sig_atomic_t mop_interrupted;

#ifdef MOP_TEST_HOOKS
/* $MOP_RAISE_WAIT=n: a signal comes just before the nth wait of the process. */
static void raise_before_wait(void)
{
    static long left = -1;
    if (left < 0) {
        const char *n = getenv("MOP_RAISE_WAIT");
        left = n ? atol(n) : 0;
    }
    if (left > 0 && --left == 0)
        raise(SIGINT);
}
#else
static void raise_before_wait(void)
{
}
#endif

static void interrupt(int sig)
{
    (void)sig;
    mop_interrupted = 1;
}

void mop_interrupt_catch(void)
{
    struct sigaction act = {.sa_handler = interrupt}, before;
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup */
        sigaction(SIGHUP, &act, NULL);
}

bool mop_interrupt_wait(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    sigset_t ours, before;
    int n = 0;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ours, &before);
    while (!mop_interrupted) {
        raise_before_wait();
        n = ppoll(&p, 1, NULL, &before); /* only here the signals come through */
        if (n >= 0 || errno != EINTR)
            break; /* what is wrong with fd, read() will say */
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return !mop_interrupted;
}
