/*
 * Hope: which unknown cells could take part in a move that costs nothing, as far as one line after
 * the other can tell.
 *
 * A cell cannot change in a direction when nothing in one of its lines could make up for it; what
 * depended on it cannot change either, and so on.  In a line of ones whose total is shown, where
 * nothing suppressed is less than 1, nothing can fall, so nothing can rise.
 */
#ifndef DDG_PROTECT_HOPE_H
#define DDG_PROTECT_HOPE_H

#include "protect/mask.h"

/* How a move is to be possible. */
enum ddg_manner { DDG_ONCE, DDG_TWICE, DDG_BOTH_WAYS, DDG_MANNERS };

struct ddg_hope {
    uint8_t *of;                /* of each cell: see ddg_hopes() */
    struct ddg_changes changes; /* of that */
    /* the rest is its own */
    const struct ddg_mask *mask;
    uint32_t *growing, *shrinking; /* of each line, how many cells can make it grow or shrink */
    uint32_t *queue;
    bool *queued;
};

/* The bit of hope that says whether a cell may change by `by`, which is not 0, in that manner. */
static inline uint8_t ddg_hope_bit(int by, enum ddg_manner manner)
{
    return (uint8_t)(1 << (2 * (int)manner + (by > 0)));
}

/* Whether a cell may change by `by` in a move that is possible in that manner. */
static inline bool ddg_hopes(uint8_t hope, int by, enum ddg_manner manner)
{
    return hope & ddg_hope_bit(by, manner);
}

/* How far a cell may change in a direction in that manner. */
static inline int ddg_room(const struct ddg_mask *mask, uint32_t cell, int by,
                           enum ddg_manner manner)
{
    int up = mask->up[cell], down = mask->down[cell], room = by > 0 ? up : down;

    if (manner == DDG_BOTH_WAYS)
        room = up < down ? up : down;
    return manner == DDG_TWICE ? room / 2 : room;
}

/* What the rooms of a cell allow, see ddg_hopes(); of a public cell as if it were a complement. */
uint8_t ddg_hope_of_rooms(const struct ddg_mask *mask, uint32_t cell);

/* Free with ddg_hope_free(), also after an error. */
enum ddg_error ddg_hope_init(struct ddg_hope *hope, const struct ddg_mask *mask,
                             struct ddg_context *context);
void ddg_hope_free(struct ddg_hope *hope);

/* Finds out for the mask as it is. */
void ddg_hope_find(struct ddg_hope *hope);

/* A cell was suppressed since: it and those beside it have hope again. */
void ddg_hope_suppressed(struct ddg_hope *hope, uint32_t cell);

#endif
