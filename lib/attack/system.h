/*
 * The linear system of all lines, solved exactly.
 *
 * Unknowns are the cells whose range is more than a point, equations the lines.  Gaussian
 * elimination over the integers modulo the prime 2^61 - 1 finds the unknowns that have the same
 * value in every solution.  An unknown that the equations determine is always found (but for primes
 * that divide a minor of the system, which for one fixed prime of that size does not happen by
 * chance); one that they do not determine is taken for determined with probability 2^-61, since the
 * test is one random vector of the null space.
 */
#ifndef DDG_ATTACK_SYSTEM_H
#define DDG_ATTACK_SYSTEM_H

#include "attack/ranges.h"

struct ddg_solution {
    bool *determined; /* of each cell of the model; false for those that were no unknowns */
    int64_t *value;   /* of each determined cell; negative when no counts fit */
    uint32_t count;   /* how many are determined */
};

/* Solves.  With `as_equations` loose lines are taken as equations too, of which only the pattern of
 * unknowns counts, since their numbers need not agree: only `determined` is then of use.  Free with
 * ddg_solution_free(), also after an error.  DDG_INPUT when the equations contradict each other. */
enum ddg_error ddg_system_solve(struct ddg_solution *solution, const struct ddg_ranges *ranges,
                                bool as_equations, struct ddg_context *context);

void ddg_solution_free(struct ddg_solution *solution);

#endif
