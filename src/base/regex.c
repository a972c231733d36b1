/* SPDX-License-Identifier: MIT */
#include "regex_parts.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * What decides is the interpreter under MOP_MATCH_LIMIT, on every machine. JIT is faster but counts
 * otherwise: rarer, and not at all where it scans for the next character. So JIT gets a smaller
 * limit (screen_limit) within which the interpreter would surely decide as well, and an answer of
 * JIT beyond it, or one about its stack, is thrown away and the interpreter asked.
 *
 * PCRE2 counts anew from each place where a match may start. A value made of runs that stay just
 * below the limit would keep it busy for a minute, so where many places may start, they share
 * TOTAL_LIMIT.
 *
 * There is no heap limit: memory is bounded by MOP_MATCH_LIMIT, the subject and GROUP_LIMIT, so
 * that no second figure decides.
 */
#define TOTAL_LIMIT 100000000
#define SUBJECT_LIMIT ((size_t)64 * 1024)
#define PATTERN_LIMIT ((size_t)64 * 1024)
#define GROUP_LIMIT 250
#define JIT_STACK_START ((size_t)32 * 1024)
#define JIT_STACK_MAX ((size_t)1024 * 1024)

static void *take(size_t n, void *unused)
{
    (void)unused;
    return mop_realloc(NULL, n, 1);
}

static void give(void *p, void *unused)
{
    (void)unused;
    free(p);
}

/* PCRE2's own objects come from our allocator, so NULL means nothing but "out of memory". */
static void *need(void *p)
{
    if (!p)
        mop_mem_exhausted();
    return p;
}

static void refuse(struct mop_regex_error *e, size_t offset, const char *msg)
{
    e->offset = offset;
    snprintf(e->msg, sizeof e->msg, "%s", msg);
}

static void refuse_code(struct mop_regex_error *e, size_t offset, int code)
{
    e->offset = offset;
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)e->msg, sizeof e->msg) < 0 && !*e->msg)
        snprintf(e->msg, sizeof e->msg, "error %d of PCRE2", code);
}

/* (*UTF), (*LIMIT_MATCH=...) and their like would undo what is set here; (*atomic:...) is a group.
 */
static bool opens_with_verb(struct mop_sv pattern)
{
    return mop_sv_starts(pattern, MOP_SV("(*")) &&
           !(pattern.n > 2 && pattern.p[2] >= 'a' && pattern.p[2] <= 'z');
}

/* ---- callouts: asked of the compiled pattern, which knows classes, quotes and comments ---- */

struct callout_search {
    struct mop_sv pattern;
    size_t offset;
};

/* PCRE2 tells where the callout's string starts, or else what follows the callout. */
static int note_callout(pcre2_callout_enumerate_block *block, void *data)
{
    struct callout_search *s = data;
    size_t at = block->callout_string ? block->callout_string_offset : block->pattern_position;
    for (at--; at > 0 && !mop_sv_starts(mop_sv_sub(s->pattern, at, s->pattern.n), MOP_SV("(?C"));
         at--)
        ;
    s->offset = at;
    return 1;
}

static bool has_callout(const struct mop_regex *r, struct mop_sv pattern, size_t *offset)
{
    struct callout_search s = {.pattern = pattern};
    bool found = pcre2_callout_enumerate(r->code, note_callout, &s) == 1;
    *offset = s.offset;
    return found;
}

/* ---- compiling ---- */

