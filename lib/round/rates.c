#include "round/rates.h"

#include "base/number.h"
#include "protect/fitting.h"
#include "round/people.h"
#include "round/shown.h"
#include "round/whole_table.h"

#include <stdlib.h>

/* A measure with what its rates are of. */
struct rates {
    struct ddg_shown shown;
    uint64_t *whole; /* of each printed cell; 0: it has no rate */
    bool *is_whole;  /* of each cell: others are shares of it */
};

struct rating {
    const struct ddg_rating *options;
    const struct ddg_model *model;
    const struct ddg_description *description;
    struct ddg_context *context;
    struct ddg_precision precision;
    bool *summed;        /* of each dimension: shares are of its total */
    uint64_t *people;    /* of each printed cell, 0: unknown; NULL: rates are shares */
    struct rates *rates; /* of each measure */
};

/* What rates are of ---------------------------------------------------------------------------- */

static enum ddg_error find_dimensions(struct rating *r)
{
    const struct ddg_model *m = r->model;
    const struct ddg_list *of = r->options->of;
    enum ddg_error error = ddg_allocate(&r->summed, m->dimensions, sizeof *r->summed, r->context);

    for (size_t d = 0; !error && d < m->dimensions; d++)
        r->summed[d] = of->count == 0;
    for (size_t i = 0; !error && i < of->count; i++) {
        size_t d = 0;

        while (d < m->dimensions && !ddg_text_equal(m->dimension[d].level->name, of->item[i]))
            d++;
        if (d == m->dimensions)
            return ddg_fail(r->context, DDG_USAGE,
                            "%s: --of: no dimension is called '%.*s' (of nested columns the top "
                            "one is wanted)",
                            m->table->file, (int)of->item[i].length, of->item[i].at);
        r->summed[d] = true;
    }
    return error;
}

/* The total that a share of the cell is of; DDG_NO_CELL where there is none. */
static uint32_t total_of(const struct rating *r, uint32_t cell)
{
    for (size_t d = 0; cell != DDG_NO_CELL && d < r->model->dimensions; d++)
        if (r->summed[d])
            cell = ddg_model_neighbour(r->model, cell, d, r->model->dimension[d].total);
    return cell;
}

static void find_wholes(const struct rating *r, struct rates *rates)
{
    const struct ddg_truth *range = &rates->shown.range;

    for (uint32_t row = 0; row < r->model->printed; row++) {
        uint32_t total = r->people ? DDG_NO_CELL : total_of(r, row);

        if (r->people)
            rates->whole[row] = r->people[row];
        if (total == DDG_NO_CELL || range->low[total] != range->high[total])
            continue;
        rates->whole[row] = range->low[total];
        rates->is_whole[total] = true;
    }
}

static enum ddg_error read_measure(struct rating *r, size_t measure)
{
    struct rates *rates = &r->rates[measure];
    enum ddg_error error;

    if ((error =
             ddg_allocate(&rates->whole, r->model->printed, sizeof *rates->whole, r->context)) ||
        (error = ddg_allocate(&rates->is_whole, r->model->cells, sizeof *rates->is_whole,
                              r->context)) ||
        (error = ddg_shown_read(&rates->shown, r->model, measure, r->description, r->context)))
        return error;
    find_wholes(r, rates);
    return DDG_OK;
}

static bool has_rate(const struct rates *rates, uint32_t row)
{
    return rates->shown.state[row] == DDG_SHOWN && rates->whole[row] > 0;
}

/* What a reader makes of them ------------------------------------------------------------------ */

