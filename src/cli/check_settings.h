/* SPDX-License-Identifier: MIT */
#ifndef MOP_CHECK_SETTINGS_H
#define MOP_CHECK_SETTINGS_H
#include "cli/options.h"
#include "exporters/http.h"
#include "pipeline.h"

/* What `check` was asked for: filled by options, then by mopslint.yaml where an option did not say.
 */
struct mop_output {
    const struct mop_format *format;
    const char *file; /* NULL: standard output */
};

struct mop_check_settings {
    struct mop_arena arena;
    const char **rules;
    size_t nrules, caprules;
    struct mop_pipeline_source *sources;
    size_t nsources, capsources;
    const char *record; /* --record: of the sources after it */
    bool record_used;   /* a source came after it */
    struct mop_column_map *maps;
    size_t nmaps, capmaps;
    struct mop_output *outputs;
    size_t noutputs, capoutputs;
    const char *output; /* -o: the file of a format without one */
    const char *findings, *findings_by, *findings_dir;
    const char *repairs, *repairs_undo;
    const char *baseline, *write_baseline;
    const char *history; /* --history: its file; "": by the taxonomy's name; NULL: none is kept */
    struct mop_verdict_options verdict;
    struct mop_min_report *min_reports;
    size_t nmin_reports, capmin_reports;
    struct mop_sv *without, *select, *ignore;
    size_t nwithout, nselect, nignore, capwithout, capselect, capignore;
    struct mop_source_options source;
    struct mop_http_options http;
    const char **connectors; /* files named under `connectors:` */
    size_t nconnectors, capconnectors;
    uint64_t max_samples;
    bool said_samples;
    int64_t now_us;
    bool has_now;
    bool show_values, columns_as_given, quiet, full;
    enum { MOP_PROGRESS_AUTO, MOP_PROGRESS_ALWAYS, MOP_PROGRESS_NEVER } progress;
    int64_t began_us;     /* by mop_monotonic_us */
    bool metrics_refused; /* their file could not be written, which was said */
    bool metrics_told;    /* -f prometheus: the file says how the run ended */
    const char *config;
    const char *profile;     /* of the settings file; NULL: none was asked for */
    bool has_profiles;       /* the settings file has some */
    const char *config_path; /* of the settings file that was read; NULL: there is none */
    const char *confined; /* folder of a settings file that was merely found; NULL: there is none */
    uint64_t said; /* bit per option: set on the command line, mopslint.yaml does not change it */
    uint64_t threads;
};
extern const struct mop_option mop_check_option_table[];
void mop_check_settings_init(struct mop_check_settings *s);
void mop_check_settings_release(struct mop_check_settings *s);
int mop_set_progress(void *settings, struct mop_sv arg, struct mop_err *e);
int mop_check_operand(void *settings, const char *arg, struct mop_err *e);

/*
 * Reads mopslint.yaml: the file named by --config, else one found from the working directory
 * upwards, to the repository's root or the home directory at most; of it the profile first. A file
 * that was merely found may set options and name files below its folder, nothing else. -1 after
 * printing; 0 also when there is none.
 */
int mop_config_read(struct mop_check_settings *s, struct mop_diags *d);
/* May a file be written whose name was made from the option's? Not through a link out of the folder
 * of a settings file that was merely found, if that one set the option. -1 with code 2. */
int mop_config_allows(struct mop_check_settings *s, const char *option, const char *path,
                      struct mop_err *e);
#endif
