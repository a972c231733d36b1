/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* From the name of a source to a connector's stream. */

static bool is_connector_file(struct mop_sv s)
{
    return mop_sv_ends(s, MOP_SV(".yaml")) || mop_sv_ends(s, MOP_SV(".yml"));
}

/* Before and behind the last colon. */
static bool split(const char *source, struct mop_sv *connector, struct mop_sv *stream)
{
    const char *colon = strrchr(source, ':');
    if (!colon)
        return false;
    *connector = (struct mop_sv){source, (size_t)(colon - source)};
    *stream = mop_sv_of(colon + 1);
    return is_connector_file(*connector) ||
           (mop_connector_is_word(*connector) && mop_connector_is_word(*stream));
}

bool mop_http_is_named(const char *source)
{
    struct mop_sv connector, stream;
    struct stat st;

    return split(source, &connector, &stream) && stat(source, &st) != 0;
}

/* A place's file has to outlive everything here: kept, each name once, until the program ends. */
static const char *lasting(const char *name)
{
    static struct kept {
        char *name;
        struct kept *next;
    } * all;
    for (const struct kept *k = all; k; k = k->next)
        if (!strcmp(k->name, name))
            return k->name;
    struct kept *k = mop_alloc(sizeof *k);
    *k = (struct kept){mop_strdup(mop_sv_of(name)), all};
    all = k;
    return k->name;
}

/* The first fault is the error; how many there are besides is its hint. */
static void to_error(const struct mop_diags *d, const char *file, struct mop_err *e)
{
    const struct mop_diag *g = d->n ? &d->list[0] : NULL;
    for (size_t i = 0; g && i < d->n; i++)
        if (d->list[i].level == MOP_FAULT && g->level != MOP_FAULT)
            g = &d->list[i];
    if (!g) {
        mop_err_set(e, 2, (struct mop_loc){0}, "cannot read '%s'", file);
        return;
    }
    mop_err_set(e, 2, (struct mop_loc){lasting(file), g->at.line, g->at.col}, "%.*s [%s]",
                MOP_SV_ARG(g->msg), g->id);
    if (d->faults > 1)
        mop_err_hint(e, "%.*s%s%zu more faults are in the file", MOP_SV_ARG(g->hint),
                     g->hint.n ? "; " : "", d->faults - 1);
    else if (g->hint.n)
        mop_err_hint(e, "%.*s", MOP_SV_ARG(g->hint));
}

static struct mop_connector *load_file(struct mop_http *h, const char *file, struct mop_err *e)
{
    struct mop_diags d;
    mop_diags_init(&d);
    struct mop_connector *c = mop_connector_load(&h->arena, file, &d);
    if (!c)
        to_error(&d, file, e);
    mop_diags_release(&d);
    return c;
}

static struct mop_connector *load_shipped(struct mop_http *h, const struct mop_shipped_connector *x)
{
    struct mop_diags d;
    mop_diags_init(&d);
    struct mop_connector *c =
        mop_connector_parse(&h->arena, x->name, (struct mop_sv){(const char *)x->text, x->n}, &d);
    mop_diags_release(&d);
    return c;
}

static struct mop_connector *by_name(struct mop_http *h, struct mop_sv name, struct mop_err *e)
{
    struct mop_sv names[128];
    size_t n = 0;
    for (size_t i = 0; i < h->o->nconnectors; i++) {
        struct mop_connector *c = load_file(h, h->o->connectors[i], e);
        if (!c || mop_sv_eq(c->name, name))
            return c;
        names[n < 64 ? n++ : 63] = c->name;
    }
    for (size_t i = 0; mop_shipped_connectors[i].name && n < 128; i++) {
        names[n++] = mop_sv_of(mop_shipped_connectors[i].name);
        if (mop_sv_eq(names[n - 1], name))
            return load_shipped(h, &mop_shipped_connectors[i]);
    }
    mop_err_set(e, 2, (struct mop_loc){0}, "no file and no connector is called '%s'",
                h->source.name);
    long near = mop_suggest(name, names, n);
    if (near >= 0)
        mop_err_hint(e, "did you mean the connector '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(e, "'mopslint fetch --list' names them");
    return NULL;
}

static int find_stream(struct mop_http *h, struct mop_sv name, struct mop_err *e)
{
    struct mop_sv *names = mop_arena_array(&h->arena, h->c->nstreams + 1, sizeof *names);
    h->s = mop_connector_stream(h->c, name);
    if (h->s)
        return 0;
    for (size_t i = 0; i < h->c->nstreams; i++)
        names[i] = h->c->streams[i].name;
    mop_err_set(e, 2, (struct mop_loc){0}, "connector '%.*s' has no stream '%.*s'",
                MOP_SV_ARG(h->c->name), MOP_SV_ARG(name));
    long near = mop_suggest(name, names, h->c->nstreams);
    if (near >= 0)
        mop_err_hint(e, "did you mean '%.*s'?", MOP_SV_ARG(names[near]));
    else
        mop_err_hint(e, "'mopslint fetch --list' names them");
    return -1;
}

/* Columns that the settings give the stream besides its own. */
static int add_extras(struct mop_http *h, const char *source, struct mop_err *e)
{
    struct mop_diags d;
    mop_diags_init(&d);
    for (size_t i = 0; h->s && i < h->o->nextras; i++) {
        const struct mop_http_extra *x = &h->o->extras[i];
        if (strcmp(x->source, source) != 0)
            continue;
        h->s = mop_connector_extend(&h->arena, h->c, h->s, x->fields, &d);
        if (!h->s)
            to_error(&d, x->fields->at.file, e);
    }
    mop_diags_release(&d);
    return h->s ? 0 : -1;
}

int mop_http_find(struct mop_http *h, const char *source, struct mop_err *e)
{
    struct mop_sv connector, stream;
    if (!split(source, &connector, &stream)) {
        mop_err_set(e, 2, (struct mop_loc){0}, "'%s' names no connector and stream", source);
        return -1;
    }
    h->c = is_connector_file(connector) ? load_file(h, mop_arena_str(&h->arena, connector), e)
                                        : by_name(h, connector, e);
    if (!h->c || find_stream(h, stream, e) || add_extras(h, source, e) || mop_http_config(h, e) ||
        mop_http_partitions(h, e))
        return -1;
    mop_place_begin(h);
    return mop_state_open(h, e) || mop_state_begin(h, e) ? -1 : 0;
}
