/* SPDX-License-Identifier: MIT */
#include "report/problems_parts.h"
#include "base/civil.h"
#include "base/map.h"
#include <stdlib.h>

/*
 * JUnit XML in what Jenkins, GitLab and Ant have in common: one test case per rule, never per
 * record, and one of the run itself, so that no platform calls the file empty. A rule fails by a
 * problem of the level that fails the run; what is below, and all of a run that passes, stands in
 * system-out.
 */
enum { LINES_MAX = 50, BYTES_MAX = 20 << 20 };

enum state { PASSED, FAILED, ERROR, SKIPPED, STATES };

struct junit {
    const struct mop_problems *p;
    struct mop_out *out;
    struct mop_arena arena; /* of the piece at hand */
    struct mop_map names;   /* classname and name -> how often: GitLab drops equal ones */
    struct mop_arena kept;  /* of the keys */
    size_t *first, *next;   /* a rule's problems as a list; SIZE_MAX ends it */
    size_t bytes;           /* of texts so far */
};

/* ---- escaping ---- */

/* What XML 1.0 has no way to hold is escaped for eyes already: mop_problem_shown. `>` too, so that
 * no `]]>` is left; line ends in attributes, which would become blanks. */
static void add_xml(struct mop_out *out, struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        const char *entity = s.p[i] == '\'' ? NULL : mop_out_entity(s.p[i]); /* quotes are double */
        if (entity)
            mop_out_str(out, entity);
        else
            mop_out_chr(out, s.p[i]);
    }
}

static void add_shown(struct junit *j, struct mop_sv text, size_t max)
{
    add_xml(j->out, mop_problem_shown(&j->arena, text, max));
}

static void add_attribute(struct junit *j, const char *name, struct mop_sv text)
{
    mop_out_chr(j->out, ' ');
    mop_out_str(j->out, name);
    mop_out_str(j->out, "=\"");
    add_shown(j, mop_sv_trim(text), 1000);
    mop_out_chr(j->out, '"');
}

static void add_number(struct junit *j, const char *name, size_t n)
{
    add_attribute(j, name, mop_arena_printf(&j->arena, "%zu", n));
}

/* ---- a rule's state ---- */

static void index_problems(struct junit *j)
{
    const struct mop_problems *p = j->p;
    j->first = mop_calloc(p->nrules + 1, sizeof *j->first);
    j->next = mop_calloc(p->n + 1, sizeof *j->next);
    for (size_t i = 0; i < p->nrules; i++)
        j->first[i] = SIZE_MAX;
    for (size_t i = p->n; i-- > 0;) {
        j->next[i] = j->first[p->list[i].rule];
        j->first[p->list[i].rule] = i;
    }
}

static bool decides(const struct junit *j, size_t i)
{
    const struct mop_problem *x = &j->p->list[i];
    return mop_problem_stands(x) && x->level >= j->p->fail_on && j->p->exit;
}

static bool fails(const struct junit *j, size_t i)
{
    return decides(j, i) && !j->p->list[i].undecided;
}

/* The first of a rule's problems that could not be told, and decides; SIZE_MAX: none. */
static size_t undecided(const struct junit *j, size_t rule)
{
    size_t i = j->first[rule];
    while (i != SIZE_MAX && !(decides(j, i) && j->p->list[i].undecided))
        i = j->next[i];
    return i;
}

static size_t failures(const struct junit *j, size_t rule)
{
    size_t n = 0;
    for (size_t i = j->first[rule]; i != SIZE_MAX; i = j->next[i])
        n += fails(j, i);
    return n;
}

static enum state state_of(const struct junit *j, size_t rule)
{
    const struct mop_problem_rule *r = &j->p->rules[rule];
    if (failures(j, rule))
        return FAILED;
    if (undecided(j, rule) != SIZE_MAX)
        return ERROR;
    return r->skipped.n ? SKIPPED : PASSED;
}

/* ---- test cases ---- */

