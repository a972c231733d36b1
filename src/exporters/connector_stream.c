/* SPDX-License-Identifier: MIT */
#include "connector_read.h"

#include "../base/date.h"

/* Streams of a connector file: records, fields, paging, errors. */

static void read_field(R *r, const struct mop_node *n, struct mop_http_field *f)
{
    const struct mop_key_table *t = &mop_connector_keys_field;
    const struct mop_node *parent = mop_node_get(n, "parent"), *at = mop_node_get(n, "at");
    const struct mop_node *where = mop_key_table_get(t, n, "where");
    if (!mop_connector_keys(r, n, t))
        return;
    if (!at == !parent)
        mop_connector_fault(r, "connector-missing", n, "write at: /email",
                            "a field has 'at' or 'parent', one of them");
    f->of_parent = parent != NULL;
    if (at || parent)
        mop_connector_compile(r, at ? at : parent, &f->at);
    f->take = mop_connector_pointer(r, n, t, "take");
    f->join = mop_connector_text(n, t, "join", MOP_SV_NONE);
    if ((where || f->take) && !f->at.many)
        mop_connector_fault(r, "connector-value", n, "write at: /emails/*",
                            "'where' and 'take' need a list: * in 'at'");
    f->where = mop_arena_array(r->a, where ? where->n + 1 : 1, sizeof *f->where);
    for (size_t i = 0; where && i < where->n; i++) {
        mop_connector_compile(r, where->key[i], &f->where[i].at);
        if (where->item[i]->kind != MOP_SCALAR || where->item[i]->null)
            mop_connector_fault(r, "wrong-type", where->key[i], NULL, "'where' takes texts");
        f->where[i].text = where->item[i]->text;
        f->nwhere++;
    }
}

/* What {fields} asks for: the last name of the pointer, or what `ask` says. */
static struct mop_sv asked(const struct mop_http_field *f, struct mop_sv ask)
{
    if (mop_sv_eqs(ask, "false"))
        return MOP_SV_NONE;
    if (ask.p)
        return ask;
    return f->at.n && !f->at.many && !f->of_parent ? f->at.token[f->at.n - 1].name : MOP_SV_NONE;
}

static void read_fields(R *r, const struct mop_node *n, struct mop_stream *s)
{
    s->all_fields = !n;
    if (!n)
        return;
    s->fields = mop_arena_array(r->a, n->n + 1, sizeof *s->fields);
    for (size_t i = 0; i < n->n; i++) {
        struct mop_http_field *f = &s->fields[s->nfields++];
        struct mop_sv ask = MOP_SV_NONE;
        f->column = n->key[i]->text;
        if (!f->column.n || mop_sv_trim(f->column).n < f->column.n)
            mop_connector_fault(r, "connector-value", n->key[i], NULL,
                                "a column's name is empty, or begins or ends with a blank");
        if (n->item[i]->kind == MOP_MAPPING) {
            read_field(r, n->item[i], f);
            ask = mop_connector_text(n->item[i], &mop_connector_keys_field, "ask", MOP_SV_NONE);
        } else {
            mop_connector_compile(r, n->item[i], &f->at);
        }
        f->ask = asked(f, ask);
    }
}

static void read_ignore(R *r, const struct mop_node *n, struct mop_stream *s)
{
    size_t count = !n ? 0 : n->kind == MOP_LIST ? n->n : 1;
    s->ignore = mop_arena_array(r->a, count + 1, sizeof *s->ignore);
    for (size_t i = 0; i < count; i++)
        s->nignore +=
            mop_connector_compile(r, n->kind == MOP_LIST ? n->item[i] : n, &s->ignore[s->nignore]);
}

