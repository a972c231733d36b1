/* SPDX-License-Identifier: MIT */
#include "exporters/connector.h"

/* What can be wrong with a connector file. */

const struct mop_id_page mop_connector_pages[] = {
    {"connector-version", "a connector file says which version it is written for",
     "This version of mopslint reads 'connector: 1'.\n"
     "\n"
     "bad:  connector: 2\n"
     "good: connector: 1"},
    {"connector-missing", "what a connector needs is there",
     "Without it no request can be made, or no record found.\n"
     "\n"
     "bad:  streams: {deals: {requester: {path: /deals}}}\n"
     "good: streams: {deals: {requester: {path: /deals}, record_selector: {records: /results/*}}}\n"
     "\n"
     "'mopslint fetch --schema' completes the keys in an editor."},
    {"connector-value", "the values of a connector fit their keys",
     "A word that is none of those known, a number out of its bounds, a name twice.\n"
     "\n"
     "bad:  paginator: {type: cursers}\n"
     "good: paginator: {type: cursor, at: /next}\n"
     "\n"
     "The hint has the words; the reference is src/exporters/connectors/README.md."},
    {"connector-pointer", "pointers into an answer are right",
     "They are RFC 6901: '/' before each step, '*' for each entry of a list; '~0' is '~', '~1' is "
     "'/'.\n"
     "\n"
     "bad:  records: results\n"
     "good: records: /results/*"},
    {"connector-template", "variables in braces are declared",
     "A text in a request takes what stands under 'config', and what the paginator keeps.\n"
     "\n"
     "bad:  query: {limit: '{size}'}      (no 'size' under config)\n"
     "good: query: {limit: '{page_size}'}"},
    {"connector-later", "a connector asks for what this version does not do",
     "Left out in silence, records would be missing.\n"
     "\n"
     "Use another way of paging, or a newer mopslint."},
    {NULL, NULL, NULL},
};
