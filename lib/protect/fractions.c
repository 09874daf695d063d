#include "protect/fractions.h"

#include "protect/branches.h"
#include "protect/open_program.h"

#include <math.h>

/* The first units above the least are worth more than all that follow. */
enum { WORTH = 3, PROGRAMS = 1000 };

struct dive {
    struct ddg_fitting *fitting;
    struct ddg_open_program program;
    struct ddg_branches branches;
    struct ddg_context *context;
};

/* Slightly different in each cell, so that solutions are not all of a kind. */
static struct ddg_unit_price price_of(const void *data, uint32_t cell)
{
    double different = 1 + (cell * 7919U % 101) / 1000.0;

    (void)data;
    return (struct ddg_unit_price){.turn = WORTH, .below = -different, .above = 0.001 * different};
}

/* The open cell with the fraction that is nearest to a whole number; `cells` when all are whole. */
static uint32_t nearest_fraction(const struct dive *d, const double *value)
{
    const struct ddg_open_program *p = &d->program;
    double nearest = 1;
    uint32_t found = p->cells;

    for (uint32_t i = 0; i < p->cells; i++) {
        double x = ddg_open_program_value(value, i), distance = fabs(x - nearbyint(x));

        if (distance > 1e-5 && distance < nearest && ddg_fitting_is_open(d->fitting, p->cell[i])) {
            nearest = distance;
            found = i;
        }
    }
    return found;
}

/* Takes a solution without fractions. */
static enum ddg_error take_whole(struct dive *d, const double *value, bool *good)
{
    const struct ddg_open_program *p = &d->program;
    const struct ddg_truth *range = d->fitting->truth;
    enum ddg_error error = DDG_OK;

    *good = true;
    for (uint32_t i = 0; !error && *good && i < p->cells; i++) {
        uint32_t cell = p->cell[i];
        uint64_t count = p->least[i] + (uint64_t)nearbyint(ddg_open_program_value(value, i));

        *good = count >= range->low[cell] && count <= range->high[cell];
        if (*good)
            error = ddg_fitting_try(d->fitting, cell, count, count, good, d->context);
    }
    return error;
}

static enum ddg_error cut_fraction(struct dive *d, const double *value, uint32_t i, bool *good)
{
    const struct ddg_open_program *p = &d->program;
    double x = ddg_open_program_value(value, i);
    uint64_t below = p->least[i] + (uint64_t)floor(x);
    struct ddg_branch branch = {
        .cell = p->cell[i], .below = below, .above = below + 1, .up = x - floor(x) >= 0.5};

    return ddg_branches_add(&d->branches, &branch, good, d->context);
}

/* One program: takes its solution, or cuts one of its fractions off. */
static enum ddg_error step(struct dive *d, bool *good, bool *found)
{
    const double *value = ddg_open_program_solve(&d->program);
    uint32_t fraction;
    enum ddg_error error;

    *good = value != NULL;
    if (!value)
        return DDG_OK;
    fraction = nearest_fraction(d, value);
    if (fraction < d->program.cells)
        return cut_fraction(d, value, fraction, good);
    error = take_whole(d, value, good);
    *found = *good;
    return error;
}

static enum ddg_error dive(struct dive *d, bool *found)
{
    enum ddg_error error = DDG_OK;
    bool good = true;

    *found = false;
    for (int i = 0; !error && good && !*found && i < PROGRAMS; i++) {
        error = step(d, &good, found);
        if (!error && !good)
            error = ddg_branches_turn(&d->branches, &good, d->context);
    }
    return error;
}

enum ddg_error ddg_fractions_settle(struct ddg_fitting *f, bool *found, struct ddg_context *context)
{
    struct dive d = {.fitting = f, .branches = {.fitting = f}, .context = context};
    enum ddg_error error = ddg_open_program_make(&d.program, f, price_of, NULL, context);

    if (!error)
        error = dive(&d, found);
    ddg_open_program_free(&d.program);
    ddg_branches_free(&d.branches);
    return error;
}
