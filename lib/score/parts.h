/*
 * The parts of a dimension that are variables of their own: the levels of nested columns and, of
 * breakdowns side by side (--partitions), the kinds of them: ages, sexes and races in one column
 * are three variables, in as many tables (R-PSC-6).
 */
#ifndef DDG_SCORE_PARTS_H
#define DDG_SCORE_PARTS_H

#include "table/dimension.h"

/* Most breakdowns side by side that a table has beside each other. */
enum { DDG_PARTITIONS_MOST = 4 };

struct ddg_parts {
    size_t count;
    struct ddg_text *name; /* of each part, with a NUL behind it */
    size_t *level;         /* of each part */
    uint32_t *of;          /* of each category: its part */
    uint32_t *kind;        /* of each category of breakdowns: which of them it is of, from 1; 0 for
                            * the total of all.  NULL for other dimensions */
    size_t slot;           /* which breakdowns they are, below DDG_PARTITIONS_MOST */
};

/* Finds the parts of a dimension; `slot` counts those that are breakdowns.  DDG_LIMIT for too many
 * of these.  The arena gets the parts. */
enum ddg_error ddg_parts_find(struct ddg_parts *parts, const struct ddg_dimension *dimension,
                              const struct ddg_description *description, size_t *slot,
                              struct ddg_arena *arena, struct ddg_context *context);

/* The label of a category in the level that is its own, as people read it, and which level that is;
 * the level is 0 and the label the total's for the total. */
struct ddg_text ddg_own_label(const struct ddg_dimension *dimension, uint32_t category,
                              size_t *level);

#endif
