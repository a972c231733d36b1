/* SPDX-License-Identifier: MIT */
#include "unit.h"
#include "base/yaml.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One parse and what came of it. */
struct run {
    struct mop_arena arena;
    struct mop_diags diags;
    struct mop_sv text;
    struct mop_node *root;
};

static struct run *parse(struct mop_sv text)
{
    struct run *r = mop_alloc(sizeof *r);
    mop_arena_init(&r->arena);
    mop_diags_init(&r->diags);
    r->text = text;
    r->root = mop_yaml_parse(&r->arena, "r.yaml", text, &r->diags);
    assert_true(r->root || r->diags.faults > 0);
    return r;
}

static void release(struct run *r)
{
    mop_diags_release(&r->diags);
    mop_arena_release(&r->arena);
    free(r);
}

static void print_node(struct mop_buf *b, const struct mop_node *n);

static void print_children(struct mop_buf *b, const struct mop_node *n)
{
    for (size_t i = 0; i < n->n; i++) {
        mop_buf_str(b, i ? "," : "");
        if (n->key) {
            print_node(b, n->key[i]);
            mop_buf_chr(b, '=');
        }
        print_node(b, n->item[i]);
    }
}

/* A tree as a line: [a,{k=v},~] ; quoted scalars in ''. */
static void print_node(struct mop_buf *b, const struct mop_node *n)
{
    if (n->kind == MOP_SCALAR) {
        const char *quote = n->plain ? "" : "'";
        mop_buf_printf(b, "%s%s%.*s%s", quote, n->null ? "~" : "", MOP_SV_ARG(n->text), quote);
        return;
    }
    mop_buf_chr(b, n->kind == MOP_LIST ? '[' : '{');
    print_children(b, n);
    mop_buf_chr(b, n->kind == MOP_LIST ? ']' : '}');
}

static void trees(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        const char *want;
    } T[] = {
        {"an empty file is no value", L(""), "~"},
        {"so is one of comments", L("# nothing\n\n# here\n"), "~"},
        {"and an empty document", L("---\n...\n"), "~"},
        {"texts stay as they are", L("v: 2026.10\nc: [no, off, 0x1F, 1e3, NULL, Null]\n"),
         "{v=2026.10,c=[no,off,0x1F,1e3,NULL,Null]}"},
        {"plain nulls, and quoted ones that are none", L("[null, ~, 'null', \"~\", '']"),
         "[~null,~~,'null','~','']"},
        {"an entry without a value", L("google:\nbing:\n"), "{google=~,bing=~}"},
        {"JSON, tabs, compact", L("{\"a\":1,\n\t\"b\":[true,null,\"x\\/y\"]}"),
         "{'a'=1,'b'=[true,~null,'x/y']}"},
        {"a byte order mark",
         L("\xEF\xBB\xBF"
           "a: 1\n"),
         "{a=1}"},
        {"CRLF", L("a: 1\r\nb:\r\n  - x\r\n"), "{a=1,b=[x]}"},
        {"an alias shares", L("a: &x {p: 1}\nb: *x\n"), "{a={p=1},b={p=1}}"},
        {"an alias as key", L("a: &x p\n*x : 2\n"), "{a=p,p=2}"},
        {"an anchor given anew", L("a: &x 1\nb: &x 2\nc: *x\n"), "{a=1,b=2,c=2}"},
        {"an anchor of nothing", L("a: &x\nb: *x\n"), "{a=~,b=~}"},
        {"a quoted merge key is a key", L("\"<<\": 1\n"), "{'<<'=1}"},
        {"the same key in different mappings", L("a: {k: 1}\nb: {k: 1}\n"), "{a={k=1},b={k=1}}"},
        {"keys that differ in case", L("a: 1\nA: 2\n"), "{a=1,A=2}"},
        {"a %YAML line", L("%YAML 1.1\n---\na: 1\n"), "{a=1}"},
        {"block scalars", L("a: |\n  x\n   y\nb: >-\n  p\n  q\n"), "{a='x\n y\n',b='p q'}"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct run *r = parse(T[i].text);
        struct mop_buf b;
        mop_buf_init(&b, 4096);
        CHECK(T[i].row, r->root != NULL);
        print_node(&b, r->root);
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want));
        mop_buf_release(&b);
        release(r);
    }
}

