/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memmem */
#include "fuzz_require.h"

#include "../../src/exporters/http_parts.h"

#include <string.h>

static const char connector[] =
    "connector: 1\nname: x\nrequester: {url_base: 'https://x.example'}\nauthenticator: {type: "
    "none}\n"
    "streams:\n"
    "  a: {requester: {query: {c: '{cursor}'}}, record_selector: {records: '/r/*'}, primary_key: "
    "/id,"
    " fields: {id: /id, m: {at: '/m/*', where: {/k: '1'}, take: /v}, j: {at: '/t/*', join: ';'}},"
    " paginator: {type: cursor, cursor: /n, total: /total, has_more: /more}}\n"
    "  b: {record_selector: {records: '/*'}, paginator: {type: link_header}}\n"
    "  c: {record_selector: {records: '/r/*', expand: '/h/*', optional: true},"
    " fields: {p: {parent: /id}, v: /v}, paginator: {type: next_url, next_url: /n, done: /d}}\n"
    "  d: {requester: {query: {o: '{offset}', k: '{last_key}'}}, record_selector: {records: "
    "'/*/r/*'},"
    " fields: {id: /id}, paginator: {type: offset, cap: 3, restart: {key: /id, first: '0'}}}\n";

static void read_rows(struct mop_http *h)
{
    static struct mop_batch b;
    struct mop_err e = {0};
    if (mop_http_find_fields(h, &e))
        return;
    int rc = 1;
    for (b.n = 0; rc == 1; b.n = 0)
        while (b.n < h->max_rows && (rc = mop_http_row(h, &b, &e)) == 1)
            fuzz_require(b.rows[b.n - 1].cells != NULL);
    fuzz_require((rc < 0) == (e.code != 0));
}

/* The first byte chooses the stream; then headers, an empty line, and the body. */
/* clang-format off */
/* covers: src/exporters/http_rows.c src/exporters/http_fields.c src/exporters/http_pages.c src/exporters/http_link.c */
/* clang-format on */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (!n)
        return 0;
    struct mop_http *h = mop_http_create("x:a", NULL);
    struct mop_diags d;
    struct mop_err e = {0};
    mop_diags_init(&d);
    h->c = mop_connector_parse(&h->arena, "x.yaml", mop_sv_of(connector), &d);
    fuzz_require(h->c != NULL);
    h->s = &h->c->streams[data[0] % h->c->nstreams];
    fuzz_require(mop_http_config(h, &e) == 0 && mop_http_partitions(h, &e) == 0);
    mop_place_begin(h);
    h->ids = mop_ids_create(16, true);
    h->cursors = mop_ids_create(16, false);
    struct mop_sv all = {(const char *)data + 1, n - 1};
    const char *gap = memmem(all.p, all.n, "\n\n", 2);
    size_t head = gap ? (size_t)(gap - all.p) : 0;
    mop_buf_str(&h->answer.headers, "content-type: application/json\n");
    mop_buf_sv(&h->answer.headers, mop_sv_sub(all, 0, head));
    mop_buf_sv(&h->answer.body, mop_sv_sub(all, gap ? head + 2 : 0, all.n));
    int rc = mop_http_take(h, &e);
    fuzz_require((rc != 0) == (e.code != 0));
    if (!rc && !mop_http_collect(h, &e)) {
        mop_place_advance(h, false, &e);
        read_rows(h);
    }
    mop_diags_release(&d);
    mop_http_free(h);
    return 0;
}
