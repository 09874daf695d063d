/*
 * A table on its way through: read once, kept in spools, with all that a score needs in memory.
 *
 * Memory grows with the number of categories, not of rows: a sample of the rows holds every label,
 * and each row is a few numbers and its bytes in a spool.  Reading has three steps: take the rows
 * in, look at their cells once all categories are known (score/cells.h), write them out.
 */
#ifndef DDG_SCORE_INTAKE_H
#define DDG_SCORE_INTAKE_H

#include "base/names.h"
#include "csv/reader.h"
#include "csv/spool.h"
#include "score/parts.h"

enum { DDG_DIMENSIONS_MOST = 64 };

/* The smallest count of a row that has none but zeros, or no data. */
#define DDG_NO_COUNT UINT64_MAX

/* A row, as the first spool has it; behind it stand the numbers of its dimensions' labels. */
struct ddg_taken {
    uint64_t line, smallest; /* count that is not 0 */
    uint64_t people;         /* of the column of populations */
    uint32_t file;
    bool numerator_ok, people_known;
    bool unstable; /* the estimate is not reliable (R-SRV-1) */
};

/* What of each row is a sign that it is unreliable; see score/survey.h. */
typedef enum ddg_error ddg_row_check(const void *data, const struct ddg_table *row, bool *unstable,
                                     struct ddg_context *context);

struct ddg_intake {
    const struct ddg_description *description;
    struct ddg_context *context;
    struct ddg_table sample; /* rows with every label of every dimension, and the first few */
    struct ddg_dimension *dimension;
    size_t dimensions;
    uint32_t *number;        /* of the row under the cursor: its label, by dimension */
    uint32_t **category;     /* of each dimension: what category a number is of */
    struct ddg_parts *parts; /* of each dimension */
    uint64_t rows, small, unstable;
    bool *no_sum;    /* of each measure: a row shows that it is not the sum of the others */
    uint64_t summed; /* rows that show all counts, and not only zeros */
    /* the rest is the intake's own */
    const char **file;
    size_t files, file_room;
    size_t place[2 * DDG_DIMENSIONS_MOST];
    struct ddg_spool key, text;
    struct group {
        size_t column[DDG_DIMENSIONS_MOST];
        size_t columns;
        struct ddg_names label;
        size_t *row; /* of the sample, in which each label stands first */
        size_t row_room;
    } * group;
    size_t groups;
    char *joint;
    size_t joint_room;
    struct ddg_csv *csv;
    size_t people; /* column, or DDG_NO_COLUMN */
    struct ddg_arena arena;
};

/* Reads the files, or standard input, to their end.  `people` is the name of a column with
 * populations, which the table need not have; NULL for none.  DDG_INPUT for a count that is no
 * number or is suppressed already, and for all that ddg_dimensions_read() refuses.  Free with
 * ddg_intake_free(), also after an error. */
enum ddg_error ddg_intake_read(struct ddg_intake *intake, const struct ddg_description *description,
                               const char *people, ddg_row_check *check, const void *data,
                               const char *const *paths, size_t path_count,
                               struct ddg_context *context);

/* The same for a table in memory, which has to live as long as the intake. */
enum ddg_error ddg_intake_read_text(struct ddg_intake *intake,
                                    const struct ddg_description *description, const char *people,
                                    struct ddg_text text, struct ddg_context *context);

/* Goes to the first row. */
enum ddg_error ddg_intake_rewind(struct ddg_intake *intake, bool texts);

/* The next row, intake->rows in all, and into intake->number[] its labels. */
enum ddg_error ddg_intake_next(struct ddg_intake *intake, struct ddg_taken *row);

/* The same row's fields, one of each column; they last until the next call.  Only where
 * ddg_intake_rewind() was told of texts, and for every row. */
enum ddg_error ddg_intake_fields(struct ddg_intake *intake, struct ddg_text *field);

/* The category of the row under the cursor in a dimension. */
static inline uint32_t ddg_intake_category(const struct ddg_intake *intake, size_t dimension)
{
    return intake->category[dimension][intake->number[dimension]];
}

void ddg_intake_free(struct ddg_intake *intake);

#endif
