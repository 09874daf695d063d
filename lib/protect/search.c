#include "protect/search.h"

#include <stdlib.h>

enum ddg_error ddg_search_init(struct ddg_search *s, struct ddg_mask *mask, bool group_rule,
                               struct ddg_context *context)
{
    enum ddg_error error;

    *s = (struct ddg_search){.mask = mask, .group_rule = group_rule, .context = context};
    if ((error = ddg_mover_new(&s->mover, mask, context)) ||
        (error = ddg_deviator_new(&s->deviator, mask, context)))
        return error;
    if ((error = ddg_chain_init(&s->chain, mask, context)) ||
        (error = ddg_hope_init(&s->hope, mask, context)))
        return error;
    for (uint32_t cell = 0; cell < mask->owned; cell++)
        if (ddg_mask_has_room(mask, cell))
            s->most_cost += mask->cost[cell] < DDG_WEIGHT_MOST - s->most_cost
                                ? mask->cost[cell]
                                : DDG_WEIGHT_MOST - s->most_cost;
    return ddg_witnesses_init(&s->witnesses, mask, context);
}

void ddg_search_free(struct ddg_search *s)
{
    ddg_mover_free(s->mover);
    ddg_deviator_free(s->deviator);
    ddg_chain_free(&s->chain);
    ddg_plan_free(&s->best);
    ddg_plan_free(&s->plan);
    ddg_witnesses_free(&s->witnesses);
    ddg_hope_free(&s->hope);
    free(s->added);
    free(s->base_cell);
    free(s->base_change);
    *s = (struct ddg_search){0};
}

enum ddg_error ddg_search_suppress(struct ddg_search *s, uint32_t cell)
{
    enum ddg_error error =
        ddg_grow(&s->added, &s->added_room, s->added_count + 1, sizeof *s->added, s->context);

    if (error)
        return error;
    s->added[s->added_count++] = cell;
    ddg_mask_complement(s->mask, cell);
    ddg_witnesses_hidden(&s->witnesses, cell);
    ddg_hope_suppressed(&s->hope, cell);
    return DDG_OK;
}

void ddg_search_show(struct ddg_search *s, uint32_t cell)
{
    ddg_mask_show(s->mask, cell);
    ddg_witnesses_shown(&s->witnesses, cell);
}

struct ddg_mark ddg_search_mark(const struct ddg_search *s)
{
    return (struct ddg_mark){s->added_count, s->witnesses.count};
}

void ddg_search_back(struct ddg_search *s, struct ddg_mark mark)
{
    ddg_witnesses_cut(&s->witnesses, mark.witnesses);
    while (s->added_count > mark.added)
        ddg_search_show(s, s->added[--s->added_count]);
}

enum ddg_error ddg_search_use(struct ddg_search *s, const struct ddg_move *move)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; !error && i < move->count; i++)
        if (s->mask->kind[move->cell[i]] == DDG_PUBLIC)
            error = ddg_search_suppress(s, move->cell[i]);
    return error ? error : ddg_witnesses_keep(&s->witnesses, move, s->context);
}

/* Cells that are weighed in the time of a step, see ddg_search_work(). */
enum { WEIGHED_AT_A_TIME = 4 };

/* Wishes --------------------------------------------------------------------------------------- */

/* The ways to other values of a cell. */
enum { MOST_WAYS = 8 };

struct ways {
    struct ddg_wish wish[MOST_WAYS];
    struct ddg_move base[MOST_WAYS];
    uint32_t count;
};

static void add_way(const struct ddg_search *s, struct ways *ways, uint32_t cell, int by,
                    enum ddg_manner manner)
{
    int room = by > 0 ? s->mask->up[cell] : s->mask->down[cell];
    int other = by > 0 ? s->mask->down[cell] : s->mask->up[cell];

    if (room < (manner == DDG_TWICE ? 2 : 1) || (manner == DDG_BOTH_WAYS && other == 0))
        return;
    ways->base[ways->count] = (struct ddg_move){0};
    ways->wish[ways->count++] = (struct ddg_wish){.cell = cell, .change = by, .manner = manner};
}

