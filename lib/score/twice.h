/*
 * Cells that stand twice in a table that is too large to hold: found in passes over its rows, each
 * of which holds some of the cells.
 */
#ifndef DDG_SCORE_TWICE_H
#define DDG_SCORE_TWICE_H

#include "score/intake.h"

/* DDG_INPUT naming both lines; DDG_LIMIT where cells cannot be numbered. */
enum ddg_error ddg_twice_check(struct ddg_intake *intake);

#endif
