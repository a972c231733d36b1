/* SPDX-License-Identifier: MIT */
#ifndef MOP_CHECKLIST_H
#define MOP_CHECKLIST_H
#include "gate/gate.h"
#include "report/out.h"
#include "report/problems.h"

/* A finished run of the gate for people and programs. Texts are plain; each format escapes. */
struct mop_checklist_options {
    bool color;
    unsigned width;                  /* 0: 100 */
    bool warnings_fail, never_fails; /* --fail-on */
    const struct mop_diags *sources; /* texts of the files, for source lines; or NULL */
};
struct mop_checklist_format {
    const char *name, *summary;
    /* -1 with code 3 when `out` refused the bytes. */
    int (*write)(const struct mop_launch *g, const struct mop_checklist_options *o,
                 struct mop_out *out, struct mop_err *e);
};
extern const struct mop_checklist_format *const mop_checklist_formats[]; /* NULL-terminated */
extern const struct mop_checklist_format mop_checklist_text, mop_checklist_markdown,
    mop_checklist_html, mop_checklist_json;

/* ---- what they share ---- */
enum { MOP_CHECKLIST_ITEMS = 10 }; /* of one check, in formats for people */
/* A part of the checklist: the results of these states, in this order. */
struct mop_checklist_part {
    const char *title, *mark; /* of a text line: "[ ]" */
    enum mop_gate_state state;
    bool by_person; /* grouped by who has to act */
};
extern const struct mop_checklist_part mop_checklist_parts[];
extern const size_t mop_checklist_nparts;
/* "GO", "GO with 2 warnings", "HOLD: 3 blockers, 1 warning". */
void mop_checklist_verdict(const struct mop_launch *g, const struct mop_checklist_options *o,
                           struct mop_buf *out);
/* "level standard: it costs money; it is not recurring". */
void mop_checklist_level(const struct mop_launch *g, struct mop_buf *out);
/* "dana (execution)", "nobody named (review)". */
void mop_checklist_who(const struct mop_launch *g, enum mop_role role, struct mop_buf *out);
/* "campaign.yaml:12:5"; "" of the brief as a whole. */
void mop_checklist_place(const struct mop_launch *g, struct mop_loc at, struct mop_buf *out);
/* "waived by dana because ...", "said by ..", why it was not asked; "". */
void mop_checklist_remark(const struct mop_launch *g, const struct mop_gate_result *r,
                          struct mop_buf *out);
/* "(only warns) " of what stands beside something that blocks; or "". */
const char *mop_checklist_mark(const struct mop_gate_result *r, const struct mop_gate_item *x);
/* "302 https://a/ -> 200 https://b/" */
void mop_checklist_way(const struct mop_gate_item *x, struct mop_buf *out);
/* The next result of the part from *i on, of that role (MOP_ROLES: any); NULL: no more. */
const struct mop_gate_result *mop_checklist_next(const struct mop_launch *g,
                                                 const struct mop_checklist_part *part,
                                                 enum mop_role role, size_t *i);

/* The run as problems, for junit, github, gitlab and sarif. */
void mop_checklist_problems(const struct mop_launch *g, const struct mop_checklist_options *o,
                            struct mop_problems *p);

/* ---- fixed_links.c ---- */
/* CSV with every link, old and new side by side: what can be mended for certain is. Returns how
 * many links change. */
size_t mop_gate_fixed_links(const struct mop_launch *g, struct mop_out *out);
#endif
