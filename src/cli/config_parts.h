/* SPDX-License-Identifier: MIT */
#ifndef MOP_CONFIG_PARTS_H
#define MOP_CONFIG_PARTS_H
#include "base/yaml.h"
#include "cli/check_settings.h"

/* What the files that read mopslint.yaml share. */

struct mop_config_reading {
    struct mop_check_settings *s;
    struct mop_diags *d;
    const char *dir;
    bool found;    /* found, not named by --config */
    uint64_t done; /* bit per option: set by what comes first, not to be changed */
};
/* Returns -1. hint NULL: none. */
int mop_config_fault(struct mop_config_reading *r, const struct mop_node *n, const char *id,
                     const char *msg, const char *hint);
/* "unknown ..." at the key, with a did-you-mean, else with `otherwise`. */
void mop_config_unknown(struct mop_config_reading *r, const struct mop_node *key, const char *what,
                        const struct mop_sv *names, size_t n, const char *otherwise);
/* `rules`, `sources`, `connectors` and `check` of the file or of a profile. What was set before
 * stays. */
void mop_config_block(struct mop_config_reading *r, const struct mop_node *block, bool profile);
/* Every block is tried, then the profile's are read, then those of the file. */
void mop_config_file(struct mop_config_reading *r, const struct mop_node *root);

/* ---- config_paths.c ---- */
const char *mop_config_join(struct mop_arena *a, const char *dir, struct mop_sv path);
const char *mop_config_folder(struct mop_arena *a, const char *path);
/* Is the file, or the folder where it would be made, behind links that lead out? */
bool mop_config_links_outside(struct mop_arena *a, const char *dir, const char *path);
/* Does a path of the file, by its name or by links, lead out of the file's folder? */
bool mop_config_leaves(const struct mop_config_reading *r, struct mop_sv text);
#endif
