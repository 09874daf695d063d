#include "protect/deviation.h"

#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

/*
 * Each cell of the vicinity has two columns, one for rising and one for falling, each line a row.
 * All costs are positive, so that the dual simplex method can start at once from no change at all.
 */

enum { ROUNDS = 3, WORK_OF_CELL = 200, MOST_ITERATIONS = 4000 };

/* A program is given up that costs more than what may be paid for changes by one or two, beside
 * what cells cost that nothing is paid for. */
enum { OFTEN = 2, FREE_MOVE = 1000 };

/* What changing a suppressed cell by one costs beside a complement's 1 or more: long moves stand in
 * the way when complements are taken back. */
static const double TRIFLE = 0.01;

struct ddg_deviator {
    const struct ddg_mask *mask;
    struct ddg_vicinity v;
    /* the program, as the solver wants it */
    CoinBigIndex *start;
    int *row;
    double *factor, *low, *high, *cost, *row_bound;
    uint32_t *cell; /* which cell of the vicinity each pair of columns is */
    uint32_t cells;
    uint32_t *column; /* of each cell of the vicinity: which pair of columns it is */
    /* what loose lines ask for, as rows: a part rises no more than its total and what it is below
     */
    CoinBigIndex *bound_start;
    int *bound_column;
    double *bound_factor, *bound_low, *bound_high;
    int bounds;
    uint32_t *found_cell;
    int8_t *found_change;
    uint64_t work;
    size_t room[16];
};

enum ddg_error ddg_deviator_new(struct ddg_deviator **deviator, const struct ddg_mask *mask,
                                struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(deviator, 1, sizeof **deviator, context);

    if (error)
        return error;
    (*deviator)->mask = mask;
    return ddg_vicinity_init(&(*deviator)->v, mask, context);
}

void ddg_deviator_free(struct ddg_deviator *d)
{
    if (!d)
        return;
    ddg_vicinity_free(&d->v);
    free(d->start);
    free(d->row);
    free(d->factor);
    free(d->low);
    free(d->high);
    free(d->cost);
    free(d->row_bound);
    free(d->cell);
    free(d->column);
    free(d->bound_start);
    free(d->bound_column);
    free(d->bound_factor);
    free(d->bound_low);
    free(d->bound_high);
    free(d->found_cell);
    free(d->found_change);
    free(d);
}

uint64_t ddg_deviator_work(const struct ddg_deviator *d)
{
    return d->work;
}

static enum ddg_error make_room(struct ddg_deviator *d, struct ddg_context *context)
{
    size_t cells = d->v.cells, columns = 2 * cells, terms = 2 * (size_t)d->v.cell_start[cells];
    enum ddg_error error;

    if ((error = ddg_grow(&d->start, &d->room[0], columns + 1, sizeof *d->start, context)) ||
        (error = ddg_grow(&d->row, &d->room[1], terms, sizeof *d->row, context)) ||
        (error = ddg_grow(&d->factor, &d->room[2], terms, sizeof *d->factor, context)) ||
        (error = ddg_grow(&d->low, &d->room[3], columns, sizeof *d->low, context)) ||
        (error = ddg_grow(&d->high, &d->room[4], columns, sizeof *d->high, context)) ||
        (error = ddg_grow(&d->cost, &d->room[5], columns, sizeof *d->cost, context)) ||
        (error = ddg_grow(&d->row_bound, &d->room[6], d->v.lines, sizeof *d->row_bound, context)) ||
        (error = ddg_grow(&d->found_cell, &d->room[7], cells, sizeof *d->found_cell, context)))
        return error;
    if ((error = ddg_grow(&d->cell, &d->room[8], cells, sizeof *d->cell, context)) ||
        (error = ddg_grow(&d->column, &d->room[10], cells, sizeof *d->column, context)))
        return error;
    return ddg_grow(&d->found_change, &d->room[9], cells, sizeof *d->found_change, context);
}

static uint64_t cost_of(const struct ddg_deviator *d, uint32_t i)
{
    return d->v.cost[d->cell[i]];
}

static double price(const struct ddg_deviator *d, uint32_t i)
{
    return (double)cost_of(d, i) + TRIFLE;
}

