/* SPDX-License-Identifier: MIT */
#include "rules/keys.h"

/* The keys of `gate:`: what a launch must show. Their values are read by gate/policy.c. */

#define REF(name) "{\"$ref\": \"#/$defs/" name "\"}"
#define MAP_OF(name) "{\"type\": [\"object\", \"null\"], \"additionalProperties\": " REF(name) "}"
#define TEXT REF("text")
#define TEXTS REF("texts")
#define BOOL REF("bool")
#define FULL REF("full")
#define FULLS REF("fulls")
#define WHEN                                                                                       \
    "{\"anyOf\": [" REF("gate_when") ", {\"type\": \"array\", \"items\": {\"allOf\": [" REF(       \
        "gate_when") "], \"type\": \"object\"}}]}"
/* What a condition says of a key: a value or several, {given: true}, or {not: of those}. */
#define VALUES(value)                                                                              \
    value ", {\"type\": \"array\", \"minItems\": 1, \"items\": " value                             \
          "}, " ONE("given", "is it said at all", "\"$ref\": \"#/$defs/bool\"")
#define ONE(key, words, value)                                                                     \
    "{\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"" key                \
    "\"], \"properties\": {\"" key "\": {\"description\": \"" words "\", " value "}}}"
#define TERM(values)                                                                               \
    "{\"anyOf\": [" values ", " ONE("not", "any but these", "\"anyOf\": [" values "]") "]}"
#define ANY TERM(VALUES(FULL))
#define YES TERM(VALUES("{\"enum\": [true, false, \"true\", \"false\"]}"))
#define ON TERM(VALUES(REF("day")))
#define AMOUNT                                                                                     \
    TERM(VALUES("{\"type\": [\"string\", \"number\"]}") ", " ONE(                                  \
        "min", "that or more",                                                                     \
        "\"type\": [\"number\", \"string\"], \"pattern\": \"^[0-9]+([.][0-9]+)?$\""))
#define ROLE                                                                                       \
    "{\"enum\": [\"decision\", \"execution\", \"input\", \"review\", \"stop\", \"routing\"]}"
#define WAIVABLE                                                                                   \
    "{\"anyOf\": [{\"enum\": [\"never\", \"decision\", \"execution\", \"input\", \"review\", "     \
    "\"stop\", \"routing\"]}, {\"type\": \"array\", \"items\": " ROLE "}]}"
/* What a condition may ask for fills fields, too. */
#define BRIEF_KEYS                                                                                 \
    "{\"type\": \"object\", \"additionalProperties\": {\"enum\": [\"name\", \"description\", "     \
    "\"record\", \"objective\", \"market\", \"product\", \"channels\", \"start\", \"end\", "       \
    "\"budget\", \"recurring\", \"risk\", \"touches\", \"level\", \"creates_leads\", "             \
    "\"audience\", \"assets\", \"forms\", \"routing\", \"crm_campaign_id\", \"utm_campaign\", "    \
    "\"utm_id\", \"links\", \"owners\", \"changed\", \"approvals\", \"attestations\", "            \
    "\"waivers\", \"fields\", \"printed\", \"platforms\"]}}"
#define PARAMETERS                                                                                 \
    "{\"type\": \"object\", \"additionalProperties\": {\"anyOf\": [{\"enum\": [\"utm_source\", "   \
    "\"utm_medium\", \"utm_campaign\", \"utm_term\", \"utm_content\", \"utm_id\", "                \
    "\"utm_source_platform\", \"utm_creative_format\", \"utm_marketing_tactic\"]}, "               \
    "{\"allOf\": [" FULL                                                                           \
    ", {\"pattern\": \"^([^Uu]|[Uu]([^Tt]|$)|[Uu][Tt]([^Mm]|$)|[Uu][Tt][Mm]([^_]|$))\"}]}]}}"

enum {
    S = MOP_SHAPE_SCALAR,
    L = MOP_SHAPE_LIST,
    M = MOP_SHAPE_MAPPING,
    E = MOP_SHAPE_EMPTY,
    T = MOP_SHAPE_TEXTS,
    F = MOP_SHAPE_FULL,
    A = S | L | M
};
#define END                                                                                        \
    {                                                                                              \
        NULL, 0, NULL, NULL                                                                        \
    }
#define TABLE(id, words, must, ...)                                                                \
    const struct mop_key_table mop_keys_##id = {                                                   \
        #id, words, (const struct mop_key[]){__VA_ARGS__, END}, false, must}

TABLE(gate, "gate", NULL,
      {"levels", M | E, MAP_OF("gate_level"),
       "process levels, the lightest first; each asks for what the ones before it ask, and more"},
      {"triggers", M | E, MAP_OF("gate_trigger"), "what raises a campaign to a level"},
      {"checks", M | E, MAP_OF("gate_check"), "settings of single checks, by their ids"},
      {"freeze", M | E, MAP_OF("gate_freeze"), "days on which nothing is launched"},
      {"launch_days", S | L | T | F, FULLS, "weekdays on which launches are: mon-thu"},
      {"campaign", M | E, REF("gate_campaign"), "where the taxonomy has the rules of a campaign"},
      {"links", M | E, REF("gate_links"), "where the taxonomy has the rules of links"},
      {"attest", M | E, MAP_OF("gate_attest"),
       "what people have to see to, as no machine can see it"},
      {"placeholders", S | L | T | F, FULLS, "words that mean: not decided yet"});

TABLE(gate_level, "a level", NULL, {"description", S, TEXT, "what it is for"},
      {"checks", S | L | T | F, FULLS, "ids of the checks it asks for"},
      {"requires", S | L | T | F, FULLS, "keys of the brief that have to be filled in"});

