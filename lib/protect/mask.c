#include "protect/mask.h"

#include "protect/priced.h"
#include "protect/standing.h"

#include <assert.h>
#include <stdlib.h>

bool ddg_mask_is_small(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->truth->low[cell] >= 1 && mask->truth->high[cell] < mask->threshold;
}

bool ddg_mask_is_primary(const struct ddg_mask *mask, uint32_t cell)
{
    const bool *chosen = mask->policy.chosen, *always = mask->policy.always;

    if (cell >= mask->ours ||
        (cell < mask->model->printed && chosen && !chosen[cell] && !(always && always[cell])))
        return false;
    return ddg_mask_is_small(mask, cell);
}

static enum ddg_cell_kind kind_of(const struct ddg_mask *mask, uint32_t cell,
                                  const struct ddg_description *description)
{
    enum ddg_cell_kind kind;

    if (ddg_standing_kind(mask, cell, &kind))
        return kind;
    if (cell < mask->ours)
        return ddg_mask_is_primary(mask, cell) ? DDG_PRIMARY : DDG_PUBLIC;
    if (mask->truth->high[cell] == 0)
        return DDG_PUBLIC;
    if (description->unprinted == DDG_TOTALS_NONE || ddg_mask_is_small(mask, cell))
        return DDG_HIDDEN;
    return DDG_PUBLIC;
}

/* Rooms ---------------------------------------------------------------------------------------- */

/* The range that the reader of our table knows of a cell that is suppressed or hidden. */
static void known_range(const struct ddg_mask *mask, uint32_t cell, uint64_t *least, uint64_t *most)
{
    bool small = (mask->kind[cell] == DDG_PRIMARY || mask->kind[cell] == DDG_HIDDEN) &&
                 ddg_mask_is_small(mask, cell);

    *least = mask->policy.knows >= DDG_KNOWS_ZEROS;
    *most = UINT64_MAX;
    /* of the middle of an equation he knows nothing but its parts */
    if (cell >= mask->model->between)
        *least = 0;
    else if (small && mask->policy.knows >= DDG_KNOWS_THRESHOLD)
        *most = mask->threshold - 1;
    if (!small && mask->kind[cell] != DDG_HIDDEN && mask->policy.knows >= DDG_KNOWS_CODES)
        *least = mask->threshold;
}

static uint8_t room_between(uint64_t low, uint64_t high)
{
    if (high <= low)
        return 0;
    return high - low < DDG_ROOM_MOST ? (uint8_t)(high - low) : DDG_ROOM_MOST;
}

/* True for a public cell that must stay so. */
static bool is_fixed(const struct ddg_mask *mask, uint32_t cell)
{
    return cell >= mask->ours || ddg_standing_is_fixed(mask, cell) ||
           (mask->policy.never && mask->policy.never[cell]) ||
           (mask->policy.apart && mask->truth->low[cell] < mask->threshold);
}

static void set_rooms(struct ddg_mask *mask, uint32_t cell)
{
    uint64_t low = mask->truth->low[cell], high = mask->truth->high[cell], least, most;

    mask->down[cell] = mask->up[cell] = 0;
    if (mask->policy.before && mask->kind[cell] != DDG_PUBLIC &&
        mask->policy.known->standing[cell] == DDG_UNMET)
        mask->down[cell] = mask->up[cell] = DDG_ROOM_MOST;
    if (low == 0 || (mask->kind[cell] == DDG_PUBLIC && is_fixed(mask, cell)))
        return;
    known_range(mask, cell, &least, &most);
    ddg_standing_range(mask, cell, &least, &most);
    if (low < least || high > most)
        return;
    mask->down[cell] = room_between(least, low);
    mask->up[cell] = room_between(high, most);
}

static uint8_t least_of(uint8_t room, int other)
{
    return room < other ? room : (uint8_t)other;
}

/* A part never exceeds its total: it rises by no more than lies between them and than the total can
 * rise, and likewise the total falls.  Whether both do is for ddg_move_fits() to see. */
static void tighten_loose(struct ddg_mask *mask, uint32_t line)
{
    const struct ddg_model *m = mask->model;
    uint32_t total = m->line_cell[m->line_start[line]];

    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        uint32_t part = m->line_cell[i];
        int between = room_between(mask->truth->high[part], mask->truth->low[total]);

        if (mask->up[total] < DDG_ROOM_MOST)
            mask->up[part] = least_of(mask->up[part], between + mask->up[total]);
        if (mask->down[part] < DDG_ROOM_MOST)
            mask->down[total] = least_of(mask->down[total], between + mask->down[part]);
    }
}

