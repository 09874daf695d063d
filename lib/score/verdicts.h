/*
 * The table with the verdict on each cell behind it.
 */
#ifndef DDG_SCORE_VERDICTS_H
#define DDG_SCORE_VERDICTS_H

#include "csv/output.h"
#include "score/assessment.h"

/* Writes the rows as they were taken in, with the columns numerator_ok, denominator_ok, score and
 * mask, which are called `name`[0..3]: see ddg-threshold(1).  With `annotate` an unreliable
 * estimate gets the annotation 4 where no other code stands, in a column that is added where there
 * is none. */
enum ddg_error ddg_verdicts_write(struct ddg_output *output,
                                  const struct ddg_assessment *assessment,
                                  struct ddg_intake *intake, struct ddg_cells *cells,
                                  const struct ddg_text *name, bool annotate);

#endif
