#include "attack/walk.h"

#include "base/random.h"

#include <stdlib.h>

#define NOWHERE UINT32_MAX

/* The longest that an unknown is left alone after a change, in steps; heavier rows than this are
 * not made heavier; of longer rows that many unknowns, drawn anew each step, are tried. */
enum { TABOO_LEAST = 5, TABOO_SPREAD = 10, WEIGHT_MOST = 10000, TRIED_MOST = 80 };

/* No unknown without a bound walks farther. */
#define FARTHEST (2 * DDG_PROBLEM_LARGEST)

/* Breaches above this weigh alike, so that weights times breaches do not overflow. */
#define BREACH_MOST (INT64_C(1) << 40)

static int64_t magnitude(int64_t a)
{
    return a < 0 ? -a : a;
}

/* What a row's sum lacks, or as a negative exceeds its range by. */
static int64_t gap(const struct ddg_walk *w, uint32_t row, int64_t sum)
{
    const struct ddg_reduction *r = &w->reduced;

    if (sum < r->low[row])
        return r->low[row] - sum;
    return sum > r->high[row] ? r->high[row] - sum : 0;
}

static int64_t breach(const struct ddg_walk *w, uint32_t row, int64_t sum)
{
    int64_t size = magnitude(gap(w, row, sum));

    return size < BREACH_MOST ? size : BREACH_MOST;
}

static void set_broken(struct ddg_walk *w, uint32_t row)
{
    uint32_t at = w->broken_at[row];
    bool broken = gap(w, row, w->sum[row]) != 0;

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
    const struct ddg_reduction *r = &w->reduced;

    w->value[unknown] += by;
    if (!w->is_touched[unknown]) {
        w->is_touched[unknown] = true;
        w->touched[w->touches++] = unknown;
    }
    for (size_t i = r->unknown_start[unknown]; i < r->unknown_start[unknown + 1]; i++) {
        w->sum[r->unknown_row[i]] += r->unknown_factor[i] * by;
        set_broken(w, r->unknown_row[i]);
    }
}

/* How much a change would worsen (or, below 0, mend), by weight. */
static int64_t cost(const struct ddg_walk *w, uint32_t unknown, int64_t by)
{
    const struct ddg_reduction *r = &w->reduced;
    int64_t sum = 0;

    for (size_t i = r->unknown_start[unknown]; i < r->unknown_start[unknown + 1]; i++) {
        uint32_t row = r->unknown_row[i];
        int64_t now = w->sum[row];

        sum += w->weight[row] *
               (breach(w, row, now + r->unknown_factor[i] * by) - breach(w, row, now));
    }
    return sum;
}

/* The change of an unknown that mends a row's gap, as far as its range allows. */
static int64_t mending(const struct ddg_walk *w, uint32_t unknown, int64_t factor, int64_t lacks,
                       bool half)
{
    int64_t by = lacks / factor, value = w->value[unknown];
    int64_t high = w->high[unknown] < FARTHEST ? w->high[unknown] : FARTHEST;

    if (half && magnitude(by) > 3)
        by /= 2;
    if (by == 0)
        by = (lacks > 0) == (factor > 0) ? 1 : -1;
    if (by > high - value)
        by = high - value;
    return by < w->low[unknown] - value ? w->low[unknown] - value : by;
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
    } else if (c == best->cost && ddg_random_below(&w->random, ++best->equals) == 0) {
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
    const struct ddg_reduction *r = &w->reduced;
    uint32_t row = w->broken_row[ddg_random_below(&w->random, w->broken)];
    size_t start = r->row_start[row], terms = r->row_start[row + 1] - start, at = 0, tried = terms;
    bool half = ddg_random_below(&w->random, 4) == 0;
    int64_t lacks = gap(w, row, w->sum[row]);
    struct choice best = {DDG_NO_UNKNOWN, 0, INT64_MAX, 0};

    w->steps++;
    if (terms > TRIED_MOST) {
        at = ddg_random_below(&w->random, (uint32_t)terms);
        tried = TRIED_MOST;
    }
    for (size_t i = 0; i < tried; i++, at = at + 1 == terms ? 0 : at + 1) {
        uint32_t unknown = r->row_unknown[start + at];
        int64_t by = mending(w, unknown, r->row_factor[start + at], lacks, half);

        if (by != 0 && unknown != w->aim)
            weigh(w, unknown, by, &best);
    }
    if (best.unknown == DDG_NO_UNKNOWN || best.cost >= 0)
        make_heavier(w, row);
    if (best.unknown == DDG_NO_UNKNOWN)
        return;
    change(w, best.unknown, best.by);
    w->taboo[best.unknown] = w->steps + TABOO_LEAST + ddg_random_below(&w->random, TABOO_SPREAD);
}

