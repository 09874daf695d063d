#include "table/events.h"

#include "base/number.h"

/* The column, where it stands beside distinct persons and is not a measure itself. */
static size_t find_column(const struct ddg_table *t)
{
    size_t column = ddg_table_find(t, ddg_text_of("events"));

    if (column == DDG_NO_COLUMN || t->measures != 1 || !t->measure[0].distinct ||
        t->measure[0].count == column)
        return DDG_NO_COLUMN;
    for (size_t i = 0; i < t->dims; i++)
        if (t->dim[i] == column)
            return DDG_NO_COLUMN;
    return column;
}

static bool all_numbers(const struct ddg_table *t, size_t column)
{
    for (size_t row = 0; row < t->rows; row++) {
        struct ddg_text events = ddg_table_field(t, row, column);
        uint64_t value;

        if (events.length > 0 && !ddg_parse_unsigned(events, &value))
            return false;
    }
    return true;
}

static uint64_t events_of(const struct ddg_model *m, uint32_t cell, size_t column)
{
    uint64_t value = 0;

    if (cell < m->printed && cell < m->table->rows)
        ddg_parse_unsigned(ddg_table_field(m->table, cell, column), &value);
    return value;
}

/* Parts that are not known only make the sum smaller. */
static bool exceed_total(const struct ddg_model *m, uint32_t line, size_t column, uint64_t below,
                         uint64_t above)
{
    uint32_t total = m->line_cell[m->line_start[line]];
    uint64_t sum = 0, most;

    if (total >= m->printed || total >= m->table->rows ||
        ddg_table_field(m->table, total, column).length == 0)
        return false;
    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        uint64_t part = events_of(m, m->line_cell[i], column);

        if (!ddg_add_unsigned(&sum, part > below ? part - below : 0))
            return true;
    }
    most = events_of(m, total, column);
    return ddg_add_unsigned(&most, above) && sum > most;
}

enum ddg_error ddg_events_check(const struct ddg_model *model,
                                const struct ddg_description *description, uint64_t below,
                                uint64_t above, struct ddg_context *context)
{
    size_t column = find_column(model->table);

    /* --distinct is the word of somebody for a table from elsewhere, whose events may be anything
     */
    if (column == DDG_NO_COLUMN || description->distinct || !all_numbers(model->table, column))
        return DDG_OK;
    for (uint32_t line = 0; line < model->lines; line++)
        if (!model->dimension[model->line_dimension[line]].overlapping &&
            exceed_total(model, line, column, below, above))
            return ddg_model_fail(model, line, context,
                                  "the events of a total are fewer than those of its parts (are "
                                  "some subtotals of others? --hierarchy)");
    return DDG_OK;
}
