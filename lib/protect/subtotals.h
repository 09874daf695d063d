/*
 * Subtotals that no hierarchy names: a category that counts, in every line, what the categories
 * before or behind it do.  Taken for one like others it gives its parts away.
 */
#ifndef DDG_PROTECT_SUBTOTALS_H
#define DDG_PROTECT_SUBTOTALS_H

#include "base/prose.h"
#include "protect/truth.h"

/* Adds a note for each dimension that has such categories, in lines of which no total is printed: a
 * printed one would not add up.  `truth` is that of the measure, which is named where it is one of
 * several. */
enum ddg_error ddg_subtotals_note(struct ddg_prose *prose, const struct ddg_model *model,
                                  const struct ddg_truth *truth, size_t measure);

#endif
