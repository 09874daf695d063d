#include "protect/protect.h"

#include "protect/group_rule.h"
#include "protect/move.h"

#include <stdlib.h>

/* Steps that a search may take: at first, when that finds nothing, and to find a cheaper move. */
enum { EFFORT = 10000, DEEP_EFFORT = 40000, CHEAPER_EFFORT = 2000 };

struct work {
    struct ddg_mask *mask;
    bool group_rule;
    struct ddg_protection *result;
    struct ddg_context *context;
    struct ddg_mover *mover;
    int64_t *scratch; /* for verifying: an entry per line, zero between uses */
    bool *proven;     /* of each cell: a verified move changes it */
    uint32_t *queue;  /* lines to look at; each at most once */
    bool *queued;
    uint32_t head, waiting;
    uint64_t dearest; /* the largest value of a cell that could serve */
};

static void enqueue(struct work *w, uint32_t line)
{
    if (w->queued[line])
        return;
    w->queued[line] = true;
    w->queue[(w->head + w->waiting++) % w->mask->model->lines] = line;
}

static void suppress(struct work *w, uint32_t cell)
{
    const struct ddg_model *m = w->mask->model;

    ddg_mask_complement(w->mask, cell);
    w->result->complementary_sum += w->mask->truth->low[cell];
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        enqueue(w, m->cell_line[i]);
}

/* Mends lines one after the other until none needs anything that it can have. */
static void satisfy_groups(struct work *w)
{
    while (w->waiting > 0) {
        uint32_t line = w->queue[w->head], choice;

        w->head = (w->head + 1) % w->mask->model->lines;
        w->waiting--;
        w->queued[line] = false;
        if (ddg_group_need(w->mask, line, w->group_rule) == DDG_NEEDS_NOTHING)
            continue;
        choice = ddg_group_choice(w->mask, line);
        if (choice != DDG_NO_CELL)
            suppress(w, choice);
    }
}

static enum ddg_error keep_proof(struct work *w, const struct ddg_move *move)
{
    if (!ddg_move_verify(w->mask, move, w->scratch))
        return ddg_fail(w->context, DDG_UNSAFE, "a proof of protection is wrong");
    for (uint32_t i = 0; i < move->count; i++)
        w->proven[move->cell[i]] = true;
    return DDG_OK;
}

static void suppress_public(struct work *w, const struct ddg_move *move)
{
    for (uint32_t i = 0; i < move->count; i++)
        if (w->mask->kind[move->cell[i]] == DDG_PUBLIC)
            suppress(w, move->cell[i]);
}

/* The smaller of two cells that could serve; either may be DDG_NO_CELL. */
static uint32_t smaller(const struct work *w, uint32_t a, uint32_t b)
{
    const uint64_t *value = w->mask->truth->low;

    if (a == DDG_NO_CELL || (b != DDG_NO_CELL && value[b] < value[a]))
        return b;
    return a;
}

/* The smallest cell that could serve in a line of the cell, DDG_NO_CELL when there is none. */
static uint32_t cheapest_beside(const struct work *w, uint32_t cell)
{
    const struct ddg_model *m = w->mask->model;
    uint32_t cheapest = DDG_NO_CELL;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        cheapest = smaller(w, cheapest, ddg_group_choice(w->mask, m->cell_line[i]));
    return cheapest;
}

/* The same one step further: beside the unknown cells of its lines. */
static uint32_t cheapest_near(const struct work *w, uint32_t cell)
{
    const struct ddg_model *m = w->mask->model;
    uint32_t cheapest = DDG_NO_CELL;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i];

        for (size_t j = m->line_start[line]; j < m->line_start[line + 1]; j++)
            if (w->mask->kind[m->line_cell[j]] != DDG_PUBLIC)
                cheapest = smaller(w, cheapest, cheapest_beside(w, m->line_cell[j]));
    }
    return cheapest;
}

