/* SPDX-License-Identifier: MIT */
#include "url.h"
#include "../base/utf8.h"
#include "ascii.h"
#include "domain.h"
#include "why.h"
#include <arpa/inet.h>
#include <string.h>

enum { ADDRESS_MAX = 64, PORT_MAX = 65535, REASON_MAX = 200 };

static void fault(struct mop_url *u, enum mop_url_fault f, struct mop_sv reason)
{
    if (u->fault == MOP_URL_OK) {
        u->fault = f;
        u->reason = reason;
    }
}

/* Cuts at the first `c`: what stands behind it goes to *tail (untouched without `c`). */
static struct mop_sv cut_at(struct mop_sv s, char c, struct mop_sv *tail)
{
    size_t i = mop_sv_find(s, c);
    if (i < s.n) {
        *tail = mop_sv_sub(s, i + 1, s.n);
    }
    return mop_sv_sub(s, 0, i);
}

/* Length of a scheme at the start of s without ':', or 0. A host with a port ("acme.com:80") is
 * none. */
static size_t scheme_length(struct mop_sv s)
{
    size_t i = 0;
    while (i < s.n && (mop_is_letter(s.p[i]) || (i > 0 && (s.p[i] == '+' || s.p[i] == '-')) ||
                       (i > 0 && mop_is_digit(s.p[i])))) {
        i++;
    }
    return i < s.n && s.p[i] == ':' ? i : 0;
}

/* IPv4 or, in brackets, IPv6. */
static bool is_address(struct mop_sv host)
{
    char text[ADDRESS_MAX];
    unsigned char bytes[16];
    bool v6 = host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
    struct mop_sv inner = v6 ? mop_sv_sub(host, 1, host.n - 1) : host;
    if (inner.n >= sizeof text || inner.n == 0) {
        return false;
    }
    memcpy(text, inner.p, inner.n);
    text[inner.n] = '\0';
    return strlen(text) == inner.n && inet_pton(v6 ? AF_INET6 : AF_INET, text, bytes) == 1;
}

static void read_host(struct mop_url *u)
{
    struct mop_buf why;
    if (u->host.n == 0) {
        fault(u, MOP_URL_NO_HOST, MOP_SV("has no host"));
        return;
    }
    u->address = is_address(u->host);
    if (u->address) {
        u->ascii_host = u->host;
        return;
    }
    if (u->host.p[0] == '[') {
        bool zone = mop_sv_find(u->host, '%') < u->host.n;
        fault(u, MOP_URL_BAD_HOST,
              zone ? MOP_SV("has a zone (%..) in its IPv6 address, which only one machine knows")
                   : MOP_SV("has a host that begins with [ and is no IPv6 address"));
        return;
    }
    mop_buf_init(&why, REASON_MAX);
    if (!mop_domain_read(u->host, MOP_DOMAIN_UNDERSCORE, &u->ascii_host, u->arena, &why)) {
        mop_why(&why, " in its host");
        fault(u, MOP_URL_BAD_HOST, mop_arena_copy(u->arena, mop_buf_view(&why)));
        u->ascii_host = MOP_SV_NONE;
    }
    mop_buf_release(&why);
}

static void read_port(struct mop_url *u)
{
    uint64_t port = 0;
    if (u->port.n > 0 && (u->port.n > 5 || !mop_sv_u64(u->port, &port) || port > PORT_MAX)) {
        fault(u, MOP_URL_BAD_PORT, MOP_SV("has no number from 0 to 65535 for a port"));
    }
}

/* userinfo@host:port */
static void read_authority(struct mop_url *u, struct mop_sv s)
{
    size_t at = s.n;
    for (size_t i = 0; i < s.n; i++) {
        at = s.p[i] == '@' ? i : at;
    }
    if (at < s.n) {
        u->userinfo = mop_sv_sub(s, 0, at);
        s = mop_sv_sub(s, at + 1, s.n);
    }
    size_t colon = s.n;
    for (size_t i = s.n; i-- > 0 && s.p[i] != ']';) {
        colon = s.p[i] == ':' ? i : colon;
    }
    u->host = mop_sv_sub(s, 0, colon);
    if (colon < s.n) {
        u->port = mop_sv_sub(s, colon + 1, s.n);
    }
    read_host(u);
    read_port(u);
}

/* {lpurl}, {{site}}: scheme and host stand where the macro points. Gives its length, or 0. */
static size_t leading_macro(struct mop_sv s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] != '}') {
        i++;
    }
    while (i < s.n && s.p[i] == '}') {
        i++;
    }
    return s.n > 0 && s.p[0] == '{' && i > 2 && s.p[i - 1] == '}' ? i : 0;
}

static bool read_scheme(struct mop_url *u, struct mop_sv *front)
{
    size_t n = scheme_length(*front);
    if (n == 0) {
        fault(u, MOP_URL_NO_SCHEME, MOP_SV("does not begin with http:// or https://"));
        return mop_sv_starts(*front, MOP_SV("//"));
    }
    u->scheme = mop_sv_sub(*front, 0, n);
    *front = mop_sv_sub(*front, n + 1, front->n);
    if (!mop_sv_eq_nocase(u->scheme, MOP_SV("http")) &&
        !mop_sv_eq_nocase(u->scheme, MOP_SV("https"))) {
        fault(u, MOP_URL_OTHER_SCHEME, MOP_SV("has a scheme other than http or https"));
    }
    return true;
}

