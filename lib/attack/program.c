#include "attack/program.h"

#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

struct ddg_linear_program {
    Clp_Simplex *model;
    double *ray;                      /* after an infeasible program, NULL else */
    enum ddg_program_outcome outcome; /* of the last solution */
    double processors;
};

/* Arrays as the solver wants them. */
struct matrix {
    CoinBigIndex *start;
    int *index;
    double *factor, *low, *high, *row_low, *row_high;
};

static void free_matrix(struct matrix *x)
{
    free(x->start);
    free(x->index);
    free(x->factor);
    free(x->low);
    free(x->high);
    free(x->row_low);
    free(x->row_high);
}

static enum ddg_error allocate(struct matrix *x, const struct ddg_problem *p,
                               struct ddg_context *context)
{
    size_t n = p->unknowns, m = p->rows, terms = p->row_start[m];
    enum ddg_error error;

    if (terms > INT_MAX || n > INT_MAX || m > INT_MAX)
        return ddg_fail(context, DDG_LIMIT, "too many hidden numbers for a linear program");
    if ((error = ddg_allocate(&x->start, n + 1, sizeof *x->start, context)) ||
        (error = ddg_allocate(&x->index, terms, sizeof *x->index, context)) ||
        (error = ddg_allocate(&x->factor, terms, sizeof *x->factor, context)) ||
        (error = ddg_allocate(&x->low, n, sizeof *x->low, context)) ||
        (error = ddg_allocate(&x->high, n, sizeof *x->high, context)) ||
        (error = ddg_allocate(&x->row_low, m, sizeof *x->row_low, context)))
        return error;
    return ddg_allocate(&x->row_high, m, sizeof *x->row_high, context);
}

static double upper(int64_t high)
{
    return high == DDG_UNBOUNDED ? DBL_MAX : (double)high;
}

static void fill(struct matrix *x, const struct ddg_problem *p, const int64_t *low,
                 const int64_t *high)
{
    CoinBigIndex at = 0;

    for (uint32_t u = 0; u < p->unknowns; u++) {
        x->start[u] = at;
        for (size_t i = p->unknown_start[u]; i < p->unknown_start[u + 1]; i++) {
            if (p->sense[p->unknown_row[i]] == DDG_SUPPOSED)
                continue;
            x->index[at] = (int)p->unknown_row[i];
            x->factor[at++] = (double)p->unknown_factor[i];
        }
        x->low[u] = (double)low[u];
        x->high[u] = upper(high[u]);
    }
    x->start[p->unknowns] = at;
    for (uint32_t row = 0; row < p->rows; row++) {
        bool supposed = p->sense[row] == DDG_SUPPOSED;

        x->row_high[row] = supposed ? DBL_MAX : (double)p->right[row];
        x->row_low[row] = p->sense[row] == DDG_EQUAL ? (double)p->right[row] : -DBL_MAX;
    }
}

enum ddg_error ddg_program_new(struct ddg_linear_program **program, const struct ddg_problem *p,
                               const int64_t *low, const int64_t *high, struct ddg_context *context)
{
    struct matrix x = {0};
    enum ddg_error error = ddg_allocate(program, 1, sizeof **program, context);

    if (error)
        return error;
    (*program)->processors = (double)sysconf(_SC_NPROCESSORS_ONLN);
    (*program)->outcome = DDG_PROGRAM_GAVE_UP;
    if (!(error = allocate(&x, p, context)) && !((*program)->model = Clp_newModel()))
        error = ddg_fail_memory(context);
    if (!error) {
        double *nothing;

        fill(&x, p, low, high);
        if (!(error = ddg_allocate(&nothing, p->unknowns, sizeof *nothing, context))) {
            Clp_setLogLevel((*program)->model, 0);
            Clp_loadProblem((*program)->model, (int)p->unknowns, (int)p->rows, x.start, x.index,
                            x.factor, x.low, x.high, nothing, x.row_low, x.row_high);
            free(nothing);
        }
    }
    free_matrix(&x);
    if (error) {
        ddg_program_free(*program);
        *program = NULL;
    }
    return error;
}

void ddg_program_range(struct ddg_linear_program *program, uint32_t unknown, int64_t low,
                       int64_t high)
{
    Clp_columnLower(program->model)[unknown] = (double)low;
    Clp_columnUpper(program->model)[unknown] = upper(high);
}

static void forget_ray(struct ddg_linear_program *program)
{
    if (program->ray)
        Clp_freeRay(program->model, program->ray);
    program->ray = NULL;
}

enum ddg_program_outcome ddg_program_solve(struct ddg_linear_program *program, uint32_t unknown,
                                           int direction, double seconds)
{
    Clp_Simplex *model = program->model;
    int status;

    forget_ray(program);
    /* the solver counts the seconds of all threads together */
    Clp_setMaximumSeconds(model, seconds > 0 ? seconds * program->processors : -1);
    if (direction == 0) {
        /* ranges changed, prices did not: the dual method goes on from where it was */
        Clp_dual(model, 0);
    } else {
        Clp_objective(model)[unknown] = -direction;
        Clp_primal(model, program->outcome == DDG_PROGRAM_OPTIMAL);
        Clp_objective(model)[unknown] = 0;
    }
    status = Clp_status(model);
    program->outcome = status == 0   ? DDG_PROGRAM_OPTIMAL
                       : status == 1 ? DDG_PROGRAM_INFEASIBLE
                       : status == 2 ? DDG_PROGRAM_UNBOUNDED
                                     : DDG_PROGRAM_GAVE_UP;
    if (program->outcome == DDG_PROGRAM_INFEASIBLE)
        program->ray = Clp_infeasibilityRay(model);
    return program->outcome;
}

const double *ddg_program_values(const struct ddg_linear_program *program)
{
    return Clp_getColSolution(program->model);
}

int64_t ddg_program_whole(const struct ddg_linear_program *program, uint32_t unknown)
{
    double value = nearbyint(Clp_getColSolution(program->model)[unknown]);

    /* not a number is no number either */
    return fabs(value) < (double)DDG_PROBLEM_LARGEST ? (int64_t)value : 0;
}

const double *ddg_program_prices(struct ddg_linear_program *program)
{
    if (program->outcome == DDG_PROGRAM_INFEASIBLE)
        return program->ray;
    return Clp_dualRowSolution(program->model);
}

void ddg_program_free(struct ddg_linear_program *program)
{
    if (!program)
        return;
    if (program->model) {
        forget_ray(program);
        Clp_deleteModel(program->model);
    }
    free(program);
}
