/* SPDX-License-Identifier: MIT */
#ifndef MOP_TABLES_H
#define MOP_TABLES_H
#include "record/batch.h"
#include "report/report.h"

/*
 * What is registered: exporters and report formats. A new one: its file, a line here and a word in
 * tables.c. Rule kinds are registered in rules/kinds.h, commands in cli/main.c. Only cli links this
 * file, so that tests can pass others.
 */
extern const struct mop_exporter mop_exporter_standard, mop_exporter_http, mop_exporter_json,
    mop_exporter_csv;
extern const struct mop_exporter
    *const mop_exporters[]; /* asked in this order; the last takes what no other does */

extern const struct mop_format mop_format_text, mop_format_json, mop_format_markdown,
    mop_format_html, mop_format_sarif, mop_format_junit, mop_format_github, mop_format_gitlab,
    mop_format_prometheus;
extern const struct mop_format *const mop_formats[];
#endif
