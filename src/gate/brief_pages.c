/* SPDX-License-Identifier: MIT */
#include "gate/brief.h"

/* What can be wrong with a brief, beside what rule files have as well. */

const struct mop_id_page mop_brief_pages[] = {
    {"bad-amount", "an amount is a number",
     "Digits, with a point before the decimals; no marks between thousands. A currency may stand "
     "behind them by its code.\n"
     "\n"
     "bad:  budget: 12.000\n"
     "good: budget: 12000, 12000.50 EUR"},
    {"bad-currency", "a currency is a code of ISO 4217",
     "A sign such as $ is that of several currencies.\n"
     "\n"
     "bad:  currency: €\n"
     "good: currency: EUR"},
    {"bad-day", "a day is one of the calendar, year first",
     "02/03 is another day on the other side of the ocean.\n"
     "\n"
     "bad:  start: 2026-02-30, 3.2.2026\n"
     "good: start: 2026-02-28"},
    {"path-outside", "files that a brief names are in its folder",
     "A brief may come from anybody: it must not make the gate read, or show, what stands "
     "elsewhere.\n"
     "\n"
     "bad:  links: {file: ../../etc/passwd}\n"
     "good: links: {file: links.csv}"},
    {"known-unread", "a brief of --known can be read",
     "One that is passed over might be the campaign that this one is a copy of, and so nothing is "
     "compared.\n"
     "\n"
     "Mend it, take it out of what --known names, or hide it: a name that begins with a dot is no "
     "brief."},
    {"idle-waiver", "a waiver does something",
     "It names a check that passes. One that is left in the brief would hide a later failure.\n"
     "\n"
     "Take it out."},
    {"unknown-check", "--attest and --waive name a check that is there",
     "'mopslint rules explain attest.ID' says what an attestation asks; the checklist lists all "
     "that a campaign needs.\n"
     "\n"
     "bad:  --attest suppresion-applied\n"
     "good: --attest suppression-applied"},
    {NULL, NULL, NULL},
};