static void fill(struct ddg_deviator *d, int change)
{
    const struct ddg_vicinity *v = &d->v;
    CoinBigIndex at = 0;

    d->cells = 0;
    for (uint32_t cell = 0; cell < v->cells; cell++)
        if (v->up[cell] > 0 || v->down[cell] > 0) {
            d->column[cell] = d->cells;
            d->cell[d->cells++] = cell;
        }
    for (uint32_t column = 0; column < 2 * d->cells; column++) {
        uint32_t cell = d->cell[column / 2];
        int sign = column % 2 == 0 ? 1 : -1;

        d->start[column] = at;
        d->low[column] = 0;
        d->high[column] = sign > 0 ? v->up[cell] : v->down[cell];
        d->cost[column] = price(d, column / 2);
        for (uint32_t i = v->cell_start[cell]; i < v->cell_start[cell + 1]; i++, at++) {
            d->row[at] = (int)v->cell_line[i];
            d->factor[at] = sign * v->cell_sign[i];
        }
    }
    d->start[2 * d->cells] = at;
    d->low[0] = d->high[0] = change > 0 ? change : 0;
    d->low[1] = d->high[1] = change < 0 ? -change : 0;
    for (uint32_t i = 0; i < v->lines; i++)
        d->row_bound[i] = 0;
}

/* Loose lines ---------------------------------------------------------------------------------- */

/* How far a part is below its total. */
static double slack(const struct ddg_mask *mask, uint32_t part, uint32_t total)
{
    const struct ddg_truth *t = mask->truth;

    return t->low[total] > t->high[part] ? (double)(t->low[total] - t->high[part]) : 0;
}

static void limit(double *high, double most)
{
    if (*high > most)
        *high = most;
}

/* Which cell of the vicinity, among those of a line, is a cell of the mask; DDG_NO_CELL: none. */
static uint32_t find_in_line(const struct ddg_vicinity *v, uint32_t line, uint32_t cell)
{
    for (uint32_t i = v->line_start[line]; i < v->line_start[line + 1]; i++)
        if (v->cell[v->line_cell[i]] == cell)
            return v->line_cell[i];
    return DDG_NO_CELL;
}

static enum ddg_error add_bound(struct ddg_deviator *d, uint32_t part, uint32_t total, double most,
                                struct ddg_context *context)
{
    size_t n = (size_t)d->bounds, at = 4 * n;
    int p = (int)(2 * d->column[part]), t = (int)(2 * d->column[total]);
    enum ddg_error error;

    if ((error = ddg_grow(&d->bound_start, &d->room[11], n + 2, sizeof *d->bound_start, context)) ||
        (error =
             ddg_grow(&d->bound_column, &d->room[12], at + 4, sizeof *d->bound_column, context)) ||
        (error =
             ddg_grow(&d->bound_factor, &d->room[13], at + 4, sizeof *d->bound_factor, context)) ||
        (error = ddg_grow(&d->bound_low, &d->room[14], n + 1, sizeof *d->bound_low, context)) ||
        (error = ddg_grow(&d->bound_high, &d->room[15], n + 1, sizeof *d->bound_high, context)))
        return error;
    for (int i = 0; i < 4; i++) {
        d->bound_column[at + (size_t)i] = (i < 2 ? p : t) + i % 2;
        d->bound_factor[at + (size_t)i] = i == 0 || i == 3 ? 1 : -1;
    }
    d->bound_start[n] = (CoinBigIndex)at;
    d->bound_start[n + 1] = (CoinBigIndex)at + 4;
    d->bound_low[n] = -DBL_MAX;
    d->bound_high[n] = most;
    d->bounds++;
    return DDG_OK;
}

/* A part stays below its total, whether both change or one of them. */
static enum ddg_error bind_line(struct ddg_deviator *d, uint32_t line, struct ddg_context *context)
{
    const struct ddg_vicinity *v = &d->v;
    const struct ddg_model *m = d->mask->model;
    size_t start = m->line_start[v->line[line]], end = m->line_start[v->line[line] + 1];
    uint32_t total = find_in_line(v, line, m->line_cell[start]);
    enum ddg_error error = DDG_OK;

    for (size_t i = start + 1; !error && i < end; i++) {
        uint32_t part = find_in_line(v, line, m->line_cell[i]);
        double most = slack(d->mask, m->line_cell[i], m->line_cell[start]);

        if (part != DDG_NO_CELL && total != DDG_NO_CELL && most < 2 * DDG_ROOM_MOST)
            error = add_bound(d, part, total, most, context);
        else if (part != DDG_NO_CELL && total == DDG_NO_CELL)
            limit(&d->high[2 * d->column[part]], most);
        else if (total != DDG_NO_CELL)
            limit(&d->high[2 * d->column[total] + 1], most);
    }
    return error;
}

static enum ddg_error bind_loose(struct ddg_deviator *d, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    d->bounds = 0;
    for (uint32_t line = 0; !error && line < d->v.lines; line++)
        if (d->mask->loose[d->v.line[line]])
            error = bind_line(d, line, context);
    return error;
}

/* Solving -------------------------------------------------------------------------------------- */

static double change_in(const double *value, uint32_t at)
{
    return value[2 * (size_t)at] - value[2 * (size_t)at + 1];
}

