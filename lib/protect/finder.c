#include "protect/finder.h"

#include <stdlib.h>

/* Cells that are weighed in the time of a step, see ddg_finder_work(). */
enum { WEIGHED_AT_A_TIME = 4 };

/* Where that has to be quick: the first limit is so many times what a single cell costs, since few
 * moves take no more. */
enum { QUICK_FIRST = 3 };

enum ddg_error ddg_finder_init(struct ddg_finder *f, const struct ddg_mask *mask,
                               const struct ddg_witnesses *witnesses, const struct ddg_hope *hope,
                               struct ddg_context *context)
{
    enum ddg_error error;

    *f =
        (struct ddg_finder){.mask = mask, .witnesses = witnesses, .hope = hope, .context = context};
    if ((error = ddg_mover_new(&f->mover, mask, context)) ||
        (error = ddg_deviator_new(&f->deviator, mask, context)) ||
        (error = ddg_chain_init(&f->chain, mask, context)))
        return error;
    for (uint32_t cell = 0; cell < mask->owned; cell++)
        if (ddg_mask_has_room(mask, cell))
            f->most_cost += mask->cost[cell] < DDG_WEIGHT_MOST - f->most_cost
                                ? mask->cost[cell]
                                : DDG_WEIGHT_MOST - f->most_cost;
    return ddg_allocate(&f->scratch, mask->model->lines, sizeof *f->scratch, context);
}

void ddg_finder_free(struct ddg_finder *f)
{
    ddg_mover_free(f->mover);
    ddg_deviator_free(f->deviator);
    ddg_chain_free(&f->chain);
    ddg_plan_free(&f->best);
    free(f->base_cell);
    free(f->base_change);
    free(f->scratch);
    *f = (struct ddg_finder){0};
}

uint64_t ddg_finder_work(const struct ddg_finder *f)
{
    return ddg_mover_work(f->mover) + f->chain.ground.work / WEIGHED_AT_A_TIME +
           ddg_deviator_work(f->deviator);
}

/* Wishes --------------------------------------------------------------------------------------- */

/* The ways to other values of a cell. */
enum { MOST_WAYS = 8 };

struct ways {
    struct ddg_wish wish[MOST_WAYS];
    struct ddg_move base[MOST_WAYS];
    uint32_t count;
};

static void add_way(const struct ddg_finder *f, struct ways *ways, uint32_t cell, int by,
                    enum ddg_manner manner)
{
    int room = by > 0 ? f->mask->up[cell] : f->mask->down[cell];
    int other = by > 0 ? f->mask->down[cell] : f->mask->up[cell];

    if (room < (manner == DDG_TWICE ? 2 : 1) || (manner == DDG_BOTH_WAYS && other == 0))
        return;
    ways->base[ways->count] = (struct ddg_move){0};
    ways->wish[ways->count++] = (struct ddg_wish){.cell = cell, .change = by, .manner = manner};
}

/* One step more in a direction in which the cell can go already. */
static enum ddg_error add_further(struct ddg_finder *f, struct ways *ways, uint32_t cell, int by,
                                  size_t *at)
{
    struct ddg_move move;
    uint32_t witness;
    int times;
    enum ddg_error error;

    if (!ddg_witnesses_farthest(f->witnesses, cell, by, &witness, &times)) {
        add_way(f, ways, cell, by, DDG_ONCE);
        return DDG_OK;
    }
    move = ddg_witnesses_move(f->witnesses, witness);
    if ((error = ddg_grow(&f->base_cell, &f->base_room, *at + move.count, sizeof *f->base_cell,
                          f->context)) ||
        (error = ddg_grow(&f->base_change, &f->change_room, *at + move.count,
                          sizeof *f->base_change, f->context)))
        return error;
    add_way(f, ways, cell, by, DDG_ONCE);
    if (ways->count == 0 || ways->wish[ways->count - 1].change != by ||
        ways->wish[ways->count - 1].manner != DDG_ONCE)
        return DDG_OK;
    for (uint32_t i = 0; i < move.count; i++) {
        f->base_cell[*at + i] = move.cell[i];
        f->base_change[*at + i] = (int8_t)(move.change[i] * times);
    }
    ways->base[ways->count - 1].count = move.count;
    *at += move.count;
    return DDG_OK;
}

