#include "attack/problem.h"

#include <assert.h>
#include <stdlib.h>

enum ddg_error ddg_problem_add_unknown(struct ddg_problem *p, int64_t low, int64_t high,
                                       uint8_t wanted, bool supposed, uint32_t *number,
                                       struct ddg_context *context)
{
    size_t need = (size_t)p->unknowns + 1;
    enum ddg_error error;

    assert(low <= high && low >= -DDG_PROBLEM_LARGEST);
    assert(high <= DDG_PROBLEM_LARGEST || high == DDG_UNBOUNDED);
    if (p->unknowns == DDG_NO_UNKNOWN - 1)
        return ddg_fail(context, DDG_LIMIT, "more than 4 thousand million hidden numbers");
    if ((error = ddg_grow(&p->low, &p->unknown_room[0], need, sizeof *p->low, context)) ||
        (error = ddg_grow(&p->high, &p->unknown_room[1], need, sizeof *p->high, context)) ||
        (error = ddg_grow(&p->wanted, &p->unknown_room[2], need, sizeof *p->wanted, context)) ||
        (error = ddg_grow(&p->supposed, &p->unknown_room[3], need, sizeof *p->supposed, context)) ||
        (error = ddg_grow(&p->place, &p->unknown_room[4], need, sizeof *p->place, context)))
        return error;
    *number = p->unknowns++;
    p->low[*number] = low;
    p->high[*number] = high;
    p->wanted[*number] = wanted;
    p->supposed[*number] = supposed;
    p->place[*number] = 0;
    return DDG_OK;
}

enum ddg_error ddg_problem_add_row(struct ddg_problem *p, enum ddg_sense sense, int64_t right,
                                   uint32_t origin, struct ddg_context *context)
{
    size_t need = (size_t)p->rows + 1;
    enum ddg_error error;

    assert(right >= -DDG_PROBLEM_LARGEST && right <= DDG_PROBLEM_LARGEST);
    if (p->rows == DDG_NO_ROW - 1)
        return ddg_fail(context, DDG_LIMIT, "more than 4 thousand million rows");
    if ((error =
             ddg_grow(&p->row_start, &p->row_room[0], need + 1, sizeof *p->row_start, context)) ||
        (error = ddg_grow(&p->right, &p->row_room[1], need, sizeof *p->right, context)) ||
        (error = ddg_grow(&p->sense, &p->row_room[2], need, sizeof *p->sense, context)) ||
        (error = ddg_grow(&p->origin, &p->row_room[3], need, sizeof *p->origin, context)))
        return error;
    if (p->rows == 0)
        p->row_start[0] = 0;
    p->right[p->rows] = right;
    p->sense[p->rows] = (uint8_t)sense;
    p->origin[p->rows] = origin;
    p->rows++;
    p->row_start[p->rows] = p->row_start[p->rows - 1];
    return DDG_OK;
}

enum ddg_error ddg_problem_add_term(struct ddg_problem *p, uint32_t unknown, int64_t factor,
                                    struct ddg_context *context)
{
    size_t *end = &p->row_start[p->rows], place = p->place[unknown];
    enum ddg_error error;

    assert(p->rows > 0 && unknown < p->unknowns);
    assert(factor >= -DDG_PROBLEM_FACTOR && factor <= DDG_PROBLEM_FACTOR);
    if (place >= end[-1] && place < *end && p->row_unknown[place] == unknown) {
        int64_t sum = p->row_factor[place] + factor;

        if (sum < -DDG_PROBLEM_FACTOR || sum > DDG_PROBLEM_FACTOR)
            return ddg_fail(context, DDG_LIMIT,
                            "one number stands in an equation %d times and more",
                            DDG_PROBLEM_FACTOR + 1);
        p->row_factor[place] = sum;
        return DDG_OK;
    }
    if ((error = ddg_grow(&p->row_unknown, &p->term_room[0], *end + 1, sizeof *p->row_unknown,
                          context)) ||
        (error =
             ddg_grow(&p->row_factor, &p->term_room[1], *end + 1, sizeof *p->row_factor, context)))
        return error;
    p->place[unknown] = *end;
    p->row_unknown[*end] = unknown;
    p->row_factor[*end] = factor;
    ++*end;
    return DDG_OK;
}

/* Terms whose factors cancelled out leave their rows. */
static void drop_empty_terms(struct ddg_problem *p)
{
    size_t kept = 0, i = 0;

    for (uint32_t row = 0; row < p->rows; row++) {
        for (; i < p->row_start[row + 1]; i++) {
            if (p->row_factor[i] == 0)
                continue;
            p->row_unknown[kept] = p->row_unknown[i];
            p->row_factor[kept++] = p->row_factor[i];
        }
        p->row_start[row + 1] = kept;
    }
}

/* Turns terms of rows around into terms of unknowns. */
static enum ddg_error turn(struct ddg_problem *p, struct ddg_context *context)
{
    size_t terms = p->rows ? p->row_start[p->rows] : 0, *next = p->place;
    enum ddg_error error;

    if ((error = ddg_allocate(&p->unknown_start, (size_t)p->unknowns + 1, sizeof *p->unknown_start,
                              context)) ||
        (error = ddg_allocate(&p->unknown_row, terms, sizeof *p->unknown_row, context)) ||
        (error = ddg_allocate(&p->unknown_factor, terms, sizeof *p->unknown_factor, context)))
        return error;
    for (size_t i = 0; i < terms; i++)
        p->unknown_start[p->row_unknown[i] + 1]++;
    for (uint32_t u = 0; u < p->unknowns; u++) {
        p->unknown_start[u + 1] += p->unknown_start[u];
        next[u] = p->unknown_start[u];
    }
    for (uint32_t row = 0; row < p->rows; row++)
        for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++) {
            size_t at = next[p->row_unknown[i]]++;

            p->unknown_row[at] = row;
            p->unknown_factor[at] = p->row_factor[i];
        }
    return DDG_OK;
}

enum ddg_error ddg_problem_finish(struct ddg_problem *p, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    if (p->rows == 0)
        error = ddg_grow(&p->row_start, &p->row_room[0], 1, sizeof *p->row_start, context);
    if (error)
        return error;
    if (p->rows == 0)
        p->row_start[0] = 0;
    else
        drop_empty_terms(p);
    return turn(p, context);
}

void ddg_problem_free(struct ddg_problem *p)
{
    free(p->low);
    free(p->high);
    free(p->wanted);
    free(p->supposed);
    free(p->place);
    free(p->row_start);
    free(p->row_unknown);
    free(p->row_factor);
    free(p->right);
    free(p->sense);
    free(p->origin);
    free(p->unknown_start);
    free(p->unknown_row);
    free(p->unknown_factor);
    *p = (struct ddg_problem){0};
}
