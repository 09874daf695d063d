/*
 * Count columns that hang together: persons are never more than their events, women and men are
 * all, or nearly.  Nobody has to say so for a reader to see it, so that it is looked for in the
 * counts.
 */
#ifndef DDG_ROUND_TIES_H
#define DDG_ROUND_TIES_H

#include "round/shown.h"

/* Measures that are tied are the first of a table, up to so many. */
enum { DDG_TIED_MOST = 64 };

/* In every row that shows them all the parts come to the whole, or to no more. */
struct ddg_tie {
    uint32_t whole;
    uint64_t parts; /* bit i: measure i */
    bool equal;
    bool together; /* where one side is 0, so is the other */
};

struct ddg_ties {
    struct ddg_tie *tie;
    size_t count, room;
};

static inline bool ddg_tie_has(const struct ddg_tie *tie, uint32_t measure)
{
    return tie->parts >> measure & 1;
}

/* The measures behind the last part. */
static inline uint32_t ddg_tie_end(const struct ddg_tie *tie)
{
    uint32_t end = 0;

    while (end < DDG_TIED_MOST && tie->parts >> end > 0)
        end++;
    return end;
}

/* A single part that is no more than the whole. */
static inline bool ddg_tie_is_pair(const struct ddg_tie *tie)
{
    return !tie->equal && (tie->parts & (tie->parts - 1)) == 0;
}

/* True where a row shows the parts and the whole. */
bool ddg_tie_is_shown(const struct ddg_tie *tie, const struct ddg_shown *shown, uint32_t row);

/* Finds them in what is shown of each measure: all pairs, and sums of any number of parts where
 * there are ten measures or fewer, else of two; of sums that come to no more those with the most
 * parts.  Nothing where no row counts anybody.  Free with ddg_ties_free(), also after an
 * error. */
enum ddg_error ddg_ties_find(struct ddg_ties *ties, const struct ddg_shown *shown, size_t measures,
                             struct ddg_context *context);

/* The pairs alone. */
enum ddg_error ddg_ties_find_pairs(struct ddg_ties *ties, const struct ddg_shown *shown,
                                   size_t measures, struct ddg_context *context);
void ddg_ties_free(struct ddg_ties *ties);

/* Where a pair is hidden, the part is bounded by what the whole can be at the most, unless nothing
 * would be left: what is so in the rows that are shown need not be so in all. */
void ddg_tie_bound_hidden(const struct ddg_tie *tie, struct ddg_shown *shown);

#endif
