#include "attack/hunt_parts.h"

#include "attack/search.h"

#include <stdlib.h>

enum {
    ROUNDS_NEXT = 2000, /* of splitting, to another solution, */
    ROUNDS_NEAR = 300,  /* to one in which an unknown has another value; */
    ROWS_NEAR = 150,    /* of programs around an unknown: first few rows, then more */
    ROWS_WIDE = 1200,
    ELSEWHERE_SHARE = 10, /* of the open unknowns, what another solution has to settle */
    TREE_FIRST = 300,     /* components as small get a tree before long walks */
    OPEN_MOST = 3,        /* values that may stay open before an unknown is left undecided */
    ENDS_MOST = 200,      /* values at the ends of a range that are looked at one by one */
};

/* Look-ups of a search for a box. */
static const uint64_t box_lookups[] = {400, 5000};

/* Steps of a walk that starts at a solution and looks for another. */
static const uint64_t near_steps[] = {400, 4000};
static const uint64_t far_steps[] = {40000, 200000};

static bool is_settled(const struct ddg_hunter *s, uint32_t unknown)
{
    return ddg_sightings_settled(s->hunt->sightings, ddg_hunter_name(s, unknown));
}

static bool is_certain(const struct ddg_hunter *s, uint32_t unknown)
{
    return ddg_sightings_certain(s->hunt->sightings, ddg_hunter_name(s, unknown));
}

static bool walk_on(struct ddg_hunter *s, uint64_t steps)
{
    for (uint64_t done = 0; done < steps; done += STEPS_AT_ONCE) {
        uint64_t left = steps - done;

        if (ddg_walk_run(&s->walk, left < STEPS_AT_ONCE ? left : STEPS_AT_ONCE))
            return true;
        if (ddg_hunter_late(s))
            return false;
    }
    return false;
}

/* Goes on to the solution that splitting comes to in so many rounds, if anything is open then. */
static bool split_on(struct ddg_hunter *s, int rounds)
{
    for (int done = 0; done < rounds && !ddg_hunter_late(s); done += ROUNDS_AT_ONCE) {
        if (ddg_sightings_open(s->hunt->sightings) == 0)
            return false;
        if (!ddg_splitting_run(&s->splitting, ROUNDS_AT_ONCE))
            continue;
        ddg_hunter_walk_to_splitting(s);
        if (s->walk.broken == 0 && ddg_hunter_keep(s, false))
            return true;
        ddg_walk_back(&s->walk);
        return false;
    }
    return false;
}

/* Walks -------------------------------------------------------------------------------------- */

/* Looks for a solution in which the unknown has the value; the walk ends at a solution again. */
static bool walk_to_value(struct ddg_hunter *s, uint32_t unknown, int64_t value, uint64_t steps)
{
    ddg_walk_aim(&s->walk, unknown, value);
    if (walk_on(s, steps) && ddg_hunter_keep(s, false))
        return true;
    ddg_walk_back(&s->walk);
    return false;
}

/* True when a value was not seen yet and is not proven impossible. */
static bool is_fresh(const struct ddg_hunter *s, uint32_t unknown, int64_t value)
{
    bool seen;
    struct ddg_answer answer =
        ddg_sightings_ask(s->hunt->sightings, ddg_hunter_name(s, unknown), value, &seen);

    return !seen && value >= answer.low && value <= answer.high;
}

/* A value near the one that the walk stands at, which was not seen yet; false when the range has
 * none as near. */
static bool fresh_value(struct ddg_hunter *s, uint32_t unknown, int64_t *value)
{
    static const int64_t away[] = {1, -1, 2, -2, 3, -3};
    uint64_t turn = s->tries++;

    for (size_t i = 0; i < sizeof away / sizeof *away; i++) {
        *value = s->walk.value[unknown] + (turn & 1 ? -away[i] : away[i]);
        if (is_fresh(s, unknown, *value))
            return true;
    }
    return false;
}

