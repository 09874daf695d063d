#include "attack/crosscut.h"

#include <stdlib.h>
#include <string.h>

/* True when a line along the dimension adds up to the cell. */
static bool has_line(const struct ddg_model *m, uint32_t cell, size_t d)
{
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        if (m->line_dimension[m->cell_line[i]] == d &&
            m->line_cell[m->line_start[m->cell_line[i]]] == cell)
            return true;
    return false;
}

/* The categories that a release has for a combination in the dimensions of a margin, and of others
 * the total; false where it lacks one. */
static bool find_categories(const struct ddg_crosscut *c, const struct ddg_margin_count *sample,
                            const uint32_t *index, uint32_t *category)
{
    const struct ddg_crossing_work *x = c->x;
    const struct ddg_model *m = ddg_work_model(x, sample->release);
    const struct ddg_forest_table *table = &x->forest.table[sample->release];

    for (size_t d = 0; d < m->dimensions; d++) {
        uint32_t node;
        size_t side = 0;

        category[d] = ddg_model_category(m, sample->cell, d);
        if (table->tree[d] == DDG_NO_NAME)
            continue;
        node = table->node[d][category[d]];
        while (side < c->cube->sides && c->tree[side] != table->tree[d])
            side++;
        if (side < c->cube->sides && x->forest.parent[node] != DDG_NO_NAME)
            node = c->leaf[side][index[side]];
        else
            node = ddg_forest_root(&x->forest, node);
        category[d] = table->category[node];
        if (category[d] == DDG_NO_NAME)
            return false;
    }
    return true;
}

/* True when a margin has no count for a combination, and a line says that it lacks nobody. */
static bool is_nobody(const struct ddg_crosscut *c, const struct ddg_margin_count *sample,
                      const uint32_t *index, uint32_t *category)
{
    const struct ddg_model *m = ddg_work_model(c->x, sample->release);

    if (!find_categories(c, sample, index, category) || ddg_model_find(m, category) != DDG_NO_CELL)
        return false;
    for (size_t d = 0; d < m->dimensions; d++) {
        uint32_t kept = category[d], cell = DDG_NO_CELL;

        while (cell == DDG_NO_CELL && m->dimension[d].parent[category[d]] != DDG_NO_NAME) {
            category[d] = m->dimension[d].parent[category[d]];
            cell = ddg_model_find(m, category);
        }
        category[d] = kept;
        if (cell != DDG_NO_CELL && has_line(m, cell, d))
            return true;
    }
    return false;
}

/* Marks the combinations in which a margin, of which `sample` is a count, has nobody. */
static enum ddg_error mark_missing(struct ddg_crosscut *c, const struct ddg_margin_count *sample,
                                   size_t cells)
{
    uint64_t margin = UINT64_C(1) << sample->margin;
    struct ddg_crossing_sum all = {0};
    struct ddg_crossing_at at = {0};
    uint32_t zero[DDG_CROSSING_SIDES] = {0}, *category;
    size_t dimensions = ddg_work_model(c->x, sample->release)->dimensions;
    enum ddg_error error = ddg_allocate(&category, dimensions, sizeof *category, c->x->context);

    if (error)
        return error;
    all.from = zero;
    all.to = c->cube->size;
    memset(c->met, 0, cells * sizeof *c->met);
    for (size_t i = 0; i < c->cube->sums; i++)
        if (c->margin[i] & margin)
            ddg_crosscut_mark(c, &c->cube->sum[i], c->met);
    while (ddg_crossing_next(c->cube, &all, &at))
        if (!c->met[at.place] && !c->gone[at.place])
            c->gone[at.place] = is_nobody(c, sample, at.index, category);
    free(category);
    return DDG_OK;
}

/* For all margins of the knot, in each table that has them. */
enum ddg_error ddg_crosscut_mark_nobody(struct ddg_crosscut *c,
                                        const struct ddg_margin_count *entry, size_t entries,
                                        size_t cells)
{
    uint64_t *done;
    enum ddg_error error =
        ddg_allocate(&done, c->x->publication->releases, sizeof *done, c->x->context);

    for (size_t i = 0; !error && i < entries; i++) {
        uint64_t margin = UINT64_C(1) << entry[i].margin;

        if (!(c->knot & margin) || (done[entry[i].release] & margin))
            continue;
        done[entry[i].release] |= margin;
        error = mark_missing(c, &entry[i], cells);
    }
    free(done);
    return error;
}
