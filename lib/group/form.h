/*
 * The form of a count: which records fall into which cell, and what is counted of them.  Counts of
 * different records can be added up when their forms agree, wherever each was made.
 *
 * It is written as the first lines of a state (group/state.h), one after the other:
 *
 *   dimension NAME COLUMN RECODING...   for each dimension; a map by the digest of its pairs
 *   missing LABEL                       of blank values
 *   id COLUMN                           that tells persons apart; where rows are counted: "rows"
 *   sum COLUMN                          for each amount that is added up
 */
#ifndef DDG_GROUP_FORM_H
#define DDG_GROUP_FORM_H

#include "base/list.h"
#include "csv/sink.h"
#include "group/spec.h"

/* Starts as {0}. */
struct ddg_form {
    struct ddg_spec spec;    /* names of the dimensions; without recodings, which are done */
    struct ddg_list how;     /* of dimension i: "COLUMN RECODING...", as it is written */
    struct ddg_text missing; /* its `at` is NULL until it is known */
    struct ddg_text identifier;
    bool by_person, rows; /* one of them, once it is known */
    struct ddg_list sums;
    struct ddg_arena arena;
};

/* The form of a count by `spec` of the columns `identifier` (where by_person) and `sums`, which all
 * must outlive the form.  Free with ddg_form_free(), also after an error. */
enum ddg_error ddg_form_make(struct ddg_form *form, const struct ddg_spec *spec,
                             struct ddg_text missing, bool by_person, struct ddg_text identifier,
                             const struct ddg_list *sums, struct ddg_context *context);

/* Adds the form's lines; passes them on as ddg_sink_pass() does. */
void ddg_form_write(const struct ddg_form *form, struct ddg_sink *sink);

/* Reads a line of a form, without its LF, into *form, which starts as {0}; the line's bytes are
 * overwritten.  *taken is false for a line that is none where it stands: the form has ended, or
 * never gets whole (ddg_form_is_whole()). */
enum ddg_error ddg_form_read(struct ddg_form *form, struct ddg_text line, bool *taken,
                             struct ddg_context *context);

bool ddg_form_is_whole(const struct ddg_form *form);

/* NULL where counts of both forms can be added up, or what differs, for a message. */
const char *ddg_form_difference(const struct ddg_form *a, const struct ddg_form *b);

void ddg_form_free(struct ddg_form *form);

#endif
