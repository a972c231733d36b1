/* SPDX-License-Identifier: MIT */
#include "exporters/http.h"

/* How a fetch can end other than whole: the outcomes of README.md. */

const struct mop_id_page mop_outcome_pages[] = {
    {"fewer-than-total", "not all records came that the vendor counted",
     "Records may have been deleted meanwhile, or a page was lost. Nothing is scored, as what is "
     "missing may be what is wrong.\n"
     "Fetch again; if it stays, compare the count in the vendor's own list with what 'mopslint "
     "fetch' says.\n"
     "  2 of 3 records came"},
    {"more-than-total", "more records came than the vendor counted",
     "Records were added or moved while pages were read, or a page came twice.\n"
     "Fetch again at a quiet hour.\n"
     "  2 records came, of 1"},
    {"no-total", "the vendor does not say how many records there are",
     "The connector says where that count stands, and it is not there: that all came could not be "
     "told.\n"
     "Look at an answer, and correct 'total' in the connector.\n"
     "  page 1 does not say how many records there are"},
    {"total-changed", "the vendor's count changed while pages were read",
     "Pages that are numbered shift with each record that comes or goes: some may be missing, some "
     "twice.\n"
     "Behind a 'restart', each query counts what is left: less than was still to come says that\n"
     "records went before they were read, or that the vendor gives out less than it said.\n"
     "Fetch again at a quiet hour; a 'primary_key' in the connector lets records be told apart.\n"
     "  the total went from 4 to 3 on page 2"},
    {"records-moved", "records were deleted while pages were read",
     "Each page is asked for from the last record of the one before. Another came first: what was "
     "deleted moved the others up, and one may have moved past the pages.\n"
     "Fetch again at a quiet hour. If it is so each time, the answer is in no order: name one in\n"
     "the connector's query.\n"
     "  page 2 does not begin with the last record of the one before"},
    {"repeated-cursor", "a page leads back to one that was read before",
     "Following it would never end.\n"
     "A fault of the vendor's paging, or of the connector's 'cursor'. Look at the answers of both "
     "pages.\n"
     "  page 4 leads to a page that was read before"},
    {"page-ceiling", "there are more pages than the connector allows",
     "'max_pages' keeps a fetch that runs away from going on for ever.\n"
     "Raise it if there really are so many records, or fetch less with 'incremental'.\n"
     "  2 pages were not enough"},
    {"cap", "the vendor gives no more records for one query",
     "Behind that number the vendor's search says nothing, so that the rest would be missing in "
     "silence.\n"
     "A total that stops there says nothing either. Narrow the query, or give the paginator a\n"
     "'restart' behind the last key.\n"
     "  the vendor gives 2 records for one query, not more"},
    {"key-not-ascending", "an answer is not sorted by its key",
     "The restart behind a cap asks for keys above the last one: unsorted, records would be left "
     "out.\n"
     "Ask for that order in the connector's query.\n"
     "  record 2 is not behind the one before it by '/id'"},
    {"empty-page-with-next", "a page is empty and names another one",
     "Whether records come behind it cannot be known.\n"
     "Fetch again; if it stays, look at that answer and at the connector's 'paginator'.\n"
     "  page 2 is empty and names another"},
    {"no-next-page", "a page says that there is more, and not where",
     "The rest would be missing in silence.\n"
     "Correct where the paginator looks for the next page.\n"
     "  page 1 says that there is more, and not where"},
    {"no-columns", "a CSV of nothing would have no header",
     "Nothing came of a stream that names no 'fields', and what columns it has is not known: with "
     "--state, neither by the run before.\n"
     "Name the fields in the stream, or write NDJSON.\n"
     "  no record came, and the stream names no fields"},
    {"no-paging", "a page lacks what the vendor always sends to lead on",
     "Without it nobody knows whether there are more pages.\n"
     "Look at that answer; correct 'paginator' in the connector.\n"
     "  page 1 does not say whether there is another"},
    {"foreign-next-page", "the next page is on another host",
     "A token must not go to a host that the connector does not name.\n"
     "Correct 'url_base' if that host is the vendor's.\n"
     "  the next page is on another host"},
    {"bad-next-page", "the next page's address is none",
     "What stands where the paginator looks for an address cannot be one.\n"
     "Correct the pointer in the connector, after a look at an answer.\n"
     "  the next page's address is none"},
    {"bad-cursor", "what leads to the next page is no text, number or truth value",
     "The paginator looks at the wrong place, or the vendor changed its answers.\n"
     "Correct the pointer in the connector, after a look at an answer.\n"
     "  what leads to the next page is no text"},
    {"record-without-time", "a record has no time of change",
     "With --state the next run asks for what changed since: a record without that time would be "
     "lost.\n"
     "Correct 'incremental' in the connector, or run without --state.\n"
     "  record 1 has no time at '/changed'"},
    {"record-without-id", "a record has no value at its key",
     "Without it a record that comes twice cannot be told from two.\n"
     "Correct 'primary_key' in the connector.\n"
     "  record 3 has no id at '/id'"},
    {"not-a-record", "an entry of the list is no JSON object",
     "The list at that place is not one of records.\n"
     "Correct 'record_selector' in the connector, after a look at an answer; where null is the\n"
     "vendor's empty list, or it leaves out an empty one, write 'optional: true'.\n"
     "  record 3 is no JSON object"},
    {"duplicate-id", "a record came twice",
     "Pages shifted while they were read; another record may be missing for it.\n"
     "Fetch again at a quiet hour, or sort by a key that does not change.\n"
     "  record 7 has the id of an earlier one"},
    {"no-records-list", "there is no list where the records should be",
     "An error in the vendor's words, or another shape than the connector knows.\n"
     "Correct 'record_selector' in the connector, after a look at an answer.\n"
     "  page 1 holds no list at '/*'"},
    {"wrong-content-type", "an answer is of another kind than was asked for",
     "Mostly a page to log in, or a proxy's.\n"
     "Is the address right, and the token? Open it with curl.\n"
     "  an answer is 'text/html' and not JSON"},
    {"not-json", "an answer is no JSON",
     "Mostly a page of an error, or a proxy's.\n"
     "Is the address right? Open it with curl.\n"
     "  an answer is no JSON"},
    {"bad-encoding", "an answer is not UTF-8",
     "JSON is UTF-8; other bytes would show as other characters in a report.\n"
     "Report it to the vendor.\n"
     "  an answer is not UTF-8"},
    {"body-cut-short", "an answer ends too early",
     "A connection or a proxy broke off. What came is not judged, as nobody knows what is "
     "missing.\n"
     "Fetch again; if it stays, ask for smaller pages ('page_size').\n"
     "  an answer ends before its JSON does"},
    {"length-unknown", "nothing says where an answer ends",
     "A file that is cut off could not be told from one that is whole.\n"
     "Fetch it from a host that gives its length, or over HTTPS with HTTP/1.1 or 2.\n"
     "  nothing says where the answer ends: a cut could not be told"},
    {"too-large", "an answer is larger than the bound",
     "A page is held in memory as a whole: 64 MiB at most.\n"
     "Ask for smaller pages ('page_size'), or for fewer fields.\n"
     "  an answer is larger than 64 MiB"},
    {"no-file", "the answer holds no file",
     "The vendor has nothing ready under this address.\n"
     "Wait until the export is done, or correct the address.\n"
     "  the answer is status 204 and holds no file"},
    {"limit", "the vendor asks to slow down, and patience is at its end",
     "It was waited and asked again several times.\n"
     "Run later, ask for larger pages, or keep other programs from using the same account.\n"
     "  the answer is status 429"},
    {"daily-limit", "the vendor asks to come back much later",
     "Its limit of requests for the day is used up, or it asks to wait for more than an hour.\n"
     "Run again after that time; fetch only what changed (--state).\n"
     "  the vendor asks to wait for 120 minutes"},
    {"unauthorized", "the vendor does not accept the token",
     "Status 401: it is wrong, has run out, or was taken back.\n"
     "Make a new one, and put it where the connector's 'config' reads it from (an environment "
     "variable or a file).\n"
     "  the answer is status 401"},
    {"forbidden", "the token may not read this",
     "Status 403: who made the token lacks a right, or the token a scope.\n"
     "Add the scope that the vendor names; 'mopslint doctor' shows what a stream wants.\n"
     "  the answer is status 403: no scope crm.read"},
    {"refused", "the vendor refuses the request",
     "Another status of the 4xx, an error that the connector knows by its words, one beside\n"
     "the list of records or in a record's place, or 304 to a request that had no condition.\n"
     "The vendor's own words stand in the message: a wrong address, name or query. What is no\n"
     "error, an error rule with the action 'accept' lets pass.\n"
     "  the answer is status 404"},
    {"server-error", "the vendor's server has a fault",
     "It was asked again several times, and the fault stayed.\n"
     "Run later; look at the vendor's status page.\n"
     "  the answer is status 500"},
    {"token-answer", "an answer that should hold a token holds none",
     "The address of tokens is wrong, or the vendor gave an error with status 200.\n"
     "Correct 'authenticator' in the connector.\n"
     "  the token answer holds no access token"},
    {"token-not-kept", "a new refresh token cannot be written",
     "The old one is used up: without the new one the next run could not log in.\n"
     "Make the token's file and its folder writable for this user.\n"
     "  cannot write the new refresh token to 'token'"},
    {"unknown-host", "the host is not found",
     "A slip in the address, or no name server.\n"
     "Correct 'url_base'; try the name with 'getent hosts'.\n"
     "  its host is not found"},
    {"no-connection", "the host does not answer",
     "It is down, or a firewall is between.\n"
     "Try the address with curl; is a proxy needed?\n"
     "  no connection to its host"},
    {"connection-lost", "the connection was lost",
     "It was tried again several times.\n"
     "Run again; if it stays, look for a proxy or firewall that ends long connections.\n"
     "  the connection was lost"},
    {"tls", "there is no connection that is secure",
     "The host's certificate has run out, is for another name, or from an authority that this "
     "machine does not know.\n"
     "Never switch the check off: --ca-file names a further authority.\n"
     "  its certificate is not to be trusted"},
    {"too-slow", "nothing came for too long, or next to nothing",
     "A server that is overloaded, or asked for too much at once.\n"
     "Ask for smaller pages, or run later.\n"
     "  nothing came for too long, or next to nothing"},
    {"not-http", "what answers does not speak HTTP",
     "Another program listens at that port.\n"
     "Correct the address.\n"
     "  the answer is not HTTP"},
    {"proxy", "the proxy does not do what it is asked for",
     "It wants to know who asks, or does not let the host through.\n"
     "Look at HTTPS_PROXY and NO_PROXY, and ask whoever runs it.\n"
     "  the proxy answers with status 403"},
    {"transfer", "the answer could not be transferred",
     "A fault of the network or of libcurl that has no name of its own; its words stand in the "
     "message.\n"
     "Run again."},
    {"bad-redirect", "a redirect leads nowhere, on and on, or away from a POST",
     "Following it could send the request twice, or never end.\n"
     "Write the address that it leads to into the connector.\n"
     "  a POST request is redirected"},
    {"insecure-redirect", "a redirect leads from https to http",
     "The token would go through the net for everybody to read.\n"
     "Correct the address; report it to the vendor.\n"
     "  a redirect leads from https to http"},
    {"deadline", "it took longer than --deadline allows",
     "What came until then is not judged.\n"
     "Give it more time, or fetch less.\n"
     "  it took longer than --deadline allows"},
    {"request-budget", "it took more requests than --max-requests allows",
     "The bound keeps a run from using up the account's limit.\n"
     "Raise it, or ask for larger pages.\n"
     "  1 requests were not enough"},
    {"interrupted", "the run was interrupted",
     "By Ctrl-C, or by whoever ended the program. No file is left.\n"
     "Run again."},
    {"disk", "what was fetched cannot be kept",
     "Mostly there is no room on the disk.\n"
     "Make room, or set TMPDIR to a folder on another one.\n"
     "  cannot keep the answer: File too large"},
    {"bad-file", "a file came in full length, and is no whole CSV or NDJSON",
     "It was cut before it was sent, or is something else: no header, a last line or packed data\n"
     "that ends too early, no line that is JSON, a column missing that it must have, an error "
     "text\n"
     "in place of records or behind them. `fetch` cannot write a row of another width, or a line\n"
     "that is no JSON object; `check` has those as findings.\n"
     "Have the vendor make the export anew; look at the place that the message names. What is no\n"
     "error, `must_have` of the stream or an error rule with the action 'accept' lets pass.\n"
     "  the last line ends too early: the file is not whole (began here)"},
    {"state", "the file of bookmarks cannot be read or written",
     "Without it the next run would not know what this one has read. Before a fetch nothing is "
     "asked "
     "for; at its end the records are written, and come once more.\n"
     "Make its folder, and make it writable for this user; a file that is broken can be moved "
     "away.\n"
     "  the state cannot be written: No such file or directory"},
    {"state-in-use", "another run fetches the same source with the same bookmarks",
     "Both would write the same records. The lock ends with the process that the message names, "
     "however that ends.\n"
     "Wait for that run; should both go on, give each a file of its own.\n"
     "  another run, process 4711, has the bookmarks"},
    {"not-written", "what was fetched cannot be written",
     "Its folder is missing, the disk is full, or standard output is closed. No bookmark moves.\n"
     "Make room, or name another file.\n"
     "  cannot write 'out.csv': No space left on device"},
    {"bad-columns", "the file to be written cannot hold the columns' names",
     "CSV loses blanks around a name, an object of NDJSON holds a name once.\n"
     "Write the other kind of file, or name the 'fields' in the stream.\n"
     "  column ' a' begins or ends with a blank, which CSV loses"},
    {"request-too-long", "a request is too long to be sent",
     "So many fields in one address that the vendor would not take it.\n"
     "Name fewer fields in the stream.\n"
     "  the request is too long to be sent"},
    {"too-many-columns", "the records have more fields than a table may have columns",
     "Names that are data, such as ids as keys, make a column each.\n"
     "Name the fields to fetch in the stream.\n"
     "  more than 32768 columns"},
    {NULL, NULL, NULL},
};
