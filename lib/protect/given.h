/*
 * What published tables give away by themselves, whatever stands in ours.
 */
#ifndef DDG_PROTECT_GIVEN_H
#define DDG_PROTECT_GIVEN_H

#include "protect/known.h"
#include "protect/mask.h"

/* Finds out how many values what is published leaves to the cells that it hides, and to those of
 * our table that are to be masked because they are small: `policy` says which these are, and how
 * many values they are to keep.  Puts into known->wants[] how many beside its own each can keep at
 * the most; a cell that can keep none is then DDG_GIVEN, or DDG_SEEN if it is ours alone. */
enum ddg_error ddg_given_find(struct ddg_known *known, size_t measure,
                              const struct ddg_description *description,
                              const struct ddg_mask_policy *policy, struct ddg_context *context);

/* Finds out which cells of a new mask keep their values by the moves that showed it of what is
 * published, verified against the mask as it is: no more need be found for them. */
enum ddg_error ddg_given_uphold(struct ddg_mask *mask, struct ddg_context *context);

#endif
