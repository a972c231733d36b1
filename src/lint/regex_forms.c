/* SPDX-License-Identifier: MIT */
#include "base/regex.h"
#include "lint/regex_texts.h"

/* What is doubtful in a pattern by its form, and where PCRE2 itself is. Takes no steps. */

enum { SAMPLES = 8 }; /* texts on which JIT and interpreter are compared */

/* False, and told, if they disagree. */
static bool agree_on(struct mop_rx_texts *k, const struct mop_rx_pattern *p, struct mop_sv text)
{
    struct mop_buf b;
    if (mop_regex_jit_agrees(p->regex, k->symbols.match, text))
        return true;
    mop_buf_init(&b, 8192);
    mop_buf_printf(&b, "JIT and interpreter of PCRE2 %s disagree on ", mop_regex_version());
    mop_rx_quote(&b, text);
    mop_rx_texts_remark(k, 0, p->text.n, mop_arena_copy(k->l->arena, mop_buf_view(&b)).p);
    mop_buf_release(&b);
    return false;
}

/* One text is enough; so many are cheap. */
static void find_jit(struct mop_rx_texts *k, const struct mop_rx_pattern *p)
{
    struct mop_sv list[SAMPLES];
    k->id = "regex-jit";
    k->hint = "a fault of the library that mopslint goes round; other programs with PCRE2 will not";
    size_t n = mop_rx_samples(&k->scratch, &k->symbols, p, list, SAMPLES);
    for (size_t i = 0; i < n && agree_on(k, p, list[i]); i++)
        ;
}

/* ---- form ---- */

static void tell(void *ctx, size_t from, size_t to)
{
    struct mop_rx_texts *k = ctx;
    mop_rx_texts_remark(k, from, to, k->msg);
}

static const struct form {
    const char *id;
    mop_rx_look *look;
    const char *msg, *hint;
    const char *anywhere, *mend; /* the same of what is looked for anywhere in a value; or NULL */
} FORMS[] = {
    {"regex-range", mop_rx_find_ranges, "this range also takes the signs between its ends",
     "write A-Za-z or 0-9A-Za-z: between Z and a stand [ \\ ] ^ _ `, between 9 and A : ; < = > ? "
     "@; a '-' that stands for itself is written \\-",
     NULL, NULL},
    {"regex-host", mop_rx_find_host_dots, "this dot of a host name takes any character",
     "write \\.", NULL, NULL},
    {"regex-empty", mop_rx_find_empty, "an alternative is empty",
     "if it may be missing write (...)?, else take the | away", NULL, NULL},
    {"regex-list", mop_rx_find_list, "the pattern is a list of words",
     "write them as values: then a wrong one gets a did-you-mean, and one in another case is "
     "mended",
     "the pattern is a list of words",
     "write them as not_values: then other spellings of them are found, too"},
    {"regex-anchor", mop_rx_find_anchors,
     "an anchor that is not needed: the whole value is matched", "take it away",
     "an anchor that is not needed: the pattern is looked for anywhere in the value",
     "take it away, and the .* beside it"},
};

static void find_forms(struct mop_rx_texts *k, const struct mop_rx_pattern *p,
                       enum mop_pattern_use use)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        const struct form *f = &FORMS[i];
        bool anywhere = f->anywhere && !(p->flags & MOP_RX_WHOLE);
        k->id = f->id;
        k->msg = anywhere ? f->anywhere : f->msg;
        k->hint = anywhere ? f->mend : f->hint;
        if (use == MOP_PATTERN_VALUE || f->look != mop_rx_find_list)
            f->look(p, tell, k);
    }
}

void mop_rx_check_form(struct mop_lint *l)
{
    struct mop_rx_texts k;
    mop_rx_texts_open(&k, l);
    for (size_t i = 0; i < k.n; i++) {
        struct mop_rx_pattern p = mop_rx_texts_parse(&k, k.list[i]);
        if (p.top) {
            find_jit(&k, &p);
            find_forms(&k, &p, k.list[i]->at->use);
        }
        mop_arena_reset(&k.scratch);
    }
    mop_rx_texts_close(&k);
}
