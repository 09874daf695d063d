#include "attack/forest.h"

#include "attack/links.h"
#include "base/tuple.h"

#include <stdlib.h>

struct planting {
    struct ddg_forest *forest;
    const struct ddg_publication *publication;
    struct ddg_context *context;
    uint32_t *above; /* of each column: one that is nested with it, itself for one of each tree */
    size_t above_room;
    struct ddg_tuple key; /* of the node at hand: its tree, then pairs of a column and a label */
};

/* Trees -------------------------------------------------------------------------------------- */

static uint32_t tree_of(const struct planting *x, uint32_t column)
{
    while (x->above[column] != column)
        column = x->above[column];
    return column;
}

static enum ddg_error number_column(struct planting *x, struct ddg_text name, uint32_t *number)
{
    struct ddg_forest *f = x->forest;
    uint32_t before = f->columns.count;
    enum ddg_error error = ddg_names_add(
        &f->columns, ddg_links_name(x->publication->knowledge, name), number, x->context);

    if (error || *number != before)
        return error;
    error = ddg_grow(&x->above, &x->above_room, (size_t)*number + 1, sizeof *x->above, x->context);
    if (!error)
        x->above[*number] = *number;
    return error;
}

static bool is_column(const struct ddg_dimension *dimension)
{
    return dimension->level[0].column != DDG_NO_COLUMN;
}

/* Joins the columns of each dimension. */
static enum ddg_error join_columns(struct planting *x, const struct ddg_model *m)
{
    enum ddg_error error = DDG_OK;

    for (size_t d = 0; d < m->dimensions; d++)
        for (size_t i = 0; is_column(&m->dimension[d]) && i < m->dimension[d].levels; i++) {
            uint32_t first, column;

            if ((error = number_column(x, m->dimension[d].level[0].name, &first)) ||
                (error = number_column(x, m->dimension[d].level[i].name, &column)))
                return error;
            x->above[tree_of(x, column)] = tree_of(x, first);
        }
    return error;
}

/* Two dimensions of one table that are one tree say nothing of which is which. */
static enum ddg_error name_trees(struct planting *x, size_t release)
{
    struct ddg_forest *f = x->forest;
    const struct ddg_model *m = &x->publication->release[release].model;
    uint32_t *tree;
    enum ddg_error error = ddg_allocate(&tree, m->dimensions, sizeof *tree, x->context);

    f->table[release].tree = tree;
    for (size_t d = 0; !error && d < m->dimensions; d++) {
        uint32_t column;

        tree[d] = DDG_NO_NAME;
        if (!is_column(&m->dimension[d]))
            continue;
        error = number_column(x, m->dimension[d].level[0].name, &column);
        if (error)
            break;
        tree[d] = tree_of(x, column);
        for (size_t other = 0; other < d; other++)
            f->tangled[tree[d]] = f->tangled[tree[d]] || tree[other] == tree[d];
    }
    return error;
}

/* Nodes -------------------------------------------------------------------------------------- */

static enum ddg_error make_key(struct planting *x, const struct ddg_dimension *d, uint32_t tree,
                               uint32_t category)
{
    enum ddg_error error;

    x->key.count = 0;
    error = ddg_tuple_push(&x->key, tree, x->context);
    for (size_t level = 0; !error && level < d->levels; level++) {
        struct ddg_text label = ddg_dimension_label(d, category, level);
        uint32_t column, number;

        if (ddg_text_equal(label, d->level[level].total))
            continue;
        if (!(error = number_column(x, d->level[level].name, &column)) &&
            !(error = ddg_names_add(&x->forest->labels, label, &number, x->context)) &&
            !(error = ddg_tuple_push(&x->key, column, x->context)))
            error = ddg_tuple_push(&x->key, number, x->context);
    }
    return error;
}

static enum ddg_error number_node(struct planting *x, uint32_t tree, uint32_t *node, bool *fresh)
{
    struct ddg_forest *f = x->forest;
    uint32_t before = f->nodes;
    size_t need = (size_t)before + 1;
    enum ddg_error error;

    if ((error = ddg_names_add(&f->keys, ddg_tuple_name(&x->key), node, x->context)))
        return error;
    *fresh = *node == before;
    if (!*fresh)
        return DDG_OK;
    if ((error = ddg_grow(&f->tree, &f->tree_room, need, sizeof *f->tree, x->context)) ||
        (error = ddg_grow(&f->parent, &f->parent_room, need, sizeof *f->parent, x->context)) ||
        (error = ddg_grow(&f->total, &f->total_room, need, sizeof *f->total, x->context)))
        return error;
    f->nodes++;
    f->tree[*node] = tree;
    f->parent[*node] = DDG_NO_NAME;
    f->total[*node] = x->key.count == 1;
    return DDG_OK;
}

