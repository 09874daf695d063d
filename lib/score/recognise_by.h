/*
 * The three ways in which a column is recognised: for score/recognise.c alone.
 */
#ifndef DDG_SCORE_RECOGNISE_BY_H
#define DDG_SCORE_RECOGNISE_BY_H

#include "score/recognise.h"

/* Goes through the labels that the rows have in a part, those that are no category of anything
 * left out: *at is 0 at first.  False behind the last. */
bool ddg_next_label(const struct ddg_evidence *e, size_t dimension, size_t part, uint32_t *at,
                    struct ddg_text *label);

/* True where a label is of a class of the variable. */
bool ddg_is_class_label(const struct ddg_variable *variable, struct ddg_text label);

/* Recognises a part by the name of its column: recognised->variable stays NULL where the name says
 * nothing, or something that the labels cannot be. */
void ddg_recognise_by_name(const struct ddg_evidence *e, size_t dimension, size_t part,
                           struct ddg_recognised *recognised);

/* The variable that all labels of a part are of, and *reason; NULL for none. */
const struct ddg_variable *ddg_recognise_by_labels(const struct ddg_evidence *e, size_t dimension,
                                                   size_t part, const char *words,
                                                   const char **reason);

/* The variable whose classes have all labels of a part, NULL for none; `variable`, where it is not
 * NULL, is asked first. */
const struct ddg_variable *ddg_recognise_holder(const struct ddg_evidence *e, size_t dimension,
                                                size_t part, const struct ddg_variable *variable);

/* Recognises a part as --var says.  DDG_USAGE where that makes no sense. */
enum ddg_error ddg_recognise_as_said(const struct ddg_evidence *e, size_t dimension,
                                     const struct ddg_said *said,
                                     struct ddg_recognised *recognised);

#endif
