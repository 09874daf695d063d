#include "protect/protect.h"

#include "protect/explain.h"
#include "protect/optimum.h"
#include "protect/spare.h"

/*
 * A mask is completed (protect/complete.h), complements are shown again where less does without
 * them (protect/spare.h), and small tables learn from what no mask can do without
 * (protect/optimum.h).
 */

/* Small tables have linear programs over the whole of them; middling ones for what would be dear;
 * large ones none, and huge ones no chains either, but where nothing else was found. */
enum { SMALL_TABLE = 8000, LARGE_TABLE = 30000, HUGE_TABLE = 200000 };

/* What --effort 1 is for each complement, in steps (see ddg_search_work()): some milliseconds; and
 * for all together: some tens of seconds. */
static const uint64_t work_of_effort = 180000, most_work_of_effort = 300000000;

static const struct ddg_efforts small = {
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
static const struct ddg_efforts middling = {
    .none = {.chains = 3},
    .some = {.chains = 3,
             .paid_dives = 20,
             .reach = LARGE_TABLE,
             .most_reach = LARGE_TABLE,
             .fractions = 2,
             .cheap = 300},
    .sparing = {.chains = 2, .paid_dives = 8},
};
static const struct ddg_efforts large = {.none = {.chains = 3}, .some = {.chains = 1}};
static const struct ddg_efforts huge = {
    .none = {.quick = true}, .some = {.quick = true}, .sparing = {.quick = true}};

static const struct ddg_efforts *choose_efforts(const struct ddg_mask *mask)
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

/* Small tables take no time worth a thread, and others have one where there is an optimum to find.
 */
static uint32_t count_members(const struct ddg_mask *mask, const struct ddg_optimum *optimum)
{
    return optimum || mask->model->cells <= SMALL_TABLE ? 1 : DDG_TEAM_MOST;
}

static uint32_t count_unbound(const struct ddg_search *s)
{
    uint32_t unbound = 0;

    for (uint32_t line = 0; line < s->mask->model->lines; line++)
        unbound += ddg_search_needs(s, line);
    return unbound;
}

/* Spares complements as long as that pays; *least as in struct ddg_outcome. */
static enum ddg_error improve(struct ddg_team *team, const struct ddg_efforts *efforts,
                              uint32_t effort, struct ddg_optimum *optimum, uint64_t *least)
{
    const struct ddg_mask *mask = team->member[0]->mask;
    uint64_t work = effort * work_of(mask);
    enum ddg_error error;

    *least = 0;
    if (mask->complementary == 0)
        return DDG_OK;
    if (!optimum)
        return ddg_spare(team, &efforts->sparing, work);
    error = ddg_spare(team, &efforts->sparing, 0);
    return error ? error : ddg_optimum_find(optimum, work, least);
}

enum ddg_error ddg_protect(struct ddg_mask *mask, bool group_rule, uint32_t effort,
                           struct ddg_outcome *outcome, struct ddg_certificate *certificate,
                           struct ddg_context *context)
{
    const struct ddg_efforts *efforts = choose_efforts(mask);
    struct ddg_optimum *optimum = NULL;
    struct ddg_search s;
    struct ddg_team team = {0};
    enum ddg_error error;

    if (!(error = ddg_search_init(&s, mask, group_rule, context)) &&
        !(error = ddg_optimum_begin(&optimum, &s, efforts, effort)) &&
        !(error = ddg_complete(&s, efforts)) &&
        !(error = ddg_team_init(&team, &s, count_members(mask, optimum))) &&
        !(error = improve(&team, efforts, effort, optimum, &outcome->least)) &&
        !(error = ddg_witnesses_check(&s.witnesses, context)))
        outcome->unbound = count_unbound(&s);
    ddg_optimum_end(optimum);
    ddg_team_free(&team);
    if (!error && certificate)
        error = ddg_certificate_find(certificate, &s.witnesses, context);
    if (!error && mask->policy.explained)
        ddg_explain_find(&s);
    ddg_search_free(&s);
    return error;
}