static void walk_around(struct ddg_hunter *s, uint32_t unknown, uint64_t steps)
{
    /* both directions, and on again from where a walk has led */
    for (int try = 0; try < 4 && !is_settled(s, unknown); try++) {
        int64_t value;

        if (!fresh_value(s, unknown, &value) || ddg_hunter_late(s))
            return;
        walk_to_value(s, unknown, value, steps);
    }
}

static void walk_all(struct ddg_hunter *s, uint64_t steps)
{
    for (uint32_t u = s->hunt->slice; u < s->problem->unknowns; u += s->hunt->slices)
        if (!is_settled(s, u))
            walk_around(s, u, steps);
}

/* Boxes -------------------------------------------------------------------------------------- */

/* Goes on to a solution in which the unknown has a fresh value, by a box from the present one. */
static bool move_box(struct ddg_hunter *s, uint32_t unknown, uint64_t lookups)
{
    const int64_t *value = s->walk.value;
    bool up = is_fresh(s, unknown, value[unknown] + 1),
         down = is_fresh(s, unknown, value[unknown] - 1);

    if (!ddg_boxes_find(&s->boxes, unknown, up, down, value, lookups))
        return false;
    for (unsigned i = 0; i < s->boxes.corners; i++) {
        const struct ddg_box_corner *corner = &s->boxes.corner[i];

        ddg_walk_set(&s->walk, corner->unknown, value[corner->unknown] + corner->change);
    }
    if (s->walk.broken == 0 && ddg_hunter_keep(s, false))
        return true;
    ddg_walk_back(&s->walk);
    return false;
}

/* Boxes for every unknown that has too few values; a few for each, since where ends of ranges are
 * looked for there may always be a next one. */
static void move_all(struct ddg_hunter *s, uint64_t lookups)
{
    for (uint32_t u = s->hunt->slice; u < s->problem->unknowns; u += s->hunt->slices)
        for (int try = 0; try < 4 && !is_settled(s, u) && !ddg_hunter_late(s); try++)
            if (!move_box(s, u, lookups))
                break;
}

/* Others ------------------------------------------------------------------------------------- */

/* Looks by splitting for a solution in which the unknown has the value. */
static enum ddg_error split_to_value(struct ddg_hunter *s, uint32_t unknown, int64_t value,
                                     bool *found)
{
    enum ddg_error error = ddg_hunter_start_splitting(s);

    *found = false;
    if (error)
        return error;
    ddg_splitting_restart(&s->splitting, s->walk.value);
    ddg_splitting_aim(&s->splitting, unknown, value);
    *found = split_on(s, ROUNDS_NEAR);
    return DDG_OK;
}

/* The same for values near the one that the walk stands at. */
static enum ddg_error split_around(struct ddg_hunter *s, uint32_t unknown)
{
    enum ddg_error error = DDG_OK;
    bool found;

    for (int try = 0; try < 4 && !error && !is_settled(s, unknown) && !ddg_hunter_late(s); try++) {
        int64_t value;

        if (!fresh_value(s, unknown, &value))
            break;
        error = split_to_value(s, unknown, value, &found);
    }
    return error;
}

/* Goes on to solutions that have little to do with those before, and around each, for as long as
 * that settles one in so many of those that are open. */
static enum ddg_error look_elsewhere(struct ddg_hunter *s)
{
    uint64_t open = ddg_sightings_open(s->hunt->sightings), before;
    enum ddg_error error = open > 0 ? ddg_hunter_start_splitting(s) : DDG_OK;

    do {
        before = open;
        if (error || open == 0 || ddg_hunter_late(s))
            break;
        ddg_splitting_restart(&s->splitting, NULL);
        if (split_on(s, ROUNDS_NEXT)) {
            move_all(s, box_lookups[0]);
            walk_all(s, near_steps[0]);
        }
        open = ddg_sightings_open(s->hunt->sightings);
    } while (open < before - before / ELSEWHERE_SHARE);
    return error;
}

/* Trees -------------------------------------------------------------------------------------- */

