/*
 * What options and published files name has to be in the table; in one of its blocks, where it is
 * masked block by block.
 */
#ifndef DDG_PROTECT_NAMED_H
#define DDG_PROTECT_NAMED_H

#include "protect/costs.h"
#include "protect/unmatched.h"

/* How many lists of categories there are: those of --never, --always and --prefer. */
enum { DDG_NAMED_LISTS = 3 };

struct ddg_named {
    const struct ddg_costs *costs;
    const struct ddg_published *published;
    struct ddg_unmatched unmatched; /* of it */
    bool *occurs[DDG_NAMED_LISTS];  /* of each category: a block has it */
    bool *alias, *hierarchy;        /* of each dimension column: a block has labels of its file */
};

/* Starts with nothing that was seen; `table` is any of the blocks; `costs` and `published`, which
 * may still have to be read, must outlive what is named.  Free with ddg_named_free(), also after an
 * error. */
enum ddg_error ddg_named_init(struct ddg_named *named, const struct ddg_costs *costs,
                              const struct ddg_published *published, const struct ddg_table *table,
                              struct ddg_context *context);

/* Notes what a block has; DDG_USAGE for a dimension that no table of its columns has. */
enum ddg_error ddg_named_note(struct ddg_named *named, const struct ddg_model *model,
                              struct ddg_context *context);

/* DDG_USAGE for a category that no block has, or a published file without one that any has,
 * DDG_INPUT for a file of other labels; `model` is the last one that was noted. */
enum ddg_error ddg_named_check(struct ddg_named *named, const struct ddg_model *model,
                               struct ddg_context *context);

void ddg_named_free(struct ddg_named *named);

#endif
