/*
 * Linear programs: the smallest and largest value of an unknown, whole or not, by the simplex
 * method of CLP (COIN-OR), the only part of the attacker that knows the solver.
 *
 * Its numbers are floating-point and prove nothing by themselves.  Its prices (dual values) are a
 * hint from which ddg_proof_bound() and ddg_proof_refutes() derive a bound in whole numbers.
 */
#ifndef DDG_ATTACK_PROGRAM_H
#define DDG_ATTACK_PROGRAM_H

#include "attack/problem.h"

struct ddg_linear_program;

enum ddg_program_outcome {
    DDG_PROGRAM_OPTIMAL,
    DDG_PROGRAM_INFEASIBLE,
    DDG_PROGRAM_UNBOUNDED,
    DDG_PROGRAM_GAVE_UP, /* time was up, or the numbers went astray */
};

/* A program over all rows of `problem` (which must outlive it) but the supposed ones.  Free with
 * ddg_program_free(), which takes NULL.  */
enum ddg_error ddg_program_new(struct ddg_linear_program **program,
                               const struct ddg_problem *problem, const int64_t *low,
                               const int64_t *high, struct ddg_context *context);

/* Changes the range of an unknown; the next solution starts from the last one. */
void ddg_program_range(struct ddg_linear_program *program, uint32_t unknown, int64_t low,
                       int64_t high);

/* Looks for the largest (`direction` 1) or smallest (-1) value of an unknown, or with 0 for any
 * solution, in at most `seconds` (0: no limit).  Before the first call with a direction comes one
 * with 0. */
enum ddg_program_outcome ddg_program_solve(struct ddg_linear_program *program, uint32_t unknown,
                                           int direction, double seconds);

/* The values of all unknowns in the last solution; until the next call. */
const double *ddg_program_values(const struct ddg_linear_program *program);

/* The value of an unknown in the last solution, rounded; 0 where it is no number in range. */
int64_t ddg_program_whole(const struct ddg_linear_program *program, uint32_t unknown);

/* The price of each row: after OPTIMAL of the optimum, after INFEASIBLE a combination of rows that
 * no values fit, or NULL where the solver has none; until the next call. */
const double *ddg_program_prices(struct ddg_linear_program *program);

void ddg_program_free(struct ddg_linear_program *program);

#endif
