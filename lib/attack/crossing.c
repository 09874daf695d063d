#include "attack/crossing.h"

#include "attack/crosscut.h"
#include "attack/links.h"

#include <stdlib.h>
#include <string.h>

/* Blocks ------------------------------------------------------------------------------------- */

bool ddg_crossing_next(const struct ddg_crossed *cube, const struct ddg_crossing_sum *sum,
                       struct ddg_crossing_at *at)
{
    size_t side = cube->sides;

    if (!at->begun) {
        memcpy(at->index, sum->from, cube->sides * sizeof *at->index);
        at->begun = true;
    } else {
        while (side > 0 && ++at->index[side - 1] == sum->to[side - 1]) {
            side--;
            at->index[side] = sum->from[side];
        }
        if (side == 0)
            return false;
    }
    at->place = 0;
    for (side = 0; side < cube->sides; side++)
        at->place = at->place * cube->size[side] + at->index[side];
    return true;
}

/* Entries ------------------------------------------------------------------------------------ */

/* With --repeats: which of several tables; the first is 0. */
static enum ddg_error number_repeat(struct ddg_crossing_work *x, const struct ddg_model *m,
                                    uint32_t cell, uint32_t *number)
{
    size_t last = m->dimensions - 1;
    struct ddg_text label =
        ddg_dimension_label(&m->dimension[last], ddg_model_category(m, cell, last), 0);
    enum ddg_error error;

    *number = 0;
    if (ddg_text_is(label, "1"))
        return DDG_OK;
    if (!(error = ddg_names_add(&x->labels, label, number, x->context)))
        ++*number;
    return error;
}

/* Numbers the group of a cell: its measure, then what is added up nowhere. */
static enum ddg_error number_group(struct ddg_crossing_work *x, struct ddg_margin_count *e,
                                   uint32_t measure)
{
    const struct ddg_model *m = ddg_work_model(x, e->release);
    const struct ddg_table *table = m->table;
    const uint32_t *tree = x->forest.table[e->release].tree;
    struct ddg_text name =
        ddg_links_name(x->publication->knowledge, table->name[table->measure[measure].count]);
    uint32_t number, repeat = 0;
    enum ddg_error error = ddg_names_add(&x->labels, name, &number, x->context);

    x->key.count = 0;
    for (size_t d = 0; !error && d < m->dimensions; d++) {
        if (tree[d] == DDG_NO_NAME) {
            error = number_repeat(x, m, e->cell, &repeat);
        } else {
            uint32_t root = ddg_forest_root(&x->forest, ddg_work_node(x, e->release, e->cell, d));

            if (!x->forest.total[root])
                error = ddg_tuple_push(&x->key, root, x->context);
        }
    }
    ddg_tuple_sort(&x->key);
    if (!error && !(error = ddg_tuple_push(&x->key, number, x->context)) &&
        !(error = ddg_tuple_push(&x->key, repeat, x->context)))
        error = ddg_names_add(&x->groups, ddg_tuple_name(&x->key), &e->group, x->context);
    return error;
}

static enum ddg_error number_margin(struct ddg_crossing_work *x, struct ddg_margin_count *e)
{
    const struct ddg_model *m = ddg_work_model(x, e->release);
    const struct ddg_forest *f = &x->forest;
    enum ddg_error error = DDG_OK;

    x->key.count = 0;
    for (size_t d = 0; !error && d < m->dimensions; d++)
        if (f->table[e->release].tree[d] != DDG_NO_NAME &&
            f->parent[ddg_work_node(x, e->release, e->cell, d)] != DDG_NO_NAME)
            error = ddg_tuple_push(&x->key, f->table[e->release].tree[d], x->context);
    if (error)
        return error;
    ddg_tuple_sort(&x->key);
    return ddg_names_add(&x->margins, ddg_tuple_name(&x->key), &e->margin, x->context);
}

