#include "protect/vicinity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum ddg_error ddg_vicinity_init(struct ddg_vicinity *v, const struct ddg_mask *mask,
                                 struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error;

    *v = (struct ddg_vicinity){.mask = mask};
    if ((error = ddg_allocate(&v->place_of_cell, m->cells, sizeof *v->place_of_cell, context)) ||
        (error = ddg_allocate(&v->place_of_line, m->lines, sizeof *v->place_of_line, context)) ||
        (error = ddg_allocate(&v->allowed, m->dimensions, sizeof *v->allowed, context)))
        return error;
    for (size_t d = 0; !error && d < m->dimensions; d++)
        error = ddg_allocate(&v->allowed[d], m->dimension[d].category.count, sizeof **v->allowed,
                             context);
    if (error)
        return error;
    return ddg_allocate(&v->base, m->cells, 1, context);
}

void ddg_vicinity_free(struct ddg_vicinity *v)
{
    free(v->cell);
    free(v->down);
    free(v->up);
    free(v->cost);
    free(v->cell_start);
    free(v->cell_line);
    free(v->cell_sign);
    free(v->line_start);
    free(v->line_cell);
    free(v->line_sign);
    free(v->growing);
    free(v->shrinking);
    free(v->place_of_cell);
    free(v->place_of_line);
    free(v->line);
    free(v->base);
    free(v->queue);
    free(v->queued);
    free(v->mate);
    for (size_t d = 0; v->allowed && d < v->mask->model->dimensions; d++)
        free(v->allowed[d]);
    free(v->allowed);
    *v = (struct ddg_vicinity){0};
}

/* Categories ----------------------------------------------------------------------------------- */

/* The categories of the cells beside the wanted one along a dimension, the cheapest first. */
static enum ddg_error list_mates(struct ddg_vicinity *v, const struct ddg_wish *wish, size_t d,
                                 size_t *count, struct ddg_context *context)
{
    const struct ddg_mask *mask = v->mask;
    const struct ddg_model *m = mask->model;

    *count = 0;
    for (size_t i = m->cell_start[wish->cell]; i < m->cell_start[wish->cell + 1]; i++) {
        uint32_t line = m->cell_line[i];
        enum ddg_error error;

        if (m->line_dimension[line] != d)
            continue;
        for (size_t j = m->line_start[line]; j < m->line_start[line + 1]; j++) {
            uint32_t cell = m->line_cell[j];
            uint64_t cost = mask->kind[cell] == DDG_PUBLIC ? mask->cost[cell] : 0;

            if (cell == wish->cell || cost > wish->most || !ddg_mask_has_room(mask, cell))
                continue;
            if ((error = ddg_grow(&v->mate, &v->mate_room, *count + 1, sizeof *v->mate, context)))
                return error;
            v->mate[(*count)++] = (struct ddg_priced){cost, ddg_model_category(m, cell, d)};
        }
    }
    if (*count > 0)
        qsort(v->mate, *count, sizeof *v->mate, ddg_cheapest_first);
    return DDG_OK;
}

/* So many categories of each dimension that they have about `reach` cells together, the totals
 * among them. */
static enum ddg_error choose_categories(struct ddg_vicinity *v, const struct ddg_wish *wish,
                                        struct ddg_context *context)
{
    const struct ddg_model *m = v->mask->model;
    double share;
    double all = 1;

    for (size_t d = 0; d < m->dimensions; d++)
        all *= m->dimension[d].category.count;
    share = pow(wish->reach / all, 1.0 / (double)m->dimensions);
    for (size_t d = 0; d < m->dimensions; d++) {
        const struct ddg_dimension *dimension = &m->dimension[d];
        size_t mates, most = (size_t)(share * dimension->category.count) + 3;
        enum ddg_error error = list_mates(v, wish, d, &mates, context);

        if (error)
            return error;
        for (uint32_t i = 0; i < dimension->category.count; i++)
            v->allowed[d][i] = dimension->joined || dimension->height[i] > 0;
        v->allowed[d][ddg_model_category(m, wish->cell, d)] = true;
        for (size_t i = 0; i < mates && i < most; i++)
            v->allowed[d][v->mate[i].item] = true;
    }
    return DDG_OK;
}

static bool is_allowed(const struct ddg_vicinity *v, uint32_t cell)
{
    const struct ddg_model *m = v->mask->model;

    for (size_t d = 0; d < m->dimensions; d++)
        if (!v->allowed[d][ddg_model_category(m, cell, d)])
            return false;
    return true;
}

/* Gathering ------------------------------------------------------------------------------------ */

static enum ddg_error make_room_for_cells(struct ddg_vicinity *v, size_t cells,
                                          struct ddg_context *context)
{
    size_t *room = v->room;
    enum ddg_error error;

