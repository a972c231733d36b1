/* SPDX-License-Identifier: MIT */
#include "report/markdown.h"
#include "report/problems_parts.h"
#include <stdlib.h>

/*
 * For a comment on a pull request, which holds 65,536 characters, or a step's summary, which holds
 * 1 MiB: a table of the worst problems, as many as fit the smaller of the two.
 */
enum {
    BYTES_MAX = 60000,         /* of all */
    END_MAX = 20000,           /* of these for notes and figures */
    LINE_MAX = 300,            /* columns of a text */
    DETAIL_MAX = 9,            /* lines of a detail */
    LINE_BYTES = 16 * LINE_MAX /* that many bytes at most (mop_utf8_show) */
};
enum { ESCAPED_MAX = 8 }; /* bytes that stand for one: "@" and a zero-width space */

static void add_line(struct mop_out *out, const char *lead, struct mop_sv text)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_out_str(out, "<br>");
    mop_out_str(out, lead);
    mop_markdown_text(out, mop_problem_shown(&a, text, LINE_MAX));
    mop_arena_release(&a);
}

static void add_detail(struct mop_out *out, struct mop_sv detail)
{
    struct mop_sv line;
    for (size_t i = 0; detail.n && i < DETAIL_MAX && mop_sv_next(&detail, '\n', &line); i++)
        add_line(out, "", line);
    mop_out_str(out, detail.n ? "<br>..." : "");
}

static void add_counted(struct mop_out *out, const struct mop_problem *x)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_markdown_text(out, mop_problem_shown(&a, x->message, LINE_MAX));
    if (x->count > 1)
        mop_out_sv(out, mop_arena_printf(&a, " (%llu records)", (unsigned long long)x->count));
    if (x->hint.n)
        add_line(out, "hint: ", x->hint);
    add_detail(out, x->detail);
    mop_arena_release(&a);
}

static void add_place(struct mop_out *out, const struct mop_problem *x)
{
    struct mop_arena a;
    mop_arena_init(&a);
    if (x->at.file) {
        struct mop_sv path = mop_problem_path(&a, x->at.file);
        mop_markdown_code(
            out, x->at.line ? mop_arena_printf(&a, "%.*s:%u", MOP_SV_ARG(path), x->at.line) : path,
            SIZE_MAX);
    }
    mop_arena_release(&a);
}

static void add_row(struct mop_out *out, const struct mop_problems *p, const struct mop_problem *x)
{
    mop_out_str(out, "| ");
    mop_out_str(out, mop_problem_levels[x->level]);
    mop_out_str(out, " | ");
    add_place(out, x);
    mop_out_str(out, " | ");
    mop_markdown_code(out, p->rules[x->rule].id, LINE_MAX);
    mop_out_str(out, " | ");
    add_counted(out, x);
    mop_out_str(out, " |\n");
}

/* What a row takes, before it is known whether there is room for it. */
static size_t row_bytes(const struct mop_problems *p, const struct mop_problem *x)
{
    struct mop_buf b;
    struct mop_err e = {0};
    struct mop_out out;
    mop_buf_init(&b, SIZE_MAX);
    mop_out_init(&out, mop_out_to_buf, &b);
    add_row(&out, p, x);
    mop_out_flush(&out, &e);
    size_t n = b.n;
    mop_out_release(&out);
    mop_buf_release(&b);
    return n;
}

/* So many of the worst as fit. */
static size_t most_rows(const struct mop_problems *p, size_t *ranked)
{
    size_t n = 0, bytes = 0;
    while (n < p->n && mop_problem_stands(&p->list[ranked[n]])) {
        bytes += row_bytes(p, &p->list[ranked[n]]);
        if (bytes > BYTES_MAX - END_MAX)
            break;
        n++;
    }
    return n;
}

static void add_table(struct mop_out *out, const struct mop_problems *p, const bool *chosen,
                      size_t left)
{
    bool any = false;
    for (size_t i = 0; i < p->n; i++) {
        if (!chosen[i])
            continue;
        if (!any)
            mop_out_str(out, "\n| level | where | rule | problem |\n| --- | --- | --- | --- |\n");
        any = true;
        add_row(out, p, &p->list[i]);
    }
    if (left) {
        struct mop_arena a;
        mop_arena_init(&a);
        mop_out_sv(out, mop_arena_printf(&a, "\nThe worst are shown; %zu more are not.\n", left));
        mop_arena_release(&a);
    }
}

static void add_item(struct mop_out *out, struct mop_sv text)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_out_str(out, "- ");
    mop_out_str(out, mop_markdown_begins_block(text) ? "&#8203;" : "");
    mop_markdown_text(out, mop_problem_shown(&a, text, LINE_MAX));
    mop_out_chr(out, '\n');
    mop_arena_release(&a);
}

/* Notes, then figures, as lines of one list. */
static struct mop_sv line_of(struct mop_arena *a, const struct mop_problems *p, size_t i)
{
    if (i < p->nnotes)
        return p->notes[i];
    const struct mop_problem_figure *f = &p->figures[i - p->nnotes];
    return mop_arena_printf(a, "%.*s: %.*s", MOP_SV_ARG(f->name), MOP_SV_ARG(f->value));
}

static void add_end(struct mop_out *out, const struct mop_problems *p)
{
    size_t n = p->nnotes + p->nfigures, room = END_MAX;
    struct mop_arena a;
    mop_arena_init(&a);
    mop_out_str(out, n ? "\n" : "");
    for (size_t i = 0; i < n; i++) {
        struct mop_sv line = line_of(&a, p, i);
        size_t bytes = ESCAPED_MAX * (line.n < LINE_BYTES ? line.n : LINE_BYTES) + 16;
        if (bytes > room) {
            mop_out_sv(out, mop_arena_printf(&a, "- %zu more notes are not shown\n", n - i));
            break;
        }
        room -= bytes;
        add_item(out, line);
    }
    mop_arena_release(&a);
}

static void add_head(struct mop_out *out, const struct mop_problems *p)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_problems_summary(p, &b);
    mop_out_str(out, "### mopslint ");
    mop_out_str(out, p->command);
    if (p->taxonomy.n) {
        mop_out_str(out, ": ");
        mop_markdown_code(out, p->taxonomy, 100);
    }
    mop_out_str(out, "\n\n");
    if (p->partial) {
        mop_out_str(out, "**Partial, as ");
        mop_out_str(out, p->why_partial);
        mop_out_str(out, ": the result is not to be trusted.** ");
    }
    mop_out_sv(out, mop_buf_view(&b));
    mop_out_chr(out, '\n');
    mop_buf_release(&b);
}

static int write_markdown(const struct mop_problems *p, const struct mop_problem_options *o,
                          struct mop_out *out, struct mop_err *e)
{
    size_t *ranked = mop_problems_ranked(p), left;
    size_t rows = most_rows(p, ranked);
    bool *chosen = mop_problems_choose(p, rows, mop_problem_stands, &left);
    (void)o;
    add_head(out, p);
    add_table(out, p, chosen, left);
    add_end(out, p);
    free(chosen);
    free(ranked);
    return mop_out_flush(out, e);
}

const struct mop_problem_format mop_problems_markdown = {
    "markdown", "for a comment on a pull request or a step's summary", write_markdown};
