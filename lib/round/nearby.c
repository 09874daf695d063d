#include "round/nearby.h"

#include "protect/fitting.h"
#include "round/repair.h"

#include <coin/Clp_C_Interface.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Programs at the most, and steps of the simplex method times rows in all but the first. */
enum { PROGRAMS = 4000, WORK = 50000000 };

/* Each open cell has two columns: what it has above its least up to what is wanted, and beyond. */
struct program {
    const struct ddg_nearby *nearby;
    struct ddg_fitting fitting;
    Clp_Simplex *clp;
    uint32_t *cell;  /* of each pair of columns */
    uint64_t *least; /* of each of those cells, when the program was made */
    int *row;        /* of each line: its row plus 1, or 0 */
    CoinBigIndex *start;
    int *index;
    double *factor, *low, *high, *cost, *row_low, *row_high;
    uint32_t cells, rows;
    double offset; /* what the least costs */
    uint64_t work;
};

/* A cell whose range was cut in two, to one side first and then to the other. */
struct cut {
    uint32_t cell;
    uint64_t below, above; /* the least number above the cut, and the largest below it */
    bool up, other;        /* the side it was cut to, and that it is the second */
    size_t mark;           /* of the trail */
};

struct search {
    struct program program;
    struct cut *cut;
    size_t count, room;
    uint64_t *best; /* of each cell, when any was found; then room for others */
    double cost;
    bool found;
    struct ddg_context *context;
};

/* Programs ------------------------------------------------------------------------------------- */

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

static void number_rows(struct program *p)
{
    const struct ddg_model *m = p->nearby->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        bool open = false;

        for (size_t i = m->line_start[line]; !open && i < m->line_start[line + 1]; i++)
            open = ddg_fitting_is_open(&p->fitting, m->line_cell[i]);
        if (!open)
            continue;
        p->row_low[p->rows] = remainder_of(&p->fitting, line);
        p->row_high[p->rows] = p->nearby->loose[line] ? DBL_MAX : p->row_low[p->rows];
        p->row[line] = (int)++p->rows;
    }
}

static void fill(struct program *p)
{
    const struct ddg_model *m = p->nearby->model;
    CoinBigIndex at = 0;

    number_rows(p);
    for (uint32_t cell = 0; cell < m->cells; cell++) {
        const struct ddg_aim *aim = &p->nearby->aim[cell];

        if (!ddg_fitting_is_open(&p->fitting, cell))
            continue;
        p->least[p->cells] = p->fitting.truth->low[cell];
        for (uint32_t column = 2 * p->cells; column < 2 * p->cells + 2; column++) {
            bool first = column % 2 == 0;

            p->start[column] = at;
            p->cost[column] = first ? -aim->below : aim->above;
            for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++, at++) {
                uint32_t line = m->cell_line[i];

                p->index[at] = p->row[line] - 1;
                p->factor[at] = m->line_cell[m->line_start[line]] == cell ? -1 : 1;
            }
        }
        p->cell[p->cells++] = cell;
    }
    p->start[2 * p->cells] = at;
}

/* Brings the columns to what the ranges are by now. */
static void bound_columns(const struct program *p, double *low, double *high)
{
    const struct ddg_truth *range = p->fitting.truth;

    for (uint32_t i = 0; i < p->cells; i++) {
        uint32_t cell = p->cell[i];
        uint64_t wanted = p->nearby->aim[cell].wanted;
        double least = (double)(range->low[cell] - p->least[i]), most = most_of(range, cell);
        double turn = wanted > p->least[i] ? (double)(wanted - p->least[i]) : 0;
        size_t at = 2 * (size_t)i;

        most = most == DBL_MAX ? most : most + least;
        low[at] = least < turn ? least : turn;
        high[at] = most < turn ? most : turn;
        low[at + 1] = least - low[at];
        high[at + 1] = most == DBL_MAX ? most : most - high[at];
    }
}

