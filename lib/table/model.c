#include "table/model_parts.h"

#include "table/advice.h"
#include "table/nesting.h"

#include <stdlib.h>

/* Cells -------------------------------------------------------------------------------------- */

uint32_t ddg_model_category(const struct ddg_model *m, uint32_t cell, size_t dimension)
{
    return (uint32_t)(m->key[cell] / m->stride[dimension] % m->dimension[dimension].category.count);
}

struct ddg_text ddg_model_label(const struct ddg_model *m, uint32_t cell, size_t dim)
{
    size_t d = m->place[2 * dim], level = m->place[2 * dim + 1];

    return ddg_dimension_label(&m->dimension[d], ddg_model_category(m, cell, d), level);
}

static size_t find_slot(const struct ddg_model *m, uint64_t key)
{
    size_t at = ddg_hash_word(&m->hash, key) & (m->slots - 1);

    while (m->slot[at] != DDG_NO_CELL && m->key[m->slot[at]] != key)
        at = (at + 1) & (m->slots - 1);
    return at;
}

enum ddg_error ddg_model_grow_slots(struct ddg_model *m, struct ddg_context *context)
{
    size_t slots = m->slots ? m->slots * 2 : 256;
    uint32_t *slot = malloc(slots * sizeof *slot);

    if (!slot)
        return ddg_fail_memory(context);
    for (size_t i = 0; i < slots; i++)
        slot[i] = DDG_NO_CELL;
    free(m->slot);
    m->slot = slot;
    m->slots = slots;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        m->slot[find_slot(m, m->key[cell])] = cell;
    return DDG_OK;
}

enum ddg_error ddg_model_add_cell(struct ddg_model *m, uint64_t key, uint32_t *cell,
                                  struct ddg_context *context)
{
    enum ddg_error error;
    size_t at;

    if (m->cells >= m->slots / 2 && (error = ddg_model_grow_slots(m, context)))
        return error;
    at = find_slot(m, key);
    if (m->slot[at] == DDG_NO_CELL) {
        if (m->cells == DDG_NO_CELL - 1)
            return ddg_fail(context, DDG_LIMIT, "more than 4 thousand million cells");
        error = ddg_grow(&m->key, &m->key_room, (size_t)m->cells + 1, sizeof *m->key, context);
        if (error)
            return error;
        m->key[m->cells] = key;
        m->slot[at] = m->cells++;
    }
    *cell = m->slot[at];
    return DDG_OK;
}

uint32_t ddg_model_find_key(const struct ddg_model *m, uint64_t key)
{
    return m->slot[find_slot(m, key)];
}

uint32_t ddg_model_find(const struct ddg_model *m, const uint32_t *category)
{
    uint64_t key = 0;

    for (size_t d = 0; d < m->dimensions; d++)
        key += category[d] * m->stride[d];
    return ddg_model_find_key(m, key);
}

uint32_t ddg_model_neighbour(const struct ddg_model *m, uint32_t cell, size_t dimension,
                             uint32_t category)
{
    uint64_t key =
        ddg_model_changed_key(m, cell, dimension, ddg_model_category(m, cell, dimension), category);

    return m->slot[find_slot(m, key)];
}

static enum ddg_error make_strides(struct ddg_model *m, struct ddg_context *context)
{
    uint64_t stride = 1;

    for (size_t d = 0; d < m->dimensions; d++) {
        m->stride[d] = stride;
        if (__builtin_mul_overflow(stride, (uint64_t)m->dimension[d].category.count, &stride))
            return ddg_fail(context, DDG_LIMIT, "%s: too many categories in too many dimensions",
                            m->table->file);
    }
    return DDG_OK;
}

static uint64_t row_key(const struct ddg_model *m, uint32_t row)
{
    uint64_t key = 0;

    for (size_t d = 0; d < m->dimensions; d++)
        key += m->dimension[d].of_row[row] * m->stride[d];
    return key;
}

