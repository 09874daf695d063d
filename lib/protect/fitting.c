#include "protect/fitting.h"

#include <stdlib.h>

typedef unsigned __int128 wide;

enum ddg_error ddg_fitting_init(struct ddg_fitting *f, const struct ddg_model *model,
                                const bool *loose, struct ddg_truth *truth,
                                struct ddg_context *context)
{
    enum ddg_error error;

    *f = (struct ddg_fitting){.model = model, .loose = loose, .truth = truth};
    if ((error = ddg_allocate(&f->queue, model->lines, sizeof *f->queue, context)))
        return error;
    return ddg_allocate(&f->queued, model->lines, sizeof *f->queued, context);
}

void ddg_fitting_free(struct ddg_fitting *f)
{
    free(f->queue);
    free(f->queued);
    free(f->trail);
    *f = (struct ddg_fitting){0};
}

/* Narrowing ------------------------------------------------------------------------------------ */

static void enqueue(struct ddg_fitting *f, uint32_t line)
{
    if (f->queued[line])
        return;
    f->queued[line] = true;
    f->queue[(f->head + f->waiting++) % f->model->lines] = line;
}

static uint32_t dequeue(struct ddg_fitting *f)
{
    uint32_t line = f->queue[f->head];

    f->head = (f->head + 1) % f->model->lines;
    f->waiting--;
    f->queued[line] = false;
    return line;
}

static enum ddg_error note(struct ddg_fitting *f, uint32_t cell, struct ddg_context *context)
{
    enum ddg_error error =
        ddg_grow(&f->trail, &f->trail_room, f->trail_count + 1, sizeof *f->trail, context);

    if (!error)
        f->trail[f->trail_count++] =
            (struct ddg_narrowed){cell, f->truth->low[cell], f->truth->high[cell]};
    return error;
}

/* *good becomes false where nothing is left. */
static enum ddg_error restrict_cell(struct ddg_fitting *f, uint32_t cell, wide low, wide high,
                                    bool *good, struct ddg_context *context)
{
    const struct ddg_model *m = f->model;
    uint64_t *least = &f->truth->low[cell], *most = &f->truth->high[cell];
    enum ddg_error error;

    if (low > *most || high < *least) {
        *good = false;
        return DDG_OK;
    }
    if (low <= *least && high >= *most)
        return DDG_OK;
    if ((error = note(f, cell, context)))
        return error;
    if (low > *least)
        *least = (uint64_t)low;
    if (high < *most)
        *most = (uint64_t)high;
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        enqueue(f, m->cell_line[i]);
    return DDG_OK;
}

/* What the parts of a line come to. */
struct sum {
    wide low, high;   /* but for parts without a bound */
    uint32_t open;    /* how many there are of those */
    uint64_t largest; /* the largest low of a part */
};

static struct sum add_up(const struct ddg_fitting *f, uint32_t line)
{
    const struct ddg_model *m = f->model;
    struct sum sum = {0};

    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++) {
        uint64_t low = f->truth->low[m->line_cell[i]], high = f->truth->high[m->line_cell[i]];

        sum.low += low;
        if (low > sum.largest)
            sum.largest = low;
        if (high == UINT64_MAX)
            sum.open++;
        else
            sum.high += high;
    }
    return sum;
}

/* The least and the most that the parts leave the total. */
static wide least_total(const struct ddg_fitting *f, uint32_t line, const struct sum *sum)
{
    return f->loose[line] ? sum->largest : sum->low;
}

static wide most_total(const struct sum *sum)
{
    return sum->open > 0 ? UINT64_MAX : sum->high;
}

bool ddg_fitting_allows(const struct ddg_fitting *f, uint32_t line)
{
    const struct sum sum = add_up(f, line);
    uint32_t total = f->model->line_cell[f->model->line_start[line]];

    return least_total(f, line, &sum) <= f->truth->high[total] &&
           most_total(&sum) >= f->truth->low[total];
}

/* A part is at least what the total has beyond the most of the others, and at most what it has
 * beyond their least; where parts overlap it is at most the total. */
static enum ddg_error restrict_part(struct ddg_fitting *f, uint32_t line, uint32_t part,
                                    const struct sum *sum, bool *good, struct ddg_context *context)
{
    const struct ddg_truth *t = f->truth;
    uint32_t total = f->model->line_cell[f->model->line_start[line]];
    bool open = t->high[part] == UINT64_MAX;
    wide others_low = sum->low - t->low[part], others_high = sum->high - (open ? 0 : t->high[part]);
    wide low = 0, high = t->high[total];

    if (sum->open == (open ? 1 : 0) && t->low[total] > others_high)
        low = t->low[total] - others_high;
    if (t->high[total] != UINT64_MAX && !f->loose[line]) {
        if (others_low > high) {
            *good = false;
            return DDG_OK;
        }
        high -= others_low;
    }
    return restrict_cell(f, part, low, high, good, context);
}

static enum ddg_error narrow_line(struct ddg_fitting *f, uint32_t line, bool *good,
                                  struct ddg_context *context)
{
    const struct ddg_model *m = f->model;
    const struct sum sum = add_up(f, line);
    uint32_t total = m->line_cell[m->line_start[line]];
    enum ddg_error error =
        restrict_cell(f, total, least_total(f, line, &sum), most_total(&sum), good, context);

    for (size_t i = m->line_start[line] + 1; !error && *good && i < m->line_start[line + 1]; i++)
        error = restrict_part(f, line, m->line_cell[i], &sum, good, context);
    return error;
}

static enum ddg_error narrow(struct ddg_fitting *f, uint32_t *line, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;
    bool good = true;

    *line = DDG_NO_LINE;
    while (!error && good && f->waiting > 0) {
        uint32_t at = dequeue(f);

        error = narrow_line(f, at, &good, context);
        if (!good)
            *line = at;
    }
    while (f->waiting > 0)
        dequeue(f);
    return error;
}

enum ddg_error ddg_fitting_narrow(struct ddg_fitting *f, uint32_t *line,
                                  struct ddg_context *context)
{
    enum ddg_error error;

    for (uint32_t i = 0; i < f->model->lines; i++)
        enqueue(f, i);
    error = narrow(f, line, context);
    f->trail_count = 0;
    return error;
}

void ddg_fitting_back(struct ddg_fitting *f, size_t mark)
{
    while (f->trail_count > mark) {
        struct ddg_narrowed was = f->trail[--f->trail_count];

        f->truth->low[was.cell] = was.low;
        f->truth->high[was.cell] = was.high;
    }
}

enum ddg_error ddg_fitting_try(struct ddg_fitting *f, uint32_t cell, uint64_t low, uint64_t high,
                               bool *good, struct ddg_context *context)
{
    size_t mark = f->trail_count;
    uint32_t line = DDG_NO_LINE;
    enum ddg_error error;

    *good = true;
    error = restrict_cell(f, cell, low, high, good, context);
    if (!error && *good)
        error = narrow(f, &line, context);
    *good = *good && line == DDG_NO_LINE;
    if (!*good)
        ddg_fitting_back(f, mark);
    return error;
}