    if ((error = ddg_grow(&v->cell, &room[0], cells, sizeof *v->cell, context)) ||
        (error = ddg_grow(&v->down, &room[1], cells, 1, context)) ||
        (error = ddg_grow(&v->up, &room[2], cells, 1, context)) ||
        (error = ddg_grow(&v->cost, &room[3], cells, sizeof *v->cost, context)))
        return error;
    return ddg_grow(&v->cell_start, &room[4], cells + 1, sizeof *v->cell_start, context);
}

static enum ddg_error make_room_for_links(struct ddg_vicinity *v, size_t links, size_t lines,
                                          struct ddg_context *context)
{
    size_t *room = v->room;
    enum ddg_error error;

    if ((error = ddg_grow(&v->cell_line, &room[5], links, sizeof *v->cell_line, context)) ||
        (error = ddg_grow(&v->cell_sign, &room[6], links, 1, context)) ||
        (error = ddg_grow(&v->line_cell, &room[7], links, sizeof *v->line_cell, context)) ||
        (error = ddg_grow(&v->line_sign, &room[8], links, 1, context)) ||
        (error = ddg_grow(&v->line, &room[9], lines, sizeof *v->line, context)) ||
        (error = ddg_grow(&v->line_start, &room[10], lines + 1, sizeof *v->line_start, context)) ||
        (error = ddg_grow(&v->growing, &room[11], lines, sizeof *v->growing, context)) ||
        (error = ddg_grow(&v->shrinking, &room[12], lines, sizeof *v->shrinking, context)) ||
        (error = ddg_grow(&v->queue, &room[13], lines, sizeof *v->queue, context)))
        return error;
    return ddg_grow(&v->queued, &room[14], lines, sizeof *v->queued, context);
}

static uint8_t at_least_none(int room)
{
    return room > 0 ? (uint8_t)room : 0;
}

static void set_rooms(struct ddg_vicinity *v, const struct ddg_wish *wish, uint32_t at)
{
    uint32_t cell = v->cell[at];
    int up = v->mask->up[cell] - v->base[cell], down = v->mask->down[cell] + v->base[cell];

    if (wish->manner == DDG_TWICE) {
        up /= 2;
        down /= 2;
    } else if (wish->manner == DDG_BOTH_WAYS) {
        up = up < down ? up : down;
        down = up;
    }
    v->up[at] = at_least_none(up);
    v->down[at] = at_least_none(down);
}

static void add_cell(struct ddg_vicinity *v, const struct ddg_wish *wish, uint32_t cell)
{
    const struct ddg_mask *mask = v->mask;
    uint32_t at = v->cells;

    if (v->place_of_cell[cell] > 0 || !ddg_mask_has_room(mask, cell))
        return;
    if (at >= 4 * (size_t)wish->reach) {
        v->whole = false;
        return;
    }
    if (v->chosen && !is_allowed(v, cell)) {
        v->whole = false;
        return;
    }
    v->cell[v->cells++] = cell;
    v->place_of_cell[cell] = v->cells;
    v->cost[at] = mask->kind[cell] == DDG_PUBLIC ? mask->cost[cell] : 0;
    set_rooms(v, wish, at);
}

static void add_line(struct ddg_vicinity *v, const struct ddg_wish *wish, uint32_t line)
{
    const struct ddg_mask *mask = v->mask;
    size_t start = mask->model->line_start[line];

    v->growing[v->lines] = v->shrinking[v->lines] = 0;
    v->queued[v->lines] = false;
    v->line[v->lines++] = line;
    v->place_of_line[line] = v->lines;
    for (size_t i = start; i < start + mask->unknowns[line]; i++)
        add_cell(v, wish, mask->unknown[i]);
    for (size_t i = start; wish->most > 0 && i < start + mask->servants[line]; i++) {
        if (mask->cost[mask->servant[i]] > wish->most)
            break;
        if (mask->kind[mask->servant[i]] == DDG_PUBLIC)
            add_cell(v, wish, mask->servant[i]);
    }
}

/* Links a cell to its lines, which bring in the cells that are beside it. */
static void link_cell(struct ddg_vicinity *v, const struct ddg_wish *wish, uint32_t at,
                      uint32_t *links)
{
    const struct ddg_mask *mask = v->mask;
    const struct ddg_model *m = mask->model;
    uint32_t cell = v->cell[at];

    v->cell_start[at] = *links;
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++) {
        uint32_t line;

        if (v->place_of_line[m->cell_line[i]] == 0)
            add_line(v, wish, m->cell_line[i]);
        line = v->place_of_line[m->cell_line[i]] - 1;
        v->cell_line[*links] = line;
        v->cell_sign[(*links)++] = mask->sign[i];
        if ((mask->sign[i] > 0 ? v->up : v->down)[at] > 0)
            v->growing[line]++;
        if ((mask->sign[i] > 0 ? v->down : v->up)[at] > 0)
            v->shrinking[line]++;
    }
}

