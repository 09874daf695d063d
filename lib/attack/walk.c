#include "attack/walk.h"

#include <stdlib.h>
#include <string.h>

#define NOWHERE UINT32_MAX

/* The longest that an unknown is left alone after a change, in steps; heavier rows than this are
 * not made heavier. */
enum { TABOO_LEAST = 5, TABOO_SPREAD = 10, WEIGHT_MOST = 10000 };

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift generators" (2016). */
static uint32_t draw(struct ddg_walk *w, uint32_t below)
{
    w->random ^= w->random >> 12;
    w->random ^= w->random << 25;
    w->random ^= w->random >> 27;
    return (uint32_t)(((w->random * UINT64_C(2685821657736338717)) >> 32) * below >> 32);
}

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

/* No unknown without a bound walks farther. */
#define FARTHEST (2 * DDG_PROBLEM_LARGEST)

/* Breaches above this weigh alike, so that weights times breaches do not overflow. */
#define BREACH_MOST (INT64_C(1) << 42)

/* By how much a row does not hold: its gap, or nothing where the row has an inequality's room. */
static int64_t breach(const struct ddg_walk *w, uint32_t row, int64_t gap)
{
    if (gap > 0 && w->problem->sense[row] == DDG_AT_MOST)
        return 0;
    return magnitude(gap) < BREACH_MOST ? magnitude(gap) : BREACH_MOST;
}

static void set_broken(struct ddg_walk *w, uint32_t row)
{
    uint32_t at = w->broken_at[row];
    bool broken = breach(w, row, w->gap[row]) != 0;

    if (broken && at == NOWHERE) {
        w->broken_at[row] = w->broken;
        w->broken_row[w->broken++] = row;
    } else if (!broken && at != NOWHERE) {
        uint32_t last = w->broken_row[--w->broken];

        w->broken_row[at] = last;
        w->broken_at[last] = at;
        w->broken_at[row] = NOWHERE;
    }
}

static void change(struct ddg_walk *w, uint32_t unknown, int64_t by)
{
    const struct ddg_problem *p = w->problem;

    w->value[unknown] += by;
    if (!w->is_touched[unknown]) {
        w->is_touched[unknown] = true;
        w->touched[w->touches++] = unknown;
    }
    for (size_t i = p->unknown_start[unknown]; i < p->unknown_start[unknown + 1]; i++) {
        uint32_t row = p->unknown_row[i];

        if (p->sense[row] == DDG_SUPPOSED)
            continue;
        w->gap[row] -= p->unknown_factor[i] * by;
        set_broken(w, row);
    }
}

/* How much a change would worsen (or, below 0, mend), by weight. */
static int64_t cost(const struct ddg_walk *w, uint32_t unknown, int64_t by)
{
    const struct ddg_problem *p = w->problem;
    int64_t sum = 0;

    for (size_t i = p->unknown_start[unknown]; i < p->unknown_start[unknown + 1]; i++) {
        uint32_t row = p->unknown_row[i];
        int64_t gap = w->gap[row];

        if (p->sense[row] != DDG_SUPPOSED)
            sum += w->weight[row] *
                   (breach(w, row, gap - p->unknown_factor[i] * by) - breach(w, row, gap));
    }
    return sum;
}

/* The change of an unknown that mends a row's gap, as far as its range allows. */
static int64_t mending(const struct ddg_walk *w, uint32_t unknown, int64_t factor, int64_t gap,
                       bool half)
{
    int64_t by = gap / factor, value = w->value[unknown], high;

    if (half && magnitude(by) > 3)
        by /= 2;
    if (by == 0)
        by = (gap > 0) == (factor > 0) ? 1 : -1;
    high = w->high[unknown] < FARTHEST ? w->high[unknown] : FARTHEST;
    if (by > high - value)
        by = high - value;
    if (by < w->low[unknown] - value)
        by = w->low[unknown] - value;
    return by;
}

struct choice {
    uint32_t unknown;
    int64_t by, cost;
    uint32_t equals; /* how many changes cost the same: one of them is drawn */
};

static void weigh(struct ddg_walk *w, uint32_t unknown, int64_t by, struct choice *best)
{
    int64_t c = cost(w, unknown, by);

    /* better left alone for a while, so that the walk does not turn back at once */
    if (w->taboo[unknown] > w->steps)
        c += 2;
    if (c < best->cost) {
        *best = (struct choice){unknown, by, c, 1};
    } else if (c == best->cost && draw(w, ++best->equals) == 0) {
        best->unknown = unknown;
        best->by = by;
    }
}

static void make_heavier(struct ddg_walk *w, uint32_t row)
{
    if (w->weight[row] == 1)
        w->heavy[w->heavies++] = row;
    if (w->weight[row] < WEIGHT_MOST)
        w->weight[row]++;
}

