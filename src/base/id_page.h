/* SPDX-License-Identifier: MIT */
#ifndef MOP_ID_PAGE_H
#define MOP_ID_PAGE_H

/* What `rules explain ID` says of an id that a message has behind it, in tables near what gives
 * the id. */
struct mop_id_page {
    const char *id;      /* the last one of a table has none */
    const char *summary; /* one line: what is asked, or what happened */
    const char *doc;     /* what it means, what to do, an example */
};
#endif
