#include "round/small.h"

#include "base/random.h"
#include "round/order.h"

#include <math.h>
#include <stdlib.h>

/* Passes over all small counts, fewer where cells that are looked at would be more than WORK. */
enum { PASSES = 600, WORK = 400000000 };

/* Heat at first and at last, of the base: so much worse is often taken. */
#define HOTTEST 3.0
#define COOLEST 0.2

/* What a square costs: more where the count is small, as with the Hellinger distance, and something
 * everywhere, so that no change becomes large. */
#define BY_COUNT 2.0
#define BY_BASE 0.1

/* What each unit beyond the base costs more. */
#define STEEP 3.0

/* Larger numbers would not leave room for sums. */
#define LARGEST ((uint64_t)1 << 52)

/* A change costs its cell |change| + weight * change^2. */
struct choosing {
    const struct ddg_shown *shown;
    const struct ddg_model *model;
    struct ddg_context *context;
    int64_t base;
    const struct ddg_truth *bound; /* of each row, or NULL */
    bool *is_total;                /* of each cell: it has parts */
    double *weight;                /* of each cell */
    int64_t *change;               /* of each cell, as it is by now */
    uint32_t *small;               /* the cells that are rounded */
    bool *up;                      /* of each of these: to the base, */
    bool *fixed;                   /* and bounds leave nothing else */
    uint32_t *number;              /* of each cell: which of those it is, plus 1 */
    size_t *over_start;            /* small[i] and what it is a part of: over[over_start[i] .. ) */
    uint32_t *over;
    uint32_t *seen; /* of each cell: the last small one that came by, plus 1 */
    uint32_t smalls;
    size_t over_room;
    uint64_t random;
};

/* Structure ------------------------------------------------------------------------------------ */

static enum ddg_error check_counts(const struct choosing *c)
{
    const struct ddg_shown *s = c->shown;
    const struct ddg_table *t = c->model->table;

    for (uint32_t row = 0; row < c->model->printed; row++) {
        if (s->state[row] == DDG_SUPPRESSED)
            return ddg_table_fail(t, row, t->measure[s->measure].count, c->context,
                                  "suppressed already: the unmasked table is wanted");
        if (s->range.low[row] >= LARGEST)
            return ddg_table_fail(t, row, t->measure[s->measure].count, c->context,
                                  "too large to be rounded");
    }
    for (uint32_t line = 0; line < c->model->lines; line++)
        if (s->loose[line])
            return ddg_model_fail(c->model, line, c->context,
                                  "persons who count in several parts: what is rounded would not "
                                  "add up");
    return DDG_OK;
}

/* Lists a cell and all that it is a part of, each once. */
static enum ddg_error climb(struct choosing *c, uint32_t cell, size_t *count)
{
    const struct ddg_model *m = c->model;
    enum ddg_error error;

    if (c->seen[cell] == c->smalls + 1)
        return DDG_OK;
    c->seen[cell] = c->smalls + 1;
    if ((error = ddg_grow(&c->over, &c->over_room, *count + 1, sizeof *c->over, c->context)))
        return error;
    c->over[(*count)++] = cell;
    for (size_t i = m->cell_start[cell]; !error && i < m->cell_start[cell + 1]; i++)
        error = climb(c, m->line_cell[m->line_start[m->cell_line[i]]], count);
    return error;
}

static bool is_small(const struct choosing *c, uint32_t row)
{
    uint64_t count = c->shown->range.low[row];

    return c->shown->state[row] == DDG_SHOWN && !c->is_total[row] && count > 0 &&
           count < (uint64_t)c->base;
}

static enum ddg_error find_small(struct choosing *c)
{
    const struct ddg_model *m = c->model;
    size_t count = 0;
    enum ddg_error error = DDG_OK;

    for (uint32_t line = 0; line < m->lines; line++)
        c->is_total[m->line_cell[m->line_start[line]]] = true;
    for (uint32_t row = 0; !error && row < m->printed; row++) {
        if (!is_small(c, row))
            continue;
        c->over_start[c->smalls] = count;
        error = climb(c, row, &count);
        c->small[c->smalls++] = row;
        c->number[row] = c->smalls;
    }
    c->over_start[c->smalls] = count;
    return error;
}

/* Choosing ------------------------------------------------------------------------------------- */

