/* SPDX-License-Identifier: MIT */
#include "yaml_parse.h"
#include "mem.h"
#include "utf8.h"
#include <string.h>

/* What is wrong with a YAML text as text: its bytes, and libyaml's syntax errors in words of ours.
 */

struct mop_diag *mop_yaml_fault(struct mop_yaml *y, const char *id, size_t offset, size_t span,
                                const char *fmt, ...)
{
    char msg[512];
    va_list ap;
    va_start(ap, fmt);
    mop_text_format(msg, sizeof msg, fmt, ap);
    va_end(ap);
    struct mop_loc at = mop_lines_loc(&y->lines, y->file, offset);
    if (++y->faults > MOP_YAML_FAULTS) {
        if (!y->stop)
            mop_diag(y->diags, MOP_NOTE, "yaml-many", (struct mop_loc){y->file, 0, 0}, 1,
                     "only %d of its faults are shown", MOP_YAML_FAULTS);
        y->stop = true;
        return &y->unshown;
    }
    return mop_diag(y->diags, MOP_FAULT, id, at, (uint32_t)span, "%s", msg);
}

/* Marks come nearly in order, so walking from the last one is cheap. */
size_t mop_yaml_offset(struct mop_yaml *y, yaml_mark_t mark)
{
    const char *p = y->text.p;
    while (y->chars < mark.index && y->bytes < y->text.n) {
        y->bytes++;
        while (y->bytes < y->text.n && ((unsigned char)p[y->bytes] & 0xC0) == 0x80)
            y->bytes++;
        y->chars++;
    }
    while (y->chars > mark.index) {
        y->bytes--;
        while (((unsigned char)p[y->bytes] & 0xC0) == 0x80)
            y->bytes--;
        y->chars--;
    }
    return y->bytes;
}

void mop_yaml_no_memory(void)
{
    mop_mem_exhausted();
}

/* Bytes. */

/* What libyaml's reader takes for printable, less NUL; told here because it would stop at the
 * first. */
static bool printable(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || c == 0x85 || (c >= 0x20 && c < 0x7F) ||
           (c >= 0xA0 && c <= 0xFFFD && c != 0xFEFF) || c >= 0x10000;
}

/* Offset of the first character YAML refuses in well-formed text, or its end. */
static size_t find_control(struct mop_sv s, uint32_t *c)
{
    for (size_t i = 0; i < s.n;) {
        size_t at = i;
        *c = mop_utf8_next(s, &i);
        if (!printable(*c))
            return at;
    }
    return s.n;
}

/* By its byte order mark. */
static bool is_wide(struct mop_sv s)
{
    return mop_sv_starts(s, MOP_SV("\xFF\xFE")) || mop_sv_starts(s, MOP_SV("\xFE\xFF")) ||
           mop_sv_starts(s, MOP_SV("\0\0\xFE\xFF"));
}

static void tell_wide(struct mop_yaml *y)
{
    bool four = mop_sv_starts(y->text, MOP_SV("\xFF\xFE\0\0")) || y->text.p[0] == '\0';
    struct mop_diag *g =
        mop_yaml_fault(y, "yaml-utf8", 0, 2, "a file in UTF-%s", four ? "32" : "16");
    mop_diag_hint(y->diags, g, "save it as UTF-8");
}

static void tell_bad_utf8(struct mop_yaml *y, size_t at)
{
    unsigned byte = (unsigned char)y->text.p[at];
    if (at == 0 && is_wide(y->text)) {
        tell_wide(y);
        return;
    }
    struct mop_diag *g = mop_yaml_fault(y, "yaml-utf8", at, 1, "byte 0x%02X is not UTF-8", byte);
    mop_diag_hint(y->diags, g, "save the file as UTF-8");
}

static void tell_control(struct mop_yaml *y, size_t at, uint32_t c)
{
    struct mop_diag *g =
        c ? mop_yaml_fault(y, "yaml-control", at, 1, "control character U+%04X", (unsigned)c)
          : mop_yaml_fault(y, "yaml-nul", at, 1, "a NUL byte");
    mop_diag_hint(y->diags, g,
                  c ? "in double quotes it can be written as an escape" : "is this a text file?");
}

