/*
 * Count columns of which one is never more than the other, row by row, and sometimes nearly as
 * much: persons and their events, whatever they are called, or a part and the whole.  Each column
 * is protected by itself, and tells what the other hides.
 */
#ifndef DDG_PROTECT_NEVER_MORE_H
#define DDG_PROTECT_NEVER_MORE_H

#include "base/prose.h"
#include "protect/linked.h"

/* What may be so, until a row says otherwise. */
struct ddg_never_more {
    struct ddg_text *name; /* of each count column */
    size_t measures;       /* 0: they are too many to be compared */
    struct ddg_never_more_pair {
        uint64_t rows,
            near;    /* in which the first counts something; and the other few more, or none */
        bool less;   /* somewhere it is less */
        bool broken; /* a row says otherwise, or an equation has both */
    } * pair;        /* pair[a * measures + b]: a is never more than b */
};

/* Starts with all pairs but those of which an equation has both columns; `table` is any of the
 * blocks of a table, and must outlive what is found as far as names of columns go.  Free with
 * ddg_never_more_free(), also after an error. */
enum ddg_error ddg_never_more_init(struct ddg_never_more *never, const struct ddg_table *table,
                                   const struct ddg_equation *equation, size_t equations,
                                   struct ddg_context *context);

/* Looks at the printed rows of a block; `truth` has an entry per measure, and what is `near` is
 * less than the threshold apart. */
void ddg_never_more_add(struct ddg_never_more *never, const struct ddg_model *model,
                        const struct ddg_truth *truth, uint64_t threshold);

/* Adds a note for each column that is never more than another, which names the nearest one; not for
 * a part of a sum, of which there is another note. */
void ddg_never_more_say(const struct ddg_never_more *never, const struct ddg_linked *linked,
                        struct ddg_prose *prose);

void ddg_never_more_free(struct ddg_never_more *never);

#endif