static enum ddg_error make_program(struct program *p, struct ddg_context *context)
{
    const struct ddg_model *m = p->nearby->model;
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
    p->offset = ddg_nearby_cost(p->nearby, p->fitting.truth->low);
    bound_columns(p, p->low, p->high);
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
    ddg_fitting_free(&p->fitting);
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

static bool solve(struct program *p)
{
    bool good;

    bound_columns(p, Clp_columnLower(p->clp), Clp_columnUpper(p->clp));
    good = Clp_dual(p->clp, 0) == 0 && Clp_status(p->clp) == 0;
    p->work += (uint64_t)Clp_numberIterations(p->clp) * p->rows;
    return good;
}

static double value_of(const double *value, uint32_t i)
{
    return value[2 * (size_t)i] + value[2 * (size_t)i + 1];
}

static uint64_t whole(const struct program *p, const double *value, uint32_t i)
{
    return p->least[i] + (uint64_t)llround(value_of(value, i));
}

/* Cuts ----------------------------------------------------------------------------------------- */

/* A cell whose number is not allowed, in the gap or a fraction: of those that which is nearest to
 * something allowed.  False where all numbers are. */
static bool find_fraction(const struct program *p, const double *value, struct cut *cut)
{
    const struct ddg_nearby *n = p->nearby;
    double nearest = DBL_MAX;

    for (uint32_t i = 0; i < p->cells; i++) {
        uint32_t cell = p->cell[i];
        double x = value_of(value, i), at = (double)p->least[i] + x, gap = (double)n->gap, far;

        if (n->gapped && n->gapped[cell] && at > 1e-5 && at < gap - 1e-5) {
            far = at < gap - at ? at / gap : (gap - at) / gap;
            if (far < nearest)
                *cut = (struct cut){.cell = cell, .below = 0, .above = n->gap, .up = 2 * at >= gap};
        } else {
            far = fabs(x - nearbyint(x));
            if (far <= 1e-5 || !ddg_fitting_is_open(&p->fitting, cell))
                continue;
            if (far < nearest)
                *cut = (struct cut){.cell = cell,
                                    .below = p->least[i] + (uint64_t)floor(x),
                                    .above = p->least[i] + (uint64_t)floor(x) + 1,
                                    .up = x - floor(x) >= 0.5};
        }
        nearest = far < nearest ? far : nearest;
    }
    return nearest < DBL_MAX;
}

/* A loose line whose total is less than one of its parts, which the program does not know of. */
static bool find_excess(const struct search *s, const uint64_t *number, struct cut *cut)
{
    const struct ddg_model *m = s->program.nearby->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        uint32_t total = m->line_cell[m->line_start[line]];

        if (!s->program.nearby->loose[line])
            continue;
        for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++)
            if (number[m->line_cell[i]] > number[total]) {
                *cut = (struct cut){total, number[total], number[total] + 1, true, false, 0};
                return true;
            }
    }
    return false;
}

static enum ddg_error apply(struct search *s, const struct cut *cut, bool *good)
{
    return ddg_fitting_try(&s->program.fitting, cut->cell, cut->up ? cut->above : 0,
                           cut->up ? UINT64_MAX : cut->below, good, s->context);
}

static enum ddg_error cut_in_two(struct search *s, struct cut cut, bool *good)
{
    enum ddg_error error = ddg_grow(&s->cut, &s->room, s->count + 1, sizeof *s->cut, s->context);

    if (error)
        return error;
    cut.mark = s->program.fitting.trail_count;
    s->cut[s->count++] = cut;
    return apply(s, &cut, good);
}

/* Turns to the other side of the last cut that has one; *good is false when none has. */
static enum ddg_error turn_back(struct search *s, bool *good)
{
    enum ddg_error error = DDG_OK;

    *good = false;
    while (!error && !*good && s->count > 0) {
        struct cut *cut = &s->cut[s->count - 1];

        ddg_fitting_back(&s->program.fitting, cut->mark);
        if (cut->other) {
            s->count--;
            continue;
        }
        cut->other = true;
        cut->up = !cut->up;
        error = apply(s, cut, good);
    }
    return error;
}

/* Search --------------------------------------------------------------------------------------- */

static bool is_in_gap(const struct ddg_nearby *n, const uint64_t *number)
{
    for (uint32_t cell = 0; n->gapped && cell < n->model->cells; cell++)
        if (n->gapped[cell] && number[cell] > 0 && number[cell] < n->gap)
            return true;
    return false;
}

/* Keeps a solution without fractions, or says where else it has to be cut.  Numbers that do not add
 * up though the program says so are none, nor is one that was in a gap from the start. */
static bool keep(struct search *s, const double *value, double cost, struct cut *cut)
{
    const struct program *p = &s->program;
    const struct ddg_model *m = p->nearby->model;
    const struct ddg_truth *range = p->fitting.truth;
    uint64_t *number = s->best + m->cells;
    struct ddg_truth settled = {number, number};

    for (uint32_t cell = 0; cell < m->cells; cell++)
        number[cell] = range->low[cell];
    for (uint32_t i = 0; i < p->cells; i++)
        if (ddg_fitting_is_open(&p->fitting, p->cell[i]))
            number[p->cell[i]] = whole(p, value, i);
    if (find_excess(s, number, cut))
        return false;
    if (ddg_nearby_holds(m, p->nearby->loose, &settled) && !is_in_gap(p->nearby, number)) {
        memcpy(s->best, number, m->cells * sizeof *number);
        s->found = true;
        s->cost = cost;
    }
    return true;
}

