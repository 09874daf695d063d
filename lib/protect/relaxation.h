/*
 * The relaxation of the masks of a table: cells may be suppressed in part, and cuts are added until
 * they hide nevertheless what must be hidden.  What that costs no mask undercuts.  (Fischetti and
 * Salazar, 2001.)
 */
#ifndef DDG_PROTECT_RELAXATION_H
#define DDG_PROTECT_RELAXATION_H

#include "protect/cut.h"

struct ddg_relaxation;

/* Of the masks that hide what `mask` must, which has no complements yet; with `group_rule` they
 * keep R-SUP-6.  `mask` must outlive the relaxation; from then on what is public and what is
 * suppressed is not looked at, so that the mask can be worked at in another thread.  Free with
 * ddg_relaxation_free(), also after an error. */
enum ddg_error ddg_relaxation_new(struct ddg_relaxation **relaxation, const struct ddg_mask *mask,
                                  bool group_rule, struct ddg_context *context);
void ddg_relaxation_free(struct ddg_relaxation *relaxation);

/* Keeps the share of a candidate between `low` and `high`, each 0 or 1. */
void ddg_relaxation_fix(struct ddg_relaxation *relaxation, uint32_t cell, int low, int high);

/* Solves, and cuts until nothing more is cut, or no mask can cost less than `most`, or about `work`
 * steps (see ddg_search_work()) are done; *whole says whether it was not the last. */
enum ddg_error ddg_relaxation_solve(struct ddg_relaxation *relaxation, uint64_t most, uint64_t work,
                                    bool *whole, struct ddg_context *context);

/* What masks cost at the least, as the last solution proves: those with shares as they are fixed;
 * UINT64_MAX: there is none.  Rests on the cuts and on prices for them, whatever prices the solver
 * found; 0 where it found none. */
uint64_t ddg_relaxation_least(const struct ddg_relaxation *relaxation);

/* The share of a cell in the last solution, 0 for cells that are no candidates. */
double ddg_relaxation_share(const struct ddg_relaxation *relaxation, uint32_t cell);

/* The candidate whose share is farthest from whole; DDG_NO_CELL when all are whole. */
uint32_t ddg_relaxation_fraction(const struct ddg_relaxation *relaxation);

/* Fixes for good what masks that cost less than `most` have in common, as the last solution says.
 */
void ddg_relaxation_tighten(struct ddg_relaxation *relaxation, uint64_t most);

/* Lets ddg_relaxation_solve() end soon, and for good, in another thread. */
void ddg_relaxation_stop(struct ddg_relaxation *relaxation);

/* How much was done, in steps. */
uint64_t ddg_relaxation_work(const struct ddg_relaxation *relaxation);

#endif
