#include "protect/team.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* The second member ---------------------------------------------------------------------------- */

/* Which cells are suppressed is the second's own; all else it has in common with the first. */
static enum ddg_error init_mask(struct ddg_mask *mask, const struct ddg_mask *first,
                                struct ddg_context *context)
{
    const struct ddg_model *m = first->model;
    size_t links = m->line_start[m->lines];
    enum ddg_error error;

    *mask = *first;
    mask->kind = NULL;
    mask->unknowns = mask->unknown = NULL;
    if ((error = ddg_allocate(&mask->kind, m->cells, 1, context)) ||
        (error = ddg_allocate(&mask->unknowns, m->lines, sizeof *mask->unknowns, context)))
        return error;
    return ddg_allocate(&mask->unknown, links, sizeof *mask->unknown, context);
}

static void copy_mask(struct ddg_mask *mask, const struct ddg_mask *first)
{
    const struct ddg_model *m = first->model;

    memcpy(mask->kind, first->kind, m->cells * sizeof *mask->kind);
    memcpy(mask->unknowns, first->unknowns, m->lines * sizeof *mask->unknowns);
    memcpy(mask->unknown, first->unknown, m->line_start[m->lines] * sizeof *mask->unknown);
    mask->complementary = first->complementary;
    mask->lost = first->lost;
    ddg_changes_add_all(&mask->changes);
}

enum ddg_error ddg_team_init(struct ddg_team *t, struct ddg_search *search, uint32_t members)
{
    enum ddg_error error = DDG_OK;

    *t = (struct ddg_team){.members = members, .member = {search, &t->second}};
    if (members > 1 && !(error = init_mask(&t->mask, search->mask, search->context))) {
        copy_mask(&t->mask, search->mask);
        error = ddg_search_init(&t->second, &t->mask, search->group_rule, &t->context);
        if (error)
            *search->context = t->context;
    }
    return error;
}

void ddg_team_free(struct ddg_team *t)
{
    ddg_search_free(&t->second);
    free(t->mask.kind);
    free(t->mask.unknowns);
    free(t->mask.unknown);
    for (size_t i = 0; i < DDG_TEAM_MOST; i++)
        ddg_deeds_free(&t->deeds[i]);
    *t = (struct ddg_team){0};
}

void ddg_team_refresh(struct ddg_team *t)
{
    for (uint32_t i = 0; i < t->members; i++) {
        ddg_witnesses_tidy(&t->member[i]->witnesses);
        ddg_hope_find(&t->member[i]->hope);
    }
}

enum ddg_error ddg_team_begin(struct ddg_team *t)
{
    struct ddg_search *first = t->member[0], *second = t->member[1];
    enum ddg_error error = DDG_OK;

    ddg_witnesses_tidy(&first->witnesses);
    if (t->members > 1) {
        ddg_witnesses_cut(&second->witnesses, 0);
        copy_mask(&t->mask, first->mask);
        for (uint32_t i = 0; !error && i < first->witnesses.count; i++) {
            const struct ddg_move move = ddg_witnesses_move(&first->witnesses, i);

            error = ddg_witnesses_keep(&second->witnesses, &move, first->context);
        }
    }
    ddg_team_refresh(t);
    return error;
}

uint64_t ddg_team_work(const struct ddg_team *t)
{
    uint64_t work = 0;

    for (uint32_t i = 0; i < t->members; i++)
        work += ddg_search_work(t->member[i]);
    return work;
}

/* Rounds --------------------------------------------------------------------------------------- */

/* What a member has to do in a round. */
struct turn {
    struct ddg_search *search;
    ddg_attempt *attempt;
    void *own;
    struct ddg_deeds *deeds;
    uint64_t number, end;
    uint32_t step;
    enum ddg_error error;
};

static void *take_turn(void *data)
{
    struct turn *turn = data;

    for (uint64_t i = turn->number; !turn->error && i < turn->end; i += turn->step)
        turn->error = turn->attempt(turn->search, turn->own, i, turn->deeds);
    return NULL;
}

static void take_turns(struct turn turn[DDG_TEAM_MOST])
{
    pthread_t thread;
    bool threaded = pthread_create(&thread, NULL, take_turn, &turn[1]) == 0;

    take_turn(&turn[0]);
    if (threaded)
        pthread_join(thread, NULL);
    else
        take_turn(&turn[1]);
}

/* What the first has done comes first: the second takes back what it did, and does as the first. */
static enum ddg_error align(struct ddg_team *t, uint32_t witnesses)
{
    struct ddg_search *first = t->member[0], *second = t->member[1];
    enum ddg_error error = ddg_deeds_undo(&t->deeds[1], second, witnesses);

    for (uint32_t i = 0; !error && i < t->deeds[0].count; i++)
        error = ddg_deeds_repeat(&t->deeds[0], i, second);
    for (uint32_t i = 0; !error && i < t->deeds[1].count; i++)
        error = ddg_deeds_repeat(&t->deeds[1], i, second);
    if (error)
        *first->context = t->context;
    for (uint32_t i = 0; !error && i < t->deeds[1].count; i++)
        error = ddg_deeds_repeat(&t->deeds[1], i, first);
    return error;
}

enum ddg_error ddg_team_round(struct ddg_team *t, ddg_attempt *attempt,
                              void *const own[DDG_TEAM_MOST], uint32_t most, uint64_t count,
                              uint64_t *number)
{
    uint64_t first = *number, end = first + (uint64_t)most * t->members;
    struct turn turn[DDG_TEAM_MOST];
    uint32_t witnesses;

    if (t->members == 1)
        return attempt(t->member[0], own[0], (*number)++, NULL);
    *number = end = end < count ? end : count;
    witnesses = t->second.witnesses.count;
    for (uint32_t i = 0; i < DDG_TEAM_MOST; i++) {
        ddg_deeds_clear(&t->deeds[i]);
        turn[i] = (struct turn){.search = t->member[i],
                                .attempt = attempt,
                                .own = own[i],
                                .deeds = &t->deeds[i],
                                .number = first + i,
                                .end = end,
                                .step = DDG_TEAM_MOST};
    }
    take_turns(turn);
    if (turn[0].error)
        return turn[0].error;
    if (turn[1].error) {
        *t->member[0]->context = t->context;
        return turn[1].error;
    }
    return align(t, witnesses);
}
