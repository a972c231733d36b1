/* SPDX-License-Identifier: MIT */
/* Landing pages: what live checks read from them. */
/* covers: src/gate/live_page.c */
#include "base/utf8.h"
#include "fuzz_require.h"
#include "gate/live_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What a page holds is text, and no longer than the page. */
static void text_of(struct mop_sv part, size_t size)
{
    fuzz_require(part.n <= size && mop_utf8_check(part) == part.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mop_arena a;
    struct mop_live_page p;
    mop_arena_init(&a);
    mop_live_read_page(&a, (struct mop_sv){(const char *)data, size}, &p);
    text_of(p.title, size);
    text_of(p.heading, size);
    text_of(p.canonical, size);
    text_of(p.refresh, size);
    text_of(p.text, size);
    mop_live_shown(&a, p.refresh);
    size_t line = size ? data[0] % 64 : 0; /* of it, what the server says of the rest */
    line = line < size ? line : size;
    struct mop_sv said = {(const char *)data, line};
    struct mop_sv body = {(const char *)data + line, size - line};
    struct mop_sv text = mop_live_decoded(&a, body, said);
    fuzz_require(text.n <= size * 2 && (text.p == body.p || mop_utf8_check(text) == text.n));
    mop_arena_release(&a);
    return 0;
}
