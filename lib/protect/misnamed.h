/*
 * Totals that go by another name: where no row of a dimension has the label of totals, a category
 * that counts what all others count together is likely to be the total.  Taken for an ordinary
 * category it would be protected like one, while it gives its whole line away.
 */
#ifndef DDG_PROTECT_MISNAMED_H
#define DDG_PROTECT_MISNAMED_H

#include "base/prose.h"
#include "protect/truth.h"

struct ddg_misnamed {
    size_t dim;            /* the dimension column, an index of table->dim; DDG_NO_COLUMN: there is
                            * nothing of the kind */
    struct ddg_text label; /* what it is called; as long-lived as the model */
    bool sure;             /* its name or the number of lines leave little doubt */
};

/* Looks for one in the columns of which the description does not say that totals have their usual
 * label; `truth` is that of the measure. */
enum ddg_error ddg_misnamed_find(struct ddg_misnamed *misnamed, const struct ddg_model *model,
                                 const struct ddg_truth *truth, size_t measure,
                                 const struct ddg_description *description,
                                 struct ddg_context *context);

/* Adds "no row of 'sex' is labelled 'Total': is 'All' the total? If it is: --total sex=All; if it
 * is a category like others: --total sex=Total"; nothing where there is none. */
void ddg_misnamed_say(struct ddg_prose *prose, const struct ddg_misnamed *misnamed,
                      const struct ddg_model *model, const struct ddg_description *description);

#endif
