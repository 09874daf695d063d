#include "protect/standing.h"

/* A cell that an earlier release hid costs this part of what it costs otherwise, one that it shows
 * so many times that, where that can be added up. */
enum { FOLLOWED = 16, DEAREST = 1 << 30 };

static enum ddg_standing standing_of(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->policy.known ? (enum ddg_standing)mask->policy.known->standing[cell] : DDG_UNMET;
}

static bool has_count(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->truth->low[cell] == mask->truth->high[cell] && mask->truth->low[cell] > 0;
}

/* A cell that a published table hides stays hidden, unless the user forbids it. */
static enum ddg_cell_kind kind_of_masked(const struct ddg_mask *mask, uint32_t cell)
{
    const bool *never = mask->policy.never;
    bool forbidden = cell < mask->ours && never && never[cell] && !ddg_mask_is_primary(mask, cell);

    if (!mask->policy.before && (forbidden || !has_count(mask, cell)))
        return DDG_PUBLIC;
    return DDG_PRIMARY;
}

bool ddg_standing_kind(const struct ddg_mask *mask, uint32_t cell, enum ddg_cell_kind *kind)
{
    switch (standing_of(mask, cell)) {
    case DDG_SEEN:
    case DDG_GIVEN:
        *kind = DDG_PUBLIC;
        return true;
    case DDG_MASKED:
        *kind = kind_of_masked(mask, cell);
        return true;
    default:
        break;
    }
    /* to the reader of the published tables alone, anything that they do not have is open */
    if (mask->policy.before)
        *kind = ddg_mask_is_primary(mask, cell) ? DDG_PRIMARY : DDG_HIDDEN;
    else if (cell >= mask->model->own)
        *kind = mask->truth->high[cell] == 0 ? DDG_PUBLIC : DDG_HIDDEN;
    else
        return false;
    return true;
}

void ddg_standing_range(const struct ddg_mask *mask, uint32_t cell, uint64_t *least, uint64_t *most)
{
    const struct ddg_known *known = mask->policy.known;

    if (standing_of(mask, cell) != DDG_MASKED)
        return;
    /* of a cell that only published tables have he knows no more */
    if (mask->policy.before || cell >= mask->ours) {
        *least = 0;
        *most = UINT64_MAX;
    }
    if (known->least[cell] > *least)
        *least = known->least[cell];
    if (known->most[cell] < *most)
        *most = known->most[cell];
}

bool ddg_standing_is_fixed(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->policy.before || standing_of(mask, cell) != DDG_UNMET ||
           (mask->policy.known && cell < mask->model->own &&
            mask->policy.known->before[cell] == DDG_BEFORE_EQUAL);
}

/* The only cell of a line that could change at all; DDG_NO_CELL where there are none or several. */
static uint32_t lonely_cell(const struct ddg_mask *mask, uint32_t line)
{
    const struct ddg_model *m = mask->model;
    uint32_t lonely = DDG_NO_CELL;

    for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++) {
        if (!ddg_mask_has_room(mask, m->line_cell[i]))
            continue;
        if (lonely != DDG_NO_CELL)
            return DDG_NO_CELL;
        lonely = m->line_cell[i];
    }
    return lonely;
}

void ddg_standing_fix(struct ddg_mask *mask)
{
    bool any = mask->policy.known != NULL;

    /* others may have rested on one that is fixed */
    while (any) {
        any = false;
        for (uint32_t line = 0; line < mask->model->lines; line++) {
            uint32_t cell = lonely_cell(mask, line);

            if (cell == DDG_NO_CELL || mask->kind[cell] != DDG_PUBLIC)
                continue;
            mask->down[cell] = mask->up[cell] = 0;
            any = true;
        }
    }
}

uint64_t ddg_standing_cost(const struct ddg_mask *mask, uint32_t cell, uint64_t cost)
{
    enum ddg_before before = DDG_BEFORE_NOT;

    if (mask->policy.known && cell < mask->model->own)
        before = mask->policy.known->before[cell];
    if (before == DDG_BEFORE_HIDDEN)
        return cost > FOLLOWED ? cost / FOLLOWED : 1;
    if (before == DDG_BEFORE_OTHER && cost <= DEAREST)
        return cost * FOLLOWED;
    return cost;
}

/* Settling ------------------------------------------------------------------------------------- */

static void make_complement(struct ddg_mask *mask, uint32_t cell, enum ddg_rule rule)
{
    mask->kind[cell] = DDG_COMPLEMENT;
    mask->complementary++;
    mask->lost += mask->cost[cell];
    if (mask->rule)
        mask->rule[cell] = (uint8_t)rule;
}

/* A small count that is no secret any more. */
static void make_primary(struct ddg_mask *mask, uint32_t cell)
{
    mask->kind[cell] = DDG_PRIMARY;
    mask->primary++;
    mask->given++;
    if (mask->rule)
        mask->rule[cell] = DDG_RULE_SMALL;
}

static void settle(struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_known *known = mask->policy.known;
    bool asked = known->asked && known->asked[cell];
    bool forbidden = mask->policy.never && mask->policy.never[cell];

    if (mask->kind[cell] == DDG_PRIMARY && !ddg_mask_is_small(mask, cell)) {
        mask->primary--;
        make_complement(mask, cell, DDG_RULE_EARLIER);
        return;
    }
    if (mask->kind[cell] != DDG_PUBLIC || !has_count(mask, cell))
        return;
    if (ddg_mask_is_primary(mask, cell))
        make_primary(mask, cell);
    else if (known->standing[cell] == DDG_GIVEN && ddg_mask_is_small(mask, cell))
        make_primary(mask, cell);
    else if (known->standing[cell] == DDG_GIVEN && !forbidden)
        make_complement(mask, cell, DDG_RULE_EARLIER);
    else if (asked)
        make_complement(mask, cell, DDG_RULE_ALWAYS);
}

void ddg_standing_settle(struct ddg_mask *mask)
{
    if (!mask->policy.known)
        return;
    for (uint32_t cell = 0; cell < mask->ours; cell++)
        settle(mask, cell);
    for (uint32_t cell = mask->ours; cell < mask->model->cells; cell++)
        if (mask->kind[cell] == DDG_PRIMARY)
            mask->kind[cell] = DDG_HIDDEN;
    mask->owned = mask->ours;
}
