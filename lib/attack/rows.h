/*
 * The rows of the attacker's problem: what lines, equations and earlier releases say of the slots
 * of a publication.
 */
#ifndef DDG_ATTACK_ROWS_H
#define DDG_ATTACK_ROWS_H

#include "attack/publication.h"

/* Adds the rows to the problem, which has its unknowns already, and the origin of each.  `again` is
 * true when the origins are there from before: those that are excluded, and those behind the first
 * `most`, then have no row. */
enum ddg_error ddg_rows_build(struct ddg_publication *publication, bool again, uint32_t most,
                              struct ddg_context *context);

#endif
