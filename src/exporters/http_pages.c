/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

/* From page to page, and whether that was all. */

/* To the first page of a query. */
static void begin_window(struct mop_place *p, const struct mop_paginator *g)
{
    uint64_t first = 0;
    bool given = g->first.p && mop_sv_u64(g->first, &first);
    p->window = 0;
    p->has_total = p->has_cursor = p->by_url = p->promised = p->overlaps = false;
    p->offset = given ? first : 0;
    p->number = given ? first : 1;
    mop_buf_reset(&p->cursor);
    if (g->type == MOP_PAGE_CURSOR && g->first.p) {
        mop_buf_sv(&p->cursor, g->first);
        p->has_cursor = true;
    }
}

void mop_place_begin(struct mop_http *h)
{
    struct mop_place *p = &h->place;
    const struct mop_paginator *g = &h->s->paginator;
    mop_buf_release(&p->cursor);
    mop_buf_release(&p->last_key);
    mop_buf_release(&p->key);
    mop_buf_release(&p->last_id);
    *p = (struct mop_place){0};
    mop_buf_init(&p->cursor, MOP_HTTP_CAP_URL);
    mop_buf_init(&p->last_key, MOP_HTTP_CAP_URL);
    mop_buf_init(&p->key, MOP_HTTP_CAP_URL);
    mop_buf_init(&p->last_id, MOP_HTTP_CAP_URL);
    mop_buf_sv(&p->last_key, g->restart_first);
    begin_window(p, g);
}

/* What cannot be sent on: taken for "nothing comes next", it would lose the rest. */
static bool is_no_token(struct mop_http *h, const struct mop_pointer *at)
{
    const json_t *v = at && h->doc.root ? mop_pointer_get(at, h->doc.root) : NULL;
    return json_object_size(v) || json_array_size(v);
}

/* A value that says nothing comes next: absent, null, false, "" or empty. */
static struct mop_sv token(struct mop_http *h, const struct mop_pointer *at)
{
    const json_t *v = at && h->doc.root ? mop_pointer_get(at, h->doc.root) : NULL;
    if (!v || json_is_null(v) || json_is_false(v) || json_is_object(v) || json_is_array(v))
        return MOP_SV("");
    return mop_json_doc_text(&h->doc, v, &h->batch);
}

/* A word that is neither, taken for "there is no more", would lose the rest. */
static bool read_flag(struct mop_sv text, int *flag)
{
    static const char *const words[] = {"false", "true", "no", "yes", "n", "y"};
    const size_t n = sizeof words / sizeof *words;
    uint64_t count;
    bool is_count = mop_sv_u64(text, &count); /* of what is left */
    size_t i = 0;
    while (!is_count && i < n && !mop_sv_eq_nocase(text, mop_sv_of(words[i])))
        i++;
    *flag = is_count ? count > 0 : i % 2;
    return i < n;
}

/* *flag: 1 true, 0 false, -1 not told. */
static int find_flag(struct mop_http *h, const struct mop_pointer *at, int *flag, struct mop_err *e)
{
    const json_t *v = at && h->doc.root ? mop_pointer_get(at, h->doc.root) : NULL;
    *flag = -1;
    if (!v || json_is_null(v))
        return 0;
    if (json_object_size(v)) { /* what leads on: where it is there, there is more */
        *flag = 1;
        return 0;
    }
    if (read_flag(mop_json_doc_text(&h->doc, v, &h->batch), flag))
        return 0;
    return mop_http_fail(h, e, "bad-cursor", "'%.*s' of %s says neither yes nor no",
                         MOP_SV_ARG(mop_sv_sub(at->text, 0, 60)), h->page);
}

static int read_total(struct mop_http *h, struct mop_err *e)
{
    struct mop_place *p = &h->place;
    const struct mop_paginator *g = &h->s->paginator;
    const json_t *v = g->total && h->doc.root ? mop_pointer_get(g->total, h->doc.root) : NULL;
    uint64_t n;
    if (!g->total)
        return 0;
    if (!v || !mop_sv_u64(mop_json_doc_text(&h->doc, v, &h->batch), &n))
        return mop_http_fail(h, e, "no-total", "%s does not say how many records there are",
                             h->page);
    if (!p->has_total && n < p->owed)
        return mop_http_fail(h, e, "total-changed",
                             "%llu records were still to come, and the total on %s is %llu",
                             (unsigned long long)p->owed, h->page, (unsigned long long)n);
    bool changed = p->has_total && n != p->total && (n < p->total || !g->total_may_change);
    if (changed && (n < p->total || !h->s->primary_key))
        return mop_http_fail(h, e, "total-changed",
                             "the total went from %llu to %llu on %s: records may have moved",
                             (unsigned long long)p->total, (unsigned long long)n, h->page);
    if (changed && !p->grew_from)
        p->grew_from = p->total;
    p->total = n;
    p->has_total = true;
    return 0;
}

