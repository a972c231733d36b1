/* SPDX-License-Identifier: MIT */
/*
 * gen RECORDS|SIZE [SEED]: writes a CSV export of leads to standard output: 20 columns, about 330
 * bytes a record, one record in ten with quoted fields (commas, quotes, newlines in them), and each
 * fault that job.yaml looks for in one to three records of a hundred. SIZE is a number with K, M or
 * G: records are written until it is reached. The same arguments give the same bytes.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof(*(a)))
#define PICK(a) ((a)[below(COUNT(a))])

static uint64_t state;

static uint32_t below(size_t n)
{
    uint64_t z = state += 0x9e3779b97f4a7c15u; /* splitmix64 */
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (uint32_t)(((z ^ (z >> 31)) >> 32) * n >> 32);
}

/* True in so many cases of a thousand. */
static bool often(uint32_t per_mille)
{
    return below(1000) < per_mille;
}

static const char *const first_names[] = {"Anna",  "Ben",    "Carla", "David", "Elena", "Farid",
                                          "Grace", "Hugo",   "Ines",  "Jonas", "Keiko", "Liam",
                                          "Maria", "Nils",   "Olga",  "Paul",  "Rosa",  "Samir",
                                          "Tessa", "Viktor", "Zoë",   "José",  "Björn", "Aurélie"};
static const char *const last_names[] = {
    "Almeida", "Bauer",   "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen",
    "Ito",     "Jansen",  "Kowalski", "Lopez",  "Meyer",   "Nowak",   "Okafor", "Petrov",
    "Rossi",   "Schmidt", "Tanaka",   "Weber",  "Young",   "Zhang"};
static const char *const company_heads[] = {
    "Northwind", "Bluebird", "Granite", "Harbour", "Lumen",  "Maple",  "Orchard", "Pioneer",
    "Quarry",    "Ridge",    "Summit",  "Tidal",   "Vertex", "Willow", "Zenith",  "Keystone"};
static const char *const company_tails[] = {"Logistics",  "Software", "Health", "Analytics",
                                            "Industries", "Retail",   "Energy", "Partners"};
static const char *const no_companies[] = {"n/a",     "NA",   "none", "Test",
                                           "unknown", "asdf", "XXX",  "--"};
static const char *const countries[] = {"AE", "AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CN",
                                        "CO", "CZ", "DE", "DK", "EG", "ES", "FI", "FR", "GB", "GR",
                                        "HU", "IE", "IL", "IN", "IT", "JP", "KR", "MX", "NL", "NO",
                                        "NZ", "PL", "PT", "RO", "SE", "SG", "TR", "UA", "US", "ZA"};
static const char *const bad_countries[] = {"UK", "Germany", "usa", "EU", "XX", ""};
static const char *const stages[] = {"subscriber",         "lead",        "marketingqualifiedlead",
                                     "salesqualifiedlead", "opportunity", "customer",
                                     "evangelist",         "other"};
static const char *const bad_stages[] = {"MQL", "Customer", "prospect", ""};
static const char *const statuses[] = {"new",         "open",      "in_progress", "open_deal",
                                       "unqualified", "attempted", "connected",   "bad_timing"};
static const char *const owners[] = {"dana.reyes", "mika.laine", "tom.okoro", "sara.lind",
                                     "jo.park",    "lee.novak",  "ana.silva", "max.brandt"};
static const char *const titles[] = {
    "Head of Marketing", "Operations Manager", "Analyst", "Chief Financial Officer", "Buyer",
    "Developer"};
static const char *const sources[] = {
    "google",  "bing",       "linkedin", "facebook", "instagram", "x",
    "youtube", "tiktok",     "reddit",   "quora",    "capterra",  "g2",
    "hubspot", "newsletter", "partner",  "webinar",  "podcast",   "direct-mail"};
static const char *const media[] = {"cpc",     "paid-social", "display",   "email",
                                    "organic", "referral",    "affiliate", "video",
                                    "event",   "content",     "qr",        "print"};