/* A hidden count is not 0 (R-SUP-3), and in the range that its text means. */
static enum ddg_error begin_hidden(const struct rating *r, const struct rates *rates, uint32_t row,
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
static enum ddg_error begin_ranges(const struct rating *r, const struct rates *rates,
                                   struct ddg_truth *range)
{
    const struct ddg_table *t = r->model->table;

    for (uint32_t cell = 0; cell < r->model->cells; cell++) {
        bool printed = cell < r->model->printed;
        uint64_t units, count = rates->shown.range.low[cell];

        range->low[cell] = 0;
        range->high[cell] = UINT64_MAX;
        if (rates->is_whole[cell]) {
            range->low[cell] = range->high[cell] = count;
        } else if (printed && has_rate(rates, cell)) {
            if (!ddg_rate_of(r->precision, count, rates->whole[cell], &units))
                return ddg_table_fail(t, cell, t->measure[rates->shown.measure].count, r->context,
                                      "too large for a rate");
            ddg_rate_counts(r->precision, units, rates->whole[cell], &range->low[cell],
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
static uint32_t find_told(const struct rating *r, const struct rates *rates,
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

static enum ddg_error judge_measure(const struct rating *r, const struct rates *rates,
                                    uint32_t *told)
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

/* A row that the digits tell too much of; DDG_NO_CELL where there is none. */
static enum ddg_error judge(const struct rating *r, uint32_t *told)
{
    enum ddg_error error = DDG_OK;

    *told = DDG_NO_CELL;
    for (size_t i = 0; !error && *told == DDG_NO_CELL && i < r->model->table->measures; i++)
        error = judge_measure(r, &r->rates[i], told);
    return error;
}

static enum ddg_error refuse(const struct rating *r, uint32_t told, bool found)
{
    char where[256], remedy[128];
    unsigned long long needed = (unsigned long long)(r->options->base * r->options->precision.per);

    if (found)
        snprintf(remedy, sizeof remedy, "--digits %u would do", r->precision.digits);
    else
        snprintf(remedy, sizeof remedy, "so do fewer; without digits it takes %s of %llu and more",
                 r->options->population ? "populations" : "totals", needed);
    ddg_model_describe(r->model, told, where, sizeof where);
    return ddg_fail(r->context, DDG_UNSAFE,
                    "%s: rates with --digits %u leave fewer than %llu counts (%s): %s",
                    r->model->table->file, r->options->precision.digits,
                    (unsigned long long)r->options->base, remedy, where);
}

/* Finds the most digits, of those that were asked for, that do not say too much. */
static enum ddg_error choose_digits(struct rating *r)
{
    uint32_t first, told;
    enum ddg_error error = judge(r, &first);

    told = first;
    while (!error && told != DDG_NO_CELL && r->precision.digits > 0) {
        r->precision.digits--;
        error = judge(r, &told);
    }
    if (!error && first != DDG_NO_CELL && (!r->options->safe || told != DDG_NO_CELL))
        error = refuse(r, told == DDG_NO_CELL ? first : told, told == DDG_NO_CELL);
    return error;
}

/* Writing -------------------------------------------------------------------------------------- */

static enum ddg_error write_names(const struct rating *r, struct ddg_output *output)
{
    const struct ddg_table *t = r->model->table;
    const char *what = r->options->percent ? "percent" : "rate";

    for (size_t i = 0; i < t->columns; i++) {
        struct ddg_text name = t->name[i];
        char room[256];

        for (size_t j = 0; j < t->measures; j++) {
            if (t->measure[j].count != i)
                continue;
            if (t->measures == 1)
                snprintf(room, sizeof room, "%s", what);
            else
                snprintf(room, sizeof room, "%.*s_%s", (int)t->name[i].length, t->name[i].at, what);
            name = ddg_text_of(room);
            if (ddg_table_find(t, name) != DDG_NO_COLUMN)
                return ddg_fail(r->context, DDG_INPUT, "%s: there is a column '%s' already",
                                t->file, room);
        }
        ddg_output_field(output, name);
    }
    return ddg_output_end(output);
}

static void write_rate(const struct rating *r, struct ddg_output *output, const struct rates *rates,
                       uint32_t row)
{
    struct ddg_decimal rate = {0, r->precision.digits};
    char room[DDG_DECIMAL_ROOM];
    uint64_t units = 0;

    ddg_rate_of(r->precision, rates->shown.range.low[row], rates->whole[row], &units);
    rate.units = units;
    ddg_output_field(output, ddg_decimal_format(rate, room));
}

static enum ddg_error write_row(const struct rating *r, struct ddg_output *output, uint32_t row,
                                uint64_t *blank)
{
    const struct ddg_table *t = r->model->table;

    for (size_t i = 0; i < t->columns; i++) {
        const struct rates *rates = NULL;

        for (size_t j = 0; j < t->measures; j++)
            if (t->measure[j].count == i)
                rates = &r->rates[j];
        if (!rates || rates->shown.state[row] != DDG_SHOWN) {
            ddg_output_field(output, ddg_table_field(t, row, i));
        } else if (rates->whole[row] > 0) {
            write_rate(r, output, rates, row);
        } else {
            ddg_output_field(output, (struct ddg_text){NULL, 0});
            ++*blank;
        }
    }
    return ddg_output_end(output);
}

static enum ddg_error rate_table(struct rating *r, struct ddg_output *output,
                                 struct ddg_rated *rated)
{
    size_t measures = r->model->table->measures;
    enum ddg_error error;

    if ((error = ddg_no_other_counts(r->model, r->description, r->context)) ||
        (error = find_dimensions(r)) ||
        (error = ddg_allocate(&r->rates, measures, sizeof *r->rates, r->context)))
        return error;
    if (r->options->population) {
        error = ddg_allocate(&r->people, r->model->printed, sizeof *r->people, r->context);
        if (!error)
            error = ddg_people_read(r->people, r->model, r->description, r->options->population,
                                    r->context);
    }
    for (size_t i = 0; !error && i < measures; i++)
        error = read_measure(r, i);
    if (!error)
        error = choose_digits(r);
    if (!error)
        error = write_names(r, output);
    for (uint32_t row = 0; !error && row < r->model->printed; row++)
        error = write_row(r, output, row, &rated->blank);
    rated->digits = r->precision.digits;
    return error;
}

enum ddg_error ddg_rates_write(struct ddg_output *output, const struct ddg_model *model,
                               const struct ddg_description *description,
                               const struct ddg_rating *rating, struct ddg_rated *rated,
                               struct ddg_context *context)
{
    struct rating r = {.options = rating,
                       .model = model,
                       .description = description,
                       .context = context,
                       .precision = rating->precision};
    enum ddg_error error;

    *rated = (struct ddg_rated){0};
    error = rate_table(&r, output, rated);
    for (size_t i = 0; r.rates && i < model->table->measures; i++) {
        ddg_shown_free(&r.rates[i].shown);
        free(r.rates[i].whole);
        free(r.rates[i].is_whole);
    }
    free(r.rates);
    free(r.summed);
    free(r.people);
    return error;
}
