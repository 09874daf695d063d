#include "protect/mask.h"

#include <assert.h>
#include <stdlib.h>

static bool is_small(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->truth->low[cell] >= 1 && mask->truth->high[cell] < mask->threshold;
}

static enum ddg_cell_kind kind_of(const struct ddg_mask *mask, uint32_t cell,
                                  const struct ddg_description *description, const bool *chosen)
{
    if (cell < mask->owned) {
        if (cell < mask->model->printed && chosen && !chosen[cell])
            return DDG_PUBLIC;
        return is_small(mask, cell) ? DDG_PRIMARY : DDG_PUBLIC;
    }
    if (mask->truth->high[cell] == 0)
        return DDG_PUBLIC;
    if (description->unprinted == DDG_TOTALS_NONE || is_small(mask, cell))
        return DDG_HIDDEN;
    return DDG_PUBLIC;
}

enum ddg_error ddg_mask_start(struct ddg_mask *mask, const struct ddg_model *model,
                              const struct ddg_truth *truth,
                              const struct ddg_description *description, const bool *chosen,
                              enum ddg_knows knows, struct ddg_context *context)
{
    enum ddg_error error;

    *mask = (struct ddg_mask){.model = model, .truth = truth, .threshold = description->threshold};
    mask->floor = knows == DDG_KNOWS_ZEROS;
    mask->owned = description->unprinted == DDG_TOTALS_ADD ? model->cells : model->printed;
    if ((error = ddg_allocate(&mask->kind, model->cells, 1, context)) ||
        (error = ddg_allocate(&mask->unknowns, model->lines, sizeof *mask->unknowns, context)))
        return error;
    for (uint32_t cell = 0; cell < model->cells; cell++) {
        enum ddg_cell_kind kind = kind_of(mask, cell, description, chosen);

        mask->kind[cell] = (uint8_t)kind;
        mask->primary += kind == DDG_PRIMARY;
        if (kind == DDG_PUBLIC)
            continue;
        for (size_t i = model->cell_start[cell]; i < model->cell_start[cell + 1]; i++)
            mask->unknowns[model->cell_line[i]]++;
    }
    return DDG_OK;
}

void ddg_mask_free(struct ddg_mask *mask)
{
    free(mask->kind);
    free(mask->unknowns);
    *mask = (struct ddg_mask){0};
}

void ddg_mask_complement(struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;

    assert(ddg_mask_eligible(mask, cell));
    mask->kind[cell] = DDG_COMPLEMENT;
    mask->complementary++;
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        mask->unknowns[m->cell_line[i]]++;
}

void ddg_mask_show(struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;

    assert(mask->kind[cell] == DDG_COMPLEMENT);
    mask->kind[cell] = DDG_PUBLIC;
    mask->complementary--;
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        mask->unknowns[m->cell_line[i]]--;
}

bool ddg_mask_eligible(const struct ddg_mask *mask, uint32_t cell)
{
    return cell < mask->owned && mask->kind[cell] == DDG_PUBLIC && mask->truth->low[cell] > 0;
}

bool ddg_mask_movable(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->kind[cell] != DDG_PUBLIC && mask->truth->low[cell] > 0;
}