static enum ddg_error find_ways(struct ddg_finder *f, uint32_t cell, bool together,
                                struct ways *ways)
{
    size_t at = 0;
    enum ddg_error error;

    ways->count = 0;
    if (together) {
        add_way(f, ways, cell, 1, DDG_BOTH_WAYS);
        add_way(f, ways, cell, 1, DDG_TWICE);
        add_way(f, ways, cell, -1, DDG_TWICE);
        return DDG_OK;
    }
    if ((error = add_further(f, ways, cell, 1, &at)) ||
        (error = add_further(f, ways, cell, -1, &at)))
        return error;
    add_way(f, ways, cell, 1, DDG_TWICE);
    add_way(f, ways, cell, -1, DDG_TWICE);
    at = 0;
    for (uint32_t i = 0; i < ways->count; i++) {
        struct ddg_move *base = &ways->base[i];

        if (base->count == 0)
            continue;
        base->cell = &f->base_cell[at];
        base->change = &f->base_change[at];
        at += base->count;
        ways->wish[i].base = base;
    }
    return DDG_OK;
}

/* Makes a move the best: it is copied, since finders overwrite what they found before. */
static enum ddg_error take(struct ddg_finder *f, const struct ddg_move *move, bool *found,
                           struct ddg_move *best)
{
    enum ddg_error error;

    f->best.count = 0;
    if ((error = ddg_plan_add(&f->best, move, f->context)))
        return error;
    *best = ddg_plan_move(&f->best, 0);
    *found = true;
    return DDG_OK;
}

/* Tries one way, for `most`. */
static enum ddg_error try_way(struct ddg_finder *f, struct ddg_wish *wish, uint64_t most,
                              const struct ddg_effort *effort, bool *found, struct ddg_move *move)
{
    uint32_t dives = most == 0 ? effort->dives : effort->paid_dives;
    struct ddg_move other;
    bool better;
    enum ddg_error error;

    wish->most = most;
    error = ddg_chain_search(&f->chain, wish, f->hope, effort->chains, f->seed, &better, &other,
                             f->context);
    if (!error && better && ddg_move_holds(f->mask, &other, wish->manner, f->scratch)) {
        if ((error = take(f, &other, found, move)) || move->cost == 0)
            return error;
        wish->most = move->cost - 1;
    }
    if (error || dives == 0)
        return error;
    error = ddg_mover_search(f->mover, wish, f->hope, dives, f->seed, &better, &other, f->context);
    return error || !better ? error : take(f, &other, found, move);
}

/* Tries all ways; *move is the cheapest that is found. */
static enum ddg_error try_ways(struct ddg_finder *f, struct ways *ways, uint64_t most,
                               const struct ddg_effort *effort, bool *found, struct ddg_move *move)
{
    enum ddg_error error = DDG_OK;

    *found = false;
    for (uint32_t i = 0; !error && i < ways->count && !(*found && move->cost == 0); i++)
        error = try_way(f, &ways->wish[i], *found ? move->cost - 1 : most, effort, found, move);
    return error;
}

/* The smallest cost of a cell that could serve in a line of the cell. */
static uint64_t cheapest_beside(const struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;
    uint64_t cheapest = UINT64_MAX;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        const uint32_t *servant = &mask->servant[m->line_start[line]];
        uint32_t at = 0;

        while (at < mask->servants[line] && mask->kind[servant[at]] != DDG_PUBLIC)
            at++;
        if (at < mask->servants[line] && mask->cost[servant[at]] < cheapest)
            cheapest = mask->cost[servant[at]];
    }
    return cheapest == UINT64_MAX || cheapest == 0 ? 1 : cheapest;
}

