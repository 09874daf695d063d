/*
 * Whole numbers whose sums stay within bounds, by simulated annealing (Kirkpatrick, Gelatt and
 * Vecchi, "Optimization by simulated annealing", 1983): how tables of three dimensions and more are
 * rounded so that they add up, which is hard (Kelly, Golden and Assad, "The controlled rounding
 * problem", 1993).
 *
 * A chosen number moves by one, or two of a sum against each other; sums out of bounds and distance
 * from what is wanted have a price, and dearer moves are made the more rarely the longer it goes
 * on.  Then only numbers in sums that are out of bounds are moved, and those weigh more and more
 * (Morris, "The breakout method", 1993). From what is then within bounds both are gone through
 * again, some times, and the best is kept.
 */
#ifndef DDG_ROUND_ANNEAL_H
#define DDG_ROUND_ANNEAL_H

#include "round/sums.h"

/* What a cell may be and what is wanted of it; each unit away from that costs 1, and each whole
 * unit once more, or nothing where `priced` is false. */
struct ddg_goal {
    int64_t low, high;
    double wanted;
    bool priced;
};

/* Looks for numbers within the goals, from number[i] of each chosen cell i, which are to be stayed
 * by if they are `near` already, and puts them and the totals there.  *farthest is how far any sum
 * is out of bounds: 0 where they were found.  Takes some seconds at most. */
enum ddg_error ddg_anneal(const struct ddg_sums *sums, const struct ddg_goal *goal, bool near,
                          int64_t *number, int64_t *farthest, struct ddg_context *context);

#endif
