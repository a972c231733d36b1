/* SPDX-License-Identifier: MIT */
#ifndef MOP_JSON_ERROR_H
#define MOP_JSON_ERROR_H
#include "../base/json_doc.h"

/* Vendors answer with an error where records should be, and with status 200. */

/* What a name is used for, in any case of letters. */
enum mop_error_word {
    MOP_ERROR_NO,     /* for other things: a record's */
    MOP_ERROR_BESIDE, /* stands beside an error: code, status */
    MOP_ERROR_TELLS,  /* tells one where nothing else is: message, detail */
    MOP_ERROR_HOLDS   /* tells one wherever it stands: error, exception */
};
enum mop_error_word mop_error_word(struct mop_sv name);
/* Does the value of a member that holds an error say that there is one? Empty ones, the number 0,
 * those with the code 0 and words such as "none" do not. */
bool mop_json_error_says(const struct mop_json_doc *d, const struct json_t *v, struct mop_arena *a);
/* Does the member say that all did not go well? {"success": false}, {"status": "error"} */
bool mop_json_error_flag(const char *name, const struct json_t *v);
/* An object that holds nothing but what errors are told in, and no record: {"message": "..."}; with
 * the code 0 neither. */
bool mop_json_error_object(const struct mop_json_doc *d, const struct json_t *object,
                           struct mop_arena *a);
#endif
