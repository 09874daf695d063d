#include "protect/cut.h"

#include "protect/group_rule.h"

#include <stdlib.h>

void ddg_cut_free(struct ddg_cut *cut)
{
    free(cut->cell);
    free(cut->weight);
    *cut = (struct ddg_cut){0};
}

/* How far a change of `other` by one changes `cell`, less what the lines make up for. */
static int64_t rest(const struct ddg_mask *mask, uint32_t cell, uint32_t other, int by,
                    const int64_t *potential)
{
    const struct ddg_model *m = mask->model;
    int64_t sum = other == cell ? by * DDG_POTENTIAL_SCALE : 0;

    for (size_t i = m->cell_start[other]; i < m->cell_start[other + 1]; i++)
        if (!mask->loose[m->cell_line[i]])
            sum -= mask->sign[i] * potential[m->cell_line[i]];
    return sum;
}

/* What a change as far as there is room gives; rooms that are as large as can be are larger. */
static int64_t reach(const struct ddg_mask *mask, uint32_t cell, int64_t by, int64_t enough)
{
    int room = by > 0 ? mask->up[cell] : mask->down[cell];
    int64_t each = by > 0 ? by : -by;

    if (each == 0 || room == 0)
        return 0;
    return room >= DDG_ROOM_MOST || each * room > enough ? enough : each * room;
}

static enum ddg_error add(struct ddg_cut *cut, uint32_t cell, int64_t weight,
                          struct ddg_context *context)
{
    enum ddg_error error;

    if ((error =
             ddg_grow(&cut->cell, &cut->cell_room, cut->count + 1, sizeof *cut->cell, context)) ||
        (error = ddg_grow(&cut->weight, &cut->weight_room, cut->count + 1, sizeof *cut->weight,
                          context)))
        return error;
    cut->cell[cut->count] = cell;
    cut->weight[cut->count++] = weight;
    return DDG_OK;
}

/* Weights count no more than is asked for.  With a candidate: only where that is suppressed. */
static enum ddg_error finish(struct ddg_cut *cut, const uint8_t *role, uint32_t cell,
                             struct ddg_context *context)
{
    int64_t least = cut->least;

    if (least <= 0) {
        cut->count = 0;
        return DDG_OK;
    }
    for (size_t i = 0; i < cut->count; i++)
        if (cut->weight[i] > least)
            cut->weight[i] = least;
    if (role[cell] != DDG_ROLE_CANDIDATE)
        return DDG_OK;
    cut->least = 0;
    return add(cut, cell, -least, context);
}

enum ddg_error ddg_cut_by_range(struct ddg_cut *cut, const struct ddg_mask *mask,
                                const uint8_t *role, uint32_t cell, uint32_t wants,
                                const int64_t *rise, const int64_t *fall,
                                struct ddg_context *context)
{
    int64_t enough = (int64_t)wants * DDG_POTENTIAL_SCALE;
    enum ddg_error error = DDG_OK;

    cut->count = 0;
    cut->least = enough;
    for (uint32_t other = 0; !error && other < mask->model->cells; other++) {
        int64_t weight;

        if (role[other] == DDG_ROLE_SHOWN || !ddg_mask_has_room(mask, other))
            continue;
        weight = reach(mask, other, rest(mask, cell, other, 1, rise), enough) +
                 reach(mask, other, rest(mask, cell, other, -1, fall), enough);
        if (role[other] != DDG_ROLE_CANDIDATE || other == cell)
            cut->least -= weight;
        else if (weight > 0)
            error = add(cut, other, weight, context);
    }
    return error ? error : finish(cut, role, cell, context);
}

/* What a suppressed cell gives to its line: its value, or with !sum whether that is not tiny. */
static int64_t gift(const struct ddg_mask *mask, uint32_t cell, bool sum)
{
    uint64_t value = mask->truth->low[cell];

    if (!sum)
        return value > DDG_TINY;
    return (int64_t)(value < mask->threshold ? value : mask->threshold);
}

enum ddg_error ddg_cut_by_group(struct ddg_cut *cut, const struct ddg_mask *mask,
                                const uint8_t *role, uint32_t line, uint32_t cell, bool sum,
                                struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    size_t start = m->line_start[line];
    uint32_t total = m->line_cell[start];
    int64_t most = 0;
    enum ddg_error error = DDG_OK;

    cut->count = 0;
    cut->least = sum ? (int64_t)mask->threshold : 1;
    /* the rule binds while the total is shown: one that is hidden gives all */
    if (role[total] == DDG_ROLE_UNKNOWN || cell == total ||
        (role[total] == DDG_ROLE_SHOWN && mask->truth->high[total] == UINT64_MAX))
        return DDG_OK;
    if (role[total] == DDG_ROLE_CANDIDATE) {
        most = cut->least;
        error = add(cut, total, most, context);
    }
    for (size_t i = start + 1; !error && i < m->line_start[line + 1]; i++) {
        uint32_t part = m->line_cell[i];
        int64_t weight = gift(mask, part, sum);

        if (role[part] == DDG_ROLE_SHOWN || weight == 0)
            continue;
        if (role[part] == DDG_ROLE_UNKNOWN || part == cell) {
            cut->least -= weight;
        } else {
            most += weight;
            error = add(cut, part, weight, context);
        }
    }
    /* a line that has not enough is bound to nothing: see ddg_protect() */
    if (most < cut->least)
        cut->count = 0;
    return error || cut->count == 0 ? error : finish(cut, role, cell, context);
}
