/* SPDX-License-Identifier: MIT */
#ifndef MOPSLINT_H
#define MOPSLINT_H
#include <stddef.h>
#include <stdint.h>

/*
 * libmopslint: judge marketing-operations records against a taxonomy from a program of your own.
 *
 *     char *messages = NULL;
 *     const char *rules[] = {"taxonomy.yaml"};
 *     struct mopslint_taxonomy *t = mopslint_taxonomy_load(rules, 1, NULL, &messages);
 *     struct mopslint_source s = {"leads.csv", NULL};
 *     struct mopslint_run *r = t ? mopslint_check(t, &s, 1, NULL, &messages) : NULL;
 *     char *json = r ? mopslint_run_report(r, "json") : NULL;
 *
 * Texts are UTF-8. What a function returns as `char *` is the caller's to release with
 * mopslint_string_free. Running out of memory ends the program. A taxonomy is read-only and may be
 * used by several runs, one after another; the library keeps no other state, but time zones and
 * their files are loaded once per process and not thread-safely: load taxonomies from one thread.
 */
#ifdef __cplusplus
extern "C" {
#endif
#if defined(__GNUC__)
#define MOPSLINT_API __attribute__((visibility("default")))
#else
#define MOPSLINT_API
#endif

struct mopslint_taxonomy;
struct mopslint_run;

/* "0.1.0". Static. */
MOPSLINT_API const char *mopslint_version(void);

/*
 * Loads rule files (paths, or shipped packs by name), merged in order. `now` is the clock of all
 * that depends on one, ISO 8601
 * ("2026-11-22T06:00:00Z"), NULL: the system's. NULL after errors; *messages (may be NULL) then
 * holds all of them as file:line:column messages, and warnings beside a taxonomy. Release with
 * mopslint_taxonomy_free.
 */
MOPSLINT_API struct mopslint_taxonomy *mopslint_taxonomy_load(const char *const *files, size_t n,
                                                              const char *now, char **messages);
MOPSLINT_API void mopslint_taxonomy_free(struct mopslint_taxonomy *t);

struct mopslint_source {
    const char *file;   /* .csv, .ndjson, .json, each also .gz; "-": standard input */
    const char *record; /* its record type; NULL: by file name or by its columns */
};
struct mopslint_options {
    size_t max_samples; /* records kept per rule as samples; 0: none */
    int show_values;    /* not 0: personal data is not masked in reports */
};

/*
 * Reads every source whole, judges and scores. `o` NULL: five samples, masked. The taxonomy
 * outlives the run. NULL when a source cannot be opened or does not fit the taxonomy; *messages
 * says which and why. A source that breaks off gives a run whose exit is 3 and whose scores are
 * null. Release with mopslint_run_free.
 */
MOPSLINT_API struct mopslint_run *mopslint_check(struct mopslint_taxonomy *t,
                                                 const struct mopslint_source *sources, size_t n,
                                                 const struct mopslint_options *o, char **messages);
MOPSLINT_API void mopslint_run_free(struct mopslint_run *r);

/* 0 passed, 1 the data falls short, 3 not read whole: what `mopslint check` would exit with, by
 * targets, dataset checks and findings. */
MOPSLINT_API int mopslint_run_exit(const struct mopslint_run *r);
/* Records judged over all sources, excluded ones counted. */
MOPSLINT_API uint64_t mopslint_run_records(const struct mopslint_run *r);
/*
 * Overall confidence of a record type by records, in tenths of a percent (738 is 73.8 %), floored;
 * -1: there is no score, or no such record type in the run. Formula: the share of assessed records
 * in which no error rule failed or is undecided.
 */
MOPSLINT_API int mopslint_run_confidence(const struct mopslint_run *r, const char *record);
/* The lowest of a report's scores over the record types it needs; -1: no score, or no such report.
 */
MOPSLINT_API int mopslint_run_report_confidence(const struct mopslint_run *r, const char *report);
/* The whole report as "json" (schema mopslint.report/1), "text" or "markdown"; NULL: no such
 * format. */
MOPSLINT_API char *mopslint_run_report(const struct mopslint_run *r, const char *format);
MOPSLINT_API void mopslint_string_free(char *s);

#ifdef __cplusplus
}
#endif
#endif
