#include "protect/cycle.h"

#include <stdlib.h>

/* Nodes that a walk looks at; pairs of dimensions that walks go through. */
enum { MOST_NODES = 2500, MOST_PAIRS = 10 };

#define NOWHERE UINT32_MAX

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

            if (!ddg_move_parts_is_flat(&m->dimension[d]) ||
                !ddg_move_parts_is_flat(&m->dimension[e]))
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
    if ((error = ddg_move_parts_init(&c->parts, ground, c->pairs > 0 ? 2 : 0, context)) ||
        (error = ddg_allocate(&c->distance, nodes, sizeof *c->distance, context)) ||
        (error = ddg_allocate(&c->onward, nodes, sizeof *c->onward, context)) ||
        (error = ddg_allocate(&c->from, nodes, sizeof *c->from, context)) ||
        (error = ddg_allocate(&c->reached, nodes, sizeof *c->reached, context)))
        return error;
    return ddg_allocate(&c->done, nodes, sizeof *c->done, context);
}

void ddg_cycle_free(struct ddg_cycle *c)
{
    ddg_move_parts_free(&c->parts);
    free(c->pair);
    free(c->distance);
    free(c->onward);
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
    uint64_t last; /* the lightest arc that leads to the end; DDG_NO_WAY: none is light enough */
};

/* What a place weighs, for `most` at the most. */
static uint64_t weigh_arc(struct ddg_cycle *c, uint32_t from, uint32_t to, uint64_t most)
{
    int by;
    uint64_t place = arc(c, from, to, &by);

    return ddg_move_parts_weigh(&c->parts, place, by, most);
}

/* What is ahead of a node at the least. */
static uint64_t ahead(const struct ddg_cycle *c, uint32_t node, const struct goal *goal)
{
    if ((node < c->rows) == (goal->to < c->rows))
        return 1 + goal->last;
    return c->onward[node] < goal->last + 2 ? c->onward[node] : goal->last + 2;
}

static void reach(struct ddg_cycle *c, uint32_t node, uint32_t from, uint64_t distance)
{
    if (c->distance[node] == DDG_NO_WAY)
        c->reached[c->reached_count++] = node;
    c->distance[node] = distance;
    c->from[node] = from;
}

/* Looks at the arc from a node to the next, unless it lies between both ends of the walk. */
static void try_any(struct ddg_cycle *c, uint32_t node, uint32_t next, const struct goal *goal)
{
    uint64_t left = c->distance[next] < goal->most ? c->distance[next] : goal->most, weight;

    if (c->done[next] || (node == goal->from && next == goal->to) || left < c->distance[node])
        return;
    weight = weigh_arc(c, node, next, left - c->distance[node]);
    if (weight != DDG_NO_WAY && c->distance[node] + weight < c->distance[next])
        reach(c, next, node, c->distance[node] + weight);
}

