#include "round/repair.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* Looks at a total of a part; parts of a total that are looked at; moves for which a part rests. */
enum { WORK = 60000000, SAMPLE = 256, REST = 8, PASSES = 4 };

/* Larger numbers would not leave room for sums. */
#define LARGEST ((uint64_t)1 << 52)

struct repair {
    const struct ddg_nearby *nearby;
    const struct ddg_truth *range;
    int64_t *number;  /* of each cell */
    bool *is_total;   /* of each cell: it has parts */
    uint32_t *seen;   /* of each cell: the part from which it was last come to, plus 1 */
    uint32_t *leaf;   /* the cells without parts */
    size_t *up_start; /* totals with a range above leaf i: up[up_start[i] .. up_start[i + 1]) */
    uint32_t *up;
    size_t *down_start; /* leaves of cell i, by number: down[down_start[i] .. ) */
    uint32_t *down;
    double *weight;  /* of each cell */
    uint32_t *rests; /* of each leaf: the move until which it rests */
    uint32_t *wrong; /* totals that are out of range, */
    uint32_t *place; /* and of each cell, where it stands among them plus 1 */
    uint32_t leaves, wrongs, move;
    size_t up_room;
    double unit; /* the largest cost */
    uint64_t work, random;
};

/* Structure ------------------------------------------------------------------------------------ */

/* Adds up marks of the leaves: false where two lines of a total have different ones. */
static bool same_leaves(const struct repair *r, uint64_t *mark)
{
    const struct ddg_model *m = r->nearby->model;
    uint32_t highest = 0;

    for (size_t d = 0; d < m->dimensions; d++)
        highest += m->dimension[d].highest;
    for (uint32_t height = 1; height <= highest; height++)
        for (uint32_t line = 0; line < m->lines; line++) {
            uint32_t total = m->line_cell[m->line_start[line]];
            uint64_t sum = 0;

            if (ddg_model_height(m, total) != height)
                continue;
            for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++)
                sum += mark[m->line_cell[i]];
            if (mark[total] != 0 && mark[total] != sum)
                return false;
            mark[total] = sum;
        }
    return true;
}

static enum ddg_error find_leaves(struct repair *r, bool *fit, struct ddg_context *context)
{
    const struct ddg_model *m = r->nearby->model;
    uint64_t *mark;
    enum ddg_error error = ddg_allocate(&mark, m->cells, sizeof *mark, context);

    if (error)
        return error;
    *fit = !r->nearby->gapped;
    for (uint32_t line = 0; line < m->lines; line++) {
        r->is_total[m->line_cell[m->line_start[line]]] = true;
        *fit = *fit && !r->nearby->loose[line];
    }
    for (uint32_t cell = 0; cell < m->cells; cell++) {
        uint64_t state = ddg_random_start((uint64_t)cell + 1);

        *fit = *fit && r->range->low[cell] < LARGEST;
        if (r->is_total[cell])
            continue;
        mark[cell] = (uint64_t)ddg_random_below(&state, UINT32_MAX) << 32 | (cell + 1);
        r->leaf[r->leaves++] = cell;
    }
    *fit = *fit && same_leaves(r, mark);
    free(mark);
    return DDG_OK;
}

/* Lists the totals above a cell, each once, but for those that can be anything. */
static enum ddg_error climb(struct repair *r, uint32_t cell, uint32_t leaf, size_t *count,
                            struct ddg_context *context)
{
    const struct ddg_model *m = r->nearby->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t total = m->line_cell[m->line_start[m->cell_line[i]]];
        enum ddg_error error;

        if (total == cell || r->seen[total] == leaf + 1)
            continue;
        r->seen[total] = leaf + 1;
        if (r->range->low[total] > 0 || r->range->high[total] < UINT64_MAX) {
            if ((error = ddg_grow(&r->up, &r->up_room, *count + 1, sizeof *r->up, context)))
                return error;
            r->up[(*count)++] = total;
        }
        if ((error = climb(r, total, leaf, count, context)))
            return error;
    }
    return DDG_OK;
}

static enum ddg_error list_totals(struct repair *r, struct ddg_context *context)
{
    const struct ddg_model *m = r->nearby->model;
    size_t count = 0;
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; !error && i < r->leaves; i++) {
        r->up_start[i] = count;
        error = climb(r, r->leaf[i], i, &count, context);
    }
    r->up_start[r->leaves] = count;
    if (error || (error = ddg_allocate(&r->down, count, sizeof *r->down, context)))
        return error;
    for (size_t i = 0; i < count; i++)
        r->down_start[r->up[i] + 1]++;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        r->down_start[cell + 1] += r->down_start[cell];
    for (uint32_t i = r->leaves; i-- > 0;)
        for (size_t u = r->up_start[i]; u < r->up_start[i + 1]; u++)
            r->down[--r->down_start[r->up[u] + 1]] = i;
    /* each start was moved to its own list's first entry, one cell too far up */
    for (uint32_t cell = 0; cell < m->cells; cell++)
        r->down_start[cell] = r->down_start[cell + 1];
    r->down_start[m->cells] = count;
    return DDG_OK;
}

