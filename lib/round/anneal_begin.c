#include "round/anneal_begin.h"

#include <math.h>
#include <stdlib.h>

/* Times that what is hidden is made to fit. */
enum { FITTING = 30 };

/* Moves what is hidden so that a shown total comes nearer to its count. */
static void fit_sum(const struct ddg_sums *s, const struct ddg_goal *goal, uint32_t sum,
                    double *real)
{
    double left = goal[s->cell[sum]].wanted;
    uint32_t hidden = 0;

    for (size_t i = s->start[sum]; i < s->start[sum + 1]; i++) {
        left -= real[s->term[i].of] * s->term[i].times;
        hidden += !goal[s->chosen[s->term[i].of]].priced;
    }
    for (size_t i = s->start[sum]; i < s->start[sum + 1]; i++)
        if (!goal[s->chosen[s->term[i].of]].priced)
            real[s->term[i].of] = fmax(0, real[s->term[i].of] + left / hidden);
}

enum ddg_error ddg_anneal_begin(const struct ddg_sums *s, const struct ddg_goal *goal,
                                const struct ddg_truth *range, uint64_t base, int64_t *number,
                                struct ddg_context *context)
{
    double *real;
    enum ddg_error error = ddg_allocate(&real, s->choices, sizeof *real, context);

    if (error)
        return error;
    for (uint32_t i = 0; i < s->choices; i++) {
        uint32_t cell = s->chosen[i];
        double low = (double)range->low[cell], high = (double)range->high[cell];

        if (high >= (double)DDG_SUMS_LARGEST)
            high = low;
        real[i] = goal[cell].priced ? goal[cell].wanted : (low + high) / 2 / (double)base;
    }
    for (int pass = 0; pass < FITTING; pass++)
        for (uint32_t sum = 0; sum < s->sums; sum++)
            if (s->cell[sum] != DDG_NO_CELL)
                fit_sum(s, goal, sum, real);
    for (uint32_t i = 0; i < s->choices; i++)
        number[s->chosen[i]] = llround(real[i]);
    free(real);
    return DDG_OK;
}
