/* SPDX-License-Identifier: MIT */
#ifndef MOP_TEXT_H
#define MOP_TEXT_H
#include "err.h"
#include <stdarg.h>

/* The lines of a text, as an editor counts them: LF, CRLF and a lone CR end a line. */
struct mop_lines {
    struct mop_sv text; /* borrowed */
    size_t *start;      /* offset of each line's first byte */
    size_t n, cap;      /* at least one line */
};
void mop_lines_init(struct mop_lines *l, struct mop_sv text);
void mop_lines_release(struct mop_lines *l);
/* Line and column of a byte; past the end: the end. */
struct mop_loc mop_lines_loc(const struct mop_lines *l, const char *file, size_t offset);
/* The line (from 1) without its end; absent when there is no such line. */
struct mop_sv mop_lines_get(const struct mop_lines *l, size_t line);

/* Length of the line end at s.p[i] (LF, CR: 1, CRLF: 2), 0 when there is none. */
size_t mop_line_end(struct mop_sv s, size_t i);
/*
 * Lines of printable text (mop_utf8_show; colours may be in it) as a CI log may hold them: runners
 * take a line that begins with `::`, and a `##[` or `##vso[` anywhere, for a command.
 */
void mop_text_log(struct mop_buf *out, struct mop_sv lines);
/* What stands there for the byte at i of a line; NULL: itself. */
const char *mop_text_log_escape(struct mop_sv line, size_t i);
/* vsnprintf, but a text that does not fit is cut before a code point and ends in "...". */
void mop_text_format(char *out, size_t cap, const char *fmt, va_list ap);
/* One word of a shell's command line: in single quotes where it has to be. */
void mop_shell_word(struct mop_buf *out, struct mop_sv v);
/* A JSON string with its quotes, of text that is UTF-8. */
void mop_json_quote(struct mop_buf *out, struct mop_sv v);
#endif
