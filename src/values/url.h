/* SPDX-License-Identifier: MIT */
#ifndef MOP_URL_H
#define MOP_URL_H
#include "../base/buf.h"
#include "../base/mem.h"

/*
 * An absolute http(s) URL cut into views, byte for byte (RFC 3986 components; the query by '&' and
 * the first '=', as browsers and GA4 read it). Whatever is wrong with the front, path, query and
 * fragment are cut all the same, so that the checks of url_checks.h can speak about them.
 */
enum mop_url_fault {
    MOP_URL_OK,
    MOP_URL_NO_SCHEME,    /* relative, or text that is no URL at all */
    MOP_URL_OTHER_SCHEME, /* mailto:, ftp:, javascript: ... */
    MOP_URL_NO_HOST,
    MOP_URL_BAD_HOST, /* no host name, IPv4 or bracketed IPv6 address */
    MOP_URL_BAD_PORT
};

/* More parameters than this are not kept (`cut` says so): hostile input stays cheap. */
enum { MOP_URL_PARAMS_MAX = 1024 };

struct mop_url_param {
    struct mop_sv raw_key, raw_value; /* views of the text; raw_value.p NULL without '=' */
    struct mop_sv key, value; /* decoded once, '+' is a blank; raw if that gave no UTF-8 or a NUL */
    bool bad_utf8;            /* the decoded bytes are no UTF-8, or hold a NUL */
};

struct mop_url {
    struct mop_sv text;
    struct mop_sv scheme, userinfo, host, port; /* as written; .p NULL: absent */
    struct mop_sv path, query, fragment;        /* query without '?', fragment without '#' */
    struct mop_sv ascii_host;     /* lower-cased, IDN in ASCII; NONE unless readable */
    struct mop_url_param *params; /* in order */
    size_t nparams;
    bool cut;     /* there were more */
    bool address; /* the host is an IP address */
    bool padded;  /* set by who trimmed the text: blanks stood before or behind it */
    enum mop_url_fault fault;
    struct mop_sv reason;    /* of the fault, a predicate: "has no scheme such as https://" */
    struct mop_arena *arena; /* of parse; checks take their scratch from it */
};

/*
 * Cuts `s` (well-formed UTF-8, trimmed) up; all of *u lives as long as `a` and the bytes of s.
 * as_template: of an ad platform, where a leading macro such as {lpurl} stands for scheme and host.
 */
void mop_url_parse(struct mop_arena *a, struct mop_sv s, bool as_template, struct mop_url *u);

/* The decoded value of the FIRST parameter with exactly that key; MOP_SV_NONE if there is none,
 * empty if it has none. */
struct mop_sv mop_url_param(const struct mop_url *u, struct mop_sv name);
/* Lower-cased ASCII host without port; MOP_SV_NONE of a URL that has none. */
struct mop_sv mop_url_host(const struct mop_url *u);
/* Scheme and host in canonical form, every other byte as written; the text itself if nothing
 * changes. */
struct mop_sv mop_url_canonical(const struct mop_url *u);

/* %XX undone once, and with `plus` '+' made a blank. A view of s if nothing changes. Bad escapes
 * stay. */
struct mop_sv mop_url_decode(struct mop_arena *a, struct mop_sv s, bool plus);
/* Index of the first '%' that no two hex digits follow, or s.n. */
size_t mop_url_bad_escape(struct mop_sv s);
/* Links in links of redirecting tools escape again and again: so often it is undone in search of
 * what stands there. */
enum { MOP_URL_ESCAPED_MAX = 5 };
/* Is there a %XX in s? */
bool mop_url_has_escape(struct mop_sv s);
#endif
