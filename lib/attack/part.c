#include "attack/part.h"

#include <stdlib.h>

static bool is_point(const struct ddg_problem *p, uint32_t unknown)
{
    return p->low[unknown] == p->high[unknown];
}

/* Components --------------------------------------------------------------------------------- */

static uint32_t root_of(uint32_t *above, uint32_t unknown)
{
    while (above[unknown] != unknown) {
        above[unknown] = above[above[unknown]];
        unknown = above[unknown];
    }
    return unknown;
}

/* An unknown of the row that is no point, or DDG_NO_UNKNOWN. */
static uint32_t some_unknown(const struct ddg_problem *p, uint32_t row)
{
    for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++)
        if (!is_point(p, p->row_unknown[i]))
            return p->row_unknown[i];
    return DDG_NO_UNKNOWN;
}

static void join_rows(const struct ddg_problem *p, uint32_t *above)
{
    for (uint32_t u = 0; u < p->unknowns; u++)
        above[u] = u;
    for (uint32_t row = 0; row < p->rows; row++) {
        uint32_t first = some_unknown(p, row);

        if (first == DDG_NO_UNKNOWN || p->sense[row] == DDG_SUPPOSED)
            continue;
        for (size_t i = p->row_start[row]; i < p->row_start[row + 1]; i++)
            if (!is_point(p, p->row_unknown[i]))
                above[root_of(above, p->row_unknown[i])] = root_of(above, first);
    }
}

/* Numbers the groups by their first rows and counts their rows into start[group + 1]. */
static void number_groups(struct ddg_row_groups *g, const struct ddg_problem *p, uint32_t *above,
                          uint32_t *group)
{
    for (uint32_t u = 0; u < p->unknowns; u++)
        group[u] = UINT32_MAX;
    for (uint32_t row = 0; row < p->rows; row++) {
        uint32_t first = some_unknown(p, row), *number;

        if (first == DDG_NO_UNKNOWN || p->sense[row] == DDG_SUPPOSED)
            continue;
        number = &group[root_of(above, first)];
        if (*number == UINT32_MAX)
            *number = (uint32_t)g->groups++;
        g->start[*number + 1]++;
    }
    for (size_t i = 0; i < g->groups; i++)
        g->start[i + 1] += g->start[i];
}

static void fill_groups(struct ddg_row_groups *g, const struct ddg_problem *p, uint32_t *above,
                        const uint32_t *group)
{
    for (uint32_t row = 0; row < p->rows; row++) {
        uint32_t first = some_unknown(p, row);

        if (first != DDG_NO_UNKNOWN && p->sense[row] != DDG_SUPPOSED)
            g->row[g->start[group[root_of(above, first)]]++] = row;
    }
    for (size_t i = g->groups; i > 0; i--)
        g->start[i] = g->start[i - 1];
    g->start[0] = 0;
}

enum ddg_error ddg_components(struct ddg_row_groups *g, const struct ddg_problem *p,
                              struct ddg_context *context)
{
    uint32_t *above = NULL, *group = NULL;
    enum ddg_error error;

    *g = (struct ddg_row_groups){0};
    if (!(error = ddg_allocate(&above, p->unknowns, sizeof *above, context)) &&
        !(error = ddg_allocate(&group, p->unknowns, sizeof *group, context)) &&
        !(error = ddg_allocate(&g->row, p->rows, sizeof *g->row, context)) &&
        !(error = ddg_allocate(&g->start, (size_t)p->rows + 2, sizeof *g->start, context))) {
        join_rows(p, above);
        number_groups(g, p, above, group);
        fill_groups(g, p, above, group);
    }
    free(above);
    free(group);
    return error;
}

void ddg_row_groups_free(struct ddg_row_groups *g)
{
    free(g->row);
    free(g->start);
    *g = (struct ddg_row_groups){0};
}

/* Parts -------------------------------------------------------------------------------------- */

static enum ddg_error add_unknown(struct ddg_part *part, const struct ddg_problem *whole,
                                  uint32_t unknown, size_t *room, uint32_t *scratch,
                                  struct ddg_context *context)
{
    enum ddg_error error = ddg_grow(&part->unknown, room, (size_t)part->problem.unknowns + 1,
                                    sizeof *part->unknown, context);

    if (error)
        return error;
    part->unknown[part->problem.unknowns] = unknown;
    return ddg_problem_add_unknown(&part->problem, whole->low[unknown], whole->high[unknown],
                                   whole->wanted[unknown], false, &scratch[unknown], context);
}

