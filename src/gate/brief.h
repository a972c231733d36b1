/* SPDX-License-Identifier: MIT */
#ifndef MOP_BRIEF_H
#define MOP_BRIEF_H
#include "base/id_page.h"
#include "base/decimal.h"
#include "base/map.h"
#include "base/yaml.h"
#include "gate/brief_keys.h"
#include "record/batch.h"

/*
 * A campaign brief: what is planned, by whom, when, with which links. It is read as rule files are:
 * every error of the file in one go, each at its line and column. What is not said is absent
 * (text.p NULL), never guessed: whether it had to be said is a check's business.
 */

/* Something that was said, and where. */
struct mop_said {
    struct mop_sv text; /* p NULL: not said */
    struct mop_loc at;
    uint32_t span;
};
struct mop_said_list {
    struct mop_said *list;
    size_t n;
    bool said; /* an empty list is said too */
};
/* A day of the calendar; INT32_MIN: not said, or not to be read. */
struct mop_said_day {
    int32_t day;
    struct mop_said as;
};
#define MOP_NO_DAY INT32_MIN

/* Who answers for what. The order is that of the brief, of reports and of `roles` below. */
enum mop_role {
    MOP_ROLE_DECISION,
    MOP_ROLE_EXECUTION,
    MOP_ROLE_INPUT,
    MOP_ROLE_REVIEW,
    MOP_ROLE_STOP,
    MOP_ROLE_ROUTING,
    MOP_ROLES
};
extern const char *const mop_role_names[MOP_ROLES + 1]; /* ends with NULL */
extern const char *const mop_role_words[MOP_ROLES];     /* what the role does */

/* What was seen of a link on the network, if anybody looked (live.h): the seam for `--live`. */
struct mop_link_seen {
    enum { MOP_LINK_PASSED, MOP_LINK_FAILED, MOP_LINK_NOT_SEEN } verdict;
    struct mop_link_fault {
        struct mop_sv id, text; /* "live-dropped", a predicate, masked */
        struct mop_sv repair;   /* or "" */
        enum mop_level level;
        bool unseen; /* what it tells of was not seen */
    } * faults;
    size_t n;
    struct mop_link_hop {
        struct mop_sv shown; /* the address, masked */
        long status;         /* 0: no answer */
    } * hops;                /* the link itself is the first; none: nothing was asked for */
    size_t nhops;
};
struct mop_brief_link {
    struct mop_said url;                     /* trimmed; p never NULL */
    struct mop_said channel, platform, name; /* as given beside it */
    bool printed;                            /* cannot be recalled: print, QR */
    enum mop_cell_fault fault;               /* of a file: the cell could not be read as text */
    size_t row;                              /* of a file: its record, from 1; 0: of the brief */
    const struct mop_link_seen *seen;        /* NULL: nobody looked */
};
struct mop_brief_approval {
    struct mop_said role, by, digest, note;
    struct mop_said_day on;
};
struct mop_brief_attestation {
    struct mop_said id, by, evidence, digest;
    struct mop_said_day on;
};
struct mop_brief_waiver {
    struct mop_said id, by, reason;
    struct mop_said_day on, until;
};
struct mop_brief_money {
    struct mop_said as; /* the amount as written */
    mop_i128 millionths;
};

struct mop_brief {
    struct mop_arena arena;
    const char *file; /* as messages call it; NULL: links alone, without a brief */
    const struct mop_node *root;
    struct mop_said name;
    struct mop_said_day start, end, changed;
    struct mop_brief_money budget, cap;
    struct mop_said currency;
    struct mop_said level, level_reason;
    struct mop_said_list channels, touches;
    struct mop_said_list owners[MOP_ROLES];
    struct mop_brief_link *links;
    size_t nlinks, caplinks;
    const char *link_file; /* that links were read from, or NULL */
    struct mop_sv lists;   /* "; 'links.txt' has no header: ...": files that were read as lists */
    struct mop_brief_approval *approvals;
    size_t napprovals;
    struct mop_brief_attestation *attestations;
    size_t nattestations;
    struct mop_brief_waiver *waivers;
    size_t nwaivers;
    struct mop_brief_open {
        struct mop_sv key; /* under which it stands */
        struct mop_said as;
    } * open; /* values that are still to come, and so not said anywhere else */
    size_t nopen, capopen;
    char digest[33]; /* of all but approvals, attestations and waivers; of the links' file too */
};

struct mop_brief_options {
    const struct mop_exporter *csv; /* reads files of links */
    struct mop_source_options source;
    const struct mop_sv *placeholders; /* words that stand for a value to come */
    size_t nplaceholders;
};
/*
 * Reads a brief and the file of links that it names. -1: faults of the brief are in `d`, or *e says
 * that a file cannot be read (code 3) or is used wrongly (code 2). Needs release in every case.
 */
int mop_brief_load(struct mop_brief *b, const char *path, const struct mop_brief_options *o,
                   struct mop_diags *d, struct mop_err *e);
/* No brief, only links: each a URL, or a CSV file with a column of them. */
int mop_brief_links_only(struct mop_brief *b, const char *const *from, size_t n,
                         const struct mop_brief_options *o, struct mop_err *e);
void mop_brief_release(struct mop_brief *b);

/*
 * What the brief says under a top key, as texts: a scalar is one, of a list its items, of mappings
 * their name, use, to or amount. For required inputs, conditions and placeholders. In the brief's
 * arena.
 */
struct mop_said_list mop_brief_values(struct mop_brief *b, const char *key);
/* A key of a mapping under a top key: ("audience", "list"). */
struct mop_said mop_brief_value(const struct mop_brief *b, const char *key, const char *inner);
/* What stands under a top key, or one step below it, and is still to come; text.p NULL: nothing. */
struct mop_said mop_brief_open_at(const struct mop_brief *b, const char *key);
/* A scalar, trimmed; blank, null, open or anything else is not said. n may be NULL. */
struct mop_said mop_said_of(const struct mop_node *n);
/* Nothing is said with it: it begins with a placeholder, or has no letter or digit at all. */
bool mop_said_open(struct mop_sv text, const struct mop_sv *placeholders, size_t n);
bool mop_said_is(const struct mop_said *s, const char *word); /* ASCII case ignored */
/* "none", "n/a", "no reason", "x": words that say nothing, whatever the taxonomy's placeholders
 * are. What may pass for one depends on what is asked for. */
enum mop_said_as {
    MOP_SAID_TEXT, /* a sentence: single letters and "xx" say nothing, either */
    MOP_SAID_ID,   /* "7" is one */
    MOP_SAID_CODE  /* of a market, product or person: "no" is Norway, "na" North America */
};
bool mop_said_nothing(struct mop_sv text, enum mop_said_as as);

/* JSON Schema of briefs, from the key tables; and a commented brief to begin with. */
void mop_brief_schema(struct mop_buf *out);
void mop_brief_init_text(struct mop_buf *out);
/* Faults of briefs for `rules explain` (brief_pages.c). */
extern const struct mop_id_page mop_brief_pages[];
#endif
