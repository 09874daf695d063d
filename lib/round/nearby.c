#include "round/nearby.h"

#include "protect/branches.h"
#include "protect/open_program.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Programs at the most, and steps of the simplex method times rows in all but the first. */
enum { PROGRAMS = 4000, WORK = 50000000 };

/* Programs that are solved once there is something. */
enum { IMPROVING = 200 };

struct search {
    const struct ddg_nearby *nearby;
    struct ddg_fitting fitting;
    struct ddg_open_program program;
    struct ddg_branches branches;
    double offset;  /* what the least costs */
    uint64_t *best; /* of each cell, when any was found; then room for others */
    double cost;
    bool found;
    struct ddg_context *context;
};

static struct ddg_unit_price price_of(const void *data, uint32_t cell)
{
    const struct search *s = data;
    const struct ddg_aim *aim = &s->nearby->aim[cell];
    uint64_t least = s->fitting.truth->low[cell];

    return (struct ddg_unit_price){.turn = aim->wanted > least ? (double)(aim->wanted - least) : 0,
                                   .below = -aim->below,
                                   .above = aim->above};
}

/* Cuts ----------------------------------------------------------------------------------------- */

/* A cell whose number is not allowed, in the gap or a fraction: of those that which is nearest to
 * something allowed.  False where all numbers are. */
static bool find_fraction(const struct search *s, const double *value, struct ddg_branch *cut)
{
    const struct ddg_nearby *n = s->nearby;
    const struct ddg_open_program *p = &s->program;
    double nearest = DBL_MAX;

    for (uint32_t i = 0; i < p->cells; i++) {
        uint32_t cell = p->cell[i];
        double x = ddg_open_program_value(value, i), at = (double)p->least[i] + x,
               gap = (double)n->gap, far;

        if (n->gapped[cell] && at > 1e-5 && at < gap - 1e-5) {
            far = at < gap - at ? at / gap : (gap - at) / gap;
            if (far < nearest)
                *cut = (struct ddg_branch){
                    .cell = cell, .below = 0, .above = n->gap, .up = 2 * at >= gap};
        } else {
            far = fabs(x - nearbyint(x));
            if (far <= 1e-5 || !ddg_fitting_is_open(&s->fitting, cell))
                continue;
            if (far < nearest)
                *cut = (struct ddg_branch){.cell = cell,
                                           .below = p->least[i] + (uint64_t)floor(x),
                                           .above = p->least[i] + (uint64_t)floor(x) + 1,
                                           .up = x - floor(x) >= 0.5};
        }
        nearest = far < nearest ? far : nearest;
    }
    return nearest < DBL_MAX;
}

/* A loose line whose total is less than one of its parts, which the program does not know of. */
static bool find_excess(const struct search *s, const uint64_t *number, struct ddg_branch *cut)
{
    const struct ddg_model *m = s->nearby->model;

    for (uint32_t line = 0; line < m->lines; line++) {
        uint32_t total = m->line_cell[m->line_start[line]];

        if (!s->nearby->loose[line])
            continue;
        for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++)
            if (number[m->line_cell[i]] > number[total]) {
                *cut = (struct ddg_branch){
                    .cell = total, .below = number[total], .above = number[total] + 1, .up = true};
                return true;
            }
    }
    return false;
}

/* Search --------------------------------------------------------------------------------------- */

static bool is_in_gap(const struct ddg_nearby *n, const uint64_t *number)
{
    for (uint32_t cell = 0; n->gap > 0 && cell < n->model->cells; cell++)
        if (n->gapped[cell] && number[cell] > 0 && number[cell] < n->gap)
            return true;
    return false;
}

/* Keeps a solution without fractions, or says where else it has to be cut.  Numbers that do not add
 * up though the program says so are none, nor is one that was in a gap from the start. */
static bool keep(struct search *s, const double *value, double cost, struct ddg_branch *cut)
{
    const struct ddg_open_program *p = &s->program;
    const struct ddg_model *m = s->nearby->model;
    uint64_t *number = s->best + m->cells;
    struct ddg_truth settled = {.low = number, .high = number};

    for (uint32_t cell = 0; cell < m->cells; cell++)
        number[cell] = s->fitting.truth->low[cell];
    for (uint32_t i = 0; i < p->cells; i++)
        if (ddg_fitting_is_open(&s->fitting, p->cell[i]))
            number[p->cell[i]] = p->least[i] + (uint64_t)llround(ddg_open_program_value(value, i));
    if (find_excess(s, number, cut))
        return false;
    if (ddg_nearby_holds(m, s->nearby->loose, &settled) && !is_in_gap(s->nearby, number)) {
        memcpy(s->best, number, m->cells * sizeof *number);
        s->found = true;
        s->cost = cost;
    }
    return true;
}

