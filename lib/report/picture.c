#include "report/picture.h"

#include <stdlib.h>

struct ddg_picture_cell {
    uint64_t slice; /* the key of the cell without the two dimensions that are drawn */
    uint32_t cell;
};

/* Marks -------------------------------------------------------------------------------------- */

static enum ddg_mark mark_of(const struct ddg_finding *finding, enum ddg_reader reader)
{
    switch (finding->answer.verdict) {
    case DDG_VERDICT_RECOVERED:
        return DDG_MARK_RECOVERED;
    case DDG_VERDICT_NARROWED:
        return DDG_MARK_NARROWED;
    case DDG_VERDICT_DETERMINED:
        return DDG_MARK_DETERMINED;
    case DDG_VERDICT_UNDECIDED:
        return DDG_MARK_UNDECIDED;
    default:
        if (ddg_summary_told_apart(reader) && finding->code == DDG_CODE_SMALL)
            return DDG_MARK_SMALL;
        if (ddg_summary_told_apart(reader) && finding->code == DDG_CODE_COMPLEMENTARY)
            return DDG_MARK_COMPLEMENTARY;
        return DDG_MARK_HIDDEN;
    }
}

static enum ddg_error make_marks(struct ddg_picture *map, const struct ddg_report *report,
                                 size_t release, size_t measure, struct ddg_context *context)
{
    const struct ddg_release *from = &report->audit->release[release];
    const struct ddg_table *table = from->table;
    enum ddg_error error = ddg_allocate(&map->mark, map->model->cells, 1, context);

    if (error)
        return error;
    for (uint32_t cell = 0; cell < map->model->printed; cell++) {
        struct ddg_text field = ddg_table_field(table, cell, table->measure[measure].count);

        map->mark[cell] = field.length > 0 ? DDG_MARK_SHOWN : DDG_MARK_NO_DATA;
    }
    for (size_t i = 0; i < report->audit->findings; i++) {
        const struct ddg_finding *finding = &report->audit->finding[i];

        if (finding->release == release && finding->measure == measure)
            map->mark[finding->cell] = (unsigned char)mark_of(finding, from->reader[measure]);
    }
    return DDG_OK;
}

/* Slices ------------------------------------------------------------------------------------- */

/* True for a dimension that nobody adds up over: its categories make better slices than rows. */
static bool is_apart(const struct ddg_release *release, size_t dimension)
{
    const struct ddg_level *top = release->model.dimension[dimension].level;

    return top->column == DDG_NO_COLUMN || ddg_list_has(&release->description->by, top->name);
}

/* How good a dimension is for an axis of at most `most` categories: the more the better, unless
 * they are too many. */
static int64_t fitness(const struct ddg_release *release, size_t dimension, uint32_t most)
{
    int64_t count = release->model.dimension[dimension].category.count, worst = UINT32_MAX;

    return (count <= most ? count : -count) - (is_apart(release, dimension) ? 2 * worst : 0);
}

/* The fittest dimension other than `taken`; DDG_ALL where there is none. */
static size_t choose_dimension(const struct ddg_release *release, size_t taken, uint32_t most)
{
    size_t best = DDG_ALL;

    for (size_t d = 0; d < release->model.dimensions; d++)
        if (d != taken &&
            (best == DDG_ALL || fitness(release, d, most) > fitness(release, best, most)))
            best = d;
    return best;
}

static uint64_t slice_key(const struct ddg_picture *map, uint32_t cell)
{
    uint64_t key = 0;

    for (size_t d = 0; d < map->model->dimensions; d++)
        if (d != map->down && d != map->across)
            key = key * map->model->dimension[d].category.count +
                  ddg_model_category(map->model, cell, d);
    return key;
}

static int compare_cells(const void *left, const void *right)
{
    const struct ddg_picture_cell *a = left, *b = right;

    if (a->slice != b->slice)
        return a->slice < b->slice ? -1 : 1;
    return a->cell < b->cell ? -1 : a->cell > b->cell;
}

/* Puts the cells that belong on a map in the order of their slices: those with a row, and others
 * that the audit has something to say of. */
