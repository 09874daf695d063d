#include "attack/proof.h"

#include "attack/wide.h"

#include <math.h>
#include <stdlib.h>

/* Prices beyond this are no prices: 2^30, times the denominator of 2^24, times a factor, summed up
 * over the rows of an unknown stays far below 2^90. */
#define PRICE_MOST 1073741824.0

/* Denominators that prices are tried with.  In tables they are nearly always small fractions; the
 * last serves for any. */
static const int64_t denominators[] = {1, 2, 3, 4, 6, 12, 60, 2520, INT64_C(1) << 24};

enum { DENOMINATORS = sizeof denominators / sizeof *denominators };

/* True when every price is close to a fraction with that denominator. */
static bool suits(const struct ddg_problem *p, const double *prices, int64_t denominator)
{
    for (uint32_t row = 0; row < p->rows; row++) {
        double scaled = prices[row] * (double)denominator;

        if (fabs(scaled - nearbyint(scaled)) > 1e-6 * (double)denominator)
            return false;
    }
    return true;
}

/* The price of a row as a numerator; 0 where its sign would be wrong. */
static int64_t numerator(const struct ddg_problem *p, uint32_t row, double price,
                         int64_t denominator)
{
    if (p->sense[row] == DDG_SUPPOSED || (p->sense[row] == DDG_AT_MOST && price > 0))
        return 0;
    return (int64_t)nearbyint(price * (double)denominator);
}

/* False when the sum does not fit: a sum that wrapped around would prove nothing. */
static bool add_product(wide *sum, wide a, int64_t b)
{
    wide product;

    return !__builtin_mul_overflow(a, (wide)b, &product) &&
           !__builtin_add_overflow(*sum, product, sum);
}

/* A bound from below, times the denominator, on sign * unknown (on 0 for DDG_NO_UNKNOWN). */
static bool bound_below(const struct ddg_problem *p, const int64_t *low, const int64_t *high,
                        const double *prices, double turn, int64_t denominator, uint32_t unknown,
                        int sign, wide *bound)
{
    *bound = 0;
    for (uint32_t row = 0; row < p->rows; row++)
        if (!add_product(bound, numerator(p, row, turn * prices[row], denominator), p->right[row]))
            return false;
    for (uint32_t u = 0; u < p->unknowns; u++) {
        wide rest = u == unknown ? (wide)sign * denominator : 0;

        for (size_t i = p->unknown_start[u]; i < p->unknown_start[u + 1]; i++) {
            uint32_t row = p->unknown_row[i];

            rest -= (wide)p->unknown_factor[i] * numerator(p, row, turn * prices[row], denominator);
        }
        if (rest < 0 && high[u] == DDG_UNBOUNDED)
            return false;
        if (!add_product(bound, rest, rest > 0 ? low[u] : high[u]))
            return false;
    }
    return true;
}

static bool are_prices(const struct ddg_problem *p, const double *prices)
{
    for (uint32_t row = 0; row < p->rows; row++)
        if (!(fabs(prices[row]) < PRICE_MOST))
            return false;
    return true;
}

bool ddg_proof_bound(const struct ddg_problem *p, const int64_t *low, const int64_t *high,
                     const double *prices, uint32_t unknown, int direction, int64_t *bound)
{
    if (!are_prices(p, prices))
        return false;
    for (int d = 0; d < DENOMINATORS; d++) {
        int64_t denominator = denominators[d];
        wide below;

        if (d < DENOMINATORS - 1 && !suits(p, prices, denominator))
            continue;
        if (!bound_below(p, low, high, prices, 1, denominator, unknown, -direction, &below))
            continue;
        /* -direction * unknown is at least below / denominator */
        below = ddg_floor_divide(-below, denominator) * direction;
        if (below > DDG_PROBLEM_LARGEST || below < -DDG_PROBLEM_LARGEST)
            continue;
        *bound = (int64_t)below;
        return true;
    }
    return false;
}

bool ddg_proof_refutes(const struct ddg_problem *p, const int64_t *low, const int64_t *high,
                       const double *prices)
{
    if (!are_prices(p, prices))
        return false;
    for (int d = 0; d < DENOMINATORS; d++)
        for (int turn = -1; turn <= 1; turn += 2) {
            wide below;

            if ((d == DENOMINATORS - 1 || suits(p, prices, denominators[d])) &&
                bound_below(p, low, high, prices, turn, denominators[d], DDG_NO_UNKNOWN, 0,
                            &below) &&
                below > 0)
                return true;
        }
    return false;
}
