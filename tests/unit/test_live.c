/* SPDX-License-Identifier: MIT */
/*
 * Live links against tests/live/serve.py on loopback. Names and addresses are those of the seam:
 * shop.example is at a public address, and the connection to it goes to the server.
 */
#include "unit.h"
#include "gate/live_parts.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the web, played ---- */

static struct {
    pid_t pid;
    int in;
    char log[64];
    unsigned ports[6]; /* plain, good, self, expired, wrong, TLS 1.1 */
} web;

static int web_start(void **state)
{
    int in[2], out[2];
    char line[128] = "";
    (void)state;
    snprintf(web.log, sizeof web.log, "/tmp/mopslint-live.XXXXXX");
    int fd = mkstemp(web.log);
    if (fd < 0 || pipe(in) || pipe(out))
        return -1;
    close(fd);
    for (char *const *name =
             (char *[]){"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                        "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", NULL};
         *name; name++)
        unsetenv(*name);
    web.pid = fork();
    if (!web.pid) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[1]);
        const char *python = getenv("PYTHON") ? getenv("PYTHON") : "python3";
        execlp(python, python, MOP_TOP "/tests/live/serve.py", web.log, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    web.in = in[1];
    FILE *f = fdopen(out[0], "r");
    bool good = f && fgets(line, sizeof line, f) &&
                sscanf(line, "%u %u %u %u %u %u", &web.ports[0], &web.ports[1], &web.ports[2],
                       &web.ports[3], &web.ports[4], &web.ports[5]) == 6;
    if (f)
        fclose(f);
    return good ? 0 : -1;
}

static int web_stop(void **state)
{
    (void)state;
    close(web.in);
    waitpid(web.pid, NULL, 0);
    unlink(web.log);
    return 0;
}

/* The requests since `from`, which moves on. */
static char *web_log(long *from)
{
    static char text[65536];
    FILE *f = fopen(web.log, "r");
    assert_non_null(f);
    fseek(f, *from, SEEK_SET);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    *from = ftell(f);
    fclose(f);
    return text;
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *p = text; (p = strstr(p, part)); p += strlen(part))
        n++;
    return n;
}

/* ---- the seam ---- */

static struct {
    size_t asked; /* of rebind.example */
    unsigned dead_port;
} net_state;

#define PUBLIC "93.184.216.34"
static int resolve(void *ctx, struct mop_sv host, struct mop_buf *out)
{
    static const struct {
        const char *host, *to;
    } T[] = {
        {"shop.example", PUBLIC},
        {"www.shop.example", PUBLIC},
        {"go.example", PUBLIC},
        {"go.shop.example", PUBLIC},
        {"other.example", PUBLIC},
        {"dead.example", PUBLIC},
        {"xn--bcher-kva.example", PUBLIC},
        {"inside.example", "10.0.0.5"},
        {"metadata.example", "169.254.169.254"},
        {"self.example", "127.0.0.1"},
        {"mapped.example", "[::ffff:127.0.0.1]"},
        {"nat64.example", "[64:ff9b::7f00:1]"},
        {"mixed.example", "10.0.0.5," PUBLIC},
    };
    (void)ctx;
    if (mop_sv_eqs(host, "away.example"))
        return 1;
    if (mop_sv_eqs(host, "rebind.example")) {
        mop_buf_str(out, net_state.asked++ ? "127.0.0.1" : PUBLIC);
        return 0;
    }
    for (size_t i = 0; i < ROWS(T); i++)
        if (mop_sv_eqs(host, T[i].host)) {
            mop_buf_str(out, T[i].to);
            return 0;
        }
    return -1;
}

/* Every connection goes to the server, or to a port where nobody is. */
static void reroute(void *ctx, struct sockaddr_storage *to)
{
    static const unsigned standard[] = {80, 443, 8443, 8444, 8445, 8446};
    struct sockaddr_in *v4 = (struct sockaddr_in *)to;
    unsigned port = 1, asked = ntohs(v4->sin_port);
    (void)ctx;
    for (size_t i = 0; i < ROWS(standard); i++)
        if (standard[i] == asked)
            port = web.ports[i];
    assert_int_equal(to->ss_family, AF_INET);
    v4->sin_port = htons((uint16_t)port);
    v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
}

static const struct mop_live_net seam = {resolve, reroute, NULL};

static struct mop_live_options options(void)
{
    return (struct mop_live_options){
        .transport = {.ca_file = MOP_TOP "/tests/live/ca.pem"},
        .host_gap_ms = 1,
        .per_host = 8,
        .wait_ms = 1,
        .most_ms = 2000,
        .timeout_ms = 20000,
        .max_hops = 5,
        .max_body = 200000,
        .seed = 1,
        .net = &seam,
    };
}

static struct mop_arena arena;

static struct mop_live_result one(const char *link, const struct mop_live_options *o)
{
    struct mop_live_result r;
    struct mop_err e = {0};
    struct mop_sv text = mop_sv_of(link);
    assert_int_equal(mop_live_check(&text, 1, o, &arena, &r, &e), 0);
    return r;
}

static bool fired[MOP_LIVE_IDS];

/* "live-http live-dropped" */
static const char *ids(const struct mop_live_result *r)
{
    static char text[512];
    text[0] = '\0';
    for (size_t i = 0; i < r->nfindings; i++)
        fired[r->findings[i].id] = true;
    for (size_t i = 0; i < r->nfindings; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "",
                 mop_live_kinds[r->findings[i].id].id);
    return text;
}

static void check_texts(const char *row, const struct mop_live_result *r, const char *part)
{
    char all[2048] = "";
    for (size_t i = 0; i < r->nfindings; i++)
        snprintf(all + strlen(all), sizeof all - strlen(all), "%.*s\n",
                 MOP_SV_ARG(r->findings[i].text));
    if (!strstr(all, part))
        fail_msg("%s: no '%s' in '%s'", row, part, all);
}

#define S "https://shop.example"
#define Q "?utm_source=news&utm_medium=email&utm_campaign=Spring+Sale&gclid=AbC1"

