#include "protect/spare.h"

#include "base/random.h"
#include "protect/priced.h"

#include <stdlib.h>

/* Passes one by one; how many complements go at a time; what that takes beside the searches, see
 * ddg_search_work(); and after how many times at the least what was found out about the mask is
 * brought up to date. */
enum { PASSES = 2, MOST_AT_A_TIME = 24, WORK_OF_A_TIME = 2000, AN_AGE = 256 };

/* Complements that are taken away together, and what they would leave unprotected. */
struct ruin {
    uint32_t cell[MOST_AT_A_TIME];
    size_t cells;
    uint32_t *victim;
    size_t victims, victim_room;
    uint32_t *seen; /* of each cell: the last round that it was a victim in, 1 for the first */
    uint32_t round;
    uint64_t random;
};

static uint32_t draw(struct ruin *r, size_t below)
{
    return ddg_random_below(&r->random, (uint32_t)below);
}

static void shuffle(struct ruin *r, uint32_t *item, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t j = draw(r, i);
        uint32_t other = item[j];

        item[j] = item[i - 1];
        item[i - 1] = other;
    }
}

static void begin_victims(struct ruin *r)
{
    r->victims = 0;
    r->round++;
}

/* The cells that rest on moves of the cell. */
static enum ddg_error add_victims(const struct ddg_search *s, struct ruin *r, uint32_t cell)
{
    const struct ddg_witnesses *w = &s->witnesses;

    for (size_t at = w->first[cell]; at > 0; at = w->next[at - 1]) {
        struct ddg_move move = ddg_witnesses_move(w, w->of[at - 1]);

        if (w->witness[w->of[at - 1]].shown > 0)
            continue;
        for (uint32_t i = 0; i < move.count; i++) {
            enum ddg_error error;

            if (r->seen[move.cell[i]] == r->round)
                continue;
            r->seen[move.cell[i]] = r->round;
            if ((error = ddg_grow(&r->victim, &r->victim_room, r->victims + 1, sizeof *r->victim,
                                  s->context)))
                return error;
            r->victim[r->victims++] = move.cell[i];
        }
    }
    return DDG_OK;
}

/* Makes up for what was taken away, for `budget` at the most. */
static enum ddg_error recreate(struct ddg_search *s, const struct ruin *r,
                               const struct ddg_effort *effort, uint64_t budget, bool *found)
{
    enum ddg_error error = DDG_OK;

    *found = true;
    for (size_t i = 0; !error && *found && i < r->cells; i++)
        error = ddg_search_groups(s, r->cell[i], &budget, found);
    for (size_t i = 0; !error && *found && i < r->victims; i++)
        if (ddg_is_suppressed(s->mask->kind[r->victim[i]]))
            error = ddg_search_satisfy(s, r->victim[i], effort, &budget, found);
    for (size_t i = 0; !error && *found && i < s->added_count; i++) {
        error = ddg_search_groups(s, s->added[i], &budget, found);
        if (!error && *found)
            error = ddg_search_satisfy(s, s->added[i], effort, &budget, found);
    }
    return error;
}

/* Takes the complements of `r` away if all goes on with what costs less, else leaves all as it was.
 */
static enum ddg_error spare(struct ddg_search *s, struct ruin *r, const struct ddg_effort *effort,
                            bool *spared)
{
    struct ddg_mark mark;
    enum ddg_error error = DDG_OK;
    uint64_t cost = 0;

    begin_victims(r);
    s->added_count = 0;
    mark = ddg_search_mark(s);
    for (size_t i = 0; i < r->cells; i++) {
        cost += s->mask->cost[r->cell[i]];
        if ((error = add_victims(s, r, r->cell[i])))
            return error;
        ddg_search_show(s, r->cell[i]);
    }
    /* another order, another outcome */
    if (r->cells > 1)
        shuffle(r, r->victim, r->victims);
    if ((error = recreate(s, r, effort, cost - 1, spared)) || *spared)
        return error;
    ddg_search_back(s, mark);
    for (size_t i = r->cells; !error && i-- > 0;)
        error = ddg_search_suppress(s, r->cell[i]);
    return error;
}

