/*
 * Why a table could not be masked, for who has to do something about it: what it was found out by
 * is often not the cause.
 */
#ifndef DDG_PROTECT_FAILURE_H
#define DDG_PROTECT_FAILURE_H

#include "protect/mask.h"
#include "table/misnamed.h"

/* Puts the likely cause into the message of a failure, DDG_UNSAFE: the line in which --never leaves
 * nothing to hide, a column that is no dimension, what is published already, a total that is not
 * called so.  `mask` is as it was left. */
void ddg_failure_explain(const struct ddg_mask *mask, const struct ddg_misnamed *misnamed,
                         const struct ddg_description *description, struct ddg_context *context);

#endif
