/* SPDX-License-Identifier: MIT */
#include "gate/checklist.h"
#include "gate/checks.h"
#include "values/url_keys.h"
#include <stdio.h>
#include <string.h>

/*
 * --fixed-links: every link, old and new side by side. Only what keeps the meaning is changed:
 * values of utm_ parameters that the taxonomy spells otherwise, misspelt utm_ keys, an &amp; from
 * HTML. Every other byte, click ids and other parameters among them, stays as it was.
 */

static void add_cell(struct mop_out *out, struct mop_sv s, bool last)
{
    mop_out_chr(out, '"');
    if (s.n && strchr("=+-@\t\r", s.p[0]))
        mop_out_chr(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            mop_out_chr(out, '"');
        mop_out_chr(out, s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
    }
    mop_out_str(out, last ? "\"\n" : "\",");
}

static void add_encoded(struct mop_buf *b, struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     (c && c < 128 && strchr("-._~", c));
        if (plain)
            mop_buf_chr(b, s.p[i]);
        else
            mop_buf_printf(b, "%%%02X", c);
    }
}

/* Is the finding about this parameter? Its field is named for it: utm_source, or source. */
static bool is_about(const struct mop_gate_finding *f, const struct mop_url_param *p)
{
    struct mop_sv name = f->field ? f->field->name : MOP_SV_NONE;
    struct mop_sv tail = mop_sv_sub(p->key, 4, p->key.n);
    return mop_url_key_utm(p->key) && mop_sv_eq(f->value, p->value) &&
           (mop_sv_ends(name, p->key) || mop_sv_eq(name, tail));
}

/* What the value should be; NONE: it stays. The first certain proposal stands: the taxonomy's
 * ladder gives one for a value. */
static struct mop_sv value_for(const struct mop_launch *g, size_t *from, size_t link,
                               const struct mop_url_param *p)
{
    struct mop_sv found = MOP_SV_NONE;
    for (size_t i = *from; i < g->nfindings && g->findings[i].link == link; i++) {
        const struct mop_gate_finding *f = &g->findings[i];
        if (f->certain && f->proposal.n && is_about(f, p) && !found.p)
            found = f->proposal;
    }
    return found;
}

static bool has_key(const struct mop_url *u, struct mop_sv key)
{
    for (size_t i = 0; i < u->nparams; i++)
        if (mop_sv_eq(u->params[i].key, key))
            return true;
    return false;
}

/* The key as it should be; the raw one if there is nothing to mend. */
static struct mop_sv key_for(const struct mop_url *u, const struct mop_url_param *p)
{
    struct mop_sv raw = p->raw_key;
    if (mop_sv_starts(raw, MOP_SV("amp;")))
        raw = mop_sv_sub(raw, 4, raw.n);
    const char *meant = mop_url_key_meant(raw);
    return meant && !has_key(u, mop_sv_of(meant)) ? mop_sv_of(meant) : raw;
}

struct fixing {
    const struct mop_launch *g;
    struct mop_buf url, changes;
    const char *at; /* copied so far */
};

static void say(struct fixing *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct fixing *f, const char *fmt, ...)
{
    va_list ap;
    mop_buf_str(&f->changes, f->changes.n ? "; " : "");
    va_start(ap, fmt);
    mop_buf_vprintf(&f->changes, fmt, ap);
    va_end(ap);
}

static void copy_to(struct fixing *f, const char *end)
{
    mop_buf_add(&f->url, f->at, (size_t)(end - f->at));
    f->at = end;
}

static void fix_param(struct fixing *f, size_t link, size_t from, const struct mop_url_param *p)
{
    const struct mop_url *u = &f->g->urls[link];
    struct mop_sv key = key_for(u, p), value = value_for(f->g, &from, link, p);
    copy_to(f, p->raw_key.p);
    mop_buf_sv(&f->url, key);
    if (!mop_sv_eq(key, p->raw_key))
        say(f, "%.*s -> %.*s", MOP_SV_ARG(p->raw_key), MOP_SV_ARG(key));
    f->at = p->raw_key.p + p->raw_key.n;
    if (!value.p || !p->raw_value.p)
        return;
    copy_to(f, p->raw_value.p);
    add_encoded(&f->url, value);
    f->at = p->raw_value.p + p->raw_value.n;
    say(f, "%.*s: %.*s -> %.*s", MOP_SV_ARG(key), MOP_SV_ARG(p->value), MOP_SV_ARG(value));
}

