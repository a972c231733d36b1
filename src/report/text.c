/* SPDX-License-Identifier: MIT */
#include "report/text.h"
#include "report/sections.h"
#include "base/text.h"
#include "base/utf8.h"

/*
 * Plain text for terminals and mail, 80 to 120 columns. No byte of the data can steer a terminal,
 * and no line can be taken for a command of a CI runner, which looks at the first thing in it.
 */
enum { INDENT = 2 };

static const char *const tones[] = {
    [MOP_TONE_PLAIN] = "",        [MOP_TONE_STRONG] = "\033[1m", [MOP_TONE_FAINT] = "\033[2m",
    [MOP_TONE_GOOD] = "\033[32m", [MOP_TONE_BAD] = "\033[31m",   [MOP_TONE_WARN] = "\033[33m",
    [MOP_TONE_DATA] = "",
};

static void set_tone(struct mop_page *p, enum mop_tone tone)
{
    if (p->o->color)
        mop_out_str(p->out, tones[tone]);
}

static void end_tone(struct mop_page *p, enum mop_tone tone)
{
    if (p->o->color && tones[tone][0])
        mop_out_str(p->out, "\033[0m");
}

void mop_text_toned(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    set_tone(p, tone);
    mop_out_sv(p->out, text);
    end_tone(p, tone);
}

static struct mop_sv guarded(struct mop_page *p, struct mop_sv text)
{
    struct mop_buf b;
    mop_buf_init(&b, SIZE_MAX);
    mop_text_log(&b, text);
    struct mop_sv safe = mop_arena_copy(&p->arena, mop_buf_view(&b));
    mop_buf_release(&b);
    return safe;
}

struct mop_sv mop_text_shown(struct mop_page *p, struct mop_sv text, size_t max)
{
    return mop_shown_text(&p->arena, guarded(p, mop_shown_text(&p->arena, text, SIZE_MAX)), max);
}

/* ---- running text ---- */

/* Words that do not begin a line: a `::` that a runner would obey, and the % of a number. */
static bool stays_behind(struct mop_sv rest)
{
    return mop_sv_starts(rest, MOP_SV("::")) || mop_sv_starts(rest, MOP_SV("% "));
}

/* An option stays with what it is given. */
static bool ends_in_option(struct mop_sv text)
{
    size_t from = text.n;
    while (from > 0 && text.p[from - 1] != ' ')
        from--;
    return mop_sv_starts(mop_sv_sub(text, from, text.n), MOP_SV("--"));
}

/* The longest run of words that fits. */
static struct mop_sv fitting(struct mop_sv text, size_t width)
{
    size_t best = 0;
    for (size_t i = 1; i <= text.n; i++) {
        if (i < text.n && text.p[i] != ' ')
            continue;
        if (best && mop_utf8_width(mop_sv_sub(text, 0, i)) > width)
            break;
        if (!stays_behind(mop_sv_sub(text, i + 1, text.n)) &&
            (i == text.n || !ends_in_option(mop_sv_sub(text, 0, i))))
            best = i;
    }
    return mop_sv_sub(text, 0, best);
}

/* `lead` stands before the first line, `hang` blanks before the others. */
static void add_wrapped(struct mop_page *p, enum mop_tone tone, const char *lead, size_t hang,
                        struct mop_sv text)
{
    struct mop_sv rest = mop_text_shown(p, text, SIZE_MAX);
    bool first = true;
    do {
        struct mop_sv line = fitting(rest, p->width - hang);
        if (first)
            mop_out_str(p->out, lead);
        else
            mop_out_pad(p->out, hang);
        mop_text_toned(p, tone, line);
        mop_out_chr(p->out, '\n');
        rest = mop_sv_sub(rest, line.n + 1, rest.n);
        first = false;
    } while (rest.n);
}

static void text_heading(struct mop_page *p, int level, struct mop_sv text)
{
    if (!p->fresh)
        mop_out_chr(p->out, '\n');
    mop_out_pad(p->out, level > 1 ? INDENT : 0);
    mop_text_toned(p, MOP_TONE_STRONG, mop_text_shown(p, text, p->width - INDENT));
    mop_out_str(p->out, level > 1 ? "\n" : "\n\n");
}

static void text_para(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    add_wrapped(p, tone, "  ", INDENT, text);
}

static void text_item(struct mop_page *p, enum mop_tone tone, struct mop_sv text)
{
    add_wrapped(p, tone, "  - ", INDENT + 2, text);
}

static void text_step(struct mop_page *p, size_t number, struct mop_sv what, struct mop_sv more)
{
    char lead[24];
    struct mop_buf b;
    mop_buf_init(&b, sizeof lead - 1);
    mop_buf_printf(&b, "%4zu. ", number);
    size_t hang = b.n;
    add_wrapped(p, MOP_TONE_STRONG, b.p, hang, what);
    mop_buf_release(&b);
    mop_out_pad(p->out, hang);
    add_wrapped(p, MOP_TONE_PLAIN, "", hang, more);
}

const struct mop_page_style mop_text_style = {text_heading, text_para, text_item, text_step,
                                              mop_text_table};

static const mop_section short_text[] = {mop_section_partial,  mop_section_top,
                                         mop_section_head,     mop_section_reports,
                                         mop_section_new,      mop_section_plan,
                                         mop_section_since,    mop_section_gaps,
                                         mop_section_mind,     mop_section_rules,
                                         mop_section_datasets, mop_section_fixers,
                                         mop_section_verdict,  NULL};
static const mop_section full_text[] = {mop_section_partial,
                                        mop_section_top,
                                        mop_section_head,
                                        mop_section_reports,
                                        mop_section_new,
                                        mop_section_plan,
                                        mop_section_since,
                                        mop_section_gaps,
                                        mop_section_mind,
                                        mop_section_rules,
                                        mop_section_lifecycles,
                                        mop_section_datasets,
                                        mop_section_fixers,
                                        mop_section_scores,
                                        mop_section_look,
                                        mop_section_verdict,
                                        NULL};

static int write_text(const struct mop_result *r, const struct mop_format_options *o,
                      struct mop_out *out, struct mop_err *e)
{
    struct mop_page p = {.r = r, .o = o, .out = out, .style = &mop_text_style, .brief = !o->full};
    return mop_page_write(&p, o->full ? full_text : short_text, e);
}

const struct mop_format mop_format_text = {
    .name = "text", .summary = "for people: the terminal, a mail", .write = write_text};
