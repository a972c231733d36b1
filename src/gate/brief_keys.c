/* SPDX-License-Identifier: MIT */
#include "gate/brief_keys.h"
#include "rules/fragment.h"

/* The keys of briefs, in the order in which `gate --init` writes them. */

const char *const mop_brief_risks[] = {"low", "medium", "high", NULL};
const char *const mop_brief_touched[] = {"tracking",     "budget",   "sales_handoff",
                                         "lead_quality", "strategy", NULL};

#define REF(name) "{\"$ref\": \"#/$defs/" name "\"}"
#define OR_OPEN(schema) "{\"anyOf\": [" schema ", " REF("open") "]}"
#define LIST_OF(name) "{\"type\": [\"array\", \"null\"], \"items\": " OR_OPEN(REF(name)) "}"
/* One of the words, blanks around it or not. */
#define ONE_OF(words, pattern)                                                                     \
    "{\"anyOf\": [{\"enum\": [" words ", null]}, {\"type\": [\"string\"], \"pattern\": "           \
    "\"^\\\\s*(" pattern ")?\\\\s*$\"}]}"
#define WORD_OR(name) "{\"anyOf\": [" REF("text") ", " REF(name) "]}"
#define WORDS_OR(name)                                                                             \
    "{\"type\": [\"array\", \"null\"], \"items\": {\"anyOf\": [" REF("text") ", " REF(name) "]}}"
#define TEXT REF("text")
#define TEXTS REF("texts")
#define BOOL REF("bool")
#define DAY REF("day")
#define MONEY REF("money")
#define ROLE                                                                                       \
    ONE_OF("\"decision\", \"execution\", \"input\", \"review\", \"stop\", \"routing\"",            \
           "decision|execution|input|review|stop|routing")
#define MUST(keys) "\"required\": [" keys "]"

enum { S = MOP_SHAPE_SCALAR, L = MOP_SHAPE_LIST, M = MOP_SHAPE_MAPPING, E = MOP_SHAPE_EMPTY };
#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, NULL                                                                        \
    }
#define TABLE(id, words, must, ...)                                                                \
    const struct mop_key_table mop_brief_keys_##id = {                                             \
        #id, words, (const struct mop_key[]){__VA_ARGS__, END}, false, must}

TABLE(top, "a brief", MUST("\"brief\""),
      {"brief", S,
       "{\"anyOf\": [{\"enum\": [1]}, {\"type\": [\"string\"], \"pattern\": \"^\\\\s*1\\\\s*$\"}]}",
       "version of this language: 1"},
      {"name", S | E, TEXT, "the campaign's name, as the naming template wants it"},
      {"description", S | E, TEXT, "what it is, for people"},
      {"record", S | E, TEXT, "its record type in the taxonomy; default campaign"},
      {"objective", S | E, TEXT, "what it is to reach"},
      {"market", S | L | E, TEXTS, "where: the word that names and reports use"},
      {"product", S | L | E, TEXTS, "for what: the word that names and reports use"},
      {"channels", S | L | E, TEXTS, "GA4 channels it is meant to show up in, print and qr too"},
      {"start", S | E, DAY, "the day it goes live, as 2026-12-31"},
      {"end", S | E, DAY, "its last day, as 2026-12-31"},
      {"budget", S | M | E, "{\"anyOf\": [" MONEY ", " REF("budget") "]}",
       "what it may cost: 12000, 12000.50, 12000 EUR, or amount, currency and cap"},
      {"recurring", S | E, BOOL, "true or false: is it as it was done before, with other words?"},
      {"risk", S | E, ONE_OF("\"low\", \"medium\", \"high\"", "low|medium|high"),
       "how much harm a mistake does: low, medium or high"},
      {"touches", S | L | E, "{\"anyOf\": [" REF("touched") ", " LIST_OF("touched") "]}",
       "what it changes for others: tracking, budget, sales_handoff, lead_quality, strategy; [] is "
       "nothing"},
      {"level", S | M | E, WORD_OR("level"),
       "process level, where it is to be another than derived"},
      {"creates_leads", S | E, BOOL,
       "true or false: does it bring leads that somebody has to call?"},
      {"audience", S | M | E, WORD_OR("audience"), "who gets to see it: a list or segment"},
      {"assets", L | E, WORDS_OR("asset"), "what is shown: mails, pages, pictures"},
      {"forms", L | E, WORDS_OR("form"), "forms that people fill in"},
      {"routing", M | E, REF("routing"), "where its leads go"},
      {"crm_campaign_id", S | E, TEXT, "the campaign's id in the CRM"},
      {"utm_campaign", S | E, TEXT, "utm_campaign of its links, if that is not the name"},
      {"utm_id", S | E, TEXT, "utm_id of its links: the key by which costs are joined"},
      {"links", L | M | E,
       "{\"anyOf\": [{\"type\": \"null\"}, " REF("link_file") ", " WORDS_OR("link") "]}",
       "every link that goes out, one by one or as a column of a CSV file"},
      {"owners", M | E, REF("owners"), "one accountable person for each role"},
      {"changed", S | E, DAY,
       "the day of the last change, as 2026-12-31; a review of that day or later counts, or one "
       "with the brief's digest"},
      {"approvals", L | E, LIST_OF("approval"), "who approved it, and when"},
      {"attestations", L | E, LIST_OF("attestation"), "what people saw to that no machine can see"},
      {"waivers", L | E, LIST_OF("waiver"), "checks that somebody decided to do without"},
      {"fields", M | E, "{\"type\": [\"object\", \"null\"], \"additionalProperties\": " TEXT "}",
       "further fields of the campaign's record, by their names in the taxonomy"});

