/*
 * The order in which a state is written: labels as in a table, and cells as their labels.  Codes
 * and numbers are given anew, so that equal records give equal bytes, in whatever order they came
 * and however often they were merged.
 */
#ifndef DDG_GROUP_STATE_ORDER_H
#define DDG_GROUP_STATE_ORDER_H

#include "group/cube.h"

/* Starts as {0}. */
struct ddg_state_order {
    size_t dims;
    uint32_t *label[DDG_DIMENSIONS_MOST]; /* label[d][c]: the cube's code of what has code c */
    uint32_t labels[DDG_DIMENSIONS_MOST]; /* that cells have; others are not written */
    uint32_t *code[DDG_DIMENSIONS_MOST];  /* the other way round */
    uint32_t *cell;                       /* cell[n]: the cube's cell of what has number n */
    uint32_t *number;                     /* the other way round */
};

/* Orders the inner cells of a cube.  Free with ddg_state_order_free(), also after an error. */
enum ddg_error ddg_state_order_make(struct ddg_state_order *order, struct ddg_cube *cube,
                                    struct ddg_context *context);

void ddg_state_order_free(struct ddg_state_order *order);

#endif
