#include "protect/protect.h"

#include "protect/group_rule.h"
#include "protect/proofs.h"

#include <stdlib.h>

/*
 * First each suppressed cell gets a proof: a move over cells that are unknown anyway, else one that
 * suppresses as little more as the search can do with.  Then lines get what the rules for groups
 * ask beyond that, and what is suppressed for it gets proofs, until nothing is missing.  (The other
 * order is worse: cells that are chosen line by line seldom make up a move together.)  In the end
 * cells are shown again that neither rules nor proofs need.
 */

/* Steps that a search may take: at first, when that finds nothing, to find a cheaper move, and to
 * do without a cell. */
enum { EFFORT = 10000, DEEP_EFFORT = 40000, CHEAPER_EFFORT = 2000, SPARING_EFFORT = 1000 };

struct work {
    struct ddg_mask *mask;
    bool group_rule;
    struct ddg_context *context;
    struct ddg_mover *mover;
    struct ddg_proofs proofs;
    uint32_t *queue; /* lines to look at; each at most once */
    bool *queued;
    uint32_t head, waiting;
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
        if (choice == DDG_NO_CELL)
            continue;
        suppress(w, choice);
    }
}

/* Proving ------------------------------------------------------------------------------------ */

/* The smallest cell that could serve in a line of the cell; 0 when there is none. */
static uint64_t cheapest_beside(const struct work *w, uint32_t cell)
{
    const struct ddg_model *m = w->mask->model;
    uint64_t cheapest = 0;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t choice = ddg_group_choice(w->mask, m->cell_line[i]);

        if (choice != DDG_NO_CELL && (cheapest == 0 || w->mask->truth->low[choice] < cheapest))
            cheapest = w->mask->truth->low[choice];
    }
    return cheapest;
}

/* Finds a move that costs complements: any at first, to learn whether there is one, then the first
 * of those with a limit that grows from little, then cheaper ones until that fails. */
static bool search_paid(struct work *w, uint32_t cell, uint32_t effort, struct ddg_move *move)
{
    uint64_t cost, best, most = UINT64_MAX / 2, found = most;
    uint32_t spent = effort;

    if (!ddg_move_search(w->mover, cell, most, effort, move, &best))
        return false;
    for (most = cheapest_beside(w, cell); most < best; most = most * 3 / 2 + 1)
        if (ddg_move_search(w->mover, cell, most, effort / 4, move, &cost)) {
            found = most;
            spent = effort / 4;
            best = cost;
            break;
        }
    while (best > 1 && ddg_move_search(w->mover, cell, best - 1, CHEAPER_EFFORT, move, &cost)) {
        found = best - 1;
        spent = CHEAPER_EFFORT;
        best = cost;
    }
    /* the search that failed spoilt the move: the last that succeeded is made again, step by step
     */
    return ddg_move_search(w->mover, cell, found, spent, move, &cost);
}

static void suppress_public(struct work *w, const struct ddg_move *move)
{
    for (uint32_t i = 0; i < move->count; i++)
        if (w->mask->kind[move->cell[i]] == DDG_PUBLIC)
            suppress(w, move->cell[i]);
}

static enum ddg_error fail_unprotected(const struct work *w, uint32_t cell)
{
    const struct ddg_mask *mask = w->mask;
    bool public_elsewhere = false;
    char where[256];

    for (uint32_t other = mask->owned; other < mask->model->cells; other++)
        public_elsewhere =
            public_elsewhere || (mask->kind[other] == DDG_PUBLIC && mask->truth->high[other] > 0);
    ddg_model_describe(mask->model, cell, where, sizeof where);
    return ddg_fail(
        w->context, DDG_UNSAFE, "%s: no way found to protect %s%s", mask->model->table->file, where,
        public_elsewhere ? ": totals that are not printed are taken as public; --totals add prints "
                           "them, so that they can be masked"
                         : "");
}

/* Makes sure that the cell takes part in a move, suppressing others where it has to. */
static enum ddg_error prove(struct work *w, uint32_t cell)
{
    struct ddg_move move;
    uint64_t cost;

    if (w->proofs.of[cell] != DDG_NO_PROOF)
        return DDG_OK;
    if (!ddg_move_search(w->mover, cell, 0, EFFORT, &move, &cost) &&
        !search_paid(w, cell, EFFORT, &move) &&
        !ddg_move_search(w->mover, cell, 0, DEEP_EFFORT, &move, &cost) &&
        !search_paid(w, cell, DEEP_EFFORT, &move) && !ddg_move_up(w->mover, cell, &move))
        return fail_unprotected(w, cell);
    suppress_public(w, &move);
    return ddg_proofs_keep(&w->proofs, &move, w->context);
}

/* Cells are added behind and before the one at hand: rounds go on until one finds nothing. */
static enum ddg_error prove_all(struct work *w)
{
    uint32_t before;

