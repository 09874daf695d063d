/*
 * A vicinity: the cells around one, as a small table of its own in which a move is looked for.
 *
 * It holds the unknown cells that are nearest, and public cells that could serve as complements for
 * what may be paid.  In a large table it keeps to some categories of each dimension, those in which
 * the cells beside the wanted one are unknown or cheap: a move needs few categories, but of each
 * dimension.  Cells that cannot change in a direction, since nothing in one of their lines
 * could make up for it, are found out beforehand and left out, and those that depended on them:
 * what is left is often small, and often nothing.
 */
#ifndef DDG_PROTECT_VICINITY_H
#define DDG_PROTECT_VICINITY_H

#include "protect/move.h"
#include "protect/priced.h"

/* What to look for. */
struct ddg_wish {
    uint32_t cell;
    int change; /* by how much the cell is to change, beyond `base`; not 0 */
    enum ddg_manner manner;
    const struct ddg_move *base; /* a move to start from, which the new one need not keep; NULL */
    uint64_t most;               /* what its public cells may cost together; 0: there are none */
    uint32_t reach;              /* about how many cells to look at, up to four times as many */
    uint32_t fractions;          /* of a linear program: how many to make whole, one by one */
};

struct ddg_vicinity {
    uint32_t cells, lines;            /* also cells that cannot change */
    bool whole;                       /* no cell was left out because of the wish's reach */
    uint32_t *cell;                   /* which cell of the mask; the wanted one is number 0 */
    uint8_t *down, *up;               /* how far each may go; 0 where it cannot */
    uint64_t *cost;                   /* what each costs: 0 for those that are unknown anyway */
    uint32_t *cell_start, *cell_line; /* lines of each cell */
    int8_t *cell_sign;                /* -1 where it is the total */
    uint32_t *line_start, *line_cell; /* cells of each line that can change */
    int8_t *line_sign;
    /* of each line, how many cells can change so that it grows, and so that it shrinks; the total
     * counts against its parts */
    uint32_t *growing, *shrinking;
    /* the rest is the vicinity's own */
    const struct ddg_mask *mask;
    uint32_t *place_of_cell, *place_of_line; /* in the mask: plus 1; 0 outside */
    uint32_t *line;                          /* which line of the mask */
    int8_t *base;                            /* of each cell of the mask: what the base changes */
    bool **allowed; /* of each dimension and category, where not all are looked at */
    bool chosen;
    struct ddg_priced *mate; /* categories, and what the cells in them cost */
    uint32_t *queue;
    bool *queued;
    size_t room[15], mate_room;
};

/* Makes room; `mask` must outlive the vicinity and may change between uses.  Free with
 * ddg_vicinity_free(), also after an error. */
enum ddg_error ddg_vicinity_init(struct ddg_vicinity *vicinity, const struct ddg_mask *mask,
                                 struct ddg_context *context);
void ddg_vicinity_free(struct ddg_vicinity *vicinity);

/* Finds the vicinity of a wish.  Its `cells` is 0 when the wish cannot come true there: where it is
 * `whole`, not at all. */
enum ddg_error ddg_vicinity_find(struct ddg_vicinity *vicinity, const struct ddg_wish *wish,
                                 struct ddg_context *context);

#endif