/* The allowed pairs, 40 of them; pairs.csv holds the same. */
static const char *const pairs[][2] = {{"google", "cpc"},
                                       {"google", "display"},
                                       {"google", "organic"},
                                       {"google", "video"},
                                       {"bing", "cpc"},
                                       {"bing", "organic"},
                                       {"bing", "display"},
                                       {"linkedin", "paid-social"},
                                       {"linkedin", "organic"},
                                       {"linkedin", "content"},
                                       {"linkedin", "event"},
                                       {"facebook", "paid-social"},
                                       {"facebook", "organic"},
                                       {"facebook", "video"},
                                       {"instagram", "paid-social"},
                                       {"instagram", "organic"},
                                       {"instagram", "video"},
                                       {"x", "paid-social"},
                                       {"x", "organic"},
                                       {"youtube", "video"},
                                       {"youtube", "display"},
                                       {"youtube", "organic"},
                                       {"tiktok", "paid-social"},
                                       {"tiktok", "video"},
                                       {"reddit", "paid-social"},
                                       {"reddit", "referral"},
                                       {"quora", "cpc"},
                                       {"quora", "referral"},
                                       {"capterra", "cpc"},
                                       {"capterra", "referral"},
                                       {"g2", "cpc"},
                                       {"g2", "referral"},
                                       {"hubspot", "email"},
                                       {"newsletter", "email"},
                                       {"partner", "affiliate"},
                                       {"partner", "referral"},
                                       {"webinar", "event"},
                                       {"webinar", "email"},
                                       {"podcast", "content"},
                                       {"direct-mail", "qr"}};
static const char *const words[] = {"spring", "launch", "pricing", "guide", "demo",
                                    "report", "cloud",  "summit",  "trial", "roi"};
static const char *const regions[] = {"emea", "amer", "apac", "dach", "uki"};
static const char *const notes[] = {
    "asked for a call back after the trade fair", "downloaded the pricing guide twice",
    "imported from the event list without a source", "talked to support about the trial first"};

struct when {
    unsigned year, month, day, hour, minute, second;
};

static struct when some_time(void)
{
    return (struct when){2024 + below(3), 1 + below(12), 1 + below(28),
                         below(24),       below(60),     below(60)};
}

/* So many days on, at most 27: the next month's same day at the furthest. */
static struct when later(struct when t, unsigned days)
{
    t.day += days;
    if (t.day > 28) {
        t.day -= 28;
        if (++t.month > 12) {
            t.month = 1;
            t.year++;
        }
    }
    return t;
}

static void put_time(char *out, size_t size, struct when t, uint32_t bad_per_mille)
{
    if (often(bad_per_mille))
        snprintf(out, size, "%02u/%02u/%u %02u:%02u", t.day, t.month, t.year, t.hour, t.minute);
    else
        snprintf(out, size, "%u-%02u-%02uT%02u:%02u:%02uZ", t.year, t.month, t.day, t.hour,
                 t.minute, t.second);
}

