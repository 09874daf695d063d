#include "round/gaps.h"

#include <stdlib.h>

typedef unsigned __int128 wide;

enum ddg_error ddg_gaps_init(struct ddg_gaps *g, const struct ddg_ties *ties,
                             const struct ddg_shown *shown, struct ddg_context *context)
{
    size_t cells = shown->model->cells;
    enum ddg_error error;

    *g = (struct ddg_gaps){.ties = ties, .shown = shown};
    error = ddg_allocate(&g->gap, ties->count, sizeof *g->gap, context);
    for (size_t i = 0; !error && i < ties->count; i++) {
        if (ties->tie[i].equal)
            continue;
        error = ddg_allocate(&g->gap[i].low, cells, sizeof *g->gap[i].low, context);
        if (!error)
            error = ddg_allocate(&g->gap[i].high, cells, sizeof *g->gap[i].high, context);
    }
    if (!error)
        ddg_gaps_reset(g, true);
    return error;
}

void ddg_gaps_free(struct ddg_gaps *g)
{
    for (size_t i = 0; g->gap && i < g->ties->count; i++)
        ddg_truth_free(&g->gap[i]);
    free(g->gap);
    *g = (struct ddg_gaps){0};
}

void ddg_gaps_reset(struct ddg_gaps *g, bool everywhere)
{
    for (size_t i = 0; i < g->ties->count; i++)
        for (uint32_t cell = 0; g->gap[i].low && cell < g->shown->model->cells; cell++) {
            g->gap[i].low[cell] = 0;
            g->gap[i].high[cell] = UINT64_MAX;
        }
    g->everywhere = everywhere;
    g->broken = false;
}

/* Does a tie say anything of a cell? */
static bool binds(const struct ddg_gaps *g, const struct ddg_tie *tie, uint32_t cell)
{
    return g->everywhere ||
           (cell < g->shown->model->printed && ddg_tie_is_shown(tie, g->shown, cell));
}

/* Ranges are never left empty: what would be is noted. */
static bool restrict_range(struct ddg_gaps *g, const struct ddg_truth *range, uint32_t cell,
                           wide low, wide high)
{
    low = low > range->low[cell] ? low : range->low[cell];
    high = high < range->high[cell] ? high : range->high[cell];
    if (low > high)
        g->broken = true;
    if (low > high || (low == range->low[cell] && high == range->high[cell]))
        return false;
    range->low[cell] = (uint64_t)low;
    range->high[cell] = (uint64_t)high;
    return true;
}

/* What `all` has beyond `some`, if anything. */
static wide beyond(wide all, wide some)
{
    return all > some ? all - some : 0;
}

/* Cells ---------------------------------------------------------------------------------------- */

/* Those of one that come to another are each what that has beyond the others: the parts and the gap
 * come to the whole. */
static bool narrow_cell(struct ddg_gaps *g, size_t at, const struct ddg_truth *range, uint32_t cell)
{
    const struct ddg_tie *tie = &g->ties->tie[at];
    const struct ddg_truth *whole = &range[tie->whole], *gap = &g->gap[at];
    uint32_t end = ddg_tie_end(tie);
    wide low = tie->equal ? 0 : gap->low[cell], high = tie->equal ? 0 : gap->high[cell];
    bool changed;

    for (uint32_t i = 0; i < end; i++) {
        low += ddg_tie_has(tie, i) ? range[i].low[cell] : 0;
        high += ddg_tie_has(tie, i) ? range[i].high[cell] : 0;
    }
    changed = restrict_range(g, whole, cell, low, high);
    for (uint32_t i = 0; i <= end; i++) {
        const struct ddg_truth *part = i < end ? &range[i] : gap;
        wide others_low, others_high;

        if (i < end ? !ddg_tie_has(tie, i) : tie->equal)
            continue;
        /* of the ranges as they were: what is narrowed here is gone into once more */
        others_low = low - part->low[cell];
        others_high = high - part->high[cell];
        changed |= restrict_range(g, part, cell, beyond(whole->low[cell], others_high),
                                  beyond(whole->high[cell], others_low));
        low = others_low + part->low[cell];
        high = others_high + part->high[cell];
    }
    return changed;
}

/* Where somebody counts in the whole, somebody does in the part. */
static bool narrow_together(struct ddg_gaps *g, const struct ddg_tie *tie,
                            const struct ddg_truth *range, uint32_t cell)
{
    return tie->together && ddg_tie_is_pair(tie) && cell < g->shown->model->printed &&
           ddg_tie_is_shown(tie, g->shown, cell) && range[tie->whole].low[cell] > 0 &&
           restrict_range(g, &range[ddg_tie_end(tie) - 1], cell, 1, UINT64_MAX);
}

/* Lines ---------------------------------------------------------------------------------------- */

static bool binds_line(const struct ddg_gaps *g, const struct ddg_tie *tie, uint32_t line)
{
    const struct ddg_model *m = g->shown->model;

    for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++)
        if (!binds(g, tie, m->line_cell[i]))
            return false;
    return true;
}

/* Distinct persons in several parts make their total smaller, and what is beyond them larger. */
static bool is_loose_part(const struct ddg_gaps *g, const struct ddg_tie *tie, uint32_t line)
{
    uint32_t end = ddg_tie_end(tie);

    for (uint32_t i = 0; i < end; i++)
        if (ddg_tie_has(tie, i) && g->shown[i].loose[line])
            return true;
    return false;
}

static bool narrow_line_gaps(struct ddg_gaps *g, size_t at, uint32_t line)
{
    const struct ddg_model *m = g->shown->model;
    const struct ddg_tie *tie = &g->ties->tie[at];
    const struct ddg_truth *gap = &g->gap[at];
    bool at_least = !g->shown[tie->whole].loose[line], at_most = !is_loose_part(g, tie, line);
    size_t start = m->line_start[line];
    uint32_t total = m->line_cell[start];
    wide low = 0, high = 0;
    bool changed;

    for (size_t i = start + 1; i < m->line_start[line + 1]; i++) {
        low += gap->low[m->line_cell[i]];
        high += gap->high[m->line_cell[i]];
    }
    changed = restrict_range(g, gap, total, at_least ? low : 0, at_most ? high : UINT64_MAX);
    for (size_t i = start + 1; i < m->line_start[line + 1]; i++) {
        uint32_t part = m->line_cell[i];
        wide others_low = low - gap->low[part], others_high = high - gap->high[part];

        changed |= restrict_range(g, gap, part, at_most ? beyond(gap->low[total], others_high) : 0,
                                  at_least ? beyond(gap->high[total], others_low) : UINT64_MAX);
        low = others_low + gap->low[part];
        high = others_high + gap->high[part];
    }
    return changed;
}

/* Whole ---------------------------------------------------------------------------------------- */

bool ddg_gaps_narrow(struct ddg_gaps *g, const struct ddg_truth *range)
{
    const struct ddg_model *m = g->shown->model;
    bool changed = false;

    for (size_t i = 0; i < g->ties->count; i++) {
        const struct ddg_tie *tie = &g->ties->tie[i];

        for (uint32_t cell = 0; cell < m->cells; cell++)
            if (binds(g, tie, cell)) {
                changed |= narrow_cell(g, i, range, cell);
                changed |= narrow_together(g, tie, range, cell);
            }
        for (uint32_t line = 0; !tie->equal && line < m->lines; line++)
            if (binds_line(g, tie, line))
                changed |= narrow_line_gaps(g, i, line);
    }
    return changed;
}