TABLE(budget, "a budget", NULL,
      {"amount", S | E, MONEY, "what it may cost in all: 12000 or 12000.50"},
      {"currency", S | E, REF("currency"), "of the amounts: EUR"},
      {"cap", S | E, MONEY,
       "limit that is set on the platform, where spending stops by itself: 400"},
      {"per", S | E,
       ONE_OF("\"day\", \"week\", \"month\", \"campaign\"", "day|week|month|campaign"),
       "what the cap is for: day, week, month or campaign"});

TABLE(audience, "an audience", NULL, {"list", S | E, TEXT, "name or id of the list or segment"},
      {"size", S | E,
       "{\"type\": [\"integer\", \"string\", \"null\"], \"minimum\": 0, "
       "\"pattern\": \"^\\\\s*[0-9]*\\\\s*$\"}",
       "how many people, in digits: 2400"},
      {"suppression", S | L | E, TEXTS, "lists of people who must not get it"},
      {"consent", S | E, TEXT, "why they may be written to"});

TABLE(asset, "an asset", NULL, {"name", S | E, TEXT, "what it is"},
      {"file", S | E, TEXT, "where it is kept"}, {"url", S | E, TEXT, "where it is seen"});

TABLE(form, "a form", NULL, {"name", S | E, TEXT, "what it is"},
      {"url", S | E, TEXT, "where it is"}, {"fields", S | L | E, TEXTS, "what it asks for"});

TABLE(level, "a level", MUST("\"use\""),
      {"use", S | E, TEXT,
       "a level of the taxonomy's `gate:`: lightweight, standard, detailed are the shipped ones"},
      {"reason", S | E, TEXT, "why it is lower than what the campaign touches asks for"});

TABLE(owners, "owners", NULL,
      {"decision", S | L | E, TEXTS, "who can approve it, and stop it before the launch"},
      {"execution", S | L | E, TEXTS, "who produces it"},
      {"input", S | L | E, TEXTS, "who provides the context"},
      {"review", S | L | E, TEXTS, "who checks it before the launch"},
      {"stop", S | L | E, TEXTS, "who can take it down once it runs"},
      {"routing", S | L | E, TEXTS, "who sees to it that leads arrive"});

TABLE(routing, "routing", NULL, {"to", S | E, TEXT, "queue, team or person that gets the leads"},
      {"sla", S | E, TEXT, "how soon they are called: 8h"},
      {"fallback", S | E, TEXT, "who gets them when nobody takes them"});

TABLE(link, "a link", MUST("\"url\""), {"url", S | E, TEXT, "the whole link with its parameters"},
      {"name", S | E, TEXT, "what it is for people: button in the mail"},
      {"channel", S | E, TEXT,
       "the GA4 channel it is meant to show up in; none: it is untagged on purpose"},
      {"platform", S | E, TEXT,
       "whose macros it may hold: google-ads, meta, microsoft-ads, tiktok ..."},
      {"printed", S | E, BOOL,
       "true or false: true is what cannot be recalled, as on paper or in a QR code"});

TABLE(link_file, "a file of links", MUST("\"file\""),
      {"file", S | E, TEXT, "a CSV file; its path starts from the brief's folder"},
      {"url", S | E, TEXT, "the column with the links; default url"},
      {"name", S | E, TEXT, "the column with their names"},
      {"channel", S | E, TEXT, "the column with the intended channel"},
      {"platform", S | E, TEXT, "the column with the platform"},
      {"printed", S | E, TEXT, "the column that says true of what cannot be recalled"});

TABLE(approval, "an approval", MUST("\"role\", \"by\", \"on\""),
      {"role", S | E, ROLE, "as what: decision or review"}, {"by", S | E, TEXT, "who"},
      {"on", S | E, DAY, "when, as 2026-12-31"},
      {"digest", S | E, TEXT, "of the brief that was approved, as the checklist prints it"},
      {"note", S | E, TEXT, "what was said"});

TABLE(attestation, "an attestation", MUST("\"id\", \"by\", \"on\", \"digest\""),
      {"id", S | E, TEXT, "which: a key of `attest:`"}, {"by", S | E, TEXT, "who"},
      {"on", S | E, DAY, "when, as 2026-12-31"}, {"evidence", S | E, TEXT, "where it can be seen"},
      {"digest", S | E, TEXT, "of the brief it was given for; gate --attest prints it"});

TABLE(waiver, "a waiver", MUST("\"id\", \"by\", \"reason\""), {"id", S | E, TEXT, "of the check"},
      {"by", S | E, TEXT, "who decided"}, {"reason", S | E, TEXT, "why it may be"},
      {"on", S | E, DAY, "when, as 2026-12-31"},
      {"until", S | E, DAY, "last day it holds, as 2026-12-31"});

const struct mop_key_table *const mop_brief_tables[] = {
    &mop_brief_keys_top,      &mop_brief_keys_budget,
    &mop_brief_keys_audience, &mop_brief_keys_asset,
    &mop_brief_keys_form,     &mop_brief_keys_level,
    &mop_brief_keys_owners,   &mop_brief_keys_routing,
    &mop_brief_keys_link,     &mop_brief_keys_link_file,
    &mop_brief_keys_approval, &mop_brief_keys_attestation,
    &mop_brief_keys_waiver,   NULL};
