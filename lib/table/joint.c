#include "table/joint.h"

#include "table/model_parts.h"

#include <stdlib.h>

struct joining {
    struct ddg_joint *joint;
    struct ddg_context *context;
};

/* Dimensions ----------------------------------------------------------------------------------- */

/* The dimensions of the table's model are borrowed. */
static enum ddg_error make_dimensions(struct joining *j)
{
    struct ddg_model *m = &j->joint->model;
    const struct ddg_model *single = j->joint->single;
    uint64_t keys = 1;
    enum ddg_error error;

    if ((error = ddg_allocate(&m->dimension, single->dimensions + 1, sizeof *m->dimension,
                              j->context)) ||
        (error = ddg_allocate(&m->stride, single->dimensions + 1, sizeof *m->stride, j->context)))
        return error;
    for (size_t d = 0; d < single->dimensions; d++) {
        m->dimension[d] = single->dimension[d];
        m->stride[d] = keys;
        keys *= single->dimension[d].category.count;
    }
    m->stride[single->dimensions] = keys;
    m->dimensions = single->dimensions + 1;
    if (m->dimensions > UINT8_MAX)
        return ddg_fail(j->context, DDG_LIMIT, "%s: more than 254 dimensions", m->table->file);
    if ((error = ddg_measure_sums_dimension(&j->joint->sums, m->table,
                                            &m->dimension[single->dimensions], j->context)))
        return error;
    if (__builtin_mul_overflow(keys, (uint64_t)m->dimension[single->dimensions].category.count,
                               &keys))
        return ddg_fail(j->context, DDG_LIMIT, "%s: too many categories in too many dimensions",
                        m->table->file);
    return DDG_OK;
}

/* Cells and lines ------------------------------------------------------------------------------ */

/* The middle number `i` of a cell. */
static uint32_t middle_of(const struct ddg_joint *joint, uint32_t i, uint32_t cell)
{
    return (joint->sums.measures + i) * joint->single->cells + cell;
}

static enum ddg_error make_cells(struct joining *j)
{
    struct ddg_joint *joint = j->joint;
    struct ddg_model *m = &joint->model;
    uint32_t cells = joint->single->cells;
    uint64_t all = (uint64_t)cells * (joint->sums.measures + joint->sums.middles);
    uint64_t stride = m->stride[m->dimensions - 1];
    enum ddg_error error;

    if (all >= DDG_NO_CELL - 1)
        return ddg_fail(j->context, DDG_LIMIT, "more than 4 thousand million cells");
    if ((error = ddg_grow(&m->key, &m->key_room, all, sizeof *m->key, j->context)))
        return error;
    for (uint32_t cell = 0; cell < cells; cell++) {
        for (uint32_t i = 0; i < joint->sums.measures; i++)
            m->key[ddg_joint_cell(joint, i, cell)] = joint->single->key[cell] + i * stride;
        for (uint32_t i = 0; i < joint->sums.middles; i++)
            m->key[middle_of(joint, i, cell)] =
                joint->single->key[cell] + (joint->sums.measures + i) * stride;
    }
    m->printed = joint->sums.measures * joint->single->printed;
    m->own = m->between = joint->sums.measures * cells;
    while (!error && m->slots / 2 <= all)
        error = ddg_model_grow_slots(m, j->context);
    m->cells = (uint32_t)all;
    return error ? error : ddg_model_grow_slots(m, j->context);
}

/* The cell of a category of the dimension of measures. */
static uint32_t cell_of(const struct ddg_joint *joint, uint32_t category, uint32_t cell)
{
    return category < joint->sums.measures
               ? ddg_joint_cell(joint, category, cell)
               : middle_of(joint, category - joint->sums.measures, cell);
}

static void begin_line(struct ddg_model *m, size_t dimension, uint32_t measure)
{
    m->line_dimension[m->lines] = (uint8_t)dimension;
    m->line_measure[m->lines++] = measure;
}

