#include "protect/chain.h"

#include "base/random.h"

#include <stdlib.h>

/* Cycles of a chain, by how many units they may leave cells out of their ranges, and cells. */
enum { MOST_STEPS = 6, MOST_FIRST = 3, MOST_LATER = 4, MOST_CELLS = 4000 };

/* What a unit out of range weighs where nothing may be paid: more than the cells of a cycle. */
static const uint64_t free_excess = (uint64_t)1 << 20;

enum ddg_error ddg_chain_init(struct ddg_chain *c, const struct ddg_mask *mask,
                              struct ddg_context *context)
{
    enum ddg_error error;

    *c = (struct ddg_chain){0};
    if ((error = ddg_ground_init(&c->ground, mask, context)) ||
        (error = ddg_cycle_init(&c->cycle, &c->ground, context)))
        return error;
    return ddg_allocate(&c->listed, mask->model->cells, sizeof *c->listed, context);
}

void ddg_chain_free(struct ddg_chain *c)
{
    ddg_cycle_free(&c->cycle);
    ddg_ground_free(&c->ground);
    free(c->cell);
    free(c->listed);
    free(c->found_cell);
    free(c->found_change);
    *c = (struct ddg_chain){0};
}

/* Steps ---------------------------------------------------------------------------------------- */

static enum ddg_error add_change(struct ddg_chain *c, uint32_t cell, int by,
                                 struct ddg_context *context)
{
    enum ddg_error error;

    if (!c->listed[cell]) {
        if ((error =
                 ddg_grow(&c->cell, &c->cell_room, (size_t)c->count + 1, sizeof *c->cell, context)))
            return error;
        c->cell[c->count++] = cell;
        c->listed[cell] = true;
    }
    ddg_ground_change(&c->ground, cell, c->ground.change[cell] + by);
    return DDG_OK;
}

static void clear(struct ddg_chain *c)
{
    for (uint32_t i = 0; i < c->count; i++) {
        ddg_ground_change(&c->ground, c->cell[i], 0);
        c->listed[c->cell[i]] = false;
    }
    c->count = 0;
    c->ground.begun = false;
}

/* Where a chain stands. */
struct stand {
    uint32_t out;    /* a cell that is out of its range; DDG_NO_CELL: none is */
    uint32_t excess; /* by how many units cells are, together */
    uint64_t cost;   /* of the others */
};

static struct stand look(const struct ddg_chain *c)
{
    const struct ddg_mask *mask = c->ground.mask;
    struct stand stand = {DDG_NO_CELL, 0, 0};

    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t cell = c->cell[i];
        int excess = ddg_ground_excess(&c->ground, cell, c->ground.change[cell]);

        if (excess > 0) {
            stand.out = cell;
            stand.excess += (uint32_t)excess;
        } else if (mask->kind[cell] == DDG_PUBLIC && c->ground.change[cell] != 0) {
            stand.cost += mask->cost[cell];
        }
    }
    return stand;
}

/* How much the next cycle may weigh: what is left to pay and, beside it, as many units out of range
 * as there are now.  The first finds none: where nothing may be paid it is allowed a few, else what
 * it takes out of range has to weigh less than what may be paid. */
static uint64_t most_of_step(const struct ddg_chain *c, const struct stand *stand, bool first,
                             uint64_t most)
{
    uint64_t weight = ((most - stand->cost + 1) << DDG_WEIGHT_BITS) - 1;
    uint32_t units = stand->excess < MOST_LATER ? stand->excess : MOST_LATER;

    if (c->ground.excess == DDG_NO_WAY || (first && most > 0))
        return weight;
    return weight + c->ground.excess * (first ? MOST_FIRST : units);
}

/* Cycle after cycle, until all cells are in their ranges; *stand is where that ends. */
static enum ddg_error take_steps(struct ddg_chain *c, const struct ddg_wish *wish, uint64_t most,
                                 struct stand *stand, struct ddg_context *context)
{
    int steps = c->ground.excess == DDG_NO_WAY ? 1 : MOST_STEPS;
    enum ddg_error error = DDG_OK;

