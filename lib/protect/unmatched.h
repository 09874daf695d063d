/*
 * What --published files name that the table does not: categories that are spelt otherwise are
 * others to us, so that what is published of them protects and gives away nothing of ours.
 */
#ifndef DDG_PROTECT_UNMATCHED_H
#define DDG_PROTECT_UNMATCHED_H

#include "base/prose.h"
#include "protect/published.h"

struct ddg_unmatched {
    struct ddg_names *own; /* of each dimension column: what cells of the blocks have there */
    bool *alias;           /* of each: a file has a label of its --alias */
    size_t dims;
    struct ddg_prose notes;
};

/* Starts with nothing that was seen; `table` is any of the blocks.  Free with ddg_unmatched_free(),
 * also after an error. */
enum ddg_error ddg_unmatched_init(struct ddg_unmatched *unmatched, const struct ddg_table *table,
                                  struct ddg_context *context);

/* Notes what a block has, cells that are not printed included. */
enum ddg_error ddg_unmatched_add(struct ddg_unmatched *unmatched, const struct ddg_model *model,
                                 struct ddg_context *context);

/* Looks for what is not matched, when all blocks are noted; `model` is that of the last.  DDG_USAGE
 * for a file that has categories of a dimension of the table, and none that is one of its own. */
enum ddg_error ddg_unmatched_check(struct ddg_unmatched *unmatched,
                                   const struct ddg_published *published,
                                   const struct ddg_model *model, struct ddg_context *context);

/* Adds a line for each column of a file that has something which was not matched. */
void ddg_unmatched_say(const struct ddg_unmatched *unmatched, struct ddg_prose *prose);

void ddg_unmatched_free(struct ddg_unmatched *unmatched);

#endif
