#include "protect/relaxation_parts.h"

#include <math.h>
#include <stdlib.h>

/* What sums of up to a million terms are wrong by, as a part of what the terms add up to. */
static const double rounding = 1e-10;

void ddg_relaxation_free(struct ddg_relaxation *r)
{
    if (!r)
        return;
    if (r->program)
        Clp_deleteModel(r->program);
    ddg_ranger_free(r->ranger);
    ddg_cut_free(&r->cut);
    free(r->role);
    free(r->wants);
    free(r->rise);
    free(r->fall);
    free(r->cell);
    free(r->column);
    free(r->share);
    free(r->reduced);
    free(r->row_start);
    free(r->start);
    free(r->in);
    free(r->weight);
    free(r->low);
    free(r->high);
    free(r);
}

/* Starting ------------------------------------------------------------------------------------- */

static bool must_stay(const struct ddg_mask *mask, uint32_t cell)
{
    return mask->policy.always && mask->policy.always[cell] && ddg_mask_may_serve(mask, cell);
}

static enum ddg_role role_of(const struct ddg_mask *mask, uint32_t cell)
{
    if (mask->kind[cell] == DDG_PRIMARY || mask->kind[cell] == DDG_HIDDEN)
        return DDG_ROLE_UNKNOWN;
    if (ddg_mask_may_serve(mask, cell))
        return DDG_ROLE_CANDIDATE;
    return DDG_ROLE_SHOWN;
}

/* Values that a cell must keep beside its own once it is suppressed. */
static uint32_t wants(const struct ddg_mask *mask, uint32_t cell, enum ddg_role role)
{
    if (role == DDG_ROLE_CANDIDATE)
        return mask->policy.complement_values - 1;
    return role == DDG_ROLE_SHOWN ? 0 : ddg_mask_wants(mask, cell);
}

static void list_candidates(struct ddg_relaxation *r)
{
    const struct ddg_mask *mask = r->mask;

    for (uint32_t cell = 0; cell < mask->model->cells; cell++) {
        r->role[cell] = (uint8_t)role_of(mask, cell);
        r->wants[cell] = wants(mask, cell, r->role[cell]);
        if (r->role[cell] == DDG_ROLE_CANDIDATE) {
            r->column[cell] = r->columns;
            r->cell[r->columns++] = cell;
        }
    }
}

static enum ddg_error start_program(struct ddg_relaxation *r, struct ddg_context *context)
{
    r->program = Clp_newModel();
    if (!r->program)
        return ddg_fail_memory(context);
    Clp_setLogLevel(r->program, 0);
    Clp_resize(r->program, 0, r->columns);
    for (int i = 0; i < r->columns; i++) {
        uint32_t cell = r->cell[i];
        bool must = must_stay(r->mask, cell);

        Clp_columnLower(r->program)[i] = r->share[cell] = must;
        Clp_columnUpper(r->program)[i] = 1;
        Clp_objective(r->program)[i] = (double)r->mask->cost[cell];
    }
    return DDG_OK;
}

static enum ddg_error allocate(struct ddg_relaxation *r, struct ddg_context *context)
{
    const struct ddg_model *m = r->mask->model;
    enum ddg_error error;

    if ((error = ddg_allocate(&r->role, m->cells, 1, context)) ||
        (error = ddg_allocate(&r->wants, m->cells, sizeof *r->wants, context)) ||
        (error = ddg_allocate(&r->rise, m->lines, sizeof *r->rise, context)) ||
        (error = ddg_allocate(&r->fall, m->lines, sizeof *r->fall, context)) ||
        (error = ddg_allocate(&r->cell, m->cells, sizeof *r->cell, context)) ||
        (error = ddg_allocate(&r->column, m->cells, sizeof *r->column, context)) ||
        (error = ddg_allocate(&r->share, m->cells, sizeof *r->share, context)) ||
        (error = ddg_allocate(&r->reduced, m->cells, sizeof *r->reduced, context)))
        return error;
    return ddg_grow(&r->start, &r->room[0], 1, sizeof *r->start, context);
}

/* Solving -------------------------------------------------------------------------------------- */

/* What prices prove: each unit that a cut asks for is worth its price, and what a candidate costs
 * beyond that it costs if it must, or if it pays.  Where candidates cost nothing and more than
 * nothing is proved, there is no mask.  What rounding can have added is taken off. */
static double prove(struct ddg_relaxation *r, const double *price, bool costs)
{
    double least = 0, size = 0;

    for (int i = 0; i < r->columns; i++)
        r->reduced[i] = costs ? Clp_objective(r->program)[i] : 0;
    for (int cut = 0; cut < r->solved; cut++) {
        if (!(price[cut] > 0))
            continue;
        least += price[cut] * r->low[cut];
        size += price[cut] * r->low[cut];
        for (CoinBigIndex i = r->start[cut]; i < r->start[cut + 1]; i++) {
            r->reduced[r->in[i]] -= price[cut] * r->weight[i];
            size += price[cut] * fabs(r->weight[i]);
        }
    }
    for (int i = 0; i < r->columns; i++) {
        double cost = costs ? Clp_objective(r->program)[i] : 0, reduced = r->reduced[i];

        least += reduced *
                 (reduced > 0 ? Clp_columnLower(r->program)[i] : Clp_columnUpper(r->program)[i]);
        if (reduced <= DDG_RELAXED_NOTHING * cost || Clp_columnLower(r->program)[i] > 0)
            size += cost;
    }
    return least - rounding * size;
}

