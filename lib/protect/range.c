#include "protect/range.h"

#include <coin/Clp_C_Interface.h>
#include <math.h>
#include <stdlib.h>

/* Farther changes than this, or than a cell has to make, are not asked for: that is quicker, and
 * what potentials say holds for farther ones as well.  What is not suppressed at all has a little
 * room nevertheless, so that potentials look to what suppressing it would give. */
static const double farthest = 4, trifle = 0.002;

struct ddg_ranger {
    const struct ddg_mask *mask;
    const uint8_t *role;
    Clp_Simplex *program;
    uint32_t columns;
    uint32_t *cell;      /* of each column */
    int *column;         /* of each cell; -1: none */
    int *row;            /* of each line; -1: none */
    double *rise, *fall; /* of each cell */
    double farthest;
    uint64_t work;
};

static void number(struct ddg_ranger *r)
{
    const struct ddg_model *m = r->mask->model;

    for (uint32_t cell = 0; cell < m->cells; cell++) {
        r->column[cell] = -1;
        if (r->role[cell] != DDG_ROLE_SHOWN && ddg_mask_has_room(r->mask, cell)) {
            r->column[cell] = (int)r->columns;
            r->cell[r->columns++] = cell;
        }
    }
}

static enum ddg_error load(struct ddg_ranger *r, struct ddg_context *context)
{
    const struct ddg_model *m = r->mask->model;
    CoinBigIndex *start = NULL, at = 0;
    int *row = NULL, rows = 0;
    double *factor = NULL, *zero = NULL;
    size_t terms = m->cell_start[m->cells];
    enum ddg_error error;

    for (uint32_t line = 0; line < m->lines; line++)
        r->row[line] = r->mask->loose[line] ? -1 : rows++;
    if (!(error = ddg_allocate(&start, (size_t)r->columns + 1, sizeof *start, context)) &&
        !(error = ddg_allocate(&row, terms, sizeof *row, context)) &&
        !(error = ddg_allocate(&factor, terms, sizeof *factor, context)) &&
        !(error = ddg_allocate(&zero, r->columns + (size_t)m->lines, sizeof *zero, context))) {
        for (uint32_t column = 0; column < r->columns; column++) {
            uint32_t cell = r->cell[column];

            start[column] = at;
            for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
                if (r->row[m->cell_line[i]] >= 0) {
                    row[at] = r->row[m->cell_line[i]];
                    factor[at++] = r->mask->sign[i];
                }
        }
        start[r->columns] = at;
        r->program = Clp_newModel();
        if (!r->program)
            error = ddg_fail_memory(context);
    }
    if (!error) {
        Clp_setLogLevel(r->program, 0);
        Clp_loadProblem(r->program, (int)r->columns, rows, start, row, factor, zero, zero, zero,
                        zero, zero);
    }
    free(start);
    free(row);
    free(factor);
    free(zero);
    return error;
}

enum ddg_error ddg_ranger_new(struct ddg_ranger **ranger, const struct ddg_mask *mask,
                              const uint8_t *role, struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    struct ddg_ranger *r;
    enum ddg_error error = ddg_allocate(ranger, 1, sizeof **ranger, context);

    if (error)
        return error;
    r = *ranger;
    r->mask = mask;
    r->role = role;
    r->farthest = fmax(farthest, fmax(mask->policy.primary_values, mask->policy.complement_values));
    if ((error = ddg_allocate(&r->cell, m->cells, sizeof *r->cell, context)) ||
        (error = ddg_allocate(&r->column, m->cells, sizeof *r->column, context)) ||
        (error = ddg_allocate(&r->row, m->lines, sizeof *r->row, context)) ||
        (error = ddg_allocate(&r->rise, m->cells, sizeof *r->rise, context)) ||
        (error = ddg_allocate(&r->fall, m->cells, sizeof *r->fall, context)))
        return error;
    number(r);
    return load(r, context);
}

void ddg_ranger_free(struct ddg_ranger *r)
{
    if (!r)
        return;
    if (r->program)
        Clp_deleteModel(r->program);
    free(r->cell);
    free(r->column);
    free(r->row);
    free(r->rise);
    free(r->fall);
    free(r);
}

static void set_rooms(struct ddg_ranger *r, uint32_t column, double share)
{
    uint32_t cell = r->cell[column];

    Clp_columnLower(r->program)[column] = -share * fmin(r->mask->down[cell], r->farthest);
    Clp_columnUpper(r->program)[column] = share * fmin(r->mask->up[cell], r->farthest);
}

void ddg_ranger_share(struct ddg_ranger *r, const double *share)
{
    for (uint32_t column = 0; column < r->columns; column++) {
        uint32_t cell = r->cell[column];

        set_rooms(r, column,
                  r->role[cell] == DDG_ROLE_CANDIDATE ? trifle + (1 - trifle) * share[cell]
                                                      : r->role[cell] == DDG_ROLE_UNKNOWN);
        r->rise[cell] = r->fall[cell] = 0;
    }
}

static void see(struct ddg_ranger *r)
{
    const double *value = Clp_getColSolution(r->program);

    for (uint32_t column = 0; column < r->columns; column++) {
        uint32_t cell = r->cell[column];

        r->rise[cell] = fmax(r->rise[cell], value[column]);
        r->fall[cell] = fmax(r->fall[cell], -value[column]);
    }
}

bool ddg_ranger_ask(struct ddg_ranger *r, uint32_t cell, int by, double *extent, int64_t *potential)
{
    const struct ddg_model *m = r->mask->model;
    int column = r->column[cell];
    double low = Clp_columnLower(r->program)[column], high = Clp_columnUpper(r->program)[column];
    const double *price;
    bool solved;

    set_rooms(r, (uint32_t)column, 1);
    Clp_objective(r->program)[column] = -by;
    solved = Clp_primal(r->program, 0) == 0 && Clp_status(r->program) == 0;
    Clp_objective(r->program)[column] = 0;
    r->work += ddg_program_work(Clp_numberIterations(r->program), m->cells);
    if (solved) {
        price = Clp_dualRowSolution(r->program);
        *extent = by * Clp_getColSolution(r->program)[column];
        see(r);
        for (uint32_t line = 0; line < m->lines; line++)
            potential[line] =
                r->row[line] < 0 ? 0 : llround(-price[r->row[line]] * DDG_POTENTIAL_SCALE);
    }
    Clp_columnLower(r->program)[column] = low;
    Clp_columnUpper(r->program)[column] = high;
    return solved;
}

double ddg_ranger_seen(const struct ddg_ranger *r, uint32_t cell)
{
    return r->rise[cell] + r->fall[cell];
}

uint64_t ddg_ranger_work(const struct ddg_ranger *r)
{
    return r->work;
}
