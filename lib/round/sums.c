#include "round/sums.h"

#include <stdlib.h>

/* Chosen cells --------------------------------------------------------------------------------- */

static uint32_t total_of(const struct ddg_model *m, uint32_t line)
{
    return m->line_cell[m->line_start[line]];
}

static enum ddg_error choose(struct ddg_sums *s, const bool *loose, struct ddg_context *context)
{
    const struct ddg_model *m = s->model;
    enum ddg_error error;

    if ((error = ddg_allocate(&s->made_by, m->cells, sizeof *s->made_by, context)) ||
        (error = ddg_allocate(&s->chosen, m->cells, sizeof *s->chosen, context)) ||
        (error = ddg_allocate(&s->times, m->cells, sizeof *s->times, context)) ||
        (error = ddg_allocate(&s->touched, m->cells, sizeof *s->touched, context)) ||
        (error = ddg_allocate(&s->is_touched, m->cells, sizeof *s->is_touched, context)) ||
        (error =
             ddg_allocate(&s->part_start, (size_t)m->cells + 2, sizeof *s->part_start, context)))
        return error;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        s->made_by[cell] = DDG_NO_CELL;
    for (uint32_t line = 0; line < m->lines; line++)
        if (!loose[line] && s->made_by[total_of(m, line)] == DDG_NO_CELL)
            s->made_by[total_of(m, line)] = line;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        if (s->made_by[cell] == DDG_NO_CELL)
            s->chosen[s->choices++] = cell;
    return DDG_OK;
}

/* Goes up from a chosen cell: counts it among the parts of all that it makes, or puts it there. */
static void climb(struct ddg_sums *s, uint32_t cell, uint32_t choice, bool puts)
{
    const struct ddg_model *m = s->model;

    if (puts)
        s->part[s->part_start[cell + 1]++] = choice;
    else
        s->part_start[cell + 2]++;
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t total = total_of(m, m->cell_line[i]);

        if (total != cell && s->made_by[total] == m->cell_line[i])
            climb(s, total, choice, puts);
    }
}

static enum ddg_error list_parts(struct ddg_sums *s, struct ddg_context *context)
{
    uint32_t cells = s->model->cells;
    enum ddg_error error;

    for (uint32_t i = 0; i < s->choices; i++)
        climb(s, s->chosen[i], i, false);
    for (uint32_t cell = 0; cell < cells; cell++)
        s->part_start[cell + 2] += s->part_start[cell + 1];
    error = ddg_allocate(&s->part, s->part_start[cells + 1], sizeof *s->part, context);
    /* each start moves to where the next cell's is */
    for (uint32_t i = 0; !error && i < s->choices; i++)
        climb(s, s->chosen[i], i, true);
    return error;
}

/* Sums ----------------------------------------------------------------------------------------- */

/* Adds a cell to the sum that is being made. */
static void add_cell(struct ddg_sums *s, uint32_t cell, int32_t times, uint32_t *count)
{
    for (size_t i = s->part_start[cell]; i < s->part_start[cell + 1]; i++) {
        uint32_t choice = s->part[i];

        if (!s->is_touched[choice])
            s->touched[(*count)++] = choice;
        s->is_touched[choice] = true;
        s->times[choice] += times;
    }
}

static enum ddg_error end_sum(struct ddg_sums *s, uint32_t count, uint32_t cell, int64_t low,
                              int64_t high, struct ddg_context *context)
{
    size_t terms = s->start[s->sums], first = terms;
    enum ddg_error error;

    if ((error = ddg_grow(&s->term, &s->term_room, terms + count, sizeof *s->term, context)))
        return error;
    for (uint32_t i = 0; i < count; i++) {
        if (s->times[s->touched[i]] != 0)
            s->term[terms++] = (struct ddg_term){s->touched[i], s->times[s->touched[i]]};
        s->times[s->touched[i]] = 0;
        s->is_touched[s->touched[i]] = false;
    }
    if (terms == first)
        return DDG_OK;
    s->cell[s->sums] = cell;
    s->low[s->sums] = low;
    s->high[s->sums] = high;
    s->start[++s->sums] = terms;
    return DDG_OK;
}

static int64_t low_of(const struct ddg_sums *s, uint32_t cell)
{
    return s->range->low[cell] < (uint64_t)DDG_SUMS_LARGEST ? (int64_t)s->range->low[cell]
                                                            : DDG_SUMS_LARGEST;
}

static int64_t high_of(const struct ddg_sums *s, uint32_t cell)
{
    return s->range->high[cell] < (uint64_t)DDG_SUMS_LARGEST ? (int64_t)s->range->high[cell]
                                                             : DDG_SUMS_LARGEST;
}

static enum ddg_error add_total(struct ddg_sums *s, uint32_t cell, struct ddg_context *context)
{
    uint32_t count = 0;

    if (s->made_by[cell] == DDG_NO_CELL ||
        (s->range->low[cell] == 0 && s->range->high[cell] == UINT64_MAX))
        return DDG_OK;
    add_cell(s, cell, 1, &count);
    return end_sum(s, count, cell, 0, 0, context);
}