    *stand = (struct stand){wish->cell, 0, 0};
    for (int i = 0; !error && i < steps && stand->out != DDG_NO_CELL && stand->cost <= most; i++) {
        int by = i == 0 ? wish->change : c->ground.change[stand->out] > 0 ? -1 : 1;
        bool better;

        error = ddg_cycle_find(&c->cycle, stand->out, by, most_of_step(c, stand, i == 0, most),
                               &better, context);
        if (error || !better || c->count + c->cycle.count > MOST_CELLS)
            return error;
        for (uint32_t j = 0; !error && j < c->cycle.count; j++)
            error = add_change(c, c->cycle.cell[j], c->cycle.change[j], context);
        *stand = look(c);
    }
    return error;
}

/* Chains --------------------------------------------------------------------------------------- */

static enum ddg_error note(struct ddg_chain *c, uint64_t cost, struct ddg_move *move,
                           struct ddg_context *context)
{
    enum ddg_error error;

    if ((error = ddg_grow(&c->found_cell, &c->found_room[0], c->count, sizeof *c->found_cell,
                          context)) ||
        (error = ddg_grow(&c->found_change, &c->found_room[1], c->count, sizeof *c->found_change,
                          context)))
        return error;
    *move = (struct ddg_move){c->found_cell, c->found_change, 0, cost};
    for (uint32_t i = 0; i < c->count; i++)
        if (c->ground.change[c->cell[i]] != 0) {
            c->found_cell[move->count] = c->cell[i];
            c->found_change[move->count++] = c->ground.change[c->cell[i]];
        }
    return DDG_OK;
}

/* One chain, from the wish's base; a unit out of range weighs `excess`. */
static enum ddg_error try(struct ddg_chain *c, const struct ddg_wish *wish, uint64_t most,
                          uint64_t excess, bool *found, struct ddg_move *move,
                          struct ddg_context *context)
{
    const struct ddg_move *base = wish->base;
    struct stand stand;
    enum ddg_error error = DDG_OK;
    int goal;

    for (uint32_t i = 0; !error && base && i < base->count; i++)
        error = add_change(c, base->cell[i], base->change[i], context);
    goal = c->ground.change[wish->cell] + wish->change;
    c->ground.begun = base || excess != DDG_NO_WAY;
    c->ground.excess = excess;
    if (!error)
        error = take_steps(c, wish, most, &stand, context);
    if (!error && stand.out == DDG_NO_CELL && stand.cost <= most &&
        c->ground.change[wish->cell] == goal) {
        *found = true;
        error = note(c, stand.cost, move, context);
    }
    clear(c);
    return error;
}

enum ddg_error ddg_chain_search(struct ddg_chain *c, const struct ddg_wish *wish,
                                const struct ddg_hope *hope, uint32_t tries, uint64_t seed,
                                bool *found, struct ddg_move *move, struct ddg_context *context)
{
    uint64_t most = wish->most < DDG_WEIGHT_MOST ? wish->most : DDG_WEIGHT_MOST;
    bool hopeful = hope && most == 0 && !wish->base;
    enum ddg_error error;

    *found = false;
    if (hopeful && !ddg_hopes(hope->of[wish->cell], wish->change, wish->manner))
        return DDG_OK;
    /* `most` also once a move was found for less: a chain may change a dear cell and change it back
     */
    ddg_ground_choose(&c->ground, wish->manner, hopeful ? hope : NULL, most);
    c->cycle.parts.random = ddg_random_start(wish->cell + seed * 0x100000001b3 + 1);
    error = try(c, wish, most, DDG_NO_WAY, found, move, context);
    /* how dear it is to bring a cell back nobody knows beforehand: a half, a quarter, an eighth */
    for (uint32_t i = 0; !error && i < tries && !(*found && move->cost == 0); i++) {
        uint64_t excess = free_excess;

        if (*found)
            most = move->cost - 1;
        if (most > 0)
            excess = ((most >> (1 + i % 3)) + 1) << DDG_WEIGHT_BITS;
        error = try(c, wish, most, excess, found, move, context);
    }
    return error;
}
