#include "round/anneal.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* Moves that are tried for each number in each of three parts, the last of which is gone through in
 * rounds; looks at sums in all. */
enum { COOLING = 200, MENDING = 600, REFINING = 400, ROUNDS = 6, LOOKS = 400000000 };

static const double hot = 0.5, warm = 0.3, cold = 0.1, coldest = 0.03;

/* Of a unit away from what is wanted, where one out of bounds is 1; what a sum that is out of
 * bounds weighs more each time it is looked at. */
static const double price = 0.5, weighs_more = 0.05;

/* What is known of a number or a sum, in one place: they are come to at random. */
struct place {
    int64_t number, low, high;
    double wanted, price, weight;
};

struct annealing {
    const struct ddg_sums *sums;
    struct place *choice, *sum;
    uint32_t *open; /* numbers that can move, */
    uint32_t opens;
    uint32_t *wrong; /* sums that are out of bounds, */
    uint32_t *at;    /* and of each sum, where it stands among them plus 1 */
    uint32_t wrongs;
    int64_t *best; /* numbers of the best so far that are within bounds */
    double cost, least;
    double heat;
    uint64_t looks, random;
};

/* Prices --------------------------------------------------------------------------------------- */

static double cost_at(const struct place *p, int64_t number)
{
    double far = fabs((double)number - p->wanted);

    return p->price * (far + floor(far));
}

static double excess_at(const struct place *p, int64_t number)
{
    return number < p->low    ? (double)(p->low - number)
           : number > p->high ? (double)(number - p->high)
                              : 0;
}

static bool is_wrong(const struct place *p)
{
    return p->number < p->low || p->number > p->high;
}

static void note_sum(struct annealing *a, uint32_t sum)
{
    bool wrong = is_wrong(&a->sum[sum]);

    if (wrong && a->at[sum] == 0) {
        a->wrong[a->wrongs] = sum;
        a->at[sum] = ++a->wrongs;
    } else if (!wrong && a->at[sum] > 0) {
        uint32_t last = a->wrong[--a->wrongs];

        a->wrong[a->at[sum] - 1] = last;
        a->at[last] = a->at[sum];
        a->at[sum] = 0;
    }
}

/* Moves ---------------------------------------------------------------------------------------- */

static void move(struct annealing *a, uint32_t choice, int64_t by)
{
    const struct ddg_sums *s = a->sums;

    a->choice[choice].number += by;
    for (size_t i = s->above_start[choice]; i < s->above_start[choice + 1]; i++) {
        a->sum[s->above[i].of].number += by * s->above[i].times;
        note_sum(a, s->above[i].of);
    }
}

static bool is_within(const struct place *p, int64_t by)
{
    return p->number + by >= p->low && p->number + by <= p->high;
}

/* What moving a number costs, and how much worse it is with the sums that are then out of bounds.
 */
static double harm_of(struct annealing *a, uint32_t choice, int64_t by, double *cost)
{
    const struct ddg_sums *s = a->sums;
    const struct place *p = &a->choice[choice];
    double harm = 0;

    *cost = cost_at(p, p->number + by) - cost_at(p, p->number);
    for (size_t i = s->above_start[choice]; i < s->above_start[choice + 1]; i++) {
        const struct place *sum = &a->sum[s->above[i].of];
        int64_t then = sum->number + by * s->above[i].times;

        *cost += cost_at(sum, then) - cost_at(sum, sum->number);
        harm += sum->weight * (excess_at(sum, then) - excess_at(sum, sum->number));
    }
    a->looks += 1 + s->above_start[choice + 1] - s->above_start[choice];
    return harm + *cost;
}

/* Will chance have it at this heat? */
static bool accepts(struct annealing *a, double harm)
{
    return harm <= 0 ||
           ddg_random_below(&a->random, UINT32_MAX) < exp(-harm / a->heat) * UINT32_MAX;
}

/* Moves a number by one, if chance will have it. */
static void try_move(struct annealing *a, uint32_t choice, int64_t by)
{
    double cost, harm;

    if (!is_within(&a->choice[choice], by))
        return;
    harm = harm_of(a, choice, by, &cost);
    if (!accepts(a, harm))
        return;
    move(a, choice, by);
    a->cost += cost;
}

