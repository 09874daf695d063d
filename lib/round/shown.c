#include "round/shown.h"

#include "protect/fitting.h"

#include <stdlib.h>

static void set_range(struct ddg_truth *range, uint32_t cell, const struct ddg_count *count)
{
    range->low[cell] = 0;
    range->high[cell] = UINT64_MAX;
    if (count->state == DDG_SHOWN) {
        range->low[cell] = range->high[cell] = count->value;
    } else if (count->state == DDG_SUPPRESSED) {
        /* zeros are never suppressed (R-SUP-3) */
        range->low[cell] = count->range ? count->range->low : 1;
        range->high[cell] = count->range ? count->range->high : UINT64_MAX;
    }
}

static enum ddg_error read_rows(struct ddg_shown *s, const struct ddg_description *description,
                                struct ddg_context *context)
{
    const struct ddg_table *table = s->model->table;

    for (uint32_t row = 0; row < s->model->printed; row++) {
        struct ddg_count count;
        enum ddg_error error =
            ddg_table_count(table, description, row, &table->measure[s->measure], &count, context);

        if (error)
            return error;
        if (count.state == DDG_BLANK)
            return ddg_table_fail(table, row, table->measure[s->measure].count, context,
                                  "blank, and no annotation says why");
        s->state[row] = count.state;
        set_range(&s->range, row, &count);
    }
    for (uint32_t cell = s->model->printed; cell < s->model->cells; cell++)
        set_range(&s->range, cell, &(struct ddg_count){.state = DDG_NO_DATA});
    return DDG_OK;
}

/* True when all of a line is shown and adds up. */
static bool adds_up(const struct ddg_shown *s, uint32_t line)
{
    const struct ddg_model *m = s->model;
    unsigned __int128 sum = 0;
    size_t start = m->line_start[line];

    for (size_t i = start; i < m->line_start[line + 1]; i++) {
        uint32_t cell = m->line_cell[i];

        if (s->range.low[cell] != s->range.high[cell])
            return false;
        sum += i > start ? s->range.low[cell] : 0;
    }
    return sum == s->range.low[m->line_cell[start]];
}

static enum ddg_error narrow(struct ddg_shown *s, struct ddg_context *context)
{
    struct ddg_fitting fitting;
    uint32_t line;
    enum ddg_error error = ddg_fitting_init(&fitting, s->model, s->loose, &s->range, context);

    if (!error)
        error = ddg_fitting_narrow(&fitting, &line, context);
    ddg_fitting_free(&fitting);
    if (!error && line != DDG_NO_LINE)
        return ddg_model_fail(s->model, line, context, "a total and its parts disagree");
    return error;
}

enum ddg_error ddg_shown_read(struct ddg_shown *s, const struct ddg_model *model, size_t measure,
                              const struct ddg_description *description,
                              struct ddg_context *context)
{
    enum ddg_error error;

    *s = (struct ddg_shown){.model = model, .measure = measure};
    if ((error = ddg_allocate(&s->range.low, model->cells, sizeof *s->range.low, context)) ||
        (error = ddg_allocate(&s->range.high, model->cells, sizeof *s->range.high, context)) ||
        (error = ddg_allocate(&s->state, model->printed, sizeof *s->state, context)) ||
        (error = ddg_allocate(&s->loose, model->lines, sizeof *s->loose, context)) ||
        (error = read_rows(s, description, context)))
        return error;
    for (uint32_t line = 0; line < model->lines; line++)
        s->loose[line] = ddg_model_may_overlap(model, measure, line) && !adds_up(s, line);
    return narrow(s, context);
}

void ddg_shown_free(struct ddg_shown *s)
{
    ddg_truth_free(&s->range);
    free(s->state);
    free(s->loose);
    *s = (struct ddg_shown){0};
}