/* Newlines as LF whatever the library was built with. */
static pcre2_compile_context *compile_context(void)
{
    pcre2_general_context *memory = need(pcre2_general_context_create(take, give, NULL));
    pcre2_compile_context *c = need(pcre2_compile_context_create(memory));
    pcre2_set_newline(c, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(c, PCRE2_BSR_UNICODE);
    pcre2_set_max_pattern_length(c, PATTERN_LIMIT);
    pcre2_general_context_free(memory);
    return c;
}

static uint32_t pcre_options(unsigned flags)
{
    uint32_t o = PCRE2_UTF | PCRE2_NEVER_UCP | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    if (flags & MOP_RX_WHOLE)
        o |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
    if (flags & MOP_RX_NOCASE)
        o |= PCRE2_CASELESS;
    return o;
}

/* PCRE2 points behind some items; what is meant begins with this character, or behind it. */
static const struct {
    int code;
    char opens;
    bool behind;
} ITEMS[] = {
    {PCRE2_ERROR_END_BACKSLASH, '\\', false},
    {PCRE2_ERROR_END_BACKSLASH_C, '\\', false},
    {PCRE2_ERROR_UNKNOWN_UNICODE_PROPERTY, '\\', false},
    {PCRE2_ERROR_MALFORMED_UNICODE_PROPERTY, '\\', false},
    {PCRE2_ERROR_UNSUPPORTED_ESCAPE_SEQUENCE, '\\', false},
    {PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED, '\\', false},
    {PCRE2_ERROR_DUPLICATE_SUBPATTERN_NAME, '?', true},
};

static size_t place_of(struct mop_sv pattern, size_t offset, int code)
{
    size_t at = offset = offset < pattern.n ? offset : pattern.n;
    for (size_t i = 0; pattern.p && i < sizeof ITEMS / sizeof *ITEMS; i++) {
        if (ITEMS[i].code != code)
            continue;
        while (at > 0 && pattern.p[at - 1] != ITEMS[i].opens)
            at--;
        if (!at)
            return offset;
        if (!ITEMS[i].behind)
            return at - 1;
        at += pattern.p[at] == 'P'; /* (?P<name> (?<name> (?'name' */
        return at + 1 < pattern.n ? at + 1 : offset;
    }
    return offset;
}

static pcre2_code *compile(struct mop_sv pattern, uint32_t options, struct mop_regex_error *e)
{
    int code;
    PCRE2_SIZE offset;
    pcre2_compile_context *c = compile_context();
    pcre2_code *out = pcre2_compile((PCRE2_SPTR)(pattern.p ? pattern.p : ""), pattern.n, options,
                                    &code, &offset, c);
    pcre2_compile_context_free(c);
    if (!out)
        refuse_code(e, place_of(pattern, offset, code), code);
    return out;
}

/* How many groups are repeated; rather too many, as classes and quotes are not looked for. */
static size_t count_loops(struct mop_sv pattern)
{
    size_t loops = 0;
    for (size_t i = 0; i < pattern.n; i++) {
        if (pattern.p[i] != ')')
            continue;
        struct mop_sv rest = mop_sv_trim(mop_sv_sub(pattern, i + 1, pattern.n));
        loops += rest.n && memchr("*+{#", rest.p[0], 4); /* # and blanks: (?x) */
    }
    return loops;
}

/* Calls of groups as subroutines; again rather too often. */
static bool recurses(struct mop_sv pattern)
{
    static const char *const CALLS[] = {"(?R", "(?&", "(?P>", "(?+", "(?-", "\\g", "(?0", "(?1",
                                        "(?2", "(?3", "(?4",  "(?5", "(?6", "(?7", "(?8", "(?9"};
    for (size_t i = 0; i < pattern.n; i++)
        for (size_t k = 0; k < sizeof CALLS / sizeof *CALLS; k++)
            if (mop_sv_starts(mop_sv_sub(pattern, i, pattern.n), mop_sv_of(CALLS[k])))
                return true;
    return false;
}

/* By option or because every branch opens with an anchor. */
static bool is_anchored(const pcre2_code *code)
{
    uint32_t options = 0;
    pcre2_pattern_info(code, PCRE2_INFO_ALLOPTIONS, &options);
    return options & PCRE2_ANCHORED;
}

static bool starts_lines(const pcre2_code *code)
{
    uint32_t type = 0;
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &type);
    return type == 2;
}

/* What PCRE2 lets through and we do not. */
static bool admitted(const struct mop_regex *r, struct mop_sv pattern, struct mop_regex_error *e)
{
    size_t offset;
    if (has_callout(r, pattern, &offset)) {
        refuse(e, offset, "callouts are not allowed");
        return false;
    }
    if (r->groups > GROUP_LIMIT) {
        refuse(e, 0, "more than 250 capture groups; write (?:...) where nothing is captured");
        return false;
    }
    return true;
}

/*
 * JIT's own way of finding where a match may start is wrong for some patterns: (1|)b*1 is not found
 * in "1" (PCRE2 issue 336, up to 10.42). Without it, it tries every place, as the interpreter does.
 * NULL where memory must not be executable, say: the interpreter gives the same answers.
 */
static pcre2_code *compile_fast(const struct mop_regex *r, struct mop_sv pattern, uint32_t options)
{
    struct mop_regex_error none;
    pcre2_code *fast =
        r->anchored ? r->code : need(compile(pattern, options | PCRE2_NO_START_OPTIMIZE, &none));
    if (pcre2_jit_compile(fast, PCRE2_JIT_COMPLETE) == 0)
        return fast;
    if (fast != r->code)
        pcre2_code_free(fast);
    return NULL;
}

struct mop_regex *mop_regex_compile(struct mop_sv pattern, unsigned flags,
                                    struct mop_regex_error *e)
{
    if (opens_with_verb(pattern)) {
        refuse(e, 0, "a pattern must not open with a (*VERB)");
        return NULL;
    }
    pcre2_code *code = compile(pattern, pcre_options(flags), e);
    if (!code)
        return NULL;
    struct mop_regex *r = mop_alloc(sizeof *r);
    r->code = code;
    r->pattern_length = pattern.n;
    r->loops = count_loops(pattern);
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &r->groups);
    r->anchored = is_anchored(code);
    r->line_starts = starts_lines(code);
    if (!admitted(r, pattern, e)) {
        mop_regex_free(r);
        return NULL;
    }
    if (!(flags & MOP_RX_PLAIN) && !recurses(pattern))
        r->fast = compile_fast(r, pattern, pcre_options(flags));
    return r;
}

void mop_regex_free(struct mop_regex *r)
{
    if (r && r->fast != r->code)
        pcre2_code_free(r->fast);
    if (r)
        pcre2_code_free(r->code);
    free(r);
}