static bool fix_link(struct fixing *f, size_t link, size_t from)
{
    const struct mop_url *u = &f->g->urls[link];
    struct mop_sv text = f->g->b->links[link].url.text;
    mop_buf_reset(&f->url);
    mop_buf_reset(&f->changes);
    f->at = text.p;
    if (!f->g->b->links[link].fault && !u->cut && u->fault == MOP_URL_OK)
        for (size_t i = 0; i < u->nparams; i++)
            if (u->params[i].raw_key.p)
                fix_param(f, link, from, &u->params[i]);
    copy_to(f, text.p + text.n);
    return f->changes.n > 0;
}

/* A link as it is mended so far. */
struct mended {
    struct mop_sv url, changes;
};

/* One pass over the links of a launch; how many it changed. */
static size_t fix_all(const struct mop_launch *g, struct fixing *f, struct mop_arena *a,
                      struct mended *all)
{
    size_t changed = 0, from = 0;
    f->g = g;
    for (size_t i = 0; i < g->b->nlinks; i++) {
        while (from < g->nfindings &&
               (g->findings[from].link == SIZE_MAX || g->findings[from].link < i))
            from++;
        if (!fix_link(f, i, from))
            continue;
        changed++;
        all[i].url = mop_arena_copy(a, mop_buf_view(&f->url));
        all[i].changes =
            mop_arena_printf(a, "%.*s%s%.*s", MOP_SV_ARG(all[i].changes),
                             all[i].changes.n ? "; " : "", MOP_SV_ARG(mop_buf_view(&f->changes)));
    }
    return changed;
}

/* The taxonomy's word on the links as they are mended: a key that is spelt right shows what is
 * wrong with its value. */
static size_t fix_again(const struct mop_launch *g, struct fixing *f, struct mop_arena *a,
                        struct mended *all)
{
    struct mop_brief_link *links = g->b->links;
    struct mop_brief_link *mended = mop_arena_array(a, g->b->nlinks + 1, sizeof *mended);
    struct mop_launch next;
    struct mop_diags ignored; /* the run has told them */
    struct mop_err e = {0};
    for (size_t i = 0; i < g->b->nlinks; i++) {
        mended[i] = links[i];
        mended[i].url.text = all[i].url;
    }
    mop_diags_init(&ignored);
    g->b->links = mended;
    size_t changed = 0;
    if (!mop_gate_look(&next, g->b, g->p, g->o, &ignored, &e))
        changed = fix_all(&next, f, a, all);
    g->b->links = links;
    f->g = g;
    mop_gate_release(&next);
    mop_diags_release(&ignored);
    return changed;
}

static void write_rows(const struct mop_launch *g, const struct mended *all, struct mop_out *out)
{
    mop_out_str(out, "link,name,old,new,changes\n");
    for (size_t i = 0; i < g->b->nlinks; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        add_cell(out, mop_sv_of(number), false);
        add_cell(out, g->b->links[i].name.text, false);
        add_cell(out, g->b->links[i].url.text, false);
        add_cell(out, all[i].url, false);
        add_cell(out, all[i].changes, true);
    }
}

size_t mop_gate_fixed_links(const struct mop_launch *g, struct mop_out *out)
{
    enum { ROUNDS = 8 }; /* a taxonomy may send a value round in a circle */
    struct fixing f = {.g = g};
    struct mop_arena a;
    size_t changed = 0;
    mop_arena_init(&a);
    mop_buf_init(&f.url, SIZE_MAX);
    mop_buf_init(&f.changes, SIZE_MAX);
    struct mended *all = mop_arena_array(&a, g->b->nlinks + 1, sizeof *all);
    for (size_t i = 0; i < g->b->nlinks; i++)
        all[i] = (struct mended){g->b->links[i].url.text, MOP_SV("")};
    size_t more = fix_all(g, &f, &a, all);
    for (int round = 1; more && round < ROUNDS; round++)
        more = fix_again(g, &f, &a, all);
    write_rows(g, all, out);
    for (size_t i = 0; i < g->b->nlinks; i++)
        changed += all[i].changes.n > 0;
    mop_buf_release(&f.url);
    mop_buf_release(&f.changes);
    mop_arena_release(&a);
    return changed;
}
