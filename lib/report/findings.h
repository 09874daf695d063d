/*
 * Findings of an attack as CSV: one row per cell that is given away.
 *
 *   line,measure,DIMENSION...,status,how[,value]
 *
 * `line` is where the cell stands in the input ("FILE:LINE" when there are several files), blank
 * for a cell that has no row.  The value stands there only when it is asked for: reports get
 * mailed.
 */
#ifndef DDG_REPORT_FINDINGS_H
#define DDG_REPORT_FINDINGS_H

#include "attack/attack.h"
#include "csv/output.h"

enum ddg_error ddg_findings_header(struct ddg_output *output, const struct ddg_table *table,
                                   bool values);

enum ddg_error ddg_findings_write(struct ddg_output *output, const struct ddg_model *model,
                                  const struct ddg_measure *measure,
                                  const struct ddg_attack *attack, bool values);

#endif