/* Looks for the cheapest move up to `budget`: with a limit that grows from little until something
 * is found, then with less until that fails. */
static enum ddg_error search_paid(struct ddg_finder *f, struct ways *ways, uint64_t budget,
                                  const struct ddg_effort *effort, bool *found,
                                  struct ddg_move *move)
{
    uint64_t most = cheapest_beside(f->mask, ways->wish[0].cell);
    enum ddg_error error;

    *found = false;
    if (budget == 0)
        return DDG_OK;
    if (budget > f->most_cost)
        budget = f->most_cost;
    if (effort->quick)
        most *= QUICK_FIRST;
    for (;; most = most < budget / 4 ? most * 4 + 1 : budget) {
        if (most > budget)
            most = budget;
        if ((error = try_ways(f, ways, most, effort, found, move)))
            return error;
        if (*found || most >= budget)
            break;
    }
    for (bool better = *found && !effort->quick; better && move->cost > 1;) {
        struct ddg_move other;

        if ((error = try_ways(f, ways, move->cost - 1, effort, &better, &other)))
            return error;
        if (better)
            *move = other;
    }
    return DDG_OK;
}

/* Next moves ----------------------------------------------------------------------------------- */

/* One linear program for each change that the cell lacks, until one finds a move that costs
 * nothing.
 */
static enum ddg_error deviate_for(struct ddg_finder *f, struct ddg_wish *wish, uint64_t most,
                                  bool *found, struct ddg_move *move)
{
    static const int changes[] = {1, -1, 2, -2};
    uint64_t offsets = ddg_witnesses_offsets(f->witnesses, wish->cell);
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < sizeof changes / sizeof *changes; i++) {
        int change = changes[i];
        int room = change > 0 ? f->mask->up[wish->cell] : f->mask->down[wish->cell];
        struct ddg_move other;
        bool better;

        if (abs(change) > room || (offsets >> (DDG_OFFSET_NONE + change) & 1))
            continue;
        wish->change = change;
        wish->most = *found && move->cost <= most ? move->cost - 1 : most;
        error = ddg_deviate(f->deviator, wish, &better, &other, f->context);
        if (error || !better || !ddg_move_fits(f->mask, &other, 1, f->scratch))
            continue;
        if ((error = take(f, &other, found, move)) || move->cost == 0)
            break;
    }
    return error;
}

/* Improves on `move`, which costs more than is cheap, by linear programs: first by such as know of
 * no cell that would have to be paid for, since these are small. */
static enum ddg_error deviate(struct ddg_finder *f, uint32_t cell, uint32_t reach,
                              uint32_t fractions, uint64_t most, bool *found, struct ddg_move *move)
{
    struct ddg_wish wish = {.cell = cell, .reach = reach, .fractions = fractions};
    enum ddg_error error = deviate_for(f, &wish, 0, found, move);

    if (error || (*found && move->cost == 0))
        return error;
    return deviate_for(f, &wish, most, found, move);
}

enum ddg_error ddg_finder_find(struct ddg_finder *f, uint32_t cell, bool together,
                               const struct ddg_effort *effort, uint64_t budget, bool *found,
                               struct ddg_move *move)
{
    struct ways ways;
    enum ddg_error error = find_ways(f, cell, together, &ways);

    if (error)
        return error;
    *found = false;
    if (ways.count > 0 &&
        ((error = try_ways(f, &ways, 0, effort, found, move)) ||
         (!*found && (error = search_paid(f, &ways, budget, effort, found, move)))))
        return error;
    if (together || budget == 0)
        return DDG_OK;
    /* the dearer the move, the farther is looked for a cheaper one */
    for (uint64_t reach = effort->reach, cheap = effort->cheap;
         !error && reach > 0 && (!*found || move->cost > cheap); reach *= 5, cheap *= 8) {
        error = deviate(f, cell, (uint32_t)reach, effort->fractions, budget, found, move);
        if (reach >= f->mask->model->cells || reach >= effort->most_reach)
            break;
    }
    return error;
}
