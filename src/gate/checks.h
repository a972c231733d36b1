/* SPDX-License-Identifier: MIT */
#ifndef MOP_GATE_CHECKS_H
#define MOP_GATE_CHECKS_H
#include "gate/gate.h"

/* The checks as a table: what each asks, who has to act, who may do without it. */
struct mop_gate_check {
    const char *id, *summary; /* what is right about a campaign that passes */
    const char *doc;          /* its page: why, and what to do */
    enum mop_severity severity;
    enum mop_role by;
    unsigned waivable; /* bits of roles; 0: never */
    bool of_links;     /* asked of links that come without a brief, too */
    void (*run)(struct mop_launch *g, struct mop_gate_result *r);
};
extern const struct mop_gate_check mop_gate_checks[MOP_GATE_IDS];

/* By check: what to do where a fault has no repair of its own (repairs.c). */
extern const char *const mop_gate_repairs[MOP_GATE_IDS];
/* What to do about a link that fails a check of URLs; NULL: there is no such check. */
const char *mop_gate_url_repair(struct mop_sv id);

/* ---- what a check says ---- */
/* Something that is not right; at NULL: of the brief as a whole. */
struct mop_gate_item *mop_gate_tell(struct mop_launch *g, struct mop_gate_result *r,
                                    enum mop_level level, const struct mop_said *at,
                                    const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* What to do about it. */
void mop_gate_do(struct mop_launch *g, struct mop_gate_item *x, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The same of a link, whose name stands before the words. */
struct mop_gate_item *mop_gate_tell_link(struct mop_launch *g, struct mop_gate_result *r,
                                         enum mop_level level, size_t link, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* It could not be asked; it is no pass. */
void mop_gate_not_asked(struct mop_launch *g, struct mop_gate_result *r, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* For people: "'facebook'", safe and at most 60 columns, personal data masked. */
const char *mop_gate_shown(struct mop_launch *g, struct mop_sv text);

/* What to do about a finding of the rules: its proposal, or the values that there are, if few. */
void mop_gate_repair_finding(struct mop_launch *g, struct mop_gate_item *x,
                             const struct mop_gate_finding *f);
/* How a finding of the rules counts: what could not be told warns, what is suppressed is a note. */
enum mop_level mop_gate_level_of(const struct mop_gate_finding *f);

/* ---- forms.c ---- */
/* What the brief says under a key as the field's records have it: a day by a declared format, an
 * amount with its mark and without currency, yes and no as its list has them. MOP_SV_NONE: it says
 * nothing, or the field has no way to write it. */
struct mop_sv mop_gate_as_recorded(struct mop_launch *g, const struct mop_field *f,
                                   struct mop_sv key);
bool mop_gate_is_day(struct mop_sv key);
bool mop_gate_is_truth(struct mop_sv key);
/* Warns of what the record type has no way to write, and was not judged. */
void mop_gate_tell_unwritten(struct mop_launch *g, struct mop_gate_result *r,
                             const struct mop_record *type);

/* ---- truths.c ---- */
/* "true" as the field's list writes it: Yes, JA, 1. MOP_SV_NONE: nobody knows which of it is. */
struct mop_sv mop_gate_truth(const struct mop_field *f, struct mop_sv text, struct mop_arena *a);
/* 1: yes in some tongue, 0: no, -1: neither. */
int mop_gate_truth_of(struct mop_sv text);
/* ---- judge.c ---- */
/* The key of the brief that fills a field of the campaign, but for `fields:`; NONE: none does. */
struct mop_sv mop_gate_campaign_key(const struct mop_launch *g, const struct mop_field *f);
/* ---- checks_fields.c ---- */
/* Tells what `fields:` says otherwise than the brief's own keys. */
void mop_gate_fields_agree(struct mop_launch *g, struct mop_gate_result *r);

/* ---- link_rules.c ---- */
/* Tells that no rule of the taxonomy says which utm_ values are right, and what to write. */
void mop_gate_look_for_link_rules(struct mop_launch *g, struct mop_gate_result *r);

/* ---- links.c: what the checks of links share ---- */
/* The decoded value of a utm parameter of link i; MOP_SV_NONE if it has none. */
struct mop_sv mop_gate_param(const struct mop_launch *g, size_t link, const char *key);
/* The check cannot be asked: there are none. */
void mop_gate_no_links(struct mop_launch *g, struct mop_gate_result *r);
/* May link i hold that macro? Its platform says so. */
bool mop_gate_macro_right(const struct mop_launch *g, size_t link, struct mop_sv value);
/* The first macro of a text that a platform replaces by personal data; MOP_SV_NONE. */
struct mop_sv mop_gate_personal_macro(struct mop_sv text);
/* What platforms are called, other names too; and the name of a platform that has others. */
struct mop_sv mop_gate_platform(struct mop_sv name);
size_t mop_gate_platforms(struct mop_sv *out, size_t cap);
/* ---- private_fields.c ---- */
/* Tells personal data in what the brief says beside its links. */
void mop_gate_private_fields(struct mop_launch *g, struct mop_gate_result *r);

/* Has it a utm_ parameter? */
bool mop_gate_is_tagged(const struct mop_url *u);
/* Is the link said to be for no channel (`channel: none`): untagged on purpose? */
bool mop_gate_is_untagged(const struct mop_launch *g, size_t link);
/* That, or for one of the taxonomy's channels that have no links (`offline: none`). */
bool mop_gate_is_for_none(const struct mop_launch *g, size_t link);

/* One of GA4's channels, by its own spelling; or NULL. */
const char *mop_gate_ga4_name(struct mop_sv channel);

#define X(name, id) void mop_gate_run_##name(struct mop_launch *g, struct mop_gate_result *r);
MOP_GATE_CHECKS(X)
#undef X
#endif
