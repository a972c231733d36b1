/* SPDX-License-Identifier: MIT */
#include "gate/brief.h"
#include "values/ga4.h"
#include <string.h>

/* `gate --init`: every key of a brief with its words, and what its inner keys are. */

struct example {
    const char *key, *text; /* what stands behind the key; NULL: nothing yet */
    const struct mop_key_table *inner[2];
};
static const struct example examples[] = {
    {"brief", "1", {NULL, NULL}},
    {"channels", "[]", {NULL, NULL}},
    {"recurring", "false", {NULL, NULL}},
    {"risk", "medium", {NULL, NULL}},
    {"budget", NULL, {&mop_brief_keys_budget, NULL}},
    {"level", NULL, {&mop_brief_keys_level, NULL}},
    {"audience", NULL, {&mop_brief_keys_audience, NULL}},
    {"assets", NULL, {&mop_brief_keys_asset, NULL}},
    {"forms", NULL, {&mop_brief_keys_form, NULL}},
    {"routing", NULL, {&mop_brief_keys_routing, NULL}},
    {"links", NULL, {&mop_brief_keys_link, &mop_brief_keys_link_file}},
    {"owners", NULL, {&mop_brief_keys_owners, NULL}},
    {"approvals", NULL, {&mop_brief_keys_approval, NULL}},
    {"attestations", NULL, {&mop_brief_keys_attestation, NULL}},
    {"waivers", NULL, {&mop_brief_keys_waiver, NULL}},
};

static const struct example *example_of(const char *key)
{
    static const struct example none = {NULL, NULL, {NULL, NULL}};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (strcmp(examples[i].key, key) == 0)
            return &examples[i];
    return &none;
}

static bool is_list(const struct mop_key_table *t)
{
    return t == &mop_brief_keys_asset || t == &mop_brief_keys_form || t == &mop_brief_keys_link ||
           t == &mop_brief_keys_approval || t == &mop_brief_keys_attestation ||
           t == &mop_brief_keys_waiver;
}

/* Roles stand ready to be filled in; what else a mapping may have is shown as a comment. */
static void add_inner(struct mop_buf *out, const struct mop_key_table *t)
{
    bool ready = t == &mop_brief_keys_owners;
    for (const struct mop_key *k = t->keys; k->name; k++) {
        const char *lead = !is_list(t) ? "  " : k == t->keys ? "  - " : "    ";
        mop_buf_printf(out, "%s%s%s:   # %s\n", ready ? "" : "#", lead, k->name, k->doc);
    }
}

/* Names with blanks in them, which nobody guesses; not Unassigned, the last, which nobody means. */
static void add_channels(struct mop_buf *out)
{
    enum { WIDTH = 100 };
    size_t begin = out->n;
    mop_buf_str(out, "# of GA4:");
    for (size_t i = 0; mop_ga4_channel_name(MOP_SV_NONE, i + 1); i++) {
        const char *name = mop_ga4_channel_name(MOP_SV_NONE, i);
        if (out->n - begin + strlen(name) + 3 > WIDTH) {
            mop_buf_str(out, ",\n#");
            begin = out->n - 1;
        } else if (i)
            mop_buf_chr(out, ',');
        mop_buf_printf(out, " %s", name);
    }
    mop_buf_str(out,
                "\n# of the taxonomy (gate: {links: {channels: ..}}): print, qr and the like\n");
}

void mop_brief_init_text(struct mop_buf *out)
{
    mop_buf_str(out, "# A campaign brief for `mopslint gate`: fill in what there is, leave empty "
                     "what is not known yet.\n"
                     "# A line that begins with # is a comment; take the sign away to use it.\n");
    for (const struct mop_key *k = mop_brief_keys_top.keys; k->name; k++) {
        const struct example *x = example_of(k->name);
        mop_buf_printf(out, "\n# %s\n", k->doc);
        if (strcmp(k->name, "channels") == 0)
            add_channels(out);
        mop_buf_printf(out, "%s:%s%s\n", k->name, x->text ? " " : "", x->text ? x->text : "");
        for (size_t i = 0; i < 2 && x->inner[i]; i++) {
            if (i)
                mop_buf_str(out, "# or in its place:\n");
            add_inner(out, x->inner[i]);
        }
    }
}
