/*
 * Count columns that must not be masked each by itself: persons and their events.  What hides a
 * count in one of them is of no use where the other shows it.
 */
#ifndef DDG_PROTECT_APART_H
#define DDG_PROTECT_APART_H

#include "protect/truth.h"

/* DDG_USAGE where two columns are called like persons and their events (rules/eventful.h) and are
 * so in every row, or are what ddg-count calls so; `truth` has an entry per measure. */
enum ddg_error ddg_apart_check(const struct ddg_model *model, const struct ddg_truth *truth,
                               struct ddg_context *context);

#endif
