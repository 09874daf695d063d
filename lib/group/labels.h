/*
 * The labels of one dimension: each value of its column is recoded to a label, and each label has a
 * code, a small number in order of arrival.  A value that was seen before is looked up by its bytes
 * and not recoded again.
 */
#ifndef DDG_GROUP_LABELS_H
#define DDG_GROUP_LABELS_H

#include "base/names.h"
#include "group/dictionary.h"
#include "group/hierarchy.h"
#include "group/spec.h"

struct ddg_labels {
    const struct ddg_recoding_step *step;
    size_t steps;
    struct ddg_text name; /* of the dimension */
    struct ddg_text missing, total;
    struct ddg_names label; /* label.text[code] */
    struct ddg_hierarchy hierarchy;
    size_t levels;   /* of categories above labels: their depths are 1 to `levels` */
    uint32_t *first; /* labels of depth d have the codes first[d] to first[d + 1] - 1; those of
                      * records are below first[1] */
    uint32_t *above; /* above[d * first[1] + code]: the code at depth d above a record's label,
                      * DDG_NOT_THERE where there is none; once they are climbed */
    /* the rest is the labels' own */
    bool borrows;              /* the hierarchy is another's */
    struct ddg_dictionary raw; /* codes of values as they stand in records */
};

/* `dimension`, `missing` (the label of blank values) and `total` (the label of the dimension's
 * totals, which no value may have) must outlive the labels.  DDG_USAGE when the two are the same.
 * Free with ddg_labels_free(), also after an error. */
enum ddg_error ddg_labels_init(struct ddg_labels *labels, const struct ddg_grouping *dimension,
                               struct ddg_text missing, struct ddg_text total,
                               struct ddg_context *context);

/* Labels of the same dimension, none so far; `other`, whose hierarchy they borrow, must outlive
 * them.  Free with ddg_labels_free(), also after an error. */
enum ddg_error ddg_labels_init_like(struct ddg_labels *labels, const struct ddg_labels *other,
                                    struct ddg_context *context);

/* Puts the code of the label of `value` into *code.  What is wrong with the value goes into
 * *problem, as a phrase for a message whose place the caller knows: *problem is NULL when nothing
 * is, *code means nothing otherwise. */
enum ddg_error ddg_labels_code(struct ddg_labels *labels, struct ddg_text value, uint32_t *code,
                               const char **problem, struct ddg_context *context);

/* The same of the column `value[0]`, `value[stride]`, ... of *count records, whose values are
 * padded (base/short_text.h).  Where something is wrong with a value, *count is its record, those
 * before it are done, and *problem says what; *problem is left alone otherwise. */
enum ddg_error ddg_labels_code_all(struct ddg_labels *labels, const struct ddg_text *value,
                                   size_t stride, size_t *count, uint32_t *code,
                                   const char **problem, struct ddg_context *context);

/* Gives the dimension the hierarchy of a file, before the first value.  From then on a value that
 * has parts there is wrong.  The errors of ddg_hierarchy_read(). */
enum ddg_error ddg_labels_add_hierarchy(struct ddg_labels *labels, const char *path,
                                        struct ddg_context *context);

/* Gives codes to all categories above labels; there must be no new values after it.  DDG_INPUT for
 * a hierarchy that has none of the labels. */
enum ddg_error ddg_labels_climb(struct ddg_labels *labels, struct ddg_context *context);

/* Bytes that they take, without the hierarchy. */
size_t ddg_labels_bytes(const struct ddg_labels *labels);

void ddg_labels_free(struct ddg_labels *labels);

#endif
