/*
 * Breakdowns of one population side by side (--partitions), as ages and sexes in one pair of
 * columns: each adds up by itself, and the totals of all are the same numbers.
 */
#ifndef DDG_ROUND_KINDS_H
#define DDG_ROUND_KINDS_H

#include "table/model.h"

/* Makes one number of the totals of breakdowns side by side (--partitions), which are then rounded
 * and adjusted as one; DDG_INPUT, naming a row, where they are not the same. */
enum ddg_error ddg_kinds_unite(struct ddg_model *model, const struct ddg_description *description,
                               struct ddg_context *context);

#endif
