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

/* Says of rows of the problem that they contradict each other. */
enum ddg_error ddg_rows_fail_together(struct ddg_publication *publication, const uint32_t *row,
                                      size_t rows, struct ddg_context *context);

/* Says of a row that it contradicts the others: see ddg_publication_conflict(). */
enum ddg_error ddg_rows_fail(struct ddg_publication *publication, const struct ddg_origin *origin,
                             struct ddg_context *context);

#endif
