/*
 * What the parts of a relaxation share: the program and what it proves, in relaxation.c, and the
 * cuts that are looked for, in relaxation_cuts.c.
 */
#ifndef DDG_PROTECT_RELAXATION_PARTS_H
#define DDG_PROTECT_RELAXATION_PARTS_H

#include "protect/relaxation.h"

#include <coin/Clp_C_Interface.h>
#include <stdatomic.h>

/* What the solver calls nothing; by how much a cut must be broken to be one. */
#define DDG_RELAXED_NOTHING 1e-6
#define DDG_RELAXED_BROKEN 1e-3

struct ddg_relaxation {
    const struct ddg_mask *mask;
    bool group_rule;
    struct ddg_ranger *ranger;
    uint8_t *role;        /* enum ddg_role of each cell */
    uint32_t *wants;      /* of each cell */
    int64_t *rise, *fall; /* potentials of the lines */
    struct ddg_cut cut;
    uint32_t next; /* the cell to be asked next */

    Clp_Simplex *program; /* a column for each candidate, a row for each cut */
    uint32_t *cell;       /* of each column */
    int *column;          /* of each cell */
    int columns;
    double *share;   /* of each cell */
    double *reduced; /* of each column: what it costs beyond what cuts pay for it */
    double least;

    CoinBigIndex *row_start; /* of cuts that are added */
    CoinBigIndex *start;     /* the cuts */
    int *in;
    double *weight, *low, *high;
    int cuts, solved; /* how many there are, and are in the program */
    size_t terms, room[6];
    uint64_t work;
    atomic_bool stopped;
};

static inline bool ddg_relaxation_over(const struct ddg_relaxation *r, uint64_t end)
{
    return r->stopped || ddg_relaxation_work(r) >= end;
}

/* Adds the first cuts, that need no program. */
enum ddg_error ddg_relaxation_cut_first(struct ddg_relaxation *r, struct ddg_context *context);

/* Adds cuts that the shares as they are break, as many as is wanted at a time, until the work is
 * `end`. */
enum ddg_error ddg_relaxation_cut_more(struct ddg_relaxation *r, uint64_t end,
                                       struct ddg_context *context);

#endif
