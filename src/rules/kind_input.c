/* SPDX-License-Identifier: MIT */
#include "rules/kinds.h"

/*
 * input.*: faults of a record's bytes. They have no functions: the exporter sees the fault, the
 * judge counts it.
 */
#define INPUT(NAME, SUMMARY, DOC)                                                                  \
    const struct mop_kind mop_kind_input_##NAME = {                                                \
        .name = "input." #NAME,                                                                    \
        .summary = SUMMARY,                                                                        \
        .doc = DOC,                                                                                \
        .schema = "{\"type\": \"object\"}",                                                        \
        .severity = MOP_SEV_ERROR,                                                                 \
        .dimension = MOP_DIM_VALIDITY,                                                             \
        .flags = MOP_K_HIDDEN,                                                                     \
    }

INPUT(encoding, "the bytes of a field are no text in the source's encoding",
      "A name with a broken letter is a broken name. mopslint does not guess what was meant: the "
      "field's checks are undecided.\n"
      "What to do: export as UTF-8, or say what the file is: --encoding windows-1252.");
INPUT(nul, "a field holds a NUL byte",
      "NUL bytes end texts in most tools: what stands behind one is lost somewhere on the way. The "
      "field's checks are undecided.\n"
      "What to do: find the export step that writes fixed-width or binary columns.");
INPUT(
    ragged, "a record has more or fewer fields than the header",
    "A delimiter too many shifts every value behind it into the wrong column, so none of the "
    "record's fields is judged.\n"
    "Surplus empty fields at the end are allowed.\n"
    "What to do: look at the line; usually a value holds the delimiter without quotes around it.");
INPUT(json, "a line of NDJSON does not parse",
      "The record cannot be read; the lines around it can. All of its checks are undecided.\n"
      "What to do: look at the line; usually it was cut, or two records stand on it.");

/* Of a source as a whole, not of a record. */
INPUT(never_received, "a field was asked for and came in no record",
      "Some vendors leave out a name that they do not know without a word, and some leave out what "
      "the token may not see. To the rules the field is blank in every record: what is required "
      "fails, what may be blank is passed over, so the scores say nothing of it.\n"
      "A warning of the source; it raises no score.\n"
      "What to do: look whether the field is called so at the vendor, and whether the token may "
      "read it; take it out of the connector's `fields` if it is gone.");
INPUT(not_mapped, "a name came in the records and has no column",
      "What has no column is not judged: a new field at the vendor would be lost without a word.\n"
      "A note of the source; it changes no score.\n"
      "What to do: give it a column under `fields` of the connector, or name it under `ignore`.");
