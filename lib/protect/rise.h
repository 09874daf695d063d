/*
 * Rising: the move that adds one to a cell without parts, and to every total above it in all
 * dimensions.  Where every total is printed, this often works when nothing else was found.
 */
#ifndef DDG_PROTECT_RISE_H
#define DDG_PROTECT_RISE_H

#include "protect/move.h"

/* Room for the move; zero at first. */
struct ddg_rise {
    uint32_t *cell;
    int8_t *change;
    size_t cell_room, change_room;
};

void ddg_rise_free(struct ddg_rise *rise);

/* The move up from the cell, or from one below it where it has parts.  *found when all of its cells
 * are unknown or may serve as complements: it is in *move until the next call or ddg_rise_free().
 */
enum ddg_error ddg_rise_find(struct ddg_rise *rise, const struct ddg_mask *mask, uint32_t cell,
                             bool *found, struct ddg_move *move, struct ddg_context *context);

#endif
