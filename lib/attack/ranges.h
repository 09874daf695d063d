/*
 * Ranges: the smallest and largest count that each cell can have, as far as single lines tell.
 */
#ifndef DDG_ATTACK_RANGES_H
#define DDG_ATTACK_RANGES_H

#include "table/model.h"

#define DDG_UNBOUNDED INT64_MAX
#define DDG_NO_LINE UINT32_MAX

struct ddg_ranges {
    const struct ddg_model *model;
    int64_t *low, *high; /* of each cell; high is DDG_UNBOUNDED where nothing bounds it */
    uint32_t *reason;    /* the line that last narrowed the cell, DDG_NO_LINE for none */
    bool *loose;         /* of each dimension: its lines may overlap, so that a total is at most
                          * the sum of its parts and at least the largest */
};

/* Narrows ranges line by line until no line narrows any further (or very many rounds have passed:
 * what is then known is true, if not all).  DDG_INPUT names a line that no counts fit. */
enum ddg_error ddg_ranges_narrow(struct ddg_ranges *ranges, struct ddg_context *context);

static inline bool ddg_range_is_point(const struct ddg_ranges *ranges, uint32_t cell)
{
    return ranges->low[cell] == ranges->high[cell];
}

#endif
