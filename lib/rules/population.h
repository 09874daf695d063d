/*
 * Denominators: the population behind each cell (R-DEN-2).
 *
 * They stand in a column of the table, or in a file with a column `population` and any of the
 * table's dimensions as columns: a cell then has the population of its area whatever its sex or
 * age, and where the file has no row for a total, the sum of its children.
 */
#ifndef DDG_RULES_POPULATION_H
#define DDG_RULES_POPULATION_H

#include "table/model.h"

struct ddg_population {
    uint64_t *people; /* of each row of the table */
    bool *found;      /* false where no denominator is known */
};

/* Finds the denominators of all rows.  `source` is the name of a column of the table or, if there
 * is none, the path of a file; NULL finds nothing.  DDG_INPUT for a population that is no number or
 * stands twice, DDG_USAGE for a file without a dimension of the table.  Free with
 * ddg_population_free(), also after an error. */
enum ddg_error ddg_population_read(struct ddg_population *population, const struct ddg_model *model,
                                   const struct ddg_description *description, const char *source,
                                   struct ddg_context *context);

void ddg_population_free(struct ddg_population *population);

#endif
