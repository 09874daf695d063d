#include "score/intake_columns.h"

#include "table/nesting.h"

#include <stdlib.h>
#include <string.h>

static enum ddg_error keep_header(struct ddg_intake *in, const char *people)
{
    struct ddg_table *t = &in->sample;
    struct ddg_roles roles;
    enum ddg_error error;

    t->file = ddg_csv_file(in->csv);
    t->columns = ddg_csv_columns(in->csv);
    t->name = ddg_arena_allocate(&t->arena, t->columns * sizeof *t->name, in->context);
    if (!t->name)
        return DDG_MEMORY;
    for (size_t i = 0; i < t->columns; i++) {
        t->name[i] = ddg_arena_copy(&t->arena, ddg_csv_name(in->csv, i), in->context);
        if (!t->name[i].at)
            return DDG_MEMORY;
    }
    if ((error = ddg_roles_find(&roles, in->description, t->file, t->name, t->columns, &t->arena,
                                in->context)))
        return error;
    t->dim = roles.dim;
    t->dims = roles.dims;
    t->measure = roles.measure;
    t->measures = roles.measures;
    if (!(in->no_sum =
              ddg_arena_allocate(&t->arena, t->measures * sizeof *in->no_sum, in->context)))
        return DDG_MEMORY;
    memset(in->no_sum, 0, t->measures * sizeof *in->no_sum);
    if (t->dims > DDG_DIMENSIONS_MOST)
        return ddg_fail(in->context, DDG_LIMIT, "%s: more than %d dimensions", t->file,
                        DDG_DIMENSIONS_MOST);
    in->people = people ? ddg_table_find(t, ddg_text_of(people)) : DDG_NO_COLUMN;
    return DDG_OK;
}

static bool has_all(const struct ddg_intake *in, const struct ddg_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (ddg_table_find_dim(&in->sample, names->item[i]) == DDG_NO_COLUMN)
            return false;
    return true;
}

/* The nest of --nested that a column stands in, NULL for none; *level is its place there. */
static const struct ddg_list *nest_of(const struct ddg_intake *in, struct ddg_text name,
                                      size_t *level)
{
    const struct ddg_description *d = in->description;

    for (size_t n = 0; n < d->nested_count; n++)
        for (*level = 0; *level < d->nested[n].count; ++*level)
            if (ddg_text_equal(d->nested[n].item[*level], name))
                return d->several && !has_all(in, &d->nested[n]) ? NULL : &d->nested[n];
    return NULL;
}

/* Columns that make one dimension are one group, in the order of ddg_dimensions_read(). */
static enum ddg_error find_groups(struct ddg_intake *in)
{
    const struct ddg_table *t = &in->sample;
    enum ddg_error error = ddg_allocate(&in->group, t->dims, sizeof *in->group, in->context);

    for (size_t i = 0; !error && i < t->dims; i++) {
        size_t level = 0;
        const struct ddg_list *nest = nest_of(in, t->name[t->dim[i]], &level);
        struct group *group;

        if (nest && level > 0)
            continue;
        group = &in->group[in->groups++];
        ddg_names_init(&group->label);
        group->column[group->columns++] = t->dim[i];
        for (size_t j = 1; nest && j < nest->count && j < DDG_DIMENSIONS_MOST; j++) {
            size_t column = ddg_table_find(t, nest->item[j]);

            /* ddg_dimensions_read() says what is wrong with a nest whose columns are not there */
            if (column != DDG_NO_COLUMN)
                group->column[group->columns++] = column;
        }
    }
    if (!error)
        error = ddg_allocate(&in->number, in->groups, sizeof *in->number, in->context);
    return error;
}

enum ddg_error ddg_intake_columns(struct ddg_intake *in, const char *people)
{
    enum ddg_error error = keep_header(in, people);

    return error ? error : find_groups(in);
}

enum ddg_error ddg_intake_categories(struct ddg_intake *in)
{
    size_t slot = 0;
    enum ddg_error error;

    if ((error =
             ddg_allocate(&in->dimension, in->sample.dims, sizeof *in->dimension, in->context)) ||
        (error = ddg_dimensions_read(in->dimension, &in->dimensions, in->place, &in->sample,
                                     in->description, in->context)) ||
        (error = ddg_allocate(&in->category, in->dimensions, sizeof *in->category, in->context)) ||
        (error = ddg_allocate(&in->parts, in->dimensions, sizeof *in->parts, in->context)))
        return error;
    for (size_t d = 0; !error && d < in->dimensions; d++) {
        const struct group *group = &in->group[d];

        error =
            ddg_allocate(&in->category[d], group->label.count, sizeof **in->category, in->context);
        for (uint32_t i = 0; !error && i < group->label.count; i++)
            in->category[d][i] = in->dimension[d].of_row[group->row[i]];
        if (!error)
            error = ddg_parts_find(&in->parts[d], &in->dimension[d], in->description, &slot,
                                   &in->arena, in->context);
    }
    return error;
}
