#include "protect/cycle.h"

#include <stdlib.h>

/* Nodes that a walk looks at; pairs of dimensions that walks go through. */
enum { MOST_NODES = 2500, MOST_PAIRS = 10 };

#define NOWHERE UINT32_MAX

/* A total and its parts, and no more. */
static bool is_flat(const struct ddg_dimension *d)
{
    if (d->total >= d->category.count || d->height[d->total] != 1)
        return false;
    for (uint32_t i = 0; i < d->category.count; i++)
        if (i != d->total && d->parent[i] != d->total)
            return false;
    return true;
}

static uint64_t places(const struct ddg_model *m, const uint8_t *pair)
{
    return (uint64_t)m->dimension[pair[0]].category.count * m->dimension[pair[1]].category.count;
}

/* The pairs of flat dimensions, those with the most categories first. */
static void list_pairs(struct ddg_cycle *c)
{
    const struct ddg_model *m = c->ground->mask->model;

    for (size_t d = 0; d < m->dimensions; d++)
        for (size_t e = d + 1; e < m->dimensions; e++) {
            const uint8_t pair[] = {(uint8_t)d, (uint8_t)e};
            uint8_t *at = &c->pair[2 * c->pairs];

            if (!is_flat(&m->dimension[d]) || !is_flat(&m->dimension[e]))
                continue;
            for (; at > c->pair && places(m, at - 2) < places(m, pair); at -= 2) {
                at[0] = at[-2];
                at[1] = at[-1];
            }
            at[0] = pair[0];
            at[1] = pair[1];
            c->pairs++;
        }
    if (c->pairs > MOST_PAIRS)
        c->pairs = MOST_PAIRS;
}

enum ddg_error ddg_cycle_init(struct ddg_cycle *c, struct ddg_ground *ground,
                              struct ddg_context *context)
{
    const struct ddg_model *m = ground->mask->model;
    size_t nodes = 0;
    enum ddg_error error;

    *c = (struct ddg_cycle){.ground = ground};
    if ((error = ddg_allocate(&c->pair, m->dimensions * m->dimensions, 1, context)))
        return error;
    list_pairs(c);
    for (size_t d = 0; d < m->dimensions; d++)
        nodes += m->dimension[d].category.count;
    if ((error = ddg_parts_init(&c->parts, ground, c->pairs > 0 ? 2 : 0, context)) ||
        (error = ddg_allocate(&c->distance, nodes, sizeof *c->distance, context)) ||
        (error = ddg_allocate(&c->from, nodes, sizeof *c->from, context)) ||
        (error = ddg_allocate(&c->reached, nodes, sizeof *c->reached, context)))
        return error;
    return ddg_allocate(&c->done, nodes, sizeof *c->done, context);
}

void ddg_cycle_free(struct ddg_cycle *c)
{
    ddg_parts_free(&c->parts);
    free(c->pair);
    free(c->distance);
    free(c->from);
    free(c->reached);
    free(c->done);
    free(c->cell);
    free(c->change);
    *c = (struct ddg_cycle){0};
}

/* Walks ---------------------------------------------------------------------------------------- */

/* A way that comes to a row by one cell leaves it by another: one more here, one less there.  In a
 * line's total more counts as less does in its parts. */
static int sign_of(const struct ddg_cycle *c, uint32_t row, uint32_t column)
{
    const struct ddg_dimension *dimension = c->ground->mask->model->dimension;
    bool total_row = row == dimension[c->row_dimension].total;
    bool total_column = column == dimension[c->column_dimension].total;

    return total_row == total_column ? 1 : -1;
}

/* Which place lies between two nodes, and by how much its cells change on that way. */
static uint64_t arc(const struct ddg_cycle *c, uint32_t from, uint32_t to, int *by)
{
    const uint64_t *stride = c->ground->mask->model->stride;
    uint32_t row = from < c->rows ? from : to, column = (from < c->rows ? to : from) - c->rows;

    *by = from < c->rows ? sign_of(c, row, column) : -sign_of(c, row, column);
    return row * stride[c->row_dimension] + column * stride[c->column_dimension];
}

