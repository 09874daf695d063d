/*
 * Ranges: how far a cell can change where other cells are suppressed in part.
 *
 * In the relaxation of a mask each candidate has a share, 0 for public and 1 for suppressed, and
 * its rooms are that much of what they are.  Changes need not be whole.  What a linear program
 * finds comes with potentials of the lines, from which ddg_cut_by_range() derives what every mask
 * has to have.  The solver is CLP, and its numbers prove nothing by themselves.
 */
#ifndef DDG_PROTECT_RANGE_H
#define DDG_PROTECT_RANGE_H

#include "protect/mask.h"

/* Potentials are whole multiples of 1 / DDG_POTENTIAL_SCALE. */
#define DDG_POTENTIAL_SCALE 5040

/* What a cell may be in the masks that are compared. */
enum ddg_role {
    DDG_ROLE_SHOWN,     /* in all of them */
    DDG_ROLE_CANDIDATE, /* shown or suppressed */
    DDG_ROLE_UNKNOWN,   /* suppressed or hidden in all of them */
};

/* Steps (see ddg_search_work()) of a program over so many columns, each of whose iterations takes
 * its time however few they are. */
static inline uint64_t ddg_program_work(int iterations, uint32_t columns)
{
    return ((uint64_t)iterations + 4) * (columns / 2 + 300);
}

struct ddg_ranger; /* the program over the cells that may change */

/* `role`, an enum ddg_role of each cell, and the mask, of which only rooms are asked, must outlive
 * the ranger.  Free with ddg_ranger_free(), also after an error. */
enum ddg_error ddg_ranger_new(struct ddg_ranger **ranger, const struct ddg_mask *mask,
                              const uint8_t *role, struct ddg_context *context);
void ddg_ranger_free(struct ddg_ranger *ranger);

/* Sets the share of each candidate, between 0 and 1; candidates may have become DDG_ROLE_SHOWN. */
void ddg_ranger_share(struct ddg_ranger *ranger, const double *share);

/* How far the cell, which has room and is itself suppressed as a whole, can change in the direction
 * `by` (1 or -1); with the potential of each line of the model.  False where the solver gave up. */
bool ddg_ranger_ask(struct ddg_ranger *ranger, uint32_t cell, int by, double *extent,
                    int64_t *potential);

/* Of each cell how far it was seen to rise and fall since shares were set. */
double ddg_ranger_seen(const struct ddg_ranger *ranger, uint32_t cell);

/* How much was done, in steps (see ddg_search_work()). */
uint64_t ddg_ranger_work(const struct ddg_ranger *ranger);

#endif
