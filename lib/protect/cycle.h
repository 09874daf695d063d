/*
 * Cycles: moves that are found whole, where search by single steps would seldom arrive.
 *
 * In two dimensions of a table a move is a closed walk: from a cell along its row to another, from
 * there along its column, and so on back, in turn one more and one less.  With the lines as nodes
 * and the cells as arcs between them the lightest is a shortest path (Cox, "Network models for
 * complementary cell suppression", 1995; Castro, "A shortest-paths heuristic for statistical data
 * protection in positive tables", 2007).  In more dimensions the walk goes through all slices of a
 * product of parts at once (protect/parts.h).  Both of its own dimensions must be flat: a total and
 * its parts, and no more.  A table without two of them has no walks, only products of parts of all
 * dimensions.  That is not every move that there is, but what it takes to find one grows as little
 * as a line does.
 */
#ifndef DDG_PROTECT_CYCLE_H
#define DDG_PROTECT_CYCLE_H

#include "protect/parts.h"

struct ddg_cycle {
    uint32_t *cell; /* what was found last */
    int8_t *change; /* of each of those cells: 1 or -1 */
    uint32_t count;
    /* the rest is the searches' own */
    struct ddg_ground *ground;
    struct ddg_move_parts parts;
    uint8_t *pair; /* of dimensions to walk through: two entries each */
    size_t pairs;
    size_t row_dimension, column_dimension;
    uint32_t rows, columns; /* nodes: rows, then columns */
    uint64_t *distance;
    uint64_t *onward;  /* what leads from a node to the end; DDG_NO_WAY: nothing does at once */
    uint32_t *from;    /* the node before */
    uint32_t *reached; /* nodes that are not done */
    uint32_t reached_count;
    bool *done;
    size_t cell_room, change_room;
};

/* `ground` must outlive the cycles.  Free with ddg_cycle_free(), also after an error. */
enum ddg_error ddg_cycle_init(struct ddg_cycle *cycle, struct ddg_ground *ground,
                              struct ddg_context *context);
void ddg_cycle_free(struct ddg_cycle *cycle);

/* Looks for a light cycle that changes a cell by 1 or -1, up to `most`. */
enum ddg_error ddg_cycle_find(struct ddg_cycle *cycle, uint32_t cell, int by, uint64_t most,
                              bool *found, struct ddg_context *context);

#endif