static enum ddg_error add_row(struct ddg_part *part, const struct ddg_problem *whole, uint32_t row,
                              size_t *room, uint32_t *scratch, struct ddg_context *context)
{
    __int128 right = whole->right[row];
    enum ddg_error error;

    for (size_t i = whole->row_start[row]; i < whole->row_start[row + 1]; i++)
        if (is_point(whole, whole->row_unknown[i]))
            right -= (__int128)whole->row_factor[i] * whole->low[whole->row_unknown[i]];
    if (right > DDG_PROBLEM_LARGEST || right < -DDG_PROBLEM_LARGEST)
        return ddg_fail(context, DDG_LIMIT,
                        "hidden counts that may be above 2^40 cannot be attacked");
    error = ddg_problem_add_row(&part->problem, (enum ddg_sense)whole->sense[row], (int64_t)right,
                                row, context);
    for (size_t i = whole->row_start[row]; !error && i < whole->row_start[row + 1]; i++) {
        uint32_t unknown = whole->row_unknown[i];

        if (is_point(whole, unknown))
            continue;
        if (scratch[unknown] == DDG_NO_UNKNOWN)
            error = add_unknown(part, whole, unknown, room, scratch, context);
        if (!error)
            error = ddg_problem_add_term(&part->problem, scratch[unknown], whole->row_factor[i],
                                         context);
    }
    return error;
}

enum ddg_error ddg_part_make(struct ddg_part *part, const struct ddg_problem *whole,
                             const uint32_t *row, size_t rows, uint32_t *scratch,
                             struct ddg_context *context)
{
    size_t room = 0;
    enum ddg_error error = DDG_OK;

    *part = (struct ddg_part){0};
    for (size_t i = 0; !error && i < rows; i++)
        error = add_row(part, whole, row[i], &room, scratch, context);
    if (!error)
        error = ddg_problem_finish(&part->problem, context);
    for (uint32_t u = 0; u < part->problem.unknowns; u++)
        scratch[part->unknown[u]] = DDG_NO_UNKNOWN;
    return error;
}

/* Rings of rows around an unknown. */
struct rings {
    const struct ddg_problem *whole;
    uint32_t *row;
    size_t rows, row_room;
    uint32_t *unknown; /* those that were met; marked in scratch */
    size_t unknowns, unknown_room;
    bool *taken; /* of each row of the whole */
    uint32_t *scratch;
    struct ddg_context *context;
};

static enum ddg_error meet(struct rings *r, uint32_t unknown)
{
    enum ddg_error error;

    if (r->scratch[unknown] != DDG_NO_UNKNOWN || is_point(r->whole, unknown))
        return DDG_OK;
    if ((error = ddg_grow(&r->unknown, &r->unknown_room, r->unknowns + 1, sizeof *r->unknown,
                          r->context)))
        return error;
    r->scratch[unknown] = 0;
    r->unknown[r->unknowns++] = unknown;
    return DDG_OK;
}

/* Takes the rows of unknowns `first` and later. */
static enum ddg_error take_rows(struct rings *r, size_t first)
{
    const struct ddg_problem *p = r->whole;
    size_t end = r->unknowns;
    enum ddg_error error = DDG_OK;

    for (size_t k = first; k < end; k++)
        for (size_t i = p->unknown_start[r->unknown[k]];
             !error && i < p->unknown_start[r->unknown[k] + 1]; i++) {
            uint32_t row = p->unknown_row[i];

            if (r->taken[row] || p->sense[row] == DDG_SUPPOSED)
                continue;
            error = ddg_grow(&r->row, &r->row_room, r->rows + 1, sizeof *r->row, r->context);
            if (error)
                return error;
            r->taken[row] = true;
            r->row[r->rows++] = row;
        }
    return error;
}

static enum ddg_error draw_rings(struct rings *r, uint32_t unknown, size_t most, bool *closed)
{
    const struct ddg_problem *p = r->whole;
    size_t met = 0, last = 0;
    enum ddg_error error = meet(r, unknown);

    *closed = false;
    while (!error && !*closed) {
        size_t before = r->rows;

        if ((error = take_rows(r, met)))
            break;
        if (before > 0 && r->rows > most) {
            r->rows = before;
            break;
        }
        met = r->unknowns;
        for (size_t k = last; !error && k < r->rows; k++)
            for (size_t i = p->row_start[r->row[k]]; !error && i < p->row_start[r->row[k] + 1]; i++)
                error = meet(r, p->row_unknown[i]);
        last = r->rows;
        *closed = r->unknowns == met;
    }
    return error;
}

enum ddg_error ddg_part_around(struct ddg_part *part, const struct ddg_problem *whole,
                               uint32_t unknown, size_t most, uint32_t *scratch, bool *closed,
                               struct ddg_context *context)
{
    struct rings r = {.whole = whole, .scratch = scratch, .context = context};
    enum ddg_error error = ddg_allocate(&r.taken, whole->rows, sizeof *r.taken, context);

    *part = (struct ddg_part){0};
    if (!error)
        error = draw_rings(&r, unknown, most, closed);
    for (size_t k = 0; k < r.unknowns; k++)
        scratch[r.unknown[k]] = DDG_NO_UNKNOWN;
    if (!error)
        error = ddg_part_make(part, whole, r.row, r.rows, scratch, context);
    free(r.row);
    free(r.unknown);
    free(r.taken);
    return error;
}

uint32_t ddg_part_place(const struct ddg_part *part, uint32_t unknown)
{
    for (uint32_t u = 0; u < part->problem.unknowns; u++)
        if (part->unknown[u] == unknown)
            return u;
    return DDG_NO_UNKNOWN;
}

void ddg_part_free(struct ddg_part *part)
{
    ddg_problem_free(&part->problem);
    free(part->unknown);
    *part = (struct ddg_part){0};
}
