/* SPDX-License-Identifier: MIT */
#ifndef MOP_KIND_H
#define MOP_KIND_H
#include "rules/ruleset.h"

/*
 * A rule kind: one key that may stand under a field, in a `then`, in a condition. One file each
 * (kind_<name>.c, small relatives together), registered by one line of kinds.h.
 */

struct mop_derive_lookup; /* derive.h */
struct mop_url_cache;     /* kind_url.h */
struct mop_stage_changes; /* stage_history.h */

/* What the verdict on a value owes to days: noted by who asks for one, cleared by who wants to
 * know. */
struct mop_days {
    bool asked;             /* some window was looked at */
    struct mop_window same; /* on these days the answers are those that were given */
};

/* What a kind needs while a record is judged; one per thread. */
struct mop_run {
    const struct mop_ruleset *rules;
    struct mop_match *match;
    struct mop_arena *scratch; /* reset after each record */
    int64_t now_us;
    struct mop_days days;
    const struct mop_runtime_vocabulary
        *runtime;               /* by mop_vocabulary.runtime; frozen before a type that reads it */
    struct mop_url_cache *urls; /* kind_url.h: so that a URL is parsed once for all its checks;
                                   NULL: each check parses */
    /*
     * What only the judge can tell, about the record at hand. NULL where there is no record (load,
     * unit tests): then a condition is unknown, a template's check applies, a look-up has no
     * parent.
     */
    void *judge;
    enum mop_truth (*condition)(struct mop_run *run, const struct mop_expr *e);
    /* A template's check for `derive: part`: MOP_NA where its `when` or `applies` leave the record
     * out, UNDECIDED if unknown, else PASS. */
    enum mop_outcome (*applies)(struct mop_run *run, const struct mop_check *c);
    /* The value of a parent's field by its key; false: no such parent, or a table that is not
     * there. */
    bool (*lookup)(struct mop_run *run, const struct mop_derive_lookup *l, struct mop_sv key,
                   struct mop_sv *value, enum mop_state *state);
    /* The day by which the record is judged; false: it cannot be told. NULL: --now. */
    bool (*day)(struct mop_run *run, int32_t *day);
    /* The stage changes of the record that is called `of`; false: none were kept. */
    bool (*changes)(struct mop_run *run, const struct mop_lifecycle *l, struct mop_sv of,
                    struct mop_stage_changes *out);
};
/* Values of a vocabulary that come from a record type's column. */
struct mop_runtime_vocabulary {
    struct mop_vocabulary *v; /* grows by mop_runtime_add; looked in like any other */
    struct mop_arena arena;
    size_t nstatic; /* terms before the column's */
};

enum mop_kind_flags {
    MOP_K_CONDITION = 1, /* may stand in when/where */
    MOP_K_ASSERT = 2,    /* may stand under a field or in then */
    MOP_K_BLANK = 4,     /* answers blanks itself */
    MOP_K_MEANT = 8,     /* reads the meant form: undecided where that is unknown */
    MOP_K_ROW = 16,      /* reads several fields */
    MOP_K_CROSS = 32,    /* resolved over the whole run */
    MOP_K_GUARD = 64,    /* type, vocabulary */
    MOP_K_WRITTEN = 128, /* a written-form check: not applicable on a rung before .vocabulary */
    MOP_K_RECORD =
        256, /* stands in `then` without a field: combinations, all_or_none, determines */
    MOP_K_SWITCH = 1024,  /* `use` is true alone: the short form may be a severity */
    MOP_K_NEGATED = 4096, /* its explain reads w->negated */
    MOP_K_DATED = 2048,   /* the record's date has a say */
    MOP_K_USE = 8192,     /* a long form without `use` says nothing */
    MOP_K_CLOCK = 16384,  /* --now has a say: it fails or passes by waiting */
    MOP_K_UNREAD = 32768, /* reads several fields, and knows itself what one that is missing, cannot
                             be read or is refused leaves open */
    MOP_K_HIDDEN = 512    /* no key of its own: the ladder's rungs, input.*, lifecycle checks */
};

struct mop_scope; /* compile.h: names a field set sees, record, diags, arena */

