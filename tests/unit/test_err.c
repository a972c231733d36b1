/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/err.h"
#include "base/text.h"
#include <string.h>

/* Prints one message about `text` and compares the whole of it. */
static void check_print(const char *row, struct mop_sv text, struct mop_diag g, bool color,
                        const char *want)
{
    struct mop_diags d;
    struct mop_buf out;
    mop_diags_init(&d);
    mop_buf_init(&out, 1 << 16);
    if (text.p)
        mop_diags_file(&d, "r.yaml", text);
    struct mop_diag *told = mop_diag(&d, g.level, g.id, g.at, g.span, "%.*s", MOP_SV_ARG(g.msg));
    if (g.hint.n)
        mop_diag_hint(&d, told, "%.*s", MOP_SV_ARG(g.hint));
    mop_diags_print(&d, &out, color);
    check_text(row, mop_buf_view(&out), mop_sv_of(want));
    mop_buf_release(&out);
    mop_diags_release(&d);
}

#define AT(line, col)                                                                              \
    {                                                                                              \
        "r.yaml", line, col                                                                        \
    }

/* No line of a message, nor of the file it is about, is a command of a CI runner. */
static void logs(void **state)
{
    (void)state;
    check_print(
        "a file's line", MOP_SV("x: 1\n  ::add-mask::x ##[group]\n"),
        (struct mop_diag){
            .level = MOP_FAULT, .id = "x", .at = AT(2, 3), .span = 1, .msg = L("m ##vso[task]")},
        false,
        "r.yaml:2:3: error: m \\x23#vso[task] [x]\n"
        "      \\x3a:add-mask::x \\x23#[group]\n      ^~~~\n");
    struct mop_err e = {0};
    struct mop_buf out;
    mop_buf_init(&out, 4096);
    mop_err_set(&e, 2, (struct mop_loc){"::error::x.csv", 1, 0}, "bad");
    mop_err_print(&e, &out, true);
    CHECK("a file's name", strstr(out.p, "\\x3a:error::x.csv:1: ") != NULL);
    mop_buf_release(&out);
}

static void excerpts(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        struct mop_diag diag;
        const char *want;
    } T[] = {
        {"the whole form",
         L("a: 1\nsevrity: error\n"),
         {.level = MOP_FAULT,
          .id = "unknown-key",
          .at = AT(2, 1),
          .span = 7,
          .msg = L("unknown key 'sevrity'"),
          .hint = L("did you mean 'severity'?")},
         "r.yaml:2:1: error: unknown key 'sevrity' [unknown-key]\n"
         "    sevrity: error\n"
         "    ^~~~~~~\n"
         "  hint: did you mean 'severity'?\n"},
        {"no hint, CRLF, a span of one",
         L("a: 1\r\nb: 2\r\n"),
         {.level = MOP_WARN, .id = "x", .at = AT(1, 4), .span = 1, .msg = L("m")},
         "r.yaml:1:4: warning: m [x]\n    a: 1\n       ^\n"},
        {"a lone CR ends a line too",
         L("a\rb"),
         {.level = MOP_NOTE, .id = "x", .at = AT(2, 1), .span = 1, .msg = L("m")},
         "r.yaml:2:1: note: m [x]\n    b\n    ^\n"},
        {"a span of zero counts as one",
         L("abc"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 2), .span = 0, .msg = L("m")},
         "r.yaml:1:2: error: m [x]\n    abc\n     ^\n"},
        {"a tab before and under the marker",
         L("\ta\tb"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 2), .span = 3, .msg = L("m")},
         "r.yaml:1:2: error: m [x]\n        a    b\n        ^~~~~~\n"},
        {"escape sequences show, and the marker keeps its place",
         L("\033[1mx: y"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 5), .span = 1, .msg = L("m")},
         "r.yaml:1:5: error: m [x]\n    \\x1b[1mx: y\n           ^\n"},
        {"letters of two bytes take one column",
         L("\xC3\xA4\xC3\xB6: \xC3\xBC"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 1), .span = 4, .msg = L("m")},
         "r.yaml:1:1: error: m [x]\n    \xC3\xA4\xC3\xB6: \xC3\xBC\n    ^~\n"},
        {"wide letters take two",
         L("\xE6\x97\xA5: x"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 6), .span = 1, .msg = L("m")},
         "r.yaml:1:6: error: m [x]\n    \xE6\x97\xA5: x\n        ^\n"},
        {"bytes that are no UTF-8",
         L("a\xFF\xC3"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 2), .span = 1, .msg = L("m")},
         "r.yaml:1:2: error: m [x]\n    a\\xff\\xc3\n     ^~~~\n"},
        {"right behind the end of the line",
         L("a:\nb: 1"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 3), .span = 1, .msg = L("m")},
         "r.yaml:1:3: error: m [x]\n    a:\n      ^\n"},
        {"far behind the end of the line",
         L("a:"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 99), .span = 9, .msg = L("m")},
         "r.yaml:1:99: error: m [x]\n    a:\n      ^\n"},
        {"a line that is not there",
         L("a:"),
         {.level = MOP_FAULT, .id = "x", .at = AT(7, 1), .span = 1, .msg = L("m")},
         "r.yaml:7:1: error: m [x]\n"},
        {"a span over the end of the line stops there",
         L("abc\ndef"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 2), .span = 5, .msg = L("m")},
         "r.yaml:1:2: error: m [x]\n    abc\n     ^~\n"},
        {"no column, no excerpt",
         L("abc"),
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 0), .span = 1, .msg = L("m")},
         "r.yaml:1: error: m [x]\n"},
        {"a file nobody told of",
         {NULL, 0},
         {.level = MOP_FAULT, .id = "x", .at = AT(1, 1), .span = 1, .msg = L("m")},
         "r.yaml:1:1: error: m [x]\n"},
        {"no file, no id", {NULL, 0}, {.level = MOP_FAULT, .span = 1, .msg = L("m")}, "error: m\n"},
        {"control bytes in message and hint",
         {NULL, 0},
         {.level = MOP_FAULT, .span = 1, .msg = L("bad '\033[2J'"), .hint = L("not\n::error::")},
         "error: bad '\\x1b[2J'\n  hint: not\\x0a::error::\n"},
    };
    for (size_t i = 0; i < ROWS(T); i++)
        check_print(T[i].row, T[i].text, T[i].diag, false, T[i].want);
}