static double cost(const struct choosing *c, uint32_t cell, int64_t change)
{
    double by = fabs((double)change), beyond = by - (double)c->base;

    return by + c->weight[cell] * by * by + (beyond > 0 ? STEEP * beyond : 0);
}

/* What it would cost to turn a small count the other way. */
static double turning(const struct choosing *c, uint32_t i)
{
    int64_t by = c->up[i] ? -c->base : c->base;
    double more = 0;

    for (size_t at = c->over_start[i]; at < c->over_start[i + 1]; at++) {
        uint32_t cell = c->over[at];

        more += cost(c, cell, c->change[cell] + by) - cost(c, cell, c->change[cell]);
    }
    return more;
}

static void turn(struct choosing *c, uint32_t i)
{
    int64_t by = c->up[i] ? -c->base : c->base;

    for (size_t at = c->over_start[i]; at < c->over_start[i + 1]; at++)
        c->change[c->over[at]] += by;
    c->up[i] = !c->up[i];
}

/* Puts all to 0 but what bounds have at the base. */
static enum ddg_error fix(struct choosing *c)
{
    for (uint32_t i = 0; i < c->smalls; i++) {
        uint64_t low = 0, high = 1;

        if (!ddg_bounds_leave(c->bound, c->small[i], (uint64_t)c->base, &low, &high))
            return ddg_fail(c->context, DDG_UNSAFE, "%s: bounds leave a small count nothing",
                            c->model->table->file);
        c->fixed[i] = low == high;
        if (low > 0)
            turn(c, i);
    }
    return DDG_OK;
}

static enum ddg_error start(struct choosing *c)
{
    enum ddg_error error;

    for (uint32_t i = 0; i < c->smalls; i++) {
        int64_t count = (int64_t)c->shown->range.low[c->small[i]];

        for (size_t at = c->over_start[i]; at < c->over_start[i + 1]; at++)
            c->change[c->over[at]] -= count;
    }
    if ((error = fix(c)))
        return error;
    for (uint32_t i = 0; i < c->smalls; i++)
        if (!c->fixed[i] && turning(c, i) < 0)
            turn(c, i);
    return DDG_OK;
}

/* Another small count in a line of this one that is rounded the other way; itself where chance
 * finds none. */
static uint32_t find_mate(struct choosing *c, uint32_t i)
{
    const struct ddg_model *m = c->model;
    uint32_t cell = c->small[i];
    size_t lines = m->cell_start[cell + 1] - m->cell_start[cell], start;
    uint32_t line, length, other;

    if (lines == 0)
        return i;
    line = m->cell_line[m->cell_start[cell] + ddg_random_below(&c->random, (uint32_t)lines)];
    start = m->line_start[line] + 1;
    length = (uint32_t)(m->line_start[line + 1] - start);
    for (int tries = 0; tries < 4; tries++) {
        other = c->number[m->line_cell[start + ddg_random_below(&c->random, length)]];
        if (other > 0 && !c->fixed[other - 1] && c->up[other - 1] != c->up[i])
            return other - 1;
    }
    return i;
}

static bool accepts(struct choosing *c, double more, double heat)
{
    enum { FINE = 1 << 24 };

    return more <= 0 ||
           (more < 20 * heat && ddg_random_below(&c->random, FINE) < FINE * exp(-more / heat));
}

/* Turns one, or two of a line in opposite directions. */
static void try_turn(struct choosing *c, uint32_t i, double heat)
{
    double more = turning(c, i);
    uint32_t mate;

    if (accepts(c, more, heat)) {
        turn(c, i);
        return;
    }
    mate = find_mate(c, i);
    if (mate == i)
        return;
    turn(c, i);
    more += turning(c, mate);
    if (accepts(c, more, heat))
        turn(c, mate);
    else
        turn(c, i);
}

static void pass_over(struct choosing *c, double heat)
{
    for (uint32_t i = 0; i < c->smalls; i++)
        if (!c->fixed[i])
            try_turn(c, i, heat);
}

static void anneal(struct choosing *c)
{
    enum { LAST = 4 };
    size_t work = 3 * c->over_start[c->smalls] + 1, passes = WORK / work;
    double heat = HOTTEST * (double)c->base, cooling;

    if (passes > PASSES)
        passes = PASSES;
    cooling = pow(COOLEST / HOTTEST, 1 / (double)(passes + 1));
    for (size_t pass = 0; pass < passes; pass++, heat *= cooling)
        pass_over(c, heat);
    for (int pass = 0; pass < LAST; pass++)
        pass_over(c, 0);
}