static void matrix(void **state)
{
    static const struct {
        const char *link, *ids;
        long status;
        size_t hops;
    } T[] = {
        {S "/ok" Q, "", 200, 1},
        {S "/keep/keep/ok" Q, "", 200, 3},
        {S "/drop/ok" Q, "live-dropped", 200, 2},
        {S "/drop/404" Q, "live-status live-dropped", 404, 2},
        {S "/fragment/ok" Q, "live-dropped", 200, 2},
        {S "/clickless/ok" Q, "live-dropped", 200, 2},
        {S "/keep/clickless/keep/ok" Q, "live-dropped", 200, 4},
        {S "/differ/ok" Q, "live-doubled", 200, 2},
        {S "/differ/reorder/ok" Q, "live-doubled live-reordered", 200, 3},
        {S "/reencode/reorder/double/ok" Q, "live-doubled", 200, 4},
        {S "/reorder/drop/ok" Q, "live-dropped", 200, 3},
        {S "/double/drop/ok" Q, "live-dropped", 200, 3},
        {S "/code/300/ok", "live-status", 300, 1},
        {S "/code/301/ok" Q, "", 200, 2},
        {S "/code/303/ok" Q, "", 200, 2},
        {S "/code/304/ok", "live-status", 304, 1},
        {S "/code/307/ok" Q, "", 200, 2},
        {S "/code/308/ok" Q, "", 200, 2},
        {S "/up/ok" Q, "", 200, 2},
        {S "/longto/1000", "", 200, 2},
        {S "/longto/90000", "live-address", 302, 1},
        {S "/reorder/ok" Q, "live-reordered", 200, 2},
        {S "/reencode/ok" Q, "live-reencoded", 200, 2},
        {S "/twice/ok?utm_campaign=a%20b", "live-changed", 200, 2},
        {S "/double/ok" Q, "live-doubled", 200, 2},
        {S "/change/ok" Q, "live-changed", 200, 2},
        {S "/add/ok" Q, "live-added", 200, 2},
        {S "/add/ok?id=7&utm_term=hats", "live-doubled", 200, 2},
        {S "/raw/ok?utm_campaign=f%C3%BCr", "live-reencoded", 200, 2},
        {S "/drop/to/%2Fok%3Futm_medium%3Demail?utm_medium=email", "live-restored", 200, 3},
        {S "/sign/ok?a=1", "live-personal", 200, 2},
        {S "/user", "live-personal", 200, 2},
        {S "/to/%2Fok%2Fann%2540acme.example", "", 200, 2}, /* the link has it itself: privacy */
        {S "/keep/ok?id=7&colour=red", "", 200, 2},
        {S "/drop/ok?id=7&colour=red", "", 200, 2},
        {S "/to/https%3A%2F%2Fother.example%2Fok" Q, "", 200, 2},
        {S "/to/%2F%2Fother.example%2Fok", "", 200, 2},
        /* https all the way */
        {"http://shop.example/ok", "live-http", 200, 1},
        {"http://go.example/to/https%3A%2F%2Fshop.example%2Fok", "live-http", 200, 2},
        {S "/to/http%3A%2F%2Fgo.example%2Fkeep%2Fok", "live-http", 200, 3},
        /* ends */
        {S "/circle", "live-loop", 302, 2},
        {S "/cookie", "", 200, 2},
        {S "/forever/1", "live-hops", 302, 6},
        {S "/grow?utm_id=1", "live-hops", 302, 6},
        {S "/ping", "live-loop", 302, 2},
        {S "/nowhere", "live-redirect", 302, 1},
        {S "/torn", "live-redirect", 302, 1},
        {S "/404", "live-status", 404, 1},
        {S "/403", "live-status", 403, 1},
        {S "/410", "live-status", 410, 1},
        {S "/500", "live-status", 500, 1},
        {S "/204", "live-type", 204, 1},
        /* HEAD, ranges, coding */
        {S "/getonly/405/ok", "", 200, 1},
        {S "/getonly/404/keep/ok", "", 200, 2},
        {S "/getonly/200/404", "live-status", 404, 1},
        {S "/headless", "", 200, 1},
        {S "/norange", "", 200, 1},
        {S "/gzip", "", 200, 1},
        {S "/badgzip", "live-lost", 200, 1},
        {S "/cutgzip/20", "live-lost", 200, 1},
        {S "/cutgzip/1", "live-lost", 200, 1}, /* the page is whole, its check is not */
        {S "/cutgzip/ends", "live-lost", 200, 1},
        {S "/cutgzip/0", "", 200, 1},
        {S "/openhtml", "", 200, 1},
        {S "/members", "", 200, 1},
        {S "/packedto", "", 200, 2},
        {S "/badbr", "live-lost", 200, 1},
        {S "/longheader", "live-lost", 0, 1},
        {S "/headers", "live-type", 200, 1},
        {S "/manyheaders", "live-lost", 0, 1},
        {S "/nohttp", "live-lost", 0, 1},
        {S "/hangup", "live-lost", 0, 1},
        {S "/cut", "live-lost", 200, 1},
        {S "/cutchunk", "live-lost", 200, 1},
        {S "/to/%2Fcutchunk" Q, "live-lost", 200, 2},
        {S "/claims/12", "live-lost", 200, 1},
        {S "/claims/30", "live-soft-404", 200, 1} /* no number to anybody: as if unsaid */,
        /* faults that pass */
        {S "/once/429/ok?1", "", 200, 1},
        {S "/once/503/ok?2", "", 200, 1},
        {S "/reset?3", "", 200, 1},
        {S "/always/503", "live-status", 503, 1},
        {S "/always/429", "live-unchecked", 429, 1},
        {S "/busy/3600", "live-unchecked", 429, 1},
        /* pages */
        {S "/pdf", "live-type", 200, 1},
        {S "/text", "live-type", 200, 1},
        {S "/picture", "live-type", 200, 1},
        {S "/drop/picture" Q, "live-dropped live-type", 200, 2},
        {S "/soft", "live-soft-404", 200, 1},
        {S "/softheading", "live-soft-404", 200, 1},
        {S "/utf16soft", "live-soft-404", 200, 1},
        {S "/blank", "live-soft-404", 200, 1},
        {S "/model", "", 200, 1},
        {S "/refresh", "live-refresh", 200, 1},
        {S "/refreshheader", "live-refresh", 200, 1},
        {S "/canonical", "live-canonical", 200, 1},
        {S "/same", "", 200, 1},
        {S "/bomb", "", 200, 1},
        {S "/huge", "", 200, 1},
        /* TLS */
        {"https://shop.example:8443/ok", "live-tls", 0, 1},
        {"https://shop.example:8444/ok", "live-tls", 0, 1},
        {"https://shop.example:8445/ok", "live-tls", 0, 1},
        {"https://shop.example:8446/ok", "live-tls", 0, 1},
        {S "/to/https%3A%2F%2Fshop.example%3A8444%2Fok", "live-tls", 301, 2},
        {S "/to/https%3A%2F%2Fshop.example%3A8443%2Fok", "live-tls", 301, 2},
        {S "/to/https%3A%2F%2Fshop.example%3A8445%2Fok", "live-tls", 301, 2},
        {"https://shop.example:80/ok", "live-tls", 0, 1}, /* plain http speaks there */
        /* hosts */
        {"https://nobody.example/", "live-host-unknown", 0, 1},
        {"https://away.example/", "live-unchecked", 0, 1},
        {"https://dead.example:9/", "live-refused", 0, 1},
        {"https://b\xc3\xbc"
         "cher.example/ok",
         "", 200, 1},
        {"https://SHOP.example/ok", "", 200, 1},
        {"https://shop.example:443/ok", "", 200, 1},
        /* addresses */
        {"ftp://shop.example/ok", "live-scheme", 0, 0},
        {"javascript:alert(1)", "live-scheme", 0, 0},
        {"data:text/html,hello", "live-scheme", 0, 0},
        {"shop.example/ok", "live-address", 0, 0},
        {"", "live-address", 0, 0},
        {"https:///ok", "live-address", 0, 0},
        {"https://shop.example:99999/", "live-address", 0, 0},
        {"https://shop.example\\@go.example/ok", "live-credentials", 0, 0},
        {"https://shop.example#@go.example/ok", "", 200, 1},
        {"https://ann:pw@shop.example/ok", "live-credentials", 0, 0},
        {"https://ann@shop.example/ok", "live-credentials", 0, 0},
        {S "/to/https%3A%2F%2Fann%3Apw%40go.example%2Fok", "live-credentials", 301, 1},
        {S "/to/javascript%3Aalert(1)", "live-scheme", 301, 1},
        {S "/to/file%3A%2F%2F%2Fetc%2Fpasswd", "live-scheme", 301, 1},
        /* private addresses */
        {"http://127.0.0.1/ok", "live-private", 0, 0},
        {"http://localhost/ok", "live-private", 0, 0},
        {"http://intranet/ok", "live-private", 0, 0},
        {"https://wiki.local/ok", "live-private", 0, 0},
        {"http://app.localhost./ok", "live-private", 0, 0},
        {"http://2130706433/ok", "live-private", 0, 0},
        {"http://0x7f.1/ok", "live-private", 0, 0},
        {"http://0177.0.0.1/ok", "live-private", 0, 0},
        {"http://127.1/ok", "live-private", 0, 0},
        {"http://127%2e0.0.1/ok", "live-private", 0, 0},
        {"http://%31%32%37.0.0.1/ok", "live-private", 0, 0},
        {"http://127\xe3\x80\x82"
         "0.0.1/ok",
         "live-address", 0, 0},
        {"http://0/ok", "live-private", 0, 0},
        {"http://10.1.2.3/ok", "live-private", 0, 0},
        {"http://100.64.0.1/ok", "live-private", 0, 0},
        {"http://169.254.169.254/latest/meta-data", "live-private", 0, 0},
        {"http://224.0.0.1/", "live-private", 0, 0},
        {"http://[::1]/ok", "live-private", 0, 0},
        {"http://[::]/ok", "live-private", 0, 0},
        {"http://[::ffff:127.0.0.1]/ok", "live-private", 0, 0},
        {"http://[::ffff:7f00:1]/ok", "live-private", 0, 0},
        {"http://[fe80::1]/ok", "live-private", 0, 0},
        {"http://[fe80::1%25eth0]/ok", "live-private", 0, 0},
        {"http://[fd00::1]/ok", "live-private", 0, 0},
        {"http://[2002:7f00:1::]/ok", "live-private", 0, 0},
        {"http://[64:ff9b::10.0.0.1]/ok", "live-private", 0, 0},
        {"https://inside.example/ok", "live-private", 0, 1},
        {"https://metadata.example/ok", "live-private", 0, 1},
        {"https://self.example/ok", "live-private", 0, 1},
        {"https://mapped.example/ok", "live-private", 0, 1},
        {"https://nat64.example/ok", "live-private", 0, 1},
        {"https://mixed.example/ok", "", 200, 1},
        {S "/to/http%3A%2F%2F127.0.0.1%2Fok", "live-private", 301, 1},
        {S "/to/http%3A%2F%2F2130706433%2Fok", "live-private", 301, 1},
        {S "/to/https%3A%2F%2Finside.example%2Fok", "live-private", 301, 2},
        {S "/to/https%3A%2F%2Fself.example%2Fok", "live-private", 301, 2},
        {S "/to/https%3A%2F%2Fmetadata.example%2Fok", "live-private", 301, 2},
        {S "/to/https%3A%2F%2Fmapped.example%2Fok", "live-private", 301, 2},
        {S "/to/https%3A%2F%2Fnat64.example%2Fok", "live-private", 301, 2},
        {S "/to/http%3A%2F%2Flocalhost%2Fok", "live-private", 301, 1},
        {S "/to/http%3A%2F%2Fapp.localhost%2Fok", "live-private", 301, 1},
        {S "/to/%2F%2Fapp.localhost.%2Fok", "live-private", 301, 1},
        {S "/to/https%3A%2F%2Fwiki.local%2Fok", "live-private", 301, 1},
        {S "/to/http%3A%2F%2Fintranet%2Fok", "live-private", 301, 1},
        {S "/to/http%3A%2F%2F%5B%3A%3A1%5D%2Fok", "live-private", 301, 1},
        {S "/to/http%3A%2F%2F169.254.169.254%2Flatest", "live-private", 301, 1},
        {S "/to/http%3A%2F%2F0x7f.1%2Fok", "live-private", 301, 1},
        {S "/keep/to/http%3A%2F%2F10.0.0.1%2Fok", "live-private", 301, 2},
    };
    struct mop_live_options o = options();
    struct mop_sv links[ROWS(T)];
    struct mop_live_result r[ROWS(T)];
    struct mop_err e = {0};
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        links[i] = mop_sv_of(T[i].link);
    assert_int_equal(mop_live_check(links, ROWS(T), &o, &arena, r, &e), 0);
    size_t bad = 0;
    for (size_t i = 0; i < ROWS(T); i++) {
        bool good =
            !strcmp(ids(&r[i]), T[i].ids) && r[i].status == T[i].status && r[i].nhops == T[i].hops;
        if (!good)
            print_error("%s: status %ld, %zu hops, '%s'\n", T[i].link, r[i].status, r[i].nhops,
                        ids(&r[i]));
        bad += !good;
    }
    assert_int_equal(bad, 0);
    assert_int_equal(mop_live_exit(r, ROWS(T)), 3);
}

