/* SPDX-License-Identifier: MIT */
#ifndef MOP_GATE_POLICY_H
#define MOP_GATE_POLICY_H
#include "gate/brief.h"
#include "rules/ruleset.h"

/* A taxonomy's `gate:` read: levels, triggers, settings of checks, freezes, attestations. */

/* X(NAME, id): the checks, in the order of the checklist. checks.c has the rest of each. */
#define MOP_GATE_CHECKS(X)                                                                         \
    X(LEVEL, "level")                                                                              \
    X(INPUTS, "inputs")                                                                            \
    X(OWNERS, "owners")                                                                            \
    X(OWNERS_APART, "owners-apart")                                                                \
    X(STOP_OWNER, "stop-owner")                                                                    \
    X(APPROVED, "approved")                                                                        \
    X(REVIEWED, "reviewed")                                                                        \
    X(DATES, "dates")                                                                              \
    X(FREEZE, "freeze")                                                                            \
    X(LAUNCH_DAY, "launch-day")                                                                    \
    X(END_AND_CAP, "end-and-cap")                                                                  \
    X(ROUTING, "routing")                                                                          \
    X(PLACEHOLDERS, "placeholders")                                                                \
    X(NAME, "name")                                                                                \
    X(NAME_AGREES, "name-agrees")                                                                  \
    X(RECORD, "record")                                                                            \
    X(DUPLICATE, "duplicate")                                                                      \
    X(LINKS, "links")                                                                              \
    X(LINK_NAMES, "link-names")                                                                    \
    X(MACROS, "macros")                                                                            \
    X(CHANNEL, "channel")                                                                          \
    X(LINKS_AGREE, "links-agree")                                                                  \
    X(CHANNEL_LINKS, "channel-links")                                                              \
    X(UTM_ID, "utm-id")                                                                            \
    X(PRIVACY, "privacy")                                                                          \
    X(LIVE, "live")
enum mop_gate_id {
#define MOP_GATE_ENUM(name, id) MOP_GATE_##name,
    MOP_GATE_CHECKS(MOP_GATE_ENUM)
#undef MOP_GATE_ENUM
        MOP_GATE_IDS
};
extern const char *const mop_gate_ids[MOP_GATE_IDS + 1]; /* ends with NULL */

/* Keys of the brief and what they must say; all of a test hold, or of one of several tests. */
struct mop_gate_term {
    struct mop_sv key;
    bool negated;
    enum { MOP_TERM_VALUES, MOP_TERM_GIVEN, MOP_TERM_MIN } op;
    struct mop_sv *values;
    size_t n;
    const struct mop_vocabulary *vocabulary; /* two of its spellings are one value; or NULL */
    mop_i128 min;
};
struct mop_gate_when {
    struct mop_gate_term **tests; /* NULL-ended lists of terms by `counts` */
    size_t *counts;
    size_t n; /* 0: always */
};

struct mop_gate_level {
    struct mop_sv name, description;
    bool adds[MOP_GATE_IDS]; /* beside what lighter levels ask for */
    struct mop_sv *requires;
    size_t nrequires;
};
struct mop_gate_trigger {
    struct mop_sv id, because;
    size_t level;
    struct mop_gate_when when;
};
struct mop_gate_setting {
    enum mop_severity severity;
    enum mop_role by;
    unsigned waivable; /* bits of roles; 0: never */
    size_t level;      /* the lightest that asks for it; SIZE_MAX: none */
};
struct mop_gate_freeze {
    struct mop_sv id, reason;
    int32_t from, until;
    struct mop_gate_when when;
};
struct mop_gate_attest {
    struct mop_sv id, asks;
    enum mop_role role;
    bool *levels; /* by index */
    bool evidence;
    unsigned waivable;
    struct mop_gate_when when;
    struct mop_loc at;
};
/* FIELD: KEY pairs. */
struct mop_gate_pair {
    struct mop_sv name, key;
    struct mop_sv *more; /* of channels: the GA4 channels */
    size_t nmore;
};
struct mop_gate_policy {
    struct mop_sv origin; /* name of the taxonomy that it stands in */
    struct mop_gate_level *levels;
    size_t nlevels; /* the lightest first */
    struct mop_gate_trigger *triggers;
    size_t ntriggers;
    struct mop_gate_setting checks[MOP_GATE_IDS];
    struct mop_gate_freeze *freezes;
    size_t nfreezes;
    bool launch_day[7], has_launch_days; /* from Monday */
    struct mop_sv campaign_record, campaign_name, links_record;
    struct mop_gate_pair *campaign_fields, *parts, *link_fields, *channels;
    size_t ncampaign_fields, nparts, nlink_fields, nchannels;
    struct mop_gate_attest *attests;
    size_t nattests;
    struct mop_sv *placeholders;
    size_t nplaceholders;
};
/*
 * Reads rs->gate, which is not NULL. NULL after faults in `d`. Lives in `a` and views the rule set.
 */
struct mop_gate_policy *mop_gate_policy_read(const struct mop_ruleset *rs, struct mop_arena *a,
                                             struct mop_diags *d);

/* ---- when.c ---- */
struct mop_gate_reader {
    const struct mop_ruleset *rs;
    struct mop_gate_policy *p;
    struct mop_arena *a;
    struct mop_diags *d;
};
void mop_gate_fault(struct mop_gate_reader *r, const char *id, const struct mop_node *at,
                    const char *hint, const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* A text or list of texts; blanks are left out. */
size_t mop_gate_texts(struct mop_gate_reader *r, const struct mop_node *n, struct mop_sv **out);
/* ---- words.c ---- */
/* Faults for values of a condition that no brief can have under that key. The list of the taxonomy
 * that its words come from, or NULL. */
const struct mop_vocabulary *mop_gate_check_values(struct mop_gate_reader *r,
                                                   const struct mop_node *key,
                                                   const struct mop_node *values);
/* Faults for what no channel of GA4 is called, where a channel of the taxonomy shows up. */
void mop_gate_check_channels(struct mop_gate_reader *r, const struct mop_node *channels);

/* ---- names.c ---- */
/* Faults for record types, fields, parts of names, keys of briefs and parameters in `campaign:` and
 * `links:` that there are not. Either may be NULL. */
void mop_gate_check_names(struct mop_gate_reader *r, const struct mop_node *campaign,
                          const struct mop_node *links);

/* n NULL: always. */
void mop_gate_when_read(struct mop_gate_reader *r, const struct mop_node *n,
                        struct mop_gate_when *out);
bool mop_gate_when_holds(const struct mop_gate_when *w, struct mop_brief *b);

/* ---- facts.c ---- */
/*
 * What a brief says, with what follows from it: `touches` has budget where there is one or a
 * channel is bought, and sales_handoff where leads are created or forms may do so; `channels` has
 * those of links, too; `printed` is true with a link that cannot be recalled, `platforms` are those
 * of the links.
 */
struct mop_said_list mop_gate_facts(struct mop_brief *b, struct mop_sv key);
bool mop_gate_touches(struct mop_brief *b, const char *what);
/* Nothing is said with it: a placeholder of the policy, or no letter or digit at all. */
bool mop_gate_is_open(const struct mop_gate_policy *p, struct mop_sv text);
/* The same of a reason, which "none" and "x" are not, either. */
bool mop_gate_is_no_reason(const struct mop_gate_policy *p, struct mop_sv text);
#endif
