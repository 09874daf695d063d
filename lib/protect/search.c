#include "protect/search.h"

#include <stdlib.h>

enum ddg_error ddg_search_init(struct ddg_search *s, struct ddg_mask *mask, bool group_rule,
                               struct ddg_context *context)
{
    enum ddg_error error;

    *s = (struct ddg_search){.mask = mask, .group_rule = group_rule, .context = context};
    if ((error = ddg_hope_init(&s->hope, mask, context)) ||
        (error = ddg_witnesses_init(&s->witnesses, mask, context)))
        return error;
    return ddg_finder_init(&s->finder, mask, &s->witnesses, &s->hope, context);
}

void ddg_search_free(struct ddg_search *s)
{
    ddg_finder_free(&s->finder);
    ddg_plan_free(&s->plan);
    ddg_witnesses_free(&s->witnesses);
    ddg_hope_free(&s->hope);
    free(s->added);
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

void ddg_search_restart(struct ddg_search *s)
{
    ddg_witnesses_cut(&s->witnesses, 0);
    for (uint32_t cell = 0; cell < s->mask->owned; cell++)
        if (ddg_mask_can_show(s->mask, cell))
            ddg_search_show(s, cell);
    s->added_count = 0;
}

enum ddg_error ddg_search_use(struct ddg_search *s, const struct ddg_move *move)
{
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; !error && i < move->count; i++)
        if (s->mask->kind[move->cell[i]] == DDG_PUBLIC)
            error = ddg_search_suppress(s, move->cell[i]);
    return error ? error : ddg_witnesses_keep(&s->witnesses, move, s->context);
}

/* Satisfying ----------------------------------------------------------------------------------- */

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

        error = ddg_finder_find(&s->finder, cell, together, effort, left, found, &move);
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
    return ddg_finder_work(&s->finder);
}
