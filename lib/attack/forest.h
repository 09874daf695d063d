/*
 * The categories of all tables of today as one forest.
 *
 * A node is a category, whatever tables it stands in: that of a dimension in one table and that in
 * another are one node where their columns and labels are the same (names that --link joins are
 * one).  A tree is a dimension: its root is the total, or a category of --by, which nothing adds
 * up.  Columns that are nested in one table are one dimension in all.
 */
#ifndef DDG_ATTACK_FOREST_H
#define DDG_ATTACK_FOREST_H

#include "attack/publication.h"

struct ddg_forest_table {
    size_t dimensions;
    uint32_t *tree;     /* of each dimension of the model; DDG_NO_NAME for that of --repeats */
    uint32_t **node;    /* of each dimension and category */
    uint32_t *category; /* of each node: its category in this table, or DDG_NO_NAME */
};

struct ddg_forest {
    uint32_t trees;
    struct ddg_text *title; /* of each tree: the name of a column, as long-lived as the forest */
    bool *tangled;          /* of each tree: tables do not agree what its categories are parts of */
    uint32_t nodes;
    uint32_t *tree;                 /* of each node */
    uint32_t *parent;               /* of each node, DDG_NO_NAME at a root */
    bool *total;                    /* of each node: it is the total of its tree */
    struct ddg_forest_table *table; /* of each release; empty for earlier ones */
    /* the rest is its own */
    size_t releases, parent_room, tree_room, total_room;
    struct ddg_names columns, labels, keys;
};

/* Makes the forest; free with ddg_forest_free(), also after an error. */
enum ddg_error ddg_forest_make(struct ddg_forest *forest, const struct ddg_publication *publication,
                               struct ddg_context *context);

void ddg_forest_free(struct ddg_forest *forest);

/* The root above a node. */
uint32_t ddg_forest_root(const struct ddg_forest *forest, uint32_t node);

/* The dimension of a release's model that is a tree; its number of dimensions where none is. */
size_t ddg_forest_dimension(const struct ddg_forest *forest,
                            const struct ddg_publication *publication, size_t release,
                            uint32_t tree);

#endif
