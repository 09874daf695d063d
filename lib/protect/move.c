#include "protect/move.h"

#include <stdlib.h>

/*
 * The search starts with the wanted change and mends, one cell at a time, the lines that it left
 * unbalanced, by changes of one.  It always mends the line that offers the fewest cells, tries
 * cells first that balance other unbalanced lines too and unbalance few new ones, and goes back
 * when nothing fits.  Lengths are tried from short to long: in a table of d dimensions most moves
 * are boxes of 2^d corners, fewer where a suppressed total takes the place of a whole dimension.
 *
 * An early wrong choice costs such a search more than all that follows, so it dives many times, not
 * far, with the merits of cells shaken by a little noise (Gomes, Selman and Kautz, "Boosting
 * combinatorial search through randomization", 1998).  The noise depends on the cell alone: equal
 * tables give equal moves.
 */

enum {
    MOST_CHANGES = 1024,
    LONGEST_SEARCH = 160,
    BRANCHES = 6,
    STEPS_OF_A_DIVE = 50,
    MERIT = 4,
    NOISE = 12
};

struct ddg_mover {
    const struct ddg_mask *mask;
    int8_t *change;     /* of each cell, 0 outside the move */
    int32_t *imbalance; /* of each line */
    uint32_t *place;    /* of each unbalanced line in `unbalanced`, plus 1; 0 for balanced ones */
    uint32_t *unbalanced;
    uint32_t unbalanced_count;
    uint32_t cell[MOST_CHANGES];
    int8_t final_change[MOST_CHANGES];
    uint32_t count;
    uint32_t limit;  /* changes allowed in this attempt */
    uint32_t effort; /* steps left in this attempt */
    uint64_t noise;
    uint64_t most, cost;
};

enum ddg_error ddg_mover_new(struct ddg_mover **mover, const struct ddg_mask *mask,
                             struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error = ddg_allocate(mover, 1, sizeof **mover, context);

    if (error)
        return error;
    (*mover)->mask = mask;
    if ((error = ddg_allocate(&(*mover)->change, m->cells, 1, context)) ||
        (error = ddg_allocate(&(*mover)->imbalance, m->lines, sizeof(int32_t), context)) ||
        (error = ddg_allocate(&(*mover)->place, m->lines, sizeof(uint32_t), context)))
        return error;
    return ddg_allocate(&(*mover)->unbalanced, m->lines, sizeof(uint32_t), context);
}

void ddg_mover_free(struct ddg_mover *mover)
{
    if (!mover)
        return;
    free(mover->change);
    free(mover->imbalance);
    free(mover->place);
    free(mover->unbalanced);
    free(mover);
}

/* In its line a total counts against the parts. */
static int sign_in_line(const struct ddg_model *m, uint32_t line, uint32_t cell)
{
    return m->line_cell[m->line_start[line]] == cell ? -1 : 1;
}

static void shift_line(struct ddg_mover *mover, uint32_t line, int by)
{
    mover->imbalance[line] += by;
    if (mover->imbalance[line] != 0 && mover->place[line] == 0) {
        mover->unbalanced[mover->unbalanced_count++] = line;
        mover->place[line] = mover->unbalanced_count;
    } else if (mover->imbalance[line] == 0 && mover->place[line] != 0) {
        uint32_t last = mover->unbalanced[--mover->unbalanced_count];

        mover->unbalanced[mover->place[line] - 1] = last;
        mover->place[last] = mover->place[line];
        mover->place[line] = 0;
    }
}

static void shift_cell(struct ddg_mover *mover, uint32_t cell, int by)
{
    const struct ddg_model *m = mover->mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        shift_line(mover, m->cell_line[i], by * sign_in_line(m, m->cell_line[i], cell));
}

static uint64_t cost_of(const struct ddg_mover *mover, uint32_t cell)
{
    return mover->mask->kind[cell] == DDG_PUBLIC ? mover->mask->truth->low[cell] : 0;
}

static void put(struct ddg_mover *mover, uint32_t cell, int change)
{
    mover->change[cell] = (int8_t)change;
    mover->cell[mover->count++] = cell;
    mover->cost += cost_of(mover, cell);
    shift_cell(mover, cell, change);
}

