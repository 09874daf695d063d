#include "protect/optimum.h"

#include "protect/incumbent.h"
#include "protect/relaxation.h"
#include "protect/spare.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

/* For each --effort: the cells of a table that is small enough, times how many of them are small;
 * the steps (see ddg_search_work()) that its relaxation may take, some seconds; and those after
 * which no more branches are tried. */
enum { NEAR = 1800000, ROOT_WORK = 60000000, TREE_WORK = 40000000 };

/* No effort relaxes more cells. */
enum { MOST_CELLS = 30000 };

/* A candidate that is fixed. */
struct branch {
    uint32_t cell;
    int share;
    bool last;      /* the other share was tried before */
    uint64_t least; /* what masks cost at the least before it was fixed */
};

struct ddg_optimum {
    struct ddg_search *search;
    struct ddg_team alone; /* the search */
    const struct ddg_efforts *efforts;
    uint32_t effort;
    struct ddg_context context; /* of the relaxation while it has a thread */
    pthread_t thread;
    bool threaded;
    bool whole; /* see ddg_relaxation_solve() */
    struct ddg_relaxation *relaxation;
    struct ddg_incumbent best;
    uint64_t *cost; /* of each cell, before it is guided */
    uint64_t *guided;
    struct branch *branch; /* from the root to where we are */
    size_t depth, room;
    uint64_t open; /* what masks cost at the least that were given up unseen */
};

/* Relaxing ------------------------------------------------------------------------------------- */

static void *relax(void *data)
{
    struct ddg_optimum *o = data;

    ddg_relaxation_solve(o->relaxation, UINT64_MAX, o->effort * (uint64_t)ROOT_WORK, &o->whole,
                         &o->context);
    return NULL;
}

/* Lines whose parts may overlap would not count, and what is said without them is not worth it. */
static bool is_near(const struct ddg_mask *mask, uint32_t effort)
{
    return !mask->policy.known && !mask->any_loose && mask->primary > 0 &&
           mask->model->cells <= MOST_CELLS &&
           (uint64_t)mask->model->cells * mask->primary <= (uint64_t)effort * NEAR;
}

enum ddg_error ddg_optimum_begin(struct ddg_optimum **optimum, struct ddg_search *search,
                                 const struct ddg_efforts *efforts, uint32_t effort)
{
    struct ddg_context *context = search->context;
    uint32_t cells = search->mask->model->cells;
    struct ddg_optimum *o;
    enum ddg_error error;

    *optimum = NULL;
    if (!is_near(search->mask, effort))
        return DDG_OK;
    if ((error = ddg_allocate(optimum, 1, sizeof **optimum, context)))
        return error;
    o = *optimum;
    *o = (struct ddg_optimum){
        .search = search, .efforts = efforts, .effort = effort, .open = UINT64_MAX};
    if ((error = ddg_team_init(&o->alone, search, 1)) ||
        (error = ddg_allocate(&o->cost, cells, sizeof *o->cost, context)) ||
        (error = ddg_allocate(&o->guided, cells, sizeof *o->guided, context)) ||
        (error = ddg_relaxation_new(&o->relaxation, search->mask, search->group_rule, context)))
        return error;
    for (uint32_t cell = 0; cell < cells; cell++)
        o->cost[cell] = search->mask->cost[cell];
    o->threaded = pthread_create(&o->thread, NULL, relax, o) == 0;
    return DDG_OK;
}

/* Waits for the relaxation, or solves it here where no thread was to be had. */
static enum ddg_error wait_for(struct ddg_optimum *o)
{
    if (o->threaded)
        pthread_join(o->thread, NULL);
    else
        relax(o);
    o->threaded = false;
    if (o->context.error)
        *o->search->context = o->context;
    return o->context.error;
}

void ddg_optimum_end(struct ddg_optimum *o)
{
    if (!o)
        return;
    if (o->threaded) {
        ddg_relaxation_stop(o->relaxation);
        pthread_join(o->thread, NULL);
    }
    ddg_relaxation_free(o->relaxation);
    ddg_incumbent_free(&o->best);
    ddg_team_free(&o->alone);
    free(o->cost);
    free(o->guided);
    free(o->branch);
    free(o);
}

/* Guiding -------------------------------------------------------------------------------------- */

/* Goes on with the better mask of the search and the incumbent. */
static enum ddg_error settle(struct ddg_optimum *o)
{
    if (o->search->mask->lost >= o->best.lost)
        return ddg_incumbent_restore(&o->best, o->search);
    return ddg_incumbent_take(&o->best, o->search);
}

/* Makes a mask anew to which cells cost the less the more of them the relaxation suppresses. */
static enum ddg_error guide(struct ddg_optimum *o)
{
    struct ddg_search *s = o->search;
    struct ddg_mask *mask = s->mask;
    const struct ddg_context before = *s->context;
    enum ddg_error error, restored;

