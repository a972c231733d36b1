/* SPDX-License-Identifier: MIT */
#ifndef MOP_INTERRUPT_H
#define MOP_INTERRUPT_H
#include <signal.h>

/*
 * Set by a signal handler that was installed without SA_RESTART: whoever waits in a system call
 * comes back with EINTR, looks here and gives up. Here, so that every room may look.
 */
extern volatile sig_atomic_t mop_interrupted;
#endif
