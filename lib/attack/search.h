/*
 * A search tree: does any whole-number solution exist?
 *
 * Branch and bound without a bound: where a linear program has a solution that is not whole, one of
 * its unknowns is split at that value.  Leaves are refuted by propagation in whole numbers or by
 * ddg_proof_refutes(), so that "refuted" is proven and "found" is checked.
 */
#ifndef DDG_ATTACK_SEARCH_H
#define DDG_ATTACK_SEARCH_H

#include "attack/problem.h"

enum ddg_search_result { DDG_SEARCH_FOUND, DDG_SEARCH_REFUTED, DDG_SEARCH_GAVE_UP };

/* Looks for a solution within the ranges, in at most `nodes` nodes and until `deadline` (seconds of
 * the monotonic clock, 0 for none).  `value` has room for every unknown and is set when one is
 * found. */
enum ddg_error ddg_search(const struct ddg_problem *problem, const int64_t *low,
                          const int64_t *high, uint64_t nodes, double deadline, int64_t *value,
                          enum ddg_search_result *result, struct ddg_context *context);

#endif
