/*
 * The score of one of the tables that stand side by side; see score/score.h.
 */
#ifndef DDG_SCORE_SIDE_H
#define DDG_SCORE_SIDE_H

#include "score/score.h"

/* Scores cells->side[i] into score->side[i], once every column is recognised; what holds of all
 * sides no longer holds of the score where it does not of this one.  DDG_USAGE for facts of which
 * the criteria have no variable. */
enum ddg_error ddg_score_side(struct ddg_score *score, const struct ddg_evidence *e, size_t i);

#endif