static enum ddg_error add_rows(struct ddg_model *m, const struct ddg_description *description,
                               struct ddg_context *context)
{
    for (uint32_t row = 0; row < m->table->rows; row++) {
        enum ddg_error error;
        uint32_t cell;

        if ((error = ddg_model_add_cell(m, row_key(m, row), &cell, context)))
            return error;
        if (cell != row)
            return ddg_fail_at(context, DDG_INPUT, ddg_table_file(m->table, row),
                               m->table->line[row], NULL,
                               "the same cell stands in line %llu already%s",
                               (unsigned long long)m->table->line[cell],
                               ddg_advice_repeat(description, m->table, cell, row));
    }
    m->printed = m->cells;
    return DDG_OK;
}

static enum ddg_error add_absent(struct ddg_model *m, const uint64_t *keys, size_t count,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;
    uint32_t cell;

    for (size_t i = 0; !error && i < count; i++)
        error = ddg_model_add_cell(m, keys[i], &cell, context);
    m->absent = m->cells - m->printed;
    return error;
}

/* Each row implies up to 2^d totals in d dimensions, so that a file with many columns that are no
 * dimensions at all would fill any memory. */
enum { IMPLIED_AT_LEAST = 1000000, IMPLIED_PER_ROW = 256 };

static enum ddg_error add_implied(struct ddg_model *m, struct ddg_context *context)
{
    uint64_t most = IMPLIED_AT_LEAST + (uint64_t)m->cells * IMPLIED_PER_ROW;

    for (uint32_t cell = 0; cell < m->cells; cell++) {
        if (m->cells > most)
            return ddg_fail(context, DDG_LIMIT,
                            "%s: %zu dimensions imply too many totals: name the dimensions with "
                            "--dims, or with --by those that nobody adds up over",
                            m->table->file, m->table->dims);
        for (size_t d = 0; d < m->dimensions; d++) {
            uint32_t category = ddg_model_category(m, cell, d);
            uint32_t parent = m->dimension[d].parent[category], above;
            enum ddg_error error;

            if (parent == DDG_NO_NAME)
                continue;
            error = ddg_model_add_cell(m, ddg_model_changed_key(m, cell, d, category, parent),
                                       &above, context);
            if (error)
                return error;
        }
    }
    return DDG_OK;
}

static enum ddg_error add_beyond(struct ddg_model *m, struct ddg_context *context)
{
    const struct ddg_table *t = m->table;
    enum ddg_error error = ddg_allocate(&m->beyond, t->beyond, sizeof *m->beyond, context);

    m->own = m->cells;
    for (size_t i = 0; !error && i < t->beyond; i++)
        error = ddg_model_add_cell(m, row_key(m, (uint32_t)(t->rows + i)), &m->beyond[i], context);
    return error || t->beyond == 0 ? error : add_implied(m, context);
}

uint32_t ddg_model_height(const struct ddg_model *m, uint32_t cell)
{
    uint32_t height = 0;

    for (size_t d = 0; d < m->dimensions; d++)
        height += m->dimension[d].height[ddg_model_category(m, cell, d)];
    return height;
}

bool ddg_model_has_totals(const struct ddg_model *m)
{
    for (uint32_t cell = 0; cell < m->printed; cell++)
        if (ddg_model_height(m, cell) > 0)
            return true;
    return false;
}

/* Sorts the implied cells by height, counting. */
static enum ddg_error sort_implied(struct ddg_model *m, struct ddg_context *context)
{
    uint32_t first = m->printed + m->absent, highest = 0, *start;
    enum ddg_error error;

    if ((error = ddg_allocate(&m->by_height, m->cells - first, sizeof *m->by_height, context)))
        return error;
    for (size_t d = 0; d < m->dimensions; d++)
        highest += m->dimension[d].highest;
    if ((error = ddg_allocate(&start, (size_t)highest + 2, sizeof *start, context)))
        return error;
    for (uint32_t cell = first; cell < m->cells; cell++)
        start[ddg_model_height(m, cell) + 1]++;
    for (uint32_t h = 0; h <= highest; h++)
        start[h + 1] += start[h];
    for (uint32_t cell = first; cell < m->cells; cell++)
        m->by_height[start[ddg_model_height(m, cell)]++] = cell;
    free(start);
    return DDG_OK;
}

/* Whole -------------------------------------------------------------------------------------- */

