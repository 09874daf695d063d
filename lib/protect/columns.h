/*
 * The columns of a masked table: those that were read, then annotations that are added.
 *
 * With a suppressed count go its statistics (R-SUP-4, R-SUP-5): every column that is no dimension,
 * count or annotation and that --keep does not name.  Left out are the columns that ddg-threshold
 * adds, since they tell small cells from others, and a column of costs, which is for us alone.
 */
#ifndef DDG_PROTECT_COLUMNS_H
#define DDG_PROTECT_COLUMNS_H

#include "table/table.h"

enum ddg_column_role {
    DDG_COLUMN_OTHER,     /* copied as it is */
    DDG_COLUMN_DROPPED,   /* left out */
    DDG_COLUMN_STATISTIC, /* blank beside a suppressed count */
    DDG_COLUMN_COUNT,
    DDG_COLUMN_ANNOTATION,
    DDG_COLUMN_TEXT, /* that describes the annotation */
};

struct ddg_columns {
    struct ddg_column {
        struct ddg_text name;
        enum ddg_column_role role;
        size_t measure; /* of a count, an annotation or its text */
    } * column;
    size_t count; /* those of the table come first, in their places */
    struct ddg_arena arena;
};

/* `dropped` is left out unless --keep names it or it is a dimension, a count or an annotation;
 * DDG_NO_COLUMN: none.  DDG_USAGE where --keep names what the table does not have.  The table must
 * outlive the columns.  Free with ddg_columns_free(), also after an error. */
enum ddg_error ddg_columns_find(struct ddg_columns *columns, const struct ddg_table *table,
                                const struct ddg_description *description, size_t dropped,
                                struct ddg_context *context);
void ddg_columns_free(struct ddg_columns *columns);

#endif