static void step(struct ddg_walk *w)
{
    const struct ddg_problem *p = w->problem;
    uint32_t row = w->broken_row[draw(w, w->broken)];
    bool half = draw(w, 4) == 0;
    struct choice best = {DDG_NO_UNKNOWN, 0, INT64_MAX, 0};

    w->steps++;
    for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++) {
        uint32_t unknown = p->row_unknown[i];
        int64_t by = mending(w, unknown, p->row_factor[i], w->gap[row], half);

        if (by != 0 && unknown != w->pinned)
            weigh(w, unknown, by, &best);
    }
    if (best.unknown == DDG_NO_UNKNOWN || best.cost >= 0)
        make_heavier(w, row);
    if (best.unknown == DDG_NO_UNKNOWN)
        return;
    change(w, best.unknown, best.by);
    w->taboo[best.unknown] = w->steps + TABOO_LEAST + draw(w, TABOO_SPREAD);
}

static void forget_weights(struct ddg_walk *w)
{
    for (uint32_t i = 0; i < w->heavies; i++)
        w->weight[w->heavy[i]] = 1;
    w->heavies = 0;
}

bool ddg_walk_run(struct ddg_walk *w, uint32_t pinned, uint64_t steps)
{
    uint64_t end = w->steps + steps;

    w->pinned = pinned;
    forget_weights(w);
    while (w->broken > 0 && w->steps < end)
        step(w);
    return w->broken == 0;
}

void ddg_walk_set(struct ddg_walk *w, uint32_t unknown, int64_t value)
{
    if (value < w->low[unknown])
        value = w->low[unknown];
    if (value > w->high[unknown])
        value = w->high[unknown];
    if (value != w->value[unknown])
        change(w, unknown, value - w->value[unknown]);
}

void ddg_walk_keep(struct ddg_walk *w)
{
    for (uint32_t i = 0; i < w->touches; i++) {
        uint32_t unknown = w->touched[i];

        w->kept[unknown] = w->value[unknown];
        w->is_touched[unknown] = false;
    }
    w->touches = 0;
}

void ddg_walk_back(struct ddg_walk *w)
{
    for (uint32_t i = 0; i < w->touches; i++) {
        uint32_t unknown = w->touched[i];

        if (w->value[unknown] != w->kept[unknown])
            change(w, unknown, w->kept[unknown] - w->value[unknown]);
    }
    ddg_walk_keep(w);
}

enum ddg_error ddg_walk_start(struct ddg_walk *w, const struct ddg_problem *p, const int64_t *low,
                              const int64_t *high, uint64_t seed, struct ddg_context *context)
{
    size_t n = p->unknowns, m = p->rows;
    enum ddg_error error;

    *w = (struct ddg_walk){.problem = p, .low = low, .high = high, .pinned = DDG_NO_UNKNOWN};
    w->random = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    if ((error = ddg_allocate(&w->value, n, sizeof *w->value, context)) ||
        (error = ddg_allocate(&w->kept, n, sizeof *w->kept, context)) ||
        (error = ddg_allocate(&w->touched, n, sizeof *w->touched, context)) ||
        (error = ddg_allocate(&w->is_touched, n, sizeof *w->is_touched, context)) ||
        (error = ddg_allocate(&w->taboo, n, sizeof *w->taboo, context)) ||
        (error = ddg_allocate(&w->gap, m, sizeof *w->gap, context)) ||
        (error = ddg_allocate(&w->weight, m, sizeof *w->weight, context)) ||
        (error = ddg_allocate(&w->heavy, m, sizeof *w->heavy, context)) ||
        (error = ddg_allocate(&w->broken_row, m, sizeof *w->broken_row, context)) ||
        (error = ddg_allocate(&w->broken_at, m, sizeof *w->broken_at, context)))
        return error;
    for (size_t u = 0; u < n; u++)
        w->value[u] = w->kept[u] = low[u] > 0 ? low[u] : high[u] < 0 ? high[u] : 0;
    for (uint32_t row = 0; row < m; row++) {
        w->weight[row] = 1;
        w->broken_at[row] = NOWHERE;
        if (p->sense[row] == DDG_SUPPOSED)
            continue;
        w->gap[row] = p->right[row];
        for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++)
            w->gap[row] -= p->row_factor[i] * w->value[p->row_unknown[i]];
        set_broken(w, row);
    }
    return DDG_OK;
}

void ddg_walk_free(struct ddg_walk *w)
{
    free(w->value);
    free(w->kept);
    free(w->touched);
    free(w->is_touched);
    free(w->taboo);
    free(w->gap);
    free(w->weight);
    free(w->heavy);
    free(w->broken_row);
    free(w->broken_at);
    *w = (struct ddg_walk){0};
}

bool ddg_walk_fits(const struct ddg_problem *p, const int64_t *low, const int64_t *high,
                   const int64_t *value)
{
    for (uint32_t u = 0; u < p->unknowns; u++)
        if (value[u] < low[u] || value[u] > high[u])
            return false;
    for (uint32_t row = 0; row < p->rows; row++) {
        __int128 sum = 0;

        if (p->sense[row] == DDG_SUPPOSED)
            continue;
        for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++)
            sum += (__int128)p->row_factor[i] * value[p->row_unknown[i]];
        if (sum > p->right[row] || (sum < p->right[row] && p->sense[row] == DDG_EQUAL))
            return false;
    }
    return true;
}
