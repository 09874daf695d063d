/*
 * A walk among whole numbers: searches for solutions of a problem by local search.
 *
 * The walk stands at whole numbers within their ranges that may break some rows.  Each step takes a
 * broken row and changes one of its unknowns, the one that mends most, weighing rows by how long
 * they have resisted (the breakout method: Morris, AAAI 1993; its use on 0/1 programs: Walser,
 * Integer Optimization by Local Search, 1999).  When no row is broken, it stands at a solution:
 * a witness.  Nothing is proven when it finds none.
 */
#ifndef DDG_ATTACK_WALK_H
#define DDG_ATTACK_WALK_H

#include "attack/problem.h"

struct ddg_walk {
    const struct ddg_problem *problem;
    const int64_t *low, *high; /* of each unknown */
    int64_t *value;            /* of each unknown, within its range */
    uint32_t *touched;         /* unknowns changed since the last ddg_walk_keep(), each once */
    uint32_t touches;
    uint32_t broken; /* rows that do not hold */
    uint64_t steps;  /* taken in all */
    /* the rest is the walk's own */
    int64_t *kept;    /* values to go back to */
    bool *is_touched; /* of each unknown */
    int64_t *gap;     /* of each row: what its sum lacks, or exceeds its limit by as a negative */
    uint32_t *weight; /* of each row */
    uint32_t *broken_row, *broken_at;
    uint32_t *heavy; /* rows whose weight is above 1 */
    uint32_t heavies;
    uint64_t *taboo; /* of each unknown: the step before which it is better left alone */
    uint32_t pinned;
    uint64_t random;
};

/* Starts at the ends of the ranges that are nearest to 0.  `low` and `high` must outlive the walk.
 * The same seed gives the same walk.  Free with ddg_walk_free(), also after an error. */
enum ddg_error ddg_walk_start(struct ddg_walk *walk, const struct ddg_problem *problem,
                              const int64_t *low, const int64_t *high, uint64_t seed,
                              struct ddg_context *context);

/* Puts an unknown at a value, within its range if it is not. */
void ddg_walk_set(struct ddg_walk *walk, uint32_t unknown, int64_t value);

/* Walks until no row is broken, or that many steps were taken: true when it stands at a solution.
 * `pinned` is an unknown that stays as it is, DDG_NO_UNKNOWN for none. */
bool ddg_walk_run(struct ddg_walk *walk, uint32_t pinned, uint64_t steps);

/* Keeps the values as the ones to go back to. */
void ddg_walk_keep(struct ddg_walk *walk);

/* Goes back to the values that were kept. */
void ddg_walk_back(struct ddg_walk *walk);

void ddg_walk_free(struct ddg_walk *walk);

/* True when the values are within the ranges and keep every row: computed from nothing but the
 * problem. */
bool ddg_walk_fits(const struct ddg_problem *problem, const int64_t *low, const int64_t *high,
                   const int64_t *value);

#endif
