/*
 * Periods and ages of --by that overlap in a table that is read block by block: no block has more
 * than one of them.
 */
#ifndef DDG_RULES_OVERLAP_BLOCKS_H
#define DDG_RULES_OVERLAP_BLOCKS_H

#include "rules/overlap.h"

#include "base/names.h"

/* What stands in a dimension column. */
struct ddg_overlap_labels {
    struct ddg_names label;
    struct ddg_overlap_place *place; /* of each, where it first stands */
    size_t room;
};

struct ddg_overlap_blocks {
    struct ddg_overlap_labels *of; /* each dimension column */
    size_t dims;
};

/* Takes in what a block has in its first row in the dimension columns that are `apart`.  `blocks`
 * begins as {0}; files are named by pointers that must outlive it.  Free with
 * ddg_overlap_blocks_free(), also after an error. */
enum ddg_error ddg_overlap_blocks_add(struct ddg_overlap_blocks *blocks,
                                      const struct ddg_table *table, const bool *apart,
                                      struct ddg_context *context);

/* What ddg_overlap_check() says, of all blocks that were taken in, wherever the labels of a pair
 * stand; `table` is any of them. */
enum ddg_error ddg_overlap_blocks_check(const struct ddg_overlap_blocks *blocks,
                                        const struct ddg_table *table, struct ddg_context *context);

void ddg_overlap_blocks_free(struct ddg_overlap_blocks *blocks);

#endif
