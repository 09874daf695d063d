/*
 * The linear program of a fitting: what its open cells have above the least, so that every line
 * adds up, at the least cost.
 *
 * Each open cell has two columns, the units up to a turn and those beyond, which have prices of
 * their own: so what a count costs has its least at the turn.  Each line with an open cell is a
 * row.  Where the parts of a line overlap their sum may exceed the total.
 */
#ifndef DDG_PROTECT_OPEN_PROGRAM_H
#define DDG_PROTECT_OPEN_PROGRAM_H

#include "protect/fitting.h"

#include <coin/Clp_C_Interface.h>

/* What the units of a cell cost. */
struct ddg_unit_price {
    double turn; /* units above the least of the cell */
    double below, above;
};

typedef struct ddg_unit_price ddg_unit_price_of(const void *data, uint32_t cell);

struct ddg_open_program {
    const struct ddg_fitting *fitting;
    Clp_Simplex *clp;
    uint32_t *cell;  /* of each pair of columns */
    uint64_t *least; /* of each of those cells, when the program was made */
    double *turn;    /* likewise */
    uint32_t cells, rows;
    double cost;   /* of the last solution */
    uint64_t work; /* so far: steps of the simplex method times rows */
};

/* Makes the program of the cells that are open by now.  The fitting must outlive it.  Free with
 * ddg_open_program_free(), also after an error. */
enum ddg_error ddg_open_program_make(struct ddg_open_program *program,
                                     const struct ddg_fitting *fitting, ddg_unit_price_of *price_of,
                                     const void *data, struct ddg_context *context);
void ddg_open_program_free(struct ddg_open_program *program);

/* Solves it within the ranges as they are by now; NULL where nothing fits.  The values last until
 * the next call. */
const double *ddg_open_program_solve(struct ddg_open_program *program);

/* What a solution gives cell[i] above least[i]. */
static inline double ddg_open_program_value(const double *value, uint32_t i)
{
    return value[2 * (size_t)i] + value[2 * (size_t)i + 1];
}

#endif