static size_t put_record(uint32_t number)
{
    char email[96], phone[32], company[96], created[32] = "", mql[32] = "", sql[32] = "",
                                            campaign[96] = "";
    char url[320], amount[32] = "", note[160], id[24];
    const char *first = PICK(first_names), *last = often(15) ? "" : PICK(last_names);
    const char *source = "", *medium = "", *owner, *stage, *country;
    bool quoted = often(100);
    unsigned person = below(4000000);

    snprintf(id, sizeof id, often(5) ? "L%09u" : "L-%09u", (unsigned)number);
    snprintf(email, sizeof email, "%s.%u@%s%u.example", words[person % 10], person,
             words[person / 10 % 10], person % 977);
    if (often(10))
        email[0] = (char)(email[0] - 'a' + 'A');
    if (often(10))
        *strchr(email, '@') = ' ';
    if (often(15))
        email[0] = '\0';
    if (often(10))
        snprintf(company, sizeof company, "%s", PICK(no_companies));
    else
        snprintf(company, sizeof company, "%s %s%s", PICK(company_heads), PICK(company_tails),
                 quoted ? ", Inc." : " GmbH");
    country = often(20) ? PICK(bad_countries) : PICK(countries);
    snprintf(phone, sizeof phone, often(20) ? "0%u %07u" : "+%u %09u", 1 + below(90),
             below(10000000));
    if (often(300))
        phone[0] = '\0';
    stage = often(15) ? PICK(bad_stages) : PICK(stages);

    bool sales = !strcmp(stage, "salesqualifiedlead") || !strcmp(stage, "opportunity") ||
                 !strcmp(stage, "customer");
    bool marketing = sales || !strcmp(stage, "marketingqualifiedlead");
    struct when at = some_time();
    if (!often(5))
        put_time(created, sizeof created, at, 10);
    if (marketing && !often(20))
        put_time(mql, sizeof mql, often(15) ? (at.year--, at) : later(at, below(20)), 10);
    if (sales && !often(20))
        put_time(sql, sizeof sql, often(15) ? at : later(at, 20 + below(7)), 10);
    owner = sales ? (often(30) ? "" : PICK(owners)) : (often(600) ? "" : PICK(owners));
    if (!strcmp(stage, "customer") ? !often(20) : often(300))
        snprintf(amount, sizeof amount, often(15) ? "%u.%02u EUR" : "%u.%02u", below(90000),
                 below(100));

    size_t length = (size_t)snprintf(url, sizeof url, "%s://www.acme.example/%s/%s",
                                     often(15) ? "http" : "https", PICK(words), PICK(words));
    if (!often(250)) {
        size_t pair = below(COUNT(pairs));
        source = often(20) ? "Google Ads" : often(10) ? PICK(sources) : pairs[pair][0];
        medium = often(20) ? PICK(media) : often(15) ? "social_paid" : pairs[pair][1];
        snprintf(campaign, sizeof campaign, often(20) ? "%s %s-%s %uq%u" : "%s_%s-%s_%uq%u",
                 PICK(regions), PICK(words), PICK(words), 2024 + below(3), 1 + below(4));
        length += (size_t)snprintf(url + length, sizeof url - length,
                                   "?utm_source=%s&utm_medium=%s&utm_campaign=%s&gclid=Cj0KCQ%u",
                                   often(15)             ? "newsletter"
                                   : strchr(source, ' ') ? "google"
                                                         : source,
                                   strchr(medium, ' ') ? "cpc" : medium,
                                   strchr(campaign, ' ') ? "none" : campaign, below(1000000));
        if (often(15))
            medium = "";
    }
    if (often(10))
        url[0] = '\0';
    if (quoted)
        snprintf(note, sizeof note, "\"%s,\nthen said \"\"call me in %u weeks\"\"\"", PICK(notes),
                 1 + below(20));
    else
        snprintf(note, sizeof note, "%s", often(250) ? PICK(notes) : "");

    const char *quote = quoted ? "\"" : "";
    const char *blank = often(15) ? " " : "";
    int n = printf("%s,%s,%s%s,%s,%s%s%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", id, email,
                   first, blank, last, quote, company, quote, PICK(titles), country, phone, stage,
                   often(100)  ? ""
                   : often(10) ? "Closed"
                               : PICK(statuses),
                   owner, created, mql, sql, source, medium, campaign, url, amount, note);
    return n < 0 ? 0 : (size_t)n;
}

int main(int argc, char **argv)
{
    char *end = NULL;
    uint64_t limit = argc > 1 ? strtoull(argv[1], &end, 10) : 0, bytes = 0;
    uint64_t unit = 0;
    if (end && *end)
        unit = *end == 'K'   ? 1024u
               : *end == 'M' ? 1024u * 1024
               : *end == 'G' ? 1024u * 1024 * 1024
                             : 0;
    if (limit == 0 || (*end && unit == 0)) {
        fputs("usage: gen RECORDS|SIZE{K,M,G} [SEED]\n", stderr);
        return 2;
    }
    state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    bytes += (uint64_t)printf(
        "record_id,email,first_name,last_name,company,job_title,country,phone,lifecycle_stage,"
        "lead_status,owner,created_at,mql_at,sql_at,utm_source,utm_medium,utm_campaign,url,"
        "amount,notes\n");
    for (uint32_t i = 1; unit ? bytes < limit * unit : i <= limit; i++)
        bytes += put_record(i);
    if (fflush(stdout) || ferror(stdout)) {
        perror("gen");
        return 3;
    }
    return 0;
}