/* Decides by a tree whether the unknown can have the value; *open when it could not. */
static enum ddg_error decide_value(struct ddg_hunter *s, uint32_t unknown, int64_t value,
                                   bool *open)
{
    enum ddg_search_result result;
    enum ddg_error error;

    *open = true;
    if (s->problem->unknowns > TREE_UNKNOWNS)
        return DDG_OK;
    for (uint32_t u = 0; u < s->problem->unknowns; u++) {
        s->low[u] = s->problem->low[u];
        s->high[u] = s->problem->high[u];
    }
    s->low[unknown] = s->high[unknown] = value;
    error = ddg_search(s->problem, s->low, s->high, NODES_MOST, s->hunt->deadline, s->value,
                       &result, s->context);
    if (error || result == DDG_SEARCH_GAVE_UP)
        return error;
    *open = false;
    if (result == DDG_SEARCH_REFUTED) {
        ddg_sightings_refute(s->hunt->sightings, ddg_hunter_name(s, unknown), value);
        return DDG_OK;
    }
    for (uint32_t u = 0; u < s->problem->unknowns; u++)
        ddg_walk_set(&s->walk, u, s->value[u]);
    if (s->walk.broken == 0 && ddg_hunter_keep(s, !s->stands)) {
        s->stands = true;
    } else {
        ddg_walk_back(&s->walk);
        *open = true;
    }
    return DDG_OK;
}

/* Looks for a solution at a value: a short walk, splitting, long walks, a tree.  Where the
 * component is small, the tree comes before long walks, and nothing is split. */
static enum ddg_error reach_value(struct ddg_hunter *s, uint32_t unknown, int64_t value, bool *open)
{
    bool small = s->problem->unknowns <= TREE_FIRST;
    enum ddg_error error = DDG_OK;

    *open = false;
    if (s->stands && walk_to_value(s, unknown, value, near_steps[small ? 0 : 1]))
        return DDG_OK;
    if (small && ((error = decide_value(s, unknown, value, open)) || !*open))
        return error;
    *open = true;
    if (!small && s->stands) {
        bool found;

        if ((error = split_to_value(s, unknown, value, &found)) || found) {
            *open = false;
            return error;
        }
    }
    for (size_t i = 0; i < sizeof far_steps / sizeof *far_steps && s->stands; i++)
        if (walk_to_value(s, unknown, value, far_steps[i])) {
            *open = false;
            return DDG_OK;
        }
    return small || ddg_hunter_late(s) ? DDG_OK : decide_value(s, unknown, value, open);
}

/* Goes through values that are neither seen nor refuted, from a seen value on in both directions,
 * until the verdict on the unknown is certain. */
static enum ddg_error settle_by_values(struct ddg_hunter *s, uint32_t unknown)
{
    uint32_t name = ddg_hunter_name(s, unknown);
    bool seen, open;
    struct ddg_answer answer = ddg_sightings_ask(s->hunt->sightings, name, 0, &seen);
    int64_t from = answer.seen_low <= answer.seen_high ? answer.seen_low : answer.low - 1;
    unsigned opened = 0;
    enum ddg_error error = DDG_OK;

    for (int64_t i = 2; i <= 4 * UINT8_MAX && opened < OPEN_MOST; i++) {
        int64_t value = i % 2 ? from - i / 2 : from + i / 2;

        answer = ddg_sightings_ask(s->hunt->sightings, name, value, &seen);
        if (seen || value < answer.low || value > answer.high)
            continue;
        if ((error = reach_value(s, unknown, value, &open)) || is_certain(s, unknown) ||
            ddg_hunter_late(s))
            return error;
        opened += open;
    }
    return error;
}

/* Settles an end of the range, for intervals: a solution there, or the next value. */
static enum ddg_error settle_end(struct ddg_hunter *s, uint32_t unknown, int side)
{
    uint32_t name = ddg_hunter_name(s, unknown);
    enum ddg_error error = DDG_OK;

