#include "attack/hunt_parts.h"

#include "attack/proof.h"
#include "attack/search.h"

#include <stdlib.h>
#include <string.h>

enum {
    STEPS_AT_LEAST = 1000, /* of a walk to a first solution, */
    STEPS_PER_UNKNOWN = 1000,
    STEPS_BEFORE = 5,    /* per unknown: of the first ones */
    ROUNDS_FIRST = 4000, /* of splitting, to a first solution */
    FIRST_TRIES = 4,
};

bool ddg_hunter_keep(struct ddg_hunter *s, bool all)
{
    size_t count = ddg_walk_changes(&s->walk, all, s->name, s->told);

    if (!ddg_walk_keep(&s->walk, s->name, s->told, count))
        return false;
    for (size_t i = 0; i < count; i++)
        s->name[i] = ddg_hunter_name(s, s->name[i]);
    ddg_sightings_tell(s->hunt->sightings, s->name, s->told, count);
    return true;
}

enum ddg_error ddg_hunter_start_splitting(struct ddg_hunter *s)
{
    if (s->splitting.at)
        return DDG_OK;
    return ddg_splitting_start(&s->splitting, &s->walk.reduced, s->problem->unknowns,
                               s->problem->low, s->problem->high, s->hunt->slice + 1, s->context);
}

void ddg_hunter_walk_to_splitting(struct ddg_hunter *s)
{
    for (uint32_t u = 0; u < s->problem->unknowns; u++)
        ddg_walk_set(&s->walk, u, s->splitting.value[u]);
}

/* Puts the walk where the last linear program ended, as nearly as whole numbers can be. */
static void walk_to_program(struct ddg_hunter *s)
{
    for (uint32_t u = 0; u < s->problem->unknowns; u++)
        ddg_walk_set(&s->walk, u, ddg_program_whole(s->prover.program, u));
}

static enum ddg_error first_by_program(struct ddg_hunter *s)
{
    const double *prices;
    enum ddg_error error = ddg_prover_solve(&s->prover);

    if (error || s->prover.hopeless)
        return error;
    prices = ddg_program_prices(s->prover.program);
    if (prices && ddg_proof_refutes(s->problem, s->problem->low, s->problem->high, prices))
        s->hunt->contradiction = true;
    else
        walk_to_program(s);
    return DDG_OK;
}

static enum ddg_error first_by_tree(struct ddg_hunter *s)
{
    enum ddg_search_result result;
    enum ddg_error error;

    if (s->problem->unknowns > TREE_UNKNOWNS)
        return DDG_OK;
    error = ddg_search(s->problem, s->problem->low, s->problem->high, NODES_MOST, s->hunt->deadline,
                       s->value, &result, s->context);
    if (error || result == DDG_SEARCH_GAVE_UP)
        return error;
    if (result == DDG_SEARCH_REFUTED) {
        s->hunt->contradiction = true;
        return DDG_OK;
    }
    for (uint32_t u = 0; u < s->problem->unknowns; u++)
        ddg_walk_set(&s->walk, u, s->value[u]);
    return DDG_OK;
}

/* Tells the other hunts in the component of the solution at which the walk stands. */
static enum ddg_error offer_first(struct ddg_hunter *s)
{
    struct ddg_first *first = s->hunt->first;
    size_t bytes = s->problem->unknowns * sizeof *first->value;
    int64_t *value;
    enum ddg_error error;

    if ((error = ddg_allocate(&value, s->problem->unknowns, sizeof *value, s->context)))
        return error;
    memcpy(value, s->walk.value, bytes);
    pthread_mutex_lock(&first->lock);
    if (!first->value) {
        first->value = value;
        value = NULL;
    }
    pthread_mutex_unlock(&first->lock);
    free(value);
    return DDG_OK;
}

/* Goes to the solution that another hunt in the component found, if one did. */
static bool take_first(struct ddg_hunter *s)
{
    const int64_t *value;

    pthread_mutex_lock(&s->hunt->first->lock);
    value = s->hunt->first->value;
    pthread_mutex_unlock(&s->hunt->first->lock);
    if (!value)
        return false;
    for (uint32_t u = 0; u < s->problem->unknowns; u++)
        ddg_walk_set(&s->walk, u, value[u]);
    return s->walk.broken == 0 && ddg_hunter_keep(s, true);
}

static enum ddg_error walk_to_first(struct ddg_hunter *s, uint64_t steps)
{
    for (uint64_t done = 0; done < steps && !s->stands && !ddg_hunter_late(s);
         done += STEPS_AT_ONCE) {
        uint64_t left = steps - done;

        if (take_first(s)) {
            s->stands = true;
        } else if (ddg_walk_run(&s->walk, left < STEPS_AT_ONCE ? left : STEPS_AT_ONCE) &&
                   ddg_hunter_keep(s, true)) {
            s->stands = true;
            return offer_first(s);
        }
    }
    return DDG_OK;
}

static enum ddg_error first_by_splitting(struct ddg_hunter *s)
{
    enum ddg_error error = ddg_hunter_start_splitting(s);

    for (int done = 0; !error && !s->stands && done < ROUNDS_FIRST && !ddg_hunter_late(s);
         done += ROUNDS_AT_ONCE) {
        if (take_first(s)) {
            s->stands = true;
        } else if (ddg_splitting_run(&s->splitting, ROUNDS_AT_ONCE)) {
            ddg_hunter_walk_to_splitting(s);
            break;
        }
    }
    return error;
}

enum ddg_error ddg_hunter_first(struct ddg_hunter *s)
{
    uint64_t unknowns = s->problem->unknowns;
    enum ddg_error error = DDG_OK;

    for (int try = 0; try < FIRST_TRIES && !s->stands; try++) {
        uint64_t steps = STEPS_AT_LEAST + (try < 2 ? STEPS_BEFORE : STEPS_PER_UNKNOWN) * unknowns;

        if (try == 1)
            error = first_by_splitting(s);
        if (!error && try == 2)
            error = first_by_program(s);
        if (try == FIRST_TRIES - 1)
            error = first_by_tree(s);
        if (error || s->hunt->contradiction || ddg_hunter_late(s))
            return error;
        error = walk_to_first(s, steps);
    }
    return error;
}
