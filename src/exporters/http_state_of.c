/* SPDX-License-Identifier: MIT */
#include "http_state.h"

#include <stdio.h>

/* What a bookmark is taken for; it counts for nothing else. */

static void add_pointer(struct mop_buf *b, const struct mop_pointer *p)
{
    if (p)
        mop_buf_sv(b, p->text);
    mop_buf_chr(b, '\n');
}

static void add_field(struct mop_buf *b, const struct mop_http_field *f)
{
    mop_buf_printf(b, "%d %.*s %.*s\n", f->of_parent, MOP_SV_ARG(f->column), MOP_SV_ARG(f->join));
    add_pointer(b, &f->at);
    add_pointer(b, f->take);
    for (size_t i = 0; i < f->nwhere; i++) {
        add_pointer(b, &f->where[i].at);
        mop_buf_sv(b, f->where[i].text);
    }
}

void mop_state_describe(struct mop_http *h, struct mop_buf *b)
{
    struct mop_request q;
    struct mop_err none = {0};
    bool was = h->has_since;
    const struct mop_stream *s = h->s;
    mop_request_init(&q);
    h->has_since = false;
    mop_http_request(h, &q, true, &none);
    h->has_since = was;
    mop_buf_printf(b, "%d ", q.post);
    mop_buf_sv(b, mop_buf_view(&q.url));
    mop_buf_sv(b, mop_buf_view(&q.headers));
    mop_buf_sv(b, mop_buf_view(&q.body));
    mop_request_release(&q);
    const struct mop_pointer *at[] = {&s->records, s->expand, s->primary_key,
                                      s->incremental.cursor_field};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        add_pointer(b, at[i]);
    mop_buf_sv(b, s->incremental.start);
    for (size_t i = 0; i < s->nfields; i++)
        add_field(b, &s->fields[i]);
}

void mop_state_name(struct mop_h128 x, char room[40])
{
    snprintf(room, 40, "%016llx%016llx", (unsigned long long)x.hi, (unsigned long long)x.lo);
}