static void read_selector(R *r, const struct mop_node *n, struct mop_stream *s)
{
    const struct mop_key_table *t = &mop_connector_keys_selector;
    const struct mop_node *records = mop_node_get(n, "records");
    if (!mop_connector_keys(r, n, t))
        return;
    mop_connector_need(r, n, t, "records");
    if (records)
        mop_connector_compile(r, records, &s->records);
    if (records && s->records.n && !s->records.many)
        mop_connector_fault(r, "connector-pointer", records,
                            "write /results/*: every item of 'results'",
                            "records are picked with a * in the pointer");
    s->expand = mop_connector_pointer(r, n, t, "expand");
    s->records_optional = mop_connector_bool(r, n, t, "optional");
    s->records_members = mop_connector_bool(r, n, t, "members");
}

/* What a paginator needs, and that a request has to send it on. */
static void check_paging(R *r, const struct mop_node *n, const struct mop_paginator *p)
{
    static const unsigned sends[] = {[MOP_PAGE_CURSOR] = 1u << MOP_VAR_CURSOR,
                                     [MOP_PAGE_OFFSET] = 1u << MOP_VAR_OFFSET,
                                     [MOP_PAGE_NUMBER] = 1u << MOP_VAR_PAGE};
    const unsigned all = sends[MOP_PAGE_CURSOR] | sends[MOP_PAGE_OFFSET] | sends[MOP_PAGE_NUMBER];
    unsigned own = p->type < sizeof sends / sizeof *sends ? sends[p->type] : 0;
    for (int v = 0; v < MOP_VARIABLES; v++) {
        unsigned bit = 1u << v;
        if ((own & bit) && !(r->used & bit))
            mop_connector_fault(r, "connector-value", n, "put it into the query or the body",
                                "the request never sends {%s}: every page would be the first",
                                mop_variable_names[v]);
        if ((r->used & bit & all) && !(own & bit))
            mop_connector_fault(r, "connector-value", n, NULL,
                                "the request sends {%s}, which this paginator does not have",
                                mop_variable_names[v]);
    }
    if (r->used & 1u << MOP_VAR_PAGE_SIZE && !p->page_size.n)
        mop_connector_fault(r, "connector-missing", n, NULL,
                            "the request sends {page_size}, but 'page_size' is not given");
}

static void read_restart(R *r, const struct mop_node *n, const struct mop_node *at,
                         struct mop_paginator *p)
{
    const struct mop_key_table *t = &mop_connector_keys_restart;
    bool sent = r->used & 1u << MOP_VAR_LAST_KEY;
    if (n && mop_connector_keys(r, n, t)) {
        mop_connector_need(r, n, t, "key");
        p->restart_key = mop_connector_pointer(r, n, t, "key");
        p->restart_first = mop_connector_text(n, t, "first", MOP_SV_NONE);
        p->restart_each = mop_connector_bool(r, n, t, "each_page");
    }
    if (n && !p->cap && !p->restart_each)
        mop_connector_fault(r, "connector-missing", n, "or each_page: true",
                            "'restart' without 'cap'");
    if (!n != !sent)
        mop_connector_fault(r, "connector-value", n ? n : at, NULL,
                            n ? "the request never sends {last_key}: the restart would begin anew"
                              : "the request sends {last_key}, but there is no 'restart'");
}

static void read_paginator(R *r, const struct mop_node *n, struct mop_paginator *p)
{
    const struct mop_key_table *t = &mop_connector_keys_paginator;
    if (!mop_connector_keys(r, n, t))
        return;
    mop_connector_need(r, n, t, "type");
    p->type = (enum mop_paging)mop_connector_word(r, n, t, "type", mop_words_paging, MOP_PAGE_NONE);
    const char *where = p->type == MOP_PAGE_CURSOR     ? "cursor"
                        : p->type == MOP_PAGE_NEXT_URL ? "next_url"
                                                       : NULL;
    if (where)
        mop_connector_need(r, n, t, where);
    p->cursor = where ? mop_connector_pointer(r, n, t, where) : NULL;
    p->has_more = mop_connector_pointer(r, n, t, "has_more");
    p->done = mop_connector_pointer(r, n, t, "done");
    p->total = mop_connector_pointer(r, n, t, "total");
    p->always = mop_connector_pointer(r, n, t, "always");
    p->with_records = mop_connector_pointer(r, n, t, "with_records");
    p->first = mop_connector_text(n, t, "first", MOP_SV_NONE);
    p->page_size = mop_connector_text(n, t, "page_size", MOP_SV(""));
    p->cap = mop_connector_number(r, n, t, "cap", 1, 0);
    p->max_pages = mop_connector_number(r, n, t, "max_pages", 1, 1000000);
    p->total_may_change = mop_connector_bool(r, n, t, "total_may_change");
    p->overlap = mop_connector_bool(r, n, t, "overlap");
    if (p->overlap && (p->type != MOP_PAGE_OFFSET || mop_sv_eqs(p->page_size, "1")))
        mop_connector_fault(r, "connector-value", mop_node_get(n, "overlap"), NULL,
                            "'overlap' is for pages of the type offset, of two records or more");
    mop_connector_number(r, n, t, "page_size", 1, 0);
    if (p->type != MOP_PAGE_CURSOR)
        mop_connector_number(r, n, t, "first", 0, 0);
    read_restart(r, mop_key_table_get(t, n, "restart"), n, p);
    check_paging(r, n, p);
}

