/* SPDX-License-Identifier: MIT */
#include "report/json.h"
#include "report/problems_parts.h"
#include <stdlib.h>

/*
 * GitLab's code quality report. It is compared with the target branch's by fingerprint; so what is
 * suppressed or in the baseline is left out.
 */
enum { ENTRIES_MAX = 25000 };

typedef struct mop_json_out J;

static void put_location(J *j, struct mop_sv path, uint32_t line)
{
    mop_json_open(j, MOP_KEY("location"), '{');
    mop_json_put_text(j, "path", path);
    mop_json_open(j, MOP_KEY("lines"), '{');
    mop_json_put_count(j, "begin", line ? line : 1);
    mop_json_close(j, '}');
    mop_json_close(j, '}');
}

/* It shows one line: what stands below the message goes behind it. */
static struct mop_sv description(struct mop_arena *a, const struct mop_problem *x)
{
    struct mop_buf b;
    struct mop_sv rest = mop_problem_body(a, x), line;
    mop_buf_init(&b, SIZE_MAX);
    while (rest.n && mop_sv_next(&rest, '\n', &line))
        mop_buf_printf(&b, b.n ? "; %.*s" : "%.*s", MOP_SV_ARG(mop_sv_trim(line)));
    struct mop_sv own = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return own;
}

static void put_entry(J *j, const struct mop_problems *p, const struct mop_problem *x,
                      const struct mop_fingerprint *f)
{
    static const char *const severity[] = {
        [MOP_NOTE] = "info", [MOP_WARN] = "minor", [MOP_FAULT] = "major"};
    struct mop_arena a;
    struct mop_loc at = mop_problem_place(p, x);
    mop_arena_init(&a);
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "description", description(&a, x));
    mop_json_put_text(j, "check_name", p->rules[x->rule].id);
    mop_json_put_text(j, "fingerprint", mop_sv_of(f->hex));
    mop_json_put_text(j, "severity", mop_sv_of(severity[x->level]));
    put_location(j, mop_problem_path(&a, at.file ? at.file : "."), at.line);
    mop_json_close(j, '}');
    mop_arena_release(&a);
}

static void put_left(J *j, const char *command, size_t left)
{
    struct mop_arena a;
    if (!left)
        return;
    mop_arena_init(&a);
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "description",
                      mop_arena_printf(&a, "%zu more problems are not listed", left));
    mop_json_put_text(j, "check_name", MOP_SV("mopslint"));
    mop_json_put_text(j, "fingerprint", mop_arena_printf(&a, "mopslint %s: left out", command));
    mop_json_put_text(j, "severity", MOP_SV("info"));
    put_location(j, MOP_SV("."), 1);
    mop_json_close(j, '}');
    mop_arena_release(&a);
}

static int write_gitlab(const struct mop_problems *p, const struct mop_problem_options *o,
                        struct mop_out *out, struct mop_err *e)
{
    J j = {.out = out, .first = true};
    size_t left;
    bool *chosen = mop_problems_choose(p, ENTRIES_MAX, mop_problem_stands, &left);
    struct mop_fingerprint *f = mop_problems_fingerprints(p);
    (void)o;
    mop_arena_init(&j.arena);
    mop_json_open(&j, NULL, '[');
    for (size_t i = 0; i < p->n; i++)
        if (chosen[i])
            put_entry(&j, p, &p->list[i], &f[i]);
    put_left(&j, p->command, left);
    mop_json_close(&j, ']');
    mop_out_chr(out, '\n');
    mop_arena_release(&j.arena);
    free(f);
    free(chosen);
    return mop_out_flush(out, e);
}

const struct mop_problem_format mop_problems_gitlab = {"gitlab", "GitLab's code quality report",
                                                       write_gitlab};