static void take_back(struct ddg_mover *mover)
{
    uint32_t cell = mover->cell[--mover->count];

    shift_cell(mover, cell, -mover->change[cell]);
    mover->cost -= cost_of(mover, cell);
    mover->change[cell] = 0;
}

static bool may_move(const struct ddg_mover *mover, uint32_t cell, int change)
{
    const struct ddg_mask *mask = mover->mask;

    if (mover->change[cell] != 0 || (change < 0 && mask->truth->low[cell] <= mask->floor))
        return false;
    if (mask->kind[cell] != DDG_PUBLIC)
        return mask->truth->low[cell] > 0;
    return mover->most > 0 && ddg_mask_eligible(mask, cell) &&
           mask->truth->low[cell] <= mover->most - mover->cost;
}

/* How good it is to change `cell` by `change`: lines that it balances against lines that it
 * unbalances; INT32_MIN when one of those has nothing else to balance it. */
static int32_t merit(const struct ddg_mover *mover, uint32_t cell, int change)
{
    const struct ddg_model *m = mover->mask->model;
    int32_t score = 0;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        int32_t before = mover->imbalance[line];
        int32_t after = before + change * sign_in_line(m, line, cell);

        if (abs(after) < abs(before)) {
            score += 3;
            continue;
        }
        if (mover->most == 0 && before == 0 && mover->mask->unknowns[line] < 2)
            return INT32_MIN;
        score -= mover->mask->unknowns[line] < 2 ? 4 : 2;
    }
    return score;
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

/* The unbalanced line with the fewest unknown cells: it leaves the least choice. */
static uint32_t tightest_line(const struct ddg_mover *mover)
{
    uint32_t best = mover->unbalanced[0];

    for (uint32_t i = 1; i < mover->unbalanced_count; i++) {
        uint32_t line = mover->unbalanced[i];

        if (mover->mask->unknowns[line] < mover->mask->unknowns[best] ||
            (mover->mask->unknowns[line] == mover->mask->unknowns[best] && line < best))
            best = line;
    }
    return best;
}

static bool mend(struct ddg_mover *mover)
{
    const struct ddg_model *m = mover->mask->model;
    struct candidate best[BRANCHES];
    uint32_t line, count = 0;

    if (mover->unbalanced_count == 0)
        return true;
    /* a change balances a line in each dimension and level of hierarchy, not much more */
    if (mover->effort == 0 ||
        mover->unbalanced_count > (mover->limit - mover->count) * (2 * m->dimensions))
        return false;
    mover->effort--;
    line = tightest_line(mover);
    for (size_t i = m->line_start[line]; i < m->line_start[line + 1]; i++) {
        uint32_t cell = m->line_cell[i];
        int change = (mover->imbalance[line] > 0 ? -1 : 1) * sign_in_line(m, line, cell);
        struct candidate candidate = {cell, 0, 0};

        if (!may_move(mover, cell, change))
            continue;
        candidate.merit = merit(mover, cell, change);
        candidate.cost = cost_of(mover, cell);
        if (candidate.merit == INT32_MIN)
            continue;
        candidate.merit = candidate.merit * MERIT + noise(mover);
        keep_best(best, &count, candidate);
    }
    for (uint32_t i = 0; i < count; i++) {
        int sign = sign_in_line(m, line, best[i].cell);

        if (best[i].cost > 0 && best[i].cost > mover->most - mover->cost)
            continue;
        put(mover, best[i].cell, (mover->imbalance[line] > 0 ? -1 : 1) * sign);
        if (mend(mover))
            return true;
        take_back(mover);
    }
    return false;
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

bool ddg_move_search(struct ddg_mover *mover, uint32_t cell, uint64_t most, uint32_t effort,
                     struct ddg_move *move, uint64_t *cost)
{
    static const uint32_t limits[] = {4, 8, 16, 16, 28, 48, 28, LONGEST_SEARCH};
    const uint32_t count = sizeof limits / sizeof *limits;
    bool found = false;

    if (most == 0 && is_alone(mover->mask, cell))
        return false;
    mover->most = most;
    mover->noise = 0x9e3779b97f4a7c15 * ((uint64_t)cell + 1);
    for (uint32_t i = 0; i <= effort / STEPS_OF_A_DIVE && !found; i++) {
        int change = i % 2 && may_move(mover, cell, -1) ? -1 : 1;

        mover->limit = limits[i < count ? i : count - 1 - i % 4];
        mover->effort = STEPS_OF_A_DIVE + mover->limit;
        put(mover, cell, change);
        found = mend(mover);
        if (found) {
            *cost = mover->cost;
            *move = (struct ddg_move){mover->cell, mover->final_change, mover->count};
            for (uint32_t j = 0; j < mover->count; j++)
                mover->final_change[j] = mover->change[mover->cell[j]];
        }
        while (mover->count > 0)
            take_back(mover);
    }
    return found;
}

static bool may_serve(const struct ddg_mask *mask, uint32_t cell)
{
    return ddg_mask_movable(mask, cell) || ddg_mask_eligible(mask, cell);
}

/* A cell without parts of its own below `cell` (itself, if it has none), reached through cells that
 * may serve; DDG_NO_CELL when there is none on the way that is tried. */
static uint32_t bottom_below(const struct ddg_mask *mask, uint32_t cell)
{
    const struct ddg_model *m = mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        if (m->line_cell[m->line_start[line]] != cell)
            continue;
        for (size_t j = m->line_start[line] + 1; j < m->line_start[line + 1]; j++)
            if (may_serve(mask, m->line_cell[j]))
                return bottom_below(mask, m->line_cell[j]);
        return DDG_NO_CELL;
    }
    return cell;
}

