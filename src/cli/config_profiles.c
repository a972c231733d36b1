/* SPDX-License-Identifier: MIT */
#include "cli/config_parts.h"

/*
 * `profiles:` of mopslint.yaml: each is a mapping of the keys that the file has itself, and stands
 * before them: a list or a value of the profile replaces that of the file, options one by one.
 */

static const struct mop_node *profiles_of(const struct mop_node *root)
{
    const struct mop_node *p = mop_node_get(root, "profiles");
    return p && p->kind == MOP_MAPPING ? p : NULL;
}

/* Tells the faults of a block and sets nothing. What a profile that is not asked for names may lead
 * anywhere: it is not read. */
static void try_block(const struct mop_config_reading *r, const struct mop_node *block,
                      bool profile, bool asked)
{
    struct mop_check_settings scratch;
    int color = mop_cli_color_choice();
    mop_check_settings_init(&scratch);
    struct mop_config_reading dry = {&scratch, r->d, r->dir, r->found && asked, 0};
    mop_config_block(&dry, block, profile);
    mop_check_settings_release(&scratch);
    mop_cli_color_again(color);
}

static void try_profiles(struct mop_config_reading *r, const struct mop_node *root)
{
    const struct mop_node *all = mop_node_get(root, "profiles");
    if (all && all->kind != MOP_MAPPING && !all->null)
        mop_config_fault(r, all, "config-type", "`profiles` is a mapping of names to settings",
                         NULL);
    all = profiles_of(root);
    for (size_t i = 0; all && i < all->n; i++) {
        const struct mop_node *block = all->item[i];
        bool asked = r->s->profile && mop_sv_eqs(all->key[i]->text, r->s->profile);
        if (block->kind == MOP_MAPPING)
            try_block(r, block, true, asked);
        else if (!block->null)
            mop_config_fault(r, block, "config-type", "a profile is a mapping of settings", NULL);
    }
}

/* NULL after a fault; a profile may also be empty. */
static const struct mop_node *profile_of(struct mop_config_reading *r, const struct mop_node *root)
{
    const struct mop_node *all = profiles_of(root);
    struct mop_sv name = mop_sv_of(r->s->profile);
    long at = all ? mop_node_index(all, name) : -1;
    if (at >= 0)
        return all->item[at];
    const struct mop_node *where = all ? all : root;
    struct mop_diag *g = mop_diag(r->d, MOP_FAULT, "config-profile", where->at, 1,
                                  "--profile: there is no profile '%.*s'", MOP_SV_ARG(name));
    size_t n = all ? all->n : 0;
    struct mop_sv *names = mop_arena_array(&r->s->arena, n + 1, sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = all->key[i]->text;
    long near = mop_suggest(name, names, n);
    if (near >= 0)
        mop_diag_hint(r->d, g, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else if (!n)
        mop_diag_hint(r->d, g, "the file has no `profiles`");
    else
        mop_diag_hint(r->d, g, "the first of %zu is '%.*s'", n, MOP_SV_ARG(names[0]));
    return NULL;
}

void mop_config_file(struct mop_config_reading *r, const struct mop_node *root)
{
    size_t faults = r->d->faults;
    r->s->has_profiles = profiles_of(root) != NULL;
    try_block(r, root, false, true);
    try_profiles(r, root);
    const struct mop_node *profile = r->s->profile ? profile_of(r, root) : NULL;
    if (r->d->faults > faults)
        return;
    r->done = r->s->said;
    if (profile)
        mop_config_block(r, profile, true);
    mop_config_block(r, root, false);
}
