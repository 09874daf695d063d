/*
 * A part of a problem: some of its rows with the unknowns in them, as a problem of its own.
 *
 * Rows left out can only allow more, so what a part's rows prove holds for the whole; a solution of
 * a part is one of the whole only where no other row holds its unknowns (a component).
 */
#ifndef DDG_ATTACK_PART_H
#define DDG_ATTACK_PART_H

#include "attack/problem.h"

struct ddg_part {
    struct ddg_problem problem; /* unknowns whose range is a point stand in the right sides; the
                                 * origin of a row is its number in the whole */
    uint32_t *unknown;          /* of each of its unknowns, the number in the whole */
};

/* Rows in groups: group i is row[start[i]] .. row[start[i + 1] - 1]. */
struct ddg_row_groups {
    uint32_t *row;
    size_t *start;
    size_t groups;
};

/* Groups all rows but supposed ones so that rows with an unknown in common (that is no point) are
 * together; rows without such unknowns are left out.  Groups come in the order of their first
 * rows.  Free with ddg_row_groups_free(), also after an error. */
enum ddg_error ddg_components(struct ddg_row_groups *groups, const struct ddg_problem *problem,
                              struct ddg_context *context);

void ddg_row_groups_free(struct ddg_row_groups *groups);

/* Makes the part with those rows.  `scratch` has an entry per unknown of the whole, all
 * DDG_NO_UNKNOWN, and is left so.  Free with ddg_part_free(), also after an error. */
enum ddg_error ddg_part_make(struct ddg_part *part, const struct ddg_problem *whole,
                             const uint32_t *row, size_t rows, uint32_t *scratch,
                             struct ddg_context *context);

/* The same with rows around an unknown: its own, then those of their unknowns, and so on, rings of
 * rows as long as they are `most` together at the most (at least the first ring).  *closed tells
 * whether no row was left out. */
enum ddg_error ddg_part_around(struct ddg_part *part, const struct ddg_problem *whole,
                               uint32_t unknown, size_t most, uint32_t *scratch, bool *closed,
                               struct ddg_context *context);

/* The number in the part of an unknown of the whole, DDG_NO_UNKNOWN when it is not in it. */
uint32_t ddg_part_place(const struct ddg_part *part, uint32_t unknown);

void ddg_part_free(struct ddg_part *part);

#endif
