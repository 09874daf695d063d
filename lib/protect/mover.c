#include "protect/mover.h"

#include "protect/balance.h"

#include <stdlib.h>
#include <string.h>

/*
 * The search starts with the wanted change and mends, one cell at a time, the lines that it left
 * unbalanced, by changes of one.  It always mends the line that offers the fewest cells, tries
 * cells first that balance other unbalanced lines too and unbalance few new ones, and goes back
 * when nothing fits.  Lengths are tried from short to long: in a table of d dimensions most moves
 * are boxes of 2^d corners, fewer where a suppressed total takes the place of a whole dimension.
 *
 * An early wrong choice costs such a search more than all that follows, so it dives many times, not
 * far, with the merits of cells shaken by a little noise (Gomes, Selman and Kautz, "Boosting
 * combinatorial search through randomization", 1998).
 */

enum {
    LONGEST_SEARCH = 160,
    BRANCHES = 6,
    STEPS_OF_A_DIVE = 50,
    MERIT = 4,
    NOISE = 12,
    MOST_CHANGE = 100, /* of one cell */
};

struct ddg_mover {
    const struct ddg_mask *mask;
    struct ddg_balance balance;        /* base and steps together */
    uint8_t *steps;                    /* of each cell: how many steps changed it */
    uint32_t cell[LONGEST_SEARCH + 1]; /* of each step */
    int8_t by[LONGEST_SEARCH + 1];
    uint32_t count;
    uint32_t limit;  /* steps allowed in this dive */
    uint32_t effort; /* tries left in this dive */
    uint64_t noise;
    uint64_t most, cost, work;
    enum ddg_manner manner;
    bool strict; /* no step may leave a part above its total, though a later one could mend it */
    int64_t *scratch;     /* for verifying: an entry per line, zero between uses */
    const uint8_t *hope;  /* of each cell, in a search that costs nothing; NULL in others */
    uint32_t *found_cell; /* the move that was found last */
    int8_t *found_change;
    uint32_t *next_cell; /* and one that may be the next */
    int8_t *next_change;
    size_t found_room[4];
};

enum ddg_error ddg_mover_new(struct ddg_mover **mover, const struct ddg_mask *mask,
                             struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error = ddg_allocate(mover, 1, sizeof **mover, context);

    if (error)
        return error;
    (*mover)->mask = mask;
    if ((error = ddg_balance_init(&(*mover)->balance, mask, context)) ||
        (error = ddg_allocate(&(*mover)->steps, m->cells, 1, context)))
        return error;
    return ddg_allocate(&(*mover)->scratch, m->lines, sizeof(int64_t), context);
}

void ddg_mover_free(struct ddg_mover *mover)
{
    if (!mover)
        return;
    ddg_balance_free(&mover->balance);
    free(mover->steps);
    free(mover->scratch);
    free(mover->found_cell);
    free(mover->found_change);
    free(mover->next_cell);
    free(mover->next_change);
    free(mover);
}

/* The move that was found last stays where it is. */
static enum ddg_error make_room(struct ddg_mover *m, size_t cells, struct ddg_context *context)
{
    enum ddg_error error =
        ddg_grow(&m->next_cell, &m->found_room[2], cells, sizeof *m->next_cell, context);

    if (error)
        return error;
    return ddg_grow(&m->next_change, &m->found_room[3], cells, sizeof *m->next_change, context);
}

/* Makes the move that was noted last the one that is found: the one before stays until then. */
static void keep_noted(struct ddg_mover *mover)
{
    uint32_t *cell = mover->found_cell;
    int8_t *change = mover->found_change;
    size_t rooms[] = {mover->found_room[0], mover->found_room[1]};

    mover->found_cell = mover->next_cell;
    mover->found_change = mover->next_change;
    mover->next_cell = cell;
    mover->next_change = change;
    memcpy(mover->found_room, &mover->found_room[2], sizeof rooms);
    memcpy(&mover->found_room[2], rooms, sizeof rooms);
}

uint64_t ddg_mover_work(const struct ddg_mover *mover)
{
    return mover->work;
}

static uint64_t cost_of(const struct ddg_mover *mover, uint32_t cell)
{
    return mover->mask->kind[cell] == DDG_PUBLIC && mover->steps[cell] == 0
               ? mover->mask->cost[cell]
               : 0;
}

static void put(struct ddg_mover *mover, uint32_t cell, int by)
{
    mover->cost += cost_of(mover, cell);
    mover->steps[cell]++;
    mover->cell[mover->count] = cell;
    mover->by[mover->count++] = (int8_t)by;
    ddg_balance_shift(&mover->balance, cell, by);
}

static void take_back(struct ddg_mover *mover)
{
    uint32_t cell = mover->cell[--mover->count];

    ddg_balance_shift(&mover->balance, cell, -mover->by[mover->count]);
    mover->steps[cell]--;
    mover->cost -= cost_of(mover, cell);
}

