/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/text.h"
#include "exporters/http_parts.h"
#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <string.h>

/* The parts of the HTTP exporter that need no server. */

static int add_text(void *ctx, json_t *v)
{
    char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
    mop_buf_printf(ctx, "%s ", text);
    free(text);
    return 0;
}

static void pointers(void **state)
{
    (void)state;
    static const struct {
        const char *row, *pointer, *values;
    } T[] = {
        {"RFC 6901: the whole document", "",
         "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/"
         "b\":1,\"m~n\":8,\"*\":9,\"o\":{\"x\":[1,2],\"y\":[3]},"
         "\"n\":null} "},
        {"RFC 6901: an array", "/foo", "[\"bar\",\"baz\"] "},
        {"RFC 6901: an element", "/foo/0", "\"bar\" "},
        {"RFC 6901: the empty name", "/", "0 "},
        {"RFC 6901: ~1", "/a~1b", "1 "},
        {"RFC 6901: ~0", "/m~0n", "8 "},
        {"null is a value", "/n", "null "},
        {"no such name", "/nothing/at/all", ""},
        {"no such element", "/foo/2", ""},
        {"no leading zeros", "/foo/00", ""},
        {"no signs", "/foo/-1", ""},
        {"into a scalar", "/foo/0/x", ""},
        {"every item", "/foo/*", "\"bar\" \"baz\" "},
        {"every value of an object", "/o/*", "[1,2] [3] "},
        {"every item of every value", "/o/*/*", "1 2 3 "},
        {"* of a scalar", "/n/*", ""},
    };
    json_t *root =
        json_loads("{\"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"m~n\": 8, \"*\": "
                   "9, \"o\": {\"x\": [1, 2], \"y\": [3]}, \"n\": null}",
                   0, NULL);
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_pointer p;
        struct mop_buf b;
        size_t at;
        mop_buf_init(&b, 4096);
        mop_buf_str(&b, "");
        assert_null(mop_pointer_compile(&p, &a, mop_sv_of(T[i].pointer), &at));
        mop_pointer_each(&p, root, add_text, &b);
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].values));
        CHECK(T[i].row, (mop_pointer_get(&p, root) != NULL) == (b.n > 0));
        mop_buf_release(&b);
    }
    json_decref(root);
    mop_arena_release(&a);
}

static void pointers_to_lists(void **state)
{
    (void)state;
    static const struct {
        const char *row, *pointer, *document;
        bool all, members;
    } T[] = {
        {"a list", "/a/*", "{\"a\": [1]}", true, false},
        {"the document", "/*", "[]", true, false},
        {"an object", "/a/*", "{\"a\": {}}", false, false},
        {"an object of records", "/a/*", "{\"a\": {}}", true, true},
        {"null", "/a/*", "{\"a\": null}", false, false},
        {"nothing", "/a/*", "{}", false, false},
        {"a text", "/a/*", "{\"a\": \"b\"}", false, false},
        {"in each", "/*/a/*", "[{\"a\": []}, {\"a\": [1]}]", true, false},
        {"not in each", "/*/a/*", "[{\"a\": []}, {\"b\": [1]}]", false, false},
        {"a text in one", "/*/a/*", "[{\"a\": []}, {\"a\": \"b\"}]", false, false},
        {"in none of none", "/*/a/*", "[]", true, false},
        {"side by side", "/*/*", "[[1], [2]]", true, false},
        {"side by side with a number", "/*/*", "[[1], 2]", false, false},
        {"no *", "/a", "{}", true, false},
    };
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        json_t *root = json_loads(T[i].document, 0, NULL);
        struct mop_pointer p;
        size_t at;
        assert_null(mop_pointer_compile(&p, &a, mop_sv_of(T[i].pointer), &at));
        CHECK(T[i].row, mop_pointer_has_lists(&p, T[i].members, root) == T[i].all);
        json_decref(root);
    }
    mop_arena_release(&a);
}

