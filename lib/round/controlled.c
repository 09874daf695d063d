#include "round/controlled.h"

#include "round/nearby.h"

#include <stdlib.h>

enum { IMPROVING = 200 };

/* What a unit of a shown count costs in adjustment, where one of a suppressed count costs 1. */
enum { GIVING_WAY = 3 };

/* What both begin with. */
struct settling {
    struct ddg_nearby nearby;
    struct ddg_truth range;
    struct ddg_aim *aim;
    bool *gapped;
};

static enum ddg_error begin(struct settling *s, const struct ddg_shown *shown,
                            struct ddg_context *context)
{
    uint32_t cells = shown->model->cells;
    enum ddg_error error;

    *s = (struct settling){0};
    if ((error = ddg_allocate(&s->range.low, cells, sizeof *s->range.low, context)) ||
        (error = ddg_allocate(&s->range.high, cells, sizeof *s->range.high, context)) ||
        (error = ddg_allocate(&s->aim, cells, sizeof *s->aim, context)) ||
        (error = ddg_allocate(&s->gapped, cells, sizeof *s->gapped, context)))
        return error;
    s->nearby = (struct ddg_nearby){
        .model = shown->model, .loose = shown->loose, .aim = s->aim, .improving = IMPROVING};
    return DDG_OK;
}

static void end(struct settling *s)
{
    ddg_truth_free(&s->range);
    free(s->aim);
    free(s->gapped);
}

/* Finds numbers and looks at them once more: nothing that does not add up leaves here. */
static enum ddg_error settle(struct settling *s, const char *what, struct ddg_context *context)
{
    const struct ddg_model *m = s->nearby.model;
    bool found = false;
    enum ddg_error error = ddg_nearby_settle(&s->nearby, &s->range, &found, context);

    if (!error && !(found && ddg_nearby_holds(m, s->nearby.loose, &s->range)))
        return ddg_fail(context, DDG_UNSAFE, "%s: %s", m->table->file, what);
    return error;
}

/* Controlled rounding -------------------------------------------------------------------------- */

/* Numbers are multiples: a count is one of two, the lower of which is wanted at the price of going
 * up, which is negative where that is nearer. */
static void aim_at_multiples(struct settling *s, const struct ddg_shown *shown, uint64_t base)
{
    for (uint32_t cell = 0; cell < shown->model->cells; cell++) {
        uint64_t count = shown->range.low[cell], rest = count % base;

        if (cell >= shown->model->printed || shown->state[cell] != DDG_SHOWN) {
            s->range.high[cell] = UINT64_MAX;
            continue;
        }
        s->range.low[cell] = count / base;
        s->range.high[cell] = count / base + (rest > 0);
        s->aim[cell].wanted = count / base;
        s->aim[cell].above = (double)base - 2 * (double)rest;
    }
}

/* Takes the multiples, if each is less than `base` from its count. */
static bool take_multiples(const struct settling *s, const struct ddg_shown *shown, uint64_t base,
                           uint64_t *value)
{
    for (uint32_t row = 0; row < shown->model->printed; row++) {
        uint64_t count = shown->range.low[row];

        if (shown->state[row] != DDG_SHOWN)
            continue;
        if (__builtin_mul_overflow(s->range.low[row], base, &value[row]) ||
            (value[row] > count ? value[row] - count : count - value[row]) >= base)
            return false;
    }
    return true;
}

enum ddg_error ddg_round_controlled(const struct ddg_shown *shown, uint64_t base, uint64_t *value,
                                    struct ddg_context *context)
{
    struct settling s;
    enum ddg_error error = begin(&s, shown, context);

    if (!error) {
        aim_at_multiples(&s, shown, base);
        error =
            settle(&s, "no multiples that add up were found (another --to may have some)", context);
    }
    if (!error && !take_multiples(&s, shown, base, value))
        error = ddg_fail(context, DDG_LIMIT, "%s: a count is too large to be rounded",
                         shown->model->table->file);
    end(&s);
    return error;
}

/* Adjustment ----------------------------------------------------------------------------------- */

/* The middle of what is left to a hidden count; where that has no end, the least that is not small.
 */
static uint64_t middle(const struct ddg_shown *shown, uint32_t row, uint64_t threshold)
{
    uint64_t low = shown->range.low[row], high = shown->range.high[row];

    if (high == UINT64_MAX)
        return low > threshold ? low : threshold;
    return low + (high - low) / 2;
}

static bool is_total(const struct ddg_model *m, uint32_t cell)
{
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        if (m->line_cell[m->line_start[m->cell_line[i]]] == cell)
            return true;
    return false;
}

/* Shown totals and zeros stay, other shown counts give way where they must. */
static void aim_at_count(struct settling *s, const struct ddg_shown *shown, uint32_t cell,
                         uint64_t threshold)
{
    uint64_t count = shown->range.low[cell];
    bool stays = count == 0 || is_total(shown->model, cell);

    s->range.low[cell] = stays ? count : threshold;
    s->range.high[cell] = stays ? count : UINT64_MAX;
    s->aim[cell] = (struct ddg_aim){count, GIVING_WAY, GIVING_WAY};
}

static enum ddg_error aim_at_middles(struct settling *s, const struct ddg_shown *shown,
                                     uint64_t threshold, struct ddg_context *context)
{
    const struct ddg_table *t = shown->model->table;

    for (uint32_t cell = 0; cell < shown->model->cells; cell++) {
        enum ddg_state state = cell < shown->model->printed ? shown->state[cell] : DDG_NO_DATA;
        uint64_t low = shown->range.low[cell];

        s->range.high[cell] = UINT64_MAX;
        s->gapped[cell] = state == DDG_SUPPRESSED;
        if (state == DDG_SUPPRESSED)
            s->aim[cell] = (struct ddg_aim){middle(shown, cell, threshold), 1, 1};
        if (state != DDG_SHOWN)
            continue;
        if (low > 0 && low < threshold)
            return ddg_table_fail(t, cell, t->measure[shown->measure].count, context,
                                  "a small count is shown: ddg-suppress finds what else has to be "
                                  "adjusted with it");
        aim_at_count(s, shown, cell, threshold);
    }
    return DDG_OK;
}

enum ddg_error ddg_round_adjusted(const struct ddg_shown *shown, uint64_t threshold,
                                  uint64_t *value, struct ddg_context *context)
{
    struct settling s;
    enum ddg_error error = begin(&s, shown, context);

    if (!error)
        error = aim_at_middles(&s, shown, threshold, context);
    if (!error) {
        s.nearby.gapped = s.gapped;
        s.nearby.gap = threshold;
        error = settle(&s, "no safe numbers that add up to what is shown were found", context);
    }
    for (uint32_t row = 0; !error && row < shown->model->printed; row++)
        if (shown->state[row] == DDG_SHOWN || shown->state[row] == DDG_SUPPRESSED)
            value[row] = s.range.low[row];
    end(&s);
    return error;
}