/* What each finding says, and at which hop. */
static void words(void **state)
{
    static const struct {
        const char *link, *says;
    } T[] = {
        {S "/keep/drop/ok" Q, "loses 'utm_source', 'utm_medium', 'utm_campaign', 'gclid' at hop 3"},
        {S "/fragment/ok" Q,
         "has 'utm_source', 'utm_medium', 'utm_campaign', 'gclid' behind the '#' from hop 2 on"},
        {S "/twice/ok?utm_campaign=a%20b", "has 'utm_campaign' escaped twice from hop 2 on"},
        {S "/change/ok" Q, "has 'utm_campaign', 'gclid' with another value from hop 2 on"},
        {S "/double/ok" Q,
         "has 'utm_source', 'utm_medium', 'utm_campaign', 'gclid' more than once from hop 2 on"},
        {S "/reencode/ok" Q, "has 'utm_campaign' in other bytes from hop 2 on"},
        {S "/reorder/ok" Q,
         "has 'utm_medium', 'utm_campaign', 'gclid' in another place from hop 2 on"},
        {S "/add/ok" Q, "gets 'utm_term' at hop 2"},
        {S "/to/http%3A%2F%2Fgo.example%2Fok", "is plain http at hop 2"},
        {S "/circle", "redirects in a circle, back from hop 2"},
        {S "/forever/1", "has more than 5 redirects"},
        {S "/to/http%3A%2F%2F127.0.0.1%2Fok", "leads to this machine, where hop 1 leads"},
        {S "/to/https%3A%2F%2Fann%3Apw%40go.example%2F", "password in its address, where hop 1"},
        {"https://metadata.example/", "leads to a link-local address"},
        {S "/refresh", "leads on to 'https://shop.example/ok?x=***&y=***'"},
        {S "/canonical", "ends at 'shop.example', whose canonical host is 'www.shop.example'"},
        {S "/soft", "with status 200: its title says so"},
        {S "/softheading", "with status 200: its heading says so"},
        {S "/blank", "with status 200: it is empty"},
        {S "/pdf", "ends at 'application/pdf', not at a web page"},
        {"https://nobody.example/", "leads to the host 'nobody.example', which does not exist"},
    };
    struct mop_live_options o = options();
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_live_result r = one(T[i].link, &o);
        check_texts(T[i].link, &r, T[i].says);
    }
}

