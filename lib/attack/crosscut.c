#include "attack/crosscut.h"

#include "base/prose.h"

#include <stdlib.h>
#include <string.h>

/* Sides -------------------------------------------------------------------------------------- */

/* True when the cube tells the parts of a node apart. */
static bool is_open(const struct ddg_crosscut *c, uint32_t node)
{
    return (c->x->shared[node] & c->knot) != 0;
}

/* Lists the trees of a knot; false where there are too many. */
static bool find_sides(struct ddg_crosscut *c)
{
    const struct ddg_crossing_work *x = c->x;
    struct ddg_crossed *cube = c->cube;

    for (size_t i = 0; i < x->touches; i++) {
        uint32_t node = x->touched[i];

        if (x->forest.parent[node] != DDG_NO_NAME || !is_open(c, node))
            continue;
        if (cube->sides == DDG_CROSSING_SIDES)
            return false;
        c->tree[cube->sides] = x->forest.tree[node];
        c->root[cube->sides++] = node;
    }
    return true;
}

/* Numbers the cells of a side, so that those of each node are next to each other. */
static enum ddg_error cut_side(struct ddg_crosscut *c, size_t side)
{
    struct ddg_crossing_work *x = c->x;
    uint32_t node = c->root[side], cells = 0;
    enum ddg_error error = ddg_allocate(&c->leaf[side], x->touches, sizeof **c->leaf, x->context);

    if (error)
        return error;
    x->from[node] = 0;
    for (;;) {
        if (is_open(c, node)) {
            node = x->child[node];
            x->from[node] = cells;
            continue;
        }
        c->leaf[side][cells++] = node;
        x->to[node] = cells;
        while (node != c->root[side] && x->next[node] == DDG_NO_NAME) {
            node = x->forest.parent[node];
            x->to[node] = cells;
        }
        if (node == c->root[side])
            break;
        node = x->next[node];
        x->from[node] = cells;
    }
    c->cube->size[side] = cells;
    return DDG_OK;
}

/* Cuts all sides and puts into *cells how many combinations there are, 0 for too many. */
static enum ddg_error cut_sides(struct ddg_crosscut *c, size_t *cells)
{
    enum ddg_error error = DDG_OK;

    *cells = 1;
    for (size_t side = 0; !error && side < c->cube->sides; side++)
        if (!(error = cut_side(c, side)))
            *cells = *cells == 0 || c->cube->size[side] > DDG_CROSSING_MOST / *cells
                         ? 0
                         : *cells * c->cube->size[side];
    return error;
}

/* True when some table has all parts of each node that the cube tells apart: others that have
 * fewer leave the rest open. */
static bool same_categories(const struct ddg_crosscut *c)
{
    const struct ddg_crossing_work *x = c->x;

    for (size_t i = 0; i < x->touches; i++) {
        bool whole = false;

        for (size_t r = 0; is_open(c, x->touched[i]) && !whole && r < x->publication->releases;
             r++) {
            whole = (x->of_release[r] & c->knot) != 0;
            for (uint32_t part = x->child[x->touched[i]]; whole && part != DDG_NO_NAME;
                 part = x->next[part])
                whole = x->forest.table[r].category[part] != DDG_NO_NAME;
        }
        if (is_open(c, x->touched[i]) && !whole)
            return false;
    }
    return true;
}

/* True when lines of the sides may overlap, in a table that has counts in the knot. */
static bool may_overlap(const struct ddg_crosscut *c, const struct ddg_margin_count *entry,
                        size_t entries)
{
    const struct ddg_publication *p = c->x->publication;

    for (size_t i = 0; i < entries; i++) {
        const struct ddg_release *r = &p->release[entry[i].release];

        if (!(c->knot >> entry[i].margin & 1))
            continue;
        if (r->table->measure[ddg_slot_at(p, entry[i].slot).measure].distinct)
            return true;
    }
    for (size_t r = 0; r < p->releases; r++)
        for (size_t side = 0; c->x->of_release[r] & c->knot && side < c->cube->sides; side++) {
            size_t d = ddg_forest_dimension(&c->x->forest, p, r, c->tree[side]);

            if (d < p->release[r].model.dimensions && p->release[r].model.dimension[d].overlapping)
                return true;
        }
    return false;
}

/* Sums --------------------------------------------------------------------------------------- */

/* Of a count of a margin: the count above it that is a sum over the cube, whose categories go into
 * `node`.  Dimensions that are no side are added up. */
