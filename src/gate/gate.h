/* SPDX-License-Identifier: MIT */
#ifndef MOP_GATE_H
#define MOP_GATE_H
#include "gate/policy.h"
#include "values/url.h"

/*
 * The launch gate: a brief, a taxonomy and a policy in, a checklist out. Every check has one state;
 * what was not asked or could not be seen is never a pass.
 */
enum mop_gate_state {
    MOP_GATE_PASSED,
    MOP_GATE_WARNED,
    MOP_GATE_FAILED,
    MOP_GATE_WAIVED,
    MOP_GATE_NOT_ASKED, /* why says so: no --known, no template in the taxonomy ... */
    MOP_GATE_NOT_SEEN,  /* asked, and the network did not answer */
    MOP_GATE_STATES
};
extern const char *const mop_gate_state_names[MOP_GATE_STATES];

struct mop_gate_item {
    enum mop_level level;
    struct mop_loc at; /* file NULL: of the brief as a whole */
    uint32_t span;
    struct mop_sv message, repair; /* repair "": nothing is known but the message */
    size_t link;                   /* SIZE_MAX: of none */
    bool unseen;                   /* asked of the network, and not told: neither right nor wrong */
    struct mop_sv way;             /* "302 https://a/\n200 https://b/", a hop a line; or "" */
    unsigned of_roles; /* bits: who has them is what is wrong; they waive no such thing */
};
struct mop_gate_check;
struct mop_gate_result {
    const struct mop_gate_check *check;   /* NULL: an attestation */
    const struct mop_gate_attest *attest; /* NULL: a check */
    struct mop_sv id, summary;
    enum mop_severity severity;
    enum mop_role by;
    unsigned waivable;
    enum mop_gate_state state;
    bool unseen;       /* something asked of the network was not told, whatever else is certain */
    struct mop_sv why; /* not asked, or what was said of it: "" */
    const struct mop_brief_waiver *waiver;
    struct mop_gate_item *items;
    size_t n, cap;
};

/* A finding of the taxonomy's rules about the campaign or a link. */
struct mop_gate_finding {
    const struct mop_check *check;
    const struct mop_field *field;
    size_t link; /* SIZE_MAX: the campaign */
    bool undecided, certain, suppressed;
    struct mop_sv message, value, proposal;
};
struct mop_gate_part {
    struct mop_sv name, text;
    const struct mop_vocabulary *vocabulary;
    bool right, provisional;
};

struct mop_gate_options {
    const struct mop_ruleset *rules; /* NULL: no taxonomy was named */
    const struct mop_exporter *const *exporters;
    int64_t now_us;
    const struct mop_gate_known {
        const char *path, *encoding; /* NULL: UTF-8, or by BOM */
    } * known;                       /* --known: other campaigns */
    size_t nknown;
    const struct mop_exporter *csv;
    const struct mop_brief_waiver *waivers; /* --waive */
    size_t nwaivers;
    const char *again; /* " -r taxonomy.yaml": what a command has to say again; NULL: nothing */
};

struct mop_launch {
    struct mop_arena arena;
    const struct mop_gate_options *o;
    struct mop_brief *b;
    const struct mop_gate_policy *p;
    struct mop_sv name;   /* the campaign's, as it may be shown; p NULL: not said */
    struct mop_url *urls; /* by link */
    const char **ga4;     /* by link: the computed channel; NULL: cannot be computed */
    int32_t today;
    size_t derived, level; /* of p->levels */
    bool lowered;
    const struct mop_gate_trigger *
        *reasons; /* that hold, of the derived level and above lower ones */
    size_t nreasons;
    /* of the taxonomy */
    const struct mop_record *campaign_type, *link_type;
    const struct mop_field *name_field;
    bool name_has_template, url_rules;
    const struct mop_test *template; /* of campaigns' names, of links alone, too; or NULL */
    bool *campaign_fits;             /* by link: its utm_campaign has separators as names have */
    struct mop_gate_part *parts;
    size_t nparts;
    const struct mop_field *link_date; /* that the start stands in for: no brief says it */
    struct mop_gate_unwritten {
        const struct mop_field *field;
        struct mop_said as;
    } * unwritten; /* of keys that are days, and of fields that have no form for it */
    size_t nunwritten, capunwritten;
    const struct mop_exclude **left_out; /* by link, the campaign behind them: not judged */
    struct mop_gate_finding *findings;
    size_t nfindings, capfindings;
    struct mop_gate_result *results;
    size_t n;
    bool links_only;
};
/*
 * Derives the level, judges by the taxonomy and runs every check that the level asks for. -1: the
 * brief names what there is not (faults in `d`), or *e says what could not be read. Needs release.
 */