/* A page was asked for, and another one is shown in its place. */
static void other_page(void **state)
{
    static const struct {
        const char *link, *ids;
    } T[] = {
        {S "/to/https%3A%2F%2Fwww.shop.example%2F", "live-soft-404"},
        {S "/to/%2F", "live-soft-404"},
        {S "/", ""},
        {"https://go.example/to/https%3A%2F%2Fshop.example%2F", ""}, /* a shortener */
        {S "/to/%2Fnot-found", "live-soft-404"},
        {S "/not-found", ""},
        {S "/to/%2Findex.html", "live-soft-404"},
        {S "/to/%2Fen%2F", "live-soft-404"},
        {S "/keep/to/%2F", "live-soft-404"},
        {S "/to/%2Fkeep%2F", "live-soft-404"}, /* by way of another page */
        {S "/to/%2Fto%2F%252Fen", "live-soft-404"},
        {S "/to/http%3A%2F%2Fshop.example%2F", "live-http live-soft-404"},
        {"http://go.shop.example/to/https%3A%2F%2Fshop.example%2F", "live-http"}, /* its own */
        {S "/index.html", ""},
        {S "/en", ""},
        {S "/to/%2Fen%2Fok", ""},
        {S "/to/%2Fsorry%2F404", "live-soft-404"},
        {S "/to/%2Fsorry%2F404.html", "live-soft-404"},
        {S "/to/%2Fsorry%2FPage-Not-Found", "live-soft-404"},
        {S "/to/%2Fsorry%2Fnot-found.aspx", "live-soft-404"},
        {S "/to/%2Fsorry%2Fpeugeot-404", ""},
        {S "/to/%2Fsoft", "live-soft-404"}, /* by its title */
        {S "/to/%2Fsoftheading", "live-soft-404"},
    };
    struct mop_live_net local = {NULL, reroute, NULL};
    struct mop_live_options o = options();
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_live_result r = one(T[i].link, &o);
        check_text(T[i].link, mop_sv_of(ids(&r)), mop_sv_of(T[i].ids));
    }
    static const struct mop_sv own[] = {{"customer_no", 11}};
    o.personal = own;
    o.npersonal = 1;
    struct mop_live_result named = one(S "/to/%2Fok%3FcustomerNo=7", &o);
    check_text("a parameter of one's own", mop_sv_of(ids(&named)), MOP_SV("live-personal"));
    o.npersonal = 0;
    /* One host, and no other, wherever it leads. */
    static const struct mop_sv staging[] = {{"localhost", 9}};
    o.private_hosts = staging;
    o.nprivate_hosts = 1;
    o.net = &local;
    struct mop_live_result r = one("http://localhost/ok", &o);
    check_text("itself", mop_sv_of(ids(&r)), MOP_SV("live-http"));
    r = one("http://127.0.0.1/ok", &o);
    check_text("another", mop_sv_of(ids(&r)), MOP_SV("live-private"));
    r = one("http://localhost/to/http://127.0.0.1/ok", &o);
    check_text("from there", mop_sv_of(ids(&r)), MOP_SV("live-private"));
    o.nprivate_hosts = 0;
    o.allow_private = true; /* hosts without a domain */
    o.net = &local;
    r = one("http://localhost/to/%2F", &o);
    check_text("localhost", mop_sv_of(ids(&r)), MOP_SV("live-http live-soft-404"));
    r = one("http://127.0.0.1/keep/to/%2F", &o);
    check_text("an address", mop_sv_of(ids(&r)), MOP_SV("live-http live-soft-404"));
}

