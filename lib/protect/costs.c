#include "protect/costs.h"

#include "base/number.h"
#include "protect/categories.h"

#include <stdlib.h>

/*
 * Costs are whole numbers of at least 1.  Where categories are preferred or neighbours looked at,
 * a cell costs FULL times as much, a neighbour half of that, and a preferred cell the number of
 * bits of its cost: 1 to 64, so that any one of them costs less than any other cell and the small
 * ones of them still less than the large.
 */
enum { FULL = 128, HALF = 64 };

enum { PREFER = 1700, NEVER, ALWAYS, COST, NEIGHBOUR, BEHIND_LAST };

const struct ddg_option ddg_costs_options[] = {
    {PREFER, 0, "prefer", "DIM=VALUES", "complementary cells first from these; repeatable",
     DDG_SUPPRESS},
    {NEVER, 0, "never", "DIM=VALUES", "no complementary cells in these; repeatable", DDG_SUPPRESS},
    {ALWAYS, 0, "always", "DIM=VALUES", "all of these but zeros is suppressed; repeatable",
     DDG_SUPPRESS},
    {COST, 0, "cost", "WHAT",
     "what a complementary cell loses: count, cells, log, or a column [count]", DDG_SUPPRESS},
    {NEIGHBOUR, 0, "neighbour", "DIM", "cells beside a small one cost half; repeatable",
     DDG_SUPPRESS},
    {0, 0, NULL, NULL, NULL, 0},
};

bool ddg_costs_has(int id)
{
    return id >= PREFER && id < BEHIND_LAST;
}

/* Options -------------------------------------------------------------------------------------- */

static void set_cost(struct ddg_costs *costs, const char *value)
{
    static const char *const words[] = {"count", "cells", "log"};

    costs->by = DDG_COST_COLUMN;
    costs->column = ddg_text_of(value);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ddg_text_is(costs->column, words[i]))
            costs->by = (enum ddg_cost)i;
}

static enum ddg_error push(struct ddg_of_dimensions *list, struct ddg_text dimension,
                           struct ddg_text value, struct ddg_context *context)
{
    enum ddg_error error =
        ddg_grow(&list->item, &list->capacity, list->count + 1, sizeof *list->item, context);

    if (!error)
        list->item[list->count++] = (struct ddg_of_dimension){dimension, value};
    return error;
}

static enum ddg_error set_categories(struct ddg_costs *costs, int id, const char *value,
                                     struct ddg_context *context)
{
    struct ddg_of_dimensions *list = id == PREFER  ? &costs->prefer
                                     : id == NEVER ? &costs->never
                                                   : &costs->always;
    struct ddg_text dimension, rest;
    struct ddg_list values = {0};
    enum ddg_error error = DDG_OK;

    if (!ddg_cut(ddg_text_of(value), &dimension, &rest) || dimension.length == 0 ||
        rest.length == 0)
        return ddg_fail(context, DDG_USAGE, "--%s is DIM=VALUES, not '%s'",
                        ddg_costs_options[id - PREFER].name, value);
    error = ddg_list_add(&values, rest.at, ',', &costs->arena, context);
    for (size_t i = 0; !error && i < values.count; i++)
        error = push(list, dimension, values.item[i], context);
    free(values.item);
    return error;
}

enum ddg_error ddg_costs_set(struct ddg_costs *costs, int id, const char *value,
                             struct ddg_context *context)
{
    switch (id) {
    case COST:
        set_cost(costs, value);
        return DDG_OK;
    case NEIGHBOUR:
        return ddg_list_push(&costs->neighbour, ddg_text_of(value), context);
    default:
        return set_categories(costs, id, value, context);
    }
}

void ddg_costs_free(struct ddg_costs *costs)
{
    free(costs->never.item);
    free(costs->always.item);
    free(costs->prefer.item);
    free(costs->neighbour.item);
    ddg_arena_free(&costs->arena);
    *costs = (struct ddg_costs){0};
}

/* Costs ---------------------------------------------------------------------------------------- */