/* Marks the numbers that some line of today adds up. */
static void mark_totals(const struct ddg_publication *p, bool *total)
{
    for (size_t r = 0; r < p->releases; r++) {
        const struct ddg_model *m = &p->release[r].model;

        for (size_t i = 0; !p->release[r].previous && i < p->release[r].table->measures; i++)
            for (uint32_t line = 0; line < m->lines; line++)
                total[ddg_slot_first(p, ddg_slot(p, r, i, m->line_cell[m->line_start[line]]))] =
                    true;
    }
}

static enum ddg_error list_release(struct ddg_crossing_work *x, uint32_t release, const bool *total)
{
    const struct ddg_publication *p = x->publication;
    const struct ddg_model *m = ddg_work_model(x, release);
    enum ddg_error error = DDG_OK;

    for (uint32_t i = 0; i < p->release[release].table->measures; i++)
        for (uint32_t cell = 0; !error && cell < m->printed + m->absent; cell++) {
            struct ddg_margin_count e = {.release = release, .cell = cell};

            e.slot = ddg_slot(p, release, i, cell);
            if (total[ddg_slot_first(p, e.slot)])
                continue;
            if ((error = number_group(x, &e, i)) ||
                (error = ddg_grow(&x->entry, &x->room, x->entries + 1, sizeof e, x->context)))
                break;
            x->entry[x->entries++] = e;
        }
    return error;
}

static int compare_entries(const void *a, const void *b)
{
    const struct ddg_margin_count *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->slot < y->slot ? -1 : x->slot > y->slot;
}

static enum ddg_error list_entries(struct ddg_crossing_work *x)
{
    const struct ddg_publication *p = x->publication;
    bool *total;
    enum ddg_error error = ddg_allocate(&total, p->slots, sizeof *total, x->context);

    if (!error)
        mark_totals(p, total);
    for (uint32_t r = 0; !error && r < p->releases; r++)
        if (!p->release[r].previous)
            error = list_release(x, r, total);
    if (!error && x->entries > 0)
        qsort(x->entry, x->entries, sizeof *x->entry, compare_entries);
    free(total);
    return error;
}

/* Groups ------------------------------------------------------------------------------------- */

/* Takes note of a node and of all above it. */
static void meet(struct ddg_crossing_work *x, uint32_t node)
{
    while (node != DDG_NO_NAME && !x->met[node]) {
        uint32_t parent = x->forest.parent[node];

        x->met[node] = true;
        x->touched[x->touches++] = node;
        if (parent != DDG_NO_NAME) {
            x->next[node] = x->child[parent];
            x->child[parent] = node;
        }
        node = parent;
    }
}

/* Notes what a margin tells apart: the parts of all that is above one of its counts. */
static void note_entry(struct ddg_crossing_work *x, const struct ddg_margin_count *e)
{
    const struct ddg_forest_table *table = &x->forest.table[e->release];
    uint64_t margin = UINT64_C(1) << e->margin;

    x->of_release[e->release] |= margin;
    for (size_t d = 0; d < table->dimensions; d++) {
        uint32_t node;

        if (table->tree[d] == DDG_NO_NAME)
            continue;
        node = ddg_work_node(x, e->release, e->cell, d);
        meet(x, node);
        while ((node = x->forest.parent[node]) != DDG_NO_NAME && !(x->shared[node] & margin))
            x->shared[node] |= margin;
    }
}

static void forget_group(struct ddg_crossing_work *x)
{
    while (x->touches > 0) {
        uint32_t node = x->touched[--x->touches];

        x->met[node] = false;
        x->shared[node] = 0;
        x->to[node] = 0;
        x->child[node] = x->next[node] = DDG_NO_NAME;
    }
    memset(x->of_release, 0, x->publication->releases * sizeof *x->of_release);
}

/* Finds the knots of a group's margins. */
static enum ddg_error find_knots(struct ddg_crossing_work *x, size_t *knots)
{
    uint64_t *shared;
    enum ddg_error error = ddg_allocate(&shared, x->touches, sizeof *shared, x->context);

    if (error)
        return error;
    for (size_t i = 0; i < x->touches; i++)
        shared[i] = x->shared[x->touched[i]];
    *knots = ddg_knots_find(shared, x->touches, x->knot);
    for (size_t i = 0; i < x->touches; i++)
        x->shared[x->touched[i]] = shared[i];
    free(shared);
    return DDG_OK;
}

