#include "protect/left_out.h"

struct adding {
    struct ddg_table *joint;
    const struct ddg_model *model;
    const struct ddg_truth *truth;
    struct ddg_context *context;
};

/* True when the total is more than all of its parts can be. */
static bool lacks_parts(const struct adding *a, uint32_t line)
{
    const struct ddg_model *m = a->model;
    size_t start = m->line_start[line];
    uint32_t total = m->line_cell[start];
    unsigned __int128 most = 0;

    if (total < m->own)
        return false;
    for (size_t i = start + 1; i < m->line_start[line + 1]; i++) {
        uint64_t high = a->truth->high[m->line_cell[i]];

        if (high == UINT64_MAX)
            return false;
        most += high;
    }
    return a->truth->low[total] > most && ddg_model_has_absent(m, line);
}

/* Adds the row of the total with another category in the dimension. */
static enum ddg_error add_row(struct adding *a, uint32_t total, size_t dimension, uint32_t category)
{
    struct ddg_table *t = a->joint;
    const struct ddg_model *m = a->model;
    size_t at = t->rows + t->beyond, last = m->dimensions - 1;
    enum ddg_error error;

    if ((t->of_measure && (error = ddg_grow(&t->of_measure, &t->of_measure_room, at + 1,
                                            sizeof *t->of_measure, a->context))) ||
        (error = ddg_grow(&t->field, &t->field_room, (at + 1) * t->columns, sizeof *t->field,
                          a->context)) ||
        (error = ddg_grow(&t->line, &t->line_room, at + 1, sizeof *t->line, a->context)) ||
        (error = ddg_grow(&t->release, &t->release_room, at + 1, sizeof *t->release, a->context)))
        return error;
    for (size_t i = 0; i < t->columns; i++)
        t->field[at * t->columns + i] = (struct ddg_text){NULL, 0};
    for (size_t dim = 0; dim < t->dims; dim++) {
        size_t d = m->place[2 * dim], level = m->place[2 * dim + 1];
        uint32_t here = d == dimension ? category : ddg_model_category(m, total, d);
        struct ddg_text label = ddg_dimension_label(&m->dimension[d], here, level);

        label = ddg_arena_copy(&t->arena, label, a->context);
        if (!label.at)
            return DDG_MEMORY;
        t->field[at * t->columns + t->dim[dim]] = label;
    }
    t->line[at] = 0;
    t->release[at] = ddg_dimension_number(&m->dimension[last], ddg_model_category(m, total, last));
    if (t->of_measure)
        t->of_measure[at] =
            ddg_dimension_number(&m->dimension[last - 1], ddg_model_category(m, total, last - 1));
    t->beyond++;
    return DDG_OK;
}

enum ddg_error ddg_left_out_add(struct ddg_table *joint, const struct ddg_model *m,
                                const struct ddg_truth *truth, bool *any,
                                struct ddg_context *context)
{
    struct adding a = {joint, m, truth, context};
    enum ddg_error error = DDG_OK;

    *any = false;
    for (uint32_t line = 0; !error && line < m->lines; line++) {
        size_t d = m->line_dimension[line];
        uint32_t total = m->line_cell[m->line_start[line]];

        if (!lacks_parts(&a, line))
            continue;
        *any = true;
        for (uint32_t c = 0; !error && c < m->dimension[d].category.count; c++)
            if (m->dimension[d].parent[c] == ddg_model_category(m, total, d) &&
                ddg_model_neighbour(m, total, d, c) == DDG_NO_CELL)
                error = add_row(&a, total, d, c);
    }
    return error;
}
