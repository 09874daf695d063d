#include "protect/protect.h"

#include "protect/explain.h"
#include "protect/rise.h"
#include "protect/spare.h"

/*
 * First each suppressed cell gets its witnesses: moves over cells that are unknown anyway, then
 * such as suppress as little more as the search can do with.  They are looked for by chains of
 * cycles (protect/chain.h), which are fast and find most; then by steps (protect/mover.h); then,
 * where what was found is dear, by linear programs (protect/deviation.h).  Then lines get what the
 * rules for groups ask beyond that, and what is suppressed for it gets witnesses, until nothing is
 * missing. (The other order is worse: cells that are chosen line by line seldom make up a move
 * together.) What the user asks for is suppressed with them.  In the end complements are shown
 * again where less does without them.
 */

/* Small tables have linear programs over the whole of them; middling ones for what would be dear;
 * large ones none, and huge ones no chains either, but where nothing else was found. */
enum { SMALL_TABLE = 8000, LARGE_TABLE = 30000, HUGE_TABLE = 200000 };

/* What --effort 1 is for each complement, in steps (see ddg_search_work()): some milliseconds; and
 * for all together: some tens of seconds. */
static const uint64_t work_of_effort = 180000, most_work_of_effort = 300000000;

/* Where nothing may be paid; where something may; and where complements are spared. */
struct efforts {
    struct ddg_effort none, some, sparing;
};

/* Where nothing was found so far. */
static const struct ddg_effort much = {.chains = 6,
                                       .dives = 120,
                                       .paid_dives = 60,
                                       .reach = 2500,
                                       .most_reach = 2 * LARGE_TABLE,
                                       .fractions = 100,
                                       .cheap = 50};

static const struct efforts small = {
    .none = {.chains = 3, .dives = 60},
    .some = {.chains = 3,
             .dives = 24,
             .paid_dives = 6,
             .reach = SMALL_TABLE,
             .most_reach = SMALL_TABLE,
             .fractions = 2,
             .cheap = 20},
    .sparing = {.chains = 1,
                .dives = 24,
                .paid_dives = 8,
                .reach = 3000,
                .most_reach = 3000,
                .fractions = 2,
                .cheap = 20},
};
static const struct efforts middling = {
    .none = {.chains = 3},
    .some = {.chains = 3,
             .paid_dives = 20,
             .reach = LARGE_TABLE,
             .most_reach = LARGE_TABLE,
             .fractions = 2,
             .cheap = 300},
    .sparing = {.chains = 1, .paid_dives = 8},
};
static const struct efforts large = {.none = {.chains = 3}, .some = {.chains = 1}};
static const struct efforts huge; /* single cycles for all */

static const struct efforts *choose_efforts(const struct ddg_mask *mask)
{
    if (mask->model->cells <= SMALL_TABLE)
        return &small;
    if (mask->model->cells <= LARGE_TABLE)
        return &middling;
    return mask->model->cells <= HUGE_TABLE ? &large : &huge;
}

static uint64_t work_of(const struct ddg_mask *mask)
{
    uint64_t work = work_of_effort * mask->complementary;

    return work < most_work_of_effort ? work : most_work_of_effort;
}

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

static enum ddg_error prove(struct ddg_search *s, const struct efforts *efforts, uint32_t cell)
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
static enum ddg_error prove_free(struct ddg_search *s, const struct efforts *efforts)
{
    enum ddg_error error = DDG_OK;

    ddg_hope_find(&s->hope);
    for (uint32_t cell = 0; !error && cell < s->mask->owned; cell++) {
        uint64_t budget = 0;
        bool found;

        if (ddg_is_suppressed(s->mask->kind[cell]))
            error = ddg_search_satisfy(s, cell, &efforts->none, &budget, &found);
    }
    return error;
}

/* Cells are added behind and before the one at hand: rounds go on until one finds nothing. */
static enum ddg_error prove_all(struct ddg_search *s, const struct efforts *efforts)
{
    uint32_t before;

    do {
        before = s->mask->complementary;
        ddg_hope_find(&s->hope);
        for (uint32_t cell = 0; cell < s->mask->owned; cell++) {
            enum ddg_error error;

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

static uint32_t count_unbound(const struct ddg_search *s)
{
    uint32_t unbound = 0;

    for (uint32_t line = 0; line < s->mask->model->lines; line++)
        unbound += ddg_search_needs(s, line);
    return unbound;
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

static enum ddg_error complete(struct ddg_search *s, const struct efforts *efforts)
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

enum ddg_error ddg_protect(struct ddg_mask *mask, bool group_rule, uint32_t effort,
                           uint32_t *unbound, struct ddg_certificate *certificate,
                           struct ddg_context *context)
{
    const struct efforts *efforts = choose_efforts(mask);
    struct ddg_search s;
    enum ddg_error error;

    if (!(error = ddg_search_init(&s, mask, group_rule, context)) &&
        !(error = complete(&s, efforts)) &&
        !(error = ddg_spare(&s, &efforts->sparing, effort * work_of(mask))) &&
        !(error = ddg_witnesses_check(&s.witnesses, context)))
        *unbound = count_unbound(&s);
    if (!error && certificate)
        error = ddg_certificate_find(certificate, &s.witnesses, context);
    if (!error && mask->policy.explained)
        ddg_explain_find(&s);
    ddg_search_free(&s);
    return error;
}
