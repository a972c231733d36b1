/* SPDX-License-Identifier: MIT */
#include "cli/history_settings.h"
#include "report/rows.h"
#include "report/text.h"
#include <string.h>
#include <unistd.h>

void mop_listing_begin(struct mop_listing *l, const char *format, const char *const *columns,
                       const struct mop_grid_column *titles, size_t n)
{
    memset(l, 0, sizeof *l);
    l->format = format;
    l->columns = columns;
    l->n = n;
    l->first = true;
    mop_out_init(&l->out, mop_history_to_stdout, NULL);
    l->options.color = mop_cli_color(STDOUT_FILENO);
    l->page = (struct mop_page){.r = &l->nothing,
                                .o = &l->options,
                                .out = &l->out,
                                .style = &mop_text_style,
                                .width = 120,
                                .fresh = true};
    mop_arena_init(&l->page.arena);
    mop_grid_init(&l->grid, titles, titles ? n : 0);
    if (!strcmp(format, "csv"))
        mop_rows_csv_head(&l->out, columns, n);
    else if (!strcmp(format, "json"))
        mop_out_str(&l->out, "[");
}

void mop_listing_row(struct mop_listing *l, const struct mop_sv *cells, const struct mop_sv *shown)
{
    if (!strcmp(l->format, "csv"))
        mop_rows_csv(&l->out, cells, l->n);
    else if (!strcmp(l->format, "json"))
        mop_rows_json(&l->out, l->columns, cells, l->n, l->first);
    else
        for (size_t i = 0; i < l->n; i++)
            mop_grid_add(&l->grid, MOP_TONE_PLAIN, mop_arena_copy(&l->page.arena, shown[i]));
    l->first = false;
}

int mop_listing_end(struct mop_listing *l, const char *none, struct mop_err *e)
{
    if (!strcmp(l->format, "json"))
        mop_out_str(&l->out, l->first ? "]\n" : "\n]\n");
    else if (!strcmp(l->format, "text") && l->first)
        mop_para(&l->page, MOP_TONE_PLAIN, "%s", none);
    mop_grid_draw(&l->page, &l->grid);
    if (l->below && !strcmp(l->format, "text") && !l->first)
        mop_para(&l->page, MOP_TONE_FAINT, "%s", l->below);
    int rc = mop_out_flush(&l->out, e);
    mop_out_release(&l->out);
    mop_arena_release(&l->page.arena);
    return rc;
}
