#include "round/controlled.h"

#include "round/anneal.h"
#include "round/anneal_begin.h"
#include "round/nearby.h"
#include "round/order.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* Cells of a network, and of other tables, for which a linear program is solved; times that a
 * larger reach is tried. */
enum { NETWORK = 50000, PROGRAM = 8000, TRIES = 4 };

struct controlled {
    const struct ddg_shown *shown;
    uint64_t base;
    struct ddg_context *context;
    const struct ddg_truth *bound; /* of each row, or NULL */
    int64_t *number;               /* of each cell: its multiple */
};

static bool is_shown(const struct controlled *c, uint32_t cell)
{
    return cell < c->shown->model->printed && c->shown->state[cell] == DDG_SHOWN;
}

/* Networks ------------------------------------------------------------------------------------- */

/* True when lines run along two dimensions at the most. */
static bool is_two_way(const struct ddg_model *m)
{
    size_t ways = 0;

    for (size_t d = 0; d < m->dimensions; d++) {
        uint32_t line = 0;

        while (line < m->lines && m->line_dimension[line] != d)
            line++;
        ways += line < m->lines;
    }
    return ways <= 2;
}

/* A count is one of two multiples, the lower of which is wanted at the price of going up, which is
 * negative where that is nearer.  False where bounds leave none. */
static bool aim_at_multiples(const struct controlled *c, struct ddg_nearby *n)
{
    for (uint32_t cell = 0; cell < n->model->cells; cell++) {
        uint64_t count = c->shown->range.low[cell], rest = count % c->base;

        if (!is_shown(c, cell)) {
            n->range.high[cell] = UINT64_MAX;
            continue;
        }
        n->range.low[cell] = count / c->base;
        n->range.high[cell] = count / c->base + (rest > 0);
        if (!ddg_bounds_leave(c->bound, cell, c->base, &n->range.low[cell], &n->range.high[cell]))
            return false;
        n->aim[cell].wanted = n->range.low[cell];
        n->aim[cell].above = (double)c->base - 2 * (double)rest;
    }
    return true;
}

static enum ddg_error solve_network(struct controlled *c, bool *found)
{
    struct ddg_nearby n;
    enum ddg_error error = ddg_nearby_make(&n, c->shown->model, c->shown->loose, c->context);

    if (!error && aim_at_multiples(c, &n))
        error = ddg_nearby_settle(&n, found, c->context);
    for (uint32_t cell = 0; !error && *found && cell < n.model->cells; cell++)
        c->number[cell] = (int64_t)n.range.low[cell];
    ddg_nearby_free(&n);
    return error;
}

/* The numbers of the program, rounded. */
static enum ddg_error relax(struct controlled *c, bool *found)
{
    struct ddg_nearby n;
    double *value = NULL;
    enum ddg_error error = ddg_nearby_make(&n, c->shown->model, c->shown->loose, c->context);

    if (!error)
        error = ddg_allocate(&value, n.model->cells, sizeof *value, c->context);
    if (!error && aim_at_multiples(c, &n))
        error = ddg_nearby_relax(&n, value, found, c->context);
    for (uint32_t cell = 0; !error && *found && cell < n.model->cells; cell++)
        c->number[cell] = llround(value[cell]);
    free(value);
    ddg_nearby_free(&n);
    return error;
}

/* Annealing ------------------------------------------------------------------------------------ */

/* The multiples that a shown count may go to; false where bounds leave none. */
static bool find_reach(const struct controlled *c, uint32_t cell, uint64_t within,
                       struct ddg_goal *goal)
{
    uint64_t count = c->shown->range.low[cell], reach = within * c->base, low = count / c->base,
             high = low + (count % c->base > 0);
    bool left;

    if (within > 0 && count > 0) {
        low = count > reach ? (count - reach + c->base - 1) / c->base : 0;
        high = count / c->base + (count % c->base + reach) / c->base;
    }
    left = ddg_bounds_leave(c->bound, cell, c->base, &low, &high);
    goal->low = (int64_t)low;
    goal->high = (int64_t)high;
    return left;
}

/* False where bounds leave a count none within reach. */
static bool set_goals(const struct controlled *c, uint64_t within, struct ddg_goal *goal)
{
    for (uint32_t cell = 0; cell < c->shown->model->cells; cell++) {
        struct ddg_goal *g = &goal[cell];

        *g = (struct ddg_goal){.high = DDG_SUMS_LARGEST};
        if (!is_shown(c, cell))
            continue;
        g->wanted = (double)c->shown->range.low[cell] / (double)c->base;
        g->priced = true;
        if (!find_reach(c, cell, within, g))
            return false;
    }
    return true;
}

static enum ddg_error make_sums(const struct controlled *c, struct ddg_sums *sums,
                                const struct ddg_goal *goal, struct ddg_truth *range)
{
    uint32_t cells = c->shown->model->cells;
    enum ddg_error error;

    if ((error = ddg_allocate(&range->low, cells, sizeof *range->low, c->context)) ||
        (error = ddg_allocate(&range->high, cells, sizeof *range->high, c->context)))
        return error;
    for (uint32_t cell = 0; cell < cells; cell++) {
        range->low[cell] = (uint64_t)goal[cell].low;
        range->high[cell] = goal[cell].priced ? (uint64_t)goal[cell].high : UINT64_MAX;
    }
    return ddg_sums_make(sums, c->shown->model, c->shown->loose, range, c->context);
}