/* One step more in a direction in which the cell can go already. */
static enum ddg_error add_further(struct ddg_search *s, struct ways *ways, uint32_t cell, int by,
                                  size_t *at)
{
    struct ddg_move move;
    uint32_t witness;
    int times;
    enum ddg_error error;

    if (!ddg_witnesses_farthest(&s->witnesses, cell, by, &witness, &times)) {
        add_way(s, ways, cell, by, DDG_ONCE);
        return DDG_OK;
    }
    move = ddg_witnesses_move(&s->witnesses, witness);
    if ((error = ddg_grow(&s->base_cell, &s->base_room, *at + move.count, sizeof *s->base_cell,
                          s->context)) ||
        (error = ddg_grow(&s->base_change, &s->change_room, *at + move.count,
                          sizeof *s->base_change, s->context)))
        return error;
    add_way(s, ways, cell, by, DDG_ONCE);
    if (ways->count == 0 || ways->wish[ways->count - 1].change != by ||
        ways->wish[ways->count - 1].manner != DDG_ONCE)
        return DDG_OK;
    for (uint32_t i = 0; i < move.count; i++) {
        s->base_cell[*at + i] = move.cell[i];
        s->base_change[*at + i] = (int8_t)(move.change[i] * times);
    }
    ways->base[ways->count - 1].count = move.count;
    *at += move.count;
    return DDG_OK;
}

static enum ddg_error find_ways(struct ddg_search *s, uint32_t cell, bool together,
                                struct ways *ways)
{
    size_t at = 0;
    enum ddg_error error;

    ways->count = 0;
    if (together) {
        add_way(s, ways, cell, 1, DDG_BOTH_WAYS);
        add_way(s, ways, cell, 1, DDG_TWICE);
        add_way(s, ways, cell, -1, DDG_TWICE);
        return DDG_OK;
    }
    if ((error = add_further(s, ways, cell, 1, &at)) ||
        (error = add_further(s, ways, cell, -1, &at)))
        return error;
    add_way(s, ways, cell, 1, DDG_TWICE);
    add_way(s, ways, cell, -1, DDG_TWICE);
    at = 0;
    for (uint32_t i = 0; i < ways->count; i++) {
        struct ddg_move *base = &ways->base[i];

        if (base->count == 0)
            continue;
        base->cell = &s->base_cell[at];
        base->change = &s->base_change[at];
        at += base->count;
        ways->wish[i].base = base;
    }
    return DDG_OK;
}

/* Makes a move the best: it is copied, since finders overwrite what they found before. */
static enum ddg_error take(struct ddg_search *s, const struct ddg_move *move, bool *found,
                           struct ddg_move *best)
{
    enum ddg_error error;

    s->best.count = 0;
    if ((error = ddg_plan_add(&s->best, move, s->context)))
        return error;
    *best = ddg_plan_move(&s->best, 0);
    *found = true;
    return DDG_OK;
}

/* Tries one way, for `most`. */
static enum ddg_error try_way(struct ddg_search *s, struct ddg_wish *wish, uint64_t most,
                              const struct ddg_effort *effort, bool *found, struct ddg_move *move)
{
    uint32_t dives = most == 0 ? effort->dives : effort->paid_dives;
    struct ddg_move other;
    bool better;
    enum ddg_error error;

    wish->most = most;
    error = ddg_chain_search(&s->chain, wish, &s->hope, effort->chains, s->seed, &better, &other,
                             s->context);
    if (!error && better && ddg_move_holds(s->mask, &other, wish->manner, s->witnesses.scratch)) {
        if ((error = take(s, &other, found, move)) || move->cost == 0)
            return error;
        wish->most = move->cost - 1;
    }
    if (error || dives == 0)
        return error;
    error = ddg_move_search(s->mover, wish, &s->hope, dives, s->seed, &better, &other, s->context);
    return error || !better ? error : take(s, &other, found, move);
}