/* Numbers the rows of each cell from 1. */
static enum ddg_error number_repeats(const struct ddg_model *m, uint32_t *number,
                                     struct ddg_context *context)
{
    struct ddg_names cells;
    uint32_t *seen = NULL, cell;
    enum ddg_error error = ddg_allocate(&seen, m->table->rows, sizeof *seen, context);

    ddg_names_init(&cells);
    for (uint32_t row = 0; !error && row < m->table->rows; row++) {
        uint64_t key = row_key(m, row);

        error = ddg_names_add(&cells, (struct ddg_text){(const char *)&key, sizeof key}, &cell,
                              context);
        if (!error)
            number[row] = ++seen[cell];
    }
    ddg_names_free(&cells);
    free(seen);
    return error;
}

/* With --repeats: a dimension more, so that rows that repeat a cell stand in tables apart. */
static enum ddg_error add_repeats(struct ddg_model *m, struct ddg_context *context)
{
    uint32_t *number;
    enum ddg_error error = ddg_allocate(&number, m->table->rows, sizeof *number, context);

    if (!error)
        error = make_strides(m, context);
    if (!error)
        error = number_repeats(m, number, context);
    if (!error)
        error = ddg_dimension_of_numbers(&m->dimension[m->dimensions++], "repeat", m->table, number,
                                         context);
    free(number);
    return error;
}

/* A dimension more, so that rows of other tables do not add up with ours. */
static enum ddg_error add_releases(struct ddg_model *m, struct ddg_context *context)
{
    return ddg_dimension_of_numbers(&m->dimension[m->dimensions++], "release", m->table,
                                    m->table->release, context);
}

static enum ddg_error add_measures(struct ddg_model *m, struct ddg_context *context)
{
    return ddg_dimension_of_numbers(&m->dimension[m->dimensions++], "equation", m->table,
                                    m->table->of_measure, context);
}

enum ddg_error ddg_model_build(struct ddg_model *model, const struct ddg_table *table,
                               const struct ddg_description *description,
                               struct ddg_context *context)
{
    return ddg_model_build_with(model, table, description, NULL, 0, context);
}

enum ddg_error ddg_model_build_with(struct ddg_model *m, const struct ddg_table *table,
                                    const struct ddg_description *description, const uint64_t *keys,
                                    size_t key_count, struct ddg_context *context)
{
    enum ddg_error error;

    *m = (struct ddg_model){.table = table, .hash = ddg_hash_key_new()};
    if (table->dims + (table->of_measure != NULL) >= UINT8_MAX)
        return ddg_fail(context, DDG_LIMIT, "%s: more than 254 dimensions", table->file);
    if ((error = ddg_allocate(&m->dimension, table->dims + 2, sizeof *m->dimension, context)) ||
        (error = ddg_allocate(&m->stride, table->dims + 2, sizeof *m->stride, context)) ||
        (error = ddg_allocate(&m->place, 2 * table->dims, sizeof *m->place, context)))
        return error;
    if ((error = ddg_dimensions_read(m->dimension, &m->dimensions, m->place, table, description,
                                     context)) ||
        (description->repeats && (error = add_repeats(m, context))) ||
        (table->of_measure && (error = add_measures(m, context))) ||
        (table->release && (error = add_releases(m, context))) ||
        (error = make_strides(m, context)) || (error = ddg_model_grow_slots(m, context)) ||
        (error = add_rows(m, description, context)) ||
        (error = add_absent(m, keys, key_count, context)) || (error = add_implied(m, context)) ||
        (error = add_beyond(m, context)) || (error = sort_implied(m, context)))
        return error;
    m->between = m->cells;
    return ddg_model_build_lines(m, context);
}

void ddg_model_free(struct ddg_model *m)
{
    for (size_t d = 0; d < m->dimensions; d++)
        ddg_dimension_free(&m->dimension[d]);
    free(m->dimension);
    free(m->stride);
    free(m->place);
    free(m->key);
    free(m->slot);
    free(m->beyond);
    free(m->by_height);
    free(m->line_start);
    free(m->line_cell);
    free(m->line_dimension);
    free(m->line_measure);
    free(m->same);
    free(m->cell_start);
    free(m->cell_line);
    *m = (struct ddg_model){0};
}
