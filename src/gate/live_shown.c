/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/utf8.h"
#include "../check/words.h"
#include "../values/pii.h"
#include "../values/url_keys.h"

/* Links hold names, addresses and tokens: what of them may stand in a report. */

enum { COLUMNS = 400, KEY_COLUMNS = 60 };

/* Does a text name somebody, escaped or not? */
static bool names_somebody(struct mop_arena *a, struct mop_sv s)
{
    return mop_pii_next(s, 0, a).kind || mop_pii_escaped(s, a).kind || mop_sv_find(s, '@') < s.n;
}

static void put_param(struct mop_buf *out, struct mop_arena *a, const struct mop_url_param *p)
{
    bool key_shown = !names_somebody(a, p->raw_key);
    bool plain = key_shown && mop_url_key_utm_like(p->key) && !names_somebody(a, p->raw_value) &&
                 !mop_pii_is_number(p->value);
    mop_buf_sv(out, key_shown ? p->raw_key : MOP_SV("***"));
    if (!p->raw_value.p)
        return;
    mop_buf_chr(out, '=');
    mop_buf_sv(out, plain ? p->raw_value : MOP_SV("***"));
}

static void put_link(struct mop_buf *out, struct mop_arena *a, const struct mop_url *u)
{
    bool web = u->scheme.p && u->fault != MOP_URL_OTHER_SCHEME;
    mop_buf_sv(out, u->scheme);
    if (!web || !u->host.p) { /* data:, javascript:, mailto: and what is no link */
        mop_buf_str(out, u->scheme.p ? ":***" : "***");
        return;
    }
    mop_buf_str(out, u->userinfo.p ? "://***@" : "://");
    mop_buf_sv(out, u->host);
    if (u->port.p)
        mop_buf_printf(out, ":%.*s", MOP_SV_ARG(u->port));
    mop_buf_sv(out, mop_mask_found(a, u->path));
    for (size_t i = 0; i < u->nparams; i++) {
        mop_buf_chr(out, i ? '&' : '?');
        put_param(out, a, &u->params[i]);
    }
    if (u->cut)
        mop_buf_str(out, "&***");
    if (u->fragment.n)
        mop_buf_str(out, "#***");
}

struct mop_sv mop_live_shown(struct mop_arena *a, struct mop_sv link)
{
    struct mop_arena scratch;
    struct mop_buf whole, safe;
    struct mop_url u;
    mop_arena_init(&scratch);
    mop_buf_init(&whole, SIZE_MAX);
    mop_buf_init(&safe, SIZE_MAX);
    mop_url_parse(&scratch, link, false, &u);
    put_link(&whole, &scratch, &u);
    mop_utf8_show(&safe, mop_buf_view(&whole), COLUMNS);
    struct mop_sv shown = mop_arena_copy(a, mop_buf_view(&safe));
    mop_buf_release(&whole);
    mop_buf_release(&safe);
    mop_arena_release(&scratch);
    return shown;
}

struct mop_sv mop_live_key_shown(struct mop_arena *a, struct mop_sv key)
{
    struct mop_arena scratch;
    struct mop_buf safe;
    mop_arena_init(&scratch);
    mop_buf_init(&safe, SIZE_MAX);
    mop_utf8_show(&safe, names_somebody(&scratch, key) ? MOP_SV("***") : key, KEY_COLUMNS);
    struct mop_sv shown = mop_arena_copy(a, mop_buf_view(&safe));
    mop_buf_release(&safe);
    mop_arena_release(&scratch);
    return shown;
}
