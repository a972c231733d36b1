/* SPDX-License-Identifier: MIT */
#ifndef MOP_NOTES_H
#define MOP_NOTES_H
#include "base/sv.h"

/* A line `note: ...` on standard error; control bytes are escaped. */
void mop_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
#endif
