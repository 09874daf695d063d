/*
 * Margins: totals over some dimensions.  A margin is named by the dimensions that it keeps, each a
 * bit: bit i stands for dimension i.  The one that keeps none is the grand total; the one that
 * keeps all is the inner table itself.
 */
#ifndef DDG_GROUP_MARGIN_H
#define DDG_GROUP_MARGIN_H

#include "group/cube.h"

enum {
    DDG_ALL_MARGINS_DIMS = 16,      /* dimensions that every margin may be asked of */
    DDG_COMPLETE_CELLS = 100000000, /* cells that a complete cube may have */
};

/* A set of margins without the inner table.  Zero-initialise it; free with free(margins.kept). */
struct ddg_margins {
    uint64_t *kept;
    size_t count, capacity;
};

/* The one that keeps all of `dims` dimensions. */
static inline uint64_t ddg_margin_inner(size_t dims)
{
    return dims == 64 ? UINT64_MAX : (UINT64_C(1) << dims) - 1;
}

static inline bool ddg_margin_keeps(uint64_t kept, size_t dimension)
{
    return (kept >> dimension & 1) != 0;
}

/* Adds every margin of `dims` dimensions.  DDG_LIMIT for more than DDG_ALL_MARGINS_DIMS. */
enum ddg_error ddg_margins_add_all(struct ddg_margins *margins, size_t dims,
                                   struct ddg_context *context);

/* Adds margins as a user names them: "county; sex,age_group" keeps the county, then sex and age
 * group.  Spaces around a margin do not count; a blank one is the grand total.  DDG_USAGE for what
 * is no dimension of `spec`. */
enum ddg_error ddg_margins_add(struct ddg_margins *margins, const char *argument,
                               const struct ddg_spec *spec, struct ddg_context *context);

/* Ends a cube that has all its records: counts the persons of the inner cells and adds the cells of
 * the margins, none or more; of dimensions with a hierarchy also those of the categories above, in
 * the inner table and wherever a margin keeps them.  Records and amounts add up; persons are
 * counted anew, each once in every cell.  The grand total exists even where no record does. */
enum ddg_error ddg_margins_fill(const struct ddg_margins *margins, struct ddg_cube *cube,
                                struct ddg_context *context);

/* Adds an empty cell for each combination of labels that has none, in the inner table and the
 * margins.  Labels are those of inner cells: a record that was set aside leaves none.  DDG_LIMIT
 * when that makes more than DDG_COMPLETE_CELLS. */
enum ddg_error ddg_margins_complete(const struct ddg_margins *margins, struct ddg_cube *cube,
                                    struct ddg_context *context);

#endif
