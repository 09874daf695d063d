#include "protect/known_parts.h"

#include <stdlib.h>

/* The own cell that a cell of the table is for measure number i. */
static uint32_t find_place(const struct ddg_finding *f, uint32_t i, uint32_t cell)
{
    const struct ddg_model *single = f->matter->model, *m = &f->known->model;
    uint64_t key = i * m->stride[m->dimensions - 2] + m->stride[m->dimensions - 1];

    /* dimensions that only files have stand at their totals; our release is the first */
    for (size_t d = 0; d < m->dimensions - 2; d++) {
        uint32_t category =
            d < single->dimensions ? ddg_model_category(single, cell, d) : m->dimension[d].total;

        key += category * m->stride[d];
    }
    return ddg_model_find_key(m, key);
}

static enum ddg_error find_places(struct ddg_finding *f)
{
    struct ddg_known *k = f->known;
    uint32_t cells = f->matter->model->cells;
    enum ddg_error error;

    if (f->matter->measures == 1)
        return DDG_OK;
    error =
        ddg_allocate(&k->place, (size_t)f->matter->measures * cells, sizeof *k->place, f->context);
    for (uint32_t i = 0; !error && i < f->matter->measures; i++)
        for (uint32_t cell = 0; cell < cells; cell++)
            k->place[(size_t)i * cells + cell] = find_place(f, i, cell);
    return error;
}

static uint32_t place_of(const struct ddg_known *k, const struct ddg_matter *matter, uint32_t i,
                         uint32_t cell)
{
    return k->place ? k->place[(size_t)i * matter->model->cells + cell] : cell;
}

enum ddg_error ddg_finding_place(struct ddg_finding *f)
{
    const struct ddg_matter *matter = f->matter;
    uint32_t own = f->known->model.own;
    enum ddg_error error;

    if ((error = find_places(f)) ||
        (error = ddg_allocate(&f->truth.low, own, sizeof *f->truth.low, f->context)) ||
        (error = ddg_allocate(&f->truth.high, own, sizeof *f->truth.high, f->context)))
        return error;
    for (uint32_t i = 0; i < matter->measures; i++)
        for (uint32_t cell = 0; cell < matter->model->cells; cell++) {
            const struct ddg_truth *truth = &matter->truth[matter->measure[i]];
            uint32_t at = place_of(f->known, matter, i, cell);

            f->truth.low[at] = truth->low[cell];
            f->truth.high[at] = truth->high[cell];
        }
    return DDG_OK;
}

enum ddg_error ddg_finding_tell_near(struct ddg_finding *f)
{
    const struct ddg_matter *matter = f->matter;
    uint32_t cells = matter->model->cells;
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; !error && i < matter->measures; i++) {
        bool **near = &f->known->told[i].near;

        error = ddg_allocate(near, cells, sizeof **near, f->context);
        for (uint32_t cell = 0; !error && cell < cells; cell++)
            (*near)[cell] = f->near[place_of(f->known, matter, i, cell)];
    }
    return error;
}
