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