/* All faults of a text as lines "line:col+span id". */
static void faults(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        const char *want;
    } T[] = {
        {"a duplicate key: the second is told", L("a: 1\nb: 2\na: 3\n"),
         "3:1+1 yaml-duplicate-key\n"},
        {"three times: the second and third", L("kk: 1\nkk: 2\nkk: 3\n"),
         "2:1+2 yaml-duplicate-key\n3:1+2 yaml-duplicate-key\n"},
        {"whatever its quotes", L("x:\n  'a': 1\n  a: 2\n  \"\\x61\": 3\n"),
         "3:3+1 yaml-duplicate-key\n4:3+6 yaml-duplicate-key\n"},
        {"as an alias: where the alias is", L("a: &k b\nb: 1\n*k : 2\n"),
         "3:1+2 yaml-duplicate-key\n"},
        {"in flow and in the tree's depth", L("a: [{b: 1, b: 2}]"), "1:12+1 yaml-duplicate-key\n"},
        {"a tag, and reading goes on", L("a: !!int 1\nb: 1\nb: 2\n"),
         "1:4+5 yaml-tag\n3:1+1 yaml-duplicate-key\n"},
        {"a tag behind an anchor", L("a: &x !foo {}\n"), "1:7+4 yaml-tag\n"},
        {"the tag that says nothing", L("a: ! x\n"), "1:4+1 yaml-tag\n"},
        {"a merge key", L("a: &x {p: 1}\nb:\n  <<: *x\n"), "3:3+2 yaml-merge-key\n"},
        {"an alias of nothing", L("a: *x\nb: *y\n"), "1:4+2 yaml-alias\n2:4+2 yaml-alias\n"},
        {"an alias inside its anchor", L("a: &x [1, *x]\n"), "1:11+2 yaml-alias\n"},
        {"an alias before its anchor", L("a: *x\nb: &x 1\n"), "1:4+2 yaml-alias\n"},
        {"a second document", L("a: 1\n---\nb: 2\n"), "2:1+3 yaml-documents\n"},
        {"an empty second document", L("a: 1\n---\n"), "2:1+3 yaml-documents\n"},
        {"keys that are no texts", L("[a]: 1\n? {b: c}\n: 2\n"),
         "1:1+3 yaml-key\n2:3+6 yaml-key\n"},
        {"no key at all", L("?\n: 1\n"), "1:2+1 yaml-key\n"},
        {"a NUL byte", L("a: 1\nb: x\0y\n"), "2:5+1 yaml-nul\n"},
        {"a NUL by escape", L("a: \"x\\0\"\n"), "1:6+2 yaml-nul\n"},
        {"bytes that are no UTF-8, one fault a line", L("a: \xFFz\xFF\nb: 1\nc: \xC3\xA9\xE9\n"),
         "1:4+1 yaml-utf8\n3:6+1 yaml-utf8\n"},
        {"UTF-16",
         L("\xFF\xFE"
           "a\0:\0"),
         "1:1+2 yaml-utf8\n"},
        {"UTF-32",
         L("\0\0\xFE\xFF"
           "\0\0\0a"),
         "1:1+2 yaml-utf8\n"},
        {"control characters", L("a: \x01\nb: \x7F\nc: \xC2\x80\n"),
         "1:4+1 yaml-control\n2:4+1 yaml-control\n3:4+1 yaml-control\n"},
        {"a tab as indentation", L("a:\n\tb: 1\n"), "2:1+1 yaml-tab\n"},
        {"a quote never closed: where it opens", L("a: 1\nb: \"x\n\nc: 2\n"),
         "2:4+1 yaml-syntax\n"},
        {"a regex in double quotes", L("a: \"20\\d+\"\n"), "1:7+1 yaml-syntax\n"},
        {"columns count bytes", L("\xC3\xA9\xC3\xA9: \"\xE2\x82\xAC\\d\"\n"),
         "1:11+1 yaml-syntax\n"},
        {"a value that begins with @", L("a: @b\n"), "1:4+1 yaml-syntax\n"},
        {"a colon in a plain text", L("a: b: c\n"), "1:5+1 yaml-syntax\n"},
        {"an open bracket", L("a: [1,\n  2\n"), "3:1+1 yaml-syntax\n"},
        {"a line without colon", L("a: 1\nfoo\nb: 2\n"), "2:1+1 yaml-syntax\n"},
        {"wrong indentation", L("a:\n  b: 1\n c: 2\n"), "3:2+1 yaml-syntax\n"},
        {"faults before a syntax error are told", L("a: 1\na: !x 2\n]\n"),
         "2:4+2 yaml-tag\n3:1+1 yaml-syntax\n"},
        {"half of a surrogate pair", L("{\"a\": \"\\ud83d\"}"), "1:10+1 yaml-syntax\n"},
        {"behind a byte order mark",
         L("\xEF\xBB\xBF"
           "a: @\n"),
         "1:4+1 yaml-syntax\n"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct run *r = parse(T[i].text);
        struct mop_buf b, shown;
        mop_buf_init(&b, 4096);
        mop_buf_init(&shown, 1 << 16);
        mop_diags_print(&r->diags, &shown, false); /* sorts, and must survive every text */
        for (size_t k = 0; k < r->diags.n; k++) {
            const struct mop_diag *g = &r->diags.list[k];
            mop_buf_printf(&b, "%u:%u+%u %s\n", (unsigned)g->at.line, (unsigned)g->at.col,
                           (unsigned)g->span, g->id);
        }
        check_text(T[i].row, mop_buf_view(&b), mop_sv_of(T[i].want));
        mop_buf_release(&shown);
        mop_buf_release(&b);
        release(r);
    }
}