    for (uint32_t cell = 0; cell < mask->model->cells; cell++)
        o->guided[cell] = (uint64_t)floor((double)o->cost[cell] *
                                          (1 - ddg_relaxation_share(o->relaxation, cell)));
    ddg_search_restart(s);
    if ((error = ddg_mask_price(mask, o->guided, s->context)))
        return error;
    error = ddg_complete(s, o->efforts);
    if ((restored = ddg_mask_price(mask, o->cost, s->context)))
        return restored;
    /* no way found this time: there was one before */
    if (error == DDG_UNSAFE) {
        *s->context = before;
        return ddg_incumbent_restore(&o->best, s);
    }
    if (error || (error = ddg_spare(&o->alone, &o->efforts->sparing, 0)))
        return error;
    return settle(o);
}

/* Branching ------------------------------------------------------------------------------------ */

static enum ddg_error descend(struct ddg_optimum *o, uint32_t cell, uint64_t least)
{
    int share = ddg_relaxation_share(o->relaxation, cell) > 0.5;
    enum ddg_error error =
        ddg_grow(&o->branch, &o->room, o->depth + 1, sizeof *o->branch, o->search->context);

    if (error)
        return error;
    o->branch[o->depth++] = (struct branch){.cell = cell, .share = share, .least = least};
    ddg_relaxation_fix(o->relaxation, cell, share, share);
    return DDG_OK;
}

/* Goes to the next branch; false when there is none. */
static bool turn(struct ddg_optimum *o)
{
    while (o->depth > 0) {
        struct branch *b = &o->branch[o->depth - 1];

        if (!b->last) {
            b->last = true;
            b->share = !b->share;
            ddg_relaxation_fix(o->relaxation, b->cell, b->share, b->share);
            return true;
        }
        ddg_relaxation_fix(o->relaxation, b->cell, 0, 1);
        o->depth--;
    }
    return false;
}

static void give_up(struct ddg_optimum *o, uint64_t least)
{
    if (least < o->open)
        o->open = least;
}

/* All branches that were not tried. */
static void give_up_all(struct ddg_optimum *o)
{
    for (size_t i = 0; i < o->depth; i++)
        if (!o->branch[i].last)
            give_up(o, o->branch[i].least);
}

/* Goes through the tree while there is work; the root is solved. */
static enum ddg_error branch(struct ddg_optimum *o, uint64_t most_work)
{
    struct ddg_relaxation *r = o->relaxation;
    struct ddg_context *context = o->search->context;
    uint64_t least = ddg_relaxation_least(r), before = ddg_search_work(o->search);
    enum ddg_error error = DDG_OK;

    while (!error) {
        uint64_t done = ddg_relaxation_work(r) + ddg_search_work(o->search) - before, found;
        uint32_t cell = ddg_relaxation_fraction(r);
        bool whole;

        if (least < o->best.lost && cell == DDG_NO_CELL) {
            error = guide(o);
            if (least < o->best.lost)
                give_up(o, least);
        }
        if (least < o->best.lost && cell != DDG_NO_CELL)
            error = descend(o, cell, least);
        else if (!turn(o))
            break;
        if (error)
            break;
        least = o->branch[o->depth - 1].least;
        if (done < most_work)
            error = ddg_relaxation_solve(r, o->best.lost, most_work - done, &whole, context);
        else
            whole = false;
        if (!whole) {
            give_up(o, least);
            give_up_all(o);
            break;
        }
        found = ddg_relaxation_least(r);
        least = found > least ? found : least;
    }
    return error;
}

/* Whole ---------------------------------------------------------------------------------------- */

/* Gaps of a bound: usual ones, and such as tell of a relaxation that has far to go. */
static const double usual_gap = 0.05, far_gap = 0.1;

/* What is left to be gained of all that is lost. */
static double gap(const struct ddg_optimum *o, uint64_t least)
{
    return o->best.lost > least ? (double)(o->best.lost - least) / (double)o->best.lost : 0;
}

/* The nearer the bound, the less is left to look for. */
static enum ddg_error spare_more(struct ddg_optimum *o, uint64_t least, uint64_t work)
{
    double share = fmin(1, gap(o, least) / usual_gap);
    enum ddg_error error =
        ddg_spare(&o->alone, &o->efforts->sparing, (uint64_t)((double)work * share));

    return error ? error : settle(o);
}

enum ddg_error ddg_optimum_find(struct ddg_optimum *o, uint64_t work, uint64_t *least)
{
    struct ddg_relaxation *r = o->relaxation;
    enum ddg_error error;

    if ((error = wait_for(o)) || (error = ddg_incumbent_take(&o->best, o->search)))
        return error;
    *least = ddg_relaxation_least(r);
    /* no mask is better than any can be, here and below: the solver's numbers went astray */
    if (*least > o->best.lost)
        *least = 0;
    /* shares far from the end of the way are no guide */
    if (*least == 0 || (!o->whole && gap(o, *least) > far_gap))
        return ddg_spare(&o->alone, &o->efforts->sparing, work);
    if (*least < o->best.lost && (error = guide(o)))
        return error;
    if (*least < o->best.lost && (error = spare_more(o, *least, work)))
        return error;
    if (*least > o->best.lost) {
        *least = 0;
    } else if (*least < o->best.lost) {
        ddg_relaxation_tighten(r, o->best.lost);
        error = branch(o, o->effort * (uint64_t)TREE_WORK);
        /* what is open, and what was closed for not being better than the best so far */
        *least = o->open < o->best.lost ? o->open : o->best.lost;
    }
    return error;
}