static void bad_pointers(void **state)
{
    (void)state;
    static const struct {
        const char *pointer;
        size_t at;
    } T[] = {{"foo", 0}, {"/a~", 2}, {"/x/a~2b", 5}, {"/~", 1}};
    struct mop_arena a;
    mop_arena_init(&a);
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_pointer p;
        size_t at = 99;
        CHECK(T[i].pointer, mop_pointer_compile(&p, &a, mop_sv_of(T[i].pointer), &at) != NULL);
        CHECK(T[i].pointer, at == T[i].at);
    }
    mop_arena_release(&a);
}

static bool value(void *ctx, struct mop_sv name, enum mop_format_of format, struct mop_buf *out)
{
    (void)ctx;
    if (mop_sv_eqs(name, "none"))
        return false;
    mop_buf_printf(out, "<%.*s %d>", MOP_SV_ARG(name), (int)format);
    return true;
}

static void templates(void **state)
{
    (void)state;
    static const struct {
        const char *row, *text, *got; /* got NULL: left out */
    } T[] = {
        {"no variable", "plain", "plain"},
        {"one", "a {x} b", "a <x 0> b"},
        {"two, with a format", "{x}{y:epoch_ms}", "<x 0><y 8>"},
        {"braces themselves", "{{x}} {x}", "{x} <x 0>"},
        {"without a value all is left out", "a {none} b", NULL},
        {"empty", "", ""},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b;
        mop_buf_init(&b, 4096);
        bool there = mop_template_render(mop_sv_of(T[i].text), value, NULL, NULL, &b);
        CHECK(T[i].row, there == (T[i].got != NULL));
        if (there)
            check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].got));
        mop_buf_release(&b);
    }
    assert_true(mop_template_is_lone(MOP_SV("{fields:list}"), MOP_AS_LIST));
    assert_false(mop_template_is_lone(MOP_SV("{fields:list} "), MOP_AS_LIST));
    assert_false(mop_template_is_lone(MOP_SV("{fields}"), MOP_AS_LIST));
}

static void escapes(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_percent_encode(&b, MOP_SV("a b&c=d/\xC3\xA9~-._%"));
    check_text("percent", mop_buf_view(&b), MOP_SV("a%20b%26c%3Dd%2F%C3%A9~-._%25"));
    mop_buf_reset(&b);
    mop_json_quote(&b, MOP_SV("a\"b\\c\n\x01\xC3\xA9"));
    check_text("json", mop_buf_view(&b), MOP_SV("\"a\\\"b\\\\c\\u000a\\u0001\xC3\xA9\""));
    mop_buf_release(&b);
}

static void backoff(void **state)
{
    (void)state;
    static const struct {
        uint64_t base, most, attempt, full;
    } T[] = {{1000, 60000, 1, 1000},  {1000, 60000, 2, 2000},   {1000, 60000, 6, 32000},
             {1000, 60000, 9, 60000}, {1000, 60000, 99, 60000}, {0, 60000, 3, 0}};
    for (size_t i = 0; i < ROWS(T); i++) {
        uint64_t seed = 7, again = 7, other = 8;
        bool differs = false;
        for (int k = 0; k < 100; k++) {
            uint64_t ms = mop_backoff_ms(T[i].base, T[i].most, T[i].attempt, &seed);
            assert_true(ms >= T[i].full / 2 && ms <= T[i].full);
            assert_true(ms == mop_backoff_ms(T[i].base, T[i].most, T[i].attempt, &again));
            differs |= ms != mop_backoff_ms(T[i].base, T[i].most, T[i].attempt, &other);
        }
        assert_true(differs == (T[i].full > 0));
    }
}

