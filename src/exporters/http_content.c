/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include "../base/utf8.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

/* Is an answer what was asked for, and whole; its JSON. */

enum { FLAGS = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY };

static bool type_is(struct mop_sv type, const char *const *names)
{
    for (; *names; names++)
        if (mop_sv_eq_nocase(type, mop_sv_of(*names)))
            return true;
    return false;
}

bool mop_content_type_fits(struct mop_sv type, const struct mop_stream *s)
{
    static const char *const json[] = {"application/json", "text/json", NULL};
    static const char *const csv[] = {"text/csv", "application/csv", NULL};
    static const char *const lines[] = {"application/x-ndjson", "application/ndjson",
                                        "application/jsonl",    "application/x-jsonlines",
                                        "application/json",     NULL};
    static const char *const *const usual[] = {json, csv, lines};
    type = mop_sv_trim(mop_sv_sub(type, 0, mop_sv_find(type, ';')));
    for (size_t i = 0; i < s->requester.content_types.n; i++)
        if (mop_sv_eq_nocase(type, s->requester.content_types.list[i]))
            return true;
    if (s->requester.content_types.n)
        return false;
    bool suffix =
        type.n > 5 && mop_sv_eq_nocase(mop_sv_sub(type, type.n - 5, type.n), MOP_SV("+json"));
    return type_is(type, usual[s->decoder]) || (s->decoder == MOP_DECODE_JSON && suffix);
}

static int check_type(struct mop_http *h, struct mop_err *e)
{
    struct mop_sv type = mop_answer_header(&h->answer, "content-type");
    if (mop_content_type_fits(type, h->s))
        return 0;
    mop_http_fail(h, e, "wrong-content-type", "an answer is '%.*s' and not %s",
                  MOP_SV_ARG(mop_sv_sub(mop_http_masked_text(h, type), 0, 60)),
                  h->s->decoder == MOP_DECODE_CSV ? "CSV" : "JSON");
    mop_err_hint(e, "a login page? the address or the credentials may be wrong");
    return -1;
}

/* What is wrong, in words of our own: jansson's quote the data. */
static int not_json(struct mop_http *h, struct mop_sv body, const json_error_t *why,
                    struct mop_err *e)
{
    enum json_error_code code = json_error_code(why);
    const char *what = "is no JSON";
    if (code == json_error_stack_overflow)
        return mop_http_fail(h, e, "too-large", "%s is nested deeper than %d levels", h->page,
                             JSON_PARSER_MAX_DEPTH);
    bool mark = mop_sv_starts(body, MOP_SV("\xEF\xBB\xBF"));
    if (mark)
        what = "begins with a byte order mark, which JSON does not have";
    else if (code == json_error_duplicate_key)
        what = "has a member twice";
    else if (!strncmp(why->text, "invalid Unicode", strlen("invalid Unicode")))
        what = "has half of a surrogate pair";
    return mop_http_fail(h, e, "not-json", "%s %s, at byte %d", h->page, what,
                         mark || why->position < 1 ? 1 : why->position);
}

/* The page as JSON: 0; 1: cut short, or broken otherwise, which may pass; -1. */
static int parse(struct mop_http *h, struct mop_err *e)
{
    json_error_t why;
    struct mop_sv body = mop_buf_view(&h->answer.body);
    if (mop_utf8_check(body) < body.n)
        return mop_http_fail(h, e, "bad-encoding", "%s is not UTF-8, at byte %zu", h->page,
                             mop_utf8_check(body) + 1);
    mop_json_doc_release(&h->doc);
    if (mop_json_doc_read(&h->doc, body, FLAGS, &why))
        return 0;
    if (json_error_code(&why) == json_error_premature_end_of_input) {
        mop_http_fail(h, e, "body-cut-short", "%s ends before its JSON does", h->page);
        return 1;
    }
    return not_json(h, body, &why, e);
}

/* Of an answer that is an error: JSON or not, it may say something. */
void mop_http_parse_error(struct mop_http *h)
{
    mop_json_doc_release(&h->doc);
    mop_json_doc_read(&h->doc, mop_buf_view(&h->answer.body), FLAGS, NULL);
}

/* The reader of files knows gzip by its first bytes: they have to be there. */
static int check_packing(struct mop_http *h, struct mop_err *e)
{
    char begin[3];
    int packed = mop_answer_packing(h, &h->answer, e);
    if (packed <= 0 || (pread(h->answer.fd, begin, sizeof begin, 0) == sizeof begin &&
                        !memcmp(begin, "\x1f\x8b\x08", sizeof begin)))
        return packed < 0 ? -1 : 0;
    return mop_http_fail(h, e, "body-cut-short", "the answer cannot be unpacked");
}

int mop_http_take(struct mop_http *h, struct mop_err *e)
{
    bool file = h->s->decoder != MOP_DECODE_JSON;
    if (check_type(h, e))
        return -1;
    if (file && check_packing(h, e))
        return -1;
    if (file && !h->answer.framed)
        return mop_http_fail(h, e, "length-unknown",
                             "nothing says where the answer ends: a cut could not be told");
    return file ? 0 : parse(h, e);
}
