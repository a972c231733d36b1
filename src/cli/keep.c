/* SPDX-License-Identifier: MIT */
#include "cli/keep.h"
#include "base/interrupt.h"
#include "cli/clash.h"
#include "cli/notes.h"
#include <string.h>

void mop_keep_init(struct mop_keep *k, struct mop_check_settings *s)
{
    *k = (struct mop_keep){.s = s};
}

/* The history is opened before every other output: it must not be one of the inputs. */
static int not_an_input(const struct mop_check_settings *s, struct mop_err *e)
{
    bool same = false;
    for (size_t i = 0; i < s->nsources; i++)
        same |= mop_clash_same(s->history, s->sources[i].name);
    for (size_t i = 0; i < s->nrules; i++)
        same |= mop_clash_same(s->history, s->rules[i]);
    if (same)
        mop_err_set(e, 2, (struct mop_loc){0}, "--history: '%s' is an input of this run",
                    s->history);
    return same ? -1 : 0;
}

/* From here on there is no history; its error is told at the end. */
static void give_up(struct mop_keep *k)
{
    k->lost = k->log; /* its earlier rules may still be judging */
    k->log = NULL;
    k->put = false;
}

/* Damaged, no room: the data can be judged all the same, and reports that say so take the
 * place of those of another night. What is no history at all is a mistake of the settings. */
static int go_without(struct mop_keep *k, struct mop_err *e)
{
    if (e->code != 3)
        return -1;
    k->err = *e;
    *e = (struct mop_err){0};
    give_up(k);
    return 0;
}

int mop_keep_open(struct mop_keep *k, const struct mop_ruleset *rs, struct mop_err *e)
{
    struct mop_check_settings *s = k->s;
    if (s->verdict.ratchet && !s->history) {
        mop_err_set(e, 2, (struct mop_loc){0}, "--ratchet: there is no history to compare with");
        mop_err_hint(e, "add --history, or `history: FILE` to mopslint.yaml");
        return -1;
    }
    if (k->log || k->err.code || !s->history || (!*s->history && !rs))
        return 0;
    if (!*s->history)
        s->history = mop_log_default_path(&s->arena, rs->name, e);
    if (!s->history || mop_config_allows(s, "history", s->history, e) || not_an_input(s, e))
        return -1;
    bool held; /* by a run that is about to write the reports: they are left to it */
    k->log = mop_log_open(s->history, s->now_us, &held, e);
    return k->log || (!held && !go_without(k, e)) ? 0 : -1;
}

static struct mop_sv time_text(struct mop_arena *a, int64_t us)
{
    struct mop_buf b;
    mop_buf_init(&b, 64);
    mop_when_print(&b, mop_when_of_instant(us, NULL));
    struct mop_sv text = mop_arena_copy(a, mop_buf_view(&b));
    mop_buf_release(&b);
    return text;
}

int mop_keep_begin(struct mop_keep *k, const struct mop_ruleset *rs,
                   const struct mop_load_options *o, struct mop_err *e)
{
    if (!k->log)
        return 0;
    if (mop_log_begin(k->log, rs, o, e) ||
        (!k->s->columns_as_given && mop_log_expect(k->log, rs, e)))
        return go_without(k, e);
    int64_t later = mop_log_later(k->log);
    if (later != INT64_MIN)
        mop_note("the clock went back: the last run of the history is of %.*s",
                 MOP_SV_ARG(time_text(&k->s->arena, later)));
    return 0;
}

int mop_keep_before(void *keep, const struct mop_sv *types, size_t n,
                    const struct mop_ruleset **rules, struct mop_err *e)
{
    struct mop_keep *k = keep;
    if (k->log && mop_log_narrow(k->log, types, n, e) && go_without(k, e))
        return -1;
    *rules = k->before = k->log ? mop_log_before(k->log, k->s->now_us) : NULL;
    return 0;
}

static void ask_ratchet(struct mop_keep *k, struct mop_result *r)
{
    struct mop_ratchet *asked;
    size_t n;
    if (!k->s->verdict.ratchet)
        return;
    if (mop_log_ratchet(k->log, r, k->has_between ? &k->between : NULL, &asked, &n, &k->err)) {
        give_up(k);
        return;
    }
    k->s->verdict.ratchets = asked;
    k->s->verdict.nratchets = n;
    if (!n && !k->s->quiet)
        mop_note(
            "--ratchet: no level is settled yet: it takes complete runs of %d days by the same "
            "rules",
            MOP_LOG_SETTLED);
}

void mop_keep_compare(struct mop_keep *k, struct mop_pipeline *p, struct mop_result *r)
{
    struct mop_err why = {0};
    if (!k->log || r->status == MOP_RUN_PARTIAL)
        return;
    k->has_between = k->before && !mop_pipeline_before(p, &k->between, &why);
    if (mop_log_since(k->log, r, k->has_between ? &k->between : NULL, why.code ? why.msg : NULL,
                      &k->err))
        give_up(k);
    else
        ask_ratchet(k, r);
}

void mop_keep_save(struct mop_keep *k, struct mop_result *r)
{
    if (k->log) {
        k->put = !mop_log_put(k->log, r, k->has_between ? &k->between : NULL, &k->err) &&
                 !mop_log_commit(k->log, &k->err);
        if (!k->put)
            give_up(k);
    }
    if (k->err.code)
        mop_result_unkept(r, k->err.msg);
}

int mop_keep_end(struct mop_keep *k, int code, struct mop_err *e)
{
    if (k->put && code < 0)
        mop_log_amend(k->log, e->code, e->msg, &k->err);
    if (!k->err.code)
        return code;
    if (code < 0)
        mop_cli_error(&k->err); /* what the caller tells is the other one */
    else
        *e = k->err;
    k->err = (struct mop_err){0}; /* told once */
    return -1;
}

void mop_keep_failed(struct mop_keep *k, const struct mop_ruleset *rs, const struct mop_err *why)
{
    struct mop_err e = {0};
    if (k->err.code)
        mop_cli_error(&k->err);
    if (!k->log || k->put)
        return;
    if (mop_log_put_failed(k->log, rs, why, &e) || mop_log_commit(k->log, &e))
        mop_note("%s", e.msg);
}

void mop_keep_release(struct mop_keep *k)
{
    if (k->has_between)
        mop_result_release(&k->between);
    mop_log_close(k->log);
    mop_log_close(k->lost);
}
