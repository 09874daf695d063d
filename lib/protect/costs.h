/*
 * What is lost with each cell that is suppressed to protect another (R-SUP-9), as the user sees it:
 * its count, or as much as any other cell, or what a column says; less where the cell is of little
 * interest or much like the one that it protects; and some cells are not to be had at all, or in
 * any case.
 */
#ifndef DDG_PROTECT_COSTS_H
#define DDG_PROTECT_COSTS_H

#include "protect/truth.h"

enum ddg_cost {
    DDG_COST_COUNT,  /* the count */
    DDG_COST_CELLS,  /* the same for every cell */
    DDG_COST_LOG,    /* the logarithm of 1 + count, to the base of 2, in steps of 1/256 */
    DDG_COST_COLUMN, /* a number in a column of the table */
};

struct ddg_costs {
    enum ddg_cost by;
    struct ddg_text column;          /* for DDG_COST_COLUMN */
    struct ddg_of_dimensions never;  /* categories that must be published */
    struct ddg_of_dimensions always; /* categories that must not */
    struct ddg_of_dimensions prefer; /* categories whose cells go first */
    struct ddg_list neighbour;       /* dimensions */
    struct ddg_arena arena;
};

extern const struct ddg_option ddg_costs_options[];

/* True for the ids of ddg_costs_options. */
bool ddg_costs_has(int id);

/* Takes one of ddg_costs_options.  `value` must outlive the costs, which all zero are the defaults.
 * Free with ddg_costs_free(). */
enum ddg_error ddg_costs_set(struct ddg_costs *costs, int id, const char *value,
                             struct ddg_context *context);
void ddg_costs_free(struct ddg_costs *costs);

/* The column of costs, DDG_NO_COLUMN where there is none; DDG_USAGE when the table does not have
 * it. */
enum ddg_error ddg_costs_column(const struct ddg_costs *costs, const struct ddg_table *table,
                                size_t *column, struct ddg_context *context);

/* What it comes to for one measure: an entry per cell.  `cost` is NULL where it is the count. */
struct ddg_prices {
    uint64_t *cost;
    bool *never, *always; /* NULL: none */
};

/* Small counts are those below `threshold`, in the printed rows that are `chosen` (NULL: in all),
 * as in a mask's policy.  DDG_USAGE for what the table does not have, DDG_INPUT for a field of the
 * column that is no number of 0 or more.  A total without a row costs what its parts cost together.
 * Free with ddg_prices_free(), also after an error. */
enum ddg_error ddg_prices_find(struct ddg_prices *prices, const struct ddg_costs *costs,
                               const struct ddg_model *model, const struct ddg_truth *truth,
                               uint64_t threshold, const bool *chosen, struct ddg_context *context);
void ddg_prices_free(struct ddg_prices *prices);

#endif
