/* SPDX-License-Identifier: MIT */
/* URLs: where our URL layer and libcurl's both accept a text, they must read the same parts. */
/* covers: src/values/url.c src/values/domain.c */
#include "base/utf8.h"
#include "fuzz_require.h"
#include "values/domain.h"
#include "values/url.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *part(CURLU *c, CURLUPart what)
{
    char *text = NULL;
    return curl_url_get(c, what, &text, 0) == CURLUE_OK ? text : NULL;
}

/* An absent part is an empty one to one of the two in "https://a.example/?" and the like. */
static void same(struct mop_sv ours, const char *theirs)
{
    fuzz_require(mop_sv_eq(ours, mop_sv_of(theirs)));
}

static bool same_v6(struct mop_sv ours, const char *theirs)
{
    unsigned char a[16], b[16];
    char *x = mop_strdup(mop_sv_sub(ours, 1, ours.n - 1));
    char *y = mop_strdup(mop_sv_sub(mop_sv_of(theirs), 1, strlen(theirs) - 1));
    bool good =
        inet_pton(AF_INET6, x, a) == 1 && inet_pton(AF_INET6, y, b) == 1 && !memcmp(a, b, sizeof a);
    free(x);
    free(y);
    return good;
}

static void same_host(struct mop_arena *a, const struct mop_url *u, const char *theirs)
{
    struct mop_sv ascii;
    fuzz_require(theirs != NULL);
    if (u->host.p[0] == '[') {
        fuzz_require(same_v6(u->ascii_host, theirs));
    } else if (u->address) {
        same(u->ascii_host, theirs);
    } else {
        fuzz_require(mop_domain_read(mop_sv_of(theirs), MOP_DOMAIN_UNDERSCORE, &ascii, a, NULL));
        fuzz_require(mop_sv_eq(ascii, u->ascii_host));
    }
}

static void same_port(const struct mop_url *u, const char *theirs)
{
    uint64_t ours = 0, other = 0;
    mop_sv_u64(u->port, &ours);
    mop_sv_u64(mop_sv_of(theirs), &other);
    fuzz_require(ours == other);
}

static void same_login(const struct mop_url *u, const char *user, const char *password)
{
    size_t colon = mop_sv_find(u->userinfo, ':');
    same(mop_sv_sub(u->userinfo, 0, colon), user);
    same(mop_sv_sub(u->userinfo, colon + 1, u->userinfo.n), password);
}

/* libcurl takes "." and ".." out. */
static bool has_dots(struct mop_sv path)
{
    for (size_t i = 0; i + 1 < path.n; i++)
        if (path.p[i] == '/' && (path.p[i + 1] == '.' || path.p[i + 1] == '%'))
            return true;
    return false;
}

static void compare(struct mop_arena *a, const struct mop_url *u, CURLU *c)
{
    static const CURLUPart parts[] = {CURLUPART_SCHEME, CURLUPART_HOST,     CURLUPART_PORT,
                                      CURLUPART_USER,   CURLUPART_PASSWORD, CURLUPART_PATH,
                                      CURLUPART_QUERY,  CURLUPART_FRAGMENT};
    char *p[8];
    for (size_t i = 0; i < 8; i++)
        p[i] = part(c, parts[i]);
    fuzz_require(p[0] && mop_sv_eq_nocase(u->scheme, mop_sv_of(p[0])));
    same_host(a, u, p[1]);
    same_port(u, p[2]);
    same_login(u, p[3], p[4]);
    if (!has_dots(u->path))
        same(u->path.n ? u->path : MOP_SV("/"), p[5]);
    same(u->query, p[6]);
    same(u->fragment, p[7]);
    for (size_t i = 0; i < 8; i++)
        curl_free(p[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mop_arena a;
    struct mop_url u;
    struct mop_sv text = {(const char *)data, size};
    if (mop_utf8_check(text) < text.n || mop_sv_find(text, '\0') < text.n)
        return 0;
    mop_arena_init(&a);
    mop_url_parse(&a, text, false, &u);
    CURLU *c = curl_url();
    if (c && u.fault == MOP_URL_OK &&
        curl_url_set(c, CURLUPART_URL, mop_arena_str(&a, text), 0) == CURLUE_OK)
        compare(&a, &u, c);
    curl_url_cleanup(c);
    mop_arena_release(&a);
    return 0;
}
