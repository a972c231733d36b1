/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "exporters/connector.h"
#include <string.h>

/* Connector files: the shipped ones load, faults stand where they are. */

static void shipped(void **state)
{
    (void)state;
    for (size_t i = 0; mop_shipped_connectors[i].name; i++) {
        const struct mop_shipped_connector *x = &mop_shipped_connectors[i];
        struct mop_arena a;
        struct mop_diags d;
        struct mop_buf b;
        mop_arena_init(&a);
        mop_diags_init(&d);
        mop_buf_init(&b, 1 << 20);
        struct mop_connector *c =
            mop_connector_parse(&a, x->name, (struct mop_sv){(const char *)x->text, x->n}, &d);
        mop_diags_print(&d, &b, false);
        if (!c || b.n)
            fail_msg("%s: %s", x->name, b.p ? b.p : "nothing said");
        check_text(x->name, c->name, mop_sv_of(x->name));
        mop_buf_release(&b);
        mop_diags_release(&d);
        mop_arena_release(&a);
    }
}

#define HEAD "connector: 1\nname: x\n"
#define AUTH "authenticator: {type: none}\n"
#define BASE "requester: {url_base: 'https://x.example'}\n"
#define STREAM "streams:\n  s:\n    record_selector: {records: '/*'}\n"
#define PAGER "    paginator: {type: none}\n"

static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text;
        uint32_t line, col;
        const char *id, *msg, *hint;
    } T[] = {
        {"a misspelt key", HEAD AUTH BASE STREAM PAGER "    feilds: {a: /a}\n", 9, 5, "unknown-key",
         "unknown key 'feilds' in a stream", "did you mean 'fields'?"},
        {"the wrong shape", HEAD AUTH BASE STREAM PAGER "    fields: [a]\n", 9, 13, "wrong-type",
         "'fields' holds the wrong kind of value", NULL},
        {"no paginator", HEAD AUTH BASE STREAM, 7, 5, "connector-missing",
         "a stream without 'paginator'", NULL},
        {"a paginator that is never sent",
         HEAD AUTH BASE STREAM "    paginator: {type: cursor, cursor: /next}\n", 8, 16,
         "connector-value", "the request never sends {cursor}: every page would be the first",
         NULL},
        {"a pointer without slash", HEAD AUTH BASE STREAM PAGER "    primary_key: id\n", 9, 18,
         "connector-pointer", "a JSON Pointer begins with '/'", NULL},
        {"a bad escape", HEAD AUTH BASE STREAM PAGER "    primary_key: /a~2\n", 9, 21,
         "connector-pointer", "after '~' comes 0 or 1: ~0 is '~', ~1 is '/'", NULL},
        {"records without *",
         HEAD AUTH BASE "streams:\n  s:\n    record_selector: {records: /data}\n" PAGER, 7, 32,
         "connector-pointer", "records are picked with a * in the pointer", NULL},
        {"an unknown variable",
         HEAD AUTH
         "requester: {url_base: 'https://{hots}.x'}\nconfig: {host: {env: H}}\n" STREAM PAGER,
         4, 33, "connector-template", "no variable is called 'hots' here", "did you mean 'host'?"},
        {"an open brace", HEAD AUTH "requester: {url_base: 'https://{x'}\n" STREAM PAGER, 4, 32,
         "connector-template", "'{' is never closed; a brace itself is written {{", NULL},
        {"an unknown word", HEAD "authenticator: {type: baerer}\n" BASE STREAM PAGER, 3, 23,
         "connector-value", "no 'type' is called 'baerer'", "did you mean 'bearer'?"},
        {"what a type needs", HEAD "authenticator: {type: bearer}\n" BASE STREAM PAGER, 3, 16,
         "connector-missing", "an authenticator without 'token'", NULL},
        {"of a later version", HEAD AUTH BASE STREAM PAGER "    job: {create: x}\n", 9, 5,
         "connector-later", "'job' is not in this version of mopslint", NULL},
        {"a newer language", "connector: 2\nname: x\n" AUTH BASE STREAM PAGER, 1, 12,
         "connector-version", "this version of mopslint reads connector: 1", NULL},
        {"a secret in the file",
         HEAD AUTH BASE "config: {t: {env: T, secret: true, default: hunter2}}\n" STREAM PAGER, 5,
         45, "connector-value", "a secret has no default", NULL},
        {"a body of a GET", HEAD AUTH BASE STREAM PAGER "    requester: {body: {a: 1}}\n", 6, 3,
         "connector-value", "a GET request has no body", "write method: POST"},
        {"a rule that fits nothing", HEAD AUTH BASE "error_rules: [{action: stop}]\n" STREAM PAGER,
         5, 15, "connector-missing",
         "an error rule has a 'status', or 'at' or 'header' with 'is' or 'contains'", NULL},
        {"bookmarks without ids",
         HEAD AUTH BASE
         "streams:\n  s:\n    requester: {query: {s: '{since}'}}\n    record_selector: "
         "{records: '/*'}\n" PAGER "    incremental: {cursor_field: /t}\n",
         10, 18, "connector-missing",
         "'incremental' needs a 'primary_key', so that nothing is read twice", NULL},
        {"no duration",
         HEAD AUTH "requester: {url_base: 'https://x', timeout: soon}\n" STREAM PAGER, 4, 45,
         "connector-value", "'soon' is no duration", "write 500ms, 30s, 10m, 8h or 2d"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_arena a;
        struct mop_diags d;
        mop_arena_init(&a);
        mop_diags_init(&d);
        assert_null(mop_connector_parse(&a, "x.yaml", mop_sv_of(T[i].text), &d));
        const struct mop_diag *g = &d.list[0];
        if (d.n < 1)
            fail_msg("%s: no fault", T[i].row);
        if (g->at.line != T[i].line || g->at.col != T[i].col)
            fail_msg("%s: at %u:%u: %.*s", T[i].row, g->at.line, g->at.col, MOP_SV_ARG(g->msg));
        check_text(T[i].row, mop_sv_of(g->id), mop_sv_of(T[i].id));
        check_text(T[i].row, g->msg, mop_sv_of(T[i].msg));
        if (T[i].hint)
            check_text(T[i].row, g->hint, mop_sv_of(T[i].hint));
        mop_diags_release(&d);
        mop_arena_release(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shipped), cmocka_unit_test(faults)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