/* Numbers -------------------------------------------------------------------------------------- */

static bool is_within(const struct repair *r, uint32_t cell, int64_t number)
{
    return number >= 0 && (uint64_t)number >= r->range->low[cell] &&
           (uint64_t)number <= r->range->high[cell];
}

/* How far a number is out of range. */
static double excess(const struct repair *r, uint32_t cell, int64_t number)
{
    if (is_within(r, cell, number))
        return 0;
    return number < (int64_t)r->range->low[cell] ? (double)((int64_t)r->range->low[cell] - number)
                                                 : (double)(number - (int64_t)r->range->high[cell]);
}

static double cost_of(const struct ddg_aim *aim, int64_t number)
{
    double beyond = (double)number - (double)aim->wanted;

    return beyond < 0 ? -beyond * aim->below : beyond * aim->above;
}

double ddg_nearby_cost(const struct ddg_nearby *nearby, const uint64_t *number)
{
    double sum = 0;

    for (uint32_t cell = 0; cell < nearby->model->cells; cell++)
        sum += cost_of(&nearby->aim[cell], (int64_t)number[cell]);
    return sum;
}

static double change_of_cost(const struct repair *r, uint32_t cell, int64_t by)
{
    const struct ddg_aim *aim = &r->nearby->aim[cell];

    return cost_of(aim, r->number[cell] + by) - cost_of(aim, r->number[cell]);
}

static void note_total(struct repair *r, uint32_t cell)
{
    bool wrong = !is_within(r, cell, r->number[cell]);

    if (wrong && r->place[cell] == 0) {
        r->wrong[r->wrongs] = cell;
        r->place[cell] = ++r->wrongs;
    } else if (!wrong && r->place[cell] > 0) {
        uint32_t last = r->wrong[--r->wrongs];

        r->wrong[r->place[cell] - 1] = last;
        r->place[last] = r->place[cell];
        r->place[cell] = 0;
    }
}

static void move_leaf(struct repair *r, uint32_t leaf, int64_t by)
{
    r->number[r->leaf[leaf]] += by;
    for (size_t u = r->up_start[leaf]; u < r->up_start[leaf + 1]; u++) {
        r->number[r->up[u]] += by;
        note_total(r, r->up[u]);
    }
}

static void begin_numbers(struct repair *r, const double *start)
{
    const struct ddg_model *m = r->nearby->model;

    for (uint32_t cell = 0; cell < m->cells; cell++) {
        const struct ddg_aim *aim = &r->nearby->aim[cell];

        r->weight[cell] = 1;
        r->unit = fmax(r->unit, fmax(fabs(aim->below), fabs(aim->above)));
    }
    for (uint32_t i = 0; i < r->leaves; i++)
        move_leaf(r, i, llround(start[r->leaf[i]]));
    for (size_t u = 0; u < r->up_start[r->leaves]; u++)
        note_total(r, r->up[u]);
}

/* Moves ---------------------------------------------------------------------------------------- */

static double harm_of(struct repair *r, uint32_t leaf, int64_t by)
{
    double harm = 0.25 * change_of_cost(r, r->leaf[leaf], by) / r->unit;

    for (size_t u = r->up_start[leaf]; u < r->up_start[leaf + 1]; u++) {
        uint32_t total = r->up[u];

        harm += r->weight[total] *
                (excess(r, total, r->number[total] + by) - excess(r, total, r->number[total]));
    }
    r->work += 1 + r->up_start[leaf + 1] - r->up_start[leaf];
    return harm;
}

/* The leaf of a total whose move does least harm; DDG_NO_CELL where none can move. */
static uint32_t best_leaf(struct repair *r, uint32_t total, int64_t by, double *least)
{
    size_t first = r->down_start[total], count = r->down_start[total + 1] - first;
    size_t looks = count < SAMPLE ? count : SAMPLE;
    size_t at = count == 0 ? 0 : ddg_random_below(&r->random, (uint32_t)count);
    uint32_t best = DDG_NO_CELL;

    *least = INFINITY;
    for (size_t i = 0; i < looks; i++, at = at + 1 < count ? at + 1 : 0) {
        uint32_t leaf = r->down[first + at];
        double harm;

        if (r->rests[leaf] > r->move || !is_within(r, r->leaf[leaf], r->number[r->leaf[leaf]] + by))
            continue;
        harm = harm_of(r, leaf, by);
        if (harm < *least) {
            *least = harm;
            best = leaf;
        }
    }
    return best;
}

