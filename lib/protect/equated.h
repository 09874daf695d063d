/*
 * Measures that equations join: masked together, since a reader who knows the equations adds over
 * columns as he does over rows.
 */
#ifndef DDG_PROTECT_EQUATED_H
#define DDG_PROTECT_EQUATED_H

#include "protect/costs.h"
#include "protect/known.h"
#include "protect/mask.h"
#include "table/joint.h"

/* What a mask of all of them is made of; see struct ddg_mask_policy. */
struct ddg_equated {
    struct ddg_joint joint;
    struct ddg_truth truth;
    struct ddg_prices prices;
    bool *chosen;             /* NULL: all */
    struct ddg_matter matter; /* beside what is published: what is to be known, */
    struct ddg_known *known;  /* and what is, whose cells those of a mask are then; NULL: nothing is
                               * published */
};

/* What is published already; `files` NULL: nothing. */
struct ddg_equated_beside {
    const struct ddg_published *files;
    const struct ddg_description *description;
};

/* Joins the measures of `equation`, and finds out what is known `beside`; `truth`, which must
 * outlive it, and `prices` have an entry per measure of the table, and `chosen` is of its rows.
 * DDG_USAGE for a name that the table does not have, DDG_INPUT for a row in which an equation does
 * not hold. Free with ddg_equated_free(), also after an error. */
enum ddg_error ddg_equated_build(struct ddg_equated *equated, const struct ddg_model *model,
                                 const struct ddg_truth *truth, const struct ddg_prices *prices,
                                 const bool *chosen, const struct ddg_equation *equation,
                                 size_t equations, const struct ddg_equated_beside *beside,
                                 struct ddg_context *context);
void ddg_equated_free(struct ddg_equated *equated);

/* Makes of a finished mask that of one measure, joint.sums.measure[i]; `truth` and `prices` are
 * those of this measure.  It is to be looked at only: nothing can be searched in it. */
enum ddg_error ddg_equated_split(const struct ddg_equated *equated, const struct ddg_mask *all,
                                 uint32_t i, const struct ddg_truth *truth,
                                 const struct ddg_prices *prices, const bool *chosen,
                                 struct ddg_mask *mask, struct ddg_context *context);

#endif
