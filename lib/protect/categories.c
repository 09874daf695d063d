#include "protect/categories.h"

#include <stdlib.h>

/* Finds out which categories of a dimension have a label in the column of a level, or are parts of
 * one that has. */
static enum ddg_error find_labelled(const struct ddg_dimension *d, size_t level,
                                    struct ddg_text label, bool with_parts, bool **labelled,
                                    struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(labelled, d->category.count, sizeof **labelled, context);
    bool up = with_parts && !ddg_text_equal(label, d->level[level].total);

    for (uint32_t i = 0; !error && i < d->category.count; i++)
        for (uint32_t at = i; at != DDG_NO_NAME && !(*labelled)[i];
             at = up ? d->parent[at] : DDG_NO_NAME)
            (*labelled)[i] = ddg_text_equal(ddg_dimension_label(d, at, level), label);
    return error;
}

static enum ddg_error mark(const struct ddg_model *m, size_t dim, struct ddg_text wanted,
                           bool with_parts, bool *marked, bool *any, struct ddg_context *context)
{
    size_t place = m->place[2 * dim], level = m->place[2 * dim + 1];
    const struct ddg_dimension *d = &m->dimension[place];
    struct ddg_text label = ddg_level_meaning(&d->level[level], wanted);
    bool *labelled;
    enum ddg_error error = find_labelled(d, level, label, with_parts, &labelled, context);

    if (error)
        return error;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        if (labelled[ddg_model_category(m, cell, place)]) {
            *any = true;
            if (marked)
                marked[cell] = true;
        }
    free(labelled);
    return DDG_OK;
}

enum ddg_error ddg_categories_occur(const struct ddg_model *m,
                                    const struct ddg_of_dimension *category, bool *occurs,
                                    struct ddg_context *context)
{
    size_t dim;
    enum ddg_error error = ddg_table_need_dim(m->table, category->dimension, &dim, context);

    return error ? error : mark(m, dim, category->value, false, NULL, occurs, context);
}

enum ddg_error ddg_categories_mark(const struct ddg_model *m,
                                   const struct ddg_of_dimensions *categories, bool with_parts,
                                   bool *marked, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;
    bool any = false;

    for (size_t i = 0; !error && i < categories->count; i++) {
        size_t dim;

        error = ddg_table_need_dim(m->table, categories->item[i].dimension, &dim, context);
        if (!error)
            error = mark(m, dim, categories->item[i].value, with_parts, marked, &any, context);
    }
    return error;
}

/* Puts behind each category the next that appears in the rows and has the same parent. */
static void find_next(const struct ddg_model *m, const struct ddg_dimension *d, uint32_t *next,
                      uint32_t *last)
{
    for (uint32_t i = 0; i <= d->category.count; i++)
        next[i] = last[i] = DDG_NO_NAME;
    for (size_t row = 0; row < m->table->rows; row++) {
        uint32_t category = d->of_row[row], parent = d->parent[category];
        uint32_t *newest = &last[parent == DDG_NO_NAME ? d->category.count : parent];

        if (next[category] != DDG_NO_NAME || category == d->total)
            continue;
        /* the newest points to itself, so that every category that was seen points somewhere */
        next[category] = category;
        if (*newest != DDG_NO_NAME)
            next[*newest] = category;
        *newest = category;
    }
}

enum ddg_error ddg_categories_mark_beside(const struct ddg_model *m, size_t dimension,
                                          const bool *some, bool *beside,
                                          struct ddg_context *context)
{
    const struct ddg_dimension *d = &m->dimension[dimension];
    uint32_t *next, *last = NULL;
    enum ddg_error error =
        ddg_allocate(&next, (size_t)d->category.count + 1, sizeof *next, context);

    if (!error)
        error = ddg_allocate(&last, (size_t)d->category.count + 1, sizeof *last, context);
    if (!error)
        find_next(m, d, next, last);
    for (uint32_t cell = 0; !error && cell < m->cells; cell++) {
        uint32_t category = ddg_model_category(m, cell, dimension), other;

        if (next[category] == DDG_NO_NAME || next[category] == category)
            continue;
        other = ddg_model_neighbour(m, cell, dimension, next[category]);
        if (other == DDG_NO_CELL)
            continue;
        beside[other] = beside[other] || some[cell];
        beside[cell] = beside[cell] || some[other];
    }
    free(next);
    free(last);
    return error;
}
