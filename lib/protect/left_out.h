/*
 * Rows that a published table leaves out although they cannot be zero.
 *
 * As anywhere, a row that is not there is nobody; but where a shown total exceeds all that is shown
 * of its parts, the reader knows that parts are missing.
 */
#ifndef DDG_PROTECT_LEFT_OUT_H
#define DDG_PROTECT_LEFT_OUT_H

#include "protect/truth.h"

/* Adds them to the rows beyond `joint`, from whose rows `model` was built: *any says whether there
 * were some, and the model is to be built anew then.  `truth` holds the range of each cell beyond
 * our table as its own table shows it. */
enum ddg_error ddg_left_out_add(struct ddg_table *joint, const struct ddg_model *model,
                                const struct ddg_truth *truth, bool *any,
                                struct ddg_context *context);

#endif
