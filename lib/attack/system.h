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

/* Solves the equations of lines that cannot overlap.  Free with ddg_solution_free(), also after an
 * error.  DDG_INPUT when the equations contradict each other. */
enum ddg_error ddg_system_solve(struct ddg_solution *solution, const struct ddg_ranges *ranges,
                                struct ddg_context *context);

/* Finds what the pattern of unknowns determines, whatever the numbers: with every line taken as an
 * equation, also those that may overlap, and with the cells that `known` names (one entry per cell)
 * taken as known.  Only `determined` and `count` are of use. */
enum ddg_error ddg_system_pattern(struct ddg_solution *solution, const struct ddg_ranges *ranges,
                                  const bool *known, struct ddg_context *context);

void ddg_solution_free(struct ddg_solution *solution);

#endif