/* Whole -------------------------------------------------------------------------------------- */

static enum ddg_error cross_group(struct ddg_crossing_work *x, struct ddg_margin_count *entry,
                                  size_t entries)
{
    enum ddg_error error = DDG_OK;
    size_t knots = 0;

    ddg_names_init(&x->margins);
    for (size_t i = 0; !error && i < entries; i++)
        error = number_margin(x, &entry[i]);
    if (x->margins.count > DDG_KNOT_MARGINS)
        x->publication->crossing.missed.large = true;
    if (!error && x->margins.count > 2 && x->margins.count <= DDG_KNOT_MARGINS) {
        for (size_t i = 0; i < entries; i++)
            note_entry(x, &entry[i]);
        error = find_knots(x, &knots);
    }
    for (size_t i = 0; !error && i < knots; i++)
        error = ddg_crosscut_make(x, x->knot[i], entry, entries);
    forget_group(x);
    ddg_names_free(&x->margins);
    return error;
}

static enum ddg_error start(struct ddg_crossing_work *x)
{
    const struct ddg_publication *p = x->publication;
    uint32_t nodes;
    enum ddg_error error;

    ddg_names_init(&x->groups);
    ddg_names_init(&x->labels);
    if ((error = ddg_forest_make(&x->forest, p, x->context)))
        return error;
    nodes = x->forest.nodes;
    if ((error = ddg_allocate(&x->shared, nodes, sizeof *x->shared, x->context)) ||
        (error = ddg_allocate(&x->met, nodes, sizeof *x->met, x->context)) ||
        (error = ddg_allocate(&x->child, nodes, sizeof *x->child, x->context)) ||
        (error = ddg_allocate(&x->next, nodes, sizeof *x->next, x->context)) ||
        (error = ddg_allocate(&x->from, nodes, sizeof *x->from, x->context)) ||
        (error = ddg_allocate(&x->to, nodes, sizeof *x->to, x->context)) ||
        (error = ddg_allocate(&x->touched, nodes, sizeof *x->touched, x->context)) ||
        (error = ddg_allocate(&x->of_release, p->releases, sizeof *x->of_release, x->context)))
        return error;
    for (uint32_t node = 0; node < nodes; node++)
        x->child[node] = x->next[node] = DDG_NO_NAME;
    return list_entries(x);
}

static void finish(struct ddg_crossing_work *x)
{
    ddg_forest_free(&x->forest);
    ddg_names_free(&x->groups);
    ddg_names_free(&x->labels);
    free(x->entry);
    ddg_tuple_free(&x->key);
    free(x->shared);
    free(x->met);
    free(x->child);
    free(x->next);
    free(x->from);
    free(x->to);
    free(x->touched);
    free(x->of_release);
}

static bool wants_any(const struct ddg_publication *p)
{
    for (uint32_t slot = 0; slot < p->slots; slot++)
        if (p->wanted[slot] > 0)
            return true;
    return false;
}

enum ddg_error ddg_crossing_find(struct ddg_publication *p, struct ddg_context *context)
{
    struct ddg_crossing_work x = {.publication = p, .context = context};
    enum ddg_error error;

    if (!wants_any(p))
        return DDG_OK;
    error = start(&x);
    for (size_t first = 0, end; !error && first < x.entries; first = end) {
        for (end = first; end < x.entries && x.entry[end].group == x.entry[first].group; end++)
            ;
        error = cross_group(&x, x.entry + first, end - first);
    }
    finish(&x);
    /* what is set aside may be what makes one table of them */
    p->crossing.missed.contradicted = p->crossing.cubes > 0 && p->conflicts > 0;
    p->crossing.used = p->crossing.cubes > 0 && p->conflicts == 0;
    return error;
}

void ddg_crossing_free(struct ddg_crossing *crossing)
{
    for (size_t i = 0; i < crossing->cubes; i++)
        ddg_crosscut_free(&crossing->cube[i]);
    free(crossing->cube);
    *crossing = (struct ddg_crossing){0};
}
