/*
 * Boxes: the small changes that leave every line of a table as it is.
 *
 * Where the unknowns are cells of a cube, one more in a cell is made up for by one less in another
 * of each of its lines, by one more where the lines of those meet, and so on: the 2^n corners of a
 * box, one of them for each choice among n rows through the first.  From one solution a box leads
 * to another, at the price of a few dozen look-ups and whatever the size of the problem.
 *
 * Nothing here knows of cubes: rows meet where a problem has an unknown in both.
 */
#ifndef DDG_ATTACK_BOX_H
#define DDG_ATTACK_BOX_H

#include "attack/problem.h"

/* Unknowns in more rows than this are in no box. */
#define DDG_BOX_ROWS 6
#define DDG_BOX_CORNERS (1U << DDG_BOX_ROWS)

struct ddg_box_corner {
    uint32_t unknown;
    int change;                 /* 1 or -1 */
    uint32_t row[DDG_BOX_ROWS]; /* its rows in the directions of the first corner's, DDG_NO_ROW
                                 * where that is not known yet */
};

struct ddg_boxes {
    const struct ddg_problem *problem;
    struct ddg_box_corner corner[DDG_BOX_CORNERS]; /* of the last box that was found */
    unsigned corners;
    /* the rest is its own */
    unsigned rows;           /* through the first corner */
    const int64_t *value;    /* of each unknown, where the box starts */
    uint64_t left;           /* look-ups that the search may still make */
    struct ddg_meeting *met; /* pairs of rows by their hash, and where they meet */
    size_t slots;
    uint64_t random;
};

/* Indexes where the rows of a problem meet; `problem` must outlive the boxes.  The same seed gives
 * the same boxes.  Free with ddg_boxes_free(), also after an error. */
enum ddg_error ddg_boxes_start(struct ddg_boxes *boxes, const struct ddg_problem *problem,
                               uint64_t seed, struct ddg_context *context);

/* Looks for a box that changes an unknown by 1 or -1 and leaves all unknowns within their ranges,
 * in about that many look-ups.  `up` and `down` say which of the changes is of use.  When it finds
 * one, the corners are what to change; that the rows stay as they are is for the caller to check.
 */
bool ddg_boxes_find(struct ddg_boxes *boxes, uint32_t unknown, bool up, bool down,
                    const int64_t *value, uint64_t lookups);

void ddg_boxes_free(struct ddg_boxes *boxes);

#endif
