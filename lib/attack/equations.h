/*
 * Equations that were declared: between the measures of a cell, or between categories of a
 * dimension.
 */
#ifndef DDG_ATTACK_EQUATIONS_H
#define DDG_ATTACK_EQUATIONS_H

#include "attack/publication.h"

/* What takes the terms of one equation in one place: slots times factors add up to 0. */
struct ddg_sum {
    uint32_t *slot;
    int8_t *factor;
    size_t terms;
};

typedef enum ddg_error ddg_sum_handler(void *data, const struct ddg_sum *sum, uint32_t release,
                                       uint32_t equation, uint32_t cell,
                                       struct ddg_context *context);

/* Hands over every place in which an equation holds: each cell that has a row, in each release that
 * has all the measures; each combination of the other dimensions for which all the categories have
 * cells.  `cell` is that of the first term.  DDG_USAGE for an equation that has a place in no
 * release. */
enum ddg_error ddg_equations_each(const struct ddg_publication *publication,
                                  ddg_sum_handler *handle, void *data, struct ddg_context *context);

#endif
