#include "table/nesting.h"

#include <stdlib.h>

/* The dimension column of the table with that name; DDG_USAGE when there is none. */
/* Everything that the description says of a dimension has to be about one that the table has. */
static enum ddg_error check_description(const struct ddg_table *table,
                                        const struct ddg_description *description,
                                        struct ddg_context *context)
{
    const struct ddg_of_dimensions *pairs[] = {&description->totals, &description->hierarchies,
                                               &description->aliases};
    const struct ddg_list *lists[] = {&description->overlapping, &description->by};
    enum ddg_error error = DDG_OK;
    size_t dim;

    /* of several tables, another may have what this one has not */
    if (description->several)
        return DDG_OK;
    for (size_t l = 0; l < sizeof pairs / sizeof *pairs; l++)
        for (size_t i = 0; !error && i < pairs[l]->count; i++)
            if (pairs[l]->item[i].dimension.at)
                error = ddg_table_need_dim(table, pairs[l]->item[i].dimension, &dim, context);
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++)
        for (size_t i = 0; !error && i < lists[l]->count; i++)
            error = ddg_table_need_dim(table, lists[l]->item[i], &dim, context);
    return error;
}

/* Where a dimension column stands among the nests of --nested. */
struct nesting {
    const struct ddg_list *nest; /* NULL for a column of its own */
    size_t level;
};

static bool has_dims(const struct ddg_table *table, const struct ddg_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        if (ddg_table_find_dim(table, names->item[i]) == DDG_NO_COLUMN)
            return false;
    return true;
}

static enum ddg_error find_nesting(const struct ddg_table *table,
                                   const struct ddg_description *description,
                                   struct nesting *nesting, struct ddg_context *context)
{
    for (size_t n = 0; n < description->nested_count; n++) {
        /* of several tables, another may have these columns */
        if (description->several && !has_dims(table, &description->nested[n]))
            continue;
        for (size_t i = 0; i < description->nested[n].count; i++) {
            struct ddg_text name = description->nested[n].item[i];
            enum ddg_error error;
            size_t dim;

            if ((error = ddg_table_need_dim(table, name, &dim, context)))
                return error;
            if (nesting[dim].nest)
                return ddg_fail(context, DDG_USAGE, "%s: column '%.*s' is nested twice",
                                table->file, (int)name.length, name.at);
            if (i > 0 && ddg_list_has(&description->by, name))
                return ddg_fail(context, DDG_USAGE,
                                "%s: column '%.*s' is nested below another: --by takes the top one",
                                table->file, (int)name.length, name.at);
            nesting[dim] = (struct nesting){&description->nested[n], i};
        }
    }
    return DDG_OK;
}

/* Puts into *columns those of the nest, or of a dimension by itself, and notes their places in
 * dimension `number`. */
static enum ddg_error find_columns(const struct ddg_table *table, size_t dim,
                                   const struct ddg_list *nest, size_t number, size_t *place,
                                   size_t **columns, struct ddg_context *context)
{
    size_t levels = nest ? nest->count : 1;
    enum ddg_error error = ddg_allocate(columns, levels, sizeof **columns, context);

    for (size_t i = 0; !error && i < levels; i++) {
        /* find_nesting() found them all */
        size_t level_dim = nest ? ddg_table_find_dim(table, nest->item[i]) : dim;

        (*columns)[i] = table->dim[level_dim];
        place[2 * level_dim] = number;
        place[2 * level_dim + 1] = i;
    }
    return error;
}

/* Blocks of --by that a row adds up are not apart. */
static enum ddg_error check_apart(const struct ddg_dimension *d, const struct ddg_table *table,
                                  const struct ddg_description *description,
                                  struct ddg_context *context)
{
    /* among partitions a row of totals is one more kind */
    if (!ddg_list_has(&description->by, d->level->name) ||
        ddg_list_has(&description->partitions, d->level->name))
        return DDG_OK;
    for (size_t row = 0; row < table->rows + table->beyond; row++)
        if (d->of_row[row] == d->total)
            return ddg_table_fail(table, row, d->level->column, context,
                                  "a total over what --by keeps apart: leave out --by, or such "
                                  "rows (--total says how totals are labelled)");
    return DDG_OK;
}

enum ddg_error ddg_dimensions_read(struct ddg_dimension *dimension, size_t *dimensions,
                                   size_t *place, const struct ddg_table *table,
                                   const struct ddg_description *description,
                                   struct ddg_context *context)
{
    struct nesting *nesting;
    enum ddg_error error = ddg_allocate(&nesting, table->dims, sizeof *nesting, context);

    *dimensions = 0;
    if (!error)
        error = check_description(table, description, context);
    if (!error)
        error = find_nesting(table, description, nesting, context);
    for (size_t dim = 0; !error && dim < table->dims; dim++) {
        const struct ddg_list *nest = nesting[dim].nest;
        size_t *columns;

        if (nesting[dim].level > 0)
            continue;
        error = find_columns(table, dim, nest, *dimensions, place, &columns, context);
        if (!error)
            error = ddg_dimension_read(&dimension[(*dimensions)++], table, columns,
                                       nest ? nest->count : 1, description, context);
        /* in a table that is out already such a row is another category */
        if (!error && description->program == DDG_SUPPRESS)
            error = check_apart(&dimension[*dimensions - 1], table, description, context);
        free(columns);
    }
    free(nesting);
    return error;
}
