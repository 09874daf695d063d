/*
 * Maps of a measure: its cells laid out in two dimensions, one picture for each combination of the
 * categories of the others (a slice), and of each cell what the audit found.
 *
 * Rows are the dimension with the most categories, columns the one with the next most that still
 * fits a page; dimensions that nobody adds up over (--by) come last.  Every cell is in one slice.
 * Large tables are cut: slices that hold a finding come first, then those with the most hidden
 * cells, and those without any are left out; so with the rows and columns of a slice that has too
 * many.  A map holds no numbers, shown or hidden.
 */
#ifndef DDG_REPORT_PICTURE_H
#define DDG_REPORT_PICTURE_H

#include "report/summary.h"

enum {
    DDG_PICTURE_SLICES_MOST = 12, /* of a measure */
    DDG_PICTURE_ROWS_MOST = 60,
    DDG_PICTURE_COLUMNS_MOST = 30,
};

/* What a cell of the publication is, the worst last. */
enum ddg_mark {
    DDG_MARK_NONE,          /* no such row, and nothing says that there should be one */
    DDG_MARK_SHOWN,         /* something stands there */
    DDG_MARK_NO_DATA,       /* nothing stands there, and it is not suppressed */
    DDG_MARK_SMALL,         /* safe, and its code says that it is small */
    DDG_MARK_COMPLEMENTARY, /* safe, and its code says that it protects another */
    DDG_MARK_HIDDEN,        /* safe, and nothing says which of the two it is */
    DDG_MARK_UNDECIDED,
    DDG_MARK_DETERMINED,
    DDG_MARK_NARROWED,
    DDG_MARK_RECOVERED,
    DDG_MARKS,
};

struct ddg_picture_slice {
    size_t first, end;    /* its cells: map.cell[first .. end), in the order of the model */
    uint64_t bad, hidden; /* cells with a finding or undecided, and all hidden ones */
};

struct ddg_picture {
    const struct ddg_model *model;
    size_t across, down; /* dimensions of the columns and the rows; DDG_ALL for none */
    unsigned char *mark; /* enum ddg_mark of each cell of the model */
    struct ddg_picture_cell *cell;
    size_t cells;
    struct ddg_picture_slice *slice; /* first the chosen ones, in the order of their first cells */
    size_t slices, chosen;
};

/* Lays out a measure of a release and chooses at most `most` slices.  None is chosen where no cell
 * is hidden.  Free with ddg_picture_free(), also after an error. */
enum ddg_error ddg_picture_make(struct ddg_picture *map, const struct ddg_report *report,
                                size_t release, size_t measure, size_t most,
                                struct ddg_context *context);
void ddg_picture_free(struct ddg_picture *map);

/* A cell of the slice, for the categories that all of its cells share. */
uint32_t ddg_picture_slice_cell(const struct ddg_picture *map,
                                const struct ddg_picture_slice *slice);

/* One dimension of a picture. */
struct ddg_picture_axis {
    uint32_t *category; /* from left to right, or from top to bottom */
    size_t count, left_out;
};

struct ddg_picture_grid {
    struct ddg_picture_axis down, across; /* across.category is NULL where there is no such
                                           * dimension, and its count is then 1 */
    unsigned char *mark;                  /* enum ddg_mark at [row * across.count + column] */
};

/* The picture of a slice.  Free with ddg_picture_grid_free(), also after an error. */
enum ddg_error ddg_picture_grid_make(struct ddg_picture_grid *grid, const struct ddg_picture *map,
                                     const struct ddg_picture_slice *slice,
                                     struct ddg_context *context);
void ddg_picture_grid_free(struct ddg_picture_grid *grid);

#endif
