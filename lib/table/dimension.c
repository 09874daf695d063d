#include "table/dimension.h"

#include "csv/reader.h"

#include <stdlib.h>

/* Adds a category, without a parent so far. */
static enum ddg_error add_category(struct ddg_dimension *d, struct ddg_text label, uint32_t *number,
                                   struct ddg_context *context)
{
    uint32_t before = d->category.count;
    enum ddg_error error = ddg_names_add(&d->category, label, number, context);

    if (error || d->category.count == before)
        return error;
    error = ddg_grow(&d->parent, &d->parent_room, d->category.count, sizeof *d->parent, context);
    if (!error)
        d->parent[*number] = DDG_NO_NAME;
    return error;
}

typedef enum ddg_error pair_handler(struct ddg_dimension *d, struct ddg_text left,
                                    struct ddg_text right, const char *file, uint64_t line,
                                    struct ddg_context *context);

/* Reads a file of pairs.  The first line is a header when it holds `left_name,right_name`. */
static enum ddg_error read_pairs(struct ddg_dimension *d, struct ddg_text path,
                                 const char *left_name, const char *right_name,
                                 pair_handler *handle, struct ddg_context *context)
{
    /* the value of an option: it ends with a NUL */
    const char *paths[] = {path.at};
    struct ddg_csv_options options = {',', 0, false};
    struct ddg_csv *csv = NULL;
    enum ddg_error error = ddg_csv_open(&csv, paths, 1, &options, context);
    bool more = true;

    if (!error && ddg_csv_columns(csv) != 2)
        error = ddg_fail_at(context, DDG_INPUT, path.at, 1, NULL, "two columns are wanted: %s,%s",
                            left_name, right_name);
    if (!error && !(ddg_text_is(ddg_csv_name(csv, 0), left_name) &&
                    ddg_text_is(ddg_csv_name(csv, 1), right_name)))
        error = handle(d, ddg_csv_name(csv, 0), ddg_csv_name(csv, 1), path.at, 1, context);
    while (!error && more) {
        struct ddg_record record;

        error = ddg_csv_next(csv, &record, &more, context);
        if (!error && more)
            error = handle(d, record.field[0], record.field[1], path.at, record.line, context);
    }
    ddg_csv_close(csv);
    return error;
}

static enum ddg_error take_parent(struct ddg_dimension *d, struct ddg_text child,
                                  struct ddg_text parent, const char *file, uint64_t line,
                                  struct ddg_context *context)
{
    uint32_t below, above;
    enum ddg_error error;

    if ((error = add_category(d, child, &below, context)) ||
        (error = add_category(d, parent, &above, context)))
        return error;
    if (below == d->total)
        return ddg_fail_at(context, DDG_INPUT, file, line, NULL, "the total has no parent");
    if (below == above)
        return ddg_fail_at(context, DDG_INPUT, file, line, NULL, "a category is its own parent");
    if (d->parent[below] != DDG_NO_NAME && d->parent[below] != above)
        return ddg_fail_at(context, DDG_INPUT, file, line, NULL,
                           "a category with two different parents");
    d->parent[below] = above;
    return DDG_OK;
}

static enum ddg_error take_alias(struct ddg_dimension *d, struct ddg_text spelling,
                                 struct ddg_text meaning, const char *file, uint64_t line,
                                 struct ddg_context *context)
{
    uint32_t category, alias;
    uint32_t before = d->alias.count;
    enum ddg_error error;

    if ((error = add_category(d, meaning, &category, context)) ||
        (error = ddg_names_add(&d->alias, spelling, &alias, context)) ||
        (error =
             ddg_grow(&d->meaning, &d->meaning_room, d->alias.count, sizeof *d->meaning, context)))
        return error;
    if (d->alias.count == before && d->meaning[alias] != category)
        return ddg_fail_at(context, DDG_INPUT, file, line, NULL,
                           "a spelling with two different meanings");
    d->meaning[alias] = category;
    return DDG_OK;
}

uint32_t ddg_dimension_find(const struct ddg_dimension *d, struct ddg_text label)
{
    uint32_t alias = ddg_names_find(&d->alias, label);

    return alias == DDG_NO_NAME ? ddg_names_find(&d->category, label) : d->meaning[alias];
}

static enum ddg_error read_files(struct ddg_dimension *d, const struct ddg_description *description,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < description->aliases.count; i++)
        if (ddg_text_equal(description->aliases.item[i].dimension, d->name))
            error = read_pairs(d, description->aliases.item[i].value, "spelling", "meaning",
                               take_alias, context);
    for (size_t i = 0; !error && i < description->hierarchies.count; i++)
        if (ddg_text_equal(description->hierarchies.item[i].dimension, d->name))
            error = read_pairs(d, description->hierarchies.item[i].value, "child", "parent",
                               take_parent, context);
    return error;
}

static enum ddg_error read_rows(struct ddg_dimension *d, const struct ddg_table *table,
                                struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(&d->of_row, table->rows, sizeof *d->of_row, context);

    for (size_t row = 0; !error && row < table->rows; row++) {
        struct ddg_text label = ddg_table_field(table, row, d->column);
        uint32_t alias = ddg_names_find(&d->alias, label);

        if (alias != DDG_NO_NAME)
            d->of_row[row] = d->meaning[alias];
        else
            error = add_category(d, label, &d->of_row[row], context);
    }
    return error;
}

/* Gives every top category the total as its parent, and finds heights; a cycle never ends. */
static enum ddg_error finish_tree(struct ddg_dimension *d, bool has_total,
                                  struct ddg_context *context)
{
    uint32_t count = d->category.count;
    enum ddg_error error = ddg_allocate(&d->height, count, sizeof *d->height, context);

    for (uint32_t i = 0; !error && has_total && i < count; i++)
        if (i != d->total && d->parent[i] == DDG_NO_NAME)
            d->parent[i] = d->total;
    for (uint32_t i = 0; !error && i < count; i++) {
        uint32_t steps = 0;

        for (uint32_t at = i; d->parent[at] != DDG_NO_NAME; at = d->parent[at]) {
            if (++steps > count)
                return ddg_fail(context, DDG_INPUT,
                                "the hierarchy of '%.*s' has a category below itself",
                                (int)d->name.length, d->name.at);
            if (d->height[d->parent[at]] < steps)
                d->height[d->parent[at]] = steps;
            if (d->highest < steps)
                d->highest = steps;
        }
    }
    return error;
}

enum ddg_error ddg_dimension_read(struct ddg_dimension *d, const struct ddg_table *table,
                                  size_t column, const struct ddg_description *description,
                                  struct ddg_context *context)
{
    enum ddg_error error;

    *d = (struct ddg_dimension){.name = table->name[column], .column = column};
    d->overlapping = ddg_list_has(&description->overlapping, d->name);
    ddg_names_init(&d->category);
    ddg_names_init(&d->alias);
    if ((error = add_category(d, ddg_description_total(description, d->name), &d->total, context)))
        return error;
    if ((error = read_files(d, description, context)) || (error = read_rows(d, table, context)))
        return error;
    return finish_tree(d, !ddg_list_has(&description->by, d->name), context);
}

void ddg_dimension_free(struct ddg_dimension *d)
{
    ddg_names_free(&d->category);
    ddg_names_free(&d->alias);
    free(d->parent);
    free(d->height);
    free(d->of_row);
    free(d->meaning);
    *d = (struct ddg_dimension){0};
}