/* Where the words about one finding go. */
struct mop_words {
    struct mop_buf *message;  /* "'Linked-In' is written 'linkedin'": lower case, no full stop;
                                 values pass through w->show */
    struct mop_buf *proposal; /* the value to write instead; left empty: none */
    bool certain;             /* the proposal keeps the meaning: fit for --repairs */
    struct mop_sv (*show)(struct mop_words *w, const struct mop_field *f,
                          struct mop_sv value); /* masks and escapes; f NULL: escapes only; valid
                                                   until the next call */
    void *show_ctx;
    bool negated; /* under a `not`: the test passes, and that is what is wrong */
    /*
     * Kinds resolved at the end (MOP_K_CROSS): what the finding is measured by. unique: how the
     * kept record is called
     * ("record 'L-17'", "line 12"), for the message as it is; determines: the standing meant value;
     * references: the nearest value that is there, for a did-you-mean. NONE: not known.
     */
    struct mop_sv other;
    bool refused_there; /* references: the value stands there, but its field does not take it */
};

/* A key of a kind's long form. */
struct mop_kind_option {
    const char *name;
    const char *schema; /* JSON Schema fragment; NULL: what the kind of that name takes */
    const char *doc;    /* one line; NULL: that kind's summary */
};

struct mop_kind {
    const char *name;    /* the key in rule files, and the last part of an inline check's id */
    const char *summary; /* one line for `rules list` and help */
    const char *doc; /* paragraphs for `rules explain`: why, a good and a bad example, the repair */
    const char *schema; /* JSON Schema fragment of what `use` (or the short form) holds */
    enum mop_severity severity;
    enum mop_dimension dimension;
    unsigned flags; /* enum mop_kind_flags */
    /*
     * Compiles what `use` held (or the short form) with the options beside it (`opts` is the long
     * form's mapping or NULL) into t->arg and, for MOP_K_ROW, t->fields. t->fields[0] is the
     * subject where there is one. -1 after a fault in the scope's diags.
     */
    int (*compile)(struct mop_scope *s, const struct mop_node *use, const struct mop_node *opts,
                   struct mop_test *t);
    const struct mop_kind_option *options; /* keys of its own in the long form, beside `use` and the
                                              common ones; ends with name NULL; or NULL */
    /*
     * One-field kinds: the verdict on one value. Called with state VALUE (or, with MOP_K_BLANK, a
     * blank one); with MOP_K_MEANT or t->meant only for a known one. Never MISSING or UNREADABLE.
     */
    enum mop_outcome (*value)(const struct mop_test *t, const struct mop_value *v,
                              struct mop_run *run);
    /* MOP_K_ROW kinds: v[i] is the value of t->fields[i]. Called only if all are readable, unless
     * MOP_K_UNREAD is set; without MOP_K_BLANK only if none is blank, with it only if none of the
     * first `leading` is; with MOP_K_MEANT only if all that are not blank are known. */
    size_t leading;
    /* Is there nothing to compare, whatever the values that cannot be read or told would be? Then
     * it does not apply, and `row` is not called. NULL: `leading` says all. */
    bool (*idle)(const struct mop_test *t, const struct mop_value *const *v);
    enum mop_outcome (*row)(const struct mop_test *t, const struct mop_value *const *v,
                            struct mop_run *run);
    /* MOP_K_CROSS kinds: MOP_NA, or MOP_PASS when `key` (and for determines `what`) were filled: to
     * be resolved later. Bytes of several parts are length-prefixed so that parts cannot run
     * together. */
    enum mop_outcome (*key)(const struct mop_test *t, const struct mop_value *const *v,
                            struct mop_run *run, struct mop_buf *key, struct mop_buf *what);
    /* Says why a failing value fails; v as in value (v[0]) or row. */
    void (*explain)(const struct mop_test *t, const struct mop_value *const *v, struct mop_run *run,
                    struct mop_words *w);
    const char *unsure; /* what it says where it is undecided; NULL: a value cannot be read */
    /* Kinds that stand for several tests (determines: one per field): the tree in place of one
     * test; or NULL. */
    struct mop_expr *(*expand)(struct mop_scope *s, const struct mop_node *use,
                               const struct mop_node *opts);
};
const struct mop_kind *mop_kind_find(struct mop_sv name);
extern const struct mop_kind *const mop_kinds[]; /* NULL-terminated, in the order of help */

/* The text a one-field test looks at: meant in conditions and for MOP_K_MEANT kinds, else written.
 */
static inline struct mop_sv mop_test_text(const struct mop_test *t, const struct mop_value *v,
                                          bool kind_reads_meant)
{
    return t->meant || kind_reads_meant ? v->meant : v->written;
}
#endif
