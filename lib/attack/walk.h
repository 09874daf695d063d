/*
 * A walk among whole numbers: searches for solutions of a problem by local search.
 *
 * The walk stands at whole numbers within their ranges that may break some rows of the reduced
 * problem (see reduction.h).  Each step takes a broken row and changes one of its unknowns, the one
 * that mends most, weighing rows by how long they have resisted (the breakout method: Morris, AAAI
 * 1993; its use on integer programs: Walser, Integer Optimization by Local Search, 1999).  When no
 * row is broken, it stands at a solution: a witness.  Nothing is proven when it finds none.
 */
#ifndef DDG_ATTACK_WALK_H
#define DDG_ATTACK_WALK_H

#include "attack/reduction.h"

struct ddg_walk {
    const struct ddg_problem *problem;
    const int64_t *low, *high; /* of each unknown */
    int64_t *value;  /* of each unknown; of defined ones as it was when the walk was last kept */
    uint32_t broken; /* rows that do not hold */
    uint64_t steps;  /* taken in all */
    /* the rest is the walk's own */
    struct ddg_reduction reduced;
    int64_t *kept;     /* values to go back to */
    uint32_t *touched; /* basic unknowns changed since the last ddg_walk_keep(), each once */
    uint32_t touches;
    bool *is_touched;
    int64_t *sum;     /* of each row */
    uint32_t *weight; /* of each row */
    uint32_t *broken_row, *broken_at;
    uint32_t *heavy; /* rows whose weight is above 1 */
    uint32_t heavies;
    uint64_t *taboo;           /* of each unknown: the step before which it is better left alone */
    uint32_t aim;              /* the unknown that is held at a value, or DDG_NO_UNKNOWN */
    int64_t aim_low, aim_high; /* the range of the row that defines it, for when it is let go */
    uint64_t *seen_row;        /* of each row: the last round of ddg_walk_changes() that met it */
    uint64_t round;
    uint64_t random;
};

/* Starts at the ends of the ranges that are nearest to 0.  `low` and `high` must outlive the walk.
 * The same seed gives the same walk.  Free with ddg_walk_free(), also after an error. */
enum ddg_error ddg_walk_start(struct ddg_walk *walk, const struct ddg_problem *problem,
                              const int64_t *low, const int64_t *high, uint64_t seed,
                              struct ddg_context *context);

/* Puts an unknown at a value, within its range if it is not; a defined one follows from others and
 * stays as it is. */
void ddg_walk_set(struct ddg_walk *walk, uint32_t unknown, int64_t value);

/* Holds an unknown at a value within its range until the walk is kept or goes back: what it finds
 * has that value. */
void ddg_walk_aim(struct ddg_walk *walk, uint32_t unknown, int64_t value);

/* Walks until no row is broken, or that many steps were taken: true when it stands at a solution;
 * else the next call walks on, rows weighing what they did. */
bool ddg_walk_run(struct ddg_walk *walk, uint64_t steps);

/* Lists the unknowns whose values differ from those that were kept, with `all` every unknown, and
 * their values now.  The arrays have room for every unknown; returns how many were listed. */
size_t ddg_walk_changes(struct ddg_walk *walk, bool all, uint32_t *unknown, int64_t *value);

/* Keeps the values as the ones to go back to: a solution.  All rows weigh the same again.  False,
 * and nothing is kept, when the problem itself, computed anew where values changed, does not
 * agree. */
bool ddg_walk_keep(struct ddg_walk *walk, const uint32_t *unknown, const int64_t *value,
                   size_t count);

/* Goes back to the values that were kept; all rows weigh the same again. */
void ddg_walk_back(struct ddg_walk *walk);

void ddg_walk_free(struct ddg_walk *walk);

/* True when the values are within the ranges and keep every row: computed from nothing but the
 * problem. */
bool ddg_walk_fits(const struct ddg_problem *problem, const int64_t *low, const int64_t *high,
                   const int64_t *value);

#endif
