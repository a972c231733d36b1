/* SPDX-License-Identifier: MIT */
#include "cli/notes.h"
#include "base/err.h"
#include "base/utf8.h"
#include "cli/options.h"
#include <stdio.h>
#include <unistd.h>

void mop_note(const char *fmt, ...)
{
    struct mop_buf text, line;
    va_list ap;
    mop_buf_init(&text, 1 << 20);
    mop_buf_init(&line, 8 << 20);
    va_start(ap, fmt);
    mop_buf_vprintf(&text, fmt, ap);
    va_end(ap);
    mop_diag_head(&line, MOP_NOTE, (struct mop_loc){0}, mop_cli_color(STDERR_FILENO));
    mop_utf8_show(&line, mop_buf_view(&text), SIZE_MAX);
    mop_buf_chr(&line, '\n');
    fwrite(line.p, 1, line.n, stderr);
    mop_buf_release(&text);
    mop_buf_release(&line);
}
