/*
 * The lines of a table as sums: some cells are chosen, all others are what these come to, and every
 * sum has to stay within bounds.
 *
 * A total is the sum of the parts of its first line; what its other lines say is a sum that has to
 * be 0, and mostly says nothing new.  Totals of loose lines, whose parts may overlap, are chosen
 * where no other line makes them.
 */
#ifndef DDG_ROUND_SUMS_H
#define DDG_ROUND_SUMS_H

#include "protect/truth.h"

struct ddg_term {
    uint32_t of;   /* a sum, or the number of a chosen cell */
    int32_t times; /* how often it counts */
};

struct ddg_sums {
    const struct ddg_model *model;
    uint32_t *chosen; /* cells, in the order of the cells */
    uint32_t choices;
    uint32_t sums;
    uint32_t *cell;      /* of each sum: the total that it is, or DDG_NO_CELL */
    int64_t *low, *high; /* of each sum that is no total: its bounds */
    size_t *start;       /* of sum i: term[start[i] .. start[i + 1]), chosen cells */
    struct ddg_term *term;
    size_t *above_start; /* of chosen cell i: above[above_start[i] .. ), sums */
    struct ddg_term *above;
    /* the rest is its own */
    const struct ddg_truth *range;
    uint32_t *made_by; /* of each cell: the line whose parts make it, or DDG_NO_CELL */
    size_t *part_start, term_room;
    uint32_t *part; /* of each cell: the chosen cells that make it */
    int32_t *times;
    uint32_t *touched; /* by the sum that is being made */
    bool *is_touched;
};

/* Numbers and bounds are less than this, so that there is room for sums. */
#define DDG_SUMS_LARGEST ((int64_t)1 << 52)

/* Takes the lines apart.  `range` has what a cell may be at the least and at the most; totals that
 * may be anything are no sums, nor is what always holds within the ranges.  Both must outlive it.
 * Free with ddg_sums_free(), also after an error. */
enum ddg_error ddg_sums_make(struct ddg_sums *sums, const struct ddg_model *model,
                             const bool *loose, const struct ddg_truth *range,
                             struct ddg_context *context);
void ddg_sums_free(struct ddg_sums *sums);

/* Adds up all cells: number[i] of cell i, which is given for chosen ones. */
void ddg_sums_add_up(const struct ddg_sums *sums, int64_t *number);

#endif
