#include "group/margin.h"
#include "group/rollup.h"

#include <stdlib.h>

/* The labels of inner cells and the categories above them, in ascending order: code[d][0..count[d])
 * in dimension d. */
struct seen {
    uint32_t *code[DDG_DIMENSIONS_MOST];
    uint32_t count[DDG_DIMENSIONS_MOST];
};

/* A roll-up whose combinations are gone through: of dimension d the codes from place first[d] to
 * below end[d] among those that are seen.  Where the dimension is taken whole both are 0. */
struct walk {
    uint32_t first[DDG_DIMENSIONS_MOST], end[DDG_DIMENSIONS_MOST];
    uint32_t place[DDG_DIMENSIONS_MOST], key[DDG_DIMENSIONS_MOST];
};

static void see_above(const struct ddg_labels *labels, uint32_t code, bool *is_seen)
{
    for (size_t depth = 1; depth <= labels->levels; depth++) {
        uint32_t above = labels->above[depth * labels->first[1] + code];

        if (above != DDG_NOT_THERE)
            is_seen[above] = true;
    }
}

static enum ddg_error see_labels(const struct ddg_cube *cube, size_t dimension, struct seen *seen,
                                 struct ddg_context *context)
{
    const struct ddg_labels *labels = &cube->label[dimension];
    uint32_t count = labels->label.count, *code;
    const uint32_t *key = cube->groups.key + dimension;
    enum ddg_error error = ddg_allocate(&seen->code[dimension], count, sizeof *code, context);
    bool *is_seen = NULL;

    if (!error)
        error = ddg_allocate(&is_seen, count, sizeof *is_seen, context);
    if (error)
        return error;
    for (uint32_t cell = 0; cell < cube->inner; cell++)
        is_seen[key[cell * cube->dims]] = true;
    for (uint32_t i = 0; i < labels->first[1]; i++)
        if (is_seen[i])
            see_above(labels, i, is_seen);
    code = seen->code[dimension];
    for (uint32_t i = 0; i < count; i++)
        if (is_seen[i])
            code[seen->count[dimension]++] = i;
    free(is_seen);
    return DDG_OK;
}

static uint32_t place_of(const struct seen *seen, size_t dimension, uint32_t code)
{
    uint32_t place = 0;

    while (place < seen->count[dimension] && seen->code[dimension][place] < code)
        place++;
    return place;
}

/* Begins at the first combination; returns how many there are, or more than DDG_COMPLETE_CELLS. */
static uint64_t begin(struct walk *walk, const struct ddg_cube *cube, const struct seen *seen,
                      const struct ddg_rollup *rollup)
{
    uint64_t product = 1;

    for (size_t i = 0; i < cube->dims; i++) {
        uint32_t first, end;

        walk->first[i] = walk->end[i] = walk->place[i] = 0;
        walk->key[i] = DDG_ALL_LABELS;
        if (!ddg_rollup_codes(rollup, cube, i, &first, &end))
            continue;
        walk->first[i] = walk->place[i] = place_of(seen, i, first);
        walk->end[i] = place_of(seen, i, end);
        if (walk->first[i] == walk->end[i])
            return 0;
        walk->key[i] = seen->code[i][walk->place[i]];
        if (product <= DDG_COMPLETE_CELLS)
            product *= walk->end[i] - walk->first[i];
    }
    return product;
}

/* Goes on to the next combination like an odometer; false behind the last. */
static bool step(struct walk *walk, const struct seen *seen, size_t dims)
{
    for (size_t i = dims; i-- > 0;) {
        bool carry;

        if (walk->first[i] == walk->end[i])
            continue;
        carry = ++walk->place[i] == walk->end[i];
        if (carry)
            walk->place[i] = walk->first[i];
        walk->key[i] = seen->code[i][walk->place[i]];
        if (!carry)
            return true;
    }
    return false;
}

static enum ddg_error complete(struct ddg_cube *cube, const struct seen *seen,
                               const struct ddg_rollup *rollup, struct ddg_context *context)
{
    struct walk walk;
    uint32_t cell;
    enum ddg_error error;

    if (begin(&walk, cube, seen, rollup) == 0)
        return DDG_OK;
    do
        error = ddg_cube_cell(cube, walk.key, &cell, context);
    while (!error && step(&walk, seen, cube->dims));
    return error;
}

static enum ddg_error complete_all(const struct ddg_rollups *rollups, struct ddg_cube *cube,
                                   const struct seen *seen, struct ddg_context *context)
{
    struct walk walk;
    uint64_t cells = 0;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; i < rollups->count && cells <= DDG_COMPLETE_CELLS; i++)
        cells += begin(&walk, cube, seen, &rollups->item[i]);
    if (cells > DDG_COMPLETE_CELLS)
        return ddg_fail(context, DDG_LIMIT,
                        "a complete table would have more than %d cells (coarser dimensions, fewer "
                        "of them, or no --complete)",
                        (int)DDG_COMPLETE_CELLS);
    for (size_t i = 0; !error && i < rollups->count; i++)
        error = complete(cube, seen, &rollups->item[i], context);
    return error;
}

enum ddg_error ddg_margins_complete(const struct ddg_margins *margins, struct ddg_cube *cube,
                                    struct ddg_context *context)
{
    struct ddg_rollups rollups = {0};
    struct seen seen = {.count = {0}};
    enum ddg_error error = ddg_rollups_make(&rollups, margins, cube, context);

    for (size_t i = 0; !error && i < cube->dims; i++)
        error = see_labels(cube, i, &seen, context);
    if (!error)
        error = complete_all(&rollups, cube, &seen, context);
    for (size_t i = 0; i < cube->dims; i++)
        free(seen.code[i]);
    free(rollups.item);
    return error;
}