/* Of what fails no test, the test case does not say what kind it is. */
static void add_line(struct junit *j, const struct mop_problem *x, bool failing)
{
    if (x->at.file) {
        add_xml(j->out, mop_problem_shown(&j->arena, mop_sv_of(x->at.file), SIZE_MAX));
        if (x->at.line)
            mop_out_sv(j->out, mop_arena_printf(&j->arena, ":%u", x->at.line));
        if (x->at.line && x->at.col)
            mop_out_sv(j->out, mop_arena_printf(&j->arena, ":%u", x->at.col));
        mop_out_str(j->out, ": ");
    }
    struct mop_sv body = mop_problem_body(&j->arena, x);
    size_t message = failing ? 0 : mop_problem_message(&j->arena, x).n;
    if (!failing) {
        mop_out_str(j->out, mop_problem_levels[x->level]);
        mop_out_str(j->out, ": ");
        add_xml(j->out, mop_sv_sub(body, 0, message));
        mop_out_str(j->out, " [");
        add_shown(j, j->p->rules[x->rule].id, SIZE_MAX);
        mop_out_chr(j->out, ']');
    }
    add_xml(j->out, mop_sv_sub(body, message, body.n));
    mop_out_chr(j->out, '\n');
    j->bytes += body.n;
    mop_arena_reset(&j->arena);
}

/* `wanted` of a rule's problems, as many as there is room for; the rest is counted. */
static void add_lines(struct junit *j, size_t rule, bool failing)
{
    size_t n = 0, left = 0;
    for (size_t i = j->first[rule]; i != SIZE_MAX; i = j->next[i]) {
        if (!mop_problem_stands(&j->p->list[i]) || decides(j, i) != failing)
            continue;
        if (n < LINES_MAX && j->bytes < BYTES_MAX) {
            add_line(j, &j->p->list[i], failing);
            n++;
        } else
            left++;
    }
    if (left)
        add_xml(j->out, mop_arena_printf(&j->arena, "and %zu more\n", left));
}

static void open_result(struct junit *j, const char *tag, struct mop_sv message)
{
    mop_out_str(j->out, ">\n      <");
    mop_out_str(j->out, tag);
    add_attribute(j, "message", message);
}

static void close_result(struct junit *j, const char *tag)
{
    mop_out_str(j->out, "</");
    mop_out_str(j->out, tag);
    mop_out_str(j->out, ">\n    </testcase>\n");
}

static void add_passed(struct junit *j, size_t rule)
{
    (void)rule;
    mop_out_str(j->out, "/>\n");
}

/* The first one, and how many there are. */
static struct mop_sv failed_text(struct junit *j, size_t rule)
{
    size_t i = j->first[rule], n = failures(j, rule);
    while (!fails(j, i))
        i = j->next[i];
    struct mop_sv message = mop_problem_message(&j->arena, &j->p->list[i]);
    if (n == 1)
        return message;
    return mop_arena_printf(&j->arena, "%zu problems: %.*s ...", n, MOP_SV_ARG(message));
}

static void add_failed(struct junit *j, size_t rule)
{
    const struct mop_problem_rule *r = &j->p->rules[rule];
    open_result(j, "failure", failed_text(j, rule));
    add_attribute(j, "type", mop_sv_of(mop_problem_levels[r->level]));
    mop_out_chr(j->out, '>');
    add_lines(j, rule, true);
    close_result(j, "failure");
}

static void add_error(struct junit *j, size_t rule)
{
    open_result(j, "error", mop_problem_message(&j->arena, &j->p->list[undecided(j, rule)]));
    add_attribute(j, "type", MOP_SV("undecided"));
    mop_out_chr(j->out, '>');
    add_lines(j, rule, true);
    close_result(j, "error");
}

static void add_skipped(struct junit *j, size_t rule)
{
    open_result(j, "skipped", j->p->rules[rule].skipped);
    mop_out_chr(j->out, '>');
    close_result(j, "skipped");
}

/* The nth test of one name says so. */
static struct mop_sv unique_name(struct junit *j, struct mop_sv group, struct mop_sv id)
{
    struct mop_sv key = mop_arena_printf(&j->kept, "%.*s\n%.*s", MOP_SV_ARG(group), MOP_SV_ARG(id));
    uint64_t nth = ++*mop_map_put(&j->names, key, NULL);
    if (nth == 1)
        return id;
    return mop_arena_printf(&j->arena, "%.*s (%llu)", MOP_SV_ARG(id), (unsigned long long)nth);
}

static void begin_case(struct junit *j, struct mop_sv group, struct mop_sv id)
{
    struct mop_sv class = group.n ? group : mop_sv_of(j->p->command);
    mop_out_str(j->out, "    <testcase");
    add_attribute(j, "name", unique_name(j, class, id));
    add_attribute(j, "classname", class);
    mop_out_str(j->out, " time=\"0\"");
}