static void colors(void **state)
{
    (void)state;
    struct mop_diag g = {.level = MOP_FAULT, .id = "x", .at = AT(1, 1), .span = 2, .msg = L("m")};
    check_print(
        "a terminal", MOP_SV("ab"), g, true,
        "\033[1mr.yaml:1:1: \033[1;31merror:\033[0m m [x]\n    ab\n    \033[1;32m^~\033[0m\n");
}

/* The excerpt's second line, marker line, of a long line of text. */
static void clip(const char *row, size_t before, size_t span, size_t after, const char *unit)
{
    struct mop_buf text, out;
    struct mop_diags d;
    mop_buf_init(&text, 1 << 20);
    mop_buf_init(&out, 1 << 20);
    mop_diags_init(&d);
    for (size_t i = 0; i < before; i++)
        mop_buf_str(&text, unit);
    for (size_t i = 0; i < span; i++)
        mop_buf_chr(&text, 'X');
    for (size_t i = 0; i < after; i++)
        mop_buf_str(&text, unit);
    mop_diags_file(&d, "f", mop_buf_view(&text));
    struct mop_loc at = {"f", 1, (uint32_t)(before * strlen(unit) + 1)};
    mop_diag(&d, MOP_FAULT, "x", at, (uint32_t)span, "m");
    mop_diags_print(&d, &out, false);
    struct mop_sv rest = mop_buf_view(&out), head, line, marker;
    CHECK(row, mop_sv_next(&rest, '\n', &head) && mop_sv_next(&rest, '\n', &line) &&
                   mop_sv_next(&rest, '\n', &marker));
    CHECK(row, line.n < 600);
    size_t x = mop_sv_find(line, 'X'), column = 0;
    for (size_t i = 0; i < x; i++)
        column += ((unsigned char)line.p[i] & 0xC0) != 0x80;
    CHECK(row, x < line.n && mop_sv_find(marker, '^') == column);
    mop_diags_release(&d);
    mop_buf_release(&out);
    mop_buf_release(&text);
}

static void long_lines(void **state)
{
    (void)state;
    clip("at the start of a long line", 0, 3, 500, "a");
    clip("in the middle", 300, 3, 300, "a");
    clip("in the middle of letters of two bytes", 3000, 3, 3000, "\xC3\xA9");
    clip("and of three, where the window may cut one", 1001, 3, 1001, "\xE2\x82\xAC");
    clip("at the end", 5000, 3, 0, "a");
    clip("a span longer than the screen", 60, 400, 60, "a");
    clip("a span longer than the window", 600, 5000, 60, "a");
    clip("exactly fitting", 50, 1, 49, "a");
    clip("one too many", 50, 1, 50, "a");
}

static void order(void **state)
{
    (void)state;
    struct mop_diags d;
    struct mop_buf out;
    mop_diags_init(&d);
    mop_buf_init(&out, 4096);
    mop_diags_file(&d, "b", MOP_SV("1\n2\n"));
    mop_diags_file(&d, "a", MOP_SV("1\n"));
    mop_diag(&d, MOP_FAULT, "untold", (struct mop_loc){"A", 1, 1}, 1, "7");
    mop_diag(&d, MOP_FAULT, "x", (struct mop_loc){"a", 1, 1}, 1, "6");
    mop_diag(&d, MOP_FAULT, "x", (struct mop_loc){"b", 2, 2}, 1, "4");
    mop_diag(&d, MOP_WARN, "x", (struct mop_loc){"b", 2, 2}, 1, "5");
    mop_diag(&d, MOP_NOTE, "x", (struct mop_loc){"b", 2, 1}, 1, "3");
    mop_diag(&d, MOP_FAULT, "x", (struct mop_loc){"b", 1, 9}, 1, "2");
    mop_diag(&d, MOP_FAULT, "x", (struct mop_loc){"b", 0, 0}, 1, "1");
    mop_diags_print(&d, &out, false);
    assert_int_equal(d.faults, 5);
    for (size_t i = 0; i < d.n; i++) /* by file as told, line, column, and then as they came */
        assert_int_equal(d.list[i].msg.p[0], '1' + (int)i);
    mop_buf_release(&out);
    mop_diags_release(&d);
}

