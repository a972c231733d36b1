/* SPDX-License-Identifier: MIT */
#ifndef MOP_LIVE_OPTIONS_H
#define MOP_LIVE_OPTIONS_H
#include "cli/options.h"
#include "gate/live_seen.h"

/* The options of `gate` about following links; each sets a mop_live_settings. */
struct mop_live_settings {
    bool live;
    const char *first; /* an option that says something about --live; NULL: none was given */
    struct mop_live_options o;
    struct mop_sv pattern;
    struct mop_regex *tag;
    struct mop_sv *private_hosts;
    size_t nprivate_hosts, capprivate_hosts;
    struct mop_sv *hosts;
    size_t nhosts, caphosts;
};
void mop_live_settings_release(struct mop_live_settings *s);

/* Each is one option, with the name it is given by. 0, or -1 with *e code 2. */
int mop_live_set_on(struct mop_live_settings *s);
int mop_live_set_private(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                         struct mop_err *e);
int mop_live_set_tag(struct mop_live_settings *s, struct mop_sv arg, struct mop_err *e);
int mop_live_set_host(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                      struct mop_err *e);
int mop_live_set_ca_file(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                         struct mop_err *e);
int mop_live_set_proxy(struct mop_live_settings *s, struct mop_arena *a, struct mop_sv arg,
                       struct mop_err *e);
int mop_live_set_deadline(struct mop_live_settings *s, struct mop_sv arg, struct mop_err *e);
int mop_live_set_trace(struct mop_live_settings *s);
/* -1 with *e: an option says something about links that are not followed. */
int mop_live_settings_check(const struct mop_live_settings *s, struct mop_err *e);
/* Follows the links if --live was given; an interrupt leaves the rest unchecked. */
int mop_live_settings_see(struct mop_live_settings *s, struct mop_brief *b, struct mop_err *e);
#endif
