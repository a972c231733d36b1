/* SPDX-License-Identifier: MIT */
#ifndef MOP_FRAGMENT_H
#define MOP_FRAGMENT_H

/* Pieces of JSON Schema in the tables of keys and kinds, joined by schema.c. */

/* A mapping of its own below a key: the keys that must stand (quoted, or ""), and all it may have,
 * each a MOP_MEMBER, with ", " between. */
#define MOP_MEMBERS(required, members)                                                             \
    "{\"type\": \"object\", \"required\": [" required "], \"additionalProperties\": false, "       \
    "\"properties\": {" members "}}"
/* `def`: a name in $defs (text, texts, bool, duration ...). */
#define MOP_MEMBER(name, def, doc)                                                                 \
    "\"" name "\": {\"description\": \"" doc "\", \"$ref\": \"#/$defs/" def "\"}"
#endif
