/* SPDX-License-Identifier: MIT */
#ifndef MOP_JSON_ERROR_H
#define MOP_JSON_ERROR_H
#include "../base/json_doc.h"

/* Vendors answer with an error where records should be, and with status 200. */

/* Does the value of a member `error` or `errors` say that there is one? Empty ones, the number 0,
 * those with the code 0 and words such as "none" do not. */
bool mop_json_error_says(const struct mop_json_doc *d, const struct json_t *v, struct mop_arena *a);
/* An object that holds nothing but what errors are told in, and no record: {"message": "..."}; with
 * the code 0 neither. */
bool mop_json_error_object(const struct mop_json_doc *d, const struct json_t *object,
                           struct mop_arena *a);
#endif