static void repair_totals(struct repair *r)
{
    while (r->wrongs > 0 && r->work < WORK) {
        uint32_t total = r->wrong[ddg_random_below(&r->random, r->wrongs)];
        int64_t by = r->number[total] < (int64_t)r->range->low[total] ? 1 : -1;
        double harm;
        uint32_t leaf = best_leaf(r, total, by, &harm);

        r->work++;
        r->move++;
        if (!(harm < 0))
            for (uint32_t i = 0; i < r->wrongs; i++)
                r->weight[r->wrong[i]]++;
        if (leaf == DDG_NO_CELL)
            continue;
        move_leaf(r, leaf, by);
        r->rests[leaf] = r->move + REST + ddg_random_below(&r->random, REST);
    }
}

/* What a move costs that takes no total out of its range; infinite where one is. */
static double price_of(const struct repair *r, uint32_t leaf, int64_t by)
{
    uint32_t cell = r->leaf[leaf];
    double price = change_of_cost(r, cell, by);

    if (!is_within(r, cell, r->number[cell] + by))
        return INFINITY;
    for (size_t u = r->up_start[leaf]; u < r->up_start[leaf + 1]; u++) {
        if (!is_within(r, r->up[u], r->number[r->up[u]] + by))
            return INFINITY;
        price += change_of_cost(r, r->up[u], by);
    }
    return price;
}

static void improve(struct repair *r)
{
    for (int pass = 0; pass < PASSES; pass++)
        for (uint32_t i = 0; i < r->leaves; i++) {
            double up = price_of(r, i, 1), down = price_of(r, i, -1);

            if (up < 0 || down < 0)
                move_leaf(r, i, up < down ? 1 : -1);
        }
}

/* ---------------------------------------------------------------------------------------------- */

static enum ddg_error allocate(struct repair *r, struct ddg_context *context)
{
    size_t cells = r->nearby->model->cells;
    enum ddg_error error;

    if ((error = ddg_allocate(&r->number, cells, sizeof *r->number, context)) ||
        (error = ddg_allocate(&r->is_total, cells, sizeof *r->is_total, context)) ||
        (error = ddg_allocate(&r->seen, cells, sizeof *r->seen, context)) ||
        (error = ddg_allocate(&r->leaf, cells, sizeof *r->leaf, context)) ||
        (error = ddg_allocate(&r->up_start, cells + 1, sizeof *r->up_start, context)) ||
        (error = ddg_allocate(&r->down_start, cells + 1, sizeof *r->down_start, context)) ||
        (error = ddg_allocate(&r->weight, cells, sizeof *r->weight, context)) ||
        (error = ddg_allocate(&r->rests, cells, sizeof *r->rests, context)) ||
        (error = ddg_allocate(&r->wrong, cells, sizeof *r->wrong, context)))
        return error;
    return ddg_allocate(&r->place, cells, sizeof *r->place, context);
}

static void release(struct repair *r)
{
    free(r->number);
    free(r->is_total);
    free(r->seen);
    free(r->leaf);
    free(r->up_start);
    free(r->up);
    free(r->down_start);
    free(r->down);
    free(r->weight);
    free(r->rests);
    free(r->wrong);
    free(r->place);
}

/* Totals that can be anything were left out until now. */
static void add_up(const struct repair *r, uint64_t *number)
{
    const struct ddg_model *m = r->nearby->model;

    for (uint32_t cell = 0; cell < m->cells; cell++)
        number[cell] = (uint64_t)r->number[cell];
    for (uint32_t i = 0; i < m->cells - m->printed; i++) {
        uint32_t cell = m->by_height[i];

        for (size_t l = m->cell_start[cell]; l < m->cell_start[cell + 1]; l++) {
            uint32_t line = m->cell_line[l];

            if (m->line_cell[m->line_start[line]] != cell)
                continue;
            number[cell] = 0;
            for (size_t c = m->line_start[line] + 1; c < m->line_start[line + 1]; c++)
                number[cell] += number[m->line_cell[c]];
        }
    }
}

enum ddg_error ddg_repair(const struct ddg_nearby *nearby, const struct ddg_truth *range,
                          const double *start, uint64_t *number, bool *found,
                          struct ddg_context *context)
{
    struct repair r = {.nearby = nearby, .range = range, .random = ddg_random_start(1), .unit = 1};
    bool fit = false;
    enum ddg_error error = allocate(&r, context);

    if (!error)
        error = find_leaves(&r, &fit, context);
    if (!error && fit)
        error = list_totals(&r, context);
    if (!error && fit) {
        begin_numbers(&r, start);
        repair_totals(&r);
        if (r.wrongs == 0)
            improve(&r);
        add_up(&r, number);
    }
    *found = !error && fit && r.wrongs == 0;
    release(&r);
    return error;
}
