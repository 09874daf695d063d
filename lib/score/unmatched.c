#include "score/unmatched.h"

#include <stdio.h>

enum { NAMED = 5 };

static const char *file_of(const struct ddg_table *table, size_t row)
{
    size_t part = table->parts - 1;

    while (part > 0 && table->part[part].first > row)
        part--;
    return table->part[part].file;
}

/* Of one dimension. */
static enum ddg_error note(struct ddg_notices *notices, const struct ddg_intake *in,
                           const struct ddg_cells *cells, size_t dimension, const char *population,
                           struct ddg_context *context)
{
    const struct ddg_dimension *d = &in->dimension[dimension];
    const struct ddg_level *level = &d->level[d->levels - 1];
    const struct group *group = &in->group[dimension];
    struct ddg_notice notice = {"R-DEN-2",      false, DDG_WHOLE_TABLE, 0, level->column,
                                DDG_NO_MEASURE, NULL};
    uint32_t lacking = 0, categories = 0;
    char lines[256] = "";
    size_t used = 0;

    for (uint32_t i = 0; i < group->label.count; i++) {
        uint32_t category = in->category[dimension][i];
        size_t row = group->row[i];

        if (category == d->total || d->height[category] > 0)
            continue;
        categories++;
        if (!ddg_registry_lacks(cells->registry, dimension, category))
            continue;
        if (lacking++ < NAMED)
            used += (size_t)snprintf(lines + used, sizeof lines - used, "%s%.32s:%llu",
                                     lacking > 1 ? ", " : "", file_of(&in->sample, row),
                                     (unsigned long long)in->sample.line[row]);
    }
    if (lacking == 0)
        return DDG_OK;
    notice.text = ddg_notices_text(
        notices, context,
        "%s has no population for %u of %u categories of column '%.*s', which fail: %s%s",
        population, (unsigned)lacking, (unsigned)categories, (int)level->name.length,
        level->name.at, lines, lacking > NAMED ? " and further on" : "");
    return notice.text ? ddg_notices_add(notices, &notice, context) : DDG_MEMORY;
}

enum ddg_error ddg_unmatched_note(struct ddg_notices *notices, const struct ddg_intake *intake,
                                  const struct ddg_cells *cells, const char *population,
                                  struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && cells->registry && d < intake->dimensions; d++)
        if (ddg_registry_has(cells->registry, d))
            error = note(notices, intake, cells, d, population, context);
    return error;
}