/* Looks for numbers near the first solution by repairing it. */
static enum ddg_error repair(struct search *s)
{
    const struct program *p = &s->program;
    const double *value = Clp_getColSolution(p->clp);
    uint32_t cells = p->nearby->model->cells;
    double *start;
    enum ddg_error error = ddg_allocate(&start, cells, sizeof *start, s->context);

    if (error)
        return error;
    for (uint32_t cell = 0; cell < cells; cell++)
        start[cell] = (double)p->fitting.truth->low[cell];
    for (uint32_t i = 0; i < p->cells; i++)
        start[p->cell[i]] = (double)p->least[i] + value_of(value, i);
    error = ddg_repair(p->nearby, p->fitting.truth, start, s->best, &s->found, s->context);
    if (!error && s->found) {
        struct ddg_truth settled = {s->best, s->best};

        s->found = ddg_nearby_holds(p->nearby->model, p->nearby->loose, &settled);
        s->cost = ddg_nearby_cost(p->nearby, s->best);
    }
    free(start);
    return error;
}

/* One program: solves it, and cuts or keeps what comes out.  *good is false where nothing is left
 * on this side of the last cut. */
static enum ddg_error step(struct search *s, bool first, bool *good)
{
    struct program *p = &s->program;
    const double *value;
    struct cut cut = {0};
    double cost;
    bool cuts;
    enum ddg_error error = DDG_OK;

    *good = solve(p);
    if (!*good)
        return DDG_OK;
    cost = Clp_objectiveValue(p->clp) + p->offset;
    /* costs are whole numbers: what is nearer is so by one at least */
    *good = !s->found || cost < s->cost - 0.999;
    if (!*good)
        return DDG_OK;
    value = Clp_getColSolution(p->clp);
    cuts = find_fraction(p, value, &cut);
    if (cuts && first)
        error = repair(s);
    if (error)
        return error;
    if (cuts || !keep(s, value, cost, &cut))
        return cut_in_two(s, cut, good);
    *good = false;
    return DDG_OK;
}

static enum ddg_error search(struct search *s)
{
    uint32_t most = PROGRAMS;
    bool good = true;
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; !error && good && i < most && s->program.work < WORK; i++) {
        bool found = s->found;

        error = step(s, i == 0, &good);
        if (i == 0)
            s->program.work = 0;
        if (!found && s->found && i + s->program.nearby->improving < most)
            most = i + 1 + s->program.nearby->improving;
        if (!error && !good)
            error = turn_back(s, &good);
    }
    return error;
}

enum ddg_error ddg_nearby_settle(const struct ddg_nearby *nearby, struct ddg_truth *range,
                                 bool *found, struct ddg_context *context)
{
    const struct ddg_model *m = nearby->model;
    struct search s = {.program = {.nearby = nearby}, .context = context};
    uint32_t line;
    enum ddg_error error = ddg_fitting_init(&s.program.fitting, m, nearby->loose, range, context);

    if (!error)
        error = ddg_allocate(&s.best, 2 * (size_t)m->cells, sizeof *s.best, context);
    if (!error)
        error = ddg_fitting_narrow(&s.program.fitting, &line, context);
    if (!error && line == DDG_NO_LINE) {
        error = make_program(&s.program, context);
        if (!error)
            error = search(&s);
    }
    *found = !error && s.found;
    for (uint32_t cell = 0; *found && cell < m->cells; cell++)
        range->low[cell] = range->high[cell] = s.best[cell];
    free_program(&s.program);
    free(s.best);
    free(s.cut);
    return error;
}

bool ddg_nearby_holds(const struct ddg_model *m, const bool *loose, const struct ddg_truth *range)
{
    for (uint32_t line = 0; line < m->lines; line++) {
        uint64_t total = range->low[m->line_cell[m->line_start[line]]], largest = 0;
        unsigned __int128 sum = 0;

        for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
            uint64_t part = range->low[m->line_cell[i]];

            sum += part;
            largest = part > largest ? part : largest;
        }
        if (loose[line] ? total > sum || total < largest : total != sum)
            return false;
    }
    for (uint32_t cell = 0; cell < m->cells; cell++)
        if (range->low[cell] != range->high[cell])
            return false;
    return true;
}
