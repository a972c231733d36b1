/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include <stdlib.h>
#include <string.h>

/*
 * Workflow commands, which GitHub shows at the lines of a pull request: at most ten errors, ten
 * warnings and ten notices of a step. The worst are told; a last notice says how many are not.
 * What an error is in a run that passes (its targets decide) is told as a warning.
 */
enum { PER_LEVEL = 10, TITLE_MAX = 200, NOTES_MAX = 20, NOTE_MAX = 500 };

static const char *const commands[] = {
    [MOP_NOTE] = "notice", [MOP_WARN] = "warning", [MOP_FAULT] = "error"};

/* Line ends would end the command; in properties `:` and `,` end the value. */
static void add_escaped(struct mop_out *out, struct mop_sv s, const char *special)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c && !strchr(special, c)) {
            mop_out_chr(out, s.p[i]);
            continue;
        }
        mop_out_chr(out, '%');
        mop_out_chr(out, hex[c >> 4]);
        mop_out_chr(out, hex[c & 15]);
    }
}

static void add_data(struct mop_out *out, struct mop_sv s)
{
    add_escaped(out, s, "%\r\n");
}

static void add_property(struct mop_out *out, const char *name, struct mop_sv value)
{
    mop_out_str(out, name);
    mop_out_chr(out, '=');
    add_escaped(out, value, "%\r\n:,");
}

static void add_number(struct mop_out *out, struct mop_arena *a, const char *name, uint32_t n)
{
    add_property(out, name, mop_arena_printf(a, "%u", n));
}

static void add_place(struct mop_out *out, struct mop_arena *a, struct mop_problem_lines *l,
                      struct mop_loc at, uint32_t span)
{
    if (!at.file)
        return;
    struct mop_problem_region r = mop_problem_region_of(l, at, span);
    add_property(out, "file", mop_problem_path(a, at.file));
    if (at.line) {
        add_number(out, a, ",line", r.line);
        add_number(out, a, ",endLine", r.line);
    }
    if (at.line && at.col) {
        add_number(out, a, ",col", r.col);
        add_number(out, a, ",endColumn", r.end);
    }
    mop_out_chr(out, ',');
}

static void add_command(struct mop_out *out, const struct mop_problems *p,
                        struct mop_problem_lines *l, const struct mop_problem *x)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_out_str(out, "::");
    mop_out_str(out, commands[x->level == MOP_FAULT && !p->exit ? MOP_WARN : x->level]);
    mop_out_chr(out, ' ');
    add_place(out, &a, l, mop_problem_place(p, x), x->at.file ? x->span : 1);
    add_property(out, "title", mop_problem_shown(&a, p->rules[x->rule].id, TITLE_MAX));
    mop_out_str(out, "::");
    add_data(out, mop_problem_body(&a, x));
    mop_out_chr(out, '\n');
    mop_arena_release(&a);
}

/* ---- the best of each level ---- */

static bool is_error(const struct mop_problem *x)
{
    return mop_problem_stands(x) && x->level == MOP_FAULT;
}

static bool is_warning(const struct mop_problem *x)
{
    return mop_problem_stands(x) && x->level == MOP_WARN;
}

static bool is_either(const struct mop_problem *x)
{
    return is_error(x) || is_warning(x);
}

static bool is_note(const struct mop_problem *x)
{
    return mop_problem_stands(x) && x->level == MOP_NOTE;
}

static void choose(const struct mop_problems *p, size_t max,
                   bool (*wanted)(const struct mop_problem *), bool *chosen, size_t *left)
{
    size_t more;
    bool *best = mop_problems_choose(p, max, wanted, &more);
    for (size_t i = 0; i < p->n; i++)
        chosen[i] |= best[i];
    *left += more;
    free(best);
}

/* A note gives way to the notice of what is left out and to that of a partial run. */
static bool *choose_all(const struct mop_problems *p, size_t *left)
{
    bool *chosen = mop_calloc(p->n + 1, sizeof *chosen);
    *left = 0;
    if (p->exit)
        choose(p, PER_LEVEL - p->partial, is_error, chosen, left);
    choose(p, PER_LEVEL, p->exit ? is_warning : is_either, chosen, left);
    choose(p, PER_LEVEL - 1, is_note, chosen, left);
    return chosen;
}

/* A notice if there is more to say than the log line that all is told in. */
static void add_summary(struct mop_out *out, const struct mop_problems *p, size_t left)
{
    struct mop_buf b;
    bool notice = left || p->nnotes;
    mop_buf_init(&b, SIZE_MAX);
    mop_buf_printf(&b, notice ? "::notice title=mopslint %s::" : "mopslint %s: ", p->command);
    mop_problems_summary(p, &b);
    if (left)
        mop_buf_printf(&b, "; %zu of them %s not shown here, as GitHub takes %d of each level",
                       left, left == 1 ? "is" : "are", PER_LEVEL);
    mop_out_sv(out, mop_buf_view(&b));
    mop_buf_release(&b);
    for (size_t i = 0; i < p->nnotes && i < NOTES_MAX; i++) {
        struct mop_arena a;
        mop_arena_init(&a);
        mop_out_str(out, "%0A");
        add_data(out, mop_problem_shown(&a, p->notes[i], NOTE_MAX));
        mop_arena_release(&a);
    }
    if (p->nnotes > NOTES_MAX)
        mop_out_str(out, "%0A...");
    mop_out_chr(out, '\n');
}

static void add_partial(struct mop_out *out, const struct mop_problems *p)
{
    if (!p->partial)
        return;
    mop_out_str(out, "::error title=mopslint::");
    mop_out_str(out, p->why_partial);
    mop_out_str(out, ": the result is not to be trusted\n");
}

static int write_github(const struct mop_problems *p, const struct mop_problem_options *o,
                        struct mop_out *out, struct mop_err *e)
{
    struct mop_problem_lines lines;
    size_t left;
    bool *chosen = choose_all(p, &left);
    (void)o;
    mop_problem_lines_init(&lines, p);
    add_partial(out, p);
    for (size_t i = 0; i < p->n; i++)
        if (chosen[i])
            add_command(out, p, &lines, &p->list[i]);
    add_summary(out, p, left);
    mop_problem_lines_release(&lines);
    free(chosen);
    return mop_out_flush(out, e);
}

const struct mop_problem_format mop_problems_github = {"github", "annotations of a GitHub workflow",
                                                       write_github};
