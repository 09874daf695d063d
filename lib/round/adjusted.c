#include "round/adjusted.h"

#include "round/nearby.h"
#include "round/order.h"

/* What a unit of a shown count costs, where one of a suppressed count costs 1. */
enum { GIVING_WAY = 3, TOTAL_GIVING_WAY = 30 };

struct adjusting {
    const struct ddg_shown *shown;
    uint64_t threshold;
    const struct ddg_truth *bound; /* of each row, or NULL */
};

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

/* Zeros stay, totals move by `within` at the most, and other shown counts give way where they must.
 */
static void aim_at_count(struct ddg_nearby *n, const struct ddg_shown *shown, uint32_t cell,
                         uint64_t threshold, uint64_t within)
{
    uint64_t count = shown->range.low[cell], high;
    bool total = is_total(shown->model, cell);
    double price = total ? TOTAL_GIVING_WAY : GIVING_WAY;

    n->range.low[cell] = count;
    n->range.high[cell] = count;
    n->aim[cell] = (struct ddg_aim){count, price, price};
    if (count == 0 || (total && within == 0))
        return;
    if (!total || __builtin_add_overflow(count, within, &high))
        high = UINT64_MAX;
    n->range.low[cell] =
        total && count > within && count - within > threshold ? count - within : threshold;
    n->range.high[cell] = high;
}

static enum ddg_error aim_at_middles(struct ddg_nearby *n, const struct adjusting *a,
                                     uint64_t within, struct ddg_context *context)
{
    const struct ddg_shown *shown = a->shown;
    uint64_t threshold = a->threshold;
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
        aim_at_count(n, shown, cell, threshold, within);
    }
    return DDG_OK;
}

/* Keeps ranges, and what is wanted, within the bounds; false where nothing is left. */
static bool keep_bounds(struct ddg_nearby *n, const struct adjusting *a)
{
    for (uint32_t row = 0; a->bound && row < a->shown->model->printed; row++) {
        uint64_t *low = &n->range.low[row], *high = &n->range.high[row],
                 *wanted = &n->aim[row].wanted;

        if (!ddg_bounds_leave(a->bound, row, 1, low, high))
            return false;
        *wanted = *wanted < *low ? *low : *wanted > *high ? *high : *wanted;
    }
    return true;
}

static enum ddg_error adjust(const struct adjusting *a, uint64_t within, uint64_t *value,
                             bool *found, struct ddg_context *context)
{
    const struct ddg_shown *shown = a->shown;
    struct ddg_nearby n;
    enum ddg_error error = ddg_nearby_make(&n, shown->model, shown->loose, context);

    *found = false;
    if (!error)
        error = aim_at_middles(&n, a, within, context);
    n.gap = a->threshold;
    if (!error && keep_bounds(&n, a))
        error = ddg_nearby_settle(&n, found, context);
    for (uint32_t row = 0; !error && *found && row < shown->model->printed; row++)
        if (shown->state[row] == DDG_SHOWN || shown->state[row] == DDG_SUPPRESSED)
            value[row] = n.range.low[row];
    ddg_nearby_free(&n);
    return error;
}

/* How far a shown total moved at the most. */
static uint64_t farthest_total(const struct ddg_shown *shown, const uint64_t *value)
{
    uint64_t farthest = 0;

    for (uint32_t row = 0; row < shown->model->printed; row++) {
        uint64_t count = shown->range.low[row], far;

        if (shown->state[row] != DDG_SHOWN || !is_total(shown->model, row))
            continue;
        far = value[row] > count ? value[row] - count : count - value[row];
        farthest = far > farthest ? far : farthest;
    }
    return farthest;
}

/* Says what is in the way: the totals, if letting go of them helps, which value[] then does. */
static enum ddg_error refuse(const struct adjusting *a, uint64_t *value,
                             struct ddg_context *context)
{
    const char *file = a->shown->model->table->file;
    bool found = false;
    enum ddg_error error = adjust(a, UINT64_MAX, value, &found, context);

    if (error)
        return error;
    if (!found)
        return ddg_fail(context, DDG_UNSAFE,
                        "%s: no safe numbers that add up were found, whatever the totals: zeros "
                        "stay, and others are 0 or %llu and more",
                        file, (unsigned long long)a->threshold);
    return ddg_fail(context, DDG_UNSAFE,
                    "%s: no safe numbers were found that add up to the totals that are shown; with "
                    "--within %llu, which lets totals change by so many, there are some",
                    file, (unsigned long long)farthest_total(a->shown, value));
}

enum ddg_error ddg_round_adjusted(const struct ddg_shown *shown, uint64_t threshold,
                                  uint64_t within, const struct ddg_truth *bound, uint64_t *value,
                                  struct ddg_context *context)
{
    const struct adjusting a = {shown, threshold, bound};
    bool found = false;
    enum ddg_error error = adjust(&a, within, value, &found, context);

    return error || found ? error : refuse(&a, value, context);
}
