/* SPDX-License-Identifier: MIT */
#include "gate/checklist.h"
#include "gate/checks.h"
#include "report/json.h"
#include "report/shown.h"

/*
 * For programs: schema mopslint.gate/1 (contrib/schema/gate.schema.json). Keys are added, never
 * taken away; each is always present.
 */
typedef struct mop_json_out J;

static void put_text_or_null(J *j, const char *key, struct mop_sv text)
{
    struct mop_sv name = mop_sv_of(key);
    mop_json_put(j, &name, mop_json_text_or_null(text));
}

/* What the brief says freely: what of it is personal is masked. */
static void put_shown(J *j, const char *key, struct mop_sv text)
{
    struct mop_arena a;
    if (!text.n) { /* 100,000 links have no name */
        put_text_or_null(j, key, text);
        return;
    }
    mop_arena_init(&a);
    put_text_or_null(j, key, mop_shown_value(&a, false, NULL, text));
    mop_arena_release(&a);
}

static void put_item(J *j, const struct mop_gate_item *x)
{
    static const char *const levels[] = {"note", "warning", "error"};
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "level", mop_sv_of(levels[x->level]));
    put_text_or_null(j, "file", mop_sv_of(x->at.file));
    mop_json_put_count(j, "line", x->at.line);
    mop_json_put_count(j, "column", x->at.col);
    mop_json_put(j, MOP_KEY("link"),
                 x->link == SIZE_MAX ? json_null() : mop_json_count(x->link + 1));
    mop_json_put_text(j, "message", x->message);
    put_text_or_null(j, "repair", x->repair);
    mop_json_close(j, '}');
}

static void put_waiver(J *j, const struct mop_brief_waiver *w)
{
    if (!w) {
        mop_json_put(j, MOP_KEY("waiver"), json_null());
        return;
    }
    mop_json_open(j, MOP_KEY("waiver"), '{');
    mop_json_put_text(j, "by", w->by.text);
    put_shown(j, "reason", w->reason.text);
    put_text_or_null(j, "until", w->until.as.text);
    mop_json_close(j, '}');
}

static void put_result(J *j, const struct mop_launch *g, const struct mop_gate_result *r)
{
    mop_json_open(j, NULL, '{');
    mop_json_put_text(j, "id", r->id);
    mop_json_put_text(j, "summary", r->summary);
    mop_json_put_text(j, "state", mop_sv_of(mop_gate_state_names[r->state]));
    mop_json_put_text(j, "severity", mop_sv_of(mop_severity_names[r->severity]));
    mop_json_put_text(j, "role", mop_sv_of(mop_role_names[r->by]));
    put_text_or_null(j, "who", mop_gate_person(g, r->by));
    mop_json_put_bool(j, "attestation", r->attest != NULL);
    put_text_or_null(j, "remark", r->why);
    put_waiver(j, r->waiver);
    mop_json_open(j, MOP_KEY("items"), '[');
    for (size_t i = 0; i < r->n; i++)
        put_item(j, &r->items[i]);
    mop_json_close(j, ']');
    mop_json_close(j, '}');
}

static void put_level(J *j, const struct mop_launch *g)
{
    if (g->links_only) {
        mop_json_put(j, MOP_KEY("level"), json_null());
        return;
    }
    mop_json_open(j, MOP_KEY("level"), '{');
    mop_json_put_text(j, "used", g->p->levels[g->level].name);
    mop_json_put_text(j, "derived", g->p->levels[g->derived].name);
    put_shown(j, "reason", g->b->level_reason.text);
    mop_json_open(j, MOP_KEY("because"), '[');
    for (size_t i = 0; i < g->nreasons; i++) {
        mop_json_open(j, NULL, '{');
        mop_json_put_text(j, "trigger", g->reasons[i]->id);
        mop_json_put_text(j, "level", g->p->levels[g->reasons[i]->level].name);
        mop_json_put_text(j, "words", g->reasons[i]->because);
        mop_json_close(j, '}');
    }
    mop_json_close(j, ']');
    mop_json_close(j, '}');
}