/* 256 times the logarithm of 1 + count, rounded down: the digits of the logarithm behind the point
 * come out one by one when the number is squared. */
static uint64_t log_of(uint64_t count)
{
    uint64_t n = count < UINT64_MAX ? count + 1 : count, log = 63 - (unsigned)__builtin_clzll(n);
    uint64_t mantissa = n << (63 - log) >> 32;

    for (int i = 0; i < 8; i++) {
        mantissa = mantissa * mantissa >> 31;
        log = 2 * log + (mantissa >> 32);
        mantissa >>= mantissa >> 32;
    }
    return log > 0 ? log : 1;
}

enum ddg_error ddg_costs_column(const struct ddg_costs *costs, const struct ddg_table *table,
                                size_t *column, struct ddg_context *context)
{
    *column = DDG_NO_COLUMN;
    if (costs->by != DDG_COST_COLUMN)
        return DDG_OK;
    *column = ddg_table_find(table, costs->column);
    if (*column != DDG_NO_COLUMN)
        return DDG_OK;
    return ddg_fail(context, DDG_USAGE, "%s: --cost is count, cells, log or a column, not '%.*s'",
                    table->file, (int)costs->column.length, costs->column.at);
}

static enum ddg_error fail_large(const struct ddg_model *m, struct ddg_context *context)
{
    return ddg_fail(context, DDG_LIMIT, "%s: the costs of all cells are too much to be added up",
                    m->table->file);
}

/* Reads the column, all numbers with as many digits behind the point as any of them has. */
static enum ddg_error read_column(const struct ddg_model *m, size_t column, uint64_t *cost,
                                  struct ddg_context *context)
{
    struct ddg_decimal number, scale = {0, 0};

    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t cell = 0; cell < m->printed; cell++) {
            if (!ddg_decimal_parse(ddg_table_field(m->table, cell, column), &number) ||
                number.units < 0)
                return ddg_table_fail(m->table, cell, column, context,
                                      "not a cost: a number of 0 or more");
            if (pass == 0 && number.places > scale.places)
                scale.places = number.places;
            if (pass == 0)
                continue;
            if (!ddg_decimal_add(&number, scale) || number.units > UINT64_MAX)
                return fail_large(m, context);
            cost[cell] = (uint64_t)number.units;
        }
    return DDG_OK;
}

/* Totals without a row cost what their parts do, of one of the lines that they have. */
static enum ddg_error add_up(const struct ddg_model *m, uint64_t *cost, struct ddg_context *context)
{
    for (uint32_t i = 0; i < m->cells - m->printed - m->absent; i++) {
        uint32_t cell = m->by_height[i];
        size_t at = m->cell_start[cell];

        while (at < m->cell_start[cell + 1] &&
               m->line_cell[m->line_start[m->cell_line[at]]] != cell)
            at++;
        if (at == m->cell_start[cell + 1])
            continue;
        for (size_t part = m->line_start[m->cell_line[at]] + 1;
             part < m->line_start[m->cell_line[at] + 1]; part++)
            if (!ddg_add_unsigned(&cost[cell], cost[m->line_cell[part]]))
                return fail_large(m, context);
    }
    return DDG_OK;
}

static enum ddg_error find_costs(const struct ddg_costs *costs, const struct ddg_model *m,
                                 const struct ddg_truth *truth, uint64_t *cost,
                                 struct ddg_context *context)
{
    size_t column;
    enum ddg_error error = ddg_costs_column(costs, m->table, &column, context);

    if (!error && column != DDG_NO_COLUMN && !(error = read_column(m, column, cost, context)))
        error = add_up(m, cost, context);
    for (uint32_t cell = 0; !error && cell < m->cells; cell++) {
        if (costs->by == DDG_COST_COUNT)
            cost[cell] = truth->low[cell];
        else if (costs->by != DDG_COST_COLUMN)
            cost[cell] = costs->by == DDG_COST_CELLS ? 1 : log_of(truth->low[cell]);
        if (cost[cell] == 0)
            cost[cell] = 1;
    }
    return error;
}