bool ddg_move_up(struct ddg_mover *mover, uint32_t cell, struct ddg_move *move)
{
    const struct ddg_mask *mask = mover->mask;
    const struct ddg_model *m = mask->model;
    uint32_t bottom = bottom_below(mask, cell);
    bool possible = true;

    if (bottom == DDG_NO_CELL)
        return false;
    mover->cell[0] = bottom;
    mover->change[bottom] = mover->final_change[0] = 1;
    mover->count = 1;
    /* the totals of what is in the move already, each once */
    for (uint32_t i = 0; possible && i < mover->count; i++)
        for (size_t j = m->cell_start[mover->cell[i]]; j < m->cell_start[mover->cell[i] + 1]; j++) {
            uint32_t total = m->line_cell[m->line_start[m->cell_line[j]]];

            if (mover->change[total] != 0)
                continue;
            possible = possible && mover->count < MOST_CHANGES && may_serve(mask, total);
            if (!possible)
                break;
            mover->change[total] = mover->final_change[mover->count] = 1;
            mover->cell[mover->count++] = total;
        }
    *move = (struct ddg_move){mover->cell, mover->final_change, mover->count};
    for (; mover->count > 0; mover->count--)
        mover->change[mover->cell[mover->count - 1]] = 0;
    return possible;
}

bool ddg_move_verify(const struct ddg_mask *mask, const struct ddg_move *move, int64_t *scratch)
{
    const struct ddg_model *m = mask->model;
    bool good = move->count > 0;

    for (uint32_t j = 0; j < move->count; j++) {
        uint32_t cell = move->cell[j];

        if (!ddg_mask_movable(mask, cell) || move->change[j] == 0 ||
            (move->change[j] < 0 &&
             mask->truth->low[cell] < mask->floor + (uint64_t)-move->change[j]))
            good = false;
        for (uint32_t k = 0; k < j; k++)
            if (move->cell[k] == cell)
                good = false;
        for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
            scratch[m->cell_line[i]] += move->change[j] * sign_in_line(m, m->cell_line[i], cell);
    }
    for (uint32_t j = 0; j < move->count; j++)
        for (size_t i = m->cell_start[move->cell[j]]; i < m->cell_start[move->cell[j] + 1]; i++) {
            if (scratch[m->cell_line[i]] != 0)
                good = false;
            scratch[m->cell_line[i]] = 0;
        }
    return good;
}
