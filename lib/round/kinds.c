#include "round/kinds.h"

#include "protect/side_by_side.h"
#include "round/shown.h"

#include <stdlib.h>

/* What is shown of a number by itself: nothing of a hidden one. */
static void forget_lines(struct ddg_shown *shown)
{
    for (uint32_t row = 0; row < shown->model->printed; row++)
        if (shown->state[row] != DDG_SHOWN) {
            shown->range.low[row] = 0;
            shown->range.high[row] = UINT64_MAX;
        }
}

enum ddg_error ddg_kinds_unite(struct ddg_model *model, const struct ddg_description *description,
                               struct ddg_context *context)
{
    size_t measures = model->table->measures;
    struct ddg_shown shown;
    struct ddg_truth *truth;
    enum ddg_error error = ddg_allocate(&truth, measures, sizeof *truth, context);

    for (size_t i = 0; !error && i < measures; i++) {
        error = ddg_shown_read(&shown, model, i, description, context);
        if (!error)
            forget_lines(&shown);
        truth[i] = shown.range;
        shown.range = (struct ddg_truth){0};
        ddg_shown_free(&shown);
    }
    if (!error)
        error = ddg_side_by_side_unite(model, truth, description, context);
    for (size_t i = 0; truth && i < measures; i++)
        ddg_truth_free(&truth[i]);
    free(truth);
    return error;
}