/* At most one fault in a line; true when there was one. */
static bool check_line(struct mop_yaml *y, size_t line)
{
    uint32_t c = 0;
    size_t start = y->lines.start[line - 1];
    struct mop_sv s = mop_lines_get(&y->lines, line);
    size_t good = mop_utf8_check(s), at = find_control(mop_sv_sub(s, 0, good), &c);
    if (at < good)
        tell_control(y, start + at, c);
    else if (good < s.n)
        tell_bad_utf8(y, start + good);
    return at < good || good < s.n;
}

/* Of a file that is no text, or UTF-16 or 32, one fault says it all: a NUL byte near its start, as
 * git decides. */
static bool tell_binary(struct mop_yaml *y)
{
    enum { START = 8000 };
    size_t n = y->text.n < START ? y->text.n : START;
    const char *nul = n ? memchr(y->text.p, '\0', n) : NULL;
    if (!nul)
        return false;
    if (is_wide(y->text))
        tell_wide(y);
    else
        tell_control(y, (size_t)(nul - y->text.p), 0);
    return true;
}

bool mop_yaml_check_bytes(struct mop_yaml *y)
{
    enum { ENOUGH = 20 }; /* a file in another encoding is wrong in every line */
    if (y->text.n > MOP_YAML_BYTES) {
        struct mop_diag *g = mop_yaml_fault(y, "yaml-size", MOP_YAML_BYTES, 1, "larger than 8 MiB");
        mop_diag_hint(y->diags, g, "put long lists into a vocabulary file");
        return false;
    }
    if (tell_binary(y))
        return false;
    size_t faults = 0;
    for (size_t line = 1; line <= y->lines.n && faults < ENOUGH; line++)
        faults += check_line(y, line);
    return faults == 0;
}

/* Syntax. */

/* libyaml's words and ours. `begin`: the marker belongs where the thing began, not where it was
 * missed. */
static const struct problem {
    const char *problem, *msg, *hint;
    bool begin;
} problems[] = {
    {"could not find expected ':'", "a line without ': '",
     "write 'key: value'; a text over several lines needs quotes or '|'", true},
    {"block sequence entries are not allowed in this context",
     "a list item '- ' where none can stand",
     "put it on a line of its own, indented like its siblings", false},
    {"mapping keys are not allowed in this context", "a key where none can stand",
     "check the indentation", false},
    {"mapping values are not allowed in this context", "a ': ' where none can stand",
     "a text with ': ' in it needs quotes; else check the indentation", false},
    {"did not find expected alphabetic or numeric character", "an anchor or alias without a name",
     "a text that begins with '&' or '*' needs quotes", true},
    {"found unexpected end of stream", "a quote that is never closed", NULL, true},
    {"found unexpected document indicator", "a quote that is not closed before the document's end",
     NULL, true},
    {"found unknown escape character", "an unknown escape in double quotes",
     "write '\\\\' for a backslash, or put the text in single quotes", false},
    {"did not find expected hexdecimal number", "an escape without its hexadecimal digits", NULL,
     false},
    {"found invalid Unicode character escape code", "an escape that is no character",
     "write the character itself; halves of a surrogate pair are none", false},
    {"did not find expected comment or line break", "text beside '|' or '>'",
     "begin it on the next line", false},
    {"did not find expected <document start>", "text after the end of the document",
     "check the indentation", false},
    {"did not find expected node content", "a value is missing", NULL, false},
    {"did not find expected '-' indicator", "a line that is no item of the list",
     "check the indentation", false},
    {"did not find expected key", "a line that is no key of the mapping",
     "check the indentation and the quotes", false},
    {"did not find expected ',' or ']'", "a ',' or ']' is missing", NULL, false},
    {"did not find expected ',' or '}'", "a ',' or '}' is missing", NULL, false},
};

static const struct problem *find_problem(const char *problem)
{
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        if (strcmp(problems[i].problem, problem) == 0)
            return &problems[i];
    return NULL;
}