/* Of the nodes that were reached and not looked at, the nearest; it is looked at from then on. */
static uint32_t take_nearest(struct ddg_cycle *c)
{
    uint32_t best = 0, node;

    if (c->reached_count == 0)
        return NOWHERE;
    for (uint32_t i = 1; i < c->reached_count; i++)
        if (c->distance[c->reached[i]] < c->distance[c->reached[best]])
            best = i;
    node = c->reached[best];
    c->reached[best] = c->reached[--c->reached_count];
    c->done[node] = true;
    return node;
}

/* Where a walk goes from and to, and how far. */
struct goal {
    uint32_t from, to;
    uint64_t most;
};

/* Looks at the arc from a node to the next, unless it lies between both ends of the walk. */
static void try_arc(struct ddg_cycle *c, uint32_t node, uint32_t next, const struct goal *goal)
{
    uint64_t left, weight, place;
    int by;

    if (c->done[next] || (node == goal->from && next == goal->to))
        return;
    left = c->distance[next] < goal->most ? c->distance[next] : goal->most;
    if (left < c->distance[node])
        return;
    place = arc(c, node, next, &by);
    weight = ddg_parts_weigh(&c->parts, place, by, left - c->distance[node]);
    if (weight == DDG_NO_WAY || c->distance[node] + weight >= c->distance[next])
        return;
    if (c->distance[next] == DDG_NO_WAY)
        c->reached[c->reached_count++] = next;
    c->distance[next] = c->distance[node] + weight;
    c->from[next] = node;
}

/* The line of the first slice that is the node; UINT32_MAX when there is none. */
static uint32_t line_of(const struct ddg_cycle *c, uint32_t node)
{
    const struct ddg_mask *mask = c->ground->mask;
    const struct ddg_model *m = mask->model;
    bool is_row = node < c->rows;
    size_t own = is_row ? c->row_dimension : c->column_dimension;
    size_t along = is_row ? c->column_dimension : c->row_dimension;
    uint64_t key = c->parts.slice[0].key + (is_row ? node : node - c->rows) * m->stride[own] +
                   m->dimension[along].total * m->stride[along];
    uint32_t total = ddg_ground_cell(c->ground, key);

    for (size_t i = total == DDG_NO_CELL ? 0 : m->cell_start[total];
         total != DDG_NO_CELL && i < m->cell_start[total + 1]; i++)
        if (mask->sign[i] < 0 && m->line_dimension[m->cell_line[i]] == along)
            return m->cell_line[i];
    return UINT32_MAX;
}

/* Where nothing may be paid, one way is as good as another. */
static bool is_free(const struct ddg_cycle *c)
{
    return c->ground->most == 0 && !c->ground->begun;
}

/* The ways on from a node: by unknown cells alone, where nothing may be paid. */
static void look_around(struct ddg_cycle *c, uint32_t node, const struct goal *goal)
{
    const struct ddg_mask *mask = c->ground->mask;
    const struct ddg_model *m = mask->model;
    size_t along = node < c->rows ? c->column_dimension : c->row_dimension;
    uint32_t begin = node < c->rows ? c->rows : 0;
    uint32_t end = node < c->rows ? c->rows + c->columns : c->rows, line;

    if (!is_free(c)) {
        for (uint32_t next = begin; next < end; next++)
            try_arc(c, node, next, goal);
        return;
    }
    line = line_of(c, node);
    for (uint32_t i = 0; line != UINT32_MAX && i < mask->unknowns[line]; i++) {
        uint32_t cell = mask->unknown[m->line_start[line] + i];

        try_arc(c, node, begin + ddg_model_category(m, cell, along), goal);
    }
}

/* The lightest way to the goal (Dijkstra), or the first where all are free. */
static bool walk(struct ddg_cycle *c, const struct goal *goal)
{
    for (uint32_t i = 0; i < c->rows + c->columns; i++) {
        c->distance[i] = DDG_NO_WAY;
        c->done[i] = false;
    }
    c->distance[goal->from] = 0;
    c->reached[0] = goal->from;
    c->reached_count = 1;
    for (uint32_t looked = 0; looked < MOST_NODES; looked++) {
        uint32_t node = take_nearest(c);

        if (node == NOWHERE || node == goal->to)
            return node == goal->to;
        look_around(c, node, goal);
        if (is_free(c) && c->distance[goal->to] != DDG_NO_WAY)
            return true;
    }
    return false;
}

