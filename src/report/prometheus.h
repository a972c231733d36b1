/* SPDX-License-Identifier: MIT */
#ifndef MOP_PROMETHEUS_H
#define MOP_PROMETHEUS_H
#include "report/report.h"

/*
 * Metrics for the textfile collector of Prometheus' node_exporter, as gauges without timestamps.
 * The file is also where a run learns when the last whole one was, so that a run that breaks off,
 * or has no result at all, says it in the same file.
 */

/* What is told of every run. */
struct mop_prometheus_run {
    struct mop_sv dataset; /* every metric's label: two files in a collector's folder must differ */
    int64_t now_us;
    int64_t took_us; /* -1: not told */
    int exit;
    int64_t complete_us, passed_us; /* when the last such runs were; 0: never */
};
/* The file's name without folder and `.prom`: there are no two of it in a collector's folder. */
struct mop_sv mop_prometheus_dataset(const char *path);
/* Takes from the metrics that an earlier run left there when the last whole runs were. False if the
 * file is there and holds no metrics of mopslint: it is somebody else's. */
bool mop_prometheus_earlier(const char *path, struct mop_prometheus_run *run);
bool mop_prometheus_read(struct mop_sv text, struct mop_prometheus_run *run); /* of its bytes */
/* The metrics of a run without result. */
int mop_prometheus_tell(const struct mop_prometheus_run *run, struct mop_out *out,
                        struct mop_err *e);
/* A run without result, in place of the file of the run before. Nothing of the data is in it. */
int mop_prometheus_died(const char *path, const struct mop_prometheus_run *run, struct mop_err *e);

/* ---- between the files of this format ---- */

struct mop_prometheus {
    const struct mop_result *r; /* NULL: there is none */
    struct mop_prometheus_run run;
    struct mop_out *out;
    struct mop_arena arena; /* of the family at hand */
    const struct mop_prometheus_family *family;
    bool headed; /* its HELP and TYPE are out */
};
struct mop_prometheus_family {
    const char *name, *help; /* help never changes between versions and datasets */
    void (*put)(struct mop_prometheus *p);
    enum { MOP_PROM_ANY, MOP_PROM_RESULT, MOP_PROM_WHOLE } of; /* which runs have it */
};
/* What a run that read everything found; ends with a NULL name. */
extern const struct mop_prometheus_family mop_prometheus_findings[];
struct mop_prometheus_label {
    const char *name; /* NULL: the end */
    struct mop_sv value;
};
#define MOP_LABELS(...)                                                                            \
    (struct mop_prometheus_label[])                                                                \
    {                                                                                              \
        __VA_ARGS__,                                                                               \
        {                                                                                          \
            NULL,                                                                                  \
            {                                                                                      \
                NULL, 0                                                                            \
            }                                                                                      \
        }                                                                                          \
    }
/* A sample: dataset, then these labels. labels NULL: no others. */
void mop_prometheus_put(struct mop_prometheus *p, const struct mop_prometheus_label *labels,
                        struct mop_sv number);
void mop_prometheus_count(struct mop_prometheus *p, const struct mop_prometheus_label *labels,
                          uint64_t n);
#endif