static uint32_t find_sum(const struct ddg_crosscut *c, const struct ddg_margin_count *e,
                         uint32_t *node)
{
    const struct ddg_crossing_work *x = c->x;
    const struct ddg_model *m = ddg_work_model(x, e->release);
    const struct ddg_forest_table *table = &x->forest.table[e->release];
    uint32_t cell = e->cell;

    for (size_t side = 0; side < c->cube->sides; side++)
        node[side] = c->root[side];
    for (size_t d = 0; d < m->dimensions; d++) {
        size_t side = 0;
        uint32_t at;

        if (table->tree[d] == DDG_NO_NAME)
            continue;
        at = ddg_work_node(x, e->release, e->cell, d);
        while (side < c->cube->sides && c->tree[side] != table->tree[d])
            side++;
        while (side == c->cube->sides ? x->forest.parent[at] != DDG_NO_NAME : x->to[at] == 0)
            at = x->forest.parent[at];
        if (side < c->cube->sides)
            node[side] = at;
        cell = ddg_model_neighbour(m, cell, d, table->category[at]);
    }
    return ddg_slot(x->publication, e->release, ddg_slot_at(x->publication, e->slot).measure, cell);
}

/* Adds a sum, once each; *different is set where two tables have another number there. */
static enum ddg_error add_sum(struct ddg_crosscut *c, const struct ddg_margin_count *e,
                              struct ddg_names *seen, bool *different)
{
    struct ddg_publication *p = c->x->publication;
    struct ddg_context *context = c->x->context;
    size_t sides = c->cube->sides;
    uint32_t node[DDG_CROSSING_SIDES], number, before = seen->count, *words;
    uint32_t slot = find_sum(c, e, node);
    struct ddg_text key = {(const char *)node, sides * sizeof *node};
    struct ddg_crossing_sum *sum;
    enum ddg_error error;

    if ((error = ddg_names_add(seen, key, &number, context)))
        return error;
    if (number != before) {
        c->margin[number] |= UINT64_C(1) << e->margin;
        *different =
            *different || ddg_slot_first(p, c->cube->sum[number].slot) != ddg_slot_first(p, slot);
        return DDG_OK;
    }
    if (!(words = ddg_arena_allocate(&p->arena, 3 * sides * sizeof *words, context)))
        return DDG_MEMORY;
    if ((error = ddg_grow(&c->cube->sum, &c->sum_room, (size_t)number + 1, sizeof *sum, context)) ||
        (error =
             ddg_grow(&c->margin, &c->margin_room, (size_t)number + 1, sizeof *c->margin, context)))
        return error;
    sum = &c->cube->sum[c->cube->sums++];
    *sum = (struct ddg_crossing_sum){slot, words, words + sides, words + 2 * sides};
    c->margin[number] = UINT64_C(1) << e->margin;
    for (size_t side = 0; side < sides; side++) {
        sum->node[side] = node[side];
        sum->from[side] = c->x->from[node[side]];
        sum->to[side] = c->x->to[node[side]];
    }
    return DDG_OK;
}

static enum ddg_error add_sums(struct ddg_crosscut *c, const struct ddg_margin_count *entry,
                               size_t entries, bool *different)
{
    struct ddg_names seen;
    enum ddg_error error = DDG_OK;

    ddg_names_init(&seen);
    for (size_t i = 0; !error && !*different && i < entries; i++)
        if (c->knot >> entry[i].margin & 1)
            error = add_sum(c, &entry[i], &seen, different);
    ddg_names_free(&seen);
    return error;
}

/* True when some of the sums is not known: else nothing can be learnt. */
static bool hides_any(const struct ddg_crosscut *c)
{
    const struct ddg_publication *p = c->x->publication;

    for (size_t i = 0; i < c->cube->sums; i++) {
        uint32_t slot = ddg_slot_first(p, c->cube->sum[i].slot);

        if (p->low[slot] != p->high[slot])
            return true;
    }
    return false;
}

/* Cells -------------------------------------------------------------------------------------- */

void ddg_crosscut_mark(const struct ddg_crosscut *c, const struct ddg_crossing_sum *sum,
                       bool *marked)
{
    struct ddg_crossing_at at = {0};

    while (ddg_crossing_next(c->cube, sum, &at))
        marked[at.place] = true;
}

/* Numbers the combinations that somebody can be in, and that some sum has. */
static enum ddg_error number_cells(struct ddg_crosscut *c, const struct ddg_margin_count *entry,
                                   size_t entries, size_t cells)
{
    struct ddg_publication *p = c->x->publication;
    struct ddg_context *context = c->x->context;
    enum ddg_error error;

    if ((error = ddg_allocate(&c->gone, cells, sizeof *c->gone, context)) ||
        (error = ddg_allocate(&c->met, cells, sizeof *c->met, context)) ||
        (error = ddg_allocate(&c->cube->cell, cells, sizeof *c->cube->cell, context)))
        return error;
    if ((error = ddg_crosscut_mark_nobody(c, entry, entries, cells)))
        return error;
    memset(c->met, 0, cells * sizeof *c->met);
    for (size_t i = 0; i < c->cube->sums; i++)
        ddg_crosscut_mark(c, &c->cube->sum[i], c->met);
    for (size_t i = 0; i < cells; i++)
        c->cube->cell[i] = c->met[i] && !c->gone[i] ? p->crossing.cells++ : DDG_NO_CROSSING;
    return DDG_OK;
}