/* Makes preferred cells and neighbours cheap, and checks that all costs can be added up. */
static enum ddg_error weigh(const struct ddg_costs *costs, const struct ddg_model *m,
                            const bool *preferred, const bool *beside, uint64_t *cost,
                            struct ddg_context *context)
{
    bool weighed = costs->prefer.count + costs->neighbour.count > 0;
    uint64_t sum = 0;

    for (uint32_t cell = 0; cell < m->cells; cell++) {
        uint64_t weight = !weighed ? 1 : beside[cell] ? HALF : FULL;

        if (weighed && preferred[cell])
            cost[cell] = 64 - (unsigned)__builtin_clzll(cost[cell]);
        else if (__builtin_mul_overflow(cost[cell], weight, &cost[cell]))
            return fail_large(m, context);
        if (!ddg_add_unsigned(&sum, cost[cell]) || sum > UINT64_MAX / 4)
            return fail_large(m, context);
    }
    return DDG_OK;
}

/* Marks the neighbours of small cells. */
static enum ddg_error find_beside(const struct ddg_costs *costs, const struct ddg_model *m,
                                  const bool *small, bool *beside, struct ddg_context *context)
{
    for (size_t i = 0; i < costs->neighbour.count; i++) {
        size_t dim;
        enum ddg_error error =
            ddg_table_need_dim(m->table, costs->neighbour.item[i], &dim, context);

        if (error ||
            (error = ddg_categories_mark_beside(m, m->place[2 * dim], small, beside, context)))
            return error;
    }
    return DDG_OK;
}

static enum ddg_error find_weighed(uint64_t *cost, const struct ddg_costs *costs,
                                   const struct ddg_model *m, const struct ddg_truth *truth,
                                   const bool *small, struct ddg_context *context)
{
    bool *preferred, *beside = NULL;
    enum ddg_error error = ddg_allocate(&preferred, m->cells, sizeof *preferred, context);

    if (!error && !(error = ddg_allocate(&beside, m->cells, sizeof *beside, context)) &&
        !(error = find_costs(costs, m, truth, cost, context)) &&
        !(error = ddg_categories_mark(m, &costs->prefer, true, preferred, context)) &&
        !(error = find_beside(costs, m, small, beside, context)))
        error = weigh(costs, m, preferred, beside, cost, context);
    free(preferred);
    free(beside);
    return error;
}

/* Of each cell whether it is in one of the categories; NULL where there are none. */
static enum ddg_error find_named(bool **named, const struct ddg_model *m,
                                 const struct ddg_of_dimensions *categories, bool with_parts,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    if (categories->count > 0 && !(error = ddg_allocate(named, m->cells, sizeof **named, context)))
        error = ddg_categories_mark(m, categories, with_parts, *named, context);
    return error;
}

enum ddg_error ddg_prices_find(struct ddg_prices *prices, const struct ddg_costs *costs,
                               const struct ddg_model *m, const struct ddg_truth *truth,
                               uint64_t threshold, const bool *chosen, struct ddg_context *context)
{
    enum ddg_error error;
    bool *small;

    *prices = (struct ddg_prices){0};
    if (!(error = find_named(&prices->never, m, &costs->never, false, context)))
        error = find_named(&prices->always, m, &costs->always, true, context);
    if (error || (costs->by == DDG_COST_COUNT && costs->prefer.count + costs->neighbour.count == 0))
        return error;
    if ((error = ddg_allocate(&prices->cost, m->cells, sizeof *prices->cost, context)) ||
        (error = ddg_allocate(&small, m->cells, sizeof *small, context)))
        return error;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        small[cell] = truth->low[cell] >= 1 && truth->high[cell] < threshold &&
                      (cell >= m->printed || !chosen || chosen[cell]);
    error = find_weighed(prices->cost, costs, m, truth, small, context);
    free(small);
    return error;
}

void ddg_prices_free(struct ddg_prices *prices)
{
    free(prices->cost);
    free(prices->never);
    free(prices->always);
    *prices = (struct ddg_prices){0};
}
