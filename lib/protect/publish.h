/*
 * Writing a masked table: the rows as they were read, suppressed counts blank.
 *
 * With a count go its statistics (R-SUP-4, R-SUP-5): every column that is no dimension, count
 * or annotation and that --keep does not name.  The columns that ddg-threshold
 * adds are left out, since they tell small cells from others.  The two kinds of suppressed cells
 * share one code (R-SUP-8, R-SUP-10).
 */
#ifndef DDG_PROTECT_PUBLISH_H
#define DDG_PROTECT_PUBLISH_H

#include "protect/mask.h"

/* The code of every suppressed cell, and what the description column says of it. */
#define DDG_MERGED_CODE "1"
#define DDG_MERGED_TEXT "small number or complementary"

/* Writes the table under one mask per measure, then the rows of totals that the masks own beyond
 * the printed ones, with blank statistics. */
enum ddg_error ddg_publish(struct ddg_output *output, const struct ddg_model *model,
                           const struct ddg_mask *masks, const struct ddg_description *description,
                           struct ddg_context *context);

#endif