/* Message and hint of single faults, word for word. */
static void words(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        const char *msg, *hint;
    } T[] = {
        {"duplicate key", L("a: 1\nb: 1\na: 2\n"), "duplicate key 'a'",
         "the first one is on line 1"},
        {"duplicate key on one line", L("{a: 1, a: 2}"), "duplicate key 'a'",
         "the first one is on line 1, this one"},
        {"tab", L("a:\n\tb: 1\n"), "a tab where blanks must be",
         "YAML is indented with blanks only: replace the tab by blanks"},
        {"byte", L("\xE9"), "byte 0xE9 is not UTF-8", "save the file as UTF-8"},
        {"regex escape", L("a: \"\\d\"\n"), "an unknown escape in double quotes",
         "write '\\\\' for a backslash, or put the text in single quotes"},
        {"open bracket", L("a: 1\nb: [1,\n2\n"), "a ',' or ']' is missing",
         "the '[' begins on line 2"},
        {"indentation, and where the mapping is", L("a: 1\nb:\n   c: 2\n  d: 3\n"),
         "a line that is no key of the mapping",
         "check the indentation and the quotes; the mapping begins on line 1"},
        {"what libyaml says in a rare case", L("a: |0\n  x\n"),
         "found an indentation indicator equal to 0", ""},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct run *r = parse(T[i].text);
        assert_int_equal(r->diags.n, 1);
        check_text(T[i].row, r->diags.list[0].msg, mop_sv_of(T[i].msg));
        check_text(T[i].row, r->diags.list[0].hint, mop_sv_of(T[i].hint));
        release(r);
    }
}

/* Where the value of the last key stands. */
static void positions(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        uint32_t line, col, span;
        size_t start, end;
    } T[] = {
        {"plain", L("a: foo # c\n"), 1, 4, 3, 3, 6},
        {"quoted, quotes and all", L("a:   'foo'\n"), 1, 6, 5, 5, 10},
        {"behind an anchor", L("a: &x foo\n"), 1, 7, 3, 6, 9},
        {"behind an anchor, a comment and a line", L("a: &x # c\n  foo\n"), 2, 3, 3, 12, 15},
        {"nothing: behind the colon", L("a:\n"), 1, 3, 1, 2, 2},
        {"over two lines: the span is of the first", L("a: foo \n  bar\n"), 1, 4, 3, 3, 13},
        {"block scalar: its sign", L("a: |-  \n  foo\n"), 1, 4, 2, 3, 14},
        {"bracket list", L("a: [1, 2] # c\n"), 1, 4, 6, 3, 9},
        {"block list: to the end of its last item", L("a:\n- x\n- y  # c\n\n# d\n"), 2, 1, 3, 3,
         10},
        {"block mapping", L("a:\n  b: 1\n  c:  22\n\n\n"), 2, 3, 4, 5, 18},
        {"block mapping behind an anchor", L("a: &x\n  b: 1\n"), 2, 3, 4, 8, 12},
        {"bracket mapping behind an anchor", L("a: &x {b: 1}\n"), 1, 7, 6, 6, 12},
        {"columns count bytes", L("\xC3\xA9: \xE2\x82\xAC\n"), 1, 5, 3, 4, 7},
        {"a line separator of Unicode is no line of an editor", L("a: 'x\xE2\x80\xA8y'\nb: z\n"), 2,
         4, 1, 14, 15},
        {"a lone CR is one", L("a: 1\rb: z\r"), 2, 4, 1, 8, 9},
        {"behind a byte order mark",
         L("\xEF\xBB\xBF"
           "a: z\n"),
         1, 4, 1, 3, 4},
        {"an alias stands where its anchor does", L("a: &x foo\nb: *x\n"), 1, 7, 3, 6, 9},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct run *r = parse(T[i].text);
        CHECK(T[i].row, r->root && r->root->n > 0);
        const struct mop_node *n = r->root->item[r->root->n - 1];
        if (n->at.line != T[i].line || n->at.col != T[i].col || n->span != T[i].span ||
            n->start != T[i].start || n->end != T[i].end)
            fail_msg("%s: %u:%u+%u [%zu,%zu)", T[i].row, (unsigned)n->at.line, (unsigned)n->at.col,
                     (unsigned)n->span, n->start, n->end);
        release(r);
    }
}