static bool adds_up(const struct controlled *c)
{
    uint64_t *number = (uint64_t *)c->number;

    return ddg_nearby_holds(c->shown->model, c->shown->loose,
                            &(struct ddg_truth){.low = number, .high = number});
}

static enum ddg_error try_goals(const struct controlled *c, const struct ddg_sums *sums,
                                uint64_t within, struct ddg_goal *goal, bool near, int64_t *farther)
{
    if (!set_goals(c, within, goal))
        return DDG_OK;
    return ddg_anneal(sums, goal, near, c->number, farther, c->context);
}

/* Multiples beside the counts first, then what else is within reach; *farther is by how much a
 * count is out of reach. */
static enum ddg_error anneal(struct controlled *c, uint64_t within, int64_t *farther)
{
    uint32_t cells = c->shown->model->cells;
    struct ddg_sums sums = {0};
    struct ddg_truth range = {0};
    struct ddg_goal *goal;
    bool near = false, possible;
    enum ddg_error error = ddg_allocate(&goal, cells, sizeof *goal, c->context);

    *farther = 1;
    possible = !error && set_goals(c, within, goal);
    if (possible)
        error = make_sums(c, &sums, goal, &range);
    if (possible && !error && cells <= PROGRAM)
        error = relax(c, &near);
    if (possible && !error && !near)
        error = ddg_anneal_begin(&sums, goal, &c->shown->range, c->base, c->number, c->context);
    near = near || is_two_way(c->shown->model);
    if (possible && !error)
        error = try_goals(c, &sums, 0, goal, near, farther);
    if (possible && !error && *farther > 0 && within > 0)
        error = try_goals(c, &sums, within, goal, near, farther);
    if (possible && !error && *farther > 0 && near)
        error = try_goals(c, &sums, within, goal, false, farther);
    assert(error || *farther > 0 || adds_up(c));
    ddg_sums_free(&sums);
    ddg_truth_free(&range);
    free(goal);
    return error;
}

/* Results -------------------------------------------------------------------------------------- */

/* Takes the multiples; false where one is too large. */
static bool take_multiples(const struct controlled *c, uint64_t *value, struct ddg_strays *strays)
{
    for (uint32_t row = 0; row < c->shown->model->printed; row++) {
        uint64_t count = c->shown->range.low[row], far;

        if (!is_shown(c, row))
            continue;
        if (__builtin_mul_overflow((uint64_t)c->number[row], c->base, &value[row]))
            return false;
        far = value[row] > count ? value[row] - count : count - value[row];
        strays->counts += far >= c->base;
        far = far / c->base + (far > c->base && far % c->base > 0);
        strays->farthest = far > strays->farthest ? far : strays->farthest;
    }
    return true;
}

static enum ddg_error fail_large(const struct controlled *c)
{
    return ddg_fail(c->context, DDG_LIMIT, "%s: a count is too large to be rounded",
                    c->shown->model->table->file);
}

static bool is_too_large(const struct controlled *c)
{
    for (uint32_t row = 0; row < c->shown->model->printed; row++)
        if (is_shown(c, row) &&
            c->shown->range.low[row] / c->base >= (uint64_t)DDG_SUMS_LARGEST - DDG_WITHIN_MOST)
            return true;
    return false;
}

/* Says what would do, which is tried: how far from its bounds a sum was left is where to begin. */
static enum ddg_error refuse(struct controlled *c, uint64_t within, int64_t farther)
{
    const char *file = c->shown->model->table->file;
    uint64_t enough = within;
    enum ddg_error error = DDG_OK;

    for (int i = 0; !error && farther > 0 && i < TRIES; i++) {
        enough += (uint64_t)farther;
        if (enough > DDG_WITHIN_MOST)
            break;
        error = anneal(c, enough, &farther);
    }
    if (error)
        return error;
    if (farther > 0)
        return ddg_fail(c->context, DDG_UNSAFE,
                        "%s: no multiples that add up were found, neither as near to the counts as "
                        "--within %llu asks nor farther away",
                        file, (unsigned long long)within);
    return ddg_fail(c->context, DDG_UNSAFE,
                    "%s: no multiples that add up were found as near to the counts as --within "
                    "%llu asks; %llu would do",
                    file, (unsigned long long)within, (unsigned long long)enough);
}

static enum ddg_error find_multiples(struct controlled *c, uint64_t within)
{
    const struct ddg_model *m = c->shown->model;
    int64_t farther = 0;
    bool found = false;
    enum ddg_error error = DDG_OK;

    if (m->cells <= NETWORK && is_two_way(m))
        error = solve_network(c, &found);
    if (!error && !found)
        error = is_too_large(c) ? fail_large(c) : anneal(c, within, &farther);
    return error || farther == 0 ? error : refuse(c, within, farther);
}

enum ddg_error ddg_round_controlled(const struct ddg_shown *shown, uint64_t base, uint64_t within,
                                    const struct ddg_truth *bound, uint64_t *value,
                                    struct ddg_strays *strays, struct ddg_context *context)
{
    struct controlled c = {.shown = shown, .base = base, .bound = bound, .context = context};
    enum ddg_error error = ddg_allocate(&c.number, shown->model->cells, sizeof *c.number, context);

    *strays = (struct ddg_strays){0};
    if (!error)
        error = find_multiples(&c, within);
    if (!error && !take_multiples(&c, value, strays))
        error = fail_large(&c);
    free(c.number);
    return error;
}