/* Without what the vendor always sends, "nothing comes next" would be a guess. */
static int check_there(struct mop_http *h, const struct mop_pointer *at, struct mop_err *e)
{
    if (!at || mop_pointer_get(at, h->doc.root))
        return 0;
    return mop_http_fail(h, e, "no-paging", "%s has no '%.*s': is it the last one?", h->page,
                         MOP_SV_ARG(mop_sv_sub(at->text, 0, 60)));
}

static int check_always(struct mop_http *h, struct mop_err *e)
{
    const struct mop_paginator *g = &h->s->paginator;
    if (check_there(h, g->always, e))
        return -1;
    return h->nrecords ? check_there(h, g->with_records, e) : 0;
}

/* What was added meanwhile moved nothing past the pages if as many as there are now came, each
 * once. */
static int check_ids(struct mop_http *h, struct mop_err *e)
{
    int rc = h->s->primary_key ? mop_ids_settle(h->ids) : 0;
    if (rc < 0)
        return mop_http_fail(h, e, "disk", "cannot keep the ids: %s", strerror(errno));
    if (rc)
        return mop_http_fail(h, e, "duplicate-id",
                             "a record came twice, more than %d records apart: records moved while "
                             "they were read, or pages overlap",
                             MOP_HTTP_IDS);
    if (h->place.grew_from)
        mop_http_note(h, "the total grew from %llu to %llu meanwhile, and all of these came",
                      (unsigned long long)h->place.grew_from, (unsigned long long)h->place.total);
    return 0;
}

/* The end of a partition: is that all? */
static int finish(struct mop_http *h, struct mop_err *e)
{
    const struct mop_place *p = &h->place;
    unsigned long long all = p->got - p->window + p->total;
    h->more_pages = false;
    if (p->has_total && p->window < p->total)
        return mop_http_fail(h, e, "fewer-than-total", "%llu of %llu records came",
                             (unsigned long long)p->got, all);
    if (p->has_total && p->window > p->total && !h->s->paginator.total_may_change)
        return mop_http_fail(h, e, "more-than-total", "%llu records came, of %llu",
                             (unsigned long long)p->got, all);
    return check_ids(h, e);
}

static int set_cursor(struct mop_http *h, struct mop_sv next, bool by_url, struct mop_err *e)
{
    struct mop_place *p = &h->place;
    if ((p->has_cursor && mop_sv_eq(next, mop_buf_view(&p->cursor))) ||
        !mop_ids_add(h->cursors, next))
        return mop_http_fail(h, e, "repeated-cursor", "%s leads to a page that was read before",
                             h->page);
    mop_buf_reset(&p->cursor);
    mop_buf_sv(&p->cursor, next);
    p->has_cursor = true;
    p->by_url = by_url;
    return p->cursor.over ? mop_http_fail(h, e, "bad-cursor", "a cursor is too long") : 0;
}

static int set_url(struct mop_http *h, struct mop_sv next, struct mop_err *e)
{
    struct mop_request base;
    struct mop_buf to;
    int rc = 0;
    mop_request_init(&base);
    mop_buf_init(&to, MOP_HTTP_CAP_URL);
    if (mop_http_request(h, &base, false, e))
        rc = -1;
    else if (!mop_url_resolve(base.url.p, next, &to))
        rc = mop_http_fail(h, e, "bad-next-page", "the next page's address is none");
    else if (!mop_url_same_host(base.url.p, to.p))
        rc = mop_http_fail(h, e, "foreign-next-page", "the next page is on another host");
    else
        rc = set_cursor(h, mop_buf_view(&to), true, e);
    mop_request_release(&base);
    mop_buf_release(&to);
    return rc;
}

