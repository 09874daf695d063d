#include "protect/settling.h"

#include "protect/fractions.h"

#include <stdlib.h>

/* How often the search cell by cell may turn back, and how far above the least a count without
 * bound is put. */
enum { DEAD_ENDS = 1000, FAR_ENOUGH = 100 };

/* Cell by cell --------------------------------------------------------------------------------- */

/* How many counts are open in that of the cell's lines that has most of them. */
static uint32_t competitors(const struct ddg_fitting *f, uint32_t cell)
{
    const struct ddg_model *m = f->model;
    uint32_t most = 2;

    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line = m->cell_line[i], open = 0;

        for (size_t j = m->line_start[line]; j < m->line_start[line + 1]; j++)
            open += ddg_fitting_is_open(f, m->line_cell[j]);
        if (open > most)
            most = open;
    }
    return most;
}

/* A count with room on both sides, then others; false when none is left to be tried. */
static bool candidate(const struct ddg_fitting *f, uint32_t cell, uint32_t tried, uint64_t *count)
{
    enum { MOST_TRIED = 8 };
    uint64_t low = f->truth->low[cell], high = f->truth->high[cell];

    if (high == UINT64_MAX)
        high = low > UINT64_MAX - FAR_ENOUGH ? UINT64_MAX - 1 : low + FAR_ENOUGH;
    switch (tried) {
    case 0:
        *count = low + (high - low) / competitors(f, cell);
        return true;
    case 1:
        *count = low;
        return true;
    case 2:
        *count = high;
        return true;
    default:
        *count = low + (tried - 2);
        return tried < MOST_TRIED && *count <= high;
    }
}

/* A cell that was decided on, and how many of its candidates were tried. */
struct decision {
    uint32_t cell, tried;
    size_t mark; /* of the trail */
};

struct settling {
    struct ddg_fitting *fitting;
    struct decision *decision;
    size_t count, room;
    uint32_t dead_ends;
    struct ddg_context *context;
};

/* Gives the last decision its next candidate that the lines allow; *good is false, and it is taken
 * back, when there is none. */
static enum ddg_error try_next(struct settling *s, bool *good)
{
    struct decision *last = &s->decision[s->count - 1];
    enum ddg_error error = DDG_OK;
    uint64_t count;

    ddg_fitting_back(s->fitting, last->mark);
    *good = false;
    while (!error && !*good && candidate(s->fitting, last->cell, last->tried, &count)) {
        last->tried++;
        error = ddg_fitting_try(s->fitting, last->cell, count, count, good, s->context);
        s->dead_ends += !*good;
    }
    s->count -= !*good;
    return error;
}

static enum ddg_error push(struct settling *s, uint32_t cell)
{
    enum ddg_error error =
        ddg_grow(&s->decision, &s->room, s->count + 1, sizeof *s->decision, s->context);

    if (!error)
        s->decision[s->count++] = (struct decision){cell, 0, s->fitting->trail_count};
    return error;
}

static enum ddg_error decide_all(struct settling *s, uint32_t first, bool *found)
{
    enum ddg_error error = DDG_OK;

    *found = true;
    for (uint32_t cell = first; !error && *found && cell < s->fitting->model->cells; cell++) {
        bool good = false;

        if (!ddg_fitting_is_open(s->fitting, cell))
            continue;
        error = push(s, cell);
        while (!error && !good && s->count > 0 && s->dead_ends < DEAD_ENDS) {
            cell = s->decision[s->count - 1].cell;
            error = try_next(s, &good);
        }
        *found = good;
    }
    return error;
}

/* Whole ---------------------------------------------------------------------------------------- */

/* Cells before `first` were only narrowed by what was decided on others. */
static void restore(struct ddg_fitting *f, uint32_t first)
{
    for (size_t i = f->trail_count; i-- > 0;)
        if (f->trail[i].cell < first) {
            f->truth->low[f->trail[i].cell] = f->trail[i].low;
            f->truth->high[f->trail[i].cell] = f->trail[i].high;
        }
}

enum ddg_error ddg_settle(struct ddg_fitting *f, uint32_t first, bool *found,
                          struct ddg_context *context)
{
    struct settling s = {.fitting = f, .context = context};
    enum ddg_error error = decide_all(&s, first, found);

    free(s.decision);
    if (!error && !*found) {
        ddg_fitting_back(f, 0);
        error = ddg_fractions_settle(f, found, context);
    }
    restore(f, first);
    return error;
}
