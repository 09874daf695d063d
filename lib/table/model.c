#include "table/model.h"

#include "table/advice.h"
#include "table/nesting.h"

#include <assert.h>
#include <stdio.h>
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

static enum ddg_error make_slots(struct ddg_model *m, struct ddg_context *context)
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

/* Puts the cell with that key into *cell, a new one if there is none. */
static enum ddg_error add_cell(struct ddg_model *m, uint64_t key, uint32_t *cell,
                               struct ddg_context *context)
{
    enum ddg_error error;
    size_t at;

    if (m->cells >= m->slots / 2 && (error = make_slots(m, context)))
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

static uint64_t changed_key(const struct ddg_model *m, uint32_t cell, size_t dimension,
                            uint32_t from, uint32_t to)
{
    return m->key[cell] - from * m->stride[dimension] + to * m->stride[dimension];
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
        changed_key(m, cell, dimension, ddg_model_category(m, cell, dimension), category);

    return m->slot[find_slot(m, key)];
}

/* The cell that `cell` is a part of along a dimension, DDG_NO_CELL for a total. */
static uint32_t parent_cell(const struct ddg_model *m, uint32_t cell, size_t dimension)
{
    uint32_t parent = m->dimension[dimension].parent[ddg_model_category(m, cell, dimension)];

    return parent == DDG_NO_NAME ? DDG_NO_CELL : ddg_model_neighbour(m, cell, dimension, parent);
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

        if ((error = add_cell(m, row_key(m, row), &cell, context)))
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
        error = add_cell(m, keys[i], &cell, context);
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
            error = add_cell(m, changed_key(m, cell, d, category, parent), &above, context);
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
        error = add_cell(m, row_key(m, (uint32_t)(t->rows + i)), &m->beyond[i], context);
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

/* Lines -------------------------------------------------------------------------------------- */

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

/* Turns lines of cells around into cells of lines. */
static enum ddg_error turn_lines(struct ddg_model *m, size_t entries, struct ddg_context *context)
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

static enum ddg_error build_lines(struct ddg_model *m, struct ddg_context *context)
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
    return error ? error : turn_lines(m, entries, context);
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
    return turn_lines(m, end, context);
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
    if (table->dims >= UINT8_MAX)
        return ddg_fail(context, DDG_LIMIT, "%s: more than 254 dimensions", table->file);
    if ((error = ddg_allocate(&m->dimension, table->dims + 1, sizeof *m->dimension, context)) ||
        (error = ddg_allocate(&m->stride, table->dims + 1, sizeof *m->stride, context)) ||
        (error = ddg_allocate(&m->place, 2 * table->dims, sizeof *m->place, context)))
        return error;
    if ((error = ddg_dimensions_read(m->dimension, &m->dimensions, m->place, table, description,
                                     context)) ||
        (description->repeats && (error = add_repeats(m, context))) ||
        (table->release && (error = add_releases(m, context))) ||
        (error = make_strides(m, context)) || (error = make_slots(m, context)) ||
        (error = add_rows(m, description, context)) ||
        (error = add_absent(m, keys, key_count, context)) || (error = add_implied(m, context)) ||
        (error = add_beyond(m, context)) || (error = sort_implied(m, context)))
        return error;
    return build_lines(m, context);
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
    free(m->cell_start);
    free(m->cell_line);
    *m = (struct ddg_model){0};
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
            (*keys)[(*key_count)++] = changed_key(m, cell, d, total, i);
    }
    return error;
}

void ddg_model_describe(const struct ddg_model *m, uint32_t cell, char *room, size_t size)
{
    const struct ddg_table *t = m->table;
    size_t used = 0;

    room[0] = '\0';
    for (size_t i = 0; i < t->dims && used < size; i++) {
        struct ddg_text label = ddg_model_label(m, cell, i), name = t->name[t->dim[i]];

        used += (size_t)snprintf(room + used, size - used, "%s%.*s=%.*s", i ? ", " : "",
                                 (int)name.length, name.at, (int)label.length,
                                 label.length ? label.at : "");
    }
}

void ddg_model_describe_line(const struct ddg_model *m, uint32_t line, char *room, size_t size)
{
    uint32_t total = m->line_cell[m->line_start[line]];
    size_t d = m->line_dimension[line], level = 0, used;
    struct ddg_text along;

    /* the level of the parts */
    while (level + 1 < m->dimension[d].levels &&
           !ddg_text_equal(
               ddg_dimension_label(&m->dimension[d], ddg_model_category(m, total, d), level),
               m->dimension[d].level[level].total))
        level++;
    along = m->dimension[d].level[level].name;
    ddg_model_describe(m, total, room, size);
    used = strlen(room);
    snprintf(room + used, size - used, " (parts by %.*s)", (int)along.length, along.at);
}

enum ddg_error ddg_model_fail(const struct ddg_model *m, uint32_t line, struct ddg_context *context,
                              const char *text)
{
    uint32_t total = m->line_cell[m->line_start[line]];
    char where[320];

    ddg_model_describe_line(m, line, where, sizeof where);
    if (total >= m->printed)
        return ddg_fail_at(context, DDG_INPUT, m->table->file, 0, NULL, "%s: %s", text, where);
    return ddg_fail_at(context, DDG_INPUT, ddg_table_file(m->table, total), m->table->line[total],
                       NULL, "%s: %s", text, where);
}