/* One program: solves it, and cuts or keeps what comes out.  *good is false where nothing is left
 * on this side of the last cut. */
static enum ddg_error step(struct search *s, bool *good)
{
    const double *value = ddg_open_program_solve(&s->program);
    struct ddg_branch cut = {0};
    double cost;

    *good = value != NULL;
    if (!*good)
        return DDG_OK;
    cost = s->program.cost + s->offset;
    /* costs are whole numbers: what is nearer is so by one at least */
    *good = !s->found || cost < s->cost - 0.999;
    if (!*good)
        return DDG_OK;
    if (find_fraction(s, value, &cut) || !keep(s, value, cost, &cut))
        return ddg_branches_add(&s->branches, &cut, good, s->context);
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

        error = step(s, &good);
        if (i == 0)
            s->program.work = 0;
        if (!found && s->found && i + IMPROVING < most)
            most = i + 1 + IMPROVING;
        if (!error && !good)
            error = ddg_branches_turn(&s->branches, &good, s->context);
    }
    return error;
}

/* What numbers cost. */
static double cost_of(const struct ddg_nearby *nearby, const uint64_t *number)
{
    double sum = 0;

    for (uint32_t cell = 0; cell < nearby->model->cells; cell++) {
        const struct ddg_aim *aim = &nearby->aim[cell];
        double beyond = (double)number[cell] - (double)aim->wanted;

        sum += beyond < 0 ? -beyond * aim->below : beyond * aim->above;
    }
    return sum;
}

/* Makes the program, unless nothing fits. */
static enum ddg_error begin(struct search *s, struct ddg_nearby *nearby, bool *good,
                            struct ddg_context *context)
{
    uint32_t line;
    enum ddg_error error;

    *s =
        (struct search){.nearby = nearby, .branches = {.fitting = &s->fitting}, .context = context};
    if ((error = ddg_fitting_init(&s->fitting, nearby->model, nearby->loose, &nearby->range,
                                  context)) ||
        (error =
             ddg_allocate(&s->best, 2 * (size_t)nearby->model->cells, sizeof *s->best, context)) ||
        (error = ddg_fitting_narrow(&s->fitting, &line, context)))
        return error;
    *good = line == DDG_NO_LINE;
    s->offset = cost_of(nearby, nearby->range.low);
    return *good ? ddg_open_program_make(&s->program, &s->fitting, price_of, s, context) : DDG_OK;
}

static void end(struct search *s)
{
    ddg_open_program_free(&s->program);
    ddg_branches_free(&s->branches);
    ddg_fitting_free(&s->fitting);
    free(s->best);
}

enum ddg_error ddg_nearby_settle(struct ddg_nearby *nearby, bool *found,
                                 struct ddg_context *context)
{
    const struct ddg_model *m = nearby->model;
    struct ddg_truth *range = &nearby->range;
    struct search s;
    bool good = false;
    enum ddg_error error = begin(&s, nearby, &good, context);

    if (!error && good)
        error = search(&s);
    *found = !error && s.found;
    for (uint32_t cell = 0; *found && cell < m->cells; cell++)
        range->low[cell] = range->high[cell] = s.best[cell];
    *found = *found && ddg_nearby_holds(m, nearby->loose, range);
    end(&s);
    return error;
}

enum ddg_error ddg_nearby_relax(struct ddg_nearby *nearby, double *value, bool *found,
                                struct ddg_context *context)
{
    struct search s;
    bool good = false;
    const double *x = NULL;
    enum ddg_error error = begin(&s, nearby, &good, context);

    if (!error && good)
        x = ddg_open_program_solve(&s.program);
    *found = x != NULL;
    for (uint32_t cell = 0; x && cell < nearby->model->cells; cell++)
        value[cell] = (double)nearby->range.low[cell];
    for (uint32_t i = 0; x && i < s.program.cells; i++)
        value[s.program.cell[i]] = (double)s.program.least[i] + ddg_open_program_value(x, i);
    end(&s);
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

enum ddg_error ddg_nearby_make(struct ddg_nearby *nearby, const struct ddg_model *model,
                               const bool *loose, struct ddg_context *context)
{
    uint32_t cells = model->cells;
    enum ddg_error error;

    *nearby = (struct ddg_nearby){.model = model, .loose = loose};
    if ((error = ddg_allocate(&nearby->range.low, cells, sizeof *nearby->range.low, context)) ||
        (error = ddg_allocate(&nearby->range.high, cells, sizeof *nearby->range.high, context)) ||
        (error = ddg_allocate(&nearby->aim, cells, sizeof *nearby->aim, context)))
        return error;
    return ddg_allocate(&nearby->gapped, cells, sizeof *nearby->gapped, context);
}

void ddg_nearby_free(struct ddg_nearby *nearby)
{
    ddg_truth_free(&nearby->range);
    free(nearby->aim);
    free(nearby->gapped);
}