/* Tries all ways; *move is the cheapest that is found. */
static enum ddg_error try_ways(struct ddg_search *s, struct ways *ways, uint64_t most,
                               const struct ddg_effort *effort, bool *found, struct ddg_move *move)
{
    enum ddg_error error = DDG_OK;

    *found = false;
    for (uint32_t i = 0; !error && i < ways->count && !(*found && move->cost == 0); i++)
        error = try_way(s, &ways->wish[i], *found ? move->cost - 1 : most, effort, found, move);
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
static enum ddg_error search_paid(struct ddg_search *s, struct ways *ways, uint64_t budget,
                                  const struct ddg_effort *effort, bool *found,
                                  struct ddg_move *move)
{
    uint64_t most = cheapest_beside(s->mask, ways->wish[0].cell);
    enum ddg_error error;

    *found = false;
    if (budget == 0)
        return DDG_OK;
    if (budget > s->most_cost)
        budget = s->most_cost;
    for (;; most = most < budget / 4 ? most * 4 + 1 : budget) {
        if (most > budget)
            most = budget;
        if ((error = try_ways(s, ways, most, effort, found, move)))
            return error;
        if (*found || most >= budget)
            break;
    }
    for (bool better = *found; better && move->cost > 1;) {
        struct ddg_move other;

        if ((error = try_ways(s, ways, move->cost - 1, effort, &better, &other)))
            return error;
        if (better)
            *move = other;
    }
    return DDG_OK;
}

/* Satisfying ----------------------------------------------------------------------------------- */

/* Improves on `move`, which costs more than is cheap, by linear programs. */
static enum ddg_error deviate(struct ddg_search *s, uint32_t cell, uint32_t reach,
                              uint32_t fractions, uint64_t most, bool *found, struct ddg_move *move)
{
    static const int changes[] = {1, -1, 2, -2};
    struct ddg_wish wish = {.cell = cell, .reach = reach, .fractions = fractions};
    uint64_t offsets = ddg_witnesses_offsets(&s->witnesses, cell);
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && i < sizeof changes / sizeof *changes; i++) {
        int change = changes[i];
        int room = change > 0 ? s->mask->up[cell] : s->mask->down[cell];
        struct ddg_move other;
        bool better;

        if (abs(change) > room || (offsets >> (DDG_OFFSET_NONE + change) & 1))
            continue;
        wish.change = change;
        wish.most = *found ? move->cost - 1 : most;
        error = ddg_deviate(s->deviator, &wish, &better, &other, s->context);
        if (error || !better || !ddg_move_fits(s->mask, &other, 1, s->witnesses.scratch))
            continue;
        if ((error = take(s, &other, found, move)) || move->cost == 0)
            break;
    }
    return error;
}

/* The next move for a cell: one that gives all values that it lacks, or one of them. */
static enum ddg_error find_move(struct ddg_search *s, uint32_t cell, bool together,
                                const struct ddg_effort *effort, uint64_t budget, bool *found,
                                struct ddg_move *move)
{
    struct ways ways;
    enum ddg_error error = find_ways(s, cell, together, &ways);

    if (error)
        return error;
    *found = false;
    if (ways.count > 0 &&
        ((error = try_ways(s, &ways, 0, effort, found, move)) ||
         (!*found && (error = search_paid(s, &ways, budget, effort, found, move)))))
        return error;
    if (together || budget == 0)
        return DDG_OK;
    /* the dearer the move, the farther is looked for a cheaper one */
    for (uint64_t reach = effort->reach, cheap = effort->cheap;
         !error && reach > 0 && (!*found || move->cost > cheap); reach *= 5, cheap *= 8) {
        error = deviate(s, cell, (uint32_t)reach, effort->fractions, budget, found, move);
        if (reach >= s->mask->model->cells || reach >= effort->most_reach)
            break;
    }
    return error;
}

