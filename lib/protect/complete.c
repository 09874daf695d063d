#include "protect/complete.h"

#include "base/meter.h"
#include "protect/rise.h"

/* Where nothing was found so far. */
static const struct ddg_effort much = {.chains = 6,
                                       .dives = 120,
                                       .paid_dives = 60,
                                       .reach = 2500,
                                       .most_reach = 60000,
                                       .fractions = 100,
                                       .cheap = 50};

/* Proving -------------------------------------------------------------------------------------- */

static enum ddg_error fail_unprotected(const struct ddg_search *s, uint32_t cell)
{
    const struct ddg_mask *mask = s->mask;
    bool public_elsewhere = false;
    char where[256];

    for (uint32_t other = mask->owned; other < mask->model->cells; other++)
        public_elsewhere =
            public_elsewhere || (mask->kind[other] == DDG_PUBLIC && mask->truth->high[other] > 0);
    ddg_model_describe(mask->model, cell, where, sizeof where);
    return ddg_fail(
        s->context, DDG_UNSAFE, "%s: no way found to protect %s%s", mask->model->table->file, where,
        public_elsewhere ? ": totals that are not printed are taken as public; --totals add prints "
                           "them, so that they can be masked"
                         : "");
}

/* What always helps where it is possible: one more below the cell, and in all totals above that. */
static enum ddg_error move_up(struct ddg_search *s, uint32_t cell, bool *found)
{
    struct ddg_rise rise = {0};
    struct ddg_move move;
    enum ddg_error error = ddg_rise_find(&rise, s->mask, cell, found, &move, s->context);

    *found = !error && *found && ddg_move_fits(s->mask, &move, 1, s->witnesses.scratch);
    if (*found)
        error = ddg_search_use(s, &move);
    ddg_rise_free(&rise);
    return error;
}

static enum ddg_error prove(struct ddg_search *s, const struct ddg_efforts *efforts, uint32_t cell)
{
    uint64_t budget = UINT64_MAX / 2;
    bool found;
    enum ddg_error error = ddg_search_satisfy(s, cell, &efforts->some, &budget, &found);

    if (!error && !found)
        error = ddg_search_satisfy(s, cell, &much, &budget, &found);
    if (!error && !found)
        error = move_up(s, cell, &found);
    if (!error && (!found || ddg_witnesses_lacking(&s->witnesses, cell) > 0))
        return fail_unprotected(s, cell);
    return error;
}

/* Moves that cost nothing, for as many cells as they can be found for. */
static enum ddg_error prove_free(struct ddg_search *s, const struct ddg_efforts *efforts)
{
    enum ddg_error error = DDG_OK;

    ddg_hope_find(&s->hope);
    ddg_meter_step(s->context->meter, "what small counts already hide of each other",
                   s->mask->owned);
    for (uint32_t cell = 0; !error && cell < s->mask->owned; cell++) {
        uint64_t budget = 0;
        bool found;

        ddg_meter_at(s->context->meter, cell);
        if (ddg_is_suppressed(s->mask->kind[cell]))
            error = ddg_search_satisfy(s, cell, &efforts->none, &budget, &found);
    }
    return error;
}

/* Cells are added behind and before the one at hand: rounds go on until one finds nothing. */
static enum ddg_error prove_all(struct ddg_search *s, const struct ddg_efforts *efforts)
{
    uint32_t before;

    do {
        before = s->mask->complementary;
        ddg_hope_find(&s->hope);
        ddg_meter_step(s->context->meter, "looking for complementary cells", s->mask->owned);
        for (uint32_t cell = 0; cell < s->mask->owned; cell++) {
            enum ddg_error error;

            ddg_meter_at(s->context->meter, cell);
            if (ddg_is_suppressed(s->mask->kind[cell]) && (error = prove(s, efforts, cell)))
                return error;
        }
    } while (s->mask->complementary > before);
    return DDG_OK;
}

/* Groups --------------------------------------------------------------------------------------- */

static enum ddg_error satisfy_groups(struct ddg_search *s)
{
    enum ddg_error error = DDG_OK;
    uint64_t budget = UINT64_MAX / 2;
    bool enough = true;

    s->added_count = 0;
    for (uint32_t cell = 0; !error && cell < s->mask->model->cells; cell++)
        if (s->mask->kind[cell] != DDG_PUBLIC)
            error = ddg_search_groups(s, cell, &budget, &enough);
    for (size_t i = 0; !error && i < s->added_count; i++)
        error = ddg_search_groups(s, s->added[i], &budget, &enough);
    return error;
}

/* Whole ---------------------------------------------------------------------------------------- */

/* After the first proof, since a search is lost more easily where much is unknown that moves none
 * of what it looks for; moves that were found before hold as well. */
static enum ddg_error suppress_asked(struct ddg_search *s)
{
    const struct ddg_mask *mask = s->mask;
    enum ddg_error error = DDG_OK;

    for (uint32_t cell = 0; !error && mask->policy.always && cell < mask->owned; cell++)
        if (mask->policy.always[cell] && mask->kind[cell] == DDG_PUBLIC &&
            mask->truth->low[cell] > 0)
            error = ddg_mask_has_room(mask, cell) ? ddg_search_suppress(s, cell)
                                                  : fail_unprotected(s, cell);
    return error;
}

enum ddg_error ddg_complete(struct ddg_search *s, const struct ddg_efforts *efforts)
{
    uint32_t before;
    enum ddg_error error = prove_free(s, efforts);

    do {
        if (error || (error = prove_all(s, efforts)))
            return error;
        before = s->mask->complementary;
        if (!(error = suppress_asked(s)))
            error = satisfy_groups(s);
    } while (!error && s->mask->complementary > before);
    return error;
}