/* The column that is farthest from a whole number; -1 when all are whole. */
static int find_fraction(const double *value, uint32_t columns)
{
    double farthest = 1e-5;
    int found = -1;

    for (uint32_t i = 0; i < columns; i++) {
        double distance = fabs(value[i] - nearbyint(value[i]));

        if (distance > farthest) {
            farthest = distance;
            found = (int)i;
        }
    }
    return found;
}

/* Solves, and raises fractions to whole numbers one by one; true when all are whole. */
static bool solve(Clp_Simplex *program, const struct ddg_deviator *d, uint32_t fractions)
{
    for (uint32_t i = 0; i <= fractions; i++) {
        const double *value;
        int fraction;

        if (Clp_dual(program, 0) != 0 || Clp_status(program) != 0)
            return false;
        value = Clp_getColSolution(program);
        fraction = find_fraction(value, 2 * d->cells);
        if (fraction < 0)
            return true;
        Clp_columnLower(program)[fraction] = ceil(value[fraction]);
    }
    return false;
}

/* Puts the solution into *move if it is cheaper than what is there. */
static bool take(struct ddg_deviator *d, const double *value, uint64_t most, struct ddg_move *move)
{
    uint64_t cost = 0;
    uint32_t count = 0;

    for (uint32_t i = 0; i < d->cells; i++) {
        double change = nearbyint(change_in(value, i));

        if (fabs(change) > DDG_ROOM_MOST)
            return false;
        if (change != 0)
            cost += cost_of(d, i);
    }
    if (cost > most || (move->count > 0 && cost >= move->cost))
        return false;
    for (uint32_t i = 0; i < d->cells; i++) {
        double change = nearbyint(change_in(value, i));

        if (change != 0) {
            d->found_cell[count] = d->v.cell[d->cell[i]];
            d->found_change[count++] = (int8_t)change;
        }
    }
    *move = (struct ddg_move){d->found_cell, d->found_change, count, cost};
    return true;
}

/* Costs per unit that make the last solution cost what it costs. */
static void scale(Clp_Simplex *program, const struct ddg_deviator *d, const double *value)
{
    double *cost = Clp_objective(program);

    for (uint32_t i = 0; i < d->cells; i++) {
        double change = fabs(change_in(value, i));

        if (change > 1)
            cost[2 * (size_t)i] = cost[2 * (size_t)i + 1] = price(d, i) / change;
    }
}

/* True when nothing that is paid for changes by more than one: scaling would change nothing. */
static bool is_settled(const struct ddg_deviator *d, const double *value)
{
    for (uint32_t i = 0; i < d->cells; i++)
        if (cost_of(d, i) > 0 && fabs(change_in(value, i)) > 1.5)
            return false;
    return true;
}

static bool improve(struct ddg_deviator *d, Clp_Simplex *program, const struct ddg_wish *wish,
                    struct ddg_move *move)
{
    for (int round = 0; round < ROUNDS && solve(program, d, wish->fractions); round++) {
        const double *value = Clp_getColSolution(program);

        if (!take(d, value, wish->most, move) || is_settled(d, value))
            break;
        scale(program, d, value);
        Clp_chgColumnLower(program, d->low);
    }
    return move->count > 0;
}

enum ddg_error ddg_deviate(struct ddg_deviator *d, const struct ddg_wish *wish, bool *found,
                           struct ddg_move *move, struct ddg_context *context)
{
    enum ddg_error error = ddg_vicinity_find(&d->v, wish, context);
    Clp_Simplex *program;

    *found = false;
    *move = (struct ddg_move){0};
    if (error || d->v.cells == 0)
        return error;
    if ((error = make_room(d, context)))
        return error;
    fill(d, wish->change);
    if ((error = bind_loose(d, context)))
        return error;
    program = Clp_newModel();
    if (!program)
        return ddg_fail_memory(context);
    Clp_setLogLevel(program, 0);
    Clp_scaling(program, 0);
    Clp_setMaximumIterations(program, MOST_ITERATIONS);
    Clp_setDualObjectiveLimit(program, OFTEN * (double)wish->most + FREE_MOVE);
    Clp_loadProblem(program, (int)(2 * d->cells), (int)d->v.lines, d->start, d->row, d->factor,
                    d->low, d->high, d->cost, d->row_bound, d->row_bound);
    if (d->bounds > 0)
        Clp_addRows(program, d->bounds, d->bound_low, d->bound_high, d->bound_start,
                    d->bound_column, d->bound_factor);
    *found = improve(d, program, wish, move);
    d->work += d->cells * (WORK_OF_CELL + (uint64_t)Clp_numberIterations(program));
    Clp_deleteModel(program);
    return DDG_OK;
}