/* There may be several such headers. One that cannot be read may be the one that names the next
 * page. */
static int next_link(struct mop_http *h, struct mop_sv *next, struct mop_err *e)
{
    struct mop_sv rest = mop_buf_view(&h->answer.headers), line;
    bool broken = false;
    while (!next->n && mop_sv_next(&rest, '\n', &line)) {
        size_t colon = mop_sv_find(line, ':');
        if (!mop_sv_eq_nocase(mop_sv_sub(line, 0, colon), MOP_SV("link")))
            continue;
        *next = mop_link_next(mop_sv_sub(line, colon + 1, line.n), &broken);
        if (broken)
            return mop_http_fail(h, e, "bad-next-page", "a Link header cannot be read");
    }
    return 0;
}

/* What leads to the next page: the cursor or address in the answer; "" none. */
static int find_next(struct mop_http *h, struct mop_sv *next, struct mop_err *e)
{
    const struct mop_paginator *g = &h->s->paginator;
    *next = MOP_SV("");
    if (g->type == MOP_PAGE_LINK_HEADER)
        return next_link(h, next, e);
    if (is_no_token(h, g->cursor))
        return mop_http_fail(h, e, "bad-cursor", "what leads to the next page is no text");
    if (g->type != MOP_PAGE_NONE)
        *next = token(h, g->cursor);
    return 0;
}

/* Some vendors say for ever that there is more: not of a query that begins behind a key, and so can
 * tell what is there. */
static bool may_say_more(const struct mop_place *p)
{
    return p->has_total && p->window >= p->total && p->window == p->got;
}

static bool counts_pages(const struct mop_paginator *g)
{
    return g->type == MOP_PAGE_OFFSET || g->type == MOP_PAGE_NUMBER;
}

static int check_ceiling(struct mop_http *h, struct mop_err *e)
{
    uint64_t most = h->s->paginator.max_pages;
    if (h->place.page < most)
        return 0;
    return mop_http_fail(h, e, "page-ceiling", "%llu pages were not enough",
                         (unsigned long long)most);
}

/* Anew behind the last key. */
static int restart(struct mop_http *h, struct mop_err *e)
{
    struct mop_place *p = &h->place;
    const struct mop_paginator *g = &h->s->paginator;
    if (!g->restart_key) {
        mop_http_fail(h, e, "cap", "the vendor gives %llu records for one query, not more",
                      (unsigned long long)g->cap);
        mop_err_hint(e, "an end there may be the limit's, not the records': 'restart' of the "
                        "paginator goes on behind it");
        return -1;
    }
    if (check_ceiling(h, e))
        return -1;
    mop_http_trace(h, "  restarts behind the last key");
    mop_buf_reset(&p->last_key);
    mop_buf_sv(&p->last_key, mop_buf_view(&p->key));
    mop_ids_reset(h->cursors);
    p->owed = p->has_total && p->total > p->window ? p->total - p->window : 0;
    begin_window(p, g);
    return 0;
}

/* Would the next page reach past the vendor's limit? It counts what is asked for: behind a page
 * that came short, too. */
static bool passes_cap(const struct mop_http *h)
{
    const struct mop_place *p = &h->place;
    const struct mop_paginator *g = &h->s->paginator;
    uint64_t size, first = 1, begin = p->window;
    if (!g->cap || !g->restart_key || !mop_sv_u64(g->page_size, &size))
        return false;
    if (g->first.p)
        mop_sv_u64(g->first, &first);
    if (g->type == MOP_PAGE_NUMBER)
        begin = (p->number - first + 1) * size;
    return begin + size > g->cap;
}

/* There is to be another page: 0 the next one, 1 the first one behind the last key, -1 none. */
static int go_on(struct mop_http *h, struct mop_err *e)
{
    if (h->nrecords && (h->s->paginator.restart_each || passes_cap(h)))
        return restart(h, e) ? -1 : 1;
    return check_ceiling(h, e);
}

/* To a page behind the total, and back. */
static void probe(struct mop_place *p, const struct mop_paginator *g)
{
    uint64_t first = 0;
    if (!g->first.p || !mop_sv_u64(g->first, &first))
        first = g->type == MOP_PAGE_NUMBER;
    p->back_offset = p->offset;
    p->back_number = p->number;
    p->offset = p->number = first + p->total;
    p->promised = false;
    p->probes = p->probed = true;
}

