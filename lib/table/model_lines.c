#include "table/model_parts.h"

#include <assert.h>
#include <stdlib.h>

/* The cell that `cell` is a part of along a dimension, DDG_NO_CELL for a total. */
static uint32_t parent_cell(const struct ddg_model *m, uint32_t cell, size_t dimension)
{
    uint32_t parent = m->dimension[dimension].parent[ddg_model_category(m, cell, dimension)];

    return parent == DDG_NO_NAME ? DDG_NO_CELL : ddg_model_neighbour(m, cell, dimension, parent);
}

/* Numbers the lines: number[total * dimensions + d] is 1 + the line of that total along d. */
static enum ddg_error number_lines(struct ddg_model *m, uint32_t **number, size_t *entries,
                                   struct ddg_context *context)
{
    size_t room = (size_t)m->cells * m->dimensions;
    enum ddg_error error = ddg_allocate(number, room, sizeof **number, context);

    *entries = 0;
    m->lines = 0;
    for (uint32_t cell = 0; !error && cell < m->cells; cell++)
        for (size_t d = 0; d < m->dimensions; d++) {
            uint32_t above = parent_cell(m, cell, d), *place;

            if (above == DDG_NO_CELL)
                continue;
            place = &(*number)[(size_t)above * m->dimensions + d];
            if (*place == 0) {
                if (m->lines == UINT32_MAX - 1)
                    return ddg_fail(context, DDG_LIMIT, "more than 4 thousand million lines");
                *place = ++m->lines;
                ++*entries;
            }
            ++*entries;
        }
    return error;
}

static void count_line_cells(struct ddg_model *m, const uint32_t *number)
{
    for (uint32_t cell = 0; cell < m->cells; cell++)
        for (size_t d = 0; d < m->dimensions; d++) {
            uint32_t above = parent_cell(m, cell, d), line;

            if (above == DDG_NO_CELL)
                continue;
            line = number[(size_t)above * m->dimensions + d] - 1;
            if (m->line_start[line + 1]++ == 0) {
                m->line_start[line + 1]++;
                m->line_dimension[line] = (uint8_t)d;
            }
        }
    for (uint32_t line = 0; line < m->lines; line++)
        m->line_start[line + 1] += m->line_start[line];
}

static enum ddg_error fill_lines(struct ddg_model *m, const uint32_t *number,
                                 struct ddg_context *context)
{
    size_t *next;
    enum ddg_error error = ddg_allocate(&next, m->lines, sizeof *next, context);

    for (uint32_t cell = 0; !error && cell < m->cells; cell++)
        for (size_t d = 0; d < m->dimensions; d++) {
            uint32_t above = parent_cell(m, cell, d), line;

            if (above == DDG_NO_CELL)
                continue;
            line = number[(size_t)above * m->dimensions + d] - 1;
            if (next[line] == 0) {
                m->line_cell[m->line_start[line]] = above;
                next[line] = m->line_start[line] + 1;
            }
            m->line_cell[next[line]++] = cell;
        }
    if (!error)
        free(next);
    return error;
}

enum ddg_error ddg_model_turn_lines(struct ddg_model *m, size_t entries,
                                    struct ddg_context *context)
{
    size_t *next;
    enum ddg_error error;

    if ((error =
             ddg_allocate(&m->cell_start, (size_t)m->cells + 1, sizeof *m->cell_start, context)) ||
        (error = ddg_allocate(&m->cell_line, entries, sizeof *m->cell_line, context)) ||
        (error = ddg_allocate(&next, m->cells, sizeof *next, context)))
        return error;
    for (size_t i = 0; i < entries; i++)
        m->cell_start[m->line_cell[i] + 1]++;
    for (uint32_t cell = 0; cell < m->cells; cell++) {
        m->cell_start[cell + 1] += m->cell_start[cell];
        next[cell] = m->cell_start[cell];
    }
    for (uint32_t line = 0; line < m->lines; line++)
        for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++)
            m->cell_line[next[m->line_cell[i]]++] = line;
    free(next);
    return DDG_OK;
}

enum ddg_error ddg_model_build_lines(struct ddg_model *m, struct ddg_context *context)
{
    uint32_t *number = NULL;
    size_t entries;
    enum ddg_error error = number_lines(m, &number, &entries, context);

    if (!error)
        error = ddg_allocate(&m->line_start, (size_t)m->lines + 1, sizeof *m->line_start, context);
    if (!error)
        error = ddg_allocate(&m->line_dimension, m->lines, 1, context);
    if (!error)
        error = ddg_allocate(&m->line_cell, entries, sizeof *m->line_cell, context);
    if (!error) {
        count_line_cells(m, number);
        assert(m->line_start[m->lines] == entries);
        error = fill_lines(m, number, context);
    }
    free(number);
    return error ? error : ddg_model_turn_lines(m, entries, context);
}

static int by_number(const void *a, const void *b)
{
    uint32_t s = *(const uint32_t *)a, t = *(const uint32_t *)b;

    return (s > t) - (s < t);
}

enum ddg_error ddg_model_unite(struct ddg_model *m, const uint32_t *same,
                               struct ddg_context *context)
{
    struct ddg_names seen;
    uint32_t lines = 0;
    size_t end = 0;
    enum ddg_error error = DDG_OK;

    ddg_names_init(&seen);
    for (uint32_t line = 0; !error && line < m->lines; line++) {
        size_t start = m->line_start[line], count = m->line_start[line + 1] - start;
        uint32_t *cell = &m->line_cell[end], number;

        for (size_t i = 0; i < count; i++)
            cell[i] = same[m->line_cell[start + i]];
        qsort(cell + 1, count - 1, sizeof *cell, by_number);
        error = ddg_names_add(&seen, (struct ddg_text){(const char *)cell, count * sizeof *cell},
                              &number, context);
        if (error || number < lines)
            continue;
        m->line_start[lines] = end;
        if (m->line_measure)
            m->line_measure[lines] = m->line_measure[line];
        m->line_dimension[lines++] = m->line_dimension[line];
        end += count;
    }
    ddg_names_free(&seen);
    if (error)
        return error;
    m->lines = lines;
    m->line_start[lines] = end;
    free(m->cell_start);
    free(m->cell_line);
    m->cell_start = NULL;
    m->cell_line = NULL;
    return ddg_model_turn_lines(m, end, context);
}

bool ddg_model_has_absent(const struct ddg_model *m, uint32_t line)
{
    size_t d = m->line_dimension[line];
    const struct ddg_dimension *dimension = &m->dimension[d];
    size_t parts = m->line_start[line + 1] - m->line_start[line] - 1, children = 0;
    uint32_t total = ddg_model_category(m, m->line_cell[m->line_start[line]], d);

    for (uint32_t i = 0; i < dimension->category.count; i++)
        children += dimension->parent[i] == total;
    return parts < children;
}

enum ddg_error ddg_model_absent_keys(const struct ddg_model *m, uint32_t line, uint64_t **keys,
                                     size_t *key_count, size_t *key_room,
                                     struct ddg_context *context)
{
    size_t d = m->line_dimension[line];
    const struct ddg_dimension *dimension = &m->dimension[d];
    uint32_t cell = m->line_cell[m->line_start[line]], total = ddg_model_category(m, cell, d);
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; !error && i < dimension->category.count; i++) {
        if (dimension->parent[i] != total || ddg_model_neighbour(m, cell, d, i) != DDG_NO_CELL)
            continue;
        error = ddg_grow(keys, key_room, *key_count + 1, sizeof **keys, context);
        if (!error)
            (*keys)[(*key_count)++] = ddg_model_changed_key(m, cell, d, total, i);
    }
    return error;
}
