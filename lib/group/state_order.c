#include "group/state_order.h"

#include "base/text_sort.h"
#include "group/cell_order.h"

#include <stdlib.h>

/* Orders the labels of dimension d that cells have. */
static enum ddg_error order_labels(struct ddg_state_order *order, struct ddg_cube *cube, size_t d,
                                   struct ddg_context *context)
{
    const struct ddg_names *names = &cube->label[d].label;
    uint32_t *code;
    enum ddg_error error;

    if ((error = ddg_allocate(&order->label[d], names->count, sizeof *order->label[d], context)) ||
        (error = ddg_allocate(&order->code[d], names->count, sizeof *order->code[d], context)))
        return error;
    code = order->code[d];
    for (uint32_t cell = 0; cell < cube->inner; cell++)
        code[cube->groups.key[cell * cube->dims + d]] = 1;
    for (uint32_t i = 0; i < names->count; i++)
        if (code[i])
            order->label[d][order->labels[d]++] = i;
    error = ddg_text_sort(names->text, order->label[d], order->labels[d], context);
    for (uint32_t i = 0; i < order->labels[d]; i++)
        code[order->label[d][i]] = i;
    return error;
}

enum ddg_error ddg_state_order_make(struct ddg_state_order *order, struct ddg_cube *cube,
                                    struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    order->dims = cube->dims;
    for (size_t d = 0; !error && d < cube->dims; d++)
        error = order_labels(order, cube, d, context);
    if (error || (error = ddg_allocate(&order->cell, cube->inner, sizeof *order->cell, context)) ||
        (error = ddg_allocate(&order->number, cube->inner, sizeof *order->number, context)))
        return error;
    error = ddg_cell_order(&cube->groups, cube->inner, order->code, order->labels, order->cell,
                           context);
    if (error)
        return error;
    for (uint32_t i = 0; i < cube->inner; i++)
        order->number[order->cell[i]] = i;
    return DDG_OK;
}

void ddg_state_order_free(struct ddg_state_order *order)
{
    for (size_t d = 0; d < order->dims; d++) {
        free(order->label[d]);
        free(order->code[d]);
    }
    free(order->cell);
    free(order->number);
    *order = (struct ddg_state_order){0};
}
