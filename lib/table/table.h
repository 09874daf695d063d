/*
 * A count table as it was read: one record per cell, dimensions left of the counts, what belongs
 * to the cell right of them (see ddg(7)).  Every byte of every field is kept, so that a program
 * can write the table back with nothing changed but what it masks.
 *
 * A table may hold several measures: count columns, each with an annotation column of its own.
 */
#ifndef DDG_TABLE_TABLE_H
#define DDG_TABLE_TABLE_H

#include "csv/output.h"
#include "table/description.h"

#define DDG_NO_COLUMN SIZE_MAX
#define DDG_NO_MEASURE SIZE_MAX

/* Counts are rounded to multiples of this at the most. */
#define DDG_LARGEST_BASE 1000000000

/* Annotation codes (R-SUP-10). */
enum ddg_code {
    DDG_CODE_NONE = 0,
    DDG_CODE_SMALL = 1,         /* suppressed for small numbers */
    DDG_CODE_COMPLEMENTARY = 2, /* suppressed to protect another cell */
    DDG_CODE_NO_DATA = 3,
    DDG_CODE_UNSTABLE = 4,
    DDG_CODE_INCOMPLETE = 5,
};

/* What a count and its annotation say together. */
enum ddg_state {
    DDG_SHOWN,      /* a number stands there */
    DDG_SUPPRESSED, /* blank with code 1 or 2, or a text that means a hidden count */
    DDG_BLANK,      /* blank, and no annotation says why */
    DDG_NO_DATA,    /* blank with code 3, 4 or 5 */
};

struct ddg_count {
    enum ddg_state state;
    enum ddg_code code;
    uint64_t value;                      /* when shown */
    const struct ddg_count_range *range; /* when suppressed by a text of --range, else NULL */
};

struct ddg_measure {
    size_t count;      /* column */
    size_t annotation; /* column or DDG_NO_COLUMN */
    size_t text;       /* column that describes the annotation, or DDG_NO_COLUMN */
    bool distinct;     /* distinct persons: a total may be less than the sum of its parts */
    bool rated;        /* the column has rates, of counts that are not printed */
};

struct ddg_table {
    const char *file; /* the first, for messages about the whole table */
    size_t columns;
    struct ddg_text *name; /* of each column */
    size_t rows;
    size_t beyond;     /* rows behind those, of other tables: see ddg_model_build().  A table that
                        * was read has none */
    uint32_t *release; /* of each row, where there are such: which table it is of, ours being 1 */
    uint32_t *of_measure; /* of each row, where there are some for each measure: which one, from 1;
                           * of equations' measures (table/sums.h); NULL: rows are of all */
    struct ddg_text *field; /* field[row * columns + column] */
    uint64_t *line;         /* where each row starts in its file */
    size_t *dim;            /* columns of the dimensions, in the order of the options or the file */
    size_t dims;
    struct ddg_measure *measure;
    size_t measures;
    struct ddg_arena arena; /* owns all of the above but the growing arrays */
    size_t field_room, line_room, release_room, of_measure_room;
    struct ddg_table_part { /* rows that come from one file */
        const char *file;
        size_t first;
    } * part;
    size_t parts, part_room;
};

/* Reads the table that `description` describes.  Where that is one of several tables, columns that
 * this one does not have are passed over, and annotations looked for under their usual names, but
 * it has to have a count.  Free with ddg_table_free(), also after an error. */
enum ddg_error ddg_table_read(struct ddg_table *table, const struct ddg_description *description,
                              const char *const *paths, size_t path_count,
                              struct ddg_context *context);

void ddg_table_free(struct ddg_table *table);

/* True when the columns of both have the same names, in the same order. */
bool ddg_table_same_header(const struct ddg_table *a, const struct ddg_table *b);

/* True when both have the same columns and, in the same order, the same rows. */
bool ddg_table_same(const struct ddg_table *a, const struct ddg_table *b);

/* Adds the rows of a table of the same header to those of `into`.  `from` is then empty, also after
 * an error, and still to be freed. */
enum ddg_error ddg_table_append(struct ddg_table *into, struct ddg_table *from,
                                struct ddg_context *context);

/* The file that a row comes from, as long-lived as the paths that were read. */
const char *ddg_table_file(const struct ddg_table *table, size_t row);

struct ddg_text ddg_table_field(const struct ddg_table *table, size_t row, size_t column);

/* The column called `name`, or DDG_NO_COLUMN; the first where several are. */
size_t ddg_table_find(const struct ddg_table *table, struct ddg_text name);

/* The same among the dimensions: the number of one, an index of table->dim. */
size_t ddg_table_find_dim(const struct ddg_table *table, struct ddg_text name);

/* The dimension column (an index of table->dim) called `name`; DDG_USAGE when there is none. */
enum ddg_error ddg_table_need_dim(const struct ddg_table *table, struct ddg_text name, size_t *dim,
                                  struct ddg_context *context);

/* The number of the measure whose count column is called `name`, or DDG_NO_MEASURE. */
size_t ddg_table_find_measure(const struct ddg_table *table, struct ddg_text name);

/* True where a rate stands in place of a count, of which the column itself then says nothing. */
bool ddg_is_rated(const struct ddg_table *table, const struct ddg_description *description,
                  size_t row, const struct ddg_measure *measure);

/* Reads a count and its annotation.  False when the count is neither a number (as strictly as the
 * description says) nor blank nor one of its hidden texts, or when the annotation is no code;
 * *what then says so, and which option helps. */
bool ddg_count_parse(const struct ddg_description *description, struct ddg_text count,
                     struct ddg_text annotation, struct ddg_count *parsed, const char **what);

/* The same for a measure of a row; DDG_INPUT naming file, line and column. */
enum ddg_error ddg_table_count(const struct ddg_table *table,
                               const struct ddg_description *description, size_t row,
                               const struct ddg_measure *measure, struct ddg_count *count,
                               struct ddg_context *context);

/* The same for a table that is not masked yet: DDG_INPUT also for a count that is suppressed, or
 * blank with no annotation that says why.  What is left is shown, or has no data. */
enum ddg_error ddg_table_true_count(const struct ddg_table *table,
                                    const struct ddg_description *description, size_t row,
                                    const struct ddg_measure *measure, struct ddg_count *count,
                                    struct ddg_context *context);

/* Records a failure at a row and a column. */
enum ddg_error ddg_table_fail(const struct ddg_table *table, size_t row, size_t column,
                              struct ddg_context *context, const char *text);

/* Finds dimension and measure columns in a header, for programs that do not keep the table.
 * Arrays come from `arena`. */
struct ddg_roles {
    size_t *dim;
    size_t dims;
    struct ddg_measure *measure;
    size_t measures;
};
enum ddg_error ddg_roles_find(struct ddg_roles *roles, const struct ddg_description *description,
                              const char *file, const struct ddg_text *name, size_t columns,
                              struct ddg_arena *arena, struct ddg_context *context);

#endif
