/*
 * A plan: copies of some moves, to be made later.
 */
#ifndef DDG_PROTECT_PLAN_H
#define DDG_PROTECT_PLAN_H

#include "protect/move.h"

struct ddg_plan {
    uint32_t count;
    /* the rest is the plan's own; zero at first */
    uint32_t *cell;
    int8_t *change;
    struct ddg_planned {
        size_t end; /* of its changes; they begin where those before end */
        uint64_t cost;
    } * move;
    size_t cell_room, change_room, move_room;
};

enum ddg_error ddg_plan_add(struct ddg_plan *plan, const struct ddg_move *move,
                            struct ddg_context *context);

/* A move of the plan; it points into the plan, until the next is added. */
struct ddg_move ddg_plan_move(const struct ddg_plan *plan, uint32_t i);

void ddg_plan_free(struct ddg_plan *plan);

#endif
