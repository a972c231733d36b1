/* SPDX-License-Identifier: MIT */
#include "rules/keys.h"

/* The keys of `gate:`: what a launch must show. Their values are read by gate/policy.c. */

#define REF(name) "{\"$ref\": \"#/$defs/" name "\"}"
#define MAP_OF(name) "{\"type\": [\"object\", \"null\"], \"additionalProperties\": " REF(name) "}"
#define TEXT REF("text")
#define TEXTS REF("texts")
#define BOOL REF("bool")
#define WHEN                                                                                       \
    "{\"anyOf\": [{\"type\": \"object\"}, {\"type\": \"array\", \"items\": {\"type\": "            \
    "\"object\"}}]}"
#define ROLE                                                                                       \
    "{\"enum\": [\"decision\", \"execution\", \"input\", \"review\", \"stop\", \"routing\"]}"
#define WAIVABLE                                                                                   \
    "{\"anyOf\": [{\"enum\": [\"never\", \"decision\", \"execution\", \"input\", \"review\", "     \
    "\"stop\", \"routing\"]}, {\"type\": \"array\", \"items\": " ROLE "}]}"

enum { S = MOP_SHAPE_SCALAR, L = MOP_SHAPE_LIST, M = MOP_SHAPE_MAPPING, E = MOP_SHAPE_EMPTY };
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
      {"launch_days", S | L, TEXTS, "weekdays on which launches are: mon-thu"},
      {"campaign", M | E, REF("gate_campaign"), "where the taxonomy has the rules of a campaign"},
      {"links", M | E, REF("gate_links"), "where the taxonomy has the rules of links"},
      {"attest", M | E, MAP_OF("gate_attest"),
       "what people have to see to, as no machine can see it"},
      {"placeholders", S | L, TEXTS, "words that mean: not decided yet"});

TABLE(gate_level, "a level", NULL, {"description", S, TEXT, "what it is for"},
      {"checks", S | L, TEXTS, "ids of the checks it asks for"},
      {"requires", S | L, TEXTS, "keys of the brief that have to be filled in"});

TABLE(gate_trigger, "a trigger", "\"required\": [\"level\", \"when\", \"because\"]",
      {"level", S, TEXT, "the least level then"},
      {"when", L | M, WHEN, "keys of the brief and their values; of a list any"},
      {"because", S, TEXT, "the words of the checklist"});

TABLE(gate_check, "a check of the gate", NULL,
      {"severity", S, REF("severity"), "error, warning or off"},
      {"by", S, ROLE, "the owner who has to act"},
      {"waivable", S | L, WAIVABLE, "the owners who may do without it, or never"});

TABLE(gate_freeze, "a freeze", "\"required\": [\"from\", \"until\", \"reason\"]",
      {"from", S, REF("day"), "first day"}, {"until", S, REF("day"), "last day, included"},
      {"reason", S, TEXT, "why nothing is launched"},
      {"when", L | M, WHEN, "only of such campaigns"});

TABLE(gate_campaign, "campaign", NULL, {"record", S, TEXT, "its record type; default campaign"},
      {"name", S, TEXT, "the field with its name; default name"},
      {"fields", M, "{\"type\": \"object\", \"additionalProperties\": " TEXT "}",
       "FIELD: KEY, fields of the record that a key of the brief fills"},
      {"parts", M, "{\"type\": \"object\", \"additionalProperties\": " TEXT "}",
       "PART: KEY, parts of the name that have to agree with a key of the brief"});

TABLE(gate_links, "links", NULL, {"record", S, TEXT, "their record type; default link"},
      {"fields", M, "{\"type\": \"object\", \"additionalProperties\": " TEXT "}",
       "FIELD: url or utm_source ..., fields of the record that a link fills"},
      {"channels", M, "{\"type\": \"object\", \"additionalProperties\": " TEXTS "}",
       "CHANNEL: GA4 channels that it may show up in; none: it has no links"});

TABLE(gate_attest, "an attestation", "\"required\": [\"asks\", \"role\"]",
      {"asks", S, TEXT, "what somebody has to have seen to"},
      {"role", S, ROLE, "the owner who says so"},
      {"levels", S | L, TEXTS, "levels that ask for it; default all"},
      {"when", L | M, WHEN, "only of such campaigns"},
      {"evidence", S, BOOL, "true: it has to say where that can be seen"},
      {"waivable", S | L, WAIVABLE, "the owners who may do without it, or never"});

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
