/*
 * Subtotals that no hierarchy names: a category that counts, in every line, what the categories
 * before or behind it do, or, where it is called like a total, some others or all but one.  Taken
 * for one like others it gives its parts away.
 */
#ifndef DDG_TABLE_SUBTOTALS_H
#define DDG_TABLE_SUBTOTALS_H

#include "base/prose.h"
#include "table/figures.h"
#include "table/model.h"

/* The first of them, and how many there are besides; all labels are as long-lived as the model. */
struct ddg_subtotals {
    bool any;
    struct ddg_text sum;         /* counts what */
    struct ddg_text first, last; /* and what is between them do */
    bool between;                /* something is, */
    bool except;                 /* and all of it counts */
    struct ddg_text but;         /* but this */
    size_t others;
    bool sure;                 /* it is called like a total: there is little doubt */
    struct ddg_text dimension; /* what it is a category of, */
    struct ddg_text total;     /* and what the totals are called there, in some rows: "" in none */
};

/* Looks for those of a dimension among the parts of its total, first of all for sure ones; none is
 * sure where the description says that totals have their usual label.  Lines whose own total is
 * printed do not add up where there are some, and are left out unless `printed`. */
enum ddg_error ddg_subtotals_find(struct ddg_subtotals *found, const struct ddg_model *model,
                                  const struct ddg_figures *figures, size_t dimension, bool printed,
                                  const struct ddg_description *description,
                                  struct ddg_context *context);

/* Adds "'North' counts what 'Ames' and 'Bode' do together: if it is a subtotal, --hierarchy has to
 * say so", and of a sure one what says that it is none. */
void ddg_subtotals_say(struct ddg_prose *prose, const struct ddg_subtotals *found);

#endif
