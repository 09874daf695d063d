/*
 * Totals that go by another name: where no row of a dimension has the label of totals, a category
 * that counts what all others count together is likely to be the total.  Taken for an ordinary
 * category it would be protected, and attacked, like one, while it gives its whole line away.
 */
#ifndef DDG_TABLE_MISNAMED_H
#define DDG_TABLE_MISNAMED_H

#include "base/prose.h"
#include "table/figures.h"
#include "table/model.h"

struct ddg_misnamed {
    size_t dim;            /* the dimension column, an index of table->dim; DDG_NO_COLUMN: there is
                            * nothing of the kind */
    struct ddg_text label; /* what it is called; as long-lived as the model */
    bool sure;             /* its name or the number of lines leave little doubt */
    uint32_t more;         /* the first cell in which it counts a few more than its parts, which are
                            * not all in the table; DDG_NO_CELL: it does nowhere */
};

/* Looks for one in the dimension columns from number `from` on of which the description does not
 * say that totals have their usual label.  Where not all counts are known a category is one that
 * can be the total in every line.  One that is called like a total may count a few more there. */
enum ddg_error ddg_misnamed_find(struct ddg_misnamed *misnamed, const struct ddg_model *model,
                                 const struct ddg_figures *figures, size_t from,
                                 const struct ddg_description *description,
                                 struct ddg_context *context);

/* Adds "no row of 'sex' is labelled 'Total': is 'All' the total? If it is: --total sex=All; if it
 * is a category like others: --total sex=Total", and where it counts more than its parts; nothing
 * where there is none. */
void ddg_misnamed_say(struct ddg_prose *prose, const struct ddg_misnamed *misnamed,
                      const struct ddg_model *model, const struct ddg_description *description);

#endif
