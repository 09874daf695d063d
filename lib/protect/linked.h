/*
 * Count columns that add up to another, row by row: women, men and all.  Each column is protected
 * by itself, so that a reader who adds over columns knows more than was protected from.
 */
#ifndef DDG_PROTECT_LINKED_H
#define DDG_PROTECT_LINKED_H

#include "base/prose.h"
#include "protect/truth.h"
#include "table/equation.h"

/* What may be so, until a row says otherwise: a column is the sum of two others or of all others.
 */
struct ddg_linked {
    struct ddg_text *name; /* of each count column */
    size_t measures;
    struct ddg_link {
        uint32_t parts;    /* columns, a bit for each, */
        uint32_t sum;      /* and what they may add up to */
        uint32_t counting; /* parts that count something somewhere: a column beside zeros is its
                            * own sum */
        bool broken;       /* a row says otherwise */
    } * link;
    size_t links;
};

/* Starts with all that may be, but for what equations say already; `table` is any of the blocks of
 * a table, and must outlive what is found as far as names of columns go.  Free with
 * ddg_linked_free(), also after an error. */
enum ddg_error ddg_linked_init(struct ddg_linked *linked, const struct ddg_table *table,
                               const struct ddg_equation *equation, size_t equations,
                               struct ddg_context *context);

/* Looks at the printed rows of a block; `truth` has an entry per measure. */
void ddg_linked_add(struct ddg_linked *linked, const struct ddg_model *model,
                    const struct ddg_truth *truth);

/* Adds a note for each column that is a sum in every row. */
void ddg_linked_say(const struct ddg_linked *linked, struct ddg_prose *prose);

void ddg_linked_free(struct ddg_linked *linked);

#endif
