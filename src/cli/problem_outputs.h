/* SPDX-License-Identifier: MIT */
#ifndef MOP_PROBLEM_OUTPUTS_H
#define MOP_PROBLEM_OUTPUTS_H
#include "cli/options.h"
#include "report/problems.h"

/*
 * -f FORMAT[=FILE] and -o FILE of the commands that tell problems (rules lint, rules test): several
 * formats in one pass, each with a file of its own; text on standard output if none is asked for.
 */
struct mop_problem_outputs {
    struct mop_problem_output {
        const struct mop_problem_format *format;
        const char *file; /* NULL: that of -o, else standard output */
    } * list;
    size_t n, cap;
    const char *output; /* -o */
    bool quiet;         /* nothing on standard output */
    const char *const *inputs;
    size_t ninputs; /* files that the run reads: no output may be one of them */
};
/* What an option's `set` does with its argument; -1 with code 2 and a did-you-mean. */
int mop_problem_outputs_format(struct mop_problem_outputs *o, struct mop_arena *a,
                               struct mop_sv arg, struct mop_err *e);
/* Two formats for one file (or both for standard output), a file that the run reads: -1 with code
 * 2. */
int mop_problem_outputs_check(const struct mop_problem_outputs *o, struct mop_err *e);
/* Writes all of them, each file whole or not at all. -1 with code 3. */
int mop_problem_outputs_write(const struct mop_problem_outputs *o, const struct mop_problems *p,
                              struct mop_err *e);
void mop_problem_outputs_release(struct mop_problem_outputs *o);
#endif
