/* SPDX-License-Identifier: MIT */
#ifndef MOP_UNIT_RULES_H
#define MOP_UNIT_RULES_H
/* Rule sets from text: files in a folder that goes with the test. */
#include "unit.h"
#include "rules/compile.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 2026-11-22T06:00:00Z */
#define RULES_NOW INT64_C(1795327200000000)

struct rules {
    char dir[64];
    struct mop_diags d;
    struct mop_load_options o;
    struct mop_ruleset *rs;
    char paths[4][128];
    const char *files[4];
    size_t n;
};

static inline void rules_begin(struct rules *r)
{
    memset(r, 0, sizeof *r);
    strcpy(r->dir, "/tmp/mopslint-rules-XXXXXX");
    assert_non_null(mkdtemp(r->dir));
    mop_diags_init(&r->d);
    r->o.now_us = RULES_NOW;
    r->o.packdir = r->dir;
}

/* A file of the folder; those that are named by -r are `load`ed. */
static inline void rules_file(struct rules *r, const char *name, const char *text, bool load)
{
    char *path = r->paths[r->n++];
    strcpy(path, r->dir);
    strcat(path, "/");
    strncat(path, name, 50);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    if (load)
        r->files[r->o.nfiles++] = path;
}

static inline struct mop_ruleset *rules_load(struct rules *r)
{
    r->o.files = r->files;
    return r->rs = mop_ruleset_load(&r->o, &r->d);
}

/* What was said, one message after the other. */
static inline const char *rules_said(struct rules *r)
{
    static struct mop_buf b;
    mop_buf_release(&b);
    mop_buf_init(&b, 1 << 20);
    mop_diags_print(&r->d, &b, false);
    return b.p ? b.p : "";
}

static inline void rules_end(struct rules *r)
{
    mop_ruleset_free(r->rs);
    mop_diags_release(&r->d);
    for (size_t i = 0; i < r->n; i++)
        unlink(r->paths[i]);
    rmdir(r->dir);
}

/* One file that has to load. */
static inline struct mop_ruleset *rules_of(struct rules *r, const char *text)
{
    rules_begin(r);
    rules_file(r, "rules.yaml", text, true);
    if (!rules_load(r))
        fail_msg("%s", rules_said(r));
    return r->rs;
}

static inline const struct mop_check *rules_check(const struct mop_ruleset *rs, const char *id)
{
    for (size_t i = 0; i < rs->nrecords; i++)
        for (size_t k = 0; k < rs->records[i]->nchecks; k++)
            if (mop_sv_eqs(rs->records[i]->checks[k]->id, id))
                return rs->records[i]->checks[k];
    return NULL;
}

static inline struct mop_field *rules_field(const struct mop_ruleset *rs, const char *record,
                                            const char *field)
{
    struct mop_record *r = mop_ruleset_record(rs, mop_sv_of(record));
    return r ? mop_record_field(r, mop_sv_of(field)) : NULL;
}
#endif