    do {
        before = w->mask->complementary;
        for (uint32_t cell = 0; cell < w->mask->owned; cell++) {
            enum ddg_error error;

            if (ddg_is_suppressed(w->mask->kind[cell]) && (error = prove(w, cell)))
                return error;
        }
    } while (w->mask->complementary > before);
    return DDG_OK;
}

/* Sparing ------------------------------------------------------------------------------------ */

static bool groups_allow(const struct work *w, uint32_t cell)
{
    const struct ddg_model *m = w->mask->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        if (ddg_group_need(w->mask, m->cell_line[i], w->group_rule) != DDG_NEEDS_NOTHING)
            return false;
    return true;
}

/* Shows a complement again if all goes on without it, else leaves all as it was. */
static enum ddg_error spare(struct work *w, uint32_t cell, struct ddg_proof_entry **withdrawn,
                            size_t *room)
{
    enum ddg_error error = DDG_OK;
    bool possible = true;
    size_t count = 0;

    if (!groups_allow(w, cell))
        return DDG_OK;
    ddg_mask_show(w->mask, cell);
    if (!groups_allow(w, cell)) {
        ddg_mask_complement(w->mask, cell);
        return DDG_OK;
    }
    error = ddg_proofs_withdraw(&w->proofs, cell, withdrawn, &count, room, w->context);
    for (size_t i = 0; !error && possible && i < count; i++) {
        uint32_t other = (*withdrawn)[i].cell;
        struct ddg_move move;
        uint64_t cost;

        if (w->proofs.of[other] != DDG_NO_PROOF || !ddg_is_suppressed(w->mask->kind[other]))
            continue;
        possible = ddg_move_search(w->mover, other, 0, SPARING_EFFORT, &move, &cost);
        if (possible)
            error = ddg_proofs_keep(&w->proofs, &move, w->context);
    }
    if (error || possible)
        return error;
    ddg_mask_complement(w->mask, cell);
    for (size_t i = 0; i < count; i++)
        if (w->proofs.of[(*withdrawn)[i].cell] == DDG_NO_PROOF)
            w->proofs.of[(*withdrawn)[i].cell] = (*withdrawn)[i].proof;
    return DDG_OK;
}

struct priced {
    uint64_t value;
    uint32_t cell;
};

static int dearest_first(const void *a, const void *b)
{
    const struct priced *s = a, *t = b;

    if (s->value != t->value)
        return s->value > t->value ? -1 : 1;
    return (s->cell > t->cell) - (s->cell < t->cell);
}

/* Goes through the complements once, the dearest first. */
static enum ddg_error spare_all(struct work *w)
{
    struct ddg_proof_entry *withdrawn = NULL;
    size_t room = 0, count = 0;
    struct priced *priced;
    enum ddg_error error =
        ddg_allocate(&priced, w->mask->complementary, sizeof *priced, w->context);

    for (uint32_t cell = 0; !error && cell < w->mask->owned; cell++)
        if (w->mask->kind[cell] == DDG_COMPLEMENT)
            priced[count++] = (struct priced){w->mask->truth->low[cell], cell};
    qsort(priced, count, sizeof *priced, dearest_first);
    for (size_t i = 0; !error && i < count; i++)
        error = spare(w, priced[i].cell, &withdrawn, &room);
    free(priced);
    free(withdrawn);
    return error;
}

/* Whole -------------------------------------------------------------------------------------- */

static uint32_t count_unbound(const struct work *w)
{
    uint32_t unbound = 0;

    for (uint32_t line = 0; line < w->mask->model->lines; line++)
        unbound += ddg_group_need(w->mask, line, w->group_rule) != DDG_NEEDS_NOTHING;
    return unbound;
}

static enum ddg_error start(struct work *w)
{
    const struct ddg_model *m = w->mask->model;
    enum ddg_error error;

    if ((error = ddg_mover_new(&w->mover, w->mask, w->context)) ||
        (error = ddg_proofs_init(&w->proofs, w->mask, w->context)) ||
        (error = ddg_allocate(&w->queue, m->lines, sizeof *w->queue, w->context)) ||
        (error = ddg_allocate(&w->queued, m->lines, sizeof *w->queued, w->context)))
        return error;
    for (uint32_t line = 0; line < m->lines; line++)
        enqueue(w, line);
    return DDG_OK;
}

enum ddg_error ddg_protect(struct ddg_mask *mask, bool group_rule, uint32_t *unbound,
                           struct ddg_context *context)
{
    struct work w = {.mask = mask, .group_rule = group_rule, .context = context};
    enum ddg_error error = start(&w);

    while (!error) {
        uint32_t before;

        if ((error = prove_all(&w)))
            break;
        before = mask->complementary;
        satisfy_groups(&w);
        if (mask->complementary == before)
            break;
    }
    if (!error)
        error = spare_all(&w);
    if (!error)
        error = ddg_proofs_check(&w.proofs, context);
    if (!error)
        *unbound = count_unbound(&w);
    ddg_mover_free(w.mover);
    ddg_proofs_free(&w.proofs);
    free(w.queue);
    free(w.queued);
    return error;
}