static void read_incremental(R *r, const struct mop_node *n, struct mop_incremental *i)
{
    const struct mop_key_table *t = &mop_connector_keys_incremental;
    struct mop_when start;
    if (!mop_connector_keys(r, n, t))
        return;
    i->on = true;
    mop_connector_need(r, n, t, "cursor_field");
    i->cursor_field = mop_connector_pointer(r, n, t, "cursor_field");
    i->start = mop_connector_text(n, t, "start", MOP_SV_NONE);
    i->lookback_us = (int64_t)mop_connector_ms(r, n, t, "lookback", 0) * 1000;
    i->form =
        (enum mop_time_form)mop_connector_word(r, n, t, "format", mop_words_time, MOP_TIME_ISO);
    if (i->start.p && !mop_date_parse_iso(NULL, i->start, &start))
        mop_connector_fault(r, "connector-value", mop_node_get(n, "start"), NULL,
                            "'%.*s' is no ISO 8601 time", MOP_SV_ARG(i->start));
    else if (i->start.p)
        i->start_us = start.us;
    if (!(r->used & 1u << MOP_VAR_SINCE))
        mop_connector_fault(r, "connector-value", n, NULL, "the request never sends {since}");
}

static void read_partitions(R *r, const struct mop_node *n, struct mop_stream *s)
{
    const struct mop_key_table *t = &mop_connector_keys_partitions;
    const struct mop_node *values = mop_key_table_get(t, n, "values");
    if (!mop_connector_keys(r, n, t))
        return;
    mop_connector_need(r, n, t, "values");
    for (size_t i = 0; values && i < (values->kind == MOP_LIST ? values->n : 1); i++)
        mop_connector_check_template(r, values->kind == MOP_LIST ? values->item[i] : values);
    s->partition = mop_connector_need(r, n, t, "variable");
    s->partition_list = mop_connector_texts(r, n, t, "values");
}

static void read_must_have(R *r, const struct mop_node *n, struct mop_stream *s)
{
    const struct mop_key_table *t = &mop_connector_keys_stream;
    const struct mop_node *names = mop_key_table_get(t, n, "must_have");
    for (size_t i = 0; names && i < (names->kind == MOP_LIST ? names->n : 1); i++)
        mop_connector_check_template(r, names->kind == MOP_LIST ? names->item[i] : names);
    s->must_have = mop_connector_texts(r, n, t, "must_have");
    if (names && s->decoder == MOP_DECODE_JSON)
        mop_connector_fault(r, "connector-value", names, "'fields' says what records have",
                            "'must_have' is for the decoders csv and ndjson");
}

static bool is_whole(struct mop_sv status)
{
    return mop_sv_eqs(status, "200") || mop_sv_eqs(status, "201") || mop_sv_eqs(status, "203");
}