static void try_any(struct annealing *a)
{
    uint32_t choice = a->open[ddg_random_below(&a->random, a->opens)];
    const struct place *p = &a->choice[choice];
    bool up = p->number == p->low || (p->number < p->high && ddg_random_below(&a->random, 2) == 0);

    try_move(a, choice, up ? 1 : -1);
}

/* Moves a number, and another of one of its sums the other way, so that this stays. */
static void try_two(struct annealing *a)
{
    const struct ddg_sums *s = a->sums;
    uint32_t choice = a->open[ddg_random_below(&a->random, a->opens)], other, sum,
             sums = (uint32_t)(s->above_start[choice + 1] - s->above_start[choice]);
    const struct place *p = &a->choice[choice];
    int64_t by = is_within(p, 1) && (!is_within(p, -1) || ddg_random_below(&a->random, 2)) ? 1 : -1;
    double cost, more, harm;

    if (sums == 0 || !is_within(p, by))
        return;
    sum = s->above[s->above_start[choice] + ddg_random_below(&a->random, sums)].of;
    other = s->term[s->start[sum] +
                    ddg_random_below(&a->random, (uint32_t)(s->start[sum + 1] - s->start[sum]))]
                .of;
    if (other == choice || !is_within(&a->choice[other], -by))
        return;
    harm = harm_of(a, choice, by, &cost);
    move(a, choice, by);
    harm += harm_of(a, other, -by, &more);
    if (accepts(a, harm)) {
        move(a, other, -by);
        a->cost += cost + more;
    } else {
        move(a, choice, -by);
    }
}

/* Moves a number of a sum that is out of bounds, to where it is nearer. */
static void try_wrong(struct annealing *a)
{
    const struct ddg_sums *s = a->sums;
    uint32_t sum = a->wrong[ddg_random_below(&a->random, a->wrongs)];
    uint32_t count = (uint32_t)(s->start[sum + 1] - s->start[sum]);
    const struct ddg_term *term = &s->term[s->start[sum] + ddg_random_below(&a->random, count)];
    bool up = (a->sum[sum].number < a->sum[sum].low) == (term->times > 0);

    a->looks++;
    try_move(a, term->of, up ? 1 : -1);
}

/* Parts ---------------------------------------------------------------------------------------- */

static void keep_best(struct annealing *a)
{
    if (a->wrongs > 0 || a->cost >= a->least)
        return;
    a->least = a->cost;
    for (uint32_t i = 0; i < a->sums->choices; i++)
        a->best[i] = a->choice[i].number;
}

static void cool(struct annealing *a, double from, double to, uint64_t moves, uint64_t looks)
{
    const struct ddg_sums *s = a->sums;
    uint64_t most = looks / (1 + s->start[s->sums] / s->choices);

    if (moves > most)
        moves = most;
    for (uint64_t i = 0; i < moves; i++) {
        if (i % 1024 == 0)
            a->heat = from * pow(to / from, (double)i / (double)moves);
        if (i % 2)
            try_two(a);
        else
            try_any(a);
    }
    keep_best(a);
}

/* Until nothing is out of bounds, or that has not become less for long. */
static void mend(struct annealing *a, uint64_t looks)
{
    uint64_t patience = (uint64_t)a->opens * MENDING, end = a->looks + looks;
    uint32_t fewest = a->wrongs;

    for (uint64_t i = 0, since = 0; a->wrongs > 0 && since < patience && a->looks < end;
         i++, since++) {
        for (uint32_t w = 0; i % 1024 == 0 && w < a->wrongs; w++)
            a->sum[a->wrong[w]].weight += weighs_more;
        if (i % 2 == 0)
            try_any(a);
        else
            try_wrong(a);
        if (a->wrongs < fewest) {
            fewest = a->wrongs;
            since = 0;
        }
    }
    keep_best(a);
}

