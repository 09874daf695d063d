/*
 * Count columns that hang together: persons are never more than their events, women and men are
 * all.  Nobody has to say so for a reader to see it, so that it is looked for in the counts.
 */
#ifndef DDG_ROUND_TIES_H
#define DDG_ROUND_TIES_H

#include "round/shown.h"

/* Measures that are tied are the first of a table, up to so many. */
enum { DDG_TIED_MOST = 64 };

/* In every row that shows them all the parts come to the whole, or a single one to no more. */
struct ddg_tie {
    uint32_t whole;
    uint64_t parts; /* bit i: measure i */
    bool equal;
    bool together; /* an unequal pair: where one is 0, so is the other */
};

struct ddg_ties {
    struct ddg_tie *tie;
    size_t count, room;
};

/* Finds them in what is shown of each measure: all sums where there are ten measures or fewer, else
 * those of two; nothing where no row counts anybody.  Free with ddg_ties_free(), also after an
 * error. */
enum ddg_error ddg_ties_find(struct ddg_ties *ties, const struct ddg_shown *shown, size_t measures,
                             struct ddg_context *context);
void ddg_ties_free(struct ddg_ties *ties);

/* Narrows the ranges of the measures in a row that shows them all; true where anything changed.
 * range[i] is that of measure i, and has what is shown in it. */
bool ddg_tie_narrow(const struct ddg_tie *tie, const struct ddg_shown *shown,
                    const struct ddg_truth *range, uint32_t row);

/* Where a pair is hidden, the part is bounded by what the whole can be at the most, unless nothing
 * would be left: what is so in the rows that are shown need not be so in all. */
void ddg_tie_bound_hidden(const struct ddg_tie *tie, struct ddg_shown *shown);

#endif
