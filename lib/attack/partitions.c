#include "attack/partitions.h"

static bool is_partition(const struct ddg_description *description,
                         const struct ddg_dimension *dimension)
{
    const struct ddg_list *list = &description->partitions;

    for (size_t i = 0; i + 1 < list->count; i += 2)
        if (ddg_text_equal(list->item[i], dimension->level[0].name))
            return true;
    return false;
}

/* True when what two totals of partitions add up, along other dimensions, are the same numbers,
 * too: else one of them lacks what the other has. */
static bool same_coverage(const struct ddg_publication *p, size_t release, size_t dimension,
                          uint32_t cell, uint32_t twin)
{
    const struct ddg_model *m = &p->release[release].model;
    uint32_t category = ddg_model_category(m, twin, dimension), parts = 0;

    if (cell < m->printed && twin < m->printed)
        return true;
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        size_t first = m->line_start[line];

        if (m->line_cell[first] != cell || m->line_dimension[line] == dimension)
            continue;
        for (size_t c = first + 1; c < m->line_start[line + 1]; c++) {
            uint32_t other = ddg_model_neighbour(m, m->line_cell[c], dimension, category);

            if (other == DDG_NO_CELL ||
                ddg_slot_first(p, ddg_slot(p, release, 0, m->line_cell[c])) !=
                    ddg_slot_first(p, ddg_slot(p, release, 0, other)))
                return false;
            parts++;
        }
    }
    for (size_t i = m->cell_start[twin]; i < m->cell_start[twin + 1]; i++) {
        uint32_t line = m->cell_line[i];

        if (m->line_cell[m->line_start[line]] == twin && m->line_dimension[line] != dimension)
            parts -= (uint32_t)(m->line_start[line + 1] - m->line_start[line] - 1);
    }
    return parts == 0;
}

/* Joins the cell, a total of one partition, with the totals of the others that come before it. */
static enum ddg_error join_partitions(struct ddg_publication *p, size_t release, uint32_t cell,
                                      size_t dimension, struct ddg_context *context)
{
    const struct ddg_model *m = &p->release[release].model;
    const struct ddg_dimension *d = &m->dimension[dimension];
    uint32_t own = ddg_model_category(m, cell, dimension);
    enum ddg_error error = DDG_OK;

    if (d->parent[own] != DDG_NO_NAME)
        return DDG_OK;
    for (uint32_t other = 0; !error && other < d->category.count; other++) {
        uint32_t twin;

        if (d->parent[other] != DDG_NO_NAME || other == own)
            continue;
        twin = ddg_model_neighbour(m, cell, dimension, other);
        if (twin == DDG_NO_CELL || !same_coverage(p, release, dimension, cell, twin))
            continue;
        for (size_t i = 0; !error && i < p->release[release].table->measures; i++)
            error = ddg_slot_join(p, ddg_slot(p, release, i, twin), ddg_slot(p, release, i, cell),
                                  context);
    }
    return error;
}

static enum ddg_error join_release(struct ddg_publication *p, size_t release,
                                   struct ddg_context *context)
{
    const struct ddg_model *m = &p->release[release].model;
    uint32_t rows = m->printed + m->absent;
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; !error && d < m->dimensions; d++) {
        if (!is_partition(p->release[release].description, &m->dimension[d]))
            continue;
        /* parts come before what they are parts of */
        for (uint32_t i = 0; !error && i < m->cells; i++)
            error = join_partitions(p, release, i < rows ? i : m->by_height[i - rows], d, context);
    }
    return error;
}

enum ddg_error ddg_partitions_join(struct ddg_publication *p, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < p->releases; i++)
        error = join_release(p, i, context);
    return error;
}
