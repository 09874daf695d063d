#include "rules/population.h"

#include "base/number.h"
#include "csv/reader.h"

#include <stdlib.h>

/* The populations of a file, keyed by the categories of the dimensions that it has. */
struct registry {
    const struct ddg_model *model;
    const struct ddg_description *description;
    struct ddg_context *context;
    size_t *dimension; /* of the table: those that the file has */
    size_t *column;    /* of the file, for each of them */
    size_t dimensions;
    size_t population;     /* column of the file */
    struct ddg_names keys; /* a key is the categories' numbers, as bytes */
    uint64_t *people;
    size_t people_room;
    uint32_t *category; /* a key under construction */
};

static struct ddg_text key_of(const struct registry *r)
{
    return (struct ddg_text){(const char *)r->category, r->dimensions * sizeof *r->category};
}

static bool parse(const struct ddg_description *description, struct ddg_text text, uint64_t *people)
{
    return description->loose ? ddg_parse_grouped(text, people) : ddg_parse_unsigned(text, people);
}

static enum ddg_error match_columns(struct registry *r, const struct ddg_csv *csv, const char *path)
{
    enum ddg_error error;

    if ((error = ddg_csv_find(csv, ddg_text_of("population"), &r->population, r->context)))
        return error;
    for (size_t d = 0; d < r->model->dimensions; d++)
        for (size_t i = 0; i < ddg_csv_columns(csv); i++)
            if (ddg_text_equal(ddg_csv_name(csv, i), r->model->dimension[d].name)) {
                r->dimension[r->dimensions] = d;
                r->column[r->dimensions++] = i;
                break;
            }
    if (r->dimensions == 0)
        return ddg_fail(r->context, DDG_USAGE, "%s: no column is a dimension of the table", path);
    return DDG_OK;
}

static enum ddg_error keep_record(struct registry *r, const struct ddg_csv *csv,
                                  const struct ddg_record *record)
{
    uint32_t before = r->keys.count, key;
    enum ddg_error error;
    uint64_t people;

    if (!parse(r->description, record->field[r->population], &people))
        return ddg_csv_fail(csv, record->line, r->population, r->context, "not a whole number");
    for (size_t i = 0; i < r->dimensions; i++) {
        r->category[i] =
            ddg_dimension_find(&r->model->dimension[r->dimension[i]], record->field[r->column[i]]);
        if (r->category[i] == DDG_NO_NAME)
            return DDG_OK; /* an area that the table does not have */
    }
    if ((error = ddg_names_add(&r->keys, key_of(r), &key, r->context)) ||
        (error =
             ddg_grow(&r->people, &r->people_room, r->keys.count, sizeof *r->people, r->context)))
        return error;
    if (r->keys.count == before)
        return ddg_csv_fail(csv, record->line, r->population, r->context,
                            "a second population for the same cells: has the file a dimension "
                            "that the table lacks?");
    r->people[key] = people;
    return DDG_OK;
}

static enum ddg_error read_register(struct registry *r, const char *path)
{
    const char *paths[] = {path};
    struct ddg_csv_options options = {r->description->delimiter, 0, r->description->loose};
    struct ddg_csv *csv = NULL;
    bool more = true;
    enum ddg_error error = ddg_csv_open(&csv, paths, 1, &options, r->context);

    if (!error)
        error = match_columns(r, csv, path);
    while (!error && more) {
        struct ddg_record record;

        error = ddg_csv_next(csv, &record, &more, r->context);
        if (!error && more)
            error = keep_record(r, csv, &record);
    }
    ddg_csv_close(csv);
    return error;
}

/* Looks r->category up; where the file has no such row, adds up the children of its first category
 * that has any.  False when some part is not found. */
static bool look_up(struct registry *r, uint64_t *people)
{
    uint32_t key = ddg_names_find(&r->keys, key_of(r));

    if (key != DDG_NO_NAME) {
        *people = r->people[key];
        return true;
    }
    for (size_t i = 0; i < r->dimensions; i++) {
        const struct ddg_dimension *d = &r->model->dimension[r->dimension[i]];
        uint32_t parent = r->category[i];
        bool found = true;

        if (d->height[parent] == 0)
            continue;
        *people = 0;
        for (uint32_t child = 0; found && child < d->category.count; child++) {
            uint64_t part;

            if (d->parent[child] != parent)
                continue;
            r->category[i] = child;
            found = look_up(r, &part) && ddg_add_unsigned(people, part);
        }
        r->category[i] = parent;
        return found;
    }
    return false;
}

static enum ddg_error read_file(struct ddg_population *population, struct registry *r,
                                const char *path)
{
    size_t room = r->model->dimensions;
    enum ddg_error error;

    ddg_names_init(&r->keys);
    if (!(error = ddg_allocate(&r->dimension, room, sizeof *r->dimension, r->context)) &&
        !(error = ddg_allocate(&r->column, room, sizeof *r->column, r->context)) &&
        !(error = ddg_allocate(&r->category, room, sizeof *r->category, r->context)))
        error = read_register(r, path);
    for (uint32_t row = 0; !error && row < r->model->printed; row++) {
        for (size_t i = 0; i < r->dimensions; i++)
            r->category[i] = ddg_model_category(r->model, row, r->dimension[i]);
        population->found[row] = look_up(r, &population->people[row]);
    }
    free(r->dimension);
    free(r->column);
    free(r->category);
    free(r->people);
    ddg_names_free(&r->keys);
    return error;
}

static enum ddg_error read_column(struct ddg_population *population, const struct ddg_table *table,
                                  const struct ddg_description *description, size_t column,
                                  struct ddg_context *context)
{
    for (size_t row = 0; row < table->rows; row++) {
        struct ddg_text field = ddg_table_field(table, row, column);

        population->found[row] = field.length > 0;
        if (field.length > 0 && !parse(description, field, &population->people[row]))
            return ddg_table_fail(table, row, column, context, "not a whole number");
    }
    return DDG_OK;
}

enum ddg_error ddg_population_read(struct ddg_population *population, const struct ddg_model *model,
                                   const struct ddg_description *description, const char *source,
                                   struct ddg_context *context)
{
    struct registry r = {.model = model, .description = description, .context = context};
    size_t rows = model->table->rows, column;
    enum ddg_error error;

    *population = (struct ddg_population){0};
    if ((error = ddg_allocate(&population->people, rows, sizeof *population->people, context)) ||
        (error = ddg_allocate(&population->found, rows, sizeof *population->found, context)))
        return error;
    if (!source)
        return DDG_OK;
    column = ddg_table_find(model->table, source);
    if (column != DDG_NO_COLUMN)
        return read_column(population, model->table, description, column, context);
    return read_file(population, &r, source);
}

void ddg_population_free(struct ddg_population *population)
{
    free(population->people);
    free(population->found);
    *population = (struct ddg_population){0};
}
