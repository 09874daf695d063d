/*
 * What is said of the best masks of small tables, held against all masks of them.
 */
#include "all_moves.h"

#include "protect/group_rule.h"
#include "protect/protect.h"

/* What moves over suppressed cells lead to: bit FAR + i for a change of i. */
static void note_changes(void *data, const struct masked *m, const int8_t *change)
{
    uint8_t *seen = data;

    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        seen[cell] |= (uint8_t)(1 << (FAR + change[cell]));
}

static bool will_do(const struct masked *m, bool group_rule)
{
    uint8_t seen[MOST_CELLS] = {0};

    for (uint32_t line = 0; line < m->t.model.lines; line++)
        if (ddg_group_need(&m->mask, line, group_rule) != DDG_NEEDS_NOTHING)
            return false;
    hunt(m, DDG_ONCE, NULL, false, note_changes, seen);
    for (uint32_t cell = 0; cell < m->t.model.cells; cell++)
        if ((uint32_t)__builtin_popcount(seen[cell] & ~(1U << FAR)) <
            ddg_mask_wants(&m->mask, cell))
            return false;
    return true;
}

/* The cheapest mask that will do, with the complements so far, candidates from `from` on, and for
 * less than `most`; else `most`. */
static uint64_t cheapest(struct masked *m, const uint32_t *candidate, size_t candidates,
                         bool group_rule, uint64_t most)
{
    if (m->mask.lost >= most)
        return most;
    if (will_do(m, group_rule))
        return m->mask.lost;
    for (size_t i = 0; i < candidates; i++) {
        ddg_mask_complement(&m->mask, candidate[i]);
        most = cheapest(m, &candidate[i + 1], candidates - i - 1, group_rule, most);
        ddg_mask_show(&m->mask, candidate[i]);
    }
    return most;
}

static size_t list_candidates(const struct masked *m, uint32_t *candidate)
{
    size_t count = 0;

    for (uint32_t cell = 0; cell < m->mask.owned; cell++)
        if (ddg_mask_eligible(&m->mask, cell))
            candidate[count++] = cell;
    return count;
}

struct tally {
    int masks, bound, proved;
};

/* Costs are counts, or `dear` times that and a bit. */
static void compare(struct tally *tally, const struct shape *shape, enum ddg_knows knows,
                    bool group_rule, uint64_t dear, uint64_t *state)
{
    uint64_t cost[MOST_CELLS];
    struct masked m;
    struct ddg_mask_policy policy = usual_policy(knows);
    struct ddg_outcome outcome = {0};
    uint32_t candidate[MOST_CELLS];
    uint64_t lost, best;
    enum ddg_error error;

    policy.apart = knows == DDG_KNOWS_CODES;
    mask_at_random(&m, shape, knows, 0, state);
    for (uint32_t cell = 0; cell < m.t.model.cells; cell++)
        cost[cell] = dear * m.truth.low[cell] + check_random(state) % dear;
    policy.cost = cost;
    CHECK(!mask_again(&m, &policy));
    error = ddg_protect(&m.mask, group_rule, 10, &outcome, NULL, &m.t.context);
    lost = m.mask.lost;
    CHECK(!error || error == DDG_UNSAFE);
    CHECK(!mask_again(&m, &policy));
    if (!error && outcome.unbound == 0 && lost > 0) {
        best = cheapest(&m, candidate, list_candidates(&m, candidate), group_rule, lost);
        CHECK(outcome.least <= best);
        tally->masks++;
        tally->bound += outcome.least > 0;
        tally->proved += outcome.least == lost;
    }
    masked_free(&m);
}

static void test_bounds(uint64_t dear)
{
    static const struct shape shapes[] = {
        {2, 3, 1, false}, {3, 3, 1, false}, {3, 2, 1, true}, {2, 2, 2, false}};
    struct tally tally = {0};
    uint64_t state = 11;

    for (int i = 0; i < (check_quickly() ? 24 : 160); i++)
        compare(&tally, &shapes[i % 4], (enum ddg_knows)(i / 4 % 4), i / 16 % 2, dear, &state);
    printf("# %d masks, %d with a bound, %d of them the least\n", tally.masks, tally.bound,
           tally.proved);
    CHECK(tally.masks > (check_quickly() ? 6 : 60));
    if (dear > 1)
        return;
    CHECK(tally.bound == tally.masks);
    CHECK(tally.proved * 10 > tally.masks * 9);
}

int main(void)
{
    test_bounds(1);
    /* larger than any cost that is told from a larger one, and than what is counted exactly */
    test_bounds(UINT64_C(1) << 46);
    return check_result();
}
