#include "group/margin.h"

#include <stdlib.h>

/* The labels of inner cells: code[d][0..count[d]) in dimension d. */
struct seen {
    uint32_t *code[DDG_DIMENSIONS_MOST];
    uint32_t count[DDG_DIMENSIONS_MOST];
};

static enum ddg_error see_labels(const struct ddg_cube *cube, size_t dimension, struct seen *seen,
                                 struct ddg_context *context)
{
    uint32_t labels = cube->label[dimension].label.count, *code;
    const uint32_t *key = cube->groups.key + dimension;
    enum ddg_error error = ddg_allocate(&seen->code[dimension], labels, sizeof *code, context);
    bool *is_seen = NULL;

    if (!error)
        error = ddg_allocate(&is_seen, labels, sizeof *is_seen, context);
    if (error)
        return error;
    for (uint32_t cell = 0; cell < cube->inner; cell++)
        is_seen[key[cell * cube->dims]] = true;
    code = seen->code[dimension];
    for (uint32_t i = 0; i < labels; i++)
        if (is_seen[i])
            code[seen->count[dimension]++] = i;
    free(is_seen);
    return DDG_OK;
}

/* Cells of the complete margin, or more than DDG_COMPLETE_CELLS of them. */
static uint64_t combinations(const struct seen *seen, size_t dims, uint64_t kept)
{
    uint64_t product = 1;

    for (size_t i = 0; i < dims; i++) {
        if (!ddg_margin_keeps(kept, i))
            continue;
        if (seen->count[i] == 0)
            return 0;
        if (product <= DDG_COMPLETE_CELLS)
            product *= seen->count[i];
    }
    return product;
}

/* Goes on to the next combination like an odometer; false behind the last. */
static bool step(const struct seen *seen, size_t dims, uint64_t kept, uint32_t *place,
                 uint32_t *key)
{
    for (size_t i = dims; i-- > 0;) {
        bool carry;

        if (!ddg_margin_keeps(kept, i))
            continue;
        carry = ++place[i] == seen->count[i];
        if (carry)
            place[i] = 0;
        key[i] = seen->code[i][place[i]];
        if (!carry)
            return true;
    }
    return false;
}

static enum ddg_error complete(struct ddg_cube *cube, const struct seen *seen, uint64_t kept,
                               struct ddg_context *context)
{
    uint32_t key[DDG_DIMENSIONS_MOST], place[DDG_DIMENSIONS_MOST] = {0}, cell;
    enum ddg_error error;

    if (combinations(seen, cube->dims, kept) == 0)
        return DDG_OK;
    for (size_t i = 0; i < cube->dims; i++)
        key[i] = ddg_margin_keeps(kept, i) ? seen->code[i][0] : DDG_ALL_LABELS;
    do
        error = ddg_cube_cell(cube, key, &cell, context);
    while (!error && step(seen, cube->dims, kept, place, key));
    return error;
}

static enum ddg_error complete_all(const struct ddg_margins *margins, struct ddg_cube *cube,
                                   const struct seen *seen, struct ddg_context *context)
{
    uint64_t inner = ddg_margin_inner(cube->dims), cells = combinations(seen, cube->dims, inner);
    enum ddg_error error;

    for (size_t i = 0; i < margins->count && cells <= DDG_COMPLETE_CELLS; i++)
        cells += combinations(seen, cube->dims, margins->kept[i]);
    if (cells > DDG_COMPLETE_CELLS)
        return ddg_fail(context, DDG_LIMIT,
                        "a complete table would have more than %d cells (coarser dimensions, fewer "
                        "of them, or no --complete)",
                        (int)DDG_COMPLETE_CELLS);
    error = complete(cube, seen, inner, context);
    for (size_t i = 0; !error && i < margins->count; i++)
        error = complete(cube, seen, margins->kept[i], context);
    return error;
}

enum ddg_error ddg_margins_complete(const struct ddg_margins *margins, struct ddg_cube *cube,
                                    struct ddg_context *context)
{
    struct seen seen = {.count = {0}};
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < cube->dims; i++)
        error = see_labels(cube, i, &seen, context);
    if (!error)
        error = complete_all(margins, cube, &seen, context);
    for (size_t i = 0; i < cube->dims; i++)
        free(seen.code[i]);
    return error;
}