/* A total that another line makes has to be the sum of this one, too. */
static enum ddg_error add_line(struct ddg_sums *s, uint32_t line, struct ddg_context *context)
{
    const struct ddg_model *m = s->model;
    uint32_t total = total_of(m, line), count = 0;

    if (s->made_by[total] == line)
        return DDG_OK;
    add_cell(s, total, -1, &count);
    for (size_t i = m->line_start[line] + 1; i < m->line_start[line + 1]; i++)
        add_cell(s, m->line_cell[i], 1, &count);
    return end_sum(s, count, DDG_NO_CELL, 0, 0, context);
}

/* The total is at most the sum of the parts, and at least each of them. */
static enum ddg_error add_loose(struct ddg_sums *s, uint32_t line, struct ddg_context *context)
{
    const struct ddg_model *m = s->model;
    size_t first = m->line_start[line] + 1, end = m->line_start[line + 1];
    uint32_t total = total_of(m, line), count = 0;
    int64_t least = 0;
    enum ddg_error error = DDG_OK;

    for (size_t i = first; i < end && least < DDG_SUMS_LARGEST; i++)
        least += low_of(s, m->line_cell[i]);
    if (high_of(s, total) > least) {
        for (size_t i = first; i < end; i++)
            add_cell(s, m->line_cell[i], 1, &count);
        add_cell(s, total, -1, &count);
        error = end_sum(s, count, DDG_NO_CELL, 0, DDG_SUMS_LARGEST, context);
    }
    for (size_t i = first; !error && i < end; i++) {
        if (high_of(s, m->line_cell[i]) <= low_of(s, total))
            continue;
        count = 0;
        add_cell(s, total, 1, &count);
        add_cell(s, m->line_cell[i], -1, &count);
        error = end_sum(s, count, DDG_NO_CELL, 0, DDG_SUMS_LARGEST, context);
    }
    return error;
}

static enum ddg_error add_sums(struct ddg_sums *s, const bool *loose, struct ddg_context *context)
{
    const struct ddg_model *m = s->model;
    size_t most = m->cells;
    enum ddg_error error;

    for (uint32_t line = 0; line < m->lines; line++)
        most += loose[line] ? m->line_start[line + 1] - m->line_start[line] : 1;
    if ((error = ddg_allocate(&s->cell, most, sizeof *s->cell, context)) ||
        (error = ddg_allocate(&s->low, most, sizeof *s->low, context)) ||
        (error = ddg_allocate(&s->high, most, sizeof *s->high, context)) ||
        (error = ddg_allocate(&s->start, most + 1, sizeof *s->start, context)))
        return error;
    for (uint32_t cell = 0; !error && cell < m->cells; cell++)
        error = add_total(s, cell, context);
    for (uint32_t line = 0; !error && line < m->lines; line++)
        error = loose[line] ? add_loose(s, line, context) : add_line(s, line, context);
    return error;
}

/* The sums above each chosen cell. */
static enum ddg_error turn(struct ddg_sums *s, struct ddg_context *context)
{
    enum ddg_error error;

    if ((error = ddg_allocate(&s->above_start, (size_t)s->choices + 2, sizeof *s->above_start,
                              context)) ||
        (error = ddg_allocate(&s->above, s->start[s->sums], sizeof *s->above, context)))
        return error;
    for (size_t i = 0; i < s->start[s->sums]; i++)
        s->above_start[s->term[i].of + 2]++;
    for (uint32_t i = 0; i < s->choices; i++)
        s->above_start[i + 2] += s->above_start[i + 1];
    for (uint32_t sum = 0; sum < s->sums; sum++)
        for (size_t i = s->start[sum]; i < s->start[sum + 1]; i++)
            s->above[s->above_start[s->term[i].of + 1]++] =
                (struct ddg_term){sum, s->term[i].times};
    return DDG_OK;
}

enum ddg_error ddg_sums_make(struct ddg_sums *sums, const struct ddg_model *model,
                             const bool *loose, const struct ddg_truth *range,
                             struct ddg_context *context)
{
    enum ddg_error error;

    *sums = (struct ddg_sums){.model = model, .range = range};
    if ((error = choose(sums, loose, context)) || (error = list_parts(sums, context)) ||
        (error = add_sums(sums, loose, context)))
        return error;
    return turn(sums, context);
}

void ddg_sums_free(struct ddg_sums *sums)
{
    free(sums->chosen);
    free(sums->cell);
    free(sums->low);
    free(sums->high);
    free(sums->start);
    free(sums->term);
    free(sums->above_start);
    free(sums->above);
    free(sums->made_by);
    free(sums->part_start);
    free(sums->part);
    free(sums->times);
    free(sums->touched);
    free(sums->is_touched);
    *sums = (struct ddg_sums){0};
}

void ddg_sums_add_up(const struct ddg_sums *s, int64_t *number)
{
    for (uint32_t cell = 0; cell < s->model->cells; cell++) {
        if (s->made_by[cell] == DDG_NO_CELL)
            continue;
        number[cell] = 0;
        for (size_t i = s->part_start[cell]; i < s->part_start[cell + 1]; i++)
            number[cell] += number[s->chosen[s->part[i]]];
    }
}