/* The cells in the order of their distance, and every line that one of them is in. */
static enum ddg_error gather(struct ddg_vicinity *v, const struct ddg_wish *wish,
                             struct ddg_context *context)
{
    const struct ddg_model *m = v->mask->model;
    enum ddg_error error = make_room_for_cells(
        v, 4 * (size_t)wish->reach < m->cells ? 4 * (size_t)wish->reach : m->cells, context);
    uint32_t links = 0;

    v->cells = v->lines = 0;
    v->whole = true;
    v->chosen = wish->reach < m->cells;
    if (error || (v->chosen && (error = choose_categories(v, wish, context))))
        return error;
    add_cell(v, wish, wish->cell);
    for (uint32_t at = 0; !error && at < v->cells; at++) {
        size_t count = m->cell_start[v->cell[at] + 1] - m->cell_start[v->cell[at]];

        error = make_room_for_links(v, links + count, v->lines + count, context);
        if (!error)
            link_cell(v, wish, at, &links);
    }
    v->cell_start[v->cells] = links;
    return error;
}

/* The cells of each line that can change at all. */
static void list_lines(struct ddg_vicinity *v)
{
    uint32_t sum = 0;

    memset(v->line_start, 0, ((size_t)v->lines + 1) * sizeof *v->line_start);
    for (uint32_t at = 0; at < v->cells; at++)
        for (uint32_t i = v->cell_start[at]; i < v->cell_start[at + 1]; i++)
            v->line_start[v->cell_line[i]] += v->up[at] > 0 || v->down[at] > 0;
    for (uint32_t line = 0; line <= v->lines; line++) {
        sum += v->line_start[line];
        v->line_start[line] = sum;
    }
    for (uint32_t at = v->cells; at-- > 0;)
        for (uint32_t i = v->cell_start[at]; i < v->cell_start[at + 1]; i++)
            if (v->up[at] > 0 || v->down[at] > 0) {
                uint32_t place = --v->line_start[v->cell_line[i]];

                v->line_cell[place] = at;
                v->line_sign[place] = v->cell_sign[i];
            }
}

/* Leaving out ---------------------------------------------------------------------------------- */

/* True when every line of the cell has another cell that makes up for the change. */
static bool is_possible(const struct ddg_vicinity *v, uint32_t at, int by)
{
    uint32_t own = by > 0 ? v->down[at] > 0 : v->up[at] > 0;

    for (uint32_t i = v->cell_start[at]; i < v->cell_start[at + 1]; i++)
        if ((by * v->cell_sign[i] > 0 ? v->shrinking : v->growing)[v->cell_line[i]] <= own)
            return false;
    return true;
}

/* In the lines of the cell less is possible than before: its cells are looked at again. */
static void forbid(struct ddg_vicinity *v, uint32_t at, int by, uint32_t *waiting)
{
    (by > 0 ? v->up : v->down)[at] = 0;
    for (uint32_t i = v->cell_start[at]; i < v->cell_start[at + 1]; i++) {
        uint32_t line = v->cell_line[i];

        (by * v->cell_sign[i] > 0 ? v->growing : v->shrinking)[line]--;
        if (v->queued[line])
            continue;
        v->queued[line] = true;
        v->queue[(*waiting)++] = line;
    }
}

static void look_at(struct ddg_vicinity *v, uint32_t at, uint32_t *waiting)
{
    if (v->up[at] > 0 && !is_possible(v, at, 1))
        forbid(v, at, 1, waiting);
    if (v->down[at] > 0 && !is_possible(v, at, -1))
        forbid(v, at, -1, waiting);
}

static void leave_out(struct ddg_vicinity *v)
{
    uint32_t waiting = 0;

    for (uint32_t at = 0; at < v->cells; at++)
        look_at(v, at, &waiting);
    while (waiting > 0) {
        uint32_t line = v->queue[--waiting];

        v->queued[line] = false;
        /* a line in which both is possible by several cells forbids nothing */
        if (v->growing[line] > 1 && v->shrinking[line] > 1)
            continue;
        for (uint32_t i = v->line_start[line]; i < v->line_start[line + 1]; i++)
            look_at(v, v->line_cell[i], &waiting);
    }
}

enum ddg_error ddg_vicinity_find(struct ddg_vicinity *v, const struct ddg_wish *wish,
                                 struct ddg_context *context)
{
    const struct ddg_move *base = wish->base;
    enum ddg_error error;

    for (uint32_t i = 0; base && i < base->count; i++)
        v->base[base->cell[i]] = base->change[i];
    error = gather(v, wish, context);
    if (!error && v->cells > 0) {
        list_lines(v);
        leave_out(v);
        list_lines(v);
    }
    for (uint32_t i = 0; i < v->cells; i++)
        v->place_of_cell[v->cell[i]] = 0;
    for (uint32_t i = 0; i < v->lines; i++)
        v->place_of_line[v->line[i]] = 0;
    if (v->cells > 0 && (wish->change > 0 ? v->up[0] : v->down[0]) < abs(wish->change))
        v->cells = 0;
    for (uint32_t i = 0; base && i < base->count; i++)
        v->base[base->cell[i]] = 0;
    return error;
}
