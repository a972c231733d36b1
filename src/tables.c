/* SPDX-License-Identifier: MIT */
#include "tables.h"

const struct mop_exporter *const mop_exporters[] = {&mop_exporter_standard, &mop_exporter_http,
                                                    &mop_exporter_json, &mop_exporter_csv, NULL};
const struct mop_format *const mop_formats[] = {&mop_format_text,       &mop_format_json,
                                                &mop_format_markdown,   &mop_format_html,
                                                &mop_format_sarif,      &mop_format_junit,
                                                &mop_format_github,     &mop_format_gitlab,
                                                &mop_format_prometheus, NULL};
