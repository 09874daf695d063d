/*
 * Twins: cells of several tables that stand for the same number.
 */
#ifndef DDG_PROTECT_TWINS_H
#define DDG_PROTECT_TWINS_H

#include "table/model.h"

struct ddg_twins {
    const struct ddg_model *model; /* of a table with rows beyond it */
    uint32_t *same; /* of each cell: the first that it is the same as, which may be itself */
    bool *apart;    /* of each cell beyond the table: it is not the same as any */
    /* the rest is its own */
    size_t release;    /* the dimension of releases */
    uint32_t releases; /* how many categories that has */
    size_t joined;     /* the dimension of measures, and how many categories that has; */
    uint32_t measures; /* where there is none, 1 */
    /* of each release, measure and dimension: a digest of what its total adds up */
    uint64_t *parts;
    bool *printed; /* of each cell: it has a row */
};

/* `model` must outlive it, but for its lines.  Free with ddg_twins_free(), also after an error. */
enum ddg_error ddg_twins_init(struct ddg_twins *twins, const struct ddg_model *model,
                              struct ddg_context *context);
void ddg_twins_free(struct ddg_twins *twins);

/* Finds out which cells are the same, but for those that are apart. */
void ddg_twins_find(struct ddg_twins *twins);

/* The cell with the same labels in the release of another, or DDG_NO_CELL. */
uint32_t ddg_twins_of(const struct ddg_twins *twins, uint32_t cell, uint32_t other);

#endif
