/*
 * Recodings: what turns a value of a record into the label of a category, coarser and safer to
 * publish (R-RED-1).  Each is one entry of the table in recoding.c.
 *
 * Recodings are chained, each reading the label that the one before it made: age:topcode(90):
 * width(5) gives 85-89 and 90+.  So the recodings of numbers also read "90+", which means "90 or
 * more", from a recoding or from the data; where that could fall into more than one of their
 * categories it is an error.
 */
#ifndef DDG_GROUP_RECODING_H
#define DDG_GROUP_RECODING_H

#include "base/list.h"

enum { DDG_LABEL_ROOM = 48 }; /* bytes that a recoding may need for a label that it makes */

/* One recoding with its arguments, ready to be applied. */
struct ddg_recoding_step {
    const struct ddg_recoding *recoding;
    void *state; /* the arguments as the recoding keeps them, in the arena it was prepared with */
    /* what it does, so that steps with equal texts recode alike: "bands(0,18)"; a map by the digest
     * of its pairs, not by its path */
    struct ddg_text text;
};

/* Prepares the recoding called `name` with its arguments.  DDG_USAGE for a name or arguments that
 * make no sense.  Release it with ddg_recoding_release() before the arena is freed, unless this
 * failed. */
enum ddg_error ddg_recoding_prepare(struct ddg_recoding_step *step, struct ddg_text name,
                                    const struct ddg_list *arguments, struct ddg_arena *arena,
                                    struct ddg_context *context);

/* Puts the label of `value`, which is not blank, into *label: a view of `value`, of `room`
 * (DDG_LABEL_ROOM bytes, which `value` may be a view of), or of the step.  Returns NULL, or what is
 * wrong with the value as a phrase for a message. */
const char *ddg_recoding_apply(const struct ddg_recoding_step *step, struct ddg_text value,
                               char *room, struct ddg_text *label);

void ddg_recoding_release(struct ddg_recoding_step *step);

#endif
