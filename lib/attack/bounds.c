#include "attack/bounds.h"

#include "attack/wide.h"

#include <stdlib.h>

/* How often all rows may be gone through on average: ranges that shrink one by one for ever are
 * left as they are. */
enum { PASSES_MOST = 60, TERMS_AT_LEAST = 20000 };

struct narrowing {
    const struct ddg_problem *problem;
    int64_t *low, *high;
    uint32_t *queue; /* a ring of rows to look at */
    bool *queued;
    uint32_t head, waiting;
    uint64_t terms, most; /* that were gone through, and that may be */
    bool impossible;
};

static void enqueue(struct narrowing *n, uint32_t row)
{
    if (n->queued[row] || n->problem->sense[row] == DDG_SUPPOSED)
        return;
    n->queued[row] = true;
    n->queue[(n->head + n->waiting++) % n->problem->rows] = row;
}

static void enqueue_rows_of(struct narrowing *n, uint32_t unknown)
{
    const struct ddg_problem *p = n->problem;

    for (size_t i = p->unknown_start[unknown]; i < p->unknown_start[unknown + 1]; i++)
        enqueue(n, p->unknown_row[i]);
}

/* The smallest that a row's sum can be; terms without a bound on that side are counted apart. */
struct least {
    wide sum;
    uint32_t unbounded;
};

/* The smallest that sign * factor * unknown can be; false when nothing bounds it. */
static bool least_of_term(const struct narrowing *n, uint32_t unknown, int64_t factor, wide *least)
{
    if (factor > 0) {
        *least = (wide)factor * n->low[unknown];
        return true;
    }
    *least = (wide)factor * n->high[unknown];
    return n->high[unknown] != DDG_UNBOUNDED;
}

static struct least least_of_row(const struct narrowing *n, uint32_t row, int64_t sign)
{
    const struct ddg_problem *p = n->problem;
    struct least least = {0, 0};

    for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++) {
        wide term;

        if (least_of_term(n, p->row_unknown[i], sign * p->row_factor[i], &term))
            least.sum += term;
        else
            least.unbounded++;
    }
    return least;
}

/* Takes a bound on an unknown: from above if `factor` > 0, else from below. */
static void take(struct narrowing *n, uint32_t unknown, int64_t factor, wide room)
{
    wide bound;
    bool changed = false;

    if (factor > 0) {
        bound = ddg_floor_divide(room, factor);
        if (bound < n->high[unknown]) {
            n->impossible = n->impossible || bound < n->low[unknown];
            n->high[unknown] = n->impossible ? n->low[unknown] : (int64_t)bound;
            changed = true;
        }
    } else {
        bound = -ddg_floor_divide(room, -(wide)factor);
        if (bound > n->low[unknown]) {
            n->impossible = n->impossible || bound > n->high[unknown] || bound >= DDG_UNBOUNDED;
            n->low[unknown] = n->impossible ? n->low[unknown] : (int64_t)bound;
            changed = true;
        }
    }
    if (changed && !n->impossible)
        enqueue_rows_of(n, unknown);
}

/* Narrows by "the sum, times sign, is at most `right`". */
static void narrow_row(struct narrowing *n, uint32_t row, int64_t sign)
{
    const struct ddg_problem *p = n->problem;
    struct least least = least_of_row(n, row, sign);
    wide slack = (wide)sign * p->right[row] - least.sum;

    if (least.unbounded > 1)
        return;
    if (least.unbounded == 0 && slack < 0) {
        n->impossible = true;
        return;
    }
    for (size_t i = p->row_start[row]; i < p->row_start[row + 1] && !n->impossible; i++) {
        uint32_t unknown = p->row_unknown[i];
        int64_t factor = sign * p->row_factor[i];
        wide term;
        bool bounded = least_of_term(n, unknown, factor, &term);

        /* the one term without a bound gets what the others leave; with such a term the others
         * get none */
        if (bounded && least.unbounded == 0)
            take(n, unknown, factor, slack + term);
        else if (!bounded)
            take(n, unknown, factor, slack);
    }
}

static enum ddg_error start(struct narrowing *n, uint32_t from, struct ddg_context *context)
{
    const struct ddg_problem *p = n->problem;
    enum ddg_error error;

    if ((error = ddg_allocate(&n->queue, p->rows, sizeof *n->queue, context)) ||
        (error = ddg_allocate(&n->queued, p->rows, sizeof *n->queued, context)))
        return error;
    n->most = TERMS_AT_LEAST + (uint64_t)p->row_start[p->rows] * PASSES_MOST;
    if (from != DDG_NO_UNKNOWN)
        enqueue_rows_of(n, from);
    for (uint32_t row = 0; from == DDG_NO_UNKNOWN && row < p->rows; row++)
        enqueue(n, row);
    return DDG_OK;
}

enum ddg_error ddg_bounds_narrow(const struct ddg_problem *problem, int64_t *low, int64_t *high,
                                 uint32_t from, uint32_t *impossible, struct ddg_context *context)
{
    struct narrowing n = {.problem = problem, .low = low, .high = high};
    enum ddg_error error = start(&n, from, context);

    *impossible = DDG_NO_ROW;
    while (!error && n.waiting > 0 && n.terms < n.most && !n.impossible) {
        uint32_t row = n.queue[n.head];

        n.head = (n.head + 1) % problem->rows;
        n.waiting--;
        n.queued[row] = false;
        n.terms += 2 * (problem->row_start[row + 1] - problem->row_start[row]) + 1;
        narrow_row(&n, row, 1);
        if (!n.impossible && problem->sense[row] == DDG_EQUAL)
            narrow_row(&n, row, -1);
        if (n.impossible)
            *impossible = row;
    }
    free(n.queue);
    free(n.queued);
    return error;
}
