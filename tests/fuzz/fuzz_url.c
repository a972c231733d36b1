/* SPDX-License-Identifier: MIT */
/* URLs: parser and every check, each kind of URL (the first byte chooses it); all value types. */
/* clang-format off */
/* covers: src/values/url.c src/values/url_decode.c src/values/url_keys.c src/values/macro.c src/values/pii.c src/values/pii_phone.c src/values/pii_escaped.c src/values/email.c src/values/phone.c */
/* clang-format on */
#include "base/utf8.h"
#include "values/ga4.h"
#include "values/types.h"
#include "values/url_checks.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok)
{
    if (!ok)
        abort();
}

/* A component is a view of the text, or absent. */
static void must_view(struct mop_sv part, struct mop_sv text)
{
    must(!part.p || (part.p >= text.p && part.p + part.n <= text.p + text.n));
}

static void run_checks(const struct mop_url *u, enum mop_url_kind kind)
{
    struct mop_sv own = MOP_SV("acme.de");
    struct mop_url_context c = {
        .kind = kind, .own_domains = &own, .n_own = 1, .personal = &own, .n_personal = 1};
    struct mop_buf why;
    mop_buf_init(&why, 4096);
    for (size_t i = 0; i < mop_url_checks_n; i++) {
        mop_buf_reset(&why);
        bool fails = mop_url_checks[i].fails(u, &c, &why);
        must(fails == (why.n > 0));
        must(mop_utf8_check(mop_buf_view(&why)) == why.n);
    }
    mop_buf_release(&why);
}

static void run_types(struct mop_arena *a, struct mop_sv text)
{
    for (size_t i = 0; i < mop_types_n; i++) {
        struct mop_typed out, again;
        if (mop_types[i].read(text, NULL, &out, a, NULL)) {
            must(mop_types[i].read(out.canonical, NULL, &again, a, NULL));
            must(mop_sv_eq(out.canonical, again.canonical));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mop_arena a;
    struct mop_url u;
    if (size == 0)
        return 0;
    enum mop_url_kind kind = (enum mop_url_kind)(data[0] % 3);
    struct mop_sv text = {(const char *)data + 1, size - 1};
    if (mop_utf8_check(text) < text.n)
        return 0; /* bytes that are no UTF-8 never get here: input.encoding */
    mop_arena_init(&a);
    mop_url_parse(&a, text, kind == MOP_URL_TEMPLATE, &u);
    const struct mop_sv parts[] = {u.scheme, u.userinfo, u.host,    u.port,
                                   u.path,   u.query,    u.fragment};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        must_view(parts[i], text);
    run_checks(&u, kind);
    must(mop_ga4_channel(MOP_SV_NONE, mop_url_param(&u, MOP_SV("utm_source")),
                         mop_url_param(&u, MOP_SV("utm_medium")),
                         mop_url_param(&u, MOP_SV("utm_campaign"))) != NULL);
    run_types(&a, mop_sv_trim(text));
    mop_arena_release(&a);
    return 0;
}