static void add_lines(struct joining *j, size_t *end)
{
    const struct ddg_joint *joint = j->joint;
    const struct ddg_model *single = joint->single;
    struct ddg_model *m = &j->joint->model;

    for (uint32_t i = 0; i < joint->sums.measures; i++)
        for (uint32_t line = 0; line < single->lines; line++) {
            begin_line(m, single->line_dimension[line], joint->sums.measure[i]);
            for (size_t at = single->line_start[line]; at < single->line_start[line + 1]; at++)
                m->line_cell[(*end)++] = ddg_joint_cell(joint, i, single->line_cell[at]);
            m->line_start[m->lines] = *end;
        }
    for (uint32_t i = 0; i < joint->sums.count; i++)
        for (uint32_t cell = 0; cell < single->cells; cell++) {
            /* the line of the one that stands for it is there */
            if (single->same && single->same[cell] != cell)
                continue;
            begin_line(m, single->dimensions, DDG_NO_CELL);
            m->line_cell[(*end)++] = cell_of(joint, joint->sums.sum[i].total, cell);
            for (uint32_t part = 0; part < joint->sums.sum[i].parts; part++)
                m->line_cell[(*end)++] = cell_of(joint, joint->sums.sum[i].part[part], cell);
            m->line_start[m->lines] = *end;
        }
}

/* Cells are the same number in every measure where they are in the table. */
static enum ddg_error make_same(struct joining *j)
{
    const struct ddg_joint *joint = j->joint;
    const struct ddg_model *single = joint->single;
    struct ddg_model *m = &j->joint->model;
    enum ddg_error error;

    if (!single->same)
        return DDG_OK;
    if ((error = ddg_allocate(&m->same, m->cells, sizeof *m->same, j->context)))
        return error;
    for (uint32_t i = 0; i < joint->sums.measures + joint->sums.middles; i++)
        for (uint32_t cell = 0; cell < single->cells; cell++)
            m->same[cell_of(joint, i, cell)] = cell_of(joint, i, single->same[cell]);
    return DDG_OK;
}

static enum ddg_error make_lines(struct joining *j)
{
    const struct ddg_joint *joint = j->joint;
    struct ddg_model *m = &j->joint->model;
    uint64_t lines = (uint64_t)joint->single->lines * joint->sums.measures +
                     (uint64_t)joint->single->cells * joint->sums.count;
    size_t entries = joint->sums.measures * joint->single->line_start[joint->single->lines],
           end = 0;
    enum ddg_error error;

    if (lines >= UINT32_MAX - 1)
        return ddg_fail(j->context, DDG_LIMIT, "more than 4 thousand million lines");
    for (uint32_t i = 0; i < joint->sums.count; i++)
        entries += (size_t)joint->single->cells * (joint->sums.sum[i].parts + 1);
    if ((error = ddg_allocate(&m->line_start, lines + 1, sizeof *m->line_start, j->context)) ||
        (error = ddg_allocate(&m->line_dimension, lines, 1, j->context)) ||
        (error = ddg_allocate(&m->line_measure, lines, sizeof *m->line_measure, j->context)) ||
        (error = ddg_allocate(&m->line_cell, entries, sizeof *m->line_cell, j->context)))
        return error;
    add_lines(j, &end);
    return ddg_model_turn_lines(m, end, j->context);
}

/* Whole ---------------------------------------------------------------------------------------- */

enum ddg_error ddg_joint_build(struct ddg_joint *joint, const struct ddg_model *single,
                               const struct ddg_equation *equation, size_t equations,
                               struct ddg_context *context)
{
    struct joining j = {.joint = joint, .context = context};
    enum ddg_error error;

    *joint = (struct ddg_joint){.single = single};
    joint->model = (struct ddg_model){
        .table = single->table, .place = single->place, .hash = ddg_hash_key_new()};
    if ((error =
             ddg_measure_sums_find(&joint->sums, single->table, equation, equations, context)) ||
        (error = make_dimensions(&j)) || (error = make_cells(&j)) || (error = make_same(&j)))
        return error;
    return make_lines(&j);
}

void ddg_joint_free(struct ddg_joint *joint)
{
    struct ddg_model *m = &joint->model;

    /* the others are borrowed */
    if (m->dimensions > 0)
        ddg_dimension_free(&m->dimension[m->dimensions - 1]);
    m->dimensions = 0;
    m->place = NULL;
    ddg_model_free(m);
    ddg_measure_sums_free(&joint->sums);
    *joint = (struct ddg_joint){0};
}
