/* SPDX-License-Identifier: MIT */
#ifndef MOP_PROBLEMS_H
#define MOP_PROBLEMS_H
#include "report/out.h"

/*
 * What a run has to tell a CI platform, in the one form that SARIF, JUnit, GitHub and GitLab share:
 * the rules that were asked, those that found nothing too, and the problems they found. `rules
 * lint`, `rules test` and `check` each fill one; a writer knows nothing else. Texts are plain:
 * every writer escapes for where its bytes go. Values in them are masked already.
 */

/* One thing that was asked. */
struct mop_problem_rule {
    struct mop_sv id;      /* "unused-vocabulary", "lead.utm_source.alias" */
    struct mop_sv summary; /* one line */
    struct mop_sv doc;     /* paragraphs, or "": why, and what to do */
    struct mop_sv group;   /* JUnit's classname: "structure", a record type, a file */
    enum mop_level level;  /* of its problems, unless one says otherwise */
    struct mop_sv tags[4]; /* dimension, effect ...; those with n 0 are left out */
    struct mop_sv owner;   /* or "" */
    struct mop_sv skipped; /* why it was not asked; n 0: it was */
    struct mop_loc at;     /* where it is defined; file NULL: built in */
    size_t problems;       /* counted by mop_problems_add: not suppressed ones of level > note */
    uint64_t undecided;    /* counted by it, too: how often it could not be told */
};

struct mop_problem {
    size_t rule;
    enum mop_level level;
    struct mop_loc at; /* file NULL: of the run as a whole */
    uint32_t span;     /* bytes from at.col, at least 1 */
    struct mop_sv message, hint;
    struct mop_sv detail;     /* lines below the message: the record, expected and got; or "" */
    struct mop_sv identity;   /* what makes it the same problem in the next run (a value, a name),
                                 where   lines have moved; "": its message */
    uint64_t count;           /* records it stands for; 1 for rule files */
    struct mop_sv suppressed; /* the reason given; n 0: it is not */
    bool known;               /* in the baseline */
    bool undecided;           /* what it stands for could not be told */
};

/* A figure of the run's summary: "coverage of rules", "41 of 44". */
struct mop_problem_figure {
    struct mop_sv name, value;
};

struct mop_problems {
    struct mop_arena arena;
    const char *command;                     /* "rules lint", "rules test", "check" */
    struct mop_sv taxonomy, version, digest; /* "" where there is none */
    struct mop_problem_rule *rules;
    size_t nrules, caprules;
    struct mop_problem *list; /* sorted by mop_problems_sort */
    size_t n, cap;
    struct mop_problem_figure *figures;
    size_t nfigures, capfigures;
    struct mop_sv *notes; /* a budget that was reached, what was left out */
    size_t nnotes, capnotes;
    const struct mop_diags *sources; /* texts of the files, for the source line; or NULL */
    int64_t now_us;                  /* the run's clock; 0: not told */
    enum mop_level fail_on;          /* problems from here on fail a JUnit test; init: MOP_FAULT */
    bool has_baseline;               /* `known` means something */
    int exit;                /* that the run will end with; 0: no CI platform shows anything red */
    bool partial;            /* not all was done: exit 3 */
    const char *why_partial; /* "not all was read" */
};
void mop_problems_init(struct mop_problems *p, const char *command);
void mop_problems_release(struct mop_problems *p);
/* Both copy the texts into the arena; a location's file name too. The index, or the new one's place
 * (valid until the next). */
size_t mop_problems_rule(struct mop_problems *p, const struct mop_problem_rule *r);
struct mop_problem *mop_problems_add(struct mop_problems *p, const struct mop_problem *x);
void mop_problems_figure(struct mop_problems *p, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void mop_problems_note(struct mop_problems *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* By file (in order of first mention), line, column, then as added. */
void mop_problems_sort(struct mop_problems *p);
/* Not suppressed, not known, of that level. */
size_t mop_problems_count(const struct mop_problems *p, enum mop_level level);
/* 32 hex digits that stay the same while rule, file name and identity do; `nth` tells apart equal
 * ones. */
void mop_problem_fingerprint(const struct mop_problems *p, const struct mop_problem *x, size_t nth,
                             char out[33]);

struct mop_problem_options {
    bool color;     /* the output is a terminal that has them */
    unsigned width; /* its columns; 0: 100 */
};
/* One file each (problems_<format>.c) and one line in problems_formats.c. */
struct mop_problem_format {
    const char *name, *summary;
    /* -1 with code 3 when `out` refused the bytes. */
    int (*write)(const struct mop_problems *p, const struct mop_problem_options *o,
                 struct mop_out *out, struct mop_err *e);
};
extern const struct mop_problem_format *const mop_problem_formats[]; /* NULL-terminated */
#endif
