#include "attack/contradiction.h"

#include "attack/bounds.h"
#include "attack/part.h"

#include <stdlib.h>

/* So many rows around the one at hand are looked at. */
enum { ROWS_MOST = 4000 };

struct searching {
    const struct ddg_problem *problem; /* the rows around, the nearest first */
    struct ddg_context *context;
    uint32_t *scratch; /* of each unknown: DDG_NO_UNKNOWN */
    uint32_t *row;     /* those that were chosen, then those that are tried with them */
    size_t chosen;
};

/* Puts into *fits whether something is left by the chosen rows and the first `more` of all. */
static enum ddg_error try_rows(struct searching *s, size_t more, bool *fits)
{
    struct ddg_part part = {0};
    uint32_t impossible = DDG_NO_ROW;
    enum ddg_error error;

    for (size_t i = 0; i < more; i++)
        s->row[s->chosen + i] = (uint32_t)i;
    error = ddg_part_make(&part, s->problem, s->row, s->chosen + more, s->scratch, s->context);
    if (!error)
        error = ddg_bounds_narrow(&part.problem, part.problem.low, part.problem.high,
                                  DDG_NO_UNKNOWN, &impossible, s->context);
    ddg_part_free(&part);
    *fits = impossible == DDG_NO_ROW;
    return error;
}

/* Puts into *last how many of the first `rows` it takes, with the chosen ones, to leave nothing. */
static enum ddg_error find_last(struct searching *s, size_t rows, size_t *last)
{
    size_t least = 0;

    *last = rows;
    while (least < *last) {
        size_t middle = least + (*last - least) / 2;
        bool fits;
        enum ddg_error error = try_rows(s, middle, &fits);

        if (error)
            return error;
        if (fits)
            least = middle + 1;
        else
            *last = middle;
    }
    return DDG_OK;
}

/* Chooses, from the last to the first, the rows without which the rows before them would fit. */
static enum ddg_error choose(struct searching *s)
{
    size_t rows = s->problem->rows, last;
    bool fits;
    enum ddg_error error = try_rows(s, rows, &fits);

    while (!error && !fits) {
        if ((error = find_last(s, rows, &last)) || last == 0)
            return error;
        if (s->chosen == DDG_CONTRADICTION_MOST)
            break;
        rows = last - 1;
        s->row[s->chosen++] = (uint32_t)rows;
    }
    s->chosen = 0;
    return error;
}

/* A number of the row that is not known from the start. */
static uint32_t unknown_of(const struct ddg_problem *problem, uint32_t row)
{
    for (size_t i = problem->row_start[row]; i < problem->row_start[row + 1]; i++)
        if (problem->low[problem->row_unknown[i]] != problem->high[problem->row_unknown[i]])
            return problem->row_unknown[i];
    return DDG_NO_UNKNOWN;
}

static enum ddg_error make_scratch(uint32_t **scratch, size_t unknowns, struct ddg_context *context)
{
    enum ddg_error error = ddg_allocate(scratch, unknowns, sizeof **scratch, context);

    for (size_t i = 0; !error && i < unknowns; i++)
        (*scratch)[i] = DDG_NO_UNKNOWN;
    return error;
}

enum ddg_error ddg_contradiction_find(struct ddg_contradiction *c,
                                      const struct ddg_problem *problem, int64_t *low,
                                      int64_t *high, uint32_t row, struct ddg_context *context)
{
    struct ddg_problem original = *problem;
    struct ddg_part around = {0};
    struct searching s = {.problem = &around.problem, .context = context};
    uint32_t *scratch = NULL, unknown;
    bool closed;
    enum ddg_error error;

    original.low = low;
    original.high = high;
    c->rows = 0;
    if ((unknown = unknown_of(&original, row)) == DDG_NO_UNKNOWN)
        return DDG_OK;
    if (!(error = make_scratch(&scratch, problem->unknowns, context)) &&
        !(error =
              ddg_part_around(&around, &original, unknown, ROWS_MOST, scratch, &closed, context)) &&
        !(error = make_scratch(&s.scratch, around.problem.unknowns, context)) &&
        !(error = ddg_allocate(&s.row, around.problem.rows + DDG_CONTRADICTION_MOST, sizeof *s.row,
                               context)))
        error = choose(&s);
    for (size_t i = 0; i < s.chosen; i++)
        c->row[c->rows++] = around.problem.origin[s.row[i]];
    ddg_part_free(&around);
    free(scratch);
    free(s.scratch);
    free(s.row);
    return error;
}