static void tags(void **state)
{
    static const struct {
        const char *link, *ids;
        size_t max_body;
    } T[] = {
        {S "/ok", "", 0},
        {S "/gzip", "", 0},
        {S "/members", "", 0},
        {S "/utf16", "", 0},
        {S "/utf16be", "", 0},
        {S "/untagged", "live-tag", 0},
        {S "/commented", "live-tag", 0},
        {S "/longtag", "live-tag", 0},
        {S "/script", "live-tag", 0},
        {S "/scripted", "", 0},
        {S "/pdf", "live-tag live-type", 0},
        {S "/404", "live-status", 0},
        {S "/far", "", 0}, /* past PCRE2's 64 KiB */
        {S "/ranged", "", 0},
        {S "/far", "live-unchecked", 100000}, /* the rest was not read */
        {S "/ranged", "live-unchecked", 100000},
        {S "/huge", "live-unchecked", 0},
    };
    struct mop_live_options o = options();
    struct mop_regex_error e;
    struct mop_regex *rx = mop_live_compile_tag(MOP_SV("GTM-ABC123"), &e);
    (void)state;
    o.expect_tag = rx;
    for (size_t i = 0; i < ROWS(T); i++) {
        o.max_body = T[i].max_body ? T[i].max_body : 1000000;
        struct mop_live_result r = one(T[i].link, &o);
        check_text(T[i].link, mop_sv_of(ids(&r)), mop_sv_of(T[i].ids));
    }
    mop_regex_free(rx);
}

static void hosts(void **state)
{
    struct mop_sv own[] = {MOP_SV("shop.example")};
    struct mop_live_options o = options();
    (void)state;
    o.hosts = own;
    o.nhosts = 1;
    struct mop_live_result r = one("https://www.shop.example/ok", &o);
    check_text("below", mop_sv_of(ids(&r)), MOP_SV(""));
    r = one(S "/to/https%3A%2F%2Fgo.example%2Fok", &o);
    check_text("elsewhere", mop_sv_of(ids(&r)), MOP_SV("live-host"));
}

/* The first answer of the resolver is public, the second is this machine. */
static void rebinding(void **state)
{
    struct mop_live_options o = options();
    (void)state;
    net_state.asked = 0;
    struct mop_live_result r = one("https://rebind.example/close/ok", &o);
    check_text("rebind", mop_sv_of(ids(&r)), MOP_SV("live-private"));
    assert_int_equal(r.status, 302);
    assert_int_equal(r.nhops, 2);
}

static void private_allowed(void **state)
{
    static const struct {
        const char *link, *ids;
    } T[] = {
        {"http://127.0.0.1/ok", "live-http"},     {"https://inside.example/ok", "live-tls"},
        {"http://2130706433/ok", "live-address"}, {"http://224.0.0.1/", "live-private"},
        {"http://0.0.0.0/ok", "live-private"},    {"http://255.255.255.255/", "live-private"},
        {"http://localhost/ok", "live-http"},     {"http://intranet/ok", "live-host-unknown"},
    };
    struct mop_live_net local = {NULL, reroute, NULL};
    struct mop_live_options o = options();
    (void)state;
    o.allow_private = true;
    for (size_t i = 0; i < ROWS(T); i++) {
        o.net = strstr(T[i].link, "localhost") ? &local : &seam;
        struct mop_live_result r = one(T[i].link, &o);
        check_text(T[i].link, mop_sv_of(ids(&r)), mop_sv_of(T[i].ids));
    }
}

/* HEAD comes first, then GET of what may be read; nothing is asked twice without need. */
static void requests(void **state)
{
    static const struct {
        const char *link, *log;
    } T[] = {
        {S "/keep/ok?q=1", "HEAD shop.example /keep/ok?q=1 - 1\n"
                           "HEAD shop.example /ok?q=1 - 1\n"
                           "GET shop.example /ok?q=1 bytes=0-199999 1\n"},
        {S "/norange?q=2", "HEAD shop.example /norange?q=2 - 1\n"
                           "GET shop.example /norange?q=2 bytes=0-199999 1\n"
                           "GET shop.example /norange?q=2 - 1\n"},
        {S "/always/503?q=3", "HEAD shop.example /always/503?q=3 - 1\n"
                              "GET shop.example /always/503?q=3 bytes=0-199999 1\n"
                              "GET shop.example /always/503?q=3 bytes=0-199999 1\n"
                              "GET shop.example /always/503?q=3 bytes=0-199999 1\n"},
        {S "/ok?a=b%20c+d&e=\xc3\xbc#part",
         "HEAD shop.example /ok?a=b%20c+d&e=%c3%bc - 1\n"
         "GET shop.example /ok?a=b%20c+d&e=%c3%bc bytes=0-199999 1\n"},
        {"http://127.0.0.1/ok", ""},
        {"https://inside.example/ok", ""},
    };
    struct mop_live_options o = options();
    long at = 0;
    (void)state;
    web_log(&at);
    for (size_t i = 0; i < ROWS(T); i++) {
        one(T[i].link, &o);
        check_text(T[i].link, mop_sv_of(web_log(&at)), mop_sv_of(T[i].log));
    }
}

static void many(void **state)
{
    enum { N = 100 };
    static struct mop_sv links[N];
    static struct mop_live_result r[N];
    struct mop_live_options o = options();
    struct mop_err e = {0};
    long at = 0;
    (void)state;
    for (int i = 0; i < N; i++)
        links[i] = i % 10 ? mop_arena_printf(&arena, S "/slow/0.02?n=%d", i)
                          : MOP_SV("https://go.example/keep/ok" Q);
    o.per_host = 3;
    web_log(&at);
    assert_int_equal(mop_live_check(links, N, &o, &arena, r, &e), 0);
    assert_int_equal(mop_live_exit(r, N), 0);
    const char *log = web_log(&at);
    assert_int_equal(count(log, "shop.example"), 2 * (N - N / 10));
    assert_int_equal(count(log, "go.example"), 3); /* one link, forty times */
    assert_int_equal(count(log, " 4\n"), 0);
    assert_true(count(log, " 3\n") > 0);
    assert_int_equal(r[90].nhops, 2);
}

static void count_line(void *ctx, struct mop_sv line)
{
    (void)line;
    ++*(int *)ctx;
}