static bool part_stays_below(const struct ddg_mover *mover, uint32_t part, int part_change,
                             uint32_t total, int total_change)
{
    int over = part_change - total_change;

    if (mover->manner == DDG_TWICE)
        over *= 2;
    return ddg_move_stays_below(mover->mask, part, total,
                                mover->manner == DDG_BOTH_WAYS ? abs(over) : over);
}

/* True when no part of a loose line is above its total once the cell has changed as well. */
static bool keeps_loose(const struct ddg_mover *mover, uint32_t cell, int by)
{
    const struct ddg_mask *mask = mover->mask;
    const struct ddg_model *m = mask->model;
    int change = mover->balance.change[cell] + by;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i], total = m->line_cell[m->line_start[line]];

        if (!mask->loose[line])
            continue;
        if (mask->sign[i] > 0 &&
            !part_stays_below(mover, cell, change, total, mover->balance.change[total]))
            return false;
        for (size_t j = m->line_start[line] + 1; mask->sign[i] < 0 && j < m->line_start[line + 1];
             j++) {
            uint32_t part = m->line_cell[j];

            if (!part_stays_below(mover, part, mover->balance.change[part], cell, change))
                return false;
        }
    }
    return true;
}

/* A step never undoes another; what the base changed may be undone. */
static bool may_move(const struct ddg_mover *mover, uint32_t cell, int by)
{
    int change = mover->balance.change[cell], after = change + by;

    if (abs(after) > ddg_room(mover->mask, cell, after, mover->manner))
        return false;
    return mover->steps[cell] == 0 || (change * by >= 0 && abs(change) < MOST_CHANGE);
}

/* How good it is to change `cell` by `by`: lines that it balances against lines that it unbalances,
 * worse where little can balance them; INT32_MIN where nothing can. */
static int32_t merit(const struct ddg_mover *mover, uint32_t cell, int by)
{
    const struct ddg_mask *mask = mover->mask;
    const struct ddg_model *m = mask->model;
    int32_t score = 0;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        int32_t before = mover->balance.imbalance[line], after = before + by * mask->sign[i];

        if (abs(after) < abs(before)) {
            score += 3;
            continue;
        }
        if (mover->most == 0 && mask->unknowns[line] < 2)
            return INT32_MIN;
        score -= mask->unknowns[line] < 2 ? 4 : 2;
    }
    return score - mover->steps[cell];
}

/* Marsaglia's xorshift. */
static int32_t noise(struct ddg_mover *mover)
{
    mover->noise ^= mover->noise << 13;
    mover->noise ^= mover->noise >> 7;
    mover->noise ^= mover->noise << 17;
    return (int32_t)((mover->noise >> 33) % NOISE);
}

struct candidate {
    uint32_t cell;
    int32_t merit;
    uint64_t cost;
};

static bool is_better(const struct candidate *a, const struct candidate *b)
{
    if (a->merit != b->merit)
        return a->merit > b->merit;
    return a->cost < b->cost;
}

static void keep_best(struct candidate *best, uint32_t *count, struct candidate candidate)
{
    uint32_t at = *count < BRANCHES ? (*count)++ : BRANCHES;

    for (; at > 0 && is_better(&candidate, &best[at - 1]); at--)
        if (at < BRANCHES)
            best[at] = best[at - 1];
    if (at < BRANCHES)
        best[at] = candidate;
}

static void consider(struct ddg_mover *mover, uint32_t cell, int by, struct candidate *best,
                     uint32_t *count)
{
    struct candidate candidate = {cell, 0, 0};

    mover->work++;
    if (!may_move(mover, cell, by) || (mover->strict && !keeps_loose(mover, cell, by)) ||
        (mover->hope && !ddg_hopes(mover->hope[cell], by, mover->manner)))
        return;
    candidate.merit = merit(mover, cell, by);
    if (candidate.merit == INT32_MIN)
        return;
    candidate.merit = candidate.merit * MERIT + noise(mover);
    candidate.cost = cost_of(mover, cell);
    keep_best(best, count, candidate);
}

/* The cells that bring the line nearer to balance, the most promising first. */
static uint32_t find_candidates(struct ddg_mover *mover, uint32_t line, struct candidate *best)
{
    const struct ddg_mask *mask = mover->mask;
    size_t start = mask->model->line_start[line];
    uint32_t total = mask->model->line_cell[start], count = 0;
    int by = mover->balance.imbalance[line] > 0 ? -1 : 1;

    for (size_t i = start; i < start + mask->unknowns[line]; i++)
        consider(mover, mask->unknown[i], mask->unknown[i] == total ? -by : by, best, &count);
    if (mover->most == 0)
        return count;
    for (size_t i = start; i < start + mask->servants[line]; i++) {
        uint32_t cell = mask->servant[i];

        if (mask->kind[cell] != DDG_PUBLIC)
            continue;
        if (mover->steps[cell] == 0 && mask->cost[cell] > mover->most - mover->cost)
            break;
        consider(mover, cell, cell == total ? -by : by, best, &count);
    }
    return count;
}

