/* SPDX-License-Identifier: MIT */
#ifndef MOP_INTERRUPT_H
#define MOP_INTERRUPT_H
#include <signal.h>
#include <stdbool.h>

/*
 * Set by a signal handler that was installed without SA_RESTART: whoever waits in a system call
 * comes back with EINTR, looks here and gives up. Here, so that every room may look.
 */
extern volatile sig_atomic_t mop_interrupted;

/* Lets SIGINT, SIGTERM and SIGHUP (a terminal that is closed; not under nohup) set it. */
void mop_interrupt_catch(void);

/*
 * Waits until there is something to read from fd, or its end. False: a signal set mop_interrupted
 * first; one that comes between looking there and waiting is not lost, as it would be before a
 * read().
 */
bool mop_interrupt_wait(int fd);
#endif
