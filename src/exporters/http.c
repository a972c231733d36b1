/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "source.h"

#include "../base/text.h"
#include "../base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The exporter of CONNECTOR:STREAM: page after page into batches. */

int mop_http_fail(const struct mop_http *h, struct mop_err *e, const char *outcome, const char *fmt,
                  ...)
{
    char words[sizeof e->msg];
    size_t rest = strlen(outcome) + strlen(h->page) + sizeof " () []" - 1;
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(words, sizeof words - rest, fmt, ap);
    va_end(ap);
    bool named = !*h->page || strstr(words, h->page);
    mop_err_set(e, 3, (struct mop_loc){h->source.name, 0, 0}, "%s%s%s%s [%s]", words,
                named ? "" : " (", named ? "" : h->page, named ? "" : ")", outcome);
    return -1;
}

void mop_http_note(struct mop_http *h, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    mop_source_add_note(&h->source, &h->capnotes, &h->arena, fmt, ap);
    va_end(ap);
}

void mop_http_trace(const struct mop_http *h, const char *fmt, ...)
{
    struct mop_buf line, masked;
    va_list ap;
    if (!h->o->trace)
        return;
    mop_buf_init(&line, MOP_HTTP_CAP_URL);
    mop_buf_init(&masked, MOP_HTTP_CAP_URL);
    va_start(ap, fmt);
    mop_buf_vprintf(&line, fmt, ap);
    va_end(ap);
    mop_http_masked(h, mop_buf_view(&line), &masked);
    h->o->trace(h->o->trace_ctx, mop_buf_view(&masked));
    mop_buf_release(&line);
    mop_buf_release(&masked);
}

/* Under test the jitter is the same each time. */
static uint64_t first_seed(const char *source, int64_t now_us)
{
#ifdef MOP_TEST_HOOKS
    const char *fixed = getenv("MOP_HTTP_SEED");
    if (fixed)
        return strtoull(fixed, NULL, 10);
#endif
    return mop_hash(mop_sv_of(source)) ^ (uint64_t)now_us;
}

struct mop_http *mop_http_create(const char *source, const struct mop_http_options *o)
{
    static const struct mop_http_options defaults;
    struct mop_http *h = mop_alloc(sizeof *h);
    h->o = o ? o : &defaults;
    h->source.exporter = &mop_exporter_http;
    h->source.name = source;
    h->began_us = mop_http_now_us();
    h->seed = first_seed(source, h->began_us);
    mop_arena_init(&h->arena);
    mop_arena_init(&h->batch);
    mop_buf_init(&h->access_token, MOP_HTTP_CAP_TEXT);
    mop_buf_init(&h->url_base, MOP_HTTP_CAP_URL);
    mop_buf_init(&h->answer.headers, MOP_HTTP_CAP_HEADERS);
    mop_buf_init(&h->answer.body, MOP_HTTP_CAP_BODY);
    h->answer.fd = -1;
    h->hold = -1;
    mop_map_init(&h->unknown);
    mop_map_init(&h->inner);
    mop_map_init(&h->mapped);
    return h;
}

void mop_http_free(struct mop_http *h)
{
    mop_json_doc_release(&h->doc);
    mop_client_free(h->client);
    mop_state_free(h->state);
    mop_http_let_go(h);
    mop_ids_free(h->ids);
    mop_ids_free(h->cursors);
    struct mop_buf *bufs[] = {&h->access_token, &h->url_base,     &h->answer.headers,
                              &h->answer.body,  &h->place.cursor, &h->place.last_key,
                              &h->place.key,    &h->place.last_id};
    for (size_t i = 0; i < sizeof bufs / sizeof *bufs; i++)
        mop_buf_release(bufs[i]);
    mop_map_release(&h->unknown);
    mop_map_release(&h->inner);
    mop_map_release(&h->mapped);
    free(h->records);
    free(h->cells);
    free(h->source.notes);
    mop_arena_release(&h->batch);
    mop_arena_release(&h->arena);
    free(h);
}

static void name_page(struct mop_http *h)
{
    enum { SHOWN = 30 };
    struct mop_buf b;
    mop_buf_init(&b, sizeof h->page);
    if (h->npartitions > 1)
        mop_utf8_show(&b, h->partitions[h->partition], SHOWN);
    bool of = b.n && !b.over;
    snprintf(h->page, sizeof h->page, "page %llu%s%.*s%s", (unsigned long long)h->place.page + 1,
             of ? " of '" : "", of ? (int)b.n : 0, of ? b.p : "", of ? "'" : "");
    mop_buf_release(&b);
}

/* The page at h->place, and where the next one is. */
static int read_page(struct mop_http *h, struct mop_err *e)
{
    name_page(h);
    int rc = mop_http_ask(h, e);
    if (rc < 0)
        return -1;
    if (rc == 1)
        mop_json_doc_release(&h->doc);
    h->nrecords = h->next_record = h->next_child = 0;
    h->source.bytes_read += h->answer.received;
    if (rc == 0 && mop_http_collect(h, e))
        return -1;
    return mop_place_advance(h, rc == 1, e);
}