static void too_slow(void **state)
{
    struct mop_live_options o = options();
    int asked = 0;
    (void)state;
    o.timeout_ms = 600;
    o.tries = 1;
    struct mop_live_result r = one("http://shop.example/slow/9", &o);
    check_text("slow", mop_sv_of(ids(&r)), MOP_SV("live-slow"));
    /* Once more, and no oftener: a slow link does not hold a run. */
    o.tries = 3;
    o.trace = count_line;
    o.trace_ctx = &asked;
    r = one("http://shop.example/slow/9", &o);
    check_text("slow, with tries", mop_sv_of(ids(&r)), MOP_SV("live-slow"));
    assert_int_equal(asked, 2);
    o.trace = NULL;
    r = one("http://shop.example/drip", &o); /* a page that comes byte by byte */
    check_text("drip", mop_sv_of(ids(&r)), MOP_SV("live-slow"));
    r = one("http://shop.example/keep/slow/9" Q, &o);
    check_text("slow behind a redirect", mop_sv_of(ids(&r)), MOP_SV("live-slow"));
    assert_int_equal(r.nhops, 2);
    o.timeout_ms = 20000;
    o.deadline_ms = 300;
    r = one(S "/slow/3", &o);
    check_text("deadline", mop_sv_of(ids(&r)), MOP_SV("live-unchecked"));
    assert_int_equal(r.verdict, MOP_LIVE_NOT_CHECKED);
}

/* A proxy is reached though it is private; what it is asked for is looked at all the same. */
static void proxies(void **state)
{
    char proxy[64];
    struct mop_live_options o = options();
    struct mop_err e = {0};
    long at = 0;
    struct mop_sv link = MOP_SV("http://shop.example/ok");
    struct mop_live_result r;
    (void)state;
    o.net = NULL;
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%u", web.ports[0]);
    o.transport.proxy = proxy;
    web_log(&at);
    r = one("http://shop.example/ok", &o);
    assert_int_equal(count(web_log(&at), "GET shop.example http://shop.example/ok"), 1);
    assert_int_equal(r.status, 404); /* the server knows paths only */
    r = one("http://10.0.0.1/ok", &o);
    check_text("private", mop_sv_of(ids(&r)), MOP_SV("live-private"));
    at = 0;
    web_log(&at);
    static const char *const private[] = {"http://localhost/ok",
                                          "http://app.localhost/ok",
                                          "http://wiki.local/ok",
                                          "http://to.example/to/http%3A%2F%2F127.0.0.1%2Fok",
                                          "http://to.example/to/http%3A%2F%2F10.0.0.1%2Fok",
                                          "http://to.example/to/http%3A%2F%2Fapp.localhost%2Fok",
                                          "http://to.example/to/https%3A%2F%2F%5B%3A%3A1%5D%2Fok",
                                          "http://to.example/to/http%3A%2F%2F2130706433%2Fok"};
    for (size_t i = 0; i < ROWS(private); i++) {
        r = one(private[i], &o);
        CHECK(private[i], strstr(ids(&r), "live-private") != NULL);
    }
    assert_int_equal(count(web_log(&at), "\n"), 0); /* the server logs what is no redirect */
    static const struct {
        const char *link, *ids, *says;
    } T[] = {
        {"https://http-403.example/ok", "live-unchecked", "the proxy answers with status 403"},
        {"https://http-407.example/ok", "live-unchecked", "the proxy answers with status 407"},
        {"https://http-502.example/ok", "live-unchecked", "the proxy answers with status 502"},
        {"https://http-503.example/ok", "live-unchecked", "the proxy answers with status 503"},
        {"https://hangup.example/ok", "live-unchecked", "the proxy gives no answer"},
        {"http://http-407.example/ok", "live-unchecked", "the proxy answers with status 407"},
        {"http://http-502.example/ok", "live-unchecked", "the proxy answers with status 502"},
        {"http://http-504.example/ok", "live-unchecked", "the proxy answers with status 504"},
        {"http://squid-403.example/ok", "live-unchecked", "the proxy answers with status 403"},
        {"http://http-403.example/ok", "live-status live-http", "status 403"},
        {"http://hangup.example/ok", "live-unchecked", "the proxy gives no answer"},
    };
    for (size_t i = 0; i < ROWS(T); i++) {
        r = one(T[i].link, &o);
        check_text(T[i].link, mop_sv_of(ids(&r)), mop_sv_of(T[i].ids));
        check_texts(T[i].link, &r, T[i].says);
    }
    o.transport.proxy = "http://127.0.0.1:1";
    o.tries = 1;
    r = one("http://shop.example/ok", &o);
    check_text("no proxy there", mop_sv_of(ids(&r)), MOP_SV("live-unchecked"));
    o.transport.proxy = "http://me:hush@127.0.0.1:1";
    assert_int_equal(mop_live_check(&link, 1, &o, &arena, &r, &e), -1);
    assert_int_equal(e.code, 2);
    assert_null(strstr(e.msg, "hush"));
}

/* What has to be done is another thing each time. */
static void tls_repairs(void **state)
{
    static const struct {
        const char *link, *words, *part;
        bool of_chain;
    } T[] = {
        {"https://shop.example:8444/ok", "has expired", "renewed", true},
        {"https://shop.example:8445/ok", "another host's", "mend the host in the link", false},
        {"https://shop.example:8443/ok", "nobody vouches for", "a known authority", true},
        {"https://shop.example:80/ok", "without a secure connection", "have https switched on",
         false},
        {"https://shop.example:8446/ok", "without a secure connection", "have TLS 1.2 or later",
         false},
    };
    struct mop_live_options o = options();
    bool gnutls = strstr(curl_version_info(CURLVERSION_NOW)->ssl_version, "GnuTLS") != NULL;
    (void)state;
    for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
        struct mop_live_result r = one(T[i].link, &o);
        bool vague = T[i].of_chain && gnutls;
        assert_int_equal(r.nfindings, 1);
        char *words = mop_strdup(r.findings[0].text);
        if (!strstr(words, vague ? "is not to be trusted" : T[i].words) ||
            !strstr(r.findings[0].repair, vague ? "out of date, or nobody" : T[i].part))
            fail_msg("%s: %s: %s", T[i].link, words, r.findings[0].repair);
        free(words);
    }
}

static void said_charsets(void **state)
{
    static const struct {
        const char *type, *charset;
    } T[] = {
        {"text/html; charset=utf-16", "utf-16"},
        {"text/html ; a=b; CharSet = \"UTF-8\" ; charset=x", "UTF-8"},
        {"text/html", ""},
        {"charset", ""},
        {"text/html; charset=", ""},
        {"text/html; charset=\"", "\""},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].type, mop_media_charset(mop_sv_of(T[i].type)), mop_sv_of(T[i].charset));
}