int mop_gate_run(struct mop_launch *g, struct mop_brief *b, const struct mop_gate_policy *p,
                 const struct mop_gate_options *o, struct mop_diags *d, struct mop_err *e);
/* The first half of it: level, links and what the taxonomy says of them; no check is run. */
int mop_gate_look(struct mop_launch *g, struct mop_brief *b, const struct mop_gate_policy *p,
                  const struct mop_gate_options *o, struct mop_diags *d, struct mop_err *e);
void mop_gate_release(struct mop_launch *g);
/* 1: something required failed; 3: something was not seen; 0. */
int mop_gate_exit(const struct mop_launch *g, bool warnings_fail);
/* Warnings for waivers that do nothing: their check passes, or was not asked. After a run. */
void mop_gate_idle_waivers(const struct mop_launch *g, struct mop_diags *d);
/* Is somebody owner of one of these roles (bits)? ASCII case ignored. */
bool mop_gate_owns(const struct mop_brief *b, unsigned roles, struct mop_sv who);
/* May that be somebody who decides: one of the taxonomy's people who has not left? Anybody where it
 * lists none. ASCII case ignored. */
bool mop_gate_is_person(const struct mop_launch *g, struct mop_sv who);
/* "dana", or who is missing. */
struct mop_sv mop_gate_person(const struct mop_launch *g, enum mop_role role);
size_t mop_gate_unseen(const struct mop_launch *g);
size_t mop_gate_count(const struct mop_launch *g, enum mop_gate_state state);
/* Has the brief a check or attestation of that id at all? For --waive and --attest. */
const struct mop_gate_attest *mop_gate_find_attest(const struct mop_gate_policy *p,
                                                   struct mop_sv id);

/* Faults for waivers and attestations of the brief whose id nobody asks for. -1 if there are. */
int mop_gate_check_ids(const struct mop_gate_policy *p, const struct mop_brief *b,
                       struct mop_diags *d);
/* Is there a check or an attestation of that id? A hint with the nearest goes to `near`. */
bool mop_gate_knows(const struct mop_gate_policy *p, struct mop_sv id, char *near, size_t cap);
/*
 * Record types that those of the campaign and of its links refer to and that no brief has: the rule
 * set is to be loaded without them. In `a`.
 */
size_t mop_gate_far(const struct mop_gate_options *o, const struct mop_gate_policy *p,
                    struct mop_brief *b, struct mop_arena *a, struct mop_sv **out);

/* Does something else than approvals and attestations stand in the way? What is mended changes the
 * digest, and so they are asked after all else, and told to come last. */
bool mop_gate_is_unfinished(const struct mop_launch *g);
/* Is the attestation asked of this campaign, at its level? */
bool mop_gate_asks(const struct mop_launch *g, const struct mop_gate_attest *x);
/* ---- level.c ---- */
int mop_gate_derive_level(struct mop_launch *g, struct mop_diags *d);
/* ---- record_types.c ---- */
/* -1: the brief names a type or fields that there are not (faults in `d`). */
int mop_gate_find_types(struct mop_launch *g, struct mop_diags *d);
/* The record type of links; NULL: the taxonomy has none. */
const struct mop_record *mop_gate_link_type(const struct mop_gate_policy *p,
                                            const struct mop_ruleset *rs);
/* The field that holds a campaign's name, or NULL. */
const struct mop_field *mop_gate_name_field(const struct mop_gate_policy *p,
                                            const struct mop_record *r);
/* The field's template rule, or NULL. */
const struct mop_test *mop_gate_template_of(const struct mop_field *f);
/* ---- waivers.c ---- */
/* The state of a check that failed or warns becomes waived, or what keeps the waiver from it is
 * told. */
void mop_gate_look_for_waiver(struct mop_launch *g, struct mop_gate_result *r);
/* ---- judge.c ---- */
int mop_gate_judge(struct mop_launch *g, struct mop_diags *d, struct mop_err *e);
/* ---- known.c ---- */
int mop_gate_read_known(struct mop_launch *g, struct mop_gate_result *r, struct mop_diags *d,
                        struct mop_err *e);
/* ---- attest.c ---- */
void mop_gate_attestation(struct mop_launch *g, struct mop_gate_result *r);
#endif
