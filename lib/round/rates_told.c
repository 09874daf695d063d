#include "round/rating.h"

#include "protect/fitting.h"

#include <stdlib.h>

/* A hidden count is not 0 (R-SUP-3), and in the range that its text means. */
static enum ddg_error begin_hidden(const struct ddg_rating_state *r,
                                   const struct ddg_measure_rates *rates, uint32_t row,
                                   struct ddg_truth *range)
{
    const struct ddg_table *t = r->model->table;
    struct ddg_count count;
    enum ddg_error error = ddg_table_count(t, r->description, row,
                                           &t->measure[rates->shown.measure], &count, r->context);

    range->low[row] = 1;
    if (error || !count.range)
        return error;
    range->low[row] = count.range->low;
    range->high[row] = count.range->high;
    return DDG_OK;
}

/* Puts what he knows of each cell by itself into `range`. */
static enum ddg_error begin_ranges(const struct ddg_rating_state *r,
                                   const struct ddg_measure_rates *rates, struct ddg_truth *range)
{
    const struct ddg_table *t = r->model->table;

    for (uint32_t cell = 0; cell < r->model->cells; cell++) {
        bool printed = cell < r->model->printed;
        uint64_t units, count = rates->shown.range.low[cell];
        struct ddg_precision precision;

        range->low[cell] = 0;
        range->high[cell] = UINT64_MAX;
        if (rates->is_whole[cell]) {
            range->low[cell] = range->high[cell] = count;
        } else if (printed && ddg_has_rate(rates, cell)) {
            precision = ddg_row_precision(r, rates, cell);
            if (!ddg_rate_of(precision, count, rates->whole[cell], &units))
                return ddg_table_fail(t, cell, t->measure[rates->shown.measure].count, r->context,
                                      "too large for a rate");
            ddg_rate_counts(precision, units, rates->whole[cell], &range->low[cell],
                            &range->high[cell]);
            if (!r->options->population && range->high[cell] > rates->whole[cell])
                range->high[cell] = rates->whole[cell];
        } else if (printed && rates->shown.state[cell] == DDG_SUPPRESSED) {
            enum ddg_error error = begin_hidden(r, rates, cell, range);

            if (error)
                return error;
        }
    }
    return DDG_OK;
}

/* A row of which too few values are left; DDG_NO_CELL where there is none. */
static uint32_t find_told(const struct ddg_rating_state *r, const struct ddg_measure_rates *rates,
                          const struct ddg_truth *range)
{
    for (uint32_t row = 0; row < r->model->printed; row++) {
        enum ddg_state state = rates->shown.state[row];
        uint64_t left = range->high[row] - range->low[row];

        if (state == DDG_SUPPRESSED && left == 0)
            return row;
        if (state == DDG_SHOWN && !rates->is_whole[row] && rates->shown.range.low[row] > 0 &&
            left < r->options->base - 1)
            return row;
    }
    return DDG_NO_CELL;
}

static enum ddg_error judge_measure(const struct ddg_rating_state *r,
                                    const struct ddg_measure_rates *rates, uint32_t *told)
{
    struct ddg_truth range = {NULL, NULL};
    struct ddg_fitting fitting = {0};
    uint32_t line;
    enum ddg_error error;

    *told = DDG_NO_CELL;
    if (!(error = ddg_allocate(&range.low, r->model->cells, sizeof *range.low, r->context)) &&
        !(error = ddg_allocate(&range.high, r->model->cells, sizeof *range.high, r->context)) &&
        !(error = begin_ranges(r, rates, &range)) &&
        !(error = ddg_fitting_init(&fitting, r->model, rates->shown.loose, &range, r->context)))
        error = ddg_fitting_narrow(&fitting, &line, r->context);
    if (!error)
        *told = find_told(r, rates, &range);
    ddg_fitting_free(&fitting);
    ddg_truth_free(&range);
    return error;
}

enum ddg_error ddg_rates_told(const struct ddg_rating_state *r, uint32_t *told)
{
    enum ddg_error error = DDG_OK;

    *told = DDG_NO_CELL;
    for (size_t i = 0; !error && *told == DDG_NO_CELL && i < r->model->table->measures; i++)
        error = judge_measure(r, &r->rates[i], told);
    return error;
}