static int end_probe(struct mop_http *h, struct mop_err *e)
{
    struct mop_place *p = &h->place;
    p->probes = false;
    p->offset = p->back_offset;
    p->number = p->back_number;
    if (!h->nrecords)
        return 0;
    return mop_http_fail(h, e, "repeated-cursor",
                         "pages are the same, one behind all %llu records as well: does the vendor "
                         "know what it is asked for?",
                         (unsigned long long)p->total);
}

/* A vendor that takes no notice of {offset} or {page} gives the same page for ever. Where records
 * have a key, they are known again; where there is a total, behind it there must be none. */
static int repeats_itself(struct mop_http *h, struct mop_err *e)
{
    enum { ROW = 10 };
    struct mop_place *p = &h->place;
    if (h->s->primary_key || p->probed)
        return 0;
    uint64_t hash = mop_hash(mop_buf_view(&h->answer.body));
    p->same = hash == p->same_was ? p->same + 1 : 1;
    p->same_was = hash;
    if (p->same < ROW)
        return 0;
    if (!p->has_total)
        return mop_http_fail(h, e, "repeated-cursor",
                             "%d pages in a row are the same: does the vendor know what it is "
                             "asked for?",
                             ROW);
    probe(p, &h->s->paginator);
    return 0;
}

static int advance_counted(struct mop_http *h, int more, struct mop_err *e)
{
    struct mop_place *p = &h->place;
    bool all = p->has_total && p->window >= p->total;
    if (!h->nrecords && more == 1 && !may_say_more(p))
        return mop_http_fail(h, e, "empty-page-with-next",
                             "%s is empty and says that there is more", h->page);
    bool known_only = p->overlaps && !h->nrecords && !p->has_total;
    if ((!h->nrecords && !known_only) || (all && more != 1))
        return finish(h, e);
    int rc = go_on(h, e);
    if (rc)
        return rc < 0 ? -1 : 0;
    if (known_only) { /* a page may be that short: what is behind it says whether it is the end */
        p->overlaps = false;
        p->offset++;
        return 0;
    }
    if (h->s->paginator.overlap && !p->overlaps)
        p->offset--;
    p->overlaps = h->s->paginator.overlap;
    p->offset += h->nrecords;
    p->number++;
    return repeats_itself(h, e);
}

static int advance_by_token(struct mop_http *h, int more, struct mop_sv next, struct mop_err *e)
{
    struct mop_place *p = &h->place;
    if (!next.n && more == 1)
        return mop_http_fail(h, e, "no-next-page", "%s says that there is more, and not where",
                             h->page);
    if (!next.n)
        return finish(h, e);
    if (!h->nrecords && may_say_more(p))
        return finish(h, e);
    if (!h->nrecords)
        return mop_http_fail(h, e, "empty-page-with-next", "%s is empty and names another",
                             h->page);
    int rc = go_on(h, e);
    if (rc)
        return rc < 0 ? -1 : 0;
    return h->s->paginator.type == MOP_PAGE_CURSOR ? set_cursor(h, next, false, e)
                                                   : set_url(h, next, e);
}

int mop_place_advance(struct mop_http *h, bool empty_answer, struct mop_err *e)
{
    struct mop_place *p = &h->place;
    const struct mop_paginator *g = &h->s->paginator;
    if (p->probes)
        return end_probe(h, e);
    p->page++;
    p->got += h->nrecords;
    p->window += h->nrecords;
    h->more_pages = true;
    if (p->overlaps && empty_answer)
        return mop_http_moved(h, e);
    if (empty_answer || !h->doc.root)
        return finish(h, e);
    if (read_total(h, e) || check_always(h, e))
        return -1;
    struct mop_sv next;
    int more, done;
    if (find_next(h, &next, e) || find_flag(h, g->has_more, &more, e) ||
        find_flag(h, g->done, &done, e))
        return -1;
    if (g->cap && p->window >= g->cap) /* an end there, and a total, may be the limit's */
        return restart(h, e);
    if (g->type == MOP_PAGE_NONE || more == 0 || done == 1)
        return finish(h, e);
    if (done == 0)
        more = 1;
    p->promised = more == 1 || next.n;
    return counts_pages(g) ? advance_counted(h, more, e) : advance_by_token(h, more, next, e);
}