/* An offset is of no record: what stands behind one that is deleted moves up. */
static void note_counted(struct mop_http *h)
{
    const struct mop_paginator *g = &h->s->paginator;
    bool counted = g->type == MOP_PAGE_OFFSET || g->type == MOP_PAGE_NUMBER;
    if (!h->several_pages || !h->s->primary_key || !counted || g->overlap || g->restart_each)
        return;
    mop_http_note(h,
                  "pages are counted: it cannot be told whether a record was deleted%s meanwhile, "
                  "which moves another past the pages",
                  h->no_total ? "" : " and one added");
}

static void note_fetched(struct mop_http *h)
{
    char of[40] = "";
    if (!h->no_total)
        snprintf(of, sizeof of, " of %llu", (unsigned long long)h->all_total);
    uint64_t requests = mop_client_requests(h->client);
    mop_http_note(h, "fetched %llu%s record%s in %llu request%s",
                  (unsigned long long)h->all_records, of, h->all_records == 1 ? "" : "s",
                  (unsigned long long)requests, requests == 1 ? "" : "s");
    note_counted(h);
    if (h->several_pages && !h->s->primary_key)
        mop_http_note(h, "without a primary_key it cannot be told whether a record moved from page "
                         "to page meanwhile, and came twice or not at all");
    if (h->state_known)
        mop_http_note(h, "%llu of them were read by the last run and are left out",
                      (unsigned long long)h->state_known);
    mop_http_find_gaps(h);
}

/* The next page, also of the next partition: 1, 0 when all is read, -1. */
static int next_page(struct mop_http *h, struct mop_err *e)
{
    if (!h->more_pages) {
        h->all_records += h->place.got;
        h->all_total += h->place.got - h->place.window + h->place.total;
        h->no_total |= !h->place.has_total;
        mop_state_end(h);
        if (h->partition + 1 >= h->npartitions)
            return 0;
        h->partition++;
        mop_ids_reset(h->ids);
        mop_ids_reset(h->cursors);
        mop_place_begin(h);
        if (mop_state_begin(h, e))
            return -1;
    } else {
        h->several_pages = true;
    }
    return read_page(h, e) ? -1 : 1;
}

/* 1 or 0; a fault is kept until the rows before it are delivered. */
static int next_row(struct mop_http *h, struct mop_batch *b, struct mop_err *e)
{
    int rc = mop_http_row(h, b, e);
    while (rc == 0 && b->n == 0) { /* views point into the page: a batch ends with it */
        rc = next_page(h, e);
        if (rc != 1)
            return rc;
        rc = mop_http_row(h, b, e);
    }
    return rc;
}

static int http_next(struct mop_source *s, struct mop_batch *b, struct mop_err *e)
{
    struct mop_http *h = (struct mop_http *)s;
    int rc = 1;
    b->n = 0;
    h->text = 0;
    mop_arena_reset(&h->batch);
    if (!h->late.code && !h->done) {
        while (rc == 1 && b->n < h->max_rows && h->text < MOP_BATCH_BYTES)
            rc = next_row(h, b, &h->late);
        h->done = rc == 0 && b->n == 0;
        if (h->done)
            note_fetched(h);
    }
    if (b->n)
        return 1;
    if (h->late.code)
        *e = h->late;
    return h->late.code ? -1 : 0;
}

static bool has_fresh(const struct mop_http *h)
{
    for (size_t i = 0; i < h->nrecords; i++)
        if (h->records[i])
            return true;
    return false;
}

/* The first page; where the columns are not known, the first one that has records to learn them
 * from. */
static int read_first(struct mop_http *h, struct mop_err *e)
{
    int rc = read_page(h, e);
    while (!rc && h->s->all_fields && !has_fresh(h) &&
           (h->more_pages || h->partition + 1 < h->npartitions)) {
        mop_arena_reset(&h->batch);
        rc = next_page(h, e) < 0;
    }
    return rc;
}

static struct mop_source *http_open(const char *source, const struct mop_source_options *o,
                                    struct mop_err *e)
{
    struct mop_http *h = mop_http_create(source, o ? o->http : NULL);
    h->reads = true;
    if (mop_http_find(h, source, e)) {
        mop_http_free(h);
        return NULL;
    }
    h->source.types = h->s->record.list;
    h->source.ntypes = h->s->record.n;
    h->client = mop_client_create(h->o);
    if (h->s->decoder != MOP_DECODE_JSON)
        return mop_http_open_file(h, o, e);
    h->ids = mop_ids_create(MOP_HTTP_IDS, true);
    h->cursors = mop_ids_create(MOP_HTTP_CURSORS, false);
    if (read_first(h, e) || mop_http_find_fields(h, e) ||
        (h->s->all_fields && !has_fresh(h) && mop_state_columns(h, e))) {
        mop_http_free(h);
        return NULL;
    }
    mop_http_note(h, "%.*s, stream '%.*s'", MOP_SV_ARG(mop_shown(&h->arena, h->c->title)),
                  MOP_SV_ARG(h->s->name));
    return &h->source;
}

static void http_close(struct mop_source *s)
{
    mop_http_free((struct mop_http *)s);
}

const struct mop_exporter mop_exporter_http = {
    .name = "http",
    .summary =
        "records over HTTP: CONNECTOR:STREAM, such as hubspot:contacts, or ./acme.yaml:leads",
    .takes = mop_http_is_named,
    .open = http_open,
    .next = http_next,
    .close = http_close,
};
