/*
 * The hierarchy of one dimension: which category is a part of which, from files of two columns,
 * child and parent, as ddg(7) describes them.  A category that has no parent is a part of the
 * total.  Its depth is how far it is below the total: 1, 2, ...
 */
#ifndef DDG_GROUP_HIERARCHY_H
#define DDG_GROUP_HIERARCHY_H

#include "base/names.h"

struct ddg_hierarchy {
    struct ddg_names category;
    uint32_t *parent; /* of each category; DDG_NO_NAME where that is the total */
    bool *has_parts;
    size_t parent_room, part_room;
};

/* Adds the pairs of a file.  `dimension` and `total`, its label of totals, are for messages and for
 * parents that are the total.  DDG_INPUT for a file of other columns, a category with two parents,
 * and one that is below itself.  The hierarchy is zero-initialised at first; free it with
 * ddg_hierarchy_free(), also after an error. */
enum ddg_error ddg_hierarchy_read(struct ddg_hierarchy *hierarchy, const char *path,
                                  struct ddg_text dimension, struct ddg_text total,
                                  struct ddg_context *context);

/* True when other categories are parts of this one. */
bool ddg_hierarchy_has_parts(const struct ddg_hierarchy *hierarchy, struct ddg_text category);

/* The category of this depth that `category` is a part of, at any distance; DDG_NO_NAME where there
 * is none. */
uint32_t ddg_hierarchy_above(const struct ddg_hierarchy *hierarchy, struct ddg_text category,
                             size_t depth);

void ddg_hierarchy_free(struct ddg_hierarchy *hierarchy);

#endif