static void read_error_rule(R *r, const struct mop_node *n, struct mop_error_rule *e)
{
    const struct mop_key_table *t = &mop_connector_keys_error_rule, *w = &mop_connector_keys_wait;
    const struct mop_node *wait = mop_key_table_get(t, n, "wait");
    uint64_t status;
    if (!mop_connector_keys(r, n, t))
        return;
    e->status = mop_connector_texts(r, n, t, "status");
    for (size_t i = 0; i < e->status.n; i++)
        if (!mop_sv_u64(e->status.list[i], &status) || status < 100 || status > 599)
            mop_connector_fault(r, "connector-value", mop_node_get(n, "status"), NULL,
                                "'%.*s' is no HTTP status", MOP_SV_ARG(e->status.list[i]));
    e->at = mop_connector_pointer(r, n, t, "at");
    e->header = mop_connector_text(n, t, "header", MOP_SV(""));
    e->is = mop_connector_texts(r, n, t, "is");
    e->contains = mop_connector_text(n, t, "contains", MOP_SV(""));
    e->message = mop_connector_pointer(r, n, t, "message");
    bool says = e->at || e->header.n;
    if (says != (e->is.n || e->contains.n) || (!says && !e->status.n))
        mop_connector_fault(
            r, "connector-missing", n, NULL,
            "an error rule has a 'status', or 'at' or 'header' with 'is' or 'contains'");
    if (e->at && e->header.n)
        mop_connector_fault(r, "connector-value", mop_node_get(n, "header"), "write two rules",
                            "an error rule looks at 'at' or at 'header', not both");
    mop_connector_need(r, n, t, "action");
    e->action =
        (enum mop_action)mop_connector_word(r, n, t, "action", mop_words_action, MOP_ACTION_STOP);
    for (size_t i = 0; e->action == MOP_ACTION_ACCEPT && i < e->status.n; i++)
        if (!is_whole(e->status.list[i]))
            mop_connector_fault(r, "connector-value", mop_node_get(n, "status"), NULL,
                                "an answer with status '%.*s' holds no records to accept",
                                MOP_SV_ARG(e->status.list[i]));
    e->daily = mop_connector_word(r, n, t, "limit", mop_words_limit, 0);
    if (!wait || !mop_connector_keys(r, wait, w))
        return;
    e->wait_header = mop_connector_text(wait, w, "header", MOP_SV(""));
    e->wait_at = mop_connector_pointer(r, wait, w, "at");
    e->wait_unit = (enum mop_wait_unit)mop_connector_word(r, wait, w, "unit", mop_words_unit, 0);
    e->wait_ms = mop_connector_ms(r, wait, w, "for", 0);
}

struct mop_error_rules mop_connector_errors(R *r, const struct mop_node *n,
                                            struct mop_error_rules after)
{
    struct mop_error_rules all = {NULL, 0};
    size_t own = n ? n->n : 0;
    all.list = mop_arena_array(r->a, own + after.n + 1, sizeof *all.list);
    for (size_t i = 0; i < own; i++)
        read_error_rule(r, n->item[i], &all.list[all.n++]);
    for (size_t i = 0; i < after.n; i++)
        all.list[all.n++] = after.list[i];
    return all;
}

static bool has_column(const struct mop_stream *s, struct mop_sv column)
{
    for (size_t i = 0; i < s->nfields; i++)
        if (mop_sv_eq(s->fields[i].column, column))
            return true;
    return false;
}

const struct mop_stream *mop_connector_extend(struct mop_arena *a, struct mop_connector *c,
                                              const struct mop_stream *s,
                                              const struct mop_node *fields, struct mop_diags *d)
{
    size_t before = d->faults;
    R r = {.a = a, .d = d, .c = c, .stream = s};
    struct mop_stream more = {0}, *all = mop_arena_alloc(a, sizeof *all);
    *all = *s;
    if (s->decoder != MOP_DECODE_JSON) {
        mop_connector_fault(&r, "connector-value", fields, "its columns are those of the file",
                            "'fields' is for the decoder json");
        return NULL;
    }
    for (size_t i = 0; i < fields->n; i++)
        if (has_column(s, fields->key[i]->text))
            mop_connector_fault(&r, "connector-value", fields->key[i], NULL,
                                "'%.*s' is a column of the stream already",
                                MOP_SV_ARG(fields->key[i]->text));
    read_fields(&r, fields, &more);
    all->all_fields = false;
    all->fields = mop_arena_array(a, s->nfields + more.nfields + 1, sizeof *all->fields);
    for (size_t i = 0; i < s->nfields + more.nfields; i++)
        all->fields[i] = i < s->nfields ? s->fields[i] : more.fields[i - s->nfields];
    all->nfields = s->nfields + more.nfields;
    return d->faults > before ? NULL : all;
}

