/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include "base/utf8.h"

/*
 * For terminals and logs: each problem as all messages look, with its source line and a marker,
 * then the figures and one line that sums up.
 */
enum { INDENT = 4, PIECE_MAX = 16 << 20 };

static void add_detail(struct mop_buf *b, struct mop_sv detail)
{
    struct mop_sv line;
    while (detail.n && mop_sv_next(&detail, '\n', &line)) {
        mop_buf_printf(b, "%*s", INDENT, "");
        mop_utf8_show(b, line, SIZE_MAX);
        mop_buf_chr(b, '\n');
    }
}

static void add_problem(struct mop_buf *b, const struct mop_problems *p,
                        const struct mop_problem *x, struct mop_sv line, bool color)
{
    mop_diag_head(b, x->level, x->at, color);
    mop_utf8_show(b, x->message, SIZE_MAX);
    if (x->count > 1)
        mop_buf_printf(b, " (%llu records)", (unsigned long long)x->count);
    mop_buf_str(b, " [");
    mop_utf8_show(b, p->rules[x->rule].id, SIZE_MAX);
    mop_buf_str(b, "]\n");
    if (line.p && x->at.col)
        mop_diag_excerpt(b, line, x->at.col, x->span, color);
    mop_diag_tail(b, x->hint);
    add_detail(b, x->detail);
}

/* Hands on what is in the buffer, safe for a CI log, and empties it. */
static void put(struct mop_out *out, struct mop_buf *b)
{
    struct mop_buf safe;
    mop_buf_init(&safe, SIZE_MAX);
    mop_text_log(&safe, mop_buf_view(b));
    mop_out_sv(out, mop_buf_view(&safe));
    mop_buf_release(&safe);
    mop_buf_reset(b);
}

static void put_problems(const struct mop_problems *p, struct mop_out *out, struct mop_buf *b,
                         bool color)
{
    struct mop_problem_lines lines;
    mop_problem_lines_init(&lines, p);
    for (size_t i = 0; i < p->n; i++) {
        const struct mop_problem *x = &p->list[i];
        if (!mop_problem_stands(x))
            continue;
        add_problem(b, p, x, mop_problem_lines_get(&lines, x->at), color);
        put(out, b);
    }
    mop_problem_lines_release(&lines);
}

static void add_end(struct mop_buf *b, const struct mop_problems *p)
{
    for (size_t i = 0; i < p->nnotes; i++) {
        mop_buf_str(b, "note: ");
        mop_utf8_show(b, p->notes[i], SIZE_MAX);
        mop_buf_chr(b, '\n');
    }
    for (size_t i = 0; i < p->nfigures; i++) {
        mop_utf8_show(b, p->figures[i].name, SIZE_MAX);
        mop_buf_str(b, ": ");
        mop_utf8_show(b, p->figures[i].value, SIZE_MAX);
        mop_buf_chr(b, '\n');
    }
    mop_problems_summary(p, b);
    mop_buf_chr(b, '\n');
}

static int write_text(const struct mop_problems *p, const struct mop_problem_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    struct mop_buf b;
    mop_buf_init(&b, PIECE_MAX);
    put_problems(p, out, &b, o->color);
    add_end(&b, p);
    put(out, &b);
    mop_buf_release(&b);
    return mop_out_flush(out, e);
}

const struct mop_problem_format mop_problems_text = {
    "text", "for terminals and logs, with source lines", write_text};