static void first_error_wins(void **state)
{
    (void)state;
    struct mop_err e = {0};
    struct mop_buf out;
    mop_err_set(&e, 2, (struct mop_loc){"f", 3, 0}, "cannot open '%s'", "x\a");
    mop_err_set(&e, 3, (struct mop_loc){"g", 1, 1}, "later");
    mop_err_hint(&e, "the hint of the later one");
    assert_int_equal(e.code, 2);
    assert_string_equal(e.msg, "cannot open 'x\a'");
    assert_string_equal(e.hint, "");
    mop_buf_init(&out, 1000);
    mop_err_print(&e, &out, false);
    check_text("printed safely", mop_buf_view(&out), MOP_SV("f:3: error: cannot open 'x\\x07'\n"));
    mop_buf_release(&out);
    mop_err_set(NULL, 2, e.at, "nobody listens");
    mop_err_hint(NULL, "nobody listens");
}

static void error_hint(void **state)
{
    (void)state;
    struct mop_err e = {0};
    struct mop_buf out;
    mop_err_set(&e, 2, (struct mop_loc){0}, "no rules");
    mop_err_hint(&e, "name them with %s", "--rules");
    mop_err_hint(&e, "second hint");
    mop_buf_init(&out, 1000);
    mop_err_print(&e, &out, false);
    check_text("with hint", mop_buf_view(&out),
               MOP_SV("error: no rules\n  hint: name them with --rules\n"));
    mop_buf_release(&out);
}

static void cutting(void **state)
{
    (void)state;
    struct mop_err e = {0};
    char text[400];
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    text[398] = '\0';
    mop_err_set(&e, 2, (struct mop_loc){0}, "%s", text); /* 236 bytes would fit: an even number */
    assert_int_equal(strlen(e.msg), 236 + 3);
    e = (struct mop_err){0};
    mop_err_set(&e, 2, (struct mop_loc){0}, "'%s",
                text); /* here the cut would go through a letter */
    assert_int_equal(strlen(e.msg), 235 + 3);
    assert_string_equal(e.msg + 233, "\xC3\xA9...");
}

static void lines(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        size_t offset;
        uint32_t line, col;
    } T[] = {
        {"empty text", L(""), 0, 1, 1},
        {"past the end is the end", L("ab"), 99, 1, 3},
        {"on the line end itself", L("a\nb"), 1, 1, 2},
        {"behind it", L("a\nb"), 2, 2, 1},
        {"between CR and LF is the same line", L("a\r\nb"), 2, 1, 3},
        {"LF CR are two ends", L("a\n\rb"), 3, 3, 1},
        {"after the last line end", L("a\n"), 2, 2, 1},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_lines l;
        mop_lines_init(&l, T[i].text);
        struct mop_loc at = mop_lines_loc(&l, "f", T[i].offset);
        CHECK(T[i].row, at.line == T[i].line && at.col == T[i].col);
        CHECK(T[i].row, !mop_lines_get(&l, 0).p && !mop_lines_get(&l, l.n + 1).p);
        mop_lines_release(&l);
    }
}

static void names(void **state)
{
    (void)state;
    struct mop_err e = {0};
    mop_err_name(&e, "none");
    assert_string_equal(e.msg, "");
    mop_err_set(&e, 3, (struct mop_loc){0}, "cannot write");
    mop_err_name(&e, "not-written");
    mop_err_name(&e, "another");
    assert_string_equal(e.msg, "cannot write [not-written]");
    struct mop_err usage = {0}, longest = {0};
    mop_err_set(&usage, 2, (struct mop_loc){0}, "cannot write");
    mop_err_name(&usage, "not-written");
    assert_string_equal(usage.msg, "cannot write");
    mop_err_set(&longest, 3, (struct mop_loc){0}, "%0500d", 0);
    mop_err_name(&longest, "disk");
    assert_int_equal(strlen(longest.msg), sizeof longest.msg - 1);
    assert_string_equal(longest.msg + sizeof longest.msg - 1 - 10, "... [disk]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),
        cmocka_unit_test(excerpts),
        cmocka_unit_test(logs),
        cmocka_unit_test(colors),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(order),
        cmocka_unit_test(first_error_wins),
        cmocka_unit_test(error_hint),
        cmocka_unit_test(cutting),
        cmocka_unit_test(lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
