#include "protect/fractions.h"

#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* The first units above the least are worth more than all that follow. */
enum { WORTH = 3, PROGRAMS = 1000 };

/* Each open cell has two columns, which together are what it has above its least: the units that
 * are worth something, and others.  Each line with an open cell is a row. */
struct program {
    struct ddg_fitting *fitting;
    Clp_Simplex *clp;
    uint32_t *cell;  /* of each pair of columns */
    uint64_t *least; /* of each of those cells, when the program was made */
    int *row;        /* of each line: its row plus 1, or 0 */
    CoinBigIndex *start;
    int *index;
    double *factor, *low, *high, *cost, *row_low, *row_high;
    uint32_t cells, rows;
};

static double most_of(const struct ddg_fitting *f, uint32_t cell)
{
    uint64_t low = f->truth->low[cell], high = f->truth->high[cell];

    return high == UINT64_MAX ? DBL_MAX : (double)(high - low);
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

static void number_rows(struct program *p)
{
    const struct ddg_model *m = p->fitting->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        bool open = false;

        for (size_t i = m->line_start[line]; !open && i < m->line_start[line + 1]; i++)
            open = ddg_fitting_is_open(p->fitting, m->line_cell[i]);
        if (!open)
            continue;
        p->row_low[p->rows] = remainder_of(p->fitting, line);
        /* where parts overlap their sum may exceed the total */
        p->row_high[p->rows] = p->fitting->loose[line] ? DBL_MAX : p->row_low[p->rows];
        p->row[line] = (int)++p->rows;
    }
}

static void fill(struct program *p)
{
    const struct ddg_model *m = p->fitting->model;
    CoinBigIndex at = 0;

    number_rows(p);
    for (uint32_t cell = 0; cell < m->cells; cell++) {
        double most = most_of(p->fitting, cell), worth = most < WORTH ? most : WORTH;

        if (!ddg_fitting_is_open(p->fitting, cell))
            continue;
        for (uint32_t column = 2 * p->cells; column < 2 * p->cells + 2; column++) {
            bool first = column % 2 == 0;

            p->start[column] = at;
            p->low[column] = 0;
            p->high[column] = first ? worth : most == DBL_MAX ? most : most - worth;
            /* slightly different, so that solutions are not all of a kind */
            p->cost[column] = (first ? -1.0 : 0.001) * (1 + (cell * 7919U % 101) / 1000.0);
            for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++, at++) {
                uint32_t line = m->cell_line[i];

                p->index[at] = p->row[line] - 1;
                p->factor[at] = m->line_cell[m->line_start[line]] == cell ? -1 : 1;
            }
        }
        p->least[p->cells] = p->fitting->truth->low[cell];
        p->cell[p->cells++] = cell;
    }
    p->start[2 * p->cells] = at;
}

static enum ddg_error make_program(struct program *p, struct ddg_context *context)
{
    const struct ddg_model *m = p->fitting->model;
    size_t terms = 2 * m->line_start[m->lines] + 1, columns = 2 * (size_t)m->cells + 1;
    enum ddg_error error;

    if ((error = ddg_allocate(&p->cell, m->cells, sizeof *p->cell, context)) ||
        (error = ddg_allocate(&p->least, m->cells, sizeof *p->least, context)) ||
        (error = ddg_allocate(&p->row, m->lines, sizeof *p->row, context)) ||
        (error = ddg_allocate(&p->start, columns, sizeof *p->start, context)) ||
        (error = ddg_allocate(&p->index, terms, sizeof *p->index, context)) ||
        (error = ddg_allocate(&p->factor, terms, sizeof *p->factor, context)) ||
        (error = ddg_allocate(&p->low, columns, sizeof *p->low, context)) ||
        (error = ddg_allocate(&p->high, columns, sizeof *p->high, context)) ||
        (error = ddg_allocate(&p->cost, columns, sizeof *p->cost, context)) ||
        (error = ddg_allocate(&p->row_low, m->lines, sizeof *p->row_low, context)) ||
        (error = ddg_allocate(&p->row_high, m->lines, sizeof *p->row_high, context)))
        return error;
    fill(p);
    p->clp = Clp_newModel();
    if (!p->clp)
        return ddg_fail_memory(context);
    Clp_setLogLevel(p->clp, 0);
    Clp_loadProblem(p->clp, (int)(2 * p->cells), (int)p->rows, p->start, p->index, p->factor,
                    p->low, p->high, p->cost, p->row_low, p->row_high);
    return DDG_OK;
}

static void free_program(struct program *p)
{
    if (p->clp)
        Clp_deleteModel(p->clp);
    free(p->cell);
    free(p->least);
    free(p->row);
    free(p->start);
    free(p->index);
    free(p->factor);
    free(p->low);
    free(p->high);
    free(p->cost);
    free(p->row_low);
    free(p->row_high);
}

/* Brings the columns to what the ranges are by now: the units that are worth something come first.
 */
