/*
 * Rounding in which every line still adds up (Cox and Ernst, "Controlled rounding", 1982).
 */
#ifndef DDG_ROUND_CONTROLLED_H
#define DDG_ROUND_CONTROLLED_H

#include "round/shown.h"

/* Counts are rounded to multiples that are at most this many bases away. */
enum { DDG_WITHIN_MOST = 1000 };

/* What became of the counts that did not go to one of the two multiples beside them, or that were
 * multiples and did not stay. */
struct ddg_strays {
    uint64_t counts;
    uint64_t farthest; /* bases, 0 where there are none */
};

/* Puts a multiple of `base` in place of each shown count into value[0 .. printed - 1] (other
 * entries are not touched), so that every line adds up at every level, printed or not; a line with
 * counts that are not shown leaves no less than 0 to these.  Lines of distinct persons that do not
 * add up keep their bounds.  Zeros stay.
 *
 * Each is one of the two multiples beside the count, and a multiple stays, where such multiples are
 * found; else each is at most `within` bases away.  The sum of all changes is the least where the
 * lines are a network (see nearby.h) that is not large, and small elsewhere.  `bound` has between
 * which multiples each shown row has to stay besides (see order.h), or is NULL.  DDG_UNSAFE where
 * no such multiples were found, with a `within` that does. */
enum ddg_error ddg_round_controlled(const struct ddg_shown *shown, uint64_t base, uint64_t within,
                                    const struct ddg_truth *bound, uint64_t *value,
                                    struct ddg_strays *strays, struct ddg_context *context);

#endif
