/*
 * The populations beside the cells of tables that are made coarser (score/coarse_table.h).
 *
 * A column has the population of each cell, or of its area whatever its age or sex.  It is of the
 * cell where cells that differ in nothing but a dimension have different populations: then those of
 * what is merged in that dimension are added up.  Else, and over time, the least of them stays.
 */
#ifndef DDG_SCORE_COARSE_PEOPLE_H
#define DDG_SCORE_COARSE_PEOPLE_H

#include "score/coarse_table.h"

/* The population of a cell that has none in the column. */
#define DDG_NO_PEOPLE UINT64_MAX

/* Sets in which dimensions the populations of a table are added up; `assessment` is its. */
enum ddg_error ddg_coarse_people_find(struct ddg_coarse_table *table,
                                      const struct ddg_assessment *assessment,
                                      struct ddg_context *context);

/* What two populations become that are merged in a dimension; DDG_NO_PEOPLE where one is not known
 * or the sum is out of range. */
uint64_t ddg_coarse_people_merge(const struct ddg_coarse_table *table, size_t dimension, uint64_t a,
                                 uint64_t b);

/* The name of the column of the cells' own. */
#define DDG_COARSE_PEOPLE "people of the cell"

/* True where a coarser table has a column of populations: that of the whole table, whose cells are
 * `of_intake`, or one of the cells' own, where a choice changes a dimension that the file has. */
bool ddg_coarse_people_are_of_cells(const struct ddg_coarse_table *table,
                                    const struct ddg_cells *of_intake);

/* The population of the row under the cursor, or DDG_NO_PEOPLE. */
enum ddg_error ddg_coarse_people_read(struct ddg_intake *intake, const struct ddg_taken *row,
                                      const struct ddg_cells *of_intake, uint64_t *people);

/* A number that cells have in common whose populations fail, or do not, for the same reason: those
 * of one place of a file, or in a column all that are large enough. */
uint64_t ddg_coarse_people_class(const struct ddg_coarse_table *table,
                                 const struct ddg_cells *of_intake, uint64_t cell);

#endif
