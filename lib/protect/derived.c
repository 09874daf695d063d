#include "protect/derived.h"

#include "base/number.h"

#include <stdlib.h>

/* What is known beside the truth. */
struct deriving {
    const struct ddg_model *model;
    uint64_t *value; /* of each cell, */
    bool *known;     /* where it is known */
};

static bool has_count(const struct ddg_truth *truth, uint32_t cell)
{
    return truth->low[cell] == truth->high[cell];
}

static bool lacks_any(const struct ddg_truth *truth, const struct ddg_model *m)
{
    for (uint32_t cell = 0; cell < m->printed; cell++)
        if (!has_count(truth, cell))
            return true;
    return false;
}

/* The only cell of a line that is not known; DDG_NO_CELL where there are none or several. */
static uint32_t lonely_cell(const struct deriving *d, uint32_t line)
{
    const struct ddg_model *m = d->model;
    uint32_t lonely = DDG_NO_CELL;

    for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++) {
        if (d->known[m->line_cell[i]])
            continue;
        if (lonely != DDG_NO_CELL)
            return DDG_NO_CELL;
        lonely = m->line_cell[i];
    }
    return lonely;
}

/* What the others of its line leave for a cell; false where no count is. */
static bool derive(const struct deriving *d, uint32_t line, uint32_t cell, uint64_t *value)
{
    const struct ddg_model *m = d->model;
    uint32_t total = m->line_cell[m->line_start[line]];
    uint64_t sum = 0;

    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++)
        if (m->line_cell[i] != cell && !ddg_add_unsigned(&sum, d->value[m->line_cell[i]]))
            return false;
    if (cell == total) {
        *value = sum;
        return true;
    }
    *value = d->value[total] - sum;
    return sum <= d->value[total];
}

static void derive_all(const struct deriving *d, size_t measure)
{
    bool more = true;

    while (more) {
        more = false;
        for (uint32_t line = 0; line < d->model->lines; line++) {
            uint32_t cell = lonely_cell(d, line);

            if (cell == DDG_NO_CELL || ddg_model_may_overlap(d->model, measure, line) ||
                !derive(d, line, cell, &d->value[cell]))
                continue;
            d->known[cell] = more = true;
        }
    }
}

/* A count that is not small can be worked out as well, and is nobody's secret. */
static void take(struct ddg_truth *truth, const struct deriving *d, uint64_t threshold,
                 const bool *chosen)
{
    for (uint32_t cell = 0; cell < d->model->cells; cell++) {
        bool printed = cell < d->model->printed;

        if (has_count(truth, cell) || !d->known[cell] ||
            (printed &&
             (d->value[cell] == 0 || d->value[cell] >= threshold || (chosen && !chosen[cell]))))
            continue;
        truth->low[cell] = truth->high[cell] = d->value[cell];
        truth->derived += printed;
    }
}

enum ddg_error ddg_derived_find(struct ddg_truth *truth, const struct ddg_model *model,
                                size_t measure, uint64_t threshold, const bool *chosen,
                                struct ddg_context *context)
{
    struct deriving d = {.model = model};
    enum ddg_error error;

    if (!lacks_any(truth, model))
        return DDG_OK;
    if (!(error = ddg_allocate(&d.value, model->cells, sizeof *d.value, context)))
        error = ddg_allocate(&d.known, model->cells, sizeof *d.known, context);
    for (uint32_t cell = 0; !error && cell < model->cells; cell++) {
        d.known[cell] = has_count(truth, cell);
        d.value[cell] = truth->low[cell];
    }
    if (!error) {
        derive_all(&d, measure);
        take(truth, &d, threshold, chosen);
    }
    free(d.value);
    free(d.known);
    return error;
}