/* One by one ----------------------------------------------------------------------------------- */

/* Goes through the complements once, the dearest first. */
static enum ddg_error spare_each(struct ddg_search *s, struct ruin *r,
                                 const struct ddg_effort *effort, bool *any)
{
    size_t count = 0;
    struct ddg_priced *priced;
    enum ddg_error error =
        ddg_allocate(&priced, s->mask->complementary, sizeof *priced, s->context);

    *any = false;
    for (uint32_t cell = 0; !error && cell < s->mask->owned; cell++)
        if (ddg_mask_can_show(s->mask, cell))
            priced[count++] = (struct ddg_priced){s->mask->cost[cell], cell};
    if (!error)
        qsort(priced, count, sizeof *priced, ddg_dearest_first);
    for (size_t i = 0; !error && i < count; i++) {
        bool spared;

        if (s->mask->kind[priced[i].item] != DDG_COMPLEMENT)
            continue;
        r->cell[0] = priced[i].item;
        r->cells = 1;
        error = spare(s, r, effort, &spared);
        *any = *any || (!error && spared);
    }
    free(priced);
    return error;
}

/* Together ------------------------------------------------------------------------------------- */

/* A complement with others that moves tie it to. */
static enum ddg_error choose(const struct ddg_search *s, struct ruin *r, uint32_t cell)
{
    size_t most = 1 + draw(r, MOST_AT_A_TIME);
    enum ddg_error error;

    begin_victims(r);
    if ((error = add_victims(s, r, cell)))
        return error;
    shuffle(r, r->victim, r->victims);
    r->cells = 0;
    r->cell[r->cells++] = cell;
    for (size_t i = 0; i < r->victims && r->cells < most; i++)
        if (ddg_mask_can_show(s->mask, r->victim[i]) && r->victim[i] != cell)
            r->cell[r->cells++] = r->victim[i];
    return DDG_OK;
}

static void bring_up_to_date(struct ddg_search *s)
{
    ddg_witnesses_tidy(&s->witnesses);
    ddg_hope_find(&s->hope);
}

static enum ddg_error spare_together(struct ddg_search *s, struct ruin *r,
                                     const struct ddg_effort *effort, uint64_t work)
{
    uint64_t end = ddg_search_work(s) + work;
    uint64_t age = AN_AGE + s->mask->model->cells / AN_AGE;
    size_t count = 0;
    uint32_t *list;
    enum ddg_error error = ddg_allocate(&list, s->mask->owned, sizeof *list, s->context);

    for (uint64_t i = 0; !error && ddg_search_work(s) + i * WORK_OF_A_TIME < end; i++) {
        uint32_t cell;
        bool spared;

        if (i % age == 0) {
            bring_up_to_date(s);
            count = ddg_mask_complements(s->mask, list);
        }
        if (count == 0)
            break;
        cell = list[draw(r, count)];
        if (s->mask->kind[cell] != DDG_COMPLEMENT)
            continue;
        s->finder.seed = i;
        if (!(error = choose(s, r, cell)))
            error = spare(s, r, effort, &spared);
    }
    free(list);
    return error;
}

enum ddg_error ddg_spare(struct ddg_search *s, const struct ddg_effort *effort, uint64_t work)
{
    struct ruin r = {.random = ddg_random_start(0)};
    enum ddg_error error = ddg_allocate(&r.seen, s->mask->model->cells, sizeof *r.seen, s->context);
    bool any = true;

    for (int pass = 0; !error && any && pass < PASSES; pass++) {
        bring_up_to_date(s);
        s->finder.seed = (uint64_t)pass;
        error = spare_each(s, &r, effort, &any);
    }
    if (!error)
        error = spare_together(s, &r, effort, work);
    free(r.victim);
    free(r.seen);
    return error;
}