/* The place of byte `offset` in the value of the last key. */
static void places(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        struct mop_sv text;
        const char *value;
        size_t offset;
        uint32_t line, col;
    } T[] = {
        {"plain", L("a: [x, '']\np: 20(q\n"), "20(q", 2, 2, 6},
        {"the first byte", L("p: abc\n"), "abc", 0, 1, 4},
        {"the end", L("p: abc\n"), "abc", 3, 1, 7},
        {"past the end is the end", L("p: 'abc'\n"), "abc", 9, 1, 8},
        {"single quotes", L("p: '20\\d('\n"), "20\\d(", 4, 1, 9},
        {"at a doubled quote", L("p: 'it''s ('\n"), "it's (", 2, 1, 7},
        {"behind a doubled quote", L("p: 'it''s ('\n"), "it's (", 5, 1, 11},
        {"only doubled quotes", L("p: ''''''\n"), "''", 1, 1, 7},
        {"at an escape", L("p: \"a\\\\d(\"\n"), "a\\d(", 1, 1, 6},
        {"behind an escape", L("p: \"a\\\\d(\"\n"), "a\\d(", 3, 1, 9},
        {"escapes of many bytes", L("p: \"\\x41\\u20AC\\U0001F600(\"\n"),
         "A\xE2\x82\xAC\xF0\x9F\x98\x80(", 8, 1, 25},
        {"escapes of two that give three", L("p: \"\\L\\_(\"\n"), "\xE2\x80\xA8\xC2\xA0(", 5, 1, 9},
        {"letters of two bytes count as two columns", L("p: '\xC3\xA9('\n"), "\xC3\xA9(", 2, 1, 7},
        {"plain over two lines", L("p: abc  \n   def\n"), "abc def", 4, 2, 4},
        {"the blank of a folded line is its end", L("p: abc\n   def\n"), "abc def", 3, 1, 7},
        {"an empty line is a newline", L("p: abc\n\n   def\n"), "abc\ndef", 4, 3, 4},
        {"two empty lines", L("p: 'abc\n\n \t\n   def'\n"), "abc\n\ndef", 5, 4, 4},
        {"quoted over CRLF", L("p: 'abc\r\n   def'\r\n"), "abc def", 5, 2, 5},
        {"an escaped line end", L("p: \"abc\\\n   def\"\n"), "abcdef", 4, 2, 5},
        {"blanks kept before an escaped line end", L("p: \"ab \\\n  d\"\n"), "ab d", 3, 2, 3},
        {"a literal block", L("p: |\n  ab\n  cd\n"), "ab\ncd\n", 4, 3, 4},
        {"deeper lines of it", L("p: |\n  ab\n    cd\n"), "ab\n  cd\n", 5, 3, 5},
        {"its first line empty", L("p: |\n\n  ab\n"), "\nab\n", 2, 3, 4},
        {"indentation said", L("p: |2\n    ab\n  cd\n"), "  ab\ncd\n", 2, 2, 5},
        {"indentation said, second line", L("p: |2-\n    ab\n  cd\n"), "  ab\ncd", 6, 3, 4},
        {"a comment behind the sign", L("p: | # (\n  ab\n"), "ab\n", 1, 2, 4},
        {"in a list in a mapping", L("p:\n  - 'q'\n  - x\nr: >-\n   ab\n   cd\n"), "ab cd", 4, 6,
         5},
        {"a folded block", L("p: >\n  ab\n  cd\n"), "ab cd\n", 3, 3, 3},
        {"with an empty line", L("p: >\n  ab\n\n  cd\n"), "ab\ncd\n", 3, 4, 3},
        {"with a deeper line, which is not folded", L("p: >\n  ab\n    cd\n  ef\n"),
         "ab\n  cd\nef\n", 8, 4, 3},
        {"a block that keeps its end", L("p: |+\n  ab\n\n\n"), "ab\n\n\n", 1, 2, 4},
        {"a block over CRLF", L("p: |\r\n  ab\r\n  cd\r\n"), "ab\ncd\n", 4, 3, 4},
        {"a line end of Unicode in a block", L("p: |\n  \xC2\x85\n   ab\n"), "\n\nab\n", 3, 3, 5},
        {"behind an anchor", L("p: &x 'a(b'\n"), "a(b", 1, 1, 9},
        {"through an alias", L("a: &x 'a(b'\np: *x\n"), "a(b", 1, 1, 9},
        {"behind a byte order mark",
         L("\xEF\xBB\xBF"
           "p: 'a(b'\n"),
         "a(b", 1, 1, 6},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        struct run *r = parse(T[i].text);
        CHECK(T[i].row, r->root && r->root->n > 0);
        const struct mop_node *n = r->root->item[r->root->n - 1];
        check_text(T[i].row, n->text, mop_sv_of(T[i].value));
        struct mop_loc at = mop_node_place(n, T[i].text, T[i].offset);
        if (at.line != T[i].line || at.col != T[i].col)
            fail_msg("%s: %u:%u", T[i].row, (unsigned)at.line, (unsigned)at.col);
        release(r);
    }
}

