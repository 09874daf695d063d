/*
 * Splitting: a solution of a large problem, from numbers that are not whole at first.
 *
 * Three things are asked of the unknowns: to lie within their ranges, to keep every row of the
 * reduced problem (see reduction.h), to be whole.  Each is easy by itself.  So each round takes the
 * nearest whole numbers, then goes a few steps towards numbers that keep the rows and are near
 * those (the primal-dual method: Chambolle and Pock, J Math Imaging Vis 40, 2011, with a step for
 * each unknown and row: Pock and Chambolle, ICCV 2011), and remembers of each unknown what was
 * rounded off, so that it weighs more the longer it lasts (alternating directions with whole
 * numbers: Takapoui, Moehle, Boyd and Bemporad, Int J Control 93(1), 2020).  Where that comes to no
 * end the rows that are still broken are shaken.
 *
 * A round goes through all terms a few times, whatever the shape of the table, and some hundreds of
 * rounds find a table of tens of thousands of hidden counts, where a walk stays behind.  Nothing is
 * proven when it finds none, and what it finds is for the caller to check.
 */
#ifndef DDG_ATTACK_SPLITTING_H
#define DDG_ATTACK_SPLITTING_H

#include "attack/reduction.h"

struct ddg_splitting {
    int64_t *value; /* of each basic unknown: the nearest whole number */
    /* the rest is its own */
    const struct ddg_reduction *reduced;
    uint32_t unknowns;
    const int64_t *base; /* of each unknown: the least value, from which all others are counted */
    const int64_t *top;
    double *least, *most; /* of each unknown, from there */
    double *at, *ahead;   /* where it stands, and where it would be one step on */
    double *whole;        /* the nearest whole number */
    double *off;          /* what was rounded off, added up */
    double *step;         /* its length */
    double *low, *high;   /* of the sum of each row, from the least values */
    double *price;        /* of each row: what the unknowns pay for breaking it */
    double *price_step;
    double best;    /* the least breach of all rows together since the last shake */
    unsigned stale; /* rounds since then */
    uint64_t random;
};

/* Starts near the lower ends of the ranges.  `reduced`, whose problem has that many unknowns,
 * `low` and `high` must outlive it.  The same seed gives the same numbers.  Free with
 * ddg_splitting_free(), also after an error. */
enum ddg_error ddg_splitting_start(struct ddg_splitting *splitting,
                                   const struct ddg_reduction *reduced, uint32_t unknowns,
                                   const int64_t *low, const int64_t *high, uint64_t seed,
                                   struct ddg_context *context);

/* Starts again at values within their ranges, or where `value` is NULL at random ones, and aims at
 * nothing. */
void ddg_splitting_restart(struct ddg_splitting *splitting, const int64_t *value);

/* Holds an unknown at a value within its range until the next start. */
void ddg_splitting_aim(struct ddg_splitting *splitting, uint32_t unknown, int64_t value);

/* Goes that many rounds on: true when the values keep all rows, as far as numbers of 53 bits
 * tell. */
bool ddg_splitting_run(struct ddg_splitting *splitting, unsigned rounds);

void ddg_splitting_free(struct ddg_splitting *splitting);

#endif