/* Finds a move that costs complements: a rough one first, then cheaper ones until that fails. */
static bool search_paid(struct work *w, uint32_t cell, uint32_t effort, struct ddg_move *move)
{
    uint32_t first = cheapest_near(w, cell);
    uint64_t most, cost, limit;
    uint64_t stop = w->dearest < UINT64_MAX / 64 ? w->dearest * 16 : UINT64_MAX / 2;

    if (first == DDG_NO_CELL)
        return false;
    most = w->mask->truth->low[first];
    while (!ddg_move_search(w->mover, cell, most, effort / 4, move, &cost)) {
        if (most > stop)
            return false;
        most = most * 3 / 2 + 1;
    }
    /* a search that fails spoils the move, so the last one that succeeded is made again */
    for (limit = cost; limit > 1; limit = cost)
        if (!ddg_move_search(w->mover, cell, limit - 1, CHEAPER_EFFORT, move, &cost))
            return ddg_move_search(w->mover, cell, limit, effort, move, &cost);
    return true;
}

static enum ddg_error fail_unprotected(const struct work *w, uint32_t cell)
{
    char where[256];

    ddg_model_describe(w->mask->model, cell, where, sizeof where);
    return ddg_fail(w->context, DDG_UNSAFE,
                    "%s: cannot be protected while totals that are not printed are public "
                    "(--totals add prints them so that they can be masked): %s",
                    w->mask->model->table->file, where);
}

/* Makes sure that the cell takes part in a move, suppressing others where it has to. */
static enum ddg_error prove(struct work *w, uint32_t cell)
{
    struct ddg_move move;
    uint64_t cost;

    for (uint32_t effort = EFFORT; !w->proven[cell]; effort = DEEP_EFFORT) {
        bool found = ddg_move_search(w->mover, cell, 0, effort, &move, &cost);

        if (!found && search_paid(w, cell, effort, &move)) {
            found = true;
            suppress_public(w, &move);
        }
        if (found) {
            enum ddg_error error = keep_proof(w, &move);

            if (error)
                return error;
        } else if (effort == DEEP_EFFORT) {
            /* whatever is suppressed makes the next search easier */
            uint32_t choice = cheapest_near(w, cell);

            if (choice == DDG_NO_CELL)
                return fail_unprotected(w, cell);
            suppress(w, choice);
        }
        satisfy_groups(w);
    }
    return DDG_OK;
}

/* Cells are added behind and before the one at hand: rounds go on until one finds nothing. */
static enum ddg_error prove_all(struct work *w)
{
    uint32_t before;

    do {
        before = w->mask->complementary;
        for (uint32_t cell = 0; cell < w->mask->owned; cell++) {
            enum ddg_error error;

            if (ddg_is_suppressed(w->mask->kind[cell]) && !w->proven[cell] &&
                (error = prove(w, cell)))
                return error;
        }
    } while (w->mask->complementary > before);
    return DDG_OK;
}

static void count_unbound(struct work *w)
{
    for (uint32_t line = 0; line < w->mask->model->lines; line++)
        w->result->unbound += ddg_group_need(w->mask, line, w->group_rule) != DDG_NEEDS_NOTHING;
}

static enum ddg_error start(struct work *w)
{
    const struct ddg_model *m = w->mask->model;
    enum ddg_error error;

    if ((error = ddg_mover_new(&w->mover, w->mask, w->context)) ||
        (error = ddg_allocate(&w->scratch, m->lines, sizeof *w->scratch, w->context)) ||
        (error = ddg_allocate(&w->proven, m->cells, sizeof *w->proven, w->context)) ||
        (error = ddg_allocate(&w->queue, m->lines, sizeof *w->queue, w->context)) ||
        (error = ddg_allocate(&w->queued, m->lines, sizeof *w->queued, w->context)))
        return error;
    for (uint32_t cell = 0; cell < w->mask->owned; cell++)
        if (ddg_mask_eligible(w->mask, cell) && w->mask->truth->low[cell] > w->dearest)
            w->dearest = w->mask->truth->low[cell];
    for (uint32_t line = 0; line < m->lines; line++)
        enqueue(w, line);
    return DDG_OK;
}

enum ddg_error ddg_protect(struct ddg_mask *mask, bool group_rule,
                           struct ddg_protection *protection, struct ddg_context *context)
{
    struct work w = {
        .mask = mask, .group_rule = group_rule, .result = protection, .context = context};
    enum ddg_error error;

    *protection = (struct ddg_protection){0};
    error = start(&w);
    if (!error) {
        satisfy_groups(&w);
        error = prove_all(&w);
    }
    if (!error)
        count_unbound(&w);
    ddg_mover_free(w.mover);
    free(w.scratch);
    free(w.proven);
    free(w.queue);
    free(w.queued);
    return error;
}
