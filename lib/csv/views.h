/*
 * The wanted fields of records as texts, at a fixed stride.
 */
#ifndef DDG_CSV_VIEWS_H
#define DDG_CSV_VIEWS_H

#include "csv/grid.h"
#include "csv/judge.h"

struct ddg_views {
    size_t *column; /* column[i] is shown by text[r * count + i] of record r */
    size_t count;
    struct ddg_text *text;
    /* the rest is the views' own */
    size_t room;
    char *plain; /* fields with quotes in them, without their doubles */
    size_t plain_used, plain_room;
};

/* Starts as {0}; free with ddg_views_free(), also after an error. */
enum ddg_error ddg_views_choose(struct ddg_views *views, const size_t *column, size_t count,
                                struct ddg_context *context);

/* Shows the records of a grid, whose window begins at `bytes`: valid as long as it does. */
enum ddg_error ddg_views_of_grid(struct ddg_views *views, const struct ddg_grid *grid,
                                 const char *bytes, struct ddg_context *context);

/* Shows the judge's record. */
enum ddg_error ddg_views_of_judge(struct ddg_views *views, const struct ddg_judge *judge,
                                  struct ddg_context *context);

void ddg_views_free(struct ddg_views *views);

#endif
