/*
 * Rounding in which every line still adds up, and adjustment (R-RND-1): both put other numbers into
 * a whole table.
 */
#ifndef DDG_ROUND_CONTROLLED_H
#define DDG_ROUND_CONTROLLED_H

#include "round/shown.h"

/* Controlled rounding: puts a multiple of `base` less than `base` away from each shown count into
 * value[0 .. printed - 1] (other entries are not touched), so that every line adds up at every
 * level, printed or not; a line with counts that are not shown leaves no less than 0 to these.
 * Lines of distinct persons that do not add up keep their bounds.  The sum of all changes is the
 * least where the lines are a network (see nearby.h), and small elsewhere.  DDG_UNSAFE where no
 * such multiples were found. */
enum ddg_error ddg_round_controlled(const struct ddg_shown *shown, uint64_t base, uint64_t *value,
                                    struct ddg_context *context);

/* Controlled tabular adjustment (Dandekar and Cox, "Synthetic tabular data", 2002): puts 0 or a
 * number from the threshold on in place of each suppressed count of a masked table, as near as can
 * be to the middle of what the table leaves to it, so that every line adds up.  Shown totals and
 * zeros stay as they are; other shown counts change where nothing else adds up, and not below the
 * threshold.  Goes into value[0 .. printed - 1].  DDG_INPUT for a table that shows small counts,
 * DDG_UNSAFE where no such numbers were found. */
enum ddg_error ddg_round_adjusted(const struct ddg_shown *shown, uint64_t threshold,
                                  uint64_t *value, struct ddg_context *context);

#endif
