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
    struct ddg_known *known;  /* what is; NULL: nothing is published */
    struct ddg_known *of_one; /* and what there is to say of each measure */
    struct ddg_prices beside; /* the prices of the cells of known->model */
};

/* Joins the measures of `equation`; `truth` and `prices` have an entry per measure of the table,
 * and `chosen` is of its rows.  DDG_USAGE for a name that the table does not have, DDG_INPUT for a
 * row in which an equation does not hold.  Free with ddg_equated_free(), also after an error. */
enum ddg_error ddg_equated_build(struct ddg_equated *equated, const struct ddg_model *model,
                                 const struct ddg_truth *truth, const struct ddg_prices *prices,
                                 const bool *chosen, const struct ddg_equation *equation,
                                 size_t equations, struct ddg_context *context);
void ddg_equated_free(struct ddg_equated *equated);

/* Finds out what is known beside `published`; `truth` as above, and must outlive it. */
enum ddg_error ddg_equated_know(struct ddg_equated *equated, const struct ddg_published *published,
                                const struct ddg_truth *truth,
                                const struct ddg_description *description,
                                struct ddg_context *context);

/* Makes of a finished mask that of one measure, joint.sums.measure[i]; `truth` and `prices` are
 * those of this measure.  It is to be looked at only: nothing can be searched in it. */
enum ddg_error ddg_equated_split(const struct ddg_equated *equated, const struct ddg_mask *all,
                                 uint32_t i, const struct ddg_truth *truth,
                                 const struct ddg_prices *prices, const bool *chosen,
                                 struct ddg_mask *mask, struct ddg_context *context);

#endif
