#include "protect/group_rule.h"

/* A total that the table has no data for is not shown. */
static bool is_shown(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->kind[cell] == DDG_PUBLIC && mask->truth->high[cell] != UINT64_MAX;
}

enum ddg_need ddg_group_need(const struct ddg_mask *mask, uint32_t line, bool group_rule)
{
    const struct ddg_model *m = mask->model;
    size_t start = m->line_start[line], end = m->line_start[line + 1];
    bool binds = group_rule && is_shown(mask, m->line_cell[start]), suppressed = false;
    uint64_t sum = 0, largest = 0;

    if (mask->unknowns[line] == 0 || (mask->unknowns[line] > 1 && !binds))
        return DDG_NEEDS_NOTHING;
    for (size_t i = start; i < end; i++) {
        uint32_t cell = m->line_cell[i];

        if (mask->kind[cell] == DDG_PUBLIC)
            continue;
        /* what is hidden without our doing need not be protected */
        suppressed = suppressed || (ddg_is_suppressed(mask->kind[cell]) && cell < mask->ours);
        sum += mask->truth->low[cell];
        if (mask->truth->low[cell] > largest)
            largest = mask->truth->low[cell];
    }
    if (!suppressed)
        return DDG_NEEDS_NOTHING;
    if (mask->unknowns[line] == 1)
        return DDG_NEEDS_PARTNER;
    return largest <= DDG_TINY || sum < mask->threshold ? DDG_NEEDS_MORE : DDG_NEEDS_NOTHING;
}

/* Lines that would have this cell as their only unknown. */
static uint32_t lines_opened(const struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;
    uint32_t opened = 0;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        opened += mask->unknowns[m->cell_line[i]] == 0;
    return opened;
}

uint32_t ddg_group_choice(const struct ddg_mask *mask, uint32_t line)
{
    const struct ddg_model *m = mask->model;
    const uint32_t *servant = &mask->servant[m->line_start[line]];
    uint32_t total = m->line_cell[m->line_start[line]], best = DDG_NO_CELL, best_opened = 0;

    for (uint32_t i = 0; i < mask->servants[line]; i++) {
        uint32_t cell = servant[i], opened;

        if (cell == total || mask->kind[cell] != DDG_PUBLIC)
            continue;
        if (best != DDG_NO_CELL && mask->cost[cell] > mask->cost[best])
            break;
        opened = lines_opened(mask, cell);
        if (best == DDG_NO_CELL || opened < best_opened) {
            best = cell;
            best_opened = opened;
        }
    }
    if (best == DDG_NO_CELL && ddg_mask_eligible(mask, total))
        best = total;
    return best;
}
