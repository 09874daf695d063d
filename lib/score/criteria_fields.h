/*
 * The fields of a row of criteria, as they are read: for score/criteria_read.c alone.
 *
 * Errors are DDG_INPUT, naming line and column, and DDG_MEMORY.
 */
#ifndef DDG_SCORE_CRITERIA_FIELDS_H
#define DDG_SCORE_CRITERIA_FIELDS_H

#include "csv/reader.h"
#include "score/criteria.h"

enum ddg_criteria_column {
    DDG_CRITERIA_VARIABLE,
    DDG_CRITERIA_CATEGORY,
    DDG_CRITERIA_MIN,
    DDG_CRITERIA_MAX,
    DDG_CRITERIA_SCORE,
    DDG_CRITERIA_SECTION,
    DDG_CRITERIA_NOTE,
    DDG_CRITERIA_BY,
    DDG_CRITERIA_COLUMNS,
    DDG_CRITERIA_LABELS,
    DDG_CRITERIA_LEAST,
    DDG_CRITERIA_CROSSED,
    DDG_CRITERIA_REFINES,
    DDG_CRITERIA_COLUMNS_END,
};

/* A row under way. */
struct ddg_criteria_row {
    struct ddg_criteria *criteria; /* whose arena texts go to */
    struct ddg_context *context;
    struct ddg_csv *csv;
    size_t column[DDG_CRITERIA_COLUMNS_END]; /* of the file */
    struct ddg_record record;
};

/* Finds the columns of the file. */
enum ddg_error ddg_criteria_columns(struct ddg_criteria_row *row);

struct ddg_text ddg_criteria_field(const struct ddg_criteria_row *row,
                                   enum ddg_criteria_column column);

/* Says what is wrong with a field. */
enum ddg_error ddg_criteria_fail(const struct ddg_criteria_row *row,
                                 enum ddg_criteria_column column, const char *text);

/* Copies a field into the arena, with a NUL behind it. */
enum ddg_error ddg_criteria_keep(const struct ddg_criteria_row *row,
                                 enum ddg_criteria_column column, const char **string);

/* A whole number; *there is false, and the number as it was, where the field is blank. */
enum ddg_error ddg_criteria_number(const struct ddg_criteria_row *row,
                                   enum ddg_criteria_column column, uint64_t *number, bool *there);

/* The score of a class, which may be less than 0. */
enum ddg_error ddg_criteria_score(const struct ddg_criteria_row *row, int64_t *score);

/* Phrases with '|' between them. */
enum ddg_error ddg_criteria_phrases(const struct ddg_criteria_row *row,
                                    enum ddg_criteria_column column, struct ddg_phrases *phrases);

/* What the numbers of the row count. */
enum ddg_error ddg_criteria_by_field(const struct ddg_criteria_row *row, enum ddg_measured *by);

#endif
