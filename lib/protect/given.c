#include "protect/given.h"

#include "protect/search.h"

/*
 * What is looked for costs nothing, since nothing can be suppressed.  But only a search that might
 * pay has linear programs, which come in growing reach: each may round to a move where others do
 * not.
 */
static const struct ddg_effort free_moves = {.dives = 60};
static const struct ddg_effort programs = {.chains = 3,
                                           .dives = 120,
                                           .paid_dives = 12,
                                           .reach = 500,
                                           .most_reach = 60000,
                                           .fractions = 100};

struct finding {
    struct ddg_known *known;
    struct ddg_mask mask;
    struct ddg_search search;
};

/* Looks for as many values as the cell is to keep, then for fewer.  What is found for one cell
 * serves others, too. */
static enum ddg_error find_values(struct finding *f, uint32_t cell, const struct ddg_effort *effort,
                                  uint64_t budget)
{
    uint8_t *wants = &f->known->wants[cell], wished = *wants;
    enum ddg_error error = DDG_OK;
    bool found = false;

    for (; !error && !found && *wants > 0; --*wants) {
        uint64_t left = budget;

        error = ddg_search_satisfy(&f->search, cell, effort, &left, &found);
    }
    *wants = wished;
    return error;
}

static enum ddg_error find_all(struct finding *f)
{
    enum ddg_error error = DDG_OK;
    uint32_t cells = f->known->model.cells;

    for (uint32_t cell = 0; !error && cell < cells; cell++) {
        f->known->wants[cell] = (uint8_t)ddg_mask_wishes(&f->mask, cell);
        error = find_values(f, cell, &free_moves, 0);
    }
    for (uint32_t cell = 0; !error && cell < cells; cell++)
        error = find_values(f, cell, &programs, 1);
    return error;
}

/* Cells that kept nothing are no secret, nor are those that nothing can change. */
static void judge(struct finding *f, uint32_t cell)
{
    struct ddg_known *k = f->known;
    uint32_t lacking = ddg_witnesses_lacking(&f->search.witnesses, cell);
    bool given = k->wants[cell] > 0 && lacking == k->wants[cell];

    k->wants[cell] -= (uint8_t)lacking;
    if (given)
        k->standing[cell] = k->standing[cell] == DDG_MASKED ? DDG_GIVEN : DDG_SEEN;
    else if (f->mask.kind[cell] == DDG_HIDDEN && f->search.hope.of[cell] == 0)
        k->standing[cell] = DDG_SEEN;
}

/* What is asked for and no secret any more is suppressed without protection. */
static enum ddg_error limit_always(struct ddg_known *k, const bool *always,
                                   struct ddg_context *context)
{
    enum ddg_error error;

    k->asked = always;
    if (!always)
        return DDG_OK;
    error = ddg_allocate(&k->always, k->model.cells, sizeof *k->always, context);
    for (uint32_t cell = 0; !error && cell < k->model.own; cell++) {
        bool open = k->standing[cell] == DDG_UNMET || k->standing[cell] == DDG_MASKED;

        k->always[cell] = always[cell] && ((open && k->before[cell] != DDG_BEFORE_EQUAL) ||
                                           k->truth.high[cell] == 0);
    }
    return error;
}

/* What shows of each cell, in `witnesses`, which values it can have is as good beside our table
 * where it changes nothing that is shown there. */
static enum ddg_error keep_moves(const struct ddg_mask *mask, struct ddg_witnesses *witnesses,
                                 struct ddg_context *context)
{
    const struct ddg_plan *moves = &mask->policy.known->moves;
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; !error && i < moves->count; i++) {
        const struct ddg_move move = ddg_plan_move(moves, i);
        bool shown = false;

        for (uint32_t j = 0; j < move.count; j++)
            shown = shown || mask->kind[move.cell[j]] == DDG_PUBLIC;
        if (!shown)
            error = ddg_witnesses_keep(witnesses, &move, context);
    }
    return error;
}

enum ddg_error ddg_given_uphold(struct ddg_mask *mask, struct ddg_context *context)
{
    struct ddg_witnesses witnesses = {0};
    enum ddg_error error;

    if (!mask->policy.known)
        return DDG_OK;
    error = ddg_allocate(&mask->upheld, mask->model->cells, sizeof *mask->upheld, context);
    if (!error && !(error = ddg_witnesses_init(&witnesses, mask, context)))
        error = keep_moves(mask, &witnesses, context);
    for (uint32_t cell = 0; !error && cell < mask->model->cells; cell++)
        mask->upheld[cell] =
            mask->kind[cell] == DDG_PRIMARY && ddg_witnesses_lacking(&witnesses, cell) == 0;
    ddg_witnesses_free(&witnesses);
    return error;
}

enum ddg_error ddg_given_find(struct ddg_known *known, size_t measure,
                              const struct ddg_description *description,
                              const struct ddg_mask_policy *policy, struct ddg_context *context)
{
    struct ddg_mask_policy before = *policy;
    struct finding f = {.known = known};
    enum ddg_error error = ddg_allocate(&known->wants, known->model.cells, 1, context);

    before.known = known;
    before.before = true;
    if (!error && !(error = ddg_mask_start(&f.mask, &known->model, &known->truth, measure,
                                           description, &before, context)))
        error = ddg_search_init(&f.search, &f.mask, false, context);
    if (!error) {
        ddg_hope_find(&f.search.hope);
        error = find_all(&f);
    }
    for (uint32_t cell = 0; !error && cell < known->model.cells; cell++)
        judge(&f, cell);
    if (!error)
        error = limit_always(known, policy->always, context);
    for (uint32_t i = 0; !error && i < f.search.witnesses.count; i++) {
        const struct ddg_move move = ddg_witnesses_move(&f.search.witnesses, i);

        error = ddg_plan_add(&known->moves, &move, context);
    }
    ddg_search_free(&f.search);
    ddg_mask_free(&f.mask);
    return error;
}