static void retry_after(void **state)
{
    (void)state;
    const int64_t now = INT64_C(784111777) * 1000000; /* Sun, 06 Nov 1994 08:49:37 GMT */
    static const struct {
        const char *text;
        bool good;
        uint64_t ms;
    } T[] = {
        {"120", true, 120000},
        {" 0 ", true, 0},
        {"Sun, 06 Nov 1994 08:49:39 GMT", true, 2000},
        {"Sun, 06 Nov 1994 08:49:07 GMT", true, 0},
        {"Mon, 07 Nov 1994 08:49:37 GMT", true, 86400000},
        {"Sun Nov  6 08:49:38 1994", true, 1000},
        {"Sun Nov 13 08:49:37 1994", true, 604800000},
        {"Sun Nov  6 08:49:38", false, 0},
        {"Sun Nov                        6 08:49:38 1994", true, 1000},
        {"18446744073709551615", true, UINT64_MAX},
        {"99999999999999999999", true, UINT64_MAX},
        {"99999999999999999999x", false, 0},
        {"-1", false, 0},
        {"1.5", false, 0},
        {"soon", false, 0},
        {"", false, 0},
        {"Sun, 06 Nov 1994 25:49:37 GMT", false, 0},
        {"Sun, 06 Nov 1994 08:49:37", false, 0},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        uint64_t ms = 0;
        CHECK(T[i].text, mop_retry_after_ms(mop_sv_of(T[i].text), now, &ms) == T[i].good);
        CHECK(T[i].text, ms == T[i].ms);
    }
    uint64_t ms;
    const int64_t later = INT64_C(1795337377) * 1000000; /* Sun, 22 Nov 2026 08:49:37 GMT */
    assert_true(mop_retry_after_ms(MOP_SV("Sunday, 22-Nov-26 08:49:40 GMT"), later, &ms) &&
                ms == 3000);
    assert_true(mop_wait_in_unit_ms(MOP_SV("784111780"), MOP_WAIT_EPOCH, now, &ms) && ms == 3000);
    assert_true(mop_wait_in_unit_ms(MOP_SV("12.7"), MOP_WAIT_SECONDS, now, &ms) && ms == 12000);
    assert_true(mop_wait_in_unit_ms(MOP_SV("250"), MOP_WAIT_MILLISECONDS, now, &ms) && ms == 250);
    assert_true(mop_wait_in_unit_ms(MOP_SV("5"), MOP_WAIT_MINUTES, now, &ms) && ms == 300000);
    assert_false(mop_wait_in_unit_ms(MOP_SV("later"), MOP_WAIT_SECONDS, now, &ms));
}

static void link_headers(void **state)
{
    (void)state;
    static const struct {
        const char *row, *header, *next;
        bool broken;
    } T[] = {
        {"quoted", "<https://x/2>; rel=\"next\"", "https://x/2", false},
        {"bare", "<https://x/2>;rel=next", "https://x/2", false},
        {"second", "<https://x/1>; rel=\"prev\", <https://x/3>; rel=\"next\"", "https://x/3",
         false},
        {"several words", "</p?3>; rel=\"last next\"", "/p?3", false},
        {"other parameters", "<a>; title=\"x, y; rel=next\"; rel=\"prev\", <b>; REL=Next", "b",
         false},
        {"a comma in the address", "<https://x/?ids=1,2>; rel=\"next\"", "https://x/?ids=1,2",
         false},
        {"none", "<https://x/1>; rel=\"prev\"", "", false},
        {"nextish", "<a>; rel=\"nextish\"", "", false},
        {"cut", "<https://x/2", "", true},
        {"without brackets", "https://x/2; rel=\"next\"", "", true},
        {"cut behind another", "<a>; rel=\"prev\", <b", "", true},
        {"links left out", ", <a>; rel=\"prev\" , ,<b>; rel=next,", "b", false},
        {"nothing", "", "", false},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        bool broken;
        struct mop_sv next = mop_link_next(mop_sv_of(T[i].header), &broken);
        check_text(T[i].row, next, mop_sv_of(T[i].next));
        CHECK(T[i].row, broken == T[i].broken);
    }
}

