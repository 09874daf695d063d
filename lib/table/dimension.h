/*
 * A dimension: its categories, and which of them add up to which (R-SUP-12).
 *
 * Categories are numbered by ddg_names.  Every category but the total has one parent: the one that
 * a hierarchy file gives it, else the total.  So a dimension is a tree with the total at its root,
 * and each category with children is a sum of them.  A dimension of --by has no total: what no
 * hierarchy file joins stays apart.
 *
 * A dimension is one column of the table, or with --nested several, its levels from the top down:
 * in the columns region and county, (North, Total) is the region and (North, Alpine) a part of it.
 */
#ifndef DDG_TABLE_DIMENSION_H
#define DDG_TABLE_DIMENSION_H

#include "base/names.h"
#include "table/table.h"

/* A column that is a level of a dimension. */
struct ddg_level {
    size_t column;
    struct ddg_text name, total;
    struct ddg_names alias;   /* spellings that mean another label, */
    struct ddg_text *meaning; /* and which one */
    size_t meaning_room;
    bool strange_alias, strange_hierarchy; /* none of the labels of its file occurs in the table */
};

struct ddg_dimension {
    struct ddg_level *level;
    size_t levels;
    struct ddg_names category; /* labels, of several levels joined; those of hierarchy files that no
                                * row has are here too */
    uint32_t total;
    uint32_t *parent;  /* of each category; DDG_NO_NAME at the root */
    uint32_t *height;  /* 0 for a category without children, else above every child's */
    uint32_t highest;  /* the largest height */
    uint32_t *of_row;  /* the category of each row of the table, and of those beyond it */
    bool joined;       /* of measures: everything in it is near everything else */
    bool overlapping;  /* categories overlap: their sum may exceed the total (R-SUP-13) */
    uint32_t of_files; /* the categories below this come from files; the dimension's own, as what
                        * follows */
    size_t parent_room;
    struct ddg_arena arena;
};

/* Reads the categories of the columns (one, or the levels of a nested dimension) from the rows,
 * with their hierarchies and aliases.  DDG_INPUT for a file none of whose labels occurs, but not
 * where the table is one of several or a block: see ddg_dimension_strange().  Free with
 * ddg_dimension_free(), also after an error. */
enum ddg_error ddg_dimension_read(struct ddg_dimension *dimension, const struct ddg_table *table,
                                  const size_t *columns, size_t levels,
                                  const struct ddg_description *description,
                                  struct ddg_context *context);

/* Makes a dimension that no column holds and that nobody adds up over: row i of the table has
 * category number[i], counted from 1.  `name` is what messages call it.  Free with
 * ddg_dimension_free(), also after an error. */
enum ddg_error ddg_dimension_of_numbers(struct ddg_dimension *dimension, const char *name,
                                        const struct ddg_table *table, const uint32_t *number,
                                        struct ddg_context *context);

/* Which number a category of such a dimension is. */
uint32_t ddg_dimension_number(const struct ddg_dimension *dimension, uint32_t category);

/* What a label of a level means, through its aliases; the label itself where it has none. */
struct ddg_text ddg_level_meaning(const struct ddg_level *level, struct ddg_text label);

/* The label of a category in the column of a level: the total's label in levels below its own. */
struct ddg_text ddg_dimension_label(const struct ddg_dimension *dimension, uint32_t category,
                                    size_t level);

/* The level of a category: the deepest whose label is not that of totals. */
size_t ddg_dimension_level_of(const struct ddg_dimension *dimension, uint32_t category);

/* True where `category` is `above` or, at any depth, a part of it. */
bool ddg_dimension_is_above(const struct ddg_dimension *dimension, uint32_t above,
                            uint32_t category);

/* Fails for a level none of the labels of whose file occurs (`alias`: that of --alias, else that of
 * --hierarchy). */
enum ddg_error ddg_dimension_strange(const struct ddg_level *level, const struct ddg_table *table,
                                     bool alias, struct ddg_context *context);

void ddg_dimension_free(struct ddg_dimension *dimension);

#endif