static void add_cases(struct junit *j)
{
    static void (*const add[STATES])(struct junit *, size_t) = {
        [PASSED] = add_passed, [FAILED] = add_failed, [ERROR] = add_error, [SKIPPED] = add_skipped};
    for (size_t i = 0; i < j->p->nrules; i++) {
        begin_case(j, j->p->rules[i].group, j->p->rules[i].id);
        add[state_of(j, i)](j, i);
        mop_arena_reset(&j->arena);
    }
}

/* The run as a test: was all read? */
static void add_run(struct junit *j)
{
    begin_case(j, mop_sv_of(j->p->command), MOP_SV("run"));
    if (!j->p->partial) {
        mop_out_str(j->out, "/>\n");
        return;
    }
    open_result(
        j, "error",
        mop_arena_printf(&j->arena, "%s: the result is not to be trusted", j->p->why_partial));
    add_attribute(j, "type", MOP_SV("partial"));
    mop_out_chr(j->out, '>');
    close_result(j, "error");
}

/* ---- the suite ---- */

static void add_timestamp(struct junit *j)
{
    int64_t seconds = j->p->now_us / 1000000;
    int y, m, d, s = (int)(seconds % 86400);
    mop_civil_of_day((int32_t)(seconds / 86400), &y, &m, &d);
    add_attribute(j, "timestamp",
                  mop_arena_printf(&j->arena, "%04d-%02d-%02dT%02d:%02d:%02d", y, m, d, s / 3600,
                                   s / 60 % 60, s % 60));
}

static void add_suite_head(struct junit *j)
{
    size_t n[STATES] = {[ERROR] = j->p->partial};
    for (size_t i = 0; i < j->p->nrules; i++)
        n[state_of(j, i)]++;
    mop_out_str(j->out, "  <testsuite");
    add_attribute(j, "name", mop_arena_printf(&j->arena, "mopslint %s", j->p->command));
    mop_out_str(j->out, " package=\"mopslint\" id=\"0\"");
    add_timestamp(j);
    mop_out_str(j->out, " hostname=\"localhost\"");
    add_number(j, "tests", j->p->nrules + 1);
    add_number(j, "failures", n[FAILED]);
    add_number(j, "errors", n[ERROR]);
    add_number(j, "skipped", n[SKIPPED]);
    mop_out_str(j->out, " time=\"0\">\n");
}

static void add_property(struct junit *j, const char *name, struct mop_sv value)
{
    if (!value.n)
        return;
    mop_out_str(j->out, "      <property");
    add_attribute(j, "name", mop_sv_of(name));
    add_attribute(j, "value", value);
    mop_out_str(j->out, "/>\n");
}

static void add_properties(struct junit *j)
{
    const struct mop_problems *p = j->p;
    mop_out_str(j->out, "    <properties>\n");
    add_property(j, "taxonomy", p->taxonomy);
    add_property(j, "version", p->version);
    add_property(j, "digest", p->digest);
    for (size_t i = 0; i < p->nfigures; i++)
        add_property(j, mop_arena_str(&j->arena, p->figures[i].name), p->figures[i].value);
    mop_out_str(j->out, "    </properties>\n");
}

static void add_system_out(struct junit *j)
{
    struct mop_buf b;
    mop_buf_init(&b, 4096);
    mop_problems_summary(j->p, &b);
    mop_out_str(j->out, "    <system-out>");
    for (size_t i = 0; i < j->p->nrules; i++)
        add_lines(j, i, false);
    for (size_t i = 0; i < j->p->nnotes; i++) {
        add_shown(j, j->p->notes[i], SIZE_MAX);
        mop_out_chr(j->out, '\n');
    }
    add_xml(j->out, mop_buf_view(&b));
    mop_out_str(j->out, "</system-out>\n    <system-err></system-err>\n");
    mop_buf_release(&b);
}

static int write_junit(const struct mop_problems *p, const struct mop_problem_options *o,
                       struct mop_out *out, struct mop_err *e)
{
    struct junit j = {.p = p, .out = out};
    (void)o;
    mop_arena_init(&j.arena);
    mop_arena_init(&j.kept);
    mop_map_init(&j.names);
    index_problems(&j);
    mop_out_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    add_suite_head(&j);
    add_properties(&j);
    add_cases(&j);
    add_run(&j);
    add_system_out(&j);
    mop_out_str(out, "  </testsuite>\n</testsuites>\n");
    free(j.first);
    free(j.next);
    mop_map_release(&j.names);
    mop_arena_release(&j.kept);
    mop_arena_release(&j.arena);
    return mop_out_flush(out, e);
}

const struct mop_problem_format mop_problems_junit = {
    "junit", "JUnit XML: a test per rule, for Jenkins and GitLab", write_junit};