static void place_of_key(void **state)
{
    (void)state;
    struct run *r = parse(MOP_SV("a: &x foo\n*x : 1\nb: []\n"));
    struct mop_loc at = mop_node_place(r->root->key[1], r->text, 2);
    assert_true(at.line == 2 && at.col == 1); /* an alias has no bytes of the text */
    at = mop_node_place(r->root->item[2], r->text, 1);
    assert_true(at.line == 3 && at.col == 4); /* nor has a list */
    at = mop_node_place(r->root->item[2], MOP_SV(""), 1);
    assert_true(at.line == 3 && at.col == 4); /* another text than it was read from */
    release(r);
}

/* Limits. */

static void repeat(struct mop_buf *b, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mop_buf_str(b, s);
}

/* The first fault's id, "" for none. */
static void check_first(const char *row, struct mop_buf *b, const char *id, uint32_t line,
                        uint32_t col)
{
    struct run *r = parse(mop_buf_view(b));
    const struct mop_diag *g = r->diags.n ? &r->diags.list[0] : NULL;
    check_text(row, g ? mop_sv_of(g->id) : MOP_SV(""), mop_sv_of(id));
    if (g && (g->at.line != line || g->at.col != col))
        fail_msg("%s: %u:%u", row, (unsigned)g->at.line, (unsigned)g->at.col);
    CHECK(row, r->diags.n < 2);
    release(r);
    mop_buf_release(b);
    mop_buf_init(b, 16 << 20);
}

static void depth(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    repeat(&b, "[", 64);
    repeat(&b, "]", 64);
    check_first("64 levels", &b, "", 0, 0);
    repeat(&b, "[", 65);
    repeat(&b, "]", 65);
    check_first("65 levels", &b, "yaml-depth", 1, 65);
    repeat(&b, "- ", 100000);
    check_first("a hundred thousand levels", &b, "yaml-depth", 1, 129);
    mop_buf_str(&b, "a: &x ");
    repeat(&b, "[", 30);
    repeat(&b, "]", 30);
    mop_buf_str(&b, "\nb: ");
    repeat(&b, "[", 33);
    mop_buf_str(&b, "*x");
    repeat(&b, "]", 33);
    check_first("64 levels by way of an alias", &b, "", 0, 0);
    mop_buf_str(&b, "a: &x ");
    repeat(&b, "[", 30);
    repeat(&b, "]", 30);
    mop_buf_str(&b, "\nb: ");
    repeat(&b, "[", 34);
    mop_buf_str(&b, "*x");
    repeat(&b, "]", 34);
    check_first("65 levels by way of an alias", &b, "yaml-depth", 2, 38);
    mop_buf_release(&b);
}

