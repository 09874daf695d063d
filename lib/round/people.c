#include "round/people.h"

#include "rules/population.h"

#include <stdio.h>
#include <stdlib.h>

static enum ddg_error read_column(uint64_t *people, const struct ddg_model *model,
                                  const struct ddg_description *description, size_t column,
                                  struct ddg_context *context)
{
    const struct ddg_table *t = model->table;

    for (uint32_t row = 0; row < model->printed; row++) {
        struct ddg_text field = ddg_table_field(t, row, column);

        if (field.length > 0 && !ddg_description_number(description, field, &people[row]))
            return ddg_table_fail(t, row, column, context, "not a whole number");
    }
    return DDG_OK;
}

/* A file has a dimension when it has the lowest of its columns. */
static void name_lacking(const struct ddg_registry *registry, const struct ddg_model *m,
                         char *lacks, size_t size)
{
    size_t used = 0;

    for (size_t d = 0; d < m->dimensions && used < size; d++) {
        struct ddg_text name = m->dimension[d].level[m->dimension[d].levels - 1].name;

        if (!ddg_registry_has(registry, d))
            used += (size_t)snprintf(lacks + used, size - used, "%s'%.*s'", used > 0 ? " or " : "",
                                     (int)name.length, name.at);
    }
}

static enum ddg_error read_file(uint64_t *people, const struct ddg_model *model,
                                const struct ddg_description *description, const char *path,
                                char *lacks, size_t size, struct ddg_context *context)
{
    struct ddg_registry *registry = NULL;
    uint32_t *category;
    bool found = false;
    enum ddg_error error = ddg_allocate(&category, model->dimensions, sizeof *category, context);

    if (!error)
        error = ddg_registry_open(&registry, model->dimension, model->dimensions, description, path,
                                  context);
    if (!error)
        name_lacking(registry, model, lacks, size);
    for (uint32_t row = 0; !error && row < model->printed; row++) {
        for (size_t d = 0; d < model->dimensions; d++)
            category[d] = ddg_model_category(model, row, d);
        error = ddg_registry_find(registry, category, &people[row], &found);
        if (!found)
            people[row] = 0;
    }
    ddg_registry_close(registry);
    free(category);
    return error;
}

enum ddg_error ddg_people_read(uint64_t *people, const struct ddg_model *model,
                               const struct ddg_description *description, const char *source,
                               char *lacks, size_t size, struct ddg_context *context)
{
    size_t column = ddg_table_find(model->table, ddg_text_of(source));

    return column != DDG_NO_COLUMN
               ? read_column(people, model, description, column, context)
               : read_file(people, model, description, source, lacks, size, context);
}
