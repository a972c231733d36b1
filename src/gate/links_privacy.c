/* SPDX-License-Identifier: MIT */
#include "gate/checks.h"
#include "values/pii.h"
#include "rules/kind_url.h"

/* Personal data in links and in what the brief passes on to other tools. */

#define CHECK(name) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r)

static void check_url_privacy(struct mop_launch *g, struct mop_gate_result *r, size_t link,
                              const struct mop_url_check *k)
{
    struct mop_url_context c = mop_url_context_of(g->o->rules, MOP_URL_LINK);
    struct mop_buf why;
    mop_buf_init(&why, 2000);
    if (k->fails(&g->urls[link], &c, &why)) {
        bool guess = k->personal == MOP_PERSONAL_GUESS;
        struct mop_gate_item *x = mop_gate_tell_link(g, r, guess ? MOP_WARN : MOP_FAULT, link,
                                                     "%.*s", MOP_SV_ARG(mop_buf_view(&why)));
        mop_gate_do(g, x, "%s",
                    guess ? "if it is one, take it out: every tool that sees the visit gets it"
                          : "take it out: every tool that sees the visit gets it");
    }
    mop_buf_release(&why);
}

/* {{contact.email}}: no personal data here, and everybody's in the mail that goes out. */
static void check_macro_privacy(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    const struct mop_url *u = &g->urls[link];
    struct mop_sv text = g->b->links[link].url.text, macro = mop_gate_personal_macro(text);
    for (size_t i = 0; i < u->nparams && !macro.p; i++)
        macro = mop_gate_personal_macro(u->params[i].value);
    for (int i = 0; i < MOP_URL_ESCAPED_MAX && !macro.p && mop_url_has_escape(text); i++) {
        text = mop_url_decode(&g->arena, text, false);
        macro = mop_gate_personal_macro(text);
    }
    if (macro.p)
        mop_gate_do(g,
                    mop_gate_tell_link(g, r, MOP_FAULT, link,
                                       "has the macro %s, which puts personal data in its place",
                                       mop_gate_shown(g, macro)),
                    "take it out: every tool that sees the visit gets it");
}

static void check_link_name(struct mop_launch *g, struct mop_gate_result *r, size_t link)
{
    struct mop_sv name = g->b->links[link].name.text;
    struct mop_pii found = {0};
    if (name.p)
        found = mop_pii_look(name, false, &g->arena);
    if (found.kind)
        mop_gate_do(g,
                    mop_gate_tell_link(g, r, found.national ? MOP_WARN : MOP_FAULT, link,
                                       found.national
                                           ? "has what looks like a phone number in its name"
                                           : "has personal data in its name"),
                    found.national ? "call it otherwise, if it is one" : "call it otherwise");
}

CHECK(PRIVACY)
{
    mop_gate_private_fields(g, r);
    for (size_t i = 0; i < g->b->nlinks; i++) {
        if (g->b->links[i].fault)
            continue;
        for (size_t k = 0; k < mop_url_checks_n; k++)
            if (mop_url_checks[k].personal)
                check_url_privacy(g, r, i, &mop_url_checks[k]);
        check_macro_privacy(g, r, i);
        check_link_name(g, r, i);
    }
}
