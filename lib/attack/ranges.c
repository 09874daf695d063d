#include "attack/ranges.h"

#include <stdlib.h>

/* How often the lines may be gone through on average: ranges that shrink one by one for ever are
 * left as they are. */
enum { PASSES_MOST = 100, ENTRIES_AT_LEAST = 1000000 };

/* Counts fit into 62 bits here, so that sums of two never overflow. */
#define LARGEST (INT64_MAX / 4)

struct narrowing {
    struct ddg_ranges *r;
    struct ddg_context *context;
    uint32_t *queue;
    bool *queued;
    uint64_t entries; /* of lines that were gone through, and how many may be */
    uint64_t most;
    uint32_t head, waiting;
    /* of the line at hand */
    uint32_t line;
    bool impossible;
};

static void enqueue(struct narrowing *n, uint32_t line)
{
    if (n->queued[line])
        return;
    n->queued[line] = true;
    n->queue[(n->head + n->waiting++) % n->r->model->lines] = line;
}

static void enqueue_lines_of(struct narrowing *n, uint32_t cell)
{
    const struct ddg_model *m = n->r->model;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        enqueue(n, m->cell_line[i]);
}

static void narrow(struct narrowing *n, uint32_t cell, int64_t low, int64_t high)
{
    struct ddg_ranges *r = n->r;
    bool changed = false;

    if (low > r->low[cell]) {
        r->low[cell] = low;
        changed = true;
    }
    if (high < r->high[cell]) {
        r->high[cell] = high;
        changed = true;
    }
    if (r->low[cell] > r->high[cell])
        n->impossible = true;
    if (!changed)
        return;
    r->reason[cell] = n->line;
    enqueue_lines_of(n, cell);
}

/* Sums over the parts of a line; parts without an upper bound are counted, not added. */
struct sums {
    int64_t low, high, largest_low;
    uint32_t unbounded;
};

static struct sums add_parts(struct narrowing *n, size_t first, size_t end)
{
    const struct ddg_ranges *r = n->r;
    struct sums sums = {0, 0, 0, 0};

    for (size_t i = first; i < end; i++) {
        uint32_t cell = r->model->line_cell[i];

        sums.low += r->low[cell];
        if (r->high[cell] == DDG_UNBOUNDED)
            sums.unbounded++;
        else
            sums.high += r->high[cell];
        if (r->low[cell] > sums.largest_low)
            sums.largest_low = r->low[cell];
        if (sums.low > LARGEST)
            n->impossible = true;
        if (sums.high > LARGEST) {
            sums.high = 0;
            sums.unbounded += 2; /* as good as none for every part */
        }
    }
    return sums;
}

/* The largest sum of the other parts, DDG_UNBOUNDED where one of them has no bound. */
static int64_t others_high(const struct ddg_ranges *r, const struct sums *sums, uint32_t cell)
{
    if (r->high[cell] == DDG_UNBOUNDED)
        return sums->unbounded > 1 ? DDG_UNBOUNDED : sums->high;
    return sums->unbounded > 0 ? DDG_UNBOUNDED : sums->high - r->high[cell];
}

static void narrow_line(struct narrowing *n)
{
    struct ddg_ranges *r = n->r;
    const struct ddg_model *m = r->model;
    size_t start = m->line_start[n->line], end = m->line_start[n->line + 1];
    bool loose = r->loose[m->line_dimension[n->line]];
    uint32_t total = m->line_cell[start];
    struct sums sums = add_parts(n, start + 1, end);

    narrow(n, total, loose ? sums.largest_low : sums.low,
           sums.unbounded ? DDG_UNBOUNDED : sums.high);
    for (size_t i = start + 1; i < end && !n->impossible; i++) {
        uint32_t cell = m->line_cell[i];
        int64_t others = others_high(r, &sums, cell), high = r->high[total];

        if (high != DDG_UNBOUNDED && !loose)
            high -= sums.low - r->low[cell];
        narrow(n, cell, others == DDG_UNBOUNDED ? 0 : r->low[total] - others, high);
        /* the sums are of before: less sharp than they could be, never wrong, and the line is
         * looked at again */
    }
}

static enum ddg_error start(struct narrowing *n)
{
    const struct ddg_model *m = n->r->model;
    enum ddg_error error;

    if ((error = ddg_allocate(&n->queue, m->lines, sizeof *n->queue, n->context)) ||
        (error = ddg_allocate(&n->queued, m->lines, sizeof *n->queued, n->context)))
        return error;
    n->most = ENTRIES_AT_LEAST + m->line_start[m->lines] * PASSES_MOST;
    for (uint32_t line = 0; line < m->lines; line++)
        enqueue(n, line);
    return DDG_OK;
}

enum ddg_error ddg_ranges_narrow(struct ddg_ranges *ranges, struct ddg_context *context)
{
    struct narrowing n = {.r = ranges, .context = context};
    enum ddg_error error = start(&n);

    while (!error && n.waiting > 0 && n.entries < n.most) {
        n.line = n.queue[n.head];
        n.head = (n.head + 1) % ranges->model->lines;
        n.waiting--;
        n.queued[n.line] = false;
        n.entries += ranges->model->line_start[n.line + 1] - ranges->model->line_start[n.line];
        narrow_line(&n);
        if (n.impossible)
            error = ddg_model_fail(ranges->model, n.line, context,
                                   "no counts fit this line: a total and its parts disagree");
    }
    free(n.queue);
    free(n.queued);
    return error;
}
