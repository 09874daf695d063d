/*
 * The linear system of all equations, solved exactly.
 *
 * Unknowns are those whose range is more than a point, equations the DDG_EQUAL rows.  Sparse
 * Gaussian elimination over the integers modulo the prime 2^61 - 1 finds the unknowns that have the
 * same value in every solution.  An unknown that the equations determine is always found (but for
 * primes that divide a minor of the system, which for one fixed prime of that size does not happen
 * by chance); one that they do not determine is taken for determined with probability 2^-61, since
 * the test is one random vector of the null space.
 */
#ifndef DDG_ATTACK_ELIMINATION_H
#define DDG_ATTACK_ELIMINATION_H

#include "attack/problem.h"

struct ddg_elimination {
    bool *determined; /* of each unknown; false for those whose range is a point already */
    int64_t *value;   /* of each determined unknown; outside its range when no numbers fit */
    uint32_t count;   /* how many are determined */
    bool impossible;  /* the equations contradict each other */
};

/* Solves the equations; with `supposing` also the DDG_SUPPOSED rows that numbers within the ranges
 * can fit, with the supposed unknowns taken as known: only `determined` and `count` are then of
 * use.  Work that grows beyond all measure is broken off: what is then determined is true, if not
 * all. Free with ddg_elimination_free(), also after an error. */
enum ddg_error ddg_eliminate(struct ddg_elimination *result, const struct ddg_problem *problem,
                             bool supposing, struct ddg_context *context);

void ddg_elimination_free(struct ddg_elimination *result);

#endif
