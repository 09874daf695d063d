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
                         struct ddg_people_gaps *gaps)
{
    size_t used = 0, size = sizeof gaps->dimensions;
    char *lacks = gaps->dimensions;

    for (size_t d = 0; d < m->dimensions && used < size; d++) {
        struct ddg_text name = m->dimension[d].level[m->dimension[d].levels - 1].name;

        if (!ddg_registry_has(registry, d))
            used += (size_t)snprintf(lacks + used, size - used, "%s'%.*s'", used > 0 ? " or " : "",
                                     (int)name.length, name.at);
    }
}

/* Names a category that the file lacks: a total need not be there, since it is the sum of others.
 */
static void name_category(const struct ddg_registry *registry, const struct ddg_model *m,
                          const uint32_t *category, struct ddg_people_gaps *gaps)
{
    for (size_t d = 0; d < m->dimensions && !*gaps->category; d++) {
        const struct ddg_dimension *dimension = &m->dimension[d];
        size_t level = dimension->levels - 1;
        struct ddg_text name = dimension->level[level].name,
                        label = ddg_dimension_label(dimension, category[d], level);

        if (category[d] != dimension->total && dimension->height[category[d]] == 0 &&
            ddg_registry_lacks(registry, d, category[d]))
            snprintf(gaps->category, sizeof gaps->category, "%.*s=%.*s", (int)name.length, name.at,
                     (int)label.length, label.at);
    }
}

static enum ddg_error read_file(uint64_t *people, const struct ddg_model *model,
                                const struct ddg_description *description, const char *path,
                                struct ddg_people_gaps *gaps, struct ddg_context *context)
{
    struct ddg_registry *registry = NULL;
    uint32_t *category;
    bool found = false;
    enum ddg_error error = ddg_allocate(&category, model->dimensions, sizeof *category, context);

    if (!error)
        error = ddg_registry_open(&registry, model->dimension, model->dimensions, description, path,
                                  context);
    if (!error)
        name_lacking(registry, model, gaps);
    for (uint32_t row = 0; !error && row < model->printed; row++) {
        for (size_t d = 0; d < model->dimensions; d++)
            category[d] = ddg_model_category(model, row, d);
        error = ddg_registry_find(registry, category, &people[row], &found);
        if (found || error)
            continue;
        people[row] = 0;
        name_category(registry, model, category, gaps);
    }
    ddg_registry_close(registry);
    free(category);
    return error;
}

enum ddg_error ddg_people_read(uint64_t *people, const struct ddg_model *model,
                               const struct ddg_description *description, const char *source,
                               struct ddg_people_gaps *gaps, struct ddg_context *context)
{
    size_t column = ddg_table_find(model->table, ddg_text_of(source));

    return column != DDG_NO_COLUMN ? read_column(people, model, description, column, context)
                                   : read_file(people, model, description, source, gaps, context);
}