static void nodes(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    mop_buf_str(&b, "[");
    repeat(&b, "a,", 199999);
    mop_buf_str(&b, "]");
    check_first("200,000 nodes", &b, "", 0, 0);
    mop_buf_str(&b, "[");
    repeat(&b, "a,", 200000);
    mop_buf_str(&b, "]");
    check_first("one more", &b, "yaml-nodes", 1, 2 * 199999 + 2);
    mop_buf_str(&b, "a: &a [x,x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c <= 'z'; c++) {
        mop_buf_printf(&b, "%c: &%c [", c, c);
        for (int i = 0; i < 10; i++)
            mop_buf_printf(&b, "*%c,", c - 1);
        mop_buf_str(&b, "]\n");
    }
    check_first("a billion laughs", &b, "yaml-nodes", 6, 8);
    mop_buf_release(&b);
}

static void sizes(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    repeat(&b, "#234567\n", 1 << 20);
    check_first("8 MiB", &b, "", 0, 0);
    repeat(&b, "#234567\n", 1 << 20);
    mop_buf_str(&b, "x");
    check_first("one byte more", &b, "yaml-size", (1 << 20) + 1, 1);
    mop_buf_str(&b, "x: '");
    repeat(&b, "\n", 4000000);
    mop_buf_str(&b, "'");
    check_first("four million empty lines in a quote", &b, "", 0, 0);
    mop_buf_release(&b);
}

static void many_faults(void **state)
{
    (void)state;
    struct mop_buf b;
    mop_buf_init(&b, 16 << 20);
    repeat(&b, "k: v\n", 50000);
    struct run *r = parse(mop_buf_view(&b));
    assert_int_equal(r->diags.faults, 200);
    assert_int_equal(r->diags.n, 201); /* and a note that this is not all */
    release(r);
    repeat(&b, "\xFF\n", 100);
    r = parse(mop_buf_view(&b));
    assert_int_equal(r->diags.faults, 20);
    release(r);
    mop_buf_release(&b);
}

/* Files. */

static void check_unreadable(const char *row, const char *path, const char *msg)
{
    struct mop_arena a;
    struct mop_diags d;
    mop_arena_init(&a);
    mop_diags_init(&d);
    CHECK(row, !mop_yaml_load(&a, path, &d));
    CHECK(row, d.n == 1 && d.faults == 1);
    check_text(row, d.list[0].msg, mop_sv_of(msg));
    mop_diags_release(&d);
    mop_arena_release(&a);
}

static void files(void **state)
{
    (void)state;
    check_unreadable("missing", "/nonexistent/r.yaml",
                     "cannot open '/nonexistent/r.yaml': No such file or directory");
    check_unreadable("a folder", "/", "cannot read '/': Is a directory");
    check_unreadable("standard input", "-", "standard input is not read for rules and settings");
    check_unreadable("endless", "/dev/zero", "larger than 8 MiB");
}

static void load(void **state)
{
    (void)state;
    char path[] = "/tmp/mopslint-unit-XXXXXX";
    struct mop_arena a;
    struct mop_diags d;
    int fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd,
                                 "\xEF\xBB\xBF"
                                 "a: {b: c}\n",
                                 13) == 13);
    close(fd);
    mop_arena_init(&a);
    mop_diags_init(&d);
    const struct mop_node *root = mop_yaml_load(&a, path, &d), *in = mop_node_get(root, "a");
    unlink(path);
    assert_string_equal(root->at.file, path);
    assert_int_equal(d.nfiles, 1);
    check_text("the text told has no byte order mark", d.files[0].text, MOP_SV("a: {b: c}\n"));
    check_text("look-up", mop_node_get(in, "b")->text, MOP_SV("c"));
    assert_null(mop_node_get(root, "b"));
    assert_null(mop_node_get(mop_node_get(in, "b"), "b")); /* of a scalar */
    assert_null(mop_node_get(NULL, "b"));
    assert_int_equal(mop_node_index(root, MOP_SV("a")), 0);
    assert_int_equal(mop_node_index(root, MOP_SV("A")), -1);
    mop_diags_release(&d);
    mop_arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees),       cmocka_unit_test(faults), cmocka_unit_test(words),
        cmocka_unit_test(positions),   cmocka_unit_test(places), cmocka_unit_test(place_of_key),
        cmocka_unit_test(depth),       cmocka_unit_test(nodes),  cmocka_unit_test(sizes),
        cmocka_unit_test(many_faults), cmocka_unit_test(files),  cmocka_unit_test(load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