unsigned mop_regex_groups(const struct mop_regex *r)
{
    return r->groups;
}

/* Of the library that runs, which need not be the one whose header was compiled in. */
const char *mop_regex_version(void)
{
    static _Thread_local char version[64];
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    version[strcspn(version, " ")] = '\0';
    return version;
}

/* ---- matching ---- */

struct mop_match *mop_match_create(void)
{
    struct mop_match *m = mop_alloc(sizeof *m);
    m->memory = need(pcre2_general_context_create(take, give, NULL));
    m->context = need(pcre2_match_context_create(m->memory));
    m->data = need(pcre2_match_data_create(16, m->memory));
    m->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, m->memory);
    pcre2_jit_stack_assign(m->context, NULL, m->stack);
    pcre2_set_depth_limit(m->context, MOP_MATCH_LIMIT);
    return m;
}

void mop_match_free(struct mop_match *m)
{
    if (!m)
        return;
    pcre2_jit_stack_free(m->stack);
    pcre2_match_data_free(m->data);
    pcre2_match_context_free(m->context);
    pcre2_general_context_free(m->memory);
    free(m);
}

/* With fewer pairs than groups PCRE2 would leave the last groups out. */
static void make_room(struct mop_match *m, uint32_t groups)
{
    if (pcre2_get_ovector_count(m->data) > groups)
        return;
    pcre2_match_data_free(m->data);
    m->data = need(pcre2_match_data_create(groups + 1, m->memory));
}

void mop_regex_begin(const struct mop_regex *r, struct mop_match *m, struct mop_sv subject)
{
    make_room(m, r->groups);
    m->matched = false;
    m->subject = subject;
    m->groups = r->groups;
}

int mop_regex_run(const struct mop_regex *r, struct mop_match *m, size_t from, uint32_t limit,
                  uint32_t options)
{
    struct mop_sv s = m->subject;
    pcre2_set_match_limit(m->context, limit);
    const pcre2_code *code = options & PCRE2_NO_JIT || !r->fast ? r->code : r->fast;
    return pcre2_match(code, (PCRE2_SPTR)(s.p ? s.p : ""), s.n, from, options | PCRE2_NO_UTF_CHECK,
                       m->data, m->context);
}

uint32_t mop_regex_limit(const struct mop_regex *r, struct mop_sv subject)
{
    size_t share = r->anchored ? MOP_MATCH_LIMIT : TOTAL_LIMIT / (subject.n + 1);
    return share < MOP_MATCH_LIMIT ? (uint32_t)share : MOP_MATCH_LIMIT;
}

/*
 * Between two counts of JIT each item of the pattern may have walked over the whole subject, once
 * per turn of each repeated group around it, and the interpreter counts every step of that. 0: no
 * use in asking JIT.
 */
static uint32_t screen_limit(const struct mop_regex *r, uint32_t limit, struct mop_sv subject)
{
    uint64_t left = r->fast ? limit / (r->pattern_length + 1) : 0;
    for (size_t i = 0; left && i <= r->loops; i++)
        left /= subject.n + 1;
    return (uint32_t)left;
}

/* An answer of PCRE2, by JIT only if it is sure. */
static int match(const struct mop_regex *r, struct mop_match *m)
{
    uint32_t limit = mop_regex_limit(r, m->subject), screen = screen_limit(r, limit, m->subject);
    int rc = screen ? mop_regex_run(r, m, 0, screen, 0) : PCRE2_ERROR_MATCHLIMIT;
    if (rc >= 0 || rc == PCRE2_ERROR_NOMATCH)
        return rc;
    return mop_regex_run(r, m, 0, limit, PCRE2_NO_JIT);
}

static enum mop_regex_result match_within_limits(const struct mop_regex *r, struct mop_match *m,
                                                 struct mop_sv subject)
{
    m->matched = false;
    if (subject.n > SUBJECT_LIMIT)
        return MOP_RX_LIMIT;
    mop_regex_begin(r, m, subject);
    int rc = match(r, m);
    m->matched = rc >= 0;
    if (rc >= 0)
        return MOP_RX_YES;
    return rc == PCRE2_ERROR_NOMATCH ? MOP_RX_NO : MOP_RX_LIMIT;
}

enum mop_regex_result mop_regex_match(const struct mop_regex *r, struct mop_match *m,
                                      struct mop_sv subject)
{
    enum mop_regex_result result = match_within_limits(r, m, subject);
    m->limits += result == MOP_RX_LIMIT;
    return result;
}

uint64_t mop_match_limits(const struct mop_match *m)
{
    return m->limits;
}

struct mop_sv mop_match_group(const struct mop_match *m, unsigned g)
{
    if (!m->matched || g > m->groups)
        return MOP_SV_NONE;
    const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(m->data) + (size_t)g * 2;
    if (pair[0] == PCRE2_UNSET || pair[0] > pair[1])
        return MOP_SV_NONE;
    return mop_sv_sub(m->subject.p ? m->subject : MOP_SV(""), pair[0], pair[1]);
}
