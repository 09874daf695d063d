#include "round/order.h"

#include <stdlib.h>

/* How many others a measure is never more than. */
static size_t wholes_of(const struct ddg_order *o, size_t measure)
{
    size_t count = 0;

    for (size_t i = 0; i < o->ties.count; i++)
        count += measure < DDG_TIED_MOST && ddg_tie_has(&o->ties.tie[i], (uint32_t)measure);
    return count;
}

/* What is never more than another is never more than what that is never more than, so that it has
 * more of them. */
static void sort(struct ddg_order *o)
{
    for (size_t i = 0; i < o->measures; i++) {
        size_t at = i;

        while (at > 0 && wholes_of(o, o->turn[at - 1]) > wholes_of(o, i)) {
            o->turn[at] = o->turn[at - 1];
            at--;
        }
        o->turn[at] = i;
    }
}

enum ddg_error ddg_order_find(struct ddg_order *o, const struct ddg_shown *shown, size_t measures,
                              struct ddg_context *context)
{
    enum ddg_error error;

    *o = (struct ddg_order){.measures = measures, .rows = shown->model->printed};
    if ((error = ddg_ties_find_pairs(&o->ties, shown, measures, context)) ||
        (error = ddg_allocate(&o->turn, measures, sizeof *o->turn, context)) ||
        (error = ddg_allocate(&o->bound.low, o->rows, sizeof *o->bound.low, context)) ||
        (error = ddg_allocate(&o->bound.high, o->rows, sizeof *o->bound.high, context)))
        return error;
    sort(o);
    return DDG_OK;
}

void ddg_order_free(struct ddg_order *o)
{
    ddg_ties_free(&o->ties);
    ddg_truth_free(&o->bound);
    free(o->turn);
    *o = (struct ddg_order){0};
}

void ddg_order_turn_round(struct ddg_order *o)
{
    for (size_t i = 0; i < o->measures / 2; i++) {
        size_t other = o->turn[i];

        o->turn[i] = o->turn[o->measures - 1 - i];
        o->turn[o->measures - 1 - i] = other;
    }
}

static bool is_before(const struct ddg_order *o, size_t one, size_t other)
{
    for (size_t i = 0; o->turn[i] != other; i++)
        if (o->turn[i] == one)
            return true;
    return false;
}

static bool has_number(const struct ddg_shown *shown, uint32_t row, bool hidden)
{
    return shown->state[row] == DDG_SHOWN || (hidden && shown->state[row] == DDG_SUPPRESSED);
}

/* Both have numbers, of which the part can be no more: what is so in the rows that are shown need
 * not be so where one is hidden. */
static bool is_in_order(const struct ddg_tie *tie, const struct ddg_shown *shown, uint32_t row,
                        bool hidden)
{
    const struct ddg_shown *part = &shown[ddg_tie_end(tie) - 1], *whole = &shown[tie->whole];

    return has_number(part, row, hidden) && has_number(whole, row, hidden) &&
           part->range.low[row] <= whole->range.high[row];
}

/* Bounds a row of the measure by another, made before it. */
static void bound_row(const struct ddg_truth *bound, uint32_t row, bool is_part, uint64_t other)
{
    if (is_part && other < bound->high[row])
        bound->high[row] = other;
    if (!is_part && other > bound->low[row])
        bound->low[row] = other;
}

void ddg_order_bound(struct ddg_order *o, const struct ddg_shown *shown, size_t measure,
                     uint64_t *const *value, bool hidden)
{
    for (uint32_t row = 0; row < o->rows; row++) {
        o->bound.low[row] = 0;
        o->bound.high[row] = UINT64_MAX;
    }
    for (size_t i = 0; i < o->ties.count; i++) {
        const struct ddg_tie *tie = &o->ties.tie[i];
        size_t part = ddg_tie_end(tie) - 1, other = part == measure ? tie->whole : part;

        if ((part != measure && tie->whole != measure) || !is_before(o, other, measure))
            continue;
        for (uint32_t row = 0; row < o->rows; row++)
            if (is_in_order(tie, shown, row, hidden))
                bound_row(&o->bound, row, part == measure, value[other][row]);
    }
}

bool ddg_order_is_kept(const struct ddg_order *o, const struct ddg_shown *shown,
                       uint64_t *const *value, uint32_t row, bool hidden)
{
    for (size_t i = 0; i < o->ties.count; i++) {
        const struct ddg_tie *tie = &o->ties.tie[i];

        if (is_in_order(tie, shown, row, hidden) &&
            value[ddg_tie_end(tie) - 1][row] > value[tie->whole][row])
            return false;
    }
    return true;
}
