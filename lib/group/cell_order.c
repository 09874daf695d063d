#include "group/cell_order.h"

#include <stdlib.h>

/* One dimension: the labels of cells, `step` apart. */
struct sorting {
    const uint32_t *label, *rank;
    size_t step;
    uint32_t ranks, cells;
};

static uint32_t rank_of(const struct sorting *by, uint32_t cell)
{
    uint32_t code = by->label[cell * by->step];

    return code == DDG_ALL_LABELS ? by->ranks : by->rank[code];
}

/* Sorts `from` into `to`, keeping the order of cells that are equal here. */
static enum ddg_error sort_by(const struct sorting *by, const uint32_t *from, uint32_t *to,
                              struct ddg_context *context)
{
    uint32_t
        *start; /* first start[r + 1] counts rank r, then start[r] is where its next cell goes */
    enum ddg_error error = ddg_allocate(&start, (size_t)by->ranks + 2, sizeof *start, context);

    if (error)
        return error;
    for (uint32_t cell = 0; cell < by->cells; cell++)
        start[rank_of(by, cell) + 1]++;
    for (uint32_t r = 0; r < by->ranks; r++)
        start[r + 1] += start[r];
    for (uint32_t i = 0; i < by->cells; i++)
        to[start[rank_of(by, from[i])]++] = from[i];
    free(start);
    return DDG_OK;
}

enum ddg_error ddg_cell_order(const struct ddg_groups *groups, uint32_t cells,
                              uint32_t *const *rank, const uint32_t *ranks, uint32_t *order,
                              struct ddg_context *context)
{
    uint32_t *other;
    enum ddg_error error;

    if (cells == 0)
        return DDG_OK;
    error = ddg_allocate(&other, cells, sizeof *other, context);
    for (uint32_t i = 0; !error && i < cells; i++)
        order[i] = i;
    for (size_t d = groups->dims; !error && d-- > 0;) {
        struct sorting by = {groups->key + d, rank[d], groups->dims, ranks[d], cells};

        error = sort_by(&by, order, other, context);
        if (!error)
            memcpy(order, other, cells * sizeof *order);
    }
    free(other);
    return error;
}
