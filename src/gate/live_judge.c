/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include "../base/utf8.h"
#include "../values/domain.h"
#include "../values/url_checks.h"

#include <stdlib.h>
#include <string.h>

/* What the end of a link's way says about it. */

/* Between the parts of a title. */
#define BREAK "[-|:/\\x{2013}\\x{2014}\\x{b7}\\x{bb}]"
/* Titles and headings of pages that say "not found" with status 200, in languages of campaigns. */
static const char *const gone[] = {
    "^\\W*(error|fehler|erreur|fout)?\\W*404\\W*$",
    "^\\W*404\\s*" BREAK,
    "\\s" BREAK "\\s+404\\W*$",
    "^\\W*(http|oops|ups|uups|hoppla|whoops|sorry)\\b\\W{1,3}(http\\W+)?404\\b",
    "(error|fehler|erreur|errore|fout)\\s+404\\b|\\b404\\s+(error|not found|page|seite)",
    "\\b(page|site|content|file|offer|url)\\b.{0,30}\\b(not found|not exist|.t exist)",
    "\\b(page|content|file|url)\\b.{0,30}\\b(can|could)(.t|not| not) be found",
    "(^|\\s" BREAK ")\\W*(404\\W+)?not found\\W*($|(?<=\\s)" BREAK "\\s|404\\W*$)",
    "\\b(can|could)(.t|not| not) (find|locate) (the|that|this|your) (page|site|url)\\b",
    "\\b(page|content|offer|url)\\b.{0,30}\\b(no longer (available|exist)|(isn.t|is not) "
    "available)",
    "\\bseite\\b.{0,30}\\b(nicht gefunden|existiert nicht|gibt es nicht|nicht vorhanden)|\\bpage "
    "(introuvable|non trouv)",
    "p.gina no (encontrada|existe)|pagina (non trovata|niet gevonden)|p.gina n.o encontrada",
};
/* Last segments of a path to which such pages are redirected, without .html or the like. */
static const char *const gone_paths[] = {
    "404",       "not-found", "notfound", "not_found",     "page-not-found", "page_not_found",
    "error-404", "error404",  "404error", "404-not-found", "pagenotfound"};
enum { GONE = sizeof gone / sizeof *gone, TITLE_MAX = 500 };

struct mop_live_words {
    struct mop_regex *gone[GONE];
};

struct mop_live_words *mop_live_words_create(void)
{
    struct mop_live_words *x = mop_alloc(sizeof *x);
    struct mop_regex_error e;
    for (size_t i = 0; i < GONE; i++)
        x->gone[i] = mop_regex_compile(mop_sv_of(gone[i]), MOP_RX_NOCASE, &e);
    return x;
}

void mop_live_words_free(struct mop_live_words *x)
{
    for (size_t i = 0; x && i < GONE; i++)
        mop_regex_free(x->gone[i]);
    free(x);
}

bool mop_live_says_gone(const struct mop_live_words *x, struct mop_match *m, struct mop_sv text)
{
    for (size_t i = 0; i < GONE; i++)
        if (text.n && text.n <= TITLE_MAX && mop_regex_match(x->gone[i], m, text) == MOP_RX_YES)
            return true;
    return false;
}

static bool says_gone(const struct mop_live *run, struct mop_sv text)
{
    return mop_live_says_gone(run->words, run->match, text);
}

static struct mop_sv last_segment(struct mop_sv path)
{
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    size_t at = path.n;
    while (at && path.p[at - 1] != '/')
        at--;
    return mop_sv_sub(path, at, path.n);
}