/* Lines ---------------------------------------------------------------------------------------- */

static void add_unknown(struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        mask->unknown[m->line_start[line] + mask->unknowns[line]++] = cell;
    }
}

static void remove_unknown(struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        uint32_t *unknown = &mask->unknown[m->line_start[line]], at = 0;

        while (unknown[at] != cell)
            at++;
        unknown[at] = unknown[--mask->unknowns[line]];
    }
}

static void list_servants(struct ddg_mask *mask, uint32_t line, struct ddg_priced *room)
{
    const struct ddg_model *m = mask->model;
    size_t start = m->line_start[line];
    uint32_t count = 0;

    for (size_t i = start; i < m->line_start[line + 1]; i++)
        if (ddg_mask_may_serve(mask, m->line_cell[i]))
            room[count++] = (struct ddg_priced){mask->cost[m->line_cell[i]], m->line_cell[i]};
    qsort(room, count, sizeof *room, ddg_cheapest_first);
    for (uint32_t i = 0; i < count; i++)
        mask->servant[start + i] = room[i].item;
    mask->servants[line] = count;
}

static enum ddg_error list_all_servants(struct ddg_mask *mask, struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    size_t longest = 0;
    struct ddg_priced *room;
    enum ddg_error error;

    for (uint32_t line = 0; line < m->lines; line++)
        if (m->line_start[line + 1] - m->line_start[line] > longest)
            longest = m->line_start[line + 1] - m->line_start[line];
    error = ddg_allocate(&room, longest, sizeof *room, context);
    for (uint32_t line = 0; !error && line < m->lines; line++)
        list_servants(mask, line, room);
    free(room);
    return error;
}

static void set_signs(struct ddg_mask *mask)
{
    const struct ddg_model *m = mask->model;

    for (uint32_t cell = 0; cell < m->cells; cell++)
        for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
            mask->sign[i] = m->line_cell[m->line_start[m->cell_line[i]]] == cell ? -1 : 1;
}

/* Whole ---------------------------------------------------------------------------------------- */

static enum ddg_error check_policy(const struct ddg_mask *mask, struct ddg_context *context)
{
    const bool *never = mask->policy.never, *always = mask->policy.always;
    char where[256];

    for (uint32_t cell = 0; never && always && cell < mask->ours; cell++)
        if (never[cell] && always[cell]) {
            ddg_model_describe(mask->model, cell, where, sizeof where);
            return ddg_fail(context, DDG_USAGE, "%s: --always and --never both name %s",
                            mask->model->table->file, where);
        }
    return DDG_OK;
}

static enum ddg_error allocate(struct ddg_mask *mask, struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    size_t links = m->line_start[m->lines];
    enum ddg_error error;

    if ((error = ddg_allocate(&mask->kind, m->cells, 1, context)) ||
        (error = ddg_allocate(&mask->down, m->cells, 1, context)) ||
        (error = ddg_allocate(&mask->up, m->cells, 1, context)) ||
        (error = ddg_allocate(&mask->cost, m->cells, sizeof *mask->cost, context)) ||
        (error = ddg_allocate(&mask->unknowns, m->lines, sizeof *mask->unknowns, context)) ||
        (error = ddg_allocate(&mask->unknown, links, sizeof *mask->unknown, context)) ||
        (error = ddg_allocate(&mask->servants, m->lines, sizeof *mask->servants, context)) ||
        (error = ddg_allocate(&mask->servant, links, sizeof *mask->servant, context)) ||
        (error = ddg_allocate(&mask->sign, links, 1, context)))
        return error;
    if (mask->policy.explained &&
        ((error = ddg_allocate(&mask->rule, m->cells, 1, context)) ||
         (error = ddg_allocate(&mask->reason, m->cells, sizeof *mask->reason, context))))
        return error;
    return ddg_allocate(&mask->loose, m->lines, 1, context);
}

