#include "round/adjusted.h"

#include "round/nearby.h"

/* What a unit of a shown count costs, where one of a suppressed count costs 1. */
enum { GIVING_WAY = 3 };

/* The middle of what is left to a hidden count; where that has no end, the least that is not small.
 */
static uint64_t middle(const struct ddg_shown *shown, uint32_t row, uint64_t threshold)
{
    uint64_t low = shown->range.low[row], high = shown->range.high[row];

    if (high == UINT64_MAX)
        return low > threshold ? low : threshold;
    return low + (high - low) / 2;
}

static bool is_total(const struct ddg_model *m, uint32_t cell)
{
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        if (m->line_cell[m->line_start[m->cell_line[i]]] == cell)
            return true;
    return false;
}

/* Shown totals and zeros stay, other shown counts give way where they must. */
static void aim_at_count(struct ddg_nearby *n, const struct ddg_shown *shown, uint32_t cell,
                         uint64_t threshold)
{
    uint64_t count = shown->range.low[cell];
    bool stays = count == 0 || is_total(shown->model, cell);

    n->range.low[cell] = stays ? count : threshold;
    n->range.high[cell] = stays ? count : UINT64_MAX;
    n->aim[cell] = (struct ddg_aim){count, GIVING_WAY, GIVING_WAY};
}

static enum ddg_error aim_at_middles(struct ddg_nearby *n, const struct ddg_shown *shown,
                                     uint64_t threshold, struct ddg_context *context)
{
    const struct ddg_table *t = shown->model->table;

    for (uint32_t cell = 0; cell < shown->model->cells; cell++) {
        enum ddg_state state = cell < shown->model->printed ? shown->state[cell] : DDG_NO_DATA;
        uint64_t low = shown->range.low[cell];

        n->range.high[cell] = UINT64_MAX;
        n->gapped[cell] = state == DDG_SUPPRESSED;
        if (state == DDG_SUPPRESSED)
            n->aim[cell] = (struct ddg_aim){middle(shown, cell, threshold), 1, 1};
        if (state != DDG_SHOWN)
            continue;
        if (low > 0 && low < threshold)
            return ddg_table_fail(t, cell, t->measure[shown->measure].count, context,
                                  "a small count is shown: ddg-suppress finds what else has to be "
                                  "adjusted with it");
        aim_at_count(n, shown, cell, threshold);
    }
    return DDG_OK;
}

enum ddg_error ddg_round_adjusted(const struct ddg_shown *shown, uint64_t threshold,
                                  uint64_t *value, struct ddg_context *context)
{
    struct ddg_nearby n;
    bool found = true;
    enum ddg_error error = ddg_nearby_make(&n, shown->model, shown->loose, context);

    if (!error)
        error = aim_at_middles(&n, shown, threshold, context);
    n.gap = threshold;
    if (!error)
        error = ddg_nearby_settle(&n, &found, context);
    if (!error && !found)
        error = ddg_fail(context, DDG_UNSAFE,
                         "%s: no safe numbers that add up to what is shown were found",
                         shown->model->table->file);
    for (uint32_t row = 0; !error && row < shown->model->printed; row++)
        if (shown->state[row] == DDG_SHOWN || shown->state[row] == DDG_SUPPRESSED)
            value[row] = n.range.low[row];
    ddg_nearby_free(&n);
    return error;
}