static enum ddg_error sort_cells(struct ddg_picture *map, struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(&map->cell, map->model->cells, sizeof *map->cell, context);

    for (uint32_t cell = 0; !error && cell < map->model->cells; cell++)
        if (map->mark[cell] != DDG_MARK_NONE)
            map->cell[map->cells++] = (struct ddg_picture_cell){slice_key(map, cell), cell};
    if (!error && map->cells > 0)
        qsort(map->cell, map->cells, sizeof *map->cell, compare_cells);
    return error;
}

static enum ddg_error find_slices(struct ddg_picture *map, struct ddg_context *context)
{
    size_t room = 0;

    for (size_t i = 0; i < map->cells; i++) {
        struct ddg_picture_slice *slice;
        unsigned char mark = map->mark[map->cell[i].cell];

        if (i == 0 || map->cell[i].slice != map->cell[i - 1].slice) {
            if (ddg_grow(&map->slice, &room, map->slices + 1, sizeof *map->slice, context))
                return context->error;
            map->slice[map->slices++] = (struct ddg_picture_slice){.first = i};
        }
        slice = &map->slice[map->slices - 1];
        slice->end = i + 1;
        slice->hidden += mark >= DDG_MARK_SMALL;
        slice->bad += mark >= DDG_MARK_UNDECIDED;
    }
    return DDG_OK;
}

