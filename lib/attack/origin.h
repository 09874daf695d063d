/*
 * Rows of the attacker's problem in words: what each came from, for messages about rows that
 * contradict each other and for reasons (attack/wording).
 */
#ifndef DDG_ATTACK_ORIGIN_H
#define DDG_ATTACK_ORIGIN_H

#include "attack/publication.h"
#include "base/prose.h"

/* Adds "FILE:LINE: county=Alpine: the equation 'A + B = C'" for a row of that origin. */
void ddg_origin_add_equation(struct ddg_prose *prose, const struct ddg_publication *publication,
                             const struct ddg_origin *origin);

/* Says of a row that it contradicts the others: see ddg_publication_conflict(). */
enum ddg_error ddg_origin_fail(struct ddg_publication *publication, const struct ddg_origin *origin,
                               struct ddg_context *context);

/* Says of rows of the problem that they contradict each other. */
enum ddg_error ddg_origin_fail_together(struct ddg_publication *publication, const uint32_t *row,
                                        size_t rows, struct ddg_context *context);

#endif