/* True where the solver has found that there is no mask, and its reasons prove it. */
static bool is_impossible(struct ddg_relaxation *r)
{
    double *reason = Clp_status(r->program) == 1 ? Clp_infeasibilityRay(r->program) : NULL;
    bool proved = reason && prove(r, reason, false) > 0;

    if (reason && !proved) {
        for (int cut = 0; cut < r->solved; cut++)
            reason[cut] = -reason[cut];
        proved = prove(r, reason, false) > 0;
    }
    free(reason);
    return proved;
}

/* Puts the cuts that are not there yet into the program. */
static enum ddg_error add_rows(struct ddg_relaxation *r, struct ddg_context *context)
{
    int rows = r->cuts - r->solved;
    CoinBigIndex begin = r->start[r->solved];
    enum ddg_error error =
        ddg_grow(&r->row_start, &r->room[5], (size_t)rows + 1, sizeof *r->row_start, context);

    if (error)
        return error;
    for (int i = 0; i <= rows; i++)
        r->row_start[i] = r->start[r->solved + i] - begin;
    Clp_addRows(r->program, rows, &r->low[r->solved], &r->high[r->solved], r->row_start,
                &r->in[begin], &r->weight[begin]);
    r->solved = r->cuts;
    return DDG_OK;
}

static bool solve(struct ddg_relaxation *r)
{
    const double *share;
    bool solved;

    if (r->cuts == 0) { /* not a program to the solver */
        r->least = prove(r, NULL, true);
        return true;
    }
    solved = Clp_dual(r->program, 0) >= 0 && Clp_status(r->program) == 0;
    r->work += ddg_program_work(Clp_numberIterations(r->program), (uint32_t)r->columns);
    if (!solved) {
        bool impossible = is_impossible(r);

        r->least = impossible ? INFINITY : 0;
        return impossible;
    }
    r->least = prove(r, Clp_dualRowSolution(r->program), true);
    share = Clp_getColSolution(r->program);
    for (int i = 0; i < r->columns; i++)
        r->share[r->cell[i]] = fmin(1, fmax(0, share[i]));
    return true;
}

enum ddg_error ddg_relaxation_solve(struct ddg_relaxation *r, uint64_t most, uint64_t work,
                                    bool *whole, struct ddg_context *context)
{
    uint64_t end = ddg_relaxation_work(r) + work;
    enum ddg_error error = DDG_OK;
    bool more = true;

    *whole = true;
    while (!(error = add_rows(r, context)) && more) {
        if (!solve(r)) {
            *whole = false;
            break;
        }
        if (ddg_relaxation_least(r) >= most)
            break;
        if (ddg_relaxation_over(r, end)) {
            *whole = false;
            break;
        }
        if ((error = ddg_relaxation_cut_more(r, end, context)))
            break;
        more = r->cuts > r->solved || ddg_relaxation_over(r, end);
    }
    return error;
}

enum ddg_error ddg_relaxation_new(struct ddg_relaxation **relaxation, const struct ddg_mask *mask,
                                  bool group_rule, struct ddg_context *context)
{
    struct ddg_relaxation *r;
    enum ddg_error error = ddg_allocate(relaxation, 1, sizeof **relaxation, context);

    if (error)
        return error;
    r = *relaxation;
    r->mask = mask;
    r->group_rule = group_rule;
    if ((error = allocate(r, context)))
        return error;
    r->start[0] = 0;
    list_candidates(r);
    if ((error = start_program(r, context)) || (error = ddg_relaxation_cut_first(r, context)))
        return error;
    return ddg_ranger_new(&r->ranger, mask, r->role, context);
}

/* Shares --------------------------------------------------------------------------------------- */

void ddg_relaxation_fix(struct ddg_relaxation *r, uint32_t cell, int low, int high)
{
    Clp_columnLower(r->program)[r->column[cell]] = low;
    Clp_columnUpper(r->program)[r->column[cell]] = high;
}

uint64_t ddg_relaxation_least(const struct ddg_relaxation *r)
{
    if (r->least == INFINITY)
        return UINT64_MAX;
    return r->least > 0 && r->least < 0x1p63 ? (uint64_t)ceil(r->least) : 0;
}

double ddg_relaxation_share(const struct ddg_relaxation *r, uint32_t cell)
{
    return r->share[cell];
}

uint32_t ddg_relaxation_fraction(const struct ddg_relaxation *r)
{
    uint32_t found = DDG_NO_CELL;
    double farthest = DDG_RELAXED_BROKEN;

    for (int i = 0; i < r->columns; i++) {
        double share = r->share[r->cell[i]], distance = fmin(share, 1 - share);

        if (distance > farthest) {
            farthest = distance;
            found = r->cell[i];
        }
    }
    return found;
}

void ddg_relaxation_tighten(struct ddg_relaxation *r, uint64_t most)
{
    for (int i = 0; i < r->columns; i++) {
        uint32_t cell = r->cell[i];
        double low = Clp_columnLower(r->program)[i], high = Clp_columnUpper(r->program)[i];

        if (low < high && r->least + fabs(r->reduced[i]) > (double)most - 1) {
            ddg_relaxation_fix(r, cell, r->reduced[i] < 0, r->reduced[i] < 0);
            r->role[cell] = r->reduced[i] < 0 ? DDG_ROLE_UNKNOWN : DDG_ROLE_SHOWN;
            r->wants[cell] = r->reduced[i] < 0 ? r->wants[cell] : 0;
        }
    }
}

void ddg_relaxation_stop(struct ddg_relaxation *r)
{
    r->stopped = true;
}

uint64_t ddg_relaxation_work(const struct ddg_relaxation *r)
{
    return r->work + ddg_ranger_work(r->ranger);
}
