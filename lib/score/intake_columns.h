/*
 * The steps of taking a table in: for score/intake_read.c alone.
 */
#ifndef DDG_SCORE_INTAKE_COLUMNS_H
#define DDG_SCORE_INTAKE_COLUMNS_H

#include "score/intake.h"

/* Reads the header of intake->csv: names and roles of columns, and which make one dimension. */
enum ddg_error ddg_intake_columns(struct ddg_intake *intake, const char *people);

/* Finds the categories, once all rows are in. */
enum ddg_error ddg_intake_categories(struct ddg_intake *intake);

#endif