enum ddg_error ddg_mask_start(struct ddg_mask *mask, const struct ddg_model *model,
                              const struct ddg_truth *truth, size_t measure,
                              const struct ddg_description *description,
                              const struct ddg_mask_policy *policy, struct ddg_context *context)
{
    enum ddg_error error;

    *mask = (struct ddg_mask){.model = model, .told = model, .truth = truth, .policy = *policy};
    mask->beside = policy->known ? policy->known->told : NULL;
    mask->threshold = description->threshold;
    mask->ours = description->unprinted == DDG_TOTALS_ADD ? model->own : model->printed;
    mask->owned = policy->known ? model->cells : mask->ours;
    if ((error = check_policy(mask, context)) || (error = allocate(mask, context)))
        return error;
    for (uint32_t cell = 0; cell < model->cells; cell++) {
        mask->kind[cell] = (uint8_t)kind_of(mask, cell, description);
        mask->primary += mask->kind[cell] == DDG_PRIMARY && cell < mask->ours;
        mask->cost[cell] =
            policy->cost && cell < model->own ? policy->cost[cell] : truth->low[cell];
        mask->cost[cell] = ddg_standing_cost(mask, cell, mask->cost[cell]);
        set_rooms(mask, cell);
    }
    for (uint32_t line = 0; line < model->lines; line++) {
        mask->loose[line] = ddg_model_may_overlap(model, measure, line);
        mask->any_loose = mask->any_loose || mask->loose[line];
        if (mask->loose[line])
            tighten_loose(mask, line);
    }
    ddg_standing_fix(mask);
    set_signs(mask);
    for (uint32_t cell = 0; cell < model->cells; cell++)
        if (mask->kind[cell] != DDG_PUBLIC)
            add_unknown(mask, cell);
    return list_all_servants(mask, context);
}

enum ddg_error ddg_mask_price(struct ddg_mask *mask, const uint64_t *cost,
                              struct ddg_context *context)
{
    mask->lost = 0;
    for (uint32_t cell = 0; cell < mask->model->cells; cell++) {
        mask->cost[cell] = cost[cell];
        if (mask->kind[cell] == DDG_COMPLEMENT)
            mask->lost += cost[cell];
    }
    ddg_changes_add_all(&mask->changes);
    return list_all_servants(mask, context);
}

void ddg_mask_free(struct ddg_mask *mask)
{
    free(mask->kind);
    free(mask->down);
    free(mask->up);
    free(mask->cost);
    free(mask->unknowns);
    free(mask->unknown);
    free(mask->servants);
    free(mask->servant);
    free(mask->sign);
    free(mask->loose);
    free(mask->rule);
    free(mask->reason);
    free(mask->upheld);
    *mask = (struct ddg_mask){0};
}

void ddg_mask_complement(struct ddg_mask *mask, uint32_t cell)
{
    assert(ddg_mask_eligible(mask, cell));
    mask->kind[cell] = DDG_COMPLEMENT;
    ddg_changes_add(&mask->changes, cell);
    mask->complementary++;
    mask->lost += mask->cost[cell];
    add_unknown(mask, cell);
}

void ddg_mask_show(struct ddg_mask *mask, uint32_t cell)
{
    assert(mask->kind[cell] == DDG_COMPLEMENT);
    mask->kind[cell] = DDG_PUBLIC;
    ddg_changes_add(&mask->changes, cell);
    mask->complementary--;
    mask->lost -= mask->cost[cell];
    remove_unknown(mask, cell);
}

size_t ddg_mask_complements(const struct ddg_mask *mask, uint32_t *list)
{
    size_t count = 0;

    for (uint32_t cell = 0; cell < mask->owned; cell++)
        if (ddg_mask_can_show(mask, cell))
            list[count++] = cell;
    return count;
}

/* As far as its reader knows. */
static bool is_known_small(const struct ddg_mask *mask, uint32_t cell)
{
    if (mask->policy.known && cell >= mask->ours)
        return mask->policy.known->most[cell] < mask->threshold;
    return ddg_mask_is_small(mask, cell);
}

uint32_t ddg_mask_wishes(const struct ddg_mask *mask, uint32_t cell)
{
    uint64_t most, small = mask->threshold - 1;

    if (mask->kind[cell] != DDG_PRIMARY && mask->kind[cell] != DDG_COMPLEMENT)
        return 0;
    if (mask->kind[cell] == DDG_COMPLEMENT || !is_known_small(mask, cell))
        return mask->policy.complement_values - 1;
    most = mask->policy.knows >= DDG_KNOWS_THRESHOLD && small < mask->policy.primary_values
               ? small
               : mask->policy.primary_values;
    return (uint32_t)(most - 1);
}

uint32_t ddg_mask_wants(const struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_known *known = mask->policy.known;
    uint32_t wishes = ddg_mask_wishes(mask, cell);

    if (mask->upheld && mask->upheld[cell])
        return 0;
    if (known && mask->kind[cell] == DDG_PRIMARY && known->wants[cell] < wishes)
        return known->wants[cell];
    return wishes;
}
