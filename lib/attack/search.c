#include "attack/search.h"

#include "attack/bounds.h"
#include "attack/program.h"
#include "attack/proof.h"
#include "attack/walk.h"
#include "base/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Deeper trees are given up: each level keeps the ranges of all unknowns. */
enum { DEPTH_MOST = 400 };

struct search {
    const struct ddg_problem *problem;
    struct ddg_linear_program *program;
    uint64_t nodes;
    double deadline;
    int64_t *value;
    struct ddg_context *context;
};

/* The unknown whose value is farthest from whole; DDG_NO_UNKNOWN when all are whole. */
static uint32_t most_split(const struct ddg_problem *p, const double *x)
{
    uint32_t best = DDG_NO_UNKNOWN;
    double farthest = 1e-6;

    for (uint32_t u = 0; u < p->unknowns; u++) {
        double distance = fabs(x[u] - nearbyint(x[u]));

        if (distance > farthest && fabs(x[u]) < (double)DDG_PROBLEM_LARGEST) {
            farthest = distance;
            best = u;
        }
    }
    return best;
}

static bool take_rounded(const struct search *s, const int64_t *low, const int64_t *high)
{
    for (uint32_t u = 0; u < s->problem->unknowns; u++)
        s->value[u] = ddg_program_whole(s->program, u);
    return ddg_walk_fits(s->problem, low, high, s->value);
}

/* Where the program says nothing that can be proven, the shortest range is halved: propagation
 * refutes what is left in the end. */
static uint32_t shortest_range(const struct ddg_problem *p, const int64_t *low, const int64_t *high,
                               int64_t *below)
{
    uint32_t best = DDG_NO_UNKNOWN;
    int64_t shortest = DDG_PROBLEM_LARGEST;

    for (uint32_t u = 0; u < p->unknowns; u++)
        if (high[u] > low[u] && high[u] != DDG_UNBOUNDED && high[u] - low[u] < shortest) {
            shortest = high[u] - low[u];
            best = u;
            *below = low[u] + shortest / 2;
        }
    return best;
}

static bool is_refuted(struct search *s, const int64_t *low, const int64_t *high)
{
    const double *prices = ddg_program_prices(s->program);

    return prices && ddg_proof_refutes(s->problem, low, high, prices);
}

/* Solves the program of a node: FOUND, REFUTED, or GAVE_UP with *split set where it goes on. */
static enum ddg_search_result solve_node(struct search *s, const int64_t *low, const int64_t *high,
                                         uint32_t *split, int64_t *below)
{
    double left = s->deadline > 0 ? s->deadline - ddg_clock() : 0;
    enum ddg_program_outcome outcome;

    *split = DDG_NO_UNKNOWN;
    if (s->nodes == 0 || (s->deadline > 0 && left <= 0))
        return DDG_SEARCH_GAVE_UP;
    s->nodes--;
    for (uint32_t u = 0; u < s->problem->unknowns; u++)
        ddg_program_range(s->program, u, low[u], high[u]);
    outcome = ddg_program_solve(s->program, 0, 0, left);
    if (outcome == DDG_PROGRAM_INFEASIBLE && is_refuted(s, low, high))
        return DDG_SEARCH_REFUTED;
    if (outcome == DDG_PROGRAM_OPTIMAL) {
        if (take_rounded(s, low, high))
            return DDG_SEARCH_FOUND;
        *split = most_split(s->problem, ddg_program_values(s->program));
    }
    if (*split != DDG_NO_UNKNOWN)
        *below = (int64_t)floor(ddg_program_values(s->program)[*split]);
    else
        *split = shortest_range(s->problem, low, high, below);
    return DDG_SEARCH_GAVE_UP;
}

static enum ddg_error descend(struct search *s, const int64_t *low, const int64_t *high,
                              uint32_t changed, unsigned depth, enum ddg_search_result *result);

/* Both sides of a split; `low` and `high` are the node's own. */
static enum ddg_error split_node(struct search *s, int64_t *low, int64_t *high, uint32_t split,
                                 int64_t below, unsigned depth, enum ddg_search_result *result)
{
    int64_t first = low[split], last = high[split];
    bool gave_up = false;

    for (int side = 0; side < 2; side++) {
        enum ddg_error error;

        low[split] = side == 0 ? first : below + 1;
        high[split] = side == 0 ? below : last;
        if (low[split] > high[split])
            continue; /* the program ended beyond the range, by its tolerance */
        error = descend(s, low, high, split, depth + 1, result);
        if (error || *result == DDG_SEARCH_FOUND)
            return error;
        gave_up = gave_up || *result == DDG_SEARCH_GAVE_UP;
    }
    *result = gave_up ? DDG_SEARCH_GAVE_UP : DDG_SEARCH_REFUTED;
    return DDG_OK;
}

static enum ddg_error descend(struct search *s, const int64_t *low, const int64_t *high,
                              uint32_t changed, unsigned depth, enum ddg_search_result *result)
{
    size_t bytes = s->problem->unknowns * sizeof *low;
    uint32_t impossible, split;
    int64_t below = 0, *own_low = NULL, *own_high = NULL;
    enum ddg_error error;

    if ((error = ddg_allocate(&own_low, s->problem->unknowns, sizeof *own_low, s->context)) ||
        (error = ddg_allocate(&own_high, s->problem->unknowns, sizeof *own_high, s->context)))
        goto done;
    memcpy(own_low, low, bytes);
    memcpy(own_high, high, bytes);
    if ((error =
             ddg_bounds_narrow(s->problem, own_low, own_high, changed, &impossible, s->context)))
        goto done;
    if (impossible != DDG_NO_ROW) {
        *result = DDG_SEARCH_REFUTED;
        goto done;
    }
    *result = solve_node(s, own_low, own_high, &split, &below);
    if (split != DDG_NO_UNKNOWN && depth < DEPTH_MOST)
        error = split_node(s, own_low, own_high, split, below, depth, result);
done:
    free(own_low);
    free(own_high);
    return error;
}

enum ddg_error ddg_search(const struct ddg_problem *problem, const int64_t *low,
                          const int64_t *high, uint64_t nodes, double deadline, int64_t *value,
                          enum ddg_search_result *result, struct ddg_context *context)
{
    struct search s = {problem, NULL, nodes, deadline, value, context};
    enum ddg_error error = ddg_program_new(&s.program, problem, low, high, context);

    *result = DDG_SEARCH_GAVE_UP;
    if (!error)
        error = descend(&s, low, high, DDG_NO_UNKNOWN, 0, result);
    ddg_program_free(s.program);
    return error;
}
