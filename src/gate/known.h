/* SPDX-License-Identifier: MIT */
#ifndef MOP_KNOWN_H
#define MOP_KNOWN_H
#include "gate/gate.h"

/* Other campaigns, from lists and from briefs, one by one against that of the run. */
enum {
    MOP_KNOWN_NAME,
    MOP_KNOWN_CAMPAIGN, /* utm_campaign of its links, if that is not the name */
    MOP_KNOWN_UTM_ID,
    MOP_KNOWN_CRM_ID,
    MOP_KNOWN_WORDS
};
extern const char *const mop_known_words[MOP_KNOWN_WORDS]; /* keys of the brief */

struct mop_known {
    struct mop_launch *g;
    struct mop_gate_result *r;
    struct mop_diags *d;
    struct mop_sv ours[MOP_KNOWN_WORDS]; /* squeezed; "" is nothing to compare */
    struct mop_map links;                /* of ours that have utm_ parameters */
    size_t campaigns, nlinks;            /* of others */
    size_t compared;                     /* how many of them say something that we say, too */
    bool has_ids;                        /* the list at hand: a column of CRM ids */
    struct mop_buf empty;                /* names of sources that hold none */
    struct mop_arena scratch;            /* of the one at hand */
};
/* Is what a list says of a campaign said of the one at hand? */
bool mop_known_is_self(struct mop_known *k, const struct mop_sv *theirs);
/* Tells what another campaign has, too; `place`: where it stands. */
void mop_known_campaign(struct mop_known *k, const struct mop_sv *theirs, struct mop_sv place,
                        bool in_list);
/* A link of theirs: its utm_campaign and utm_id fill blanks of `words`, unless it is one of ours;
 * they live as long as `scratch` is not reset. */
void mop_known_fill(struct mop_known *k, struct mop_sv link, struct mop_sv *words);
/* Tells it if it is one of ours. */
void mop_known_link(struct mop_known *k, struct mop_sv link, struct mop_sv place);

/* Each -1 with *e set, or with faults in k->d. */
/* ---- known_list.c: a CSV file, a campaign or link a row ---- */
int mop_known_list(struct mop_known *k, const struct mop_gate_known *from, struct mop_err *e);
/* ---- known_briefs.c: a brief, or those of a folder and below; not the one at hand ---- */
int mop_known_brief(struct mop_known *k, const char *path, struct mop_err *e);
int mop_known_folder(struct mop_known *k, const char *path, struct mop_err *e);
#endif
