/*
 * What somebody says of the period (--period) beside the periods that the table shows.
 */
#ifndef DDG_SCORE_PERIOD_H
#define DDG_SCORE_PERIOD_H

#include "score/score.h"

/* DDG_INPUT, naming line and column, where the table has a period that is not within --period, or
 * longer.  Where they agree the shorter one scores. */
enum ddg_error ddg_period_check(const struct ddg_score *score, const struct ddg_evidence *e);

#endif
