#include "protect/rise.h"

#include <stdlib.h>

void ddg_rise_free(struct ddg_rise *r)
{
    free(r->cell);
    free(r->change);
    *r = (struct ddg_rise){0};
}

static bool may_rise(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->up[cell] > 0;
}

/* A cell without parts of its own below `cell` (itself, if it has none), reached through cells that
 * may rise; DDG_NO_CELL when there is none on the way that is tried. */
static uint32_t bottom_below(const struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        if (mask->sign[i] > 0)
            continue;
        for (size_t j = m->line_start[line] + 1; j < m->line_start[line + 1]; j++)
            if (may_rise(mask, m->line_cell[j]))
                return bottom_below(mask, m->line_cell[j]);
        return DDG_NO_CELL;
    }
    return cell;
}

static bool has_cell(const struct ddg_move *move, uint32_t cell)
{
    for (uint32_t i = 0; i < move->count; i++)
        if (move->cell[i] == cell)
            return true;
    return false;
}

static enum ddg_error add(struct ddg_rise *r, const struct ddg_mask *mask, uint32_t cell,
                          struct ddg_move *move, struct ddg_context *context)
{
    enum ddg_error error;

    if ((error = ddg_grow(&r->cell, &r->cell_room, (size_t)move->count + 1, sizeof *r->cell,
                          context)) ||
        (error = ddg_grow(&r->change, &r->change_room, (size_t)move->count + 1, sizeof *r->change,
                          context)))
        return error;
    r->cell[move->count] = cell;
    r->change[move->count++] = 1;
    move->cell = r->cell;
    move->change = r->change;
    if (mask->kind[cell] == DDG_PUBLIC)
        move->cost += mask->cost[cell];
    return DDG_OK;
}

enum ddg_error ddg_rise_find(struct ddg_rise *r, const struct ddg_mask *mask, uint32_t cell,
                             bool *found, struct ddg_move *move, struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    uint32_t bottom = bottom_below(mask, cell);
    enum ddg_error error = DDG_OK;

    *move = (struct ddg_move){0};
    *found = bottom != DDG_NO_CELL && may_rise(mask, bottom);
    if (*found)
        error = add(r, mask, bottom, move, context);
    /* the totals of what is in the move already, each once */
    for (uint32_t i = 0; !error && *found && i < move->count; i++)
        for (size_t j = m->cell_start[move->cell[i]];
             !error && *found && j < m->cell_start[move->cell[i] + 1]; j++) {
            uint32_t total = m->line_cell[m->line_start[m->cell_line[j]]];

            if (has_cell(move, total))
                continue;
            *found = may_rise(mask, total);
            error = add(r, mask, total, move, context);
        }
    return error;
}
