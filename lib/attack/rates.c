#include "attack/rates.h"

#include "attack/wide.h"

#include <stdlib.h>

/* Larger figures would not leave room for the products; rates of people are far below. */
#define LARGEST_FIGURE ((wide)1 << 50)

wide ddg_rate_scale(struct ddg_decimal rate, uint64_t per)
{
    wide scale = 2 * (wide)per;

    for (unsigned i = 0; i < rate.places; i++)
        scale *= 10;
    return scale;
}

bool ddg_rate_range(struct ddg_decimal rate, uint64_t per, uint64_t population, int64_t *low,
                    int64_t *high)
{
    wide scale = ddg_rate_scale(rate, per), least, most;

    /* half a unit of the last place down and up: count * per / population >= (2u - 1) / (2 * 10^p)
     */
    least = -ddg_floor_divide(-(2 * rate.units - 1) * (wide)population, scale);
    most = (2 * rate.units + 1) * (wide)population / scale;
    if (least < 0)
        least = 0;
    if (least > DDG_PROBLEM_LARGEST || least > most)
        return false;
    *low = (int64_t)least;
    *high = most > DDG_PROBLEM_LARGEST ? DDG_UNBOUNDED : (int64_t)most;
    return true;
}

size_t ddg_rate_measure(const struct ddg_table *table, const struct ddg_rate *rate)
{
    size_t own = ddg_table_find_measure(table, rate->column);

    if (rate->measure.length > 0)
        return ddg_table_find_measure(table, rate->measure);
    return own != DDG_NO_MEASURE ? own : 0;
}

/* The columns of a rate in a table. */
struct columns {
    size_t rate, population, measure;
};

static bool find_columns(const struct ddg_table *table, const struct ddg_rate *rate,
                         struct columns *columns)
{
    columns->rate = ddg_table_find(table, rate->column);
    columns->population = ddg_table_find(table, rate->population);
    columns->measure = ddg_rate_measure(table, rate);
    return columns->rate != DDG_NO_COLUMN && columns->population != DDG_NO_COLUMN &&
           columns->measure != DDG_NO_MEASURE;
}

bool ddg_rate_read(struct ddg_text text, struct ddg_decimal *rate)
{
    text = ddg_text_trim(text);
    /* a percent sign says nothing that --rate does not */
    if (text.length > 0 && text.at[text.length - 1] == '%')
        text = ddg_text_trim((struct ddg_text){text.at, text.length - 1});
    return ddg_decimal_parse(text, rate) && rate->units >= 0 && rate->units < LARGEST_FIGURE;
}

/* Reads both figures of a row; false where that cannot be done. */
static bool read_figures(const struct ddg_table *table, size_t row, const struct columns *columns,
                         struct ddg_decimal *rate, uint64_t *population)
{
    return ddg_rate_read(ddg_table_field(table, row, columns->rate), rate) &&
           ddg_parse_grouped(ddg_table_field(table, row, columns->population), population) &&
           *population > 0 && *population < LARGEST_FIGURE;
}

static enum ddg_error apply_to_row(struct ddg_publication *p, size_t release, uint32_t row,
                                   const struct ddg_rate *rate, const struct columns *columns,
                                   uint64_t *read, uint64_t *unread, struct ddg_context *context)
{
    const struct ddg_table *table = p->release[release].table;
    uint32_t slot = ddg_slot(p, release, columns->measure, row);
    struct ddg_decimal figure;
    uint64_t population;
    int64_t low, high;
    bool fits, unnamed; /* of several count columns it says none */

    if (ddg_text_trim(ddg_table_field(table, row, columns->rate)).length == 0)
        return DDG_OK;
    if (!read_figures(table, row, columns, &figure, &population)) {
        ++*unread;
        return DDG_OK;
    }
    ++*read;
    unnamed = table->measures > 1 && rate->measure.length == 0;
    fits = ddg_rate_range(figure, rate->per, population, &low, &high) && low <= p->high[slot] &&
           high >= p->low[slot];
    if (!fits)
        return ddg_publication_conflict(
            p, context, "%s:%llu: column '%.*s': no count fits the rate%s%.100s%s",
            ddg_table_file(table, row), (unsigned long long)table->line[row],
            (int)rate->column.length, rate->column.at, unnamed ? " as one of '" : "",
            unnamed ? table->name[table->measure[columns->measure].count].at : "",
            unnamed ? "'; a fourth name in --rate is another count column" : "");
    if (low <= p->low[slot] && high >= p->high[slot])
        return DDG_OK;
    p->low[slot] = low > p->low[slot] ? low : p->low[slot];
    p->high[slot] = high < p->high[slot] ? high : p->high[slot];
    p->source[slot] |= DDG_SOURCE_RATE;
    return DDG_OK;
}

/* Applies a rate to every table that has its columns, and counts what could be read and what not.
 */
static enum ddg_error apply_rate(struct ddg_publication *p, const struct ddg_rate *rate,
                                 uint64_t *read, uint64_t *unread, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;
    bool found = false;

    for (size_t r = 0; !error && r < p->releases; r++) {
        struct columns columns;

        if (!find_columns(p->release[r].table, rate, &columns))
            continue;
        found = true;
        for (uint32_t row = 0; !error && row < p->release[r].model.printed; row++)
            error = apply_to_row(p, r, row, rate, &columns, read, unread, context);
    }
    if (!error && !found)
        return ddg_fail(context, DDG_USAGE,
                        "%s: the columns of --rate are not there: '%.*s', '%.*s'",
                        p->release[0].table->file, (int)rate->column.length, rate->column.at,
                        (int)rate->population.length, rate->population.at);
    return error;
}

enum ddg_error ddg_rates_apply(struct ddg_publication *p, struct ddg_context *context)
{
    for (size_t i = 0; i < p->knowledge->rates; i++) {
        const struct ddg_rate *rate = &p->knowledge->rate[i];
        uint64_t read = 0, unread = 0;
        enum ddg_error error;

        if (rate->of.count > 0)
            continue;
        if ((error = apply_rate(p, rate, &read, &unread, context)))
            return error;
        if (unread > 0 && read == 0)
            return ddg_fail(
                context, DDG_INPUT,
                "%s: no rate in column '%.*s' can be read with its population in '%.*s'",
                p->release[0].table->file, (int)rate->column.length, rate->column.at,
                (int)rate->population.length, rate->population.at);
        p->unread += unread;
    }
    return DDG_OK;
}
