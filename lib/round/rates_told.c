#include "round/rating.h"

#include "protect/fitting.h"
#include "round/gaps.h"

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

/* Are too few of the values left that a row can have? */
static bool is_told(const struct ddg_rating_state *r, const struct ddg_measure_rates *rates,
                    uint32_t row, uint64_t left)
{
    if (rates->shown.state[row] == DDG_SUPPRESSED)
        return left < 2;
    return rates->shown.state[row] == DDG_SHOWN && !rates->is_whole[row] &&
           rates->shown.range.low[row] > 0 && left < r->options->base;
}

/* The first row of which too few are left goes into *told, unless there is one, and how few into
 * *fewest. */
static void find_told(const struct ddg_rating_state *r, const struct ddg_measure_rates *rates,
                      const struct ddg_truth *range, uint32_t *told, uint64_t *fewest)
{
    for (uint32_t row = 0; row < r->model->printed; row++) {
        uint64_t more = range->high[row] - range->low[row],
                 left = more < UINT64_MAX ? more + 1 : more;

        if (!is_told(r, rates, row, left))
            continue;
        *told = *told == DDG_NO_CELL ? row : *told;
        *fewest = left < *fewest ? left : *fewest;
    }
}

/* What a reader knows of all measures. */
struct told {
    struct ddg_truth *range;     /* of each measure */
    struct ddg_fitting *fitting; /* its lines */
    struct ddg_shown *shown;     /* views of what the state has */
    struct ddg_ties ties;
    struct ddg_gaps gaps; /* of these */
};

static enum ddg_error begin_told(struct told *told, const struct ddg_rating_state *r)
{
    size_t measures = r->model->table->measures, cells = r->model->cells;
    enum ddg_error error;

    *told = (struct told){0};
    if ((error = ddg_allocate(&told->range, measures, sizeof *told->range, r->context)) ||
        (error = ddg_allocate(&told->fitting, measures, sizeof *told->fitting, r->context)) ||
        (error = ddg_allocate(&told->shown, measures, sizeof *told->shown, r->context)))
        return error;
    for (size_t i = 0; i < measures; i++) {
        struct ddg_truth *range = &told->range[i];

        told->shown[i] = r->rates[i].shown;
        if ((error = ddg_allocate(&range->low, cells, sizeof *range->low, r->context)) ||
            (error = ddg_allocate(&range->high, cells, sizeof *range->high, r->context)) ||
            (error = ddg_fitting_init(&told->fitting[i], r->model, r->rates[i].shown.loose, range,
                                      r->context)))
            return error;
    }
    if ((error = ddg_ties_find(&told->ties, told->shown, measures, r->context)))
        return error;
    return ddg_gaps_init(&told->gaps, &told->ties, told->shown, r->context);
}

static void free_told(struct told *told, size_t measures)
{
    for (size_t i = 0; i < measures; i++) {
        if (told->fitting)
            ddg_fitting_free(&told->fitting[i]);
        if (told->range)
            ddg_truth_free(&told->range[i]);
    }
    ddg_gaps_free(&told->gaps);
    ddg_ties_free(&told->ties);
    free(told->fitting);
    free(told->range);
    free(told->shown);
}

/* Narrows all ranges by lines and by ties, until neither makes a difference. */
static enum ddg_error narrow(struct told *told, const struct ddg_rating_state *r)
{
    bool changed = true;
    enum ddg_error error = DDG_OK;

    while (!error && changed) {
        for (size_t i = 0; !error && i < r->model->table->measures; i++) {
            uint32_t line;

            error = ddg_fitting_narrow(&told->fitting[i], &line, r->context);
            told->gaps.broken = told->gaps.broken || line != DDG_NO_LINE;
        }
        changed = !error && ddg_gaps_narrow(&told->gaps, told->range);
    }
    return error;
}

/* Do the ties hold for what is not shown, as far as the shown counts themselves tell?  Rates say
 * less, and so do not run into what these do not. */
static enum ddg_error try_everywhere(struct told *told, const struct ddg_rating_state *r)
{
    enum ddg_error error;

    for (size_t i = 0; i < r->model->table->measures; i++)
        for (uint32_t cell = 0; cell < r->model->cells; cell++) {
            told->range[i].low[cell] = r->rates[i].shown.range.low[cell];
            told->range[i].high[cell] = r->rates[i].shown.range.high[cell];
        }
    error = narrow(told, r);
    ddg_gaps_reset(&told->gaps, !told->gaps.broken);
    return error;
}

enum ddg_error ddg_rates_told(const struct ddg_rating_state *r, uint32_t *told, uint64_t *fewest)
{
    size_t measures = r->model->table->measures;
    struct told all;
    enum ddg_error error = begin_told(&all, r);

    if (!error && all.ties.count > 0)
        error = try_everywhere(&all, r);
    for (size_t i = 0; !error && i < measures; i++)
        error = begin_ranges(r, &r->rates[i], &all.range[i]);
    if (!error)
        error = narrow(&all, r);
    *told = DDG_NO_CELL;
    *fewest = UINT64_MAX;
    for (size_t i = 0; !error && i < measures; i++)
        find_told(r, &r->rates[i], &all.range[i], told, fewest);
    free_told(&all, measures);
    return error;
}