/* Cycles --------------------------------------------------------------------------------------- */

/* Adds the cells of all slices in a place. */
static enum ddg_error add_place(struct ddg_cycle *c, uint64_t place, int by,
                                struct ddg_context *context)
{
    const struct ddg_parts *p = &c->parts;
    size_t need = (size_t)c->count + p->slices;
    enum ddg_error error;

    if ((error = ddg_grow(&c->cell, &c->cell_room, need, sizeof *c->cell, context)) ||
        (error = ddg_grow(&c->change, &c->change_room, need, sizeof *c->change, context)))
        return error;
    for (uint32_t i = 0; i < p->slices; i++) {
        c->cell[c->count] = ddg_ground_cell(c->ground, p->slice[i].key + place);
        c->change[c->count++] = (int8_t)(by * p->slice[i].sign);
    }
    return DDG_OK;
}

/* A walk through the wanted cell's place in the slices as they are.  `most` becomes less than what
 * was found weighs. */
static enum ddg_error try_walk(struct ddg_cycle *c, uint64_t start, uint64_t *most, bool *found,
                               struct ddg_context *context)
{
    const struct ddg_parts *p = &c->parts;
    const uint8_t *pair = p->open;
    const struct ddg_model *m = c->ground->mask->model;
    uint32_t row = p->own[pair[0]], column = p->own[pair[1]];
    struct goal goal = {.most = *most - start};
    enum ddg_error error;
    int by;

    c->row_dimension = pair[0];
    c->column_dimension = pair[1];
    c->rows = m->dimension[pair[0]].category.count;
    c->columns = m->dimension[pair[1]].category.count;
    goal.from = c->rows + column;
    goal.to = row;
    if (sign_of(c, row, column) != p->by) {
        goal.from = row;
        goal.to = c->rows + column;
    }
    if (!walk(c, &goal))
        return DDG_OK;
    *found = true;
    *most = start + c->distance[goal.to] - 1;
    c->count = 0;
    error = add_place(c, p->place, p->by, context);
    for (uint32_t node = goal.to; !error && node != goal.from; node = c->from[node]) {
        uint64_t place = arc(c, c->from[node], node, &by);

        error = add_place(c, place, by, context);
    }
    return error;
}

/* True when what was found costs nothing, so that there is no use in looking on; `most` is what
 * another might weigh. */
static bool is_best(bool found, uint64_t most)
{
    return found && most >> DDG_WEIGHT_BITS == 0;
}

/* Cycles in the lightest products with these dimensions left open. */
static enum ddg_error try_open(struct ddg_cycle *c, const uint8_t *open, uint64_t *most,
                               bool *found, struct ddg_context *context)
{
    struct ddg_parts *p = &c->parts;
    enum ddg_error error = DDG_OK;

    ddg_parts_multiply(p, open, *most);
    for (uint32_t i = 0; !error && i < p->products && !is_best(*found, *most); i++) {
        uint64_t start;

        if (!ddg_parts_slice(p, &p->product[i], *most, &start))
            continue;
        if (p->open_count > 0) {
            error = try_walk(c, start, most, found, context);
        } else {
            *found = true;
            *most = start - 1;
            c->count = 0;
            error = add_place(c, p->place, p->by, context);
        }
    }
    return error;
}

enum ddg_error ddg_cycle_find(struct ddg_cycle *c, uint32_t cell, int by, uint64_t most,
                              bool *found, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    *found = false;
    ddg_parts_find(&c->parts, cell, by, most);
    if (c->pairs == 0)
        return try_open(c, NULL, &most, found, context);
    for (size_t i = 0; !error && i < c->pairs && !is_best(*found, most); i++)
        error = try_open(c, &c->pair[2 * i], &most, found, context);
    return error;
}