/* All before query and fragment. */
static void read_front(struct mop_url *u, struct mop_sv front, bool as_template)
{
    size_t macro = as_template ? leading_macro(front) : 0;
    u->path = mop_sv_sub(front, macro, front.n);
    if (macro > 0) {
        return;
    }
    bool absolute = read_scheme(u, &front);
    u->path = front;
    if (absolute && mop_sv_starts(front, MOP_SV("//"))) {
        front = mop_sv_sub(front, 2, front.n);
        size_t slash = mop_sv_find(front, '/');
        u->path = mop_sv_sub(front, slash, front.n);
        read_authority(u, mop_sv_sub(front, 0, slash));
    } else {
        fault(u, MOP_URL_NO_HOST, MOP_SV("has no // before a host"));
    }
}

/* Decoded once; raw, and *bad set, if that is no UTF-8 or holds a NUL. */
static struct mop_sv decoded(struct mop_arena *a, struct mop_sv raw, bool *bad)
{
    struct mop_sv s = mop_url_decode(a, raw, true);
    if (mop_utf8_check(s) < s.n || mop_sv_find(s, '\0') < s.n) {
        *bad = true;
        return raw;
    }
    return s;
}

/* Without escapes, blanks and letters beyond ASCII every key and value is its own decoded form. */
static bool is_plain(struct mop_sv query)
{
    return mop_utf8_ascii(query) && mop_sv_find(query, '%') == query.n &&
           mop_sv_find(query, '+') == query.n && mop_sv_find(query, '\0') == query.n;
}

static void read_params(struct mop_url *u)
{
    bool plain = is_plain(u->query);
    struct mop_sv rest = u->query, piece;
    size_t count = 1;
    for (size_t i = 0; i < u->query.n; i++) {
        count += u->query.p[i] == '&';
    }
    count = count > MOP_URL_PARAMS_MAX ? MOP_URL_PARAMS_MAX : count;
    u->params = mop_arena_array(u->arena, count, sizeof *u->params);
    while (mop_sv_next(&rest, '&', &piece)) {
        if (piece.n == 0) {
            continue;
        }
        if (u->nparams == count) {
            u->cut = true;
            break;
        }
        struct mop_url_param *p = &u->params[u->nparams++];
        p->raw_key = cut_at(piece, '=', &p->raw_value);
        p->key = plain ? p->raw_key : decoded(u->arena, p->raw_key, &p->bad_utf8);
        p->value = plain ? p->raw_value : decoded(u->arena, p->raw_value, &p->bad_utf8);
    }
}

void mop_url_parse(struct mop_arena *a, struct mop_sv s, bool as_template, struct mop_url *u)
{
    *u = (struct mop_url){.text = s, .arena = a};
    struct mop_sv front = cut_at(s, '#', &u->fragment);
    front = cut_at(front, '?', &u->query);
    read_front(u, front, as_template);
    if (u->query.n > 0) {
        read_params(u);
    }
}

struct mop_sv mop_url_param(const struct mop_url *u, struct mop_sv name)
{
    for (size_t i = 0; i < u->nparams; i++) {
        if (mop_sv_eq(u->params[i].key, name)) {
            struct mop_sv v = u->params[i].value;
            return v.p ? v : MOP_SV("");
        }
    }
    return MOP_SV_NONE;
}

struct mop_sv mop_url_host(const struct mop_url *u)
{
    return u->ascii_host;
}

static bool has_capital(struct mop_sv s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (mop_is_upper(s.p[i])) {
            return true;
        }
    }
    return false;
}

static struct mop_sv joined(struct mop_arena *a, const struct mop_sv *parts, size_t n)
{
    size_t total = 0, at = 0;
    for (size_t i = 0; i < n; i++) {
        total += parts[i].n;
    }
    char *p = mop_arena_alloc(a, total);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n > 0) {
            memcpy(p + at, parts[i].p, parts[i].n);
            at += parts[i].n;
        }
    }
    return (struct mop_sv){p, total};
}

struct mop_sv mop_url_canonical(const struct mop_url *u)
{
    if (!u->ascii_host.p ||
        (!has_capital(u->scheme) && !has_capital(u->host) && mop_sv_eq(u->ascii_host, u->host))) {
        return u->text;
    }
    bool https = mop_sv_eq_nocase(u->scheme, MOP_SV("https"));
    struct mop_sv parts[] = {
        https ? MOP_SV("https://") : MOP_SV("http://"),
        u->userinfo,
        u->userinfo.p ? MOP_SV("@") : MOP_SV_NONE,
        u->ascii_host,
        mop_sv_sub(u->text, (size_t)(u->host.p - u->text.p) + u->host.n, u->text.n),
    };
    return joined(u->arena, parts, sizeof parts / sizeof *parts);
}