static void put_status(J *j, long status)
{
    mop_json_put(j, MOP_KEY("status"), status ? mop_json_count((uint64_t)status) : json_null());
}

/* What the network said of it; nulls and no hops: nobody asked. */
static void put_seen(J *j, const struct mop_link_seen *s)
{
    size_t n = s ? s->nhops : 0;
    put_status(j, n ? s->hops[n - 1].status : 0);
    put_text_or_null(j, "final_url", n ? s->hops[n - 1].shown : MOP_SV(""));
    mop_json_open(j, MOP_KEY("hops"), '[');
    for (size_t i = 0; i < n; i++) {
        mop_json_open(j, NULL, '{');
        mop_json_put_text(j, "url", s->hops[i].shown);
        put_status(j, s->hops[i].status);
        mop_json_close(j, '}');
    }
    mop_json_close(j, ']');
}

static void put_links(J *j, const struct mop_launch *g)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_json_open(j, MOP_KEY("links"), '[');
    for (size_t i = 0; i < g->b->nlinks; i++) {
        const struct mop_brief_link *l = &g->b->links[i];
        mop_json_open(j, NULL, '{');
        put_shown(j, "name", l->name.text);
        mop_json_put_text(j, "host", g->urls[i].host.p ? g->urls[i].host : MOP_SV(""));
        put_shown(j, "channel", l->channel.text);
        put_text_or_null(j, "ga4_channel", mop_sv_of(g->ga4[i]));
        put_shown(j, "platform", l->platform.text);
        put_text_or_null(j, "file", mop_sv_of(l->url.at.file));
        mop_json_put_count(j, "line", l->url.at.line);
        put_seen(j, l->seen);
        mop_json_close(j, '}');
    }
    mop_json_close(j, ']');
    mop_arena_release(&a);
}

static void put_document(J *j, const struct mop_launch *g, const struct mop_checklist_options *o)
{
    static const char *const status[] = {"go", "hold", "hold", "not-checked"};
    int code = mop_gate_exit(g, o->warnings_fail);
    mop_json_put_text(j, "schema", MOP_SV("mopslint.gate/1"));
    mop_json_open(j, MOP_KEY("tool"), '{');
    mop_json_put_text(j, "name", MOP_SV("mopslint"));
    mop_json_put_text(j, "version", MOP_SV(MOP_VERSION));
    mop_json_close(j, '}');
    mop_json_put(j, MOP_KEY("now"), mop_json_time(g->o->now_us));
    put_text_or_null(j, "brief", mop_sv_of(g->b->file));
    put_text_or_null(j, "name", g->name);
    put_text_or_null(j, "digest", g->links_only ? MOP_SV("") : mop_sv_of(g->b->digest));
    put_text_or_null(j, "taxonomy", g->o->rules ? g->o->rules->name : MOP_SV(""));
    mop_json_put_text(j, "policy", g->p->origin);
    mop_json_put_text(j, "status", mop_sv_of(status[code]));
    mop_json_put_count(j, "exit", (uint64_t)code);
    put_level(j, g);
    mop_json_open(j, MOP_KEY("checks"), '[');
    for (size_t i = 0; i < g->n; i++)
        put_result(j, g, &g->results[i]);
    mop_json_close(j, ']');
    put_links(j, g);
}

static int write_json(const struct mop_launch *g, const struct mop_checklist_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    J j = {.out = out, .first = true};
    mop_arena_init(&j.arena);
    mop_json_open(&j, NULL, '{');
    put_document(&j, g, o);
    mop_json_close(&j, '}');
    mop_out_chr(out, '\n');
    mop_arena_release(&j.arena);
    return mop_out_flush(out, e);
}

const struct mop_checklist_format mop_checklist_json = {"json", "for programs: mopslint.gate/1",
                                                        write_json};
