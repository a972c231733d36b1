/* SPDX-License-Identifier: MIT */
#include "report/report.h"
#include "report/outfile.h"

const char *mop_why_partial(const struct mop_result *r)
{
    return r->unkept      ? "the history lacks this run"
           : r->unwritten ? "not every output is written"
                          : "not all was read";
}

int mop_report_finish(const struct mop_format *f, const struct mop_result *r,
                      const struct mop_format_options *o, struct mop_outfile *file,
                      struct mop_err *e)
{
    struct mop_out out;
    mop_out_init(&out, mop_outfile_write, file);
    int rc = f->write(r, o, &out, e);
    mop_out_release(&out);
    return rc ? -1 : mop_outfile_finish(file, e);
}

int mop_report_into(const struct mop_format *f, const struct mop_result *r,
                    const struct mop_format_options *o, struct mop_outfile *file, struct mop_err *e)
{
    if (!mop_report_finish(f, r, o, file, e))
        return mop_outfile_commit(file, e);
    mop_outfile_abort(file);
    return -1;
}

int mop_report_file(const struct mop_format *f, const struct mop_result *r,
                    const struct mop_format_options *o, const char *path, struct mop_err *e)
{
    struct mop_outfile *file = mop_outfile_open(path, r->show_values, e);
    return file ? mop_report_into(f, r, o, file, e) : -1;
}