static bool mend(struct ddg_mover *mover)
{
    const struct ddg_model *m = mover->mask->model;
    struct candidate best[BRANCHES];
    uint32_t line, count;

    if (mover->balance.count == 0)
        return true;
    /* a change balances a line in each dimension and level of hierarchy, not much more */
    if (mover->effort == 0 ||
        mover->balance.count > (mover->limit - mover->count) * (2 * m->dimensions))
        return false;
    mover->effort--;
    line = ddg_balance_tightest(&mover->balance);
    count = find_candidates(mover, line, best);
    for (uint32_t i = 0; i < count; i++) {
        int by = mover->balance.imbalance[line] > 0 ? -1 : 1;

        put(mover, best[i].cell, m->line_cell[m->line_start[line]] == best[i].cell ? -by : by);
        if (mend(mover))
            return true;
        take_back(mover);
    }
    return false;
}

static void note(struct ddg_mover *mover, uint32_t cell, int change, struct ddg_move *move)
{
    const struct ddg_mask *mask = mover->mask;

    if (change == 0)
        return;
    mover->next_cell[move->count] = cell;
    mover->next_change[move->count++] = (int8_t)change;
    if (mask->kind[cell] == DDG_PUBLIC)
        move->cost += mask->cost[cell];
}

/* Base and steps together, each cell once. */
static void note_move(struct ddg_mover *mover, const struct ddg_move *base, struct ddg_move *move)
{
    *move = (struct ddg_move){.cell = mover->next_cell, .change = mover->next_change};
    for (uint32_t i = 0; base && i < base->count; i++)
        if (mover->steps[base->cell[i]] == 0)
            note(mover, base->cell[i], base->change[i], move);
    for (uint32_t i = 0; i < mover->count; i++) {
        uint32_t cell = mover->cell[i];
        bool first = true;

        for (uint32_t j = 0; first && mover->steps[cell] > 1 && j < i; j++)
            first = mover->cell[j] != cell;
        if (first)
            note(mover, cell, mover->balance.change[cell], move);
    }
}

static bool dive(struct ddg_mover *mover, const struct ddg_wish *wish, uint32_t dives,
                 struct ddg_move *move)
{
    static const uint32_t limits[] = {4, 8, 16, 16, 28, 48, 28, LONGEST_SEARCH};
    const uint32_t count = sizeof limits / sizeof *limits;
    struct ddg_move noted;
    bool found = false;

    mover->cost = 0;
    for (uint32_t i = 0; i < dives && !found; i++) {
        mover->limit = limits[i < count ? i : count - 1 - i % 4];
        mover->effort = STEPS_OF_A_DIVE + mover->limit;
        mover->strict = mover->mask->any_loose && i % 2 == 0;
        put(mover, wish->cell, wish->change);
        found = mend(mover);
        if (found) {
            note_move(mover, wish->base, &noted);
            /* steps leave no line unbalanced, but perhaps a part above its total */
            found = ddg_move_holds(mover->mask, &noted, mover->manner, mover->scratch);
        }
        while (mover->count > 0)
            take_back(mover);
    }
    if (found) {
        keep_noted(mover);
        *move = noted;
    }
    return found;
}

/* A cell that is alone in one of its lines cannot move. */
static bool is_alone(const struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        if (mask->unknowns[m->cell_line[i]] < 2)
            return true;
    return false;
}

enum ddg_error ddg_mover_search(struct ddg_mover *mover, const struct ddg_wish *wish,
                                const struct ddg_hope *hope, uint32_t dives, uint64_t seed,
                                bool *found, struct ddg_move *move, struct ddg_context *context)
{
    const struct ddg_move *base = wish->base;
    enum ddg_error error = make_room(mover, (base ? base->count : 0) + LONGEST_SEARCH + 1, context);

    *found = false;
    if (error || (wish->most == 0 && is_alone(mover->mask, wish->cell)))
        return error;
    mover->most = wish->most;
    mover->manner = wish->manner;
    mover->hope = hope && wish->most == 0 && !base ? hope->of : NULL;
    mover->noise = 0x9e3779b97f4a7c15 * (wish->cell + seed * 0x100000001b3 + 1);
    if (mover->hope && !ddg_hopes(mover->hope[wish->cell], wish->change, wish->manner))
        return DDG_OK;
    for (uint32_t i = 0; base && i < base->count; i++)
        ddg_balance_shift(&mover->balance, base->cell[i], base->change[i]);
    if (may_move(mover, wish->cell, wish->change))
        *found = dive(mover, wish, dives, move);
    for (uint32_t i = 0; base && i < base->count; i++)
        ddg_balance_shift(&mover->balance, base->cell[i], -base->change[i]);
    return DDG_OK;
}
