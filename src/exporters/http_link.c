/* SPDX-License-Identifier: MIT */
#include "http_parts.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

/* Addresses: the next one from a Link header, against the one that was asked. */

/* Is `next` among the words of rel? */
static bool is_next(struct mop_sv params)
{
    struct mop_sv piece, word;
    while (mop_sv_next(&params, ';', &piece)) {
        size_t eq = mop_sv_find(piece, '=');
        struct mop_sv value = mop_sv_trim(mop_sv_sub(piece, eq + 1, piece.n));
        if (!mop_sv_eq_nocase(mop_sv_trim(mop_sv_sub(piece, 0, eq)), MOP_SV("rel")))
            continue;
        if (value.n > 1 && (value.p[0] == '"' || value.p[0] == '\'')) /* some write the latter */
            value =
                mop_sv_sub(value, 1, 1 + mop_sv_find(mop_sv_sub(value, 1, value.n), value.p[0]));
        while (mop_sv_next(&value, ' ', &word))
            if (mop_sv_eq_nocase(word, MOP_SV("next")))
                return true;
    }
    return false;
}

/* Up to the comma before the next '<', commas in quotes left alone. */
static size_t link_end(struct mop_sv s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) {
        quoted ^= s.p[i] == '"';
        if (s.p[i] == ',' && !quoted)
            return i;
    }
    return s.n;
}

/* Without what may stand before a link: blanks, and commas of links left out. */
static struct mop_sv at_link(struct mop_sv s)
{
    size_t i = 0;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == ','))
        i++;
    return mop_sv_sub(s, i, s.n);
}

struct mop_sv mop_link_next(struct mop_sv header, bool *broken)
{
    *broken = false;
    while ((header = at_link(header)).n) {
        size_t open = mop_sv_find(header, '<');
        struct mop_sv rest = mop_sv_sub(header, open + 1, header.n);
        size_t close = mop_sv_find(rest, '>');
        *broken = open > 0 || close == rest.n;
        if (*broken)
            break;
        struct mop_sv params = mop_sv_sub(rest, close + 1, rest.n);
        size_t end = link_end(params);
        if (is_next(mop_sv_sub(params, 0, end)))
            return mop_sv_sub(rest, 0, close);
        header = mop_sv_sub(params, end + (end < params.n), params.n);
    }
    return MOP_SV_NONE;
}

bool mop_url_resolve(const char *base, struct mop_sv to, struct mop_buf *out)
{
    CURLU *u = curl_url();
    char *whole = NULL, *text = mop_strdup(to);
    bool good = u && !memchr(to.p, '\0', to.n) &&
                curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
                curl_url_set(u, CURLUPART_URL, text, 0) == CURLUE_OK &&
                curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK &&
                (!strncmp(whole, "https://", 8) || !strncmp(whole, "http://", 7));
    bool absolute = mop_sv_starts(to, MOP_SV("https://")) || mop_sv_starts(to, MOP_SV("http://"));
    if (good)
        mop_buf_sv(out, absolute ? to : mop_sv_of(whole)); /* verbatim where it can be */
    curl_free(whole);
    curl_url_cleanup(u);
    free(text);
    return good && !out->over;
}

static char *url_part(const char *url, CURLUPart part)
{
    CURLU *u = curl_url();
    char *text = NULL;
    if (u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK)
        curl_url_get(u, part, &text, CURLU_DEFAULT_PORT);
    curl_url_cleanup(u);
    return text;
}

static bool same_part(const char *a, const char *b, CURLUPart part)
{
    char *x = url_part(a, part), *y = url_part(b, part);
    bool same = x && y && mop_sv_eq_nocase(mop_sv_of(x), mop_sv_of(y));
    curl_free(x);
    curl_free(y);
    return same;
}

bool mop_url_same_host(const char *a, const char *b)
{
    return same_part(a, b, CURLUPART_SCHEME) && same_part(a, b, CURLUPART_HOST) &&
           same_part(a, b, CURLUPART_PORT);
}

static bool is_loopback(const char *host)
{
    return !strcmp(host, "localhost") || !strcmp(host, "[::1]") ||
           (!strncmp(host, "127.", 4) && strspn(host, "0123456789.") == strlen(host));
}

bool mop_url_is_https(const char *url)
{
    char *scheme = url_part(url, CURLUPART_SCHEME);
    bool https = scheme && !strcmp(scheme, "https");
    curl_free(scheme);
    return https;
}

bool mop_url_is_allowed(const char *url, bool allow_http)
{
    char *scheme = url_part(url, CURLUPART_SCHEME), *host = url_part(url, CURLUPART_HOST);
    bool good = scheme && host &&
                (!strcmp(scheme, "https") ||
                 (!strcmp(scheme, "http") && (allow_http || is_loopback(host))));
    curl_free(scheme);
    curl_free(host);
    return good;
}

