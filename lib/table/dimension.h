/*
 * A dimension: its categories, and which of them add up to which (R-SUP-12).
 *
 * Categories are numbered by ddg_names.  Every category but the total has one parent: the one that
 * a hierarchy file gives it, else the total.  So a dimension is a tree with the total at its root,
 * and each category with children is a sum of them.  A dimension of --by has no total: what no
 * hierarchy file joins stays apart.
 */
#ifndef DDG_TABLE_DIMENSION_H
#define DDG_TABLE_DIMENSION_H

#include "base/names.h"
#include "table/table.h"

struct ddg_dimension {
    struct ddg_text name;
    size_t column;
    struct ddg_names category; /* labels; those of hierarchy files that no row has are here too */
    uint32_t total;
    uint32_t *parent; /* of each category; DDG_NO_NAME at the root */
    uint32_t *height; /* 0 for a category without children, else above every child's */
    uint32_t highest; /* the largest height */
    uint32_t *of_row; /* the category of each row of the table */
    bool overlapping; /* categories overlap: their sum may exceed the total (R-SUP-13) */
    /* the rest is the dimension's own */
    size_t parent_room;
    struct ddg_names alias; /* spellings that mean another category, */
    uint32_t *meaning;      /* and which one */
    size_t meaning_room;
};

/* Reads the categories of column `column` from the rows, its hierarchies and its aliases.  Free
 * with ddg_dimension_free(), also after an error. */
enum ddg_error ddg_dimension_read(struct ddg_dimension *dimension, const struct ddg_table *table,
                                  size_t column, const struct ddg_description *description,
                                  struct ddg_context *context);

/* The category that a label means, through the aliases; DDG_NO_NAME for an unknown one. */
uint32_t ddg_dimension_find(const struct ddg_dimension *dimension, struct ddg_text label);

void ddg_dimension_free(struct ddg_dimension *dimension);

#endif
