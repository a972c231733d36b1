/* SPDX-License-Identifier: MIT */
#include "json_error.h"

#include <jansson.h>
#include <string.h>

static const char *const holds[] = {"error",         "errors",
                                    "error_message", "errorMessage",
                                    "exception",     "exceptionMessage",
                                    "fault",         "faultString",
                                    "odata.error",   NULL};
static const char *const tells[] = {"message", "detail", "error_description", NULL};
static const char *const beside[] = {
    "code",       "error_code",    "errorCode",   "errno",
    "status",     "statusCode",    "status_code", "success",
    "ok",         "title",         "type",        "reason",
    "details",    "path",          "timestamp",   "request_id",
    "requestId",  "trace_id",      "traceId",     "correlationId",
    "errorType",  "error_type",    "error_uri",   "category",
    "instance",   "exceptionType", "stackTrace",  "stack",
    "trace",      "faultCode",     "faultActor",  "documentation_url",
    "fbtrace_id", "severity",      NULL};

static bool is_one_of(struct mop_sv name, const char *const *names)
{
    while (*names && !mop_sv_eq_nocase(name, mop_sv_of(*names)))
        names++;
    return *names != NULL;
}

enum mop_error_word mop_error_word(struct mop_sv name)
{
    return is_one_of(name, holds)    ? MOP_ERROR_HOLDS
           : is_one_of(name, tells)  ? MOP_ERROR_TELLS
           : is_one_of(name, beside) ? MOP_ERROR_BESIDE
                                     : MOP_ERROR_NO;
}

static bool is_nothing(const json_t *v)
{
    return json_is_null(v) || json_is_false(v) ||
           (json_is_string(v) && json_string_length(v) == 0) ||
           (json_is_array(v) && json_array_size(v) == 0) ||
           (json_is_object(v) && json_object_size(v) == 0);
}

/* {"code": 0, "message": "ok"} is how some vendors write that all went well. */
static bool has_code_zero(const struct mop_json_doc *d, const json_t *object, struct mop_arena *a)
{
    static const char *const codes[] = {"code", "error_code", "errorCode", "errno"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        const json_t *v = json_object_get(object, codes[i]);
        if (v && mop_sv_eq(mop_json_doc_text(d, v, a), MOP_SV("0")))
            return true;
    }
    return false;
}

/* A code in place of the words. */
static bool is_zero(struct mop_sv number)
{
    for (size_t i = 0; i < number.n && number.p[i] != 'e' && number.p[i] != 'E'; i++)
        if (number.p[i] >= '1' && number.p[i] <= '9')
            return false;
    return true;
}

static bool text_says(struct mop_sv text)
{
    static const char *const nothing[] = {"",      "0",  "none",    "null",     "n/a",
                                          "false", "ok", "success", "no error", NULL};
    return !is_one_of(mop_sv_trim(text), nothing);
}

bool mop_json_error_says(const struct mop_json_doc *d, const json_t *v, struct mop_arena *a)
{
    if (json_is_object(v))
        return json_object_size(v) > 0 && !has_code_zero(d, v, a);
    if (json_is_string(v))
        return text_says(mop_json_doc_text(d, v, a));
    if (json_is_number(v))
        return !is_zero(mop_json_doc_text(d, v, a));
    return json_is_true(v) || json_array_size(v) > 0;
}

bool mop_json_error_flag(const char *name, const json_t *v)
{
    static const char *const flags[] = {"success", "ok", NULL};
    static const char *const words[] = {"error", "fail", NULL};
    struct mop_sv key = mop_sv_of(name);
    if (json_is_false(v))
        return is_one_of(key, flags);
    return json_is_string(v) && mop_sv_eq_nocase(key, MOP_SV("status")) &&
           is_one_of(mop_sv_of(json_string_value(v)), words);
}

bool mop_json_error_object(const struct mop_json_doc *d, const json_t *object, struct mop_arena *a)
{
    bool said = false;
    const char *key;
    json_t *v;
    json_object_foreach((json_t *)object, key, v)
    {
        if (is_nothing(v))
            continue;
        enum mop_error_word word = mop_error_word(mop_sv_of(key));
        if (word == MOP_ERROR_NO)
            return false;
        if (word >= MOP_ERROR_TELLS)
            said |= json_is_string(v) || mop_json_error_says(d, v, a);
    }
    return said;
}
