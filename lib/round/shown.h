/*
 * What a table, masked or not, shows of one measure: all that rounding may go by.  What is written
 * is made of this alone, so that it says nothing of a hidden count that the table did not say.
 */
#ifndef DDG_ROUND_SHOWN_H
#define DDG_ROUND_SHOWN_H

#include "protect/truth.h"

struct ddg_shown {
    const struct ddg_model *model;
    size_t measure;
    struct ddg_truth range; /* of each cell, a shown count being both ends; what the lines leave */
    enum ddg_state *state;  /* of each printed cell */
    bool *loose;            /* of each line: parts may overlap, and do not add up as they stand */
};

/* Reads it.  DDG_INPUT for a count that is none, for one that is blank with no annotation that says
 * why, and for a line that no counts fit.  Free with ddg_shown_free(), also after an error. */
enum ddg_error ddg_shown_read(struct ddg_shown *shown, const struct ddg_model *model,
                              size_t measure, const struct ddg_description *description,
                              struct ddg_context *context);

void ddg_shown_free(struct ddg_shown *shown);

#endif
