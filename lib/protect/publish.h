/*
 * Writing a masked table: the rows as they were read, suppressed counts blank, or
 * a symbol.
 *
 * The two kinds of suppressed cells share one code unless the mask's policy has them apart
 * (R-SUP-8, R-SUP-10).
 */
#ifndef DDG_PROTECT_PUBLISH_H
#define DDG_PROTECT_PUBLISH_H

#include "protect/columns.h"
#include "protect/mask.h"

/* True when the user asks for counts to be suppressed whatever they are (--always), which
 * annotations then say.  Whether a table has such counts does not matter: of blocks it is not known
 * beforehand, and all have the same words. */
bool ddg_publish_withholds(const struct ddg_mask *mask);

/* Writes the names of the columns, */
enum ddg_error ddg_publish_begin(struct ddg_output *output, const struct ddg_columns *columns);

/* then each block of the table under one mask per measure, and the rows of totals that the masks
 * own beyond the printed ones, with blank statistics.  With `display` a suppressed count is a
 * symbol with a footnote beside it (R-SUP-11). */
enum ddg_error ddg_publish(struct ddg_output *output, const struct ddg_model *model,
                           const struct ddg_mask *masks, const struct ddg_columns *columns,
                           bool display, struct ddg_context *context);

#endif
