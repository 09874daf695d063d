#include "protect/open_program.h"

#include <float.h>
#include <stdlib.h>

/* What the solver is given, and copies. */
struct matrix {
    int *row; /* of each line: its row plus 1, or 0 */
    CoinBigIndex *start;
    int *index;
    double *factor, *low, *high, *cost, *row_low, *row_high;
};

static double most_of(const struct ddg_truth *range, uint32_t cell)
{
    return range->high[cell] == UINT64_MAX ? DBL_MAX
                                           : (double)(range->high[cell] - range->low[cell]);
}

/* What the total of a line has beyond what is known of its parts. */
static double remainder_of(const struct ddg_fitting *f, uint32_t line)
{
    const struct ddg_model *m = f->model;
    size_t start = m->line_start[line];
    __int128 rest = f->truth->low[m->line_cell[start]];

    for (size_t i = start + 1; i < m->line_start[line + 1]; i++)
        rest -= f->truth->low[m->line_cell[i]];
    return (double)rest;
}

static void number_rows(struct ddg_open_program *p, struct matrix *matrix)
{
    const struct ddg_fitting *f = p->fitting;
    const struct ddg_model *m = f->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        bool open = false;

        for (size_t i = m->line_start[line]; !open && i < m->line_start[line + 1]; i++)
            open = ddg_fitting_is_open(f, m->line_cell[i]);
        if (!open)
            continue;
        matrix->row_low[p->rows] = remainder_of(f, line);
        matrix->row_high[p->rows] = f->loose[line] ? DBL_MAX : matrix->row_low[p->rows];
        matrix->row[line] = (int)++p->rows;
    }
}

static void fill(struct ddg_open_program *p, struct matrix *matrix, ddg_unit_price_of *price_of,
                 const void *data)
{
    const struct ddg_model *m = p->fitting->model;
    CoinBigIndex at = 0;

    number_rows(p, matrix);
    for (uint32_t cell = 0; cell < m->cells; cell++) {
        struct ddg_unit_price price;

        if (!ddg_fitting_is_open(p->fitting, cell))
            continue;
        price = price_of(data, cell);
        matrix->cost[2 * p->cells] = price.below;
        matrix->cost[2 * p->cells + 1] = price.above;
        for (uint32_t column = 2 * p->cells; column < 2 * p->cells + 2; column++) {
            matrix->start[column] = at;
            for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++, at++) {
                uint32_t line = m->cell_line[i];

                matrix->index[at] = matrix->row[line] - 1;
                matrix->factor[at] = m->line_cell[m->line_start[line]] == cell ? -1 : 1;
            }
        }
        p->turn[p->cells] = price.turn;
        p->least[p->cells] = p->fitting->truth->low[cell];
        p->cell[p->cells++] = cell;
    }
    matrix->start[2 * p->cells] = at;
}

/* Brings the columns to what the ranges are by now. */
static void bound_columns(const struct ddg_open_program *p, double *low, double *high)
{
    for (uint32_t i = 0; i < p->cells; i++) {
        const struct ddg_truth *range = p->fitting->truth;
        double least = (double)(range->low[p->cell[i]] - p->least[i]), turn = p->turn[i];
        double most = most_of(range, p->cell[i]);
        size_t at = 2 * (size_t)i;

        most = most == DBL_MAX ? most : most + least;
        low[at] = least < turn ? least : turn;
        high[at] = most < turn ? most : turn;
        low[at + 1] = least - low[at];
        high[at + 1] = most == DBL_MAX ? most : most - high[at];
    }
}

static enum ddg_error allocate(struct ddg_open_program *p, struct matrix *matrix,
                               struct ddg_context *context)
{
    const struct ddg_model *m = p->fitting->model;
    size_t terms = 2 * m->line_start[m->lines] + 1, columns = 2 * (size_t)m->cells + 1;
    enum ddg_error error;

    if ((error = ddg_allocate(&p->cell, m->cells, sizeof *p->cell, context)) ||
        (error = ddg_allocate(&p->least, m->cells, sizeof *p->least, context)) ||
        (error = ddg_allocate(&p->turn, m->cells, sizeof *p->turn, context)) ||
        (error = ddg_allocate(&matrix->row, m->lines, sizeof *matrix->row, context)) ||
        (error = ddg_allocate(&matrix->start, columns, sizeof *matrix->start, context)) ||
        (error = ddg_allocate(&matrix->index, terms, sizeof *matrix->index, context)) ||
        (error = ddg_allocate(&matrix->factor, terms, sizeof *matrix->factor, context)) ||
        (error = ddg_allocate(&matrix->low, columns, sizeof *matrix->low, context)) ||
        (error = ddg_allocate(&matrix->high, columns, sizeof *matrix->high, context)) ||
        (error = ddg_allocate(&matrix->cost, columns, sizeof *matrix->cost, context)) ||
        (error = ddg_allocate(&matrix->row_low, m->lines, sizeof *matrix->row_low, context)))
        return error;
    return ddg_allocate(&matrix->row_high, m->lines, sizeof *matrix->row_high, context);
}

static void free_matrix(struct matrix *matrix)
{
    free(matrix->row);
    free(matrix->start);
    free(matrix->index);
    free(matrix->factor);
    free(matrix->low);
    free(matrix->high);
    free(matrix->cost);
    free(matrix->row_low);
    free(matrix->row_high);
}

enum ddg_error ddg_open_program_make(struct ddg_open_program *p, const struct ddg_fitting *fitting,
                                     ddg_unit_price_of *price_of, const void *data,
                                     struct ddg_context *context)
{
    struct matrix matrix = {.row = NULL};
    enum ddg_error error;

    *p = (struct ddg_open_program){.fitting = fitting};
    error = allocate(p, &matrix, context);
    if (!error && !(p->clp = Clp_newModel()))
        error = ddg_fail_memory(context);
    if (!error) {
        fill(p, &matrix, price_of, data);
        bound_columns(p, matrix.low, matrix.high);
        Clp_setLogLevel(p->clp, 0);
        Clp_loadProblem(p->clp, (int)(2 * p->cells), (int)p->rows, matrix.start, matrix.index,
                        matrix.factor, matrix.low, matrix.high, matrix.cost, matrix.row_low,
                        matrix.row_high);
    }
    free_matrix(&matrix);
    return error;
}

void ddg_open_program_free(struct ddg_open_program *p)
{
    if (p->clp)
        Clp_deleteModel(p->clp);
    free(p->cell);
    free(p->least);
    free(p->turn);
}

const double *ddg_open_program_solve(struct ddg_open_program *p)
{
    bool solved;

    bound_columns(p, Clp_columnLower(p->clp), Clp_columnUpper(p->clp));
    solved = Clp_dual(p->clp, 0) == 0 && Clp_status(p->clp) == 0;
    p->work += (uint64_t)Clp_numberIterations(p->clp) * p->rows;
    p->cost = Clp_objectiveValue(p->clp);
    return solved ? Clp_getColSolution(p->clp) : NULL;
}
