#include "protect/spare.h"

#include "base/meter.h"
#include "base/random.h"
#include "protect/priced.h"

#include <stdlib.h>

/* Passes one by one; how many complements go at a time; what that takes beside the searches, see
 * ddg_search_work(); after how many times at the least what was found out about the mask is
 * brought up to date; and the attempts of a member in a round. */
enum { PASSES = 2, MOST_AT_A_TIME = 24, WORK_OF_A_TIME = 2000, AN_AGE = 256, A_ROUND = 8 };

/* Complements that are taken away together, and what they would leave unprotected: each member of a
 * team has its own. */
struct ruin {
    const struct ddg_effort *effort;
    const uint32_t *list; /* of complements, some of which may be shown by now */
    size_t count;
    bool any; /* some were spared */
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
static enum ddg_error recreate(struct ddg_search *s, const struct ruin *r, uint64_t budget,
                               bool *found)
{
    enum ddg_error error = DDG_OK;

    *found = true;
    for (size_t i = 0; !error && *found && i < r->cells; i++)
        error = ddg_search_groups(s, r->cell[i], &budget, found);
    for (size_t i = 0; !error && *found && i < r->victims; i++)
        if (ddg_is_suppressed(s->mask->kind[r->victim[i]]))
            error = ddg_search_satisfy(s, r->victim[i], r->effort, &budget, found);
    for (size_t i = 0; !error && *found && i < s->added_count; i++) {
        error = ddg_search_groups(s, s->added[i], &budget, found);
        if (!error && *found)
            error = ddg_search_satisfy(s, s->added[i], r->effort, &budget, found);
    }
    return error;
}

/* Takes the complements of `r` away if all goes on with what costs less, else leaves all as it was.
 */
static enum ddg_error spare(struct ddg_search *s, struct ruin *r, struct ddg_deeds *deeds)
{
    struct ddg_mark mark;
    enum ddg_error error = DDG_OK;
    uint64_t cost = 0;
    bool spared;

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
    if ((error = recreate(s, r, cost - 1, &spared)))
        return error;
    r->any = r->any || spared;
    if (spared)
        return deeds ? ddg_deeds_note(deeds, s, mark, r->cell, r->cells) : DDG_OK;
    ddg_search_back(s, mark);
    for (size_t i = r->cells; !error && i-- > 0;)
        error = ddg_search_suppress(s, r->cell[i]);
    return error;
}

/* One by one ----------------------------------------------------------------------------------- */

/* The complements, the dearest first. */
static enum ddg_error list_dearest(const struct ddg_search *s, uint32_t *list, size_t *count)
{
    struct ddg_priced *priced;
    enum ddg_error error =
        ddg_allocate(&priced, s->mask->complementary, sizeof *priced, s->context);

    if (error)
        return error;
    *count = ddg_mask_complements(s->mask, list);
    for (size_t i = 0; i < *count; i++)
        priced[i] = (struct ddg_priced){s->mask->cost[list[i]], list[i]};
    qsort(priced, *count, sizeof *priced, ddg_dearest_first);
    for (size_t i = 0; i < *count; i++)
        list[i] = priced[i].item;
    free(priced);
    return DDG_OK;
}

static enum ddg_error spare_one(struct ddg_search *s, void *own, uint64_t number,
                                struct ddg_deeds *deeds)
{
    struct ruin *r = own;

    if (s->mask->kind[r->list[number]] != DDG_COMPLEMENT)
        return DDG_OK;
    r->cell[0] = r->list[number];
    r->cells = 1;
    return spare(s, r, deeds);
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

static enum ddg_error spare_some(struct ddg_search *s, void *own, uint64_t number,
                                 struct ddg_deeds *deeds)
{
    struct ruin *r = own;
    uint32_t cell = r->list[draw(r, r->count)];
    enum ddg_error error;

    if (s->mask->kind[cell] != DDG_COMPLEMENT)
        return DDG_OK;
    s->finder.seed = number;
    error = choose(s, r, cell);
    return error ? error : spare(s, r, deeds);
}

/* Whole ---------------------------------------------------------------------------------------- */

struct sparing {
    struct ddg_team *team;
    struct ruin ruin[DDG_TEAM_MOST];
    void *own[DDG_TEAM_MOST];
    uint32_t *list;
};

static enum ddg_error init(struct sparing *p, struct ddg_team *team,
                           const struct ddg_effort *effort)
{
    const struct ddg_mask *mask = team->member[0]->mask;
    struct ddg_context *context = team->member[0]->context;
    enum ddg_error error = ddg_allocate(&p->list, mask->owned, sizeof *p->list, context);

    p->team = team;
    for (uint32_t i = 0; !error && i < team->members; i++) {
        struct ruin *r = &p->ruin[i];

        p->own[i] = r;
        r->effort = effort;
        r->list = p->list;
        r->random = ddg_random_start(i);
        error = ddg_allocate(&r->seen, mask->model->cells, sizeof *r->seen, context);
    }
    return error;
}

static void end(struct sparing *p)
{
    for (size_t i = 0; i < DDG_TEAM_MOST; i++) {
        free(p->ruin[i].victim);
        free(p->ruin[i].seen);
    }
    free(p->list);
}

/* Goes through the complements once. */
static enum ddg_error spare_each(struct sparing *p, int pass, bool *any)
{
    struct ddg_team *t = p->team;
    size_t count = 0;
    enum ddg_error error = list_dearest(t->member[0], p->list, &count);

    for (uint32_t i = 0; i < t->members; i++) {
        t->member[i]->finder.seed = (uint64_t)pass;
        p->ruin[i].any = false;
    }
    ddg_meter_step(t->member[0]->context->meter, "showing what can be shown again", count);
    for (uint64_t i = 0; !error && i < count;) {
        error = ddg_team_round(t, spare_one, p->own, A_ROUND, count, &i);
        ddg_meter_at(t->member[0]->context->meter, i);
    }
    *any = p->ruin[0].any || p->ruin[1].any;
    return error;
}

static enum ddg_error spare_together(struct sparing *p, uint64_t work)
{
    struct ddg_team *t = p->team;
    const struct ddg_mask *mask = t->member[0]->mask;
    uint64_t before = ddg_team_work(t), end = before + work;
    uint64_t age = AN_AGE + mask->model->cells / AN_AGE, next = 0;
    enum ddg_error error = DDG_OK;

    ddg_meter_step(t->member[0]->context->meter, "looking for a mask that loses less", work);
    for (uint64_t i = 0; !error && ddg_team_work(t) + i * WORK_OF_A_TIME < end;) {
        if (i >= next) {
            ddg_team_refresh(t);
            p->ruin[0].count = p->ruin[1].count = ddg_mask_complements(mask, p->list);
            next += age;
        }
        if (p->ruin[0].count == 0)
            break;
        error = ddg_team_round(t, spare_some, p->own, A_ROUND, UINT64_MAX, &i);
        ddg_meter_at(t->member[0]->context->meter, ddg_team_work(t) - before + i * WORK_OF_A_TIME);
    }
    return error;
}

enum ddg_error ddg_spare(struct ddg_team *team, const struct ddg_effort *effort, uint64_t work)
{
    struct sparing p = {0};
    enum ddg_error error = init(&p, team, effort);
    bool any = true;

    for (int pass = 0; !error && any && pass < PASSES; pass++)
        if (!(error = ddg_team_begin(team)))
            error = spare_each(&p, pass, &any);
    if (!error)
        error = spare_together(&p, work);
    end(&p);
    return error;
}
