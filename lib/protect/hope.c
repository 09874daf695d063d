#include "protect/hope.h"

#include <stdlib.h>
#include <string.h>

enum ddg_error ddg_hope_init(struct ddg_hope *h, const struct ddg_mask *mask,
                             struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error;

    *h = (struct ddg_hope){.mask = mask};
    if ((error = ddg_allocate(&h->of, m->cells, 1, context)) ||
        (error = ddg_allocate(&h->growing, m->lines, sizeof *h->growing, context)) ||
        (error = ddg_allocate(&h->shrinking, m->lines, sizeof *h->shrinking, context)) ||
        (error = ddg_allocate(&h->queue, m->lines, sizeof *h->queue, context)))
        return error;
    return ddg_allocate(&h->queued, m->lines, sizeof *h->queued, context);
}

void ddg_hope_free(struct ddg_hope *h)
{
    free(h->of);
    free(h->growing);
    free(h->shrinking);
    free(h->queue);
    free(h->queued);
    *h = (struct ddg_hope){0};
}

uint8_t ddg_hope_of_rooms(const struct ddg_mask *mask, uint32_t cell)
{
    uint8_t hope = 0;

    for (int manner = 0; manner < DDG_MANNERS; manner++)
        for (int by = -1; by <= 1; by += 2)
            if (ddg_room(mask, cell, by, (enum ddg_manner)manner) > 0)
                hope |= ddg_hope_bit(by, (enum ddg_manner)manner);
    return hope;
}

static uint8_t hope_of(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->kind[cell] == DDG_PUBLIC ? 0 : ddg_hope_of_rooms(mask, cell);
}

static void count_cell(struct ddg_hope *h, uint32_t cell, int by)
{
    const struct ddg_mask *mask = h->mask;
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        (by * mask->sign[i] > 0 ? h->growing : h->shrinking)[m->cell_line[i]]++;
}

/* True when every line of the cell has another cell that makes up for the change. */
static bool is_possible(const struct ddg_hope *h, uint32_t cell, int by, enum ddg_manner manner)
{
    const struct ddg_mask *mask = h->mask;
    const struct ddg_model *m = mask->model;
    uint32_t own = ddg_hopes(h->of[cell], -by, manner);

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        if ((by * mask->sign[i] > 0 ? h->shrinking : h->growing)[m->cell_line[i]] <= own)
            return false;
    return true;
}

static void forbid(struct ddg_hope *h, uint32_t cell, int by, enum ddg_manner manner,
                   uint32_t *waiting)
{
    const struct ddg_mask *mask = h->mask;
    const struct ddg_model *m = mask->model;

    h->of[cell] &= (uint8_t)~ddg_hope_bit(by, manner);
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        (by * mask->sign[i] > 0 ? h->growing : h->shrinking)[line]--;
        if (h->queued[line])
            continue;
        h->queued[line] = true;
        h->queue[(*waiting)++] = line;
    }
}

static void look_at(struct ddg_hope *h, uint32_t cell, enum ddg_manner manner, uint32_t *waiting)
{
    for (int by = -1; by <= 1; by += 2)
        if (ddg_hopes(h->of[cell], by, manner) && !is_possible(h, cell, by, manner))
            forbid(h, cell, by, manner, waiting);
}

static void find_manner(struct ddg_hope *h, enum ddg_manner manner)
{
    const struct ddg_mask *mask = h->mask;
    const struct ddg_model *m = mask->model;
    uint32_t waiting = 0;

    memset(h->growing, 0, m->lines * sizeof *h->growing);
    memset(h->shrinking, 0, m->lines * sizeof *h->shrinking);
    for (uint32_t cell = 0; cell < m->cells; cell++)
        for (int by = -1; by <= 1; by += 2)
            if (ddg_hopes(h->of[cell], by, manner))
                count_cell(h, cell, by);
    for (uint32_t cell = 0; cell < m->cells; cell++)
        look_at(h, cell, manner, &waiting);
    while (waiting > 0) {
        uint32_t line = h->queue[--waiting];
        size_t start = m->line_start[line];

        h->queued[line] = false;
        for (size_t i = start; i < start + mask->unknowns[line]; i++)
            look_at(h, mask->unknown[i], manner, &waiting);
    }
}

void ddg_hope_find(struct ddg_hope *h)
{
    for (uint32_t cell = 0; cell < h->mask->model->cells; cell++)
        h->of[cell] = hope_of(h->mask, cell);
    for (int manner = 0; manner < DDG_MANNERS; manner++)
        find_manner(h, (enum ddg_manner)manner);
    ddg_changes_add_all(&h->changes);
}

void ddg_hope_suppressed(struct ddg_hope *h, uint32_t cell)
{
    const struct ddg_mask *mask = h->mask;
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        size_t start = m->line_start[m->cell_line[i]];

        for (size_t j = start; j < start + mask->unknowns[m->cell_line[i]]; j++) {
            uint32_t unknown = mask->unknown[j];
            uint8_t hope = hope_of(mask, unknown);

            if (hope == h->of[unknown])
                continue;
            h->of[unknown] = hope;
            ddg_changes_add(&h->changes, unknown);
        }
    }
}
