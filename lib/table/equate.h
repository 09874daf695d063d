/*
 * The lines of equations, in a model whose table has rows for each measure.
 */
#ifndef DDG_TABLE_EQUATE_H
#define DDG_TABLE_EQUATE_H

#include "table/model.h"
#include "table/sums.h"

/* Makes the dimension of measures, the one before the last, that of `sums` (table->of_measure
 * counts its measures from 1), adds the middles, with numbers behind those of all other cells, and
 * a line for each sum whose measures all have a cell in the same place.  From then on the model
 * knows which measure each line is of.  After an error the model is only fit to be freed. */
enum ddg_error ddg_model_equate(struct ddg_model *model, const struct ddg_measure_sums *sums,
                                struct ddg_context *context);

#endif
