#include "protect/published.h"

/* Columns behind ours for dimensions that only others have. */
static enum ddg_error join_columns(const struct ddg_published *p, struct ddg_table *joint,
                                   struct ddg_context *context)
{
    const struct ddg_table *t = p->table;
    size_t columns = t->columns, dims = t->dims;

    for (size_t i = 0; i < p->files; i++) {
        columns += p->file[i].dims;
        dims += p->file[i].dims;
    }
    joint->name = ddg_arena_allocate(&joint->arena, columns * sizeof *joint->name, context);
    joint->dim = ddg_arena_allocate(&joint->arena, dims * sizeof *joint->dim, context);
    if (!joint->name || !joint->dim)
        return DDG_MEMORY;
    memcpy(joint->name, t->name, t->columns * sizeof *joint->name);
    if (t->dims > 0)
        memcpy(joint->dim, t->dim, t->dims * sizeof *joint->dim);
    for (size_t i = 0; i < p->files; i++)
        for (size_t d = 0; d < p->file[i].dims; d++) {
            struct ddg_text name = p->file[i].name[p->file[i].dim[d]];

            if (ddg_table_find_dim(joint, name) != DDG_NO_COLUMN)
                continue;
            joint->name[joint->columns] = name;
            joint->dim[joint->dims++] = joint->columns++;
        }
    return DDG_OK;
}

/* A row of another table in our columns: totals where it has no such dimension. */
static void join_row(const struct ddg_table *joint, const struct ddg_table *from, size_t row,
                     const struct ddg_description *description, struct ddg_text *to)
{
    for (size_t i = 0; i < joint->columns; i++)
        to[i] = (struct ddg_text){NULL, 0};
    for (size_t d = 0; d < joint->dims; d++) {
        struct ddg_text name = joint->name[joint->dim[d]];
        size_t dim = ddg_table_find_dim(from, name);

        to[joint->dim[d]] = dim == DDG_NO_COLUMN ? ddg_description_total(description, name)
                                                 : ddg_table_field(from, row, from->dim[dim]);
    }
}

static enum ddg_error join_file(struct ddg_table *joint, const struct ddg_table *from,
                                const struct ddg_entries *entries, uint32_t number,
                                const struct ddg_description *description,
                                struct ddg_context *context)
{
    size_t before = joint->rows + joint->beyond;
    enum ddg_error error =
        ddg_grow(&joint->part, &joint->part_room, joint->parts + 1, sizeof *joint->part, context);

    if (error)
        return error;
    joint->part[joint->parts++] = (struct ddg_table_part){from->file, before};
    for (size_t i = 0; i < entries->count; i++) {
        const struct ddg_entry *entry = &entries->item[i];
        size_t at = joint->rows + joint->beyond;

        if (entry->file != number)
            continue;
        join_row(joint, from, entry->row, description, &joint->field[at * joint->columns]);
        joint->line[at] = from->line[entry->row];
        joint->release[at] = number + 2;
        if (joint->of_measure)
            joint->of_measure[at] = entry->measure + 1;
        joint->beyond++;
    }
    return DDG_OK;
}

/* Our rows, of the measure of that number, behind those of the ones before it. */
static enum ddg_error join_own(struct ddg_table *joint, const struct ddg_table *t, uint32_t number,
                               const struct ddg_description *description,
                               struct ddg_context *context)
{
    size_t first = number * t->rows;
    enum ddg_error error = ddg_grow(&joint->part, &joint->part_room, joint->parts + t->parts,
                                    sizeof *joint->part, context);

    for (size_t i = 0; !error && i < t->parts; i++)
        joint->part[joint->parts++] =
            (struct ddg_table_part){t->part[i].file, first + t->part[i].first};
    for (size_t row = 0; !error && row < t->rows; row++) {
        struct ddg_text *to = &joint->field[(first + row) * joint->columns];

        for (size_t i = 0; i < t->columns; i++)
            to[i] = ddg_table_field(t, row, i);
        for (size_t d = t->dims; d < joint->dims; d++)
            to[joint->dim[d]] = ddg_description_total(description, joint->name[joint->dim[d]]);
        joint->line[first + row] = t->line[row];
        joint->release[first + row] = 1;
        if (joint->of_measure)
            joint->of_measure[first + row] = number + 1;
    }
    return error;
}

enum ddg_error ddg_published_join(const struct ddg_published *p, const struct ddg_entries *entries,
                                  const struct ddg_description *description,
                                  struct ddg_table *joint, struct ddg_context *context)
{
    const struct ddg_table *t = p->table;
    size_t own = t->rows * entries->measures, rows = own + entries->count;
    enum ddg_error error;

    *joint = (struct ddg_table){
        .file = t->file,
        .columns = t->columns,
        .rows = own,
        .dims = t->dims,
        .measure = t->measure,
        .measures = t->measures,
    };
    if (rows >= UINT32_MAX - 1)
        return ddg_fail(context, DDG_LIMIT, "%s: more than 4 thousand million rows", t->file);
    if ((error = join_columns(p, joint, context)) ||
        (error = ddg_grow(&joint->field, &joint->field_room, rows * joint->columns,
                          sizeof *joint->field, context)) ||
        (error = ddg_grow(&joint->line, &joint->line_room, rows, sizeof *joint->line, context)) ||
        (error = ddg_grow(&joint->release, &joint->release_room, rows + 1, sizeof *joint->release,
                          context)) ||
        (entries->measures > 1 && (error = ddg_grow(&joint->of_measure, &joint->of_measure_room,
                                                    rows + 1, sizeof *joint->of_measure, context))))
        return error;
    for (uint32_t i = 0; !error && i < entries->measures; i++)
        error = join_own(joint, t, i, description, context);
    for (uint32_t i = 0; !error && i < p->files; i++)
        error = join_file(joint, &p->file[i], entries, i, description, context);
    return error;
}
