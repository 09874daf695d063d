/*
 * The sums that equations between measures say.
 *
 * The measures that equations name are categories of a dimension of their own.  Where one side of
 * an equation is a single measure, that is a total and the other side its parts.  Else both sides
 * add up to a category more, the middle, which nobody prints: so "a + b = c + d" is two sums with
 * one total, and all that is true of lines is true of equations.
 */
#ifndef DDG_TABLE_SUMS_H
#define DDG_TABLE_SUMS_H

#include "table/dimension.h"
#include "table/equation.h"

/* A sum that holds in every cell: categories of the dimension of measures. */
struct ddg_measure_sum {
    uint32_t total;
    uint32_t *part; /* measures */
    uint32_t parts;
};

/* The categories are the measures, then the middles. */
struct ddg_measure_sums {
    uint32_t *measure; /* which measures of the table */
    uint32_t measures;
    uint32_t middles;
    struct ddg_measure_sum *sum;
    uint32_t count;
    struct ddg_arena arena; /* the parts */
};

/* Finds the sums that equations, each of which has to be of measures, say of a table.  DDG_USAGE
 * for a name that the table does not have.  Free with ddg_measure_sums_free(), also after an error.
 */
enum ddg_error ddg_measure_sums_find(struct ddg_measure_sums *sums, const struct ddg_table *table,
                                     const struct ddg_equation *equation, size_t equations,
                                     struct ddg_context *context);
void ddg_measure_sums_free(struct ddg_measure_sums *sums);

/* Makes the dimension of measures, with the names of their columns; `dimension` is zero before.
 * Free with ddg_dimension_free(), also after an error. */
enum ddg_error ddg_measure_sums_dimension(const struct ddg_measure_sums *sums,
                                          const struct ddg_table *table,
                                          struct ddg_dimension *dimension,
                                          struct ddg_context *context);

#endif