/* Orders the slices: the one to be chosen first comes first. */
static int compare_worth(const void *left, const void *right)
{
    const struct ddg_picture_slice *a = left, *b = right;

    if (a->bad != b->bad)
        return a->bad > b->bad ? -1 : 1;
    if (a->hidden != b->hidden)
        return a->hidden > b->hidden ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

uint32_t ddg_picture_slice_cell(const struct ddg_picture *map,
                                const struct ddg_picture_slice *slice)
{
    return map->cell[slice->first].cell;
}

/* Moves the chosen slices to the front, in the order in which the table begins them. */
static void choose_slices(struct ddg_picture *map, size_t most)
{
    if (map->slices > 0)
        qsort(map->slice, map->slices, sizeof *map->slice, compare_worth);
    while (map->chosen < map->slices && map->chosen < most && map->slice[map->chosen].hidden > 0)
        map->chosen++;
    for (size_t i = 1; i < map->chosen; i++)
        for (size_t j = i; j > 0 && ddg_picture_slice_cell(map, &map->slice[j]) <
                                        ddg_picture_slice_cell(map, &map->slice[j - 1]);
             j--) {
            struct ddg_picture_slice swap = map->slice[j];

            map->slice[j] = map->slice[j - 1];
            map->slice[j - 1] = swap;
        }
}

enum ddg_error ddg_picture_make(struct ddg_picture *map, const struct ddg_report *report,
                                size_t release, size_t measure, size_t most,
                                struct ddg_context *context)
{
    const struct ddg_release *from = &report->audit->release[release];
    enum ddg_error error;

    *map = (struct ddg_picture){.model = &from->model, .down = DDG_ALL, .across = DDG_ALL};
    map->down = choose_dimension(from, DDG_ALL, UINT32_MAX);
    map->across = choose_dimension(from, map->down, DDG_PICTURE_COLUMNS_MOST);
    if ((error = make_marks(map, report, release, measure, context)) ||
        (error = sort_cells(map, context)) || (error = find_slices(map, context)))
        return error;
    choose_slices(map, most);
    return DDG_OK;
}

void ddg_picture_free(struct ddg_picture *map)
{
    free(map->mark);
    free(map->cell);
    free(map->slice);
    *map = (struct ddg_picture){0};
}

/* Pictures ----------------------------------------------------------------------------------- */

struct entry {
    uint32_t category;
    size_t order; /* of its first cell in the slice */
    uint64_t bad, hidden;
};

static int compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    if (a->bad != b->bad)
        return a->bad > b->bad ? -1 : 1;
    if (a->hidden != b->hidden)
        return a->hidden > b->hidden ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static int compare_order(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;

    return a->order < b->order ? -1 : a->order > b->order;
}

/* The categories of a dimension that the slice has; `place` has room for each of the dimension and
 * gets where it stands on the axis, counted from 1, or 0. */
static enum ddg_error find_entries(const struct ddg_picture *map,
                                   const struct ddg_picture_slice *slice, size_t dimension,
                                   struct entry **entry, size_t *count, size_t *place,
                                   struct ddg_context *context)
{
    size_t room = 0;

    for (size_t i = slice->first; i < slice->end; i++) {
        uint32_t category = ddg_model_category(map->model, map->cell[i].cell, dimension);
        unsigned char mark = map->mark[map->cell[i].cell];

        if (place[category] == 0) {
            if (ddg_grow(entry, &room, *count + 1, sizeof **entry, context))
                return context->error;
            (*entry)[(*count)++] = (struct entry){.category = category, .order = i};
            place[category] = *count;
        }
        (*entry)[place[category] - 1].bad += mark >= DDG_MARK_UNDECIDED;
        (*entry)[place[category] - 1].hidden += mark >= DDG_MARK_SMALL;
    }
    return DDG_OK;
}

static enum ddg_error make_axis(struct ddg_picture_axis *axis, const struct ddg_picture *map,
                                const struct ddg_picture_slice *slice, size_t dimension,
                                size_t most, size_t *place, struct ddg_context *context)
{
    struct entry *entry = NULL;
    size_t count = 0;
    enum ddg_error error = find_entries(map, slice, dimension, &entry, &count, place, context);

    if (!error)
        error = ddg_allocate(&axis->category, count, sizeof *axis->category, context);
    if (!error) {
        axis->count = count < most ? count : most;
        axis->left_out = count - axis->count;
        if (axis->left_out > 0) {
            qsort(entry, count, sizeof *entry, compare_entries);
            qsort(entry, axis->count, sizeof *entry, compare_order);
        }
        for (size_t i = 0; i < count; i++)
            place[entry[i].category] = i < axis->count ? i + 1 : 0;
        for (size_t i = 0; i < axis->count; i++)
            axis->category[i] = entry[i].category;
    }
    free(entry);
    return error;
}

static enum ddg_error make_axes(struct ddg_picture_grid *grid, const struct ddg_picture *map,
                                const struct ddg_picture_slice *slice, size_t *down, size_t *across,
                                struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    grid->down.count = grid->across.count = 1;
    if (map->down != DDG_ALL)
        error = make_axis(&grid->down, map, slice, map->down, DDG_PICTURE_ROWS_MOST, down, context);
    if (!error && map->across != DDG_ALL)
        error = make_axis(&grid->across, map, slice, map->across, DDG_PICTURE_COLUMNS_MOST, across,
                          context);
    return error;
}

/* Where a cell stands on an axis, counted from 1; 0 when it was left out. */
static size_t place_on(const struct ddg_picture *map, uint32_t cell, size_t dimension,
                       const size_t *place)
{
    return dimension == DDG_ALL ? 1 : place[ddg_model_category(map->model, cell, dimension)];
}

static void fill(struct ddg_picture_grid *grid, const struct ddg_picture *map,
                 const struct ddg_picture_slice *slice, const size_t *down, const size_t *across)
{
    for (size_t i = slice->first; i < slice->end; i++) {
        uint32_t cell = map->cell[i].cell;
        size_t row = place_on(map, cell, map->down, down);
        size_t column = place_on(map, cell, map->across, across);

        if (row > 0 && column > 0)
            grid->mark[(row - 1) * grid->across.count + column - 1] = map->mark[cell];
    }
}

static size_t categories(const struct ddg_picture *map, size_t dimension)
{
    return dimension == DDG_ALL ? 0 : map->model->dimension[dimension].category.count;
}

enum ddg_error ddg_picture_grid_make(struct ddg_picture_grid *grid, const struct ddg_picture *map,
                                     const struct ddg_picture_slice *slice,
                                     struct ddg_context *context)
{
    size_t *down = NULL, *across = NULL;
    enum ddg_error error;

    *grid = (struct ddg_picture_grid){0};
    error = ddg_allocate(&down, categories(map, map->down), sizeof *down, context);
    if (!error)
        error = ddg_allocate(&across, categories(map, map->across), sizeof *across, context);
    if (!error)
        error = make_axes(grid, map, slice, down, across, context);
    if (!error)
        error = ddg_allocate(&grid->mark, grid->down.count * grid->across.count, 1, context);
    if (!error)
        fill(grid, map, slice, down, across);
    free(down);
    free(across);
    return error;
}

void ddg_picture_grid_free(struct ddg_picture_grid *grid)
{
    free(grid->down.category);
    free(grid->across.category);
    free(grid->mark);
    *grid = (struct ddg_picture_grid){0};
}
