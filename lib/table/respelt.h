/*
 * Totals that are spelt in two ways: "total" or "Total " beside "Total" would be a category like
 * others, and give its line away.
 */
#ifndef DDG_TABLE_RESPELT_H
#define DDG_TABLE_RESPELT_H

#include "table/model.h"

/* DDG_INPUT for a row with a label that is that of totals but for the case of ASCII letters or
 * spaces around it, in a dimension of which the description does not say that totals have the usual
 * label, and no other. */
enum ddg_error ddg_respelt_check(const struct ddg_model *model,
                                 const struct ddg_description *description,
                                 struct ddg_context *context);

#endif
