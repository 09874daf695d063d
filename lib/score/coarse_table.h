/*
 * Tables that are made of another by choices (score/choices.h), one choice at a time.
 *
 * All of a table is in memory: a cell is a key, in which each dimension has its digit, and its
 * counts.  A choice changes the digits of one dimension, and cells whose keys become the same
 * become one, so that a coarser table takes one pass over the cells of the one before.
 */
#ifndef DDG_SCORE_COARSE_TABLE_H
#define DDG_SCORE_COARSE_TABLE_H

#include "score/choices.h"

/* Most choices that are made together. */
enum { DDG_CHOICES_TOGETHER = 4 };

/* Most cells that a table may have. */
#define DDG_COARSE_CELLS_MOST (UINT32_C(1) << 24)

struct ddg_coarse_table {
    const struct ddg_intake *intake;
    const struct ddg_choice *choice[DDG_CHOICES_TOGETHER]; /* that made it, in their order */
    size_t choices;
    uint64_t cells;
    uint64_t *key;   /* sum over dimensions of category * stride */
    uint64_t *value; /* of cell i and measure m: value[i * measures + m] */
    uint64_t *inner; /* of each cell: what it has, of the first measure, of cells without totals and
                      * parts in the table that was read */
    uint64_t *people; /* of each cell: its population, or DDG_NO_PEOPLE (score/coarse_people.h);
                       * NULL where neither a column nor a file has them */
    bool adds_people[DDG_DIMENSIONS_MOST]; /* populations of what is merged in a dimension are added
                                            * up; else the least stays */
    uint64_t stride[DDG_DIMENSIONS_MOST];  /* of each dimension, whose digits are as many as it has
                                            * categories */
};

/* Reads the table of an intake, which `assessment` is of.  Rows without data count as 0.  DDG_LIMIT
 * for more cells than DDG_COARSE_CELLS_MOST.  Free with ddg_coarse_table_free(), also after an
 * error. */
enum ddg_error ddg_coarse_table_read(struct ddg_coarse_table *table, struct ddg_intake *intake,
                                     const struct ddg_assessment *assessment,
                                     struct ddg_context *context);

/* Makes the table of one choice more: a cell that is there already, or else the sum of those that
 * become one, without those of which others among them are parts.  Cells keep the order of the
 * first of theirs.  Free it, too, also after an error; it needs nothing of `from`. */
enum ddg_error ddg_coarse_table_make(struct ddg_coarse_table *table,
                                     const struct ddg_coarse_table *from,
                                     const struct ddg_choice *choice, struct ddg_context *context);

/* The category of a cell in a dimension. */
static inline uint32_t ddg_coarse_category(const struct ddg_coarse_table *table, uint64_t key,
                                           size_t d)
{
    return (uint32_t)(key / table->stride[d] % table->intake->dimension[d].category.count);
}

void ddg_coarse_table_free(struct ddg_coarse_table *table);

#endif