static const struct context {
    const char *context, *name;
} contexts[] = {
    {"while parsing a block mapping", "mapping"},
    {"while parsing a block collection", "list"},
    {"while parsing a flow mapping", "'{'"},
    {"while parsing a flow sequence", "'['"},
};

/* "the list begins on line 3", where that is another line. */
static void hint_context(struct mop_yaml *y, struct mop_diag *g, const char *hint)
{
    const yaml_parser_t *p = &y->parser;
    const char *name = NULL;
    for (size_t i = 0; p->context && i < sizeof contexts / sizeof *contexts; i++)
        if (strcmp(contexts[i].context, p->context) == 0)
            name = contexts[i].name;
    uint32_t line = mop_lines_loc(&y->lines, y->file, mop_yaml_offset(y, p->context_mark)).line;
    if (name && line != g->at.line)
        mop_diag_hint(y->diags, g, "%s%sthe %s begins on line %u", hint ? hint : "",
                      hint ? "; " : "", name, (unsigned)line);
    else if (hint)
        mop_diag_hint(y->diags, g, "%s", hint);
}

/* A tab, or one of @ ` % at the start of a value. */
static bool tell_character(struct mop_yaml *y, size_t at)
{
    const char *problem = y->parser.problem;
    bool start = strcmp(problem, "found character that cannot start any token") == 0;
    char c = at < y->text.n ? y->text.p[at] : '\0';
    if ((start && c == '\t') || strncmp(problem, "found a tab character", 21) == 0) {
        struct mop_diag *g = mop_yaml_fault(y, "yaml-tab", at, 1, "a tab where blanks must be");
        mop_diag_hint(y->diags, g, "YAML is indented with blanks only: replace the tab by blanks");
    } else if (start && c) {
        struct mop_diag *g =
            mop_yaml_fault(y, "yaml-syntax", at, 1, "a value that begins with '%c'", c);
        mop_diag_hint(y->diags, g, "put it in quotes");
    } else {
        return false;
    }
    return true;
}

static bool is_behind_key(struct mop_sv s, size_t i)
{
    return i == s.n || strchr(" \t\r\n", s.p[i]);
}

/* YAML takes a text of more than 1,024 characters for no key, and misses what it would be instead.
 */
static bool tell_long_key(struct mop_yaml *y, const struct problem *known, size_t at)
{
    enum { LONGEST = 1024 };
    struct mop_sv s = y->text;
    size_t from = at, to = at;
    if (known && known->begin) /* at its beginning */
        while (to < s.n && s.p[to] != '\n' && (s.p[to] != ':' || !is_behind_key(s, to + 1)))
            to++;
    else if (at < s.n && s.p[at] == ':') /* in { }: behind it */
        while (from > 0 && !strchr("{,\n", s.p[from - 1]))
            from--;
    while (from < to && s.p[from] == ' ')
        from++;
    if (to - from <= LONGEST || to == s.n || s.p[to] != ':')
        return false;
    struct mop_diag *g =
        mop_yaml_fault(y, "yaml-syntax", from, 1, "a key of more than 1,024 characters");
    mop_diag_hint(y->diags, g,
                  "YAML has none so long: take a shorter name, or close the quote before");
    return true;
}

void mop_yaml_syntax(struct mop_yaml *y)
{
    yaml_parser_t *p = &y->parser;
    if (p->error == YAML_MEMORY_ERROR)
        mop_yaml_no_memory();
    if (!p->problem)
        p->problem = "not YAML";
    size_t at =
        p->error == YAML_READER_ERROR ? p->problem_offset : mop_yaml_offset(y, p->problem_mark);
    if (tell_character(y, at))
        return;
    const struct problem *known = find_problem(p->problem);
    if (known && known->begin && p->context)
        at = mop_yaml_offset(y, p->context_mark);
    if (tell_long_key(y, known, at))
        return;
    struct mop_diag *g =
        mop_yaml_fault(y, "yaml-syntax", at, 1, "%s", known ? known->msg : p->problem);
    hint_context(y, g, known ? known->hint : NULL);
}
