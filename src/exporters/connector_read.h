/* SPDX-License-Identifier: MIT */
#ifndef MOP_CONNECTOR_READ_H
#define MOP_CONNECTOR_READ_H
#include "connector.h"
#include "connector_keys.h"

/* What the files that read connectors share. Faults go to the diags; reading goes on. */
struct mop_connector_reader {
    struct mop_arena *a;
    struct mop_diags *d;
    struct mop_sv file; /* its text, for places inside of scalars */
    struct mop_connector *c;
    const struct mop_stream *stream;      /* being read, or NULL: the connector's own parts */
    const struct mop_node *common;        /* the connector's requester, or NULL */
    struct mop_error_rules common_errors; /* the connector's */
    unsigned used;                        /* bit per variable that templates of the stream name */
    bool used_partition;                  /* and the partition's */
};
typedef struct mop_connector_reader R;

/* The variables that the engine fills. */
enum mop_variable {
    MOP_VAR_FIELDS,
    MOP_VAR_CURSOR,
    MOP_VAR_OFFSET,
    MOP_VAR_PAGE,
    MOP_VAR_PAGE_SIZE,
    MOP_VAR_LAST_KEY,
    MOP_VAR_SINCE,
    MOP_VARIABLES
};
extern const char *const mop_variable_names[MOP_VARIABLES];

/* connector_read.c: single values */
void mop_connector_fault(R *r, const char *id, const struct mop_node *at, const char *hint,
                         const char *fmt, ...) __attribute__((format(printf, 5, 6)));
/* Unknown keys, wrong shapes, keys of later versions; false if `map` is no mapping. */
bool mop_connector_keys(R *r, const struct mop_node *map, const struct mop_key_table *t);
/* The text under a key, or `otherwise`. */
struct mop_sv mop_connector_text(const struct mop_node *map, const struct mop_key_table *t,
                                 const char *key, struct mop_sv otherwise);
/* Fault if the key is not there. */
struct mop_sv mop_connector_need(R *r, const struct mop_node *map, const struct mop_key_table *t,
                                 const char *key);
uint64_t mop_connector_number(R *r, const struct mop_node *map, const struct mop_key_table *t,
                              const char *key, uint64_t least, uint64_t otherwise);
/* "10ms", "2s", "5m", "2d". */
uint64_t mop_connector_ms(R *r, const struct mop_node *map, const struct mop_key_table *t,
                          const char *key, uint64_t otherwise);
bool mop_connector_bool(R *r, const struct mop_node *map, const struct mop_key_table *t,
                        const char *key);
/* The index in `words` (NULL-terminated), `otherwise` if the key is not there. */
int mop_connector_word(R *r, const struct mop_node *map, const struct mop_key_table *t,
                       const char *key, const char *const *words, int otherwise);
struct mop_texts mop_connector_texts(R *r, const struct mop_node *map,
                                     const struct mop_key_table *t, const char *key);
bool mop_connector_compile(R *r, const struct mop_node *n, struct mop_pointer *p);
/* NULL if the key is not there, or after a fault. */
struct mop_pointer *mop_connector_pointer(R *r, const struct mop_node *map,
                                          const struct mop_key_table *t, const char *key);

/* connector_request.c */
void mop_connector_check_template(R *r, const struct mop_node *scalar);
struct mop_sv mop_connector_template(R *r, const struct mop_node *map,
                                     const struct mop_key_table *t, const char *key);
void mop_connector_requester(R *r, const struct mop_node *own, const struct mop_node *at,
                             struct mop_requester *q);
void mop_connector_check_requester(R *r, const struct mop_node *n);
void mop_connector_authenticator(R *r, const struct mop_node *n, struct mop_authenticator *a);

/* connector_stream.c */
void mop_connector_read_stream(R *r, const struct mop_node *key, const struct mop_node *n,
                               struct mop_stream *s);
/* The rules of `n` (or NULL) and then `after`. */
struct mop_error_rules mop_connector_errors(R *r, const struct mop_node *n,
                                            struct mop_error_rules after);
#endif