static void tls_words(void **state)
{
    static const struct {
        const char *detail;
        enum mop_tls_fault fault;
    } T[] = {
        {"SSL certificate problem: certificate has expired", MOP_TLS_EXPIRED},
        {"SSL certificate problem: certificate is not yet valid", MOP_TLS_EARLY},
        {"SSL: no alternative certificate subject name matches target host name", MOP_TLS_NAME},
        {"SSL certificate problem: self-signed certificate in certificate chain", MOP_TLS_ISSUER},
        {"SSL certificate problem: unable to get local issuer certificate", MOP_TLS_ISSUER},
        {"server certificate verification failed. CAfile: none CRLfile: none", MOP_TLS_CHAIN},
        {"error:0A00042E:SSL routines::tlsv1 alert protocol version", MOP_TLS_VERSION},
        {"error:0A000102:SSL routines::unsupported protocol", MOP_TLS_VERSION},
        {"error:0A00010B:SSL routines::wrong version number", MOP_TLS_PLAIN},
        {"OpenSSL SSL_connect: SSL_ERROR_SYSCALL", MOP_TLS_OTHER},
        {"", MOP_TLS_OTHER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof T / sizeof *T; i++)
        if (mop_tls_fault(T[i].detail) != T[i].fault)
            fail_msg("%s: %d", T[i].detail, (int)mop_tls_fault(T[i].detail));
}

static void bad_ca_file(void **state)
{
    struct mop_live_options o = options();
    struct mop_sv link = MOP_SV(S "/ok");
    struct mop_live_result r;
    struct mop_err e = {0};
    (void)state;
    o.transport.ca_file = "/nonexistent/ca.pem";
    assert_int_equal(mop_live_check(&link, 1, &o, &arena, &r, &e), -1);
    assert_int_equal(e.code, 2);
    o.transport.ca_file = NULL; /* the system's do not know our authority */
    r = one(S "/ok", &o);
    check_text("unknown", mop_sv_of(ids(&r)), MOP_SV("live-tls"));
}

static void long_links(void **state)
{
    enum { MIB = 1024 * 1024 };
    struct mop_live_options o = options();
    struct mop_live_result r;
    struct mop_err e = {0};
    char *text = mop_alloc(MIB);
    (void)state;
    memset(text, 'a', MIB);
    memcpy(text, S "/ok?", strlen(S "/ok?"));
    struct mop_sv link = {text, MIB};
    assert_int_equal(mop_live_check(&link, 1, &o, &arena, &r, &e), 0);
    check_text("1 MiB", mop_sv_of(ids(&r)), MOP_SV("live-address"));
    assert_true(r.shown.n < 2000);
    link = (struct mop_sv)L("https://shop.example/a\0b");
    assert_int_equal(mop_live_check(&link, 1, &o, &arena, &r, &e), 0);
    check_text("NUL", mop_sv_of(ids(&r)), MOP_SV("live-address"));
    link = (struct mop_sv)L("https://shop.example/\xff");
    assert_int_equal(mop_live_check(&link, 1, &o, &arena, &r, &e), 0);
    check_text("no UTF-8", mop_sv_of(ids(&r)), MOP_SV("live-address"));
    free(text);
}

/* ---- the parts ---- */

static void shown(void **state)
{
    static const struct {
        const char *link, *shown;
    } T[] = {
        {S "/a?utm_source=news&gclid=AbC&x", S "/a?utm_source=news&gclid=***&x"},
        {"https://ann:pw@shop.example:8443/a#me", "https://***@shop.example:8443/a#***"},
        {S "/a?email=ann%40acme.example&utm_id=ann%40acme.example", S "/a?email=***&utm_id=***"},
        {S "/a?ann@acme.example=1", S "/a?***=***"},
        {S "/u/ann@acme.example/x", S "/u/a***@acme.example/x"},
        {"data:text/html,hello", "data:***"},
        {"mailto:ann@acme.example", "mailto:***"},
        {"ann@acme.example", "***"},
        {S "/\x1b[31m", S "/\\x1b[31m"},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].link, mop_live_shown(&arena, mop_sv_of(T[i].link)), mop_sv_of(T[i].shown));
}

static void pages(void **state)
{
    static const struct {
        const char *page, *title, *heading, *canonical, *refresh, *text;
    } T[] = {
        {"<title> A &amp; B </title><h1>x <b>y</b></h1>", "A &amp; B", "x y", "", "",
         "<title> A &amp; B </title><h1>x <b>y</b></h1>"},
        {"<!-- <title>no</title> -->a<!--->b<!-- open", "", "", "", "", "ab"},
        {"<script>'<title>no</title>'</script><TITLE>yes</TITLE>", "yes", "", "", "",
         "<script>'<title>no</title>'</script><TITLE>yes</TITLE>"},
        {"<link rel='x CANONICAL' href=/a?b&amp;c>", "", "", "/a?b&c", "",
         "<link rel='x CANONICAL' href=/a?b&amp;c>"},
        {"<meta content='5;url= \"/x\"' http-equiv=refresh a=\">\">", "", "", "", "/x",
         "<meta content='5;url= \"/x\"' http-equiv=refresh a=\">\">"},
        {"<meta http-equiv=refresh content=30>", "", "", "", "",
         "<meta http-equiv=refresh content=30>"},
        {"1 < 2 <3 \xff<", "", "", "", "", "1 < 2 <3 ?<"},
        {"<title>open", "open", "", "", "", "<title>open"},
        {"<a href=", "", "", "", "", "<a href="},
        {"", "", "", "", "", ""},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++) {
        struct mop_live_page p;
        mop_live_read_page(&arena, mop_sv_of(T[i].page), &p);
        check_text(T[i].page, p.title, mop_sv_of(T[i].title));
        check_text(T[i].page, p.heading, mop_sv_of(T[i].heading));
        check_text(T[i].page, p.canonical, mop_sv_of(T[i].canonical));
        check_text(T[i].page, p.refresh, mop_sv_of(T[i].refresh));
        check_text(T[i].page, p.text, mop_sv_of(T[i].text));
    }
}