/* The same where arcs to the end were looked at before, and the next node is another. */
static void try_arc(struct ddg_cycle *c, uint32_t node, uint32_t next, struct goal *goal)
{
    uint64_t so_far = c->distance[node], left = ahead(c, next, goal), weight;

    if (next == goal->to || c->done[next] || left > goal->most)
        return;
    left = goal->most - left;
    if (c->distance[next] <= left)
        left = c->distance[next] - 1;
    if (left < so_far)
        return;
    weight = weigh_arc(c, node, next, left - so_far);
    if (weight != DDG_NO_WAY)
        reach(c, next, node, so_far + weight);
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

/* What a node is, seen from the first slice. */
struct around {
    size_t along;        /* the dimension that ways on lead along */
    uint32_t begin, end; /* the nodes that they lead to */
};

static struct around around(const struct ddg_cycle *c, uint32_t node)
{
    if (node < c->rows)
        return (struct around){c->column_dimension, c->rows, c->rows + c->columns};
    return (struct around){c->row_dimension, 0, c->rows};
}

/* The ways on from a node: by unknown cells alone, where nothing may be paid. */
static void look_everywhere(struct ddg_cycle *c, uint32_t node, const struct goal *goal)
{
    const struct ddg_mask *mask = c->ground->mask;
    const struct ddg_model *m = mask->model;
    const struct around a = around(c, node);
    uint32_t line;

    if (!is_free(c)) {
        for (uint32_t next = a.begin; next < a.end; next++)
            try_any(c, node, next, goal);
        return;
    }
    line = line_of(c, node);
    for (uint32_t i = 0; line != UINT32_MAX && i < mask->unknowns[line]; i++) {
        uint32_t cell = mask->unknown[m->line_start[line] + i];

        try_any(c, node, a.begin + ddg_model_category(m, cell, a.along), goal);
    }
}

/* Looks at an arc, in the line of the node. */
typedef void ddg_look(struct ddg_cycle *cycle, uint32_t node, uint32_t next, struct goal *goal);

/* At cells that are unknown anyway. */
static void look_at_unknowns(struct ddg_cycle *c, uint32_t node, uint32_t line, ddg_look *at,
                             struct goal *goal)
{
    const struct ddg_mask *mask = c->ground->mask;
    const struct ddg_model *m = mask->model;
    const struct around a = around(c, node);

    for (uint32_t i = 0; i < mask->unknowns[line]; i++) {
        uint32_t cell = mask->unknown[m->line_start[line] + i];

        at(c, node, a.begin + ddg_model_category(m, cell, a.along), goal);
    }
}

/* At cells that would have to be paid for, the cheapest first, until they cost more than `most`. */
static void look_at_servants(struct ddg_cycle *c, uint32_t node, uint32_t line, uint64_t most,
                             ddg_look *at, struct goal *goal)
{
    const struct ddg_mask *mask = c->ground->mask;
    const struct ddg_model *m = mask->model;
    const struct around a = around(c, node);

    for (uint32_t i = 0; i < mask->servants[line]; i++) {
        uint32_t cell = mask->servant[m->line_start[line] + i];

        if (mask->cost[cell] > most)
            break;
        if (mask->kind[cell] == DDG_PUBLIC)
            at(c, node, a.begin + ddg_model_category(m, cell, a.along), goal);
    }
}

/* Looks at the arcs of a node up to `most`: what is in its line in the first slice says which there
 * can be at all, unless cells may leave their ranges. */
static void look_around(struct ddg_cycle *c, uint32_t node, uint64_t most, ddg_look *at,
                        struct goal *goal)
{
    const struct around a = around(c, node);
    uint32_t line = ddg_ground_leaves_ranges(c->ground) ? UINT32_MAX : line_of(c, node);

    if (line != UINT32_MAX)
        look_at_unknowns(c, node, line, at, goal);
    if (is_free(c))
        return;
    if (line != UINT32_MAX) {
        look_at_servants(c, node, line, most >> DDG_WEIGHT_BITS, at, goal);
        return;
    }
    for (uint32_t next = a.begin; next < a.end; next++)
        at(c, node, next, goal);
}

/* Finds the arcs that lead to the end; before them come two or more. */
static void note_last(struct ddg_cycle *c, uint32_t node, uint32_t next, struct goal *goal)
{
    uint64_t weight = next == goal->from ? DDG_NO_WAY : weigh_arc(c, next, node, goal->most - 2);

    c->onward[next] = weight;
    if (weight < goal->last)
        goal->last = weight;
}

/* Forgets earlier walks. */
static void begin(struct ddg_cycle *c, const struct goal *goal)
{
    for (uint32_t i = 0; i < c->rows + c->columns; i++) {
        c->distance[i] = c->onward[i] = DDG_NO_WAY;
        c->done[i] = false;
    }
    c->distance[goal->from] = 0;
    c->reached[0] = goal->from;
    c->reached_count = 1;
}

static bool walk_everywhere(struct ddg_cycle *c, const struct goal *goal)
{
    begin(c, goal);
    for (uint32_t looked = 0; looked < MOST_NODES; looked++) {
        uint32_t node = take_nearest(c);

        if (node == NOWHERE || node == goal->to)
            return node == goal->to;
        look_everywhere(c, node, goal);
        if (is_free(c) && c->distance[goal->to] != DDG_NO_WAY)
            return true;
    }
    return false;
}

static bool walk_by_lines(struct ddg_cycle *c, struct goal *goal)
{
    begin(c, goal);
    goal->last = DDG_NO_WAY;
    if (goal->most > 2)
        look_around(c, goal->to, goal->most - 2, note_last, goal);
    if (goal->last == DDG_NO_WAY)
        return false;
    for (uint32_t looked = 0; looked < MOST_NODES; looked++) {
        uint32_t node = take_nearest(c);
        uint64_t so_far;

        if (node == NOWHERE || node == goal->to)
            return node == goal->to;
        so_far = c->distance[node];
        if (c->onward[node] != DDG_NO_WAY && c->onward[node] <= goal->most - so_far) {
            reach(c, goal->to, node, so_far + c->onward[node]);
            goal->most = c->distance[goal->to] - 1;
            if (is_free(c))
                return true;
        }
        if (so_far + goal->last < goal->most)
            look_around(c, node, goal->most - so_far - goal->last, try_arc, goal);
    }
    return false;
}

/* The lightest way to the goal (Dijkstra), or the first where all are free. */
static bool walk(struct ddg_cycle *c, struct goal *goal)
{
    return ddg_move_parts_go_by_lines(&c->parts) ? walk_by_lines(c, goal)
                                                 : walk_everywhere(c, goal);
}

/* Cycles --------------------------------------------------------------------------------------- */

/* Adds the cells of all slices in a place. */
static enum ddg_error add_place(struct ddg_cycle *c, uint64_t place, int by,
                                struct ddg_context *context)
{
    const struct ddg_move_parts *p = &c->parts;
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
    const struct ddg_move_parts *p = &c->parts;
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
    struct ddg_move_parts *p = &c->parts;
    enum ddg_error error = DDG_OK;

    ddg_move_parts_multiply(p, open, *most);
    for (uint32_t i = 0; !error && i < p->products && !is_best(*found, *most); i++) {
        uint64_t start;

        if (!ddg_move_parts_slice(p, &p->product[i], *most, &start))
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
    ddg_move_parts_find(&c->parts, cell, by, most);
    if (c->pairs == 0)
        return try_open(c, NULL, &most, found, context);
    for (size_t i = 0; !error && i < c->pairs && !is_best(*found, most); i++)
        error = try_open(c, &c->pair[2 * i], &most, found, context);
    return error;
}
