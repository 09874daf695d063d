#include "attack/splitting.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* These were measured on T5 of bench/README.md: half or twice as much takes up to twice as long,
 * but all of what is rounded off, instead of half, leads nowhere. */
static const double nearness = 0.3;   /* what being near whole numbers weighs, beside the rows */
static const double kept = 0.5;       /* of what a round rounds off, */
static const double kept_most = 0.45; /* and of all rounds together */
static const double shake = 2;        /* how far, from end to end */

enum {
    STEPS = 4,  /* of a round */
    STALE = 20, /* rounds without anything better, before rows are shaken */
    NEAR = 10,  /* how far above the least value it starts, at the most */
};

/* No unknown without a bound goes farther. */
static const double farthest = 2 * (double)DDG_PROBLEM_LARGEST;

static double within(double a, double low, double high)
{
    return a < low ? low : a > high ? high : a;
}

/* Starting ----------------------------------------------------------------------------------- */

static enum ddg_error allocate(struct ddg_splitting *s, struct ddg_context *context)
{
    size_t n = s->unknowns, m = s->reduced->rows;
    enum ddg_error error;

    if ((error = ddg_allocate(&s->value, n, sizeof *s->value, context)) ||
        (error = ddg_allocate(&s->most, n, sizeof *s->most, context)) ||
        (error = ddg_allocate(&s->at, n, sizeof *s->at, context)) ||
        (error = ddg_allocate(&s->ahead, n, sizeof *s->ahead, context)) ||
        (error = ddg_allocate(&s->whole, n, sizeof *s->whole, context)) ||
        (error = ddg_allocate(&s->off, n, sizeof *s->off, context)) ||
        (error = ddg_allocate(&s->step, n, sizeof *s->step, context)) ||
        (error = ddg_allocate(&s->least, n, sizeof *s->least, context)) ||
        (error = ddg_allocate(&s->low, m, sizeof *s->low, context)) ||
        (error = ddg_allocate(&s->high, m, sizeof *s->high, context)) ||
        (error = ddg_allocate(&s->price, m, sizeof *s->price, context)))
        return error;
    return ddg_allocate(&s->price_step, m, sizeof *s->price_step, context);
}

/* The range of an unknown, and how long its steps are. */
static void set_unknown(struct ddg_splitting *s, uint32_t u)
{
    const struct ddg_reduction *r = s->reduced;
    double terms = 0;

    for (size_t i = r->unknown_start[u]; i < r->unknown_start[u + 1]; i++)
        terms += fabs((double)r->unknown_factor[i]);
    s->step[u] = terms > 0 ? 1 / terms : 1;
    s->least[u] = 0;
    s->most[u] = s->top[u] == DDG_UNBOUNDED ? farthest : (double)s->top[u] - (double)s->base[u];
}

/* The sum of a row where all unknowns have their least values. */
static double least_sum(const struct ddg_splitting *s, uint32_t row)
{
    const struct ddg_reduction *r = s->reduced;
    double sum = 0;

    for (size_t i = r->row_start[row]; i < r->row_start[row + 1]; i++)
        sum += (double)r->row_factor[i] * (double)s->base[r->row_unknown[i]];
    return sum;
}

static void set_row(struct ddg_splitting *s, uint32_t row)
{
    const struct ddg_reduction *r = s->reduced;
    double terms = 0, base = least_sum(s, row);

    for (size_t i = r->row_start[row]; i < r->row_start[row + 1]; i++)
        terms += fabs((double)r->row_factor[i]);
    s->price[row] = 0;
    s->price_step[row] = terms > 0 ? 1 / terms : 1;
    s->low[row] = r->low[row] == -DDG_UNBOUNDED ? -INFINITY : (double)r->low[row] - base;
    s->high[row] = r->high[row] == DDG_UNBOUNDED ? INFINITY : (double)r->high[row] - base;
}

static void set_all(struct ddg_splitting *s)
{
    for (uint32_t u = 0; u < s->unknowns; u++) {
        set_unknown(s, u);
        s->off[u] = 0;
    }
    for (uint32_t row = 0; row < s->reduced->rows; row++)
        set_row(s, row);
    s->best = INFINITY;
    s->stale = 0;
}

enum ddg_error ddg_splitting_start(struct ddg_splitting *s, const struct ddg_reduction *reduced,
                                   uint32_t unknowns, const int64_t *low, const int64_t *high,
                                   uint64_t seed, struct ddg_context *context)
{
    enum ddg_error error;

    *s = (struct ddg_splitting){.reduced = reduced, .unknowns = unknowns, .base = low, .top = high};
    s->random = ddg_random_start(seed);
    if ((error = allocate(s, context)))
        return error;
    set_all(s);
    for (uint32_t u = 0; u < unknowns; u++)
        s->at[u] = s->ahead[u] = within(s->most[u] / 2, 0, NEAR);
    return DDG_OK;
}

