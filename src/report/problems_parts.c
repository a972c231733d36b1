/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include "base/utf8.h"
#include <string.h>

const char *const mop_problem_levels[] = {
    [MOP_NOTE] = "note", [MOP_WARN] = "warning", [MOP_FAULT] = "error"};

bool mop_problem_stands(const struct mop_problem *x)
{
    return !x->suppressed.n && !x->known;
}

/* ---- source lines ---- */

void mop_problem_lines_init(struct mop_problem_lines *l, const struct mop_problems *p)
{
    *l = (struct mop_problem_lines){.files = p->sources};
}

void mop_problem_lines_release(struct mop_problem_lines *l)
{
    mop_lines_release(&l->lines);
}

/* Problems come file by file: the lines of one are enough. */
static void turn_to(struct mop_problem_lines *l, const char *file)
{
    if (l->file && strcmp(l->file, file) == 0)
        return;
    mop_lines_release(&l->lines);
    l->file = file;
    for (size_t i = 0; i < l->files->nfiles; i++)
        if (strcmp(l->files->files[i].name, file) == 0) {
            mop_lines_init(&l->lines, l->files->files[i].text);
            return;
        }
}

struct mop_sv mop_problem_lines_get(struct mop_problem_lines *l, struct mop_loc at)
{
    if (!l->files || !at.file)
        return MOP_SV_NONE;
    turn_to(l, at.file);
    return mop_lines_get(&l->lines, at.line);
}

/* ---- the summary ---- */

static void add_count(struct mop_buf *out, size_t n, const char *noun)
{
    if (n)
        mop_buf_printf(out, "%s%zu %s%s", out->n ? ", " : "", n, noun, n == 1 ? "" : "s");
}

/* They are sorted: a file's problems stand together. */
static size_t count_files(const struct mop_problems *p)
{
    const char *last = NULL;
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        const char *file = p->list[i].at.file;
        if (!file || !mop_problem_stands(&p->list[i]))
            continue;
        n += !last || strcmp(last, file) != 0;
        last = file;
    }
    return n;
}

static void add_forgiven(struct mop_buf *out, const struct mop_problems *p)
{
    size_t suppressed = 0, known = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->list[i].suppressed.n)
            suppressed++;
        else
            known += p->list[i].known;
    if (suppressed)
        mop_buf_printf(out, "; %zu suppressed", suppressed);
    if (known)
        mop_buf_printf(out, "; %zu in the baseline", known);
}

void mop_problems_summary(const struct mop_problems *p, struct mop_buf *out)
{
    struct mop_buf counts;
    size_t files = count_files(p);
    mop_buf_init(&counts, 256);
    add_count(&counts, mop_problems_count(p, MOP_FAULT), "error");
    add_count(&counts, mop_problems_count(p, MOP_WARN), "warning");
    add_count(&counts, mop_problems_count(p, MOP_NOTE), "note");
    if (counts.n)
        mop_buf_sv(out, mop_buf_view(&counts));
    else
        mop_buf_str(out, "no problems");
    if (files)
        mop_buf_printf(out, " in %zu file%s", files, files == 1 ? "" : "s");
    mop_buf_release(&counts);
    add_forgiven(out, p);
}

/* ---- texts ---- */

struct mop_sv mop_problem_shown(struct mop_arena *a, struct mop_sv s, size_t max)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    mop_utf8_show(&b, s, max);
    struct mop_sv own = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return own;
}

enum { MESSAGE_MAX = 1000, DETAIL_LINES = 40 };

static void add_message(struct mop_buf *b, const struct mop_problem *x)
{
    mop_utf8_show(b, x->message, MESSAGE_MAX);
    if (x->count > 1)
        mop_buf_printf(b, " (%llu records)", (unsigned long long)x->count);
}

static void add_detail(struct mop_buf *b, struct mop_sv detail)
{
    struct mop_sv line;
    for (size_t i = 0; detail.n && i < DETAIL_LINES && mop_sv_next(&detail, '\n', &line); i++) {
        mop_buf_chr(b, '\n');
        mop_utf8_show(b, line, MESSAGE_MAX);
    }
    if (detail.n)
        mop_buf_str(b, "\n...");
}

struct mop_sv mop_problem_message(struct mop_arena *a, const struct mop_problem *x)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    add_message(&b, x);
    struct mop_sv own = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return own;
}

struct mop_sv mop_problem_body(struct mop_arena *a, const struct mop_problem *x)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    add_message(&b, x);
    if (x->hint.n) {
        mop_buf_str(&b, "\nhint: ");
        mop_utf8_show(&b, x->hint, MESSAGE_MAX);
    }
    add_detail(&b, x->detail);
    struct mop_sv own = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return own;
}
