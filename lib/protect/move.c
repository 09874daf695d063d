#include "protect/move.h"

#include <stdlib.h>

int ddg_move_times(const struct ddg_mask *mask, const struct ddg_move *move, int by, int most)
{
    for (uint32_t i = 0; i < move->count; i++) {
        int change = by * move->change[i];
        int room = change > 0 ? mask->up[move->cell[i]] : mask->down[move->cell[i]];

        if (room / abs(change) < most)
            most = room / abs(change);
    }
    return most;
}

bool ddg_move_stays_below(const struct ddg_mask *mask, uint32_t part, uint32_t total, int64_t over)
{
    uint64_t high = mask->truth->high[part], low = mask->truth->low[total];

    return over <= 0 || ((uint64_t)over <= low && high <= low - (uint64_t)over);
}

static int change_of(const struct ddg_move *move, uint32_t cell)
{
    for (uint32_t i = 0; i < move->count; i++)
        if (move->cell[i] == cell)
            return move->change[i];
    return 0;
}

/* No part of a loose line may exceed its total, whichever of them is the cell. */
static bool fits_loose(const struct ddg_mask *mask, const struct ddg_move *move, int times,
                       uint32_t cell)
{
    const struct ddg_model *m = mask->model;
    int64_t change = (int64_t)change_of(move, cell) * times;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i], total = m->line_cell[m->line_start[line]];

        if (!mask->loose[line])
            continue;
        if (mask->sign[i] > 0 &&
            !ddg_move_stays_below(mask, cell, total,
                                  change - (int64_t)change_of(move, total) * times))
            return false;
        for (size_t j = m->line_start[line] + 1;
             mask->sign[i] < 0 && change < 0 && j < m->line_start[line + 1]; j++) {
            uint32_t part = m->line_cell[j];

            if (!ddg_move_stays_below(mask, part, cell,
                                      (int64_t)change_of(move, part) * times - change))
                return false;
        }
    }
    return true;
}

static bool is_repeated(const struct ddg_move *move, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++)
        if (move->cell[i] == move->cell[at])
            return true;
    return false;
}

bool ddg_move_fits(const struct ddg_mask *mask, const struct ddg_move *move, int times,
                   int64_t *scratch)
{
    const struct ddg_model *m = mask->model;
    bool good = move->count > 0 && times != 0;

    for (uint32_t j = 0; j < move->count; j++) {
        uint32_t cell = move->cell[j];
        int change = move->change[j] * times;

        if (change == 0 || change > mask->up[cell] || -change > mask->down[cell] ||
            is_repeated(move, j) || !fits_loose(mask, move, times, cell))
            good = false;
        for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
            scratch[m->cell_line[i]] += change * mask->sign[i];
    }
    for (uint32_t j = 0; j < move->count; j++)
        for (size_t i = m->cell_start[move->cell[j]]; i < m->cell_start[move->cell[j] + 1]; i++) {
            if (scratch[m->cell_line[i]] != 0)
                good = false;
            scratch[m->cell_line[i]] = 0;
        }
    return good;
}

bool ddg_move_holds(const struct ddg_mask *mask, const struct ddg_move *move,
                    enum ddg_manner manner, int64_t *scratch)
{
    return ddg_move_fits(mask, move, 1, scratch) &&
           (manner != DDG_TWICE || ddg_move_fits(mask, move, 2, scratch)) &&
           (manner != DDG_BOTH_WAYS || ddg_move_fits(mask, move, -1, scratch));
}