/* One way of doing it: all lacking values by one move, if there is one, or each by its own. */
static enum ddg_error satisfy_by(struct ddg_search *s, uint32_t cell, bool together,
                                 const struct ddg_effort *effort, uint64_t *budget, bool *found)
{
    struct ddg_mark mark = ddg_search_mark(s);
    uint64_t left = *budget;
    enum ddg_error error = DDG_OK;

    *found = true;
    while (!error && *found && ddg_witnesses_lacking(&s->witnesses, cell) > 0) {
        uint32_t lacking = ddg_witnesses_lacking(&s->witnesses, cell);
        struct ddg_move move;

        error = find_move(s, cell, together, effort, left, found, &move);
        if (error || !*found)
            break;
        left -= move.cost;
        error = ddg_search_use(s, &move);
        /* a move that was there before, or would lead to the same values, leads nowhere */
        *found = ddg_witnesses_lacking(&s->witnesses, cell) < lacking;
    }
    if (*found)
        *budget = left;
    else
        ddg_search_back(s, mark);
    return error;
}

enum ddg_error ddg_search_satisfy(struct ddg_search *s, uint32_t cell,
                                  const struct ddg_effort *effort, uint64_t *budget, bool *found)
{
    uint32_t lacking = ddg_witnesses_lacking(&s->witnesses, cell);
    struct ddg_mark mark = ddg_search_mark(s);
    uint64_t left = *budget, cost;
    bool better;
    enum ddg_error error;

    *found = true;
    if (lacking == 0)
        return DDG_OK;
    if (lacking == 1)
        return satisfy_by(s, cell, false, effort, budget, found);
    if ((error = satisfy_by(s, cell, true, effort, &left, found)))
        return error;
    cost = *budget - left;
    if (*found && cost <= effort->cheap) {
        *budget = left;
        return DDG_OK;
    }
    if (!*found)
        return satisfy_by(s, cell, false, effort, budget, found);
    s->plan.count = 0;
    for (uint32_t i = mark.witnesses; i < s->witnesses.count; i++) {
        const struct ddg_move move = ddg_witnesses_move(&s->witnesses, i);

        if ((error = ddg_plan_add(&s->plan, &move, s->context)))
            return error;
    }
    ddg_search_back(s, mark);
    left = cost - 1;
    if ((error = satisfy_by(s, cell, false, effort, &left, &better)))
        return error;
    if (better) {
        *budget -= cost - 1 - left;
        return DDG_OK;
    }
    *budget -= cost;
    for (uint32_t i = 0; !error && i < s->plan.count; i++) {
        const struct ddg_move move = ddg_plan_move(&s->plan, i);

        error = ddg_search_use(s, &move);
    }
    return error;
}

/* Groups --------------------------------------------------------------------------------------- */

bool ddg_search_needs(const struct ddg_search *s, uint32_t line)
{
    return ddg_group_need(s->mask, line, s->group_rule) != DDG_NEEDS_NOTHING;
}

enum ddg_error ddg_search_groups(struct ddg_search *s, uint32_t cell, uint64_t *budget,
                                 bool *enough)
{
    const struct ddg_model *m = s->mask->model;
    enum ddg_error error = DDG_OK;

    for (size_t i = m->cell_start[cell]; !error && *enough && i < m->cell_start[cell + 1]; i++)
        while (!error && ddg_search_needs(s, m->cell_line[i])) {
            uint32_t choice = ddg_group_choice(s->mask, m->cell_line[i]);

            if (choice == DDG_NO_CELL)
                break;
            if (s->mask->cost[choice] > *budget) {
                *enough = false;
                break;
            }
            *budget -= s->mask->cost[choice];
            error = ddg_search_suppress(s, choice);
        }
    return error;
}

uint64_t ddg_search_work(const struct ddg_search *s)
{
    return ddg_mover_work(s->mover) + s->chain.ground.work / WEIGHED_AT_A_TIME +
           ddg_deviator_work(s->deviator);
}
