/*
 * Bounds proven in whole numbers, from the prices of a linear program.
 *
 * For any prices y (of inequalities: none above 0), the sum over c x equals y A x + (c - y A) x,
 * and that is at least y b plus the least that the rest can be within the ranges.  So whatever the
 * floating-point prices are, rounded to fractions they give a bound that holds; good prices give a
 * good one (the dual bound: Neumaier and Shcherbina, Math. Program. 99, 2004, here with fractions
 * in place of directed rounding).
 */
#ifndef DDG_ATTACK_PROOF_H
#define DDG_ATTACK_PROOF_H

#include "attack/problem.h"

/* Derives from `prices` (one per row; as ddg_program_prices() gives them) a bound on an unknown:
 * from above with `direction` 1, from below with -1.  False when they give none. */
bool ddg_proof_bound(const struct ddg_problem *problem, const int64_t *low, const int64_t *high,
                     const double *prices, uint32_t unknown, int direction, int64_t *bound);

/* True when the prices show that no values within the ranges fit the rows. */
bool ddg_proof_refutes(const struct ddg_problem *problem, const int64_t *low, const int64_t *high,
                       const double *prices);

#endif