/* Adds the categories of a dimension.  Parents follow when all have their numbers. */
static enum ddg_error add_nodes(struct planting *x, size_t release, size_t d)
{
    struct ddg_forest *f = x->forest;
    const struct ddg_dimension *dimension = &x->publication->release[release].model.dimension[d];
    uint32_t tree = f->table[release].tree[d], *node, count = dimension->category.count;
    bool *fresh = NULL;
    enum ddg_error error = ddg_allocate(&node, count, sizeof *node, x->context);

    f->table[release].node[d] = node;
    if (!error)
        error = ddg_allocate(&fresh, count, sizeof *fresh, x->context);
    for (uint32_t c = 0; !error && c < count; c++)
        if (!(error = make_key(x, dimension, tree, c)))
            error = number_node(x, tree, &node[c], &fresh[c]);
    for (uint32_t c = 0; !error && c < count; c++) {
        uint32_t parent =
            dimension->parent[c] == DDG_NO_NAME ? DDG_NO_NAME : node[dimension->parent[c]];

        if (fresh[c])
            f->parent[node[c]] = parent;
        else if (f->parent[node[c]] != parent)
            f->tangled[tree] = true;
    }
    free(fresh);
    return error;
}

static enum ddg_error add_table(struct planting *x, size_t release)
{
    struct ddg_forest_table *table = &x->forest->table[release];
    const struct ddg_model *m = &x->publication->release[release].model;
    enum ddg_error error =
        ddg_allocate(&table->node, m->dimensions, sizeof *table->node, x->context);

    table->dimensions = m->dimensions;
    for (size_t d = 0; !error && d < m->dimensions; d++)
        if (table->tree[d] != DDG_NO_NAME)
            error = add_nodes(x, release, d);
    return error;
}

static enum ddg_error turn_around(struct planting *x, size_t release)
{
    struct ddg_forest *f = x->forest;
    struct ddg_forest_table *table = &f->table[release];
    const struct ddg_model *m = &x->publication->release[release].model;
    enum ddg_error error =
        ddg_allocate(&table->category, f->nodes, sizeof *table->category, x->context);

    for (uint32_t node = 0; !error && node < f->nodes; node++)
        table->category[node] = DDG_NO_NAME;
    for (size_t d = 0; !error && d < m->dimensions; d++)
        for (uint32_t c = 0; table->tree[d] != DDG_NO_NAME && c < m->dimension[d].category.count;
             c++)
            table->category[table->node[d][c]] = c;
    return error;
}

/* Whole -------------------------------------------------------------------------------------- */

static enum ddg_error plant(struct planting *x)
{
    struct ddg_forest *f = x->forest;
    const struct ddg_publication *p = x->publication;
    enum ddg_error error = ddg_allocate(&f->table, p->releases, sizeof *f->table, x->context);

    f->releases = error ? 0 : p->releases;
    for (size_t r = 0; !error && r < p->releases; r++)
        if (!p->release[r].previous)
            error = join_columns(x, &p->release[r].model);
    f->trees = f->columns.count;
    f->title = f->columns.text;
    if (!error)
        error = ddg_allocate(&f->tangled, f->trees, sizeof *f->tangled, x->context);
    for (size_t r = 0; !error && r < p->releases; r++)
        if (!p->release[r].previous && !(error = name_trees(x, r)))
            error = add_table(x, r);
    for (size_t r = 0; !error && r < p->releases; r++)
        if (!p->release[r].previous)
            error = turn_around(x, r);
    return error;
}

enum ddg_error ddg_forest_make(struct ddg_forest *f, const struct ddg_publication *p,
                               struct ddg_context *context)
{
    struct planting planting = {.forest = f, .publication = p, .context = context};
    enum ddg_error error;

    *f = (struct ddg_forest){0};
    ddg_names_init(&f->columns);
    ddg_names_init(&f->labels);
    ddg_names_init(&f->keys);
    error = plant(&planting);
    free(planting.above);
    ddg_tuple_free(&planting.key);
    return error;
}

void ddg_forest_free(struct ddg_forest *f)
{
    for (size_t r = 0; r < f->releases; r++) {
        struct ddg_forest_table *table = &f->table[r];

        free(table->tree);
        for (size_t d = 0; table->node && d < table->dimensions; d++)
            free(table->node[d]);
        free(table->node);
        free(table->category);
    }
    free(f->table);
    free(f->tangled);
    free(f->tree);
    free(f->parent);
    free(f->total);
    ddg_names_free(&f->columns);
    ddg_names_free(&f->labels);
    ddg_names_free(&f->keys);
    *f = (struct ddg_forest){0};
}

uint32_t ddg_forest_root(const struct ddg_forest *f, uint32_t node)
{
    while (f->parent[node] != DDG_NO_NAME)
        node = f->parent[node];
    return node;
}

size_t ddg_forest_dimension(const struct ddg_forest *f, const struct ddg_publication *p,
                            size_t release, uint32_t tree)
{
    size_t d = 0, all = p->release[release].model.dimensions;

    while (d < all && f->table[release].tree[d] != tree)
        d++;
    return d;
}
