#include "protect/plan.h"

#include <stdlib.h>
#include <string.h>

enum ddg_error ddg_plan_add(struct ddg_plan *p, const struct ddg_move *move,
                            struct ddg_context *context)
{
    size_t at = p->count > 0 ? p->move[p->count - 1].end : 0, end = at + move->count;
    enum ddg_error error;

    if ((error =
             ddg_grow(&p->move, &p->move_room, (size_t)p->count + 1, sizeof *p->move, context)) ||
        (error = ddg_grow(&p->cell, &p->cell_room, end, sizeof *p->cell, context)) ||
        (error = ddg_grow(&p->change, &p->change_room, end, sizeof *p->change, context)))
        return error;
    memcpy(&p->cell[at], move->cell, move->count * sizeof *p->cell);
    memcpy(&p->change[at], move->change, move->count * sizeof *p->change);
    p->move[p->count++] = (struct ddg_planned){end, move->cost};
    return DDG_OK;
}

struct ddg_move ddg_plan_move(const struct ddg_plan *p, uint32_t i)
{
    size_t at = i > 0 ? p->move[i - 1].end : 0;

    return (struct ddg_move){&p->cell[at], &p->change[at], (uint32_t)(p->move[i].end - at),
                             p->move[i].cost};
}

void ddg_plan_free(struct ddg_plan *p)
{
    free(p->cell);
    free(p->change);
    free(p->move);
    *p = (struct ddg_plan){0};
}