    for (int i = 0; i < ENDS_MOST && !error && !ddg_hunter_late(s); i++) {
        bool seen, open;
        struct ddg_answer answer = ddg_sightings_ask(s->hunt->sightings, name, 0, &seen);
        int64_t end = side < 0 ? answer.low : answer.high;

        if (end == DDG_UNBOUNDED || (side < 0 ? answer.seen_low : answer.seen_high) == end)
            break;
        error = reach_value(s, unknown, end, &open);
        if (open)
            break;
    }
    return error;
}

/* Whole -------------------------------------------------------------------------------------- */

static enum ddg_error settle(struct ddg_hunter *s, uint32_t unknown)
{
    static const size_t rows[] = {ROWS_NEAR, ROWS_WIDE};
    bool closed = false;
    enum ddg_error error = DDG_OK;

    for (size_t i = 0; !error && !closed && i < 2 && !s->hunt->sightings->intervals; i++) {
        if (s->problem->rows <= rows[i] || is_settled(s, unknown) || ddg_hunter_late(s))
            break;
        error = ddg_prover_around(&s->prover, unknown, rows[i], &closed);
        if (!error && s->stands && !is_settled(s, unknown))
            walk_around(s, unknown, far_steps[i] / 10);
    }
    if (!error && !closed && s->stands && s->problem->rows > ROWS_WIDE)
        error = split_around(s, unknown);
    if (!error && !closed && !is_settled(s, unknown) && !ddg_hunter_late(s))
        error = ddg_prover_whole(&s->prover, unknown);
    if (!error && s->hunt->sightings->intervals && !is_settled(s, unknown))
        if (!(error = settle_end(s, unknown, -1)))
            error = settle_end(s, unknown, 1);
    if (!error && !is_certain(s, unknown) && !ddg_hunter_late(s))
        error = settle_by_values(s, unknown);
    return error;
}

static enum ddg_error start(struct ddg_hunter *s)
{
    size_t n = s->problem->unknowns;
    enum ddg_error error;

    if ((error = ddg_walk_start(&s->walk, s->problem, s->problem->low, s->problem->high,
                                s->hunt->slice + 1, s->context)) ||
        (error = ddg_boxes_start(&s->boxes, s->problem, s->hunt->slice + 1, s->context)) ||
        (error = ddg_prover_start(&s->prover, s->hunt->part, s->hunt->sightings, s->hunt->deadline,
                                  s->context)) ||
        (error = ddg_allocate(&s->low, n, sizeof *s->low, s->context)) ||
        (error = ddg_allocate(&s->high, n, sizeof *s->high, s->context)) ||
        (error = ddg_allocate(&s->value, n, sizeof *s->value, s->context)) ||
        (error = ddg_allocate(&s->name, n, sizeof *s->name, s->context)))
        return error;
    return ddg_allocate(&s->told, n, sizeof *s->told, s->context);
}

static void finish(struct ddg_hunter *s)
{
    ddg_prover_free(&s->prover);
    ddg_splitting_free(&s->splitting);
    ddg_walk_free(&s->walk);
    ddg_boxes_free(&s->boxes);
    free(s->low);
    free(s->high);
    free(s->value);
    free(s->name);
    free(s->told);
}

enum ddg_error ddg_hunt_run(struct ddg_hunt *hunt, struct ddg_context *context)
{
    struct ddg_hunter s = {.hunt = hunt, .problem = &hunt->part->problem, .context = context};
    enum ddg_error error = start(&s);

    if (!error)
        error = ddg_hunter_first(&s);
    for (size_t i = 0; !error && s.stands && i < sizeof box_lookups / sizeof *box_lookups; i++)
        move_all(&s, box_lookups[i]);
    for (size_t i = 0; !error && s.stands && i < sizeof near_steps / sizeof *near_steps; i++) {
        if (i > 0)
            error = look_elsewhere(&s);
        walk_all(&s, near_steps[i]);
    }
    for (uint32_t u = hunt->slice; !error && !hunt->contradiction && u < s.problem->unknowns;
         u += hunt->slices)
        if (!is_settled(&s, u) && !ddg_hunter_late(&s))
            error = settle(&s, u);
    finish(&s);
    return error;
}