/* Whole -------------------------------------------------------------------------------------- */

static enum ddg_error name_cube(struct ddg_crosscut *c)
{
    struct ddg_publication *p = c->x->publication;
    struct ddg_prose name = {.context = c->x->context};
    struct ddg_text copy = {0};

    for (size_t side = 0; side < c->cube->sides; side++) {
        if (side > 0)
            ddg_prose_say(&name, side + 1 < c->cube->sides ? ", " : " and ");
        ddg_prose_add(&name, c->x->forest.title[c->tree[side]]);
    }
    if (!name.context->error)
        copy = ddg_arena_copy(&p->arena, ddg_prose_text(&name), c->x->context);
    ddg_prose_free(&name);
    c->cube->name = copy.at;
    return copy.at ? DDG_OK : DDG_MEMORY;
}

static size_t cost_of(const struct ddg_crossed *cube, size_t cells)
{
    size_t terms = 0; /* how often cells stand in sums */

    for (size_t i = 0; i < cube->sums; i++) {
        size_t block = 1;

        for (size_t side = 0; side < cube->sides; side++)
            block *= cube->sum[i].to[side] - cube->sum[i].from[side];
        terms += block;
    }
    return terms / cells * terms;
}

/* True when the table that margins cross can be made, else why not is noted. */
static bool can_cross(const struct ddg_crosscut *c, const struct ddg_margin_count *entry,
                      size_t entries, bool different, size_t cells)
{
    struct ddg_crossing *crossing = &c->x->publication->crossing;

    if (may_overlap(c, entry, entries))
        crossing->missed.overlapping = true;
    else if (different || !same_categories(c))
        crossing->missed.different = true;
    else if (cells == 0 || cost_of(c->cube, cells) > DDG_CROSSING_MOST - crossing->cost)
        crossing->missed.large = true;
    else
        return true;
    return false;
}

/* Fills the cube of a knot; *keep tells whether it is of any use. */
static enum ddg_error fill_cube(struct ddg_crosscut *c, const struct ddg_margin_count *entry,
                                size_t entries, bool *keep)
{
    struct ddg_crossing *crossing = &c->x->publication->crossing;
    bool tangled = false, different = false;
    size_t cells;
    enum ddg_error error;

    *keep = false;
    if (!find_sides(c)) {
        crossing->missed.large = true;
        return DDG_OK;
    }
    for (size_t side = 0; side < c->cube->sides; side++)
        tangled = tangled || c->x->forest.tangled[c->tree[side]];
    if (tangled) {
        crossing->missed.different = true;
        return DDG_OK;
    }
    if ((error = cut_sides(c, &cells)) || (error = add_sums(c, entry, entries, &different)))
        return error;
    if (!different && !hides_any(c))
        return DDG_OK;
    *keep = can_cross(c, entry, entries, different, cells);
    if (!*keep || (error = name_cube(c)))
        return error;
    crossing->cost += cost_of(c->cube, cells);
    return number_cells(c, entry, entries, cells);
}

void ddg_crosscut_free(struct ddg_crossed *cube)
{
    free(cube->cell);
    free(cube->sum);
}

enum ddg_error ddg_crosscut_make(struct ddg_crossing_work *x, uint64_t knot,
                                 const struct ddg_margin_count *entry, size_t entries)
{
    struct ddg_crossing *crossing = &x->publication->crossing;
    struct ddg_crossed cube = {0};
    struct ddg_crosscut cutting = {.x = x, .cube = &cube, .knot = knot};
    bool keep;
    enum ddg_error error = fill_cube(&cutting, entry, entries, &keep);

    if (!error && keep)
        error = ddg_grow(&crossing->cube, &crossing->room, crossing->cubes + 1, sizeof cube,
                         x->context);
    if (!error && keep)
        crossing->cube[crossing->cubes++] = cube;
    else
        ddg_crosscut_free(&cube);
    for (size_t side = 0; side < DDG_CROSSING_SIDES; side++)
        free(cutting.leaf[side]);
    free(cutting.margin);
    free(cutting.gone);
    free(cutting.met);
    return error;
}