TABLE(gate_trigger, "a trigger", "\"required\": [\"level\", \"when\", \"because\"]",
      {"level", S, TEXT, "the least level then"},
      {"when", L | M, WHEN, "keys of the brief and their values; of a list any"},
      {"because", S, TEXT, "the words of the checklist"});

TABLE(gate_when, "a condition", NULL, {"name", A, ANY, "the campaign's name"},
      {"description", A, ANY, "what it is"}, {"record", A, ANY, "its record type"},
      {"objective", A, ANY, "what it is to reach"}, {"market", A, ANY, "where"},
      {"product", A, ANY, "for what"}, {"channels", A, ANY, "those of its links, too"},
      {"start", A, ON, "the day it goes live"}, {"end", A, ON, "its last day"},
      {"budget", A, AMOUNT, "what it may cost; {min: 10000}: that or more"},
      {"recurring", A, YES, "as it was done before"},
      {"risk", A, TERM(VALUES("{\"enum\": [\"low\", \"medium\", \"high\"]}")), "low, medium, high"},
      {"touches", E,
       TERM(VALUES("{\"enum\": [\"tracking\", \"budget\", \"sales_handoff\", \"lead_quality\", "
                   "\"strategy\"]}")),
       "what it changes for others"},
      {"level", A, ANY, "the level that the brief asks for"},
      {"creates_leads", A, YES, "somebody has to call them"}, {"audience", A, ANY, "who sees it"},
      {"assets", A, ANY, "what is shown"}, {"forms", A, ANY, "forms that people fill in"},
      {"routing", A, ANY, "where its leads go"}, {"crm_campaign_id", A, ANY, "its id in the CRM"},
      {"utm_campaign", A, ANY, "utm_campaign of its links"},
      {"utm_id", A, ANY, "utm_id of its links"}, {"links", A, ANY, "links that are written in it"},
      {"owners", A, ANY, "who answers for it"}, {"changed", A, ON, "the day of the last change"},
      {"approvals", A, ANY, "who approved it"}, {"attestations", A, ANY, "what was seen to"},
      {"waivers", A, ANY, "what is done without"}, {"fields", A, ANY, "further fields"},
      {"printed", A, YES, "a link cannot be recalled"},
      {"platforms", A, ANY, "those of its links: google-ads, meta ..."});

TABLE(gate_check, "a check of the gate", NULL,
      {"severity", S | F, REF("severity"), "error, warning or off"},
      {"by", S | F, ROLE, "the owner who has to act"},
      {"waivable", S | L | T | F, WAIVABLE, "the owners who may do without it, or never"});

TABLE(gate_freeze, "a freeze", "\"required\": [\"from\", \"until\", \"reason\"]",
      {"from", S | F, REF("day"), "first day"}, {"until", S | F, REF("day"), "last day, included"},
      {"reason", S, FULL, "why nothing is launched"},
      {"when", L | M, WHEN, "only of such campaigns"});

TABLE(gate_campaign, "campaign", NULL, {"record", S, TEXT, "its record type; default campaign"},
      {"name", S, TEXT, "the field with its name; default name"},
      {"fields", M | T | F, BRIEF_KEYS,
       "FIELD: KEY, fields of the record that a key of the brief fills"},
      {"parts", M | T | F, BRIEF_KEYS,
       "PART: KEY, parts of the name that have to agree with a key of the brief"});

TABLE(gate_links, "links", NULL, {"record", S, TEXT, "their record type; default link"},
      {"fields", M | T | F, PARAMETERS,
       "FIELD: url or utm_source ..., fields of the record that a link fills"},
      {"channels", M,
       "{\"type\": \"object\", \"additionalProperties\": {\"anyOf\": [" FULLS
       ", {\"type\": \"null\"}]}}",
       "CHANNEL: GA4 channels that it may show up in; none: it has no links"});

TABLE(gate_attest, "an attestation", "\"required\": [\"asks\", \"role\"]",
      {"asks", S, FULL, "what somebody has to have seen to"},
      {"role", S | F, ROLE, "the owner who says so"},
      {"levels", S | L | T | F, FULLS, "levels that ask for it; default all"},
      {"when", L | M, WHEN, "only of such campaigns"},
      {"evidence", S | F, BOOL, "true: it has to say where that can be seen"},
      {"waivable", S | L | T | F, WAIVABLE, "the owners who may do without it, or never"});

void mop_keys_check_all(struct mop_scope *s, const struct mop_node *map,
                        const struct mop_key_table *t)
{
    for (size_t i = 0; map && map->kind == MOP_MAPPING && i < map->n; i++)
        mop_keys_check(s, map->item[i], t);
}

void mop_keys_check_gate(struct mop_scope *s, const struct mop_node *gate)
{
    static const struct {
        const char *key;
        const struct mop_key_table *table;
        bool many;
    } inner[] = {
        {"levels", &mop_keys_gate_level, true},  {"triggers", &mop_keys_gate_trigger, true},
        {"checks", &mop_keys_gate_check, true},  {"freeze", &mop_keys_gate_freeze, true},
        {"attest", &mop_keys_gate_attest, true}, {"campaign", &mop_keys_gate_campaign, false},
        {"links", &mop_keys_gate_links, false}};
    if (!gate || mop_keys_check(s, gate, &mop_keys_gate))
        return;
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
        const struct mop_node *n = mop_keys_get(gate, &mop_keys_gate, inner[i].key);
        if (n && inner[i].many)
            mop_keys_check_all(s, n, inner[i].table);
        else if (n)
            mop_keys_check(s, n, inner[i].table);
    }
}
