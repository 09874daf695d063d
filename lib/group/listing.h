/*
 * The count table as it is written: one row per cell, sorted dimension by dimension in the order of
 * ddg_text_compare(), totals last.  Equal cells give equal bytes, in whatever order they arose.
 */
#ifndef DDG_GROUP_LISTING_H
#define DDG_GROUP_LISTING_H

#include "csv/output.h"
#include "group/cube.h"

/* Column names of the table.  Zero-initialise it. */
struct ddg_listing {
    struct ddg_list name;
    struct ddg_arena arena;
};

/* Makes the names: those of the dimensions; then "persons" and "events" or, where records are
 * counted, "count"; then "COLUMN_sum" for each of `sums`.  DDG_USAGE when two are the same, or a
 * dimension has a name that readers of the table take for a count.  `spec` and `sums` must outlive
 * the listing; free it with ddg_listing_free(), also after an error. */
enum ddg_error ddg_listing_init(struct ddg_listing *listing, const struct ddg_spec *spec,
                                const struct ddg_list *sums, bool by_person,
                                struct ddg_context *context);

/* Writes the header and the cells; the output is left open. */
enum ddg_error ddg_listing_write(const struct ddg_listing *listing, const struct ddg_cube *cube,
                                 struct ddg_output *output, struct ddg_context *context);

void ddg_listing_free(struct ddg_listing *listing);

#endif
