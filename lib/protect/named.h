/*
 * What has to hold of a table as a whole, also where it is masked block by block: what options and
 * published files name is in one of the blocks, and those of --by are no bands that overlap.
 */
#ifndef DDG_PROTECT_NAMED_H
#define DDG_PROTECT_NAMED_H

#include "protect/costs.h"
#include "protect/unmatched.h"
#include "rules/overlap_blocks.h"

/* How many lists of categories there are: those of --never, --always and --prefer. */
enum { DDG_NAMED_LISTS = 3 };

struct ddg_named {
    const struct ddg_costs *costs;
    const struct ddg_published *published;
    struct ddg_unmatched unmatched; /* of it */
    bool *occurs[DDG_NAMED_LISTS];  /* of each category: a block has it */
    bool *alias, *hierarchy;        /* of each dimension column: a block has labels of its file, */
    const bool *apart;              /* blocks differ in it */
    struct ddg_overlap_blocks blocks;
};

/* Starts with nothing that was seen; `table` is any of the blocks, which differ in the dimension
 * columns that are `apart`; all else that is passed must outlive what is named, and `published` may
 * still have to be read.  Free with ddg_named_free(), also after an error. */
enum ddg_error ddg_named_init(struct ddg_named *named, const struct ddg_costs *costs,
                              const struct ddg_published *published, const struct ddg_table *table,
                              const bool *apart, struct ddg_context *context);

/* Notes what a block has; DDG_USAGE for a dimension that no table of its columns has. */
enum ddg_error ddg_named_note(struct ddg_named *named, const struct ddg_model *model,
                              struct ddg_context *context);

/* DDG_USAGE for a category that no block has, or a published file without one that any has,
 * DDG_INPUT for a file of other labels, and for blocks that overlap; `model` is the last one that
 * was noted. */
enum ddg_error ddg_named_check(struct ddg_named *named, const struct ddg_model *model,
                               struct ddg_context *context);

void ddg_named_free(struct ddg_named *named);

#endif