bool mop_url_is_loopback_http(const char *url)
{
    char *host = url_part(url, CURLUPART_HOST);
    bool is = host && is_loopback(host) && !mop_url_is_https(url);
    curl_free(host);
    return is;
}

bool mop_url_has_user(const char *url)
{
    char *user = url_part(url, CURLUPART_USER), *password = url_part(url, CURLUPART_PASSWORD);
    bool has = user || password;
    curl_free(user);
    curl_free(password);
    return has;
}

static struct mop_sv path_of(struct mop_sv url)
{
    struct mop_sv rest = mop_sv_sub(url, 8, mop_sv_find(url, '?')); /* behind a slash of "://" */
    return mop_sv_sub(rest, mop_sv_find(rest, '/'), rest.n);
}

/* A number of more digits may be a key. */
static bool is_short_number(struct mop_sv s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return i == s.n && s.n <= 8;
}

static bool has_segment(struct mop_sv path, struct mop_sv segment)
{
    struct mop_sv piece;
    while (mop_sv_next(&path, '/', &piece))
        if (mop_sv_eq(piece, segment))
            return true;
    return false;
}

static bool is_word(struct mop_sv s)
{
    static const char marks[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-.$[]";
    size_t i = 0;
    while (i < s.n && s.p[i] && strchr(marks, s.p[i]))
        i++;
    return s.n && i == s.n && s.n <= 24;
}

static bool has_name(struct mop_sv query, struct mop_sv name)
{
    struct mop_sv piece;
    query = mop_sv_sub(query, 1, query.n);
    while (mop_sv_next(&query, '&', &piece))
        if (mop_sv_eq(mop_sv_sub(piece, 0, mop_sv_find(piece, '=')), name))
            return true;
    return false;
}

/* The names of a query, as far as they are names: a word with a value, or one that was asked for
 * before. What else stands there may be anybody's. */
static void show_names(struct mop_sv query, struct mop_sv known, struct mop_buf *out)
{
    struct mop_sv piece, asked = mop_sv_sub(known, mop_sv_find(known, '?'), known.n);
    for (char mark = '?'; mop_sv_next(&query, '&', &piece); mark = '&') {
        size_t eq = mop_sv_find(piece, '=');
        struct mop_sv name = mop_sv_sub(piece, 0, eq);
        mop_buf_chr(out, mark);
        if (eq < piece.n && eq && (is_word(name) || has_name(asked, name)))
            mop_buf_printf(out, "%.*s=", MOP_SV_ARG(name));
        mop_buf_str(out, "***");
    }
}

void mop_url_shown_next(const char *url, const char *first, struct mop_buf *out)
{
    struct mop_buf b;
    mop_buf_init(&b, MOP_HTTP_CAP_URL);
    mop_url_shown(url, false, &b);
    struct mop_sv all = mop_buf_view(&b), path = path_of(all), segment;
    struct mop_sv known = path_of(mop_sv_of(first));
    mop_buf_sv(out, mop_sv_sub(all, 0, path.n ? (size_t)(path.p - all.p) : mop_sv_find(all, '?')));
    for (bool later = false; mop_sv_next(&path, '/', &segment); later = true) {
        bool shown = is_short_number(segment) || has_segment(known, segment);
        mop_buf_str(out, later ? "/" : "");
        mop_buf_sv(out, shown ? segment : MOP_SV("***"));
    }
    struct mop_sv whole = mop_sv_of(url);
    size_t question = mop_sv_find(whole, '?');
    if (question < whole.n)
        show_names(mop_sv_sub(whole, question + 1, whole.n), mop_sv_of(first), out);
    mop_buf_release(&b);
}

void mop_url_shown(const char *url, bool foreign, struct mop_buf *out)
{
    struct mop_sv all = mop_sv_of(url);
    size_t question = mop_sv_find(all, '?');
    struct mop_sv rest = mop_sv_sub(all, question + 1, all.n), piece;
    size_t at = mop_sv_find(all, '@'); /* no user and password either */
    size_t slashes = mop_sv_starts(all, MOP_SV("https://")) ? 8 : 7;
    struct mop_sv authority = mop_sv_sub(all, slashes, question);
    if (foreign) {
        struct mop_sv host = mop_sv_sub(authority, 0, mop_sv_find(authority, '/'));
        host = mop_sv_sub(host, mop_sv_find(host, '@') < host.n ? mop_sv_find(host, '@') + 1 : 0,
                          host.n);
        mop_buf_printf(out, "%.*s%.*s/***", (int)slashes, url, MOP_SV_ARG(host));
        return;
    }
    if (at < slashes + mop_sv_find(authority, '/'))
        mop_buf_printf(out, "%.*s***%.*s", (int)slashes, url, (int)(question - at), url + at);
    else
        mop_buf_sv(out, mop_sv_sub(all, 0, question));
    for (char mark = '?'; question < all.n && mop_sv_next(&rest, '&', &piece); mark = '&')
        mop_buf_printf(out, "%c%.*s=***", mark, (int)mop_sv_find(piece, '='), piece.p);
}
