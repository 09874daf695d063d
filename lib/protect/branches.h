/*
 * Branches of a search through the ranges of a fitting: a range is cut in two, to one side first
 * and then to the other.
 */
#ifndef DDG_PROTECT_BRANCHES_H
#define DDG_PROTECT_BRANCHES_H

#include "protect/fitting.h"

struct ddg_branch {
    uint32_t cell;
    uint64_t below, above; /* the largest number below the cut, and the least above it */
    bool up;               /* the side it is on */
    /* the rest is set by ddg_branches_add() */
    bool other;  /* that is the second */
    size_t mark; /* of the fitting's trail */
};

struct ddg_branches {
    struct ddg_fitting *fitting;
    struct ddg_branch *item; /* the deepest last */
    size_t count, room;
};

/* Cuts a range; *good is false where nothing fits on its first side. */
enum ddg_error ddg_branches_add(struct ddg_branches *branches, const struct ddg_branch *branch,
                                bool *good, struct ddg_context *context);

/* Turns to the other side of the last branch that has one; *good is false when none has. */
enum ddg_error ddg_branches_turn(struct ddg_branches *branches, bool *good,
                                 struct ddg_context *context);

void ddg_branches_free(struct ddg_branches *branches);

#endif
