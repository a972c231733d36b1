/* SPDX-License-Identifier: MIT */
#include "base/date.h"
#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/gate_run.h"
#include "report/outfile.h"
#include <stdio.h>
#include <unistd.h>

/* gate --attest: an entry to paste; and what `gate` prints without a checklist. */

int mop_gate_put_text(const char *path, const struct mop_buf *b, struct mop_err *e)
{
    struct mop_outfile *f = mop_outfile_open(path, false, e);
    if (!f)
        return -1;
    if (!mop_outfile_write(f, b->p, b->n, e))
        return mop_outfile_commit(f, e);
    mop_outfile_abort(f);
    return -1;
}

void mop_gate_print_diags(struct mop_diags *d)
{
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    mop_diags_print(d, &b, mop_cli_color(STDERR_FILENO));
    fwrite(b.p, 1, b.n, stderr);
    mop_buf_release(&b);
}

static void add_quoted(struct mop_buf *b, struct mop_sv s)
{
    mop_buf_chr(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            mop_buf_chr(b, '\\');
        if (c < 32 || c == 127)
            mop_buf_printf(b, "\\x%02X", c);
        else
            mop_buf_chr(b, s.p[i]);
    }
    mop_buf_chr(b, '"');
}

/* An entry that could never be green is not printed. */
static int check_attester(struct mop_gate_run *r, const struct mop_gate_attest *a,
                          struct mop_err *e)
{
    const struct mop_said_list *who = &r->brief.owners[a->role];
    if (!mop_gate_owns(&r->brief, 1U << a->role, r->s->attest_by)) {
        mop_err_set(e, 2, (struct mop_loc){0},
                    "--attest: '%.*s' is not the %s owner, who says '%.*s'",
                    MOP_SV_ARG(r->s->attest_by), mop_role_names[a->role], MOP_SV_ARG(a->id));
        if (who->n)
            mop_err_hint(e, "in %s that is '%.*s'", r->brief.file, MOP_SV_ARG(who->list[0].text));
        else
            mop_err_hint(e, "write owners: {%s: ..} in %s", mop_role_names[a->role], r->brief.file);
        return -1;
    }
    if (!r->s->evidence.n || !mop_gate_is_no_reason(r->policy, r->s->evidence))
        return 0;
    mop_err_set(e, 2, (struct mop_loc){0}, "--attest: '%.*s' says nothing of where it can be seen",
                MOP_SV_ARG(r->s->evidence));
    return -1;
}

static int check_attest(struct mop_gate_run *r, struct mop_err *e)
{
    struct mop_gate_settings *s = r->s;
    char near[300];
    const struct mop_gate_attest *a = mop_gate_find_attest(r->policy, s->attest);
    if (!a) {
        struct mop_sv id = mop_arena_printf(&s->arena, "attest.%.*s", MOP_SV_ARG(s->attest));
        mop_err_set(e, 2, (struct mop_loc){0}, "--attest: there is no attestation '%.*s'",
                    MOP_SV_ARG(s->attest));
        if (!mop_gate_knows(r->policy, id, near, sizeof near) && near[0])
            mop_err_hint(e, "%s", near);
        return -1;
    }
    if (s->attest_by.n && (s->evidence.n || !a->evidence))
        return check_attester(r, a, e);
    mop_err_set(e, 2, (struct mop_loc){0}, "--attest: '%.*s' needs %s", MOP_SV_ARG(a->id),
                s->attest_by.n ? "--evidence TEXT" : "--by WHO");
    return -1;
}

/* Nor one that nobody would read. */
static int check_asked(struct mop_gate_run *r, struct mop_err *e)
{
    const struct mop_gate_attest *a = mop_gate_find_attest(r->policy, r->s->attest);
    struct mop_launch g = {0};
    int rc = mop_gate_look(&g, &r->brief, r->policy, &r->o, &r->diags, e);
    if (rc) {
        mop_gate_print_diags(&r->diags);
        if (!e->code)
            mop_err_set(e, 2, (struct mop_loc){0}, "--attest: what the brief names is not there");
    } else if (!mop_gate_asks(&g, a)) {
        rc = -1;
        mop_err_set(e, 2, (struct mop_loc){0},
                    "--attest: '%.*s' is not asked of this campaign, whose level is %.*s",
                    MOP_SV_ARG(a->id), MOP_SV_ARG(r->policy->levels[g.level].name));
        mop_err_hint(e, "mopslint rules explain attest.%.*s says of which it is",
                     MOP_SV_ARG(a->id));
    }
    mop_gate_release(&g);
    return rc;
}

/* The entry to paste: nothing is written into a brief that somebody else may have open. */
int mop_gate_attest_entry(struct mop_gate_run *r, struct mop_err *e)
{
    struct mop_gate_settings *s = r->s;
    struct mop_buf b;
    if (check_attest(r, e) || check_asked(r, e))
        return -1;
    const struct mop_gate_attest *a = mop_gate_find_attest(r->policy, s->attest);
    mop_buf_init(&b, 1 << 20);
    mop_buf_printf(&b, "# under attestations: of %s\n  - id: %.*s\n    by: ", r->brief.file,
                   MOP_SV_ARG(a->id));
    add_quoted(&b, s->attest_by);
    mop_buf_str(&b, "\n    on: ");
    const struct mop_zone *zone = r->rs ? r->rs->zone : NULL; /* the gate's own today */
    mop_when_print(
        &b, (struct mop_when){.day = mop_when_of_instant(s->now_us, zone).day, .whole_day = true});
    if (s->evidence.n) {
        mop_buf_str(&b, "\n    evidence: ");
        add_quoted(&b, s->evidence);
    }
    mop_buf_printf(&b, "\n    digest: %s\n", r->brief.digest);
    int rc = mop_gate_put_text(s->outputs.output, &b, e);
    mop_buf_release(&b);
    return rc;
}