static void addresses(void **state)
{
    (void)state;
    static const struct {
        const char *to, *got; /* got NULL: refused */
        bool same;
    } T[] = {
        {"/services/q/01", "https://a.example/services/q/01", true},
        {"https://a.example/x?$skiptoken=%3Ca%3E", "https://a.example/x?$skiptoken=%3Ca%3E", true},
        {"https://A.example:443/x", "https://A.example:443/x", true},
        {"?page=2", "https://a.example/v1/leads?page=2", true},
        {"https://b.example/x", "https://b.example/x", false},
        {"http://a.example/x", "http://a.example/x", false},
        {"https://a.example:8443/x", "https://a.example:8443/x", false},
        {"//b.example/x", "https://b.example/x", false},
        {"https://a.example@b.example/x", "https://a.example@b.example/x", false},
        {"file:///etc/passwd", NULL, false},
    };
    const char *base = "https://a.example/v1/leads?page=1";
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b;
        mop_buf_init(&b, 4096);
        bool good = mop_url_resolve(base, mop_sv_of(T[i].to), &b);
        CHECK(T[i].to, good == (T[i].got != NULL));
        if (good) {
            check_text(T[i].to, mop_buf_view(&b), mop_sv_of(T[i].got));
            CHECK(T[i].to, mop_url_same_host(base, b.p) == T[i].same);
        }
        mop_buf_release(&b);
    }
    assert_true(mop_url_is_allowed("https://x.example/", false));
    assert_true(mop_url_is_allowed("http://127.0.0.1:8080/", false));
    assert_true(mop_url_is_allowed("http://localhost/", false));
    assert_false(mop_url_is_allowed("http://x.example/", false));
    assert_false(mop_url_is_allowed("http://127.0.0.1.x.example/", false));
    assert_false(mop_url_is_allowed("http://localhost.x.example/", false));
    assert_true(mop_url_is_allowed("http://x.example/", true));
    assert_false(mop_url_is_allowed("ftp://x.example/", true));
}

