/* SPDX-License-Identifier: MIT */
#ifndef MOP_GATE_OUTPUTS_H
#define MOP_GATE_OUTPUTS_H
#include "cli/options.h"
#include "gate/checklist.h"

/* -f FORMAT[=FILE], -o FILE and --fixed-links FILE of `gate`. */
struct mop_gate_outputs {
    struct mop_gate_output {
        const struct mop_checklist_format *format;
        const char *file; /* NULL: that of -o, else standard output */
    } * list;
    size_t n, cap;
    const char *output, *fixed_links;
    bool quiet;
};
/* -1 with code 2 and a did-you-mean. */
int mop_gate_outputs_format(struct mop_gate_outputs *o, struct mop_arena *a, struct mop_sv arg,
                            struct mop_err *e);
/* Two outputs for one file, or one that is read: -1 with code 2. */
int mop_gate_outputs_check(const struct mop_gate_outputs *o, const char *const *inputs, size_t n,
                           struct mop_err *e);
/* Each file whole or not at all. -1 with code 3. */
int mop_gate_outputs_write(const struct mop_gate_outputs *o, const struct mop_launch *g,
                           const struct mop_checklist_options *options, struct mop_err *e);
void mop_gate_outputs_release(struct mop_gate_outputs *o);
#endif