bool ddg_walk_run(struct ddg_walk *w, uint64_t steps)
{
    uint64_t end = w->steps + steps;

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
    if (value != w->value[unknown] && w->reduced.row_of[unknown] == DDG_NO_ROW)
        change(w, unknown, value - w->value[unknown]);
}

static void let_go(struct ddg_walk *w)
{
    uint32_t row = w->aim == DDG_NO_UNKNOWN ? DDG_NO_ROW : w->reduced.row_of[w->aim];

    w->aim = DDG_NO_UNKNOWN;
    if (row == DDG_NO_ROW)
        return;
    w->reduced.low[row] = w->aim_low;
    w->reduced.high[row] = w->aim_high;
    set_broken(w, row);
}

void ddg_walk_aim(struct ddg_walk *w, uint32_t unknown, int64_t value)
{
    struct ddg_reduction *r = &w->reduced;
    uint32_t row = r->row_of[unknown];

    let_go(w);
    w->aim = unknown;
    if (row == DDG_NO_ROW) {
        ddg_walk_set(w, unknown, value);
        return;
    }
    w->aim_low = r->low[row];
    w->aim_high = r->high[row];
    r->low[row] = r->high[row] = value - r->plus[row];
    set_broken(w, row);
}

/* Keeping ------------------------------------------------------------------------------------ */

static void forget_weights(struct ddg_walk *w)
{
    for (uint32_t i = 0; i < w->heavies; i++)
        w->weight[w->heavy[i]] = 1;
    w->heavies = 0;
}

static size_t list_defined(struct ddg_walk *w, uint32_t row, uint32_t *unknown, int64_t *value)
{
    const struct ddg_reduction *r = &w->reduced;

    if (r->defines[row] == DDG_NO_UNKNOWN || w->seen_row[row] == w->round)
        return 0;
    w->seen_row[row] = w->round;
    *unknown = r->defines[row];
    *value = w->sum[row] + r->plus[row];
    return 1;
}

size_t ddg_walk_changes(struct ddg_walk *w, bool all, uint32_t *unknown, int64_t *value)
{
    const struct ddg_reduction *r = &w->reduced;
    size_t count = 0;

    w->round++;
    for (uint32_t u = 0; all && u < w->problem->unknowns; u++)
        if (r->row_of[u] == DDG_NO_ROW) {
            unknown[count] = u;
            value[count++] = w->value[u];
        } else {
            count += list_defined(w, r->row_of[u], &unknown[count], &value[count]);
        }
    for (uint32_t i = 0; !all && i < w->touches; i++) {
        uint32_t u = w->touched[i];

        unknown[count] = u;
        value[count++] = w->value[u];
        for (size_t t = r->unknown_start[u]; t < r->unknown_start[u + 1]; t++)
            count += list_defined(w, r->unknown_row[t], &unknown[count], &value[count]);
    }
    return count;
}

static bool row_holds(const struct ddg_problem *p, uint32_t row, const int64_t *value)
{
    __int128 sum = 0;

    if (p->sense[row] == DDG_SUPPOSED)
        return true;
    for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++)
        sum += (__int128)p->row_factor[i] * value[p->row_unknown[i]];
    return sum == p->right[row] || (sum < p->right[row] && p->sense[row] == DDG_AT_MOST);
}

/* True when the rows of an unknown hold, and its range. */
static bool holds(const struct ddg_walk *w, uint32_t unknown)
{
    const struct ddg_problem *p = w->problem;

    if (w->value[unknown] < w->low[unknown] || w->value[unknown] > w->high[unknown])
        return false;
    for (size_t i = p->unknown_start[unknown]; i < p->unknown_start[unknown + 1]; i++)
        if (!row_holds(p, p->unknown_row[i], w->value))
            return false;
    return true;
}