static void shown_addresses(void **state)
{
    (void)state;
    static const struct {
        const char *url, *shown;
    } T[] = {
        {"https://x.example/a?access_token=hush&after=1",
         "https://x.example/a?access_token=***&after=***"},
        {"https://me:hush@x.example/a", "https://***@x.example/a"},
        {"https://x.example/a", "https://x.example/a"},
        {"https://x.example/~a@b?c", "https://x.example/~a@b?c=***"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b;
        mop_buf_init(&b, 4096);
        mop_url_shown(T[i].url, false, &b);
        check_text(T[i].url, mop_buf_view(&b), mop_sv_of(T[i].shown));
        mop_buf_release(&b);
    }
}

static void shown_next_addresses(void **state)
{
    (void)state;
    static const struct {
        const char *url, *first, *shown;
    } T[] = {
        {"https://x.example/v1/leads/PAGETOKEN", "https://x.example/v1/leads",
         "https://x.example/v1/leads/***"},
        {"https://x.example/v1/leads/12345678/x?after=1", "https://x.example/v1/leads",
         "https://x.example/v1/leads/12345678/***?after=***"},
        {"https://x.example/123456789", "https://x.example/v1", "https://x.example/***"},
        {"http://x.example/hush/v1/", "http://x.example/v1?hush=hush", "http://x.example/***/v1/"},
        {"https://x.example?page=2", "https://x.example/", "https://x.example?page=***"},
        {"https://x.example", "", "https://x.example"},
        {"https://x.example/v1?anna@x.example", "https://x.example/v1", "https://x.example/v1?***"},
        {"https://x.example/v1?anna%40x.example=1&p=2&0123456789abcdef=3&=4",
         "https://x.example/v1", "https://x.example/v1?***&p=***&***&***"},
        {"https://x.example/v1?page%5B2%5D=1&a.b-c_d[e]=2", "https://x.example/v1?page%5B2%5D=***",
         "https://x.example/v1?page%5B2%5D=***&a.b-c_d[e]=***"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_buf b;
        mop_buf_init(&b, 4096);
        mop_url_shown_next(T[i].url, T[i].first, &b);
        check_text(T[i].url, mop_buf_view(&b), mop_sv_of(T[i].shown));
        mop_buf_release(&b);
    }
}

static void content_types(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        enum mop_decoder decoder;
        bool fits;
    } T[] = {
        {"application/json", MOP_DECODE_JSON, true},
        {"Application/JSON; charset=utf-8", MOP_DECODE_JSON, true},
        {"application/vnd.api+json", MOP_DECODE_JSON, true},
        {"text/html", MOP_DECODE_JSON, false},
        {"", MOP_DECODE_JSON, false},
        {"text/csv;charset=utf-8", MOP_DECODE_CSV, true},
        {"text/html; charset=utf-8", MOP_DECODE_CSV, false},
        {"application/json", MOP_DECODE_CSV, false},
        {"application/x-ndjson", MOP_DECODE_NDJSON, true},
        {"text/plain", MOP_DECODE_NDJSON, false},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_stream s = {.decoder = T[i].decoder};
        CHECK(T[i].type, mop_content_type_fits(mop_sv_of(T[i].type), &s) == T[i].fits);
    }
}

static void last_ids(void **state)
{
    (void)state;
    struct mop_ids *x = mop_ids_create(100, false);
    char id[16];
    for (int i = 0; i < 1000; i++) {
        snprintf(id, sizeof id, "%d", i);
        assert_true(mop_ids_add(x, mop_sv_of(id)));
        snprintf(id, sizeof id, "%d", i > 99 ? i - 99 : 0); /* the last hundred are known */
        assert_false(mop_ids_add(x, mop_sv_of(id)));
    }
    mop_ids_reset(x);
    assert_true(mop_ids_add(x, MOP_SV("999")));
    mop_ids_free(x);
}

/* Ids far more than memory holds: each once, or one twice, wherever. */
static void all_ids(void **state)
{
    static const int T[][2] = {
        {-1, 0}, {0, 999999}, {5, 262149}, {70000, 140000}, {999998, 999999}};
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_ids *x = mop_ids_create(1000, true);
        char id[16];
        bool once = true;
        for (int k = 0; k < 1000000; k++) {
            snprintf(id, sizeof id, "%d", k == T[i][1] && T[i][0] >= 0 ? T[i][0] : k);
            once &= mop_ids_add(x, mop_sv_of(id));
        }
        assert_int_equal(once ? mop_ids_settle(x) : 1, T[i][0] >= 0);
        mop_ids_reset(x);
        assert_true(mop_ids_add(x, MOP_SV("1")));
        assert_int_equal(mop_ids_settle(x), 0);
        mop_ids_free(x);
    }
}

/* A name that has no room for the file that would take its place. */
static void replaced_names(void **state)
{
    (void)state;
    static char path[PATH_MAX + 16];
    memset(path, 'x', sizeof path - 1);
    errno = ENOENT;
    assert_int_equal(mop_http_replace(path, MOP_SV("text")), -1);
    assert_int_equal(errno, ENAMETOOLONG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pointers),
        cmocka_unit_test(pointers_to_lists),
        cmocka_unit_test(bad_pointers),
        cmocka_unit_test(templates),
        cmocka_unit_test(escapes),
        cmocka_unit_test(backoff),
        cmocka_unit_test(retry_after),
        cmocka_unit_test(link_headers),
        cmocka_unit_test(addresses),
        cmocka_unit_test(shown_addresses),
        cmocka_unit_test(shown_next_addresses),
        cmocka_unit_test(content_types),
        cmocka_unit_test(last_ids),
        cmocka_unit_test(all_ids),
        cmocka_unit_test(replaced_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
