/*
 * Equations that users declare: sums that are equal, of count columns in every row, or of
 * categories of a dimension.
 */
#ifndef DDG_TABLE_EQUATION_H
#define DDG_TABLE_EQUATION_H

#include "base/list.h"

#include <stdint.h>

struct ddg_equation {
    struct ddg_text text;      /* as it was given */
    struct ddg_text dimension; /* blank for an equation of measures */
    struct ddg_text measure;   /* of which an equation of categories is; blank for all of them */
    struct ddg_text *name;
    int8_t *factor; /* 1 left of the equals sign, -1 right of it */
    size_t terms;
};

/* Reads "A + B = C" or "[COUNT @] DIM: X + Y = Z", where a name that holds a sign stands in double
 * quotes.  `value` must outlive the equation, whose terms come from the arena.  DDG_USAGE for
 * anything else. */
enum ddg_error ddg_equation_read(struct ddg_equation *equation, const char *value,
                                 struct ddg_arena *arena, struct ddg_context *context);

#endif