static void bound_columns(struct program *p)
{
    double *low = Clp_columnLower(p->clp), *high = Clp_columnUpper(p->clp);

    for (uint32_t i = 0; i < p->cells; i++) {
        uint64_t now = p->fitting->truth->low[p->cell[i]];
        double least = (double)(now - p->least[i]), most = most_of(p->fitting, p->cell[i]);
        size_t at = 2 * (size_t)i;

        most = most == DBL_MAX ? most : most + least;
        low[at] = least < p->high[at] ? least : p->high[at];
        high[at] = most < p->high[at] ? most : p->high[at];
        low[at + 1] = least - low[at];
        high[at + 1] = most == DBL_MAX ? most : most - high[at];
    }
}

static double value_of(const double *value, uint32_t i)
{
    return value[2 * (size_t)i] + value[2 * (size_t)i + 1];
}

/* The open cell with the fraction that is nearest to a whole number; `cells` when all are whole. */
static uint32_t nearest_fraction(const struct program *p, const double *value)
{
    double nearest = 1;
    uint32_t found = p->cells;

    for (uint32_t i = 0; i < p->cells; i++) {
        double x = value_of(value, i), distance = fabs(x - nearbyint(x));

        if (distance > 1e-5 && distance < nearest && ddg_fitting_is_open(p->fitting, p->cell[i])) {
            nearest = distance;
            found = i;
        }
    }
    return found;
}

static uint64_t rounded(const struct program *p, const double *value, uint32_t i)
{
    return p->least[i] + (uint64_t)nearbyint(value_of(value, i));
}

/* Takes a solution without fractions. */
static enum ddg_error take_whole(struct program *p, const double *value, bool *good,
                                 struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    *good = true;
    for (uint32_t i = 0; !error && *good && i < p->cells; i++) {
        uint64_t count = rounded(p, value, i);

        *good = count >= p->fitting->truth->low[p->cell[i]] &&
                count <= p->fitting->truth->high[p->cell[i]];
        if (*good)
            error = ddg_fitting_try(p->fitting, p->cell[i], count, count, good, context);
    }
    return error;
}

/* A cell whose fraction was cut off, to one side first and then to the other. */
struct cut {
    uint32_t cell;
    uint64_t below; /* the whole number below the fraction */
    bool up;        /* the side it was cut to */
    bool other;     /* that is the second */
    size_t mark;    /* of the trail */
};

struct dive {
    struct program program;
    struct cut *cut;
    size_t count, room;
    struct ddg_context *context;
};

static enum ddg_error make_cut(struct dive *d, const struct cut *cut, bool *good)
{
    return ddg_fitting_try(d->program.fitting, cut->cell, cut->up ? cut->below + 1 : 0,
                           cut->up ? UINT64_MAX : cut->below, good, d->context);
}

/* Cuts the last fraction that has another side to be cut to; *good is false when none has. */
static enum ddg_error turn_back(struct dive *d, bool *good)
{
    enum ddg_error error = DDG_OK;

    *good = false;
    while (!error && !*good && d->count > 0) {
        struct cut *cut = &d->cut[d->count - 1];

        ddg_fitting_back(d->program.fitting, cut->mark);
        if (cut->other) {
            d->count--;
            continue;
        }
        cut->other = true;
        cut->up = !cut->up;
        error = make_cut(d, cut, good);
    }
    return error;
}

static enum ddg_error cut_fraction(struct dive *d, const double *value, uint32_t i, bool *good)
{
    const struct program *p = &d->program;
    double x = value_of(value, i);
    struct cut *cut;
    enum ddg_error error = ddg_grow(&d->cut, &d->room, d->count + 1, sizeof *d->cut, d->context);

    if (error)
        return error;
    cut = &d->cut[d->count++];
    *cut = (struct cut){.cell = p->cell[i], .mark = p->fitting->trail_count};
    cut->below = p->least[i] + (uint64_t)floor(x);
    cut->up = x - floor(x) >= 0.5;
    return make_cut(d, cut, good);
}

static enum ddg_error dive(struct dive *d, bool *found)
{
    struct program *p = &d->program;
    enum ddg_error error = DDG_OK;
    bool good = true;

    *found = false;
    for (int i = 0; !error && good && !*found && i < PROGRAMS; i++) {
        bound_columns(p);
        good = Clp_dual(p->clp, 0) == 0 && Clp_status(p->clp) == 0;
        if (good) {
            const double *value = Clp_getColSolution(p->clp);
            uint32_t fraction = nearest_fraction(p, value);

            if (fraction < p->cells) {
                error = cut_fraction(d, value, fraction, &good);
            } else {
                error = take_whole(p, value, &good, d->context);
                *found = good;
            }
        }
        if (!error && !good)
            error = turn_back(d, &good);
    }
    return error;
}

enum ddg_error ddg_fractions_settle(struct ddg_fitting *f, bool *found, struct ddg_context *context)
{
    struct dive d = {.program = {.fitting = f}, .context = context};
    enum ddg_error error = make_program(&d.program, context);

    if (!error)
        error = dive(&d, found);
    free_program(&d.program);
    free(d.cut);
    return error;
}