static struct mop_sv without_suffix(struct mop_sv name)
{
    static const char *const suffixes[] = {".html", ".htm", ".php", ".asp", ".aspx", ".jsp"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (mop_sv_ends(name, mop_sv_of(suffixes[i])))
            return mop_sv_sub(name, 0, name.n - strlen(suffixes[i]));
    return name;
}

static bool is_gone_path(struct mop_sv path)
{
    struct mop_sv name = without_suffix(last_segment(path));
    for (size_t i = 0; i < sizeof gone_paths / sizeof *gone_paths; i++)
        if (mop_sv_eq_nocase(name, mop_sv_of(gone_paths[i])))
            return true;
    return false;
}

/* "en", "de-AT": a short word of that length (/ok, /go, /it) is a page. */
static bool is_locale(struct mop_sv s)
{
    static const char *const languages[] = {"en", "de", "fr", "es", "nl", "pt", "pl", "sv", "da",
                                            "nb", "fi", "cs", "hu", "ro", "tr", "ja", "zh", "ko"};
    bool region = s.n == 5 && (s.p[2] == '-' || s.p[2] == '_');
    for (size_t i = 0; (s.n == 2 || region) && i < sizeof languages / sizeof *languages; i++)
        if (mop_sv_eq_nocase(mop_sv_sub(s, 0, 2), mop_sv_of(languages[i])))
            return true;
    return false;
}

/* "/", "/index.html", "/en/", "/de-at/home" */
static bool is_front(struct mop_sv path)
{
    struct mop_sv piece, last = MOP_SV("");
    size_t n = 0;
    while (mop_sv_next(&path, '/', &piece))
        if (piece.n) {
            n += n || !is_locale(piece);
            last = piece;
        }
    last = without_suffix(last);
    return !n || (n == 1 && (mop_sv_eqs(last, "index") || mop_sv_eqs(last, "home") ||
                             mop_sv_eqs(last, "default")));
}

/* Another host of the same owner may be made for short links to the front page. */
static bool is_same_site(struct mop_sv a, struct mop_sv b)
{
    a = mop_sv_starts(a, MOP_SV("www.")) ? mop_sv_sub(a, 4, a.n) : a;
    b = mop_sv_starts(b, MOP_SV("www.")) ? mop_sv_sub(b, 4, b.n) : b;
    return a.n && mop_sv_eq(a, b);
}

/* A page below was asked for, and the same site shows its front page instead. */
static bool sent_home(struct mop_live_walk *w, struct mop_arena *a, const struct mop_url *end)
{
    struct mop_url before;
    if (!is_front(end->path))
        return false;
    for (size_t i = w->out->nhops - 1; i-- > 0;) {
        mop_url_parse(a, w->urls[i], false, &before);
        if (!is_front(before.path)) /* http to https, or / to /en/, come after it */
            return is_same_site(before.ascii_host, end->ascii_host);
    }
    return false;
}

static void judge_gone(struct mop_live_walk *w, struct mop_arena *a, const struct mop_url *end,
                       const struct mop_live_page *page)
{
    bool empty = !w->capped && !mop_sv_trim(page->text).n;
    const char *how = says_gone(w->run, page->title)                 ? "its title says so"
                      : says_gone(w->run, page->heading)             ? "its heading says so"
                      : w->out->nhops > 1 && is_gone_path(end->path) ? "its address says so"
                      : empty                                        ? "it is empty"
                                                                     : NULL;
    if (how)
        mop_live_found(w, MOP_LIVE_SOFT_404, "ends at a 'not found' page with status %ld: %s",
                       w->status, how);
    else if (sent_home(w, a, end))
        mop_live_found(w, MOP_LIVE_SOFT_404, "ends at the front page instead of its own");
}

/* ---- where it ends ---- */

static bool is_page(struct mop_sv type, struct mop_sv body)
{
    struct mop_sv name = mop_sv_trim(mop_sv_sub(type, 0, mop_sv_find(type, ';')));
    if (!name.n)
        return mop_sv_starts(mop_sv_trim(body), MOP_SV("<"));
    return mop_sv_eq_nocase(name, MOP_SV("text/html")) ||
           mop_sv_eq_nocase(name, MOP_SV("application/xhtml+xml"));
}

static void judge_hosts(struct mop_live_walk *w, const struct mop_url *end)
{
    const struct mop_live_options *o = &w->run->settings;
    bool within = !o->nhosts;
    for (size_t i = 0; i < o->nhosts && !within; i++)
        within = mop_domain_within(end->ascii_host, o->hosts[i]);
    if (!within)
        mop_live_found(w, MOP_LIVE_HOST, "ends at the host '%.*s', not at '%.*s'%s",
                       MOP_SV_ARG(end->ascii_host), MOP_SV_ARG(o->hosts[0]),
                       o->nhosts > 1 ? " or another that was expected" : " or below");
}

static void judge_canonical(struct mop_live_walk *w, struct mop_arena *a, const struct mop_url *end,
                            struct mop_sv canonical)
{
    struct mop_buf whole;
    if (!canonical.n)
        return;
    mop_buf_init(&whole, MOP_LIVE_CAP_URL);
    if (mop_live_resolve(mop_buf_view(&w->wire), canonical, &whole)) {
        struct mop_sv host = mop_live_host_of(a, mop_buf_view(&whole));
        if (host.p && !mop_sv_eq(host, end->ascii_host))
            mop_live_found(w, MOP_LIVE_CANONICAL, "ends at '%.*s', whose canonical host is '%.*s'",
                           MOP_SV_ARG(end->ascii_host), MOP_SV_ARG(host));
    }
    mop_buf_release(&whole);
}

/* Only told: following it would need a browser's judgement of its scripts as well. */
static void judge_refresh(struct mop_live_walk *w, struct mop_arena *a, struct mop_sv to)
{
    struct mop_buf whole;
    struct mop_sv header = mop_live_header(w, "refresh");
    to = to.n ? to : mop_live_refresh_target(header);
    if (!to.n)
        return;
    mop_buf_init(&whole, MOP_LIVE_CAP_URL);
    bool good = mop_live_resolve(mop_buf_view(&w->wire), to, &whole);
    struct mop_sv shown = good ? mop_live_shown(a, mop_buf_view(&whole)) : MOP_SV("nowhere");
    mop_live_found(w, MOP_LIVE_REFRESH, "ends at a page that a refresh leads on to '%.*s'",
                   MOP_SV_ARG(shown));
    mop_buf_release(&whole);
}

static void judge_page(struct mop_live_walk *w, struct mop_arena *a, const struct mop_url *end)
{
    struct mop_live_page page;
    struct mop_sv type = mop_live_header(w, "content-type");
    struct mop_sv body = mop_live_decoded(a, mop_buf_view(&w->body), type);
    if (!is_page(type, body)) {
        struct mop_buf shown;
        mop_buf_init(&shown, 1024);
        mop_utf8_show(&shown, type.n ? type : MOP_SV("nothing"), 60);
        mop_live_found(w, MOP_LIVE_TYPE, "ends at '%s', not at a web page", shown.p);
        mop_buf_release(&shown);
        if (w->run->settings.expect_tag)
            mop_live_found(w, MOP_LIVE_TAG, "ends at no page that could hold the expected tag");
        return;
    }
    mop_live_read_page(a, body, &page);
    judge_gone(w, a, end, &page);
    mop_live_judge_tag(w, page.text);
    judge_canonical(w, a, end, page.canonical);
    judge_refresh(w, a, page.refresh);
}

static void judge_https(struct mop_live_walk *w)
{
    for (size_t i = 0; i < w->out->nhops; i++)
        if (!w->out->hops[i].https) {
            if (i)
                mop_live_found(w, MOP_LIVE_HTTP, "is plain http at hop %zu", i + 1);
            else
                mop_live_found(w, MOP_LIVE_HTTP, "begins with plain http");
            return;
        }
}

/* What the link itself has is told by the check of privacy. */
static void judge_personal(struct mop_live_walk *w, struct mop_arena *a)
{
    const struct mop_url_check *pii = mop_url_check_find(MOP_SV("pii"));
    const struct mop_live_options *o = &w->run->settings;
    const struct mop_url_context c = {
        .kind = MOP_URL_LINK, .personal = o->personal, .n_personal = o->npersonal};
    struct mop_url u;
    struct mop_buf why;
    mop_buf_init(&why, 4096);
    for (size_t i = 0; i < w->out->nhops; i++) {
        mop_url_parse(a, w->urls[i], false, &u);
        if (!pii->fails(&u, &c, &why))
            continue;
        if (i)
            mop_live_found(w, MOP_LIVE_PERSONAL, "gets personal data into its address at hop %zu",
                           i + 1);
        break;
    }
    mop_buf_release(&why);
}

void mop_live_judge(struct mop_live_walk *w)
{
    struct mop_arena a;
    struct mop_url end;
    mop_arena_init(&a);
    mop_url_parse(&a, mop_buf_view(&w->url), false, &end);
    judge_https(w);
    judge_hosts(w, &end);
    mop_live_params(w);
    judge_personal(w, &a);
    if (w->status < 200 || w->status > 299)
        mop_live_found(w, MOP_LIVE_STATUS, "is answered with status %ld", w->status);
    else
        judge_page(w, &a, &end);
    mop_arena_release(&a);
}