/* Whole ---------------------------------------------------------------------------------------- */

static enum ddg_error allocate(struct choosing *c)
{
    uint32_t cells = c->model->cells, printed = c->model->printed;
    enum ddg_error error;

    if ((error = ddg_allocate(&c->is_total, cells, sizeof *c->is_total, c->context)) ||
        (error = ddg_allocate(&c->weight, cells, sizeof *c->weight, c->context)) ||
        (error = ddg_allocate(&c->change, cells, sizeof *c->change, c->context)) ||
        (error = ddg_allocate(&c->number, cells, sizeof *c->number, c->context)) ||
        (error = ddg_allocate(&c->seen, cells, sizeof *c->seen, c->context)) ||
        (error = ddg_allocate(&c->small, printed, sizeof *c->small, c->context)) ||
        (error = ddg_allocate(&c->up, printed, sizeof *c->up, c->context)) ||
        (error = ddg_allocate(&c->fixed, printed, sizeof *c->fixed, c->context)))
        return error;
    return ddg_allocate(&c->over_start, (size_t)printed + 1, sizeof *c->over_start, c->context);
}

static void weigh(struct choosing *c)
{
    double base = (double)c->base;

    for (uint32_t cell = 0; cell < c->model->cells; cell++)
        c->weight[cell] = BY_COUNT / ((double)c->shown->range.low[cell] + base) + BY_BASE / base;
}

/* Do the changes of a line add up?  Those of its counts do: what is known of them was read so. */
static bool adds_up(const struct choosing *c, uint32_t line)
{
    const struct ddg_model *m = c->model;
    size_t start = m->line_start[line];
    int64_t sum = 0;

    for (size_t i = start + 1; i < m->line_start[line + 1]; i++)
        sum += c->change[m->line_cell[i]];
    return sum == c->change[m->line_cell[start]];
}

/* Where totals have parts without data, one can be left small.  Looks at all numbers once more:
 * nothing small, and nothing that does not add up, leaves here. */
static enum ddg_error check_result(const struct choosing *c)
{
    const struct ddg_model *m = c->model;
    const struct ddg_truth *range = &c->shown->range;
    char where[256];

    for (uint32_t cell = 0; cell < m->cells; cell++) {
        int64_t count = (int64_t)range->low[cell] + c->change[cell];

        bool shown = cell >= m->printed || c->shown->state[cell] == DDG_SHOWN;

        if (!shown || range->low[cell] != range->high[cell] || count == 0 || count >= c->base)
            continue;
        ddg_model_describe(m, cell, where, sizeof where);
        return ddg_fail(c->context, DDG_UNSAFE,
                        "%s: parts that have no data leave a small total: %s", m->table->file,
                        where);
    }
    for (uint32_t line = 0; line < m->lines; line++)
        if (!adds_up(c, line))
            return ddg_model_fail(m, line, c->context,
                                  "parts are missing: what is rounded would not add up");
    return DDG_OK;
}

static enum ddg_error choose(struct choosing *c, uint64_t *value)
{
    enum ddg_error error;

    if ((error = allocate(c)) || (error = check_counts(c)) || (error = find_small(c)))
        return error;
    weigh(c);
    if ((error = start(c)))
        return error;
    anneal(c);
    for (uint32_t row = 0; row < c->model->printed; row++)
        if (c->shown->state[row] == DDG_SHOWN)
            value[row] = (uint64_t)((int64_t)c->shown->range.low[row] + c->change[row]);
    return check_result(c);
}

enum ddg_error ddg_round_small(const struct ddg_shown *shown, uint64_t base,
                               const struct ddg_truth *bound, uint64_t *value,
                               struct ddg_context *context)
{
    struct choosing c = {.shown = shown,
                         .model = shown->model,
                         .context = context,
                         .base = (int64_t)base,
                         .bound = bound,
                         .random = ddg_random_start(1)};
    enum ddg_error error = choose(&c, value);

    free(c.is_total);
    free(c.weight);
    free(c.change);
    free(c.number);
    free(c.seen);
    free(c.small);
    free(c.up);
    free(c.fixed);
    free(c.over_start);
    free(c.over);
    return error;
}