/* A number from 0 to 1. */
static double chance(struct ddg_splitting *s)
{
    return ddg_random_below(&s->random, UINT32_MAX) / (double)UINT32_MAX;
}

void ddg_splitting_restart(struct ddg_splitting *s, const int64_t *value)
{
    set_all(s);
    for (uint32_t u = 0; u < s->unknowns; u++)
        s->at[u] = s->ahead[u] = value ? (double)value[u] - (double)s->base[u]
                                       : chance(s) * within(s->most[u], 0, 2 * NEAR);
}

void ddg_splitting_aim(struct ddg_splitting *s, uint32_t unknown, int64_t value)
{
    uint32_t row = s->reduced->row_of[unknown];

    if (row == DDG_NO_ROW)
        s->least[unknown] = s->most[unknown] = s->at[unknown] = s->ahead[unknown] =
            (double)value - (double)s->base[unknown];
    else
        s->low[row] = s->high[row] =
            (double)value - (double)s->reduced->plus[row] - least_sum(s, row);
}

void ddg_splitting_free(struct ddg_splitting *s)
{
    free(s->value);
    free(s->least);
    free(s->most);
    free(s->at);
    free(s->ahead);
    free(s->whole);
    free(s->off);
    free(s->step);
    free(s->low);
    free(s->high);
    free(s->price);
    free(s->price_step);
    *s = (struct ddg_splitting){0};
}

/* Rounds ------------------------------------------------------------------------------------- */

static double sum_of(const struct ddg_splitting *s, uint32_t row, const double *x)
{
    const struct ddg_reduction *r = s->reduced;
    double sum = 0;

    for (size_t i = r->row_start[row]; i < r->row_start[row + 1]; i++)
        sum += r->row_factor[i] * x[r->row_unknown[i]];
    return sum;
}

static void round_off(struct ddg_splitting *s, bool remembering)
{
    for (uint32_t u = 0; u < s->unknowns; u++)
        s->whole[u] =
            within(rint(s->at[u] + (remembering ? s->off[u] : 0)), s->least[u], s->most[u]);
}

/* A step of all rows, then of all unknowns. */
static void step(struct ddg_splitting *s)
{
    const struct ddg_reduction *r = s->reduced;

    for (uint32_t row = 0; row < r->rows; row++) {
        double aim = s->price[row] / s->price_step[row] + sum_of(s, row, s->ahead);

        s->price[row] = s->price_step[row] * (aim - within(aim, s->low[row], s->high[row]));
    }
    for (uint32_t u = 0; u < s->unknowns; u++) {
        double price = 0, pull = s->step[u] * nearness, next;

        if (r->row_of[u] != DDG_NO_ROW)
            continue;
        for (size_t i = r->unknown_start[u]; i < r->unknown_start[u + 1]; i++)
            price += r->unknown_factor[i] * s->price[r->unknown_row[i]];
        next = (s->at[u] - s->step[u] * price + pull * (s->whole[u] - s->off[u])) / (1 + pull);
        next = within(next, s->least[u], s->most[u]);
        s->ahead[u] = 2 * next - s->at[u];
        s->at[u] = next;
    }
}

static void remember(struct ddg_splitting *s)
{
    for (uint32_t u = 0; u < s->unknowns; u++)
        s->off[u] = within(s->off[u] + kept * (s->at[u] - s->whole[u]), -kept_most, kept_most);
}

static double breach(const struct ddg_splitting *s, uint32_t row)
{
    double sum = sum_of(s, row, s->whole);

    return fabs(sum - within(sum, s->low[row], s->high[row]));
}

static double breach_of_all(const struct ddg_splitting *s)
{
    double all = 0;

    for (uint32_t row = 0; row < s->reduced->rows; row++)
        all += breach(s, row);
    return all;
}

static void shake_broken(struct ddg_splitting *s)
{
    const struct ddg_reduction *r = s->reduced;

    for (uint32_t row = 0; row < r->rows; row++) {
        if (breach(s, row) == 0)
            continue;
        for (size_t i = r->row_start[row]; i < r->row_start[row + 1]; i++)
            s->off[r->row_unknown[i]] += shake * (chance(s) - 0.5);
    }
}

static void take_values(struct ddg_splitting *s)
{
    for (uint32_t u = 0; u < s->unknowns; u++)
        s->value[u] = s->base[u] + (int64_t)s->whole[u];
}

bool ddg_splitting_run(struct ddg_splitting *s, unsigned rounds)
{
    for (unsigned i = 0; i < rounds; i++) {
        double broken;

        round_off(s, true);
        for (int j = 0; j < STEPS; j++)
            step(s);
        remember(s);
        round_off(s, false);
        broken = breach_of_all(s);
        if (broken < s->best) {
            s->best = broken;
            s->stale = 0;
        } else if (++s->stale >= STALE) {
            shake_broken(s);
            s->best = broken;
            s->stale = 0;
        }
        if (broken == 0)
            break;
    }
    take_values(s);
    return s->best == 0;
}