static void charsets(void **state)
{
    static const struct {
        const char *what;
        struct mop_sv body, type, text;
    } T[] = {
        {"a mark", L("\xff\xfe<\0a\0"), L(""), L("<a")},
        {"the other", L("\xfe\xff\0<\0\xfc"), L("text/html; charset=utf-8"), L("<\xc3\xbc")},
        {"said", L("<\0"), L("text/html; Charset = \"utf-16\""), L("<")},
        {"a pair", L("\xff\xfe\x3d\xd8\x00\xde"), L(""), L("\xf0\x9f\x98\x80")},
        {"half a pair", L("\xff\xfe\x3d\xd8"), L(""), L("?")},
        {"cut", L("\xff\xfe<\0a"), L(""), L("<")},
        {"nothing", L("\xff\xfe"), L(""), L("")},
        {"another", L("<\xfc>"), L("text/html; charset=iso-8859-1"), L("<\xfc>")},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        check_text(T[i].what, mop_live_decoded(&arena, T[i].body, T[i].type), T[i].text);
}

/* Each comment that never ends would look for its end to the end of the page. */
static void comments_without_end(void **state)
{
    enum { MANY = 1 << 18 };
    struct mop_live_page p;
    struct mop_buf b;
    (void)state;
    mop_buf_init(&b, 4 * (size_t)MANY);
    mop_buf_str(&b, "<script>a /* gone */ b ");
    for (size_t i = 0; i < MANY; i++)
        mop_buf_str(&b, "/* ");
    mop_buf_str(&b, "</script>");
    mop_live_read_page(&arena, mop_buf_view(&b), &p);
    check_text("kept", mop_sv_sub(p.text, 0, 15), MOP_SV("<script>a   b /"));
    mop_buf_release(&b);
}

static void gone(void **state)
{
    static const struct {
        const char *text;
        bool gone;
    } T[] = {
        {"404", true},
        {"Error 404", true},
        {"404 - Acme", true},
        {"404 | Not here", true},
        {"404 \xe2\x80\x93 Acme", true},
        {"Acme: 404 error", true},
        {"Fehler 404 bei Acme", true},
        {"Page not found", true},
        {"This page does not exist", true},
        {"The page you asked for doesn't exist", true},
        {"Sorry, this page can't be found", true},
        {"Not Found", true},
        {"Seite nicht gefunden | Acme", true},
        {"Page introuvable", true},
        {"P\xc3\xa1gina no encontrada", true},
        {"Pagina niet gevonden", true},
        {"Acme | 404", true},
        {"Acme \xe2\x80\x93 404", true},
        {"Oops! 404", true},
        {"HTTP 404", true},
        {"Not Found | Acme", true},
        {"Acme - Not Found", true},
        {"Not found (404)", true},
        {"We can\xe2\x80\x99t find the page you're looking for", true},
        {"We could not find that page", true},
        {"This offer is no longer available", true},
        {"Diese Seite gibt es nicht", true},
        {"", false},
        {"Peugeot 404", false},
        {"404 chairs in oak", false},
        {"Not found elsewhere: our sale", false},
        {"A bag that doesn't exist twice", false},
        {"Landing page tips", false},
        {"Room 404: a story", false},
        {"404 Media", false},
        {"Drill GSR 18-404", false},
        {"Not found yet? Try our finder", false},
        {"Sorry, we sold 404 of them", false},
        {"You can find the page of each model here", false},
        {"Why a page is no longer enough", false},
    };
    struct mop_live_words *x = mop_live_words_create();
    struct mop_match *m = mop_match_create();
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].text, mop_live_says_gone(x, m, mop_sv_of(T[i].text)) == T[i].gone);
    mop_match_free(m);
    mop_live_words_free(x);
}

static void addresses(void **state)
{
    static const struct {
        const char *address;
        bool open;
    } T[] = {
        {"93.184.216.34", true},
        {"172.15.255.255", true},
        {"172.16.0.0", false},
        {"172.31.255.255", false},
        {"172.32.0.0", true},
        {"100.63.255.255", true},
        {"100.127.255.255", false},
        {"192.0.2.1", false},
        {"198.19.255.255", false},
        {"223.255.255.255", true},
        {"239.1.1.1", false},
        {"255.255.255.255", false},
        {"[2606:2800::1]", true},
        {"[2001:db8::1]", false},
        {"[::ffff:93.184.216.34]", true},
        {"[::ffff:10.0.0.1]", false},
        {"[::127.0.0.1]", false},
        {"[2002:5db8:d822::1]", true},
        {"[2002:a00:1::1]", false},
        {"[64:ff9b::5db8:d822]", true},
        {"[ff02::1]", false},
        {"[100::1]", false},
        {"[fec0::1]", false},
        {"[::ffff:0:127.0.0.1]", false},
        {"shop.example", true},
        {"localhost.example", true},
        {"a.localhost", false},
        {"wiki.local", false},
        {"WIKI.Local.", false},
        {"db.eu.internal", false},
        {"printer.home.arpa", false},
        {"shop.lan", false},
        {"intranet", false},
        {"intranet.", false},
        {"local.example", true},
        {"internal.", false},
        {"home.arpa.example", true},
        {"mylocal.example", true},
    };
    (void)state;
    for (size_t i = 0; i < ROWS(T); i++)
        CHECK(T[i].address, !mop_live_host_range(T[i].address) == T[i].open);
}

/* The last test: every finding was seen, and its page names it. */
static void all_fired(void **state)
{
    static char page[65536];
    FILE *f = fopen(MOP_TOP "/rules/gate.md", "r");
    char name[64];
    (void)state;
    assert_non_null(f);
    page[fread(page, 1, sizeof page - 1, f)] = '\0';
    fclose(f);
    for (size_t i = 0; i < MOP_LIVE_IDS; i++) {
        snprintf(name, sizeof name, "`%s`", mop_live_kinds[i].id);
        check_true(name, fired[i], "was never seen");
        check_true(name, strstr(page, name) != NULL, "is not in rules/gate.md");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matrix),
        cmocka_unit_test(words),
        cmocka_unit_test(charsets),
        cmocka_unit_test(other_page),
        cmocka_unit_test(tags),
        cmocka_unit_test(hosts),
        cmocka_unit_test(rebinding),
        cmocka_unit_test(requests),
        cmocka_unit_test(private_allowed),
        cmocka_unit_test(many),
        cmocka_unit_test(too_slow),
        cmocka_unit_test(proxies),
        cmocka_unit_test(tls_repairs),
        cmocka_unit_test(tls_words),
        cmocka_unit_test(said_charsets),
        cmocka_unit_test(charsets),
        cmocka_unit_test(bad_ca_file),
        cmocka_unit_test(long_links),
        cmocka_unit_test(shown),
        cmocka_unit_test(pages),
        cmocka_unit_test(comments_without_end),
        cmocka_unit_test(addresses),
        cmocka_unit_test(gone),
        cmocka_unit_test(all_fired),
    };
    mop_arena_init(&arena);
    int rc = cmocka_run_group_tests(tests, web_start, web_stop);
    mop_arena_release(&arena);
    return rc;
}