bool ddg_walk_keep(struct ddg_walk *w, const uint32_t *unknown, const int64_t *value, size_t count)
{
    bool agrees = true;

    for (size_t i = 0; i < count; i++)
        w->value[unknown[i]] = value[i];
    for (size_t i = 0; i < count && agrees; i++)
        agrees = holds(w, unknown[i]);
    if (!agrees) {
        for (size_t i = 0; i < count; i++)
            if (w->reduced.row_of[unknown[i]] != DDG_NO_ROW)
                w->value[unknown[i]] = w->kept[unknown[i]];
        return false;
    }
    let_go(w);
    forget_weights(w);
    for (size_t i = 0; i < count; i++)
        w->kept[unknown[i]] = value[i];
    for (uint32_t i = 0; i < w->touches; i++)
        w->is_touched[w->touched[i]] = false;
    w->touches = 0;
    return true;
}

void ddg_walk_back(struct ddg_walk *w)
{
    let_go(w);
    forget_weights(w);
    for (uint32_t i = 0; i < w->touches; i++) {
        uint32_t unknown = w->touched[i];

        if (w->value[unknown] != w->kept[unknown])
            change(w, unknown, w->kept[unknown] - w->value[unknown]);
        w->is_touched[unknown] = false;
    }
    w->touches = 0;
}

/* Whole -------------------------------------------------------------------------------------- */

static enum ddg_error allocate(struct ddg_walk *w, struct ddg_context *context)
{
    size_t n = w->problem->unknowns, m = w->reduced.rows;
    enum ddg_error error;

    if ((error = ddg_allocate(&w->value, n, sizeof *w->value, context)) ||
        (error = ddg_allocate(&w->kept, n, sizeof *w->kept, context)) ||
        (error = ddg_allocate(&w->touched, n, sizeof *w->touched, context)) ||
        (error = ddg_allocate(&w->is_touched, n, sizeof *w->is_touched, context)) ||
        (error = ddg_allocate(&w->taboo, n, sizeof *w->taboo, context)) ||
        (error = ddg_allocate(&w->sum, m, sizeof *w->sum, context)) ||
        (error = ddg_allocate(&w->weight, m, sizeof *w->weight, context)) ||
        (error = ddg_allocate(&w->heavy, m, sizeof *w->heavy, context)) ||
        (error = ddg_allocate(&w->seen_row, m, sizeof *w->seen_row, context)) ||
        (error = ddg_allocate(&w->broken_row, m, sizeof *w->broken_row, context)))
        return error;
    return ddg_allocate(&w->broken_at, m, sizeof *w->broken_at, context);
}

enum ddg_error ddg_walk_start(struct ddg_walk *w, const struct ddg_problem *p, const int64_t *low,
                              const int64_t *high, uint64_t seed, struct ddg_context *context)
{
    const struct ddg_reduction *r = &w->reduced;
    enum ddg_error error;

    *w = (struct ddg_walk){.problem = p, .low = low, .high = high, .aim = DDG_NO_UNKNOWN};
    w->random = ddg_random_start(seed);
    if ((error = ddg_reduce(&w->reduced, p, low, high, context)) || (error = allocate(w, context)))
        return error;
    for (uint32_t u = 0; u < p->unknowns; u++)
        w->value[u] = w->kept[u] = low[u] > 0 ? low[u] : high[u] < 0 ? high[u] : 0;
    for (uint32_t row = 0; row < r->rows; row++) {
        w->weight[row] = 1;
        w->broken_at[row] = NOWHERE;
        for (size_t i = r->row_start[row]; i < r->row_start[row + 1]; i++)
            w->sum[row] += r->row_factor[i] * w->value[r->row_unknown[i]];
        set_broken(w, row);
    }
    return DDG_OK;
}

void ddg_walk_free(struct ddg_walk *w)
{
    ddg_reduction_free(&w->reduced);
    free(w->value);
    free(w->kept);
    free(w->touched);
    free(w->is_touched);
    free(w->taboo);
    free(w->sum);
    free(w->weight);
    free(w->heavy);
    free(w->seen_row);
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
    for (uint32_t row = 0; row < p->rows; row++)
        if (!row_holds(p, row, value))
            return false;
    return true;
}
