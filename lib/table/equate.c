#include "table/equate.h"

#include "table/model_parts.h"

#include <stdlib.h>

struct equating {
    struct ddg_model *model;
    const struct ddg_measure_sums *sums;
    size_t dimension; /* of measures */
    size_t line_room[4];
    struct ddg_context *context;
};

/* The dimension of measures -------------------------------------------------------------------- */

/* The key of a cell when the categories of measures are others, and so are the strides. */
static uint64_t new_key(const struct equating *e, uint32_t cell, const uint64_t *stride)
{
    const struct ddg_model *m = e->model;
    uint64_t key = 0;

    for (size_t d = 0; d < m->dimensions; d++) {
        uint32_t category = ddg_model_category(m, cell, d);

        if (d == e->dimension)
            category = ddg_dimension_number(&m->dimension[d], category) - 1;
        key += category * stride[d];
    }
    return key;
}

/* The strides with that dimension in the place of the model's own. */
static enum ddg_error find_strides(const struct equating *e, const struct ddg_dimension *measures,
                                   uint64_t *stride)
{
    const struct ddg_model *m = e->model;
    uint64_t keys = 1;

    for (size_t d = 0; d < m->dimensions; d++) {
        const struct ddg_dimension *dimension = d == e->dimension ? measures : &m->dimension[d];

        stride[d] = keys;
        if (__builtin_mul_overflow(keys, (uint64_t)dimension->category.count, &keys))
            return ddg_fail(e->context, DDG_LIMIT, "%s: too many categories in too many dimensions",
                            m->table->file);
    }
    return DDG_OK;
}

/* Cells keep their numbers, and lines their cells. */
static enum ddg_error replace_dimension(struct equating *e)
{
    struct ddg_model *m = e->model;
    struct ddg_dimension measures = {0};
    uint64_t *stride = NULL;
    enum ddg_error error;

    if (!(error = ddg_measure_sums_dimension(e->sums, m->table, &measures, e->context)) &&
        !(error = ddg_allocate(&stride, m->dimensions, sizeof *stride, e->context)) &&
        !(error = find_strides(e, &measures, stride))) {
        for (uint32_t cell = 0; cell < m->cells; cell++)
            m->key[cell] = new_key(e, cell, stride);
        memcpy(m->stride, stride, m->dimensions * sizeof *stride);
        ddg_dimension_free(&m->dimension[e->dimension]);
        m->dimension[e->dimension] = measures;
        measures = (struct ddg_dimension){0};
        error = ddg_model_grow_slots(m, e->context);
    }
    free(stride);
    ddg_dimension_free(&measures);
    return error;
}

/* Lines ---------------------------------------------------------------------------------------- */

static enum ddg_error name_lines(struct equating *e)
{
    struct ddg_model *m = e->model;
    enum ddg_error error =
        ddg_allocate(&m->line_measure, m->lines, sizeof *m->line_measure, e->context);

    for (uint32_t line = 0; !error && line < m->lines; line++) {
        uint32_t total = m->line_cell[m->line_start[line]];

        m->line_measure[line] = e->sums->measure[ddg_model_category(m, total, e->dimension)];
    }
    return error;
}

static enum ddg_error make_room(struct equating *e, size_t cells)
{
    struct ddg_model *m = e->model;
    size_t *room = e->line_room, lines = (size_t)m->lines + 1;
    enum ddg_error error;

    if (lines >= UINT32_MAX - 1)
        return ddg_fail(e->context, DDG_LIMIT, "more than 4 thousand million lines");
    if ((error =
             ddg_grow(&m->line_start, &room[0], lines + 1, sizeof *m->line_start, e->context)) ||
        (error = ddg_grow(&m->line_dimension, &room[1], lines, 1, e->context)) ||
        (error = ddg_grow(&m->line_measure, &room[2], lines, sizeof *m->line_measure, e->context)))
        return error;
    return ddg_grow(&m->line_cell, &room[3], m->line_start[m->lines] + cells, sizeof *m->line_cell,
                    e->context);
}

/* The total of a sum in the place of a cell, a middle that is new if need be; DDG_NO_CELL for a
 * measure that has none there. */
static enum ddg_error find_total(struct equating *e, uint32_t cell, uint32_t category,
                                 uint32_t *total)
{
    struct ddg_model *m = e->model;
    uint32_t from = ddg_model_category(m, cell, e->dimension);
    uint64_t key = ddg_model_changed_key(m, cell, e->dimension, from, category);

    *total = ddg_model_find_key(m, key);
    if (*total != DDG_NO_CELL || category < e->sums->measures)
        return DDG_OK;
    return ddg_model_add_cell(m, key, total, e->context);
}

/* Adds the line of a sum in the place of a cell, which is one of the first part. */
static enum ddg_error add_line(struct equating *e, const struct ddg_measure_sum *sum, uint32_t cell)
{
    struct ddg_model *m = e->model;
    uint32_t total, *to;
    enum ddg_error error;

    for (uint32_t i = 0; i < sum->parts; i++)
        if (ddg_model_neighbour(m, cell, e->dimension, sum->part[i]) == DDG_NO_CELL)
            return DDG_OK;
    if ((error = find_total(e, cell, sum->total, &total)) || total == DDG_NO_CELL ||
        (error = make_room(e, (size_t)sum->parts + 1)))
        return error;
    to = &m->line_cell[m->line_start[m->lines]];
    *to++ = total;
    for (uint32_t i = 0; i < sum->parts; i++)
        *to++ = ddg_model_neighbour(m, cell, e->dimension, sum->part[i]);
    m->line_dimension[m->lines] = (uint8_t)e->dimension;
    m->line_measure[m->lines++] = DDG_NO_CELL;
    m->line_start[m->lines] = (size_t)(to - m->line_cell);
    return DDG_OK;
}

static enum ddg_error add_lines(struct equating *e)
{
    struct ddg_model *m = e->model;
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; i < e->sums->count; i++)
        for (uint32_t cell = 0; !error && cell < m->between; cell++)
            if (ddg_model_category(m, cell, e->dimension) == e->sums->sum[i].part[0])
                error = add_line(e, &e->sums->sum[i], cell);
    return error;
}

enum ddg_error ddg_model_equate(struct ddg_model *m, const struct ddg_measure_sums *sums,
                                struct ddg_context *context)
{
    struct equating e = {
        .model = m, .sums = sums, .dimension = m->dimensions - 2, .context = context};
    enum ddg_error error;

    if ((error = replace_dimension(&e)) || (error = name_lines(&e)) || (error = add_lines(&e)))
        return error;
    free(m->cell_start);
    free(m->cell_line);
    m->cell_start = NULL;
    m->cell_line = NULL;
    return ddg_model_turn_lines(m, m->line_start[m->lines], context);
}