static void check_file_stream(R *r, const struct mop_node *n, const struct mop_stream *s)
{
    static const char *const json_only[] = {"record_selector", "fields",     "primary_key",
                                            "incremental",     "partitions", NULL};
    for (size_t i = 0; json_only[i]; i++)
        if (mop_node_get(n, json_only[i]))
            mop_connector_fault(r, "connector-value", mop_node_get(n, json_only[i]),
                                "its columns are those of the file", "'%s' is for the decoder json",
                                json_only[i]);
    if (s->paginator.type != MOP_PAGE_NONE)
        mop_connector_fault(r, "connector-later", mop_node_get(n, "paginator"), NULL,
                            "pages of csv or ndjson are not in this version of mopslint");
}

void mop_connector_read_stream(R *r, const struct mop_node *key, const struct mop_node *n,
                               struct mop_stream *s)
{
    const struct mop_key_table *t = &mop_connector_keys_stream;
    const struct mop_node *requester = mop_key_table_get(t, n, "requester");
    const struct mop_node *paginator = mop_key_table_get(t, n, "paginator");
    const struct mop_node *selector = mop_key_table_get(t, n, "record_selector");
    const struct mop_node *partitions = mop_key_table_get(t, n, "partitions");
    const struct mop_node *incremental = mop_key_table_get(t, n, "incremental");
    s->name = key->text;
    if (!mop_connector_keys(r, n, t))
        return;
    r->stream = s;
    r->used = 0;
    r->used_partition = false;
    s->about = mop_connector_text(n, t, "description", MOP_SV(""));
    s->record = mop_connector_texts(r, n, t, "record");
    s->decoder = (enum mop_decoder)mop_connector_word(r, n, t, "decoder", mop_words_decoder, 0);
    if (partitions)
        read_partitions(r, partitions, s);
    if (requester)
        mop_connector_check_requester(r, requester);
    mop_connector_requester(r, requester, key, &s->requester);
    if (partitions && s->partition.n && !r->used_partition)
        mop_connector_fault(r, "connector-value", mop_node_get(partitions, "variable"),
                            "put it into the path, the query or the body",
                            "the request never sends {%.*s}: every value would get the same answer",
                            MOP_SV_ARG(s->partition));
    if (selector)
        read_selector(r, selector, s);
    else if (s->decoder == MOP_DECODE_JSON)
        mop_connector_need(r, n, t, "record_selector");
    read_fields(r, mop_key_table_get(t, n, "fields"), s);
    read_ignore(r, mop_key_table_get(t, n, "ignore"), s);
    read_must_have(r, n, s);
    s->primary_key = mop_connector_pointer(r, n, t, "primary_key");
    mop_connector_need(r, n, t, "paginator");
    if (paginator)
        read_paginator(r, paginator, &s->paginator);
    if (incremental)
        read_incremental(r, incremental, &s->incremental);
    if (s->paginator.overlap && !s->primary_key)
        mop_connector_fault(r, "connector-missing", paginator, NULL,
                            "'overlap' needs a 'primary_key', to know the record again");
    if (incremental && !s->primary_key)
        mop_connector_fault(r, "connector-missing", incremental, NULL,
                            "'incremental' needs a 'primary_key', so that nothing is read twice");
    s->errors = mop_connector_errors(r, mop_key_table_get(t, n, "error_rules"), r->common_errors);
    if (s->decoder != MOP_DECODE_JSON)
        check_file_stream(r, n, s);
    r->stream = NULL;
}
