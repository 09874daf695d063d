#include "round/rating.h"

#include "base/number.h"

#include <stdio.h>

static enum ddg_error write_names(const struct ddg_rating_state *r, struct ddg_output *output)
{
    const struct ddg_table *t = r->model->table;
    const char *what = r->options->percent ? "percent" : "rate";

    for (size_t i = 0; i < t->columns; i++) {
        struct ddg_text name = t->name[i];
        char room[256];

        if (r->verdicts.dropped[i])
            continue;
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

static void write_rate(const struct ddg_rating_state *r, struct ddg_output *output,
                       const struct ddg_measure_rates *rates, uint32_t row)
{
    const struct ddg_precision precision = ddg_row_precision(r, rates, row);
    struct ddg_decimal rate = {0, precision.digits};
    char room[DDG_DECIMAL_ROOM];
    uint64_t units = 0;

    ddg_rate_of(precision, rates->shown.range.low[row], rates->whole[row], &units);
    rate.units = units;
    ddg_output_field(output, ddg_decimal_format(rate, room));
}

/* A count that is shown has no rate. */
static bool lacks_rate(const struct ddg_measure_rates *rates, uint32_t row)
{
    return rates->shown.state[row] == DDG_SHOWN && !ddg_has_rate(rates, row);
}

static bool says_nothing(const struct ddg_rating_state *r, struct ddg_text annotation)
{
    return annotation.length == 0 || ddg_text_is(annotation, "0") ||
           ddg_list_has(&r->description->unannotated, annotation);
}

/* What annotations say of a rate that is not there: code 3, which says nothing of the count; 1
 * would say that it is small, 2 that it is not. */
static struct ddg_text annotate(const struct ddg_rating_state *r, uint32_t row, size_t column)
{
    const struct ddg_table *t = r->model->table;
    struct ddg_text field = ddg_table_field(t, row, column);

    for (size_t i = 0; i < t->measures; i++) {
        const struct ddg_measure *m = &t->measure[i];
        struct ddg_text code = field;

        if ((m->annotation != column && m->text != column) || !lacks_rate(&r->rates[i], row))
            continue;
        if (m->annotation != DDG_NO_COLUMN)
            code = ddg_table_field(t, row, m->annotation);
        if (!says_nothing(r, code))
            continue;
        if (m->annotation == column)
            return ddg_text_of("3");
        return ddg_text_of(!r->rates[i].withheld[row]
                               ? "no rate: what it would be of is 0, hidden or unknown"
                           : r->people ? "no rate: the population is too small"
                                       : "no rate: the total is too small");
    }
    return field;
}

static enum ddg_error write_row(const struct ddg_rating_state *r, struct ddg_output *output,
                                uint32_t row)
{
    const struct ddg_table *t = r->model->table;

    for (size_t i = 0; i < t->columns; i++) {
        const struct ddg_measure_rates *rates = NULL;

        if (r->verdicts.dropped[i])
            continue;
        for (size_t j = 0; j < t->measures; j++)
            if (t->measure[j].count == i)
                rates = &r->rates[j];
        if (!rates) {
            ddg_output_field(output, annotate(r, row, i));
        } else if (rates->shown.state[row] != DDG_SHOWN) {
            ddg_output_field(output, ddg_table_field(t, row, i));
        } else if (ddg_has_rate(rates, row)) {
            write_rate(r, output, rates, row);
        } else {
            ddg_output_field(output, (struct ddg_text){NULL, 0});
        }
    }
    return ddg_output_end(output);
}

enum ddg_error ddg_rates_write_all(const struct ddg_rating_state *r, struct ddg_output *output)
{
    enum ddg_error error = write_names(r, output);

    for (uint32_t row = 0; !error && row < r->model->printed; row++)
        error = write_row(r, output, row);
    return error;
}
