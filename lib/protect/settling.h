/*
 * Settling: one count for each cell of which only a range is known, so that every line adds up.
 *
 * Counts are put inside their ranges rather than at an end: moves start from them, in both
 * directions.  They are looked for cell by cell, and where that leads nowhere by linear programs
 * whose fractions are rounded one after the other.
 */
#ifndef DDG_PROTECT_SETTLING_H
#define DDG_PROTECT_SETTLING_H

#include "protect/fitting.h"

/* After ddg_fitting_narrow(): settles on a count for each cell from `first` on; other cells keep
 * their ranges.  *found is false when none were found that fit, or not soon. */
enum ddg_error ddg_settle(struct ddg_fitting *fitting, uint32_t first, bool *found,
                          struct ddg_context *context);

#endif