/* Sets out once more from what is within bounds, and what weighed more there does so no longer. */
static void refine(struct annealing *a)
{
    uint64_t looks = LOOKS / 8;

    for (uint32_t sum = 0; sum < a->sums->sums; sum++)
        a->sum[sum].weight = 1;
    cool(a, warm, coldest, (uint64_t)a->opens * REFINING, looks);
    a->heat = cold;
    mend(a, looks);
}

static void search(struct annealing *a, bool near)
{
    uint64_t end;

    if (!near)
        cool(a, hot, cold, (uint64_t)a->opens * COOLING, LOOKS);
    a->heat = cold;
    mend(a, LOOKS);
    if (a->wrongs > 0)
        return;
    end = a->looks + LOOKS / 4;
    for (int i = 0; i < ROUNDS && a->wrongs == 0 && a->looks < end; i++)
        refine(a);
}

/* ---------------------------------------------------------------------------------------------- */

static enum ddg_error allocate(struct annealing *a, struct ddg_context *context)
{
    const struct ddg_sums *s = a->sums;
    enum ddg_error error;

    if ((error = ddg_allocate(&a->choice, s->choices, sizeof *a->choice, context)) ||
        (error = ddg_allocate(&a->sum, s->sums, sizeof *a->sum, context)) ||
        (error = ddg_allocate(&a->open, s->choices, sizeof *a->open, context)) ||
        (error = ddg_allocate(&a->wrong, s->sums, sizeof *a->wrong, context)) ||
        (error = ddg_allocate(&a->at, s->sums, sizeof *a->at, context)))
        return error;
    return ddg_allocate(&a->best, s->choices, sizeof *a->best, context);
}

static void begin(struct annealing *a, const struct ddg_goal *goal, const int64_t *number)
{
    const struct ddg_sums *s = a->sums;

    for (uint32_t i = 0; i < s->sums; i++) {
        const struct ddg_goal *g = s->cell[i] == DDG_NO_CELL ? NULL : &goal[s->cell[i]];

        a->sum[i] = (struct place){0,
                                   g ? g->low : s->low[i],
                                   g ? g->high : s->high[i],
                                   g ? g->wanted : 0,
                                   g && g->priced ? price : 0,
                                   1};
    }
    for (uint32_t i = 0; i < s->choices; i++) {
        const struct ddg_goal *g = &goal[s->chosen[i]];
        int64_t at = number[s->chosen[i]];

        a->choice[i] = (struct place){0, g->low, g->high, g->wanted, g->priced ? price : 0, 1};
        move(a, i, at < g->low ? g->low : at > g->high ? g->high : at);
        a->cost += cost_at(&a->choice[i], a->choice[i].number);
        if (g->low < g->high)
            a->open[a->opens++] = i;
    }
    for (uint32_t i = 0; i < s->sums; i++) {
        note_sum(a, i);
        a->cost += cost_at(&a->sum[i], a->sum[i].number);
    }
}

static int64_t farthest_of(const struct annealing *a)
{
    double farthest = 0;

    for (uint32_t i = 0; i < a->wrongs; i++)
        farthest = fmax(farthest, excess_at(&a->sum[a->wrong[i]], a->sum[a->wrong[i]].number));
    return (int64_t)farthest;
}

enum ddg_error ddg_anneal(const struct ddg_sums *sums, const struct ddg_goal *goal, bool near,
                          int64_t *number, int64_t *farthest, struct ddg_context *context)
{
    struct annealing a = {.sums = sums, .random = ddg_random_start(1), .least = INFINITY};
    enum ddg_error error = allocate(&a, context);

    if (!error) {
        begin(&a, goal, number);
        keep_best(&a);
        if (a.opens > 0)
            search(&a, near);
        *farthest = a.least < INFINITY ? 0 : farthest_of(&a);
        for (uint32_t i = 0; i < sums->choices; i++)
            number[sums->chosen[i]] = *farthest > 0 ? a.choice[i].number : a.best[i];
        ddg_sums_add_up(sums, number);
    }
    free(a.choice);
    free(a.sum);
    free(a.open);
    free(a.wrong);
    free(a.at);
    free(a.best);
    return error;
}
